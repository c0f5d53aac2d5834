"""Drives Firefox by WebDriver BiDi over a WebSocket, without geckodriver."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import threading

from websockets.sync.client import connect

PREFERENCES = {
    "remote.active-protocols": 1,
    "browser.shell.checkDefaultBrowser": False,
    "browser.aboutwelcome.enabled": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
    "app.update.enabled": False,
    "app.normandy.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "http://127.0.0.1:1/",
    "media.navigator.permission.disabled": True,
    "media.navigator.streams.fake": True,
    "media.autoplay.default": 0,
}


# A page answers within seconds; a browser that does not has stopped.
PATIENCE = 90


class Firefox:
    def __init__(self, environment: dict):
        self.environment = environment
        self.start()

    def start(self):
        self.profile = tempfile.mkdtemp(prefix="starling-firefox-")
        with open(f"{self.profile}/user.js", "w") as file:
            for key, value in PREFERENCES.items():
                file.write(f"user_pref({json.dumps(key)}, {json.dumps(value)});\n")
        command = ["firefox-esr", "--headless", "--no-remote", "--profile", self.profile, "--remote-debugging-port=0"]
        own = {**os.environ, **self.environment, "HOME": self.profile}
        self.process = subprocess.Popen(command, env=own, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.socket = connect(self.listening() + "/session", max_size=None)
        self.sent = 0
        self.send("session.new", {"capabilities": {}})
        self.context = self.send("browsingContext.getTree", {})["contexts"][0]["context"]

    def listening(self) -> str:
        for line in self.process.stdout:
            if match := re.search(r"WebDriver BiDi listening on (ws://\S+)", line):
                threading.Thread(target=self.process.stdout.read, daemon=True).start()
                return match[1]
        raise AssertionError("Firefox ended before it listened")

    def send(self, method: str, parameters: dict) -> dict:
        self.sent += 1
        self.socket.send(json.dumps({"id": self.sent, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.socket.recv(timeout=PATIENCE))
            if answer.get("id") == self.sent:
                assert answer["type"] == "success", f"{method}: {answer.get('message')}"
                return answer["result"]

    def goto(self, url: str):
        self.send("browsingContext.navigate", {"context": self.context, "url": url, "wait": "complete"})

    def evaluate(self, expression: str):
        """The value of a JavaScript expression, which may be a promise."""
        request = {
            "expression": f"(async () => JSON.stringify(await ({expression})))()",
            "target": {"context": self.context},
            "awaitPromise": True,
            "userActivation": True,
        }
        answer = self.send("script.evaluate", request)
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return json.loads(answer["result"].get("value", "null"))

    def click(self, selector: str):
        """A click by script, which Firefox here takes for a person's."""
        self.evaluate(f"document.querySelector({json.dumps(selector)}).click()")

    def close(self):
        self.socket.close()
        self.process.terminate()
        self.process.wait(20)
        shutil.rmtree(self.profile, ignore_errors=True)
