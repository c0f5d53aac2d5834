import NIOHTTP1
import Testing
import StarlingServer

@Suite struct ByteRangeTests {
    private let site: Site
    init() throws { site = try Site(["digits.txt": "0123456789", "empty.txt": ""]) }

    @Test(arguments: [
        ("bytes=0-3", "0123", "bytes 0-3/10"), ("bytes=7-", "789", "bytes 7-9/10"), ("bytes=-3", "789", "bytes 7-9/10"),
        ("bytes=-99", "0123456789", "bytes 0-9/10"), ("bytes=8-99", "89", "bytes 8-9/10"),
        ("bytes=9-9", "9", "bytes 9-9/10"), ("Bytes=0-0", "0", "bytes 0-0/10"),
        ("bytes=4-99999999999999999999", "456789", "bytes 4-9/10"),
    ])
    func sendsThePart(range: String, text: String, place: String) throws {
        let response = try site.get("/digits.txt", ["Range": range])
        #expect(response.status == 206)
        #expect(response.text == text)
        #expect(response.header("Content-Range") == place)
        #expect(response.header("Content-Length") == String(text.count))
    }

    @Test(arguments: ["bytes=10-", "bytes=99-100", "bytes=-0", "bytes=99999999999999999999-"])
    func refusesWhatIsNotThere(range: String) throws {
        let response = try site.get("/digits.txt", ["Range": range])
        #expect(response.status == 416)
        #expect(response.header("Content-Range") == "bytes */10")
        #expect(try site.get("/empty.txt", ["Range": "bytes=0-"]).status == 416)
    }

    @Test(arguments: ["bytes=3-1", "bytes=a-b", "bytes=", "bytes=-", "bytes=0-1,3-4", "lines=0-1", "0-1", "bytes=+1-2", "bytes=--1"])
    func ignoresWhatItNeedNotUnderstand(range: String) throws {
        let response = try site.get("/digits.txt", ["Range": range])
        #expect(response.status == 200)
        #expect(response.text == "0123456789")
    }

    @Test func sendsThePartOnlyOfTheVersionNamed() throws {
        let tag = try #require(try site.get("/digits.txt").header("ETag"))
        #expect(try site.get("/digits.txt", ["Range": "bytes=0-1", "If-Range": tag]).status == 206)
        for other in ["\"other\"", "W/" + tag, "Sun, 06 Nov 1994 08:49:37 GMT"] {
            #expect(try site.get("/digits.txt", ["Range": "bytes=0-1", "If-Range": other]).status == 200, "\(other)")
        }
    }

    @Test func headIgnoresRanges() throws {
        let response = try site.responder().respond(to: request("/digits.txt", ["Range": "bytes=0-1"], method: .HEAD))
        #expect(response.status == 200)
        #expect(response.header("Content-Length") == "10")
    }
}
