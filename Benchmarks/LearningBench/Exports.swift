import StarlingLearning
import StarlingMath

/// What the benchmark trains and asks: one dataset, one trainer and one predictor at a time.
private struct Bench {
    var dataset = Dataset(inputCount: 1, outputCount: 1, task: .continuous)
    var trainer: Trainer?
    var predictor: Predictor?
    /// Where the caller puts rows and settings, and finds names and answers.
    var exchange = Floats(1)
}
nonisolated(unsafe) private var bench = Bench()

/// Takes room for as many words and says where it is; what was there before is gone.
@_expose(wasm, "bench_exchange") @_cdecl("bench_exchange")
public func benchExchange(_ words: Int32) -> UnsafeMutablePointer<Float> {
    bench.exchange = Floats(Int(words))
    return bench.exchange.pointer
}

/// How many kinds of model there are.
@_expose(wasm, "bench_kind_count") @_cdecl("bench_kind_count")
public func benchKindCount() -> Int32 { Int32(ModelCatalogue.all.count) }

/// Where the name of a kind is, ending in a zero byte.
@_expose(wasm, "bench_kind_name") @_cdecl("bench_kind_name")
public func benchKindName(_ kind: Int32) -> UnsafePointer<UInt8> { ModelCatalogue.all[Int(kind)].name.utf8Start }

/// Whether a kind can learn a task.
@_expose(wasm, "bench_kind_learns") @_cdecl("bench_kind_learns")
public func benchKindLearns(_ kind: Int32, _ task: Int32) -> Int32 {
    ModelCatalogue.all[Int(kind)].tasks.contains { Int32($0.rawValue) == task } ? 1 : 0
}

/// The place of a setting of a kind by its name, which lies in the exchange and ends in a zero byte; -1 if there is none.
@_expose(wasm, "bench_setting") @_cdecl("bench_setting")
public func benchSetting(_ kind: Int32) -> Int32 {
    let bytes = UnsafeRawPointer(bench.exchange.pointer).assumingMemoryBound(to: UInt8.self)
    let settings = ModelCatalogue.all[Int(kind)].settings
    for i in settings.indices where same(settings[i].name, bytes) { return Int32(i) }
    return -1
}

private func same(_ name: StaticString, _ bytes: UnsafePointer<UInt8>) -> Bool {
    for i in 0..<name.utf8CodeUnitCount where name.utf8Start[i] != bytes[i] { return false }
    return bytes[name.utf8CodeUnitCount] == 0
}

/// Begins an empty dataset, with room for as many examples as are expected.
@_expose(wasm, "bench_dataset") @_cdecl("bench_dataset")
public func benchDataset(_ inputs: Int32, _ outputs: Int32, _ task: Int32, _ expected: Int32) {
    bench.trainer = nil
    bench.dataset = Dataset(
        inputCount: Int(inputs), outputCount: Int(outputs), task: Task(rawValue: UInt8(task))!)
    bench.dataset.reserve(Int(expected))
}

/// Adds rows from the exchange, each its inputs and then its targets or its category; says how many were taken.
@_expose(wasm, "bench_append") @_cdecl("bench_append")
public func benchAppend(_ rows: Int32, _ take: Int32) -> Int32 {
    let dataset = bench.dataset
    let width = dataset.inputCount + (dataset.task == .continuous ? dataset.outputCount : 1)
    for row in 0..<Int(rows) {
        let inputs = bench.exchange.pointer + row * width
        let outputs = inputs + dataset.inputCount
        do {
            if dataset.task == .continuous {
                try dataset.append(inputs, targets: outputs, take: Int(take))
            } else {
                try dataset.append(inputs, category: Int(outputs[0]), take: Int(take))
            }
        } catch { return Int32(row) }
    }
    return rows
}

/// Begins a training; the exchange holds values for as many of the kind's settings, NaN for the default.
@_expose(wasm, "bench_start") @_cdecl("bench_start")
public func benchStart(_ kind: Int32, _ settings: Int32, _ seed: Int32) {
    let values = (0..<Int(settings)).map { bench.exchange[$0] }
    let trainer = Trainer(model: ModelCatalogue.all[Int(kind)], settings: values, seed: UInt64(seed))
    bench.trainer = trainer
    trainer.start(bench.dataset, outputKeys: (0..<bench.dataset.outputCount).map { UInt32($0) })
}

/// Begins again what is being trained, as an edit does.
@_expose(wasm, "bench_restart") @_cdecl("bench_restart")
public func benchRestart() {
    let trainer = bench.trainer
    trainer?.stop()
    trainer?.start(
        bench.dataset, outputKeys: (0..<bench.dataset.outputCount).map { UInt32($0) }, warm: bench.trainer?.weights)
}

/// Trains a slice; says how many weights there have been, times two, and one more if there is more to do.
@_expose(wasm, "bench_step") @_cdecl("bench_step")
public func benchStep(_ work: Int32) -> Int32 {
    guard let trainer = bench.trainer else { return 0 }
    let isUnfinished = trainer.step(work: Int(work))
    return Int32(2 * trainer.revision) + (isUnfinished ? 1 : 0)
}

/// The progress of the training, 0...1.
@_expose(wasm, "bench_progress") @_cdecl("bench_progress")
public func benchProgress() -> Float { bench.trainer?.progress ?? 1 }

/// About how many multiply-adds are still to be done; NaN while unknown.
@_expose(wasm, "bench_work_left") @_cdecl("bench_work_left")
public func benchWorkLeft() -> Double { bench.trainer?.workLeft ?? .nan }

/// The error on the examples held out; NaN where none were.
@_expose(wasm, "bench_held_out") @_cdecl("bench_held_out")
public func benchHeldOut() -> Float { bench.trainer?.heldOutError ?? .nan }

/// Takes the latest weights to ask; says how many words they have, 0 if they were refused.
@_expose(wasm, "bench_load") @_cdecl("bench_load")
public func benchLoad() -> Int32 {
    guard let weights = bench.trainer?.weights else { return 0 }
    let predictor = Predictor(
        wordCapacity: weights.words.count, maximumInputs: weights.inputCount,
        maximumOutputs: weights.outputKeys.count)
    bench.predictor = predictor
    return predictor.load(weights.words, count: weights.words.count) ? Int32(weights.words.count) : 0
}

/// Asks for rows of the exchange, which lie `stride` words apart; answers replace what follows the inputs.
@_expose(wasm, "bench_run") @_cdecl("bench_run")
public func benchRun(_ rows: Int32, _ stride: Int32) {
    guard let predictor = bench.predictor else { return }
    for row in 0..<Int(rows) {
        let inputs = bench.exchange.pointer + row * Int(stride)
        predictor.run(inputs: inputs, outputs: inputs + predictor.inputCount)
    }
}

/// The runtime's hash tables would seed themselves with chance; there are none here, and nothing is to be imported.
@_cdecl("arc4random_buf")
public func arc4randomBuffer(_ buffer: UnsafeMutableRawPointer?, _ count: Int) {}
