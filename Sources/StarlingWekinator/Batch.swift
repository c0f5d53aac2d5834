import StarlingMath
import StarlingOSC
import StarlingProject

extension Wekinator {
    /// Takes many frames at once: those of a message, which begins with their number, or those of a CSV file.
    func takeBatch(_ message: OSCMessage) {
        let arguments = ControlArguments(values: message.values, isStrict: isStrict)
        guard let count = arguments.anyNumber(0) else { return runFile(message) }
        let width = setup.inputNames.count
        let numbers = message.values.dropFirst().compactMap { $0.number }
        guard width > 0, numbers.count == message.values.count - 1, numbers.count == count * width else {
            return complain(
                Text("/wek/inputs/bundle must have its number of frames, then ") + Text(width) + Text(" numbers for each of them."))
        }
        for row in 0..<count {
            for i in 0..<width { frame[i] = Float(numbers[row * width + i]) }
            counts.frames += 1
            takeFrame()
        }
    }

    /// The line of outputs for the frame.
    private func answer() -> [UInt8] {
        for output in outputs where !output.setup.isGestures { output.run(frame.pointer) }
        for i in matchers.indices where outputs[i].isRunning { _ = matchers[i]?.take(frame.pointer) }
        var bytes: [UInt8] = []
        for i in 0..<writeValues() { bytes += (i > 0 ? [44] : []) + (line[i].isFinite ? Text(shortest: line[i]) : "inf").utf8 }
        return bytes + [10]
    }

    /// Runs all frames of a file, writes the outputs to another, and says where that is; while recording they are examples.
    ///
    /// Each line has a number for each input; a header may stand above.
    private func runFile(_ message: OSCMessage) {
        guard let path = ControlArguments(values: message.values, isStrict: isStrict).text(0) else {
            return complain("/wek/inputs/bundle needs the path of a CSV file.")
        }
        guard activity != .resting else { return complain("Outputs are computed while running: send /wekinator/control/startRunning.") }
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
                activity == .running ? lines += answer() : takeFrame()
            }
            guard activity == .running else { return }
            let result = host.temporaryDirectory + "/wekOutputs.csv"
            guard host.write(lines, to: result) else { throw StarlingError(Text("cannot write ") + result) }
            send(setup.outputAddress + "/bundle", [.string(result)], to: .batchListener)
        } catch {
            complain(path + Text(": ") + error.sentence)
        }
    }
}
