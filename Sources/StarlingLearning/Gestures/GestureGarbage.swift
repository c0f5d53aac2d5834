import StarlingMath

/// Movement that is none of the taught gestures, made of them: pieces of takes, some of them backwards, in a random
/// order, with rests and glides between. What a gesture must not be confused with.
func garbage(_ takes: GestureTakes, seed: UInt64, rows: Int) -> [Float] {
    var random = SeededRandom(seed: seed ^ 0x6761_7262)
    let width = takes.channelCount
    var result: [Float] = []
    result.reserveCapacity((rows + GestureTakes.most) * width)
    while result.count < rows * width {
        let take = takes.sequences[random.index(below: takes.sequences.count)]
        let length = max(1, Int(Float(take.count) * (0.1 + 0.25 * random.uniform())))
        let first = random.index(below: take.count - length + 1)
        let isBackwards = random.index(below: 2) == 0
        let start = isBackwards ? first + length - 1 : first
        glide(&result, to: take.rows[start * width..<(start + 1) * width], rows: 4 + random.index(below: 12))
        for i in 0..<length {
            let row = isBackwards ? start - i : start + i
            result += take.rows[row * width..<(row + 1) * width]
        }
        if random.index(below: 3) == 0 {
            let last = Array(result.suffix(width))
            for _ in 0..<random.index(below: 40) { result += last }
        }
    }
    return result
}

private func glide(_ rows: inout [Float], to end: ArraySlice<Float>, rows count: Int) {
    let width = end.count
    if rows.isEmpty { return }
    let start = Array(rows.suffix(width))
    for step in 1...count {
        let share = Float(step) / Float(count + 1)
        for i in 0..<width { rows.append(start[i] + share * (end[end.startIndex + i] - start[i])) }
    }
}
