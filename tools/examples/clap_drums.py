"""Clap, snap your fingers or stomp: each brings another drum groove, from the next beat on."""

from .project import Lesson, Project
from .sounds import MICROPHONES, clap, several, struck, through

CATEGORIES = {"clap": "Clap", "snap": "Finger snap", "stomp": "Stomp"}
TEMPO = 112
KICK, SNARE, CLAP, CLOSED_HAT, OPEN_HAT, SHAKER, CONGA = 36, 38, 39, 42, 46, 70, 62
# A sign a sixteenth: `-` for none, 1...9 for tenths of the full velocity, `x` for all of it.
GROOVES = {
    "clap": ("Full", {KICK: "x---x---x---x--6", CLAP: "----9-------9---", CLOSED_HAT: "5-7-5-7-5-7-5-7-", OPEN_HAT: "--------------5-"}),
    "snap": ("Broken", {KICK: "x--7--x---7-----", SNARE: "----9--2-3--9---", SHAKER: "6343634363436343", CONGA: "---5------5--6--"}),
    "stomp": ("Heartbeat", {KICK: "x--6------------", CLOSED_HAT: "--------4-------"}),
}


def snap(seed: int):
    """Two fingers: a short, bright stroke with a pitch of the hollow hand."""
    return struck([(2300, 0.035, 1), (3300, 0.025, 0.7), (5200, 0.015, 0.4)], 0.25, seed)


def stomp(seed: int):
    """A foot on a wooden floor."""
    return struck([(62, 0.2, 1), (98, 0.16, 0.7), (175, 0.09, 0.3)], 0.06, seed)


SOUNDS = {"clap": clap, "snap": snap, "stomp": stomp}


def taught(category: str):
    return [
        through(several(SOUNDS[category], range(20 * number, 20 * number + 12)), microphone)
        for number, microphone in enumerate(MICROPHONES)
    ]


def velocities(signs: str) -> list[float]:
    return ["-123456789x".index(sign) / 10 for sign in signs]


PROJECT = Project(
    "clap-drums", "Clap drums", "Clap, snap your fingers or stomp: each brings another drum groove on the next beat.",
    {
        "inputs": {"mic": {"kind": "microphone", "name": "Microphone"}},
        "models": {"hands": {
            "name": "Hands and feet", "kind": "mlp", "order": 1, "drive": "switch", "gate": -40, "hold": 0.08, "threshold": 0.6,
            "inputs": ["centroid", "zero-crossing-rate", "mfcc"],
        }},
        "categories": {
            category: {"model": "hands", "name": name, "order": order} for order, (category, name) in enumerate(CATEGORIES.items(), 1)
        },
        "instruments": {"drums": {"kind": "drums", "name": "Drums", "order": 1, "playing": True, "notes": []}},
        "effects": {"reverb": {"kind": "reverb", "name": "Space", "order": 1}},
        "patterns": {
            category: {
                "name": name, "order": order, "instrument": "drums", "category": category, "latched": True, "quantum": "beat",
            }
            for order, (category, (name, _)) in enumerate(GROOVES.items(), 1)
        },
        "lanes": {
            f"{category}-{note}": {"pattern": category, "order": order, "note": note, "velocities": velocities(signs)}
            for category, (_, lanes) in GROOVES.items()
            for order, (note, signs) in enumerate(lanes.items(), 1)
        },
        "parameters": {
            "transport/tempo": {"value": TEMPO}, "transport/running": {"value": 1},
            "reverb/decay": {"value": 0.9}, "reverb/mix": {"value": 0.12},
        },
    },
    [Lesson(category, taught(category), thinning=2, gate=-40) for category in CATEGORIES],
)  # fmt: skip
