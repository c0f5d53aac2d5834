"""Nothing is lost: browsers that are killed, journals that are torn, projects that are saved as files."""

import io
import zipfile

import pytest

import chromium
import media
from studio import Studio

# A frame of the journal may wait this long before it is written.
LOST_SECONDS = 0.15


HOLD = """() => {
    starling.hold(starling.ordered('categories')[0].id)
    globalThis.begun = performance.now()
}"""


def killed_while_teaching(playwright, server, folder, seconds: float) -> float:
    """Teaches by the API until the browser is killed; how long the take was then."""
    with chromium.profile(playwright, folder, media.babble()) as context:
        page = context.new_page()
        Studio(page, server.address).start()
        page.wait_for_timeout(1000)
        page.evaluate(HOLD)
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
    studio.open_file(data)
    studio.message("Opened").wait_for()
    assert page.evaluate("starling.document") == before


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
        for await (const handle of folder.values()) {
            torn += await (handle.kind === 'file' ? tear(handle) : tearAll(handle))
        }
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
