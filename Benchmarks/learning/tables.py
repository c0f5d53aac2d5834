"""Examples for the benchmarks, seeded, written as the WebAssembly side reads them."""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "out" / "learning-bench"
SHARED = ROOT.parent / "shared" / "data" / "mapping"
# Inputs, outputs, rows of the four sizes of mappings.
SIZES = [(3, 2, 50), (13, 4, 500), (33, 8, 2000), (99, 16, 5000)]

WRITTEN: set[str] = set()


@dataclass
class Table:
    """Rows to learn from first, then rows to ask; `outputs` counts targets, categories or gestures."""

    name: str
    inputs: np.ndarray
    outputs: np.ndarray
    count: int
    learned: int

    @property
    def path(self) -> str:
        file = FOLDER / f"{self.name}.bin"
        if self.name not in WRITTEN:
            WRITTEN.add(self.name)
            FOLDER.mkdir(parents=True, exist_ok=True)
            head = struct.pack("<4i", self.inputs.shape[1], self.count, self.learned, len(self.inputs) - self.learned)
            file.write_bytes(head + np.hstack([self.inputs, self.outputs]).astype("<f4").tobytes())
        return str(file)

    @property
    def parts(self):
        """Inputs and outputs to learn from, inputs and outputs to ask."""
        n = self.learned
        return self.inputs[:n], self.outputs[:n], self.inputs[n:], self.outputs[n:]


def mapping(size: int, seed: int = 1, correlated: bool = True) -> Table:
    """A sum of sines of random projections, unit variance, 5 % noise; a fifth of the rows is to be asked."""
    inputs, outputs, rows = SIZES[size]
    random = np.random.default_rng([seed, size, correlated])
    if correlated:
        sources = random.normal(size=(rows, max(2, -(-inputs // 3))))
        x = sources @ random.normal(size=(sources.shape[1], inputs)) / np.sqrt(sources.shape[1])
        x += 0.1 * random.normal(size=x.shape)
    else:
        x = random.uniform(-1.7, 1.7, size=(rows, inputs))
    waves = int(random.integers(5, 10))
    projections = 1.5 * random.normal(size=(inputs, waves)) / np.sqrt(inputs)
    y = np.sin(x @ projections + random.uniform(0, 2 * np.pi, waves)) @ random.normal(size=(waves, outputs))
    y = (y - y.mean(0)) / y.std(0) + 0.05 * random.normal(size=y.shape)
    return Table(f"mapping-{'cu'[not correlated]}{size}-{seed}", x, y, outputs, rows * 4 // 5)


def given_mapping(size: int) -> Table:
    """The mapping of the engine's first measurements where it is at hand, else one of the same kind."""
    file = SHARED / f"c{size}.bin"
    if not file.exists():
        return mapping(size)
    data = file.read_bytes()
    inputs, outputs, learned, _ = struct.unpack("<4i", data[:16])
    rows = np.frombuffer(data, "<f4", offset=16).reshape(-1, inputs + outputs).astype(float)
    return Table(f"given-c{size}", rows[:, :inputs], rows[:, inputs:], outputs, learned)


def clouds(rows: int, inputs: int, categories: int = 5, seed: int = 1) -> Table:
    """A cloud of points for each category; they overlap a little."""
    random = np.random.default_rng([seed, rows, inputs])
    category = np.arange(rows) % categories
    x = random.normal(size=(categories, inputs))[category] + random.normal(size=(rows, inputs))
    return Table(f"clouds-{rows}x{inputs}", x, category[:, None], categories, rows)


def curves(rows: int, inputs: int, outputs: int = 4, seed: int = 1) -> Table:
    """Sines of projections with noise, all to learn from."""
    random = np.random.default_rng([seed, rows, inputs])
    x = random.normal(size=(rows, inputs))
    y = np.sin(x @ random.normal(size=(inputs, outputs)) / np.sqrt(inputs)) + 0.05 * random.normal(size=(rows, outputs))
    return Table(f"curves-{rows}x{inputs}", x, y, outputs, rows)


def gestures(count: int, length: int, dimensions: int, takes: int = 1, seed: int = 1) -> Table:
    """Smooth paths through a few dimensions, `takes` of each."""
    random = np.random.default_rng([seed, count, length, takes])
    time = np.linspace(0, 1, length)[:, None, None]
    rows, labels = [], []
    for gesture in range(count):
        size, phase = random.normal(size=(4, dimensions)), random.uniform(size=(4, dimensions))
        for _ in range(takes):
            path = (size * np.sin(2 * np.pi * (np.arange(1, 5)[:, None] * time + phase))).sum(1)
            rows.append(path + 0.05 * random.normal(size=path.shape))
            labels += [gesture] * length
    return Table(f"gestures-{count}x{length}x{dimensions}-{takes}", np.vstack(rows), np.array(labels)[:, None], count, len(labels))
