#!/usr/bin/env python3
"""Measures the way from UDP through the bridge into a page of Chromium and back to UDP, in milliseconds.

Usage: Benchmarks/osc-bridge.py [--seconds N]

From sendto to recvfrom of one process. First a listener in the page answers each message at once. Then the engine answers: a control is set, and a send says what is on
the bus after the next analysis; with the device as it is, which without a sound card calls every 10 ms, and with buffers of 128 sample-frames, as a Mac has them.
"""

import argparse
import socket
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests-web"))

from playwright.sync_api import sync_playwright  # noqa: E402
from pythonosc.osc_packet import OscPacket  # noqa: E402

import chromium  # noqa: E402
import media  # noqa: E402
from osc_peer import message  # noqa: E402
from osc_programs import free_port  # noqa: E402
from server import Starling  # noqa: E402

ANSWER = """async (port) => {
    const { Osc } = await import('/lib/osc.js')
    const osc = new Osc()
    const target = await osc.target('127.0.0.1', port)
    osc.addEventListener('message', ({ detail }) => target.send('/wek/outputs', ...detail.arguments))
    return (await osc.receive(0)).port
}"""

PLAY = """async ([listen, port]) => {
    const { Starling } = await import('/lib/starling.js')
    const starling = (globalThis.starling = await Starling.create())
    starling.newProject()
    const set = (table, id, fields) => Object.entries(fields).map(([field, value]) => ({ table, id, field, value }))
    starling.apply({ name: 'X', changes: set('controls', 'control-1', { name: 'x', source: 'osc', address: '/x', port: listen }) })
    const controls = await starling.controls()
    controls.send({ kind: 'osc', port, rate: 200, slots: ['listen/control/1'] })
    await starling.start()
}"""


def percentiles(name, times):
    times.sort()
    print(f"{name}: median {statistics.median(times):.2f} ms, p99 {times[int(len(times) * 0.99)]:.2f} ms, max {times[-1]:.1f} ms of {len(times)}", flush=True)


def peer_socket():
    peer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    peer.bind(("127.0.0.1", 0))
    peer.settimeout(2)
    return peer


def echo(page, seconds, rate=100):
    peer = peer_socket()
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
    percentiles(f"bridge there and back at {rate}/s", times)


def engine(page, seconds, name):
    peer, port = peer_socket(), free_port()
    page.evaluate(PLAY, [port, peer.getsockname()[1]])
    page.wait_for_function("() => starling.running")
    time.sleep(2)
    times = []
    for index in range(int(seconds * 50)):
        value = (index % 100 + 1) / 128
        start = time.perf_counter()
        peer.sendto(message("/x", value), ("127.0.0.1", port))
        while OscPacket(peer.recv(65536)).messages[0].message.params != [value]:
            pass
        times.append((time.perf_counter() - start) * 1000)
        time.sleep(0.0137)  # no multiple of what devices use
    latency = page.evaluate("starling.health.delaySeconds")
    percentiles(f"through the engine, {name} (delay from ear to ear {1000 * latency:.0f} ms)", times)


def main(seconds):
    server = Starling()
    with sync_playwright() as playwright:
        for name, more in (("device as it is", ()), ("buffers of 128", ("--audio-buffer-size=128",))):
            with chromium.browser(playwright, media.babble(), more) as browser:
                page = browser.new_context(service_workers="block").new_page()
                page.goto(server.address + "/favicon.svg")
                if not more:
                    echo(page, seconds)
                engine(page, seconds, name)
    server.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=10)
    main(parser.parse_args().seconds)
