"""Speech as the microphone: three words are taught through the page, recognised, and heard in the instrument."""

import numpy as np
import pytest

import chromium
import media
from paths import SPOKEN_DIGITS
from sounds import bands
from studio import Studio, sleep_until

RECOGNISED_SHARE = 0.9
LATENCY = 0.1  # from the microphone to the meters and the loudspeakers, generously
SILENT_LOUDNESS = 0.5


def teach(studio: Studio, script: media.Script, marker: float):
    """Holds each pad while its word is said: by mouse and by number key in turn."""
    mouse, keys = studio.page.mouse, studio.page.keyboard
    boxes = [pad.bounding_box() for pad in studio.pads.all()]
    for count, said in enumerate(script.teach):
        index = script.words.index(said.word)
        by_mouse = count // len(script.words) % 2 == 0
        if by_mouse:
            mouse.move(boxes[index]["x"] + 30, boxes[index]["y"] + 30)
        sleep_until(marker + said.start - 0.2)
        mouse.down() if by_mouse else keys.down(str(index + 1))
        sleep_until(marker + said.end + LATENCY)
        mouse.up() if by_mouse else keys.up(str(index + 1))


def listen(studio: Studio, script: media.Script, marker: float) -> list[np.ndarray]:
    """What the instrument sounds like at the end of each of the other words, as levels in bands."""
    colours = []
    for said in script.other:
        sleep_until(marker + said.end + LATENCY)
        colours.append(bands(np.array(studio.output())))
    return colours


def recognised(studio: Studio, script: media.Script, page_marker: float) -> list[str]:
    """For each of the other words, the pad that lit up most while it was loud enough to be heard."""
    seen = np.array(studio.seen())
    words = []
    for said in script.other:
        during = (seen[:, 0] > page_marker + said.start) & (seen[:, 0] < page_marker + said.end + LATENCY)
        certainty = seen[during & (seen[:, 1] > SILENT_LOUDNESS), 2:]
        words.append(script.words[int(certainty.sum(axis=0).argmax())])
    return words


def check_recognition(studio, script, page_marker):
    got = recognised(studio, script, page_marker)
    wanted = [said.word for said in script.other]
    right = np.mean([a == b for a, b in zip(got, wanted)])
    print(f"recognised {right:.0%}: {' '.join(got)}")
    assert right >= RECOGNISED_SHARE, f"wanted {' '.join(wanted)}, got {' '.join(got)}"


def check_colours(script: media.Script, colours: list[np.ndarray]):
    """The instrument's sounds differ between words by more than they do within a word."""
    words = [said.word for said in script.other]
    pairs = [(i, j) for i in range(len(words)) for j in range(i)]
    distance = {pair: np.sqrt(np.mean((colours[pair[0]] - colours[pair[1]]) ** 2)) for pair in pairs}
    within = np.mean([distance[i, j] for i, j in pairs if words[i] == words[j]])
    for a in range(len(script.words)):
        for b in range(a):
            both = {script.words[a], script.words[b]}
            between = np.mean([distance[i, j] for i, j in pairs if {words[i], words[j]} == both])
            print(f"{'/'.join(sorted(both))}: {between:.1f} dB apart, {within:.1f} dB within a word")
            assert between > within, f"{both} sound alike"


def session(studio: Studio, script: media.Script, teaching: bool):
    studio.watch()
    page_marker = studio.wait_for_marker()
    marker = page_marker + studio.clock()
    if teaching:
        teach(studio, script, marker)
        assert studio.takes() == len(script.teach)
    colours = listen(studio, script, marker)
    check_recognition(studio, script, page_marker)
    check_colours(script, colours)


def teach_and_come_back(playwright, server, folder, scripts):
    first, again = scripts
    with chromium.profile(playwright, folder, first.path) as context:
        page = context.new_page()
        account = chromium.Account(page)
        studio = Studio(page, server.address).begin_new().start()
        session(studio, first, teaching=True)
        account.check()
    with chromium.profile(playwright, folder, again.path) as context:
        page = context.new_page()
        account = chromium.Account(page)
        studio = Studio(page, server.address).start()
        assert studio.takes() == len(first.teach)
        session(studio, again, teaching=False)
        account.check()


def test_speech(playwright, server, tmp_path):
    teach_and_come_back(playwright, server, tmp_path / "profile", media.speech())


@pytest.mark.skipif(not SPOKEN_DIGITS.exists(), reason=f"no recordings of real people at {SPOKEN_DIGITS}")
@pytest.mark.parametrize("speaker", ["george", "jackson"])
def test_real_people(playwright, server, tmp_path, speaker):
    teach_and_come_back(playwright, server, tmp_path / "profile", media.digits(speaker))
