import StarlingMath
import StarlingOSC

/// What `/wekinator/control/…` can ask for.
enum ControlWord: CaseIterable {
    case outputs
    case startRecording, stopRecording, startRunning, stopRunning, train, cancelTrain
    case startDtwRecording, stopDtwRecording
    case deleteAllExamples, deleteExamplesForOutput
    case enableModelRecording, disableModelRecording, enableModelRunning, disableModelRunning
    case selectInputsForOutput, setInputNames, setOutputNames
    case loadModelFromFile, saveModelToFile, runNewProject
    case enablePerformanceMode, disablePerformanceMode

    /// The last part of its address.
    var name: StaticString {
        switch self {
        case .outputs: "outputs"
        case .startRecording: "startRecording"
        case .stopRecording: "stopRecording"
        case .startRunning: "startRunning"
        case .stopRunning: "stopRunning"
        case .train: "train"
        case .cancelTrain: "cancelTrain"
        case .startDtwRecording: "startDtwRecording"
        case .stopDtwRecording: "stopDtwRecording"
        case .deleteAllExamples: "deleteAllExamples"
        case .deleteExamplesForOutput: "deleteExamplesForOutput"
        case .enableModelRecording: "enableModelRecording"
        case .disableModelRecording: "disableModelRecording"
        case .enableModelRunning: "enableModelRunning"
        case .disableModelRunning: "disableModelRunning"
        case .selectInputsForOutput: "selectInputsForOutput"
        case .setInputNames: "setInputNames"
        case .setOutputNames: "setOutputNames"
        case .loadModelFromFile: "loadModelFromFile"
        case .saveModelToFile: "saveModelToFile"
        case .runNewProject: "runNewProject"
        case .enablePerformanceMode: "enablePerformanceMode"
        case .disablePerformanceMode: "disablePerformanceMode"
        }
    }

    /// Whether it works although control by OSC is off.
    var isAlwaysHeard: Bool { self == .outputs || self == .startDtwRecording || self == .stopDtwRecording }

    static let prefix: StaticString = "/wekinator/control/"

    /// Whether a message asks Wekinator for something, known or not.
    static func isControl(_ message: OSCMessage) -> Bool {
        message.address.count > prefix.utf8CodeUnitCount && hasPrefix(message.address, prefix)
    }

    /// What a message asks for; nil where there is nothing of this name.
    init?(_ message: OSCMessage) {
        let rest = UnsafeBufferPointer(rebasing: message.address.dropFirst(ControlWord.prefix.utf8CodeUnitCount))
        guard let word = ControlWord.allCases.first(where: { matches(rest, $0.name) }) else { return nil }
        self = word
    }
}

/// Whether bytes are those of a word.
func matches(_ bytes: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
    bytes.count == word.utf8CodeUnitCount && hasPrefix(bytes, word)
}

/// Whether bytes begin with those of a word.
func hasPrefix(_ bytes: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
    guard bytes.count >= word.utf8CodeUnitCount else { return false }
    for i in 0..<word.utf8CodeUnitCount where bytes[i] != word.utf8Start[i] { return false }
    return true
}
