import StarlingLearning
import StarlingMath
import StarlingOSC
import StarlingProject
import StarlingWekinator
import Testing

/// One row of the protocol's tables: messages in, what comes out of them, and how things stand afterwards.
struct ProtocolRow: CustomTestStringConvertible, Sendable {
    /// The modes in which it is so.
    enum Mode {
        case strict, lenient, both
        /// Whether each of them is strict.
        var each: [Bool] { self == .both ? [true, false] : [self == .strict] }
    }

    /// How things stand before the messages.
    enum Situation: Sendable {
        /// A choice of three with a distribution and a hard number 0...10; nothing recorded.
        case new
        /// The same, recording.
        case recording
        /// Three examples of class 1 and value 2 around (0, 0), three of class 2 and value 8 around (1, 1); at rest.
        case recorded
        /// The same, trained.
        case trained
        /// The same, running.
        case running
        /// One input; a whole number taught -3.7 everywhere, and a hard one taught 0 at 0 and 10 at 1, both 0...10; running.
        case ranges
        /// Inputs to `/in`, outputs to `/out`; running.
        case renamed
        /// Two gestures, one of 20 frames rising and one falling; at rest.
        case gestures
        /// The same, running.
        case gesturesRunning
        /// Resting, and to be named once.
        case once
        /// Running, and controlled by nobody.
        case closed
    }

    let name: String
    let mode: Mode
    let situation: Situation
    let messages: [String]
    /// What is sent, a line a message.
    let sent: [String]
    /// Activity and number of examples.
    let state: String
    /// Values of the document afterwards, as `table id field`.
    let document: [String: String]

    /// A row; messages are an address, or a control word, then arguments: `f1.5`, `i1`, `h1`, `d1`, `T`, `F`, `N`, `s:text`, `b`.
    init(
        _ name: String, _ mode: Mode, _ situation: Situation, _ messages: [String], sent: [String] = [],
        _ state: String, document: [String: String] = [:]
    ) {
        (self.name, self.mode, self.situation, self.messages) = (name, mode, situation, messages)
        (self.sent, self.state, self.document) = (sent, state, document)
    }

    var testDescription: String { name }

    func check(isStrict: Bool) throws {
        let mode = isStrict ? "strict" : "lenient"
        let peer = try situation.peer(strict: isStrict)
        _ = peer.host.take()
        peer.host.files = [("/in.csv", Array("0,0\n1,1\n".utf8))]
        for message in messages {
            if message == "…" { peer.finishTraining() } else { peer.say(message) }
        }
        #expect(peer.host.take().map { $0.line } == sent, "\(name), \(mode): sent")
        #expect(peer.state == state, "\(name), \(mode): state")
        // An open recording is in the document once it is kept.
        peer.control("stopRecording")
        for (place, value) in document {
            let words = place.split(separator: " ").map { Text(String($0)) }
            if words[0] == "file" {
                let lines = peer.host.read(words[1]).map { String(decoding: $0, as: UTF8.self).split(separator: "\n").map { $0 + "|" }.joined() }
                #expect(lines == value, "\(name), \(mode): \(place)")
                continue
            }
            #expect(peer.wekinator.document.said(words[0], words[1], words[2]) == value, "\(name), \(mode): \(place)")
        }
    }
}

extension ProtocolRow.Situation {
    func peer(strict: Bool) throws -> Peer {
        switch self {
        case .ranges:
            var outputs = [number("whole", whole: true), number("hard", hard: true)]
            for i in 0..<2 {
                outputs[i].model = i == 0 ? "knn" : "ridge"
                outputs[i].settings = ModelCatalogue.named(outputs[i].model)!.defaultSettings
            }
            let peer = try Peer(inputs: 1, outputs, strict: strict)
            for x in [0, 1] as [Float] { peer.teach([-3.7, 10 * x], (0..<10).map { _ in [x] }) }
            peer.train()
            peer.control("startRunning")
            return peer
        case .renamed:
            var setup = WekinatorSetup(inputNames: WekinatorSetup.inputNames(2), outputs: [categories(2)])
            (setup.inputAddress, setup.outputAddress) = ("/in", "/out")
            let peer = try Peer(setup, strict: strict)
            for message in ["outputs f2", "startRecording", "/in f1 f1", "/in f1 f0", "stopRecording", "train"] { peer.say(message) }
            peer.finishTraining()
            peer.control("startRunning")
            return peer
        case .gestures, .gesturesRunning, .once:
            var set = OutputSetup(name: "outputs-1", kind: .gestures(count: 2))
            set.isNamedOnce = self == .once
            let peer = try Peer([set], strict: strict)
            for gesture in 0..<2 {
                peer.control("startDtwRecording", .int(Int32(gesture + 1)))
                for frame in GestureTests.ramp(20, up: gesture == 0) { peer.inputs(frame[0], frame[1]) }
                peer.control("stopDtwRecording")
            }
            if self == .gesturesRunning { peer.control("startRunning") }
            return peer
        default:
            var choice = categories(3)
            choice.sendsDistribution = true
            var level = number("level", hard: true)
            (level.model, level.settings) = ("knn", ModelCatalogue.named("knn")!.defaultSettings.enumerated().map { $0.offset == 0 ? 1 : $0.element })
            let peer = try Peer([choice, level], strict: strict)
            if self == .new { return peer }
            if self == .recording {
                peer.say("outputs f2 f3")
                peer.control("startRecording")
                return peer
            }
            peer.teach([1, 2], VocabularyTests.corners)
            peer.teach([2, 8], VocabularyTests.opposite)
            if self == .recorded { return peer }
            peer.train()
            if self != .trained { peer.control("startRunning") }
            peer.wekinator.acceptsControl = self != .closed
            return peer
        }
    }
}

extension Peer {
    /// Sends a message as rows of the table write it.
    func say(_ message: String) {
        let words = message.split(separator: " ").map(String.init)
        let address = words[0].hasPrefix("/") ? words[0] : "/wekinator/control/" + words[0]
        send(Text(address), words.dropFirst().map { word in
            let rest = String(word.dropFirst())
            switch word.first! {
            case "f": return .float(Float(rest)!)
            case "i": return .int(Int32(rest)!)
            case "h": return .long(Int64(rest)!)
            case "d": return .double(Double(rest)!)
            case "T": return .flag(true)
            case "F": return .flag(false)
            case "N": return .nothing
            case "b": return .blob([1, 2, 3])
            default: return .string(Text(String(rest.dropFirst())))
            }
        })
    }

    /// What goes on, and how many examples there are.
    var state: String {
        let word = switch wekinator.activity {
        case .resting: wekinator.isTraining ? "training" : "resting"
        case .recording: "recording"
        case .recordingGesture(let gesture): "recording gesture \(gesture + 1)"
        case .running: wekinator.isTraining ? "running and training" : "running"
        }
        return "\(word), \(wekinator.exampleCount) examples"
    }
}

extension TestHost.Sent {
    /// As rows of the table write it. Of errors the sentence is left out, and of certainties all but their number and the largest.
    var line: String {
        if address == "/starling/error" { return "error to the sender" }
        let place = destination == .listener ? "" : destination == .sender ? " to the sender" : " to the port behind"
        if address == "/outputs-1" {
            let certainties = values.map { if case .float(let value) = $0 { value } else { Float.nan } }
            return "/outputs-1 of \(certainties.count), class \(certainties.firstIndex(of: certainties.max()!)!)"
        }
        return "\(address)" + values.map { value in
            switch value {
            case .float(let value): " f" + (value == value.rounded() && value.isFinite ? "\(Int(value))" : "\(value)")
            case .string(let text): " s:\(text)"
            default: " ?"
            }
        }.joined() + place
    }
}

extension Document {
    /// A value in words; `none` where there is none, and for a whole table its number of records.
    fileprivate func said(_ table: Text, _ id: Text, _ field: Text) -> String {
        if id == "*" { return "\(ids(table).count)" }
        switch value(table, id, field) {
        case .text(let text): return "\(text)"
        case .number(let number): return number == number.rounded() ? "\(Int(number))" : "\(number)"
        case .flag(let flag): return "\(flag)"
        case .texts(let texts): return texts.map { "\($0)" }.joined(separator: " ")
        default: return "none"
        }
    }
}
