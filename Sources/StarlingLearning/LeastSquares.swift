import StarlingMath

/// The output weights of a network that suit its hidden units best: ridge regression by the normal equations.
///
/// Sums are kept in double precision, since units resemble one another. A target that some examples lack has sums
/// of its own, over the examples that have it.
final class LeastSquares {
    private let shape: NetworkShape
    /// Units and the constant that stands for the bias.
    private let size: Int
    /// For a chunk of examples: products of units with units, with targets, sums of units and of targets.
    private let chunkSquares: Floats
    private let chunkProducts: Floats
    private let chunkUnits: Floats
    private let chunkTargets: Floats
    private let cleaned: Floats
    /// Sums for all targets, and behind them those for each target that is not always there.
    private let squares: Doubles
    private let products: Doubles
    private let factor: Doubles
    private let solution: Doubles
    /// For each target its place among those that are not always there, or nil.
    private let placeOfHoled: [Int?]
    private let holedCount: Int

    /// - Parameter isHoled: For each output whether some examples lack it.
    init(_ shape: NetworkShape, isHoled: [Bool], chunkSize: Int) {
        self.shape = shape
        size = shape.unitCount + 1
        chunkSquares = Floats(shape.unitCount * shape.unitCount)
        chunkProducts = Floats(shape.unitCount * shape.outputWidth)
        chunkUnits = Floats(shape.unitCount)
        chunkTargets = Floats(shape.outputWidth)
        cleaned = Floats(chunkSize * shape.outputWidth)
        var count = 0
        var places: [Int?] = []
        for isHoled in isHoled {
            places.append(isHoled ? count : nil)
            if isHoled { count += 1 }
        }
        placeOfHoled = places
        holedCount = count
        squares = Doubles((1 + count) * size * size)
        products = Doubles(size * shape.outputCount)
        factor = Doubles(size * size)
        solution = Doubles(size)
    }

    /// Begins new sums.
    func clear() {
        squares.clear()
        products.clear()
    }

    /// Adds a chunk of examples: their units and, where they are to be fitted, their targets (NaN where missing).
    func add(units: UnsafePointer<Float>, targets: UnsafePointer<Float>?, rows: Int) {
        let unitCount = shape.unitCount
        chunkSquares.clear()
        chunkUnits.clear()
        addSquare(into: chunkSquares.pointer, width: unitCount, depth: rows, units)
        addRowSum(into: chunkUnits.pointer, units, rows: rows, width: unitCount)
        for i in 0..<unitCount {
            let row = squares.pointer + i * size
            for j in 0...i { row[j] += Double(chunkSquares.pointer[i * unitCount + j]) }
            squares.pointer[unitCount * size + i] += Double(chunkUnits.pointer[i])
        }
        squares.pointer[size * size - 1] += Double(rows)
        if let targets { addProducts(units, targets, rows) }
    }

    private func addProducts(_ units: UnsafePointer<Float>, _ targets: UnsafePointer<Float>, _ rows: Int) {
        for i in 0..<rows * shape.outputWidth { cleaned.pointer[i] = targets[i].isNaN ? 0 : targets[i] }
        chunkProducts.clear()
        chunkTargets.clear()
        addProduct(
            into: chunkProducts.pointer, rows: shape.unitCount, width: shape.outputWidth, depth: rows,
            .columns(units, width: shape.unitCount), cleaned.pointer)
        addRowSum(into: chunkTargets.pointer, cleaned.pointer, rows: rows, width: shape.outputWidth)
        for output in 0..<shape.outputCount {
            let sums = products.pointer + output * size
            for i in 0..<shape.unitCount { sums[i] += Double(chunkProducts.pointer[i * shape.outputWidth + output]) }
            sums[shape.unitCount] += Double(chunkTargets.pointer[output])
            if let place = placeOfHoled[output] { addSquares(of: output, at: place, units, targets, rows) }
        }
    }

    /// Adds the squares of the examples that have a target.
    private func addSquares(
        of output: Int, at place: Int, _ units: UnsafePointer<Float>, _ targets: UnsafePointer<Float>, _ rows: Int
    ) {
        let sums = squares.pointer + (1 + place) * size * size
        for row in 0..<rows where !targets[row * shape.outputWidth + output].isNaN {
            let unit = units + row * shape.unitCount
            for i in 0..<shape.unitCount {
                for j in 0...i { sums[i * size + j] += Double(unit[i] * unit[j]) }
                sums[shape.unitCount * size + i] += Double(unit[i])
            }
            sums[size * size - 1] += 1
        }
    }

    /// Writes the best output weights and biases into parameters; weights cost `ridge` times their square, halved.
    func solve(ridge: Double, into parameters: UnsafeMutablePointer<Float>) {
        if holedCount < shape.outputCount { decompose(squares.pointer, ridge) }
        for output in 0..<shape.outputCount where placeOfHoled[output] == nil { solve(output, parameters) }
        for output in 0..<shape.outputCount {
            guard let place = placeOfHoled[output] else { continue }
            decompose(squares.pointer + (1 + place) * size * size, ridge)
            solve(output, parameters)
        }
    }

    /// Cholesky's factor of the sums with the ridge on their diagonal (Golub and Van Loan, Matrix Computations, 4.2).
    private func decompose(_ sums: UnsafePointer<Double>, _ ridge: Double) {
        let l = factor.pointer
        let count = size
        let small = 1e-7 * (sums[count * count - 1] + 1)
        for i in 0..<count {
            for j in 0...i {
                var sum = sums[i * count + j]
                if i == j { sum += small + (i < count - 1 ? ridge : 0) }
                let a = l + i * count
                let b = l + j * count
                for k in 0..<j { sum -= a[k] * b[k] }
                // The ridge keeps what is left positive, but for rounding.
                a[j] = i == j ? 1 / max(sum, small * 1e-6).squareRoot() : sum * b[j]
            }
        }
    }

    private func solve(_ output: Int, _ parameters: UnsafeMutablePointer<Float>) {
        let l = factor.pointer
        let x = solution.pointer
        let wanted = products.pointer + output * size
        for i in 0..<size {
            var sum = wanted[i]
            for k in 0..<i { sum -= l[i * size + k] * x[k] }
            x[i] = sum * l[i * size + i]
        }
        for i in (0..<size).reversed() {
            x[i] *= l[i * size + i]
            for k in 0..<i { x[k] -= l[i * size + k] * x[i] }
        }
        // The bias lies behind the weights of the last unit, in the same column.
        for i in 0..<size { parameters[shape.outputWeights + i * shape.outputWidth + output] = Float(x[i]) }
    }

    /// The mean product of each unit, or the constant, with each other: row after row, `width` apart.
    func copyMeans(into result: UnsafeMutablePointer<Float>, width: Int) {
        let share = 1 / squares.pointer[size * size - 1]
        for i in 0..<size {
            for j in 0...i {
                let mean = Float(squares.pointer[i * size + j] * share)
                result[i * width + j] = mean
                result[j * width + i] = mean
            }
        }
    }
}

/// A fixed run of doubles, zeroed; see `Floats`.
final class Doubles {
    let pointer: UnsafeMutablePointer<Double>
    private let count: Int

    init(_ count: Int) {
        self.count = count
        pointer = .allocate(capacity: max(count, 1))
        clear()
    }

    deinit { pointer.deallocate() }

    func clear() { pointer.update(repeating: 0, count: count) }
}
