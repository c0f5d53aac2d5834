import StarlingEngine
import StarlingMath
import StarlingProject
import StarlingWasm

/// A take as JavaScript hands it over: JSON, a zero byte, the numbers of rows and columns, the rows, then the sound.
struct TakeMessage {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The take with its blobs; throws a sentence where the message is not whole.
    func take() throws(StarlingError) -> Scene.KeptTake {
        guard let end = bytes.firstIndex(of: 0) else { throw StarlingError("A take's message has no end of its JSON.") }
        let json = try JSON(reading: Array(bytes[..<end]))
        guard let category = json["category"]?.text, let rate = json["rate"]?.number,
            let seconds = json["seconds"]?.number, rate > 0, rate <= 192_000
        else { throw StarlingError("A take's message needs a category, a rate and its seconds.") }
        let start = end + 1
        guard bytes.count >= start + 8 else { throw StarlingError("A take's message ends before its rows.") }
        let rowCount = bytes.count(at: start)
        let columnCount = bytes.count(at: start + 4)
        let rowsEnd = start + 8 + 4 * rowCount * columnCount
        guard rowCount > 0, columnCount > 0, rowsEnd <= bytes.count else {
            throw StarlingError("Nothing was heard while the pad was held. Hold it a little longer.")
        }
        let rows = try Rows(columnCount: columnCount, rate: rate, values: Array(bytes[(start + 8)..<rowsEnd]).floats)
        let samples = Array(bytes[rowsEnd...]).floats
        let sampleRate = Int(json["sampleRate"]?.number ?? 0)
        let sound = samples.isEmpty || sampleRate <= 0
            ? nil : Blob(Sound(sampleRate: sampleRate, channels: [samples]).wavFloat32)
        return Scene.KeptTake(
            category: category, rows: Blob(rows.bytes), sound: sound, seconds: seconds, rate: rate,
            columnCount: columnCount)
    }
}
