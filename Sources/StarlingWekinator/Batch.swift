import StarlingMath
import StarlingOSC
import StarlingProject

extension Wekinator {
    /// Runs all frames of a CSV file, writes the outputs to another, and says where that is.
    ///
    /// Each line has a number for each input; lines that have no numbers only, such as a header, are left out.
    func runBatch(_ message: OSCMessage) {
        guard let path = ControlArguments(values: message.values, isStrict: isStrict).text(0) else {
            return complain("/wek/inputs/bundle needs the path of a CSV file.")
        }
        guard activity == .running else { return complain("Outputs are computed while running: send /wekinator/control/startRunning.") }
        guard let bytes = host.read(path) else { return complain(Text("Cannot read ") + path + Text(".")) }
        do throws(StarlingError) {
            let csv = try CSV(reading: bytes)
            guard csv.columns.count == setup.inputNames.count else {
                throw StarlingError(
                    Text("it has ") + Text(csv.columns.count) + Text(" columns, but the project has ") + Text(setup.inputNames.count)
                        + Text(" inputs"))
            }
            var lines: [UInt8] = []
            for row in 0..<csv.rowCount {
                for i in 0..<csv.columns.count { frame[i] = try csv.float(row: row, column: i) }
                for output in outputs { output.run(frame.pointer) }
                for (i, output) in outputs.enumerated() {
                    if i > 0 { lines.append(44) }
                    lines += Text(shortest: output.value).utf8
                }
                lines.append(10)
            }
            let result = host.temporaryDirectory + "/wekOutputs.csv"
            guard host.write(lines, to: result) else { throw StarlingError(Text("cannot write ") + result) }
            send(setup.outputAddress + "/bundle", [.string(result)], to: .batchListener)
        } catch {
            complain(path + Text(": ") + error.sentence)
        }
    }
}
