"""Silence and noise paint a picture: without a note, a hiss, a hum and a sung vowel each have their own ink."""

from .project import Lesson, Project
from .sounds import AAH, HUM, by_all, hissed, sung

SECONDS = 0.6
CATEGORIES = {"hum": "Hum: mmm", "hiss": "Noise: sss", "aah": "Sing: aah"}


def louder(parameter: str, low: float, high: float, curve: str = "linear") -> dict:
    """The louder it is, the higher the parameter."""
    return {
        "source": "/listen/mic/loudness", "destination": parameter, "from": -60, "to": -12, "low": low, "high": high,
        "curve": curve, "smoothing": 0.04, "falling": 1.2,
    }  # fmt: skip


PROJECT = Project(
    "noise-painter", "Noise painter", "Silence keeps the canvas dark. Noise, hums and vowels pour ink of their own colours.",
    {
        "inputs": {"mic": {"kind": "microphone", "name": "Microphone"}},
        "models": {"brush": {
            "name": "Brush", "kind": "mlp", "order": 1, "drive": "blend", "gate": -55,
            "inputs": ["centroid", "zero-crossing-rate", "mfcc"],
        }},
        "categories": {
            category: {"model": "brush", "name": name, "order": order}
            for order, (category, name) in enumerate(CATEGORIES.items(), 1)
        },
        "visuals": {
            "ink": {"kind": "ink", "name": "Ink", "order": 1},
        },
        "mappings": {
            "sound-is-light": louder("ink/light", 0.05, 0.9),
            "sound-is-density": louder("ink/density", 0.1, 1),
        },
    },
    [
        Lesson("hum", by_all(lambda voice: sung(voice, HUM, SECONDS, 0.02)), preset={
            "ink/hue": 0.62, "ink/size": 0.9, "ink/speed": 0.15, "ink/spread": 0.05,
        }),
        Lesson("hiss", by_all(lambda voice: hissed(voice, SECONDS)), preset={
            "ink/hue": 0.08, "ink/size": 0.15, "ink/speed": 0.9, "ink/spread": 0.5,
        }),
        Lesson("aah", by_all(lambda voice: sung(voice, AAH, SECONDS, 0.05)), preset={
            "ink/hue": 0.85, "ink/size": 0.5, "ink/speed": 0.4, "ink/spread": 0.2,
        }),
    ],
)  # fmt: skip
