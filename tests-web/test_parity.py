"""The native program and engine.wasm make the same numbers, bit by bit, in every browser and with every block size."""

import base64
import csv
import json
import subprocess

import numpy as np
import pytest

import media
from paths import OUT, STARLING, WEB
from sounds import read_wav, write_wav

BLOCK_SIZES = (1, 13, 32, 127, 128, 129, 256, 500)
SECONDS = 6
EXAMPLE = "/examples/voice-choir.starling"
FOLDER = OUT / "parity"
SOUND = FOLDER / "speech.wav"

# Features of a sound: hop by hop, as the worklet would see them. No project is needed for it.
FEATURES = """([sound, columns]) => import('/units/engine-runs.js').then(async (runs) => {
    const samples = runs.soundOf(await runs.bytesAt(sound))
    const result = runs.run(await runs.engineWith({ plan: null, weights: [] }, 128), samples, 128, [...Array(columns).keys()])
    return runs.base64(result.rows)
})"""

RENDER = """([project, sound, blockSize, columns]) => import('/units/engine-runs.js').then(async (runs) => {
    const samples = runs.soundOf(await runs.bytesAt(sound))
    const trained = await runs.trained(await runs.bytesAt(project))
    const result = runs.run(await runs.engineWith(trained, blockSize), samples, blockSize, columns ? trained.slots : [])
    const [left, right, rows] = [result.left, result.right, result.rows].map(runs.base64)
    return { left, right, rows, grew: result.memoryGrew }
})"""

def native(*arguments):
    subprocess.run([STARLING, *map(str, arguments)], check=True)


def numbers(path) -> tuple[list[str], np.ndarray]:
    """A CSV file's columns and its 32-bit numbers; `time` is left out."""
    with open(path, newline="") as file:
        header, *rows = csv.reader(file)
    return header[1:], np.array([[np.float32(value) for value in row[1:]] for row in rows], np.float32)


def floats(text: str, columns: int | None = None) -> np.ndarray:
    values = np.frombuffer(base64.b64decode(text), "<f4")
    return values.reshape(-1, columns) if columns else values


def stereo(path) -> np.ndarray:
    """A WAV file of 32-bit floats: the program writes its header first and nothing behind the sound."""
    data = path.read_bytes()
    begin = data.index(b"data") + 8
    return np.frombuffer(data[begin:], "<f4").reshape(-1, 2)


@pytest.fixture(scope="module")
def sound():
    speech, _ = read_wav(media.babble())
    return write_wav(SOUND, speech[: 48000 * SECONDS])


@pytest.fixture
def harness(page, files):
    page.goto(f"{files.address}/units/index.html")
    return page


@pytest.fixture(scope="module")
def played(sound):
    """What the native program plays: the sound and the bus."""
    target, bus = FOLDER / "native.wav", FOLDER / "native.csv"
    native("render", WEB / EXAMPLE[1:], sound, target, "--bus", bus)
    return stereo(target), *numbers(bus)


def same(a: np.ndarray, b: np.ndarray, what: str):
    assert a.shape == b.shape, f"{what}: {a.shape} against {b.shape}"
    differing = np.flatnonzero(a.ravel().view(np.uint32) != b.ravel().view(np.uint32))
    assert differing.size == 0, f"{what}: {differing.size} of {a.size} differ, first at {differing[0]}"


def test_features(harness, sound):
    native("extract", sound, "--out", FOLDER / "features.csv")
    columns, rows = numbers(FOLDER / "features.csv")
    heard = floats(harness.evaluate(FEATURES, ["/out/parity/speech.wav", len(columns)]), len(columns))
    # The program begins with the first whole frame, the engine's fourth, and ends with the last sample, which the
    # engine analyses with the next.
    assert len(rows) == len(heard) - 2
    same(rows[:-1], heard[3:], "features")


@pytest.mark.parametrize("block_size", BLOCK_SIZES)
def test_rendered_sound(harness, played, block_size):
    result = harness.evaluate(RENDER, [EXAMPLE, "/out/parity/speech.wav", block_size, 0])
    same(floats(result["left"]), played[0][:, 0], "left")
    same(floats(result["right"]), played[0][:, 1], "right")
    assert not result["grew"], "the engine's memory grew while it played"


def test_bus(harness, played):
    """Features, certainties, map positions and knobs. In blocks of a tick, since knobs move with every tick."""
    _, columns, rows = played
    result = harness.evaluate(RENDER, [EXAMPLE, "/out/parity/speech.wav", 32, len(columns)])
    same(rows, floats(result["rows"], len(columns)), "bus")


KINDS = """([project, kinds]) => import('/units/engine-runs.js').then(async (runs) =>
    runs.base64(await runs.threeKinds(await runs.bytesAt(project), kinds)))"""


def kinds_of_model():
    """Every kind of the catalogue for every task, three at a time: for a choice, a knob and gestures."""
    listed = json.loads(subprocess.run([STARLING, "train", "--list", "--json"], capture_output=True, check=True).stdout)
    tasks = [[kind["name"] for kind in listed["models"] if task in kind["tasks"]]
             for task in ("categories", "continuous", "gestures")]
    return [[kinds[i % len(kinds)] for kinds in tasks] for i in range(max(map(len, tasks)))]


@pytest.mark.parametrize("kinds", kinds_of_model(), ids="-".join)
def test_every_kind_of_model(harness, sound, kinds):
    """A choice, a knob and gestures from the same takes: the file that the page made plays the same natively."""
    made = base64.b64decode(harness.evaluate(KINDS, [EXAMPLE, kinds]))
    project = FOLDER / "kinds.starling"
    project.write_bytes(made)
    native("render", project, sound, FOLDER / "kinds.wav", "--bus", FOLDER / "kinds.csv")
    columns, rows = numbers(FOLDER / "kinds.csv")
    # Other voices than those that taught it: a kind may well hear no gesture among them.
    moving = ["/learn/size/scale", "/learn/turns/novelty", "/learn/voice/certainty"]
    for path in moving + (["/learn/turns/rise/phase"] if kinds[2] == "hmm" else []):
        assert np.ptp(rows[:, columns.index(path)]) > 0, f"{path} does not move"
    result = harness.evaluate(RENDER, ["/out/parity/kinds.starling", "/out/parity/speech.wav", 32, len(columns)])
    same(rows, floats(result["rows"], len(columns)), "bus")


@pytest.mark.parametrize("part", ("engine", "training", "document"))
def test_imports_only_its_memory(harness, part):
    assert harness.evaluate(f"import('/units/engine-runs.js').then((runs) => runs.imports('{part}'))") == ["env.memory"]


def check_browser(browser, files, played):
    browser.goto(f"{files.address}/units/index.html")
    arguments = f'["{EXAMPLE}", "/out/parity/speech.wav", 128, 0]'
    result = browser.evaluate(f"({RENDER})({arguments})")
    same(floats(result["left"]), played[0][:, 0], "left")
    same(floats(result["right"]), played[0][:, 1], "right")


def test_firefox(firefox, files, played):
    check_browser(firefox, files, played)


def test_webkit(webkit, files, played):
    check_browser(webkit, files, played)
