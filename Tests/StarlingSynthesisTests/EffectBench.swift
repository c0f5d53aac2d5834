import Foundation
import StarlingMath
import StarlingSynthesis

/// Sends sound through one effect of the catalogue.
struct EffectBench {
    let info: EffectInfo

    init(_ name: String) { info = EffectCatalogue.all.first { "\($0.name)" == name }! }

    func pass(_ x: [Float], _ changes: KeyValuePairs<String, Float>, rate: Float = 48_000) -> Sound {
        let values = info.parameters.values(changes)
        return info.make(rate).pass(Sound(left: x, right: x)) { _ in values }
    }

    static func sine(_ hertz: Double, amplitude: Double = 1, frames: Int = 96_000, rate: Double = 48_000) -> [Float] {
        (0..<frames).map { Float(amplitude * sin(2 * .pi * (hertz * Double($0) / rate).truncatingRemainder(dividingBy: 1))) }
    }

    /// The gain in dB of a sine after a second.
    func gain(_ hertz: Double, _ changes: KeyValuePairs<String, Float>, amplitude: Double = 0.1, rate: Float = 48_000) -> Double {
        let x = Self.sine(hertz, amplitude: amplitude, frames: Int(2 * rate), rate: Double(rate))
        let out = pass(x, changes, rate: rate).left[Int(rate)...]
        return Measure.decibels(Measure.tone(out, hertz: hertz, rate: Double(rate)).amplitude / amplitude)
    }
}
