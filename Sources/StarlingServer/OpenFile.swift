import Glibc
import NIOCore

/// An open regular file: what it is and how to read it. Closed when the object goes.
public final class OpenFile: Sendable {
    /// What tells one state of a file from another without reading it.
    struct Identity: Hashable, Sendable {
        let device: UInt
        let inode: UInt
        let size: Int
        let modifiedSeconds: Int
        let modifiedNanoseconds: Int

        /// Whether the last change is so recent that another one could carry the same time.
        var isFresh: Bool { time(nil) - modifiedSeconds < 2 }
    }

    private let descriptor: CInt
    /// The file's state when it was opened.
    let identity: Identity
    /// The size in bytes when it was opened.
    var size: Int { identity.size }

    /// Opens a resolved path; nil where there is no readable regular file.
    init?(path: String) {
        // Without O_NONBLOCK, opening a named pipe would wait for a writer.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            return nil
        }
        identity = Identity(
            device: UInt(status.st_dev), inode: UInt(status.st_ino), size: Int(status.st_size),
            modifiedSeconds: status.st_mtim.tv_sec, modifiedNanoseconds: status.st_mtim.tv_nsec)
    }

    deinit { close(descriptor) }

    /// Up to `count` bytes from an offset; fewer where the file has been cut short meanwhile. Blocks.
    func read(at offset: Int, count: Int) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: count)
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { space in
            var done = 0
            while done < count, let start = space.baseAddress {
                let got = pread(descriptor, start + done, count - done, offset + done)
                if got <= 0 { break }
                done += got
            }
            return done
        }
        return buffer
    }
}
