import Foundation
import StarlingEngine
import StarlingMath
import StarlingProject

/// Trains the models that sound, in a thread of its own that gives way to all others: every kind that the engine has, also gestures.
final class SoundTrainer: @unchecked Sendable {
    private struct Lesson: Sendable {
        let document: Document
        let rows: [Blob]
    }

    private let lock = NSCondition()
    private var next: Lesson?
    private var learned: [(key: UInt32, words: [Float])] = []
    private var isAskedToEnd = false

    init() {
        let thread = Thread { [self] in work() }
        thread.qualityOfService = .background
        thread.stackSize = 4 << 20
        thread.start()
    }

    /// Learns a project anew, in place of one that it learns.
    func learn(_ document: Document, _ rows: [Blob]) {
        lock.withLock { next = Lesson(document: document, rows: rows) }
        lock.signal()
    }

    /// Weights that have been learned since the last time, by the models' keys.
    func take() -> [(key: UInt32, words: [Float])] {
        lock.withLock {
            defer { learned = [] }
            return learned
        }
    }

    func stop() {
        lock.withLock { isAskedToEnd = true }
        lock.signal()
    }

    private func work() {
        while let lesson = waitForLesson() {
            let training = TrainingSession()
            guard (try? training.open(lesson.document)) != nil else { continue }
            for blob in lesson.rows { try? training.add(rows: blob) }
            while training.step(work: 1 << 20).contains(.more), !isOutdated {
                while let trained = training.takeWeights() { keep(trained.key, trained.weights.words) }
            }
            while !isOutdated, let trained = training.takeWeights() { keep(trained.key, trained.weights.words) }
        }
    }

    private var isOutdated: Bool { lock.withLock { next != nil || isAskedToEnd } }

    private func keep(_ key: UInt32, _ words: [Float]) { lock.withLock { learned.append((key, words)) } }

    private func waitForLesson() -> Lesson? {
        lock.withLock {
            while next == nil, !isAskedToEnd { lock.wait() }
            defer { next = nil }
            return isAskedToEnd ? nil : next
        }
    }
}
