import StarlingMath
import Testing

import StarlingProject

@Suite struct NumberTests {
    @Test func doublesAreWrittenInTheFewestDigitsAndReadBack() throws {
        for pair in try jsonFixture("numbers.json")["doubles"]!.list! {
            let number = Double(bitPattern: UInt64(pair[0].text!.description, radix: 16)!)
            let written = Text(shortest: number)
            #expect(digits(written) == digits(pair[1].text!), "\(written) for \(pair[1].text!)")
            #expect(written.double?.bitPattern == number.bitPattern, "\(written)")
        }
    }

    @Test func floatsAreWrittenInTheFewestDigitsAndReadBack() throws {
        for pair in try jsonFixture("numbers.json")["floats"]!.list! {
            let number = Float(bitPattern: UInt32(pair[0].text!.description, radix: 16)!)
            let written = Text(shortest: number)
            #expect(digits(written) == digits(pair[1].text!), "\(written) for \(pair[1].text!)")
            #expect(written.float?.bitPattern == number.bitPattern, "\(written)")
        }
    }

    @Test func decimalsAreRoundedCorrectly() throws {
        for item in try jsonFixture("numbers.json")["decimals"]!.list! {
            let text = item[0].text!
            #expect(text.double?.bitPattern == UInt64(item[1].text!.description, radix: 16), "\(text)")
            #expect(text.float?.bitPattern == UInt32(item[2].text!.description, radix: 16), "\(text)")
        }
    }

    @Test func randomFloatsReadBackAsThemselves() {
        for seed in UInt64(0)..<20_000 {
            var random = SeededRandom(seed: seed)
            let bits = random.next()
            let float = Float(bitPattern: UInt32(truncatingIfNeeded: bits))
            let double = Double(bitPattern: bits)
            if float.isFinite {
                #expect(Text(shortest: float).float?.bitPattern == float.bitPattern, "seed \(seed)")
                #expect(Text(shortest: float).utf8.count <= 27, "seed \(seed)")
            }
            if double.isFinite { #expect(Text(shortest: double).double?.bitPattern == double.bitPattern, "seed \(seed)") }
        }
    }

    @Test func formsAreThoseOfECMAScript() {
        let forms: [(Double, Text)] = [
            (1e21, "1e+21"), (1e20, "100000000000000000000"), (123456.75, "123456.75"), (1e-6, "0.000001"), (1.5e-7, "1.5e-7"),
            (-0.0, "-0"), (0, "0"), (.leastNonzeroMagnitude, "5e-324"), (.nan, "null"), (-.infinity, "null"), (-12, "-12"),
        ]
        for (number, text) in forms { #expect(Text(shortest: number) == text) }
        #expect(Text(shortest: Float(0.1)) == "0.1")
        #expect(Text(shortest: Float(16_777_216)) == "16777216")
    }

    @Test(arguments: ["", ".", "-", "1e", "1e+", "e5", "1 ", " 1", "1.2.3", "0x10", "nan", "inf", "1_000", "1e400", "--1", "1e5.5"])
    func whatIsNoNumberIsNone(_ text: String) {
        #expect(Text(text).double == nil)
    }

    @Test func hugeExponentsAreHarmless() {
        #expect(Text("1e-99999999999999999999").double == 0)
        #expect(Text("1e99999999999999999999").double == nil)
        #expect(Text("0e99999999999999999999").double == 0)
        #expect(Text("1e39").float == nil)
    }

    /// Sign, digits and power of ten of a number's text, whatever its form.
    private func digits(_ text: Text) -> String {
        var (mantissa, exponent) = (text.description, 0)
        if let e = mantissa.firstIndex(of: "e") {
            exponent = Int(mantissa[mantissa.index(after: e)...])!
            mantissa = String(mantissa[..<e])
        }
        let sign = mantissa.hasPrefix("-") ? "-" : ""
        mantissa = String(mantissa.drop { $0 == "-" })
        let parts = mantissa.split(separator: ".", omittingEmptySubsequences: false)
        var digits = parts.joined()
        exponent -= parts.count > 1 ? parts[1].count : 0
        while digits.hasPrefix("0") { digits.removeFirst() }
        while digits.hasSuffix("0") {
            digits.removeLast()
            exponent += 1
        }
        return digits.isEmpty ? sign + "0" : "\(sign)\(digits)e\(exponent)"
    }
}
