import StarlingMath

/// Decompresses deflate data.
///
/// Reference: RFC 1951. Codes are decoded bit by bit from the counts of their lengths: small, and some 20 MB a second.
public enum Inflate {
    /// The decompressed bytes of deflate data, which must be exactly `size`.
    ///
    /// Throws a sentence where the data is damaged, or is larger than `size`; no more than that is ever held.
    public static func inflate(_ bytes: ArraySlice<UInt8>, size: Int) throws(StarlingError) -> [UInt8] {
        var inflater = Inflater(bytes: bytes, limit: size)
        try inflater.run()
        guard inflater.output.count == size else { throw Inflater.damaged("it is shorter than it claims") }
        return inflater.output
    }
}

/// A prefix code: how many codes there are of each length, and their symbols in the order of the codes.
private struct PrefixCode {
    private(set) var counts = [UInt16](repeating: 0, count: 16)
    private(set) var symbols: [UInt16]

    /// The canonical code of these lengths; nil where more codes are claimed than there are.
    init?(lengths: ArraySlice<UInt8>) {
        for length in lengths { counts[Int(length)] += 1 }
        counts[0] = 0
        var offsets = [UInt16](repeating: 0, count: 17)
        var left = 1
        for length in 1..<16 {
            left = left * 2 - Int(counts[length])
            guard left >= 0 else { return nil }
            offsets[length + 1] = offsets[length] + counts[length]
        }
        symbols = [UInt16](repeating: 0, count: lengths.count)
        for (symbol, length) in lengths.enumerated() where length > 0 {
            symbols[Int(offsets[Int(length)])] = UInt16(symbol)
            offsets[Int(length)] += 1
        }
    }
}

private struct Inflater {
    let bytes: ArraySlice<UInt8>
    let limit: Int
    var output: [UInt8] = []
    private var at: Int
    private var bitBuffer: UInt32 = 0
    private var bitCount = 0

    init(bytes: ArraySlice<UInt8>, limit: Int) {
        self.bytes = bytes
        self.limit = limit
        at = bytes.startIndex
    }

    static func damaged(_ what: StaticString) -> StarlingError {
        complaint("The compressed data is damaged: %; get the file again.", Text(what))
    }

    mutating func run() throws(StarlingError) {
        var isLast = false
        while !isLast {
            isLast = try bits(1) == 1
            switch try bits(2) {
            case 0: try stored()
            case 1: try compressed(Self.fixedLiterals, Self.fixedDistances)
            case 2:
                let (literals, distances) = try codes()
                try compressed(literals, distances)
            default: throw Self.damaged("a block is of no known kind")
            }
        }
    }

    /// The next bits, at most 16, the first one lowest.
    private mutating func bits(_ count: Int) throws(StarlingError) -> Int {
        while bitCount < count {
            guard at < bytes.endIndex else { throw Self.damaged("it ends early") }
            bitBuffer |= UInt32(bytes[at]) << UInt32(bitCount)
            at += 1
            bitCount += 8
        }
        let value = bitBuffer & (1 << UInt32(count) - 1)
        bitBuffer >>= UInt32(count)
        bitCount -= count
        return Int(value)
    }

    private mutating func symbol(_ code: PrefixCode) throws(StarlingError) -> Int {
        var value = 0
        var first = 0
        var index = 0
        for length in 1..<16 {
            value |= try bits(1)
            let count = Int(code.counts[length])
            if value - first < count { return Int(code.symbols[index + value - first]) }
            index += count
            first = (first + count) << 1
            value <<= 1
        }
        throw Self.damaged("it holds a code that does not exist")
    }

    private func checkRoom(for count: Int) throws(StarlingError) {
        guard count <= limit - output.count else { throw Self.damaged("it is larger than it claims") }
    }

    private mutating func stored() throws(StarlingError) {
        bitBuffer = 0
        bitCount = 0
        let count = try bits(16)
        guard try bits(16) == ~count & 0xFFFF else { throw Self.damaged("the length of a stored block is wrong") }
        guard count <= bytes.endIndex - at else { throw Self.damaged("it ends early") }
        try checkRoom(for: count)
        output += bytes[at..<at + count]
        at += count
    }

    private mutating func compressed(_ literals: PrefixCode, _ distances: PrefixCode) throws(StarlingError) {
        while true {
            let symbol = try symbol(literals)
            if symbol == 256 { return }
            if symbol < 256 {
                try checkRoom(for: 1)
                output.append(UInt8(symbol))
            } else {
                try copy(lengthSymbol: symbol - 257, distances)
            }
        }
    }

    private mutating func copy(lengthSymbol: Int, _ distances: PrefixCode) throws(StarlingError) {
        guard lengthSymbol < 29 else { throw Self.damaged("a length does not exist") }
        let length = Self.lengths[lengthSymbol] + (try bits(Self.lengthBits[lengthSymbol]))
        let symbol = try symbol(distances)
        guard symbol < 30 else { throw Self.damaged("a distance does not exist") }
        let distance = Self.distances[symbol] + (try bits(symbol < 2 ? 0 : symbol / 2 - 1))
        guard distance <= output.count else { throw Self.damaged("it refers to what lies before its start") }
        try checkRoom(for: length)
        for _ in 0..<length { output.append(output[output.count - distance]) }
    }

    private mutating func codes() throws(StarlingError) -> (PrefixCode, PrefixCode) {
        let literalCount = try bits(5) + 257
        let distanceCount = try bits(5) + 1
        let lengthCount = try bits(4) + 4
        guard literalCount <= 286, distanceCount <= 30 else { throw Self.damaged("a code has too many symbols") }
        var codeLengths = [UInt8](repeating: 0, count: 19)
        for i in 0..<lengthCount { codeLengths[Self.lengthOrder[i]] = UInt8(try bits(3)) }
        guard let lengthCode = PrefixCode(lengths: codeLengths[...]) else { throw Self.damaged("a code has too many symbols") }
        let lengths = try self.codeLengths(literalCount + distanceCount, lengthCode)
        guard let literals = PrefixCode(lengths: lengths[..<literalCount]),
            let distances = PrefixCode(lengths: lengths[literalCount...])
        else { throw Self.damaged("a code has too many symbols") }
        return (literals, distances)
    }

    private mutating func codeLengths(_ count: Int, _ code: PrefixCode) throws(StarlingError) -> [UInt8] {
        var lengths: [UInt8] = []
        while lengths.count < count {
            let symbol = try symbol(code)
            switch symbol {
            case ..<16: lengths.append(UInt8(symbol))
            case 16:
                guard let last = lengths.last else { throw Self.damaged("a repetition has nothing to repeat") }
                lengths += [UInt8](repeating: last, count: 3 + (try bits(2)))
            case 17: lengths += [UInt8](repeating: 0, count: 3 + (try bits(3)))
            default: lengths += [UInt8](repeating: 0, count: 11 + (try bits(7)))
            }
        }
        guard lengths.count == count else { throw Self.damaged("a code has too many symbols") }
        return lengths
    }

    private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    /// Extra bits of each length symbol: none for the first eight and the last, then one more every four.
    private static let lengthBits = (0..<29).map { $0 < 8 || $0 == 28 ? 0 : $0 / 4 - 1 }
    private static let lengths = (0..<29).map { i in
        i == 28 ? 258 : 3 + lengthBits[..<i].reduce(0) { $0 + 1 << $1 }
    }
    private static let distances = (0..<30).map { i in
        1 + (0..<i).reduce(0) { $0 + 1 << ($1 < 2 ? 0 : $1 / 2 - 1) }
    }
    private static let fixedLiterals = fixed((0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
    private static let fixedDistances = fixed([UInt8](repeating: 5, count: 30))

    private static func fixed(_ lengths: [UInt8]) -> PrefixCode {
        guard let code = PrefixCode(lengths: lengths[...]) else { preconditionFailure("the fixed codes are complete") }
        return code
    }
}
