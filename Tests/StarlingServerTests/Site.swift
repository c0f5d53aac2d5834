import Foundation
import NIOCore
import NIOHTTP1
import StarlingServer

/// A directory of files for one test, removed with the object, and ways to ask a responder for them.
final class Site {
    let path: String

    init(_ files: [String: String] = [:]) throws {
        path = NSTemporaryDirectory() + "starling-site-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try write(text, to: name) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file and dates it back, as files are that were there before the server started.
    func write(_ text: String, to name: String, age: TimeInterval = 60) throws {
        let file = path + "/" + name
        let folder = (file as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        let date = Date(timeIntervalSinceNow: -age)
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: file)
    }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: target)
    }

    func responder() throws -> AssetResponder { AssetResponder(roots: [try AssetRoot(path)]) }

    func get(_ target: String, _ headers: HTTPHeaders = [:]) throws -> AssetResponse {
        try responder().respond(to: request(target, headers))
    }
}

/// A request as a browser sends it.
func request(_ target: String, _ headers: HTTPHeaders = [:], method: HTTPMethod = .GET) -> HTTPRequestHead {
    var all = headers
    all.add(name: "Host", value: "127.0.0.1")
    return HTTPRequestHead(version: .http1_1, method: method, uri: target, headers: all)
}

extension AssetResponse {
    var status: UInt { head.status.code }
    var bytes: ByteBuffer { body.piece(from: 0, limit: body.count) }
    var text: String { String(buffer: bytes) }
    func header(_ name: String) -> String? { head.headers.first(name: name) }
}
