"""The stage: a picture, pads and names alone, by pointer, keys and one switch."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from studio import Studio
from test_visuals import ADD, DRAWN

# Counts what is asked of the browser to keep the screen awake.
WAKE_LOCK = """
    globalThis.awake = 0
    Object.defineProperty(navigator, 'wakeLock', { value: { request: async () => {
        globalThis.awake += 1
        return { release: async () => { globalThis.awake -= 1 } }
    } } })
"""


@pytest.fixture
def stage(page, server):
    page.add_init_script(WAKE_LOCK)
    Studio(page, server.address).start()
    return page.get_by_role("region", name="Perform")


def check_axe(page):
    results = Axe().run(page)
    assert not results.response["violations"], results.generate_report()


def test_there_and_back_by_keyboard(page, stage):
    page.evaluate(ADD, "ink")
    page.locator(".picture starling-picture").wait_for()
    check_axe(page)
    page.keyboard.press("f")
    stage.wait_for()
    page.locator(".perform .wall starling-picture").wait_for()
    assert page.evaluate("document.querySelector('main').inert && document.querySelector('header').inert")
    assert page.evaluate("globalThis.awake") == 1
    page.wait_for_function("() => document.fullscreenElement === document.documentElement")
    wall, window = page.locator(".perform canvas").bounding_box(), page.viewport_size
    assert (wall["width"], wall["height"]) == (window["width"], window["height"])
    assert page.evaluate(DRAWN) > 30
    check_axe(page)
    page.keyboard.press("Escape")
    stage.wait_for(state="hidden")
    page.locator(".picture starling-picture").wait_for()
    assert page.evaluate("!document.querySelector('main').inert && document.fullscreenElement === null")
    assert page.evaluate("document.activeElement.textContent") == "Perform"
    page.wait_for_function("() => globalThis.awake === 0")


def test_one_press_keeps_a_sound_and_another_gives_it_back(page, stage):
    page.get_by_role("button", name="Perform").click()
    stage.wait_for()
    pad = stage.get_by_role("button", name="Sing: aah")
    kept, free = (stage.get_by_role("button", name="Sing: aah", pressed=pressed) for pressed in (True, False))
    preset = page.evaluate("""starling.ordered('presets').find(({ category, parameter }) =>
        parameter === 'choir/vowel' && category === starling.ordered('categories')[2].id).value""")
    pad.focus()
    page.keyboard.press("Enter")
    kept.wait_for()
    page.wait_for_timeout(500)
    # Whatever is recognised meanwhile: the microphone does not stop talking.
    for _ in range(8):
        page.wait_for_timeout(250)
        assert page.evaluate("starling.bus.value('/play/choir/vowel')") == pytest.approx(preset, abs=0.05)
    page.keyboard.press("Enter")
    free.wait_for()
    page.wait_for_function("(preset) => Math.abs(starling.bus.value('/play/choir/vowel') - preset) > 0.2", arg=preset)
    page.keyboard.press("1")
    stage.get_by_role("button", name="Hum: mmm", pressed=True).wait_for()
    takes = page.evaluate("Object.keys(starling.document.takes).length")
    page.keyboard.down(" ")
    page.wait_for_timeout(400)
    page.keyboard.up(" ")
    assert page.evaluate("Object.keys(starling.document.takes).length") == takes, "nothing is taught on the stage"


def test_without_a_picture_it_shows_name_and_level(page, stage):
    page.get_by_role("button", name="Perform").click()
    stage.wait_for()
    page.wait_for_function("() => document.querySelector('.name-board').textContent !== ''")
    names = page.evaluate("starling.ordered('categories').map(({ name }) => name)")
    assert page.locator(".name-board").inner_text() in names
    height = page.locator(".name-board").evaluate("(board) => parseFloat(getComputedStyle(board).fontSize)")
    assert height > 100
    page.wait_for_function("() => /scaleX\\(0\\.[3-9]/.test(document.querySelector('.loud i').style.transform)")
    check_axe(page)
    for label, what in (("Name", ".name-board"), ("Pads", ".stage-pads")):
        switch = stage.get_by_role("button", name=re.compile(f"{label}$"))
        switch.press("Enter")
        assert switch.get_attribute("aria-pressed") == "false"
        page.locator(what).wait_for(state="hidden")
    stage.get_by_role("group", name="Health of the sound").wait_for()


def test_pictures_in_turn_and_gone_while_shown(page, stage):
    for name in ("ink", "type"):
        page.evaluate(ADD, name)
    page.wait_for_function("() => document.querySelectorAll('.picture starling-picture').length === 2")
    page.get_by_role("button", name="Perform").click()
    stage.wait_for()
    shown = page.locator(".perform starling-picture")
    assert shown.get_attribute("aria-label") == "Ink"
    stage.get_by_role("button", name="Next picture").press("Enter")
    assert shown.get_attribute("aria-label") == "Words"
    page.locator(".name-board").wait_for(state="hidden")  # the picture says it
    page.evaluate("starling.apply({ name: 'Remove', changes: [{ table: 'visuals', id: 'type', field: null, value: null }] })")
    page.wait_for_function("() => document.querySelector('.perform starling-picture')?.getAttribute('aria-label') === 'Ink'")
    assert page.locator("starling-picture").count() == 1


def test_pointer_and_tools_leave_the_picture(page, stage):
    page.get_by_role("button", name="Perform").click()
    stage.wait_for()
    page.mouse.move(400, 300)
    page.wait_for_function("() => document.querySelector('.perform').dataset.still === ''")
    assert stage.evaluate("(node) => getComputedStyle(node).cursor") == "none"
    page.wait_for_function("() => getComputedStyle(document.querySelector('.tool-bar')).opacity === '0'")
    page.mouse.move(420, 310)
    page.wait_for_function("() => getComputedStyle(document.querySelector('.tool-bar')).opacity === '1'")
    stage.get_by_role("button", name="Back to the studio").click()
    stage.wait_for(state="hidden")
