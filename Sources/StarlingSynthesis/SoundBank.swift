import StarlingMath

/// The sounds that instruments play: eight places, and what has just been heard.
///
/// All memory is taken by `init`. A sound comes into a room that nothing plays from, over as many callbacks as it takes;
/// `accept` then exchanges rooms in one step, and voices fade out of the old one.
///
/// A room holds a header of 16 floats, then the samples: rate in Hz, root note, where a loop begins and ends in seconds
/// (an end of 0 means the sound's own), zeros. A header alone empties the place.
public final class SoundBank {
    /// How many sounds there is room for.
    public static let placeCount = 8
    /// Floats in a room's header; so many zeros lie around each sound.
    public static let headerCount = 16
    /// The longest sound with its header, in floats.
    public static let capacity = 524_288
    /// The longest sound, in samples.
    public static let longest = capacity - headerCount
    static let margin = 16
    private static let stride = capacity + margin
    /// What has just been heard: 2.7 s at 96 kHz, 5.5 s at 48 kHz.
    private static let liveCount = 262_144

    private let sampleRate: Hertz
    private let roomCount: Int
    private let rooms: Floats
    private let live: Floats
    private let builtIn = BuiltInSound.shared
    /// Made now, for voices ask for it only when they sound.
    private let table = SincTable.shared
    private let places: UnsafeMutablePointer<Place>
    private let releases: UnsafeMutablePointer<Int>
    private var changeCount: UInt32 = 0
    /// Sample-frames heard so far; wraps.
    private var heard = 0
    private var hasHeard = false

    /// A bank that can be loaded and listens: takes about 20 MB.
    public convenience init(sampleRate: Hertz) { self.init(sampleRate, roomCount: Self.placeCount + 1) }

    /// A bank that has only the built-in sound, and takes next to no memory.
    static func builtIn(_ sampleRate: Hertz) -> SoundBank { SoundBank(sampleRate, roomCount: 0) }

    private init(_ sampleRate: Hertz, roomCount: Int) {
        self.sampleRate = sampleRate
        self.roomCount = roomCount
        rooms = Floats(unset: roomCount * Self.stride)
        live = roomCount > 0 ? Floats(Self.liveCount + Self.margin) : Floats(0)
        places = .allocate(capacity: Self.placeCount)
        places.initialize(repeating: Place(), count: Self.placeCount)
        releases = .allocate(capacity: max(roomCount, 1))
        releases.initialize(repeating: 0, count: max(roomCount, 1))
    }

    deinit {
        places.deallocate()
        releases.deallocate()
    }

    /// Where a room begins: `capacity` floats; nil where there is none of this number.
    public func room(_ index: Int) -> UnsafeMutablePointer<Float>? {
        0..<roomCount ~= index ? rooms.pointer + index * Self.stride : nil
    }

    /// The number of a room that nothing plays from; -1 for the moment after a sound has been exchanged.
    public var freeRoom: Int {
        for room in 0..<roomCount where heard &- releases[room] >= 0 && !isInUse(room) { return room }
        return -1
    }

    private func isInUse(_ room: Int) -> Bool {
        for place in 0..<Self.placeCount where places[place].room == room { return true }
        return false
    }

    /// Takes over what lies in the free room for a place 0..<8; false, and nothing changes, where it is not valid.
    public func accept(_ place: Int, wordCount: Int) -> Bool {
        let free = freeRoom
        guard 0..<Self.placeCount ~= place, free >= 0, Self.headerCount...Self.capacity ~= wordCount else { return false }
        let count = wordCount - Self.headerCount
        guard count == 0 || places[place].isValid(header: rooms.pointer + free * Self.stride) else { return false }
        leave(places[place].room)
        changeCount &+= 1
        places[place] = Place()
        places[place].number = changeCount
        if count > 0 { fill(place, free, count) }
        return true
    }

    /// Voices fade out of a room within 10 ms.
    private func leave(_ room: Int) { if room >= 0 { releases[room] = heard &+ Int(0.02 * sampleRate) } }

    private func fill(_ place: Int, _ room: Int, _ count: Int) {
        let header = rooms.pointer + room * Self.stride
        places[place].read(header, room: room, count: count)
        header.update(repeating: 0, count: Self.headerCount)
        (header + Self.headerCount + count).update(repeating: 0, count: Self.margin)
    }

    /// Whether no place has a sound.
    var isEmpty: Bool {
        for place in 0..<Self.placeCount where places[place].room >= 0 { return false }
        return true
    }

    /// Whether a place has a sound of its own.
    func isLoaded(_ place: Int) -> Bool { places[clampedPlace(place)].room >= 0 }

    /// The sound of a place 0..<8; the built-in one where it is empty.
    func sound(_ place: Int) -> BankedSound {
        let place = places[clampedPlace(place)]
        guard let room = room(place.room) else { return builtIn.sound }
        return BankedSound(
            samples: UnsafePointer(room + Self.headerCount), count: place.count, rate: place.rate, root: place.root,
            loop: place.loop, number: place.number)
    }

    private func clampedPlace(_ place: Int) -> Int { min(max(place, 0), Self.placeCount - 1) }

    /// What has just been heard, as a ring; the built-in sound before anything was.
    var liveSound: BankedSound {
        if !hasHeard { return builtIn.sound }
        return BankedSound(
            samples: UnsafePointer(live.pointer), count: Self.liveCount, rate: sampleRate, root: 60,
            loop: (0, Double(Self.liveCount)), number: .max, mask: Self.liveCount - 1, end: heard & (Self.liveCount - 1))
    }

    /// Remembers what is heard; something that is not a number is silence. Cost: a copy.
    public func hear(_ input: UnsafePointer<Float>, count: Int) {
        guard roomCount > 0 else { return }
        for i in 0..<count {
            let at = (heard &+ i) & (Self.liveCount - 1)
            let sample = input[i].magnitude < 8 ? flushed(input[i]) : 0
            live[at] = sample
            if at < Self.margin { live[Self.liveCount + at] = sample }
        }
        heard &+= count
        hasHeard = true
    }
}

/// What a place of the bank holds.
private struct Place {
    var room = -1
    var count = 0
    var rate: Hertz = 48_000
    var root: NoteNumber = 60
    var loop: (from: Double, to: Double) = (0, 0)
    var number: UInt32 = 0

    func isValid(header: UnsafePointer<Float>) -> Bool {
        header[0] >= 100 && header[0] <= 1_000_000 && header[1] >= 0 && header[1] <= 127
    }

    mutating func read(_ header: UnsafePointer<Float>, room: Int, count: Int) {
        (self.room, self.count, rate, root) = (room, count, header[0], header[1])
        let end = Double(count)
        let to = Double(header[3] > 0 ? header[3] : .infinity) * Double(rate)
        let from = Double(header[2]) * Double(rate)
        loop.to = to > 64 && to < end ? to : end
        loop.from = from > 0 && from < loop.to - 64 ? from : 0
    }
}
