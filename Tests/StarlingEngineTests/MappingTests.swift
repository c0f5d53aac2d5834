import Foundation
import StarlingEngine
import StarlingMath
import StarlingProject
import Testing

/// Mappings from sources to parameters: how they get there, and how long it takes.
struct MappingTests {
    @Test(arguments: MappingCurve.allCases)
    func curvesAreTheirFormulas(curve: MappingCurve) throws {
        let room = try Rig(["curve": .text(Text(curve.name))])
        for step in 0...20 {
            let x = Double(step) / 20
            let expected: Double =
                switch curve {
                case .linear: x
                case .exponential: (pow(16, x) - 1) / 15
                case .logarithmic: log2(1 + 15 * x) / 4
                case .sCurve: x * x * (3 - 2 * x)
                }
            #expect(abs(try room.breath(at: Float(x)) - Float(expected)) < 1e-5, "\(curve) at \(x)")
        }
    }

    @Test func exponentialAndLogarithmicUndoEachOther() {
        for step in 0...1_000 {
            let x = Float(step) / 1_000
            #expect(abs(MappingCurve.logarithmic.value(MappingCurve.exponential.value(x)) - x) < 2e-6)
        }
    }

    @Test func theWayMayBeNarrowedAndTurnedRound() throws {
        let narrow = try Rig(["from": .number(0.2), "to": .number(0.6), "low": .number(0.1), "high": .number(0.9)])
        for (control, expected) in [(0, 0.1), (0.2, 0.1), (0.4, 0.5), (0.5, 0.7), (0.6, 0.9), (5, 0.9)] as [(Float, Float)] {
            #expect(abs(try narrow.breath(at: control) - expected) < 1e-5)
        }
        let turned = try Rig(["from": .number(0.6), "to": .number(0.2), "low": .number(0.1), "high": .number(0.9)])
        for (control, expected) in [(0, 0.9), (0.5, 0.3), (0.6, 0.1), (1, 0.1)] as [(Float, Float)] {
            #expect(abs(try turned.breath(at: control) - expected) < 1e-5)
        }
        let none = try Rig(["from": .number(0.5), "to": .number(0.5)])
        #expect(try none.breath(at: 0.49) == 0 && none.breath(at: 0.51) == 1, "a way without length is a switch")
    }

    @Test func frequenciesAreMappedInEqualRatios() throws {
        let room = try Rig([
            "source": .text("/play/subtractive/cutoff"), "from": .number(100), "to": .number(6_400),
        ])
        for (octaves, expected) in [(0, 0), (1, 1.0 / 6), (3, 0.5), (6, 1)] as [(Float, Float)] {
            room.stage.engine.schedule(Event(.set, slot: try room.slot("subtractive/cutoff"), value: 100 * exp2(octaves)))
            #expect(abs(try room.breath(at: 0) - expected) < 1e-4)
        }
    }

    /// A time constant is the time to 1 - 1/e of the way; every parameter's own 15 ms come on top.
    @Test(arguments: [(0.5, 0.1), (0.05, 1.2)] as [(Float, Float)])
    func theWaysUpAndDownTakeTheirOwnTime(rising: Float, falling: Float) throws {
        let room = try Rig(["smoothing": .number(Double(rising)), "falling": .number(Double(falling))])
        _ = try room.breath(at: 0, wait: 10 * falling)
        let part = 1 - Float(exp(-1.0))
        let up = try room.seconds(control: 1) { $0 >= part }
        _ = try room.breath(at: 1, wait: 10 * rising)
        let down = try room.seconds(control: 0) { $0 <= 1 - part }
        #expect(abs(up - rising - 0.015) < 0.03 * rising + 0.002, "up in \(up) s")
        #expect(abs(down - falling - 0.015) < 0.03 * falling + 0.002, "down in \(down) s")
    }

    @Test func aNewPlanDoesNotCutASlowWayShort() throws {
        let room = try Rig(["smoothing": .number(1)])
        _ = try room.breath(at: 0)
        let before = try room.breath(at: 1, wait: 0.3)
        try room.change(Change("parameters", "choir/vowel", "value", .number(3)))
        let after = try room.breath(at: 1, wait: 0.01)
        #expect(before > 0.2 && before < 0.35 && after - before < 0.02, "\(before), \(after)")
    }

    @Test func stepsAreStepsAndDoNotFlutter() throws {
        let room = try Rig(["steps": .number(5)])
        var seen: Set<Float> = []
        for step in 0...100 { seen.insert((try room.breath(at: Float(step) / 100) * 1_000).rounded()) }
        #expect(seen == [0, 250, 500, 750, 1_000])
        let rest = try room.breath(at: 0.36)  // a step to the left of the border at 3/8
        for turn in 0..<20 { #expect(try room.breath(at: turn % 2 == 0 ? 0.39 : 0.36) == rest, "trembling about a border") }
        #expect(try room.breath(at: 0.45) > rest + 0.2)
    }

    @Test(arguments: Scale.allCases, [0, 2, 11])
    func pitchesGoToTheNearestOfTheScale(scale: Scale, root: Int) throws {
        let room = try Rig([
            "destination": .text("choir/tune"), "scale": .text(Text(scale.name)), "root": .number(Double(root)),
        ])
        let degrees = try #require(degrees[scale])
        let members = (-24...24).filter { degrees.contains((($0 - root) % 12 + 12) % 12) }.map { Float($0) }
        for step in 0...48 {
            let wanted = -24 + 0.99 * Float(step) + 0.1  // never in the middle
            // Coming from far away, so that nothing has been settled on nearby.
            _ = try room.value("choir/tune", at: wanted < 0 ? 1 : 0, wait: 0.01)
            let tune = try room.value("choir/tune", at: (wanted + 24) / 48, wait: 0.2)
            let nearest = members.min { abs($0 - wanted) < abs($1 - wanted) }!
            guard wanted > members.first! && wanted < members.last! else { continue }
            #expect(abs(tune - nearest) < 1e-3, "\(scale) on \(root): \(wanted) became \(tune), nearest is \(nearest)")
        }
    }

    @Test func aFrequencyIsDrawnToNotes() throws {
        let room = try Rig(["destination": .text("subtractive/cutoff"), "scale": .text("whole-tone"), "root": .number(1)])
        for step in 1..<40 {
            let hertz = try room.value("subtractive/cutoff", at: Float(step) / 40)
            let note = 69 + 12 * log2(Double(hertz) / 440)
            #expect(abs(note - note.rounded()) < 2e-3 && Int(note.rounded()) % 2 == 1, "\(hertz) Hz is note \(note)")
        }
    }

    @Test func aPitchOnABorderDoesNotFlutter() throws {
        let room = try Rig(["destination": .text("choir/tune"), "scale": .text("chromatic")])
        let rest = try room.value("choir/tune", at: 24.4 / 48)
        for turn in 0..<20 { #expect(try room.value("choir/tune", at: (turn % 2 == 0 ? 24.6 : 24.4) / 48) == rest) }
        #expect(try room.value("choir/tune", at: 24.7 / 48) == rest + 1)
    }

    @Test func severalAddUpFromTheFirst() throws {
        let room = try Rig(["low": .number(0.2), "high": .number(0.6)], more: [
            "m2": ["source": .text("/listen/control/2"), "low": .number(0.5), "high": .number(0.7), "order": .number(1)],
            "m3": ["source": .text("/listen/control/2"), "low": .number(0.3), "high": .number(0.2), "order": .number(2)],
        ])
        #expect(abs(try room.breath(at: 0) - 0.2) < 1e-5)
        #expect(abs(try room.breath(at: 1) - 0.6) < 1e-5)
        try room.set(control: 2, 1)
        #expect(abs(try room.breath(at: 1) - 0.7) < 1e-5, "0.6 + 0.2 - 0.1")
        #expect(abs(try room.breath(at: 0) - 0.3) < 1e-5)
        try room.change(Change("mappings", "m", "active", .flag(false)))
        #expect(abs(try room.breath(at: 1) - 0.6) < 1e-5, "the second now places it: 0.7 - 0.1")
    }

    @Test func theHandIsStrongerAndOffIsOff() throws {
        let room = try Rig([:])
        let slot = try room.slot("choir/breath")
        room.stage.engine.schedule(Event(.grab, slot: slot))
        room.stage.engine.schedule(Event(.set, slot: slot, value: 0.33))
        #expect(abs(try room.breath(at: 1) - 0.33) < 1e-5)
        room.stage.engine.schedule(Event(.letGo, slot: slot))
        #expect(abs(try room.breath(at: 1) - 1) < 1e-5)
        try room.change(Change("mappings", "m", "active", .flag(false)), Change("parameters", "choir/breath", "value", .number(0.5)))
        #expect(abs(try room.breath(at: 1) - 0.5) < 1e-5)
    }

    @Test func whatIsGoneDoesNoHarmAndComesBack() throws {
        let room = try Rig([:])
        try room.change(Change(delete: "controls", "control-1"), Change("parameters", "choir/breath", "value", .number(0.4)))
        #expect(room.project.document.has("mappings", "m") && room.project.plan.mappings.isEmpty)
        #expect(abs(try room.breath(at: 1) - 0.4) < 1e-5)
        _ = try room.project.undo()
        try room.stage.load(room.project.document)
        #expect(abs(try room.breath(at: 1) - 1) < 1e-5)
        try room.change(Change("mappings", "m", "destination", .text("kazoo/buzz")))
        #expect(room.project.plan.mappings.isEmpty)
        let model: [Change] = [Change("mappings", "m", "source", .text("/learn/sounds/pad-1/certainty")), Change("mappings", "m", "destination", .text("choir/breath"))]
        _ = try room.project.apply(Command("Follow a pad", model))
        #expect(room.project.plan.mappings.count == 1)
        _ = try room.project.apply(Command("Delete", [Change(delete: "models", "sounds")]))
        #expect(room.project.plan.mappings.isEmpty)
    }

    /// A tick may move a parameter by 4.4 % of its way at most: no step that could be heard.
    @Test func noSourceMakesAParameterJump() throws {
        let room = try Rig(["steps": .number(2)])
        _ = try room.breath(at: 0)
        var last = try room.breath(at: 0)
        for turn in 0..<400 {
            try room.set(control: 1, turn / 40 % 2 == 0 ? 1 : 0)
            room.stage.silence(seconds: 32 / 48_000)
            let now = try room.now("choir/breath")
            #expect(abs(now - last) < 0.05)
            last = now
        }
    }

    @Test func thereIsRoomForSixtyFour() throws {
        func mappings(_ count: Int) -> [Change] {
            (0..<count).flatMap { Rig.mapping(Text("m\($0)"), ["destination": .text("fm/tune"), "order": .number(Double($0))]) }
        }
        let room = try Rig([:])
        try room.change(mappings(63))
        #expect(room.project.plan.mappings.count == 64)
        do {
            try room.change(mappings(64))
            Issue.record("it must be refused")
        } catch let error as StarlingError {
            #expect(error.description.contains("64"))
        }
        _ = try room.breath(at: 0.5)
    }

    @Test func soundDoesNotDependOnBlockSize() throws {
        let input = TestSound.glide(19_200, from: 200, to: 400, seed: 1)
        let stages = try (0..<2).map { _ in
            try Rig(["source": .text("/listen/mic/pitch"), "destination": .text("string/note"), "gate": .number(-50), "scale": .text("major")], more: [
                "m2": ["source": .text("/listen/mic/loudness"), "destination": .text("plane/x"), "smoothing": .number(0.1)]
            ], changes: Rig.point("a", 0, 0, ["choir/vowel": 0]) + Rig.point("b", 1, 1, ["choir/vowel": 4])).stage
        }
        stages[0].play(input, blocks: [128])
        stages[1].play(input, blocks: [1, 77, 300])
        #expect(stages[0].left == stages[1].left && stages[0].engine.bus.array == stages[1].engine.bus.array)
    }

    @Test func damagedPlansAreRefusedOrHarmless() throws {
        let seed: UInt64 = 20_261_125
        var random = SeededRandom(seed: seed)
        let room = try Rig(["destination": .text("string/note"), "gate": .number(-80), "scale": .text("blues")], more: [
            "m2": ["destination": .text("subtractive/cutoff"), "scale": .text("major"), "smoothing": .number(0.2)],
            "m3": ["destination": .text("plane/x"), "steps": .number(7)],
        ], changes: Rig.point("a", 0, 0, ["choir/vowel": 0]) + Rig.point("b", 1, 1, ["choir/vowel": 4]))
        let good = room.project.plan.words()
        let models = room.project.plan.models.reduce(0) { $0 + $1.categories.count * (3 + room.project.plan.positions.count) + 60 }
        for round in 0..<3_000 {
            var words = good
            for _ in 0...random.index(below: 3) {
                // Mostly in what stands before the models: mappings and points.
                words[random.index(below: words.count - (round % 4 == 0 ? 0 : models))] = UInt32(truncatingIfNeeded: random.next())
            }
            _ = room.stage.engine.load(plan: words, count: words.count)
            try room.set(control: 1, random.bipolar())
            room.stage.play(TestSound.hum(480, seed: UInt64(round)))
            #expect(room.stage.left.suffix(480).allSatisfy { $0.isFinite }, "seed \(seed), round \(round)")
            #expect(room.stage.engine.bus.array.allSatisfy { $0.isFinite }, "seed \(seed), round \(round)")
        }
    }
}

/// The scales as music theory has them, written again by hand.
private let degrees: [Scale: [Int]] = [
    .chromatic: Array(0..<12), .major: [0, 2, 4, 5, 7, 9, 11], .minor: [0, 2, 3, 5, 7, 8, 10],
    .harmonicMinor: [0, 2, 3, 5, 7, 8, 11], .dorian: [0, 2, 3, 5, 7, 9, 10], .mixolydian: [0, 2, 4, 5, 7, 9, 10],
    .pentatonic: [0, 2, 4, 7, 9], .minorPentatonic: [0, 3, 5, 7, 10], .blues: [0, 3, 5, 6, 7, 10],
    .wholeTone: [0, 2, 4, 6, 8, 10], .fifths: [0, 7],
]
