// Sorting by places instead of elements: one body serves every type, which keeps engine.wasm small.

/// The first place in something sorted that does not come before what is looked for; `count` where all does.
public func sortedPlace(count: Int, comesBefore: (Int) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
        let middle = low + (high - low) / 2
        if comesBefore(middle) { low = middle + 1 } else { high = middle }
    }
    return low
}

/// The places 0..<count in the order that a comparison of two places gives; equal ones keep theirs. A merge sort.
@inline(never) public func sortedPlaces(count: Int, comesBefore: (Int, Int) -> Bool) -> [Int] {
    var places = Array(0..<count)
    var merged = places
    var width = 1
    while width < count {
        for start in stride(from: 0, to: count, by: 2 * width) {
            let middle = min(start + width, count)
            let end = min(middle + width, count)
            var (left, right) = (start, middle)
            for i in start..<end {
                let takesRight = left == middle || right < end && comesBefore(places[right], places[left])
                merged[i] = takesRight ? places[right] : places[left]
                if takesRight { right += 1 } else { left += 1 }
            }
        }
        swap(&places, &merged)
        width *= 2
    }
    return places
}
