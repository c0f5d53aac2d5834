import StarlingMath
import Testing

import StarlingProject

@Suite struct CSVTests {
    private func read(_ text: String, header: CSV.Header = .detected) throws -> CSV { try CSV(reading: Array(text.utf8), header: header) }

    @Test func readsWhatPythonWrites() throws {
        for item in try jsonFixture("sheets.json").list! {
            let rows = item["rows"]!.list!.map { $0.list!.map { $0.text! } }
            let sheet = try CSV(reading: item["text"]!.text!.utf8)
            #expect(sheet.columns == rows[0])
            #expect((0..<sheet.rowCount).map { row in (0..<3).map { sheet.text(row: row, column: $0) } } == Array(rows[1...]))
        }
    }

    @Test func findsSeparatorAndDecimalComma() throws {
        let comma = try read("a,b\n1.5,2e3\n")
        #expect(try comma.number(row: 0, column: 1) == 2000)
        let semicolon = try read("a;\"b,c;d\"\r\n1,5;-2.5\r\n")
        #expect(semicolon.columns == ["a", "b,c;d"])
        #expect(try semicolon.number(row: 0, column: 0) == 1.5)
        #expect(try semicolon.number(row: 0, column: 1) == -2.5)
        let tab = try read("a\tb;c\n 1 \t2\n")
        #expect(tab.columns == ["a", "b;c"])
        #expect(try tab.number(row: 0, column: 0) == 1)
    }

    @Test func aHeaderIsARowWithoutNumbers() throws {
        #expect(try read("a,b\n1,2").columns == ["a", "b"])
        #expect(try read("1,ok\n2,ok").columns == ["column-1", "column-2"])
        #expect(try read("1,ok\n2,ok").rowCount == 2)
        #expect(try read("1,2\n3,4", header: .present).columns == ["1", "2"])
        #expect(try read("a,b", header: .absent).rowCount == 1)
        #expect(try read("").rowCount == 0)
        #expect(try read("\u{FEFF}").columns == [])
    }

    @Test func lineEndsOfEveryKind() throws {
        for end in ["\n", "\r\n", "\r"] {
            let sheet = try read(["x", "1", "", "2", ""].joined(separator: end))
            #expect(sheet.rowCount == 2)
            #expect(try sheet.number(row: 1, column: 0) == 2)
        }
    }

    @Test func errorsHaveLineAndColumn() throws {
        #expect(sentence { try self.read("a,b\n1,2\n3\n") }?.contains("Line 3 has 1 columns, but the first has 2") == true)
        #expect(sentence { try self.read("a,b\n1,\"2\n3") }?.contains("Line 2, column 2 begins with a quote") == true)
        #expect(sentence { try self.read("a,b\n1,\"2\"3\n") }?.contains("Line 2, column 2 goes on") == true)
        #expect(sentence { try self.read("a,b\n1,2\"\n") }?.contains("Line 2, column 2 has a quote") == true)
        #expect(sentence { try self.read("a,b\n1,\"x\ny\"\n3,inf\n").number(row: 1, column: 1) }
            == "Line 4, column 2 (b) should be a finite number, but is \"inf\".")
        #expect(sentence { try self.read("a,b\r1,x\r").number(row: 0, column: 1) }?.contains("Line 2, column 2 (b)") == true)
    }

    @Test func readsWhatItWrites() throws {
        for seed in UInt64(0)..<300 {
            var random = SeededRandom(seed: seed)
            let alphabet = Array("ab\",;\t\n\r 1é".utf8)
            let width = 1 + random.index(below: 4)
            let rows = (0..<5).map { _ in
                (0..<width).map { _ in
                    Text(utf8: (0..<random.index(below: 6)).map { _ in alphabet[random.index(below: alphabet.count)] })
                }
            }
            var writer = CSVWriter()
            for row in rows {
                for cell in row { writer.add(cell) }
                writer.endRow()
            }
            let sheet = try CSV(reading: writer.bytes, header: .absent)
            #expect((0..<sheet.rowCount).map { row in (0..<width).map { sheet.text(row: row, column: $0) } } == rows, "seed \(seed)")
        }
    }
}

@Suite struct RowsTests {
    @Test func goThroughBytesAndCSVBitForBit() throws {
        for seed in UInt64(0)..<50 {
            var random = SeededRandom(seed: seed)
            let columns = 1 + random.index(below: 20)
            let values = (0..<columns * random.index(below: 30)).map { _ in
                let float = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
                return float.isFinite ? float : -0.0
            }
            let rows = try Rows(columnCount: columns, rate: 187.5, values: values)
            let names = (0..<columns).map { "c-" + Text($0) }
            #expect(try Rows(reading: rows.bytes).values.map { $0.bitPattern } == values.map { $0.bitPattern }, "seed \(seed)")
            #expect(try Rows(csv: rows.csv(columns: names), columns: names, rate: 187.5).bytes == rows.bytes, "seed \(seed)")
        }
    }

    @Test func csvBeginsWithTimeInSeconds() throws {
        let rows = try Rows(columnCount: 1, rate: 187.5, values: [0.1, 2, -3e-9])
        #expect(Text(utf8: rows.csv(columns: ["pitch"])) == "time,pitch\n0,0.1\n0.005333,2\n0.010667,-3e-9\n")
    }

    @Test func claimsAreChecked() throws {
        let good = try Rows(columnCount: 2, rate: 100, values: [1, 2, 3, 4]).bytes
        func edited(_ place: Int, _ value: UInt8) -> [UInt8] {
            var bytes = good
            bytes[place] = value
            return bytes
        }
        // 10^9 rows, 2^32 columns, no columns, another version, NaN as rate and as a number.
        for bad in [edited(11, 0x3B), edited(15, 0xFF), edited(12, 0), edited(4, 2), edited(0, 0), Array(good.dropLast()), []] {
            #expect(throws: StarlingError.self) { try Rows(reading: bad) }
        }
        var nan = good
        nan.replaceSubrange(16..<24, with: [0, 0, 0, 0, 0, 0, 0xF8, 0x7F])
        #expect(sentence { try Rows(reading: nan) }?.contains("rate") == true)
        nan = good
        nan.replaceSubrange(32..<36, with: [0, 0, 0xC0, 0x7F])
        #expect(sentence { try Rows(reading: nan) }?.contains("Row 2") == true)
    }
}
