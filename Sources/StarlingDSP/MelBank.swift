import StarlingMath

/// Overlapping triangular bands, as a rule evenly spread over the mel scale and each of the same area.
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
    public convenience init(bandCount: Int, frameSize: Int, sampleRate: Hertz) {
        let corners = MelScale.slaney.corners(bandCount: bandCount, from: 0, to: Double(sampleRate) / 2)
        let bins = Double(frameSize) / Double(sampleRate)
        self.init(corners: corners.map { $0 * bins }, binCount: frameSize / 2 + 1) { 2 * bins / ($0.upper - $0.lower) }
    }

    /// Triangles between corners in bins: one from each corner over the next to the one after it, as high as `height` says.
    public init(corners: [Double], binCount: Int, height: (Triangle) -> Double) {
        precondition(corners.count > 2, "a mel bank needs at least one band")
        bandCount = corners.count - 2
        bands = .allocate(capacity: bandCount)
        var all: [Float] = []
        for band in 0..<bandCount {
            let triangle = Triangle(lower: corners[band], centre: corners[band + 1], upper: corners[band + 2])
            let bins = (0..<binCount).filter { triangle.weight(bin: Double($0)) > 0 }
            (bands + band).initialize(
                to: Band(firstBin: bins.first ?? 0, binCount: bins.count, firstWeight: all.count))
            let height = height(triangle)
            all += bins.map { Float(triangle.weight(bin: Double($0)) * height) }
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

/// A band's weights over bins: from 0 up to 1 at the centre and down again.
public struct Triangle {
    let lower, centre, upper: Double

    func weight(bin: Double) -> Double {
        let rising = centre > lower ? (bin - lower) / (centre - lower) : 1
        let falling = upper > centre ? (upper - bin) / (upper - centre) : 0
        return bin < lower ? 0 : max(0, min(rising, falling))
    }
}
