import StarlingDSP
import StarlingMath

/// The clock that patterns, arpeggios and effects share: beats since the engine began, exact to the sample-frame.
///
/// The tempo changes with a tick and the position goes on from where it is, so that nothing is jumped over. The clock never
/// stands still, for arpeggios go on; `isRunning` says whether patterns play, and a bar begins where they start.
final class Transport {
    /// Its parameters, in the order in which `tick` takes them.
    static let parameters: [ParameterInfo] = [
        ParameterInfo(
            "tempo", label: "Tempo", range: 40...240, default: 120, help: "How many beats there are in a minute."),
        ParameterInfo(
            "swing", label: "Swing", unit: .percent, range: 50...75, default: 50,
            help: "How much of two steps the first has: 50 is straight, 66 the swing of triplets."),
        ParameterInfo(
            "beats", label: "Beats a bar", range: 1...12, default: 4, curve: .stepped,
            help: "How many beats make a bar, at which patterns begin and end."),
        ParameterInfo(
            "running", label: "Running", default: 0, curve: .stepped, help: "Whether patterns play."),
    ]
    /// Sums of beats may be off by so much of a sample-frame.
    private static let tolerance = 0.001

    private let sampleRate: Double
    /// Beats a minute, to a thousandth: 120 is 120 whatever arithmetic it went through.
    private(set) var tempo: Double = 120
    /// The beat at which the tick began.
    private var position: Double = 0
    /// Beats a sample-frame.
    private var pace: Double = 0
    /// Sample-frames since the tick began.
    private(set) var frame = 0
    private(set) var isRunning = false
    /// By how much of a step every second one is late, 0...0.5.
    private var swing: Double = 0
    /// Where the grid of steps begins.
    private(set) var origin: Double = 0
    private var barStart: Double = 0
    private var barLength: Double = 4
    /// Whole bars since the start.
    private(set) var bar = 0

    init(sampleRate: Hertz) { self.sampleRate = Double(sampleRate) }

    /// The beat of the next sample-frame.
    var now: Double { position + Double(frame) * pace }
    /// Beats since the bar began.
    var beatInBar: Double { position - barStart }

    /// Begins a tick with these parameter values.
    func tick(_ parameters: UnsafePointer<Float>) {
        position += Double(frame) * pace
        frame = 0
        tempo = (Double(parameters[0]) * 1_000).rounded() / 1_000
        pace = tempo / (60 * sampleRate)
        swing = Double(parameters[1]) / 50 - 1
        barLength = Double(parameters[2])
        let wasRunning = isRunning
        isRunning = parameters[3] >= 0.5
        if isRunning && !wasRunning { restart() }
        while position - barStart >= barLength - pace * Self.tolerance {
            barStart += barLength
            bar += 1
        }
    }

    private func restart() {
        (origin, barStart, bar) = (position, position, 0)
    }

    /// Counts sample-frames that were rendered.
    func advance(_ count: Int) { frame += count }

    /// The sample-frame of the tick with which a beat begins: the first that is not before it; at least `tickFrameCount` for later ticks.
    func frame(of beat: Double) -> Int {
        let frames = (beat - position) / pace - Self.tolerance
        return frames < Double(tickFrameCount) ? max(0, Int(frames.rounded(.up))) : tickFrameCount
    }

    /// Whether a beat has come.
    func isDue(_ beat: Double) -> Bool { frame(of: beat) <= frame }

    /// The first line of a grid at a beat or behind it.
    func line(_ length: Double, from beat: Double) -> Double {
        let slack = pace * Self.tolerance
        return origin + ((beat - origin - slack) / length).rounded(.up) * length
    }

    /// The first line of a grid behind a beat.
    func line(_ length: Double, behind beat: Double) -> Double { line(length, from: beat + 0.5 * length) }

    /// When something that is asked for now is to happen.
    func boundary(_ quantum: Quantum, step: NoteLength) -> Double {
        switch quantum {
        case .now: now
        case .step: line(step.beats, from: now)
        case .beat: line(1, from: now)
        case .bar: now - barStart <= pace * Self.tolerance ? barStart : barStart + barLength
        }
    }

    /// When a step sounds that lies at a beat: every second one on the grid is late by the swing.
    func swung(_ beat: Double, _ length: NoteLength) -> Double {
        guard !length.isTriplet else { return beat }
        let place = ((beat - origin) / length.beats).rounded()
        let isSecond = place - 2 * (place / 2).rounded(.down) == 1
        return isSecond ? beat + swing * length.beats : beat
    }
}
