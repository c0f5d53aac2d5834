"""What any browser must do: load the page, run the engine in its worklet as everywhere, say what is missing."""

import re

# The engine in the worklet sounds, and sounds as it does outside.
ENGINE = """import('/units/engine-runs.js').then(async (runs) => {
    const project = await runs.trained(await runs.bytesAt('/examples/voice-choir.starling'))
    const sound = runs.testSound(2)
    const direct = runs.run(await runs.engineWith(project, 128), sound, 128, 32)
    const worklet = await runs.runInWorklet(project, sound)
    const differs = worklet.left.findIndex((value, index) => value !== direct.left[index])
    const level = Math.sqrt(worklet.left.reduce((sum, value) => sum + value * value, 0) / sound.length)
    return { differs, level, rows: direct.rows.length / 32, features: Array.from(direct.rows.slice(-32, -1)) }
})"""

# Text of the page with its tooltips, once it has settled.
SAID = """(async () => {
    for (let turn = 0; turn < 100 && !document.querySelector('starling-pad'); turn += 1) {
        await new Promise((resolve) => setTimeout(resolve, 100))
    }
    const start = [...document.querySelectorAll('button')].find((button) => button.textContent === 'Start')
    start?.click()
    await new Promise((resolve) => setTimeout(resolve, 5000))
    return {
        pads: document.querySelectorAll('starling-pad').length,
        notices: [...document.querySelectorAll('.notice p')].map((notice) => notice.textContent),
        tooltips: [...document.querySelectorAll('[title]')].map((one) => one.title),
        memory: starling.health.memory,
        counted: starling.health.counted,
        running: starling.running,
        health: document.querySelector('.health')?.textContent,
    }
})()"""

# Words of JavaScript's own errors.
PROGRAMMERS = re.compile(r"undefined|variable|not a function|null|NaN|Error")


def check_engine(browser, address: str):
    browser.goto(f"{address}/units/index.html")
    result = browser.evaluate(ENGINE)
    print(result)
    assert result["differs"] == -1, f"the worklet plays something else from sample {result['differs']} on"
    assert result["level"] > 1e-3
    assert result["rows"] == 2 * 48000 // 256 - 1 or result["rows"] == 2 * 48000 // 256


def check_page(browser, address: str) -> dict:
    browser.goto(address)
    said = browser.evaluate(SAID)
    print({key: value for key, value in said.items() if key != "tooltips"})
    assert said["pads"] == 3
    assert said["running"] or said["notices"], "there is no sound, and nobody says why"
    for notice in said["notices"]:
        assert not PROGRAMMERS.search(notice) and notice.count(" ") > 5, f"no words for people: {notice}"
    return said
