import ArgumentParser
import Foundation
import StarlingMath
import StarlingServer

struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the studio to a browser.",
        discussion: """
            Prints the address and serves until it is interrupted (Ctrl-C). Nothing is sent anywhere: sound, \
            examples and projects stay in the browser.

            Browsers give the microphone only to pages from this machine or over TLS, so the studio is served to \
            this machine alone unless --host says otherwise.

            Examples:
              starling serve
              starling serve --port 9000
              starling serve --data ~/Music/takes      files of yours, below /data/

            Pages of this machine can send and receive OSC: to any port of this machine, and to the addresses that \
            --osc-to allows. --no-osc switches that off.
            """)

    @Option(help: "The address to serve on; 0.0.0.0 for all of this machine's.")
    var host = "127.0.0.1"

    @Option(help: "The port to serve on; 0 for any that is free.")
    var port = 8080

    @Option(help: ArgumentHelp("A directory to serve below /data/, made if it is not there.", valueName: "dir"))
    var data: String?

    @Flag(inversion: .prefixedNo, help: "Let pages of this machine send and receive OSC.")
    var osc = true

    @Option(help: ArgumentHelp("Further machines to which pages may send OSC.", valueName: "host:port,..."))
    var oscTo: String?

    @Option(help: "The address on which pages hear OSC; 0.0.0.0 to hear other machines too.")
    var oscHost = "127.0.0.1"

    @Option(help: ArgumentHelp("The studio's files; found beside the program if not given.", valueName: "dir"))
    var web: String?

    func validate() throws {
        guard 0...65535 ~= port else { throw ValidationError("The port is \(port), but must be 0 to 65535") }
    }

    func run() throws {
        // Before any thread starts, so that all of them leave these signals to `sigwait`.
        var endings = sigset_t()
        sigemptyset(&endings)
        for signal in [SIGINT, SIGTERM] { sigaddset(&endings, signal) }
        pthread_sigmask(SIG_BLOCK, &endings, nil)

        let targets = oscTo?.split(separator: ",").map(String.init) ?? []
        let bridge = osc ? try OSCBridge(targets: targets, listeningHost: oscHost) : nil
        let server = try Server(responder: AssetResponder(roots: roots()), host: host, port: port, bridge: bridge)
        print("Starling is at http://\(host.contains(":") ? "[\(host)]" : host):\(server.port)/ (Ctrl-C to stop)")
        fflush(nil)
        var signal: Int32 = 0
        sigwait(&endings, &signal)
        server.stop()
    }

    private func roots() throws -> [AssetRoot] {
        var roots = [try AssetRoot(web ?? Serve.findStudio())]
        if let data {
            try? FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
            roots.append(try AssetRoot(data, prefix: "data"))
        }
        return roots
    }

    /// The directory `web` here or in a directory above the program, which is built within the project.
    private static func findStudio() throws(StarlingError) -> String {
        var places = [URL(fileURLWithPath: FileManager.default.currentDirectoryPath)]
        var above = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        while above.path != "/" {
            above.deleteLastPathComponent()
            places.append(above)
        }
        for place in places.map({ $0.appendingPathComponent("web").path })
        where FileManager.default.fileExists(atPath: place + "/index.html") { return place }
        throw StarlingError("the studio's files are neither here nor beside the program: name their directory with --web")
    }
}
