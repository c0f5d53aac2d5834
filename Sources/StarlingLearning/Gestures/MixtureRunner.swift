import StarlingMath

/// Answers with the expected targets given the inputs. Cost: about 0.3 us for 6 rules of 6 inputs and 2 targets.
final class MixtureRunner: Runner {
    private let standard: Floats
    private let inputs = Floats(MixtureRegression.mostDirections)
    private let centred = Floats(MixtureRegression.mostDirections)
    private let shares = Floats(MixtureRegression.mostGaussians)
    private let squares: Floats
    private var sure: Float = 1
    private var view: WeightsView?
    private var layout = MixtureLayout(inputCount: 1, outputCount: 1, gaussianCount: 1, directionCount: 1)

    init(maximumInputs: Int, maximumOutputs: Int) {
        standard = Floats(maximumInputs)
        squares = Floats(maximumOutputs)
    }

    override func attach(_ view: WeightsView) -> Bool {
        self.view = nil
        guard let layout = MixtureLayout(view) else { return false }
        self.layout = layout
        self.view = view
        return true
    }

    override func run(_ values: UnsafePointer<Float>, into outputs: UnsafeMutablePointer<Float>) {
        guard let view else { return }
        for i in 0..<layout.inputCount { standard[i] = view.standardised(values[i], i) }
        layout.project(view.body, standard.pointer, into: inputs.pointer)
        layout.answer(
            view.body, inputs.pointer, shares: shares.pointer, centred: centred.pointer,
            expected: outputs, squares: squares.pointer)
        var uncertain: Float = 0
        for target in 0..<layout.outputCount {
            let deviation = view.body[layout.deviations + target]
            let variance = max(0, squares[target] - outputs[target] * outputs[target])
            if deviation > 0 { uncertain += variance }
            squares[target] = variance.squareRoot() * deviation
            outputs[target] = view.body[layout.centres + target] + deviation * outputs[target]
        }
        sure = clamp(1 - uncertain / Float(layout.outputCount), 0, 1)
    }

    override var certainty: Float { sure }

    override func spread(_ output: Int) -> Float { view == nil ? 0 : squares[output] }
}

extension MixtureLayout {
    /// The place of standardised inputs along the directions.
    func project(_ words: UnsafePointer<Float>, _ x: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>) {
        if directionCount == inputCount { return result.update(from: x, count: inputCount) }
        for direction in 0..<directionCount {
            let row = words + directions + direction * inputCount
            var sum: Float = 0
            for i in 0..<inputCount { sum += row[i] * x[i] }
            result[direction] = sum
        }
    }

    /// Log density of the inputs in a Gaussian, its weight included; writes the inputs from its mean.
    func logDensity(
        _ words: UnsafePointer<Float>, _ x: UnsafePointer<Float>, centred: UnsafeMutablePointer<Float>
    ) -> Float {
        for i in 0..<directionCount { centred[i] = x[i] - words[mean + i] }
        var sum: Float = 0
        for row in 0..<directionCount {
            let line = words + whitening + row * directionCount
            var z: Float = 0
            for i in 0...row { z += line[i] * centred[i] }
            sum += z * z
        }
        return words[0] - 0.5 * sum
    }

    /// The expected target of one Gaussian.
    @inline(__always) func expected(_ rule: UnsafePointer<Float>, _ centred: UnsafePointer<Float>) -> Float {
        var sum = rule[0]
        for i in 0..<directionCount { sum += rule[2 + i] * centred[i] }
        return sum
    }

    /// The expected targets and their expected squares.
    func answer(
        _ words: UnsafePointer<Float>, _ x: UnsafePointer<Float>, shares: UnsafeMutablePointer<Float>,
        centred: UnsafeMutablePointer<Float>, expected: UnsafeMutablePointer<Float>, squares: UnsafeMutablePointer<Float>
    ) {
        var largest = -Float.greatestFiniteMagnitude
        for k in 0..<gaussianCount {
            shares[k] = logDensity(words + gaussians + k * gaussianWords, x, centred: centred)
            if shares[k] > largest { largest = shares[k] }
        }
        var total: Float = 0
        for k in 0..<gaussianCount {
            shares[k] = fastExp(shares[k] - largest)
            total += shares[k]
        }
        for target in 0..<outputCount {
            expected[target] = 0
            squares[target] = 0
        }
        for k in 0..<gaussianCount where shares[k] > 1e-12 {
            let gaussian = words + gaussians + k * gaussianWords
            for i in 0..<directionCount { centred[i] = x[i] - gaussian[mean + i] }
            let share = shares[k] / total
            for target in 0..<outputCount {
                let rule = gaussian + rules + target * ruleWords
                let value = self.expected(rule, centred)
                expected[target] += share * value
                squares[target] += share * (value * value + rule[1].magnitude)
            }
        }
    }
}
