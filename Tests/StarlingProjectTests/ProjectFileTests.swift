import Foundation
import StarlingMath
import Testing

import StarlingProject

@Suite struct ProjectFileTests {
    @Test func goesThroughAFileUnchanged() throws {
        let sample = try sampleProject()
        let file = try sample.file()
        #expect(try ProjectFile.read(file) == sample)
        #expect(try ProjectFile.read(file).file() == file)
        let names = try ZipReader(reading: file).entries.map { $0.name }
        #expect(names == ["examples/take-1.csv", "inputs/mic.wav", "project.json", "takes/take-1.wav", "weights/vowels.bin"])
    }

    /// Packed by other hands, with a folder, decimal commas and hashes of nothing.
    @Test func readsAProjectPackedByHand() throws {
        let contents = try ProjectFile.read(fixture("by-hand.starling"))
        #expect(contents.document.text("project", "project", "name") == "Packed by hand")
        #expect(contents.blobs.count == 2 && contents.weights.map { $0.model } == ["vowels"])
        let name = contents.document.text("takes", "take-1", "rows")
        let rows = try Rows(reading: contents.blobs.first { $0.name == name }!.bytes)
        #expect(rows.rowCount == 20 && rows.columnCount == 2 && rows.rate == 100)
        #expect(rows.values[3] == Float(-0.333333333))
    }

    @Test func migratesVersion0() throws {
        let document = try Migration.document(from: jsonFixture("version-0.json"))
        #expect(document.ordered("categories") == ["a", "o"])
        #expect(document.number("categories", "o", "note") == 60)
        #expect(document.text("presets", "p", "category") == "o")
        #expect(document.text("takes", "t", "category") == "a")
        #expect(document.flag("takes", "t", "muted"))
    }

    @Test func thereIsAStepFromEveryVersion() { #expect(Migration.steps.count == Schema.version) }

    @Test(arguments: [
        ("{\"format\":\"starling\",\"version\":2,\"document\":{}}", "newer Starling"),
        ("{\"format\":\"starling\",\"version\":1e300,\"document\":{}}", "no whole number"),
        ("{\"format\":\"starling\",\"version\":-1,\"document\":{}}", "no whole number"),
        ("{\"format\":\"starling\",\"version\":0.5,\"document\":{}}", "no whole number"),
        ("{\"format\":\"starling\",\"document\":{}}", "no whole number"),
        ("{\"format\":\"other\",\"version\":1,\"document\":{}}", "format"),
        ("{\"format\":\"starling\",\"version\":1}", "no document"),
        ("{\"format\":\"starling\",\"version\":0,\"document\":7}", "object of tables"),
        ("[]", "format"), ("7", "format"), ("{\"a\":NaN}", "line 1, column 6"), ("", "line 1, column 1"),
        ("{\"format\":\"starling\",\"version\":1,\"document\":{\"takes\":[]}}", "object of records"),
        ("{\"format\":\"starling\",\"version\":1,\"document\":{\"takes\":{\"t\":1}}}", "object of fields"),
        ("{\"format\":\"starling\",\"version\":1,\"document\":{\"takes\":{\"t\":{\"category\":\"a\"}}}}", "not in categories"),
        ("{\"format\":\"starling\",\"version\":1,\"document\":{\"takes\":{\"t\":{\"rate\":1e9}}}}", "0.001...192000"),
        ("{\"format\":\"starling\",\"version\":1,\"document\":{\"takes\":{\"t\":{\"columns\":\"pitch\"}}}}", "at most 1024 names"),
        ("{\"format\":\"starling\",\"version\":1,\"document\":{\"inputs\":{\"i\":{\"kind\":\"file\",\"sound\":\"\(String(repeating: "a", count: 64))\"}}}}", "lacks inputs/i.wav"),
    ]) func refusesBadDocuments(_ text: String, _ part: String) throws {
        var zip = ZipWriter()
        try zip.add("project.json", Array(text.utf8))
        let said = sentence { try ProjectFile.read(zip.archive) }
        #expect(said?.contains(Text(part)) == true, "\(said ?? "nothing")")
    }

    @Test func refusesMoreTakesThanThereIsRoomFor() throws {
        var takes: [JSON.Member] = []
        for i in 0...10_000 { takes.append(.init("t-" + Text(i), .object([.init("category", .text("a"))]))) }
        let root = JSON.object([
            .init("format", .text("starling")), .init("version", .number(1)),
            .init("document", .object([.init("takes", .object(takes))])),
        ])
        #expect(sentence { try Migration.document(from: root) }?.contains("room for 10000 takes") == true)
    }

    @Test func refusesFilesInsideThatAreBroken() throws {
        let sample = try sampleProject()
        let zip = try ZipReader(reading: try sample.file())
        let swaps: [(Text, Text, Text)] = [
            ("examples/take-1.csv", "time,pitch,mfcc-1\n0,1,nan\n", "examples/take-1.csv: Line 2, column 3"),
            ("examples/take-1.csv", "time,pitch\n0,1\n", "columns must be time, pitch, mfcc-1"),
            ("takes/take-1.wav", "RIFFxxxxWAVE", "takes/take-1.wav: The WAV file holds no sound"),
        ]
        for (path, content, part) in swaps {
            var writer = ZipWriter()
            for entry in zip.entries { try writer.add(entry.name, entry.name == path ? content.utf8 : zip.unpack(entry)) }
            let said = sentence { try ProjectFile.read(writer.archive) }
            #expect(said?.contains(part) == true, "\(said ?? "nothing")")
        }
        var empty = ZipWriter()
        try empty.add("something", [])
        #expect(sentence { try ProjectFile.read(empty.archive) }?.contains("holds no project.json") == true)
    }

    @Test func saysWhichBlobIsMissingWhenSaving() throws {
        let sample = try sampleProject()
        let said = sentence { try ProjectFile.write(sample.document) { _ in nil } }
        #expect(said?.contains("not there any more") == true)
    }
}

/// Thousands of damaged inputs: each must give a value or a sentence, and take no more memory than its limits allow.
@Suite(.serialized) struct HostileInputTests {
    private func mutated(_ bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var bytes = bytes
        for _ in 0...random.index(below: 4) where !bytes.isEmpty {
            let place = random.index(below: bytes.count)
            switch random.index(below: 6) {
            case 0: bytes[place] ^= 1 << UInt8(random.index(below: 8))
            case 1: bytes[place] = UInt8(truncatingIfNeeded: random.next())
            case 2: bytes[place] = [0, 0x7F, 0x80, 0xFF][random.index(below: 4)]
            case 3: bytes.removeSubrange(place..<min(place + 1 + random.index(below: 8), bytes.count))
            case 4: bytes.insert(contentsOf: bytes[place..<min(place + 1 + random.index(below: 40), bytes.count)], at: place)
            default: for i in place..<min(place + 4, bytes.count) { bytes[i] = 0xFF }
            }
        }
        return bytes
    }

    private func fuzz(_ seed: [UInt8], count: UInt64, _ work: ([UInt8]) throws -> Void) {
        for round in 0..<count {
            var random = SeededRandom(seed: round)
            let bytes = mutated(seed, &random)
            do { try work(bytes) } catch { #expect((error as? StarlingError)?.sentence.isEmpty == false, "seed \(round)") }
        }
    }

    @Test func projectFiles() throws {
        let file = try sampleProject().file()
        fuzz(file, count: 3_000) { bytes in
            let contents = try ProjectFile.read(bytes)
            #expect(try Document(json: contents.document.json) == contents.document)
        }
        let zip = try ZipReader(reading: file)
        // Behind the checksums: each file inside damaged, and packed again.
        for entry in zip.entries {
            fuzz(try zip.unpack(entry), count: 1_000) { content in
                var writer = ZipWriter()
                for other in zip.entries { try writer.add(other.name, other.name == entry.name ? content : zip.unpack(other)) }
                let contents = try ProjectFile.read(writer.archive)
                #expect(try ProjectFile.read(contents.file()) == contents)
            }
        }
    }

    @Test func everythingElse() throws {
        for item in try jsonFixture("deflate.json").list!.prefix(8) {
            let size = Int(item["size"]!.number!)
            fuzz(bytes(hex: item["packed"]!.text!), count: 300) { _ = try Inflate.inflate($0[...], size: size) }
        }
        for name in ["pcm8", "pcm24", "float64", "extensible"] {
            fuzz(fixture(name + ".wav"), count: 1_000) { bytes in
                let sound = try Sound(wav: bytes)
                #expect(sound.channels.allSatisfy { $0.allSatisfy { $0.isFinite } })
            }
        }
        for item in try jsonFixture("sheets.json").list! {
            fuzz(item["text"]!.text!.utf8, count: 300) { bytes in
                let sheet = try CSV(reading: bytes)
                for row in 0..<sheet.rowCount { _ = try sheet.number(row: row, column: 0) }
            }
        }
        fuzz(fixture("python.zip"), count: 1_000) { bytes in
            let zip = try ZipReader(reading: bytes)
            for entry in zip.entries { _ = try zip.unpack(entry) }
        }
        fuzz(fixture("version-0.json"), count: 2_000) { _ = try Migration.document(from: JSON(reading: $0)) }
        fuzz(try sampleProject().document.json.written(), count: 2_000) { _ = try Document(json: JSON(reading: $0)) }
        fuzz(try Rows(columnCount: 2, rate: 1, values: [1, 2, 3, 4]).bytes, count: 2_000) { _ = try Rows(reading: $0) }
    }

    @Test func journals() throws {
        var writer = JournalWriter()
        let sample = try sampleProject()
        let begin = Command("Teach", [Change("takes", "take-2", "category", .text("o"))])
        let parts: [TakePart] = [.begin(command: begin, sampleRate: 8000), .rows([1, 2]), .sound([0.5]), .end]
        let records = [writer.document(sample.document)] + parts.map { writer.take("take-2", $0) }
        fuzz(Array(records.joined()), count: 2_000) { _ = Recovery(journal: $0) }
        // Behind the checksums: payloads damaged, and framed again.
        for record in records {
            fuzz(Array(record[16...]), count: 500) { payload in
                let framed = JournalRecord(sequence: 0, kind: record[12], payload: payload).bytes
                let recovery = Recovery(journal: framed + JournalRecord(sequence: 1, kind: 4, payload: payload).bytes)
                #expect(recovery.recordCount == 2)
            }
        }
    }

    #if os(Linux)
    /// All of it once more in a process of its own, where nothing else takes memory; it takes some 2 MB.
    @Test func memoryStaysSmall() async {
        await #expect(processExitsWith: .success) {
            let tests = HostileInputTests()
            let before = try tests.peakKilobytes()
            try tests.projectFiles()
            try tests.everythingElse()
            try tests.journals()
            let taken = try tests.peakKilobytes() - before
            try #require(taken < 50_000, "\(taken) KB")
        }
    }

    /// The largest resident size of this process so far.
    private func peakKilobytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(Int(line.filter(\.isNumber)))
    }
    #endif
}
