import StarlingLearning
import StarlingMath
import StarlingProject
import StarlingWekinator

/// Tables of examples: CSV and ARFF.
extension Exchange {
    /// Columns that Wekinator's tables have before the inputs.
    static let head: [Text] = ["ID", "Time", "Training round"]

    /// Examples from an ARFF table.
    ///
    /// - Parameter outputs: The names of columns that are outputs. Without them: those called `outputs…` if any are, else
    ///   all that are words, else the last.
    public init(arff bytes: [UInt8], outputs chosen: [Text] = []) throws(StarlingError) {
        try self.init(try Arff(reading: bytes), outputs: chosen)
    }

    /// Examples from a CSV table, as from ARFF.
    public init(csv bytes: [UInt8], outputs chosen: [Text] = []) throws(StarlingError) {
        let sheet = try CSV(reading: bytes)
        var table = Arff(attributes: sheet.columns.map { .init(name: $0, words: nil) })
        for column in 0..<sheet.columns.count {
            let texts = (0..<sheet.rowCount).map { sheet.text(row: $0, column: column) }
            if texts.allSatisfy({ Exchange.isNumberOrMissing($0, sheet, column) }) { continue }
            var words: [Text] = []
            for text in texts where !Exchange.isMissing(text) && !words.contains(text) { words.append(text) }
            table.attributes[column].words = words
        }
        for row in 0..<sheet.rowCount {
            for column in 0..<sheet.columns.count {
                let text = sheet.text(row: row, column: column)
                // A decimal comma becomes a point here.
                let number = try? sheet.float(row: row, column: column)
                table.cells.append(Exchange.isMissing(text) ? nil : table.attributes[column].words == nil ? number.map { Text(shortest: $0) } : text)
            }
        }
        try self.init(table, outputs: chosen)
    }

    private static func isMissing(_ text: Text) -> Bool { text.isEmpty || text == "?" || text == "NaN" }

    private static func isNumberOrMissing(_ text: Text, _ sheet: CSV, _ column: Int) -> Bool {
        if isMissing(text) || text.float != nil { return true }
        return sheet.separator == 59 && Text(utf8: text.utf8.map { $0 == 44 ? 46 : $0 }).float != nil
    }

    init(_ table: Arff, outputs chosen: [Text]) throws(StarlingError) {
        let names = table.attributes.map { $0.name }
        for name in chosen where !names.contains(name) { throw StarlingError(Text("there is no column ") + name) }
        let head = Exchange.head.allSatisfy { names.contains($0) } ? Exchange.head : []
        let columns = table.attributes.indices.filter { !head.contains(names[$0]) }
        let outputs = Exchange.outputs(table, columns, chosen)
        let inputs = columns.filter { !outputs.contains($0) }
        guard !inputs.isEmpty, !outputs.isEmpty else { throw StarlingError("a table needs at least one input and one output") }
        for input in inputs where table.attributes[input].words != nil {
            throw StarlingError(Text("the input ") + names[input] + Text(" has words; inputs must be numbers, or be named as outputs"))
        }
        self.init(WekinatorSetup(inputNames: inputs.map { names[$0] }, outputs: outputs.map { Exchange.output(table.attributes[$0]) }))
        let round = names.firstIndex(of: "Training round").flatMap { head.isEmpty ? nil : $0 }
        for row in 0..<table.rowCount {
            func cell(_ column: Int) -> Text? { table.cells[row * names.count + column] }
            var values: [Float] = []
            for input in inputs {
                guard let number = cell(input)?.float else {
                    notices.append(Text("Row ") + Text(row + 1) + Text(" lacks a number for ") + names[input] + Text(" and was left out."))
                    break
                }
                values.append(number)
            }
            guard values.count == inputs.count else { continue }
            examples.inputs += values
            for output in outputs { examples.outputs.append(Exchange.value(cell(output), table.attributes[output])) }
            examples.rounds.append(round.flatMap { cell($0)?.float }.map { Int($0) } ?? 1)
        }
    }

    private static func outputs(_ table: Arff, _ columns: [Int], _ chosen: [Text]) -> [Int] {
        if !chosen.isEmpty { return columns.filter { chosen.contains(table.attributes[$0].name) } }
        let named = columns.filter { table.attributes[$0].name.hasPrefix("outputs") }
        if !named.isEmpty { return named }
        let words = columns.filter { table.attributes[$0].words != nil }
        return words.isEmpty ? Array(columns.suffix(1)) : words
    }

    /// Words that are the numbers 0, 1, 2 and so on are Wekinator's classes; others are numbered from 1.
    private static func isNumbered(_ words: [Text]) -> Bool { words.indices.allSatisfy { words[$0] == Text($0) } }

    private static func output(_ attribute: Arff.Attribute) -> OutputSetup {
        guard let words = attribute.words else { return .continuous(attribute.name) }
        return OutputSetup(name: attribute.name, kind: .categories(count: max(1, isNumbered(words) ? words.count - 1 : words.count)))
    }

    private static func value(_ cell: Text?, _ attribute: Arff.Attribute) -> Float {
        guard let cell else { return .nan }
        guard let words = attribute.words else { return cell.float ?? .nan }
        return words.firstIndex(of: cell).map { Float(isNumbered(words) ? $0 : $0 + 1) } ?? .nan
    }

    /// The examples as Wekinator's table, but for recordings of gestures.
    public mutating func arff() -> [UInt8] {
        var table = Arff(attributes: Exchange.head.map { .init(name: $0, words: nil) })
        table.attributes += setup.inputNames.map { .init(name: $0, words: nil) }
        for output in setup.outputs {
            table.attributes.append(.init(name: output.name, words: output.classCount > 0 ? (0..<output.classCount).map { Text($0) } : nil))
        }
        noteLosses()
        for row in 0..<examples.count {
            // The moments of recording are not kept; a row a hundredth of a second keeps their order.
            table.cells += [Text(row + 1), Exchange.time(row), Text(examples.rounds[row])]
            table.cells += rowCells(row)
        }
        return table.bytes
    }

    /// The examples as CSV: inputs, then outputs; empty where nothing was recorded.
    public mutating func csv() -> [UInt8] {
        noteLosses()
        var writer = CSVWriter()
        for name in setup.inputNames + setup.outputs.map({ $0.name }) { writer.add(name) }
        writer.endRow()
        for row in 0..<examples.count {
            for cell in rowCells(row) { writer.add(cell ?? Text()) }
            writer.endRow()
        }
        return writer.bytes
    }

    private func rowCells(_ row: Int) -> [Text?] {
        let inputs = setup.inputNames.indices.map { Optional(Text(shortest: examples.inputs[row * setup.inputNames.count + $0])) }
        return inputs + setup.outputs.indices.map { output in
            let value = examples.outputs[row * setup.outputs.count + output]
            return value.isNaN ? nil : Text(shortest: value)
        }
    }

    private static func time(_ row: Int) -> Text {
        func padded(_ number: Int, _ width: Int) -> Text {
            var text = Text(number)
            while text.utf8.count < width { text = "0" + text }
            return text
        }
        let hundredths = row % 8_640_000
        return "2000/01/01 " + padded(hundredths / 360_000, 2) + ":" + padded(hundredths / 6_000 % 60, 2) + ":"
            + padded(hundredths / 100 % 60, 2) + ":" + padded(hundredths % 100 * 10, 3)
    }

    private mutating func noteLosses() {
        notices.append("The moments at which examples were recorded are not in a project and were not carried over.")
        if !examples.recordings.isEmpty { notices.append("Recordings of gestures do not fit a table and were left out.") }
        if weights.contains(where: { $0 != nil }) { notices.append("Learned models do not fit a table; they can be trained again.") }
    }
}
