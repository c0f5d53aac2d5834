import StarlingMath

/// Follows and spots gestures by time warping.
///
/// Evidence for a gesture is how far along its best template the stream has come, times how little of the threshold the
/// distance uses up: 0 without any resemblance, 1 at the end of a perfect performance. Certainties weigh
/// the gestures' evidence against one another and against none at all. A gesture is recognised
/// when the end of a template was matched below the threshold and the match stops getting better.
final class WarpingRunner: GestureRunner {
    private let tracker = WarpingTracker()
    private var templates: WarpingView?
    private let follower: GestureProgress
    private var candidate = SpottedEnd()

    override init(maximumInputs: Int, maximumOutputs: Int) {
        follower = GestureProgress(mostGestures: maximumOutputs)
        super.init(maximumInputs: maximumInputs, maximumOutputs: maximumOutputs)
    }

    override func attach(_ view: WeightsView) -> Bool {
        templates = nil
        guard let templates = WarpingView(view) else { return false }
        self.templates = templates
        tracker.attach(templates, varyingCount: varyingCount(view))
        begin(view, templates.head)
        return true
    }

    override func forget() {
        tracker.forget()
        follower.clear()
        candidate = SpottedEnd()
    }

    override func advance(_ row: UnsafePointer<Float>) {
        guard let templates, let view else { return }
        tracker.advance(row)
        follower.begin(gestureCount: view.outputCount)
        for template in 0..<templates.templateCount {
            let rows = Float(templates.rows(template))
            follower.offer(
                templates.gesture(template), evidence: tracker.bestEvidence[template],
                phase: tracker.bestRow[template] / rows, age: tracker.bestAge[template],
                rowsAsTaught: rows * templates.stretch(template))
            candidate.offer(
                templates.gesture(template), match: 1 - tracker.endCost[template] / templates.threshold(template),
                patience: max(2, rows * templates.stretch(template) / 16))
        }
        follower.finish(into: values.pointer)
        spot()
    }

    /// Reports the best match once it has not been bettered for a sixteenth of the gesture.
    private func spot() {
        guard candidate.gesture >= 0 else { return }
        candidate.patience -= 1
        if candidate.patience > 0 { return }
        report(candidate.gesture)
        tracker.forget()
        candidate = SpottedEnd()
    }
}

/// The best end of a gesture seen so far, and the rows left until it counts.
private struct SpottedEnd {
    var gesture = -1
    var match: Float = 0
    var patience: Float = 0

    /// A rest at the end of a gesture makes its match ever a little better: such gains do not postpone the end.
    private static let gain: Float = 0.03

    mutating func offer(_ gesture: Int, match: Float, patience: Float) {
        if match <= self.match { return }
        if gesture != self.gesture || match > self.match + Self.gain { self.patience = patience }
        self.gesture = gesture
        self.match = match
    }
}

/// How many inputs varied in the takes.
func varyingCount(_ view: WeightsView) -> Int {
    var count = 0
    for i in 0..<view.inputCount where view.scales[i] > 0 { count += 1 }
    return count
}
