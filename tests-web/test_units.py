"""Tests of single JavaScript modules, written beside the harness in units/ and run in Chromium."""

import pytest

from paths import UNITS

SUITES = sorted(path.name for path in UNITS.glob("*.test.js"))


@pytest.mark.parametrize("suite", SUITES)
def test_module(page, files, suite):
    page.goto(f"{files.address}/units/index.html")
    results = page.evaluate(
        """async (suite) => {
            await import(`/units/${suite}`)
            return (await import('/units/harness.js')).run()
        }""",
        suite,
    )
    failures = [f"{result['name']}\n{result['error']}" for result in results if result["error"]]
    assert results, f"{suite} holds no tests"
    assert not failures, "\n\n".join(failures)
