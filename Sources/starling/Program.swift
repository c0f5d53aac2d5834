import ArgumentParser
import Foundation
import StarlingMath

/// The command line. Exit codes: 0 done, 1 the work failed, 2 wrong usage.
@main
enum Program {
    static func main() {
        do {
            var command = try Starling.parseAsRoot()
            try command.run()
        } catch let error as StarlingError {
            end(1, saying: "starling: \(error)")
        } catch {
            leave(for: error)
        }
    }

    /// Help that was asked for is a success, a line that cannot be understood is wrong usage, all else is a failure.
    private static func leave(for error: any Error) -> Never {
        let code = Starling.exitCode(for: error)
        if code == .success {
            print(Starling.fullMessage(for: error))
            exit(0)
        }
        guard code == .validationFailure else { end(1, saying: "starling: \(error)") }
        let pointer = Starling.fullMessage(for: error).split(separator: "\n").last { $0.contains("--help") }
        let hint = pointer.map { "\n" + $0.trimmingCharacters(in: .whitespaces) } ?? ""
        end(2, saying: "starling: " + Starling.message(for: error) + hint)
    }

    private static func end(_ code: Int32, saying sentence: String) -> Never {
        FileHandle.standardError.write(Data((sentence + "\n").utf8))
        exit(code)
    }
}

struct Starling: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "starling",
        abstract: "Build instruments by showing: listen, learn, play.",
        discussion: """
            Start the studio and open the address it prints:
              starling serve

            Or work with files. Measure recordings, learn from the measurements, and ask:
              starling extract voice.wav --features mfcc,pitch --out voice.csv
              starling train examples.csv --model knn --label word --out words.json
              starling predict words.json voice.csv

            Errors go to standard error. Exit codes: 0 done, 1 the work failed, 2 wrong usage.
            """,
        subcommands: [Serve.self, Extract.self, Train.self, Predict.self, CheckCommand.self, Render.self, Run.self, Convert.self])
}
