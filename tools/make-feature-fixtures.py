#!/usr/bin/env python3
"""Writes Tests/Fixtures/features: short recordings, and what librosa and SciPy measure in them.

Needs the Debian packages sonic-pi-samples (CC0), fluidsynth, fluid-soundfont-gm (MIT) and espeak-ng, and the Python
packages librosa, pyloudnorm, soundfile and scipy. Every reference is causal: frames are not centred, and none looks ahead.

    python3 tools/make-feature-fixtures.py                 the fixtures
    python3 tools/make-feature-fixtures.py --spoken-digits DIR   reference values for recordings that are not kept here
"""
import csv
import subprocess
import sys
import tempfile
from pathlib import Path

import librosa
import numpy as np
import pyloudnorm
import scipy.fft
import scipy.signal
import soundfile

FIXTURES = Path(__file__).resolve().parent.parent / "Tests" / "Fixtures" / "features"
SAMPLES = Path("/usr/share/sonic-pi/samples")
SOUND_FONT = "/usr/share/sounds/sf2/FluidR3_GM.sf2"
BANDS = 40

# name: (sample, first second, seconds)
LOOPS = {
    "drums": ("loop_amen", 0.0, 1.2),
    "choir": ("ambi_choir", 0.0, 1.0),
    "piano": ("ambi_piano", 0.0, 1.0),
    "crow": ("misc_crow", 0.0, 0.5),
}
# name: (General MIDI program, rate, notes)
MELODIES = {
    "clarinet": (71, 44100, [60, 64, 67, 72, 71, 69, 65, 62, 55, 52]),
    "trumpet": (56, 48000, [58, 62, 65, 70, 67, 63, 74, 77]),
}
NOTE_SECONDS = 0.25


def read_loop(sample, start, seconds):
    sound, rate = soundfile.read(SAMPLES / f"{sample}.flac", always_2d=True)
    first = int(start * rate)
    return sound.mean(axis=1)[first : first + int(seconds * rate)], rate


def speak():
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/speech.wav"
        subprocess.run(["espeak-ng", "-v", "en-us+f3", "-w", path, "We were away a year ago."], check=True)
        return soundfile.read(path)


def variable_length(number):
    digits = [number & 127]
    while number := number >> 7:
        digits.insert(0, number & 127 | 128)
    return bytes(digits)


def midi_file(program, notes):
    ticks = int(NOTE_SECONDS * 960)  # 480 a beat, 120 beats a minute
    sounding = int(ticks * 0.95)
    track, gap = b"\0\xc0" + bytes([program]), 0
    for note in notes:
        track += variable_length(gap) + bytes([0x90, note, 100])
        track += variable_length(sounding) + bytes([0x80, note, 0])
        gap = ticks - sounding
    track += b"\0\xff\x2f\0"
    header = b"MThd" + (6).to_bytes(4, "big") + b"\0\0\0\1" + (480).to_bytes(2, "big")
    return header + b"MTrk" + len(track).to_bytes(4, "big") + track


def play(program, rate, notes):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "melody.mid").write_bytes(midi_file(program, notes))
        command = ["fluidsynth", "-niq", "-R", "0", "-C", "0", "-g", "0.8", "-r", str(rate)]
        command += ["-F", f"{folder}/melody.wav", SOUND_FONT, f"{folder}/melody.mid"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        sound, _ = soundfile.read(f"{folder}/melody.wav", always_2d=True)
    return sound.mean(axis=1)[: int(len(notes) * NOTE_SECONDS * rate)], rate


def to_16_bit(sound):
    """What the WAV file holds, as the reference and the reader both see it."""
    return np.round(np.clip(sound, -1, 32767 / 32768) * 32768) / 32768


def reference(sound, rate, frame, hop):
    """One row a frame: rms, centroid, onset, zero-crossing-rate, mfcc-1...13."""
    cut = dict(n_fft=frame, hop_length=hop, center=False)
    magnitude = np.abs(librosa.stft(sound, window="hann", dtype=np.complex128, **cut))
    rms = librosa.feature.rms(y=sound, frame_length=frame, hop_length=hop, center=False, dtype=np.float64)[0]
    centroid = librosa.feature.spectral_centroid(S=magnitude, sr=rate, n_fft=frame)[0]
    crossings = librosa.feature.zero_crossing_rate(sound, frame_length=frame, hop_length=hop, center=False)[0]
    mel = librosa.feature.melspectrogram(S=magnitude**2, sr=rate, n_fft=frame, n_mels=BANDS, dtype=np.float64)
    levels = librosa.power_to_db(mel, ref=1.0, amin=1e-10, top_db=None)
    mfcc = librosa.feature.mfcc(S=levels, n_mfcc=13, dct_type=2, norm="ortho")
    lag = max(1, round(frame / 4 / hop))
    audible = np.maximum(levels, -50 + 20 * np.log10(frame / 1024))
    onset = librosa.onset.onset_strength(S=audible, sr=rate, lag=lag, max_size=1, center=False, detrend=False)
    onset[:lag] = np.nan  # librosa does not know what was before
    return np.column_stack([rms, centroid, onset, crossings, mfcc.T])


SHAPE = ["spread", "skewness", "kurtosis", "rolloff", "flatness", "crest", "slope", "flux", "flux-bands"]
LEVEL = ["momentary", "short-term", "peak", "true-peak"]
SHAPE_ROWS = 4  # one row of so many frames is kept


def shape_reference(sound, rate, frame, hop):
    """One row a frame: SHAPE, by librosa where it has the measure and else by its definition in NumPy."""
    cut = dict(n_fft=frame, hop_length=hop, center=False)
    magnitude = np.abs(librosa.stft(sound, window="hann", dtype=np.complex128, **cut))
    hertz = librosa.fft_frequencies(sr=rate, n_fft=frame)
    share = magnitude / np.maximum(magnitude.sum(axis=0), 1e-30)
    spread = librosa.feature.spectral_bandwidth(S=magnitude, sr=rate, n_fft=frame)[0]
    away = hertz[:, None] - (share * hertz[:, None]).sum(axis=0)
    deviation = np.maximum(np.sqrt((share * away**2).sum(axis=0)), 1e-3)
    skewness = (share * away**3).sum(axis=0) / deviation**3
    kurtosis = (share * away**4).sum(axis=0) / deviation**4
    rolloff = librosa.feature.spectral_rolloff(S=magnitude, sr=rate, n_fft=frame, roll_percent=0.85)[0]
    flatness = librosa.feature.spectral_flatness(S=magnitude, power=2, amin=1e-10)[0]
    crest = 20 * np.log10(magnitude.max(axis=0) / magnitude.mean(axis=0))
    levels = band_levels(magnitude, rate, frame)
    flux = 0.5 * np.abs(np.diff(share, axis=1, prepend=np.nan)).sum(axis=0)
    audible = np.maximum(levels, -50 + 20 * np.log10(frame / 1024))
    bands = np.abs(np.diff(audible, axis=1, prepend=np.nan)).mean(axis=0)
    return np.column_stack([spread, skewness, kurtosis, rolloff, flatness, crest, slopes(levels, rate), flux, bands])


def band_levels(magnitude, rate, frame):
    mel = librosa.feature.melspectrogram(S=magnitude**2, sr=rate, n_fft=frame, n_mels=BANDS, dtype=np.float64)
    return librosa.power_to_db(mel, ref=1.0, amin=1e-10, top_db=None)


def slopes(levels, rate):
    centres = librosa.mel_frequencies(BANDS + 2, fmin=0, fmax=rate / 2)[1:-1]
    slopes = []
    for column in levels.T:
        heard = (centres >= 100) & (column > -99)
        slopes.append(np.polyfit(np.log2(centres[heard]), column[heard], 1)[0] if heard.sum() >= 3 else 0)
    return np.array(slopes)


def level_reference(sound, rate, frame, hop):
    """One row a frame: LEVEL. Loudness by pyloudnorm's filters, the true peak by SciPy's resampling."""
    meter = pyloudnorm.Meter(rate, filter_class="DeMan")
    weighted = sound.copy()
    for stage in meter._filters.values():
        weighted = stage.passband_gain * scipy.signal.lfilter(stage.b, stage.a, weighted)
    power = np.concatenate([[0], np.cumsum(weighted**2)])
    oversampled = scipy.signal.resample(sound, 4 * len(sound))
    rows = []
    for end in range(frame, len(sound) + 1, hop):
        row = []
        for seconds in [0.4, 3]:
            count = max(1, round(seconds * rate / hop)) * hop
            mean = (power[end] - power[max(end - count, 0)]) / count
            row.append(max(-0.691 + 10 * np.log10(max(mean, 1e-30)), -100))
        highest = max(np.abs(sound[end - frame : end]).max(), 1e-5)
        # The engine's curve is complete 9 samples before the end of the frame, and as much longer at its beginning.
        between = np.abs(oversampled[4 * max(end - frame - 9, 0) : 4 * (end - 9)]).max()
        row += [20 * np.log10(highest), 20 * np.log10(max(highest, between))]
        rows.append(row)
    return np.array(rows)


def pitch_reference(sound, rate, frame, hop):
    """f0 in Hz for each frame of `reference`, NaN where librosa.pyin hears none.

    librosa weighs its frame evenly, the engine looks at the newest part of it: a quarter of the frame later.
    """
    size = 1 << int(np.ceil(np.log2(0.04 * rate)))
    padded = np.pad(sound, (size - frame - size // 4, size // 4))
    f0, _, probability = librosa.pyin(
        padded, fmin=60, fmax=1000, sr=rate, frame_length=size, hop_length=hop, center=False)
    return np.where(probability > 0.1, f0, np.nan)


def onset_reference(sound, rate, frame, hop):
    """The frames in which librosa's onset detector, with its own 128 bands, finds beginnings."""
    mel = librosa.feature.melspectrogram(y=sound, sr=rate, n_fft=frame, hop_length=hop, center=False)
    strength = librosa.onset.onset_strength(S=librosa.power_to_db(mel), sr=rate, center=False)
    return librosa.onset.onset_detect(onset_envelope=strength, sr=rate, hop_length=hop, delta=0.15)


def write_table(name, header, rows):
    with open(FIXTURES / f"{name}.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([[f"{v:.8g}" if isinstance(v, float) else v for v in row] for row in rows])


HEADER = ["rms", "centroid", "onset", "zero-crossing-rate"] + [f"mfcc-{i}" for i in range(1, 14)] + ["f0"]


def measure(sound, rate, frame, hop):
    table = reference(sound, rate, frame, hop)
    pitch = pitch_reference(sound, rate, frame, hop)[: len(table)]
    return np.column_stack([table, pitch]).tolist()


def write_recordings():
    recordings = [(name, *read_loop(*loop), 1024, 256) for name, loop in LOOPS.items()]
    recordings += [(name, *play(*melody), 1024, 256) for name, melody in MELODIES.items()]
    recordings.append(("speech", *speak(), 512, 128))
    for name, sound, rate, frame, hop in recordings:
        sound = to_16_bit(sound)
        soundfile.write(FIXTURES / f"{name}.wav", sound, rate, subtype="PCM_16")
        write_table(name, HEADER, measure(sound, rate, frame, hop))
        table = np.column_stack([shape_reference(sound, rate, frame, hop), level_reference(sound, rate, frame, hop)])
        chosen = range(1, len(table), SHAPE_ROWS)
        write_table(f"{name}-shape", ["frame"] + SHAPE + LEVEL, [(i, *table[i].tolist()) for i in chosen])
    write_table("recordings", ["name", "frame-size", "hop-size"], [(r[0], r[3], r[4]) for r in recordings])
    drums, rate = recordings[0][1:3]
    write_table("onsets", ["frame"], [(int(i),) for i in onset_reference(to_16_bit(drums), rate, 1024, 256)])
    notes = [(name, i * NOTE_SECONDS, note) for name, m in MELODIES.items() for i, note in enumerate(m[2])]
    write_table("notes", ["name", "seconds", "note"], notes)


def write_pattern():
    """Eight seconds of drums at 120 beats a minute from 0.3 s on: bass drum on each beat, claps and hats between."""
    beat, events = 0.5, []
    for i in range(15):
        at = 0.3 + i * beat
        events += [(at, 36), (at + beat / 2, 42)] + ([(at, 39)] if i % 2 else [])
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "drums.mid").write_bytes(drum_file(events))
        command = ["fluidsynth", "-niq", "-R", "0", "-C", "0", "-g", "0.6", "-r", "16000", "-F", f"{folder}/drums.wav"]
        command += [SOUND_FONT, f"{folder}/drums.mid"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        sound, rate = soundfile.read(f"{folder}/drums.wav", always_2d=True)
    sound = sound.mean(axis=1)[: 8 * rate]
    soundfile.write(FIXTURES / "pattern.wav", to_16_bit(sound), rate, subtype="PCM_16")
    write_table("pattern", ["seconds"], [(float(at),) for at in sorted({round(at, 4) for at, _ in events})])


def drum_file(events):
    """A MIDI file of (seconds, note) on the drum channel, 960 ticks a second."""
    messages = [(round(at * 960), bytes([0x99, note, 100])) for at, note in events]
    messages += [(round(at * 960) + 48, bytes([0x89, note, 0])) for at, note in events]
    track, now = b"", 0
    for at, message in sorted(messages):
        track += variable_length(at - now) + message
        now = at
    track += b"\0\xff\x2f\0"
    header = b"MThd" + (6).to_bytes(4, "big") + b"\0\0\0\1" + (480).to_bytes(2, "big")
    return header + b"MTrk" + len(track).to_bytes(4, "big") + track


def write_tables():
    rows = []
    for rate, frame, bands in [(48000, 1024, 40), (8000, 256, 40), (44100, 2048, 128)]:
        bank = librosa.filters.mel(sr=rate, n_fft=frame, n_mels=bands, dtype=np.float64)
        rows += [(rate, frame, bands, int(b), int(k), float(bank[b, k])) for b, k in zip(*np.nonzero(bank))]
    write_table("mel", ["rate", "frame-size", "bands", "band", "bin", "weight"], rows)
    levels = np.random.default_rng(1).normal(-40, 20, BANDS).astype(np.float32).astype(float)
    cosines = scipy.fft.dct(levels, type=2, norm="ortho")
    write_table("dct", ["input", "output"], list(zip(levels.tolist(), cosines.tolist())))


def write_spoken_digits(folder):
    rows = []
    for path in sorted(Path(folder).glob("[0-9]_*_0.wav")):
        sound, rate = soundfile.read(path)
        table = measure(sound, rate, 256, 128)
        rows += [(path.stem, i, *table[i]) for i in range(0, len(table), 10)]
    write_table("spoken-digits", ["name", "frame"] + HEADER, rows)


# name: (recording, frame size, profile, bands)
PROFILES = [
    ("drums", 1024, "librosa", 128), ("speech", 2048, "librosa", 128), ("trumpet", 512, "librosa", 64), ("piano", 1024, "own", 26),
    ("drums", 1024, "flucoma", 40), ("speech", 512, "flucoma", 40), ("trumpet", 2048, "flucoma", 60),
    ("drums", 512, "meyda", 26), ("speech", 512, "meyda", 26), ("trumpet", 1024, "meyda", 40),
]
PROFILE_HOP = 2048


def librosa_profile(sound, rate, frame, bands):
    mel = librosa.feature.melspectrogram(
        y=sound, sr=rate, n_fft=frame, hop_length=PROFILE_HOP, n_mels=bands, center=False, dtype=np.float64)
    return librosa.feature.mfcc(S=librosa.power_to_db(mel, amin=1e-10, top_db=None), n_mfcc=13).T


def flucoma_profile(sound, rate, frame, bands):
    """As flucoma-core has it with its defaults; written from its source, for there is no package of it here."""
    mel = np.linspace(*(np.log(np.array([20, 20000]) / 700 + 1)), bands + 2)
    corners = 700 * (np.exp(mel) - 1)
    hertz = np.linspace(0, rate / 2, frame // 2 + 1)
    rising = (hertz - corners[:-2, None]) / np.diff(corners)[:-1, None]
    falling = (corners[2:, None] - hertz) / np.diff(corners)[1:, None]
    filters = np.maximum(np.minimum(rising, falling), 0)
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(frame) / frame)
    magnitudes = [np.abs(np.fft.rfft(window * cut)) for cut in frames(sound, frame)]
    levels = 20 * np.log10(np.maximum(np.array(magnitudes) @ filters.T, np.finfo(float).eps))
    return scipy.fft.dct(levels, type=2, norm="ortho")[:, :13]


def meyda_profile(sound, rate, frame, bands):
    """As meyda has it with its defaults; written from its source, in double precision."""
    top = np.log(1 + rate / 2 / 700)
    hertz = 700 * (np.exp(np.arange(bands + 2) * top / (bands + 1)) - 1)
    corners = np.floor((frame + 1) * hertz / rate).astype(int)
    filters = np.zeros((bands, frame // 2))
    for band, (low, middle, high) in enumerate(zip(corners, corners[1:], corners[2:])):
        for k in range(low, min(middle, frame // 2)):
            filters[band, k] = (k - low) / (middle - low)
        for k in range(middle, min(high, frame // 2)):
            filters[band, k] = (high - k) / (high - middle)
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(frame) / (frame - 1))
    powers = [np.abs(np.fft.rfft(window * cut)[:-1]) ** 2 for cut in frames(sound, frame)]
    return scipy.fft.dct(np.log(np.array(powers) @ filters.T + 1), type=2)[:, :13]


def frames(sound, frame):
    return [sound[at : at + frame] for at in range(0, len(sound) - frame + 1, PROFILE_HOP)]


def write_profiles():
    """What other programs' MFCCs are, for recordings that are here."""
    measures = {"own": librosa_profile, "librosa": librosa_profile, "flucoma": flucoma_profile, "meyda": meyda_profile}
    rows = []
    for name, frame, profile, bands in PROFILES:
        sound, rate = soundfile.read(FIXTURES / f"{name}.wav")
        for i, coefficients in enumerate(measures[profile](sound, rate, frame, bands)[:12]):
            rows.append((name, frame, profile, bands, i, *map(float, coefficients)))
    write_table("profiles", ["name", "frame-size", "profile", "bands", "frame"] + [f"mfcc-{i}" for i in range(1, 14)], rows)


DERIVED_RATE = 187.5


def write_derived():
    """A wandering value, and what NumPy and the 1 Euro filter's paper make of it: causal, over what there is so far."""
    rng = np.random.default_rng(11)
    x = np.cumsum(rng.normal(size=400)) * np.repeat(rng.uniform(0.2, 2, 8), 50)
    x = x.astype(np.float32).astype(np.float64)
    count, lag, span = 38, 9, 40.0  # 0.2 s, 0.05 s
    columns = {"x": x}
    windows = [x[max(0, i + 1 - count) : i + 1] for i in range(len(x))]
    for name, measure in [("mean", np.mean), ("deviation", np.std), ("minimum", np.min), ("maximum", np.max)]:
        columns[name] = np.array([measure(w) for w in windows])
    columns["slope"] = np.array(
        [np.polyfit(np.arange(len(w)) / DERIVED_RATE, w, 1)[0] if len(w) > 1 else 0 for w in windows])
    ago = lambda k: x[np.maximum(np.arange(len(x)) - k, 0)]
    columns |= {"lag": ago(lag), "delta": x - ago(lag), "acceleration": x - 2 * ago(lag) + ago(2 * lag)}
    share = 1 - np.exp(-1 / DERIVED_RATE / 0.2)
    smooth, state = scipy.signal.lfilter([share], [1, share - 1], x, zi=[(1 - share) * x[0]])
    columns["smooth"] = smooth
    columns["euro"] = one_euro(x, cutoff=1 / (2 * np.pi * 0.2), beta=3 / span)
    columns["scale"] = np.clip((x + 20) / span, 0, 1)
    write_table("derived", list(columns), np.column_stack(list(columns.values())).tolist())


def one_euro(x, cutoff, beta):
    """Algorithm 1 and 2 of Casiez, Roussel and Vogel 2012, with a derivative cutoff of 1 Hz."""
    share = lambda hertz: 1 / (1 + DERIVED_RATE / (2 * np.pi * hertz))
    out, speed, level = [], 0.0, x[0]
    for last, value in zip(np.concatenate([x[:1], x]), x):
        speed += share(1.0) * ((value - last) * DERIVED_RATE - speed)
        level += share(cutoff + beta * abs(speed)) * (value - level)
        out.append(level)
    return np.array(out)


if __name__ == "__main__":
    FIXTURES.mkdir(parents=True, exist_ok=True)
    if sys.argv[1:2] == ["--spoken-digits"]:
        write_spoken_digits(sys.argv[2])
    else:
        write_recordings()
        write_pattern()
        write_tables()
        write_profiles()
        write_derived()
