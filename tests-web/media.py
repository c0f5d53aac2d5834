"""What the microphone hears in the tests: speech by espeak-ng or real people, in files with known times.

Everything is made once and kept under out/media. `python media.py` (tools/make-media) makes it all.
"""

import json
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from paths import OUT, SPOKEN_DIGITS
from sounds import RATE, levelled, read_wav, resampled, tone, trimmed, write_wav

MEDIA = OUT / "media"
WORDS = ("sea", "law", "shoe")
DIGITS = ("1", "6", "8")

# voice, words a minute, pitch: even ones teach, odd ones are the other takes
SPEAKERS = (
    ("en-us+m3", 150, 50), ("en-gb+f2", 145, 55), ("en-us+m1", 165, 40), ("en-gb+f4", 160, 60),
    ("en-gb-scotland+m5", 150, 45), ("en-us+f3", 170, 50), ("en-gb+m2", 140, 35), ("en-us+f5", 155, 65),
    ("en-us+m7", 160, 55), ("en-gb+f1", 150, 45),
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """A word in a microphone file: where it starts and ends, in seconds after the marker."""

    word: str
    start: float
    end: float


@dataclass(frozen=True)
class Script:
    """A microphone file: silence, a marker tone, then words at known times, then a long silence."""

    path: str
    words: tuple[str, ...]
    teach: tuple[Said, ...]
    other: tuple[Said, ...]


def spoken(word: str, speaker: tuple[str, int, int]) -> np.ndarray:
    voice, speed, pitch = speaker
    command = ["espeak-ng", "-v", voice, "-s", str(speed), "-p", str(pitch), "--stdout", word]
    # espeak-ng streams: the lengths in its header are not true, so they are passed over
    data = subprocess.run(command, capture_output=True, check=True).stdout
    rate = int.from_bytes(data[24:28], "little")
    return levelled(trimmed(resampled(np.frombuffer(data[44:], "<i2") / 32768, rate)))


def script(name: str, takes: dict[str, list[np.ndarray]], taught: bool = True) -> Script:
    """Lays five taught takes (if any) and five other takes of each word out, one word after the other in turn."""
    silence, said, sounds, now = np.zeros(RATE // 2), [], [], 1.0
    sounds += [np.zeros(2 * RATE), tone(1000, 0.3), np.zeros(int(0.7 * RATE))]
    for take in range(0 if taught else 5, 10):
        for word, variants in takes.items():
            sound = variants[take]
            said.append(Said(word, now, now + len(sound) / RATE))
            sounds += [sound, silence]
            now += (len(sound) + len(silence)) / RATE
    # no loop may begin while a test listens
    path = write_wav(MEDIA / f"{name}.wav", np.concatenate(sounds + [np.zeros(120 * RATE)]))
    count = 5 * len(takes) if taught else 0
    return Script(str(path), tuple(takes), tuple(said[:count]), tuple(said[count:]))


def speech_takes() -> dict[str, list[np.ndarray]]:
    order = [*SPEAKERS[0::2], *SPEAKERS[1::2]]
    return {word: [spoken(word, speaker) for speaker in order] for word in WORDS}


def digit_takes(speaker: str) -> dict[str, list[np.ndarray]]:
    def take(digit: str, number: int) -> np.ndarray:
        sound, rate = read_wav(SPOKEN_DIGITS / f"{digit}_{speaker}_{number}.wav")
        return levelled(trimmed(resampled(sound, rate)))

    return {digit: [take(digit, number) for number in range(10)] for digit in DIGITS}


def fresh(path: Path) -> bool:
    return path.exists() and path.stat().st_mtime > Path(__file__).stat().st_mtime


def scripts(name: str, takes) -> tuple[Script, Script]:
    """The file for the first session (taught and other takes) and for the next one (other takes only)."""
    note = MEDIA / f"{name}.json"
    if not fresh(note):
        sounds = takes()
        pair = script(f"{name}-first", sounds), script(f"{name}-again", sounds, taught=False)
        note.write_text(json.dumps([asdict(part) for part in pair]))
    return tuple(loaded(part) for part in json.loads(note.read_text()))


def loaded(part: dict) -> Script:
    said = {key: tuple(Said(**item) for item in part[key]) for key in ("teach", "other")}
    return Script(part["path"], tuple(part["words"]), **said)


def speech() -> tuple[Script, Script]:
    return scripts("speech", speech_takes)


def digits(speaker: str) -> tuple[Script, Script]:
    return scripts(f"digits-{speaker}", lambda: digit_takes(speaker))


def babble() -> Path:
    """Two minutes of speech without a pause of more than 0.2 s: a microphone that always has something to say."""
    path = MEDIA / "babble.wav"
    if fresh(path):
        return path
    words = [sound for variants in speech_takes().values() for sound in variants]
    order = np.random.default_rng(1).permutation(np.arange(270) % len(words))
    parts = [part for index in order for part in (words[index], np.zeros(RATE // 10))]
    return write_wav(path, np.concatenate(parts)[: 120 * RATE])


def singing() -> Path:
    """A minute of what the ready example knows: mmm, sss and aah in turn, by changing voices."""
    path = MEDIA / "singing.wav"
    if fresh(path):
        return path
    sounds = [spoken(f"[[{sound}]]", voice) for voice in SPEAKERS[:5] for sound in ("m:m:m:m:", "s:s:s:s:", "A:A:A:A:")]
    parts = [part for sound in sounds for part in (sound, np.zeros(RATE // 4))]
    return write_wav(path, np.tile(np.concatenate(parts), 5)[: 60 * RATE])


if __name__ == "__main__":
    print(speech()[0].path, babble(), singing())
    if SPOKEN_DIGITS.exists():
        print(digits("george")[0].path, digits("jackson")[0].path)
