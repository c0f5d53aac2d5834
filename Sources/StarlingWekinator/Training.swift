import StarlingLearning
import StarlingMath
import StarlingOSC
import StarlingProject

/// A training of all outputs under way: one after the other, in slices.
struct TrainingRun {
    /// Outputs that are still to be trained.
    var waiting: [Int]
    var output = -1
    var inputs: [Int] = []
    var trainer: Trainer?
    let start: Double
    var trained = 0
}

extension Wekinator {
    /// Begins to train every output that has examples; one under way is begun anew, except in strict mode.
    public func train() {
        if host.learns {
            stopRecording()
            return host.train()
        }
        let learning = outputs.indices.filter { !outputs[$0].setup.isGestures && store.count(output: $0) > 0 }
        guard !learning.isEmpty else {
            if !outputs.contains(where: { !$0.setup.isGestures }) {
                // Gestures need no training; Wekinator says nothing, and clients wait for the end of it.
                if !isStrict { reportTrained() }
                return
            }
            complain("There is nothing to learn from yet: record examples first.")
            if !isStrict { reportTrained() }
            return
        }
        if isStrict, isTraining { return complain("A training is under way already.") }
        // Wekinator records on.
        if !isStrict { stopRecording() }
        training = TrainingRun(waiting: learning, start: now)
        host.tell(.news, Text("Training with ") + Text(store.count) + Text(" examples."))
    }

    /// Gives up a training; models trained before stay. Its end is reported like any other.
    public func cancelTraining() {
        if host.learns { return host.tell(.news, "The page trains by itself and goes on.") }
        guard training != nil else { return }
        training = nil
        runsWhenTrained = false
        host.tell(.news, "The training was cancelled.")
        reportTrained()
    }

    /// Trains for about `work` multiply-adds and says whether there is more to do.
    ///
    /// A million take about 0.2 ms. To be called whenever nothing has been received.
    ///
    /// - Parameter seconds: The time now.
    public func step(work: Int, at seconds: Double) -> Bool {
        now = seconds
        guard var run = training else { return false }
        if run.trainer == nil, !begin(&run) { return end(run) }
        if let trainer = run.trainer, !trainer.step(work: work) {
            if let weights = trainer.weights, outputs[run.output].adopt(weights, inputs: run.inputs, keys: keeper.names.keys(run.output)) { run.trained += 1 }
            run.trainer = nil
            if run.waiting.isEmpty { return end(run) }
        }
        training = run
        return true
    }

    /// Begins with the next output that has something to learn.
    private func begin(_ run: inout TrainingRun) -> Bool {
        while !run.waiting.isEmpty {
            let output = run.waiting.removeFirst()
            let setup = outputs[output].setup
            let inputs = outputs[output].inputs(of: self.setup.inputNames.count)
            do throws(StarlingError) {
                let hasZero = setup.classCount > 0 && keeper.document.has("categories", keeper.names.zero(output))
                let firstClass = setup.classCount > 0 && !hasZero ? 1 : 0
                let dataset = try store.dataset(output: output, of: setup, inputs: inputs, firstClass: firstClass)
                let trainer = Trainer(model: ModelCatalogue.named(setup.model)!, settings: setup.settings)
                trainer.start(dataset, outputKeys: Array(keeper.names.keys(output)[firstClass...]))
                (run.output, run.inputs, run.trainer) = (output, inputs, trainer)
                return true
            } catch {
                complain(Text("Output ") + setup.name + Text(" could not be trained: ") + error.sentence)
            }
        }
        return false
    }

    private func end(_ run: TrainingRun) -> Bool {
        training = nil
        counts.trainings += 1
        keeper.isChanged = true
        host.tell(
            .news, Text("Trained ") + Text(run.trained) + Text(" outputs in ") + Text((now - run.start) * 1000, decimals: 0) + Text(" ms."))
        reportTrained()
        if runsWhenTrained {
            runsWhenTrained = false
            startRunning()
        }
        return false
    }

    /// Says that the host has trained all outputs.
    public func trained() {
        counts.trainings += 1
        reportTrained()
    }

    private func reportTrained() { send("/wekinator/status/done-training") }
}
