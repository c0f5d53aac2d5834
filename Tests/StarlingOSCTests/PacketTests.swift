import StarlingMath
import StarlingOSC
import Testing

/// The bytes that `body` writes.
func packet(capacity: Int = 1 << 16, _ body: (inout OSCWriter) -> Void) -> [UInt8] {
    var bytes = [UInt8](repeating: 0xEE, count: capacity)
    let count = bytes.withUnsafeMutableBytes { buffer in
        var writer = OSCWriter(buffer)
        body(&writer)
        return writer.count
    }
    return Array(bytes[..<count])
}

/// A message with copies of all that it holds.
struct Read: Equatable {
    let address: Text
    let values: [OSCValue]
    let time: OSCTime
}

/// All messages of a packet, or what is wrong with it.
func read(_ bytes: [UInt8]) -> (messages: [Read], fault: OSCFault?) {
    var messages: [Read] = []
    let fault = bytes.withUnsafeBytes { bytes in
        OSCPacket.forEachMessage(in: bytes) {
            messages.append(Read(address: Text(utf8: $0.address), values: $0.values, time: $0.time))
        }
    }
    return (messages, fault)
}

let everything: [OSCValue] = [
    .int(-7), .float(0.25), .string("abc"), .string("abcd"), .string(""), .blob([1, 2, 3, 4, 5]), .blob([]),
    .long(-1 << 40), .time(OSCTime(bits: 0x0123_4567_89AB_CDEF)), .double(-1e300), .symbol("sym"), .character(65),
    .colour(0xFF00_1020), .midi(0x0090_4064), .flag(true), .flag(false), .nothing, .impulse,
    .list([.int(1), .list([.float(2)]), .list([])]),
]

@Suite struct PacketTests {
    @Test func theExamplesOfTheStandard() {
        // Open Sound Control 1.0, "Examples": /oscillator/4/frequency with 440.0, and /foo with five arguments.
        let first: [UInt8] = Array("/oscillator/4/frequency\0,f\0\0".utf8) + [0x43, 0xDC, 0, 0]
        #expect(packet { $0.message("/oscillator/4/frequency", [.float(440)]) } == first)
        let second: [UInt8] =
            Array("/foo\0\0\0\0,iisff\0\0".utf8) + [0, 0, 3, 0xE8, 0xFF, 0xFF, 0xFF, 0xFF]
            + Array("hello\0\0\0".utf8) + [0x3F, 0x9D, 0xF3, 0xB6, 0x40, 0xB5, 0xB2, 0x2D]
        let values: [OSCValue] = [.int(1000), .int(-1), .string("hello"), .float(1.234), .float(5.678)]
        #expect(packet { $0.message("/foo", values) } == second)
        #expect(read(second).messages == [Read(address: "/foo", values: values, time: .immediately)])
    }

    @Test func everyTypeComesBack() {
        let bytes = packet { $0.message("/all", everything) }
        #expect(bytes.count % 4 == 0)
        #expect(read(bytes).fault == nil)
        #expect(read(bytes).messages == [Read(address: "/all", values: everything, time: .immediately)])
    }

    @Test func bundlesWithinBundles() {
        let outer = OSCTime(seconds: 1_700_000_000.5)
        let inner = OSCTime(seconds: 1_700_000_001)
        let bytes = packet { writer in
            writer.bundle(outer) { writer in
                writer.message("/a", floats: [1, 2])
                writer.bundle(inner) { $0.message("/b") }
                writer.bundle { _ in }
                writer.message("/c", [.nothing])
            }
        }
        let (messages, fault) = read(bytes)
        #expect(fault == nil)
        #expect(messages.map(\.address) == ["/a", "/b", "/c"])
        #expect(messages.map(\.time) == [outer, inner, outer])
        #expect(outer.seconds == 1_700_000_000.5)
    }

    @Test func whatDoesNotFitIsLeftOutAsAWhole() {
        for capacity in 0...80 {
            let bytes = packet(capacity: capacity) { writer in
                writer.bundle { writer in
                    writer.message("/first", [.int(1)])
                    writer.message("/second", everything)
                    writer.message("/third")
                }
            }
            let (messages, fault) = read(bytes)
            #expect(bytes.isEmpty || fault == nil)
            #expect(!messages.contains { $0.address == "/second" })
        }
    }

    @Test func anAddressWithoutTypeTagsHasNoArguments() {
        #expect(read(Array("/old\0\0\0\0".utf8)).messages == [Read(address: "/old", values: [], time: .immediately)])
    }

    @Test func everyFaultHasItsSentence() {
        #expect(Set(OSCFault.allCases.map { "\($0.sentence)" }).count == OSCFault.allCases.count)
        #expect(read([]).fault == .empty)
        #expect(read([1, 2, 3, 4]).fault == .notOSC)
        #expect(read(Array("#bundle".utf8)).fault == .notOSC)
        #expect(read(Array("#bundle\0".utf8)).fault == .cutOff)
        #expect(read(Array("/abc".utf8)).fault == .cutOff)
        #expect(read(Array("/ab\0,f\0\0".utf8)).fault == .cutOff)
        #expect(read(Array("/ab\0,?\0\0".utf8)).fault == .unknownTag)
        #expect(read(Array("/ab\0,[\0\0".utf8)).fault == .unbalancedArray)
        #expect(read(Array("/ab\0,]\0\0".utf8)).fault == .unbalancedArray)
        #expect(read(Array("/ab\0,b\0\0".utf8) + [255, 255, 255, 255]).fault == .negativeSize)
        #expect(read(Array("/ab\0,\0\0\0".utf8) + [0, 0, 0, 0]).fault == .bytesLeft)
        #expect(read(Array("#bundle\0".utf8) + [0, 0, 0, 0, 0, 0, 0, 1, 255, 255, 255, 252]).fault == .negativeSize)
        var nested: [UInt8] = Array("/x\0\0".utf8)
        for _ in 0...OSCPacket.mostDepth {
            let size = UInt32(nested.count)
            nested = Array("#bundle\0".utf8) + [0, 0, 0, 0, 0, 0, 0, 1] + withUnsafeBytes(of: size.bigEndian, Array.init) + nested
        }
        #expect(read(nested).fault == .tooDeep)
    }
}
