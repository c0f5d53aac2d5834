import StarlingFeatures
import StarlingMath
import StarlingProject

extension Scene {
    private static let table: Text = "listening"

    /// How the project wants sound cut and measured. An engine takes it when it is made, for all memory is taken then.
    ///
    /// Throws a sentence where the frame is no power of two.
    public static func listening(_ document: Document, sampleRate: Hertz, hopSize: Int = Engine.hopSize) throws(StarlingError) -> FeatureSetup {
        let setup = FeatureSetup(
            sampleRate: sampleRate, frameSize: Int(document.number(table, table, "frame") ?? Double(Engine.frameSize)), hopSize: hopSize,
            profile: CepstrumProfile.named(document.text(table, table, "profile") ?? Text()) ?? .own,
            bandCount: Int(document.number(table, table, "bands") ?? 0))
        try setup.validate()
        return setup
    }

    /// What counts as a beginning in the project.
    var onsets: OnsetSettings {
        let name = document.text(Self.table, Self.table, "beginnings") ?? Text()
        return OnsetSettings(
            function: OnsetFunction.allCases.first { Text($0.name) == name } ?? .combined,
            threshold: Float(document.number(Self.table, Self.table, "threshold") ?? 1),
            refractorySeconds: Float(document.number(Self.table, Self.table, "refractory") ?? 0.07))
    }
}
