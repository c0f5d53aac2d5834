import StarlingMath

/// Sound as sample-frames of one or more channels.
public struct Sound: Equatable, Sendable {
    /// Sample-frames per second, above 0.
    public let sampleRate: Int
    /// The samples of each channel, all of the same length; full scale is -1...1.
    public let channels: [[Float]]

    /// Sound from its channels, which must be of the same length, at least one.
    public init(sampleRate: Int, channels: [[Float]]) {
        precondition(sampleRate > 0, "a sample rate must be above 0")
        precondition(!channels.isEmpty, "a sound needs at least one channel")
        precondition(channels.allSatisfy { $0.count == channels[0].count }, "channels must be of the same length")
        self.sampleRate = sampleRate
        self.channels = channels
    }

    /// How many sample-frames there are.
    public var count: SampleCount { channels[0].count }
    /// How long it is.
    public var seconds: Double { Double(count) / Double(sampleRate) }
}
