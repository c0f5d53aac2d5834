import StarlingMath
import StarlingProject

/// A Wekinator within a project that others change too, and whose models are theirs; see `WekinatorHost.learns`.
extension Wekinator {
    /// Takes in what has become of the project, with the rows of takes of gestures that are not here yet.
    ///
    /// What is being recorded goes on, and so does running; every output that is still there keeps its value.
    public func follow(_ document: Document, rows: [Blob]) throws(StarlingError) {
        let (setup, names) = try WekinatorSetup.read(document, port: setup.inputPort)
        if names.columns != keeper.names.columns { stopRecording() }
        let (earlier, earlierNames, activity, recognised) = (outputs, keeper.names, activity, lastRecognised)
        self.setup = setup
        keeper.follow(document, rows, names)
        prepare()
        self.activity = activity
        for (i, output) in outputs.enumerated() {
            guard let place = earlierNames.models.indices.first(where: { earlierNames.isSame($0, as: i, of: names) }) else { continue }
            output.value = earlier[place].value
            output.isRecording = earlier[place].isRecording
            output.isRunning = earlier[place].isRunning
            lastRecognised[i] = recognised[place]
        }
        load(ProjectContents(document: document, blobs: keeper.blobs, weights: []))
    }

    /// The slots of the bus that `answer` is to be given, in order: of each output that is no set of gestures a knob; or the
    /// label, and the certainties where those are sent.
    public var answerPaths: [Text] {
        outputs.indices.flatMap { output -> [Text] in
            let root = "/learn/" + keeper.names.models[output] + "/"
            if outputs[output].setup.isGestures { return [] }
            if let knob = keeper.names.knobs[output] { return [root + knob] }
            return [root + "label"] + certaintyIDs(output).map { root + $0 + "/certainty" }
        }
    }

    /// Sends what the outputs say to the newest frame, given what the slots of `answerPaths` hold.
    public func answer(_ values: UnsafeBufferPointer<Float>) {
        guard activity == .running, values.count == answerPaths.count, var place = values.baseAddress else { return }
        for (i, output) in outputs.enumerated() where !output.setup.isGestures {
            let certaintyCount = certaintyIDs(i).count
            if output.isRunning { output.take(place, certaintyCount: certaintyCount, firstClass: hasZero(i) ? 0 : 1) }
            place += 1 + certaintyCount
        }
        sendAll()
    }

    private func hasZero(_ output: Int) -> Bool { keeper.document.has("categories", keeper.names.zero(output)) }

    private func certaintyIDs(_ output: Int) -> [Text] {
        guard outputs[output].setup.sendsDistribution else { return [] }
        return (hasZero(output) ? [keeper.names.zero(output)] : []) + keeper.names.categories[output]
    }
}

extension ProjectNames {
    /// Whether an output here is the one with another number there.
    fileprivate func isSame(_ output: Int, as other: Int, of names: ProjectNames) -> Bool {
        models[output] == names.models[other] && knobs[output] == names.knobs[other]
    }
}
