"""One project for both: what `starling run` was taught opens in the studio, and what the studio was taught runs over OSC."""

import math
import time

import pytest

from osc_peer import Listener, Run
from test_controls import OPEN, Client, MIDI

FRAMES = [(x / 12, math.sin(3 * x / 12), 1 - (x / 12) ** 2) for x in range(13)]
ASKED = [(0.1, 0.3, 0.99), (0.45, 0.97, 0.8), (0.8, 0.67, 0.36)]


@pytest.fixture
def studio_page(server, context):
    """A page whose sound runs, with a project of one's own to open."""
    page = context.new_page()
    page.goto(server.address + "/favicon.svg")
    page.evaluate(MIDI)
    page.evaluate(OPEN)
    page.mouse.click(10, 10)
    page.wait_for_function("() => starling.running && starling.bus.value('/listen/mic/loudness') > -200")
    yield page
    page.close()


def opened(page, path):
    page.evaluate("async (bytes) => starling.importProject(Uint8Array.from(bytes))", list(path.read_bytes()))
    page.wait_for_function("() => starling.training.models.length > 0 && starling.training.models.every(({ progress }) => progress === 1)")


def test_knobs_taught_over_osc_say_the_same_in_the_studio(studio_page, tmp_path):
    page, path = studio_page, tmp_path / "knobs.starling"
    run = Run(path, "--inputs", 3, "--outputs", "continuous:2:0..100,categories:2")
    for frame in FRAMES:
        run.teach([100 * frame[0], 100 * frame[2], 1 if frame[0] < 0.5 else 2], [frame] * 3)
    run.train()
    run.control("startRunning")
    wanted = [run.ask(*frame) for frame in ASKED]
    assert run.stop() == 0
    opened(page, path)
    slots = page.evaluate("starling.slots.filter(({ path }) => path.includes('/knob-')).map(({ path, label, maximum }) => [path, label, maximum])")
    assert slots == [["/learn/outputs-1/knob-1", "outputs-1", 100], ["/learn/outputs-2/knob-2", "outputs-2", 100]]
    assert page.evaluate("starling.training.models.map(({ message }) => message)") == [None] * 3
    page.evaluate("async () => { globalThis.controls = await starling.controls() }")
    for frame, (first, second, label) in zip(ASKED, wanted):
        page.evaluate("(frame) => frame.forEach((value, index) => controls.set(`control-${index + 1}`, value))", frame)
        page.wait_for_function("(label) => starling.bus.value('/learn/outputs-3/label') === label - 1", arg=label, timeout=5000)
        time.sleep(0.6)  # values follow within 40 ms
        heard = page.evaluate("slots => slots.map((slot) => starling.bus.value(slot))", [path for path, *_ in slots])
        assert heard == pytest.approx([first, second], abs=100 * 1e-3)


def test_more_inputs_than_there_are_controls_run_and_are_refused_in_words(studio_page, tmp_path):
    path = tmp_path / "wide.starling"
    run = Run(path, "--inputs", 200, "--outputs", "categories:2")
    assert "up to 128" in run.said("200 inputs")
    for label in (1, 2):
        run.teach([label], [[label] * 200] * 2)
    run.train()
    run.control("startRunning")
    assert run.ask(*[2] * 200) == [2]
    run.stop()
    told = studio_page.evaluate(
        "(bytes) => { try { starling.importProject(Uint8Array.from(bytes)) } catch ({ message }) { return message } }", list(path.read_bytes()))
    assert "starling run" in told


def test_what_the_studio_was_taught_runs_over_osc(studio_page, tmp_path):
    """Taught in the page by a client of Wekinator, with 100 inputs; saved; run without a page."""
    page, path = studio_page, tmp_path / "page.starling"
    page.evaluate("async () => { globalThis.controls = await starling.controls() }")
    page.evaluate("starling.apply({ name: 'Nearest', changes: set('models', 'sounds', { kind: 'knn' }) })")
    client = Client(page)
    for label in (1, 2):
        client.teach([label], [[label / 2] * 100] * 5)
    client.train()
    path.write_bytes(bytes(page.evaluate("async () => Array.from(await starling.exportProject())")))
    client.close()
    run = Run(path, wekinator=False)
    run.said("Running.")
    assert run.ask(*[1.0] * 100) == [2] and run.ask(*[0.5] * 100) == [1]
    run.stop()


def test_bundles_wait_for_their_time_and_late_ones_do_not(tmp_path):
    from test_controls import bundle

    run = Run("--inputs", 2, "--outputs", "categories:2")
    run.teach([1], [(0, 0)] * 3)
    for delay in (0.4, -10):
        due = time.time() + delay
        run.send_bytes(bundle("/wekinator/control/train", due))
        run.listener.next("/wekinator/status/done-training")
        assert max(due, time.time() - 0.3) - 0.002 <= time.time() < max(due, time.time()) + 0.3
        assert time.time() >= due
    run.stop()
