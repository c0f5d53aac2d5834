"""Reads a Chromium trace: how long each block took the audio thread, and whether memory was collected there."""

import json
from dataclasses import dataclass

import numpy as np

CATEGORIES = ["v8", "disabled-by-default-v8.gc", "webaudio", "disabled-by-default-audio-worklet"]
RENDER = "AudioWorkletProcessor::Process (author script execution)"
COLLECTIONS = ("MinorGC", "MajorGC")


@dataclass
class AudioThread:
    """Render times in microseconds, one a render quantum, and the garbage collections of the audio thread."""

    renders: np.ndarray
    collections: int

    def share(self, percentile: float, sample_rate: float) -> float:
        """How much of the quantum of 128 sample-frames rendering takes at this percentile: 1 would be all of it."""
        return float(np.percentile(self.renders, percentile)) / 1e6 * sample_rate / 128


def audio_thread(trace: bytes) -> AudioThread:
    events = json.loads(trace)["traceEvents"]
    names = [event for event in events if event["name"] == "thread_name"]
    threads = {place(event) for event in names if "AudioWorklet" in event["args"]["name"]}
    mine = [event for event in events if place(event) in threads]
    renders = [event["dur"] for event in mine if event["name"] == RENDER and "dur" in event]
    return AudioThread(np.array(renders, float), sum(event["name"] in COLLECTIONS for event in mine))


def place(event: dict) -> tuple:
    return event["pid"], event["tid"]
