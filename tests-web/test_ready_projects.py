"""The ready projects do what they say with sounds they have never heard, and open in the studio."""

import csv
import json
import subprocess
import sys

import numpy as np
import pytest

import media
from paths import ROOT, STARLING, WEB
from sounds import RATE, bands, fundamental, onsets, read_float_wav, write_wav
from studio import Studio

sys.path.insert(0, str(ROOT / "tools"))

from examples import breath_fm, clap_drums, table_marimba  # noqa: E402
from examples.sounds import AAH, HUM, MICROPHONES, Voice, heard, several, struck, sung  # noqa: E402

EXAMPLES = WEB / "examples"
READY = json.loads((EXAMPLES / "examples.json").read_text())
SUNG = {"hum": "m:m:m:m:", "hiss": "s:s:s:s:", "aah": "A:A:A:A:"}
MAXIMUM_BYTES = 80_000


class Performance:
    """What a project makes of a sound that begins after half a second."""

    def __init__(self, name: str, sound: np.ndarray, folder):
        source = write_wav(folder / "in.wav", np.concatenate([np.zeros(RATE // 2), sound]))
        target, bus = folder / "out.wav", folder / "bus.csv"
        subprocess.run([STARLING, "render", EXAMPLES / f"{name}.starling", source, target, "--bus", bus], check=True)
        with open(bus, newline="") as file:
            self.rows = list(csv.DictReader(file))
        self.sound = read_float_wav(target)[0][:, 0]

    def values(self, path: str, above: float = -40) -> np.ndarray:
        """A slot of the bus wherever the sound is louder than so many dB."""
        return np.array([float(row[path]) for row in self.rows if float(row["/listen/mic/loudness"]) > above])

    def certainty(self, model: str, categories) -> dict[str, float]:
        return {category: self.values(f"/learn/{model}/{category}/certainty").mean() for category in categories}

    def begun(self, model: str) -> list[tuple[float, int]]:
        """When which category was recognised anew."""
        labels = [(float(row["time"]), int(float(row[f"/learn/{model}/label"]))) for row in self.rows]
        return [now for before, now in zip([(0, -1), *labels], labels) if now[1] != before[1] and now[1] >= 0]


def best(certainty: dict[str, float]) -> str:
    return max(certainty, key=certainty.get)


class TestVoiceChoir:
    @pytest.mark.parametrize("pad", SUNG)
    def test_unheard_voices_are_recognised(self, tmp_path, pad):
        for voice in media.SPEAKERS:
            certainty = Performance("voice-choir", media.spoken(f"[[{SUNG[pad]}]]", voice), tmp_path).certainty("voice", SUNG)
            assert best(certainty) == pad, f"{voice[0]} singing {pad}: {certainty}"

    def test_each_sound_plays_another_choir(self, tmp_path):
        sounds = [media.spoken(f"[[{sound}]]", media.SPEAKERS[0]) for sound in SUNG.values()]
        colours = [bands(Performance("voice-choir", sound, tmp_path).sound[-RATE // 4 :]) for sound in sounds]
        for a, b in ((0, 1), (0, 2), (1, 2)):
            assert np.sqrt(np.mean((colours[a] - colours[b]) ** 2)) > 3, "two pads sound alike"


@pytest.mark.parametrize("category", table_marimba.TAPS)
def test_each_tap_plays_its_bar_once(tmp_path, category):
    modes, click = table_marimba.TAPS[category]
    taps = several(lambda seed: struck(modes, click, seed), range(500, 506), pause=0.3)
    played = Performance("table-marimba", taps, tmp_path)
    place = list(table_marimba.CATEGORIES).index(category)
    assert [label for _, label in played.begun("taps")] == [place] * 6
    last = int(played.begun("taps")[-1][0] * RATE)
    heard = played.sound[last + RATE // 20 : last + RATE // 4]
    note = table_marimba.CATEGORIES[category][1]
    assert 12 * np.log2(fundamental(heard) / 440) + 69 == pytest.approx(note, abs=0.3)


@pytest.mark.parametrize("category", clap_drums.CATEGORIES)
def test_unheard_claps_are_recognised(tmp_path, category):
    """Four of five, and what is doubtful rather launches nothing than something else."""
    count = 20
    played = Performance("clap-drums", several(clap_drums.SOUNDS[category], range(500, 500 + count), pause=0.5), tmp_path)
    labels = [label for _, label in played.begun("hands")]
    right = labels.count(list(clap_drums.CATEGORIES).index(category))
    assert right >= 0.8 * count and len(labels) - right <= 1, labels


@pytest.mark.parametrize("category", clap_drums.CATEGORIES)
def test_each_clap_launches_its_groove_on_the_beat(tmp_path, category):
    single = several(clap_drums.SOUNDS[category], range(500, 501))
    played = Performance("clap-drums", np.concatenate([single, np.zeros(5 * RATE)]), tmp_path)
    [(asked, label)] = played.begun("hands")
    assert label == list(clap_drums.CATEGORIES).index(category)
    # The transport runs from the beginning: the groove begins at the next beat and goes on.
    beat = 60 / clap_drums.TEMPO
    start = np.ceil(asked / beat) * beat
    signs = clap_drums.GROOVES[category][1].values()
    steps = np.array([max(clap_drums.velocities("".join(lane))) for lane in zip(*signs)])
    due = [start + step * beat / 4 for step in range(32) if steps[step % 16] >= 0.5 and start + step * beat / 4 < 5]
    found = onsets(played.sound)
    assert np.abs(played.sound[: int(start * RATE)]).max() < 1e-3, "it waits for the beat"
    for moment in due:
        assert np.abs(found - moment).min() < 0.004, f"nothing begins at {moment:.3f} s; {found}"
    step = beat / 4
    assert np.abs((found - start + step / 2) % step - step / 2).max() < 0.004, "all that begins lies on the grid"


def test_another_sound_takes_over(tmp_path):
    sounds = [np.concatenate([several(clap_drums.SOUNDS[each], [501]), np.zeros(2 * RATE)]) for each in ("clap", "stomp", "snap")]
    played = Performance("clap-drums", np.concatenate(sounds), tmp_path)
    assert [label for _, label in played.begun("hands")] == [0, 2, 1]
    for index, (asked, label) in enumerate(played.begun("hands")):
        later = min(played.rows, key=lambda row: abs(float(row["time"]) - asked - 1.5))
        playing = [float(later[f"/play/pattern/{each}/step"]) >= 0 for each in clap_drums.GROOVES]
        assert playing == [each == label for each in range(3)], index


def test_breath_shapes_the_sound(tmp_path):
    voice = Voice(180, 0.93, 77)
    breaths = {"breath": breath_fm.breathed(voice), "blow": breath_fm.blown(voice), "hum": media.spoken("[[m:m:m:m:]]", media.SPEAKERS[0])}
    colours = []
    for category, sound in breaths.items():
        played = Performance("breath-fm", 0.1 * np.tile(sound, 2) / np.sqrt(np.mean(sound**2)), tmp_path)
        assert best(played.certainty("air", breaths)) == category
        colours.append(bands(played.sound[-RATE // 4 :]))
    for a, b in ((0, 1), (0, 2), (1, 2)):
        assert np.sqrt(np.mean((colours[a] - colours[b]) ** 2)) > 3, "two breaths sound alike"


def test_humming_steers_the_cloud(tmp_path):
    for category, formants, pitch, position in (("low", HUM, 95, 0.08), ("high", HUM, 300, 0.66), ("open", AAH, 200, 0.36)):
        hummed = heard(sung(Voice(pitch, 0.9, 77), formants, 1.5, 0.02), MICROPHONES[0])
        cloud = Performance("hum-cloud", hummed, tmp_path)
        assert cloud.values("/play/granular/position")[-1] == pytest.approx(position, abs=0.12), category
        assert np.sqrt(np.mean(cloud.sound[-RATE:] ** 2)) > 4 * np.sqrt(np.mean(cloud.sound[: RATE // 2] ** 2)), "silence is soft"


def test_noise_paints(tmp_path):
    hues = {}
    for category, sound in SUNG.items():
        painted = Performance("noise-painter", np.tile(media.spoken(f"[[{sound}]]", media.SPEAKERS[1]), 2), tmp_path)
        light = np.array([float(row["/play/ink/light"]) for row in painted.rows])
        assert light[60:90].max() < 0.1, "silence is dark"
        assert light.max() > 0.4, "sound is light"
        hues[category] = painted.values("/play/ink/hue")[-1]
    assert hues["hiss"] < 0.4 < hues["hum"] < hues["aah"]


@pytest.mark.parametrize("project", READY, ids=lambda project: project["title"])
def test_it_opens_in_the_studio(page, server, project):
    studio = Studio(page, server.address).start()
    page.get_by_role("button", name="Project", exact=True).click()
    page.get_by_role("button", name="Ready projects…").click()
    page.get_by_role("dialog").get_by_role("button", name=project["title"], exact=True).press("Enter")
    page.get_by_text(f"Opened {project['title']}.").wait_for()
    document = page.evaluate("starling.document")
    assert document["project"]["project"]["name"] == project["title"]
    for category in document.get("categories", {}).values():
        page.get_by_role("button", name=category["name"]).first.wait_for()
    # Trained, and deciding about the voices at the microphone.
    model = next(iter(document["models"]))
    page.wait_for_function(f"() => starling.bus.value('/learn/{model}/certainty') > 0.3", timeout=20_000)
    if document.get("instruments"):
        page.wait_for_function("() => starling.bus.value('/play/master/meter') > -50", timeout=20_000)
    del studio


@pytest.mark.parametrize("project", READY, ids=lambda project: project["title"])
def test_it_is_small(project):
    assert (WEB / project["file"].lstrip("/")).stat().st_size <= MAXIMUM_BYTES
