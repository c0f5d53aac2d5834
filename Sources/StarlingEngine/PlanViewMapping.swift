import StarlingMath

extension PlanView {
    /// One mapping of a plan, read in place.
    struct Mapping {
        static let wordCount = 15
        private static let clearFrom: Float = 0.8

        let words: UnsafePointer<UInt32>
        @inline(__always) private func float(_ at: Int) -> Float { Float(bitPattern: words[at]) }

        var key: UInt32 { words[0] }
        var source: Int { Int(words[1]) }
        /// Where the way begins and ends: logarithms to base 2 where it is logarithmic.
        private var start: Float { float(2) }
        private var end: Float { float(3) }
        private var isLogarithmic: Bool { words[4] != 0 }
        var destination: Int { Int(words[5]) }
        var low: Float { float(6) }
        var high: Float { float(7) }
        private var curve: MappingCurve? { MappingCurve(rawValue: words[8]) }
        var rising: Seconds { float(9) }
        var falling: Seconds { float(10) }
        var steps: Int { Int(words[11]) }
        var scale: PitchSet { PitchSet(mask: words[12]) }
        var gate: Decibels { float(13) }
        private var clarity: Int { Int(Int32(bitPattern: words[14])) }

        /// How far the source has gone on its way, along the curve, 0...1. Where the way has no length it is a switch.
        @inline(never) func amount(_ value: Float) -> Float {
            let here = isLogarithmic ? fastLog2(value) : value
            if start == end { return here >= start ? 1 : 0 }
            return clamp((curve ?? .linear).value(clamp((here - start) / (end - start), 0, 1)), 0, 1)
        }

        /// Whether the source is to be trusted as a note.
        func isClear(_ bus: UnsafePointer<Float>) -> Bool { clarity < 0 || bus[clarity] >= Self.clearFrom }

        func isValid(destinations: Int) -> Bool {
            guard source < BusLayout.capacity, clarity < BusLayout.capacity, destination < destinations, curve != nil,
                (end - start).isFinite, low.isFinite, high.isFinite, gate.isFinite
            else { return false }
            return rising >= 0 && falling >= 0 && steps <= 1_000 && scale.mask <= 0xFFF
        }
    }

    /// The points of the plane, read in place.
    struct Points {
        let words: UnsafePointer<UInt32>
        let count: Int
        let parameterCount: Int

        private var stride: Int { 2 + parameterCount }
        @inline(__always) private func float(_ point: Int, _ at: Int) -> Float { Float(bitPattern: words[point * stride + at]) }
        var wordCount: Int { count * stride }

        func x(_ point: Int) -> Float { float(point, 0) }
        func y(_ point: Int) -> Float { float(point, 1) }
        func position(_ point: Int, _ parameter: Int) -> Float { float(point, 2 + parameter) }

        /// Whether nothing is infinite. NaN is silence about a parameter, and a point without a place has no weight.
        var isValid: Bool {
            for word in 0..<wordCount where Float(bitPattern: words[word]).isInfinite { return false }
            return true
        }
    }
}
