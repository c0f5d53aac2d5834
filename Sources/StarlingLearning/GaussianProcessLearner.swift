import StarlingMath

/// Learns a Gaussian process: reach and noise from the examples learned from, then all examples at once.
///
/// One factoring serves for both: that of the examples learned from is the leading part of that of all examples, so
/// that the error on those held out costs nothing. Of more than 2000 examples that many are kept, or as many as fit
/// into `LearningLimits.words`, evenly spread over the takes. Up to 512 examples the certainty is exact; beyond, 512 of them that lie far apart decide it.
/// Cost: examples cubed / 6 multiply-adds for each set of targets that lack the same examples.
final class GaussianProcessLearner: Learner {
    private let lesson: Lesson
    private let reader: RowReader
    /// Places of the examples kept, those to learn from first.
    private var places: [Int] = []
    private var trainingCount = 0
    private let width: Int
    private var rows = Floats(0)
    private var targets = Floats(0)
    private var layout: LinearLayout
    private var words = Floats(0)

    private enum Stage { case ordering, searching, filling, factoring, solving, judging, concluding, done }
    private var stage = Stage.ordering
    private var ordering: SpreadOrder?
    private var search: ReachSearch?
    private var noise: Float = 0
    private var next = 0
    private let nearness: Floats
    private var solver = Cholesky(size: 1)
    private var solution = Floats(0)
    /// The first of the four outputs that are solved for now.
    private var block = 0
    /// The outputs solved for now, and the rows that have them.
    private var group: [Int] = []
    private var members: [Int] = []
    private var isSolved: [Bool]
    private var hasVariance = false
    /// The likeliest variances of the surface, of each target in units of its own.
    private var surface: (sum: Float, count: Float) = (0, 0)
    private var isWaiting = false
    private var training = ErrorTally()
    private var heldOut = ErrorTally()

    init(_ lesson: Lesson) {
        self.lesson = lesson
        reader = RowReader(lesson.set)
        width = roundedUpToFour(reader.inputCount)
        isSolved = [Bool](repeating: false, count: reader.outputCount)
        layout = LinearLayout(basis: .radial(count: 1), inputCount: reader.inputCount, outputCount: reader.outputCount)
        nearness = Floats(Basis.mostCentres)
        super.init()
        choosePlaces()
    }

    override var progress: Float {
        switch stage {
        case .ordering: 0
        case .searching: 0.2
        case .filling, .factoring, .solving, .judging, .concluding: 0.5
        case .done: 1
        }
    }
    override var trainingError: Float? { training.error(.continuous) }
    override var heldOutError: Float? { heldOut.error(.continuous) }

    override func takeNews() -> [Float]? {
        if !isWaiting { return nil }
        isWaiting = false
        return words.array
    }

    override func step(_ work: inout Int) -> Bool {
        while work > 0 && stage != .done {
            switch stage {
            case .ordering: order(&work)
            case .searching: if !search!.step(&work) { beginWords() }
            case .filling: fill(&work)
            case .factoring: if !solver.step(&work) { finishFactoring(&work) }
            case .solving: solve(&work)
            case .judging: judge(&work)
            case .concluding: conclude(&work)
            case .done: break
            }
        }
        return stage != .done
    }

    // MARK: Examples

    /// Evenly spread over takes, since places are in the order of examples, first learned from, then held out.
    private func choosePlaces() {
        let set = lesson.set
        let kept = min(set.count, GaussianProcess.mostExamples(reader.inputCount, reader.outputCount))
        places = (0..<kept).map { $0 * set.count / kept }
        trainingCount = places.filter { $0 < set.trainingCount }.count
        rows = Floats(kept * width)
        targets = Floats(kept * layout.outputWidth)
        let isMany = kept > VarianceView.most
        layout = LinearLayout(
            basis: .radial(count: kept), inputCount: reader.inputCount, outputCount: reader.outputCount,
            varianceCount: isMany ? min(VarianceView.most, trainingCount) : kept)
        if isMany { ordering = SpreadOrder(rows: rows, width: width, count: trainingCount, wanted: layout.varianceCount) }
    }

    private func order(_ work: inout Int) {
        while work > 0 && next < places.count {
            reader.readInputs(places[next], into: rows.pointer + next * width)
            next += 1
            work -= 8 * width
        }
        if next < places.count || ordering?.step(&work) == true { return }
        if let ordering { arrange(ordering.order) }
        for i in places.indices { reader.readOutputs(places[i], into: targets.pointer + i * layout.outputWidth) }
        chooseGroup()
        search = ReachSearch(
            rows: rows, width: width, inputCount: reader.inputCount, targets: targets, outputWidth: layout.outputWidth,
            members: members.filter { $0 < trainingCount }, reach: lesson.settings[0], noise: lesson.settings[1])
        stage = .searching
    }

    /// Puts the examples learned from in another order.
    private func arrange(_ order: [Int]) {
        let (oldPlaces, oldRows) = (places, Floats(rows.array))
        for i in order.indices {
            places[i] = oldPlaces[order[i]]
            (rows.pointer + i * width).update(from: oldRows.pointer + order[i] * width, count: width)
        }
    }

    /// The first output not yet solved for, all others that lack the same examples, and the rows that have them.
    private func chooseGroup() {
        group = []
        guard let first = isSolved.firstIndex(of: false) else { return }
        let scaling = lesson.set.outputScaling
        for i in isSolved.indices where !isSolved[i] && scaling.holes(i) == scaling.holes(first) {
            group.append(i)
            isSolved[i] = true
        }
        members = places.indices.filter { !targets[$0 * layout.outputWidth + first].isNaN }
    }

    private func beginWords() {
        words = Floats(layout.head(reader) + [Float](repeating: 0, count: layout.wordCount - layout.weights))
        let reach = search!.reach
        noise = search!.noise
        search = nil
        for i in places.indices {
            for k in 0..<layout.inputCount { words[layout.place(centre: i, input: k)] = rows[i * width + k] }
            words[layout.factors + i] = max(-1e4, -0.721_347_52 / (reach * reach))
        }
        beginFilling()
    }

    // MARK: Covariances

    private func beginFilling() {
        if members.isEmpty { return finishGroup() }
        solver = Cholesky(size: members.count)
        next = 0
        stage = .filling
    }

    /// Puts in one row of covariances.
    private func fill(_ work: inout Int) {
        let row = solver.matrix.pointer + next * solver.width
        layout.fill(words.pointer, rows.pointer + members[next] * width, into: nearness.pointer)
        for i in next..<members.count { row[i] = nearness[members[i]] }
        row[next] = 1 + noise
        work -= layout.termCount * (layout.inputCount + 8)
        next += 1
        if next < members.count { return }
        solver.begin()
        stage = .factoring
    }

    private func finishFactoring(_ work: inout Int) {
        if !solver.isDefinite {
            noise *= 4
            return beginFilling()
        }
        if members.count == places.count && !hasVariance || group.isEmpty { writeVariance() }
        if group.isEmpty { return finishGroup() }
        work -= layout.varianceCount * layout.varianceCount
        beginSolving()
    }

    private func finishGroup() {
        chooseGroup()
        if !group.isEmpty { return beginFilling() }
        if !hasVariance {  // no target has all examples: those whose variance is wanted, for themselves
            members = Array(0..<layout.varianceCount)
            return beginFilling()
        }
        words[layout.variance + 1] = surface.count > 0 ? surface.sum / surface.count : 1
        isWaiting = true
        stage = .done
    }

    // MARK: Solutions

    private func beginSolving() {
        let columns = layout.outputWidth
        solution = Floats(members.count * columns)
        for i in members.indices {
            for output in group { solution[i * columns + output] = targets[members[i] * columns + output] }
        }
        block = 0
        stage = .solving
    }

    /// Half of the solution of four outputs.
    private func solve(_ work: inout Int) {
        solver.solveForward(solution.pointer + block, stride: layout.outputWidth)
        work -= 4 * members.count * members.count
        stage = .judging
    }

    /// What the examples learned from say about themselves, and about those held out.
    private func judge(_ work: inout Int) {
        let columns = layout.outputWidth
        let learned = members.filter { $0 < trainingCount }.count
        let answer = Floats(solution.array)
        solver.solveBackward(answer.pointer + block, stride: columns, count: learned)
        let outputs = group.filter { reader.spreads[$0] > 0 && block..<block + 4 ~= $0 }
        for output in outputs {
            var square: Float = 0
            for i in members.indices {
                let half = solution[i * columns + output]
                square += half * half
            }
            surface.sum += square / Float(members.count)
            surface.count += 1
            for i in 0..<learned {
                let error = noise * answer[i * columns + output]
                training.add(square: error * error)
            }
        }
        for j in learned..<members.count {
            var sum = SIMD4<Float>.zero
            for i in 0..<learned {
                sum += solution.pointer.four(i * columns + block) * solver.matrix[i * solver.width + j]
            }
            for output in outputs {
                let error = sum[output - block] - targets[members[j] * columns + output]
                heldOut.add(square: error * error)
            }
        }
        work -= 4 * members.count * members.count
        stage = .concluding
    }

    private func conclude(_ work: inout Int) {
        let columns = layout.outputWidth
        solver.solveBackward(solution.pointer + block, stride: columns, count: members.count)
        for i in members.indices {
            let weights = words.pointer + layout.weights + members[i] * columns
            for output in group where block..<block + 4 ~= output { weights[output] = solution[i * columns + output] }
        }
        work -= 4 * members.count * members.count
        block += 4
        stage = .solving
        if block == columns { finishGroup() }
    }

    /// The leading part of the factor.
    private func writeVariance() {
        hasVariance = true
        let count = layout.varianceCount
        let place = words.pointer + layout.variance
        place[0] = noise
        for j in 0..<count {
            place[2 + j] = solver.inverse(j)
            let row = place + 2 + count + VarianceView.rowStart(j)
            for i in 0..<j { row[i] = solver.matrix[i * solver.width + j] }
        }
    }
}
