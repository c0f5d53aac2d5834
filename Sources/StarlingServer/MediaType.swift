/// What a file is, told by its name's ending, as browsers need to hear it.
struct MediaType: Equatable, Sendable {
    /// The value of `Content-Type`.
    let name: String
    /// Whether compressing it is worth the time.
    let isCompressible: Bool

    /// The type of a file; bytes without a meaning where the ending is unknown.
    init(path: String) {
        let ending = path.split(separator: "/").last.flatMap { name in
            name.contains(".") ? name.split(separator: ".").last?.lowercased() : nil
        }
        self = ending.flatMap { MediaType.byEnding[$0] } ?? .bytes
    }

    private init(_ name: String, compressible: Bool) {
        self.name = name
        isCompressible = compressible
    }

    private static func text(_ name: String) -> MediaType { MediaType(name + "; charset=utf-8", compressible: true) }
    private static func packed(_ name: String) -> MediaType { MediaType(name, compressible: false) }

    private static let bytes = packed("application/octet-stream")
    private static let byEnding: [String: MediaType] = [
        "html": text("text/html"), "css": text("text/css"), "js": text("text/javascript"),
        "mjs": text("text/javascript"), "json": text("application/json"), "map": text("application/json"),
        "webmanifest": text("application/manifest+json"), "svg": text("image/svg+xml"),
        "md": text("text/markdown"), "txt": text("text/plain"), "csv": text("text/csv"), "xml": text("application/xml"),
        "wasm": MediaType("application/wasm", compressible: true),
        "png": packed("image/png"), "jpg": packed("image/jpeg"), "jpeg": packed("image/jpeg"),
        "webp": packed("image/webp"), "gif": packed("image/gif"), "ico": packed("image/x-icon"),
        "wav": packed("audio/wav"), "mp3": packed("audio/mpeg"), "ogg": packed("audio/ogg"),
        "opus": packed("audio/ogg"), "flac": packed("audio/flac"), "m4a": packed("audio/mp4"),
        "webm": packed("video/webm"), "mp4": packed("video/mp4"),
        "woff2": packed("font/woff2"), "woff": packed("font/woff"), "ttf": packed("font/ttf"),
        "zip": packed("application/zip"), "starling": packed("application/vnd.starling+zip"),
        "pdf": packed("application/pdf"),
    ]
}
