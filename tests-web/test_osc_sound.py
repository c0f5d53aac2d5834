"""`starling run --sound` on a sound card that nobody hears: what came out of it is recorded and measured."""

import os
import subprocess
import time

import numpy as np
import pytest

from osc_peer import Run
from projects import write_project
from sound_card import SoundCard

RATE = 48_000
NOTES = (57, 69)  # 220 Hz and 440 Hz


@pytest.fixture(scope="module")
def card():
    """A PulseAudio, which Debian's ALSA takes for its default device; what is played comes back from its monitor."""
    card = SoundCard()
    yield card.environment
    card.stop()


def piece(path):
    """Two categories that two controls tell apart, each with a note of an instrument."""
    controls = {f"control-{i + 1}": {"name": f"x{i}", "order": i, "source": "osc", "address": "/wek/inputs", "port": 6448, "argument": i} for i in range(2)}
    return write_project(path, {
        "models": {"hand": {"name": "Hand", "kind": "knn", "order": 1, "drive": "switch", "inputs": ["control-1", "control-2"], "gate": -200, "hold": 0}},
        "categories": {f"hand-{i + 1}": {"model": "hand", "name": str(i + 1), "order": i + 1, "note": NOTES[i]} for i in range(2)},
        "controls": controls,
        "instruments": {"voice": {"kind": "string", "name": "String", "order": 1, "playing": True}},
    })  # fmt: skip


def recorded(environment, seconds):
    """What the card plays from now on, one channel."""
    command = ["parec", "--raw", "--format=float32le", "--rate=48000", "--channels=1", "--device=out.monitor", "--latency-msec=20"]
    process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.PIPE)
    data = process.stdout.read(int(seconds * RATE) * 4)
    process.terminate()
    process.communicate()
    return np.frombuffer(data, dtype="<f4")


def pitch(sound):
    """Which of the two notes sounds: only the lower one has anything at its own frequency, an octave below the other."""
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))

    def level(hertz):
        return spectrum[int(hertz * 0.98 * len(sound) / RATE) : int(hertz * 1.02 * len(sound) / RATE) + 2].max()

    assert max(level(220), level(440)) > 10 * level(311), "neither note"
    return 220 if level(220) > 0.3 * level(440) else 440


def test_the_recognised_category_sounds(card, tmp_path):
    run = Run(piece(tmp_path / "piece.starling"), environment=card)
    assert "It plays" in run.said("It plays")
    run.teach([1], [(0, 0), (0.1, 0)] * 3)
    run.teach([2], [(1, 1), (0.9, 1)] * 3)
    run.train()
    run.control("startRunning")
    time.sleep(1)
    for frame, hertz, label in (((1, 1), 440, 2), ((0, 0), 220, 1), ((1, 1), 440, 2)):
        assert run.ask(*frame) == [label]
        time.sleep(0.6)  # the note before dies away
        sound = recorded(card, 0.8)
        assert np.sqrt(np.mean(sound**2)) > 1e-3, "silence"
        assert pitch(sound) == hertz, f"{frame} must sound at {hertz} Hz"
    assert np.abs(sound).max() <= 1 and np.isfinite(sound).all()
    assert run.stop() == 0


def test_without_a_device_it_goes_on_silently(tmp_path):
    """One sentence, and everything else as ever."""
    run = Run(piece(tmp_path / "piece.starling"), environment={"PULSE_SERVER": "unix:/no/such/server", "XDG_RUNTIME_DIR": str(tmp_path)})
    assert run.said("There is no sound here").count("\n") == 0
    run.teach([1], [(0, 0)] * 3)
    run.teach([2], [(1, 1)] * 3)
    run.train()
    run.control("startRunning")
    assert run.ask(1, 1) == [2]
    assert run.stop() == 0
