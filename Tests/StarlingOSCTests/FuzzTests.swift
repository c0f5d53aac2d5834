import Foundation
import StarlingMath
import StarlingOSC
import Testing

/// Random packets, and good ones with something changed: each is read or refused, and nothing outside it is touched.
@Suite struct FuzzTests {
    /// `STARLING_OSC_FUZZ` sets how many packets; a million take some seconds.
    static let count = ProcessInfo.processInfo.environment["STARLING_OSC_FUZZ"].flatMap { Int($0) } ?? 1_000_000
    static let seed: UInt64 = 20_240_117

    @Test func nothingBreaksTheReader() {
        var random = SeededRandom(seed: FuzzTests.seed)
        var faults = [Int](repeating: 0, count: OSCFault.allCases.count)
        var messageCount = 0
        var readable = 0
        var argumentBytes = 0
        let good = samples()
        for round in 0..<FuzzTests.count {
            let bytes = round % 4 == 0 ? noise(&random) : mutated(good[round % good.count], &random)
            // A copy of just these bytes, so that an address sanitizer would see each step beyond.
            let fault = bytes.withUnsafeBytes { bytes in
                OSCPacket.forEachMessage(in: bytes) { message in
                    messageCount += 1
                    for argument in message.arguments { argumentBytes &+= size(argument) }
                }
            }
            if let fault { faults[Int(fault.rawValue)] += 1 } else { readable += 1 }
        }
        #expect(faults.reduce(0, +) + readable == FuzzTests.count, "seed \(FuzzTests.seed)")
        // What was fed is known to hold each of these; an error of the generator would show here.
        for fault in OSCFault.allCases where fault != .empty && fault != .tooDeep {
            #expect(faults[Int(fault.rawValue)] > 0, "no packet was \(fault); seed \(FuzzTests.seed)")
        }
        #expect(readable > FuzzTests.count / 20 && messageCount > 0 && argumentBytes > 0)
    }

    private func size(_ argument: OSCArgument) -> Int {
        switch argument {
        case .string(let bytes), .symbol(let bytes), .blob(let bytes): bytes.reduce(0) { $0 &+ Int($1) }
        default: 1
        }
    }

    private func samples() -> [[UInt8]] {
        [
            packet { $0.message("/wek/inputs", floats: [1, 2, 3]) },
            packet { $0.message("/all", everything) },
            packet { writer in
                writer.bundle { writer in
                    writer.message("/a", [.string("hello"), .blob([1, 2, 3])])
                    writer.bundle { $0.message("/b", [.list([.int(1)])]) }
                }
            },
        ]
    }

    private func noise(_ random: inout SeededRandom) -> [UInt8] {
        var bytes = (0..<1 + Int(random.next() % 64)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        if random.next() % 2 == 0 { bytes[0] = UInt8(ascii: "/") }
        return bytes
    }

    private func mutated(_ bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<1 + random.next() % 3 {
            let place = Int(random.next() % UInt64(bytes.count))
            switch random.next() % 4 {
            case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
            case 1: bytes[place] ^= 1 << UInt8(random.next() % 8)
            case 2: if bytes.count > 4 { bytes.removeLast(1 + place % 4) }
            default: bytes.insert(UInt8(truncatingIfNeeded: random.next() % 4 == 0 ? 0 : random.next()), at: place)
            }
        }
        return bytes
    }
}
