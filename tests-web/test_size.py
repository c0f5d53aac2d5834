"""What a visitor waits for: bytes on the wire, and the size of the engine."""

import gzip

from paths import WEB
from studio import Studio

# See docs/decisions/0005: it was 400,000 before there was so much to play and to learn with.
WIRE_BYTES = 600_000
ENGINE_BYTES = 160_000


def test_engine_is_small():
    """What the audio thread runs; what else there is counts by the page's bytes."""
    sizes = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in (WEB / "generated").glob("*.wasm")}
    print(", ".join(f"{name}: {size} bytes gzipped" for name, size in sorted(sizes.items())))
    assert sizes["engine.wasm"] <= ENGINE_BYTES


def test_page_is_small(page, server):
    """Everything between navigation and a running engine, workers and their modules too."""
    received = []
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    Studio(page, server.address)
    page.wait_for_function("() => globalThis.starling")
    waited = page.evaluate("readyAt")
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_function("() => starling.running")
    print(f"{sum(received)} bytes in {len(received)} answers, engine there {waited:.0f} ms after navigation")
    assert sum(received) <= WIRE_BYTES
