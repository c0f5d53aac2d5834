import StarlingMath

/// Makes a loss smaller, by being told loss and gradient at the points it asks about.
class Optimiser {
    enum Answer { case moved, asksAgain, cannotImprove }

    /// Where loss and gradient are wanted next.
    let point: Floats
    /// To be filled with the gradient at `point`; cleared by `advance`.
    let gradient: Floats
    /// The best or latest point arrived at.
    var position: Floats { point }
    /// How many examples one gradient is made of; nil for all.
    var batchSize: Int? { nil }
    /// After how many rounds without a gain more are in vain.
    var patience: Int { 4 }

    init(start: Floats) {
        point = Floats(start.array)
        gradient = Floats(start.count)
    }

    /// Takes loss and gradient at `point` and chooses the next point.
    func advance(loss: Double) -> Answer { .cannotImprove }

    /// Says that the loss will be another from now on: `position` is asked about anew.
    func reconsider() {}
}

/// What is known about how a loss curves, for optimisers that can use it.
class Preconditioner {
    /// Whether lengths are known as well as directions, so that a first step of 1 is a fair guess.
    var knowsScale: Bool { false }
    /// Takes over what is known at the point just arrived at.
    func renew(_ point: UnsafePointer<Float>) {}
    /// Multiplies a vector by about the inverse of the matrix of second derivatives, which must be positive definite.
    func apply(_ vector: UnsafeMutablePointer<Float>) {}
}
