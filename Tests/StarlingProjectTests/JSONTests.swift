import StarlingMath
import Testing

import StarlingProject

@Suite struct JSONTests {
    @Test func readsAndWritesWhatPythonWrites() throws {
        for pair in try jsonFixture("json.json")["good"]!.list! {
            let value = try JSON(reading: pair[0].text!.utf8)
            let written = value.written()
            #expect(try JSON(reading: written) == value)
            #expect(try JSON(reading: value.written(pretty: true)) == value)
            let compact = pair[1].text!
            // Python writes 1e+300 and \u0001 alike, but a tab as \t.
            if !compact.contains("\\t") { #expect(Text(utf8: written) == compact) }
        }
    }

    @Test func refusesWhatIsNoJSON() throws {
        for text in try jsonFixture("json.json")["bad"]!.list! {
            #expect(throws: StarlingError.self, "\(text.text!)") { try JSON(reading: text.text!.utf8) }
        }
    }

    @Test func tellsLineAndColumnInCharacters() {
        #expect(sentence { try JSON(reading: Text("[1,\n \"ä\" x]").utf8) }?.contains("line 2, column 6") == true)
        #expect(sentence { try JSON(reading: Text("").utf8) }?.contains("line 1, column 1") == true)
    }

    @Test func refusesBrokenUTF8() {
        let broken: [[UInt8]] = [
            [0x80], [0xC3], [0xC0, 0xAF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80],
            [0xF8, 0x88, 0x80, 0x80, 0x80], [0xE4, 0xB8],
        ]
        for bytes in broken {
            #expect(throws: StarlingError.self, "\(bytes)") { try JSON(reading: [34] + bytes + [34]) }
            #expect(!Text(utf8: bytes).isProperUTF8)
            #expect(String(validating: bytes, as: UTF8.self) == nil)
        }
    }

    @Test func refusesTooMuch() {
        let deep = [UInt8](repeating: 91, count: 100_000)
        #expect(sentence { try JSON(reading: deep) }?.contains("32 deep") == true)
        let many = [91] + [UInt8]((0..<1_000_001).flatMap { _ in [48, 44] as [UInt8] }) + [48, 93]
        #expect(sentence { try JSON(reading: many) }?.contains("1000000 values") == true)
        #expect(sentence { try JSON(reading: [UInt8](repeating: 32, count: 17 << 20)) }?.contains("16 MB") == true)
    }

    @Test func neverWritesWhatIsNoNumber() {
        #expect(JSON.list([.number(.nan), .number(.infinity), .number(1)]).written() == Text("[null,null,1]").utf8)
    }

    @Test func prettyTextKeepsShortListsInALine() {
        let value = JSON.object([.init("a", .list([.number(1), .number(2)])), .init("b", .object([]))])
        #expect(Text(utf8: value.written(pretty: true)) == "{\n  \"a\": [1,2],\n  \"b\": {}\n}\n")
    }
}
