"""A ready project: what its files say of it, its document, and the takes that teach it."""

import csv
import hashlib
import io
import json
import subprocess
import tempfile
import wave
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from . import sounds

HOP = 256
# What a take keeps. More would make the files large, and models choose from these.
FEATURES = "loudness,centroid,pitch,onset,zero-crossing-rate,mfcc"
DIGITS = 3


@dataclass
class Lesson:
    """What teaches a category: sounds, how many analyses make an example, and a preset they belong to, by parameter."""

    category: str
    sounds: list
    thinning: int = 3
    preset: dict[str, float] = field(default_factory=dict)
    # Sounds that die away teach only while they are heard.
    gate: float = -200


@dataclass
class Project:
    """A project: the name of its file, a title, what it does in a sentence, its document and what is taught."""

    name: str
    title: str
    words: str
    document: dict
    lessons: list[Lesson] = field(default_factory=list)
    # Further blobs by their path in the archive.
    blobs: dict[str, bytes] = field(default_factory=dict)

    def archive(self, starling: Path) -> bytes:
        """The project file; `starling extract` measures the sounds."""
        document = {"project": {"project": {"name": self.title}}, **self.document}
        files: dict[str, str | bytes] = dict(self.blobs)
        takes, presets = {}, {}
        for lesson in self.lessons:
            for number, sound in enumerate(lesson.sounds, 1):
                columns, text = rows(starling, sound, lesson)
                name = f"{lesson.category}-{number}"
                takes[name] = take(lesson, len(takes) + 1, sound, columns, text)
                files[f"examples/{name}.csv"] = text
            for parameter, value in lesson.preset.items():
                presets[f"{lesson.category}/{parameter}"] = {"category": lesson.category, "parameter": parameter, "value": value}
        document |= {"takes": takes, "presets": presets}
        return packed({"project.json": json.dumps({"format": "starling", "version": 1, "document": document}, indent=1), **files})


def take(lesson: Lesson, order: int, sound, columns: list[str], text: str) -> dict:
    return {
        "category": lesson.category, "name": "", "order": order, "seconds": len(sound) / sounds.RATE,
        "rate": sounds.RATE / HOP / lesson.thinning, "columns": columns,
        "rows": hashlib.sha256(text.encode()).hexdigest(),
        "parameters": list(lesson.preset), "targets": list(lesson.preset.values()),
    }  # fmt: skip


def rows(starling: Path, sound, lesson: Lesson) -> tuple[list[str], str]:
    """What the engine measures in a sound: the columns' names, and a take's CSV."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "take.wav"), Path(folder, "take.csv")
        source.write_bytes(wav(sound))
        subprocess.run([starling, "extract", source, "--features", FEATURES, "--out", target], check=True)
        header, *lines = csv.reader(target.open())
    loudness = header.index("loudness")
    lines = [line for line in lines if float(line[loudness]) > lesson.gate]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([f"{float(value):.{DIGITS}g}" for value in line] for line in lines[:: lesson.thinning])
    return header[1:], text.getvalue()


def wav(sound, rate: int = sounds.RATE) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1), writer.setsampwidth(2), writer.setframerate(rate)
        writer.writeframes((sound * 32767).astype("<i2").tobytes())
    return file.getvalue()


def packed(files: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name, text in files.items():
            # A fixed date: the same project is the same file.
            file.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return data.getvalue()
