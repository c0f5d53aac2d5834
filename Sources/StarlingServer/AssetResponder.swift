import NIOCore
import NIOHTTP1

/// The answer to a request: its head and, unless the request was HEAD, what follows.
public struct AssetResponse: Sendable {
    /// Status and headers; `Content-Length` included, `Connection` and `Date` not.
    public var head: HTTPResponseHead
    /// The bytes to send; empty for HEAD.
    public var body: AssetBody
}

/// Answers requests for files. Knows nothing of connections, so that it can be tested by calling it.
public struct AssetResponder: Sendable {
    private let roots: [AssetRoot]
    private let store = AssetStore()

    /// Serves the roots; where several have a file, the first one's is served.
    public init(roots: [AssetRoot]) { self.roots = roots }

    /// The answer to a request without a body. Blocks on the file system.
    public func respond(to request: HTTPRequestHead) -> AssetResponse {
        var response = answer(to: request)
        if request.method == .HEAD { response.body = .bytes(ByteBuffer()) }
        return response
    }

    private func answer(to request: HTTPRequestHead) -> AssetResponse {
        guard request.method == .GET || request.method == .HEAD else {
            return .refusal(.methodNotAllowed, "Files can only be fetched here.", ["Allow": "GET, HEAD"])
        }
        // RFC 9112, 3.2: without exactly one Host the request is malformed.
        guard request.version.minor == 0 || request.headers["host"].count == 1 else {
            return .refusal(.badRequest, "The request does not name one host.")
        }
        guard let path = RequestPath(target: request.uri) else {
            return .refusal(.badRequest, "The address is malformed.")
        }
        return answer(to: request, path: path)
    }

    private func answer(to request: HTTPRequestHead, path: RequestPath) -> AssetResponse {
        switch entry(path.isDirectory ? path.names + ["index.html"] : path.names) {
        case .file(let file, let resolved): file.respond(to: request, type: MediaType(path: resolved), store: store)
        case .directory where !path.isDirectory: .redirect(to: path.encoded + "/" + path.query)
        case .directory, nil: .refusal(.notFound, "There is nothing at this address.")
        }
    }

    private func entry(_ names: [String]) -> AssetRoot.Entry? {
        for root in roots {
            if let entry = root.entry(names) { return entry }
        }
        return nil
    }
}

extension AssetResponse {
    /// An error with its sentence as plain text.
    static func refusal(
        _ status: HTTPResponseStatus, _ sentence: String, _ more: HTTPHeaders = [:]
    ) -> AssetResponse {
        var headers = SecurityHeaders.all
        headers.add(name: "Content-Type", value: "text/plain; charset=utf-8")
        headers.add(name: "Cache-Control", value: "no-store")
        headers.add(contentsOf: more)
        return AssetResponse(status, headers, .bytes(ByteBuffer(string: sentence + "\n")))
    }

    /// A directory's address is only right with its slash: relative links depend on it.
    static func redirect(to location: Substring) -> AssetResponse {
        refusal(.permanentRedirect, "The address ends in a slash.", ["Location": String(location)])
    }

    /// A response whose `Content-Length` follows from its body, except where the status forbids one.
    init(_ status: HTTPResponseStatus, _ headers: HTTPHeaders, _ body: AssetBody) {
        head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        if status != .notModified { head.headers.add(name: "Content-Length", value: String(body.count)) }
        self.body = body
    }
}
