import StarlingMath

/// Something a player could do to be understood better, found in the examples.
public struct Hint: Sendable, Equatable {
    /// What is the matter.
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// A category, or the whole dataset, has few examples or only one take.
        case fewExamples
        /// Two categories lie where the other lies.
        case overlap
        /// An input that never changes, or tells nothing.
        case idleInput
        /// A take that lies where other categories or other values were taught.
        case contradiction
        /// One category has many more examples than another.
        case imbalance
        /// The error still falls with every further take.
        case moreExamples

        /// The word in files and on the command line.
        public var name: StaticString {
            switch self {
            case .fewExamples: "few-examples"
            case .overlap: "overlap"
            case .idleInput: "idle-input"
            case .contradiction: "contradiction"
            case .imbalance: "imbalance"
            case .moreExamples: "more-examples"
            }
        }
    }

    /// What is the matter.
    public let kind: Kind
    /// How much it matters, 0...1.
    public let importance: Float
    /// The categories concerned; of an imbalance first the one with more examples.
    public var categories: [Int] = []
    /// The numbers of the takes concerned.
    public var takes: [Int] = []
    /// The inputs concerned.
    public var inputs: [Int] = []
    /// The number that the sentence tells: examples, per cent, or how many times as many.
    var number = 0

    /// What to call things in a sentence.
    public struct Names {
        private let category, take, input: (Int) -> Text

        /// Names by the number of the thing.
        public init(
            category: @escaping (Int) -> Text = { Text("Category ") + Text($0 + 1) },
            take: @escaping (Int) -> Text = { Text("take ") + Text($0) },
            input: @escaping (Int) -> Text = { Text("Input ") + Text($0 + 1) }
        ) {
            self.category = category
            self.take = take
            self.input = input
        }

        func callAsFunction(category number: Int) -> Text { category(number) }
        func callAsFunction(take number: Int) -> Text { take(number) }
        func callAsFunction(input number: Int) -> Text { input(number) }
    }

    /// The hint in one or two plain sentences.
    public func sentence(_ names: Names = Names()) -> Text {
        switch kind {
        case .fewExamples: fewExamples(names)
        case .overlap:
            names(category: categories[0]) + Text(" and ") + names(category: categories[1]) + Text(" overlap: ")
                + Text(number) + Text(" of 100 examples lie with the other. Play them more differently, or choose other inputs.")
        case .idleInput: idleInput(names)
        case .contradiction: contradiction(names)
        case .imbalance:
            names(category: categories[0]) + Text(" has ") + Text(number) + Text(" times as many examples as ")
                + names(category: categories[1]) + Text(". Teach ") + names(category: categories[1]) + Text(" a little more.")
        case .moreExamples:
            Text("More takes would help: the error still falls with every one. Teach a few more, each a little different.")
        }
    }

    private func fewExamples(_ names: Names) -> Text {
        let what = categories.isEmpty ? Text("This model") : names(category: categories[0])
        if number == 0 { return what + Text(" has no examples yet. Teach it.") }
        if takes.count == 1 {
            return what + Text(" was shown only once. Teach it again, a little differently, so that it is known in more than one way.")
        }
        return what + Text(" has only ") + Text(number) + Text(number == 1 ? " example" : " examples")
            + Text(". Teach it a few more times, each a little different.")
    }

    private func idleInput(_ names: Names) -> Text {
        let what = names(input: inputs[0])
        if number == 0 { return what + Text(" never changed while you taught, so it tells nothing. Leave it out, or move it.") }
        return what + Text(" doesn't help: it is the same for all that you taught, but for chance. Leave it out.")
    }

    private func contradiction(_ names: Names) -> Text {
        let what = Text("The examples of ") + names(take: takes[0])
        if categories.count < 2 {
            return what + Text(" contradict others like them, which have other values. Listen to it again; mute or delete it if it went wrong.")
        }
        return what + Text(" are taught as ") + names(category: categories[0]) + Text(", but most lie with ")
            + names(category: categories[1]) + Text(". Listen to it again; move, mute or delete it if it went wrong.")
    }
}
