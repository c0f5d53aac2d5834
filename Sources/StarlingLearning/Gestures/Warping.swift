import StarlingMath

/// Dynamic time warping: a gesture is recognised where the stream of inputs resembles a taught take, faster or slower.
///
/// The stream is compared with all templates at once, one column of the warping matrix a row. Start and end of a
/// gesture are found by the comparison itself. The model's own words, behind those of every model (* whole numbers):
///
/// | words | content |
/// |---|---|
/// | | the head, see `GestureHead` |
/// | 2 | warping, templates T* |
/// | T x 4 | each template's gesture*, rows*, rows of the stream a row lasts as taught, threshold |
/// | rest | templates in blocks of four: of each row of the longest the first channel of all four, then the second |
///
/// Templates are in order of their length. The threshold is the mean squared distance, over the rows and the inputs
/// that vary, below which a match is the gesture. Rows behind the end of a template hold `Warping.beyond`.
enum Warping {
    static let info = ModelInfo(
        id: 13, name: "dtw", label: "Time warping",
        help: "Recognises a gesture from one or a few takes, wherever it begins, also slower or faster than taught.",
        reference: "Sakoe and Chiba 1978; stream matching after Sakurai, Faloutsos and Yamamuro 2007 (SPRING)",
        tasks: [.gestures],
        settings: [
            ParameterInfo(
                "tolerance", label: "Tolerance", range: 0.25...4, default: 1, curve: .logarithmic,
                help: "How unlike the takes a gesture may be; lower recognises less by mistake, higher misses less."),
            ParameterInfo(
                "movement", label: "Movement", range: 0...1, default: 0.5,
                help: "1 looks only at how things move, 0 only at where they are: then a gesture has its place."),
            ParameterInfo(
                "warping", label: "Warping", unit: .ratio, range: 1...4, default: 2.5,
                help: "How many times slower or faster than taught a gesture may be."),
            ParameterInfo(
                "pause", label: "Pause", unit: .seconds, range: 0...5, default: 0.3,
                help: "For how long after a gesture no other is recognised."),
            ParameterInfo(
                "templates", label: "Templates", range: 1...32, default: 8, curve: .stepped,
                help: "The most takes of a gesture to compare with; of more takes the most typical ones are kept."),
        ])

    static let mostTemplates = 1024
    static let beyond: Float = 1e6
    /// Takes without any difference still allow for this much.
    static let leastThreshold: Float = 1e-4
    /// Rows of all blocks together, four templates each, and words of all templates; templates are resampled to fit.
    static let mostBlockRows = GestureTakes.mostRows / 4
    static let mostWords = GestureTakes.mostWords
}

/// The templates in a body, read in place.
struct WarpingView {
    let head: GestureHead
    /// The words behind the head.
    let body: UnsafePointer<Float>
    let templateCount: Int
    var channelCount: Int { head.channelCount }

    static let headCount = 2
    private static let templateWords = 4

    var warping: Float { body[0] }
    var blockCount: Int { (templateCount + 3) / 4 }
    /// The rows of the first block.
    var blocks: UnsafePointer<Float> { body + WarpingView.headCount + templateCount * WarpingView.templateWords }

    private func word(_ template: Int, _ place: Int) -> Int {
        WarpingView.headCount + template * WarpingView.templateWords + place
    }
    func gesture(_ template: Int) -> Int { Int(wholeNumber(body, word(template, 0))) }
    func rows(_ template: Int) -> Int { Int(wholeNumber(body, word(template, 1))) }
    func stretch(_ template: Int) -> Float { body[word(template, 2)] }
    func threshold(_ template: Int) -> Float { body[word(template, 3)] }
    /// The rows of a block: as many as its longest and last template has.
    func blockRows(_ block: Int) -> Int { rows(min(4 * block + 3, templateCount - 1)) }

    /// The rows of all blocks.
    var totalBlockRows: Int {
        var rows = 0
        for block in 0..<blockCount { rows += blockRows(block) }
        return rows
    }

    /// Views a body known to be right.
    init(_ head: GestureHead) {
        self.head = head
        body = head.words + head.wordCount
        templateCount = Int(wholeNumber(body, 1))
    }

    /// Checks a body completely; nil where anything is wrong.
    init?(_ view: WeightsView) {
        guard let head = GestureHead(view) else { return nil }
        let left = view.bodyCount - head.wordCount - WarpingView.headCount
        guard left > 0, let count = checkedCount(head.words, head.wordCount + 1, atMost: Warping.mostTemplates),
            left > count * WarpingView.templateWords
        else { return nil }
        self.init(head)
        guard warping >= 1, warping <= 100, areTemplatesValid(gestureCount: view.outputCount) else { return nil }
        let rows = totalBlockRows
        let wordCount = rows * 4 * channelCount
        guard rows <= Warping.mostBlockRows, wordCount <= Warping.mostWords,
            blocks + wordCount == view.body + view.bodyCount, areUsable(blocks, count: wordCount)
        else { return nil }
    }

    private func areTemplatesValid(gestureCount: Int) -> Bool {
        for template in 0..<templateCount {
            guard wholeNumber(body, word(template, 0)) < UInt32(gestureCount),
                checkedCount(body, word(template, 1), atMost: GestureTakes.most) != nil,
                template == 0 || rows(template) >= rows(template - 1),
                stretch(template) >= 0.01, stretch(template) <= 1e6,
                threshold(template) >= Warping.leastThreshold, threshold(template) <= 1e6
            else { return false }
        }
        return true
    }
}
