import StarlingEngine
import StarlingLearning
import StarlingMath
import StarlingProject
import Testing

/// Examples as CSV, out and in.
struct ExampleSheetTests {
    @Test func categoriesComeBackAsTheyWent() throws {
        var room = try Classroom()
        for (index, pad) in (["pad-1", "pad-2"] as [Text]).enumerated() {
            for take in 0..<2 { try room.teach(pad, TestSound.of(index, 24_000, seed: UInt64(10 * index + take))) }
        }
        let csv = try room.project.exportExamples(of: "sounds")
        let sheet = try CSV(reading: csv)
        #expect(Array(sheet.columns.prefix(4)) == ["take", "time", "category", "centroid"])
        var other = ProjectSession()
        let command = try other.importExamples(csv, into: "sounds")
        #expect(command.changes.filter { $0.field == "rows" }.count == 4)
        #expect(other.document.ordered("takes", where: "category", is: "pad-2").count == 2)
        #expect(other.document.ordered("categories").count == 3, "names are found again")
        let again = try CSV(reading: try other.exportExamples(of: "sounds"))
        #expect(again.rowCount == sheet.rowCount)
        for row in [0, sheet.rowCount - 1] {
            #expect(try again.float(row: row, column: 3) == (try sheet.float(row: row, column: 3)))
        }
        _ = try other.undo()
        #expect(other.document.ids("takes").isEmpty)
    }

    @Test func missingTargetsStayMissing() throws {
        var project = ProjectSession()
        _ = try project.apply(
            Command("Knobs", [
                Change("models", "sounds", "drive", .text("follow")),
                Change("knobs", "a", "model", .text("sounds")), Change("knobs", "a", "name", .text("A")),
                Change("knobs", "b", "model", .text("sounds")), Change("knobs", "b", "name", .text("B")), Change("knobs", "b", "order", .number(1)),
            ]))
        let csv = "take,sounds/a,sounds/b,centroid\none,0.5,,440\none,0.5,,450\ntwo,,0.25,900\n"
        let command = try project.importExamples(Array(csv.utf8), into: "sounds")
        #expect(command.changes.filter { $0.field == "rows" }.count == 2)
        #expect(project.document.texts("takes", "take-1", "parameters") == ["sounds/a"])
        #expect(project.document.numbers("takes", "take-2", "targets") == [0.25])
        let out = try CSV(reading: try project.exportExamples(of: "sounds"))
        #expect(out.columns.prefix(4) == ["take", "time", "sounds/a", "sounds/b"])
        #expect(out.rowCount == 3 && out.text(row: 0, column: 3).isEmpty && out.text(row: 2, column: 3) == "0.25")
    }

    @Test func aNewNameIsANewCategory() throws {
        var project = ProjectSession()
        _ = try project.importExamples(Array("category,centroid\nClap,440\nOne,450\n".utf8), into: "sounds")
        let ids = project.document.ordered("categories")
        #expect(ids.count == 4 && ids.contains { project.document.text("categories", $0, "name") == "Clap" })
    }

    @Test(arguments: [
        ("category,centroid\nOne,x\n", "Line 2"), ("category,smell\nOne,1\n", "smell"), ("centroid\n1\n", "category"),
        ("category,centroid\n", "no rows"), ("category\nOne\n", "feature"), ("category,centroid\n\"\",1\n", "Line 2"),
        ("take,time,category,centroid\na,1,One,1\na,1,One,2\n", "Line 3"),
    ])
    func whatCannotBeReadIsNamed(csv: String, words: String) throws {
        var project = ProjectSession()
        let before = project.document
        do {
            _ = try project.importExamples(Array(csv.utf8), into: "sounds")
            Issue.record("it must be refused")
        } catch {
            #expect(error.description.contains(words), "\(error)")
        }
        #expect(project.document == before)
    }
}
