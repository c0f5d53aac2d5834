import StarlingLearning
import StarlingMath
import StarlingOSC
import StarlingProject

/// What has come and gone since the start.
public struct WekinatorCounts: Equatable, Sendable {
    /// Packets, the messages in them, and frames of inputs among those.
    public var packets = 0, messages = 0, frames = 0
    /// Messages of outputs sent.
    public var outputs = 0
    /// Examples recorded, and trainings finished.
    public var examples = 0, trainings = 0
    /// Packets and messages that were not understood or not obeyed.
    public var errors = 0
}

/// Behaves like Wekinator (Fiebrink 2009, version 2) without a window: takes OSC packets in, records, trains, runs, and answers.
///
/// Knows neither sockets nor files nor clocks: `WekinatorHost` does. Everything is called in one thread; a frame that is
/// run takes no memory beyond its packet. What Wekinator does is described in docs/wekinator.md; where `isStrict` is
/// off, more is understood than Wekinator understands, and what goes wrong is told to the sender.
public final class Wekinator {
    /// What is going on.
    public enum Activity: Equatable, Sendable { case resting, recording, recordingGesture(Int), running }

    /// The names and kinds of all that goes in and out.
    public internal(set) var setup: WekinatorSetup
    /// Whether nothing is understood that Wekinator does not understand.
    public let isStrict: Bool
    /// Whether anything but outputs and gestures can be controlled.
    public var acceptsControl = true
    /// Whether each output is also sent to an address of its own, `/outputs/NAME`.
    public var sendsEach = false
    /// What is going on.
    public internal(set) var activity = Activity.resting
    /// What has come and gone.
    public internal(set) var counts = WekinatorCounts()
    /// Whether a training is under way.
    public var isTraining: Bool { training != nil }
    /// Whether the project was changed since it was last written.
    public var isChanged: Bool { keeper.isChanged }

    let host: WekinatorHost
    var outputs: [WekinatorOutput] = []
    var store = ExampleStore(inputCount: 0, outputCount: 0)
    /// One for each output that is a set of gestures, nil for the others.
    var matchers: [GestureMatcher?] = []
    /// The gesture that each set of gestures said last.
    var lastRecognised: [Int] = []
    var keeper: ProjectKeeper
    var training: TrainingRun?
    /// Whether to run as soon as the training is done.
    var runsWhenTrained = false
    /// The number of the recording under way.
    var round = 0
    /// The values and participants with which the take under way was begun.
    var takeLabels: [Float] = []
    var gestureFrames: [Float] = []
    var now = 0.0
    private var complaints: [Complaint] = []

    let frame: Floats
    let line: Floats
    let packetSpace: UnsafeMutableRawBufferPointer

    /// One kind of error, so that the same error a thousand times a second is answered once a second.
    private struct Complaint {
        let sentence: Text
        var answered: Double
        var held = 0
    }

    /// A Wekinator for a new project.
    ///
    /// - Throws: a sentence where the setup is more than a project can hold.
    public init(setup: WekinatorSetup, host: WekinatorHost, isStrict: Bool = false) throws(StarlingError) {
        try setup.check()
        self.host = host
        self.isStrict = isStrict
        self.setup = setup
        let names = ProjectNames(setup)
        keeper = ProjectKeeper(document: Document(), blobs: [], names: names, host: host)
        (frame, line, packetSpace) = Wekinator.space()
        keeper.make("New project", setup.changes(names))
        prepare()
    }

    /// A Wekinator that goes on with a project.
    public init(contents: ProjectContents, host: WekinatorHost, isStrict: Bool = false) throws(StarlingError) {
        let (setup, names) = try WekinatorSetup.read(contents.document)
        self.host = host
        self.isStrict = isStrict
        self.setup = setup
        keeper = ProjectKeeper(document: contents.document, blobs: contents.blobs, names: names, host: host)
        (frame, line, packetSpace) = Wekinator.space()
        prepare()
        load(contents)
    }

    deinit { packetSpace.deallocate() }

    private static func space() -> (Floats, Floats, UnsafeMutableRawBufferPointer) {
        (
            Floats(LearningLimits.inputs), Floats(WekinatorSetup.mostOutputs * LearningLimits.outputs),
            UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 8)
        )
    }

    /// Makes outputs for the setup, without examples or models.
    func prepare() {
        let inputCount = setup.inputNames.count
        activity = .resting
        training = nil
        outputs = setup.outputs.map { WekinatorOutput($0, inputCount: inputCount) }
        store = ExampleStore(inputCount: inputCount, outputCount: outputs.count)
        matchers = setup.outputs.map { output in
            guard case .gestures(let count) = output.kind, inputCount > 0 else { return nil }
            var matcher = GestureMatcher(inputCount: inputCount, gestureCount: count)
            matcher.inputs = output.inputs ?? matcher.inputs
            return matcher
        }
        lastRecognised = [Int](repeating: -1, count: outputs.count)
    }

    // MARK: Receiving

    /// Takes a packet in.
    ///
    /// - Parameter seconds: The time now, on any clock that does not go backwards.
    public func receive(_ packet: UnsafeRawBufferPointer, at seconds: Double) {
        now = seconds
        counts.packets += 1
        if let fault = OSCPacket.forEachMessage(in: packet, { self.receive($0) }) { complain(fault.sentence) }
    }

    private func receive(_ message: OSCMessage) {
        counts.messages += 1
        if message.hasAddress(setup.inputAddress) { return receiveFrame(message) }
        if ControlWord.isControl(message) {
            guard let word = ControlWord(message) else { return complain(unknown(message)) }
            return obey(word, message)
        }
        if message.isFor("/wek/inputs/bundle") { return runBatch(message) }
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
        keeper.names.columns = ProjectNames.keys(setup.inputNames)
        keeper.make("Take inputs in", setup.changes(keeper.names))
        prepare()
    }

    private func takeFrame() {
        switch activity {
        case .recording: recordFrame()
        case .recordingGesture: gestureFrames.append(contentsOf: UnsafeBufferPointer(start: frame.pointer, count: setup.inputNames.count))
        case .running: runFrame()
        case .resting: break
        }
    }

    // MARK: Telling

    /// Counts an error, tells people, and, unless strict, the sender: each sentence once a second at most.
    func complain(_ sentence: Text) {
        counts.errors += 1
        guard let shown = held(sentence) else { return }
        host.tell(.warning, shown)
        if !isStrict { send("/starling/error", [.string(shown)], to: .sender) }
    }

    /// Tells people, once a second at most.
    func tell(_ sentence: Text) { if let shown = held(sentence) { host.tell(.warning, shown) } }

    private func held(_ sentence: Text) -> Text? {
        guard let place = complaints.firstIndex(where: { $0.sentence == sentence }) else {
            if complaints.count >= 64 { complaints.removeFirst() }
            complaints.append(Complaint(sentence: sentence, answered: now))
            return sentence
        }
        guard now - complaints[place].answered >= 1 else {
            complaints[place].held += 1
            return nil
        }
        let held = complaints[place].held
        complaints[place] = Complaint(sentence: sentence, answered: now)
        return held == 0 ? sentence : sentence + Text(" (") + Text(held) + Text(" times more since the last time)")
    }

    /// Sends a message.
    func send(_ address: Text, _ arguments: [OSCValue] = [], to destination: WekinatorHost.Destination = .listener) {
        var writer = OSCWriter(packetSpace)
        writer.message(address, arguments)
        host.send(writer.packet, to: destination)
    }

    /// Sends floats.
    func send(_ address: Text, floats: UnsafeBufferPointer<Float>) {
        var writer = OSCWriter(packetSpace)
        address.utf8.withUnsafeBufferPointer { writer.message($0, floats: floats) }
        host.send(writer.packet, to: .listener)
    }

    // MARK: State

    /// Examples and recordings of gestures in all.
    public var exampleCount: Int { store.count + matchers.reduce(0) { $0 + ($1?.count ?? 0) } }

    /// Whether nothing goes on that a moment's pause would disturb.
    public var mayPause: Bool { !isTraining && (activity == .resting || activity == .running) }

    /// Makes an opened project ready: what has examples and no weights is trained, and run where that is wanted.
    public func resume(runsAtOnce: Bool) {
        let isUntrained = outputs.indices.contains { !outputs[$0].isTrained && store.count(output: $0) > 0 }
        if isUntrained { train() }
        guard runsAtOnce, exampleCount > 0 || outputs.contains(where: { $0.isTrained }) else { return }
        if isTraining { runsWhenTrained = true } else { startRunning() }
    }

    // MARK: Keeping

    /// The bytes with which a journal of this project begins, when its file has just been written.
    public func beginJournal() -> [UInt8] { keeper.beginJournal() }

    /// Writes to the journal what has waited: to be called some times a second.
    public func flush() { keeper.flush() }

    /// The project as a file, with the models' weights.
    public func projectFile() throws(StarlingError) -> [UInt8] {
        var weights: [ModelWeights] = []
        for (i, output) in outputs.enumerated() {
            let isShared = keeper.names.models.filter { $0 == keeper.names.models[i] }.count > 1
            guard !isShared, let words = output.weights?.words else { continue }
            weights.append(ModelWeights(model: keeper.names.models[i], bytes: words.withUnsafeBytes { Array($0) }))
        }
        let file = try keeper.projectFile(weights: weights)
        keeper.isChanged = false
        return file
    }

    /// Ends a recording under way, as before the program ends.
    public func finish() {
        stopRecording()
        keeper.flush()
    }
}
