"""Sounds of the player's own: loading one, playing it at a pitch, finding it again, taking it from the memory."""

import io
import wave

import numpy as np
import pytest

from studio import Studio

TWO_INSTRUMENTS = "() => starling.ordered('instruments').length === 2"


@pytest.fixture
def studio(page, server):
    return Studio(page, server.address).start()


def wav(hertz: float, seconds: float = 3, rate: int = 44100) -> bytes:
    """Stereo, 16 bits, and the tone on both channels."""
    tone = 0.5 * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate)
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setparams((2, 2, rate, 0, "NONE", ""))
        writer.writeframes(np.round(np.stack([tone, tone], 1) * 32767).astype("<i2").tobytes())
    return file.getvalue()


def add_sampler(page):
    """The sampler alone, playing nothing."""
    page.evaluate("starling.playing = false")
    page.get_by_role("combobox", name="Add an instrument or effect").select_option("instruments/sampler")
    page.wait_for_function(TWO_INSTRUMENTS)
    page.get_by_role("button", name="Remove Choir").press("Enter")
    page.get_by_role("button", name="Remove Space").press("Enter")
    page.get_by_role("group", name="Sounds of Sampler").get_by_role("button", name="Load…").wait_for()


def load(page, name: str, data: bytes):
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Load…").press("Enter")
    chooser.value.set_files({"name": name, "mimeType": "audio/wav", "buffer": data})


def pitch(page, studio, note: int) -> float:
    """The strongest frequency while a note is held, in Hz, after half a second."""
    page.evaluate("(note) => starling.noteOn(note, 1)", note)
    page.wait_for_timeout(900)
    sound = np.array(studio.output())
    page.evaluate("(note) => starling.noteOff(note)", note)
    assert np.abs(sound).max() > 0.01, "nothing is heard"
    rate = page.evaluate("globalThis.outputTap.context.sampleRate")
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    return spectrum.argmax() * rate / len(sound)


def wait_taken(page):
    page.wait_for_timeout(600)


def test_load_a_sound_play_it_and_find_it_again(page, studio):
    add_sampler(page)
    built_in = pitch(page, studio, 60)
    assert built_in % 261.6 / 261.6 == pytest.approx(0, abs=0.03) or built_in % 261.6 / 261.6 > 0.97
    load(page, "bowl.wav", wav(500))
    studio.message("bowl.wav.* is in place 1").wait_for()
    wait_taken(page)
    assert pitch(page, studio, 60) == pytest.approx(500, rel=0.01)
    assert pitch(page, studio, 72) == pytest.approx(1000, rel=0.01)
    page.evaluate("starling.undo()")
    wait_taken(page)
    assert pitch(page, studio, 60) != pytest.approx(500, rel=0.05), "the built-in sound is back"
    page.evaluate("starling.redo()")
    page.get_by_label("Name of the sound").fill("Bowl")
    page.keyboard.press("Enter")
    page.wait_for_function("() => starling.ordered('sounds')[0].name === 'Bowl'")
    page.wait_for_function("() => starling.saved.state === 'saved'")
    file = bytes(page.evaluate("starling.exportProject().then((bytes) => Array.from(bytes))"))
    page.reload()
    again = Studio(page, page.url).start()
    page.get_by_label("Name of the sound").wait_for()
    assert page.get_by_label("Name of the sound").input_value() == "Bowl"
    wait_taken(page)
    assert pitch(page, again, 67) == pytest.approx(749.2, rel=0.01)
    page.get_by_role("button", name="Remove Bowl").press("Enter")
    page.wait_for_function("() => starling.ordered('sounds').length === 0")
    page.evaluate("(file) => starling.importProject(new Uint8Array(file))", list(file))
    wait_taken(page)
    assert pitch(page, again, 60) == pytest.approx(500, rel=0.01)


def test_a_file_that_is_no_sound_and_one_that_is_too_long(page, studio):
    add_sampler(page)
    load(page, "letter.wav", b"this is no sound")
    studio.message("letter.wav.* is not a sound file that the browser can read").wait_for()
    assert page.evaluate("starling.ordered('sounds').length") == 0
    load(page, "long.wav", wav(300, seconds=14, rate=48000))
    studio.message(r"long.wav.* is 14.0 s long: its first \d+\.\d s were kept").wait_for()
    wait_taken(page)
    assert pitch(page, studio, 60) == pytest.approx(300, rel=0.01)


def test_take_what_was_just_heard(page, studio):
    add_sampler(page)
    page.evaluate("starling.listen('tone')")
    page.wait_for_timeout(2500)
    page.get_by_label("How many of the last seconds").fill("1.5")
    page.get_by_role("button", name="Take the last").press("Enter")
    studio.message("is in place 1").wait_for()
    page.evaluate("starling.listen('none')")
    wait_taken(page)
    assert pitch(page, studio, 60) == pytest.approx(440, rel=0.01)
    assert pitch(page, studio, 48) == pytest.approx(220, rel=0.015)
