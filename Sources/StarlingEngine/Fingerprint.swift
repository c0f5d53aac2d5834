import StarlingLearning
import StarlingMath
import StarlingProject

/// A number that changes with whatever a model learns from.
struct Fingerprint {
    private var value: UInt64 = 14_695_981_039_346_656_037

    static func of(
        _ model: SceneModel, _ scene: Scene, _ takes: [TaughtTake], _ rows: [(name: Text, rows: Rows)], _ live: LiveTake?
    ) -> UInt64 {
        let document = scene.document
        let isContinuous = model.task == .continuous
        var print = Fingerprint()
        print.add(model.kind)
        print.add(Double(model.gate))
        print.add(Double(model.task.rawValue))
        model.inputs.forEach { print.add(Double($0)) }
        model.outputs.forEach { print.add(Double($0)) }
        for knob in model.knobs { print.add(Double(knob.info.minimum), Double(knob.info.maximum), Double(knob.info.curve.rawValue)) }
        for category in model.categories {
            print.add(category)
            if isContinuous { scene.preset(category).forEach { print.add(Double($0)) } }
            for knob in model.knobs { print.add(scene.preset(category, knob.path).map { Double($0) } ?? .nan) }
        }
        for take in takes {
            let name = document.text("takes", take.id, "rows") ?? Text()
            print.add(name)
            print.add(rows.contains { $0.name == name } ? 1 : 0, Double(take.category ?? -1))
            print.add(document.number("takes", take.id, "from") ?? 0, document.number("takes", take.id, "to") ?? -1)
            if isContinuous {
                document.texts("takes", take.id, "parameters").forEach { print.add($0) }
                document.numbers("takes", take.id, "targets").forEach { print.add($0) }
                let columns = model.knobs.isEmpty ? [] : document.texts("takes", take.id, "columns")
                for knob in model.knobs { print.add(columns.contains(knob.path) ? 1 : 0) }
            }
        }
        if let info = ModelCatalogue.named(model.kind) {
            scene.settings(of: model.id, info).forEach { print.add(Double($0)) }
        }
        if let live { print.add(Double(live.values.count)) }
        return print.value
    }

    private mutating func add(byte: UInt8) { value = (value ^ UInt64(byte)) &* 1_099_511_628_211 }
    private mutating func add(_ text: Text) {
        for byte in text.utf8 { add(byte: byte) }
        add(byte: 0)
    }
    private mutating func add(_ numbers: Double...) {
        for number in numbers {
            for shift in 0..<8 { add(byte: UInt8(truncatingIfNeeded: number.bitPattern >> UInt64(8 * shift))) }
        }
    }
}
