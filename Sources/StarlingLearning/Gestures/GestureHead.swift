import StarlingMath

/// What the words of every gesture kind begin with: the time base, and how a row is looked at.
///
/// A row has a channel for the place of each input, and, where movement counts too, one for the movement of each:
/// how far it went within the last `lag` rows, in deviations of that. Movement does not depend on where a
/// gesture is made. Both are weighted, so that a squared distance over all channels is the one meant.
///
/// | words | content |
/// |---|---|
/// | 4 | seconds between the takes' rows, refractory seconds, weight of places, weight of movements |
/// | 2 | how many of the takes' rows are joined to one*, lag* in rows |
/// | I | one divided by the deviation of each input's movement (0 where there is none) |
struct GestureHead {
    let words: UnsafePointer<Float>
    let inputCount: Int

    static let fixedCount = 6
    static let mostLag = 64
    static let mostJoined = 1 << 20

    /// Views words known to be right.
    init(_ words: UnsafePointer<Float>, inputCount: Int) {
        self.words = words
        self.inputCount = inputCount
    }

    /// Checks the head of a body completely; nil where anything is wrong.
    init?(_ view: WeightsView) {
        self.init(view.body, inputCount: view.inputCount)
        guard view.bodyCount > wordCount, areUsable(words, count: 4), secondsPerTakeRow > 0,
            secondsPerTakeRow <= 1e6, refractory >= 0, place >= 0, place <= 1, movement >= 0, movement <= 1,
            checkedCount(words, 4, atMost: GestureHead.mostJoined) != nil,
            checkedCount(words, 5, atMost: GestureHead.mostLag) != nil, areUsable(scales, count: inputCount)
        else { return nil }
    }

    var secondsPerTakeRow: Seconds { words[0] }
    var secondsPerRow: Seconds { words[0] * Float(wholeNumber(words, 4)) }
    var refractory: Seconds { words[1] }
    var place: Float { words[2] }
    var movement: Float { words[3] }
    var lag: Int { Int(wholeNumber(words, 5)) }
    var scales: UnsafePointer<Float> { words + GestureHead.fixedCount }
    var wordCount: Int { GestureHead.fixedCount + inputCount }
    var channelCount: Int { movement > 0 ? 2 * inputCount : inputCount }

    /// Writes the channels of a standardised row, given the row `lag` rows before.
    @inline(__always) func look(
        at row: UnsafePointer<Float>, before: UnsafePointer<Float>, into channels: UnsafeMutablePointer<Float>
    ) {
        for i in 0..<inputCount { channels[i] = place * row[i] }
        if movement == 0 { return }
        for i in 0..<inputCount {
            let moved = (row[i] - before[i]) * scales[i]
            channels[inputCount + i] = movement * clamp(moved, -10, 10)
        }
    }
}
