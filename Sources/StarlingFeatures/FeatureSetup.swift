import StarlingDSP
import StarlingMath

/// How sound is cut into frames.
public struct FeatureSetup: Sendable, Equatable {
    /// The sample rates there are, in hertz.
    public static let sampleRates: ClosedRange<Hertz> = 8000...192_000
    /// The frame sizes there are: the powers of two within this range.
    public static let frameSizes = transformSizes
    /// The hop sizes there are.
    public static let hopSizes = 1...8192
    /// How many mel bands `mfcc` may be made of.
    public static let bandCounts = 13...128

    /// Sample-frames per second.
    public let sampleRate: Hertz
    /// The length of a frame in samples.
    public let frameSize: Int
    /// The samples between frame starts.
    public let hopSize: Int
    /// Whose conventions `mfcc` follows.
    public let profile: CepstrumProfile
    /// How many mel bands `mfcc` is made of.
    public let bandCount: Int

    /// A setup as it is, sensible or not; see `validate`. 0 bands are as many as the profile has.
    public init(
        sampleRate: Hertz, frameSize: Int = 1024, hopSize: Int = 256, profile: CepstrumProfile = .own, bandCount: Int = 0
    ) {
        self.sampleRate = sampleRate
        self.frameSize = frameSize
        self.hopSize = hopSize
        self.profile = profile
        self.bandCount = bandCount == 0 ? profile.bandCount : bandCount
    }

    /// How many hops are nearest to a time, at least one.
    func hops(_ seconds: Seconds) -> Int { max(1, Int((seconds * sampleRate / Float(hopSize)).rounded(.toNearestOrEven))) }

    /// The smallest power of two that is as long as a time, within `transformSizes`.
    func transformSize(_ seconds: Seconds) -> Int {
        var size = transformSizes.lowerBound
        while Float(size) < seconds * sampleRate, size < transformSizes.upperBound { size *= 2 }
        return size
    }

    /// The frequency of each bin of a frame's spectrum.
    var binFrequencies: [Hertz] { (0...frameSize / 2).map { Float($0) * (sampleRate / Float(frameSize)) } }

    /// Says what is wrong with the setup, if anything is.
    public func validate() throws(StarlingError) {
        guard Self.sampleRates.contains(sampleRate) else {
            throw StarlingError("The sample rate must be 8000 to 192000 Hz; convert the sound first.")
        }
        guard Self.frameSizes.contains(frameSize), frameSize & (frameSize - 1) == 0 else {
            throw StarlingError(
                "The frame size is " + Text(frameSize) + "; choose a power of two from 64 to 8192, for example 1024.")
        }
        guard Self.hopSizes.contains(hopSize) else {
            throw StarlingError("The hop size is " + Text(hopSize) + "; choose 1 to 8192 samples, for example 256.")
        }
        guard Self.bandCounts.contains(bandCount) else {
            throw StarlingError("There are " + Text(bandCount) + " mel bands; choose 13 to 128, for example 40.")
        }
    }
}
