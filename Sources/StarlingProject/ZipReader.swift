import StarlingMath

/// Limits for archives from anywhere.
public struct ZipLimits: Sendable {
    /// Entries in all.
    public var entryCount: Int
    /// Decompressed bytes of one entry.
    public var entryBytes: Int
    /// Decompressed bytes of all entries.
    public var totalBytes: Int
    /// Decompressed bytes for each byte of the archive, beyond the first 16 MB: silence packs well, bombs better.
    public var ratio: Int

    /// Limits; the defaults hold the largest projects.
    public init(entryCount: Int = 40_000, entryBytes: Int = 256 << 20, totalBytes: Int = 512 << 20, ratio: Int = 50) {
        self.entryCount = entryCount
        self.entryBytes = entryBytes
        self.totalBytes = totalBytes
        self.ratio = ratio
    }
}

/// The directory of a ZIP archive; entries are unpacked when asked for.
///
/// Refused, each with a sentence: damaged archives, encryption, ZIP64, several disks, methods other than stored and
/// deflate, names that are absolute, leave the folder, or occur twice, and sizes beyond the limits. Nothing is
/// unpacked before the whole directory has been checked. Reference: PKWARE APPNOTE 6.3.10.
public struct ZipReader: Sendable {
    /// A file of the archive.
    public struct Entry: Sendable {
        /// The path, relative, with slashes.
        public let name: Text
        /// Bytes when unpacked, as the directory claims.
        public let size: Int
        let method: UInt64
        let crc: UInt64
        let packed: Range<Int>
    }

    /// The files, sorted by name; folders are left out.
    public private(set) var entries: [Entry] = []
    private let bytes: [UInt8]

    /// Reads the directory of an archive.
    public init(reading bytes: [UInt8], limits: ZipLimits = ZipLimits()) throws(StarlingError) {
        self.bytes = bytes
        let directory = try ZipDirectory(bytes)
        guard directory.count <= limits.entryCount else {
            throw complaint(
                "The archive claims % files; at most % can be read.",
                Text(directory.count), Text(limits.entryCount))
        }
        var reader = ByteReader(bytes, at: directory.start)
        var total = 0
        let most = limits.most(packed: bytes.count)
        for _ in 0..<directory.count {
            let entry = try ZipReader.entry(&reader, bytes)
            guard entry.size <= limits.entryBytes, entry.size <= most - total else {
                throw complaint(
                    "The archive unpacks to too much: at most % bytes in all and % in one file are allowed for its size.",
                    Text(most), Text(limits.entryBytes))
            }
            total += entry.size
            if entry.name.utf8.last != 47 { entries.append(entry) }
        }
        let found = entries
        if let place = repeated(count: found.count, text: { found[$0].name }) {
            throw complaint("The archive holds \"%\" twice.", found[place].name.shortened)
        }
        entries = sortedPlaces(count: found.count) { found[$0].name < found[$1].name }.map { found[$0] }
    }

    private static func entry(_ reader: inout ByteReader, _ bytes: [UInt8]) throws(StarlingError) -> Entry {
        guard reader.number(4) == 0x0201_4B50, reader.number(4) != nil,
            let flags = reader.number(2), let method = reader.number(2), reader.number(4) != nil,
            let crc = reader.number(4), let packedSize = reader.number(4), let size = reader.number(4),
            let nameSize = reader.number(2), let extraSize = reader.number(2), let commentSize = reader.number(2),
            reader.number(8) != nil, let start = reader.number(4), let name = reader.take(Int(nameSize)),
            reader.take(Int(extraSize) + Int(commentSize)) != nil
        else { throw ZipDirectory.damaged("its directory is cut off or overwritten") }
        let path = Text(utf8: name)
        try checkPath(path)
        guard flags & 0x2041 == 0 else {
            throw complaint("\"%\" in the archive is encrypted; pack it without a password.", path.shortened)
        }
        guard method == 0 || method == 8 else {
            throw complaint(
                "\"%\" is packed by method %; only stored and deflate can be read.",
                path.shortened, Text(Int(method)))
        }
        // The marks of ZIP64 are larger than any archive can be here.
        guard size < 0x7FFF_FFFF, packedSize < 0x7FFF_FFFF, start < 0x7FFF_FFFF else {
            throw complaint("\"%\" in the archive is too large, or needs ZIP64, which cannot be read.", path.shortened)
        }
        guard method == 8 || size == packedSize else { throw ZipDirectory.damaged("the sizes of a stored file differ") }
        let packed = try place(of: path, at: Int(start), size: Int(packedSize), bytes)
        return Entry(name: path, size: Int(size), method: method, crc: crc, packed: packed)
    }

    /// Where an entry's data lies, which its local header tells.
    private static func place(of path: Text, at start: Int, size: Int, _ bytes: [UInt8]) throws(StarlingError) -> Range<Int> {
        guard start <= bytes.count else { throw ZipDirectory.damaged("a file lies behind its end") }
        var reader = ByteReader(bytes, at: start)
        guard reader.number(4) == 0x0403_4B50, reader.take(22) != nil, let nameSize = reader.number(2),
            let extraSize = reader.number(2), reader.take(Int(nameSize)) == path.utf8,
            reader.take(Int(extraSize)) != nil, reader.remaining >= size
        else { throw ZipDirectory.damaged("a file's header does not fit the directory") }
        return reader.position..<reader.position + size
    }

    private static func checkPath(_ path: Text) throws(StarlingError) {
        let bad = path.isEmpty || !path.isProperUTF8 || path.utf8.contains { $0 < 32 || $0 == 92 || $0 == 58 }
        var parts = path.split(at: 47)
        if parts.last?.isEmpty == true { parts.removeLast() }  // a folder
        let leaves = parts.isEmpty || parts.contains { $0.isEmpty || $0 == "." || $0 == ".." }
        guard !bad, !leaves else {
            throw complaint(
                "The archive holds the path \"%\", which would leave its folder or is no proper name; nothing was taken from it.",
                path.shortened)
        }
    }

    /// The entry of this name, if there is one.
    public func entry(_ name: Text) -> Entry? {
        let index = sortedPlace(count: entries.count) { entries[$0].name < name }
        return index < entries.count && entries[index].name == name ? entries[index] : nil
    }

    /// The unpacked bytes of an entry of this archive; throws a sentence where they are damaged.
    public func unpack(_ entry: Entry) throws(StarlingError) -> [UInt8] {
        let packed = bytes[entry.packed]
        let unpacked = entry.method == 0 ? Array(packed) : try Inflate.inflate(packed, size: entry.size)
        guard UInt64(Checksum.crc32(unpacked)) == entry.crc else {
            throw complaint(
                "\"%\" in the archive is damaged: its checksum is wrong; get the file again.",
                entry.name.shortened)
        }
        return unpacked
    }
}

extension ZipLimits {
    /// How much an archive of `packed` bytes may unpack to.
    func most(packed: Int) -> Int {
        let (grown, overflow) = packed.multipliedReportingOverflow(by: ratio)
        return overflow ? totalBytes : min(totalBytes, max(grown, 0) < totalBytes ? grown + 16 << 20 : totalBytes)
    }
}

/// Where the directory of an archive begins, and how many entries it has.
private struct ZipDirectory {
    let start: Int
    let count: Int

    static func damaged(_ what: StaticString) -> StarlingError {
        complaint("This is no ZIP archive, or it is damaged: %; get the file again.", Text(what))
    }

    /// Looks for the end record, which is the last thing but a comment of at most 65,535 bytes.
    init(_ bytes: [UInt8]) throws(StarlingError) {
        let last = bytes.count - 22
        var at = last
        while at >= max(0, last - 65_535) {
            if bytes[at] == 0x50, bytes[at + 1] == 0x4B, bytes[at + 2] == 5, bytes[at + 3] == 6 { break }
            at -= 1
        }
        guard at >= max(0, last - 65_535) else { throw Self.damaged("it has no directory at its end") }
        var reader = ByteReader(bytes, at: at + 4)
        guard let disk = reader.number(2), let first = reader.number(2), let here = reader.number(2),
            let count = reader.number(2), let size = reader.number(4), let start = reader.number(4)
        else { throw Self.damaged("it ends early") }
        guard disk == 0, first == 0, here == count else {
            throw complaint("The archive is spread over several disks; put it into one file.")
        }
        guard start <= UInt64(at), size <= UInt64(at) - start, count * 46 <= size else {
            throw Self.damaged("its directory does not fit, or it needs ZIP64, which cannot be read")
        }
        self.start = Int(start)
        self.count = Int(count)
    }
}
