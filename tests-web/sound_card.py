"""A sound card for machines that have none: PulseAudio with an output that nobody hears."""

import os
import subprocess
import tempfile
import time
from pathlib import Path

MODULES = ("module-native-protocol-unix", "module-null-sink sink_name=out rate=48000")


class SoundCard:
    """`environment` is for the programs that are to find it."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="starling-sound-")
        socket = Path(self.folder.name, "pulse", "native")
        own = {"XDG_RUNTIME_DIR": self.folder.name, "HOME": self.folder.name}
        modules = [f"--load={module}" for module in MODULES]
        command = ["pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "-n", *modules]
        self.process = subprocess.Popen(
            command, env={**os.environ, **own}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(100):
            if socket.exists():
                break
            time.sleep(0.1)
        self.environment = {"XDG_RUNTIME_DIR": self.folder.name, "PULSE_SERVER": f"unix:{socket}"}

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
        self.folder.cleanup()
