import StarlingOSC

/// CPU-bound work in one thread, so the clock tells how long it takes; the best of ten rounds is the least disturbed.
func measure(_ name: String, count: Int, _ work: () -> Void) {
    let clock = ContinuousClock()
    let best = (0..<10).map { _ in clock.measure(work) }.min()!
    let seconds = best / .seconds(1)
    print("\(name): \((Double(count) / seconds / 1e6 * 100).rounded() / 100) M messages/s")
}

func packet(_ body: (inout OSCWriter) -> Void) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 65_507)
    let count = bytes.withUnsafeMutableBytes { buffer in
        var writer = OSCWriter(buffer)
        body(&writer)
        return writer.count
    }
    return Array(bytes[..<count])
}

let count = 1_000_000
let inputs = packet { $0.message("/wek/inputs", floats: [Float](repeating: 0.5, count: 15)) }
let mixed = packet { $0.message("/track/1/note", [.int(60), .float(0.5), .string("piano"), .flag(true)]) }
let bundle = packet { writer in
    writer.bundle { writer in for _ in 0..<10 { writer.message("/wek/inputs", floats: [1, 2, 3]) } }
}
nonisolated(unsafe) var sum: Double = 0

func read(_ bytes: [UInt8], times: Int) {
    bytes.withUnsafeBytes { bytes in
        for _ in 0..<times {
            OSCPacket.forEachMessage(in: bytes) { message in
                for argument in message.arguments { sum += argument.number ?? 1 }
            }
        }
    }
}

measure("read /wek/inputs with 15 floats", count: count) { read(inputs, times: count) }
measure("read a message of four types", count: count) { read(mixed, times: count) }
measure("read bundles of ten messages with 3 floats", count: count) { read(bundle, times: count / 10) }

let space = UnsafeMutableRawBufferPointer.allocate(byteCount: 2_048, alignment: 8)
let address = Array("/wek/outputs".utf8)
let values: [Float] = [1, 2, 3, 4, 5]
measure("write /wek/outputs with 5 floats", count: count) {
    for _ in 0..<count {
        var writer = OSCWriter(space)
        address.withUnsafeBufferPointer { address in values.withUnsafeBufferPointer { writer.message(address, floats: $0) } }
        sum += Double(writer.count)
    }
}
if sum < 0 { print(sum) }
