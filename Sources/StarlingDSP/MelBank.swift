import StarlingMath

/// Overlapping triangular bands, evenly spread over the mel scale, each of the same area.
///
/// Cost: one multiplication for each bin and band that meet, about 2 x `binCount` in all.
/// Reference: `librosa.filters.mel` with its defaults (Slaney's scale and normalisation).
public final class MelBank {
    /// How many bands there are.
    public let bandCount: Int
    private let weights: Floats
    private let bands: UnsafeMutablePointer<Band>

    /// The bins that a band takes in, and where its weights begin.
    private struct Band {
        var firstBin = 0
        var binCount = 0
        var firstWeight = 0
    }

    /// Spreads `bandCount` bands over 0 Hz to half the sample rate, for spectra of `frameSize` samples.
    ///
    /// Where bands are narrower than bins, some may meet no bin and stay 0.
    public init(bandCount: Int, frameSize: Int, sampleRate: Hertz) {
        precondition(bandCount > 0, "a mel bank needs at least one band")
        self.bandCount = bandCount
        bands = .allocate(capacity: bandCount)
        let hertzPerBin = Double(sampleRate) / Double(frameSize)
        let top = MelScale.mel(hertz: Double(sampleRate) / 2)
        let edge = { (i: Int) in MelScale.hertz(mel: top * Double(i) / Double(bandCount + 1)) }
        var all: [Float] = []
        for band in 0..<bandCount {
            let triangle = Triangle(lower: edge(band), centre: edge(band + 1), upper: edge(band + 2))
            let bins = (0...frameSize / 2).filter { triangle.weight(hertz: Double($0) * hertzPerBin) > 0 }
            (bands + band).initialize(
                to: Band(firstBin: bins.first ?? 0, binCount: bins.count, firstWeight: all.count))
            all += bins.map { Float(triangle.weight(hertz: Double($0) * hertzPerBin)) }
        }
        weights = Floats(all)
    }

    deinit { bands.deallocate() }

    /// Sums a spectrum of `frameSize / 2 + 1` bins (of power, as a rule) into `bandCount` bands.
    public func apply(_ spectrum: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>) {
        for i in 0..<bandCount {
            let band = bands[i]
            output[i] = dot(weights.pointer + band.firstWeight, spectrum + band.firstBin, count: band.binCount)
        }
    }
}

/// A band's weights over frequency: from 0 up to the centre and down again, with an area of 1 over hertz.
private struct Triangle {
    let lower, centre, upper: Double

    func weight(hertz: Double) -> Double {
        let rising = (hertz - lower) / (centre - lower)
        let falling = (upper - hertz) / (upper - centre)
        return max(0, min(rising, falling)) * 2 / (upper - lower)
    }
}
