import StarlingMath
import StarlingProject

/// What a Wekinator needs of the program around it: to send, to keep, to read and write, and to tell people.
///
/// The default does nothing of this. All is called in the thread that calls the Wekinator.
open class WekinatorHost {
    /// Where a packet goes.
    public enum Destination: Sendable {
        /// Whoever listens to outputs: `localhost:12000` unless chosen otherwise.
        case listener
        /// Whoever listens to batches of outputs, on the port behind that: `localhost:12001`.
        case batchListener
        /// Whoever sent the packet that is being received.
        case sender
    }

    /// How much people should care.
    public enum Weight: Sendable {
        /// Something went as asked.
        case news
        /// Something was not done, or not as asked.
        case warning
    }

    /// A host that does nothing.
    public init() {}

    /// Sends a packet, which is valid during the call only.
    open func send(_ packet: UnsafeRawBufferPointer, to destination: Destination) {}
    /// Tells people.
    open func tell(_ weight: Weight, _ sentence: Text) {}
    /// Whether the host has models of its own that learn from the project, as a page has: then it is asked to `train` and to
    /// `run`, and everything that changes is told it by `change`.
    open var learns: Bool { false }
    /// Trains all outputs; `Wekinator.trained` is to be called at the end.
    open func train() {}
    /// Works out what all outputs say to the newest frame; `Wekinator.answer` is to be called with that.
    open func run() {}
    /// Makes a change of the project, with the rows of a take where it names some.
    open func change(_ command: Command, rows: [UInt8]?) {}
    /// Hears every frame of inputs, whatever becomes of it; valid during the call only.
    open func hear(_ frame: UnsafeBufferPointer<Float>) {}
    /// Appends bytes to the project's journal.
    open func keep(_ journal: [UInt8]) {}
    /// The bytes of a file; nil where it cannot be read.
    open func read(_ path: Text) -> [UInt8]? { nil }
    /// Writes a file anew and says whether that worked.
    open func write(_ bytes: [UInt8], to path: Text) -> Bool { false }
    /// A directory for files that nobody keeps, without a slash at the end.
    open var temporaryDirectory: Text { "/tmp" }
    /// Opens another project: closes the journal of this one, and gives what the other holds.
    open func open(_ path: Text) throws(StarlingError) -> ProjectContents {
        throw StarlingError("No project can be opened here.")
    }
}
