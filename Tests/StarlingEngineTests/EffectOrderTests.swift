import StarlingEngine
import StarlingMath
import StarlingProject
import Testing

/// Sound goes through the effects in the order of the project's records.
@Suite struct EffectOrderTests {
    /// The choir on one note through these effects, in this order; the drive is hard and the filter closed.
    private func project(_ effects: [Text]) throws -> Document {
        var document = Document.starter()
        var changes = [
            Change(delete: "effects", "reverb"), Change("instruments", "choir", "notes", .numbers([60])),
            Change("parameters", "choir/vibrato", "value", .number(0)), Change("parameters", "choir/breath", "value", .number(0)),
            Change("parameters", "choir/spread", "value", .number(0)), Change("parameters", "drive/drive", "value", .number(36)),
            Change("parameters", "drive/tone", "value", .number(1)), Change("parameters", "filter/cutoff", "value", .number(300)),
            Change("parameters", "choir/brightness", "value", .number(1)), Change("parameters", "choir/level", "value", .number(12)),
            Change("parameters", "drive/character", "value", .number(2)), Change("parameters", "master/level", "value", .number(-6)),
        ]
        for (index, kind) in effects.enumerated() {
            changes += [
                Change("effects", kind, "kind", .text(kind)), Change("effects", kind, "order", .number(Double(index))),
            ]
        }
        _ = try document.apply(Command("Set up", changes))
        return document
    }

    /// How rough sound is: its fourth differences, in which high partials weigh most.
    private func roughness(_ x: ArraySlice<Float>) -> Float {
        var differences = Array(x)
        for _ in 0..<4 { differences = zip(differences.dropFirst(), differences).map { $0 - $1 } }
        return differences.map { abs($0) }.max() ?? 0
    }

    @Test func theOrderIsHeard() throws {
        let sounds = try [["drive", "filter"], ["filter", "drive"]].map { order in
            let stage = try Stage(project: project(order.map { Text($0) }))
            stage.silence(seconds: 2)
            return roughness(stage.left[48_000...])
        }
        // What is driven behind the filter keeps its harmonics.
        #expect(sounds[1] > 10 * sounds[0], "\(sounds)")
    }

    @Test(arguments: [
        (["drive", "filter"], ["filter", "drive"]), (["delay", "chorus", "equaliser"], ["equaliser", "delay", "chorus"]),
        (["drive", "reverb", "filter"], ["filter", "reverb", "drive"]), (["drive"], ["filter", "drive"]), (["filter", "drive"], ["drive"]),
    ])
    func anotherOrderComesWithoutAClick(from: [String], to: [String]) throws {
        let (before, after) = (try project(from.map { Text($0) }), try project(to.map { Text($0) }))
        let stage = try Stage(project: before)
        stage.silence(seconds: 2)
        try stage.load(after)
        stage.silence(seconds: 2)
        // While one effect is on its way, the others are heard without it.
        let alone = try to.map { try project([Text($0)]) }
        let calm = try ([before, after, project([])] + alone).map { document in
            let stage = try Stage(project: document)
            stage.silence(seconds: 3)
            return roughness(stage.left[96_000...])
        }
        #expect(roughness(stage.left[94_000..<130_000]) < 1.3 * calm.max()!)
        // In the end it is as if it had always been so.
        let end = try Stage(project: after)
        end.silence(seconds: 4)
        let levels = [stage, end].map { rms($0.left[168_000...]) }
        #expect(abs(levels[0] / levels[1] - 1) < 0.1, "\(levels)")
    }

    @Test func aPlanWithAnEffectTwiceOrUnknownIsRefused() throws {
        let stage = try Stage()
        for effects in [[0, 0], [99], [-1]] {
            var plan = try Scene(.starter()).plan()
            plan.effects = effects
            let words = plan.words()
            #expect(!stage.engine.load(plan: words, count: words.count))
        }
    }
}
