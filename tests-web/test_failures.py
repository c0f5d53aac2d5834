"""When something is missing, the page says what to do and stays alive."""

import re

import pytest

import chromium
import media
from studio import Studio

NO_WORKLET = "delete globalThis.AudioWorkletNode; delete BaseAudioContext.prototype.audioWorklet"

# Keeps hold of the microphone, so that a test can pull its plug.
KEEP_STREAM = """
    const { mediaDevices } = navigator
    const ask = mediaDevices.getUserMedia.bind(mediaDevices)
    mediaDevices.getUserMedia = async (wishes) => (globalThis.microphone = await ask(wishes))
"""

# What a message must tell: a thing to do.
ADVICE = re.compile(r"allow|choose|plug|connect|use |open|reload|try|click|serve|update", re.IGNORECASE)


def alive(studio: Studio):
    """Pads, menu and knobs can still be used."""
    studio.page.get_by_role("button", name="Project", exact=True).click()
    studio.page.get_by_role("button", name="Keys and help").click()
    studio.page.get_by_role("dialog").wait_for()
    studio.page.keyboard.press("Escape")
    assert studio.pads.count() == 3


def advised(studio: Studio, words: str):
    notice = studio.message(words)
    notice.wait_for()
    sentence = notice.locator("p").inner_text()
    print(sentence)
    assert ADVICE.search(sentence), f"no advice in: {sentence}"


def pressed_start(page, address) -> Studio:
    studio = Studio(page, address)
    page.get_by_role("button", name="Start", exact=True).click()
    return studio


def test_microphone_refused(playwright, server):
    flags = ["--use-fake-device-for-media-stream", "--deny-permission-prompts"]
    with chromium.browser(playwright, more=flags) as browser:
        studio = pressed_start(browser.new_page(), server.address)
        advised(studio, "microphone")
        alive(studio)


def test_microphone_absent(playwright, server):
    with chromium.browser(playwright, more=["--use-fake-ui-for-media-stream"]) as browser:
        studio = pressed_start(browser.new_page(), server.address)
        advised(studio, "microphone")
        alive(studio)


def test_microphone_unplugged_in_use(page, server):
    page.add_init_script(KEEP_STREAM)
    studio = Studio(page, server.address).start()
    page.wait_for_function("() => globalThis.microphone")
    page.evaluate("""() => {
        const [track] = globalThis.microphone.getAudioTracks()
        track.stop()
        track.dispatchEvent(new Event('ended'))
    }""")
    advised(studio, "not there any more")
    alive(studio)


def test_no_audio_worklet(page, server):
    page.add_init_script(NO_WORKLET)
    studio = pressed_start(page, server.address)
    advised(studio, "browser")
    alive(studio)


def test_no_isolation(playwright, plain_files):
    with chromium.browser(playwright, media.babble()) as browser:
        page = browser.new_page()
        account = chromium.Account(page)
        studio = Studio(page, plain_files.address).start()
        assert page.evaluate("[crossOriginIsolated, starling.health.memory]") == [False, "copied"]
        page.wait_for_function("() => starling.bus.value('/listen/mic/loudness') > -60")
        page.keyboard.down("1")
        page.wait_for_timeout(700)
        page.keyboard.up("1")
        page.wait_for_function("() => starling.training.milliseconds !== null")
        studio.message("isolated").wait_for()
        alive(studio)
        account.check()


@pytest.mark.parametrize("part", ("engine", "document"))
def test_engine_cannot_be_loaded(page, server, part):
    page.route(f"**/{part}.wasm", lambda route: route.abort())
    page.account.expect(part)
    page.account.expect("engine")
    page.goto(server.address)
    page.get_by_text(re.compile("engine could not be loaded.*(reload|newer browser)", re.IGNORECASE)).first.wait_for()


def test_training_cannot_be_loaded(page, server):
    """Everything but learning works, the export too."""
    page.route("**/training.wasm", lambda route: route.abort())
    page.account.expect("training")
    studio = Studio(page, server.address).start()
    advised(studio, "training.wasm")
    alive(studio)
    assert page.evaluate("starling.exportProject().then((bytes) => bytes.length)") > 1000
