"""Humming steers a granular cloud: low and high hums, and an open mouth, lead to three corners of a glass phrase."""

import hashlib

import numpy as np

from .project import Lesson, Project, wav
from .sounds import AAH, HUM, MICROPHONES, RATE, Voice, heard, sung

SECONDS = 0.6
CATEGORIES = {"low": "Hum low", "high": "Hum high", "open": "Open: aah"}


def glass() -> np.ndarray:
    """Three glasses that ring one after the other and grow brighter, a second and a half."""
    time = np.arange(int(1.5 * RATE)) / RATE
    sound = np.zeros(len(time))
    for begin, note, bright in ((0, 60, 0.3), (0.45, 67, 0.6), (0.9, 75, 1.0)):
        local = np.maximum(time - begin, 0)
        for number, ratio in enumerate((1, 2.32, 4.25, 6.63)):
            level = bright**number * (1 - np.exp(-local / 0.02)) * np.exp(-local / (0.5 / (1 + 0.3 * number)))
            sound += level * np.sin(2 * np.pi * 261.63 * 2 ** ((note - 60) / 12) * ratio * local)
    return 0.7 * sound / np.abs(sound).max()


def hummed(formants, pitches) -> list:
    return [
        heard(sung(Voice(pitch, 0.95, seed), formants, SECONDS, 0.02), MICROPHONES[seed % len(MICROPHONES)])
        for seed, pitch in enumerate(pitches)
    ]


PHRASE = wav(glass()[::3], RATE // 3)
PROJECT = Project(
    "hum-cloud", "Humming cloud", "Hum low, hum high or open your mouth: you steer through a cloud of glass.",
    {
        "inputs": {"mic": {"kind": "microphone", "name": "Microphone"}},
        "models": {"cloud": {
            "name": "Cloud", "kind": "mlp", "order": 1, "drive": "follow", "gate": -50,
            "inputs": ["pitch", "centroid", "zero-crossing-rate", "mfcc-2", "mfcc-3", "mfcc-4"],
        }},
        "categories": {
            category: {"model": "cloud", "name": name, "order": order}
            for order, (category, name) in enumerate(CATEGORIES.items(), 1)
        },
        "sounds": {"glass": {"name": "Glass", "place": 1, "sound": hashlib.sha256(PHRASE).hexdigest(), "root": 60}},
        "instruments": {"granular": {"kind": "granular", "name": "Cloud", "order": 1, "playing": True, "notes": [48, 55, 60]}},
        "effects": {"reverb": {"kind": "reverb", "name": "Space", "order": 1}},
        "parameters": {"reverb/decay": {"value": 6}, "reverb/mix": {"value": 0.35}, "granular/release": {"value": 3}},
        "mappings": {"louder-is-louder": {
            "source": "/listen/mic/loudness", "destination": "granular/level",
            "from": -60, "to": -12, "low": 0.55, "high": 0.9, "curve": "linear", "smoothing": 0.08, "falling": 0.8,
        }},
    },
    [
        Lesson("low", hummed(HUM, (85, 105, 120, 140)), preset={
            "granular/position": 0.08, "granular/density": 12, "granular/length": 0.3, "granular/spread": 0.03,
        }),
        Lesson("high", hummed(HUM, (240, 280, 320, 370)), preset={
            "granular/position": 0.66, "granular/density": 60, "granular/length": 0.08, "granular/spread": 0.05,
        }),
        Lesson("open", hummed(AAH, (120, 170, 230, 300)), preset={
            "granular/position": 0.36, "granular/density": 30, "granular/length": 0.16, "granular/spread": 0.3,
        }),
    ],
    {"sounds/glass.wav": PHRASE},
)  # fmt: skip
