"""Breath shapes FM: a quiet breath, a blown tone and a hum are three corners between which the sound moves."""

import numpy as np

from .project import Lesson, Project
from .sounds import HUM, RATE, by_all, coloured_noise, sung

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
        "parameters": {"fm/sustain": {"value": 0.9}, "fm/attack": {"value": 0.3}, "reverb/decay": {"value": 5}, "reverb/mix": {"value": 0.35}, "delay/mix": {"value": 0.2}},
        "mappings": {"louder-is-louder": {
            "source": "/listen/mic/loudness", "destination": "fm/level",
            "from": -55, "to": -12, "low": 0.5, "high": 0.9, "curve": "linear", "smoothing": 0.06, "falling": 0.4,
        }},
    },
    [
        Lesson("breath", by_all(breathed), preset={
            "fm/algorithm": 4.6, "fm/ratio-2": 2, "fm/ratio-3": 3, "fm/ratio-4": 7, "fm/index": 0.15, "fm/feedback": 0,
            "fm/spread": 1, "fm/tune": 12, "reverb/mix": 0.5,
        }),
        Lesson("blow", by_all(blown), preset={
            "fm/algorithm": 4, "fm/ratio-2": 3.5, "fm/ratio-3": 2.756, "fm/ratio-4": 5.4, "fm/index": 0.55, "fm/feedback": 0.05,
            "fm/spread": 0.8, "fm/tune": 0, "reverb/mix": 0.4,
        }),
        Lesson("hum", by_all(lambda voice: sung(voice, HUM, SECONDS, 0.02)), preset={
            "fm/algorithm": 1.5, "fm/ratio-2": 1, "fm/ratio-3": 2, "fm/ratio-4": 0.5, "fm/index": 0.5, "fm/feedback": 0.45,
            "fm/spread": 0.2, "fm/tune": -12, "reverb/mix": 0.25,
        }),
    ],
)  # fmt: skip
