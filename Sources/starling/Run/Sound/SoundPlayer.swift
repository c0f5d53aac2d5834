import Foundation
import StarlingEngine
import StarlingMath
import StarlingProject
import StarlingWekinator

/// Plays a project's instruments while it runs over OSC: frames set controls, and the engine listens, decides, maps and plays.
final class SoundPlayer {
    /// What is heard behind what is played, at most.
    static let latencySeconds = 0.02
    static let sampleRate = 48_000

    private let thread: SoundThread
    private let trainer = SoundTrainer()
    private let layout = BusLayout()
    private var slots: [Int?] = []
    private var plan: [UInt32] = []
    private var revision = -1
    private var saved: [ModelWeights] = []
    /// Whether there is a microphone too.
    let hears: Bool

    /// Opens the device and begins to play silence.
    ///
    /// - Throws: a sentence where there is no device.
    init() throws(StarlingError) {
        let output = try SoundDevice(
            .output, channelCount: 2, sampleRate: SoundPlayer.sampleRate, latencySeconds: SoundPlayer.latencySeconds)
        let input = try? SoundDevice(
            .input, channelCount: 1, sampleRate: SoundPlayer.sampleRate, latencySeconds: SoundPlayer.latencySeconds)
        hears = input != nil
        thread = SoundThread(output: output, input: input)
        thread.start()
    }

    /// Whether the device has gone since.
    var isGone: Bool { thread.isGone.load(ordering: .relaxed) }

    /// Sets the controls to a frame. What finds no room is left out: the next frame says it again.
    func hear(_ frame: UnsafeBufferPointer<Float>) {
        for (i, value) in frame.enumerated() where i < slots.count {
            if let slot = slots[i] { _ = thread.controls.push(SoundControl(slot: slot, value: value)) }
        }
    }

    /// Takes in what has become of the project; to be called some times a second. Says what cannot be played in a sentence.
    func follow(_ wekinator: Wekinator) -> Text? {
        while let letter = thread.opened.pop() { letter.words.deallocate() }
        for (key, words) in trainer.take() { post(key, words) }
        guard wekinator.revision != revision else { return nil }
        revision = wekinator.revision
        slots = wekinator.inputColumns.map { name in Controls.index(name).map { layout.controls.lowerBound + $0 } }
        do throws(StarlingError) {
            let words = try Scene(wekinator.document).plan().words()
            if words != plan { post(words) }
            for model in wekinator.modelWeights where !saved.contains(where: { $0.model == model.model && $0.bytes == model.bytes }) {
                post(model.model.key, SoundPlayer.floats(model.bytes))
            }
            saved = wekinator.modelWeights
            trainer.learn(wekinator.document, wekinator.blobs)
            return nil
        } catch {
            return Text("This project cannot be heard: ") + error.sentence
        }
    }

    private static func floats(_ bytes: [UInt8]) -> [Float] {
        bytes.withUnsafeBytes { raw in (0..<bytes.count / 4).map { raw.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) } }
    }

    private func post(_ words: [UInt32]) {
        plan = words
        words.withUnsafeBytes { post(0, $0, words.count) }
    }

    private func post(_ key: UInt32, _ words: [Float]) { words.withUnsafeBytes { post(key, $0, words.count) } }

    private func post(_ key: UInt32, _ bytes: UnsafeRawBufferPointer, _ count: Int) {
        let words = UnsafeMutableRawPointer.allocate(byteCount: max(bytes.count, 4), alignment: 16)
        words.copyMemory(from: bytes.baseAddress!, byteCount: bytes.count)
        if !thread.letters.push(SoundLetter(key: key, words: words, count: count)) { words.deallocate() }
    }

    /// Ends.
    func stop() {
        trainer.stop()
        thread.stop()
    }
}
