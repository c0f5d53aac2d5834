import StarlingMath

/// Compares a stream with templates, one column of every warping matrix a row (SPRING, Sakurai et al. 2007).
///
/// A cell holds the cost of the best path from any start in the stream to this row of the template now, and its age:
/// the rows of the stream since that start. Paths more than `warping` times slower or faster than taught are cut.
/// Four templates go through each step together. Cost a row: about 0.4 ns a cell and input.
final class WarpingTracker {
    /// Per template: the evidence of its best cell, that cell's row, and the age of its path; see `evidence`.
    let bestEvidence: Floats
    let bestRow: Floats
    let bestAge: Floats
    /// Per template: the mean squared distance along the path to its last row, and the age of that path.
    let endCost: Floats
    let endAge: Floats

    private let costs: Floats
    private let ages: Floats
    private var view: WarpingView?
    private var costScale: Float = 1

    private static let cut: Float = 1e30
    /// Rows by which a path may be shorter or longer than the warping allows, so that short templates have some play.
    private static let play: Float = 3

    init(mostTemplates: Int = Warping.mostTemplates, mostBlockRows: Int = Warping.mostBlockRows) {
        bestEvidence = Floats(roundedUpToFour(mostTemplates))
        bestRow = Floats(roundedUpToFour(mostTemplates))
        bestAge = Floats(roundedUpToFour(mostTemplates))
        endCost = Floats(roundedUpToFour(mostTemplates))
        endAge = Floats(roundedUpToFour(mostTemplates))
        costs = Floats(4 * mostBlockRows)
        ages = Floats(4 * mostBlockRows)
    }

    /// Follows other templates from now on; `varyingCount` is the number of inputs that vary.
    func attach(_ view: WarpingView, varyingCount: Int) {
        self.view = view
        costScale = 1 / Float(max(varyingCount, 1))
        forget()
    }

    /// Gives up all paths.
    func forget() {
        guard let view else { return }
        var cells = 0
        for block in 0..<view.blockCount { cells += 4 * view.blockRows(block) }
        for i in 0..<cells { costs[i] = Self.cut }
        for i in 0..<cells { ages[i] = 0 }
    }

    /// Takes one row of standardised inputs.
    func advance(_ row: UnsafePointer<Float>) {
        guard let view else { return }
        var words = view.blocks
        var cell = 0
        for block in 0..<view.blockCount {
            let rows = view.blockRows(block)
            advance(row, view, block, words, rows, costs.pointer + cell, ages.pointer + cell)
            readEnds(view, block, costs.pointer + cell, ages.pointer + cell)
            words += rows * 4 * view.channelCount
            cell += rows * 4
        }
    }

    /// One column of four templates.
    @inline(__always) private func advance(
        _ row: UnsafePointer<Float>, _ view: WarpingView, _ block: Int, _ words: UnsafePointer<Float>, _ rows: Int,
        _ costs: UnsafeMutablePointer<Float>, _ ages: UnsafeMutablePointer<Float>
    ) {
        let channelCount = view.channelCount
        let one = SIMD4<Float>(repeating: 1)
        let cut = SIMD4<Float>(repeating: Self.cut)
        let limits = Limits(view, block)
        var template = words
        // A path may begin in the first row at any time: before it lies a row of no cost.
        var diagonalCost = SIMD4<Float>.zero, diagonalAge = SIMD4<Float>.zero
        var lowerCost = cut, lowerAge = SIMD4<Float>.zero
        var rowsDone = SIMD4<Float>.zero
        var evidence = SIMD4<Float>.zero, evidenceRow = SIMD4<Float>.zero, evidenceAge = SIMD4<Float>.zero
        for i in 0..<rows {
            var distance = SIMD4<Float>.zero
            for k in 0..<channelCount {
                let difference = template.four(4 * k) - row[k]
                distance += difference * difference
            }
            template += 4 * channelCount
            rowsDone += one
            let sameCost = costs.four(4 * i), sameAge = ages.four(4 * i)
            var cost = diagonalCost
            var age = diagonalAge + one
            let isSame = sameCost .< cost
            cost.replace(with: sameCost, where: isSame)
            age.replace(with: sameAge + one, where: isSame)
            let isLower = lowerCost .< cost
            cost.replace(with: lowerCost, where: isLower)
            age.replace(with: lowerAge, where: isLower)
            cost += distance * costScale
            let isCut = (age .> rowsDone * limits.slowest + Self.play) .| (age .< rowsDone * limits.fastest - Self.play)
            cost.replace(with: cut, where: isCut)
            diagonalCost = sameCost
            diagonalAge = sameAge
            lowerCost = cost
            lowerAge = age
            costs.store(cost, 4 * i)
            ages.store(age, 4 * i)
            let steps = age.replacing(with: rowsDone, where: age .< rowsDone)
            let here = rowsDone - cost * limits.perThreshold * rowsDone / steps
            let isBetter = here .> evidence
            evidence.replace(with: here, where: isBetter)
            evidenceRow.replace(with: rowsDone, where: isBetter)
            evidenceAge.replace(with: age, where: isBetter)
        }
        bestEvidence.pointer.store(evidence * limits.perRows, 4 * block)
        bestRow.pointer.store(evidenceRow, 4 * block)
        bestAge.pointer.store(evidenceAge, 4 * block)
    }

    private func readEnds(
        _ view: WarpingView, _ block: Int, _ costs: UnsafePointer<Float>, _ ages: UnsafePointer<Float>
    ) {
        for template in 4 * block..<min(4 * block + 4, view.templateCount) {
            let cell = 4 * (view.rows(template) - 1) + template % 4
            endAge[template] = ages[cell]
            endCost[template] = costs[cell] / max(ages[cell], Float(view.rows(template)))
        }
    }

    /// What a block's four templates allow; unused places of the last block repeat its last template.
    private struct Limits {
        var slowest = SIMD4<Float>.zero
        var fastest = SIMD4<Float>.zero
        var perThreshold = SIMD4<Float>.zero
        var perRows = SIMD4<Float>.zero

        /// Distance counts this much more against evidence than against a whole match: it keeps the phase from running ahead.
        private static let caution: Float = 1.7

        init(_ view: WarpingView, _ block: Int) {
            for lane in 0..<4 {
                let template = min(4 * block + lane, view.templateCount - 1)
                slowest[lane] = view.stretch(template) * view.warping
                fastest[lane] = view.stretch(template) / view.warping
                perThreshold[lane] = Self.caution / view.threshold(template)
                perRows[lane] = 1 / Float(view.rows(template))
            }
        }
    }
}
