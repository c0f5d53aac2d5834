import StarlingMath

/// Terms of some examples, and what is wanted of them, as ridge regression sums them up.
final class TermChunk {
    /// How many examples fit.
    static let size = 64

    /// Terms, row after row, the last one 1: its weight is the bias.
    let terms: Floats
    /// What each output should be.
    let wanted: Floats

    private let reader: RowReader
    private let layout: LinearLayout
    private let rowWeights: [Float]
    private let inputs: Floats

    /// - Parameter rowWeights: How much an example of each category counts.
    init(_ reader: RowReader, _ layout: LinearLayout, rowWeights: [Float]) {
        self.reader = reader
        self.layout = layout
        self.rowWeights = rowWeights
        inputs = Floats(reader.inputCount)
        terms = Floats(TermChunk.size * layout.termWidth)
        wanted = Floats(TermChunk.size * layout.outputWidth)
    }

    /// Takes in `count` examples from place `first` on; outputs that are 0 in `group` are left out, and so are, whole,
    /// the examples that lack a target of the group: their rows are 0.
    func fill(_ words: UnsafePointer<Float>, _ first: Int, _ count: Int, group: [Float], isWeighted: Bool) {
        terms.clear()
        wanted.clear()
        for row in 0..<count {
            let w = wanted.pointer + row * layout.outputWidth
            if !readWanted(first + row, group, into: w) { continue }
            let t = terms.pointer + row * layout.termWidth
            reader.readInputs(first + row, into: inputs.pointer)
            layout.fill(words, inputs.pointer, into: t)
            t[layout.termCount] = 1
            if isWeighted && reader.set.examples.task == .categories { weigh(t, w, reader.category(first + row)) }
        }
    }

    /// Says whether nothing is missing.
    private func readWanted(_ place: Int, _ group: [Float], into w: UnsafeMutablePointer<Float>) -> Bool {
        reader.readOutputs(place, into: w)
        var isWhole = true
        for i in 0..<layout.outputCount {
            if group[i] == 0 { w[i] = 0 }
            if w[i].isNaN { isWhole = false }
        }
        if !isWhole { for i in 0..<layout.outputCount { w[i] = 0 } }
        return isWhole
    }

    private func weigh(_ t: UnsafeMutablePointer<Float>, _ w: UnsafeMutablePointer<Float>, _ category: Int) {
        let factor = rowWeights[category].squareRoot()
        if factor == 1 { return }
        scale(t, by: factor, count: layout.termWidth)
        scale(w, by: factor, count: layout.outputWidth)
    }
}
