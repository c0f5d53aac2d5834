import Foundation
import StarlingMath
import Testing

struct TextTests {
    @Test(arguments: [(0, "0"), (-17, "-17"), (1_234_567_890, "1234567890"), (Int.min, "-9223372036854775808")])
    func wholeNumbers(number: Int, written: String) { #expect(Text(number).description == written) }

    @Test(arguments: [
        (1.25, 3, "1.25"), (-0.0004, 3, "0"), (-1.5, 0, "-2"), (999.9996, 3, "1000"), (1e300, 2, "infinity"),
        (.nan, 2, "NaN"), (0.05, 2, "0.05"),
    ] as [(Double, Int, String)])
    func decimals(number: Double, decimals: Int, written: String) {
        #expect(Text(number, decimals: decimals).description == written)
    }

    @Test func splittingKeepsEmptyPieces() {
        #expect(Text("a//b").split(at: 47) == ["a", "", "b"])
        #expect(Text("").split(at: 47) == [""])
        #expect(Text("/play/choir").hasPrefix("/play") && !Text("/pl").hasPrefix("/play"))
        #expect(Text("a") < Text("ab") && Text("ü").utf8.count == 2)
    }
}
