import StarlingMath

/// Functions of the standardised inputs, the terms, of which each output is a weighted sum.
enum Basis: Equatable {
    /// All products of up to `degree` inputs, equal ones included.
    case polynomial(degree: Int)
    /// For each of `count` centres how near the inputs are: exp(factor x squared distance), factor below 0.
    case radial(count: Int)

    /// The most terms of a polynomial of degree 2 and more.
    static let mostProducts = 640
    /// The most centres.
    static let mostCentres = 2000

    /// The polynomial of a degree, or of the highest below it that has not too many terms.
    static func polynomial(atMost degree: Int, inputCount: Int) -> Basis {
        var fitting = degree
        while fitting > 1 && products(inputCount, fitting) > mostProducts { fitting -= 1 }
        return .polynomial(degree: fitting)
    }

    /// How many products of 1 to `degree` inputs there are.
    static func products(_ inputCount: Int, _ degree: Int) -> Int { choices(inputCount + degree, degree) - 1 }

    /// In how many ways k of n things can be chosen.
    static func choices(_ n: Int, _ k: Int) -> Int {
        var result = 1
        for i in 0..<k { result = result * (n - i) / (i + 1) }
        return result
    }
}
