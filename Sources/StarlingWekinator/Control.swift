import StarlingLearning
import StarlingMath
import StarlingOSC
import StarlingProject

extension Wekinator {
    /// Does what a control message asks for.
    func obey(_ word: ControlWord, _ message: OSCMessage) {
        guard acceptsControl || word.isAlwaysHeard else {
            return complain("Control by OSC is switched off here; start without --no-control.")
        }
        let arguments = ControlArguments(values: message.values, isStrict: isStrict)
        switch word {
        case .outputs: setOutputs(arguments)
        case .startRecording: startRecording()
        case .stopRecording:
            // Clients send this to stop running, too.
            if activity == .running, !isStrict { stopRunning() } else if !isStrict || activity == .recording { stopRecording() }
        case .startRunning: startRunning()
        case .stopRunning: stopRunning()
        case .train: train()
        case .cancelTrain: cancelTraining()
        case .startDtwRecording: startGesture(arguments)
        case .stopDtwRecording: if !isStrict || activity != .recording { stopRecording() }
        case .deleteAllExamples: deleteAllExamples()
        case .deleteExamplesForOutput: withOutput(arguments, word) { deleteExamples(of: $0) }
        case .enableModelRecording: withOutputs(arguments, word) { setRecording($0, true) }
        case .disableModelRecording: withOutputs(arguments, word) { setRecording($0, false) }
        case .enableModelRunning: withOutputs(arguments, word) { setRunning($0, true) }
        case .disableModelRunning: withOutputs(arguments, word) { setRunning($0, false) }
        case .selectInputsForOutput: selectInputs(arguments)
        case .setInputNames: setInputNames(arguments)
        case .setOutputNames: setOutputNames(arguments)
        case .loadModelFromFile: loadModel(arguments)
        case .saveModelToFile: saveModel(arguments)
        case .runNewProject: openProject(arguments)
        case .enablePerformanceMode, .disablePerformanceMode:
            host.tell(.news, "Performance mode changes the window of Wekinator; there is none here.")
        }
    }

    /// How many things the numbers of control messages can mean: outputs, or gestures where there is only a set of them.
    private var numberedCount: Int { hasOnlyGestures ? outputs[0].setup.width : outputs.count }
    private var hasOnlyGestures: Bool { outputs.count == 1 && outputs[0].setup.isGestures }

    private func setOutputs(_ arguments: ControlArguments) {
        guard arguments.values.count == outputs.count else {
            return complain(
                Text("/wekinator/control/outputs came with ") + Text(arguments.values.count) + Text(" values, but there are ")
                    + Text(outputs.count) + Text(" outputs."))
        }
        for (i, value) in arguments.values.enumerated() {
            var number: Float = 0
            if case .float(let float) = value { number = float } else if !isStrict, let other = value.number {
                number = Float(other)
            } else if isStrict {
                tell("An output is no float (type f) and counts as 0.")
            } else {
                complain(Text("Output ") + Text(i + 1) + Text(" must be a number."))
                continue
            }
            if outputs[i].setup.allows(number) { outputs[i].value = number } else {
                complain(
                    Text("Output ") + Text(i + 1) + Text(" (") + outputs[i].setup.name + Text(") cannot be ")
                        + Text(Double(number), decimals: 3) + Text(" and stays ") + Text(Double(outputs[i].value), decimals: 3) + Text("."))
            }
        }
    }

    private func startGesture(_ arguments: ControlArguments) {
        if isStrict, case .recordingGesture = activity { return complain("A gesture is being recorded already.") }
        if let number = arguments.number(0) { return startGestureRecording(number - 1) }
        // Clients forget the number where there is only one gesture.
        if !isStrict, arguments.values.isEmpty { return startGestureRecording(0) }
        complain("/wekinator/control/startDtwRecording needs the number of a gesture, from 1, of type i.")
    }

    /// Does something with the output, or the gesture, that the first argument names.
    private func withOutput(_ arguments: ControlArguments, _ word: ControlWord, _ body: (Int) -> Void) {
        guard let number = arguments.number(0), 1...numberedCount ~= number else {
            return complain(
                Text("/wekinator/control/") + Text(word.name) + Text(" needs a number from 1 to ") + Text(numberedCount)
                    + Text(isStrict ? ", of type i." : "."))
        }
        body(number - 1)
    }

    /// Does something with all outputs that the arguments name; if one of them is wrong, nothing.
    private func withOutputs(_ arguments: ControlArguments, _ word: ControlWord, _ body: (Int) -> Void) {
        if isStrict, hasOnlyGestures { return complain("Gestures cannot be switched off one by one in strict mode.") }
        let numbers = arguments.values.indices.compactMap { arguments.anyNumber($0) }.filter { 1...numberedCount ~= $0 }
        guard !numbers.isEmpty, numbers.count == arguments.values.count else {
            return complain(
                Text("/wekinator/control/") + Text(word.name) + Text(" needs one or more numbers from 1 to ") + Text(numberedCount)
                    + Text("."))
        }
        for number in numbers { body(number - 1) }
    }

    private func setRecording(_ number: Int, _ isOn: Bool) {
        outputs[outputs.count == 1 ? 0 : number].isRecording = isOn
    }

    /// Switches an output, or a gesture where there is only a set of them.
    private func setRunning(_ number: Int, _ isOn: Bool) {
        if outputs.count == 1, matchers[0] != nil { matchers[0]!.isActive[number] = isOn } else { outputs[number].isRunning = isOn }
    }

    private func selectInputs(_ arguments: ControlArguments) {
        let inputs = (1..<max(arguments.values.count, 1)).compactMap { arguments.anyNumber($0) }
        guard let number = arguments.anyNumber(0), 1...outputs.count ~= number, !inputs.isEmpty,
            inputs.count == arguments.values.count - 1, inputs.allSatisfy({ 1...max(setup.inputNames.count, 1) ~= $0 })
        else {
            return complain(
                "/wekinator/control/selectInputsForOutput needs an output's number, then the numbers of its inputs, all from 1.")
        }
        let chosen = (0..<setup.inputNames.count).filter { inputs.contains($0 + 1) }
        outputs[number - 1].setup.inputs = chosen
        setup.outputs[number - 1].inputs = chosen
        matchers[number - 1]?.inputs = chosen
        keeper.make("Select inputs", [outputs[number - 1].setup.inputsChange(keeper.names.models[number - 1], keeper.names)])
    }
}
