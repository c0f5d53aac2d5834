import Foundation
import NIOHTTP1
import Testing
import StarlingServer

@Suite struct AssetResponderTests {
    private let script = "export const answer = 42\n"

    @Test func servesAFileWithItsTypeAndLength() throws {
        let response = try Site(["lib/starling.js": script]).get("/lib/starling.js?v=1")
        #expect(response.status == 200)
        #expect(response.text == script)
        #expect(response.header("Content-Type") == "text/javascript; charset=utf-8")
        #expect(response.header("Content-Length") == String(script.utf8.count))
        #expect(response.header("Cache-Control") == "no-cache")
    }

    @Test(arguments: ["/a.js", "/missing", "/sub", "/%zz", "/.git/config"])
    func isolatesEveryResponse(target: String) throws {
        let response = try Site(["a.js": script, "sub/index.html": "", ".git/config": ""]).get(target)
        #expect(response.header("Cross-Origin-Opener-Policy") == "same-origin")
        #expect(response.header("Cross-Origin-Embedder-Policy") == "require-corp")
        #expect(response.header("Cross-Origin-Resource-Policy") == "same-origin")
        #expect(response.header("X-Content-Type-Options") == "nosniff")
        let policy = try #require(response.header("Content-Security-Policy"))
        #expect(policy.contains("script-src 'self' 'wasm-unsafe-eval';"))
        #expect(policy.contains("worker-src 'self';"))
    }

    @Test func headHasTheHeadersOfGetAndNoBody() throws {
        let site = try Site(["a.css": "p{}"])
        let get = try site.get("/a.css")
        let head = try site.responder().respond(to: request("/a.css", method: .HEAD))
        #expect(head.head.headers.description == get.head.headers.description)
        #expect(head.status == 200)
        #expect(head.body.count == 0)
    }

    @Test(arguments: [HTTPMethod.POST, .PUT, .DELETE, .OPTIONS, .TRACE])
    func refusesOtherMethods(method: HTTPMethod) throws {
        let site = try Site(["a.js": script])
        let response = try site.responder().respond(to: request("/a.js", method: method))
        #expect(response.status == 405)
        #expect(response.header("Allow") == "GET, HEAD")
    }

    @Test func servesTheIndexOfADirectory() throws {
        let site = try Site(["index.html": "home", "lessons/one/index.html": "one"])
        #expect(try site.get("/").text == "home")
        #expect(try site.get("/lessons/one/").text == "one")
        #expect(try site.get("/lessons/").status == 404)
        let redirect = try site.get("/lessons/one?x=1")
        #expect(redirect.status == 308)
        #expect(redirect.header("Location") == "/lessons/one/?x=1")
    }

    @Test func needsExactlyOneHost() throws {
        let site = try Site(["a.js": script])
        let responder = try site.responder()
        var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/a.js")
        #expect(responder.respond(to: head).status == 400)
        head.version = .http1_0
        #expect(responder.respond(to: head).status == 200)
    }

    @Test func looksThroughTheRootsInOrder() throws {
        let (first, second, data) = try (Site(["a.txt": "first"]), Site(["a.txt": "second", "b.txt": "b"]), Site(["c.txt": "c"]))
        let responder = AssetResponder(roots: [
            try AssetRoot(first.path), try AssetRoot(second.path), try AssetRoot(data.path, prefix: "data"),
        ])
        #expect(responder.respond(to: request("/a.txt")).text == "first")
        #expect(responder.respond(to: request("/b.txt")).text == "b")
        #expect(responder.respond(to: request("/data/c.txt")).text == "c")
        #expect(responder.respond(to: request("/c.txt")).status == 404)
    }

    @Test func saysWhichDirectoryIsMissing() throws {
        #expect { try AssetRoot("/no/such/place") } throws: { "\($0)".contains("/no/such/place") }
    }
}
