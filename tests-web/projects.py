"""Project files and pieces of music made for a test."""

import json
import struct
import zipfile
from pathlib import Path


def write_project(path: Path, document: dict, blobs: dict[str, bytes] | None = None) -> Path:
    """A project file: its document, and its blobs by their path in the archive."""
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("project.json", json.dumps({"format": "starling", "version": 1, "document": document}))
        for name, data in (blobs or {}).items():
            file.writestr(name, data)
    return path


def write_midi(path: Path, notes: list[int], seconds: float = 0.5, velocity: int = 100) -> Path:
    """A melody of equally long notes, at 120 quarter notes a minute."""
    ticks = round(seconds * 960)
    wait = bytes([0x80 | ticks >> 7, ticks & 0x7F])
    track = b"".join(bytes([0, 0x90, note, velocity]) + wait + bytes([0x80, note, 0]) for note in notes)
    track += bytes([0, 0xFF, 0x2F, 0])
    path.write_bytes(b"MThd" + struct.pack(">IHHH", 6, 0, 1, 480) + b"MTrk" + struct.pack(">I", len(track)) + track)
    return path
