"""Starling's models in WebAssembly, in a node process of their own that answers one order at a time."""

import json
import subprocess

from tables import ROOT

MODULE = ROOT / ".build-wasm" / "learning-bench.wasm"


class Engine:
    def __init__(self):
        command = ["node", str(ROOT / "Benchmarks" / "learning" / "serve.js"), str(MODULE)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, order: str, **arguments):
        self.process.stdin.write(json.dumps({"order": order, **arguments}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        answer = json.loads(line) if line else {"failed": "the engine has stopped"}
        if isinstance(answer, dict) and "failed" in answer:
            raise RuntimeError(answer["failed"])
        return answer

    def stop(self):
        self.process.stdin.close()
        self.process.wait()
