import StarlingMath
import StarlingOSC

extension Wekinator {
    /// Counts an error, tells people, and, unless strict, the sender: each sentence once a second at most.
    func complain(_ sentence: Text) {
        counts.errors += 1
        guard let shown = held(sentence) else { return }
        host.tell(.warning, shown)
        if !isStrict, !isReleasing { send("/starling/error", [.string(shown)], to: .sender) }
    }

    /// Tells people, once a second at most.
    func tell(_ sentence: Text) { if let shown = held(sentence) { host.tell(.warning, shown) } }

    private func held(_ sentence: Text) -> Text? {
        guard let place = complaints.firstIndex(where: { $0.sentence == sentence }) else {
            if complaints.count >= 64 { complaints.removeFirst() }
            complaints.append(Complaint(sentence: sentence, answered: now))
            return sentence
        }
        guard now - complaints[place].answered >= 1 else {
            complaints[place].held += 1
            return nil
        }
        let held = complaints[place].held
        complaints[place] = Complaint(sentence: sentence, answered: now)
        return held == 0 ? sentence : sentence + Text(" (") + Text(held) + Text(" times more since the last time)")
    }

    /// Sends a message.
    func send(_ address: Text, _ arguments: [OSCValue] = [], to destination: WekinatorHost.Destination = .listener) {
        var writer = OSCWriter(packetSpace)
        writer.message(address, arguments)
        host.send(writer.packet, to: destination)
    }

    /// Sends floats.
    func send(_ address: Text, floats: UnsafeBufferPointer<Float>) {
        var writer = OSCWriter(packetSpace)
        address.utf8.withUnsafeBufferPointer { writer.message($0, floats: floats) }
        host.send(writer.packet, to: .listener)
    }
}
