import StarlingMath

/// What a training has learned, as one flat run of words that crosses threads as bytes and is run in place.
///
/// Each word is four bytes: a Float, or an unsigned whole number by its bit pattern (marked *).
///
/// | words | content |
/// |---|---|
/// | 7 | magic*, version*, model kind*, task*, inputs I*, outputs O*, words in all* |
/// | O | output keys*: which category or target each output is, as the caller named them |
/// | I + I | mean of each input, and one divided by its deviation (0 for an input that does not vary) |
/// | I + I | axes of the map of examples: x and y per deviation of each input |
/// | 1 + O | for categories: how certainties are calibrated, see `Calibration` |
/// | N | how novelty is told, see `Novelty` |
/// | rest | what the model kind needs: see `Nearest` and `Network` |
///
/// Version 1 had neither calibration nor novelty; its words still load, and answer as they always did.
public struct Weights: Sendable, Equatable {
    /// The words. Compare and store them as bits: some patterns are no numbers.
    public let words: [Float]

    /// Takes words from outside; nil where they are not complete weights of a known model.
    ///
    /// The check is complete: hostile words are refused as well as damaged ones. Cost: one pass over the words.
    public init?(checking words: [Float]) {
        self.words = words
        if !words.withUnsafeBufferPointer({ Weights.areValid($0.baseAddress, count: $0.count) }) { return nil }
    }

    init(header: WeightsHeader, keys: [UInt32], body: [Float]) {
        let plain = header.task == .categories ? Calibration().words(keys.map { _ in 1 }) : []
        let trust = (header.calibration ?? plain) + header.novelty
        let total = WeightsHeader.wordCount + keys.count + 4 * header.inputCount + trust.count + body.count
        var words = header.words(total: total)
        words += keys.map { Float(bitPattern: $0) }
        self.words = words + header.means + header.scales + header.mapX + header.mapY + trust + body
    }

    /// The same with other output keys.
    public func renamed(_ name: (UInt32) -> UInt32) -> Weights {
        let keys = outputKeys.map { Float(bitPattern: name($0)) }
        let first = WeightsHeader.wordCount
        return Weights(trusted: words[..<first] + keys + words[(first + keys.count)...])
    }

    private init(trusted words: ArraySlice<Float>) { self.words = Array(words) }

    /// The model kind's id in `ModelCatalogue`.
    public var model: UInt16 { withView { $0.model } }
    /// Whether the outputs are categories or continuous.
    public var task: Task { withView { $0.task } }
    /// How many inputs the model takes.
    public var inputCount: Int { withView { $0.inputCount } }
    /// Which category or target each output is, as named at the start of the training.
    public var outputKeys: [UInt32] { withView { view in (0..<view.outputCount).map(view.key) } }

    /// The model kind's own words, without what stands before them.
    public var body: [Float] { withView { Array(UnsafeBufferPointer(start: $0.body, count: $0.bodyCount)) } }

    func withView<Result>(_ read: (WeightsView) -> Result) -> Result {
        words.withUnsafeBufferPointer { read(WeightsView($0.baseAddress!, count: $0.count)!) }
    }

    private static func areValid(_ words: UnsafePointer<Float>?, count: Int) -> Bool {
        guard let words, let view = WeightsView(words, count: count) else { return false }
        let info = ModelCatalogue.all.first { $0.id == view.model && $0.taskBits & view.task.bit != 0 }
        return info?.makeRunner(maximumInputs: view.inputCount, maximumOutputs: view.outputCount).attach(view) ?? false
    }

    public static func == (left: Weights, right: Weights) -> Bool {
        left.words.elementsEqual(right.words) { $0.bitPattern == $1.bitPattern }
    }
}

/// What stands before the model kind's own words.
struct WeightsHeader {
    static let magic: UInt32 = 0x4C57_5453
    static let version: UInt32 = 2
    static let wordCount = 7

    let model: UInt16
    let task: Task
    let outputCount: Int
    let means: [Float]
    let scales: [Float]
    let mapX: [Float]
    let mapY: [Float]
    /// See `Calibration`; without, certainties stay as the kind gives them.
    var calibration: [Float]?
    /// See `Novelty`; without, nothing is new.
    var novelty = Novelty.none
    var inputCount: Int { means.count }

    func words(total: Int) -> [Float] {
        let numbers = [
            WeightsHeader.magic, WeightsHeader.version, UInt32(model), UInt32(task.rawValue),
            UInt32(inputCount), UInt32(outputCount), UInt32(total),
        ]
        return numbers.map { Float(bitPattern: $0) }
    }
}

/// Weights read in place: pointers into somebody else's words, valid as long as those.
struct WeightsView {
    let words: UnsafePointer<Float>
    let model: UInt16
    let task: Task
    let inputCount: Int
    let outputCount: Int
    /// The model kind's own words.
    let body: UnsafePointer<Float>
    let bodyCount: Int
    /// Nil for targets, and in words of version 1.
    let calibration: CalibrationView?
    /// Nil in words of version 1.
    let novelty: NoveltyView?

    var means: UnsafePointer<Float> { words + WeightsHeader.wordCount + outputCount }
    var scales: UnsafePointer<Float> { means + inputCount }
    var mapX: UnsafePointer<Float> { scales + inputCount }
    var mapY: UnsafePointer<Float> { mapX + inputCount }

    /// Reads and checks everything before the body; nil where anything is wrong.
    init?(_ words: UnsafePointer<Float>, count: Int) {
        guard count > WeightsHeader.wordCount, wholeNumber(words, 0) == WeightsHeader.magic,
            let version = checkedCount(words, 1, atMost: Int(WeightsHeader.version)),
            let model = UInt16(exactly: wholeNumber(words, 2)),
            let number = UInt8(exactly: wholeNumber(words, 3)), let task = Task(rawValue: number),
            let inputCount = checkedCount(words, 4, atMost: LearningLimits.inputs),
            let outputCount = checkedCount(words, 5, atMost: LearningLimits.outputs),
            wholeNumber(words, 6) == UInt32(truncatingIfNeeded: count)
        else { return nil }
        self.words = words
        self.model = model
        self.task = task
        self.inputCount = inputCount
        self.outputCount = outputCount
        let mapEnd = WeightsHeader.wordCount + outputCount + 4 * inputCount
        guard count > mapEnd, areUsable(words + WeightsHeader.wordCount + outputCount, count: 4 * inputCount)
        else { return nil }
        var bodyStart = mapEnd
        if version == 1 {
            calibration = nil
            novelty = nil
        } else {
            bodyStart += Calibration.wordCount(task, outputCount: outputCount)
            guard count > bodyStart,
                let novelty = NoveltyView(words + bodyStart, inputCount: inputCount, available: count - bodyStart)
            else { return nil }
            self.novelty = novelty
            bodyStart += novelty.wordCount
            calibration = task == .categories ? CalibrationView(words + mapEnd, outputCount: outputCount) : nil
            if task == .categories && calibration == nil { return nil }
        }
        guard count > bodyStart else { return nil }
        body = words + bodyStart
        bodyCount = count - bodyStart
    }

    /// The caller's name of an output.
    func key(_ output: Int) -> UInt32 { wholeNumber(words, WeightsHeader.wordCount + output) }

    /// The input as the weights see it: standardised, a NaN or infinity as the mean.
    @inline(__always) func standardised(_ x: Float, _ input: Int) -> Float {
        StarlingLearning.standardised(x, mean: means[input], scale: scales[input])
    }
}

/// The word at an index as a whole number.
@inline(__always) func wholeNumber(_ words: UnsafePointer<Float>, _ index: Int) -> UInt32 {
    UnsafeRawPointer(words + index).loadUnaligned(as: UInt32.self)
}

/// The word at an index as a count of 1...`most`, or nil.
func checkedCount(_ words: UnsafePointer<Float>, _ index: Int, atMost most: Int) -> Int? {
    let number = wholeNumber(words, index)
    return number >= 1 && number <= UInt32(most) ? Int(number) : nil
}

/// Whether all words are numbers of a magnitude that keeps every sum of their products finite.
func areUsable(_ words: UnsafePointer<Float>, count: Int) -> Bool {
    var i = 0
    while i < count {
        if !isUsable(words[i]) { return false }
        i += 1
    }
    return true
}
