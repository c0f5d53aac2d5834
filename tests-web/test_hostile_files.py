"""Projects that come from strangers: whatever is in them, the page says what is wrong and changes nothing."""

import io
import json
import time
import zipfile

from studio import Studio


def archive(files: dict[str, bytes | str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return data.getvalue()


def project(document=None, version=1, **more) -> bytes:
    root = {"format": "starling", "version": version, "document": document or {}}
    return archive({"project.json": json.dumps(root), **more})


def claiming(data: bytes, size: int) -> bytes:
    """The archive with another size of its last file in its directory."""
    changed = bytearray(data)
    place = changed.rindex(b"PK\x01\x02") + 24
    changed[place : place + 4] = size.to_bytes(4, "little")
    return bytes(changed)


TAKE = {"category": "c", "rate": 100, "columns": ["loudness"], "rows": "0" * 64, "seconds": 1}
ROWS = {"examples/t.csv": "time,loudness\n0,-20\n"}
WITH_TAKE = {
    "models": {"m": {"name": "m", "kind": "mlp"}},
    "categories": {"c": {"name": "c", "model": "m"}},
    "takes": {"t": TAKE},
}
HOSTILE = {
    "not an archive": b"\x00\x01 this is no archive",
    "cut short": project()[:-30],
    "empty": b"",
    "no project": archive({"readme.txt": "hello"}),
    "path traversal": archive({"../../project.json": "{}"}),
    "bomb": archive({"project.json": b" " * 300_000_000}),
    "newer": project(version=1_000_000),
    "wrong types": project({"takes": [1, 2, 3]}),
    "unknown table": project({"rockets": {}}),
    "deep": archive({"project.json": "[" * 200_000}),
    "claims many years": project(WITH_TAKE | {"takes": {"t": TAKE | {"seconds": 1e9}}}),
    "lacks what it names": project(WITH_TAKE),
    "claims 10^9 examples": claiming(project(WITH_TAKE, **ROWS), 10**9),
    "numbers that are none": project(WITH_TAKE, **{"examples/t.csv": "time,loudness\n0,nan\n"}),
}  # fmt: skip


def test_hostile_files_change_nothing(page, server):
    studio = Studio(page, server.address).dismiss()
    before = page.evaluate("starling.document")
    for what, data in HOSTILE.items():
        begin = time.monotonic()
        studio.open_file(data)
        notice = page.locator('.notice[data-kind="error"]').first
        notice.wait_for()
        sentence = notice.locator("p").inner_text()
        print(f"{what}: {sentence} ({time.monotonic() - begin:.1f} s)")
        assert sentence.count(" ") > 4, "no sentence"
        assert page.evaluate("starling.document") == before, what
        notice.get_by_role("button", name="Dismiss").click()
    assert studio.pads.first.is_visible()
