import Foundation
import NIOCore
import Testing
import StarlingServer

/// What only a live connection can show. Each test has a server of its own on a port of the system's choice.
@Suite struct ServerTests {
    private func serving(
        _ files: [String: String] = ["a.txt": "hello"], _ change: (inout ServerLimits) -> Void = { _ in },
        test: (Server, Client) throws -> Void
    ) throws {
        let site = try Site(files)
        var limits = ServerLimits()
        change(&limits)
        let server = try Server(responder: try site.responder(), port: 0, limits: limits)
        defer { server.stop() }
        try test(server, Client(port: server.port))
    }

    /// Until the server has closed all connections, which a client that takes nothing cannot see.
    private func waitUntilAlone(_ server: Server) {
        let latest = Date(timeIntervalSinceNow: 10)
        while server.connectionCount > 0, Date() < latest { sched_yield() }
    }

    @Test func keepsTheConnectionAndAnswersInOrder() throws {
        try serving(["a.txt": "first", "b.txt": "second"]) { _, client in
            client.send("GET /a.txt HTTP/1.1\r\nHost: x\r\n\r\nHEAD /a.txt HTTP/1.1\r\nHost: x\r\n\r\nGET /b.txt HTTP/1.1\r\nHost: x\r\n\r\n")
            let first = try client.response()
            #expect(first.hasPrefix("HTTP/1.1 200 OK\r\n") && first.hasSuffix("\r\n\r\nfirst"))
            #expect(first.contains("\r\nDate: "))
            let head = try client.head()
            #expect(head.lowercased().contains("content-length: 5"))
            let second = try client.response()
            #expect(second.hasSuffix("second"))
        }
    }

    @Test(arguments: ["GET /a.txt HTTP/1.0\r\n\r\n", "GET /a.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"])
    func closesWhenAsked(request: String) throws {
        try serving { _, client in
            client.send(request)
            let answer = try client.receive()
            #expect(answer.hasSuffix("hello"))
        }
    }

    @Test func sendsLargeFilesWhole() throws {
        let size = 9 << 20
        try serving(["take.wav": String(repeating: "x", count: size)]) { _, client in
            client.send("GET /take.wav HTTP/1.1\r\nHost: x\r\n\r\n")
            let response = try client.response()
            let isWhole = response.hasSuffix("\r\n\r\n" + String(repeating: "x", count: size))
            #expect(isWhole)
        }
    }

    enum Malformed: CaseIterable {
        case garbage, headerName, longHeader, announcedBody, chunkedBody

        var request: String {
            let begin = "GET /a.txt HTTP/1.1\r\nHost: x\r\n"
            return switch self {
            case .garbage: "GARBAGE\r\n\r\n"
            case .headerName: begin + "Bad Name: 1\r\n\r\n"
            case .longHeader: begin + "A: " + String(repeating: "a", count: 20_000) + "\r\n\r\n"
            case .announcedBody: begin + "Content-Length: 10000000\r\n\r\n"
            case .chunkedBody:
                begin + "Transfer-Encoding: chunked\r\n\r\n11000\r\n" + String(repeating: "a", count: 0x11000)
            }
        }

        var status: Int {
            switch self {
            case .garbage, .headerName: 400
            case .longHeader: 431
            case .announcedBody, .chunkedBody: 413
            }
        }
    }

    @Test(arguments: Malformed.allCases) func refusesAndCloses(_ malformed: Malformed) throws {
        try serving { _, client in
            client.send(malformed.request)
            let answer = try client.receive()
            #expect(answer.hasPrefix("HTTP/1.1 \(malformed.status) "), "\(answer.prefix(80))")
            #expect(answer.contains("Cross-Origin-Embedder-Policy: require-corp"))
        }
    }

    @Test func ignoresASmallBody() throws {
        try serving { _, client in
            client.send("GET /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcGET /a.txt HTTP/1.1\r\nHost: x\r\n\r\n")
            for _ in 0..<2 {
                let answer = try client.response()
                #expect(answer.hasSuffix("hello"))
            }
        }
    }

    @Test(arguments: ["", "GET /a.txt HTT", "GET /a.txt HTTP/1.1\r\nHost: x\r\n", "GET /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc"])
    func closesOnASilentClient(beginning: String) throws {
        try serving(["a.txt": "hello"], { $0.patience = .milliseconds(50) }) { _, client in
            client.send(beginning)
            let answer = try client.receive()
            #expect(answer == "")
        }
    }

    @Test func closesOnAClientThatTakesNothing() throws {
        let size = 16 << 20
        try serving(["take.wav": String(repeating: "x", count: size)], { $0.patience = .milliseconds(50) }) { server, client in
            client.send("GET /take.wav HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try client.receive(1)
            waitUntilAlone(server)
            let received = try client.receive().utf8.count
            #expect(received < size)
        }
    }

    @Test func limitsConnections() throws {
        try serving(["a.txt": "hello"], { $0.connectionCount = 1 }) { server, first in
            first.send("GET /a.txt HTTP/1.1\r\nHost: x\r\n\r\n")
            let answer = try first.response()
            #expect(answer.hasSuffix("hello"))
            let refused = try Client(port: server.port).receive()
            #expect(refused == "")
        }
    }

    @Test func stopsWithIdleAndStalledConnections() throws {
        try serving(["take.wav": String(repeating: "x", count: 16 << 20)], { $0.farewell = .milliseconds(50) }) { server, idle in
            let stalled = Client(port: server.port)
            stalled.send("GET /take.wav HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try stalled.receive(1)
            server.stop()
            let answer = try idle.receive()
            #expect(answer == "")
            #expect(Client(port: server.port).isConnected == false)
        }
    }

    @Test func finishesTheResponseUnderWay() throws {
        let size = 16 << 20
        try serving(["take.wav": String(repeating: "x", count: size)], { $0.farewell = .seconds(10) }) { server, client in
            client.send("GET /take.wav HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try client.receive(1)
            let stopping = Thread { server.stop() }
            stopping.start()
            let received = try client.receive().utf8.count
            #expect(received > size)
        }
    }

    @Test func saysWhenThePortIsInUse() throws {
        try serving { server, _ in
            let site = try Site()
            #expect {
                _ = try Server(responder: try site.responder(), port: server.port)
            } throws: { error in
                "\(error)".contains("port \(server.port)") && "\(error)".contains("in use")
            }
        }
    }
}
