import Foundation
import StarlingMath
import StarlingProject

/// A project on disk, kept so that nothing recorded is lost: the file, and beside it a journal of what came since.
///
/// `NAME.starling` is written anew, by renaming, when there is time; `NAME.starling.journal` gets every change at once. After
/// a crash the journal, which begins with the document as it was when the file was written, is read again.
final class KeptProject {
    let path: String
    private var journal: Int32 = -1
    private var journalPath: String { path + ".journal" }

    /// Takes hold of a project, there or not yet; nobody else may have it open.
    init(_ path: String) throws(StarlingError) {
        self.path = path
        journal = open(path + ".journal", O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard journal >= 0 else { throw StarlingError(Text("cannot write beside \(path): \(String(cString: strerror(errno)))")) }
        guard flock(journal, LOCK_EX | LOCK_NB) == 0 else {
            close(journal)
            journal = -1
            throw StarlingError(Text("\(path) is open in another Starling: end that first, or copy the file"))
        }
    }

    deinit { if journal >= 0 { close(journal) } }

    /// What the project holds, with whatever a crash left in the journal, and sentences about that; nil for a new project.
    func read() throws(StarlingError) -> (contents: ProjectContents, notices: [Text])? {
        let saved: ProjectContents? =
            access(path, F_OK) == 0
            ? try Files.reading(path) { bytes throws(StarlingError) in try ProjectFile.read(bytes) } : nil
        let bytes = try Files.read(journalPath)
        guard !bytes.isEmpty else { return saved.map { ($0, []) } }
        let recovery = Recovery(journal: bytes)
        guard recovery.recordCount > 0 else { return saved.map { ($0, recovery.notices) } }
        var contents = ProjectContents(document: recovery.document, blobs: recovery.blobs, weights: saved?.weights ?? [])
        // Weights that are older than the examples would be a model of something else.
        if recovery.recordCount > 1 { contents.weights = [] }
        let named = recovery.document.blobNames
        contents.blobs += (saved?.blobs ?? []).filter { named.contains($0.name.utf8) }
        return (contents, recovery.notices)
    }

    /// Appends to the journal.
    func append(_ bytes: [UInt8]) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { write(journal, $0.baseAddress! + written, $0.count - written) }
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { return false }
            written += count
        }
        return true
    }

    /// Writes the file anew, then begins the journal with what `journalStart` gives.
    func save(_ bytes: [UInt8], journalStart: [UInt8]) throws(StarlingError) {
        let draft = path + ".new"
        try Files.write(bytes, to: draft)
        let file = open(draft, O_RDONLY)
        if file >= 0 {
            fsync(file)
            close(file)
        }
        guard rename(draft, path) == 0 else { throw StarlingError(Text("cannot write \(path): \(String(cString: strerror(errno)))")) }
        guard ftruncate(journal, 0) == 0, append(journalStart) else {
            throw StarlingError(Text("cannot write \(journalPath): \(String(cString: strerror(errno)))"))
        }
    }

    /// Removes the journal, when the file holds everything.
    func leave() { unlink(journalPath) }
}

extension Document {
    /// The names of all blobs that takes name.
    fileprivate var blobNames: Set<[UInt8]> {
        Set(ids("takes").flatMap { id in ["rows", "sound"].compactMap { text("takes", id, Text($0))?.utf8 } })
    }
}
