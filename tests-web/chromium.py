"""Chromium for the tests: a chosen microphone, a profile that lasts, a page that keeps account of its errors."""

import contextlib
import os
import signal
import subprocess

from paths import CHROMIUM

FLAGS = ["--autoplay-policy=no-user-gesture-required"]
MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


def flags(microphone=None, more=()) -> list[str]:
    """`microphone` is a sound file, or None for a browser that has no microphone at all."""
    hearing = [*MICROPHONE, f"--use-file-for-fake-audio-capture={microphone}"] if microphone else []
    return [*FLAGS, *hearing, *more]


class Account:
    """What went wrong on a page. A test that provokes an error says so by `expect`."""

    def __init__(self, page):
        self.errors = []
        self.expected = []
        page.on("pageerror", lambda error: self.errors.append(f"page error: {error}"))
        page.on("console", self.note)
        page.on("crash", lambda: self.errors.append("the page crashed"))

    def note(self, message):
        if message.type == "error":
            self.errors.append(f"console: {message.text} ({message.location.get('url')})")

    def expect(self, words: str):
        self.expected.append(words)

    def check(self):
        errors = [error for error in self.errors if not any(words in error for words in self.expected)]
        assert not errors, "\n".join(errors)


@contextlib.contextmanager
def browser(playwright, microphone=None, more=()):
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags(microphone, more))
    try:
        yield browser
    finally:
        browser.close()


@contextlib.contextmanager
def profile(playwright, folder, microphone=None, **options):
    """A browser whose storage stays in `folder`: the same player's computer on another day."""
    context = playwright.chromium.launch_persistent_context(
        str(folder), executable_path=CHROMIUM, args=flags(microphone), **options
    )
    try:
        yield context
    finally:
        with contextlib.suppress(Exception):  # a killed browser can't be closed
            context.close()


def processes(folder) -> list[int]:
    """Every process of the browser with this profile."""
    table = subprocess.run(["ps", "-eww", "-o", "pid=,ppid=,args="], capture_output=True, text=True).stdout
    rows = [line.split(None, 2) for line in table.splitlines()]
    family = {pid for pid, _, command in rows if f"--user-data-dir={folder}" in command}
    while children := {pid for pid, parent, _ in rows if parent in family} - family:
        family |= children
    return [int(pid) for pid in family]


def kill(family: list[int]):
    """Ends all of them at once, as a crash or a flat battery would."""
    for process in family:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
