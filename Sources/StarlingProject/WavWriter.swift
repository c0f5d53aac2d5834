import StarlingMath

extension Sound {
    /// The sound as a WAV file of 32-bit floats: what it is, bit for bit.
    public var wavFloat32: [UInt8] { wav(isFloat: true) }

    /// The sound as a WAV file of 16-bit PCM: rounded to nearest, limited to full scale, without dither; NaN is 0.
    public var wav16: [UInt8] { wav(isFloat: false) }

    private func wav(isFloat: Bool) -> [UInt8] {
        let code: UInt64 = isFloat ? 3 : 1
        let size = isFloat ? 4 : 2
        let stride = channels.count * size
        let dataSize = count * stride
        var bytes: [UInt8] = []
        bytes.reserveCapacity(58 + dataSize)
        bytes += Text("RIFF").utf8
        bytes.append(UInt64(50 + dataSize + dataSize % 2), size: 4)
        bytes += Text("WAVEfmt ").utf8
        let fields: [(UInt64, Int)] = [
            (18, 4), (code, 2), (UInt64(channels.count), 2), (UInt64(sampleRate), 4), (UInt64(sampleRate) * UInt64(stride), 4),
            (UInt64(stride), 2), (UInt64(8 * size), 2), (0, 2),
        ]
        for (value, size) in fields { bytes.append(value, size: size) }
        // Formats other than PCM say how many sample-frames there are; in PCM it does no harm.
        bytes += Text("fact").utf8
        bytes.append(4, size: 4)
        bytes.append(UInt64(count), size: 4)
        bytes += Text("data").utf8
        bytes.append(UInt64(dataSize), size: 4)
        for frame in 0..<count {
            for channel in channels { bytes.append(isFloat ? UInt64(channel[frame].bitPattern) : Self.bits16(channel[frame]), size: size) }
        }
        if dataSize % 2 == 1 { bytes.append(0) }
        return bytes
    }

    private static func bits16(_ sample: Float) -> UInt64 {
        let scaled = (sample * 32_768).rounded(.toNearestOrEven)
        return UInt64(truncatingIfNeeded: scaled.isNaN ? 0 : Int(clamp(scaled, -32_768, 32_767)))
    }
}
