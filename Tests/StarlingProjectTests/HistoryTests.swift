import StarlingMath
import Testing

import StarlingProject

@Suite struct HistoryTests {
    private func turn(_ value: Double) -> Command {
        Command("Turn breath", [Change("parameters", "choir/breath", "value", .number(value))])
    }

    @Test func undoAndRedoLeadThereAndBack() throws {
        var document = Document()
        var history = History()
        #expect(try history.undo(&document) == nil)
        var states = [document]
        for i in 0..<5 {
            history.append(try document.apply(turn(Double(i))))
            states.append(document)
        }
        for i in (0..<5).reversed() {
            #expect(history.undoName == "Turn breath")
            _ = try history.undo(&document)
            #expect(document == states[i])
        }
        #expect(history.undoName == nil)
        for i in 1...5 {
            _ = try history.redo(&document)
            #expect(document == states[i])
        }
        #expect(history.redoName == nil)
        _ = try history.undo(&document)
        history.append(try document.apply(turn(9)))
        #expect(history.redoName == nil)
    }

    @Test func aDragIsOneStep() throws {
        var document = Document()
        var history = History()
        for i in 0..<100 { history.append(try document.apply(turn(Double(i))), mergeKey: "choir/breath") }
        history.seal()
        let between = document
        for i in 0..<100 { history.append(try document.apply(turn(-Double(i))), mergeKey: "choir/breath") }
        _ = try history.undo(&document)
        #expect(document == between)
        _ = try history.undo(&document)
        #expect(document == Document())
        _ = try history.redo(&document)
        #expect(document == between)
        #expect(history.undoName != nil)
    }

    @Test func onlyTheSameFieldsMerge() throws {
        var document = Document()
        var history = History()
        history.append(try document.apply(turn(1)), mergeKey: "k")
        history.append(try document.apply(Command("Other", [Change("parameters", "hall/size", "value", .number(1))])), mergeKey: "k")
        _ = try history.undo(&document)
        #expect(document.ids("parameters") == ["choir/breath"])
    }

    @Test func theOldestStepsFallOff() throws {
        var document = Document()
        var history = History(limit: 3)
        for i in 0..<10 { history.append(try document.apply(turn(Double(i)))) }
        while try history.undo(&document) != nil {}
        #expect(document.number("parameters", "choir/breath", "value") == 6)
    }
}
