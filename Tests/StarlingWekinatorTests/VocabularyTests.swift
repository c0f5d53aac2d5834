import StarlingMath
import StarlingOSC
import StarlingProject
import StarlingWekinator
import Testing

/// Row by row what docs/wekinator.md promises, once as Wekinator itself does (strict) and once more forgivingly (lenient).
@Suite struct VocabularyTests {
    static let corners: [[Float]] = [[0, 0], [0.1, 0], [0, 0.1]]
    static let opposite: [[Float]] = [[1, 1], [0.9, 1], [1, 0.9]]

    /// A trained choice between 1 (around 0, 0) and 2 (around 1, 1).
    private func taught(strict: Bool = false, _ setup: OutputSetup = categories(3)) throws -> Peer {
        let peer = try Peer([setup], strict: strict)
        peer.teach([1], VocabularyTests.corners)
        peer.teach([2], VocabularyTests.opposite)
        peer.train()
        peer.control("startRunning")
        return peer
    }

    // MARK: Inputs

    @Test(arguments: [true, false]) func aFrameIsAnsweredByOneMessageOfFloats(strict: Bool) throws {
        let peer = try taught(strict: strict)
        _ = peer.host.take()
        peer.inputs(0, 0)
        #expect(peer.host.take() == [.init(address: "/wek/outputs", values: [.float(1)], destination: .listener)])
        #expect(peer.ask(1, 1) == [2])
    }

    @Test func strictTakesOtherNumbersForZero() throws {
        let peer = try taught(strict: true)
        _ = peer.host.take()
        peer.send("/wek/inputs", .int(1), .double(1))
        #expect(peer.host.take() == [.init(address: "/wek/outputs", values: [.float(1)], destination: .listener)])
        #expect(!peer.host.warnings.isEmpty)
    }

    @Test func lenientTakesEveryNumber() throws {
        let peer = try taught()
        for one in [OSCValue.int(1), .long(1), .double(1), .flag(true), .float(1)] {
            _ = peer.host.take()
            peer.send("/wek/inputs", one, one)
            #expect(peer.host.take().first?.values == [.float(2)])
        }
        peer.send("/wek/inputs", .list([.float(1), .float(1)]))
        #expect(peer.host.take().first?.values == [.float(2)])
    }

    @Test(arguments: [true, false]) func aWrongCountIsNotAnswered(strict: Bool) throws {
        let peer = try taught(strict: strict)
        _ = peer.host.take()
        peer.inputs(1)
        let sent = peer.host.take()
        #expect(!sent.contains { $0.address == "/wek/outputs" })
        #expect(peer.host.warnings.count == 1)
        #expect(sent.map(\.address) == (strict ? [] : ["/starling/error"]))
        #expect(strict || sent[0].destination == .sender)
    }

    @Test func theFirstFrameSaysHowManyInputsThereAre() throws {
        let peer = try Peer(inputs: 0, [categories(2)])
        peer.teach([1], [[0, 0, 0]])
        peer.teach([2], [[1, 1, 1]])
        peer.train()
        peer.control("startRunning")
        #expect(peer.ask(1, 1, 1) == [2])
    }

    // MARK: Outputs of control

    @Test(arguments: [true, false]) func labelsAreSetButNotEchoed(strict: Bool) throws {
        let peer = try Peer([categories(3), number("n", hard: true)], strict: strict)
        peer.control("outputs", .float(2), .float(3))
        #expect(peer.host.take().isEmpty)
        peer.control("outputs", .float(4), .float(11))  // a class too many, a number beyond a hard range
        peer.control("startRecording")
        peer.inputs(5, 6)
        peer.control("stopRecording")
        peer.control("outputs", .float(0), .float(3))  // class 0 is legal
        peer.control("startRecording")
        peer.inputs(0, 0)
        peer.control("stopRecording")
        peer.train()
        peer.control("startRunning")
        #expect(peer.ask(5, 6)?.first == 2)
        #expect(peer.ask(0, 0)?.first == 0)
    }

    @Test func strictTakesWholeOutputsForZeroAndLenientDoesNot() throws {
        for strict in [true, false] {
            let peer = try Peer([number()], strict: strict)
            peer.control("outputs", .int(7))
            peer.control("startRecording")
            for _ in 0..<4 { peer.inputs(1, 1) }
            peer.control("stopRecording")
            peer.train()
            peer.control("startRunning")
            let answer = try #require(peer.ask(1, 1)?.first)
            #expect(abs(answer - (strict ? 0 : 7)) < 0.01)
        }
    }

    // MARK: Recording, training, running

    @Test(arguments: [true, false]) func startRecordingStopsRunning(strict: Bool) throws {
        let peer = try taught(strict: strict)
        peer.control("startRecording")
        #expect(peer.wekinator.activity == .recording)
        #expect(peer.ask(1, 1) == nil)
        peer.control("stopRecording")
        #expect(peer.wekinator.activity == .resting)
    }

    @Test func stopRecordingStopsRunningForThoseWhoSendIt() throws {
        for strict in [true, false] {
            let peer = try taught(strict: strict)
            peer.control("stopRecording")
            #expect(peer.wekinator.activity == (strict ? .running : .resting))
        }
    }

    @Test(arguments: [true, false]) func theEndOfTrainingIsReportedWithoutArguments(strict: Bool) throws {
        let peer = try Peer([categories(2)], strict: strict)
        peer.teach([1], VocabularyTests.corners)
        peer.control("train")
        #expect(peer.host.take().isEmpty)
        peer.finishTraining()
        #expect(peer.host.take() == [.init(address: "/wekinator/status/done-training", values: [], destination: .listener)])
    }

    @Test func trainingNothingIsAlwaysReportedExceptStrictly() throws {
        for strict in [true, false] {
            let peer = try Peer([categories(2)], strict: strict)
            peer.train()
            #expect(peer.host.take().contains { $0.address == "/wekinator/status/done-training" } == !strict)
            #expect(peer.host.warnings.count == 1)
        }
    }

    @Test(arguments: [true, false]) func cancelTrainKeepsTheEarlierModel(strict: Bool) throws {
        let peer = try taught(strict: strict)
        _ = peer.host.take()
        peer.control("train")
        peer.control("cancelTrain")
        peer.finishTraining()
        #expect(peer.host.take().filter { $0.address == "/wekinator/status/done-training" }.count == 1)
        #expect(peer.ask(1, 1) == [2])
    }

    @Test func startRunningDuringATrainingWaitsForItsEnd() throws {
        let peer = try Peer([categories(2)])
        peer.teach([2], VocabularyTests.opposite)
        peer.control("train")
        peer.control("startRunning")
        peer.finishTraining()
        #expect(peer.ask(1, 1) == [2])
    }

    @Test(arguments: [true, false]) func runningWithoutAModelIsRefused(strict: Bool) throws {
        let peer = try Peer([categories(2)], strict: strict)
        peer.control("startRunning")
        #expect(peer.wekinator.activity == .resting && peer.host.warnings.count == 1)
        #expect(peer.host.take().isEmpty == strict)
    }

    @Test(arguments: [true, false]) func stopRunningEndsAnswers(strict: Bool) throws {
        let peer = try taught(strict: strict)
        peer.control("stopRunning")
        #expect(peer.ask(1, 1) == nil)
    }

    // MARK: Examples

    @Test(arguments: [true, false]) func deletingAllExamplesKeepsTheModel(strict: Bool) throws {
        let peer = try taught(strict: strict)
        peer.control("deleteAllExamples")
        #expect(peer.wekinator.exampleCount == 0)
        #expect(peer.ask(1, 1) == [2])
    }

    @Test(arguments: [true, false]) func deletingTheExamplesOfOneOutputKeepsTheRows(strict: Bool) throws {
        let peer = try Peer([categories(2, "a"), number("b")], strict: strict)
        peer.teach([1, 3], VocabularyTests.corners)
        peer.teach([2, 9], VocabularyTests.opposite)
        peer.control("deleteExamplesForOutput", .int(1))
        #expect(peer.wekinator.exampleCount == 6)
        peer.train()
        peer.control("startRunning")
        let answer = try #require(peer.ask(1, 1))
        #expect(answer[0] == 2 && abs(answer[1] - 9) < 0.5)  // the class stays as it was set, the number is learned
        // What is kept says the same.
        let again = try Peer(ProjectFile.read(peer.wekinator.projectFile()))
        #expect(again.wekinator.exampleCount == 6)
        again.train()
        again.control("startRunning")
        #expect(try abs(#require(again.ask(1, 1))[1] - 9) < 0.5)
    }

    @Test func theNumberOfAnOutputMustBeWholeInStrictMode() throws {
        for strict in [true, false] {
            let peer = try taught(strict: strict)
            peer.control("deleteExamplesForOutput", .float(1))
            peer.train()
            #expect((peer.wekinator.counts.trainings == 2) == strict)
        }
    }

    // MARK: Taking part

    @Test(arguments: [true, false]) func aDisabledOutputRepeatsItsLastValue(strict: Bool) throws {
        let peer = try taught(strict: strict)
        #expect(peer.ask(1, 1) == [2])
        peer.control("disableModelRunning", .float(1))
        #expect(peer.ask(0, 0) == [2])
        peer.control("enableModelRunning", .int(1))
        #expect(peer.ask(0, 0) == [1])
    }

    @Test(arguments: [true, false]) func aDisabledOutputRecordsNothing(strict: Bool) throws {
        let peer = try Peer([categories(2, "a"), categories(2, "b")], strict: strict)
        peer.control("disableModelRecording", .int(2))
        peer.teach([2, 2], VocabularyTests.opposite)
        peer.control("enableModelRecording", .int(2))
        peer.control("disableModelRecording", .int(1))
        peer.teach([1, 1], VocabularyTests.corners)
        peer.train()
        peer.control("startRunning")
        // Each has seen one class only.
        #expect(peer.ask(0, 0) == [2, 1])
    }

    @Test(arguments: [true, false]) func inputsAreSelectedForOneOutput(strict: Bool) throws {
        let peer = try Peer([categories(2)], strict: strict)
        peer.control("selectInputsForOutput", .int(1), .int(2))
        peer.teach([1], [[5, 0], [9, 0]])
        peer.teach([2], [[5, 1], [9, 1]])
        peer.train()
        peer.control("startRunning")
        #expect(peer.ask(1e6, 1) == [2])
        #expect(peer.ask(-1e6, 0) == [1])
    }

    @Test func namesAreSetOnlyBeforeAProjectInStrictMode() throws {
        for strict in [true, false] {
            let peer = try taught(strict: strict, { var setup = categories(2); setup.sendsDistribution = true; return setup }())
            peer.control("setOutputNames", .string("mood"))
            peer.control("setInputNames", .string("x"), .string("y"))
            _ = peer.ask(0, 0)
            peer.inputs(0, 0)
            #expect(peer.host.take().map(\.address) == ["/wek/outputs", strict ? "/outputs-1" : "/mood"])
            #expect(peer.wekinator.setup.inputNames == (strict ? ["inputs-1", "inputs-2"] : ["x", "y"]))
        }
        let peer = try taught()
        peer.control("setInputNames", .string("x"), .string("x"))
        peer.control("setInputNames", .string("x"))
        #expect(peer.host.warnings.count == 1)  // the same sentence within a second
        #expect(peer.wekinator.counts.errors == 2)
    }

    // MARK: What is sent

    @Test(arguments: [true, false]) func aDistributionHasAFloatForClassZeroToo(strict: Bool) throws {
        let peer = try taught(strict: strict, { var setup = categories(3); setup.sendsDistribution = true; return setup }())
        _ = peer.host.take()
        peer.inputs(1, 1)
        let sent = peer.host.take()
        #expect(sent.map(\.address) == ["/wek/outputs", "/outputs-1"])
        let certainties = sent[1].values.map { if case .float(let value) = $0 { value } else { Float.nan } }
        #expect(certainties.count == 4 && certainties[2] > 0.5 && abs(certainties.reduce(0, +) - 1) < 1e-5)
    }

    @Test(arguments: [true, false]) func hardNumbersAreLimitedAndWholeOnesCut(strict: Bool) throws {
        let peer = try Peer(inputs: 1, [number("hard", hard: true), number("whole", whole: true), number("soft")], strict: strict)
        peer.send("/wekinator/control/outputs", .float(0), .float(0), .float(0))
        for (x, y) in [(0, 0), (1, 10)] {
            peer.teach([Float(y), Float(y), Float(y)], [[Float(x)], [Float(x) + 0.01], [Float(x) - 0.01]])
        }
        peer.train()
        peer.control("startRunning")
        let beyond = try #require(peer.ask(1.2))
        let between = try #require(peer.ask(0.53))
        #expect(beyond[0] <= 10)
        #expect(between[1] == between[1].rounded(.towardZero) && between[1] <= between[2])
    }

    @Test func eachOutputMayHaveAnAddressOfItsOwn() throws {
        let peer = try taught()
        peer.wekinator.sendsEach = true
        _ = peer.host.take()
        peer.inputs(0, 0)
        #expect(peer.host.take().map(\.address) == ["/wek/outputs", "/outputs/outputs-1"])
    }

    // MARK: Errors

    @Test func unknownAddressesAndBrokenPacketsAreCountedAndToldOnceASecond() throws {
        let peer = try taught()
        _ = peer.host.take()
        for _ in 0..<50 { peer.send("/nobody", .int(1)) }
        #expect(peer.wekinator.counts.errors == 50)
        #expect(peer.host.take().count == 1)
        peer.seconds += 1
        peer.send("/nobody")
        guard case .string(let sentence)? = peer.host.take().first?.values.first else { return #expect(Bool(false)) as Void }
        #expect("\(sentence)".contains("49 times more"))
        [1, 2, 3, 4].withUnsafeBytes { peer.wekinator.receive($0, at: peer.seconds) }
        #expect(peer.wekinator.counts.errors == 52)
        peer.control("noSuchWord")
        #expect(peer.wekinator.counts.errors == 53)
    }

    @Test func controlCanBeSwitchedOffButForOutputsAndGestures() throws {
        let peer = try taught()
        peer.wekinator.acceptsControl = false
        peer.control("stopRunning")
        #expect(peer.wekinator.activity == .running)
        peer.control("outputs", .float(1))
        #expect(peer.wekinator.counts.errors == 1)
    }

    // MARK: Files

    @Test(arguments: [true, false]) func aBatchOfFramesFromAFile(strict: Bool) throws {
        let peer = try taught(strict: strict)
        peer.host.files = [("/in.csv", Array("0,0\n1,1\n0.1,0\n".utf8))]
        _ = peer.host.take()
        peer.send("/wek/inputs/bundle", .string("/in.csv"))
        #expect(peer.host.take() == [.init(address: "/wek/outputs/bundle", values: [.string("/tmp/wekOutputs.csv")], destination: .batchListener)])
        #expect(peer.host.read("/tmp/wekOutputs.csv") == Array("1\n2\n1\n".utf8))
    }

    @Test(arguments: [true, false]) func framesInOneMessage(strict: Bool) throws {
        let peer = try taught(strict: strict)
        _ = peer.host.take()
        peer.send("/wek/inputs/bundle", .float(2), .float(0), .float(0), .float(1), .float(1))
        #expect(peer.host.takeFloats("/wek/outputs") == [[1], [2]])
        peer.send("/wek/inputs/bundle", .float(2), .float(0))
        #expect(peer.wekinator.counts.errors == 1)
    }

    @Test(arguments: [true, false]) func aModelGoesToAFileAndComesBack(strict: Bool) throws {
        let peer = try taught(strict: strict)
        peer.control("saveModelToFile", .int(1), .string("/m"))
        let other = try Peer([categories(3)], strict: strict)
        other.host.files = peer.host.files
        other.control("loadModelFromFile", .int(1), .string("/m"), .string("WITHOUTDATA"))
        #expect(other.wekinator.exampleCount == 0)
        other.control("startRunning")
        #expect(other.ask(1, 1) == [2])
        other.control("loadModelFromFile", .int(1), .string("/m"), .string("WITHDATA"))
        #expect(other.wekinator.exampleCount == 6)
        other.control("loadModelFromFile", .int(1), .string("/none"))
        #expect(other.host.warnings.count == 1)
    }
}
