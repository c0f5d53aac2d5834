"""Mapping and the plane: what moves what is seen, learned and edited, by keyboard alone; sounds are mixed by place and chosen by ear."""

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe

from studio import Studio

LOUDNESS = "/listen/mic/loudness"


@pytest.fixture
def studio(page, server):
    """A new project, so that no model moves what is mapped."""
    return Studio(page, server.address).begin_new().start()


def mappings(page):
    return page.evaluate("starling.ordered('mappings')")


def knob(page, name: str):
    return page.get_by_role("slider", name=name, exact=True)


def range_of(page, path: str, seconds: float = 2.5) -> tuple[float, float]:
    """Between which values a slot moves for a while."""
    return page.evaluate(
        """async ([path, seconds]) => {
            let [low, high] = [Infinity, -Infinity]
            const end = performance.now() + 1000 * seconds
            while (performance.now() < end) {
                const value = starling.bus.value(path)
                low = Math.min(low, value)
                high = Math.max(high, value)
                await new Promise((go) => setTimeout(go, 10))
            }
            return [low, high]
        }""",
        [path, seconds],
    )


def press(page, key: str, count: int = 1):
    for _ in range(count):
        page.keyboard.press(key)


def violations(page):
    results = Axe().run(page)
    return results.generate_report() if results.violations_count else ""


def map_vowel(page):
    """Maps the choir's vowel by its knob and the key M; the mapping's source has the focus then."""
    knob(page, "Vowel").focus()
    page.keyboard.press("m")
    page.get_by_role("combobox", name="Source of Choir: Vowel").wait_for()
    page.wait_for_function("() => document.activeElement.ariaLabel === 'Source of Choir: Vowel'")


def test_loudness_moves_a_knob_by_keyboard_alone(page, studio):
    still = range_of(page, "/play/choir/vowel", 1)
    assert still[1] - still[0] < 0.01
    map_vowel(page)
    assert [(m["source"], m["destination"]) for m in mappings(page)] == [(LOUDNESS, "choir/vowel")]
    # The whole way of the loudness is too long for speech: its beginning is moved up, from -100 dB by tens.
    begins = page.get_by_role("slider", name="Loudness → Choir: Vowel: begins at")
    begins.focus()
    press(page, "PageUp", 4)
    assert begins.get_attribute("aria-valuetext").endswith("dB")
    assert mappings(page)[0]["from"] == pytest.approx(-60, abs=0.1)
    low, high = range_of(page, "/play/choir/vowel")
    assert high - low > 0.5, f"speech moves the vowel from {low} to {high} only"
    # The knob says what moves it, not by colour alone.
    assert knob(page, "Vowel").get_attribute("aria-description") == "Moved by Loudness."
    assert "Loudness" in knob(page, "Vowel").get_attribute("title")
    # Off is off, on is on, and each is one step back.
    box = page.get_by_role("checkbox", name="On: Loudness → Choir: Vowel")
    box.press(" ")
    page.wait_for_function("() => starling.ordered('mappings')[0].active === false")
    page.wait_for_timeout(400)
    low, high = range_of(page, "/play/choir/vowel", 1)
    assert high - low < 0.01
    press(page, "Control+z", 2)
    assert mappings(page)[0]["active"] and mappings(page)[0]["from"] < -60, "one press and hold of a key after the other"
    page.get_by_role("button", name="Remove Loudness → Choir: Vowel").press("Enter")
    page.wait_for_function("() => starling.ordered('mappings').length === 0")
    assert page.evaluate("document.activeElement.textContent") == "+ Add a mapping"
    page.keyboard.press("Control+z")
    page.get_by_role("combobox", name="Source of Choir: Vowel").wait_for()


def test_a_source_is_learned_by_moving_it(page, studio):
    page.evaluate("""() => {
        const field = (field, value) => ({ table: 'controls', id: 'control-1', field, value })
        starling.apply({ name: 'A control', changes: [field('name', 'Lever'), field('source', 'midi'), field('message', 'controller')] })
    }""")
    page.evaluate("async () => { globalThis.controls = await starling.controls() }")
    map_vowel(page)
    page.evaluate("controls.set('control-1', 0.25)")
    # What moves all the time is no news: the microphone never stops talking.
    page.wait_for_timeout(4000)
    page.get_by_role("button", name="Learn", exact=True).press("Enter")
    assert page.get_by_role("button", name="Learn", exact=True).get_attribute("aria-pressed") == "true"
    page.evaluate("""async () => {
        for (let turn = 0; turn < 40; turn += 1) {
            controls.set('control-1', 0.25 + 0.5 * (turn % 2))
            await new Promise((go) => setTimeout(go, 40))
        }
    }""")
    page.get_by_text("Lever moved most.").wait_for()
    learned = mappings(page)[0]
    assert learned["source"] == "/listen/control/1"
    assert learned["from"] == pytest.approx(0.25, abs=0.01) and learned["to"] == pytest.approx(0.75, abs=0.01), "its way is fitted"
    page.evaluate("controls.set('control-1', 0.75)")
    page.wait_for_function("() => Math.abs(starling.bus.value('/play/choir/vowel') - 4) < 0.02")
    page.keyboard.press("Control+z")
    assert mappings(page)[0]["source"] == LOUDNESS


def test_a_source_that_is_gone_is_told_and_harms_nothing(page, studio):
    map_vowel(page)
    page.evaluate("""() => {
        const pad = starling.ordered('categories')[0].id
        const model = starling.ordered('models')[0].id
        const change = { table: 'mappings', id: starling.ordered('mappings')[0].id, field: 'source', value: `/learn/${model}/${pad}/certainty` }
        starling.apply({ name: 'Follow a pad', changes: [change] })
        starling.apply({ name: 'Delete', changes: [{ table: 'models', id: model, field: null, value: null }] })
    }""")
    page.get_by_text("Its source is gone").wait_for()
    assert "gone" in page.get_by_role("combobox", name="Source of Choir: Vowel").evaluate("(node) => node.selectedOptions[0].textContent")
    page.evaluate("starling.undo()")
    page.get_by_text("Its source is gone").wait_for(state="hidden")


def test_the_voice_plays_notes(page, studio):
    map_vowel(page)
    page.get_by_role("combobox", name="What Loudness moves").select_option("choir/note")
    page.get_by_role("combobox", name="Source of Choir: notes").select_option("/listen/mic/pitch")
    shown = mappings(page)[0]
    assert (shown["from"], shown["to"]) == (36, 84) and shown["low"] == pytest.approx(36 / 127)
    page.locator(".mapping summary").press("Enter")
    page.get_by_role("combobox", name="Scale").select_option("pentatonic")
    page.get_by_role("combobox", name="On", exact=True).select_option("2")
    assert mappings(page)[0]["scale"] == "pentatonic" and mappings(page)[0]["root"] == 2
    page.evaluate("starling.playing = false")
    page.wait_for_function("() => starling.bus.value('/play/master/meter') > -50", timeout=8000)
    assert not violations(page)


def plane_of_two(page):
    """Two sounds at the left and the right, put there by keyboard: a dark one and a bright one."""
    page.get_by_role("button", name="Plane: Use…").press("Enter")
    put = page.get_by_role("button", name="Put the present sound here")
    put.wait_for()
    cursor = page.get_by_role("slider", name="Cursor")
    for key, vowel, brightness in (("Home", 4, 0), ("End", 2, 1)):
        page.evaluate("""([vowel, brightness]) => {
            starling.bus.set('/play/choir/vowel', vowel)
            starling.bus.set('/play/choir/brightness', brightness)
        }""", [vowel, brightness])
        cursor.focus()
        page.keyboard.press(key)
        page.wait_for_timeout(500)
        if key == "End":  # what is there already must let the hand have its way
            for path, value in (("vowel", vowel), ("brightness", brightness)):
                page.evaluate("([path, value]) => starling.bus.set(`/play/choir/${path}`, value, { commit: false })", [path, value])
            page.wait_for_timeout(300)
        put.press("Enter")
    page.evaluate("['vowel', 'brightness'].forEach((name) => starling.bus.letGo(`/play/choir/${name}`))")
    return cursor


def centroid(studio) -> float:
    sound = np.array(studio.output())
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    rate = studio.page.evaluate("globalThis.outputTap.context.sampleRate")
    return float((power * np.fft.rfftfreq(len(sound), 1 / rate)).sum() / power.sum())


def test_the_plane_moves_the_sound(page, studio):
    page.evaluate("starling.playing = true")
    cursor = plane_of_two(page)
    points = page.evaluate("starling.ordered('points')")
    assert [(point["name"], point["x"]) for point in points] == [("Sound 1", 0), ("Sound 2", 1)]
    bright = page.evaluate("starling.bus.value('/play/choir/brightness')")
    page.wait_for_timeout(1500)
    heard_right = np.median([centroid(studio) for _ in range(5)])
    cursor.focus()
    page.keyboard.press("Home")
    page.wait_for_timeout(1500)
    heard_left = np.median([centroid(studio) for _ in range(5)])
    assert bright == pytest.approx(1, abs=0.01) and page.evaluate("starling.bus.value('/play/choir/brightness')") == pytest.approx(0, abs=0.01)
    assert heard_right > 1.5 * heard_left, f"{heard_left} Hz at the left, {heard_right} Hz at the right"
    # Half way it is half, and the cursor says where it is.
    press(page, "ArrowRight", 25)
    page.wait_for_function("() => Math.abs(starling.bus.value('/play/choir/brightness') - 0.5) < 0.02")
    page.wait_for_function("() => document.querySelector('starling-plane .cursor').getAttribute('aria-valuetext').startsWith('across 50 %')")
    # Each press is its own step back.
    page.keyboard.press("Control+z")
    page.wait_for_function("() => Math.abs(starling.bus.value('/play/plane/x') - 0.48) < 0.005")
    # A point is moved, given a preset, renamed, and removed.
    dot = page.get_by_role("slider", name="Point Sound 2")
    dot.focus()
    press(page, "ArrowLeft", 5)
    assert page.evaluate("starling.ordered('points')[1].x") == pytest.approx(0.9)
    page.get_by_role("combobox", name="Sound of the point").select_option(label="Glass")
    page.get_by_role("slider", name="Point Glass").wait_for()
    assert "choir/vowel" in page.evaluate("starling.ordered('points')[1].parameters")
    assert not violations(page)
    page.get_by_role("slider", name="Point Glass").press("Delete")
    page.wait_for_function("() => starling.ordered('points').length === 1")
    page.keyboard.press("Control+z")
    page.wait_for_function("() => starling.ordered('points').length === 2")


def test_the_plane_by_hand(page, studio):
    plane_of_two(page)
    plane = page.locator("starling-plane .field")
    plane.scroll_into_view_if_needed()
    box = plane.bounding_box()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.25 * box["width"], box["y"] + 0.25 * box["height"], steps=5)
    page.mouse.up()
    page.wait_for_function("() => Math.abs(starling.bus.value('/play/plane/x') - 0.25) < 0.02 && Math.abs(starling.bus.value('/play/plane/y') - 0.75) < 0.02")
    assert page.evaluate("starling.undoName") == "Move on the plane"
    # A pad's sound is then also where the cursor is: what it learns, moves on the plane.
    page.get_by_role("button", name="This sound for One").press("Enter")
    kept = page.evaluate("Object.values(starling.document.presets).find(({ parameter }) => parameter === 'plane/x')?.value")
    assert kept == pytest.approx(0.25, abs=0.02)
    page.keyboard.press("Control+z")
    steps = page.evaluate("starling.document.parameters['plane/x'].value")
    page.keyboard.press("Control+z")
    assert page.evaluate("starling.document.parameters['plane/x'].value") != steps, "a drag is one step"


def test_presets_by_ear(page, studio):
    presets = page.get_by_role("combobox", name="Presets of Choir")
    before = page.evaluate("[JSON.stringify(starling.document.parameters), starling.undoName]")
    vowel = page.evaluate("starling.bus.value('/play/choir/vowel')")
    presets.focus()
    press(page, "ArrowDown", 3)
    assert presets.evaluate("(node) => node.selectedOptions[0].textContent") == "Swell"
    page.wait_for_function("() => Math.abs(starling.bus.value('/play/choir/vowel') - 3.4) < 0.01")
    assert page.evaluate("[JSON.stringify(starling.document.parameters), starling.undoName]") == before, "nobody has kept it yet"
    page.keyboard.press("Escape")
    page.wait_for_function("(vowel) => Math.abs(starling.bus.value('/play/choir/vowel') - vowel) < 0.01", arg=vowel)
    press(page, "ArrowDown", 4)
    page.keyboard.press("Enter")
    page.wait_for_function("() => Math.abs(starling.bus.value('/play/choir/vowel') - 2) < 0.01")
    assert page.evaluate("starling.undoName") == "Choose Glass"
    page.keyboard.press("Control+z")
    assert page.evaluate("[JSON.stringify(starling.document.parameters), starling.undoName]") == before


@pytest.mark.parametrize("width", [360, 1440])
def test_every_width(page, server, width):
    page.set_viewport_size({"width": width, "height": 800})
    Studio(page, server.address).begin_new().start()
    plane_of_two(page)
    map_vowel(page)
    page.locator(".mapping summary").click()
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{wider} pixels to the side"
    for node in page.locator(".mapping select, .mapping button, .mapping input, starling-plane .dot").all():
        if box := node.bounding_box():
            assert box["x"] >= 0 and box["x"] + box["width"] <= width + 1
