"""The studio as a player uses it: pads, keys, meters and messages, by what the page shows."""

import re
import time

# What reaches the loudspeakers can be looked at behind the last node before them.
LISTEN_TO_OUTPUT = """
    const connect = AudioNode.prototype.connect
    AudioNode.prototype.connect = function (target, ...rest) {
        if (target instanceof AudioDestinationNode) {
            globalThis.outputTap = new AnalyserNode(this.context, { fftSize: 16384 })
            connect.call(this, globalThis.outputTap)
        }
        return connect.call(this, target, ...rest)
    }
"""

# When the page had its engine, in milliseconds after navigation.
NOTE_READINESS = """
    Object.defineProperty(globalThis, 'starling', {
        configurable: true,
        set(value) {
            globalThis.readyAt = performance.now()
            Object.defineProperty(globalThis, 'starling', { value })
        },
    })
"""

# Each animation frame: time in seconds, the loudness meter's position, each pad's certainty.
WATCH = """() => {
    const loudness = document.querySelector('starling-meter[label=Loudness]')
    const pads = [...document.querySelectorAll('starling-pad')]
    globalThis.seen = []
    const look = () => {
        globalThis.seen.push([performance.now() / 1000, loudness.position, ...pads.map((pad) => pad.certainty)])
        requestAnimationFrame(look)
    }
    look()
}"""

MARKER_LOUDNESS = 0.7


class Studio:
    """One open page."""

    def __init__(self, page, address: str):
        self.page = page
        self.dismissed = False
        page.add_init_script(LISTEN_TO_OUTPUT + NOTE_READINESS)
        page.goto(address)

    def start(self):
        """Presses the button that lets the page sound, and waits until it does."""
        name = "Start the sound" if self.dismissed else "Start"
        self.page.get_by_role("button", name=name, exact=True).click()
        self.page.get_by_role("group", name="Health of the sound").wait_for()
        return self

    def dismiss(self):
        """Closes the first dialog without any sound."""
        self.page.get_by_role("button", name="Start", exact=True).wait_for()
        self.page.keyboard.press("Escape")
        self.dismissed = True
        return self

    def begin_new(self):
        """A new project with three pads and nothing taught, before there is any sound."""
        self.dismiss()
        self.page.get_by_role("button", name="Project", exact=True).click()
        self.page.get_by_role("button", name="New", exact=True).click()
        self.page.get_by_role("button", name="Begin new", exact=True).click()
        return self

    def open_file(self, data: bytes):
        """Opens a project file through the menu."""
        self.page.get_by_role("button", name="Project", exact=True).click()
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_role("button", name="Open…").click()
        chooser.value.set_files({"name": "other.starling", "mimeType": "application/zip", "buffer": data})

    @property
    def pads(self):
        return self.page.locator("starling-pad")

    def watch(self):
        self.page.evaluate(WATCH)

    def wait_for_marker(self) -> float:
        """The page's time in seconds at which the marker tone began."""
        found = self.page.wait_for_function(
            f"() => globalThis.seen.find(([time, loudness]) => loudness > {MARKER_LOUDNESS})?.[0]"
        )
        return found.json_value()

    def clock(self) -> float:
        """What to add to the page's time to get ours, in seconds."""
        before = time.monotonic()
        page = self.page.evaluate("performance.now() / 1000")
        return (before + time.monotonic()) / 2 - page

    def seen(self) -> list[list[float]]:
        return self.page.evaluate("globalThis.seen")

    def output(self) -> list[float]:
        """The last 0.34 seconds of what was heard."""
        return self.page.evaluate(
            """() => {
                const sound = new Float32Array(16384)
                globalThis.outputTap.getFloatTimeDomainData(sound)
                return Array.from(sound)
            }"""
        )

    def message(self, words: str):
        """A message of the page that holds these words (a regular expression)."""
        return self.page.locator(".notice").filter(has_text=re.compile(words, re.IGNORECASE)).first

    def takes(self) -> int:
        return self.page.evaluate("Object.keys(starling.document.takes).length")


def sleep_until(moment: float):
    time.sleep(max(0, moment - time.monotonic()))
