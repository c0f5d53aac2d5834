import StarlingLearning
import StarlingMath

extension PlanView {
    /// One model of a plan, read in place.
    struct Model {
        static let headerWords = 11
        private static let knobWords = 5
        private static let categoryHead = 3

        let words: UnsafePointer<UInt32>
        let parameterCount: Int

        var key: UInt32 { words[0] }
        var drive: UInt32 { words[1] }
        var gate: Decibels { float(2) }
        var firstSlot: Int { Int(words[3]) }
        var inputCount: Int { Int(words[4]) }
        var categoryCount: Int { Int(words[5]) }
        var followedCount: Int { Int(words[6]) }
        var knobCount: Int { Int(words[7]) }
        var hold: Seconds { float(8) }
        var hysteresis: Float { float(9) }
        var pause: Seconds { float(10) }
        /// What its weights must have learned.
        var task: Task { Drive(rawValue: drive)?.task ?? .categories }

        @inline(__always) private func float(_ at: Int) -> Float { Float(bitPattern: words[at]) }
        private var categoryWords: Int { Self.categoryHead + parameterCount }
        private var followedStart: Int { Self.headerWords + inputCount }
        private var knobsStart: Int { followedStart + followedCount }
        private var categoriesStart: Int { knobsStart + knobCount * Self.knobWords }
        var wordCount: Int { categoriesStart + categoryCount * categoryWords }

        func input(_ index: Int) -> Int { Int(words[Self.headerWords + index]) }
        func followed(_ index: Int) -> Int { Int(words[followedStart + index]) }
        func knob(_ index: Int) -> Knob { Knob(words: words + knobsStart + index * Self.knobWords) }
        func categoryKey(_ index: Int) -> UInt32 { words[categoriesStart + index * categoryWords] }
        func note(_ category: Int) -> Float { float(categoriesStart + category * categoryWords + 1) }
        func threshold(_ category: Int) -> Float { float(categoriesStart + category * categoryWords + 2) }
        func preset(_ category: Int, parameter: Int) -> Float {
            float(categoriesStart + category * categoryWords + Self.categoryHead + parameter)
        }

        /// How many categories, gestures or continuous values there are.
        var outputCount: Int { task == .continuous ? followedCount + knobCount : categoryCount }
        /// The slots behind those that every model has.
        var firstOutputSlot: Int { firstSlot + ModelSlot.count }
        var outputSlotCount: Int { outputCount * task.valuesPerOutput }

        /// The key by which weights name an output.
        func outputName(_ output: Int) -> UInt32 {
            if task != .continuous { return categoryKey(output) }
            return output < followedCount ? UInt32(followed(output)) : knob(output - followedCount).key
        }

        /// What an output slot holds while the model has nothing to say.
        func restingValue(_ slot: Int) -> Float {
            if task != .continuous { return 0 }
            return slot < followedCount ? ModelSlot.unknown : knob(slot - followedCount).defaultValue
        }

        /// Whether another plan's model has the same outputs in the same slots.
        func saysTheSame(as other: Model) -> Bool {
            guard key == other.key, drive == other.drive, firstSlot == other.firstSlot, outputCount == other.outputCount
            else { return false }
            for output in 0..<outputCount where outputName(output) != other.outputName(output) { return false }
            return true
        }

        /// Whether the model moves a play parameter at all.
        func drives(_ parameter: Int) -> Bool {
            if task == .continuous {
                for index in 0..<followedCount where followed(index) == parameter { return true }
            } else {
                for category in 0..<categoryCount where !preset(category, parameter: parameter).isNaN { return true }
            }
            return false
        }

        /// Whether counts, slots and ranges are within bounds.
        func isValid(wordsLeft: Int) -> Bool {
            guard inputCount <= Plan.Limit.inputs, categoryCount <= Plan.Limit.outputs,
                followedCount <= Plan.Limit.outputs, knobCount <= Plan.Limit.outputs,
                outputCount <= Plan.Limit.outputs, wordCount <= wordsLeft,
                firstOutputSlot + outputSlotCount <= BusLayout.capacity
            else { return false }
            for i in 0..<inputCount where input(i) >= BusLayout.capacity { return false }
            for i in 0..<followedCount where followed(i) >= parameterCount { return false }
            for i in 0..<knobCount where !knob(i).isValid { return false }
            return true
        }
    }

    /// A free knob, read in place.
    struct Knob {
        let words: UnsafePointer<UInt32>
        var key: UInt32 { words[0] }
        var minimum: Float { Float(bitPattern: words[1]) }
        var maximum: Float { Float(bitPattern: words[2]) }
        var defaultValue: Float { Float(bitPattern: words[3]) }
        var isWhole: Bool { words[4] != 0 }

        var isValid: Bool {
            minimum.isFinite && maximum.isFinite && defaultValue.isFinite && maximum > minimum
                && (maximum - minimum).isFinite
        }

        /// The value at a position 0...1; positions outside are limited.
        func value(position: Float) -> Float {
            let value = clamp(minimum + clamp(position, 0, 1) * (maximum - minimum), minimum, maximum)
            return isWhole ? value.rounded(.toNearestOrEven) : value
        }
    }
}

/// The slots that every model has before those of its outputs.
///
/// An output has one slot: a category's certainty, a followed parameter's position, a knob's value. A gesture has three:
/// certainty, phase and speed.
public enum ModelSlot {
    /// The index of the recognised category or gesture, -1 for none.
    public static let label = 0
    /// How certain the model is of its label, 0...1.
    public static let certainty = 1
    /// Where the input is on the map of the examples.
    public static let mapX = 2
    public static let mapY = 3
    /// How unlike everything that was taught the input is, 0...1.
    public static let novelty = 4
    /// Stands in a followed parameter's slot while the model has nothing to say.
    static let unknown: Float = -1
    public static let count = 5
}
