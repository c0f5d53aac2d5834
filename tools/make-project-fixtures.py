"""Writes Tests/Fixtures/project: what Python's own codecs make of numbers, archives, sounds, sheets and hashes.

Run from anywhere with a Python that has numpy; the same files come out each time.
"""
import csv
import hashlib
import io
import json
import random
import struct
import wave
import zipfile
import zlib
from pathlib import Path

import numpy as np

OUT = Path(__file__).resolve().parent.parent / "Tests" / "Fixtures" / "project"
DATE = (1999, 12, 31, 23, 59, 58)


def numbers():
    """Shortest texts of doubles and floats, as Python and numpy print them, and decimals that are hard to read."""
    rng = random.Random(1)
    bits64 = [0, 1, 2, 0x000F_FFFF_FFFF_FFFF, 0x0010_0000_0000_0000, 0x7FEF_FFFF_FFFF_FFFF, 1 << 63]
    bits64 += [struct.unpack("<Q", struct.pack("<d", x))[0] for x in
               (0.1, 1 / 3, 1e21, 1e22, 1e23, 1e-6, 1e-7, 123456789012345680.0, 2.0**53, 2.0**53 + 2, 9e15, 5e-324, 0.3, 1e15, 1.5)]
    bits64 += [(e << 52) for e in range(1, 2047, 37)]  # powers of two, whose neighbours lie unevenly
    while len(bits64) < 1200:
        bits = rng.getrandbits(64)
        if (bits >> 52) & 0x7FF != 0x7FF:
            bits64.append(bits)
    bits32 = [0, 1, 2, 0x007F_FFFF, 0x0080_0000, 0x7F7F_FFFF, 1 << 31] + [e << 23 for e in range(1, 255, 3)]
    while len(bits32) < 1500:
        bits = rng.getrandbits(32)
        if (bits >> 23) & 0xFF != 0xFF:
            bits32.append(bits)
    doubles = [[f"{b:016x}", repr(struct.unpack("<d", struct.pack("<Q", b))[0])] for b in bits64]
    floats = [[f"{b:08x}", np.format_float_scientific(np.uint32(b).view(np.float32), unique=True)] for b in bits32]
    hard = ["9007199254740993", "9007199254740992.99999999999999999999", "9007199254740993.00000000000000000001",
            "2.2250738585072011e-308", "2.2250738585072012e-308", "4.9406564584124654e-324", "2.4703282292062327e-324",
            "2.4703282292062328e-324", "1.7976931348623158e308", "0." + "0" * 400 + "1e400", "1" + "0" * 300 + "e-300",
            "3." + "1" * 900, "8.5" + "0" * 850 + "1e15", "6929495644600919.5", "6929495644600920.5",
            "16777217", "16777219", "1.00000017881393432617187499", "1.00000017881393432617187500",
            "1.00000017881393432617187501", "7.0064923216240853546186479164495e-46", "7.0064923216240853546186479164496e-46"]
    for _ in range(300):
        hard.append(f"{rng.randrange(10 ** rng.randrange(1, 25))}e{rng.randrange(-330, 300)}")
    hard = [h for h in hard if abs(float(h)) != float("inf")]
    return {"doubles": doubles, "floats": floats, "decimals": [
        [h, struct.pack(">d", float(h)).hex(), float_bits(h)] for h in hard]}


def float_bits(text):
    """The nearest float by exact rational arithmetic; '' where it is too large."""
    from fractions import Fraction
    mantissa, _, exponent = text.partition("e")
    whole, _, part = mantissa.partition(".")
    exact = Fraction(int(whole + part)) * Fraction(10) ** (int(exponent or 0) - len(part))
    if exact >= Fraction(2) ** 128:
        return ""
    near = np.float32(float(exact))
    best = None
    for candidate in (near, np.nextafter(near, np.float32(np.inf)), np.nextafter(near, np.float32(0))):
        if not np.isfinite(candidate):
            value, even = Fraction(2) ** 128, True
        else:
            value, even = Fraction(float(candidate)), int(candidate.view(np.uint32)) % 2 == 0
        key = (abs(value - exact), not even)
        if best is None or key < best[0]:
            best = (key, candidate)
    return "" if not np.isfinite(best[1]) else f"{int(best[1].view(np.uint32)):08x}"


def hashes():
    """SHA-256 and CRC-32 of the first n of the bytes i * 7 + 3 modulo 256."""
    data = bytes((i * 7 + 3) % 256 for i in range(5000))
    sizes = list(range(0, 200)) + [255, 256, 1000, 5000]
    return [[n, hashlib.sha256(data[:n]).hexdigest(), zlib.crc32(data[:n])] for n in sizes]


def json_texts():
    """Values that Python writes, beside what they are in canonical form, and texts that are no JSON."""
    values = [None, True, False, 0, -1, 1.5, 1e300, "", "a\"b\\c/d\n\t\u0001", "Grüße, 世界, 🎵", [], {}, [[]], {"a": []},
              {"z": 1, "a": {"b": [1, 2, {"c": None}]}, "ü": "ö"}, [1, "two", [3.25, False]]]
    good = [[json.dumps(v, ensure_ascii=ascii, indent=indent), json.dumps(v, ensure_ascii=False, separators=(",", ":"))]
            for v in values for ascii in (True, False) for indent in (None, 1)]
    bad = ["", " ", "[", "]", "[1,]", "[,1]", "[1 2]", "{", "{}}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}",
           "01", "-", "+1", ".5", "1.", "1e", "1e+", "0x10", "NaN", "Infinity", "-Infinity", "nul", "truely", "TRUE",
           "\"", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12G4\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"a\nb\"",
           "1 2", "[1]]", "/**/1", "{\"a\":1,\"a\":2}", "1e400", "\ufeff1"]
    return {"good": good, "bad": bad}


def sounds(folder):
    """WAV files of each format, and their samples as numbers."""
    rng = np.random.default_rng(2)
    x = rng.uniform(-1, 1, (60, 3))
    x[0] = [-1, 0, 1 - 2**-31]
    expected = {}

    def keep(name, data, rate, values):
        (folder / f"{name}.wav").write_bytes(data)
        expected[name] = {"rate": rate, "channels": np.asarray(values, np.float32).T.astype(float).tolist()}

    for width in (1, 2, 3, 4):
        bits = 8 * width
        whole = np.clip(np.floor(x * 2 ** (bits - 1)), -(2 ** (bits - 1)), 2 ** (bits - 1) - 1).astype(np.int64)
        raw = b"".join(int(v + 128 if width == 1 else v).to_bytes(width, "little", signed=width > 1) for v in whole.ravel())
        file = io.BytesIO()
        with wave.open(file, "wb") as w:
            w.setnchannels(3)
            w.setsampwidth(width)
            w.setframerate(8000 * width)
            w.writeframes(raw)
        keep(f"pcm{bits}", file.getvalue(), 8000 * width, (whole / 2 ** (bits - 1)).astype(np.float32))

    def riff(*chunks):
        body = b"WAVE" + b"".join(id + struct.pack("<I", len(c)) + c + b"\0" * (len(c) % 2) for id, c in chunks)
        return b"RIFF" + struct.pack("<I", len(body)) + body

    def fmt(code, channels, rate, bits):
        stride = channels * bits // 8
        return struct.pack("<HHIIHH", code, channels, rate, rate * stride, stride, bits)

    for bits, kind in ((32, "<f4"), (64, "<f8")):
        keep(f"float{bits}", riff((b"fmt ", fmt(3, 3, 44100, bits)), (b"data", x.astype(kind).tobytes())), 44100, x.astype(np.float32))
    guid = bytes.fromhex("000000001000800000aa00389b71")
    extensible = fmt(0xFFFE, 3, 96000, 16) + struct.pack("<HHI", 22, 16, 7) + struct.pack("<H", 1) + guid
    whole = np.floor(x * 32767).astype("<i2")
    keep("extensible", riff((b"JUNK", b"odd"), (b"LIST", b"INFOsome"), (b"fmt ", extensible), (b"cue ", b"12345"),
                            (b"data", whole.tobytes()), (b"id3 ", b"behind")), 96000, whole / 32768)
    (folder / "sounds.json").write_text(json.dumps(expected))


def archives(folder):
    """Archives that Python packs, deflate data of every kind of block, and a project packed anew with its folder."""
    rng = random.Random(3)
    words = [bytes(rng.randrange(97, 123) for _ in range(rng.randrange(2, 9))) for _ in range(200)]
    texts = {
        "words": b" ".join(rng.choice(words) for _ in range(3000)),
        "noise": rng.randbytes(3000),
        "zeros": bytes(70000),
        "empty": b"",
        "one": b"a",
    }
    blocks = []
    for name, text in texts.items():
        for level, strategy in ((0, 0), (1, 0), (9, 0), (9, zlib.Z_FIXED), (9, zlib.Z_HUFFMAN_ONLY)):
            packer = zlib.compressobj(level, zlib.DEFLATED, -15, 9, strategy)
            packed = packer.compress(text) + packer.flush()
            if len(packed) <= 12_000:
                blocks.append({"size": len(text), "crc": zlib.crc32(text), "packed": packed.hex()})
    (folder / "deflate.json").write_text(json.dumps(blocks))

    def pack(name, files, stream=False):
        class Pipe(io.BytesIO):  # what cannot seek makes zipfile write data descriptors
            def seekable(self): return False
            def tell(self): raise OSError
            def seek(self, *_): raise OSError
        file = Pipe() if stream else io.BytesIO()
        with zipfile.ZipFile(file, "w") as z:
            z.comment = b"" if stream else b"a comment"
            for path, data, method in files:
                info = zipfile.ZipInfo(path, DATE)
                info.compress_type = method
                z.writestr(info, data)
        (folder / name).write_bytes(file.getvalue())

    files = [("read me.txt", b"hello", zipfile.ZIP_STORED), ("folder/", b"", zipfile.ZIP_STORED),
             ("folder/wörter.txt", texts["words"], zipfile.ZIP_DEFLATED), ("folder/zeros", texts["zeros"], zipfile.ZIP_DEFLATED)]
    pack("python.zip", files)
    pack("python-stream.zip", files, stream=True)

    rows = "time;pitch;loudness\r\n" + "".join(f"{i / 100};{60 + i / 7:.9g};{-i / 3:.9g}\r\n".replace(".", ",") for i in range(20))
    sound = (folder / "pcm16.wav").read_bytes()
    document = {
        "project": {"project": {"name": "Packed by hand"}},
        "models": {"vowels": {"name": "Vowels", "kind": "knn", "inputs": ["pitch", "loudness"], "order": 1}},
        "categories": {"a": {"model": "vowels", "name": "Ah", "order": 1}},
        "takes": {"take-1": {"category": "a", "rate": 100, "seconds": 0.2, "columns": ["pitch", "loudness"],
                             "rows": "0" * 64, "sound": "1" * 64}},
    }
    root = {"format": "starling", "version": 1, "document": document}
    pack("by-hand.starling", [
        ("My project/project.json", json.dumps(root, indent=4), zipfile.ZIP_DEFLATED),
        ("My project/examples/take-1.csv", rows, zipfile.ZIP_DEFLATED),
        ("My project/takes/take-1.wav", sound, zipfile.ZIP_DEFLATED),
        ("My project/weights/vowels.bin", bytes(range(64)), zipfile.ZIP_STORED),
        ("My project/notes.txt", "not ours", zipfile.ZIP_STORED)])

    old = {"format": "starling", "version": 0, "document": {
        "project": {"project": {"name": "Old"}},
        "models": {"m": {"name": "Model", "kind": "knn", "order": 1}},
        "pads": {"a": {"model": "m", "name": "Ah", "order": 1}, "o": {"model": "m", "name": "Oh", "order": 2, "note": 60}},
        "presets": {"p": {"pad": "o", "parameter": "choir/breath", "value": 0.5}},
        "takes": {"t": {"pad": "a", "rate": 50, "columns": ["pitch"], "muted": True}},
    }}
    (folder / "version-0.json").write_text(json.dumps(old, indent=1))


def sheets(folder):
    """CSV as Python's writer makes it, and the cells."""
    rows = [["time", "a \"quoted\" name", "comma, inside"], ["0.5", "line\nbreak", "-1e-3"], ["1", "", "ünï"], ["2", "x;y", "\t"]]
    result = []
    for end in ("\n", "\r\n"):
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL):
            for bom in ("", "\ufeff"):
                file = io.StringIO()
                csv.writer(file, lineterminator=end, quoting=quoting).writerows(rows)
                result.append({"text": bom + file.getvalue(), "rows": rows})
    for separator in (";", "\t"):
        file = io.StringIO()
        plain = [[cell.replace("\t", " ") for cell in row] for row in rows]
        csv.writer(file, delimiter=separator, lineterminator="\n").writerows(plain)
        result.append({"text": file.getvalue(), "rows": plain})
    (folder / "sheets.json").write_text(json.dumps(result))


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "numbers.json").write_text(json.dumps(numbers()))
    (OUT / "hashes.json").write_text(json.dumps(hashes()))
    (OUT / "json.json").write_text(json.dumps(json_texts()))
    sounds(OUT)
    archives(OUT)
    sheets(OUT)


if __name__ == "__main__":
    main()
