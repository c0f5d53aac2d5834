import StarlingDSP
import StarlingMath

/// Whose conventions `mfcc` follows, so that what was gathered with another program keeps its meaning.
///
/// All are causal and see one frame, as long as the project says; equal numbers need equal frames.
public enum CepstrumProfile: UInt8, Sendable, CaseIterable {
    /// 40 bands as librosa has them, in dB from -100.
    case own
    /// `librosa.feature.mfcc` with 128 bands. librosa limits levels to 80 dB below the loudest of a whole recording, which
    /// nobody knows while it is played: this is `S=power_to_db(melspectrogram(center=False), top_db=None)`.
    case librosa
    /// FluCoMa's MFCC: 40 triangles of height 1 on HTK's mel scale from 20 Hz to 20 kHz over magnitudes, 20 log10.
    ///
    /// Reference: flucoma-core, `MelBands.hpp`, `DCT.hpp` and `MFCCClient.hpp` with their defaults.
    case flucoma
    /// Meyda's mfcc: 26 triangles of height 1 whose corners are whole bins, over the power behind a symmetric Hann window,
    /// ln(1 + x), and a cosine transform without scaling.
    ///
    /// Reference: meyda, `mfcc.ts` and `createMelFilterBank` with their defaults.
    case meyda

    /// The word in project documents.
    public var name: StaticString {
        switch self {
        case .own: "own"
        case .librosa: "librosa"
        case .flucoma: "flucoma"
        case .meyda: "meyda"
        }
    }

    /// The profile of a name; nil where there is none.
    public static func named(_ name: Text) -> CepstrumProfile? { allCases.first { Text($0.name) == name } }

    /// How many bands it has unless another number is chosen.
    public var bandCount: Int {
        switch self {
        case .own, .flucoma: 40
        case .librosa: 128
        case .meyda: 26
        }
    }

    var isTransformOrthonormal: Bool { self != .meyda }
}

/// The band levels that a profile's cosine transform is made of.
final class ProfileBands {
    private let profile: CepstrumProfile
    /// Nil where the frame's own bands are the profile's.
    private let bank: MelBank?
    private let levels: Floats
    private let spectrum: PowerSpectrum?
    private let powers: Floats

    init(_ setup: FeatureSetup) {
        profile = setup.profile
        let isShared = setup.bandCount == Frame.bandCount && (profile == .own || profile == .librosa)
        bank = isShared ? nil : Self.bank(setup)
        levels = Floats(setup.bandCount)
        spectrum = profile == .meyda ? PowerSpectrum(frameSize: setup.frameSize, window: .hann, isSymmetric: true) : nil
        powers = Floats(setup.frameSize / 2 + 1)
    }

    private static func bank(_ setup: FeatureSetup) -> MelBank {
        let half = Double(setup.sampleRate) / 2
        let bins = Double(setup.frameSize) / Double(setup.sampleRate)
        let corners: [Double]
        switch setup.profile {
        case .own, .librosa:
            return MelBank(bandCount: setup.bandCount, frameSize: setup.frameSize, sampleRate: setup.sampleRate)
        case .flucoma:
            corners = MelScale.htk.corners(bandCount: setup.bandCount, from: 20, to: 20_000).map { $0 * bins }
        case .meyda:
            corners = MelScale.htk.corners(bandCount: setup.bandCount, from: 0, to: half).map {
                (Double(setup.frameSize + 1) * $0 / Double(setup.sampleRate)).rounded(.down)
            }
        }
        // Meyda leaves the last bin out.
        return MelBank(corners: corners, binCount: setup.frameSize / 2 + (setup.profile == .meyda ? 0 : 1)) { _ in 1 }
    }

    /// One level a band, valid until the next frame.
    func levels(of frame: Frame) -> UnsafePointer<Float> {
        guard let bank else { return frame.bandLevels }
        spectrum?.apply(frame.samples, into: powers.pointer)
        let source = spectrum != nil ? UnsafePointer(powers.pointer) : profile == .flucoma ? frame.magnitude : frame.power
        bank.apply(source, into: levels.pointer)
        for i in 0..<levels.count { levels[i] = level(levels[i]) }
        return UnsafePointer(levels.pointer)
    }

    @inline(__always) private func level(_ band: Float) -> Float {
        switch profile {
        case .own, .librosa: 10 * log10(max(band, 1e-10))
        case .flucoma: 20 * log10(max(band, 2.220_446e-16))
        case .meyda: fastLog(1 + band)
        }
    }
}
