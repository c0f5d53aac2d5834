import StarlingMath

/// Where the parts of the words lie that softmax regression, ridge regression, radial basis functions and Gaussian
/// processes share, behind those of every model (* whole number by bit pattern):
///
/// | words | content |
/// |---|---|
/// | 2 | degree or number of centres C*; examples V* whose variance is known, 0 but for a Gaussian process |
/// | O + O | centre and spread of each output, which is centre + spread x the sum; for categories 0, and 1 or 0 |
/// | C/4 x I x 4 | radial: the centres in blocks of four: the first input of all four, then the second |
/// | C | radial: the factor of each, at most 0, in units of which 2 is raised to; C rounded up to a multiple of four |
/// | (T + 1) x O | weight for each term and output, term after term, then the bias; O rounded up to a multiple of four |
/// | 2 + V + V x V / 2 | variance: see `VarianceView` |
struct LinearLayout: Equatable {
    let basis: Basis
    let inputCount: Int
    let outputCount: Int
    var varianceCount = 0

    var outputWidth: Int { roundedUpToFour(outputCount) }
    var termCount: Int {
        switch basis {
        case .polynomial(let degree): Basis.products(inputCount, degree)
        case .radial(let count): roundedUpToFour(count)
        }
    }
    /// Terms and bias, rounded up to a multiple of four.
    var termWidth: Int { roundedUpToFour(termCount + 1) }

    var centres: Int { 2 }
    var points: Int { centres + 2 * outputCount }
    private var isRadial: Bool { if case .radial = basis { true } else { false } }
    var factors: Int { points + (isRadial ? termCount * inputCount : 0) }
    var weights: Int { factors + (isRadial ? termCount : 0) }
    var variance: Int { weights + (termCount + 1) * outputWidth }
    var wordCount: Int { variance + (varianceCount > 0 ? VarianceView.wordCount(varianceCount) : 0) }

    /// The word of an input of a centre.
    func place(centre: Int, input: Int) -> Int { points + (centre / 4 * inputCount + input) * 4 + centre % 4 }

    /// The words before the first weight, radial parts still empty.
    func head(_ reader: RowReader) -> [Float] {
        let number = switch basis {
        case .polynomial(let degree): degree
        case .radial(let count): count
        }
        let head = [UInt32(number), UInt32(varianceCount)].map { Float(bitPattern: $0) } + reader.centres + reader.spreads
        var words = head + [Float](repeating: 0, count: weights - head.count)
        // Centres that only fill up a block lie where nothing comes near.
        if isRadial { for centre in number..<termCount { words[place(centre: centre, input: 0)] = 1e6 } }
        for centre in number..<max(number, isRadial ? termCount : 0) { words[factors + centre] = -1 }
        return words
    }

    /// Works out all terms of standardised inputs.
    func fill(_ words: UnsafePointer<Float>, _ x: UnsafePointer<Float>, into terms: UnsafeMutablePointer<Float>) {
        switch basis {
        case .polynomial(let degree): fillProducts(x, degree, terms)
        case .radial: fillNearness(words, x, terms)
        }
    }

    /// Each product of k inputs is one of k - 1 inputs times a later or the same input. Those of which the last input
    /// is at most j come first, and there are as many as ways to choose k - 1 of j + k - 1.
    private func fillProducts(_ x: UnsafePointer<Float>, _ degree: Int, _ terms: UnsafeMutablePointer<Float>) {
        terms.update(from: x, count: inputCount)
        var before = terms
        var next = terms + inputCount
        for k in stride(from: 2, through: degree, by: 1) {
            let start = next
            for j in 0..<inputCount {
                let factor = x[j]
                let count = Basis.choices(j + k - 1, k - 1)
                for i in 0..<count { next[i] = before[i] * factor }
                next += count
            }
            before = start
        }
    }

    private func fillNearness(
        _ words: UnsafePointer<Float>, _ x: UnsafePointer<Float>, _ terms: UnsafeMutablePointer<Float>
    ) {
        var place = words + points
        let factors = words + factors
        for centre in stride(from: 0, to: termCount, by: 4) {
            var sum = SIMD4<Float>.zero
            for i in 0..<inputCount {
                let d = place.four(0) - x[i]
                sum += d * d
                place += 4
            }
            terms.store(exp2(limited(sum * factors.four(centre), 126)), centre)
        }
    }
}

extension LinearLayout {
    /// The shape of words from outside; nil where anything in them is wrong.
    init?(_ view: WeightsView, isRadial: Bool) {
        let words = view.body
        guard view.bodyCount > 2, view.task != .gestures,
            let number = checkedCount(words, 0, atMost: isRadial ? Basis.mostCentres : 4),
            wholeNumber(words, 1) <= UInt32(isRadial ? min(number, VarianceView.most) : 0)
        else { return nil }
        basis = isRadial ? .radial(count: number) : .polynomial(degree: number)
        inputCount = view.inputCount
        outputCount = view.outputCount
        varianceCount = Int(wholeNumber(words, 1))
        guard isRadial || number == 1 || termCount <= Basis.mostProducts, view.bodyCount == wordCount,
            areUsable(words + 2, count: wordCount - 2)
        else { return nil }
        if isRadial { for i in factors..<weights where !(words[i] <= 0 && words[i] >= -1e4) { return nil } }
        if view.task == .categories && !areCertaintyScales(words + centres, outputCount: outputCount) { return nil }
    }
}

/// Whether centres are 0 and spreads 0 or 1, at least one of them 1, so that certainties stay certainties.
func areCertaintyScales(_ centres: UnsafePointer<Float>, outputCount: Int) -> Bool {
    var present = 0
    for i in 0..<outputCount {
        let spread = centres[outputCount + i]
        guard centres[i] == 0, spread == 0 || spread == 1 else { return false }
        if spread == 1 { present += 1 }
    }
    return present > 0
}
