import Testing
import StarlingServer

@Suite struct MediaTypeTests {
    @Test(arguments: [
        ("index.html", "text/html; charset=utf-8"), ("a.mjs", "text/javascript; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"), ("a.json", "application/json; charset=utf-8"),
        ("engine.wasm", "application/wasm"), ("a.svg", "image/svg+xml; charset=utf-8"), ("a.png", "image/png"),
        ("take.WAV", "audio/wav"), ("app.webmanifest", "application/manifest+json; charset=utf-8"),
        ("choir.starling", "application/vnd.starling+zip"), ("a.md", "text/markdown; charset=utf-8"),
        ("a.woff2", "font/woff2"), ("LICENSE", "application/octet-stream"), ("x.js.y", "application/octet-stream"),
        ("a.exe", "application/octet-stream"), ("js", "application/octet-stream"),
    ])
    func followsTheEnding(name: String, type: String) throws {
        #expect(try Site(["folder.js/" + name: ""]).get("/folder.js/" + name).header("Content-Type") == type)
    }
}
