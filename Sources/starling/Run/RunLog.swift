import Foundation
import StarlingMath
import StarlingProject
import StarlingWekinator

/// Tells people what goes on: a line an event, and on a terminal one calm line that is written over; or JSON lines.
final class RunLog {
    private let isJSON: Bool
    private let isTerminal = isatty(STDERR_FILENO) != 0
    private var isLineOpen = false

    /// Seconds between reports of how things stand.
    var interval: Double { isJSON ? 10 : 1 }

    init(isJSON: Bool) { self.isJSON = isJSON }

    /// Something happened.
    func event(_ kind: Text, _ sentence: Text) {
        if isJSON { return write([.init("event", .text(kind)), .init("text", .text(sentence))]) }
        let mark = kind == "warning" ? "! " : ""
        put("\(isLineOpen ? "\r\u{1B}[K" : "")\(mark)\(sentence)\n")
        isLineOpen = false
    }

    /// How things stand; on a terminal in the one line, in JSON as an object.
    func status(_ state: String, _ counts: WekinatorCounts, perSecond: Double, examples: Int, unsent: Int) {
        if isJSON {
            return write([
                .init("event", .text("status")), .init("state", .text(Text(state))), number("packets", counts.packets),
                number("messages", counts.messages), number("frames", counts.frames), number("outputs", counts.outputs),
                number("examples", counts.examples), number("trainings", counts.trainings), number("errors", counts.errors),
                number("unsent", unsent),
            ])
        }
        guard isTerminal else { return }
        put("\r\u{1B}[K\(state) · \(Int(perSecond.rounded())) frames/s · \(examples) examples · \(counts.errors) errors")
        isLineOpen = true
    }

    private func number(_ name: Text, _ value: Int) -> JSON.Member { .init(name, .number(Double(value))) }

    private func write(_ members: [JSON.Member]) {
        let time = JSON.Member("time", .number((Date().timeIntervalSince1970 * 1000).rounded() / 1000))
        try? Files.write(JSON.object([time] + members).written() + [10], to: nil)
    }

    private func put(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
