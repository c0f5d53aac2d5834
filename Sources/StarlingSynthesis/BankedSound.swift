import StarlingMath

/// A sound of the bank as instruments read it: one channel at a rate of its own.
public struct BankedSound {
    /// Its first sample; `SoundBank.margin` zeros lie before it and behind the last one.
    let samples: UnsafePointer<Float>
    /// How many samples there are.
    let count: Int
    /// Samples a second.
    let rate: Hertz
    /// The note at which it sounds as it was recorded.
    let root: NoteNumber
    /// Where a loop begins and ends, in samples.
    let loop: (from: Double, to: Double)
    /// Which sound this is: another number after each change of its place.
    let number: UInt32
    /// Places in memory are taken modulo `mask + 1`, a power of two, where the sound is a ring; -1 where it is not.
    var mask = -1
    /// The sample behind the newest, where the sound is a ring.
    var end = 0

    /// Whether it is what is being heard, which goes on growing.
    var isLive: Bool { mask >= 0 }

    /// The value between samples; silence before the beginning and behind the end.
    @inline(__always) func value(at position: Double, _ set: UnsafePointer<Float>) -> Float {
        let whole = position.rounded(.down)
        let index = Int(whole)
        guard mask >= 0 || (index >= -4 && index < count + 3) else { return 0 }
        return SincTable.value(samples + ((index &- SincTable.tapsBefore) & mask), Float(position - whole), set)
    }
}
