import StarlingMath

/// Several clouds for each category: Gaussian mixtures.
///
/// The model's own words: see `DensityLayout`.
enum Mixture {
    static let info = ModelInfo(
        id: 9, name: "mixture", label: "Gaussian mixtures",
        help: "Sees each category as several clouds, which may be slanted. For categories that come in a few variants.",
        reference: "Dempster, Laird and Rubin 1977; McLachlan and Peel 2000, Finite Mixture Models",
        tasks: [.categories],
        settings: [
            ParameterInfo(
                "components", label: "Components", range: 1...8, default: 2, curve: .stepped,
                help: "How many clouds each category has; fewer where it has less than four examples for each, or very many inputs."),
            ParameterInfo(
                "slanted", label: "Slanted", range: 0...1, default: 0, curve: .stepped,
                help: "1 lets clouds lie aslant, for inputs that move together; up to 64 inputs, and with many examples."),
            ParameterInfo(
                "smoothness", label: "Smoothness", range: 1e-6...1, default: 0.01, curve: .logarithmic,
                help: "How wide a cloud is at least, as a share of the variance of all examples."),
            ParameterInfo(
                "balance", label: "Balance", range: 0...1, default: 1, curve: .stepped,
                help: "1 lets all categories count alike, however many examples each has; 0 counts examples."),
        ])
}
