"""Programs that musicians really use, as peers: each sends with its own OSC, and says what it has heard with its own.

All have `send(address, *arguments)` and `wait(address)`, which gives the arguments of the next message to an address.
"""

import os
import queue
import re
import socket
import subprocess
import threading
import time

from pythonosc.dispatcher import Dispatcher
from pythonosc.osc_message_builder import OscMessageBuilder
from pythonosc.osc_server import ThreadingOSCUDPServer
from pythonosc.udp_client import SimpleUDPClient


def free_port(kind=socket.SOCK_DGRAM):
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Peer:
    """A peer that sends to `target` and hears on `port`."""

    name = ""
    # How it says what is infinite.
    infinity = float("inf")

    def __init__(self):
        self.port = free_port()
        self.target = None
        self.heard = queue.Queue()

    def wait(self, address, timeout=10):
        """The arguments of the next message to an address; those before it are passed over."""
        end = time.monotonic() + timeout
        passed = []
        while True:
            try:
                got, arguments = self.heard.get(timeout=max(0.001, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"{self.name} heard no {address}, but {passed}") from None
            if got == address:
                return arguments
            passed.append((got, arguments))

    def read_lines(self, stream, pattern, take):
        """Takes apart what a program prints, in a thread of its own."""

        def read():
            for line in stream:
                if match := re.search(pattern, line):
                    self.heard.put(take(match))

        threading.Thread(target=read, daemon=True).start()

    def aim(self, port):
        self.target = port

    def forget(self):
        """Leaves out what has come so far, and what is still on its way: it ends with a message that it sends to itself."""
        mark = "/forget"
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(OscMessageBuilder(mark).build().dgram, ("127.0.0.1", self.port))
        self.wait(mark)

    def close(self):
        pass


def number(word):
    try:
        return float(word)
    except ValueError:
        return word


class PythonOsc(Peer):
    """python-osc."""

    name = "python-osc"

    def __init__(self):
        super().__init__()
        dispatcher = Dispatcher()
        dispatcher.set_default_handler(lambda address, *arguments: self.heard.put((address, list(arguments))))
        self.server = ThreadingOSCUDPServer(("127.0.0.1", self.port), dispatcher)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def send(self, address, *arguments):
        SimpleUDPClient("127.0.0.1", self.target).send_message(address, list(arguments))

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Liblo(Peer):
    """liblo's oscsend and oscdump; each message is a process of its own."""

    name = "liblo"

    def __init__(self):
        super().__init__()
        self.dump = subprocess.Popen(["oscdump", "-L", str(self.port)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        # 00000000.000000 /wek/outputs ff 1.000000 2.000000
        self.read_lines(self.dump.stdout, r"(/\S+) ?([a-zA-Z]*)(.*)", lambda m: (m[1], [number(word) for word in m[3].split()]))
        time.sleep(0.5)

    def send(self, address, *arguments):
        types = "".join({float: "f", int: "i", str: "s"}[type(argument)] for argument in arguments)
        subprocess.run(
            ["oscsend", "127.0.0.1", str(self.target), address, *([types] if types else []), *map(str, arguments)], check=True)

    def close(self):
        self.dump.kill()
        self.dump.wait()


class PureData(Peer):
    """Pure Data, vanilla: oscformat and netsend, netreceive and oscparse. It is told what to send over its own socket."""

    name = "Pure Data"
    # It takes what is no finite number for zero.
    infinity = 0

    def __init__(self, folder):
        super().__init__()
        self.folder = folder
        self.program = self.words = None

    def aim(self, port):
        super().aim(port)
        command_port = free_port(socket.SOCK_STREAM)
        patch = self.folder / "peer.pd"
        objects = [
            f"obj 10 10 netreceive {command_port}", "obj 10 40 oscformat", "obj 10 70 list prepend send", "obj 10 100 list trim",
            "obj 10 130 netsend -u -b", "obj 200 10 loadbang", f"msg 200 40 connect 127.0.0.1 {port}",
            f"obj 400 10 netreceive -u -b {self.port}", "obj 400 40 oscparse", "obj 400 70 print heard"]  # fmt: skip
        wires = [(0, 1), (1, 2), (2, 3), (3, 4), (5, 6), (6, 4), (7, 8), (8, 9)]
        lines = ["#N canvas 0 0 600 300 12;", *(f"#X {it};" for it in objects), *(f"#X connect {a} 0 {b} 0;" for a, b in wires)]
        patch.write_text("\n".join(lines) + "\n")
        self.program = subprocess.Popen(
            ["pd", "-nogui", "-noaudio", "-nomidi", "-stderr", "-noprefs", str(patch)], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        # heard: list wek outputs 1 0.5: an address comes as words, and so do the arguments.
        self.read_lines(self.program.stderr, r"heard: (?:list |symbol )?(.*)", self.taken_apart)
        for _ in range(100):
            try:
                self.words = socket.create_connection(("127.0.0.1", command_port))
                break
            except OSError:
                time.sleep(0.1)
        time.sleep(0.5)

    @staticmethod
    def taken_apart(match):
        words = [number(word) for word in match[1].split()]
        texts = [word for word in words if isinstance(word, str)]
        return "/" + "/".join(texts), words[len(texts):]

    def send(self, address, *arguments):
        # Pure Data has one kind of number.
        path = " ".join(address.strip("/").split("/"))
        self.words.sendall(f"set {path};\nlist {' '.join(map(str, arguments))};\n".encode())

    def close(self):
        if self.words:
            self.words.close()
        if self.program:
            self.program.kill()
            self.program.wait()


class SuperCollider(Peer):
    """SuperCollider's language, sclang; it is told what to send through its standard input."""

    name = "SuperCollider"

    def __init__(self, folder):
        super().__init__()
        # It has no window, and its browser, which nobody uses here, would not begin for root.
        environment = {
            **os.environ, "QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_DISABLE_SANDBOX": "1", "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder)}  # fmt: skip
        self.program = subprocess.Popen(
            ["sclang"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
        self.read_lines(self.program.stdout, r"HEARD (\S+)(.*)", lambda m: (m[1], [number(word) for word in m[2].split()]))
        self.say(
            f"thisProcess.openUDPPort({self.port}); "
            "thisProcess.addOSCRecvFunc({ |message, time, address, port| "
            f"if(port == {self.port}) {{ (\"HE\" ++ \"ARD\" ++ message.collect({{ |it| \" \" ++ it }}).join).postln }} }}); "
            '("HE" ++ "ARD /begun").postln;')
        self.wait("/begun", timeout=60)

    def say(self, code):
        # What is written is echoed; the words that are waited for come only from what it says.
        self.program.stdin.write(code + "\n")
        self.program.stdin.flush()

    def aim(self, port):
        super().aim(port)
        self.say(f'~target = NetAddr("127.0.0.1", {port});')

    def send(self, address, *arguments):
        written = "".join(f", {argument!r}" if not isinstance(argument, str) else f', "{argument}"' for argument in arguments)
        self.say(f"~target.sendMsg('{address}'{written});")

    def close(self):
        self.program.kill()
        self.program.wait()
