import StarlingMath
import Testing

import StarlingProject

@Suite struct DocumentTests {
    @Test func everyFieldOfTheSchemaIsWellFormed() {
        for table in Schema.tables {
            #expect(Text(table.name).isKey)
            for field in table.fields {
                #expect(Text(field.name).isKey)
                if let value = field.initial { #expect(field.kind.allows(value), "\(table.name).\(field.name)") }
                if let target = field.referredTable { #expect(Schema.table(Text(target)) != nil) }
            }
        }
    }

    @Test func goesThroughJSONUnchanged() throws {
        let document = try sampleProject().document
        #expect(try Document(json: JSON(reading: document.json.written(pretty: true))) == document)
        #expect(document.json["takes"]?["take-1"]?["muted"] == .flag(false))
        #expect(document.json["presets"]?["p-1"]?["value"] == .number(0.1))
        #expect(Document().json["takes"] == .object([]))
    }

    @Test func recordsComeInTheirOrder() throws {
        let document = try sampleProject().document
        #expect(document.ordered("categories") == ["o", "a"])
        #expect(document.ordered("takes", where: "category", is: "a") == ["take-1"])
        #expect(document.ordered("takes", where: "category", is: "o") == [])
        #expect(document.ordered("nonsense") == [])
        #expect(document.nextOrder("categories") == 2)
        #expect(document.freeID("takes", prefix: "take") == "take-2")
    }

    @Test func deletingACategoryTakesItsTakesAndUndoBringsThemBack() throws {
        var document = try sampleProject().document
        let before = document
        let applied = try document.apply(Command("Delete", [Change(delete: "categories", "a")]))
        #expect(document.ids("categories") == ["o"])
        #expect(document.ids("takes").isEmpty && document.ids("presets").isEmpty)
        #expect(applied.done.changes.count == 3)
        var again = before
        _ = try again.apply(applied.done)
        #expect(again == document)
        _ = try document.apply(applied.inverse)
        #expect(document == before)
    }

    @Test func deletingAModelTakesEverythingBelowIt() throws {
        var document = try sampleProject().document
        _ = try document.apply(Command("Delete", [Change(delete: "models", "vowels")]))
        for table: Text in ["models", "settings", "categories", "presets", "takes"] { #expect(document.ids(table).isEmpty) }
        #expect(document.ids("instruments") == ["choir"])
    }

    @Test func orderWithinACommandDoesNotMatterToReferences() throws {
        var document = try sampleProject().document
        _ = try document.apply(Command("Move and delete", [
            Change(delete: "categories", "a"), Change("takes", "take-1", "category", .text("o")),
            Change("presets", "p-1", "category", .text("new")), Change("categories", "new", "name", .text("New")),
            Change("categories", "new", "model", .text("vowels")),
        ]))
        #expect(document.text("takes", "take-1", "category") == "o")
        #expect(document.text("presets", "p-1", "category") == "new")
    }

    static let refused: [(String, Change, Text)] = [
        ("table", Change("pads", "a", "name", .text("x")), "the tables are project, inputs"),
        ("field", Change("takes", "take-1", "pad", .text("x")), "its fields are category"),
        ("type", Change("takes", "take-1", "muted", .number(1)), "true or false"),
        ("range", Change("categories", "a", "note", .number(128)), "a number in 0...127"),
        ("nan", Change("categories", "a", "note", .number(.nan)), "a number in 0...127"),
        ("choice", Change("models", "vowels", "drive", .text("fly")), "one of switch, blend, follow"),
        ("length", Change("models", "vowels", "name", .text(Text(utf8: .init(repeating: 97, count: 201)))), "at most 200 bytes"),
        ("utf8", Change("models", "vowels", "name", .text(Text(utf8: [0xFF]))), "at most 200 bytes"),
        ("list", Change("takes", "take-1", "targets", .numbers(.init(repeating: 0, count: 257))), "at most 256 numbers"),
        ("blob", Change("takes", "take-1", "rows", .text("../../etc/passwd")), "64 hexadecimal digits"),
        ("id", Change("takes", "../up", "category", .text("a")), "a-z, 0-9, - and /"),
        ("slash", Change("takes", "a//b", "category", .text("a")), "a-z, 0-9, - and /"),
        ("reference", Change("takes", "take-1", "category", .text("x")), "refers to \"x\", which is not in categories"),
        ("required", Change("takes", "take-2", "muted", .flag(true)), "lacks its field category"),
        ("emptied", Change("takes", "take-1", "category", nil), "lacks its field category"),
        ("missing", Change(delete: "takes", "take-9"), "no \"take-9\""),
        ("fixed", Change(delete: "project", "project"), "cannot be deleted"),
        ("only", Change("project", "other", "name", .text("x")), "only id"),
    ]

    @Test(arguments: refused) func badChangesAreRefusedAsAWhole(_ name: String, _ change: Change, _ part: Text) throws {
        var document = try sampleProject().document
        let before = document
        let command = Command("Bad", [Change("project", "project", "name", .text("changed")), change])
        let said = sentence { try document.apply(command) }
        #expect(said?.contains(part) == true, "\(said ?? "nothing")")
        #expect(document == before)
    }

    @Test func tablesHaveRoomForSoMany() throws {
        var document = Document()
        let changes = (0..<16).flatMap { i in
            [Change("models", "m-" + Text(i), "name", .text("M")), Change("models", "m-" + Text(i), "kind", .text("knn"))]
        }
        _ = try document.apply(Command("Many", changes))
        #expect(sentence { try document.apply(Command("More", [Change("models", "m-16", "name", .text("M"))])) }
            == "There is room for 16 models; delete some first.")
    }

    @Test func emptyingAFieldWithADefaultSetsItBack() throws {
        var document = try sampleProject().document
        _ = try document.apply(Command("Empty", [Change("takes", "take-1", "rate", nil), Change("categories", "o", "note", nil)]))
        #expect(document.number("takes", "take-1", "rate") == 100)
        #expect(document.value("categories", "o", "note") == nil)
    }

    @Test func commandsGoThroughJSONUnchanged() throws {
        let command = try sampleProject().document.applying(Command("Delete", [Change(delete: "models", "vowels")]))
        #expect(try Command(json: JSON(reading: command.done.json.written())) == command.done)
        #expect(try Command(json: JSON(reading: command.inverse.json.written())) == command.inverse)
    }

    @Test(arguments: [
        "{}", "[]", "{\"name\":\"x\",\"changes\":[{}]}", "{\"name\":1,\"changes\":[]}",
        "{\"name\":\"x\",\"changes\":[{\"table\":\"takes\",\"id\":\"t\",\"field\":5}]}",
        "{\"name\":\"x\",\"changes\":[{\"table\":\"takes\",\"id\":\"t\",\"value\":5}]}",
        "{\"name\":\"x\",\"changes\":[{\"table\":\"takes\",\"id\":\"t\",\"field\":\"columns\",\"value\":[1]}]}",
    ]) func badCommandsAreRefused(_ text: String) {
        #expect(sentence { try Command(json: JSON(reading: Array(text.utf8))) } != nil)
    }

    /// Random commands and their inverses lead back to the same document, through JSON as well.
    @Test func inversesLeadBack() throws {
        for seed in UInt64(0)..<300 {
            var random = SeededRandom(seed: seed)
            var document = try sampleProject().document
            var states = [document]
            var inverses: [Command] = []
            for _ in 0..<20 {
                let command = randomCommand(&random)
                guard let applied = try? document.apply(command) else {
                    #expect(document == states.last, "seed \(seed)")
                    continue
                }
                #expect(try Document(json: document.json) == document, "seed \(seed)")
                states.append(document)
                inverses.append(applied.inverse)
            }
            for inverse in inverses.reversed() {
                #expect(document == states.popLast(), "seed \(seed)")
                _ = try document.apply(inverse)
            }
            #expect(document == states[0], "seed \(seed)")
        }
    }

    private func randomCommand(_ random: inout SeededRandom) -> Command {
        let ids: [Text] = ["a", "o", "b", "take-1", "take-2", "vowels", "p-1"]
        let changes = (0...random.index(below: 3)).map { _ in
            let table = Schema.tables[random.index(below: Schema.tables.count)]
            let id = ids[random.index(below: ids.count)]
            let field = table.fields[random.index(below: table.fields.count)]
            switch random.index(below: 5) {
            case 0: return Change(delete: Text(table.name), id)
            case 1: return Change(Text(table.name), id, Text(field.name), nil)
            case 2: return Change("takes", id, "category", .text(ids[random.index(below: 3)]))
            case 3: return Change("categories", id, "model", .text("vowels"))
            default: return Change(Text(table.name), id, Text(field.name), .number(Double(random.index(below: 100))))
            }
        }
        return Command("Random", changes)
    }
}

extension Document {
    /// Applies to a copy.
    func applying(_ command: Command) throws -> Applied {
        var copy = self
        return try copy.apply(command)
    }
}
