import Glibc
import Testing
import StarlingServer

/// Nothing outside the root, and nothing hidden in it, can be had.
@Suite struct EscapeTests {
    @Test(arguments: [
        "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%2e%2e%2fsecret.txt", "/sub/../../secret.txt",
        "/..\\secret.txt", "/..%5csecret.txt", "/%252e%252e/secret.txt", "//secret.txt", "/./../secret.txt",
        "/a.txt%00.js", "/a.txt%0a", "/%c0%ae%c0%ae/secret.txt", "/sub%2f..%2f..%2fsecret.txt",
        "/.hidden", "/.git/config", "/sub/.env", "/%2ehidden", "secret.txt", "", "*", "http://host", "/%", "/%1", "/a.txt/",
        "/a.txt/x",
    ])
    func refuses(target: String) throws {
        let site = try Site([
            "secret.txt": "secret", "web/a.txt": "a", "web/.hidden": "secret", "web/.git/config": "secret",
            "web/sub/.env": "secret",
        ])
        let responder = AssetResponder(roots: [try AssetRoot(site.path + "/web")])
        let response = responder.respond(to: request(target))
        #expect(response.status == 400 || response.status == 404, "\(target): \(response.status)")
        #expect(!response.text.contains("secret"))
    }

    @Test func followsLinksWithinTheRootOnly() throws {
        let site = try Site(["secret.txt": "secret", "web/a.txt": "a", "web/.hidden/x.txt": "secret", "web-2/b.txt": "secret"])
        try site.link("web/inside.txt", to: "a.txt")
        try site.link("web/outside.txt", to: "../secret.txt")
        try site.link("web/absolute.txt", to: site.path + "/secret.txt")
        try site.link("web/folder", to: "..")
        try site.link("web/sibling", to: "../web-2")
        try site.link("web/unhidden", to: ".hidden")
        try site.link("web/loop", to: "loop")
        let responder = AssetResponder(roots: [try AssetRoot(site.path + "/web")])
        #expect(responder.respond(to: request("/inside.txt")).text == "a")
        for target in ["/outside.txt", "/absolute.txt", "/folder/secret.txt", "/folder", "/sibling/b.txt", "/unhidden/x.txt", "/loop"] {
            #expect(responder.respond(to: request(target)).status == 404, "\(target)")
        }
    }

    @Test func servesRegularFilesOnly() throws {
        let site = try Site(["a.txt": "a"])
        #expect(mkfifo(site.path + "/pipe", 0o644) == 0)
        #expect(try site.get("/pipe").status == 404)
    }

    @Test func takesNamesThatNeedEncoding() throws {
        let site = try Site(["d\u{e9}j\u{e0} vu?.txt": "seen"])
        #expect(try site.get("/d%C3%A9j%c3%a0%20vu%3F.txt").text == "seen")
        #expect(try site.get("http://localhost:8080/d%C3%A9j%c3%a0%20vu%3F.txt").text == "seen")
    }
}
