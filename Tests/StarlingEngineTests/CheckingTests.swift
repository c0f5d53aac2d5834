import StarlingEngine
import StarlingLearning
import StarlingMath
import StarlingProject
import Testing

/// Checks and hints as the studio asks for them.
struct CheckingTests {
    private func taught() throws -> Classroom {
        var room = try Classroom([Change("models", "sounds", "kind", .text("knn")), Change(delete: "categories", "pad-3")])
        for (index, pad) in (["pad-1", "pad-2"] as [Text]).enumerated() {
            for take in 0..<3 { try room.teach(pad, TestSound.of(index, 24_000, seed: UInt64(10 * index + take))) }
        }
        return room
    }

    private func checked(_ room: Classroom) throws -> JSON {
        for _ in 0..<100_000 where room.session.step(work: 1_000_000).contains(.more) {}
        return try #require(room.session.check?.json["report"])
    }

    @Test(arguments: [Check.Choice.takes, .folds(3)])
    func aCheckTellsHowWellUnseenTakesAreRecognised(choice: Check.Choice) throws {
        let room = try taught()
        train(room.session)
        try room.session.beginCheck("sounds", by: choice)
        #expect(room.session.check?.json["report"]?.isNull == true)
        let report = try checked(room)
        #expect(report["accuracy"]?.number ?? 0 > 0.95)
        #expect(report["categories"]?.list?.compactMap { $0["id"]?.text } == ["pad-1", "pad-2"])
        #expect(report["confusion"]?.list?.count == 2)
        #expect(report["curve"]?.list?.isEmpty == false)
    }

    @Test func aTakeInTheWrongPlaceIsNamed() throws {
        var room = try taught()
        let wrong = try room.teach("pad-1", TestSound.hiss(24_000, seed: 50))
        train(room.session)
        try room.session.beginCheck("sounds", by: .takes)
        let confused = try #require(try checked(room)["confused"]?.list)
        #expect(confused.first?["take"]?.text == wrong)
        #expect(confused.first?["answered"]?.text == "pad-2")
        let hints = try #require(room.report("sounds")?["hints"]?.list)
        #expect(hints.contains { $0["takes"]?.list?.first?.text == wrong }, "\(hints.map { $0["text"]?.text?.description ?? "" })")
    }

    @Test func anEditEndsACheck() throws {
        var room = try taught()
        train(room.session)
        try room.session.beginCheck("sounds", by: .takes)
        _ = room.session.step(work: 1_000)
        try room.apply(Change("project", "project", "name", .text("Other")))
        #expect(room.session.check == nil)
    }

    @Test func whatCannotBeCheckedSaysWhy() throws {
        let room = try Classroom()
        for model in ["sounds", "nothing"] as [Text] {
            do {
                try room.session.beginCheck(model, by: .takes)
                Issue.record("it must be refused")
            } catch {
                #expect(error.description.hasSuffix("."))
            }
        }
    }
}
