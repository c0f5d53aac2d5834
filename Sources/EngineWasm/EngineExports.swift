import StarlingEngine
import StarlingFeatures
import StarlingMath
import StarlingSynthesis
import StarlingWasm

/// The engine of this instance and the memory through which the audio callback speaks to it.
private final class AudioHost {
    static let eventCapacity = 64
    static let eventBytes = 16

    let engine: Engine
    let input: Floats
    let left: Floats
    let right: Floats
    let events = UnsafeMutableRawPointer.allocate(byteCount: eventCapacity * eventBytes, alignment: 8)
    let blob = UnsafeMutablePointer<UInt32>.allocate(capacity: Engine.weightsCapacity)

    init(_ listening: FeatureSetup, maximumBlock: Int) {
        engine = Engine(listening)
        input = Floats(maximumBlock)
        left = Floats(maximumBlock)
        right = Floats(maximumBlock)
    }

    /// Takes events as they lie in memory; kinds that do not exist are passed over.
    func schedule(_ count: Int) {
        for index in 0..<min(count, Self.eventCapacity) {
            let record = events + index * Self.eventBytes
            guard let kind = Event.Kind(rawValue: record.load(as: UInt16.self)) else { continue }
            let time = record.load(fromByteOffset: 8, as: Double.self)
            engine.schedule(
                Event(
                    kind, slot: Int(record.load(fromByteOffset: 2, as: UInt16.self)),
                    value: record.load(fromByteOffset: 4, as: Float.self),
                    time: time > 0 && time < 1e15 ? Int(time) : 0))
        }
    }
}

nonisolated(unsafe) private var host: AudioHost! = nil

/// Frame size, profile (by its place in the catalogue) and bands are the project's; 0 stands for the default.
@_expose(wasm, "engine_create") @_cdecl("engine_create")
public func engineCreate(
    _ sampleRate: Float, _ maximumBlock: Int32, _ frameSize: Int32, _ profile: Int32, _ bandCount: Int32
) -> Int32 {
    Exchange.answer { () throws(StarlingError) in
        guard sampleRate >= 8_000, sampleRate <= 192_000 else {
            throw StarlingError(
                "The sample rate is " + Text(Double(sampleRate), decimals: 0)
                    + " Hz; Starling works from 8000 to 192000 Hz. Choose another rate in the sound settings.")
        }
        let setup = FeatureSetup(
            sampleRate: sampleRate, frameSize: frameSize == 0 ? Engine.frameSize : Int(frameSize),
            profile: CepstrumProfile(rawValue: UInt8(truncatingIfNeeded: profile)) ?? .own, bandCount: Int(bandCount))
        try setup.validate()
        host = AudioHost(setup, maximumBlock: Int(max(1, maximumBlock)))
        return []
    }
}

@_expose(wasm, "engine_input") @_cdecl("engine_input")
public func engineInput() -> UnsafeMutablePointer<Float> { host.input.pointer }

@_expose(wasm, "engine_left") @_cdecl("engine_left")
public func engineLeft() -> UnsafeMutablePointer<Float> { host.left.pointer }

@_expose(wasm, "engine_right") @_cdecl("engine_right")
public func engineRight() -> UnsafeMutablePointer<Float> { host.right.pointer }

@_expose(wasm, "engine_bus") @_cdecl("engine_bus")
public func engineBus() -> UnsafeMutablePointer<Float> { host.engine.bus.pointer }

@_expose(wasm, "engine_events") @_cdecl("engine_events")
public func engineEvents() -> UnsafeMutableRawPointer { host.events }

@_expose(wasm, "engine_schedule") @_cdecl("engine_schedule")
public func engineSchedule(_ count: Int32) { host.schedule(Int(count)) }

@_expose(wasm, "engine_blob") @_cdecl("engine_blob")
public func engineBlob() -> UnsafeMutablePointer<UInt32> { host.blob }

@_expose(wasm, "engine_blob_capacity") @_cdecl("engine_blob_capacity")
public func engineBlobCapacity() -> Int32 { Int32(Engine.weightsCapacity * 4) }

/// The address of a room for a sound of `engine_blob_capacity()` bytes; 0 where there is none of this number.
@_expose(wasm, "engine_sound_room") @_cdecl("engine_sound_room")
public func engineSoundRoom(_ index: Int32) -> UnsafeMutablePointer<Float>? { host.engine.sounds.room(Int(index)) }

/// The number of the room to write the next sound to; -1 for a moment after a sound was taken.
@_expose(wasm, "engine_free_room") @_cdecl("engine_free_room")
public func engineFreeRoom() -> Int32 { Int32(host.engine.sounds.freeRoom) }

/// Takes the sound in the free room for a place 0...7; 1 says it was not valid.
@_expose(wasm, "engine_accept_sound") @_cdecl("engine_accept_sound")
public func engineAcceptSound(_ place: UInt32, _ wordCount: Int32) -> Int32 {
    host.engine.sounds.accept(Int(min(place, 255)), wordCount: Int(wordCount)) ? 0 : 1
}

/// Kind 0 takes the blob as a plan, kind 1 as weights for the model with `key`. No message: 1 says it was not valid.
@_expose(wasm, "engine_accept") @_cdecl("engine_accept")
public func engineAccept(_ kind: Int32, _ key: UInt32, _ wordCount: Int32) -> Int32 {
    guard wordCount >= 0, Int(wordCount) <= Engine.weightsCapacity else { return 1 }
    let isTaken =
        kind == 0
        ? host.engine.load(plan: host.blob, count: Int(wordCount))
        : host.blob.withMemoryRebound(to: Float.self, capacity: Int(wordCount)) {
            host.engine.load(weights: $0, count: Int(wordCount), key: key)
        }
    return isTaken ? 0 : 1
}

@_expose(wasm, "engine_process") @_cdecl("engine_process")
public func engineProcess(_ count: Int32) {
    host.engine.process(
        host.input.pointer, host.left.pointer, host.right.pointer, count: min(Int(count), host.left.count))
}

@_expose(wasm, "engine_hop_count") @_cdecl("engine_hop_count")
public func engineHopCount() -> Int32 { Int32(truncatingIfNeeded: host.engine.hopCount) }

@_expose(wasm, "engine_fault_count") @_cdecl("engine_fault_count")
public func engineFaultCount() -> Int32 { Int32(truncatingIfNeeded: host.engine.faultCount) }

@_expose(wasm, "engine_dropped_count") @_cdecl("engine_dropped_count")
public func engineDroppedCount() -> Int32 { Int32(truncatingIfNeeded: host.engine.droppedEventCount) }
