"""`starling run` as a process, and a peer in Python that speaks OSC with it. The peer's OSC is python-osc's, not ours."""

import json
import os
import queue
import socket
import subprocess
import threading
import time

from pythonosc.osc_message_builder import OscMessageBuilder
from pythonosc.osc_packet import OscPacket

from paths import STARLING


def message(address, *arguments, types=None):
    """The bytes of a message; floats by default, or one type letter an argument."""
    builder = OscMessageBuilder(address)
    for index, argument in enumerate(arguments):
        letter = types[index] if types else {float: "f", int: "i", str: "s", bool: "T" if argument else "F"}[type(argument)]
        builder.add_arg(argument, letter)
    return builder.build().dgram


class Listener:
    """A UDP port of this machine, and what has come to it."""

    def __init__(self, port=0):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
        self.socket.bind(("127.0.0.1", port))
        self.port = self.socket.getsockname()[1]
        self.messages = queue.Queue()
        self.thread = threading.Thread(target=self.listen, daemon=True)
        self.thread.start()

    def listen(self):
        while True:
            try:
                data, _ = self.socket.recvfrom(65536)
            except OSError:
                return
            if not data:
                return
            for timed in OscPacket(data).messages:
                self.messages.put((timed.message.address, timed.message.params))

    def next(self, address=None, timeout=5):
        """The next message, or the next with this address."""
        end = time.monotonic() + timeout
        while True:
            got = self.messages.get(timeout=max(0.001, end - time.monotonic()))
            if address is None or got[0] == address:
                return got[1] if address else got

    def drain(self, quiet=0.15):
        """All messages that come until nothing has come for a while."""
        messages = []
        while True:
            try:
                messages.append(self.messages.get(timeout=quiet))
            except queue.Empty:
                return messages

    def close(self):
        self.socket.sendto(b"", ("127.0.0.1", self.port))
        self.thread.join(2)
        self.socket.close()


class Run:
    """`starling run` with a port of its own, sending to a listener of its own."""

    def __init__(self, *arguments, wekinator=True, listener=None, environment=None):
        self.listener = listener or Listener()
        self.errors = Listener()
        command = [str(STARLING), "run", *map(str, arguments), "--json", "--osc-in", "0",
                   "--osc-out", f"127.0.0.1:{self.listener.port}"]  # fmt: skip
        # With an environment of its own it is to be heard.
        more = (["--wekinator"] if wekinator else []) + (["--sound"] if environment else [])
        self.process = subprocess.Popen(
            command + more, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, **(environment or {})})
        self.events = []
        self.ready = threading.Event()
        self.port = None
        threading.Thread(target=self.read, daemon=True).start()
        assert self.ready.wait(20), f"starling run said nothing: {self.events}"
        assert self.port, f"starling run did not begin: {self.events}"

    def read(self):
        for line in self.process.stdout:
            event = json.loads(line) if line.startswith("{") else {"event": "text", "text": line.strip()}
            self.events.append(event)
            if event["event"] == "ready":
                self.port = int(event["text"].split("UDP port ")[1].split()[0])
                self.ready.set()
        self.ready.set()

    def send(self, address, *arguments, types=None):
        self.send_bytes(message(address, *arguments, types=types))

    def send_bytes(self, data):
        # From the socket of `errors`, so that answers to the sender arrive there.
        self.errors.socket.sendto(data, ("127.0.0.1", self.port))

    def control(self, word, *arguments, types=None):
        self.send("/wekinator/control/" + word, *arguments, types=types)

    def inputs(self, *values):
        self.send("/wek/inputs", *map(float, values))

    def teach(self, outputs, frames):
        """Records frames with these outputs."""
        self.control("outputs", *map(float, outputs))
        self.control("startRecording")
        for frame in frames:
            self.inputs(*frame)
        self.control("stopRecording")

    def train(self):
        self.control("train")
        assert self.listener.next("/wekinator/status/done-training", timeout=20) == []

    def ask(self, *inputs):
        """What comes to /wek/outputs for one frame."""
        self.inputs(*inputs)
        return self.listener.next("/wek/outputs")

    def said(self, part, timeout=5):
        """Waits for an event whose text contains `part`."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            for event in self.events:
                if part in event.get("text", ""):
                    return event["text"]
            time.sleep(0.01)
        raise AssertionError(f"{part!r} was not said; but {self.events}")

    def stop(self, kill=False):
        (self.process.kill if kill else self.process.terminate)()
        code = self.process.wait(10)
        self.listener.close()
        self.errors.close()
        return code
