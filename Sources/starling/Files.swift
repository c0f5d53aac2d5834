import Foundation
import StarlingMath
import StarlingProject

/// Reading and writing whole files, with errors that say which file and why.
enum Files {
    /// All bytes of a file.
    static func read(_ path: String) throws(StarlingError) -> [UInt8] {
        guard let file = fopen(path, "rb") else { throw failure("read", path) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = fread(&piece, 1, piece.count, file)
            bytes += piece[..<count]
            if count < piece.count { break }
        }
        guard ferror(file) == 0 else { throw failure("read", path) }
        return bytes
    }

    /// Writes a file anew; without a path, to standard output.
    static func write(_ bytes: [UInt8], to path: String?) throws(StarlingError) {
        guard let path else { return FileHandle.standardOutput.write(Data(bytes)) }
        guard let file = fopen(path, "wb") else { throw failure("write", path) }
        let count = fwrite(bytes, 1, bytes.count, file)
        let isClosed = fclose(file) == 0
        guard count == bytes.count, isClosed else { throw failure("write", path) }
    }

    /// What `body` makes of a file's bytes; its errors get the file's name in front.
    static func reading<Result>(
        _ path: String, _ body: ([UInt8]) throws(StarlingError) -> Result
    ) throws(StarlingError) -> Result {
        let bytes = try read(path)
        return try naming(path) { () throws(StarlingError) in try body(bytes) }
    }

    /// Puts a file's name in front of the errors of `body`.
    static func naming<Result>(
        _ path: String, _ body: () throws(StarlingError) -> Result
    ) throws(StarlingError) -> Result {
        do { return try body() } catch { throw StarlingError(Text(path) + ": " + error.sentence) }
    }

    private static func failure(_ verb: String, _ path: String) -> StarlingError {
        StarlingError(Text("cannot \(verb) \(path): \(String(cString: strerror(errno)))"))
    }
}
