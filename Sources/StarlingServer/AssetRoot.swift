import Glibc
import StarlingMath

/// A directory whose files are served below a path.
public struct AssetRoot: Sendable {
    /// What a path leads to.
    enum Entry {
        case file(OpenFile, path: String)
        case directory
    }

    /// The names a request's path begins with for this root; none for the site itself.
    private let prefix: [String]
    /// The directory with every symlink resolved.
    private let directory: String

    /// Serves `directory` below `/`, or below `/prefix/`.
    /// - Throws: where there is no such directory.
    public init(_ directory: String, prefix: String? = nil) throws(StarlingError) {
        guard let resolved = AssetRoot.resolve(directory), AssetRoot.isDirectory(resolved) else {
            throw StarlingError("there is no directory " + Text(directory) + ": name one that exists")
        }
        self.directory = resolved
        self.prefix = prefix.map { [$0] } ?? []
    }

    /// What the names lead to; nil where there is nothing, or nothing that may be seen: hidden files,
    /// and whatever a symlink reaches outside the directory. Blocks.
    func entry(_ names: [String]) -> Entry? {
        guard names.starts(with: prefix) else { return nil }
        let below = names.dropFirst(prefix.count)
        guard !below.contains(where: { $0.hasPrefix(".") }) else { return nil }
        let wanted = ([directory] + below).joined(separator: "/")
        guard let path = AssetRoot.resolve(wanted), isVisible(path) else { return nil }
        if AssetRoot.isDirectory(path) { return .directory }
        return OpenFile(path: path).map { .file($0, path: path) }
    }

    /// Whether a resolved path is within the directory and no part of it below is hidden.
    private func isVisible(_ path: String) -> Bool {
        if path == directory { return true }
        guard path.hasPrefix(directory + "/") else { return false }
        return !path.dropFirst(directory.count).contains("/.")
    }

    private static func resolve(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
