import StarlingMath

/// What a record of the journal holds.
public enum JournalKind: UInt8, Sendable {
    /// The whole document, as JSON of `Migration.root`; all before it is done with but for blobs and open takes.
    case document = 1
    /// A command that was applied, as JSON.
    case command = 2
    /// The bytes of a blob.
    case blob = 3
    /// A part of a take that is being recorded (`TakePart`).
    case takePart = 4
}

/// A part of a take that is being recorded. Each is written as soon as it is there, so that a crash costs the last one at most.
public enum TakePart: Equatable, Sendable {
    /// The take begins. The command makes its record, with category, rate and columns, when the take is done; rows,
    /// sound and seconds follow from the parts. `sampleRate` is that of the sound.
    case begin(command: Command, sampleRate: Int)
    /// Further feature rows, whole ones, as many numbers as columns each.
    case rows([Float])
    /// Further sound of one channel.
    case sound([Float])
    /// The take was kept, by a command before this, or thrown away.
    case end
}

/// Encodes records for an append-only journal; whoever calls appends the bytes to a file.
///
/// A record is 16 bytes and a payload: the payload's length, the CRC-32C of all that follows this field and of the
/// length, a sequence number that counts up by one a record, the kind, three zeros. Least significant byte first.
public struct JournalWriter: Sendable {
    /// The sequence number of the next record.
    public private(set) var sequence: UInt32

    /// A writer that goes on at a sequence number, after a recovery at `Recovery.nextSequence`.
    public init(sequence: UInt32 = 0) { self.sequence = sequence }

    /// The record of a whole document; a journal begins with one.
    public mutating func document(_ document: Document) -> [UInt8] {
        record(.document, Migration.root(of: document).written())
    }

    /// The record of an applied command: of `Applied.done`, so that all that followed from it is kept too.
    public mutating func command(_ command: Command) -> [UInt8] { record(.command, command.json.written()) }

    /// The record of a blob; it goes before the command that names it.
    public mutating func blob(_ bytes: [UInt8]) -> [UInt8] { record(.blob, bytes) }

    /// The record of a part of the take with this id, which must be a key.
    public mutating func take(_ id: Text, _ part: TakePart) -> [UInt8] {
        precondition(id.isKey, "a take's id must be a key")
        var payload = [part.code, UInt8(id.utf8.count)] + id.utf8
        switch part {
        case .begin(let command, let sampleRate):
            payload.append(UInt64(sampleRate), size: 4)
            payload += command.json.written()
        case .rows(let numbers), .sound(let numbers): payload.append(floats: numbers)
        case .end: break
        }
        return record(.takePart, payload)
    }

    private mutating func record(_ kind: JournalKind, _ payload: [UInt8]) -> [UInt8] {
        let record = JournalRecord(sequence: sequence, kind: kind.rawValue, payload: payload)
        sequence &+= 1
        return record.bytes
    }
}

extension TakePart {
    fileprivate var code: UInt8 {
        switch self {
        case .begin: 0
        case .rows: 1
        case .sound: 2
        case .end: 3
        }
    }

    /// The take's id and the part of a record's payload; nil where it is none.
    static func read(_ payload: [UInt8]) -> (id: Text, part: TakePart)? {
        var reader = ByteReader(payload)
        guard let code = reader.number(1), let size = reader.number(1), let name = reader.take(Int(size)) else { return nil }
        let id = Text(utf8: name)
        guard id.isKey else { return nil }
        switch code {
        case 0:
            guard let rate = reader.number(4), rate > 0, rate < 0x7FFF_FFFF, let text = reader.take(reader.remaining),
                let json = try? JSON(reading: text), let command = try? Command(json: json)
            else { return nil }
            return (id, .begin(command: command, sampleRate: Int(rate)))
        case 1, 2:
            guard reader.remaining % 4 == 0 else { return nil }
            let numbers = payload.floats(in: reader.position..<payload.count)
            return (id, code == 1 ? .rows(numbers) : .sound(numbers))
        case 3: return (id, .end)
        default: return nil
        }
    }
}

/// A record as it lies in the journal.
package struct JournalRecord {
    static let headerSize = 16
    let sequence: UInt32
    let kind: UInt8
    let payload: [UInt8]

    package init(sequence: UInt32, kind: UInt8, payload: [UInt8]) {
        self.sequence = sequence
        self.kind = kind
        self.payload = payload
    }

    /// The next record; nil where it is torn or damaged, or nothing is left.
    init?(_ reader: inout ByteReader) {
        guard let size = reader.number(4), let checksum = reader.number(4), let sequence = reader.number(4),
            let kind = reader.number(1), reader.number(3) == 0, size <= UInt64(reader.remaining),
            let payload = reader.take(Int(size))
        else { return nil }
        self.init(sequence: UInt32(sequence), kind: UInt8(kind), payload: payload)
        guard checksum == UInt64(self.checksum) else { return nil }
    }

    private var checksum: UInt32 {
        var head: [UInt8] = []
        head.append(UInt64(payload.count), size: 4)
        head.append(UInt64(sequence), size: 4)
        head.append(UInt64(kind), size: 4)
        return Checksum.crc32c([head, payload].joined())
    }

    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.headerSize + payload.count)
        bytes.append(UInt64(payload.count), size: 4)
        bytes.append(UInt64(checksum), size: 4)
        bytes.append(UInt64(sequence), size: 4)
        bytes.append(UInt64(kind), size: 4)
        return bytes + payload
    }
}
