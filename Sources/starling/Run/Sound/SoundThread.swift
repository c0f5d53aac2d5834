import Foundation
import StarlingEngine
import StarlingMath
import Synchronization

/// Words on their way into the audio thread and back: a plan, or a model's weights.
struct SoundLetter: BitwiseCopyable {
    /// The model's key; 0 for a plan.
    let key: UInt32
    let words: UnsafeMutableRawPointer
    let count: Int
}

/// A control that has been set.
struct SoundControl: BitwiseCopyable {
    let slot: Int
    let value: Float
}

/// The thread in which the engine plays. Its loop takes no memory, waits for nothing but the device, and throws nothing.
final class SoundThread: @unchecked Sendable {
    /// Sample-frames at a time.
    static let blockSize = 256

    /// To the thread; from one other thread only.
    let letters = SoundQueue<SoundLetter>(capacity: 64)
    let controls = SoundQueue<SoundControl>(capacity: 8_192)
    /// Back from the thread: letters to be thrown away.
    let opened = SoundQueue<SoundLetter>(capacity: 64)
    /// Whether the device has gone.
    let isGone = Atomic<Bool>(false)

    private let engine: Engine
    private let output: SoundDevice
    private let input: SoundDevice?
    private let heard = Floats(SoundThread.blockSize)
    private let left = Floats(SoundThread.blockSize)
    private let right = Floats(SoundThread.blockSize)
    private let both = Floats(2 * SoundThread.blockSize)
    private let isAskedToEnd = Atomic<Bool>(false)
    private let hasEnded = DispatchSemaphore(value: 0)

    init(output: SoundDevice, input: SoundDevice?) {
        self.output = output
        self.input = input
        engine = Engine(sampleRate: Hertz(output.sampleRate))
    }

    /// Begins to play.
    func start() {
        let thread = Thread { [self] in
            SoundThread.hurry()
            while !isAskedToEnd.load(ordering: .relaxed), play() {}
            isGone.store(true, ordering: .relaxed)
            hasEnded.signal()
        }
        thread.name = "sound"
        thread.stackSize = 1 << 20
        thread.start()
    }

    /// Ends, and waits for the end.
    func stop() {
        isAskedToEnd.store(true, ordering: .relaxed)
        _ = hasEnded.wait(timeout: .now() + 2)
    }

    /// Asks for a place before all others; where that is not allowed it goes on as it is.
    private static func hurry() {
        var priority = sched_param(sched_priority: 20)
        pthread_setschedparam(pthread_self(), SCHED_FIFO, &priority)
    }

    private func play() -> Bool {
        openLetters()
        while let control = controls.pop() { engine.schedule(Event(.set, slot: control.slot, value: control.value)) }
        if let input, !input.read(heard.pointer, count: SoundThread.blockSize) { return false }
        engine.process(heard.pointer, left.pointer, right.pointer, count: SoundThread.blockSize)
        for i in 0..<SoundThread.blockSize {
            both[2 * i] = left[i]
            both[2 * i + 1] = right[i]
        }
        return output.write(both.pointer, count: SoundThread.blockSize)
    }

    /// At most one a block, as weights may be long.
    private func openLetters() {
        guard let letter = letters.pop() else { return }
        if letter.key == 0 {
            _ = engine.load(plan: letter.words.assumingMemoryBound(to: UInt32.self), count: letter.count)
        } else {
            _ = engine.load(weights: letter.words.assumingMemoryBound(to: Float.self), count: letter.count, key: letter.key)
        }
        _ = opened.push(letter)
    }
}
