"""The ready example knows voices it has never heard, and lets each sound play another choir."""

import csv
import subprocess

import numpy as np
import pytest

import media
from paths import STARLING, WEB
from sounds import RATE, bands, write_wav

EXAMPLE = WEB / "examples" / "voice-choir.starling"
SUNG = {"hum": "m:m:m:m:", "hiss": "s:s:s:s:", "aah": "A:A:A:A:"}
MAXIMUM_BYTES = 80_000


def heard(sound: np.ndarray, folder) -> tuple[dict[str, float], np.ndarray]:
    """How certain the example is of each pad while a sound lasts, and the colour of what it plays at the end."""
    source = write_wav(folder / "in.wav", np.concatenate([np.zeros(RATE // 2), sound]))
    target, bus = folder / "out.wav", folder / "bus.csv"
    subprocess.run([STARLING, "render", EXAMPLE, source, target, "--bus", bus], check=True)
    with open(bus, newline="") as file:
        rows = [row for row in csv.DictReader(file) if float(row["/listen/mic/loudness"]) > -40]
    certainty = {pad: np.mean([float(row[f"/learn/voice/{pad}/certainty"]) for row in rows]) for pad in SUNG}
    data = target.read_bytes()
    played = np.frombuffer(data[data.index(b"data") + 8 :], "<f4").reshape(-1, 2)[:, 0]
    return certainty, bands(played[-RATE // 4 :])


@pytest.mark.parametrize("pad", SUNG)
def test_unheard_voices_are_recognised(tmp_path, pad):
    for voice in media.SPEAKERS:
        certainty, _ = heard(media.spoken(f"[[{SUNG[pad]}]]", voice), tmp_path)
        assert max(certainty, key=certainty.get) == pad, f"{voice[0]} singing {pad}: {certainty}"


def test_each_sound_plays_another_choir(tmp_path):
    colours = [heard(media.spoken(f"[[{sound}]]", media.SPEAKERS[0]), tmp_path)[1] for sound in SUNG.values()]
    for a, b in ((0, 1), (0, 2), (1, 2)):
        assert np.sqrt(np.mean((colours[a] - colours[b]) ** 2)) > 3, "two pads sound alike"


def test_it_is_small():
    assert EXAMPLE.stat().st_size <= MAXIMUM_BYTES
