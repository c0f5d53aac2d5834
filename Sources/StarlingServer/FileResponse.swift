import NIOCore
import NIOHTTP1

/// How a file answers a GET or HEAD (RFC 9110, 8.4, 13 and 14): revalidation, compression, ranges.
extension OpenFile {
    func respond(to request: HTTPRequestHead, type: MediaType, store: AssetStore) -> AssetResponse {
        let asset = store.asset(for: self, type: type)
        // Offsets in a range count plain bytes, so a request for a range gets no gzip.
        let range = request.headers.first(name: "range")
        let gzip = range == nil && request.acceptsGzip ? asset.gzip : nil
        let tag = gzip == nil ? asset.tag : asset.tag.forGzip
        let headers = OpenFile.headers(type: type, tag: tag, varies: asset.gzip != nil)
        if tag.isNamed(in: request.headers[canonicalForm: "if-none-match"]) {
            return AssetResponse(.notModified, headers, .bytes(ByteBuffer()))
        }
        if let gzip {
            return AssetResponse(.ok, headers.adding("Content-Encoding", "gzip"), .bytes(gzip))
        }
        let content = asset.bytes.map(AssetBody.bytes) ?? .file(self, 0..<size)
        let wanted = request.method == .GET && request.isRangeCurrent(tag) ? range : nil
        return OpenFile.part(of: content, wanted: wanted, headers: headers)
    }

    private static func part(of content: AssetBody, wanted: String?, headers: HTTPHeaders) -> AssetResponse {
        let size = content.count
        switch ByteRange(header: wanted, size: size) {
        case .whole:
            return AssetResponse(.ok, headers, content)
        case .part(let part):
            let place = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(size)"
            return AssetResponse(.partialContent, headers.adding("Content-Range", place), content.part(part))
        case .unsatisfiable:
            return .refusal(
                .rangeNotSatisfiable, "The file has \(size) bytes.", ["Content-Range": "bytes */\(size)"])
        }
    }

    private static func headers(type: MediaType, tag: EntityTag, varies: Bool) -> HTTPHeaders {
        var headers = SecurityHeaders.all
        headers.add(name: "Content-Type", value: type.name)
        headers.add(name: "ETag", value: tag.description)
        headers.add(name: "Accept-Ranges", value: "bytes")
        // Keep it, but ask each time: an edit is seen at once and an unchanged file costs no bytes.
        headers.add(name: "Cache-Control", value: "no-cache")
        if varies { headers.add(name: "Vary", value: "Accept-Encoding") }
        return headers
    }
}

extension HTTPRequestHead {
    /// Whether gzip is named, or everything is, and not with a weight of 0.
    fileprivate var acceptsGzip: Bool {
        headers[canonicalForm: "accept-encoding"].contains { offer in
            let parts = offer.lowercased().split(separator: ";")
            let name = parts.first?.trimmingPrefix { $0 == " " }
            let weight = parts.dropFirst().first { $0.contains("q=") }?.split(separator: "=").last
            return (name == "gzip" || name == "*") && weight.flatMap { Double($0) } != 0
        }
    }

    /// Whether a range may be taken from the content with this tag: `If-Range` is absent or names it.
    fileprivate func isRangeCurrent(_ tag: EntityTag) -> Bool {
        headers.first(name: "if-range").map { $0 == tag.description } ?? true
    }
}

extension HTTPHeaders {
    fileprivate func adding(_ name: String, _ value: String) -> HTTPHeaders {
        var headers = self
        headers.add(name: name, value: value)
        return headers
    }
}
