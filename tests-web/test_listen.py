"""Listen: derived features, calibration, settings and what is said of a level, by keyboard, with a microphone that talks."""

import pytest

from studio import Studio
from test_accessibility import check_axe


@pytest.fixture
def studio(page, server):
    return Studio(page, server.address).begin_new().start()


def derived(page):
    return page.evaluate("starling.ordered('derived')")


def press(page, name: str):
    page.get_by_role("button", name=name, exact=True).press("Enter")


def test_derive_from_a_feature_change_and_remove_it(page, studio):
    press(page, "Derive from Loudness")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="What is made of it").select_option("mean")
    dialog.get_by_role("spinbutton", name="Seconds").fill("1")
    dialog.get_by_role("button", name="Add", exact=True).press("Enter")
    page.wait_for_function("() => starling.ordered('derived').length === 1")
    [record] = derived(page)
    assert (record["source"], record["kind"], record["seconds"]) == ("loudness", "mean", 1)
    assert "derived-1" in page.evaluate("starling.ordered('models')[0].inputs")
    row = page.locator("[data-derived=derived-1]")
    row.get_by_role("meter").wait_for()
    # It moves, more calmly than what it follows.
    page.wait_for_timeout(2500)
    spread = page.evaluate("""() => ['/listen/mic/loudness', '/listen/derived/1'].map((path) => {
        const { min, max } = starling.memory.read(path, { from: 1.5, to: 0, points: 40 })
        return Math.max(...max.filter(Number.isFinite)) - Math.min(...min.filter(Number.isFinite))
    })""")
    assert 0 < spread[1] < spread[0], spread
    press(page, f"Change {record['name']}")
    dialog.get_by_role("spinbutton", name="Seconds").fill("0.1")
    dialog.get_by_role("spinbutton", name="Seconds").press("Tab")
    page.wait_for_function("() => starling.document.derived['derived-1'].seconds === 0.1")
    check_axe(page, "a dialog of Listen")
    dialog.get_by_role("button", name="Done").press("Enter")
    press(page, f"Remove {record['name']}")
    page.wait_for_function("() => starling.ordered('derived').length === 0")
    assert "derived-1" not in page.evaluate("starling.ordered('models')[0].inputs")
    page.keyboard.press("Control+z")
    page.wait_for_function("() => starling.ordered('derived').length === 1")
    assert "derived-1" in page.evaluate("starling.ordered('models')[0].inputs")


def test_a_history_is_several_and_is_learned_from(page, studio):
    press(page, "Derive from Brightness")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="What is made of it").select_option("history")
    dialog.get_by_role("spinbutton", name="Seconds").fill("0.4")
    dialog.get_by_role("button", name="Add", exact=True).press("Enter")
    page.wait_for_function("() => starling.ordered('derived').length === 4")
    assert [round(one["seconds"], 3) for one in derived(page)] == [0.1, 0.2, 0.3, 0.4]
    # A take records them, and the model is trained with them.
    page.wait_for_timeout(1500)
    columns = page.evaluate("""() => {
        const [first, second] = starling.ordered('categories')
        starling.keep({ from: 1, to: 0.6 }, first.id)
        starling.keep({ from: 0.5, to: 0 }, second.id)
        return starling.ordered('takes').map(({ columns }) => columns.at(-1))
    }""")
    assert columns == ["derived-4", "derived-4"]
    page.wait_for_function("() => starling.training.models[0]?.examples > 10")


def test_calibrate_learns_the_range_and_can_be_undone(page, studio):
    press(page, "Calibrate…")
    dialog = page.get_by_role("dialog")
    use = dialog.get_by_role("button", name="Use this range")
    assert use.is_disabled()
    dialog.get_by_role("button", name="Listen for 6 s").press("Enter")
    dialog.get_by_text("Your range:").wait_for(timeout=20_000)
    check_axe(page, "a dialog of Listen")
    use.press("Enter")
    page.wait_for_function("() => starling.ordered('derived').length === 1")
    [record] = derived(page)
    assert record["kind"] == "scale" and -100 < record["low"] < record["high"] < 0, record
    page.wait_for_function("() => starling.bus.value('/listen/derived/1') > 0.2")
    page.keyboard.press("Control+z")
    page.wait_for_function("() => starling.ordered('derived').length === 0")


def test_settings_are_taken_over_while_the_sound_runs(page, studio):
    before = page.evaluate("starling.bus.value('/listen/mic/mfcc-1')")
    press(page, "Settings…")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Timbre as in").select_option("meyda")
    dialog.get_by_role("combobox", name="Moment looked at").select_option("2048")
    dialog.get_by_role("combobox", name="A beginning is").select_option("complex")
    page.wait_for_function("() => starling.document.listening.listening.frame === 2048")
    assert dialog.get_by_role("spinbutton", name="Mel bands").input_value() == "26"
    check_axe(page, "a dialog of Listen")
    # Meyda's first coefficient is never below 0; Starling's own is, for everyday loudness.
    page.wait_for_function("() => starling.running && starling.bus.value('/listen/mic/loudness') > -50")
    assert before < 0 or before is None
    page.wait_for_function("() => starling.bus.value('/listen/mic/mfcc-1') > 0")
    dialog.get_by_role("button", name="Done").press("Enter")
    assert studio.page.locator(".notice.error").count() == 0


def test_what_is_wrong_with_the_level_is_said(page, studio):
    status = page.locator("#listen .warning")
    page.evaluate("starling.listen('none')")
    status.filter(has_text="The input is off").wait_for()
    # A microphone that is muted: its track gives silence.
    page.evaluate("""async () => {
        navigator.mediaDevices.getUserMedia = async () => {
            const context = new AudioContext()
            globalThis.gain = new GainNode(context, { gain: 0 })
            const tone = new OscillatorNode(context, { frequency: 300 })
            const target = context.createMediaStreamDestination()
            tone.connect(gain).connect(target)
            tone.start()
            return target.stream
        }
        await starling.listen('microphone')
    }""")
    status.filter(has_text="Nothing arrives").wait_for(timeout=20_000)
    page.evaluate("gain.gain.value = 0.001")
    status.filter(has_text="Too quiet: nothing above").wait_for(timeout=20_000)
    page.evaluate("gain.gain.value = 1")
    status.filter(has_text="Too loud").wait_for(timeout=20_000)
