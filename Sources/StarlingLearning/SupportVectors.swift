import StarlingMath

/// Borders between every two categories, drawn as far from the examples of both as can be.
///
/// The model's own words, behind those of every model (* whole numbers by bit pattern; pairs are (0, 1), (0, 2), ... (1, 2), ...):
///
/// | words | content |
/// |---|---|
/// | 4 | kernel*: 0 bell, 1...5 polynomial of that degree; gamma; offset; support vectors S* |
/// | 1 + P + P | categories with examples P*, which they are*, ascending, and how many of the support vectors each has* |
/// | P (P - 1) | for each pair: bias, and slope of the certainty, see `CertaintyCurve` |
/// | (P - 1) x S | how much each support vector speaks against each other category, the first other first |
/// | S/16 x I x 16 | the support vectors' standardised inputs, category after category, in blocks as those of `Nearest` |
///
/// A decision is above 0 for the first category of the pair: bias + the sum of speech x kernel. Kernels of standardised
/// inputs u and v are e^(-gamma |u - v|^2) and (gamma u.v + offset)^degree.
enum SupportVectors {
    static let info = ModelInfo(
        id: 8, name: "svm", label: "Support vector machine",
        help: "Draws the border between categories as far from the examples as it can. Strong with few examples of many inputs.",
        reference: "Cortes and Vapnik 1995, Support-vector networks; Fan, Chen and Lin 2005; Platt 1999; Price and others 1995",
        tasks: [.categories],
        settings: [
            ParameterInfo(
                "strictness", label: "Strictness", range: 0.01...1000, default: 1, curve: .logarithmic,
                help: "How much every single example must be right; less draws smoother borders (C)."),
            ParameterInfo(
                "kernel", label: "Kernel", range: 0...2, default: 2, curve: .stepped,
                help: "The shape of the borders: 0 straight, 1 curved (polynomial), 2 free (bells around examples)."),
            ParameterInfo(
                "degree", label: "Degree", range: 2...5, default: 3, curve: .stepped,
                help: "How curved a polynomial border may be; counts only for kernel 1."),
            ParameterInfo(
                "gamma", label: "Gamma", range: 0...10, default: 0,
                help: "How narrow the bells are, or how steep the curves; 0 chooses by the number of inputs that vary."),
            ParameterInfo(
                "balance", label: "Balance", range: 0...1, default: 1, curve: .stepped,
                help: "1 lets all categories count alike, however many examples each has; 0 counts examples."),
        ])

    /// More examples than this are thinned out; see `Thinning`.
    static let mostExamples = 4096

    /// The largest magnitude of what a support vector says, so that sums stay finite: the highest strictness and weight.
    static let loudest: Float = 1e7

    /// What trains the borders.
    static func learner(_ lesson: Lesson) -> Learner {
        let lesson = lesson.thinned(toAtMost: SupportVectorLayout.mostVectors(lesson.set.examples))
        return RefittingLearner(lesson, model: info) { count, earlier in
            SupportVectorFitting(lesson, exampleCount: count, earlier: earlier as? SupportVectorFitting)
        }
    }
}

/// How alike two feature vectors are.
struct Kernel {
    /// 0 for the bell.
    var degree: Int
    var gamma: Float
    var offset: Float

    /// The largest magnitude of a polynomial's base, so that its power stays finite.
    private static let largestBase: Float = 1e4

    /// The kernels of a vector with each of `blockCount` blocks of 16 vectors.
    func apply(
        _ vector: UnsafePointer<Float>, _ blocks: UnsafePointer<Float>, blockCount: Int, inputCount: Int,
        into result: UnsafeMutablePointer<Float>
    ) {
        for block in 0..<blockCount {
            let place = blocks + block * inputCount * Nearest.blockSize
            let part = result + block * Nearest.blockSize
            if degree == 0 {
                squaredDistances(vector, place, inputCount: inputCount, into: part)
            } else {
                innerProducts(vector, place, inputCount: inputCount, into: part)
            }
        }
        let count = blockCount * Nearest.blockSize
        if degree == 0 {
            scale(result, by: -gamma * 1.442_695_040_888_963_4, count: count)
            applyExp2(result, count: count)
        } else {
            for i in 0..<count { result[i] = power(result[i]) }
        }
    }

    /// The kernel of a vector with itself.
    func own(_ vector: UnsafePointer<Float>, inputCount: Int) -> Float {
        if degree == 0 { return 1 }
        var sum: Float = 0
        for i in 0..<inputCount { sum += vector[i] * vector[i] }
        return power(sum)
    }

    private func power(_ product: Float) -> Float {
        let base = clamp(gamma * product + offset, -Kernel.largestBase, Kernel.largestBase)
        var result = base
        for _ in 1..<degree { result *= base }
        return result
    }
}

/// Where the parts of the words lie.
struct SupportVectorLayout {
    let inputCount: Int
    let vectorCount: Int
    let categoryCount: Int

    var pairCount: Int { categoryCount * (categoryCount - 1) / 2 }
    var blockCount: Int { (vectorCount + Nearest.blockSize - 1) / Nearest.blockSize }
    var categories: Int { 5 }
    var vectorCounts: Int { categories + categoryCount }
    var pairs: Int { vectorCounts + categoryCount }
    var speech: Int { pairs + 2 * pairCount }
    var blocks: Int { speech + (categoryCount - 1) * vectorCount }
    var wordCount: Int { blocks + blockCount * Nearest.blockSize * inputCount }

    /// Where a category's support vectors say how they differ from another category.
    @inline(__always) func speech(_ category: Int, against other: Int) -> Int {
        speech + (other < category ? other : other - 1) * vectorCount
    }

    /// How many examples may become support vectors so that the words have room.
    static func mostVectors(_ examples: Examples) -> Int {
        let present = examples.categoryCounts.filter { $0 > 0 }.count
        let room = LearningLimits.bodyWords - present * present - 16 * examples.inputCount
        return min(SupportVectors.mostExamples, room / (examples.inputCount + present))
    }
}

extension SupportVectorLayout {
    /// Works out the decision of each pair of categories, given the kernels with all support vectors.
    func decide(
        _ words: UnsafePointer<Float>, kernels: UnsafePointer<Float>, into decisions: UnsafeMutablePointer<Float>
    ) {
        var pair = 0
        var firstStart = 0
        for first in 0..<categoryCount {
            let firstCount = Int(wholeNumber(words, vectorCounts + first))
            var secondStart = firstStart + firstCount
            for second in first + 1..<max(categoryCount, first + 1) {
                let secondCount = Int(wholeNumber(words, vectorCounts + second))
                decisions[pair] = words[pairs + 2 * pair]
                    + sum(words + speech(first, against: second), kernels, firstStart, firstCount)
                    + sum(words + speech(second, against: first), kernels, secondStart, secondCount)
                secondStart += secondCount
                pair += 1
            }
            firstStart += firstCount
        }
    }

    @inline(__always) private func sum(
        _ speech: UnsafePointer<Float>, _ kernels: UnsafePointer<Float>, _ start: Int, _ count: Int
    ) -> Float {
        var sum: Float = 0
        for i in start..<start + count { sum += speech[i] * kernels[i] }
        return sum
    }
}
