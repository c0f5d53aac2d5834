#!/usr/bin/env python3
"""Writes what the tests of trust are measured against, to Tests/Fixtures/learning.

  digits.txt         scikit-learn's handwritten digits: a line each, the digit and 64 pixels (0...g for 0...16)
  spoken.csv         the digits 0...9 spoken by espeak-ng in four voices, five speeds and pitches, in noise: 13 mean MFCCs each
  certainties.csv    seeded certainties of four categories and what was right
  values.csv         seeded values of two targets and what was right
  metrics.csv        what scikit-learn says about those two: a name and a number a line

Usage: tools/trust-fixtures.py   (needs numpy, scikit-learn and espeak-ng; scikit-learn 1.9.1 and espeak-ng 1.51
wrote the files in the repository)
"""

import pathlib
import subprocess
import tempfile
import wave

import numpy
from sklearn import calibration, datasets, metrics

FOLDER = pathlib.Path(__file__).parent.parent / "Tests/Fixtures/learning"
WORDS = "zero one two three four five six seven eight nine".split()
VOICES = 5 * ["en-gb+m3", "en-us+f2", "en-gb+f4", "en-us+m1"]


def digits():
    data = datasets.load_digits()
    lines = [f"{digit}" + "".join("0123456789abcdefg"[int(x)] for x in row) for digit, row in zip(data.target, data.data)]
    (FOLDER / "digits.txt").write_text("\n".join(lines) + "\n")


def mean_mfcc(path, random):
    """Means over all frames of 13 cosine coefficients of 40 mel bands in decibels, noise added."""
    with wave.open(str(path)) as file:
        rate = file.getframerate()
        sound = numpy.frombuffer(file.readframes(file.getnframes()), dtype="<i2") / 32768
    sound = sound * 10 ** random.uniform(-0.5, 0) + random.normal(size=len(sound)) * 10 ** random.uniform(-3, -2)
    frames = numpy.lib.stride_tricks.sliding_window_view(sound, 512)[::128] * numpy.hanning(512)
    power = numpy.abs(numpy.fft.rfft(frames)) ** 2
    mel = 2595 * numpy.log10(1 + numpy.fft.rfftfreq(512, 1 / rate) / 700)
    edges = numpy.linspace(0, mel[-1], 42)
    rising = (mel - edges[:-2, None]) / numpy.diff(edges)[:-1, None]
    falling = (edges[2:, None] - mel) / numpy.diff(edges)[1:, None]
    bands = 10 * numpy.log10(numpy.maximum(power @ numpy.clip(numpy.minimum(rising, falling), 0, None).T, 1e-10))
    bands = numpy.maximum(bands, bands.max() - 80)
    basis = numpy.cos(numpy.pi * numpy.arange(13)[:, None] * (numpy.arange(40) + 0.5) / 40)
    return (bands @ basis.T).mean(axis=0)


def spoken():
    random = numpy.random.default_rng(1)
    lines = [",".join([f"input-{i + 1}" for i in range(13)] + ["target"])]
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "word.wav"
        for digit, word in enumerate(WORDS):
            for voice in VOICES:
                speed, pitch = random.integers(120, 220), random.integers(20, 80)
                subprocess.run(
                    ["espeak-ng", "-v", voice, "-s", str(speed), "-p", str(pitch), "-w", path, word], check=True)
                lines.append(",".join([f"{x:.4g}" for x in mean_mfcc(path, random)] + [str(digit)]))
    (FOLDER / "spoken.csv").write_text("\n".join(lines) + "\n")


def calibration_error(certainties, wanted):
    """The expected calibration error of the answers (Guo et al. 2017), over calibration_curve's ten bins."""
    top, right = certainties.max(axis=1), certainties.argmax(axis=1) == wanted
    fractions, means = calibration.calibration_curve(right, top, n_bins=10)
    counts = numpy.histogram(top, numpy.linspace(0, 1, 11))[0]
    return numpy.sum(counts[counts > 0] * numpy.abs(fractions - means)) / len(wanted)


def tables():
    random = numpy.random.default_rng(2)
    wanted = random.choice(4, 300, p=[0.4, 0.3, 0.2, 0.1])
    raw = random.normal(size=(300, 4))
    raw[numpy.arange(300), wanted] += 1
    certainties = numpy.round(numpy.exp(1.5 * raw) / numpy.exp(1.5 * raw).sum(axis=1, keepdims=True), 6)
    write("certainties.csv", ["target", "c-0", "c-1", "c-2", "c-3"], numpy.column_stack([wanted, certainties]))
    answers = certainties.argmax(axis=1)
    found = {"accuracy": metrics.accuracy_score(wanted, answers)}
    for i, (precision, recall) in enumerate(
        zip(
            metrics.precision_score(wanted, answers, average=None),
            metrics.recall_score(wanted, answers, average=None),
        )
    ):
        found[f"precision-{i}"], found[f"recall-{i}"] = precision, recall
    for i, count in enumerate(metrics.confusion_matrix(wanted, answers).ravel()):
        found[f"confusion-{i}"] = count
    found["log-loss"] = metrics.log_loss(wanted, certainties / certainties.sum(axis=1, keepdims=True))
    found["calibration-error"] = calibration_error(certainties, wanted)
    values = random.normal(size=(200, 2)) * [1, 30] + [0, 1000]
    guesses = values + random.normal(size=(200, 2)) * [0.5, 20]
    values, guesses = numpy.round(values, 4), numpy.round(guesses, 4)
    write("values.csv", ["target", "target-2", "v-0", "v-1"], numpy.column_stack([values, guesses]))
    for i in range(2):
        found[f"r2-{i}"] = metrics.r2_score(values[:, i], guesses[:, i])
        found[f"rmse-{i}"] = metrics.root_mean_squared_error(values[:, i], guesses[:, i])
    (FOLDER / "metrics.csv").write_text("".join(f"{name},{value:.9g}\n" for name, value in found.items()))


def write(name, header, rows):
    lines = [",".join(header)] + [",".join(f"{x:.9g}" for x in row) for row in rows]
    (FOLDER / name).write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    digits()
    spoken()
    tables()
