import StarlingMath
import Testing

import StarlingProject

@Suite struct ArchiveTests {
    @Test func inflatesWhatZlibDeflates() throws {
        for item in try jsonFixture("deflate.json").list! {
            let packed = bytes(hex: item["packed"]!.text!)
            let size = Int(item["size"]!.number!)
            let unpacked = try Inflate.inflate(packed[...], size: size)
            #expect(Checksum.crc32(unpacked) == UInt32(item["crc"]!.number!))
            if size > 0 {
                #expect(throws: StarlingError.self) { try Inflate.inflate(packed[...], size: size - 1) }
                #expect(throws: StarlingError.self) { try Inflate.inflate(packed.dropLast(), size: size) }
            }
            #expect(throws: StarlingError.self) { try Inflate.inflate(packed[...], size: size + 1) }
        }
    }

    @Test(arguments: ["python.zip", "python-stream.zip"]) func readsArchivesOfPython(_ name: String) throws {
        let zip = try ZipReader(reading: fixture(name))
        #expect(zip.entries.map { $0.name } == ["folder/wörter.txt", "folder/zeros", "read me.txt"])
        #expect(try zip.unpack(zip.entry("read me.txt")!) == Text("hello").utf8)
        #expect(try zip.unpack(zip.entry("folder/zeros")!) == [UInt8](repeating: 0, count: 70_000))
        #expect(try zip.unpack(zip.entry("folder/wörter.txt")!).count == zip.entry("folder/wörter.txt")!.size)
        #expect(zip.entry("nothing") == nil)
    }

    @Test func readsWhatItWrites() throws {
        var writer = ZipWriter()
        try writer.add("b/ö.txt", [1, 2, 3])
        try writer.add("a", [])
        #expect(writer.archive == writer.archive)
        let zip = try ZipReader(reading: writer.archive)
        #expect(zip.entries.map { $0.name } == ["a", "b/ö.txt"])
        #expect(try zip.unpack(zip.entry("b/ö.txt")!) == [1, 2, 3])
        #expect(try zip.unpack(zip.entry("a")!) == [])
    }

    @Test(arguments: [
        "/etc/passwd", "../up", "a/../../up", "a/./b", "a//b", "C:/windows", "a\\b", "", "a\u{0}b", "..", ".", "/",
    ]) func refusesPathsThatLeaveTheFolder(_ path: String) throws {
        var writer = ZipWriter()
        try writer.add("project.json", [1])
        try writer.add(Text(path), [2])
        #expect(sentence { try ZipReader(reading: writer.archive) }?.contains("leave its folder") == true)
    }

    @Test func refusesNamesThatOccurTwice() throws {
        var writer = ZipWriter()
        for _ in 0..<2 { try writer.add("same", [1]) }
        #expect(sentence { try ZipReader(reading: writer.archive) } == "The archive holds \"same\" twice.")
    }

    /// An archive of one file, with numbers of its directory entry overwritten.
    private func forged(_ edits: [(offset: Int, size: Int, value: UInt64)], of content: [UInt8] = [1, 2, 3]) throws -> [UInt8] {
        var writer = ZipWriter()
        try writer.add("file", content)
        var bytes = writer.archive
        let directory = 30 + 4 + content.count
        for edit in edits {
            for i in 0..<edit.size { bytes[directory + edit.offset + i] = UInt8(truncatingIfNeeded: edit.value >> UInt64(8 * i)) }
        }
        return bytes
    }

    @Test func refusesWhatItCannotUnpack() throws {
        let forgeries: [([(offset: Int, size: Int, value: UInt64)], Text)] = [
            ([(8, 2, 0x0801)], "encrypted"),
            ([(10, 2, 12)], "method 12"),
            ([(24, 4, 0xFFFF_FFFF), (20, 4, 0xFFFF_FFFF)], "ZIP64"),
            ([(42, 4, 0xFFFF_FFFF)], "ZIP64"),
            ([(42, 4, 5)], "does not fit"),
            ([(42, 4, 0x7FFF_0000)], "behind its end"),
            ([(24, 4, 4)], "sizes of a stored file differ"),
            ([(24, 4, 1000), (20, 4, 1000)], "does not fit"),
            ([(28, 2, 60_000)], "cut off"),
            ([(0, 4, 0)], "cut off"),
        ]
        for (edits, part) in forgeries {
            let said = sentence { try ZipReader(reading: try forged(edits)) }
            #expect(said?.contains(part) == true, "\(part): \(said ?? "nothing")")
        }
        let wrongChecksum = try ZipReader(reading: try forged([(16, 4, 1)]))
        #expect(sentence { try wrongChecksum.unpack(wrongChecksum.entries[0]) }?.contains("checksum") == true)
        #expect(sentence { try ZipReader(reading: Text("not a zip").utf8) }?.contains("no directory") == true)
        #expect(sentence { try ZipReader(reading: []) }?.contains("no directory") == true)
    }

    @Test func refusesBombsBeforeUnpackingThem() throws {
        let claimsMuch = try forged([(10, 2, 8), (24, 4, 1_000_000_000)])
        #expect(sentence { try ZipReader(reading: claimsMuch) }?.contains("unpacks to too much") == true)
        let ratio = try forged([(10, 2, 8), (24, 4, 17 << 20)])
        #expect(sentence { try ZipReader(reading: ratio) }?.contains("unpacks to too much") == true)
        // A directory that claims little for data that holds much.
        let zeros = try jsonFixture("deflate.json").list!.first { $0["size"]!.number! == 70_000 }!
        let packed = bytes(hex: zeros["packed"]!.text!)
        let claimsLittle = try ZipReader(reading: try forged([(10, 2, 8), (24, 4, 10)], of: packed))
        #expect(sentence { try claimsLittle.unpack(claimsLittle.entries[0]) }?.contains("larger than it claims") == true)
        let manyFiles = sentence { try ZipReader(reading: fixture("python.zip"), limits: ZipLimits(entryCount: 2)) }
        #expect(manyFiles?.contains("at most 2") == true)
        let total = sentence { try ZipReader(reading: fixture("python.zip"), limits: ZipLimits(totalBytes: 80_000)) }
        #expect(total?.contains("unpacks to too much") == true)
    }
}
