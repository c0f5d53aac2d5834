"""WAV files and plain sounds as NumPy arrays, and what tests ask of a sound: its level and its spectrum."""

import wave
from pathlib import Path

import numpy as np

RATE = 48000
LEVEL = 0.1  # root mean square of a sound for the microphone: -20 dB


def read_wav(source) -> tuple[np.ndarray, int]:
    with wave.open(source if hasattr(source, "read") else str(source)) as file:
        data = np.frombuffer(file.readframes(1 << 30), "<i2") / 32768
        return data.reshape(-1, file.getnchannels()).mean(axis=1), file.getframerate()


def read_float_wav(path: Path) -> tuple[np.ndarray, int]:
    """What `starling render` has written: a row of left and right a sample-frame, and the sample rate."""
    data = path.read_bytes()
    rate = int.from_bytes(data[24:28], "little")
    return np.frombuffer(data[data.index(b"data") + 8 :], "<f4").reshape(-1, 2), rate


def write_wav(path: Path, sound: np.ndarray, rate: int = RATE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1), file.setsampwidth(2), file.setframerate(rate)
        file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def resampled(sound: np.ndarray, rate: int) -> np.ndarray:
    """The sound at 48 kHz, by the discrete Fourier transform: exact for what the lower rate can hold."""
    step = np.gcd(RATE, rate)
    sound = np.pad(sound, (0, -len(sound) % (rate // step)))
    count = len(sound) * RATE // rate
    spectrum = np.fft.rfft(sound)
    bins = np.zeros(count // 2 + 1, complex)
    bins[: len(spectrum)] = spectrum[: len(bins)]
    return np.fft.irfft(bins, count) * count / len(sound)


def trimmed(sound: np.ndarray) -> np.ndarray:
    loud = np.nonzero(np.abs(sound) > 0.02 * np.abs(sound).max())[0]
    return sound[loud[0] : loud[-1] + 1]


def levelled(sound: np.ndarray) -> np.ndarray:
    return sound * LEVEL / np.sqrt(np.mean(sound**2))


def tone(frequency: float, seconds: float, level: float = LEVEL) -> np.ndarray:
    return level * np.sqrt(2) * np.sin(2 * np.pi * frequency * np.arange(int(seconds * RATE)) / RATE)


def noise(seconds: float, seed: int, level: float = LEVEL) -> np.ndarray:
    return level * np.random.default_rng(seed).standard_normal(int(seconds * RATE))


def bands(sound: np.ndarray, rate: int = RATE, count: int = 24) -> np.ndarray:
    """The colour of a sound: decibels in `count` bands of equal ratio from 80 Hz to 10 kHz, less their mean."""
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    frequency = np.fft.rfftfreq(len(sound), 1 / rate)
    edges = np.geomspace(80, 10000, count + 1)
    sums = [power[(frequency >= low) & (frequency < high)].sum() for low, high in zip(edges, edges[1:])]
    level = 10 * np.log10(np.array(sums) + 1e-12)
    return level - level.mean()


def fundamental(sound: np.ndarray, rate: int = RATE) -> float:
    """The frequency of a steady tone in Hz, from the spacing of its autocorrelation, refined between samples."""
    mono = sound if sound.ndim == 1 else sound[:, 0]
    power = np.abs(np.fft.rfft(mono * np.hanning(len(mono)), 2 * len(mono))) ** 2
    correlation = np.fft.irfft(power)[: len(mono) // 2]
    shortest = np.argmax(correlation < 0)
    first = shortest + np.argmax(correlation[shortest:] > 0.8 * correlation[shortest:].max())
    lag = first + np.argmax(correlation[first : first + first // 3])
    before, here, after = correlation[lag - 1 : lag + 2]
    return rate / (lag + 0.5 * (before - after) / (before - 2 * here + after))


def onsets(sound: np.ndarray, rate: int = RATE) -> np.ndarray:
    """When strokes begin, in seconds: where the sound is twice as loud as in the 15 ms before, no two within 50 ms."""
    level = np.abs(sound)
    before = int(0.015 * rate)
    found, at = [], before
    while at < len(level):
        loud = np.nonzero(level[at : at + rate] > 0.02)[0]
        if len(loud) == 0:
            at += rate
            continue
        at += loud[0]
        if level[at] > 2 * level[at - before : at - before // 8].max():
            found.append(at)
            at += int(0.05 * rate)
        else:
            at += 1
    return np.array(found) / rate
