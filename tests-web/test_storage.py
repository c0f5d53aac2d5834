"""Nothing is lost: browsers that are killed, files that are torn, projects that come from strangers."""

import io
import json
import time
import zipfile

import pytest

import chromium
import media
from studio import Studio

# A frame of the journal may wait this long before it is written.
LOST_SECONDS = 0.15


def killed_while_teaching(playwright, server, folder, seconds: float) -> float:
    """Teaches by the API until the browser is killed; how long the take was then."""
    with chromium.profile(playwright, folder, media.babble()) as context:
        page = context.new_page()
        Studio(page, server.address).start()
        page.wait_for_timeout(1000)
        page.evaluate("() => { starling.hold(starling.ordered('categories')[0].id); globalThis.begun = performance.now() }")
        family = chromium.processes(folder)
        assert len(family) > 3
        page.wait_for_timeout(1000 * seconds)
        held = page.evaluate("(performance.now() - globalThis.begun) / 1000")
        chromium.kill(family)
        return held


@pytest.mark.parametrize("seconds", [0.7, 2.3, 4.1])
def test_killed_while_teaching(playwright, server, tmp_path, seconds):
    folder = tmp_path / "profile"
    held = killed_while_teaching(playwright, server, folder, seconds)
    with chromium.profile(playwright, folder, media.babble()) as context:
        page = context.new_page()
        studio = Studio(page, server.address)
        studio.message("was saved").wait_for()
        takes = page.evaluate("starling.ordered('takes')")
        kept = takes[-1]["seconds"]
        print(f"held {held:.3f} s, recovered {kept:.3f} s")
        assert kept >= held - LOST_SECONDS


def test_everything_taught_before_is_there_after_a_kill(playwright, server, tmp_path):
    folder = tmp_path / "profile"
    with chromium.profile(playwright, folder, media.babble()) as context:
        page = context.new_page()
        studio = Studio(page, server.address).start()
        for key in "123":
            page.keyboard.down(key)
            page.wait_for_timeout(600)
            page.keyboard.up(key)
        page.wait_for_function("() => starling.saved.state === 'saved'")
        before = page.evaluate("starling.document")
        chromium.kill(chromium.processes(folder))
    with chromium.profile(playwright, folder) as context:
        page = context.new_page()
        studio = Studio(page, server.address)
        studio.pads.first.wait_for()
        assert page.evaluate("starling.document") == before


def test_undo_and_redo(page, server):
    studio = Studio(page, server.address).start()
    count = studio.takes()
    page.keyboard.down("1")
    page.wait_for_timeout(700)
    page.keyboard.up("1")
    page.wait_for_function("(count) => Object.keys(starling.document.takes).length === count", arg=count + 1)
    after = page.evaluate("starling.document")
    page.keyboard.press("Control+z")
    assert studio.takes() == count
    page.keyboard.press("Control+Shift+Z")
    assert page.evaluate("starling.document") == after


def test_what_was_undone_stays_undone(page, server):
    studio = Studio(page, server.address).start()
    before = page.evaluate("starling.document")
    page.keyboard.down("3")
    page.wait_for_timeout(600)
    page.keyboard.up("3")
    page.wait_for_function("() => starling.undoName.startsWith('Teach')")
    page.keyboard.press("Control+z")
    page.wait_for_timeout(300)
    page.wait_for_function("() => starling.saved.state === 'saved'")
    page.reload()
    studio.pads.first.wait_for()
    assert page.evaluate("starling.document") == before


def saved_copy(page) -> bytes:
    with page.expect_download() as download:
        page.keyboard.press("Control+s")
    with open(download.value.path(), "rb") as file:
        return file.read()


def open_file(page, data: bytes, name="other.starling"):
    page.get_by_role("button", name="Project", exact=True).click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Open…").click()
    chooser.value.set_files({"name": name, "mimeType": "application/zip", "buffer": data})


def test_a_copy_opens_as_it_was(page, server):
    studio = Studio(page, server.address).start()
    page.keyboard.down("2")
    page.wait_for_timeout(700)
    page.keyboard.up("2")
    page.wait_for_timeout(300)
    before = page.evaluate("starling.document")
    data = saved_copy(page)
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert "project.json" in names and any(name.endswith(".wav") for name in names)
    page.evaluate("starling.newProject()")
    open_file(page, data)
    studio.message("Opened").wait_for()
    assert page.evaluate("starling.document") == before


def archive(files: dict[str, bytes | str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return data.getvalue()


def project(document=None, version=1, **more) -> bytes:
    root = {"format": "starling", "version": version, "document": document or {}}
    return archive({"project.json": json.dumps(root), **more})


TAKE = {"category": "c", "rate": 100, "columns": ["loudness"], "rows": "0" * 64, "seconds": 1e9}
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
    "claims an hour of nothing": project(WITH_TAKE),
    "numbers that are none": project(WITH_TAKE | {"takes": {"t": TAKE | {"seconds": 1}}}, **{"examples/t.csv": "time,loudness\n0,nan\n"}),
}  # fmt: skip


def test_hostile_files_change_nothing(page, server):
    studio = Studio(page, server.address).dismiss()
    before = page.evaluate("starling.document")
    for what, data in HOSTILE.items():
        begin = time.monotonic()
        open_file(page, data)
        notice = page.locator('.notice[data-kind="error"]').first
        notice.wait_for()
        sentence = notice.locator("p").inner_text()
        print(f"{what}: {sentence} ({time.monotonic() - begin:.1f} s)")
        assert len(sentence) > 20 and "undefined" not in sentence
        assert page.evaluate("starling.document") == before, what
        notice.get_by_role("button", name="Dismiss").click()
    assert studio.pads.first.is_visible()


# Half a record behind the last whole one, as a power cut leaves it: how many files were torn.
TEAR = """async () => {
    const tear = async (handle) => {
        const { size } = await handle.getFile()
        const writer = await handle.createWritable({ keepExistingData: true })
        await writer.write({ type: 'write', position: size, data: new Uint8Array(200).fill(77) })
        await writer.close()
        return 1
    }
    const tearAll = async (folder) => {
        let torn = 0
        for await (const handle of folder.values()) torn += await (handle.kind === 'file' ? tear(handle) : tearAll(handle))
        return torn
    }
    return tearAll(await navigator.storage.getDirectory())
}"""

RENAME = """(name) => starling.apply({
    name: 'Rename', changes: [{ table: 'project', id: 'project', field: 'name', value: name }],
})"""


def rename(page, name: str):
    page.evaluate(RENAME, name)
    page.wait_for_timeout(300)
    page.wait_for_function("() => starling.saved.state === 'saved'")


def test_a_torn_journal_is_recovered_to_its_last_whole_record(page, server):
    def name():
        page.goto(server.address)
        page.wait_for_function("() => globalThis.starling")
        return page.evaluate("starling.document.project.project.name")

    name()
    rename(page, "Kept")
    page.account.expect("favicon.ico")
    page.goto(f"{server.address}/lib/starling.js")
    assert page.evaluate(TEAR) > 0
    assert name() == "Kept"
    rename(page, "Kept again")
    assert name() == "Kept again"
