#if arch(wasm32)
import CWasmMemory

/// The memory of an instance, in place of the C library's allocator, which is three times as large in the file.
///
/// Blocks come in sizes of four steps an octave. A block that is given back goes to the list of its size and is used again for
/// the next request of that size; blocks are never joined. Each takes 16 bytes before it for its size. Instances run on one
/// thread, and the audio callback never allocates.
private enum Heap {
    static let headerSize: UInt = 16
    static let stepsPerOctave: UInt = 4
    nonisolated(unsafe) static var freeLists = InlineArray<128, UInt>(repeating: 0)
    nonisolated(unsafe) static var top: UInt = 0

    /// The list for blocks of at least `size` bytes, and their size.
    static func place(_ size: UInt) -> (list: Int, size: UInt) {
        let rounded = max(size, 16)
        let octave = UInt(UInt.bitWidth - 1 - (rounded - 1).leadingZeroBitCount)
        let step = max((UInt(1) << octave) / stepsPerOctave, 1)
        let count = (rounded - (1 << octave) + step - 1) / step
        let actual = ((1 << octave) + count * step + 15) & ~15
        return (Int(octave * stepsPerOctave + count), actual)
    }

    static func take(_ size: UInt) -> UInt {
        guard size < 0x4000_0000 else { return 0 }
        let place = place(size)
        let first = freeLists[place.list]
        if first != 0 {
            freeLists[place.list] = pointer(first).pointee
            return first
        }
        return extend(place.list, place.size)
    }

    private static func extend(_ list: Int, _ size: UInt) -> UInt {
        if top == 0 { top = (wasm_heap_base() + 15) & ~15 }
        let end = top + headerSize + size
        let room = wasm_page_count() << 16
        if end > room, !wasm_add_pages((end - room + 65_535) >> 16) { return 0 }
        let block = top + headerSize
        pointer(top).pointee = UInt(list)
        top = end
        return block
    }

    static func give(_ block: UInt) {
        let list = Int(pointer(block - headerSize).pointee)
        pointer(block).pointee = freeLists[list]
        freeLists[list] = block
    }

    private static func pointer(_ address: UInt) -> UnsafeMutablePointer<UInt> {
        UnsafeMutablePointer(bitPattern: address)!
    }
}

@_cdecl("malloc")
public func malloc(_ size: UInt) -> UnsafeMutableRawPointer? { UnsafeMutableRawPointer(bitPattern: Heap.take(size)) }

@_cdecl("free")
public func free(_ block: UnsafeMutableRawPointer?) {
    if let block { Heap.give(UInt(bitPattern: block)) }
}

/// All blocks are aligned to 16 bytes, and nothing asks for more.
@_cdecl("posix_memalign")
public func posixMemalign(
    _ result: UnsafeMutablePointer<UnsafeMutableRawPointer?>, _ alignment: UInt, _ size: UInt
) -> Int32 {
    guard alignment <= 16 else { return 22 }
    result.pointee = malloc(size)
    return result.pointee == nil ? 12 : 0
}
#endif
