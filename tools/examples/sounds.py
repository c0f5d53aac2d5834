"""Sounds anybody can make, synthesised: hums, hisses, sung vowels and breath by several voices, taps and claps by several
hands, through several microphones.

Voices are sums of harmonics under formants, after G. Fant, "Acoustic Theory of Speech Production", 1960.
"""

from dataclasses import dataclass

import numpy as np

RATE = 48000
FADE_SECONDS = 0.03


@dataclass(frozen=True)
class Voice:
    """A pitch in Hz, the size of the vocal tract against an adult man's, and a seed for all that is irregular."""

    pitch: float
    tract: float
    seed: int


# low and high, adult and child
VOICES = (Voice(112, 1, 1), Voice(205, 0.87, 2), Voice(148, 0.97, 3), Voice(275, 0.76, 4))


@dataclass(frozen=True)
class Microphone:
    """The highest frequency in Hz that it lets through, and the level of its own noise against full scale."""

    limit: float
    noise: float


# a good one, one behind a call's codec, a laptop's, a wireless headset's
MICROPHONES = (Microphone(22000, 1e-4), Microphone(11000, 1e-6), Microphone(16000, 5e-4), Microphone(7500, 3e-5))

# frequency in Hz, bandwidth in Hz, level in dB of each formant
HUM = ((240, 90, 0), (1000, 250, -26), (2200, 350, -34))
AAH = ((730, 90, 0), (1090, 110, -3), (2440, 170, -18), (3400, 250, -26))


def wander(count: int, depth: float, random: np.random.Generator) -> np.ndarray:
    """A slow, irregular movement around 1: no voice stands still."""
    points = random.normal(0, depth, count // (RATE // 12) + 3)
    return 1 + np.interp(np.arange(count) * 12 / RATE, np.arange(len(points)), points)


def formant_gain(frequency: np.ndarray, formants, tract: float) -> np.ndarray:
    gain = np.zeros_like(frequency)
    for centre, width, level in formants:
        gain += 10 ** (level / 20) / np.sqrt(1 + ((frequency - centre / tract) / (width / 2)) ** 2)
    return gain


def sung(voice: Voice, formants, seconds: float, breath: float) -> np.ndarray:
    random = np.random.default_rng(voice.seed)
    count = int(seconds * RATE)
    pitch = voice.pitch * wander(count, 0.006, random)
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    sound = breath * coloured_noise(count, lambda f: formant_gain(f, formants, voice.tract), random)
    for harmonic in range(1, int(8000 / voice.pitch)):
        level = formant_gain(harmonic * pitch, formants, voice.tract) / harmonic**0.8
        sound += level * np.sin(harmonic * phase + random.uniform(0, 2 * np.pi))
    return sound * wander(count, 0.1, random)


def hissed(voice: Voice, seconds: float) -> np.ndarray:
    """Noise with one broad peak, higher for smaller mouths, over a little breath."""
    random = np.random.default_rng(voice.seed + 100)
    count = int(seconds * RATE)
    centre = 5500 / voice.tract
    sound = coloured_noise(count, lambda f: 0.02 + 1 / (1 + ((f - centre) / 1500) ** 2), random)
    return sound * wander(count, 0.1, random)


def coloured_noise(count: int, gain, random: np.random.Generator) -> np.ndarray:
    return filtered(random.standard_normal(count), gain)


def filtered(sound: np.ndarray, gain) -> np.ndarray:
    return np.fft.irfft(np.fft.rfft(sound) * gain(np.fft.rfftfreq(len(sound), 1 / RATE)), len(sound))


def heard(sound: np.ndarray, microphone: Microphone, level: float = 0.1) -> np.ndarray:
    """The sound at a level of -20 dB as a microphone hears it, faded in and out."""
    sound = sound * level / np.sqrt(np.mean(sound**2))
    sound = filtered(sound, lambda f: 1 / (1 + (f / microphone.limit) ** 40))
    sound += np.random.default_rng(9).normal(0, microphone.noise, len(sound))
    ramp = np.minimum(1, np.arange(len(sound)) / (FADE_SECONDS * RATE))
    return sound * ramp * ramp[::-1]


def by_all(make) -> list[np.ndarray]:
    """What `make` gives for each voice, by two microphones."""
    return [
        heard(make(voice), MICROPHONES[(number + turn) % len(MICROPHONES)])
        for turn in (0, 1)
        for number, voice in enumerate(VOICES)
    ]


def struck(modes, click: float, seed: int, seconds: float = 0.25) -> np.ndarray:
    """Something hard that is tapped: modes of (frequency in Hz, time to die away by 60 dB in s, level), each a little off,
    under a short click of noise."""
    random = np.random.default_rng(seed)
    time = np.arange(int(seconds * RATE)) / RATE
    sound = np.zeros(len(time))
    for frequency, decay, level in modes:
        frequency *= random.uniform(0.88, 1.14)
        sound += level * random.uniform(0.6, 1) * np.exp(-6.9 * time / (decay * random.uniform(0.7, 1.3))) * np.sin(2 * np.pi * frequency * time)
    return sound + click * random.standard_normal(len(time)) * np.exp(-time / 0.002)


def clap(seed: int, seconds: float = 0.25) -> np.ndarray:
    """Two hands: a burst of noise around 1 to 2 kHz that some earlier ones announce."""
    random = np.random.default_rng(seed)
    count = int(seconds * RATE)
    centre = random.uniform(900, 2000)
    noise = coloured_noise(count, lambda f: 1 / (1 + ((f - centre) / 900) ** 2) + 0.05, random)
    time = np.arange(count) / RATE
    envelope = np.exp(-time / random.uniform(0.015, 0.03))
    for early in (0.004, 0.008):
        envelope[: int(early * RATE)] *= 0.7
    return noise * envelope


def several(make, seeds, pause: float = 0.15, level: float = 0.3) -> np.ndarray:
    """Single sounds one after the other with pauses between, the loudest at the level and others down to 10 dB below."""
    random = np.random.default_rng(min(seeds))
    parts = [np.zeros(int(0.1 * RATE))]
    for seed in seeds:
        sound = make(seed)
        parts += [level * random.uniform(0.3, 1) * sound / np.abs(sound).max(), np.zeros(int(pause * RATE))]
    return np.concatenate(parts)


def through(sound: np.ndarray, microphone: Microphone) -> np.ndarray:
    """The sound as a microphone hears it, at its own level."""
    sound = filtered(sound, lambda f: 1 / (1 + (f / microphone.limit) ** 40))
    return sound + np.random.default_rng(9).normal(0, microphone.noise, len(sound))
