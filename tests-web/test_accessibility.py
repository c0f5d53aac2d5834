"""For everybody: no violations, everything by keyboard, every width, and little motion for who wants it."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from studio import Studio


# How many animations run that a person could see.
MOVING = """document.getAnimations().filter(({ playState, effect }) =>
    playState === 'running' && effect.getComputedTiming().duration > 10).length"""


def check_axe(page, state: str):
    results = Axe().run(page)
    assert results.violations_count == 0, f"{state}: {results.generate_report()}"


def test_no_violations_in_any_state(page, server):
    studio = Studio(page, server.address)
    page.get_by_role("button", name="Start", exact=True).wait_for()
    check_axe(page, "before the sound")
    studio.start()
    page.wait_for_timeout(1500)
    check_axe(page, "playing")
    page.keyboard.down("1")
    page.wait_for_timeout(400)
    check_axe(page, "teaching")
    page.keyboard.up("1")
    for tab in page.get_by_role("tab").all():
        tab.click()
        check_axe(page, f"tab {tab.inner_text()}")
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()
    check_axe(page, "help")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Project", exact=True).click()
    check_axe(page, "menu")
    page.get_by_role("button", name="New", exact=True).click()
    check_axe(page, "begin a new project?")


def press_until(page, name: str, key="Tab", most=80):
    """Moves the focus on until it rests on something with this name."""
    for _ in range(most):
        focused = page.evaluate("document.activeElement.ariaLabel || document.activeElement.textContent || ''")
        if name in focused:
            return
        page.keyboard.press(key)
    raise AssertionError(f"{name} can't be reached by {key}")


def test_teaching_by_keyboard_alone(page, server):
    studio = Studio(page, server.address)
    page.get_by_role("button", name="Start", exact=True).wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("group", name="Health of the sound").wait_for()
    count = studio.takes()
    for name in ("Hum", "Hiss", "Sing"):
        press_until(page, f"Teach {name}")
        page.keyboard.down(" ")
        page.wait_for_timeout(700)
        page.keyboard.up(" ")
    page.wait_for_function("(count) => Object.keys(starling.document.takes).length === count", arg=count + 3)
    page.keyboard.press("Control+z")
    assert studio.takes() == count + 2
    page.keyboard.press("k")
    studio.message("Kept").wait_for()


@pytest.mark.parametrize("width, height", [(360, 740), (768, 1024), (1440, 900), (1920, 1080)])
def test_every_width(page, server, width, height):
    page.set_viewport_size({"width": width, "height": height})
    studio = Studio(page, server.address).start()
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{wider} pixels to the side"
    for pad in studio.pads.all():
        box = pad.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["height"] >= 44


def test_little_motion(page, server):
    page.emulate_media(reduced_motion="reduce")
    Studio(page, server.address).start()
    page.wait_for_timeout(1000)
    assert page.evaluate(MOVING) == 0
