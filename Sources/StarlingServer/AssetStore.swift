import NIOCore
import Synchronization

/// What is known about a file's content: its tag and, where it is small, its bytes plain and in gzip form.
struct Asset: Sendable {
    let tag: EntityTag
    /// The bytes; nil for files that are sent from the disk.
    let bytes: ByteBuffer?
    /// The gzip form, where the type allows it and it is smaller.
    let gzip: ByteBuffer?
    /// How much memory this takes.
    var byteCount: Int { (bytes?.readableBytes ?? 0) + (gzip?.readableBytes ?? 0) }
}

/// Keeps what was worked out about files as long as they don't change: tags, small contents, gzip forms.
///
/// A changed file is seen at the next request, by its inode, size and time of change to the nanosecond.
final class AssetStore: Sendable {
    /// Larger files are sent from the disk.
    static let largestInMemory = 4 << 20
    /// When this much is kept, everything is forgotten and built up anew: simple, and rare.
    private static let capacity = 128 << 20

    private struct Kept {
        var assets: [OpenFile.Identity: Asset] = [:]
        var byteCount = 0
    }
    private let kept = Mutex(Kept())

    /// What is known about an open file. Blocks: reads and compresses it unless that was done before.
    func asset(for file: OpenFile, type: MediaType) -> Asset {
        if let known = kept.withLock({ $0.assets[file.identity] }) { return known }
        let asset = AssetStore.makeAsset(file, type: type)
        // A file changed a moment ago may change again within the tick of the file system's clock.
        if !file.identity.isFresh { keep(asset, as: file.identity) }
        return asset
    }

    private func keep(_ asset: Asset, as identity: OpenFile.Identity) {
        kept.withLock { kept in
            if kept.byteCount + asset.byteCount > AssetStore.capacity { kept = Kept() }
            kept.assets[identity] = asset
            kept.byteCount += asset.byteCount
        }
    }

    private static func makeAsset(_ file: OpenFile, type: MediaType) -> Asset {
        guard file.size <= largestInMemory else {
            return Asset(tag: EntityTag(stateOf: file), bytes: nil, gzip: nil)
        }
        let bytes = file.read(at: 0, count: file.size)
        let gzip = type.isCompressible ? gzipped(bytes) : nil
        return Asset(tag: EntityTag(contentOf: bytes), bytes: bytes, gzip: gzip)
    }
}
