"""Firefox: the page loads, listens, learns and plays, and what is missing is said."""

import other_browsers


def test_page(firefox, server):
    said = other_browsers.check_page(firefox, server.address)
    assert said["memory"] == "shared"


def test_engine_and_features(firefox, files):
    other_browsers.check_engine(firefox, files.address)
