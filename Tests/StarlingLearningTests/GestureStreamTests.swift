import StarlingLearning
import Testing

/// Spotting and following in streams with pauses and unrelated movement, taught with three takes of each gesture.
///
/// Seeds are others than those with which the constants of the models were chosen (generated gestures 300, streams 1 to 5).
@Suite struct GestureStreamTests {
    static let kinds = GestureTests.kinds

    @Test(arguments: kinds) func spotsAndFollowsGeneratedGestures(kind: GestureTests.Kind) throws {
        let score = try streamScore(.drawings(seed: 900), kind.model, seeds: 101...102)
        #expect(score.foundShare >= 0.95 && score.falseAlarmsPerMinute <= 2, "\(score)")
        #expect(score.phaseError <= 0.05, "\(score)")
        #expect(score.decision <= 0.6, "\(score)")
    }

    @Test(arguments: kinds) func spotsAndFollowsLetters(kind: GestureTests.Kind) throws {
        guard let set = GestureSet.letters() else { return print("No letters at ../shared/data/gestures: skipped.") }
        let score = try streamScore(set, kind.model, seeds: 101...103)
        #expect(score.foundShare >= 0.95 && score.falseAlarmsPerMinute <= 2, "\(score)")
        #expect(score.certainPhaseError <= 0.05, "\(score)")
        #expect(score.decision <= 0.6, "\(score)")
    }

    /// One axis of ten kinds of movement is too little to tell them apart by three takes: here, with the least tolerance, the alarms are watched.
    @Test func raisesFewAlarmsWhereGesturesCannotBeToldApart() throws {
        guard let set = GestureSet.wiimote("X") else { return print("No Wiimote recordings at ../shared/data/gestures: skipped.") }
        let score = try streamScore(set, ModelCatalogue.named("dtw")!, settings: [0.25], seeds: 1...1)
        #expect(score.falseAlarmsPerMinute <= 2, "\(score)")
    }

    /// The pointing hand of aeon's GunPoint: one dimension, in which much resembles it. Far from 95 %, but alarms stay few.
    @Test(arguments: kinds) func spotsARealMovementOfOneDimension(kind: GestureTests.Kind) throws {
        let score = try streamScore(try .gunpoint(), kind.model, seeds: 101...105)
        #expect(score.foundShare >= 0.35 && score.falseAlarmsPerMinute <= 2, "\(score)")
    }
}
