import StarlingMath

/// Hidden Markov models: each gesture is a chain of states, and the stream moves from rest through a chain back to rest.
///
/// The chains and one state for everything else form one model (hierarchical in the manner of XMM, Françoise et al. 2014),
/// whose forward algorithm says after every row how probable each gesture and each place in it is.
/// The model's own words, behind those of every model (* whole numbers):
///
/// | words | content |
/// |---|---|
/// | | the head, see `GestureHead` |
/// | 3 | states of each gesture S*, weight of a row's likelihood, log density that anything else has ahead |
/// | C + C | means and one divided by the variance of each channel, for everything else |
/// | G | mean length of each gesture in rows; 0 for one without takes |
/// | G x S x 2 | log density at the mean, and the probability to stay, of each state |
/// | G x S/4 x C x 8 | of four states together: means and one divided by the variance, channel after channel |
enum Markov {
    static let info = ModelInfo(
        id: 14, name: "hmm", label: "Hidden Markov model",
        help: "Follows gestures as chains of moments. Learns from several takes how much each moment may vary.",
        reference: "Rabiner 1989; Françoise et al. 2014, Probabilistic models for designing motion and sound (XMM)",
        tasks: [.gestures],
        settings: [
            ParameterInfo(
                "tolerance", label: "Tolerance", range: 0.25...4, default: 1, curve: .logarithmic,
                help: "How unlike the takes a gesture may be; lower recognises less by mistake, higher misses less."),
            ParameterInfo(
                "movement", label: "Movement", range: 0...1, default: 0.5,
                help: "1 looks only at how things move, 0 only at where they are: then a gesture has its place."),
            ParameterInfo(
                "states", label: "Moments", range: 4...40, default: 16, curve: .stepped,
                help: "Into how many moments a gesture is divided; rounded up to a multiple of four."),
            ParameterInfo(
                "spread", label: "Least spread", range: 0.05...1, default: 0.3, curve: .logarithmic,
                help: "How much every moment may vary at least, in deviations, however alike the takes are."),
            ParameterInfo(
                "pause", label: "Pause", unit: .seconds, range: 0...5, default: 0.3,
                help: "For how long after a gesture no other is recognised."),
        ])

    static let mostStates = 40
    /// States of all gestures together.
    static let mostStatesInAll = 8192
}

/// The chains in a body, read in place.
struct MarkovView {
    let head: GestureHead
    let body: UnsafePointer<Float>
    let gestureCount: Int
    let stateCount: Int

    static let headCount = 3
    var channelCount: Int { head.channelCount }
    var rowWeight: Float { body[1] }
    var lead: Float { body[2] }
    var elseMeans: UnsafePointer<Float> { body + MarkovView.headCount }
    var elsePrecisions: UnsafePointer<Float> { elseMeans + channelCount }
    var lengths: UnsafePointer<Float> { elsePrecisions + channelCount }
    /// Log density and probability to stay of each state of a gesture, one after the other.
    func states(_ gesture: Int) -> UnsafePointer<Float> { lengths + gestureCount + gesture * stateCount * 2 }
    func gaussians(_ gesture: Int) -> UnsafePointer<Float> {
        states(gestureCount) + gesture * stateCount * channelCount * 2
    }
    var wordCount: Int {
        MarkovView.headCount + 2 * channelCount + gestureCount * (1 + 2 * stateCount * (1 + channelCount))
    }

    /// Checks a body completely; nil where anything is wrong.
    init?(_ view: WeightsView) {
        guard let head = GestureHead(view), view.bodyCount > head.wordCount + MarkovView.headCount,
            let stateCount = checkedCount(head.words, head.wordCount, atMost: Markov.mostStates), stateCount % 4 == 0,
            stateCount * view.outputCount <= Markov.mostStatesInAll
        else { return nil }
        self.head = head
        body = head.words + head.wordCount
        gestureCount = view.outputCount
        self.stateCount = stateCount
        guard head.wordCount + wordCount == view.bodyCount, areUsable(body + 1, count: wordCount - 1),
            rowWeight > 0, rowWeight <= 1, lead.magnitude <= 1e6, areInRange(elsePrecisions, count: channelCount),
            areChainsValid
        else { return nil }
    }

    private var areChainsValid: Bool {
        for gesture in 0..<gestureCount {
            guard lengths[gesture] >= 0, lengths[gesture] <= 1e6 else { return false }
            let states = states(gesture)
            for state in 0..<stateCount {
                guard states[2 * state].magnitude <= 1e6, states[2 * state + 1] >= 0, states[2 * state + 1] <= 1
                else { return false }
            }
            let gaussians = gaussians(gesture)
            for block in stride(from: 0, to: stateCount * channelCount * 2, by: 8)
            where !areInRange(gaussians + block + 4, count: 4) { return false }
        }
        return true
    }

    /// Precisions that keep every product finite.
    private func areInRange(_ precisions: UnsafePointer<Float>, count: Int) -> Bool {
        for i in 0..<count where !(precisions[i] >= 0 && precisions[i] <= 1e6) { return false }
        return true
    }
}
