"""Tap on a table: the palm, a knuckle and a fingernail play a marimba's low, middle and high bars."""

from .project import Lesson, Project
from .sounds import MICROPHONES, several, struck, through

CATEGORIES = {"palm": ("Palm", 45), "knuckle": ("Knuckle", 57), "nail": ("Fingernail", 64)}
TAPS = {
    "palm": ([(85, 0.12, 1), (160, 0.09, 0.6), (290, 0.05, 0.25)], 0.15),
    "knuckle": ([(420, 0.07, 1), (780, 0.05, 0.8), (1350, 0.03, 0.5)], 0.5),
    "nail": ([(2600, 0.025, 0.6), (4300, 0.02, 1), (6800, 0.012, 0.8)], 1.0),
}


def taps(category: str):
    modes, click = TAPS[category]
    return [
        through(several(lambda seed: struck(modes, click, seed), range(20 * number, 20 * number + 12)), microphone)
        for number, microphone in enumerate(MICROPHONES)
    ]


PROJECT = Project(
    "table-marimba", "Table marimba", "Tap on the table with palm, knuckle or fingernail: each plays a bar of a marimba.",
    {
        "inputs": {"mic": {"kind": "microphone", "name": "Microphone"}},
        "models": {"taps": {
            "name": "Taps", "kind": "mlp", "order": 1, "drive": "switch", "gate": -45, "hold": 0.08, "threshold": 0.85,
            "inputs": ["centroid", "zero-crossing-rate", "mfcc"],
        }},
        "categories": {
            category: {"model": "taps", "name": name, "order": order, "note": note}
            for order, (category, (name, note)) in enumerate(CATEGORIES.items(), 1)
        },
        "instruments": {"struck": {"kind": "struck", "name": "Marimba", "order": 1, "playing": True, "notes": []}},
        "effects": {"reverb": {"kind": "reverb", "name": "Space", "order": 1}},
        "parameters": {"reverb/decay": {"value": 2}, "reverb/mix": {"value": 0.25}},
    },
    [Lesson(category, taps(category), thinning=2, gate=-45) for category in CATEGORIES],
)  # fmt: skip
