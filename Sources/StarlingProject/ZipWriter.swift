import StarlingMath

/// Writes a ZIP archive of stored files: the same bytes for the same files, dated 1 January 1980.
///
/// Reference: PKWARE APPNOTE 6.3.10; names are marked as UTF-8.
public struct ZipWriter: Sendable {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// No files yet.
    public init() {}

    /// Adds a file. Throws a sentence where the archive would hold more than 65,534 files or 2 GB.
    public mutating func add(_ name: Text, _ content: [UInt8]) throws(StarlingError) {
        let room = 0x7FFF_0000 - bytes.count - directory.count
        guard count < 65_534, name.utf8.count < 1_000, content.count < room - 4_096 else {
            throw complaint("The archive would be too large: at most 65534 files and 2 GB fit in; remove some takes.")
        }
        let start = bytes.count
        var shared: [UInt8] = []
        // Version 2.0, UTF-8 names, stored, 00:00:00 on 1980-01-01.
        for field: UInt64 in [20, 0x0800, 0, 0, 0x0021] { shared.append(field, size: 2) }
        shared.append(UInt64(Checksum.crc32(content)), size: 4)
        shared.append(UInt64(content.count), size: 4)
        shared.append(UInt64(content.count), size: 4)
        shared.append(UInt64(name.utf8.count), size: 2)
        shared.append(0, size: 2)

        bytes.append(0x0403_4B50, size: 4)
        bytes += shared + name.utf8 + content
        directory.append(0x0201_4B50, size: 4)
        directory.append(20, size: 2)
        directory += shared
        directory.append(0, size: 8)
        directory.append(0, size: 2)
        directory.append(UInt64(start), size: 4)
        directory += name.utf8
        count += 1
    }

    /// The archive's bytes.
    public var archive: [UInt8] {
        var end: [UInt8] = []
        end.append(0x0605_4B50, size: 4)
        end.append(0, size: 4)
        end.append(UInt64(count), size: 2)
        end.append(UInt64(count), size: 2)
        end.append(UInt64(directory.count), size: 4)
        end.append(UInt64(bytes.count), size: 4)
        end.append(0, size: 2)
        return bytes + directory + end
    }
}
