import Foundation
import StarlingFeatures
import StarlingMath
import Testing

/// The time at which each frame of `analyse` ends.
private func time(_ frame: Int, rate: Int) -> Double { Double(1024 + 256 * frame) / Double(rate) }

/// F-measure of beginnings found against true ones, within 50 ms.
private func fMeasure(_ found: [Double], _ wanted: [Double]) -> Double {
    var left = wanted
    var hits = 0
    for at in found {
        guard let place = left.indices.filter({ abs(left[$0] - at) <= 0.05 }).min(by: { abs(left[$0] - at) < abs(left[$1] - at) })
        else { continue }
        left.remove(at: place)
        hits += 1
    }
    return 2 * Double(hits) / Double(found.count + wanted.count)
}

private func beginnings(_ values: [String: [Float]], rate: Int) -> [Double] {
    let now = values["onset-now"]!
    return now.indices.filter { now[$0] == 1 }.map { time($0, rate: rate) }
}

@Test(arguments: ["clarinet", "trumpet"]) func beginningsOfAPlayedMelody(instrument: String) throws {
    let recording = try Recording(fixture("\(instrument).wav"))
    let notes = try Table("notes")
    // The first note begins before the first whole frame.
    let played = zip(notes.texts("name"), notes.numbers("seconds")).filter { $0.0 == instrument }.map(\.1).dropFirst()
    let found = beginnings(analyse(recording.samples, rate: recording.rate), rate: recording.rate)
    #expect(fMeasure(found, Array(played)) >= 0.9, "found \(found)")
}

@Test func beginningsAndBeatOfADrumPattern() throws {
    let recording = try Recording(fixture("pattern.wav"))
    let values = analyse(recording.samples, rate: recording.rate)
    let found = beginnings(values, rate: recording.rate)
    #expect(fMeasure(found, try Table("pattern").numbers("seconds")) >= 0.95, "found \(found)")
    let settled = values["tempo"]!.indices.filter { (5.0..<7.5).contains(time($0, rate: recording.rate)) }
    for frame in settled {
        let tempo = values["tempo"]![frame]
        #expect(abs(tempo - 120) < 1, "tempo \(tempo) at \(time(frame, rate: recording.rate)) s")
        let wanted = ((time(frame, rate: recording.rate) - 0.3) / 0.5).truncatingRemainder(dividingBy: 1)
        let away = abs((Double(values["beat-phase"]![frame]) - wanted + 1.5).truncatingRemainder(dividingBy: 1) - 0.5) * 500
        #expect(away < 30, "\(away) ms from the beat at \(time(frame, rate: recording.rate)) s")
    }
    #expect(values["beat-confidence"]!.last! > 0.3)
}

private func found(_ recording: Recording, _ settings: OnsetSettings) -> [Double] {
    let analyser = FeatureAnalyser(sampleRate: Float(recording.rate), frameSize: 1024, hopSize: 256)
    analyser.onsets = settings
    let place = FeatureCatalogue.outputs.firstIndex { "\($0.name)" == "onset-now" }!
    var values = [Float](repeating: 0, count: analyser.outputCount)
    return stride(from: 256, through: recording.samples.count, by: 256).compactMap { end in
        recording.samples.withUnsafeBufferPointer { analyser.write($0.baseAddress! + end - 256, count: 256) }
        analyser.analyse(into: &values)
        return values[place] == 1 ? Double(end) / Double(recording.rate) : nil
    }
}

@Test(arguments: [(OnsetFunction.combined, 0.95), (.flux, 0.95), (.energy, 0.8), (.high, 0.9), (.complex, 0.9)])
func everyFunctionFindsTheStrokesOfADrumPattern(function: OnsetFunction, least: Double) throws {
    let recording = try Recording(fixture("pattern.wav"))
    let f = fMeasure(found(recording, OnsetSettings(function: function)), try Table("pattern").numbers("seconds"))
    #expect(f >= least, "\(function.name): \(f)")
}

@Test func thresholdAndRefractoryTimeThinOnsetsOut() throws {
    let recording = try Recording(fixture("pattern.wav"))
    let usual = found(recording, OnsetSettings())
    #expect(found(recording, OnsetSettings(threshold: 10)).count < usual.count)
    let rare = found(recording, OnsetSettings(refractorySeconds: 0.6))
    #expect(rare.count > 5 && zip(rare, rare.dropFirst()).allSatisfy { $1 - $0 >= 0.55 }, "\(rare)")
}

@Test func steadySoundAndSilenceHaveNoBeginnings() {
    let tone = (0..<96_000).map { Float(0.3 * sin(2 * .pi * 220 * Double($0) / 48000)) }
    let found = beginnings(analyse(tone, rate: 48000), rate: 48000)
    #expect(found.filter { $0 > 0.1 }.isEmpty, "found \(found)")
    let silence = analyse([Float](repeating: 0, count: 48_000), rate: 48000)
    #expect(silence["onset-now"]!.allSatisfy { $0 == 0 })
    #expect(silence["beat-confidence"]!.allSatisfy { $0 == 0 })
}

/// A tone of eight overtones through the given pitches, one after the other without a break, at the same loudness.
private func legato(_ notes: [Double], seconds: Double, vibrato: Double = 0, rate: Int = 48000) -> [Float] {
    var cycles = 0.0
    return (0..<Int(Double(notes.count) * seconds * Double(rate))).map { n in
        let time = Double(n) / Double(rate)
        let note = notes[min(Int(time / seconds), notes.count - 1)] + vibrato * sin(2 * .pi * 5.5 * time)
        cycles += 440 * pow(2, (note - 69) / 12) / Double(rate)
        return Float(0.2 * (1...8).reduce(0.0) { $0 + sin(2 * .pi * cycles * Double($1)) / Double($1) })
    }
}

@Test func legatoNotesBeginWithoutALouderMoment() {
    let found = beginnings(analyse(legato([60, 62, 67, 64, 60, 72, 71, 55], seconds: 0.3), rate: 48000), rate: 48000)
    #expect(fMeasure(found.filter { $0 > 0.1 }, (1...7).map { 0.3 * Double($0) }) == 1, "found \(found)")
}

@Test(arguments: [55.0, 62, 69, 76, 83]) func vibratoBeginsNothing(note: Double) {
    let found = beginnings(analyse(legato([note], seconds: 3, vibrato: 0.3), rate: 48000), rate: 48000)
    #expect(found.filter { $0 > 0.1 }.isEmpty, "found \(found)")
}

@Test(arguments: [1000, 1100, 1200]) func aToneThatIsCutOffBeginsNothing(offset: Int) {
    let tone = Array(legato([64], seconds: 0.5).prefix(20_000 + offset)) + [Float](repeating: 0, count: 9600)
    let found = beginnings(analyse(tone, rate: 48000), rate: 48000)
    #expect(found.filter { $0 > 0.1 }.isEmpty, "found \(found)")
}

/// Knocks in sixteenths at a tempo: `K` low, `S` a burst of noise, `h` a short hiss; anything else is a rest.
private func knocks(_ pattern: String, tempo: Double, seconds: Double, rate: Int = 44100) -> [Float] {
    var sound = [Float](repeating: 0, count: Int(seconds * Double(rate)))
    var random = SeededRandom(seed: 5)
    let marks = Array(pattern)
    for step in 0..<Int((seconds - 0.5) * tempo / 15) {
        let start = Int((0.3 + Double(step) * 15 / tempo) * Double(rate))
        for i in 0..<min(6000, sound.count - start) {
            let time = Double(i) / Double(rate)
            let noise = Double(random.bipolar())
            switch marks[step % marks.count] {
            case "K": sound[start + i] += Float(0.5 * sin(2 * .pi * 60 * time) * exp(-time / 0.06) + 0.2 * noise * exp(-time / 0.01))
            case "S": sound[start + i] += Float((0.3 * noise + 0.2 * sin(2 * .pi * 190 * time)) * exp(-time / 0.05))
            case "h": sound[start + i] += Float(0.05 * noise * exp(-time / 0.01))
            default: break
            }
        }
    }
    return sound
}

/// How far the beat is from the true one, in milliseconds on average from the sixth second on, and the tempo there.
private func beat(of sound: [Float], tempo: Double, first: Double) -> (away: Double, tempo: Double) {
    let values = analyse(sound, rate: 44100)
    let settled = values["tempo"]!.indices.filter { time($0, rate: 44100) > 6 }
    let away = settled.map { frame in
        let place = Double(values["beat-phase"]![frame]) - (time(frame, rate: 44100) - first) * tempo / 60
        return abs(place - place.rounded()) * 60_000 / tempo
    }
    return (away.reduce(0, +) / Double(away.count), settled.map { Double(values["tempo"]![$0]) }.sorted()[settled.count / 2])
}

@Test(arguments: [85.0, 100, 120, 140]) func beatOfASyncopatedRhythm(tempo: Double) {
    let sound = knocks("K.K.S.hShSKKS.hSK.K.S.hShSKKh.S.", tempo: tempo, seconds: 16)
    let found = beat(of: sound, tempo: tempo, first: 0.3)
    #expect(found.away < 30, "tempo \(found.tempo)")
    #expect(abs(found.tempo - tempo) < 1)
}

@Test(arguments: [105.0, 150]) func aRhythmThatBeginsBetweenBeatsIsUnderstood(tempo: Double) {
    let sound = knocks("h.K.h.S.h.K.h.S.", tempo: tempo, seconds: 16)
    let found = beat(of: sound, tempo: tempo, first: 0.3 + 30 / tempo)
    #expect(found.away < 30, "tempo \(found.tempo)")
    #expect(abs(found.tempo - tempo) < 1)
}
