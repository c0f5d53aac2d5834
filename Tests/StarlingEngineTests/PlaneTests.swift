import Foundation
import StarlingEngine
import StarlingMath
import StarlingProject
import Testing

/// The plane: sounds at points, mixed by where the cursor is.
struct PlaneTests {
    private static let points =
        Rig.point("a", 0.2, 0.3, ["choir/vowel": 0, "subtractive/cutoff": 100, "string/tune": -12])
        + Rig.point("b", 0.8, 0.3, ["choir/vowel": 4, "subtractive/cutoff": 6_400])
        + Rig.point("c", 0.5, 0.9, ["choir/vowel": 1, "subtractive/cutoff": 1_600])

    private func go(_ room: Rig, _ x: Float, _ y: Float, wait: Float = 0.4) throws {
        try room.set("plane/x", x)
        try room.set("plane/y", y)
        room.stage.silence(seconds: wait)
    }

    @Test(arguments: [(0.2, 0.3, 0, 100), (0.8, 0.3, 4, 6_400), (0.5, 0.9, 1, 1_600)] as [(Float, Float, Float, Float)])
    func atAPointItIsThePointsSound(x: Float, y: Float, vowel: Float, cutoff: Float) throws {
        let room = try Rig([:], changes: Self.points)
        try go(room, x, y)
        #expect(abs(try room.now("choir/vowel") - vowel) < 1e-5)
        #expect(abs(try room.now("subtractive/cutoff") / cutoff - 1) < 1e-4)
        #expect(abs(try room.now("string/tune") + 12) < 1e-4, "only one point says anything about it")
        #expect(try room.now("fm/tune") == 0, "nobody says anything about it")
    }

    /// One over the third power of the distance, in positions: cutoffs as logarithms.
    @Test func betweenThemItIsMixedByDistance() throws {
        let room = try Rig([:], changes: Self.points)
        var random = SeededRandom(seed: 7)
        for _ in 0..<40 {
            let (x, y) = (random.uniform(), random.uniform())
            try go(room, x, y)
            let places: [(Double, Double)] = [(0.2, 0.3), (0.8, 0.3), (0.5, 0.9)]
            let weights: [Double] = places.map { place in pow(hypot(place.0 - Double(x), place.1 - Double(y)), -3) }
            func mean(_ values: [Double]) -> Double {
                let products: [Double] = zip(weights, values).map { $0 * $1 }
                return products.reduce(0.0) { $0 + $1 } / weights.reduce(0.0) { $0 + $1 }
            }
            #expect(abs(Double(try room.now("choir/vowel")) - mean([0, 4, 1])) < 1e-3)
            let octaves = log2(Double(try room.now("subtractive/cutoff")) / 100)
            #expect(abs(octaves - mean([0, 6, 4])) < 2e-3)
        }
    }

    @Test func theWayAcrossHasNoLeaps() throws {
        let room = try Rig([:], changes: Self.points)
        try go(room, 0, 0.3)
        var last = try room.now("choir/vowel")
        for step in 1...1_000 {
            try go(room, Float(step) / 1_000, 0.3, wait: 32 / 48_000)
            let now = try room.now("choir/vowel")
            #expect(abs(now - last) < 0.04, "at \(Float(step) / 1_000)")
            last = now
        }
        // Even a cursor that leaps takes the sound along smoothly.
        try go(room, 0.2, 0.3)
        last = try room.now("choir/vowel")
        try room.set("plane/x", 0.8)
        for _ in 0..<300 {
            room.stage.silence(seconds: 32 / 48_000)
            let now = try room.now("choir/vowel")
            #expect(abs(now - last) < 0.18)
            last = now
        }
        #expect(abs(last - 4) < 0.01)
    }

    @Test func pointsOnOneSpotShareIt() throws {
        let room = try Rig([:], changes: Self.points + Rig.point("d", 0.8, 0.3, ["choir/vowel": 2]))
        try go(room, 0.8, 0.3)
        #expect(abs(try room.now("choir/vowel") - 3) < 1e-4)
        try go(room, 0.8001, 0.3)
        #expect(abs(try room.now("choir/vowel") - 3) < 1e-2)
        #expect(room.stage.engine.bus.array.allSatisfy { $0.isFinite })
    }

    @Test func withoutPointsNothingMoves() throws {
        let room = try Rig([:], changes: Self.points + [Change("parameters", "choir/vowel", "value", .number(2.5))])
        try go(room, 0.2, 0.3)
        try room.change(["a", "b", "c"].map { Change(delete: "points", $0) })
        room.stage.silence(seconds: 0.4)
        #expect(abs(try room.now("choir/vowel") - 2.5) < 1e-4)
    }

    @Test func aPointMayHaveAPadsSound() throws {
        let room = try Rig([:], changes: Rig.point("a", 0.5, 0.5, ["choir/vowel": 2]) + [
            Change("points", "a", "category", .text("pad-2")), Change("presets", "pad-2/choir/vowel", "value", .number(3.25)),
        ])
        try go(room, 0, 0)
        #expect(abs(try room.now("choir/vowel") - 3.25) < 1e-4, "the pad's, not its own")
        try room.change(Change("presets", "pad-2/choir/vowel", "value", .number(1.75)))
        room.stage.silence(seconds: 0.4)
        #expect(abs(try room.now("choir/vowel") - 1.75) < 1e-4)
        try room.change(Change(delete: "categories", "pad-2"))
        room.stage.silence(seconds: 0.4)
        #expect(abs(try room.now("choir/vowel") - 2) < 1e-4, "its own again")
    }

    @Test func handsAndMappingsAreStrongerThanThePlane() throws {
        let room = try Rig(["destination": .text("choir/vowel")], changes: Self.points)
        try room.set(control: 1, 0.5)
        try go(room, 0.2, 0.3)
        #expect(abs(try room.now("choir/vowel") - 2) < 1e-4)
        let slot = try room.slot("choir/vowel")
        room.stage.engine.schedule(Event(.grab, slot: slot))
        try room.set("choir/vowel", 3)
        room.stage.silence(seconds: 0.4)
        #expect(abs(try room.now("choir/vowel") - 3) < 1e-4)
    }

    @Test func mappingsMoveTheCursor() throws {
        let room = try Rig(["destination": .text("plane/x"), "low": .number(0.2), "high": .number(0.8)], changes: Self.points)
        try room.set("plane/y", 0.3)
        #expect(abs(try room.value("choir/vowel", at: 0, wait: 0.5)) < 1e-4)
        #expect(abs(try room.value("choir/vowel", at: 1, wait: 0.5) - 4) < 1e-4)
    }

    /// Pads and knobs of a model remember where the cursor was, and take it there.
    @Test(arguments: ["blend", "follow"])
    func aModelLearnsToMoveTheCursor(drive: Text) throws {
        var room = try Classroom(Self.points + [Change("models", "sounds", "drive", .text(drive))])
        for (pad, x, y) in [("pad-1", 0.2, 0.3), ("pad-2", 0.8, 0.3)] as [(Text, Double, Double)] {
            try room.apply(Change("parameters", "plane/x", "value", .number(x)), Change("parameters", "plane/y", "value", .number(y)))
            let sound = pad == "pad-1" ? TestSound.hum(24_000, seed: 1) : TestSound.whistle(24_000, seed: 2)
            try room.session.apply(try room.project.capturePreset(pad))
            try room.teach(pad, sound)
        }
        let stage = try room.stage()
        let x = try room.slot("/play/plane/x")
        let vowel = try room.slot("/play/choir/vowel")
        stage.play(TestSound.hum(48_000, seed: 3))
        #expect(abs(stage.engine.bus[x] - 0.2) < 0.08 && stage.engine.bus[vowel] < 0.3, "\(stage.engine.bus[x]), \(stage.engine.bus[vowel])")
        stage.play(TestSound.whistle(48_000, seed: 4))
        #expect(abs(stage.engine.bus[x] - 0.8) < 0.08 && stage.engine.bus[vowel] > 3.7, "\(stage.engine.bus[x]), \(stage.engine.bus[vowel])")
    }

    @Test func stepsComeFromTheNearestPoint() throws {
        guard let parameter = BusLayout().parameters.first(where: { $0.info.curve == .stepped }) else { return }
        let (low, high) = (Double(parameter.info.minimum), Double(parameter.info.maximum))
        let room = try Rig([:], changes: Rig.point("a", 0, 0, [parameter.path.description: low]) + Rig.point("b", 1, 0, [parameter.path.description: high]))
        for x in stride(from: Float(0), through: 1, by: 0.02) where abs(x - 0.5) > 0.03 {
            try go(room, x, 0)
            #expect(try room.now(parameter.path) == Float(x < 0.5 ? low : high))
        }
    }

    @Test func thereIsRoomForThirtyTwo() throws {
        func points(_ count: Int) -> [Change] { (0..<count).flatMap { Rig.point(Text("p\($0)"), Double($0) / 40, 0.5, ["choir/vowel": 2]) } }
        let room = try Rig([:], changes: points(32))
        try go(room, 0.1, 0.1)
        #expect(abs(try room.now("choir/vowel") - 2) < 1e-4)
        #expect(throws: StarlingError.self) { try room.change(points(33)) }
    }
}
