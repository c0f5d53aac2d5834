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
    /// The number of the recording under way, and of the take in it.
    var round = 0, takeNumber = 0
    /// The values and participants with which the take under way was begun.
    var takeLabels: [Float] = []
    var gestureFrames: [Float] = []
    var now = 0.0
    var complaints: [Complaint] = []
    var waiting = Waiting()
    /// Whether a message is being done that has waited for its time, whose sender is not at hand any more.
    var isReleasing = false

    let frame: Floats
    let line: Floats
    let packetSpace: UnsafeMutableRawBufferPointer

    /// One kind of error, so that the same error a thousand times a second is answered once a second.
    struct Complaint {
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

    /// A Wekinator that takes part in a project which others change too, as in a page: `follow` keeps it up to date.
    ///
    /// - Parameter port: Where frames come.
    public init(following document: Document, port: Int, host: WekinatorHost) throws(StarlingError) {
        let (setup, names) = try WekinatorSetup.read(document, port: port)
        self.host = host
        isStrict = false
        self.setup = setup
        keeper = ProjectKeeper(document: document, blobs: [], names: names, host: host)
        (frame, line, packetSpace) = Wekinator.space()
        prepare()
    }

    /// Makes outputs for the setup, without examples or models.
    func prepare() {
        activity = .resting
        training = nil
        outputs = setup.outputs.map { WekinatorOutput($0, inputCount: setup.inputNames.count) }
        prepareInputs()
    }

    /// Makes room for examples of so many inputs as there are; what goes on goes on.
    func prepareInputs() {
        let inputCount = setup.inputNames.count
        for output in outputs { output.makeRoom(inputCount) }
        store = ExampleStore(inputCount: inputCount, outputCount: outputs.count)
        matchers = setup.outputs.map { output in
            guard case .gestures(let count) = output.kind, inputCount > 0 else { return nil }
            var matcher = GestureMatcher(
                inputCount: inputCount, gestureCount: count, threshold: output.threshold, isNamedOnce: output.isNamedOnce,
                isStrict: isStrict)
            matcher.inputs = output.inputs ?? matcher.inputs
            return matcher
        }
        lastRecognised = [Int](repeating: -1, count: outputs.count)
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

    /// A number that grows with every change of the project or of a model.
    public var revision: Int { keeper.revision }
    /// The project, and the rows of its takes.
    public var document: Document { keeper.document }
    public var blobs: [Blob] { keeper.blobs }
    /// The column of each input: the name of a control, or of a feature.
    public var inputColumns: [Text] { keeper.names.columns }

    /// What models have learned. Where several outputs share a model there is nothing that is all of it.
    public var modelWeights: [ModelWeights] {
        var weights: [ModelWeights] = []
        for (i, output) in outputs.enumerated() {
            let isShared = keeper.names.models.filter { $0 == keeper.names.models[i] }.count > 1
            guard !isShared, let words = output.weights?.words else { continue }
            weights.append(ModelWeights(model: keeper.names.models[i], bytes: words.withUnsafeBytes { Array($0) }))
        }
        return weights
    }

    /// The project as a file, with the models' weights.
    public func projectFile() throws(StarlingError) -> [UInt8] {
        let file = try keeper.projectFile(weights: modelWeights)
        keeper.isChanged = false
        return file
    }

    /// Ends a recording under way, as before the program ends.
    public func finish() {
        stopRecording()
        keeper.flush()
    }
}
