import StarlingMath

/// The two directions in which standardised examples vary most, for a flat picture of them.
///
/// Method: subspace iteration on four directions at once (Golub and Van Loan, Matrix Computations, 8.2.4),
/// then the two main axes within them. The directions are turned, and mirrored where need be, to lie as the
/// earlier map lay, and keep its size while that fits, so that the picture stays put while examples are added.
/// At most 1000 examples, evenly spread, decide; cost about 8 multiply-adds an input, example and pass.
final class ExampleMap {
    /// x per deviation of each input.
    private(set) var x: [Float]
    /// y per deviation of each input.
    private(set) var y: [Float]

    private let set: TrainingSet
    private let earlier: Weights?
    private let inputCount: Int
    private let stride: Int
    private let means: Floats
    private let scales: Floats
    private let row: Floats
    /// Four directions, element by element: the first element of each, then the second of each, and so on.
    private let directions: Floats
    private let images: Floats
    private var next = 0
    private var pass = 0
    private var strength = 0.0
    private var reach: Float = 0
    private var stage = Stage.turning

    private enum Stage { case turning, sizing }
    private static let mostPasses = 60
    private static let mostRows = 1000

    init(_ set: TrainingSet, earlier: Weights?, seed: UInt64) {
        self.set = set
        self.earlier = earlier
        inputCount = set.examples.inputCount
        stride = (set.count + ExampleMap.mostRows - 1) / ExampleMap.mostRows
        means = Floats(set.inputScaling.means)
        scales = Floats(set.inputScaling.scales)
        row = Floats(inputCount)
        directions = Floats(4 * inputCount)
        images = Floats(4 * inputCount)
        x = [Float](repeating: 0, count: inputCount)
        y = x
        var random = SeededRandom(seed: seed)
        for i in 0..<directions.count { directions[i] = random.bipolar() }
        orthonormalise(directions)
    }

    /// Works on; says whether there is more to do.
    func step(_ work: inout Int) -> Bool {
        while work > 0 {
            if stage == .turning { turn(&work) } else if !size(&work) { return false }
        }
        return true
    }

    /// Adds one example's share to the images of the directions.
    private func turn(_ work: inout Int) {
        standardise(next)
        var along = SIMD4<Float>.zero
        for i in 0..<inputCount { along += directions.pointer.four(4 * i) * row[i] }
        for i in 0..<inputCount { images.pointer.store(images.pointer.four(4 * i) + along * row[i], 4 * i) }
        work -= 10 * inputCount
        next += stride
        if next >= set.count { finishPass() }
    }

    private func finishPass() {
        next = 0
        pass += 1
        let inner = innerProducts(directions, images)
        let total = inner[0] + inner[5] + inner[10] + inner[15]
        let isSettled = (total - strength).magnitude <= 1e-6 * total
        strength = total
        if isSettled || pass == ExampleMap.mostPasses {
            chooseAxes(inner)
            alignToEarlier()
            stage = .sizing
            return
        }
        for i in 0..<images.count { directions[i] = images[i] }
        orthonormalise(directions)
        images.clear()
    }

    /// Turns the four directions into the main axes among them and takes the first two.
    private func chooseAxes(_ inner: [Double]) {
        let main = mainAxes(ofSymmetric: inner, size: 4)
        for i in 0..<inputCount {
            var first = 0.0
            var second = 0.0
            for k in 0..<4 {
                first += Double(directions[4 * i + k]) * main[0][k]
                second += Double(directions[4 * i + k]) * main[1][k]
            }
            x[i] = Float(first)
            y[i] = Float(second)
        }
        makeLargestPositive(&x)
        makeLargestPositive(&y)
    }

    /// The better of the best turn and the best mirrored turn towards the earlier axes.
    private func alignToEarlier() {
        guard let earlier, earlier.inputCount == inputCount else { return }
        var xx: Float = 0, xy: Float = 0, yx: Float = 0, yy: Float = 0
        earlier.withView { view in
            for i in 0..<inputCount {
                // The earlier axis, in today's deviations.
                let scale = scales[i] > 0 ? view.scales[i] / scales[i] : 0
                xx += x[i] * view.mapX[i] * scale
                xy += x[i] * view.mapY[i] * scale
                yx += y[i] * view.mapX[i] * scale
                yy += y[i] * view.mapY[i] * scale
            }
        }
        let turned = length(xx + yy, yx - xy)
        let mirrored = length(xx - yy, yx + xy)
        if turned >= mirrored, turned > 0 {
            combine(xx + yy, yx - xy, mirror: 1, by: turned)
        } else if mirrored > 0 {
            combine(xx - yy, yx + xy, mirror: -1, by: mirrored)
        }
    }

    private func length(_ a: Float, _ b: Float) -> Float { (a * a + b * b).squareRoot() }

    private func combine(_ a: Float, _ b: Float, mirror: Float, by length: Float) {
        let cosine = a / length
        let sine = b / length
        for i in 0..<inputCount {
            let old = (x[i], y[i])
            x[i] = cosine * old.0 + sine * old.1
            y[i] = mirror * (cosine * old.1 - sine * old.0)
        }
    }

    /// Finds how far out the examples lie; at the end scales the axes so that all are within -1...1.
    private func size(_ work: inout Int) -> Bool {
        standardise(next)
        var position = SIMD2<Float>.zero
        for i in 0..<inputCount { position += SIMD2(x[i], y[i]) * row[i] }
        reach = max(reach, position[0].magnitude, position[1].magnitude)
        work -= 8 * inputCount
        next += 1
        if next < set.count { return true }
        keepEarlierReach()
        for i in 0..<inputCount {
            x[i] = reach > 0 ? x[i] / reach : 0
            y[i] = reach > 0 ? y[i] / reach : 0
        }
        return false
    }

    /// Leaves the size of the picture as it was while all examples still lie within and fill most of it.
    private func keepEarlierReach() {
        guard let earlier, earlier.inputCount == inputCount else { return }
        var square: Float = 0
        earlier.withView { view in
            for i in 0..<inputCount where scales[i] > 0 {
                let (x, y) = (view.mapX[i] * view.scales[i] / scales[i], view.mapY[i] * view.scales[i] / scales[i])
                square += 0.5 * (x * x + y * y)
            }
        }
        let before = square > 0 ? 1 / square.squareRoot() : 0
        if before > reach && before < 1.5 * reach { reach = before }
    }

    private func standardise(_ index: Int) {
        let start = set.order[index] * inputCount
        set.examples.inputs.withUnsafeBufferPointer { inputs in
            for i in 0..<inputCount {
                row[i] = standardised(inputs[start + i], mean: means[i], scale: scales[i])
            }
        }
    }
}
