import StarlingEngine
import StarlingLearning
import StarlingMath
import StarlingProject

/// The kinds of models with what they learn and their settings, for people or for programs.
enum KindList {
    static func written(asJSON: Bool) -> [UInt8] {
        asJSON ? JSON.object([.init("models", Catalogue.json()["models"] ?? .null)]).written(pretty: true) : Array(lines.utf8)
    }

    private static var lines: String {
        ModelCatalogue.all.map { info in
            let tasks = info.tasks.map { "\($0.name)" }.joined(separator: ", ")
            let settings = info.settings.map { "    \($0.name)  \(range($0))  \($0.help)\n" }
            return "\(info.name)  \(info.label), for \(tasks). \(info.help)\n" + settings.joined()
        }.joined(separator: "\n")
    }

    private static func range(_ info: ParameterInfo) -> String {
        let unit = "\(info.unit.symbol)".isEmpty ? "" : " \(info.unit.symbol)"
        let ends = "\(Text(shortest: info.minimum))...\(Text(shortest: info.maximum))\(unit)"
        return "\(ends), \(Text(shortest: info.defaultValue)) if not set."
    }
}
