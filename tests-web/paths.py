"""Where things are. The built program can be chosen by STARLING, the folder of real recordings by SPOKEN_DIGITS."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out"
WEB = ROOT / "web"
BENCHMARKS = ROOT / "Benchmarks"
UNITS = ROOT / "tests-web" / "units"
STARLING = Path(os.environ.get("STARLING", ROOT / ".build" / "release" / "starling"))
SPOKEN_DIGITS = Path(os.environ.get("SPOKEN_DIGITS", ROOT.parent / "shared" / "data" / "spoken-digits"))
CHROMIUM = "/usr/bin/chromium"
