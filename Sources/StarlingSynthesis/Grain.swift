import StarlingDSP
import StarlingMath

/// One grain: a moment of a sound that rises and dies away.
struct Grain {
    /// Sample-frames it has still to sound; 0 where it is silent.
    var left = 0
    /// Which sound it is of.
    var place = 0
    var number: UInt32 = 0
    var isLive: Bool { sound?.isLive ?? false }
    private var sound: BankedSound?
    private var weights: UnsafePointer<Float>?
    private var position = 0.0
    private var increment = 1.0
    private var progress: Float = 0
    private var step: Float = 0
    /// One through the shares of its length in which it rises and falls.
    private var rise: Float = 2
    private var fall: Float = 2
    private var sides: (Float, Float) = (0, 0)
    private var fade: Float = 1
    private var fadeStep: Float = 0

    init() {}

    /// A grain of `length` sample-frames; rise and fall are shares of that.
    init(
        _ sound: BankedSound, place: Int, position: Double, increment: Double, length: Int,
        rise: Float, fall: Float, sides: (Float, Float)
    ) {
        (self.sound, self.place, self.number) = (sound, place, sound.number)
        (self.position, self.increment, left) = (position, increment, length)
        weights = SincTable.shared.set(Float(increment))
        step = 1 / Float(length)
        progress = 0.5 * step
        (self.rise, self.fall, self.sides) = (1 / rise, 1 / fall, sides)
    }

    /// Dies away within 10 ms: its sound is another one now.
    mutating func hurry(_ sampleRate: Hertz) {
        guard fadeStep == 0 else { return }
        let length = Int(0.01 * sampleRate)
        left = min(left, length)
        fadeStep = -1 / Float(length)
    }

    /// Adds the next `count` sample-frames.
    mutating func add(to l: UnsafeMutablePointer<Float>, _ r: UnsafeMutablePointer<Float>, count: Int) {
        guard let sound, let weights else { return left = 0 }
        let length = min(count, left)
        var (position, progress) = (position, progress)
        for i in 0..<length {
            let x = max(min(progress * rise, (1 - progress) * fall, 1), 0)
            let heard = sound.value(at: position, weights) * (x * x * (3 - 2 * x)) * (fade * fade * (3 - 2 * fade))
            fade += fadeStep
            l[i] += heard * sides.0
            r[i] += heard * sides.1
            position += increment
            progress += step
        }
        (self.position, self.progress) = (position, progress)
        left -= length
    }
}
