import StarlingMath
import StarlingProject

/// A note that begins or ends in a piece of music.
public struct ScoreNote: Sendable, Equatable {
    /// Seconds since the piece began.
    public let time: Double
    /// 1...16.
    public let channel: Int
    /// The MIDI note number, 0...127.
    public let note: Int
    /// 0...1, 0 where the note ends.
    public let velocity: Float
}

/// The notes of a Standard MIDI File, of all its tracks and at the tempo it says.
///
/// Reference: Standard MIDI Files 1.0 (MIDI Manufacturers Association, 1988).
public struct MIDIFile: Sendable {
    /// In order of time; at the same time, ends come before beginnings.
    public private(set) var notes: [ScoreNote] = []
    /// How many messages are no notes (controllers, bends, programs) and were left out.
    public private(set) var otherCount = 0
    /// When the last track ends, in seconds.
    public private(set) var seconds = 0.0

    /// Reads a file of format 0 or 1; throws a sentence for anything else, and for one that ends early.
    public init(_ bytes: [UInt8]) throws(StarlingError) {
        var reader = TrackReader(bytes[...])
        guard reader.number(4) == 0x4D54_6864, let size = reader.number(4), var head = reader.part(size),
            let format = head.number(2), let trackCount = head.number(2), let division = head.number(2)
        else { throw StarlingError("This is no MIDI file: it must begin with MThd.") }
        guard format < 2 else {
            throw StarlingError("The MIDI file holds independent patterns (format 2). Save it with format 0 or 1.")
        }
        var events: [TrackEvent] = []
        while let id = reader.number(4), let size = reader.number(4) {
            guard let part = reader.part(size) else { throw Self.early }
            if id == 0x4D54_726B { events += try Self.events(part) }
        }
        guard trackCount == 0 || !events.isEmpty else { throw Self.early }
        play(events.sorted { ($0.tick, $0.order) < ($1.tick, $1.order) }, division)
    }

    private static var early: StarlingError { StarlingError("The MIDI file ends early: copy or export it again.") }

    private static func events(_ part: TrackReader) throws(StarlingError) -> [TrackEvent] {
        var track = part
        var events: [TrackEvent] = []
        while !track.isAtEnd {
            guard let event = track.event() else { throw early }
            events.append(event)
        }
        return events
    }

    /// Turns ticks into seconds. Without a tempo a piece has 120 quarter notes a minute.
    private mutating func play(_ events: [TrackEvent], _ division: Int) {
        let isFilm = division & 0x8000 != 0
        let framesPerSecond = Double(256 - (division >> 8 & 0xFF))
        var tickSeconds = isFilm ? 1 / (framesPerSecond * Double(max(division & 0xFF, 1))) : 0.5 / Double(max(division, 1))
        var tick = 0
        for event in events {
            seconds += Double(event.tick - tick) * tickSeconds
            tick = event.tick
            switch event.kind {
            case .note(let channel, let note, let velocity):
                notes.append(ScoreNote(time: seconds, channel: channel, note: note, velocity: Float(velocity) / 127))
            case .tempo(let microseconds): if !isFilm { tickSeconds = Double(microseconds) / 1e6 / Double(max(division, 1)) }
            case .other: otherCount += 1
            case .end: break
            }
        }
    }
}

/// Something in a track, at a tick since the beginning.
private struct TrackEvent {
    enum Kind {
        case note(channel: Int, note: Int, velocity: Int)
        /// Microseconds a quarter note.
        case tempo(Int)
        case other
        case end
    }

    let tick: Int
    let kind: Kind

    /// What happens first at the same tick: tempo, then ends, then beginnings.
    var order: Int {
        switch kind {
        case .tempo: 0
        case .note(_, _, let velocity): velocity == 0 ? 1 : 2
        case .other, .end: 3
        }
    }
}

/// Reads a track; past the end there is nothing.
private struct TrackReader {
    private var bytes: ArraySlice<UInt8>
    private var tick = 0
    /// The status that messages without one of their own have.
    private var status = 0
    var isAtEnd: Bool { bytes.isEmpty }

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    /// The next `count` bytes as a number, most significant byte first.
    mutating func number(_ count: Int) -> Int? {
        part(count)?.bytes.reduce(0) { $0 << 8 | Int($1) }
    }

    /// The next `count` bytes as something to read.
    mutating func part(_ count: Int) -> TrackReader? {
        guard bytes.count >= count else { return nil }
        defer { bytes = bytes.dropFirst(count) }
        return TrackReader(bytes.prefix(count))
    }

    /// A number of one to four bytes, seven bits in each.
    private mutating func variableNumber() -> Int? {
        var value = 0
        for _ in 0..<4 {
            guard let byte = number(1) else { return nil }
            value = value << 7 | byte & 0x7F
            if byte < 0x80 { return value }
        }
        return nil
    }

    /// The next event; nil where the track breaks off.
    mutating func event() -> TrackEvent? {
        guard let wait = variableNumber(), let first = bytes.first.map({ Int($0) }) else { return nil }
        tick += wait
        if first >= 0x80 {
            status = first
            bytes = bytes.dropFirst()
        }
        switch status {
        case 0xFF: return metaEvent()
        case 0xF0, 0xF7: return skip(variableNumber())
        case 0x80..<0xF0: return channelEvent()
        default: return nil
        }
    }

    private mutating func skip(_ size: Int?) -> TrackEvent? {
        guard let size, part(size) != nil else { return nil }
        return TrackEvent(tick: tick, kind: .other)
    }

    private mutating func metaEvent() -> TrackEvent? {
        guard let type = number(1), let size = variableNumber(), var body = part(size) else { return nil }
        if type == 0x51, let microseconds = body.number(3) { return TrackEvent(tick: tick, kind: .tempo(microseconds)) }
        return TrackEvent(tick: tick, kind: .end)
    }

    private mutating func channelEvent() -> TrackEvent? {
        let kind = status >> 4
        guard let first = number(1) else { return nil }
        if kind == 0xC || kind == 0xD { return TrackEvent(tick: tick, kind: .other) }
        guard let second = number(1) else { return nil }
        guard kind == 0x8 || kind == 0x9 else { return TrackEvent(tick: tick, kind: .other) }
        let velocity = kind == 0x9 ? second & 0x7F : 0
        return TrackEvent(tick: tick, kind: .note(channel: 1 + status & 15, note: first & 0x7F, velocity: velocity))
    }
}
