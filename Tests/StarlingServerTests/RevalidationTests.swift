import Foundation
import NIOCore
import NIOHTTP1
import Testing
import StarlingServer

@Suite struct RevalidationTests {
    @Test func knowsAnUnchangedFileAgain() throws {
        let site = try Site(["a.js": "1"])
        let tag = try #require(try site.get("/a.js").header("ETag"))
        #expect(tag.hasPrefix("\"") && tag.hasSuffix("\""))
        for named in [tag, "W/" + tag, "\"other\", " + tag, "*"] {
            let response = try site.get("/a.js", ["If-None-Match": named])
            #expect(response.status == 304, "\(named)")
            #expect(response.body.count == 0)
            #expect(response.header("ETag") == tag)
            #expect(response.header("Content-Length") == nil)
        }
        #expect(try site.get("/a.js", ["If-None-Match": "\"other\""]).status == 200)
    }

    @Test func tagsFollowTheContentNotTheTime() throws {
        let site = try Site(["a.js": "1", "b.js": "1", "c.js": "2"])
        #expect(try site.get("/a.js").header("ETag") == site.get("/b.js").header("ETag"))
        #expect(try site.get("/a.js").header("ETag") != site.get("/c.js").header("ETag"))
    }

    @Test(arguments: [60.0, 0.0]) func seesAnEditOfTheSameSizeAtOnce(age: Double) throws {
        let site = try Site()
        try site.write("one", to: "a.js", age: age)
        let responder = try site.responder()
        #expect(responder.respond(to: request("/a.js")).text == "one")
        try site.write("two", to: "a.js", age: age / 2)
        #expect(responder.respond(to: request("/a.js")).text == "two")
    }

    @Test func packsWhatShrinks() throws {
        let text = String(repeating: "the same line again\n", count: 500)
        let site = try Site(["a.js": text, "a.png": text, "tiny.js": "1"])
        let packed = try site.get("/a.js", ["Accept-Encoding": "br, gzip;q=0.8"])
        #expect(packed.header("Content-Encoding") == "gzip")
        #expect(packed.header("Vary") == "Accept-Encoding")
        #expect(packed.body.count < text.utf8.count / 10)
        #expect(try unpacked(packed.bytes) == text)
        let plain = try site.get("/a.js")
        #expect(plain.header("Content-Encoding") == nil)
        #expect(plain.header("ETag") != packed.header("ETag"))
        for refused in ["", "br", "gzip;q=0", "identity"] {
            #expect(try site.get("/a.js", ["Accept-Encoding": refused]).header("Content-Encoding") == nil, "\(refused)")
        }
        #expect(try site.get("/a.png", ["Accept-Encoding": "gzip"]).header("Content-Encoding") == nil)
        #expect(try site.get("/tiny.js", ["Accept-Encoding": "gzip"]).text == "1")
    }

    @Test func largeFilesComeFromTheDisk() throws {
        let size = 5 << 20
        let site = try Site(["take.wav": String(repeating: "x", count: size)])
        let response = try site.get("/take.wav", ["Range": "bytes=-10"])
        guard case .file = response.body else { Issue.record("\(size) bytes were kept in memory"); return }
        #expect(response.text == "xxxxxxxxxx")
        let tag = try #require(response.header("ETag"))
        #expect(try site.get("/take.wav", ["If-None-Match": tag]).status == 304)
    }

    /// Unpacked by the system's own gzip.
    private func unpacked(_ bytes: ByteBuffer) throws -> String {
        let gunzip = Process()
        gunzip.executableURL = URL(fileURLWithPath: "/bin/gzip")
        gunzip.arguments = ["-dc"]
        let (input, output) = (Pipe(), Pipe())
        gunzip.standardInput = input
        gunzip.standardOutput = output
        try gunzip.run()
        try input.fileHandleForWriting.write(contentsOf: Data(bytes.readableBytesView))
        try input.fileHandleForWriting.close()
        return String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }
}
