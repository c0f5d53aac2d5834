import StarlingEngine
import StarlingMath
import StarlingProject
import Testing

struct SceneTests {
    @Test func everySlotHasOnePathAndOnePlace() throws {
        let slots = try Scene(.starter()).slots
        #expect(Set(slots.map { $0.path.description }).count == slots.count)
        #expect(Set(slots.map { $0.slot }).count == slots.count)
        #expect(slots.allSatisfy { $0.slot < BusLayout.capacity })
        #expect(slots.contains { $0.path == "/learn/sounds/pad-2/certainty" && $0.label == "Two" })
    }

    @Test(arguments: [
        (Change("instruments", "x", "kind", .text("kazoo")), "kazoo"),
        (Change("effects", "x", "kind", .text("fuzz")), "fuzz"),
        (Change("visuals", "x", "kind", .text("oil")), "oil"),
        (Change("models", "sounds", "inputs", .texts(["smell"])), "smell"),
    ])
    func unknownNamesAreRefusedWithWhatThereIs(change: Change, name: String) throws {
        var project = ProjectSession()
        let before = project.document
        do {
            _ = try project.apply(Command("Try", [change]))
            Issue.record("it must be refused")
        } catch {
            #expect(error.description.contains(name) && error.description.contains("choose one of"))
        }
        #expect(project.document == before)
    }

    @Test func theFirstTakeGivesAPadItsSound() throws {
        var project = ProjectSession()
        _ = try project.apply(
            Command("New pad", [
                Change("parameters", "choir/vowel", "value", .number(2.5)),
                Change("categories", "four", "model", .text("sounds")), Change("categories", "four", "name", .text("Four")),
            ]))
        let blob = Blob(try Rows(columnCount: project.scene.columns.count, rate: 187.5, values: [Float](repeating: 0, count: 4 * project.scene.columns.count)).bytes)
        _ = try project.keep(.init(category: "four", rows: blob, sound: nil, seconds: 0.02, rate: 187.5))
        #expect(project.document.number("presets", "four/choir/vowel", "value") == 2.5)
        let file = try project.file()
        var other = ProjectSession()
        try other.open(file: file)
        #expect(other.document == project.document)
        #expect(other.blob(blob.name) == blob)
        _ = try project.undo()
        #expect(project.document.ids("takes").isEmpty && !project.document.has("presets", "four/choir/vowel"))
    }

    @Test(arguments: [(Float(1400), "1.4 kHz"), (Float(90), "90 Hz")])
    func valuesReadAsPeopleSayThem(value: Float, text: String) throws {
        let centroid = try #require(try Scene(.starter()).slots.first { $0.path == "/listen/mic/centroid" })
        #expect(Scene.text(centroid.info, value: value).description == text)
    }
}
