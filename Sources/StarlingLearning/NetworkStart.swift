import StarlingMath

/// The parameters from which a training starts: drawn by chance, and replaced by earlier ones where those fit.
///
/// Earlier parameters are rewritten for today's means and deviations, so that the network begins by saying
/// exactly what the earlier one said. Outputs are recognised by their keys; new ones begin by chance.
struct NetworkStart {
    let shape: NetworkShape
    let lesson: Lesson
    /// Centre and spread of each output now.
    let centres: [Float]
    let spreads: [Float]

    /// Weights into the units begin small, so that units begin almost as straight lines and bend as far as it helps.
    private static let startScale: Float = 0.2

    /// Reference: Glorot and Bengio 2010, normalised initialisation.
    func parameters() -> (Floats, earlierRounds: Int) {
        let result = Floats(shape.parameterCount)
        var random = SeededRandom(seed: lesson.seed)
        draw(result, &random)
        return (result, lesson.earlier?.withView { takeOver($0, into: result) } ?? 0)
    }

    /// More units beside those of a smaller network, which go on as they are; the new ones say almost nothing yet.
    func parameters(growing old: Floats, of oldShape: NetworkShape) -> Floats {
        let result = Floats(shape.parameterCount)
        var random = SeededRandom(seed: lesson.seed &+ UInt64(shape.unitCount))
        draw(result, &random)
        for input in 0...shape.inputCount {
            (result.pointer + input * shape.unitCount).update(
                from: old.pointer + input * oldShape.unitCount, count: oldShape.unitCount)
        }
        let outputs = result.pointer + shape.outputWeights
        for i in oldShape.unitCount * shape.outputWidth..<shape.unitCount * shape.outputWidth { outputs[i] *= 0.1 }
        outputs.update(from: old.pointer + oldShape.outputWeights, count: oldShape.unitCount * shape.outputWidth)
        (result.pointer + shape.outputBiases).update(
            from: old.pointer + oldShape.outputBiases, count: shape.outputWidth)
        return result
    }

    private func draw(_ result: Floats, _ random: inout SeededRandom) {
        draw(result, 0..<shape.unitBiases, fans: shape.inputCount + shape.unitCount, &random)
        scale(result.pointer, by: NetworkStart.startScale, count: shape.unitBiases)
        draw(result, shape.outputWeights..<shape.outputBiases, fans: shape.unitCount + shape.outputCount, &random)
        clearSpareOutputs(result)
    }

    private func draw(_ result: Floats, _ range: Range<Int>, fans: Int, _ random: inout SeededRandom) {
        let bound = (6 / Float(fans)).squareRoot()
        for i in range { result[i] = bound * random.bipolar() }
    }

    /// Outputs that only fill up to a multiple of four stay 0 for good.
    private func clearSpareOutputs(_ result: Floats) {
        for unit in 0..<shape.unitCount {
            for output in shape.outputCount..<shape.outputWidth {
                result[shape.outputWeights + unit * shape.outputWidth + output] = 0
            }
        }
    }

    /// The shape of earlier weights, where they are of a network that can go on.
    static func earlierShape(_ view: WeightsView, _ lesson: Lesson) -> NetworkShape? {
        guard view.model == Network.info.id, view.task == lesson.set.examples.task,
            view.inputCount == lesson.set.examples.inputCount
        else { return nil }
        return NetworkShape(view)
    }

    /// Says how many rounds the earlier parameters are worth; 0 where they do not fit.
    private func takeOver(_ view: WeightsView, into result: Floats) -> Int {
        guard let old = NetworkStart.earlierShape(view, lesson), old.unitCount == shape.unitCount else { return 0 }
        let foundation = view.body + old.headCount + old.parameterCount
        takeOverUnits(view, foundation, into: result)
        for output in 0..<old.outputCount {
            guard let now = lesson.outputKeys.firstIndex(of: view.key(output)) else { continue }
            takeOver(output, as: now, of: view, old, foundation, into: result)
        }
        return Int(wholeNumber(view.body, 1))
    }

    /// The same sums into each unit as before, though inputs are now standardised otherwise.
    private func takeOverUnits(_ view: WeightsView, _ old: UnsafePointer<Float>, into result: Floats) {
        let scaling = lesson.set.inputScaling
        result.pointer.advanced(by: shape.unitBiases).update(from: old + shape.unitBiases, count: shape.unitCount)
        for input in 0..<shape.inputCount where view.scales[input] > 0 {
            let shift = (scaling.means[input] - view.means[input]) * view.scales[input]
            let ratio = scaling.deviations[input] * view.scales[input]
            for unit in 0..<shape.unitCount {
                let weight = old[input * shape.unitCount + unit]
                result[input * shape.unitCount + unit] = bounded(weight * ratio)
                result[shape.unitBiases + unit] = bounded(result[shape.unitBiases + unit] + weight * shift)
            }
        }
    }

    private func takeOver(
        _ output: Int, as now: Int, of view: WeightsView, _ oldShape: NetworkShape,
        _ old: UnsafePointer<Float>, into result: Floats
    ) {
        let oldCentre = view.body[oldShape.centres + output]
        let oldSpread = view.body[oldShape.centres + oldShape.outputCount + output]
        if oldSpread == 0 || spreads[now] == 0 { return }
        let ratio = oldSpread / spreads[now]
        for unit in 0..<shape.unitCount {
            result[shape.outputWeights + unit * shape.outputWidth + now] = bounded(
                ratio * old[oldShape.outputWeights + unit * oldShape.outputWidth + output])
        }
        result[shape.outputBiases + now] = bounded(
            ratio * old[oldShape.outputBiases + output] + (oldCentre - centres[now]) / spreads[now])
    }

    /// A wild change of scale must not make a start from which nothing can be learned.
    private func bounded(_ x: Float) -> Float { clamp(x, -100, 100) }
}
