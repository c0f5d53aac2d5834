"""Everything on the page does what it says: inputs, features, knobs, pads, takes and the last 30 seconds."""

import pytest

import media
from studio import Studio


@pytest.fixture
def studio(page, server):
    studio = Studio(page, server.address).start()
    page.wait_for_function("() => starling.bus.value('/listen/mic/loudness') > -60")
    return studio


def hold(page, key="1", milliseconds=700):
    page.keyboard.down(key)
    page.wait_for_timeout(milliseconds)
    page.keyboard.up(key)


def test_features_feed_the_model(page, studio):
    page.get_by_role("checkbox", name="Loudness", exact=True).click()
    page.wait_for_function("() => starling.ordered('models')[0].inputs.includes('loudness')")
    page.get_by_role("checkbox", name="Loudness", exact=True).click()
    page.wait_for_function("() => !starling.ordered('models')[0].inputs.includes('loudness')")


def test_test_tone_in_place_of_the_microphone(page, studio):
    page.get_by_role("combobox", name="Input").select_option("Test tone")
    page.wait_for_function("() => Math.abs(starling.bus.value('/listen/mic/pitch') - 69) < 0.1")
    assert "Hz" in page.get_by_role("meter", name="Brightness").inner_text()


def test_sound_file_in_place_of_the_microphone(page, studio):
    with page.expect_file_chooser() as chooser:
        page.get_by_role("combobox", name="Input").select_option("Sound file…")
    chooser.value.set_files(media.singing())
    page.wait_for_function("() => starling.input.kind === 'file' && starling.bus.value('/listen/mic/loudness') > -60")


def test_knob_by_mouse_moves_the_sound_and_can_be_undone(page, studio):
    knob = page.get_by_role("slider", name="Attack").first
    before = page.evaluate("starling.bus.value('/play/choir/attack')")
    box = knob.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] - 60, steps=10)
    page.mouse.up()
    page.wait_for_function("(before) => starling.bus.value('/play/choir/attack') > 1.2 * before", arg=before)
    page.keyboard.press("Control+z")
    page.wait_for_function("(before) => starling.bus.value('/play/choir/attack') < 1.01 * before", arg=before)


def test_knobs_move_as_the_model_drives_them(page, studio):
    knob = page.get_by_role("slider", name="Vowel")
    seen = set()
    for _ in range(40):
        seen.add(knob.get_attribute("aria-valuenow"))
        page.wait_for_timeout(100)
    assert len(seen) > 5, "the vowel stands still"


def test_a_grabbed_knob_stays_where_the_hand_put_it(page, studio):
    knob = page.get_by_role("slider", name="Vowel")
    knob.focus()
    page.keyboard.press("End")
    page.wait_for_function("() => starling.bus.value('/play/choir/vowel') > 3.9")
    page.wait_for_timeout(1500)
    assert page.evaluate("starling.bus.value('/play/choir/vowel')") > 3.9


def test_keep_the_last_seconds_after_they_happened(page, studio):
    page.wait_for_timeout(2000)
    count = studio.takes()
    page.get_by_role("button", name="Keep last 4 s").click()
    studio.message("Kept").wait_for()
    assert studio.takes() == count + 1
    assert page.evaluate("starling.ordered('takes').at(-1).seconds") > 1.5


def test_drag_over_a_moment_and_keep_it(page, studio):
    page.wait_for_timeout(4000)
    count = studio.takes()
    strip = page.get_by_role("slider", name="The last 30 seconds").bounding_box()
    y = strip["y"] + strip["height"] / 2
    page.mouse.move(strip["x"] + 0.92 * strip["width"], y)
    page.mouse.down()
    page.mouse.move(strip["x"] + 0.97 * strip["width"], y, steps=8)
    page.mouse.up()
    page.keyboard.press("k")
    studio.message("Kept").wait_for()
    assert studio.takes() == count + 1
    assert 0.5 < page.evaluate("starling.ordered('takes').at(-1).seconds") < 3


def test_hold_by_touch(page, studio):
    count = studio.takes()
    box = studio.pads.nth(1).bounding_box()
    touch = page.context.new_cdp_session(page)
    point = {"x": box["x"] + 40, "y": box["y"] + 40}
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    page.wait_for_timeout(700)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("(count) => Object.keys(starling.document.takes).length === count", arg=count + 1)
    assert page.evaluate("starling.ordered('takes').at(-1).category") == "hiss"


def test_delete_a_take_and_take_it_back(page, studio):
    hold(page)
    count = studio.takes()
    page.get_by_role("tab", name="Examples").click()
    page.locator(".take-open").first.click()
    page.locator(".take-editor").get_by_role("button", name="Delete").click()
    assert studio.takes() == count - 1
    page.keyboard.press("Control+z")
    assert studio.takes() == count


def test_add_rename_and_delete_a_pad(page, studio):
    page.get_by_role("button", name="Add a pad").click()
    page.wait_for_function("() => document.querySelectorAll('starling-pad').length === 4")
    page.get_by_role("button", name="Rename").click()
    page.keyboard.type("Whistle")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Teach Whistle, 0 examples").wait_for()
    page.get_by_role("group", name="Chosen pad").get_by_role("button", name="Delete").click()
    page.wait_for_function("() => document.querySelectorAll('starling-pad').length === 3")


@pytest.mark.parametrize("drive", ["Switch", "Follow"])
def test_every_drive_plays(page, studio, drive):
    page.get_by_role("button", name="How it learns").click()
    page.get_by_role("radio", name=drive).click()
    page.wait_for_function("(drive) => starling.ordered('models')[0].drive === drive", arg=drive.lower())
    page.wait_for_function("() => starling.training.progress === 1")
    page.wait_for_timeout(500)
    values = set()
    for _ in range(40):
        values.add(round(page.evaluate("starling.bus.value('/play/choir/vowel')"), 1))
        page.wait_for_timeout(100)
    assert len(values) > 2, f"{drive}: the vowel stands still at {values}"


def test_nearest_examples_learn_too(page, studio):
    page.get_by_role("button", name="How it learns").click()
    page.get_by_role("radio", name="Nearest examples").click()
    page.wait_for_function("() => starling.ordered('models')[0].kind === 'knn'")
    page.wait_for_function("() => starling.training.progress === 1 && starling.training.fit > 0.9")


def test_playing_can_be_stopped(page, studio):
    page.keyboard.press("p")
    page.wait_for_function("() => starling.bus.value('/play/master/meter') < -60", timeout=20000)
    page.keyboard.press("p")
    page.wait_for_function("() => starling.bus.value('/play/master/meter') > -50")
