import StarlingMath

/// Gesture variation follower: many guesses at which gesture is being made, how far it is, how fast and how large.
///
/// Each guess, a particle, moves on by its own speed, and is kept or given up by how well it foresees the next row
/// (Caramiaux et al. 2014). The model's own words, behind those of every model (* whole numbers):
///
/// | words | content |
/// |---|---|
/// | | the head, see `GestureHead` |
/// | 7 | particles*, seed* (two words), change of speed, change of size, distance, templates T* |
/// | T x 4 | each template's gesture*, rows*, rows of the stream a row lasts as taught, threshold |
/// | T x rows x C | the channels of each row of each template |
///
/// Distance is the root mean square distance over the channels that still fits; changes are deviations a second.
enum Variation {
    static let info = ModelInfo(
        id: 16, name: "follower", label: "Variation follower",
        help: "Follows a gesture while it is made larger or smaller, slower or faster. One take of each is enough.",
        reference: "Caramiaux, Montecchio, Tanaka and Bevilacqua 2014, Adaptive gesture recognition with variation estimation",
        tasks: [.gestures],
        settings: [
            ParameterInfo(
                "tolerance", label: "Tolerance", range: 0.25...4, default: 1, curve: .logarithmic,
                help: "How unlike the takes a gesture may be; lower recognises less by mistake, higher misses less."),
            ParameterInfo(
                "movement", label: "Movement", range: 0...1, default: 0.5,
                help: "1 looks only at how things move, 0 only at where they are: then a gesture has its place."),
            ParameterInfo(
                "particles", label: "Guesses", range: 100...1000, default: 400, curve: .stepped,
                help: "How many guesses are followed at once; more follow more surely and cost more."),
            ParameterInfo(
                "speed", label: "Change of speed", range: 0.05...4, default: 0.6, curve: .logarithmic,
                help: "How quickly the speed may change while a gesture is made."),
            ParameterInfo(
                "size", label: "Change of size", range: 0.01...4, default: 0.3, curve: .logarithmic,
                help: "How quickly the size may change while a gesture is made."),
            ParameterInfo(
                "pause", label: "Pause", unit: .seconds, range: 0...5, default: 0.3,
                help: "For how long after a gesture no other is recognised."),
            ParameterInfo(
                "templates", label: "Templates", range: 1...8, default: 3, curve: .stepped,
                help: "The most takes of a gesture to compare with."),
        ])

    static let mostParticles = 1000
    static let mostTemplates = 512
    static let mostWords = GestureTakes.mostWords
}

/// The templates in a body, read in place.
struct VariationView {
    let head: GestureHead
    let body: UnsafePointer<Float>
    let templateCount: Int
    let particleCount: Int

    static let headCount = 7
    private static let templateWords = 4

    var channelCount: Int { head.channelCount }
    var seed: UInt64 { UInt64(wholeNumber(body, 1)) << 32 | UInt64(wholeNumber(body, 2)) }
    var speedChange: Float { body[3] }
    var sizeChange: Float { body[4] }
    var distance: Float { body[5] }
    private func word(_ template: Int, _ place: Int) -> Int { Self.headCount + template * Self.templateWords + place }
    func gesture(_ template: Int) -> Int { Int(wholeNumber(body, word(template, 0))) }
    func rows(_ template: Int) -> Int { Int(wholeNumber(body, word(template, 1))) }
    func stretch(_ template: Int) -> Float { body[word(template, 2)] }
    func threshold(_ template: Int) -> Float { body[word(template, 3)] }
    var templates: UnsafePointer<Float> { body + Self.headCount + templateCount * Self.templateWords }

    /// Checks a body completely; nil where anything is wrong.
    init?(_ view: WeightsView) {
        guard let head = GestureHead(view), view.bodyCount > head.wordCount + Self.headCount else { return nil }
        let body = head.words + head.wordCount
        guard let particles = checkedCount(body, 0, atMost: Variation.mostParticles),
            let templates = checkedCount(body, 6, atMost: Variation.mostTemplates),
            view.bodyCount > head.wordCount + Self.headCount + templates * Self.templateWords
        else { return nil }
        self.head = head
        self.body = body
        templateCount = templates
        particleCount = particles
        guard speedChange >= 0, speedChange <= 100, sizeChange >= 0, sizeChange <= 100, distance >= 1e-3, distance <= 1e3
        else { return nil }
        var words = 0
        for template in 0..<templateCount {
            guard wholeNumber(body, word(template, 0)) < UInt32(view.outputCount),
                let rows = checkedCount(body, word(template, 1), atMost: GestureTakes.most),
                stretch(template) >= 0.01, stretch(template) <= 1e6, threshold(template) > 0, threshold(template) <= 1e6
            else { return nil }
            words += rows * channelCount
        }
        guard words <= Variation.mostWords, self.templates + words == view.body + view.bodyCount else { return nil }
        for i in 0..<words where !(self.templates[i].magnitude <= 1e3) { return nil }
    }
}
