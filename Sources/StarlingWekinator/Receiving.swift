import StarlingLearning
import StarlingMath
import StarlingOSC
import StarlingProject

extension Wekinator {
    /// Takes a packet in. Messages of bundles wait for their time; what is late is done at once.
    ///
    /// - Parameters:
    ///   - seconds: The time now, on any clock that does not go backwards.
    ///   - date: The time now in seconds since 1970; nil where bundles are done at once.
    public func receive(_ packet: UnsafeRawBufferPointer, at seconds: Double, date: Double? = nil) {
        now = seconds
        counts.packets += 1
        let fault = OSCPacket.forEachMessage(in: packet) { message in
            counts.messages += 1
            if !wait(message, date: date) { obey(message) }
        }
        if let fault { complain(fault.sentence) }
    }

    func obey(_ message: OSCMessage) {
        if message.hasAddress(setup.inputAddress) { return receiveFrame(message) }
        if ControlWord.isControl(message) {
            guard let word = ControlWord(message) else { return complain(unknown(message)) }
            return obey(word, message)
        }
        if message.isFor("/wek/inputs/bundle") { return takeBatch(message) }
        complain(unknown(message))
    }

    private func unknown(_ message: OSCMessage) -> Text {
        Text("Nothing listens to ") + Text(utf8: UnsafeBufferPointer(rebasing: message.address.prefix(80)))
            + Text("; inputs go to ") + setup.inputAddress + Text(", control to /wekinator/control/…")
    }

    private func receiveFrame(_ message: OSCMessage) {
        var count = 0
        for argument in message.arguments {
            guard count < LearningLimits.inputs else { return complain("A frame can have at most 1024 inputs.") }
            if isStrict {
                // Wekinator takes an argument of any other type for zero.
                if case .float(let value) = argument { frame[count] = value } else {
                    frame[count] = 0
                    tell("An input is no float (type f) and counts as 0.")
                }
            } else if let number = argument.number {
                frame[count] = Float(number)
            } else if case .listBegins = argument { continue } else if case .listEnds = argument { continue } else {
                return complain(Text("Argument ") + Text(count + 1) + Text(" of ") + setup.inputAddress + Text(" must be a number (i h f d T F)."))
            }
            count += 1
        }
        if setup.inputNames.isEmpty, count > 0, !isStrict { learnInputCount(count) }
        guard count == setup.inputNames.count else {
            return complain(
                setup.inputAddress + Text(" came with ") + Text(count) + Text(" inputs, but the project has ")
                    + Text(setup.inputNames.count) + Text(". Send as many, or start with --inputs ") + Text(count) + Text("."))
        }
        counts.frames += 1
        takeFrame()
    }

    /// The first frame says how many inputs there are, where nobody has.
    private func learnInputCount(_ count: Int) {
        setup.inputNames = WekinatorSetup.inputNames(count)
        keeper.names.columns = ProjectNames.columns(count, in: keeper.document)
        let taught = keeper.document.ids("takes").compactMap { keeper.document.text("takes", $0, "category") }
        let untaught = outputs.indices.filter { !keeper.names.categories[$0].contains { taught.contains($0) } }
        keeper.make(
            "Take inputs in",
            setup.inputChanges(keeper.names) + untaught.map { outputs[$0].setup.inputsChange(keeper.names.models[$0], keeper.names) })
        prepareInputs()
        // A take that waits for its first frame has the columns that are known now.
        if case .recordingGesture(let gesture) = activity, let place = gesturePlace(gesture) { beginGestureTake(place) }
    }

    /// Does with the frame what is going on.
    func takeFrame() {
        host.hear(UnsafeBufferPointer(start: frame.pointer, count: setup.inputNames.count))
        switch activity {
        case .recording: recordFrame()
        case .recordingGesture: gestureFrames.append(contentsOf: UnsafeBufferPointer(start: frame.pointer, count: setup.inputNames.count))
        case .running: runFrame()
        case .resting: break
        }
    }
}
