"""Drives WebKitGTK's MiniBrowser by WebKitWebDriver on a screen of its own: the nearest to Safari on Debian."""

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request

ENVIRONMENT = {
    "GDK_BACKEND": "x11",
    "LIBGL_ALWAYS_SOFTWARE": "1",
    "NO_AT_BRIDGE": "1",
    "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
    "WEBKIT_DISABLE_DMABUF_RENDERER": "1",
    "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
}


class WebKit:
    def __init__(self, environment: dict):
        read, write = os.pipe()
        screen = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
        self.screen = subprocess.Popen(screen, pass_fds=[write], stderr=subprocess.DEVNULL)
        display = os.read(read, 16).decode().strip()
        self.address = f"http://127.0.0.1:{free_port()}"
        command = ["WebKitWebDriver", f"--port={self.address.rsplit(':', 1)[1]}", "--host=127.0.0.1"]
        own = {**os.environ, **ENVIRONMENT, **environment, "DISPLAY": f":{display}"}
        self.driver = subprocess.Popen(command, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        capabilities = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": {"args": ["--automation"]}}}}
        self.session = f"/session/{self.patiently(capabilities)['sessionId']}"
        self.send("POST", f"{self.session}/timeouts", {"script": 120000})

    def patiently(self, capabilities: dict) -> dict:
        """Asks for a session until the driver, which says nothing when it is ready, answers."""
        for _ in range(100):
            try:
                return self.send("POST", "/session", capabilities)
            except urllib.error.URLError:
                time.sleep(0.1)
        raise AssertionError("WebKitWebDriver did not answer")

    def send(self, method: str, path: str, body: dict | None = None):
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.address + path, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=150) as answer:
            return json.load(answer)["value"]

    def goto(self, url: str):
        self.send("POST", f"{self.session}/url", {"url": url})

    def evaluate(self, expression: str):
        """The value of a JavaScript expression, which may be a promise."""
        script = f"""const done = arguments[arguments.length - 1];
            (async () => ({expression}))().then(
                value => done(JSON.stringify({{value}})), error => done(JSON.stringify({{error: String(error)}})))"""
        answer = json.loads(self.send("POST", f"{self.session}/execute/async", {"script": script, "args": []}))
        assert "error" not in answer, answer["error"]
        return answer.get("value")

    def click(self, selector: str):
        element = self.send("POST", f"{self.session}/element", {"using": "css selector", "value": selector})
        self.send("POST", f"{self.session}/element/{next(iter(element.values()))}/click", {})

    def close(self):
        self.send("DELETE", self.session)
        for process in (self.driver, self.screen):
            process.terminate()
            process.wait(10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
