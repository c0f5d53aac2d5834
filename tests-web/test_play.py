"""Play: choosing instruments and effects, by keyboard, and hearing them."""

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe

from studio import Studio


@pytest.fixture
def studio(page, server):
    return Studio(page, server.address).start()


def kinds(page, table: str):
    return page.evaluate("(table) => starling.ordered(table).map(({ kind }) => kind)", table)


def spectrum(studio) -> np.ndarray:
    sound = np.array(studio.output())
    return np.abs(np.fft.rfft(sound * np.hanning(len(sound))))


def add(page, label: str):
    """Chooses from the list as a keyboard does: focus, first letter. The list takes the first name that begins with it."""
    select = page.get_by_role("combobox", name="Add an instrument or effect")
    select.focus()
    page.wait_for_timeout(1100)  # letters typed within a second are one word to the list
    page.keyboard.type(label[0])
    page.wait_for_function("(label) => [...document.querySelectorAll('.rack h3 span')].some(({ textContent }) => textContent.startsWith(label))", arg=label)


def test_add_an_instrument_play_it_and_undo(page, studio):
    page.evaluate("starling.playing = false")
    page.wait_for_timeout(1500)
    add(page, "Synth")
    page.wait_for_function("() => starling.ordered('instruments').length === 2")
    assert kinds(page, "instruments") == ["choir", "subtractive"]
    page.get_by_role("slider", name="Cutoff").wait_for()
    # The choir is taken out, so that what sounds is the synthesiser alone.
    page.get_by_role("button", name="Remove Choir").press("Enter")
    page.wait_for_function("() => starling.ordered('instruments').length === 1")
    silent = spectrum(studio)
    page.evaluate("starling.noteOn(69, 1)")
    page.wait_for_timeout(900)
    heard = spectrum(studio)
    rate = page.evaluate("globalThis.outputTap.context.sampleRate")
    tone = heard[round(440 / rate * 16384) + np.arange(-3, 4)].max()
    assert tone > 100 * silent.max(), "the note is not heard"
    # Oscillators an octave apart and out of tune: which partial is the strongest changes by the moment.
    strongest = heard.argmax() / 16384 * rate / 220
    assert strongest == pytest.approx(round(strongest), abs=0.03) and 1 <= round(strongest) <= 8
    page.evaluate("starling.noteOff(69)")
    page.keyboard.press("Escape")
    page.evaluate("starling.undo()")
    page.evaluate("starling.undo()")
    page.wait_for_function("() => starling.ordered('instruments').map(({ kind }) => kind).join() === 'choir'")
    page.get_by_role("slider", name="Cutoff").wait_for(state="detached")


def test_what_is_there_is_not_offered_again(page, studio):
    offered = "[...document.querySelector('.add-rack').options].map(({ value }) => value)"
    assert "effects/reverb" not in page.evaluate(offered)
    page.get_by_role("button", name="Remove Space").click()
    page.wait_for_function("() => starling.ordered('effects').length === 0")
    assert "effects/reverb" in page.evaluate(offered)
    page.evaluate("starling.undo()")
    page.wait_for_function("() => starling.ordered('effects').length === 1")


def test_a_new_instrument_holds_the_chord_the_drums_do_not(page, studio):
    chord = page.evaluate("starling.ordered('instruments')[0].notes")
    add(page, "Mallets")
    page.wait_for_function("() => starling.ordered('instruments').length === 2")
    assert page.evaluate("starling.ordered('instruments')[1].notes") == chord
    add(page, "Drums")
    page.wait_for_function("() => starling.ordered('instruments').length === 3")
    assert page.evaluate("starling.ordered('instruments')[2].notes") == []
    whose = page.get_by_role("combobox", name="Whose notes")
    whose.select_option(label="Drums")
    page.get_by_role("combobox", name="Chord", exact=True).select_option(index=1)
    page.wait_for_function("() => starling.ordered('instruments')[2].notes.length > 0")
    assert page.evaluate("starling.ordered('instruments')[0].notes") == chord


def test_effects_are_put_in_order_by_keyboard(page, studio):
    for count, label in enumerate(("Echo", "Chorus"), start=2):
        add(page, label)
        page.wait_for_function("(count) => starling.ordered('effects').length === count", arg=count)
    assert kinds(page, "effects") == ["reverb", "delay", "chorus"]
    earlier = page.get_by_role("button", name="Move Chorus earlier")
    earlier.focus()
    for order in (["reverb", "chorus", "delay"], ["chorus", "reverb", "delay"]):
        page.keyboard.press("Enter")
        page.wait_for_function("(order) => starling.ordered('effects').map(({ kind }) => kind).join() === order", arg=",".join(order))
        page.wait_for_timeout(100)
        assert earlier.evaluate("(node) => node === document.activeElement"), "the keyboard has lost its place"
    # At the end there is nothing further, and the button says so without going away.
    assert earlier.get_attribute("aria-disabled") == "true"
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert kinds(page, "effects") == ["chorus", "reverb", "delay"]
    shown = page.evaluate("[...document.querySelectorAll('.rack')].map((card) => card.querySelector('h3 span').textContent)")
    assert shown[-3:] == ["Chorus", "Space", "Echo"]
    # One step back is one move.
    page.evaluate("starling.undo()")
    page.wait_for_function("() => starling.ordered('effects').map(({ kind }) => kind).join() === 'reverb,chorus,delay'")
    page.evaluate("starling.redo()")
    page.wait_for_function("() => starling.ordered('effects').map(({ kind }) => kind).join() === 'chorus,reverb,delay'")


def test_one_effect_needs_no_order(page, studio):
    page.get_by_role("button", name="Remove Space").wait_for()
    assert page.get_by_role("button", name="Move Space earlier").count() == 0


def test_the_driven_sound_is_heard(page, studio):
    """The drive makes harmonics that the choir does not have."""
    page.evaluate("starling.playing = false")
    page.wait_for_timeout(1500)
    page.get_by_role("combobox", name="Add an instrument or effect").select_option("effects/drive")
    page.wait_for_function("() => starling.ordered('effects').length === 2")
    assert page.get_by_role("slider", name="Character").count() == 1
    page.evaluate("starling.noteOn(57, 1)")
    page.wait_for_timeout(1500)
    rate = page.evaluate("globalThis.outputTap.context.sampleRate")

    def treble():
        heard = spectrum(studio) ** 2
        at = np.arange(len(heard)) / 16384 * rate
        return heard[at > 5000].sum() / heard.sum()

    page.get_by_role("slider", name="Drive", exact=True).focus()
    page.keyboard.press("Home")
    page.wait_for_timeout(900)
    clean = treble()
    page.keyboard.press("End")
    page.wait_for_timeout(900)
    assert treble() > 5 * clean
    page.evaluate("starling.noteOff(57)")


def test_a_full_rack_is_accessible(page, studio):
    for count, label in enumerate(("Synth", "FM", "Plucked", "Mallets", "Drums", "Wavetable"), start=2):
        add(page, label)
        page.wait_for_function("(count) => starling.ordered('instruments').length === count", arg=count, timeout=8000)
    for count, label in enumerate(("Echo", "Chorus", "Drive", "Filter", "Compressor", "Equaliser"), start=2):
        add(page, label)
        page.wait_for_function("(count) => starling.ordered('effects').length === count", arg=count, timeout=8000)
    results = Axe().run(page)
    assert not results.response["violations"], results.generate_report()
