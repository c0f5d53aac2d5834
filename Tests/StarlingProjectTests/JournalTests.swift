import StarlingMath
import Testing

import StarlingProject

@Suite struct JournalTests {
    /// A journal in which a take is being recorded at the end, and where each of its records begins.
    private func journal() throws -> (bytes: [UInt8], ends: [Int]) {
        var writer = JournalWriter(sequence: UInt32.max - 3)
        var bytes: [UInt8] = []
        var ends: [Int] = []
        func add(_ record: [UInt8]) {
            bytes += record
            ends.append(bytes.count)
        }
        let sample = try sampleProject()
        for blob in sample.blobs { add(writer.blob(blob.bytes)) }
        add(writer.document(sample.document))
        add(writer.command(Command("Name", [Change("project", "project", "name", .text("Named"))])))
        add(writer.take("take-2", .begin(command: begin("take-2"), sampleRate: 8000)))
        for i in 0..<10 {
            add(writer.take("take-2", .rows((0..<4).map { Float(i * 4 + $0) })))
            add(writer.take("take-2", .sound([Float](repeating: Float(i) / 10, count: 160))))
        }
        return (bytes, ends)
    }

    private func begin(_ id: Text) -> Command {
        Command("Teach", [
            Change("takes", id, "category", .text("o")), Change("takes", id, "rate", .number(100)),
            Change("takes", id, "columns", .texts(["pitch", "mfcc-1"])),
        ])
    }

    @Test func givesEverythingBack() throws {
        let (bytes, ends) = try journal()
        let recovery = Recovery(journal: bytes)
        #expect(recovery.validCount == bytes.count && recovery.lostCount == 0 && recovery.recordCount == ends.count)
        #expect(recovery.document.text("project", "project", "name") == "Named")
        #expect(recovery.nextSequence == UInt32.max - 3 &+ UInt32(ends.count))
    }

    @Test func rebuildsATakeThatWasBeingRecorded() throws {
        let recovery = Recovery(journal: try journal().bytes)
        #expect(recovery.rebuilding.count == 1)
        #expect(recovery.notices == ["A take that was being recorded was saved: 0.2 s."])
        let document = recovery.document
        #expect(document.number("takes", "take-2", "seconds") == 0.2)
        func blob(_ field: Text) -> [UInt8]? { recovery.blobs.first { $0.name == document.text("takes", "take-2", field) }?.bytes }
        #expect(try Rows(reading: blob("rows")!).values == (0..<40).map { Float($0) })
        let sound = try Sound(wav: blob("sound")!)
        #expect(sound.count == 1600 && sound.sampleRate == 8000 && sound.channels[0][1599] == 0.9)
        // What is written of it after the recovery is the whole story.
        var writer = JournalWriter(sequence: recovery.nextSequence)
        var bytes = try journal().bytes
        for blob in recovery.blobs { bytes += writer.blob(blob.bytes) }
        bytes += writer.command(recovery.rebuilding[0]) + writer.take("take-2", .end)
        let again = Recovery(journal: bytes)
        #expect(again.document == document && again.rebuilding.isEmpty && again.notices.isEmpty && again.blobs == recovery.blobs)
    }

    /// A sound that instruments play comes back with its blob, and one that was cut off is missed.
    @Test(arguments: [true, false]) func aSoundOfTheBankComesBack(isThere: Bool) throws {
        let blob = Blob(Sound(sampleRate: 8000, channels: [[0.5, -0.25]]).wavFloat32)
        var writer = JournalWriter()
        let bytes = writer.document(Document()) + (isThere ? writer.blob(blob.bytes) : []) + writer.command(Command("Load", [
            Change("sounds", "sound-1", "name", .text("Bowl")), Change("sounds", "sound-1", "place", .number(1)),
            Change("sounds", "sound-1", "sound", .text(blob.name)),
        ]))
        let recovery = Recovery(journal: bytes)
        #expect(recovery.document.has("sounds", "sound-1") && recovery.notices.isEmpty)
        #expect(recovery.isWhole == isThere && recovery.blobs == (isThere ? [blob] : []))
    }

    @Test func aTakeThrownAwayStaysAway() throws {
        var writer = JournalWriter()
        var bytes = writer.document(try sampleProject().document)
        bytes += writer.take("take-2", .begin(command: begin("take-2"), sampleRate: 8000))
        bytes += writer.take("take-2", .rows([1, 2])) + writer.take("take-2", .end)
        #expect(!Recovery(journal: bytes).document.has("takes", "take-2"))
    }

    @Test func aTakeWhoseCategoryIsGoneIsReported() throws {
        var writer = JournalWriter()
        var bytes = writer.document(try sampleProject().document)
        bytes += writer.take("take-2", .begin(command: begin("take-2"), sampleRate: 8000)) + writer.take("take-2", .rows([1, 2]))
        bytes += writer.command(Command("Delete", [Change(delete: "categories", "o")]))
        let recovery = Recovery(journal: bytes)
        #expect(!recovery.document.has("takes", "take-2"))
        #expect(recovery.notices.first?.contains("could not be saved") == true)
    }

    /// Cut anywhere, the journal gives back all whole records before the cut.
    @Test func isCutBehindTheLastWholeRecord() throws {
        let (bytes, ends) = try journal()
        for cut in stride(from: 0, through: bytes.count, by: 7) {
            let recovery = Recovery(journal: Array(bytes[..<cut]))
            let whole = ends.filter { $0 <= cut }
            #expect(recovery.validCount == whole.last ?? 0, "cut \(cut)")
            #expect(recovery.recordCount == whole.count, "cut \(cut)")
            #expect(recovery.lostCount == cut - (whole.last ?? 0), "cut \(cut)")
        }
    }

    @Test func anyFlippedBitIsFound() throws {
        let (bytes, ends) = try journal()
        for seed in UInt64(0)..<500 {
            var random = SeededRandom(seed: seed)
            var damaged = bytes
            let place = random.index(below: bytes.count)
            damaged[place] ^= 1 << UInt8(random.index(below: 8))
            #expect(Recovery(journal: damaged).validCount == ends.last { $0 <= place } ?? 0, "seed \(seed)")
        }
    }

    @Test func zerosAndOldRecordsBehindTheEndAreLeftOut() throws {
        let (bytes, ends) = try journal()
        #expect(Recovery(journal: bytes + [UInt8](repeating: 0, count: 4096)).validCount == bytes.count)
        #expect(Recovery(journal: bytes + bytes[ends[2]..<ends[3]]).validCount == bytes.count)
        #expect(Recovery(journal: [UInt8](repeating: 0, count: 64)).recordCount == 0)
        #expect(Recovery(journal: []).document == Document())
    }
}
