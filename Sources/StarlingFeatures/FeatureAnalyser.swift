import StarlingDSP
import StarlingMath

/// Listens to a stream of samples and measures all features of its latest frame.
///
/// The features share one history and one spectrum. All memory is taken in `init`; `write` and `analyse` neither
/// allocate nor lock and give the same bits in every build. Samples are limited to full scale, -1...1; what is not
/// a number, and what lies below -200 dB, counts as silence.
public final class FeatureAnalyser {
    /// How the sound is cut into frames.
    public let setup: FeatureSetup
    /// How many values `analyse` writes: all outputs of all features in the order of the catalogue.
    public let outputCount: Int
    /// Which features are measured: bit i stands for record i of the catalogue. All, at first.
    ///
    /// A feature that is off costs nothing and leaves its values as they are; switched on again it begins anew.
    public var active: UInt32 = .max {
        didSet { forEach(in: active & ~oldValue) { feature, _ in feature.reset() } }
    }

    /// What counts as a beginning; may be changed at any time.
    public var onsets: OnsetSettings {
        get { frame.onsets }
        set { frame.onsets = newValue }
    }

    private let history: History
    private let frame: Frame
    private let features: [Feature]
    private let offsets: [Int]

    /// Takes memory for all features as they are by default; sizes must be within the ranges of `FeatureSetup`.
    public convenience init(sampleRate: Hertz, frameSize: Int, hopSize: Int) {
        self.init(FeatureSetup(sampleRate: sampleRate, frameSize: frameSize, hopSize: hopSize))
    }

    /// Takes memory for all features; the setup must be valid.
    public init(_ setup: FeatureSetup) {
        precondition((try? setup.validate()) != nil, "the setup of the features is out of range")
        self.setup = setup
        var offsets: [Int] = [0]
        var features: [Feature] = []
        var reach = Frame.reach(setup)
        for info in FeatureCatalogue.all {
            let feature = info.make(setup)
            reach = max(reach, feature.reach)
            features.append(feature)
            offsets.append(offsets[offsets.count - 1] + info.outputs.count)
        }
        self.features = features
        self.offsets = offsets
        outputCount = offsets[features.count]
        history = History(capacity: reach)
        frame = Frame(setup, history: history)
    }

    /// Takes in the next samples.
    public func write(_ samples: UnsafePointer<Float>, count: Int) {
        for i in 0..<count { history.append(limited(samples[i])) }
    }

    /// Measures the frame that ends at the latest sample; to be called after each hop. Before the first sample was silence.
    public func analyse(into values: UnsafeMutablePointer<Float>) {
        frame.advance()
        forEach(in: active) { feature, offset in feature.compute(frame, into: values + offset) }
    }

    /// Forgets all sound.
    public func reset() {
        history.reset()
        frame.reset()
        forEach(in: .max) { feature, _ in feature.reset() }
    }

    private func forEach(in mask: UInt32, _ body: (Feature, Int) -> Void) {
        for i in 0..<features.count where mask >> UInt32(i) & 1 == 1 { body(features[i], offsets[i]) }
    }
}

/// A sample limited to full scale; 0 for NaN and for what is too faint to hear but would slow arithmetic down.
@inline(__always) private func limited(_ sample: Float) -> Float {
    let magnitude = sample.magnitude
    guard magnitude >= 1e-10 else { return 0 }
    return magnitude <= 1 ? sample : (sample < 0 ? -1 : 1)
}
