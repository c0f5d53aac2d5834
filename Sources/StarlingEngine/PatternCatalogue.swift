import StarlingMath
import StarlingProject

/// A pattern to begin with.
public struct PatternInfo: Sendable {
    /// The name in lists, lower case with hyphens.
    public let name: StaticString
    /// The name for people.
    public let label: StaticString
    /// The instrument's name in its catalogue.
    public let instrument: StaticString
    /// How many steps there are before it begins again.
    public let stepCount: Int
    /// Notes, each with a sign a step: `-` for none, 1...9 for tenths of the full velocity, `x` for all of it.
    public let lanes: [(note: Int, steps: StaticString)]

    /// The velocities of a lane, 0...1.
    public func velocities(_ lane: Int) -> [Double] {
        Text(lanes[lane].steps).utf8.map { $0 == 0x78 ? 1 : $0 == 0x2D ? 0 : Double($0 - 0x30) / 10 }
    }
}

/// The patterns to begin with: this project's own, on the notes of General MIDI.
public enum PatternCatalogue {
    public static let all: [PatternInfo] = [
        PatternInfo(name: "four", label: "Four on the floor", instrument: "drums", stepCount: 16, lanes: [
            (36, "x---x---x---x---"), (38, "----8-------8---"), (42, "--7---7---7---7-"), (46, "--------------5-"),
        ]),
        PatternInfo(name: "break", label: "Breakbeat", instrument: "drums", stepCount: 16, lanes: [
            (36, "x-x-------x-----"), (38, "----9--3-3--9---"), (42, "7-5-7-5-7-5-7-5-"),
        ]),
        PatternInfo(name: "waltz", label: "Waltz", instrument: "drums", stepCount: 12, lanes: [
            (36, "x-----------"), (38, "----6---6---"), (42, "5---5-4-5-4-"),
        ]),
        PatternInfo(name: "clave", label: "Son clave", instrument: "drums", stepCount: 16, lanes: [
            (75, "x--x--x---x-x---"), (36, "9-----9-9-----9-"), (42, "5-7-5-7-5-7-5-7-"),
        ]),
        PatternInfo(name: "bass", label: "Bass line", instrument: "subtractive", stepCount: 16, lanes: [
            (36, "x--6--x---6-x---"), (39, "--------7-------"), (43, "----------------"), (48, "--------------6-"),
        ]),
    ]

    /// The drums that studios offer first, on the notes of General MIDI level 1's percussion key map.
    static let drums: [(note: Int, label: StaticString)] = [
        (36, "Kick"), (38, "Snare"), (39, "Clap"), (42, "Closed hat"), (46, "Open hat"), (37, "Stick"), (41, "Low tom"), (45, "Middle tom"),
        (48, "High tom"), (49, "Crash"), (51, "Ride"), (56, "Cowbell"), (54, "Tambourine"), (70, "Shaker"), (75, "Claves"), (62, "Conga"),
    ]

    /// The patterns, the drums' names and the words of fields, for the studio.
    static var json: [JSON.Member] {
        [
            .init("patterns", .list(all.map(pattern))),
            .init("drums", .list(drums.map { .object([
                .init("note", .number(Double($0.note))), .init("label", .text(Text($0.label))),
            ]) })),
            .init("noteLengths", .list(NoteLength.allCases.map { .text(Text($0.name)) })),
            .init("quanta", .list(Quantum.allCases.map { .text(Text($0.name)) })),
            .init("arpeggios", .list(ArpeggioMode.allCases.map { .text(Text($0.name)) })),
        ]
    }

    private static func pattern(_ info: PatternInfo) -> JSON {
        .object([
            .init("name", .text(Text(info.name))), .init("label", .text(Text(info.label))), .init("instrument", .text(Text(info.instrument))),
            .init("steps", .number(Double(info.stepCount))),
            .init("lanes", .list(info.lanes.indices.map { lane in
                .object([
                    .init("note", .number(Double(info.lanes[lane].note))),
                    .init("velocities", .list(info.velocities(lane).map { .number($0) })),
                ])
            })),
        ])
    }
}
