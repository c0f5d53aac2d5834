import StarlingMath

/// What is wrong with a packet that cannot be read.
public enum OSCFault: UInt8, Error, Sendable, CaseIterable {
    case empty, notOSC, cutOff, unknownTag, unbalancedArray, negativeSize, tooDeep, bytesLeft

    /// The fault as a sentence for people.
    public var sentence: Text {
        switch self {
        case .empty: "The packet is empty; an OSC packet has at least four bytes."
        case .notOSC: "The packet is no OSC: it must begin with an address such as /wek/inputs, or with #bundle."
        case .cutOff: "The packet ends too early: a text, an argument or an element of a bundle is cut off."
        case .unknownTag: "A message has a type tag that OSC does not know; use i h f d s S b c r m t T F N I [ ]."
        case .unbalancedArray: "The brackets of a message's type tags do not close."
        case .negativeSize: "The size of a blob or of an element of a bundle is negative, or no multiple of four."
        case .tooDeep: "Bundles or lists lie more than 16 deep, which is the limit."
        case .bytesLeft: "A message has bytes behind its last argument; its type tags do not fit its arguments."
        }
    }
}
