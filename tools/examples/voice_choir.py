"""Hum, hiss or sing, and a choir follows: what a newcomer meets first."""

from .project import Lesson, Project
from .sounds import AAH, HUM, by_all, hissed, sung

SECONDS = 0.6
CATEGORIES = {"hum": "Hum: mmm", "hiss": "Hiss: sss", "aah": "Sing: aah"}

PROJECT = Project(
    "voice-choir", "Voice choir", "Hum, hiss or sing: a choir follows your voice.",
    {
        "inputs": {"mic": {"kind": "microphone", "name": "Microphone"}},
        "models": {"voice": {
            "name": "Voice", "kind": "mlp", "order": 1, "drive": "blend", "gate": -50,
            "inputs": ["centroid", "zero-crossing-rate", "mfcc"],
        }},
        "categories": {
            category: {"model": "voice", "name": name, "order": order}
            for order, (category, name) in enumerate(CATEGORIES.items(), 1)
        },
        "instruments": {"choir": {
            "kind": "choir", "name": "Choir", "order": 1, "playing": True, "notes": [48, 55, 62, 64],
        }},
        "effects": {"reverb": {"kind": "reverb", "name": "Space", "order": 1}},
        "parameters": {"choir/attack": {"value": 0.4}, "choir/release": {"value": 2}, "reverb/size": {"value": 0.8}},
        "mappings": {"louder-is-brighter": {
            "source": "/listen/mic/loudness", "destination": "choir/brightness",
            "low": 0.15, "high": 1, "curve": "exponential", "smoothing": 0.15,
        }},
    },
    [
        Lesson("hum", by_all(lambda voice: sung(voice, HUM, SECONDS, 0.02)), preset={
            "choir/vowel": 4, "choir/breath": 0.05, "choir/spread": 0.4, "choir/vibrato": 0.12,
            "reverb/decay": 2.5, "reverb/mix": 0.3,
        }),
        Lesson("hiss", by_all(lambda voice: hissed(voice, SECONDS)), preset={
            "choir/vowel": 2, "choir/breath": 0.95, "choir/spread": 1, "choir/vibrato": 0.05,
            "reverb/decay": 8, "reverb/mix": 0.6,
        }),
        Lesson("aah", by_all(lambda voice: sung(voice, AAH, SECONDS, 0.05)), preset={
            "choir/vowel": 0, "choir/breath": 0.08, "choir/spread": 0.8, "choir/vibrato": 0.35,
            "reverb/decay": 4, "reverb/mix": 0.4,
        }),
    ],
)  # fmt: skip
