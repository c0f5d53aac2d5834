import ArgumentParser
import StarlingLearning
import StarlingMath
import StarlingWekinator

/// The outputs asked for on the command line: `categories:4,continuous:2,gestures:3`.
struct OutputChoice: ExpressibleByArgument {
    let outputs: [OutputSetup]

    init(outputs: [OutputSetup]) { self.outputs = outputs }

    init?(argument: String) {
        var outputs: [OutputSetup] = []
        for part in argument.split(separator: ",") {
            let words = part.split(separator: ":").map(String.init)
            guard words.count >= 2, let count = Int(words[1]), 1...255 ~= count else { return nil }
            let number = outputs.count + 1
            switch words[0] {
            case "categories", "classes": outputs.append(OutputSetup(name: Text("outputs-\(number)"), kind: .categories(count: count)))
            case "gestures", "dtw": outputs.append(OutputSetup(name: Text("outputs-\(number)"), kind: .gestures(count: count)))
            case "continuous", "numeric":
                guard count <= WekinatorSetup.mostOutputs else { return nil }
                outputs += (0..<count).map { OutputSetup.continuous(Text("outputs-\(number + $0)")) }
            default: return nil
            }
            for word in words.dropFirst(2) {
                for i in (number - 1)..<outputs.count where !OutputChoice.apply(word, to: &outputs[i]) { return nil }
            }
        }
        guard !outputs.isEmpty, outputs.count <= WekinatorSetup.mostOutputs else { return nil }
        self.outputs = outputs
    }

    /// A further word: a kind of model, `distribution`, `once`, `whole`, `hard`, or a range such as `0..127`.
    private static func apply(_ word: String, to output: inout OutputSetup) -> Bool {
        if word == "distribution", output.classCount > 0 {
            output.sendsDistribution = true
            return true
        }
        if word == "once", output.isGestures {
            output.isNamedOnce = true
            return true
        }
        if let info = ModelCatalogue.named(Text(word)), !output.isGestures {
            output.model = Text(word)
            output.settings = info.defaultSettings
            return info.tasks.contains(output.classCount > 0 ? .categories : .continuous)
        }
        guard case .continuous(var minimum, var maximum, var isWhole, var isHard) = output.kind else { return false }
        let ends = word.components(separatedBy: "..").compactMap { Float($0) }
        if word == "whole" { isWhole = true } else if word == "hard" { isHard = true } else if ends.count == 2, ends[0] < ends[1] {
            (minimum, maximum) = (ends[0], ends[1])
        } else { return false }
        output.kind = .continuous(minimum: minimum, maximum: maximum, isWhole: isWhole, isHard: isHard)
        return true
    }
}
