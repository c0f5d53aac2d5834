import StarlingMath

/// How a WAV file stores one sample.
private enum WavFormat {
    case unsigned8, signed16, signed24, signed32, float32, float64

    init?(code: UInt64, bits: UInt64) {
        switch (code, bits) {
        case (1, 8): self = .unsigned8
        case (1, 16): self = .signed16
        case (1, 24): self = .signed24
        case (1, 32): self = .signed32
        case (3, 32): self = .float32
        case (3, 64): self = .float64
        default: return nil
        }
    }

    var size: Int {
        switch self {
        case .unsigned8: 1
        case .signed16: 2
        case .signed24: 3
        case .signed32, .float32: 4
        case .float64: 8
        }
    }

    func sample(_ bits: UInt64) -> Float {
        switch self {
        case .unsigned8: Float(Int32(bits) - 128) * 0x1p-7
        case .signed16: Float(Int16(truncatingIfNeeded: bits)) * 0x1p-15
        case .signed24: Float(Int32(truncatingIfNeeded: bits << 8) >> 8) * 0x1p-23
        case .signed32: Float(Int32(truncatingIfNeeded: bits)) * 0x1p-31
        case .float32: Float(bitPattern: UInt32(truncatingIfNeeded: bits))
        case .float64: Float(Double(bitPattern: bits))
        }
    }
}

extension Sound {
    /// Reads a WAV file: PCM of 8, 16, 24 and 32 bits or floats of 32 and 64 bits, plain or WAVE_FORMAT_EXTENSIBLE,
    /// any count of channels and any sample rate. Chunks of other kinds are skipped.
    ///
    /// Throws a sentence for anything else, for a file that ends early, and for samples that are not finite.
    /// Reference: Multimedia Programming Interface and Data Specifications 1.0 (IBM and Microsoft, 1991), and
    /// mmreg.h for EXTENSIBLE.
    public init(wav bytes: [UInt8]) throws(StarlingError) {
        var reader = ByteReader(bytes)
        guard reader.number(4) == 0x4646_4952, reader.number(4) != nil, reader.number(4) == 0x4556_4157 else {
            throw complaint("This is no WAV file: it must begin with RIFF and WAVE.")
        }
        var layout: WavLayout?
        while let id = reader.number(4), let size = reader.number(4) {
            let isData = id == 0x6174_6164
            guard size <= UInt64(reader.remaining) else {
                throw complaint(
                    "The WAV file ends early: a part of % bytes is promised, % are left; copy the file again.",
                    Text(shortest: Double(size)), Text(reader.remaining))
            }
            let end = reader.position + Int(size)
            if id == 0x2074_6D66 { layout = try WavLayout(&reader, size: Int(size)) }
            if isData {
                guard let layout else { throw complaint("The WAV file has its sound before its format.") }
                self = try layout.sound(bytes, reader.position..<end)
                return
            }
            reader.position = min(end + end % 2, bytes.count)  // chunks begin at even places
        }
        throw complaint("The WAV file holds no sound: it ends before its data.")
    }
}

/// What the format chunk of a WAV file says.
private struct WavLayout {
    let format: WavFormat
    let channelCount: Int
    let sampleRate: Int

    init(_ reader: inout ByteReader, size: Int) throws(StarlingError) {
        let start = reader.position
        guard size >= 16, var code = reader.number(2), let channels = reader.number(2), let rate = reader.number(4),
            reader.number(4) != nil, let stride = reader.number(2), let bits = reader.number(2)
        else { throw complaint("The WAV file's format is cut off: it needs at least 16 bytes.") }
        if code == 0xFFFE {
            guard size >= 40 else { throw complaint("The WAV file's extensible format is cut off: it needs 40 bytes.") }
            reader.position = start + 24
            code = reader.number(2) ?? 0
        }
        guard let format = WavFormat(code: code, bits: bits) else {
            throw complaint(
                "The WAV file is of format % with % bits; PCM of 8, 16, 24 or 32 bits and floats of 32 or 64 bits can be read.",
                Text(Int(code)), Text(Int(bits)))
        }
        guard channels > 0, stride == channels * UInt64(format.size), rate > 0, rate <= 0x7FFF_FFFF else {
            throw complaint("The WAV file's format contradicts itself: channels, rate or bytes per sample-frame are wrong.")
        }
        self.format = format
        channelCount = Int(channels)
        sampleRate = Int(rate)
        reader.position = start
    }

    func sound(_ bytes: [UInt8], _ range: Range<Int>) throws(StarlingError) -> Sound {
        let stride = channelCount * format.size
        guard range.count % stride == 0 else {
            throw complaint("The WAV file ends in the middle of a sample-frame; copy the file again.")
        }
        var channels = [[Float]](repeating: [], count: channelCount)
        for channel in 0..<channelCount {
            channels[channel] = samples(bytes, from: range.lowerBound + channel * format.size, stride, range.count / stride)
            if let bad = channels[channel].firstIndex(where: { !$0.isFinite }) {
                throw complaint(
                    "The WAV file's channel % holds something that is no finite number at sample-frame %.",
                    Text(channel + 1), Text(bad))
            }
        }
        return Sound(sampleRate: sampleRate, channels: channels)
    }

    private func samples(_ bytes: [UInt8], from start: Int, _ stride: Int, _ count: Int) -> [Float] {
        bytes.withUnsafeBufferPointer { bytes in
            (0..<count).map { frame in
                var bits: UInt64 = 0
                for i in 0..<format.size { bits |= UInt64(bytes[start + frame * stride + i]) << UInt64(8 * i) }
                return format.sample(bits)
            }
        }
    }
}
