"""WebKitGTK, nearest to Safari: the page loads, listens, learns and plays, and what is missing is said."""

import other_browsers


def test_page(webkit, server):
    """MiniBrowser has no shared memory: numbers are copied, and the page says so."""
    said = other_browsers.check_page(webkit, server.address)
    assert said["memory"] == "copied"
    assert any("copied" in words for words in said["notices"] + said["tooltips"])


def test_engine_and_features(webkit, files):
    other_browsers.check_engine(webkit, files.address)
