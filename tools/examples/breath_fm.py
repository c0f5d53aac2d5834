"""Breath shapes FM: a quiet breath, a blown tone and a hum are three corners between which the sound moves."""

from .project import Lesson, Project
from .sounds import HUM, by_all, coloured_noise, sung
from .sounds import RATE as RATE

import numpy as np

SECONDS = 0.6


def breathed(voice):
    """Air through an open mouth."""
    random = np.random.default_rng(voice.seed + 200)
    return coloured_noise(int(SECONDS * RATE), lambda f: 1 / (1 + (f * voice.tract / 900) ** 2), random)


def blown(voice):
    """Air through pursed lips: a narrow band higher up."""
    random = np.random.default_rng(voice.seed + 300)
    centre = 1900 / voice.tract
    return coloured_noise(int(SECONDS * RATE), lambda f: 0.01 + 1 / (1 + ((f - centre) / 250) ** 2), random)


CATEGORIES = {"breath": "Breathe: haah", "blow": "Blow: whoo", "hum": "Hum: mmm"}
PROJECT = Project(
    "breath-fm", "Breath machine", "Breathe, blow and hum: your air shapes the metal of an FM sound.",
    {
        "inputs": {"mic": {"kind": "microphone", "name": "Microphone"}},
        "models": {"air": {
            "name": "Air", "kind": "mlp", "order": 1, "drive": "blend", "gate": -50,
            "inputs": ["centroid", "zero-crossing-rate", "mfcc"],
        }},
        "categories": {
            category: {"model": "air", "name": name, "order": order}
            for order, (category, name) in enumerate(CATEGORIES.items(), 1)
        },
        "instruments": {"fm": {"kind": "fm", "name": "FM", "order": 1, "playing": True, "notes": [36, 48, 55, 58]}},
        "effects": {
            "delay": {"kind": "delay", "name": "Echo", "order": 1},
            "reverb": {"kind": "reverb", "name": "Space", "order": 2},
        },
        "parameters": {"reverb/decay": {"value": 5}, "reverb/mix": {"value": 0.35}, "delay/mix": {"value": 0.2}},
        "mappings": {"louder-is-louder": {
            "source": "/listen/mic/loudness", "destination": "fm/level",
            "low": 0.35, "high": 1, "curve": "linear", "smoothing": 0.08,
        }},
    },
    [],
)  # fmt: skip
