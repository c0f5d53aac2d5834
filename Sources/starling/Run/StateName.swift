import StarlingWekinator

extension Wekinator {
    /// What is going on, in a word.
    var stateName: String {
        if isTraining { return "training" }
        switch activity {
        case .resting: return "resting"
        case .recording, .recordingGesture: return "recording"
        case .running: return "running"
        }
    }
}
