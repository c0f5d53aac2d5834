import NIOHTTP1

/// The headers that every response carries, errors too.
enum SecurityHeaders {
    /// Isolation gives the page shared memory and fine clocks (COOP, COEP); the rest keeps other sites out.
    static let all: HTTPHeaders = [
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Content-Security-Policy": contentPolicy,
    ]

    /// Scripts and workers only from here, and none inside the page; sounds and pictures also from memory.
    private static let contentPolicy = [
        "default-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", "worker-src 'self'",
        "style-src 'self'", "img-src 'self' data: blob:", "media-src 'self' blob:",
        "object-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")
}
