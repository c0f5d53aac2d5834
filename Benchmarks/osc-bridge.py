#!/usr/bin/env python3
"""Measures the way from UDP through the bridge into a page of Chromium and back to UDP, in milliseconds.

Usage: Benchmarks/osc-bridge.py [--seconds N]

100 frames a second; from sendto to recvfrom of one process. In the page a listener answers each message at once.
"""

import argparse
import socket
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests-web"))

from playwright.sync_api import sync_playwright  # noqa: E402

import chromium  # noqa: E402
import media  # noqa: E402
from osc_peer import message  # noqa: E402
from server import Starling  # noqa: E402

ANSWER = """async (port) => {
    const { Osc } = await import('/lib/osc.js')
    const osc = new Osc()
    const target = await osc.target('127.0.0.1', port)
    osc.addEventListener('message', ({ detail }) => target.send('/wek/outputs', ...detail.arguments))
    return (await osc.receive(0)).port
}"""


def main(seconds, rate=100):
    server = Starling()
    with sync_playwright() as playwright, chromium.browser(playwright, media.babble()) as browser:
        page = browser.new_context(service_workers="block").new_page()
        page.goto(server.address + "/favicon.svg")
        peer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        peer.bind(("127.0.0.1", 0))
        peer.settimeout(2)
        port = page.evaluate(ANSWER, peer.getsockname()[1])
        frame = message("/wek/inputs", *[0.5] * 15)
        times = []
        beginning = time.perf_counter()
        for index in range(int(seconds * rate)):
            time.sleep(max(0, beginning + index / rate - time.perf_counter()))
            start = time.perf_counter()
            peer.sendto(frame, ("127.0.0.1", port))
            peer.recv(65536)
            times.append((time.perf_counter() - start) * 1000)
    server.stop()
    times.sort()
    print(f"bridge there and back at {rate}/s: median {statistics.median(times):.2f} ms, p99 {times[int(len(times) * 0.99)]:.2f} ms, max {times[-1]:.1f} ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=10)
    main(parser.parse_args().seconds)
