import StarlingMath
import Testing

import StarlingProject

@Suite struct ChecksumTests {
    @Test func sha256AndCRC32AreThoseOfPython() throws {
        let data = (0..<5000).map { UInt8(($0 * 7 + 3) % 256) }
        for item in try jsonFixture("hashes.json").list! {
            let part = Array(data[..<Int(item[0].number!)])
            #expect(Sha256.name(of: part) == item[1].text!)
            #expect(Checksum.crc32(part) == UInt32(item[2].number!))
        }
    }

    /// The vectors of RFC 3720, appendix B.4, and the customary check value.
    @Test func crc32cIsThatOfTheStandard() {
        #expect(Checksum.crc32c([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
        #expect(Checksum.crc32c([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
        #expect(Checksum.crc32c((0..<32).map { UInt8($0) }) == 0x46DD_794E)
        #expect(Checksum.crc32c((0..<32).reversed().map { UInt8($0) }) == 0x113F_DB5C)
        #expect(Checksum.crc32c(Text("123456789").utf8) == 0xE306_9283)
    }
}
