import StarlingMath

/// A plane with points that each have a sound; the sound at the cursor is mixed from theirs.
///
/// Weights are one over the third power of the distance (Shepard 1968, "A two-dimensional interpolation function for
/// irregularly-spaced data"): a power above the plane's two dimensions keeps many far points from drowning the near
/// ones, and a low one leaves no dead stretch between two. At a point the sound is its own; points on one spot share it.
/// The mixing is of positions 0...1, so that frequencies and times move in equal ratios. What has steps is taken from the
/// nearest point. Cost: points times parameters, only while the cursor moves.
final class Plane {
    /// Where the cursor is: parameters as others are, so that hands, mappings and models move it.
    static let parameters = [
        ParameterInfo(
            "x", label: "Across", unit: .ratio, default: 0.5, help: "Where the cursor of the plane is, from left to right."),
        ParameterInfo(
            "y", label: "Up", unit: .ratio, default: 0.5, help: "Where the cursor of the plane is, from bottom to top."),
    ]
    /// The name that documents and paths give it.
    static let name: StaticString = "plane"
    /// Nearer than this two places are one.
    private static let smallestCube: Float = 1e-18

    /// Where the points take each parameter; NaN where none says anything.
    let positions: Floats
    private let layout: BusLayout
    private let weights = Floats(Plan.Limit.points)
    private var x: Float = .nan
    private var y: Float = .nan

    init(_ layout: BusLayout) {
        self.layout = layout
        positions = Floats([Float](repeating: .nan, count: layout.parameters.count))
    }

    /// Has the next `follow` mix anew.
    func forget() { x = .nan }

    /// Mixes the points for a cursor.
    func follow(_ cursor: (x: Float, y: Float), _ points: PlanView.Points) {
        if cursor.x == x, cursor.y == y { return }
        (x, y) = cursor
        for point in 0..<points.count {
            let (across, up) = (points.x(point) - x, points.y(point) - y)
            let square = across * across + up * up
            weights[point] = 1 / max(square * square.squareRoot(), Self.smallestCube)
        }
        for p in 0..<positions.count {
            positions[p] = position(p, points, nearestOnly: layout.parameters[p].info.curve == .stepped)
        }
    }

    private func position(_ p: Int, _ points: PlanView.Points, nearestOnly: Bool) -> Float {
        var sum: Float = 0
        var weight: Float = 0
        for point in 0..<points.count {
            let position = points.position(point, p)
            if position.isNaN || (nearestOnly && weights[point] <= weight) { continue }
            sum = (nearestOnly ? 0 : sum) + weights[point] * position
            weight = (nearestOnly ? 0 : weight) + weights[point]
        }
        return sum / weight
    }
}
