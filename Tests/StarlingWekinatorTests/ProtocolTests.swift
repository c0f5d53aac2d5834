import StarlingMath
import StarlingWekinator
import Testing

/// The tables of Wekinator's protocol, row by row, in their order, in strict and in lenient mode.
@Suite struct ProtocolTests {
    @Test(arguments: [inputs, recordingAndRunning, gestureWords, examples, takingPart, names, files, gestures, further].flatMap { $0 })
    func row(_ row: ProtocolRow) throws {
        for mode in row.mode.each { try row.check(isStrict: mode) }
    }

    static let answer1 = ["/wek/outputs f1 f2", "/outputs-1 of 4, class 1"]
    static let answer2 = ["/wek/outputs f2 f8", "/outputs-1 of 4, class 2"]

    // MARK: /wek/inputs, /wek/inputs/bundle, outputs

    static let inputs: [ProtocolRow] = [
        ProtocolRow("inputs, running: one answer a frame", .both, .running, ["/wek/inputs f1 f1", "/wek/inputs f0 f0"], sent: answer2 + answer1, "running, 6 examples"),
        ProtocolRow("inputs, recording: an example a frame", .both, .recording, ["/wek/inputs f1 f1", "/wek/inputs f0 f0"], "recording, 2 examples",
            document: ["takes take-1 columns": "control-1 control-2 level/knob-2", "takes take-1 category": "outputs-1-2"]),
        ProtocolRow("inputs, resting: nothing", .both, .recorded, ["/wek/inputs f1 f1"], "resting, 6 examples"),
        ProtocolRow("inputs of type i d h: 0.0, and an answer", .strict, .running, ["/wek/inputs i1 d1", "/wek/inputs h1 T"], sent: answer1 + answer1, "running, 6 examples"),
        ProtocolRow("inputs of every number", .lenient, .running, ["/wek/inputs i1 d1", "/wek/inputs h1 T", "/wek/inputs F i0"], sent: answer2 + answer2 + answer1, "running, 6 examples"),
        ProtocolRow("inputs of no number: 0.0", .strict, .running, ["/wek/inputs s:a N", "/wek/inputs b f0"], sent: answer1 + answer1, "running, 6 examples"),
        ProtocolRow("inputs of no number: refused", .lenient, .running, ["/wek/inputs s:a f1", "/wek/inputs b f1"], sent: ["error to the sender"], "running, 6 examples"),
        ProtocolRow("inputs, wrong count: no answer", .strict, .running, ["/wek/inputs f1", "/wek/inputs f1 f1 f1", "/wek/inputs"], "running, 6 examples"),
        ProtocolRow("inputs, wrong count: told to the sender", .lenient, .running, ["/wek/inputs f1", "/wek/inputs f1"], sent: ["error to the sender"], "running, 6 examples"),
        ProtocolRow("bundle, running: a file of outputs, named to port 12001", .both, .running, ["/wek/inputs/bundle s:/in.csv"],
            sent: ["/wek/outputs/bundle s:/tmp/wekOutputs.csv to the port behind"], "running, 6 examples", document: ["file /tmp/wekOutputs.csv": "1,2|2,8|"]),
        ProtocolRow("bundle, recording: examples", .both, .recording, ["/wek/inputs/bundle s:/in.csv"], "recording, 2 examples"),
        ProtocolRow("bundle, gestures: a distance a gesture", .both, .gesturesRunning, ["/wek/inputs/bundle s:/in.csv"],
            sent: ["/wek/outputs/bundle s:/tmp/wekOutputs.csv to the port behind"], "running, 2 examples", document: ["file /tmp/wekOutputs.csv": "inf,inf|inf,inf|"]),
        ProtocolRow("bundle, no such file", .strict, .running, ["/wek/inputs/bundle s:/none", "/wek/inputs/bundle"], "running, 6 examples"),
        ProtocolRow("outputs: labels, not echoed", .both, .new, ["outputs f3 f4.5", "startRecording", "/wek/inputs f1 f1"], "recording, 1 examples",
            document: ["takes take-1 category": "outputs-1-3", "labels * *": "1"]),
        ProtocolRow("outputs, illegal: the old value stays", .strict, .new, ["outputs f3 f4", "outputs f4 f11", "startRecording", "/wek/inputs f1 f1"], "recording, 1 examples",
            document: ["takes take-1 category": "outputs-1-3"]),
        ProtocolRow("outputs, illegal: told to the sender too", .lenient, .new, ["outputs f3 f4", "outputs f4 f11", "startRecording", "/wek/inputs f1 f1"],
            sent: ["error to the sender", "error to the sender"], "recording, 1 examples", document: ["takes take-1 category": "outputs-1-3"]),
        ProtocolRow("outputs, class 0 is legal", .both, .new, ["outputs f0 f1", "startRecording", "/wek/inputs f1 f1"], "recording, 1 examples", document: ["takes take-1 category": "outputs-1-0"]),
        ProtocolRow("outputs of type i: 0.0", .strict, .new, ["outputs i3 i4", "startRecording", "/wek/inputs f1 f1"], "recording, 1 examples", document: ["takes take-1 category": "outputs-1-0"]),
        ProtocolRow("outputs of type i", .lenient, .new, ["outputs i3 d4", "startRecording", "/wek/inputs f1 f1"], "recording, 1 examples", document: ["takes take-1 category": "outputs-1-3"]),
        ProtocolRow("outputs, of one the value stays when disabled", .both, .running, ["outputs f3 f1", "disableModelRunning i1", "/wek/inputs f0 f0"],
            sent: ["/wek/outputs f3 f2", "/outputs-1 of 4, class 1"], "running, 6 examples"),
    ]

    // MARK: startRecording, stopRecording, train, cancelTrain, startRunning, stopRunning

    static let done = "/wekinator/status/done-training"
    static let recordingAndRunning: [ProtocolRow] = [
        ProtocolRow("startRecording stops running", .both, .running, ["startRecording", "/wek/inputs f1 f1"], "recording, 7 examples"),
        ProtocolRow("stopRecording", .both, .recording, ["stopRecording", "/wek/inputs f1 f1"], "resting, 0 examples"),
        ProtocolRow("stopRecording, running: nothing", .strict, .running, ["stopRecording", "/wek/inputs f1 f1"], sent: answer2, "running, 6 examples"),
        ProtocolRow("stopRecording, running: stops running", .lenient, .running, ["stopRecording", "/wek/inputs f1 f1"], "resting, 6 examples"),
        ProtocolRow("train: done-training without arguments", .both, .recorded, ["train", "…"], sent: [done], "resting, 6 examples"),
        ProtocolRow("train, nothing recorded: nothing", .strict, .new, ["train", "…"], "resting, 0 examples"),
        ProtocolRow("train, nothing recorded: done all the same", .lenient, .new, ["train", "…"], sent: ["error to the sender", done], "resting, 0 examples"),
        ProtocolRow("train, twice: the first goes on, and one end", .both, .recorded, ["train", "train", "…"], sent: [done], "resting, 6 examples"),
        ProtocolRow("train, recording: records on", .strict, .recording, ["/wek/inputs f1 f1", "train", "/wek/inputs f0 f0", "…"], sent: [done], "recording, 2 examples"),
        ProtocolRow("train, recording: ends that", .lenient, .recording, ["/wek/inputs f1 f1", "train", "/wek/inputs f0 f0", "…"], sent: [done], "resting, 1 examples"),
        ProtocolRow("cancelTrain: done-training too, the earlier model stays", .both, .trained, ["train", "cancelTrain", "…", "startRunning", "/wek/inputs f1 f1"], sent: [done] + answer2, "running, 6 examples"),
        ProtocolRow("cancelTrain, not training: nothing", .both, .trained, ["cancelTrain", "…"], "resting, 6 examples"),
        ProtocolRow("startRunning", .both, .trained, ["startRunning", "/wek/inputs f1 f1"], sent: answer2, "running, 6 examples"),
        ProtocolRow("startRunning ends recording", .both, .trained, ["startRecording", "/wek/inputs f1 f1", "startRunning", "/wek/inputs f0 f0"], sent: answer1, "running, 7 examples"),
        ProtocolRow("startRunning, no model: nothing", .strict, .recorded, ["startRunning", "/wek/inputs f1 f1"], "resting, 6 examples"),
        ProtocolRow("startRunning, no model: told to the sender", .lenient, .recorded, ["startRunning", "/wek/inputs f1 f1"], sent: ["error to the sender"], "resting, 6 examples"),
        ProtocolRow("startRunning, training: nothing", .strict, .trained, ["train", "startRunning", "…"], sent: [done], "resting, 6 examples"),
        ProtocolRow("startRunning, first training: runs at its end", .lenient, .recorded, ["train", "startRunning", "…", "/wek/inputs f1 f1"], sent: [done] + answer2, "running, 6 examples"),
        ProtocolRow("train, running: answers go on", .both, .running, ["train", "/wek/inputs f1 f1", "…"], sent: answer2 + [done], "running, 6 examples"),
        ProtocolRow("stopRunning", .both, .running, ["stopRunning", "/wek/inputs f1 f1"], "resting, 6 examples"),
    ]

    // MARK: startDtwRecording, stopDtwRecording

    static let gestureWords: [ProtocolRow] = [
        ProtocolRow("startDtwRecording i", .both, .gestures, ["startDtwRecording i2", "/wek/inputs f1 f1"], "recording gesture 2, 2 examples"),
        ProtocolRow("startDtwRecording stops running", .both, .gesturesRunning, ["startDtwRecording i1", "/wek/inputs f1 f1", "stopDtwRecording"], "resting, 3 examples"),
        ProtocolRow("startDtwRecording f: rejected", .strict, .gestures, ["startDtwRecording f1", "startDtwRecording"], "resting, 2 examples"),
        ProtocolRow("startDtwRecording f", .lenient, .gestures, ["startDtwRecording f2"], "recording gesture 2, 2 examples"),
        ProtocolRow("startDtwRecording of nothing: the first", .lenient, .gestures, ["startDtwRecording"], "recording gesture 1, 2 examples"),
        ProtocolRow("startDtwRecording, no such gesture", .strict, .gesturesRunning, ["startDtwRecording i3", "startDtwRecording i0"], "running, 2 examples"),
        ProtocolRow("startDtwRecording, no such gesture: told to the sender", .lenient, .gestures, ["startDtwRecording i3", "startDtwRecording i0"],
            sent: ["error to the sender", "error to the sender"], "resting, 2 examples"),
        ProtocolRow("startDtwRecording, recording: the first goes on", .strict, .gestures, ["startDtwRecording i1", "startDtwRecording i2"], "recording gesture 1, 2 examples"),
        ProtocolRow("startDtwRecording, supervised: nothing", .strict, .recorded, ["startDtwRecording i1", "/wek/inputs f1 f1"], "resting, 6 examples"),
        ProtocolRow("startDtwRecording, supervised: told to the sender", .lenient, .recorded, ["startDtwRecording i1"], sent: ["error to the sender"], "resting, 6 examples"),
        ProtocolRow("stopDtwRecording", .both, .gestures, ["startDtwRecording i1", "/wek/inputs f1 f1", "stopDtwRecording"], "resting, 3 examples",
            document: ["takes take-3 category": "outputs-1-1"]),
        ProtocolRow("stopDtwRecording, nothing came: no example", .strict, .gestures, ["startDtwRecording i1", "stopDtwRecording"], "resting, 2 examples"),
        ProtocolRow("stopDtwRecording, supervised: nothing", .strict, .recording, ["stopDtwRecording", "/wek/inputs f1 f1"], "recording, 1 examples"),
        ProtocolRow("stopRecording does not end a gesture", .strict, .gestures, ["startDtwRecording i1", "stopRecording", "/wek/inputs f1 f1"], "recording gesture 1, 2 examples"),
        ProtocolRow("startRecording, gestures: nothing", .strict, .gestures, ["startRecording"], "resting, 2 examples"),
        ProtocolRow("train, gestures: silent", .strict, .gestures, ["train", "…"], "resting, 2 examples"),
        ProtocolRow("train, gestures: done", .lenient, .gestures, ["train", "…"], sent: [done], "resting, 2 examples"),
        ProtocolRow("startRunning, no gesture recorded: nothing", .strict, .gestures, ["deleteAllExamples", "startRunning"], "resting, 0 examples"),
    ]

    // MARK: deleteAllExamples, deleteExamplesForOutput

    static let examples: [ProtocolRow] = [
        ProtocolRow("deleteAllExamples: the model stays", .both, .running, ["deleteAllExamples", "/wek/inputs f1 f1"], sent: answer2, "running, 0 examples", document: ["takes * *": "0"]),
        ProtocolRow("deleteAllExamples, recording: records on", .both, .recording, ["/wek/inputs f1 f1", "deleteAllExamples", "/wek/inputs f1 f1"], "recording, 1 examples", document: ["takes * *": "1"]),
        ProtocolRow("deleteAllExamples, gestures", .both, .gestures, ["deleteAllExamples"], "resting, 0 examples", document: ["takes * *": "0"]),
        ProtocolRow("deleteExamplesForOutput i: rows stay", .both, .recorded, ["deleteExamplesForOutput i1"], "resting, 6 examples",
            document: ["takes take-1 category": "level-taught", "takes take-1 columns": "control-1 control-2 level/knob-2", "labels * *": "0"]),
        ProtocolRow("deleteExamplesForOutput, gestures", .both, .gestures, ["deleteExamplesForOutput i2"], "resting, 1 examples", document: ["takes * *": "1"]),
        ProtocolRow("deleteExamplesForOutput f: rejected", .strict, .gestures, ["deleteExamplesForOutput f2"], "resting, 2 examples"),
        ProtocolRow("deleteExamplesForOutput f", .lenient, .gestures, ["deleteExamplesForOutput f2"], "resting, 1 examples"),
        ProtocolRow("deleteExamplesForOutput, no such output", .strict, .recorded, ["deleteExamplesForOutput i3", "deleteExamplesForOutput i0"], "resting, 6 examples", document: ["labels * *": "2"]),
    ]

    // MARK: enable and disable, selectInputsForOutput

    static let takingPart: [ProtocolRow] = [
        ProtocolRow("disableModelRecording", .both, .new, ["disableModelRecording f1", "outputs f2 f3", "startRecording", "/wek/inputs f1 f1"], "recording, 1 examples",
            document: ["takes take-1 category": "level-taught", "labels * *": "0"]),
        ProtocolRow("enableModelRecording", .both, .new, ["disableModelRecording i1 i2", "enableModelRecording d1", "outputs f2 f3", "startRecording", "/wek/inputs f1 f1"], "recording, 1 examples",
            document: ["takes take-1 category": "outputs-1-2", "takes take-1 columns": "control-1 control-2"]),
        ProtocolRow("disableModelRunning repeats the last value", .both, .running, ["/wek/inputs f1 f1", "disableModelRunning f2", "/wek/inputs f0 f0"],
            sent: answer2 + ["/wek/outputs f1 f8", "/outputs-1 of 4, class 1"], "running, 6 examples"),
        ProtocolRow("enableModelRunning", .both, .running, ["/wek/inputs f1 f1", "disableModelRunning i1 i2", "enableModelRunning i2 i1", "/wek/inputs f0 f0"], sent: answer2 + answer1, "running, 6 examples"),
        ProtocolRow("disableModelRunning, one number wrong: none", .strict, .running, ["/wek/inputs f1 f1", "disableModelRunning i1 i3", "disableModelRunning s:1", "disableModelRunning", "/wek/inputs f0 f0"],
            sent: answer2 + answer1, "running, 6 examples"),
        ProtocolRow("disableModelRunning, gestures: nothing", .strict, .gesturesRunning, ["disableModelRunning i1"] + rising, sent: risingAnswers, "running, 2 examples"),
        ProtocolRow("disableModelRecording, gestures: nothing", .strict, .gestures, ["disableModelRecording i1", "startDtwRecording i1"], "recording gesture 1, 2 examples"),
        ProtocolRow("disableModelRunning, gestures: one of them", .lenient, .gesturesRunning, ["disableModelRunning i1"] + rising.prefix(9),
            sent: infinite(4) + ["/wek/outputs finf \(written(reference(kept: 5).last!))"], "running, 2 examples"),
        ProtocolRow("selectInputsForOutput, then retrain", .both, .recorded, ["selectInputsForOutput i1 i2", "train", "…", "startRunning", "/wek/inputs f-1000 f1"],
            sent: [done, "/wek/outputs f2 f2", "/outputs-1 of 4, class 2"], "running, 6 examples", document: ["models outputs-1 inputs": "control-2"]),
        ProtocolRow("selectInputsForOutput, no such input", .strict, .recorded, ["selectInputsForOutput i1 i3", "selectInputsForOutput i1", "selectInputsForOutput i3 i1"], "resting, 6 examples",
            document: ["models outputs-1 inputs": "control-1 control-2"]),
    ]

    // MARK: setInputNames, setOutputNames

    static let names: [ProtocolRow] = [
        ProtocolRow("setInputNames, the project is there: refused", .strict, .new, ["setInputNames s:x s:y"], "resting, 0 examples", document: ["controls control-1 name": "inputs-1"]),
        ProtocolRow("setInputNames", .lenient, .new, ["setInputNames s:x s:y"], "resting, 0 examples", document: ["controls control-1 name": "x", "controls control-2 name": "y"]),
        ProtocolRow("setInputNames, double or too few", .lenient, .new, ["setInputNames s:x s:x", "setInputNames s:x"], sent: ["error to the sender"], "resting, 0 examples",
            document: ["controls control-1 name": "inputs-1"]),
        ProtocolRow("setOutputNames, the project is there: refused", .strict, .new, ["setOutputNames s:a s:b"], "resting, 0 examples", document: ["models outputs-1 name": "outputs-1"]),
        ProtocolRow("setOutputNames", .lenient, .new, ["setOutputNames s:a s:b"], "resting, 0 examples", document: ["models outputs-1 name": "a", "knobs knob-2 name": "b"]),
    ]

    // MARK: loadModelFromFile, saveModelToFile, runNewProject, performance mode, and control switched off

    static let files: [ProtocolRow] = [
        ProtocolRow("saveModelToFile, loadModelFromFile", .both, .trained, ["saveModelToFile i1 s:/m", "loadModelFromFile i1 s:/m", "loadModelFromFile f1 s:/m s:WITHOUTDATA", "startRunning", "/wek/inputs f1 f1"],
            sent: answer2, "running, 6 examples"),
        ProtocolRow("loadModelFromFile WITHDATA", .both, .trained, ["saveModelToFile i1 s:/m", "loadModelFromFile i1 s:/m s:WITHDATA"], "resting, 12 examples"),
        ProtocolRow("loadModelFromFile, no such output or file", .strict, .trained, ["loadModelFromFile i3 s:/m", "loadModelFromFile i1 s:/none", "loadModelFromFile i1"], "resting, 6 examples"),
        ProtocolRow("runNewProject, no such option: nothing", .strict, .running, ["runNewProject s:/p.starling s:NEVER", "runNewProject i1", "/wek/inputs f1 f1"], sent: answer2, "running, 6 examples"),
        ProtocolRow("runNewProject", .both, .running, ["saveModelToFile i1 s:/m", "runNewProject s:/m s:CLOSECURRENT"], "resting, 6 examples", document: ["models * *": "1"]),
        ProtocolRow("runNewProject, no such project: told to the sender", .lenient, .running, ["runNewProject s:/none s:CLOSECURRENT"], sent: ["error to the sender"], "running, 6 examples"),
        ProtocolRow("performance mode: nothing", .both, .running, ["enablePerformanceMode", "disablePerformanceMode"], "running, 6 examples"),
    ]

    // MARK: What is sent for gestures

    static let rising = GestureTests.ramp(20, up: true).map { "/wek/inputs f\($0[0]) f0" }
    static func infinite(_ count: Int) -> [String] { [String](repeating: "/wek/outputs finf finf", count: count) }
    static func written(_ distance: Float) -> String { "f\(Int(distance))" }

    /// The distances of both gestures after so many kept frames of the rising one: the least of all stretches of 5 frames or more that end now.
    static func reference(kept: Int) -> [Float] {
        let frames = (0..<kept).map { Float($0) }
        return [(0..<10).map { Float($0) }, (0..<10).map { 10 - Float($0) }].map { gesture in
            (0...(kept - 5)).map { warped(Array(frames[$0...]), gesture) }.min()!
        }
    }

    /// Dynamic time warping by the whole table of sums.
    static func warped(_ a: [Float], _ b: [Float]) -> Float {
        var sums = [[Float]](repeating: [Float](repeating: .infinity, count: b.count + 1), count: a.count + 1)
        sums[0][0] = 0
        for i in 1...a.count {
            for j in 1...b.count {
                sums[i][j] = (a[i - 1] - b[j - 1]).magnitude + min(sums[i - 1][j - 1], sums[i - 1][j], sums[i][j - 1])
            }
        }
        return sums[a.count][b.count]
    }

    /// What 20 frames of the rising gesture bring: a message for each kept frame, and its name before the first distance below 5.
    static let risingAnswers: [String] = infinite(4) + (5...10).flatMap { kept -> [String] in
        let now = reference(kept: kept), isNamed = now.min()! < 5 && (kept == 5 || reference(kept: kept - 1).min()! >= 5)
        return (isNamed ? [now[0] < now[1] ? "/output_1" : "/output_2"] : []) + ["/wek/outputs \(written(now[0])) \(written(now[1]))"]
    }
    static let whole = "/wek/outputs \(written(warped((0..<10).map { Float($0) }, (0..<10).map { Float($0) }))) \(written(warped((0..<10).map { Float($0) }, (0..<10).map { 10 - Float($0) })))"

    static let gestures: [ProtocolRow] = [
        ProtocolRow("gestures: distances of kept frames, inf until 5, a name once", .both, .gesturesRunning, rising, sent: risingAnswers, "running, 2 examples"),
        ProtocolRow("gestures, once: named and sent when running stops", .both, .once, ["startRunning"] + rising + ["stopRunning"], sent: ["/output_1", whole], "resting, 2 examples"),
        ProtocolRow("gestures, once: startDtwRecording stops running too", .both, .once, ["startRunning"] + rising + ["startDtwRecording i1"], sent: ["/output_1", whole], "recording gesture 1, 2 examples"),
        ProtocolRow("gestures, once, without threshold", .both, .once, ["startRunning", "/wek/inputs f100 f0", "stopRunning"],
            sent: ["/output_2", "/wek/outputs f955 f945"], "resting, 2 examples"),
        ProtocolRow("gestures, once: nothing came", .both, .once, ["startRunning", "stopRunning"], "resting, 2 examples"),
        ProtocolRow("gestures, once: the same again is not named again", .strict, .once, ["startRunning"] + rising + ["stopRunning", "startRunning"] + rising + ["stopRunning"],
            sent: ["/output_1", whole, whole], "resting, 2 examples"),
        ProtocolRow("gestures, once: the same again", .lenient, .once, ["startRunning"] + rising + ["stopRunning", "startRunning"] + rising + ["stopRunning"],
            sent: ["/output_1", whole, "/output_1", whole], "resting, 2 examples"),
        ProtocolRow("gestures: thinning goes on where it was left", .strict, .gesturesRunning, ["/wek/inputs f0 f0", "stopRunning", "startRunning", "/wek/inputs f0 f0"],
            sent: infinite(1), "running, 2 examples"),
        ProtocolRow("gestures: thinning begins anew", .lenient, .gesturesRunning, ["/wek/inputs f0 f0", "stopRunning", "startRunning", "/wek/inputs f0 f0"],
            sent: infinite(2), "running, 2 examples"),
    ]

    // MARK: The switch for control, and what nothing listens to

    static let further: [ProtocolRow] = [
        ProtocolRow("numbers: whole ones cut towards zero, hard ones kept in their range", .both, .ranges, ["/wek/inputs f2"],
            sent: ["/wek/outputs f-3 f10"], "running, 20 examples"),
        ProtocolRow("other addresses of inputs and outputs", .both, .renamed, ["/in f1 f1"], sent: ["/out f2"], "running, 2 examples"),
        ProtocolRow("other addresses: the usual one is unknown", .strict, .renamed, ["/wek/inputs f1 f1"], "running, 2 examples"),
        ProtocolRow("control is off: ignored", .strict, .closed, ["stopRunning", "startRecording", "/wek/inputs f1 f1"], sent: answer2, "running, 6 examples"),
        ProtocolRow("control is off: outputs all the same", .both, .closed, ["outputs f3 f1", "/wek/inputs f1 f1"], sent: answer2, "running, 6 examples"),
        ProtocolRow("unknown: nothing", .strict, .running, ["/nobody i1", "noSuchWord"], "running, 6 examples"),
        ProtocolRow("unknown: told to the sender", .lenient, .running, ["/nobody i1", "noSuchWord"], sent: ["error to the sender", "error to the sender"], "running, 6 examples"),
    ]
}
