import StarlingMath

/// Gaussian mixture regression: several linear rules, each with its place among the inputs, blended by nearness.
///
/// Inputs and targets together are described by a mixture of Gaussians; the answer is the expected targets given the inputs,
/// with their variance (Sung 2004; in instruments: Françoise et al. 2014, XMM). Within a Gaussian the targets vary
/// independently around its linear rule. More than `mostDirections` inputs are first reduced to
/// the directions in which they vary most. The model's own words, behind those of every model (* whole numbers):
///
/// | words | content |
/// |---|---|
/// | 2 | Gaussians K*, directions R* |
/// | O + O | mean and deviation of each target |
/// | R x I | directions, where there are fewer of them than inputs |
/// | K x (1 + R + R x R) | log weight; mean of the inputs; what whitens them (lower triangle); then, of the same Gaussian: |
/// | O x (2 + R) | mean of each target, variance around the rule, rule |
enum MixtureRegression {
    static let info = ModelInfo(
        id: 15, name: "gmr", label: "Mixture regression",
        help: "Blends a few linear rules, and knows how sure it is. Smooth with few examples; best with few inputs.",
        reference: "Sung 2004, Gaussian mixture regression and classification; Françoise et al. 2014 (XMM)",
        tasks: [.continuous],
        settings: [
            ParameterInfo(
                "gaussians", label: "Rules", range: 1...Float(mostGaussians), default: 6, curve: .stepped,
                help: "How many linear rules are blended; more follow finer detail and need more examples."),
            ParameterInfo(
                "smoothness", label: "Smoothness", range: 0.0001...1, default: 0.01, curve: .logarithmic,
                help: "How far each rule reaches at least; higher blends more softly and trusts steep rules less."),
        ])

    static let mostGaussians = 16
    static let mostDirections = 16
}

/// Where the parts of the words lie.
struct MixtureLayout {
    let inputCount: Int
    let outputCount: Int
    let gaussianCount: Int
    let directionCount: Int

    var centres: Int { 2 }
    var deviations: Int { centres + outputCount }
    var directions: Int { deviations + outputCount }
    var gaussians: Int { directions + (directionCount < inputCount ? directionCount * inputCount : 0) }
    var gaussianWords: Int { rules + outputCount * ruleWords }
    var wordCount: Int { gaussians + gaussianCount * gaussianWords }

    // Within a Gaussian's words.
    var mean: Int { 1 }
    var whitening: Int { mean + directionCount }
    var rules: Int { whitening + directionCount * directionCount }
    var ruleWords: Int { 2 + directionCount }

    init(inputCount: Int, outputCount: Int, gaussianCount: Int, directionCount: Int) {
        self.inputCount = inputCount
        self.outputCount = outputCount
        self.gaussianCount = gaussianCount
        self.directionCount = directionCount
    }

    /// The layout of words that are complete and right; nil of others.
    init?(_ view: WeightsView) {
        guard view.bodyCount > 2,
            let gaussians = checkedCount(view.body, 0, atMost: MixtureRegression.mostGaussians),
            let directions = checkedCount(view.body, 1, atMost: MixtureRegression.mostDirections),
            directions <= view.inputCount
        else { return nil }
        self.init(
            inputCount: view.inputCount, outputCount: view.outputCount, gaussianCount: gaussians,
            directionCount: directions)
        guard view.bodyCount == wordCount, areUsable(view.body + 2, count: 2 * outputCount) else { return nil }
        // Products of three of the rest must stay finite.
        for i in self.directions..<wordCount where !(view.body[i].magnitude <= 1e6) { return nil }
    }
}
