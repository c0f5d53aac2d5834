import StarlingEngine
import StarlingLearning
import StarlingMath
import StarlingProject

/// An engine with buffers, and what tests need to say briefly.
final class Stage {
    let engine: Engine
    let sampleRate: Float
    private(set) var left: [Float] = []
    private(set) var right: [Float] = []

    init(sampleRate: Float = 48_000, project: Document = .starter()) throws {
        self.sampleRate = sampleRate
        engine = Engine(sampleRate: sampleRate)
        try load(project)
    }

    func load(_ document: Document) throws {
        let words = try Scene(document).plan().words()
        guard engine.load(plan: words, count: words.count) else { throw StarlingError("the plan was refused") }
    }

    /// Plays an input through the engine in blocks of the given sizes, again and again.
    func play(_ input: [Float], blocks: [Int] = [128]) {
        var done = 0
        var turn = 0
        var outLeft = [Float](repeating: 0, count: input.count)
        var outRight = outLeft
        input.withUnsafeBufferPointer { source in
            outLeft.withUnsafeMutableBufferPointer { l in
                outRight.withUnsafeMutableBufferPointer { r in
                    while done < input.count {
                        let count = min(blocks[turn % blocks.count], input.count - done)
                        engine.process(
                            source.baseAddress! + done, l.baseAddress! + done, r.baseAddress! + done, count: count)
                        done += count
                        turn += 1
                    }
                }
            }
        }
        left += outLeft
        right += outRight
    }

    func silence(seconds: Float) { play([Float](repeating: 0, count: Int(seconds * sampleRate))) }
}

/// Sounds that differ as a hum, a hiss and a whistle do.
enum TestSound {
    static func hum(_ count: Int, sampleRate: Float = 48_000, seed: UInt64) -> [Float] {
        var random = SeededRandom(seed: seed)
        let frequency = 110 * (1 + 0.1 * random.bipolar())
        return (0..<count).map { n in
            let phase = frequency * Float(n) / sampleRate
            return 0.3 * fastSine(cycles: phase) + 0.1 * fastSine(cycles: 2 * phase) + 0.003 * random.bipolar()
        }
    }

    static func hiss(_ count: Int, seed: UInt64) -> [Float] {
        var random = SeededRandom(seed: seed)
        var last: Float = 0
        return (0..<count).map { _ in
            let noise = random.bipolar()
            defer { last = noise }
            return 0.15 * (noise - last)
        }
    }

    static func whistle(_ count: Int, sampleRate: Float = 48_000, seed: UInt64) -> [Float] {
        var random = SeededRandom(seed: seed)
        let frequency = 1500 * (1 + 0.1 * random.bipolar())
        return (0..<count).map { 0.2 * fastSine(cycles: frequency * Float($0) / sampleRate) + 0.003 * random.bipolar() }
    }

    static func of(_ category: Int, _ count: Int, seed: UInt64) -> [Float] {
        switch category {
        case 0: hum(count, seed: seed)
        case 1: hiss(count, seed: seed)
        default: whistle(count, seed: seed)
        }
    }
}

func rms(_ samples: ArraySlice<Float>) -> Float {
    (samples.reduce(0) { $0 + $1 * $1 } / Float(max(samples.count, 1))).squareRoot()
}

/// Rows of listen slots, one a hop, of a sound.
func rows(of sound: [Float]) throws -> Rows {
    let stage = try Stage()
    var values: [Float] = []
    for start in stride(from: 0, to: sound.count - 255, by: 256) {
        stage.play(Array(sound[start..<start + 256]))
        values += stage.engine.bus.array[stage.engine.layout.listen]
    }
    return try Rows(columnCount: stage.engine.layout.listen.count, rate: 187.5, values: Array(values))
}

/// Trains to the end; the weights of the model that learned last.
@discardableResult
func train(_ session: TrainingSession) -> [Float] { trainAll(session).last?.words ?? [] }

/// Trains to the end; the newest weights of each model with its key.
func trainAll(_ session: TrainingSession) -> [(key: UInt32, words: [Float])] {
    var newest: [(key: UInt32, words: [Float])] = []
    for _ in 0..<100_000 {
        let outcome = session.step(work: 1_000_000)
        while let (key, weights) = session.takeWeights() {
            newest.removeAll { $0.key == key }
            newest.append((key, weights.words))
        }
        if !outcome.contains(.more) { break }
    }
    return newest
}

/// A project and the session that learns it, kept in step as a page keeps them.
struct Classroom {
    var project = ProjectSession()
    let session = TrainingSession()

    init(_ changes: [Change] = []) throws {
        _ = try project.apply(Command("Begin", [Change("project", "project", "name", .text("Test"))] + changes))
        try session.open(project.document)
    }

    mutating func apply(_ changes: Change...) throws {
        try session.apply(try project.apply(Command("Change", changes)))
    }

    /// Teaches a category a sound; the take's id.
    @discardableResult
    mutating func teach(_ category: Text, _ sound: [Float]) throws -> Text {
        let heard = try rows(of: sound)
        let blob = Blob(heard.bytes)
        let command = try project.keep(
            .init(category: category, rows: blob, sound: nil, seconds: Double(heard.rowCount) / heard.rate, rate: heard.rate))
        try session.add(rows: blob)
        try session.apply(command)
        return command.changes.first { $0.table == "takes" }!.id
    }

    /// The engine with the project and all that was learned.
    func stage() throws -> Stage {
        let stage = try Stage(project: project.document)
        for (key, words) in trainAll(session) {
            guard stage.engine.load(weights: words, count: words.count, key: key) else {
                throw StarlingError("the weights were refused")
            }
        }
        return stage
    }

    func slot(_ path: Text) throws -> Int {
        guard let slot = project.scene.slots.first(where: { $0.path == path })?.slot else {
            throw StarlingError("no slot " + path)
        }
        return slot
    }

    /// What the session says of a model.
    func report(_ model: Text) -> JSON? { session.report["models"]?.list?.first { $0["id"]?.text == model } }
}

extension TestSound {
    /// A tone that glides between two frequencies in Hz, as a gesture of the voice.
    static func glide(_ count: Int, from: Float, to: Float, seed: UInt64) -> [Float] {
        var random = SeededRandom(seed: seed)
        var phase: Float = 0
        return (0..<count).map { n in
            phase += (from + (to - from) * Float(n) / Float(count)) / 48_000
            phase -= phase.rounded(.down)
            return 0.25 * fastSine(cycles: phase) + 0.003 * random.bipolar()
        }
    }
}
