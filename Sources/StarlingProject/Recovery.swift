import StarlingMath

/// What a journal gives back after a crash, or after a page was simply closed.
///
/// Reading goes from record to record, and stops at the first that is torn or damaged. The file is to be cut there, at
/// `validCount` bytes, and the writer goes on with `nextSequence`. A take that was still being recorded is rebuilt from
/// its parts by a command of its own: `rebuilding`, which is to be appended, with its blobs, like any other.
public struct Recovery: Sendable {
    /// The document, the rebuilt takes in it.
    public private(set) var document = Document()
    /// All blobs found that the document names, each once.
    public private(set) var blobs: [Blob] = []
    /// Whether every blob that the document names was found.
    public private(set) var isWhole = true
    /// The commands that rebuilt takes; their blobs are in `blobs`.
    public private(set) var rebuilding: [Command] = []
    /// How many bytes of the journal are good.
    public private(set) var validCount = 0
    /// How many records these are.
    public private(set) var recordCount = 0
    /// Bytes behind the last good record.
    public private(set) var lostCount = 0
    /// The sequence number for the next record.
    public private(set) var nextSequence: UInt32 = 0
    /// What was recovered and what was lost, in sentences for people; nothing where nothing happened.
    public private(set) var notices: [Text] = []

    private var openTakes: [OpenTake] = []

    /// Recovers what a journal holds. No bytes whatever make this fail.
    public init(journal bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        var expected: UInt32?
        lostCount = bytes.count
        while let record = JournalRecord(&reader), record.sequence == expected ?? record.sequence {
            take(record)
            expected = record.sequence &+ 1
            nextSequence = record.sequence &+ 1
            validCount = reader.position
            recordCount += 1
            lostCount = reader.remaining
        }
        if lostCount > 0 {
            notices.append(filled("The last % bytes had not been written to the end and were left out.", [Text(lostCount)]))
        }
        for take in openTakes { rebuild(take) }
        keepNamedBlobs()
    }

    private mutating func take(_ record: JournalRecord) {
        switch JournalKind(rawValue: record.kind) {
        case .document:
            if let json = try? JSON(reading: record.payload), let found = try? Migration.document(from: json) {
                document = found
            } else {
                notices.append("A saved document could not be read; what came before and after it was used.")
            }
        case .command:
            guard let json = try? JSON(reading: record.payload), let command = try? Command(json: json),
                (try? document.apply(command)) != nil
            else {
                notices.append("A change could not be made again and was left out.")
                return
            }
        case .blob: blobs.append(Blob(record.payload))
        case .takePart: if let (id, part) = TakePart.read(record.payload) { take(id, part) }
        case nil: notices.append("A record of an unknown kind was left out.")
        }
    }

    private mutating func take(_ id: Text, _ part: TakePart) {
        let index = openTakes.firstIndex { $0.id == id }
        switch part {
        case .begin(let command, let sampleRate):
            if let index { openTakes.remove(at: index) }
            openTakes.append(OpenTake(id: id, command: command, sampleRate: sampleRate))
        case .rows(let numbers): if let index { openTakes[index].rows += numbers }
        case .sound(let numbers): if let index { openTakes[index].sound += numbers }
        case .end: if let index { openTakes.remove(at: index) }
        }
    }

    /// Makes the record of a take whose recording was cut off, unless its command came through after all.
    private mutating func rebuild(_ take: OpenTake) {
        guard !document.has("takes", take.id), !take.rows.isEmpty || !take.sound.isEmpty else { return }
        do throws(StarlingError) {
            let (command, parts) = try take.rebuilt(in: document)
            _ = try document.apply(command)
            blobs += parts
            rebuilding.append(command)
            notices.append(
                filled(
                    "A take that was being recorded was saved: % s.",
                    [Text(document.number("takes", take.id, "seconds") ?? 0, decimals: 1)]))
        } catch {
            notices.append(filled("A take that was being recorded could not be saved. %", [error.sentence]))
        }
    }

    private mutating func keepNamedBlobs() {
        let found = ProjectFile.unique(blobs)
        var isNamed = [Bool](repeating: false, count: found.count)
        for reference in document.blobReferences {
            let place = sortedPlace(count: found.count) { found[$0].name < reference.name }
            if place < found.count, found[place].name == reference.name { isNamed[place] = true } else { isWhole = false }
        }
        blobs = found.indices.filter { isNamed[$0] }.map { found[$0] }
    }
}

/// A take whose recording has begun.
private struct OpenTake: Sendable {
    let id: Text
    let command: Command
    let sampleRate: Int
    var rows: [Float] = []
    var sound: [Float] = []

    init(id: Text, command: Command, sampleRate: Int) {
        self.id = id
        self.command = command
        self.sampleRate = sampleRate
    }

    /// The command that makes the take as far as it was recorded, and its blobs. An unfinished row is left out.
    func rebuilt(in document: Document) throws(StarlingError) -> (Command, [Blob]) {
        var trial = document
        _ = try trial.apply(command)
        let columnCount = trial.texts("takes", id, "columns").count
        let rate = trial.number("takes", id, "rate") ?? 0
        var command = command
        var blobs: [Blob] = []
        var seconds = 0.0
        if columnCount > 0, rows.count >= columnCount {
            let whole = Array(rows[..<(rows.count / columnCount * columnCount)])
            blobs.append(Blob(try Rows(columnCount: columnCount, rate: rate, values: whole).bytes))
            command.changes.append(Change("takes", id, "rows", .text(blobs[0].name)))
            seconds = Double(whole.count / columnCount) / rate
        }
        if !sound.isEmpty {
            let sound = Sound(sampleRate: sampleRate, channels: [sound.map { flushed($0) }])
            blobs.append(Blob(sound.wavFloat32))
            command.changes.append(Change("takes", id, "sound", .text(blobs[blobs.count - 1].name)))
            seconds = sound.seconds
        }
        command.changes.append(Change("takes", id, "seconds", .number(min(seconds, 3_600))))
        return (command, blobs)
    }
}
