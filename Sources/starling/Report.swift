import StarlingMath
import StarlingProject

/// Prints what a command found out: a line a fact for people, or one JSON object for programs.
struct Report {
    private var facts: [(name: Text, label: String, value: JSON, text: String)] = []

    /// Adds a fact: its name in JSON, its label and wording for people.
    mutating func add(_ name: Text, _ label: String, _ value: JSON, _ text: String) {
        facts.append((name, label, value, text))
    }

    mutating func add(_ name: Text, _ label: String, _ count: Int) { add(name, label, .number(Double(count)), "\(count)") }

    /// Adds a number, with at most five decimals for people; nil is a dash.
    mutating func add(_ name: Text, _ label: String, _ number: Float?) {
        add(name, label, number.map { .number($0.shortestDouble) } ?? .null, Report.rounded(number))
    }

    mutating func add(_ name: Text, _ label: String, _ names: [Text]) {
        let shown = names.map(\.description).joined(separator: ", ")
        add(name, label, .list(names.map { .text($0) }), "\(names.count): \(shown)")
    }

    func print(asJSON: Bool) throws(StarlingError) {
        try Files.write(asJSON ? json : Array(lines.utf8), to: nil)
    }

    private var json: [UInt8] { JSON.object(facts.map { .init($0.name, $0.value) }).written(pretty: true) }

    private var lines: String {
        let width = (facts.map(\.label.count).max() ?? 0) + 2
        return facts.map { fact in
            fact.label + String(repeating: " ", count: width - fact.label.count) + fact.text + "\n"
        }.joined()
    }

    static func rounded(_ number: Float?) -> String {
        number.map { "\(Text(Double($0), decimals: 5))" } ?? "-"
    }
}
