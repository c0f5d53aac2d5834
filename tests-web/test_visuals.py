"""Pictures: each draws, follows its knobs and the sound, never flashes; without a graphics card the sound goes on."""

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe

import chromium
from paths import UNITS
from studio import Studio
from test_realtime import FOLLOW_SOUND

PIECES = ["ink", "particles", "tunnel", "scope", "type", "tiles"]

# How different frames must be on average, of 255, to be called different; the same frame twice differs by 0.
SEEN = 0.15

NO_WEBGL = """
    const getContext = HTMLCanvasElement.prototype.getContext
    HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
        return kind === 'webgl2' ? null : getContext.call(this, kind, ...rest)
    }
"""

# What the player's project gets by one command.
ADD = """(name) => starling.apply({ name: 'Add', changes: [
    { table: 'visuals', id: name, field: 'kind', value: name }, { table: 'visuals', id: name, field: 'name', value: name },
] })"""

# Whether what a picture in the page shows is not one colour.
DRAWN = """() => new Promise((resolve) => requestAnimationFrame(() => {
    const canvas = document.querySelector('starling-picture canvas')
    const copy = Object.assign(document.createElement('canvas'), { width: 64, height: 36 })
    const context = copy.getContext('2d')
    document.querySelector('starling-picture').stage.step(0.016)
    context.drawImage(canvas, 0, 0, 64, 36)
    const { data } = context.getImageData(0, 0, 64, 36)
    const greens = data.filter((_, index) => index % 4 === 2)
    resolve(Math.max(...greens) - Math.min(...greens))
}))"""


@pytest.fixture(scope="module")
def pictures(chromium_browser, server):
    """A page that plays pictures step by step: `pictures('call', …)` runs a function of units/pictures.js."""
    context = chromium_browser.new_context(service_workers="block")
    page = context.new_page()
    account = chromium.Account(page)
    Studio(page, server.address).dismiss()
    source = (UNITS / "pictures.js").read_text()
    page.route("**/units/pictures.js", lambda route: route.fulfill(body=source, content_type="text/javascript"))
    page.evaluate("import('/units/pictures.js').then((module) => { globalThis.pictures = module })")
    yield page
    context.close()
    account.check()


def difference(pictures, name, one: dict, other: dict) -> float:
    return pictures.evaluate(
        """async ([name, one, other]) =>
            pictures.difference(await pictures.frame(name, one), await pictures.frame(name, other))""",
        [name, one, other],
    )


@pytest.mark.parametrize("name", PIECES)
def test_a_picture_draws_and_light_0_is_black(pictures, name):
    bright = pictures.evaluate("async (name) => Array.from(await pictures.frame(name))", name)
    dark = pictures.evaluate("async (name) => Array.from(await pictures.frame(name, { values: { light: 0 } }))", name)
    colours = [np.array(pixels).reshape(-1, 4)[:, :3].max(axis=1) for pixels in (bright, dark)]
    drawn = np.mean(colours[0] > 40)
    print(f"{name}: {drawn:.1%} of the picture is lit, brightest {colours[0].max()}")
    assert drawn > 0.01 and colours[0].max() > 90
    assert colours[1].max() <= 2


@pytest.mark.parametrize("name", PIECES)
def test_every_knob_changes_the_picture(pictures, name):
    assert difference(pictures, name, {}, {}) == 0, "a picture must be the same each time, or nothing can be measured"
    parameters = pictures.evaluate("(name) => starling.catalogue.visuals.find((info) => info.name === name).parameters", name)
    for one in parameters:
        ends = [{"values": {one["name"]: one[end]}} for end in ("minimum", "maximum")]
        changed = difference(pictures, name, *ends)
        print(f"{name}/{one['name']}: {changed:.2f}")
        # Red is at both ends of the hues.
        if one["name"] == "hue":
            changed = difference(pictures, name, {"values": {"hue": 0.1}}, {"values": {"hue": 0.6}})
        assert changed > SEEN, one["name"]


@pytest.mark.parametrize("name", PIECES)
def test_it_moves_with_the_sound(pictures, name):
    moved = difference(pictures, name, {"energy": 0}, {"energy": 0.9})
    deaf = {"values": {"response": 0}}
    still = difference(pictures, name, {"energy": 0, **deaf}, {"energy": 0.9, **deaf})
    print(f"{name}: {moved:.2f} by the sound, {still:.2f} without response")
    assert moved > 2 * SEEN
    if name != "scope":  # what it draws is the sound
        assert still == 0


@pytest.mark.parametrize("name", PIECES)
def test_little_motion_is_slower(pictures, name):
    usual, calm = [pictures.evaluate("([name, isCalm]) => pictures.motion(name, isCalm)", [name, calm]) for calm in (False, True)]
    print(f"{name}: frames a sixth of a second apart differ by {usual:.3f}, with little motion {calm:.3f}")
    assert 0 < calm < 0.5 * usual


def flashes(luminance: np.ndarray) -> int:
    """The most flashes within a second: pairs of opposing changes of 0.1 or more, the darker below 0.8 (WCAG 2.3.1)."""
    low = high = luminance[0]
    direction = 0
    turns = []
    for index, value in enumerate(luminance):
        low, high = min(low, value), max(high, value)
        if direction <= 0 and value - low >= 0.1 and low < 0.8:
            direction, high = 1, value
            turns.append(index)
        elif direction >= 0 and high - value >= 0.1 and value < 0.8:
            direction, low = -1, value
            turns.append(index)
    moments = np.array(turns)
    return max((int(np.sum((moments >= begin) & (moments < begin + 60))) // 2 for begin in moments), default=0)


def most_flashes(pictures, name, hertz, is_bare=False) -> int:
    seen = np.array(pictures.evaluate("(args) => pictures.wildness(...args)", [name, hertz, is_bare]))
    swing = (seen.max(axis=0) - seen.min(axis=0)).max()
    most = max(flashes(part) for part in seen.T)
    print(f"{name} at {hertz} Hz: brightness of a part moves by {swing:.2f}, {most} flashes a second")
    return most


@pytest.mark.parametrize("name", PIECES)
@pytest.mark.parametrize("hertz", [3.5, 6])
def test_it_never_flashes(pictures, name, hertz):
    """Every knob and the sound jump from end to end; each part of the picture is watched."""
    assert most_flashes(pictures, name, hertz) <= 3


def test_flashes_are_seen_where_there_are_some(pictures):
    assert most_flashes(pictures, "tiles", 6, True) > 3


def test_nothing_is_fetched_before_it_is_wanted(page, server):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    Studio(page, server.address).dismiss()
    page.wait_for_timeout(2500)
    assert not [url for url in asked if "/visuals/" in url or "/perform/" in url]
    page.evaluate(ADD, "ink")
    page.locator("starling-picture canvas").wait_for()
    asked_now = [url for url in asked if "/visuals/" in url]
    assert asked_now and not [url for url in asked_now if url.endswith("/tunnel.js")], "only the piece that is shown"


def test_choosing_by_looking(page, server):
    Studio(page, server.address).dismiss()
    page.get_by_role("combobox", name="or a picture").select_option("gallery")
    dialog = page.get_by_role("dialog", name="Pictures")
    page.wait_for_function("() => document.querySelectorAll('.gallery canvas').length === 6", timeout=60000)
    results = Axe().run(page)
    assert not results.response["violations"], results.generate_report()
    dialog.get_by_role("button", name="Tiles").press("Enter")
    page.locator("starling-picture canvas").wait_for()
    assert page.evaluate("starling.ordered('visuals').map(({ kind }) => kind)") == ["tiles"]
    assert page.evaluate(DRAWN) > 30
    page.get_by_role("combobox", name="Presets of Tiles").select_option("crystal")
    page.wait_for_function("() => Math.abs(starling.bus.value('/play/tiles/size') - 0.8) < 0.01")
    page.get_by_role("button", name="Remove Tiles").press("Enter")
    page.locator("starling-picture").wait_for(state="detached")
    page.keyboard.press("Control+z")
    page.locator("starling-picture canvas").wait_for()
    assert page.evaluate(DRAWN) > 30


def test_without_webgl_the_sound_goes_on(page, server):
    page.add_init_script(NO_WEBGL)
    studio = Studio(page, server.address).start()
    page.evaluate(ADD, "ink")
    page.get_by_text("draws no pictures here").wait_for()
    page.get_by_role("slider", name="Hue").wait_for()
    before = page.evaluate("globalThis.outputTap.context.currentTime")
    page.keyboard.press("f")
    page.locator(".perform .loud").wait_for()
    page.wait_for_timeout(1000)
    assert page.evaluate("globalThis.outputTap.context.currentTime") > before + 0.5
    assert np.abs(studio.output()).max() > 1e-3
    assert page.evaluate("starling.health.faults") == 0


def test_a_lost_picture_comes_back(page, server):
    Studio(page, server.address).dismiss()
    page.evaluate(ADD, "particles")
    page.locator("starling-picture canvas").wait_for()
    page.evaluate("""() => {
        const { canvas } = document.querySelector('starling-picture').stage
        globalThis.card = canvas.getContext('webgl2').getExtension('WEBGL_lose_context')
        globalThis.card.loseContext()
    }""")
    page.get_by_text("it comes back by itself").wait_for()
    page.evaluate("globalThis.card.restoreContext()")
    page.locator("starling-picture canvas").wait_for()
    page.wait_for_timeout(500)
    assert page.evaluate(DRAWN) > 30


def test_the_sound_is_not_disturbed(page, server):
    Studio(page, server.address).start()
    page.evaluate(ADD, "particles")
    page.evaluate(ADD, "scope")
    page.keyboard.press("f")
    page.locator(".perform canvas").wait_for()
    page.wait_for_timeout(4500)
    times, clock, level = np.array(page.evaluate(FOLLOW_SOUND, 5)).T
    health = page.evaluate("starling.health")
    fps = page.evaluate("document.querySelector('.perform starling-picture').stage.fps")
    print(f"{fps} frames a second, {health['dropouts']} dropouts, load {health['load']:.1%}")
    assert np.polyfit(times, clock, 1)[0] > 0.95, "the sound's clock stands still at times"
    assert level.min() > 1e-3
    assert health["faults"] == 0


def test_firefox_draws_or_says_why_not(firefox, server):
    firefox.goto(server.address)
    firefox.evaluate("new Promise((resolve) => { const look = () => globalThis.starling ? resolve() : setTimeout(look, 100); look() })")
    firefox.evaluate("document.querySelector('dialog').close()")
    said = firefox.evaluate(f"""(async () => {{
        for (const name of {PIECES}) ({ADD})(name)
        for (let turn = 0; turn < 100 && document.querySelectorAll('starling-picture').length < 6; turn += 1) {{
            await new Promise((resolve) => setTimeout(resolve, 100))
        }}
        return [...document.querySelectorAll('starling-picture')].map(({{ stage }}) => {{
            stage.step(0.016)
            return [stage.isReady, stage.message]
        }})
    }})()""")
    print(said)
    assert len(said) == 6
    for is_ready, message in said:
        assert is_ready or "WebGL 2" in message
