"""Firefox: the page loads, the engine sounds, and what is missing is said."""

import other_browsers


def test_page_loads(firefox, server):
    said = other_browsers.check_page(firefox, server.address)
    assert said["memory"] in (None, "shared")
    assert not said["counted"] and "not counted" in said["health"]


def test_engine_and_features(firefox, files):
    other_browsers.check_engine(firefox, files.address)
