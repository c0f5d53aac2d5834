/// Names for quantities, so that a signature says what its numbers mean.
///
/// Frequency is in hertz, time in seconds, level in decibels, phase in cycles 0..<1,
/// and pitch a MIDI note number (69 = A4 = 440 Hz) that may be fractional.

/// Cycles per second.
public typealias Hertz = Float
/// Time in seconds.
public typealias Seconds = Float
/// Level in decibels; 0 dB is an amplitude of 1.
public typealias Decibels = Float
/// Pitch as a MIDI note number: 69 is 440 Hz, one semitone is 1.
public typealias NoteNumber = Float
/// A time or duration counted in sample-frames.
public typealias SampleCount = Int

/// The frequency of a MIDI note number in equal temperament, A4 = 440 Hz.
@inlinable public func hertz(note: NoteNumber) -> Hertz {
    440 * fastExp2((note - 69) * (1 / 12))
}

/// The MIDI note number of a frequency above 0 Hz, A4 = 440 Hz.
@inlinable public func noteNumber(hertz: Hertz) -> NoteNumber {
    69 + 12 * fastLog2(hertz * (1 / 440))
}

/// The amplitude of a level in decibels.
@inlinable public func amplitude(decibels: Decibels) -> Float {
    fastExp2(decibels * 0.166_096_404_744_368_1)
}

/// The level of an amplitude in decibels; at and below 1e-10 it is -200 dB.
@inlinable public func decibels(amplitude: Float) -> Decibels {
    amplitude > 1e-10 ? 6.020_599_913_279_624 * fastLog2(amplitude) : -200
}
