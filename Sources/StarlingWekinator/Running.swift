import StarlingMath
import StarlingOSC

extension Wekinator {
    /// Begins to run: every frame is answered from now on.
    public func startRunning() {
        guard activity != .running else { return }
        guard host.learns || outputs.contains(where: { $0.isTrained }) || matchers.contains(where: { ($0?.count ?? 0) > 0 }) else {
            if isTraining, !isStrict {
                runsWhenTrained = true
                return
            }
            return complain("There is nothing to run yet: record examples and send /wekinator/control/train.")
        }
        if isTraining, isStrict { return complain("There is nothing to run during a training.") }
        stopRecording()
        for i in matchers.indices { matchers[i]?.start() }
        // Wekinator does not name a gesture again that it has named last.
        for i in lastRecognised.indices where !isStrict { lastRecognised[i] = -1 }
        activity = .running
        host.tell(.news, "Running.")
    }

    /// Ends running.
    public func stopRunning() {
        runsWhenTrained = false
        if activity == .running {
            finishGestures()
            activity = .resting
            host.tell(.news, "Stopped running.")
        }
    }

    /// Names gestures where they are named once.
    private func finishGestures() {
        var isNew = false
        for i in matchers.indices where outputs[i].isRunning && matchers[i]?.finish() == true { isNew = true }
        if isNew { sendAll() }
    }

    /// Answers a frame.
    func runFrame() {
        var isNew = false
        let hasModels = outputs.contains { !$0.setup.isGestures }
        if hasModels, !host.learns {
            for output in outputs where !output.setup.isGestures { output.run(frame.pointer) }
            isNew = true
        }
        for i in matchers.indices where matchers[i] != nil && outputs[i].isRunning {
            if matchers[i]!.take(frame.pointer) { isNew = true }
        }
        if hasModels, host.learns { return host.run() }
        if isNew { sendAll() }
    }

    func sendAll() {
        sendGestures()
        sendOutputs()
        sendDistributions()
    }

    /// Sends the values of all outputs in one message, and each alone where that is wanted.
    func sendOutputs() {
        let width = writeValues()
        send(setup.outputAddress, floats: UnsafeBufferPointer(start: line.pointer, count: width))
        counts.outputs += 1
        guard sendsEach else { return }
        var place = 0
        for output in outputs {
            let width = output.setup.width
            send("/outputs/" + output.setup.name, floats: UnsafeBufferPointer(start: line.pointer + place, count: width))
            place += width
        }
    }

    /// Writes what one message of outputs says into `line`, and says how many numbers that are.
    func writeValues() -> Int {
        var place = 0
        for (i, output) in outputs.enumerated() {
            if let matcher = matchers[i] {
                for distance in matcher.distances {
                    line[place] = distance
                    place += 1
                }
            } else {
                line[place] = output.value
                place += 1
            }
        }
        return place
    }

    private func sendDistributions() {
        for output in outputs where output.setup.sendsDistribution && output.setup.classCount > 0 {
            send(
                "/" + output.setup.name,
                floats: UnsafeBufferPointer(start: output.certainties.pointer, count: output.setup.classCount))
        }
    }

    /// Says once which gesture is recognised, whenever it is another one; never that it is none.
    private func sendGestures() {
        for (i, matcher) in matchers.enumerated() {
            guard let matcher, matcher.recognised != lastRecognised[i] else { continue }
            lastRecognised[i] = matcher.recognised
            let messages = outputs[i].setup.messages
            if messages.indices ~= matcher.recognised { send(messages[matcher.recognised]) }
        }
    }
}
