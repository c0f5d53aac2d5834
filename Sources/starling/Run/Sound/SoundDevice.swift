import Foundation
import StarlingMath

/// The system's sound library (ALSA), found when it is needed: the program starts on machines that have none.
///
/// Reference: the PCM interface of alsa-lib 1.2, with devices that ALSA's `plug` layer converts for.
private struct SoundLibrary {
    typealias Handle = OpaquePointer
    let open: @convention(c) (UnsafeMutablePointer<Handle?>, UnsafePointer<CChar>, Int32, Int32) -> Int32
    let setParameters: @convention(c) (Handle, Int32, Int32, UInt32, UInt32, Int32, UInt32) -> Int32
    let write: @convention(c) (Handle, UnsafeRawPointer, UInt) -> Int
    let read: @convention(c) (Handle, UnsafeMutableRawPointer, UInt) -> Int
    let recover: @convention(c) (Handle, Int32, Int32) -> Int32
    let start: @convention(c) (Handle) -> Int32
    let close: @convention(c) (Handle) -> Int32
    let explain: @convention(c) (Int32) -> UnsafePointer<CChar>?

    static let shared: SoundLibrary? = {
        guard let library = dlopen("libasound.so.2", RTLD_NOW) else { return nil }
        func function<Kind>(_ name: String) -> Kind? { dlsym(library, name).map { unsafeBitCast($0, to: Kind.self) } }
        guard let setHandler: @convention(c) (OpaquePointer?) -> Int32 = function("snd_lib_error_set_handler"),
            let open: @convention(c) (UnsafeMutablePointer<Handle?>, UnsafePointer<CChar>, Int32, Int32) -> Int32 = function("snd_pcm_open"),
            let setParameters: @convention(c) (Handle, Int32, Int32, UInt32, UInt32, Int32, UInt32) -> Int32 = function("snd_pcm_set_params"),
            let write: @convention(c) (Handle, UnsafeRawPointer, UInt) -> Int = function("snd_pcm_writei"),
            let read: @convention(c) (Handle, UnsafeMutableRawPointer, UInt) -> Int = function("snd_pcm_readi"),
            let recover: @convention(c) (Handle, Int32, Int32) -> Int32 = function("snd_pcm_recover"),
            let start: @convention(c) (Handle) -> Int32 = function("snd_pcm_start"),
            let close: @convention(c) (Handle) -> Int32 = function("snd_pcm_close"),
            let explain: @convention(c) (Int32) -> UnsafePointer<CChar>? = function("snd_strerror")
        else { return nil }
        // What goes wrong is said in a sentence of ours.
        let quiet: @convention(c) () -> Void = {}
        _ = setHandler(unsafeBitCast(quiet, to: OpaquePointer.self))
        return SoundLibrary(
            open: open, setParameters: setParameters, write: write, read: read, recover: recover, start: start, close: close,
            explain: explain)
    }()
}

/// One direction of the default sound device: 32-bit floats, one channel behind the other within a sample-frame.
final class SoundDevice {
    enum Direction: Int32 { case output = 0, input = 1 }

    let sampleRate: Int
    private let library: SoundLibrary
    private let handle: OpaquePointer

    private static let float32: Int32 = 14
    private static let interleaved: Int32 = 3

    /// Opens the default device.
    ///
    /// - Throws: a sentence why there is none.
    init(_ direction: Direction, channelCount: Int, sampleRate: Int, latencySeconds: Double) throws(StarlingError) {
        guard let library = SoundLibrary.shared else {
            throw StarlingError("the system's sound library (libasound.so.2) is not installed")
        }
        var handle: OpaquePointer?
        let opened = library.open(&handle, "default", direction.rawValue, 0)
        guard opened >= 0, let handle else { throw SoundDevice.error(library, opened) }
        let status = library.setParameters(
            handle, SoundDevice.float32, SoundDevice.interleaved, UInt32(channelCount), UInt32(sampleRate), 1,
            UInt32(latencySeconds * 1e6))
        guard status >= 0 else {
            _ = library.close(handle)
            throw SoundDevice.error(library, status)
        }
        self.library = library
        self.handle = handle
        self.sampleRate = sampleRate
    }

    deinit { _ = library.close(handle) }

    private static func error(_ library: SoundLibrary, _ status: Int32) -> StarlingError {
        StarlingError(Text(library.explain(status).map { String(cString: $0) } ?? "error \(status)"))
    }

    /// Waits until the device takes sample-frames; a gap is mended, and false says that the device is gone.
    func write(_ samples: UnsafePointer<Float>, count: Int) -> Bool {
        mended(library.write(handle, samples, UInt(count)))
    }

    /// Waits for sample-frames; a gap is mended, and false says that the device is gone.
    func read(_ samples: UnsafeMutablePointer<Float>, count: Int) -> Bool {
        mended(library.read(handle, samples, UInt(count)))
    }

    private func mended(_ status: Int) -> Bool {
        status >= 0 || library.recover(handle, Int32(truncatingIfNeeded: status), 1) >= 0
    }
}
