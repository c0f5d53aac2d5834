import StarlingLearning
import StarlingMath
import StarlingProject

extension Wekinator {
    /// Begins to record: every frame becomes an example of the outputs as they are set.
    public func startRecording() {
        guard activity != .recording else { return }
        guard outputs.contains(where: { !$0.setup.isGestures }) else {
            return complain("This project learns gestures: send /wekinator/control/startDtwRecording with the gesture's number.")
        }
        stopAll()
        round += 1
        takeLabels = []
        activity = .recording
        host.tell(.news, "Recording.")
    }

    /// Begins to record a gesture: the frames until `stopRecording` are one example of it.
    ///
    /// - Parameter gesture: From 0, counted through all outputs that are gestures.
    public func startGestureRecording(_ gesture: Int) {
        guard let place = gesturePlace(gesture) else {
            let count = outputs.reduce(0) { $0 + ($1.setup.isGestures ? $1.setup.width : 0) }
            return complain(
                count == 0
                    ? "This project has no gestures: start with --outputs gestures:N."
                    : Text("Gesture ") + Text(gesture + 1) + Text(" does not exist; there are 1 to ") + Text(count) + Text("."))
        }
        guard outputs[place.output].isRecording else { return }
        stopAll()
        round += 1
        gestureFrames = []
        activity = .recordingGesture(gesture)
        beginGestureTake(place)
        host.tell(.news, Text("Recording gesture ") + Text(gesture + 1) + Text("."))
    }

    func beginGestureTake(_ place: (output: Int, gesture: Int)) {
        keeper.begin(
            categories: [keeper.names.categories[place.output][place.gesture]], further: [], isGesture: true, at: now)
    }

    /// Ends recording of whatever kind.
    public func stopRecording() {
        switch activity {
        case .recording:
            keeper.end(at: now)
            host.tell(.news, Text("Recorded; there are ") + Text(host.learns ? counts.examples : store.count) + Text(" examples now."))
        case .recordingGesture(let gesture): endGesture(gesture)
        case .resting, .running: return
        }
        activity = .resting
    }

    func stopAll() {
        stopRunning()
        stopRecording()
    }

    private func endGesture(_ gesture: Int) {
        let width = setup.inputNames.count
        if let place = gesturePlace(gesture), !gestureFrames.isEmpty {
            var row = 0
            while row < gestureFrames.count {
                gestureFrames.withUnsafeBufferPointer { keeper.add($0.baseAddress! + row, further: []) }
                row += width
            }
            matchers[place.output]?.add(gestureFrames, gesture: place.gesture, take: round)
            counts.examples += 1
            host.tell(.news, Text("Recorded gesture ") + Text(gesture + 1) + Text(" with ") + Text(gestureFrames.count / width) + Text(" frames."))
        } else {
            complain("Nothing came while the gesture was recorded, so there is no example of it.")
        }
        keeper.end(at: now)
        gestureFrames = []
    }

    /// The output and its gesture for a number that counts through all gestures, from 0.
    func gesturePlace(_ number: Int) -> (output: Int, gesture: Int)? {
        var first = 0
        for (i, output) in outputs.enumerated() where output.setup.isGestures {
            if first..<first + output.setup.width ~= number { return (i, number - first) }
            first += output.setup.width
        }
        return nil
    }

    /// Makes an example of the frame.
    func recordFrame() {
        var isAnything = false
        for (i, output) in outputs.enumerated() {
            let takesPart = output.isRecording && !output.setup.isGestures
            line[i] = takesPart ? output.value : .nan
            isAnything = isAnything || takesPart
        }
        guard isAnything, (0..<setup.inputNames.count).allSatisfy({ frame[$0].magnitude <= LearningLimits.magnitude }) else {
            return complain("This frame taught nothing: no output records, or an input is no finite number.")
        }
        guard store.count < LearningLimits.examples else {
            return complain("There are 1048576 examples, which is the limit. Delete some.")
        }
        beginTakeIfOther()
        if !host.learns { store.append(frame.pointer, outputs: line.pointer, take: takeNumber) }
        counts.examples += 1
        keeper.add(frame.pointer, further: outputs.indices.filter { isContinuous($0) }.map { line[$0] })
    }

    private func isContinuous(_ output: Int) -> Bool { outputs[output].setup.task == .continuous && !line[output].isNaN }

    /// A take has the same classes and the same outputs in it from beginning to end.
    private func beginTakeIfOther() {
        // NaN marks an output left out, infinity a number that may change within the take.
        let labels = outputs.indices.map { isContinuous($0) ? Float.infinity : line[$0] }
        if labels.elementsEqual(takeLabels, by: { $0.bitPattern == $1.bitPattern }) { return }
        takeLabels = labels
        var categories: [Text] = []
        var columns: [Text] = []
        for i in outputs.indices where !line[i].isNaN {
            if isContinuous(i) {
                columns.append(keeper.names.targetColumn(i))
                categories.append(taught(i))
            } else {
                categories.append(category(i, Int(line[i])))
            }
        }
        keeper.begin(categories: categories, further: columns, at: now)
        takeNumber += 1
    }

    /// The record of a class; class 0 gets one when it is first used.
    private func category(_ output: Int, _ number: Int) -> Text {
        if number > 0 { return keeper.names.categories[output][number - 1] }
        return made(keeper.names.zero(output), output, name: "0", order: 0)
    }

    private func taught(_ output: Int) -> Text { made(keeper.names.taught(output), output, name: "taught", order: 1) }

    private func made(_ id: Text, _ output: Int, name: Text, order: Int) -> Text {
        if !keeper.document.has("categories", id) {
            keeper.make("Add a class", OutputSetup.category(id, of: keeper.names.models[output], name: name, order: order))
        }
        return id
    }

    /// Forgets all examples; models stay, and so does what is going on.
    public func deleteAllExamples() {
        endTake()
        store.removeAll()
        for i in matchers.indices { matchers[i]?.removeAll() }
        keeper.deleteTakes()
        host.tell(.news, "All examples are deleted.")
    }

    /// Lets the frames to come begin a take of their own.
    private func endTake() {
        guard activity == .recording else { return }
        keeper.end(at: now)
        takeLabels = []
    }

    /// Forgets the examples of an output, or of a gesture, from 0.
    func deleteExamples(of number: Int) {
        endTake()
        if let place = gesturePlace(number), outputs.count == 1 {
            matchers[place.output]?.remove(gesture: place.gesture)
            let category = keeper.names.categories[place.output][place.gesture]
            keeper.make("Delete a gesture's examples", keeper.document.ordered("takes", where: "category", is: category).map { Change(delete: "takes", $0) })
        } else {
            store.clear(output: number)
            matchers[number]?.removeAll()
            keeper.deleteExamples(of: number)
        }
        host.tell(.news, Text("The examples of output ") + Text(number + 1) + Text(" are deleted."))
    }
}
