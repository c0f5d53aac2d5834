import StarlingMath

/// How unlike everything taught an input is, whatever the kind of model: from its distance to the examples.
///
/// The examples are kept as at most 256 prototypes. An input counts in the units in which examples of one category
/// differ (and a fifth of its range, so that an input that is nearly always the same does not shout). The distances to
/// the three nearest prototypes, divided by how far those reach themselves, are compared with what examples show when
/// their own take is left out: half of them get at most 0.1, and 19 of 20 at most 0.5.
///
/// Reference: Breunig et al. 2000, LOF: identifying density-based local outliers; here over prototypes, and with the median
/// reach added to each, so that a dense corner of the examples does not make its surroundings new.
///
/// Words, in weights behind the calibration (* whole number by bit pattern):
///
/// | words | content |
/// |---|---|
/// | 1 | prototypes M*, 0 where there was nothing to compare; then no further words |
/// | 2 | logarithm to base 2 of the relative distance that gives 0.5; how steep novelty rises there |
/// | I | what an input's deviation from its mean is multiplied with; 0 for one that does not vary |
/// | M | reach of each prototype: the mean distance to its three nearest, and the median of these means |
/// | M x W | prototypes; W is I rounded up to a multiple of four, filled with 0 |
enum Novelty {
    static let mostPrototypes = 256
    /// The most numbers in all prototypes, so that asking costs a few microseconds however many inputs there are.
    private static let mostNumbers = 16384

    /// How many prototypes there may be: 256 up to 64 inputs, 16 for 1024.
    static func capacity(inputCount: Int) -> Int {
        min(mostPrototypes, max(1, mostNumbers / roundedUpToFour(inputCount)))
    }

    static func wordCount(prototypes: Int, inputCount: Int) -> Int {
        prototypes == 0 ? 1 : 3 + inputCount + prototypes * (1 + roundedUpToFour(inputCount))
    }

    static let steepness: ClosedRange<Float> = 1...12
    /// A square distance farther than any between points and prototypes that count.
    static let hidden: Float = 1e16
    static let none = [Float(bitPattern: 0)]
}

/// Prototypes read in place from weights.
struct NoveltyView {
    let wordCount: Int
    private let words: UnsafePointer<Float>
    private let count: Int
    private let inputCount: Int
    private var width: Int { roundedUpToFour(inputCount) }
    private var scales: UnsafePointer<Float> { words + 3 }
    private var reaches: UnsafePointer<Float> { scales + inputCount }
    private var prototypes: UnsafePointer<Float> { reaches + count }

    /// Reads and checks words of which at most `available` are there; nil where anything is wrong.
    init?(_ words: UnsafePointer<Float>, inputCount: Int, available: Int) {
        guard available > 0 else { return nil }
        let count = Int(wholeNumber(words, 0))
        guard count <= Novelty.mostPrototypes else { return nil }
        self.count = count
        self.words = words
        self.inputCount = inputCount
        wordCount = Novelty.wordCount(prototypes: count, inputCount: inputCount)
        guard wordCount <= available, areUsable(words + 1, count: wordCount - 1) else { return nil }
        if count > 0, !(Novelty.steepness ~= words[2]) { return nil }
        for i in 0..<count where !(reaches[i] > 0) { return nil }
    }

    /// The novelty of cleaned inputs, 0...1. `scratch` has room for as many floats as inputs, rounded up to four.
    ///
    /// Cost: at most 4,096 steps of four multiply-adds, about 3 us.
    func novelty(
        _ inputs: UnsafePointer<Float>, means: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>
    ) -> Float {
        if count == 0 { return 0 }
        for i in inputCount..<width { scratch[i] = 0 }
        for i in 0..<inputCount { scratch[i] = noveltyShare(inputs[i], mean: means[i], scale: scales[i]) }
        let distance = relativeDistance(scratch, prototypes, reaches: reaches, count: count, width: width)
        return 1 / (1 + fastExp2((words[1] - fastLog2(distance)) * words[2]))
    }
}

/// How far a point is from the nearest of some prototypes, relative to how far those reach.
///
/// Three of them count, fewer where there are fewer than 24. Prototypes at `Novelty.hidden` do not; infinite without any other.
func relativeDistance(
    _ point: UnsafePointer<Float>, _ prototypes: UnsafePointer<Float>, reaches: UnsafePointer<Float>, count: Int,
    width: Int
) -> Float {
    let wanted = min(max(count / 8, 1), 3)
    var distances = SIMD4<Float>(repeating: Novelty.hidden)
    var nearest = SIMD4<Int32>(repeating: 0)
    for i in 0..<count {
        let distance = squaredDistance(point, prototypes + i * width, count: width)
        if !(distance < distances[wanted - 1]) { continue }
        var place = wanted - 1
        while place > 0, distances[place - 1] > distance {
            distances[place] = distances[place - 1]
            nearest[place] = nearest[place - 1]
            place -= 1
        }
        distances[place] = distance
        nearest[place] = Int32(truncatingIfNeeded: i)
    }
    var (sum, reach): (Float, Float) = (0, 0)
    for place in 0..<wanted where distances[place] < Novelty.hidden {
        sum += distances[place].squareRoot()
        reach += reaches[Int(nearest[place])]
    }
    return reach > 0 ? sum / reach : .infinity
}

/// An input in the units in which novelty is measured; limited so that distances stay finite.
@inline(__always) func noveltyShare(_ x: Float, mean: Float, scale: Float) -> Float {
    clamp((x - mean) * scale, -1e6, 1e6)
}
