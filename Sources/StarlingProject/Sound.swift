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
    /// All channels mixed to one: the mean of their samples.
    public var mono: [Float] {
        if channels.count == 1 { return channels[0] }
        let share = 1 / Float(channels.count)
        return (0..<count).map { frame in channels.reduce(0) { $0 + $1[frame] } * share }
    }
    /// How long it is.
    public var seconds: Double { Double(count) / Double(sampleRate) }
}
