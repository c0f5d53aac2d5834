#!/usr/bin/env python3
"""Measures `starling run` over loopback: latency, loss at a high rate, training time, and memory over a long time.

Usage: Benchmarks/osc-latency.py [--seconds N] [--soak N]     (no seconds: only the soak)

- latency: 100 frames a second, from sendto to the answer in recvfrom, of one process; median and 99th percentile.
- load: 5,000 frames a second; what was sent, what `starling` counted, and what came back.
- training: 4,626 examples of 2 inputs and 2 outputs, from /train to /done-training.
- soak: 1,000 frames a second with a training every 10 seconds; resident memory every 10 seconds.
"""

import argparse
import socket
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests-web"))

from osc_peer import Run, message  # noqa: E402


class Silent:
    """A port whose datagrams nobody takes apart: the benchmark reads them itself."""

    def __init__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, 33, 64 << 20)  # SO_RCVBUFFORCE where allowed
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]

    def close(self):
        self.socket.close()

    def wait_for(self, part, timeout=30):
        self.socket.settimeout(timeout)
        while True:
            data = self.socket.recv(65536)
            if part in data:
                return data


def memory(process):
    """Resident memory in MiB, and CPU seconds."""
    for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            rss = int(line.split()[1]) / 1024
    fields = Path(f"/proc/{process.pid}/stat").read_text().split()
    return rss, (int(fields[13]) + int(fields[14])) / 100


def processor(process):
    """CPU seconds, to the nanosecond."""
    return int(Path(f"/proc/{process.pid}/schedstat").read_text().split()[0]) / 1e9


def begin(examples=400, outputs="continuous:2"):
    run = Run("--inputs", 2, "--outputs", outputs, listener=Silent())
    for part in range(4):
        run.control("outputs", *[part / 4] * 2)
        run.control("startRecording")
        for index in range(examples // 4):
            run.inputs(part / 4 + index * 1e-4, 1 - part / 4)
            if index % 200 == 199:
                time.sleep(0.002)
        run.control("stopRecording")
    time.sleep(0.1)
    start, cpu = time.perf_counter(), processor(run.process)
    run.control("train")
    run.listener.wait_for(b"done-training")
    return run, ((time.perf_counter() - start) * 1000, (processor(run.process) - cpu) * 1000)


def latency(seconds, rate=100):
    run, _ = begin()
    run.control("startRunning")
    frame = message("/wek/inputs", 0.25, 0.75)
    run.listener.socket.settimeout(2)
    times = []
    beginning = time.perf_counter()
    for index in range(int(seconds * rate)):
        time.sleep(max(0, beginning + index / rate - time.perf_counter()))
        start = time.perf_counter()
        run.send_bytes(frame)
        run.listener.socket.recv(65536)
        times.append((time.perf_counter() - start) * 1000)
    run.stop()
    times.sort()
    print(f"latency at {rate}/s: median {statistics.median(times):.3f} ms, p99 {times[int(len(times) * 0.99)]:.3f} ms, max {times[-1]:.3f} ms")


def load(seconds, rate=5000):
    run, _ = begin()
    run.control("startRunning")
    time.sleep(0.2)
    before, cpu = memory(run.process)
    frame = message("/wek/inputs", 0.25, 0.75)
    run.listener.socket.setblocking(False)
    sent = received = 0
    start = time.perf_counter()

    def drain():
        nonlocal received
        while True:
            try:
                run.listener.socket.recv(65536)
                received += 1
            except BlockingIOError:
                return

    while (now := time.perf_counter() - start) < seconds:
        while sent < now * rate:
            run.send_bytes(frame)
            sent += 1
            if sent % 64 == 0:
                drain()
        drain()
        time.sleep(0.0005)
    time.sleep(0.5)
    drain()
    after, cpu_after = memory(run.process)
    run.stop()
    print(f"load: sent {sent} at {sent / seconds:.0f}/s, answered {received}, lost {sent - received}; "
          f"memory {before:.1f} -> {after:.1f} MiB, {(cpu_after - cpu) / seconds * 100:.1f} % of a core")  # fmt: skip


def training():
    times = []
    for _ in range(5):
        run, both = begin(examples=4626)
        run.stop()
        times.append(both)
    print(f"training 4,626 examples x 2 inputs x 2 outputs, clock (CPU): {', '.join(f'{t:.0f} ({c:.0f})' for t, c in times)} ms")


def soak(seconds, rate=1000):
    run, _ = begin()
    run.control("startRunning")
    frame = message("/wek/inputs", 0.25, 0.75)
    run.listener.socket.setblocking(False)
    sent = received = 0
    next_report = 0
    start = time.perf_counter()
    while (now := time.perf_counter() - start) < seconds:
        if now >= next_report:
            print(f"  {now:5.0f} s  {memory(run.process)[0]:.2f} MiB  sent {sent} answered {received}", flush=True)
            next_report += 10
            run.control("train")
        while sent < now * rate:
            run.send_bytes(frame)
            sent += 1
        try:
            while True:
                received += run.listener.socket.recv(65536).startswith(b"/wek/outputs")
        except BlockingIOError:
            time.sleep(0.001)
    time.sleep(1)
    try:
        while True:
            received += run.listener.socket.recv(65536).startswith(b"/wek/outputs")
    except BlockingIOError:
        pass
    print(f"soak: {memory(run.process)[0]:.2f} MiB at the end, sent {sent}, answered {received}")
    run.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--soak", type=float, default=0)
    choice = parser.parse_args()
    if choice.seconds:
        latency(choice.seconds)
        load(choice.seconds)
        training()
    if choice.soak:
        soak(choice.soak)
