import StarlingMath

/// Parts of so many examples that sorting them would keep whoever trains from answering: one pass, and by chance alone.
extension Split {
    /// With more examples each part has its share of everything without anybody seeing to it.
    static let many = 8192
    /// With fewer takes a part of them would not be like the others.
    private static let fewTakes = 50

    /// For each example its part 0..<`parts`, drawn by a hash of its take, or of its row where there are few takes.
    static func parts(_ examples: Examples, count parts: Int, seed: UInt64, wholeTakes: Bool = true) -> [UInt8] {
        let byTake = wholeTakes && stretchCount(examples) >= fewTakes
        var result = [UInt8](repeating: 0, count: examples.count)
        examples.takes.withUnsafeBufferPointer { takes in
            for row in takes.indices {
                if byTake && row > 0 && takes[row] == takes[row - 1] {
                    result[row] = result[row - 1]
                    continue
                }
                let key = UInt64(UInt32(bitPattern: byTake ? takes[row] : Int32(truncatingIfNeeded: row)))
                var random = SeededRandom(seed: seed ^ key)
                result[row] = UInt8(random.index(below: parts))
            }
        }
        return result
    }

    /// For each of many examples whether it is held out, so that no category and no target is left without any.
    static func heldOutOfMany(_ examples: Examples, seed: UInt64) -> [Bool] {
        for wholeTakes in [true, false] {
            let chosen = parts(examples, count: 5, seed: seed, wholeTakes: wholeTakes).map { $0 == 0 }
            if leavesSomeOfAll(examples, chosen) { return chosen }
        }
        return [Bool](repeating: false, count: examples.count)
    }

    private static func leavesSomeOfAll(_ examples: Examples, _ heldOut: [Bool]) -> Bool {
        var all = [Bool](repeating: false, count: examples.outputCount)
        var left = all
        examples.outputs.withUnsafeBufferPointer { outputs in
            if examples.task.hasCategories {
                for row in heldOut.indices {
                    all[Int(outputs[row])] = true
                    if !heldOut[row] { left[Int(outputs[row])] = true }
                }
                return
            }
            for target in 0..<examples.outputCount {
                var place = target
                for isHeldOut in heldOut {
                    if !outputs[place].isNaN {
                        all[target] = true
                        if !isHeldOut { left[target] = true }
                    }
                    if left[target] { break }
                    place += examples.outputCount
                }
            }
        }
        return all == left
    }

    private static func stretchCount(_ examples: Examples) -> Int {
        var count = 0
        examples.takes.withUnsafeBufferPointer { takes in
            for row in takes.indices where row == 0 || takes[row] != takes[row - 1] { count += 1 }
        }
        return count
    }
}
