"""What any browser must do: load the page, run the engine in its worklet as everywhere, say what is missing."""

import re

# The engine in the worklet sounds, and sounds as it does outside.
ENGINE = """import('/units/engine-runs.js').then(async (runs) => {
    const project = await runs.trained(await runs.bytesAt('/examples/voice-choir.starling'))
    const sound = runs.testSound(2)
    const direct = runs.run(await runs.engineWith(project, 128), sound, 128, [...Array(32).keys()])
    const worklet = await runs.runInWorklet(project, sound)
    // A browser may let a quantum go by before the worklet begins.
    const first = (values) => values.findIndex((value) => value !== 0)
    const late = first(worklet.left) - first(direct.left)
    const differs = worklet.left.subarray(late).findIndex((value, index) => value !== direct.left[index])
    const level = Math.sqrt(worklet.left.reduce((sum, value) => sum + value * value, 0) / sound.length)
    return { differs, late, level, rows: direct.rows.length / 32, features: Array.from(direct.rows.slice(-32, -1)) }
})"""

START_BUTTON = "button.start"

THERE = f"""(async () => {{
    for (let turn = 0; turn < 100 && !document.querySelector('{START_BUTTON}'); turn += 1) {{
        await new Promise((resolve) => setTimeout(resolve, 100))
    }}
}})()"""

# What the page says once it has settled, its tooltips too; where sound runs, a tone is taught.
SAID = """(async () => {
    const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))
    await wait(4000)
    if (starling.running) {
        await starling.listen('tone')
        await wait(500)
        const hold = starling.hold(starling.ordered('categories')[0].id)
        await wait(700)
        await hold.release()
        await wait(1500)
    }
    return {
        pads: document.querySelectorAll('starling-pad').length,
        notices: [...document.querySelectorAll('.notice p')].map((notice) => notice.textContent),
        tooltips: [...document.querySelectorAll('[title]')].map((one) => one.title),
        memory: starling.health.memory,
        running: starling.running,
        pitch: starling.bus.value('/listen/mic/pitch'),
        trained: starling.training.milliseconds,
        health: document.querySelector('.health').textContent,
    }
})()"""

# Words of JavaScript's own errors.
PROGRAMMERS = re.compile(r"undefined|variable|not a function|null|NaN|Error")


def check_engine(browser, address: str):
    browser.goto(f"{address}/units/index.html")
    result = browser.evaluate(ENGINE)
    print(result)
    assert result["differs"] == -1, f"the worklet plays something else from sample {result['differs']} on"
    assert result["late"] % 128 == 0
    assert result["level"] > 1e-3
    assert result["rows"] == 2 * 48000 // 256 - 1 or result["rows"] == 2 * 48000 // 256


def check_page(browser, address: str) -> dict:
    browser.goto(address)
    browser.evaluate(THERE)
    browser.click(START_BUTTON)
    said = browser.evaluate(SAID)
    print({key: value for key, value in said.items() if key != "tooltips"})
    assert said["pads"] == 3
    assert said["running"], "there is no sound"
    assert abs(said["pitch"] - 69) < 0.1, "the test tone is not heard"
    assert said["trained"] is not None, "nothing was learned"
    assert "not counted" in said["health"], "this browser does not count dropouts, and the page does not say so"
    for notice in said["notices"]:
        assert not PROGRAMMERS.search(notice) and notice.count(" ") > 5, f"no words for people: {notice}"
    return said
