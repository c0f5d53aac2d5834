import StarlingMath

/// Follows gestures by particles. Cost: about 20 us a row for 400 particles and 6 channels.
///
/// In each row some particles begin anew at the start of a gesture, so that a gesture may begin at any time.
/// A gesture's certainty is the share of its particles' weight, less by how far they are from
/// what they foresee, relative to the threshold learned. It is recognised when it nears its end with even odds.
final class VariationRunner: GestureRunner {
    private let particles = ParticleCloud(Variation.mostParticles)
    private var templates: VariationView?
    private var firstWords: UnsafeMutablePointer<Int32>
    private var random = SeededRandom(seed: 1)
    private var ended = -1

    override init(maximumInputs: Int, maximumOutputs: Int) {
        firstWords = .allocate(capacity: Variation.mostTemplates)
        firstWords.initialize(repeating: 0, count: Variation.mostTemplates)
        super.init(maximumInputs: maximumInputs, maximumOutputs: maximumOutputs)
    }

    deinit { firstWords.deallocate() }

    /// The share of particles that begin anew each row.
    private static let renewal: Float = 0.15
    /// What a new particle weighs beside one that goes on: beginning anew is possible in every row, but not likely.
    private static let newcomer: Float = 0.1
    /// A distance is forgotten within about this share of the gesture.
    private static let memory: Float = 0.15

    override func attach(_ view: WeightsView) -> Bool {
        templates = nil
        guard let templates = VariationView(view) else { return false }
        self.templates = templates
        var word = 0
        for template in 0..<templates.templateCount {
            firstWords[template] = Int32(word)
            word += templates.rows(template) * templates.channelCount
        }
        begin(view, templates.head)
        return true
    }

    override func forget() {
        guard let templates else { return }
        random = SeededRandom(seed: templates.seed)
        particles.count = templates.particleCount
        for i in 0..<particles.count { renew(i, templates) }
        ended = -1
    }

    override func advance(_ x: UnsafePointer<Float>) {
        guard let templates else { return }
        let seconds = templates.head.secondsPerRow
        let speedStep = templates.speedChange * seconds.squareRoot()
        let sizeStep = templates.sizeChange * seconds.squareRoot()
        var total: Float = 0
        for i in 0..<particles.count {
            move(i, templates, speedStep, sizeStep)
            total += weigh(i, x, templates)
        }
        if !(total > 1e-30) {
            forget()
            return values.clear()
        }
        let scale = 1 / total
        for i in 0..<particles.count { particles.weights[i] *= scale }
        tell(templates)
        particles.resample(at: random.uniform())
        for i in 0..<particles.count where random.uniform() < Self.renewal { renew(i, templates) }
    }

    /// Puts a particle near the start of some gesture.
    private func renew(_ i: Int, _ templates: VariationView) {
        particles.templates[i] = Float(random.index(below: templates.templateCount))
        particles.phases[i] = 0.03 * random.uniform()
        particles.speeds[i] = clamp(1 + 0.25 * random.roughlyNormal(), 0.3, 2.5)
        particles.sizes[i] = clamp(1 + 0.15 * random.roughlyNormal(), 0.3, 3)
        particles.distances[i] = templates.threshold(Int(particles.templates[i]))
        particles.weights[i] = Self.newcomer
    }

    private func move(_ i: Int, _ templates: VariationView, _ speedStep: Float, _ sizeStep: Float) {
        let template = Int(particles.templates[i])
        let rows = Float(templates.rows(template)) * templates.stretch(template)
        particles.speeds[i] = clamp(particles.speeds[i] + speedStep * random.roughlyNormal(), 0.2, 4)
        particles.sizes[i] = clamp(particles.sizes[i] + sizeStep * random.roughlyNormal(), 0.25, 4)
        particles.phases[i] += particles.speeds[i] / rows
        // Who has come to the end begins anew.
        if particles.phases[i] > 1 { renew(i, templates) }
    }

    /// Compares the row with what a particle foresees; writes and gives its weight.
    ///
    /// The density is Student's, so that one wild row does not end a gesture.
    private func weigh(_ i: Int, _ x: UnsafePointer<Float>, _ templates: VariationView) -> Float {
        let template = Int(particles.templates[i])
        let width = templates.channelCount
        let inputs = templates.head.inputCount
        let last = templates.rows(template) - 1
        let place = particles.phases[i] * Float(last)
        let row = min(Int(place), max(0, last - 1))
        let share = clamp(place - Float(row), 0, 1)
        let here = templates.templates + Int(firstWords[template]) + row * width
        let there = last > 0 ? here + width : here
        let size = particles.sizes[i]
        var sum: Float = 0
        for c in 0..<width {
            let seen = here[c] + share * (there[c] - here[c])
            let difference = x[c] - seen * (c < inputs ? size : size * particles.speeds[i])
            sum += difference * difference
        }
        let square = sum / Float(inputs)
        particles.distances[i] += (square - particles.distances[i]) * min(1, 1 / (Self.memory * Float(last + 1)))
        let ratio = square / (templates.distance * templates.distance)
        let base = 1 / (1 + ratio / 4)
        let weight = particles.weights[i] * base * base * base * base
        particles.weights[i] = weight
        return weight
    }

    private func tell(_ templates: VariationView) {
        guard let view else { return }
        values.clear()
        for i in 0..<particles.count {
            let template = Int(particles.templates[i])
            let place = values.pointer + templates.gesture(template) * Task.gestureValues
            let ratio = particles.distances[i] / templates.threshold(template)
            let weight = particles.weights[i] * (particles.phases[i] > 0.05 ? 1 : 0) / (1 + ratio * ratio)
            place[0] += weight
            place[1] += weight * particles.phases[i]
            place[2] += weight * particles.speeds[i]
        }
        for gesture in 0..<view.outputCount {
            let place = values.pointer + gesture * Task.gestureValues
            if place[0] > 1e-6 {
                place[1] = clamp(place[1] / place[0], 0, 1)
                place[2] /= place[0]
                place[0] = clamp(place[0], 0, 1)
            } else {
                place[0] = 0
                place[1] = 0
                place[2] = 0
            }
            spot(gesture, certainty: place[0], phase: place[1])
        }
    }

    private func spot(_ gesture: Int, certainty: Float, phase: Float) {
        if certainty > 0.5, phase > 0.88, ended != gesture {
            ended = gesture
            report(gesture)
        } else if ended == gesture, certainty < 0.25 || phase < 0.6 {
            ended = -1
        }
    }
}
