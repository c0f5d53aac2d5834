import ArgumentParser
import Foundation
import StarlingMath
import StarlingProject
import StarlingWekinator

struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Learn and play over OSC, without a window.",
        discussion: """
            Takes frames of numbers in by OSC, learns from them, and sends what it makes of them: in the words of \
            Wekinator, so that whatever works with that works with this. A project that is named is opened if it is \
            there and made if not; everything recorded is kept in it at once, and is there again after a crash.

            With a project that has examples it runs at once; with --wekinator it waits for /wekinator/control/startRunning. \
            --strict keeps to what Wekinator itself understands. Files are read and written only for senders on this machine.

            Outputs are given as KIND:N with further words behind colons:
              categories:4                one output with the classes 1 to 4
              categories:4:distribution   the same, and the certainties of all classes
              continuous:3                three numbers; further words: whole, hard, a range such as 0..127
              gestures:5                  distances to five gestures, named while they are made
              gestures:5:once             the same, named once, when running stops
            and a kind of model for the first two: categories:4:mlp.

            Examples:
              starling run --wekinator
              starling run --wekinator --inputs 15 --outputs continuous:3,categories:4
              starling run piece.starling --osc-out 192.168.1.20:12000
            """)

    @Argument(help: ArgumentHelp("The project to open, or to make.", valueName: "project.starling"))
    var project: String?

    @Flag(help: "Rest until told to run, as Wekinator does.")
    var wekinator = false

    @Option(help: ArgumentHelp("The UDP port to listen to; 0 for any that is free.", valueName: "port"))
    var oscIn = 6448

    @Option(help: ArgumentHelp("Where outputs go.", valueName: "host:port"))
    var oscOut = "127.0.0.1:12000"

    @Option(help: ArgumentHelp("The outputs of a new project.", valueName: "kind:n,..."))
    var outputs: OutputChoice?

    @Option(help: ArgumentHelp("The inputs of a new project; as many as the first frame has if not given.", valueName: "n"))
    var inputs: Int?

    @Flag(help: "Understand only what Wekinator understands.")
    var strict = false

    @Flag(help: "Send each output to an address of its own as well: /outputs/NAME.")
    var each = false

    @Flag(inversion: .prefixedNo, help: "Let messages to /wekinator/control/... record, train and run.")
    var control = true

    @Flag(help: "Play the project's instruments on this machine, and listen to its microphone.")
    var sound = false

    @Option(help: "The address to listen on; 127.0.0.1 for this machine only.")
    var host = "0.0.0.0"

    @Flag(help: "Print a JSON object a line instead of text.")
    var json = false

    func validate() throws {
        guard 0...65535 ~= oscIn else { throw ValidationError("The port is \(oscIn), but must be 0 to 65535") }
        if let inputs, !(1...1024 ~= inputs) { throw ValidationError("There are \(inputs) inputs, but there must be 1 to 1024") }
        _ = try target()
    }

    func run() throws {
        let log = RunLog(isJSON: json)
        let socket = try DatagramSocket(host: host, port: oscIn)
        let (outHost, outPort) = try target()
        let runHost = try RunHost(socket: socket, log: log, host: outHost, port: outPort)
        let wekinator = try begin(runHost, log)
        wekinator.acceptsControl = control
        wekinator.sendsEach = each
        if sound { runHost.player = player(log) }
        if let notice = wekinator.studioNotice { log.event("warning", notice) }
        log.event("ready", Text("Starling listens to OSC on UDP port \(socket.port) and sends to \(outHost):\(outPort) (Ctrl-C to stop)."))
        try RunLoop(wekinator: wekinator, host: runHost, runsAtOnce: project != nil && !self.wekinator).run()
    }

    /// Nothing but the sound is missing where there is no device.
    private func player(_ log: RunLog) -> SoundPlayer? {
        do throws(StarlingError) {
            let player = try SoundPlayer()
            log.event("sound", Text(player.hears ? "It plays, and listens to the microphone." : "It plays. There is no microphone to listen to."))
            return player
        } catch {
            log.event("warning", Text("There is no sound here (\(error.sentence)): Starling goes on in silence."))
            return nil
        }
    }

    /// The Wekinator for the project, there or new.
    private func begin(_ host: RunHost, _ log: RunLog) throws(StarlingError) -> Wekinator {
        if let project {
            let kept = try KeptProject(project)
            host.project = kept
            if let (contents, notices) = try kept.read() {
                for notice in notices { log.event("warning", notice) }
                return try Wekinator(contents: contents, host: host, isStrict: strict)
            }
        }
        let setup = WekinatorSetup(
            inputNames: WekinatorSetup.inputNames(inputs ?? 0),
            outputs: outputs?.outputs ?? (1...5).map { .continuous(Text("outputs-\($0)")) })
        return try Wekinator(setup: setup, host: host, isStrict: strict)
    }

    /// What a project file or a project of Wekinator holds, and where it is kept: of Wekinator's, in a file beside it.
    static func open(_ path: String) throws(StarlingError) -> (contents: ProjectContents, notices: [Text], kept: KeptProject) {
        if path.hasSuffix(".starling") {
            guard access(path, F_OK) == 0 else { throw StarlingError("there is no such file") }
            let kept = try KeptProject(path)
            guard let (contents, notices) = try kept.read() else { throw StarlingError("the file is empty") }
            return (contents, notices, kept)
        }
        var exchange = try Conversion.read(path)
        let file = try exchange.projectFile()
        let kept = try KeptProject((path.hasSuffix(".wekproj") ? String(path.dropLast(8)) : path) + ".starling")
        try kept.save(file, journalStart: [])
        return (try ProjectFile.read(file), exchange.notices, kept)
    }

    private func target() throws(StarlingError) -> (String, Int) {
        let parts = oscOut.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 2, let port = Int(parts.last!), 1...65535 ~= port else {
            throw StarlingError(Text("--osc-out is \(oscOut), but must be HOST:PORT with a port from 1 to 65535"))
        }
        return (parts.dropLast().joined(separator: ":").trimmingCharacters(in: ["[", "]"]), port)
    }
}
