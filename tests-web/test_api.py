"""Every example of the documents runs as a person would run it: open, click, hold, turn."""

import re

import pytest

from paths import ROOT

DOCUMENTS = ("docs/api.md", "docs/controls.md", "README.md")
BLOCK = re.compile(r"^```js\n(.*?)^```", re.MULTILINE | re.DOTALL)


def examples() -> list:
    found = []
    for document in DOCUMENTS:
        text = (ROOT / document).read_text() if (ROOT / document).exists() else ""
        for match in BLOCK.finditer(text):
            line = text[: match.start()].count("\n") + 2
            found.append(pytest.param(match[1], id=f"{document}:{line}"))
    return found


def use(page):
    """What a curious visitor does: a click for the sound, every button held, every slider moved."""
    page.mouse.click(5, 5)
    for button in page.get_by_role("button").all():
        button.hover()
        page.mouse.down()
        page.wait_for_timeout(800)
        page.mouse.up()
    for slider in page.get_by_role("slider").all():
        slider.focus()
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(2000)


@pytest.mark.parametrize("example", examples())
def test_example(page, files, example):
    page.goto(f"{files.address}/units/index.html")
    before = page.locator("body").inner_html()
    page.add_script_tag(type="module", content=example + "\nglobalThis.exampleEnded = true")
    page.wait_for_function("() => globalThis.exampleEnded", timeout=10000)
    use(page)
    assert page.locator("body").inner_html() != before, "the example shows nothing"
