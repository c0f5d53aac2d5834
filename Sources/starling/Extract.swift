import ArgumentParser
import StarlingEngine
import StarlingFeatures
import StarlingMath
import StarlingProject

struct Extract: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure the features of a recording.",
        discussion: """
            Writes CSV with one row a frame: the time in seconds at which the frame begins, then a column for each \
            output of the features. Frames are those that fit into the recording whole; several channels are mixed \
            to one. The numbers read back as the very numbers the studio sees.

            Examples:
              starling extract voice.wav
              starling extract voice.wav --features pitch,mfcc --out voice.csv
              starling extract voice.wav --features loudness,mfcc-1 --frame 2048 --hop 512
              starling extract --list
            """)

    @Argument(help: ArgumentHelp("The recording: a WAV file of 8 to 192 kHz.", valueName: "in.wav"))
    var input: String?

    @Option(help: ArgumentHelp("Features, or single outputs of them, in the order of the columns; all if not given.", valueName: "a,b,..."))
    var features: String?

    @Option(help: ArgumentHelp("The length of a frame in samples: a power of two, 64 to 8192.", valueName: "n"))
    var frame = Engine.frameSize

    @Option(help: ArgumentHelp("The samples between frame starts, 1 to 8192.", valueName: "n"))
    var hop = Engine.hopSize

    @Option(help: ArgumentHelp("Whose conventions mfcc follows: own, librosa, flucoma or meyda.", valueName: "name"))
    var profile = "own"

    @Option(help: ArgumentHelp("How many mel bands mfcc is made of, 13 to 128; as many as the profile has if not given.", valueName: "n"))
    var bands = 0

    @Option(help: ArgumentHelp("In what beginnings are seen: combined, flux, energy, high or complex.", valueName: "name"))
    var beginnings = "combined"

    @Option(help: ArgumentHelp("The CSV file to write; standard output if not given.", valueName: "f.csv"))
    var out: String?

    @Flag(help: "Print all there is to choose from as JSON: features, models, instruments, effects.")
    var list = false

    func validate() throws {
        guard list || input != nil else { throw ValidationError("Name a recording, or ask for --list") }
        do {
            try setup(at: 48_000).validate()
            guard function != nil else { throw Extract.unknown("beginnings", beginnings, OnsetFunction.allCases.map { "\($0.name)" }) }
            _ = try columns()
        } catch { throw ValidationError("\(error)") }
    }

    func run() throws {
        guard !list, let input else {
            return try Files.write(Catalogue.json().written(pretty: true), to: out)
        }
        let sound = try Files.reading(input) { bytes throws(StarlingError) in try Sound(wav: bytes) }
        let csv = try Files.naming(input) { () throws(StarlingError) in try table(of: sound) }
        try Files.write(csv, to: out)
    }

    private func table(of sound: Sound) throws(StarlingError) -> [UInt8] {
        try setup(at: Hertz(sound.sampleRate)).validate()
        guard sound.count >= frame else {
            throw StarlingError(
                Text("the recording has \(sound.count) sample-frames, too few for one frame of \(frame): choose a smaller --frame"))
        }
        return write(try frames(of: sound), rate: Double(sound.sampleRate), columns: try columns())
    }

    private var function: OnsetFunction? { OnsetFunction.allCases.first { "\($0.name)" == beginnings } }

    private func setup(at sampleRate: Hertz) throws(StarlingError) -> FeatureSetup {
        guard let chosen = CepstrumProfile.allCases.first(where: { "\($0.name)" == profile }) else {
            throw Extract.unknown("profile", profile, CepstrumProfile.allCases.map { "\($0.name)" })
        }
        return FeatureSetup(sampleRate: sampleRate, frameSize: frame, hopSize: hop, profile: chosen, bandCount: bands)
    }

    /// The outputs of all features for each whole frame. As while playing, the hops before the first one are heard too.
    private func frames(of sound: Sound) throws(StarlingError) -> [[Float]] {
        let analyser = FeatureAnalyser(try setup(at: Hertz(sound.sampleRate)))
        analyser.onsets.function = function ?? .combined
        let samples = sound.mono
        var values = [Float](repeating: 0, count: analyser.outputCount)
        var written = 0
        return stride(from: (frame - 1) % hop + 1, through: samples.count, by: hop).compactMap { end in
            samples.withUnsafeBufferPointer { analyser.write($0.baseAddress! + written, count: end - written) }
            written = end
            analyser.analyse(into: &values)
            return end >= frame ? values : nil
        }
    }

    private func write(_ frames: [[Float]], rate: Double, columns: [Int]) -> [UInt8] {
        let outputs = FeatureCatalogue.outputs
        var csv = CSVWriter()
        csv.add("time")
        for column in columns { csv.add(Text(outputs[column].name)) }
        csv.endRow()
        for (index, frame) in frames.enumerated() {
            csv.add(Text(shortest: Double(index * hop) / rate))
            for column in columns { csv.add(Text(shortest: frame[column])) }
            csv.endRow()
        }
        return csv.bytes
    }

    /// The places of the outputs asked for, in the order asked for; a feature's name stands for all its outputs.
    private func columns() throws(StarlingError) -> [Int] {
        let outputs = FeatureCatalogue.outputs.map { "\($0.name)" }
        guard let features else { return Array(outputs.indices) }
        var columns: [Int] = []
        for name in features.split(separator: ",").map(String.init) {
            let feature = FeatureCatalogue.all.first { "\($0.name)" == name }
            let wanted = feature.map { $0.outputs.map { "\($0.name)" } } ?? [name]
            let found = wanted.compactMap { outputs.firstIndex(of: $0) }
            guard !found.isEmpty else { throw Extract.unknown(name) }
            columns += found.filter { !columns.contains($0) }
        }
        return columns
    }

    private static func unknown(_ what: String, _ name: String, _ known: [String]) -> StarlingError {
        StarlingError(Text("There is no \(what) '\(name)'; choose from \(known.joined(separator: ", "))"))
    }

    private static func unknown(_ name: String) -> StarlingError {
        let known = FeatureCatalogue.all.map { "\($0.name)" }.joined(separator: ", ")
        return StarlingError(Text("There is no feature '\(name)'; choose from \(known), or their outputs by --list"))
    }
}
