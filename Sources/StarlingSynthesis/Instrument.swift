import StarlingDSP
import StarlingMath

/// Makes sound from notes. Subclasses are the instruments.
///
/// All memory is taken in `init`. Nothing else allocates, locks or throws, and what comes out is never NaN, infinite or
/// subnormal. The result depends on when notes and ticks come, not on how `render` is cut into pieces.
open class Instrument {
    /// For subclasses.
    public init() {}

    /// Falls silent at once and forgets all notes, as if just made; the next tick's parameters hold without a ramp.
    open func reset() {}

    /// Plays the sounds of a bank from now on; to be told once, at setup.
    open func use(_ sounds: SoundBank) {}

    /// Begins a note with the next sample-frame; a note that sounds already begins anew.
    ///
    /// The note number is limited to 0...127, the velocity to 0...1. Where all voices are taken, the one that is missed
    /// least takes the new note.
    open func noteOn(_ note: NoteNumber, velocity: Float) {}

    /// Ends a note that was begun with this very number, beginning with the next sample-frame.
    open func noteOff(_ note: NoteNumber) {}

    /// Ends all notes, beginning with the next sample-frame.
    open func allNotesOff() {}

    /// Takes the parameter values to reach by the end of the tick that begins now, in the order of the catalogue record.
    open func tick(_ parameters: UnsafePointer<Float>) {}

    /// Adds the next `count` sample-frames, at most the rest of the tick.
    open func render(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, count: Int) {}
}
