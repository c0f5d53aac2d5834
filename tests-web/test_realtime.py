"""The audio thread: nothing is collected there, and the sound goes on while the page learns."""

import numpy as np

import trace
from studio import Studio

# Chromium has collected half a minute after the start.
SECONDS = 34

ALLOCATE = """async (milliseconds) => {
    const context = new AudioContext()
    await context.audioWorklet.addModule('/units/allocating-worklet.js')
    new AudioWorkletNode(context, 'allocating').connect(context.destination)
    await new Promise((resolve) => setTimeout(resolve, milliseconds))
    await context.close()
}"""

# Four times a second: how far the sound's clock is, and how loud the output is.
FOLLOW_SOUND = """async (seconds) => {
    const { context } = globalThis.outputTap
    const sound = new Float32Array(16384)
    const follow = []
    const begin = performance.now()
    while (performance.now() - begin < 1000 * seconds) {
        await new Promise((resolve) => setTimeout(resolve, 250))
        globalThis.outputTap.getFloatTimeDomainData(sound)
        const power = sound.reduce((sum, value) => sum + value * value, 0) / sound.length
        follow.push([(performance.now() - begin) / 1000, context.currentTime, Math.sqrt(power)])
    }
    return follow
}"""


def traced(browser, page, act) -> trace.AudioThread:
    browser.start_tracing(page=page, categories=trace.CATEGORIES)
    act()
    return trace.audio_thread(browser.stop_tracing())


def teach_without_end(page):
    """Holds the first three pads in turn, so that training never comes to rest."""
    for turn in range(SECONDS):
        key = str(1 + turn % 3)
        page.keyboard.down(key)
        page.wait_for_timeout(900)
        page.keyboard.up(key)
        page.wait_for_timeout(100)


def test_the_trace_sees_collections(chromium_browser, page, files):
    page.goto(f"{files.address}/units/index.html")
    assert traced(chromium_browser, page, lambda: page.evaluate(ALLOCATE, 4000)).collections > 0


def test_nothing_is_collected_on_the_audio_thread(chromium_browser, page, server):
    Studio(page, server.address).start()
    page.wait_for_timeout(1000)
    audio = traced(chromium_browser, page, lambda: teach_without_end(page))
    rate = page.evaluate("starling.health.sampleRate")
    typical, worst = audio.share(50, rate), audio.share(99.9, rate)
    print(f"render time: p50 {typical:.1%}, p99.9 {worst:.1%} of the quantum, {len(audio.renders)} quanta")
    assert len(audio.renders) > 0.8 * SECONDS * rate / 128
    assert audio.collections == 0


def test_sound_goes_on_while_learning(page, server):
    studio = Studio(page, server.address).start()
    page.wait_for_timeout(1500)
    page.keyboard.down("1")
    times, clock, level = np.array(page.evaluate(FOLLOW_SOUND, 5)).T
    page.keyboard.up("1")
    assert studio.page.evaluate("starling.training.examples") > 0
    assert np.polyfit(times, clock, 1)[0] > 0.95, "the sound's clock stands still at times"
    assert level.min() > 1e-3, "the instrument falls silent"
