"""Servers for the tests: the program itself, and a plain host of the same files."""

import contextlib
import functools
import http.server
import re
import subprocess
import threading

from paths import BENCHMARKS, OUT, STARLING, UNITS, WEB

MOUNTS = {"/units/": UNITS, "/benchmarks/": BENCHMARKS, "/out/": OUT}


class Starling:
    """`starling serve` as a process of its own; it can be stopped and started again on the same port."""

    def __init__(self, port: int = 0):
        self.port = port
        self.start()

    def start(self):
        data = OUT / "server-data"
        command = [str(STARLING), "serve", "--port", str(self.port), "--data", str(data)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.port = int(self.announced())
        self.address = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def announced(self) -> str:
        said = []
        for line in self.process.stdout:
            said.append(line)
            if match := re.search(r"http://[\w.]+:(\d+)", line):
                return match[1]
        raise AssertionError(f"{STARLING} serve printed no address: {''.join(said)}")

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


class Handler(http.server.SimpleHTTPRequestHandler):
    """The files of web/ at the root and those of the tests beside them, as any simple host would serve them."""

    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".wasm": "application/wasm"}
    isolated = False

    def translate_path(self, path):
        for prefix, folder in MOUNTS.items():
            if path.startswith(prefix):
                return str(folder / path.removeprefix(prefix).split("?")[0])
        return super().translate_path(path)

    def end_headers(self):
        if self.isolated:
            self.send_header("Cross-Origin-Opener-Policy", "same-origin")
            self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *arguments):
        pass

    def copyfile(self, source, target):
        with contextlib.suppress(ConnectionError):  # a page that closes while it loads
            super().copyfile(source, target)


class Files:
    """A plain host of the same files, with isolation headers or without."""

    def __init__(self, isolated: bool):
        handler = type("Handler", (Handler,), {"isolated": isolated})
        serve = functools.partial(handler, directory=str(WEB))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
