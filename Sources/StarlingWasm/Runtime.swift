/// The runtime's hash tables would seed themselves with chance, for which the C library wants to import the outside world.
/// Starling uses none: the symbol is here so that the module imports nothing but its memory.
@_cdecl("arc4random_buf")
public func arc4randomBuffer(_ buffer: UnsafeMutableRawPointer?, _ count: Int) {}
