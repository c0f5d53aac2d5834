import StarlingLearning
import StarlingMath
import Testing

@Suite struct DecisionTests {
    /// What LearnStage did before there was a decision of its own: another category must lead by .08.
    @Test func byDefaultTheLabelFollowsAClearLead() {
        var decision = Decision()
        #expect(decide(&decision, [0.4, 0.6]) == 1)
        #expect(decide(&decision, [0.53, 0.47]) == 1, "a lead of .06 is no lead")
        #expect(decide(&decision, [0.55, 0.45]) == 0)
        #expect(decide(&decision, [0, 0]) == 0, "nothing else leads")
        decision.reset()
        #expect(decision.category == -1 && decide(&decision, [0, 0]) == 0)
        #expect(decide(&decision, [], count: 0) == -1)
    }

    @Test func tremblingCertaintiesDoNotFlicker() {
        func changes(_ decision: Decision) -> Int {
            var decision = decision
            var random = SeededRandom(seed: 12)
            var (before, count) = (-1, 0)
            for _ in 0..<1000 {
                let p = 0.5 + 0.03 * random.normal()
                let now = decide(&decision, [p, 1 - p])
                if now != before { count += 1 }
                before = now
            }
            return count
        }
        #expect(changes(Decision(hysteresis: 0)) > 300)
        #expect(changes(Decision()) < 150)
        #expect(changes(Decision(hysteresis: 0.3)) == 1)
        #expect(changes(Decision(hysteresis: 0, hold: 0.5)) <= 20, "ten seconds of 10 ms each hold 20 half seconds")
    }

    @Test func aThresholdIsReachedFromBelowAndLeftFurtherDown() {
        var decision = Decision(hysteresis: 0.1)
        let thresholds: [Float] = [0.7, 0.4]
        #expect(decide(&decision, [0.65, 0.35], thresholds) == -1)
        #expect(decide(&decision, [0.7, 0.3], thresholds) == 0)
        #expect(decide(&decision, [0.61, 0.39], thresholds) == 0, "kept down to .6")
        #expect(decide(&decision, [0.59, 0.39], thresholds) == -1)
        #expect(decide(&decision, [0.58, 0.42], thresholds) == -1, "the leading one does not reach its threshold, the other does not lead")
        #expect(decide(&decision, [0.45, 0.55], thresholds) == 1)
        #expect(decide(&decision, [0.65, 0.35], thresholds) == 1, "the other leads, but not far enough up")
        #expect(decide(&decision, [0.8, 0.2], thresholds) == 0)
    }

    @Test func aCategoryIsHeldForAWhile() {
        var decision = Decision(hysteresis: 0, hold: 0.045)
        #expect(decide(&decision, [1, 0]) == 0)
        #expect((0..<4).map { _ in decide(&decision, [0, 1]) } == [0, 0, 0, 0])
        #expect(decide(&decision, [0, 1]) == 1 && decision.age == 0)
        #expect(decide(&decision, [0.9, 0.1], count: 1) == 0, "a category that is no longer there is not held")
    }

    private func decide(_ decision: inout Decision, _ certainties: [Float], _ thresholds: [Float]? = nil, count: Int? = nil) -> Int {
        decision.decide(certainties, count: count ?? certainties.count, seconds: 0.01, thresholds: thresholds)
    }
}
