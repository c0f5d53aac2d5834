"""Learn's three tabs: outputs of three kinds, the browser of takes, and the check on takes it has not seen."""

import pytest
from axe_playwright_python.sync_playwright import Axe

import media
import numpy as np
from studio import Studio

TAKES = "Object.entries(starling.document.takes).filter(([, { category }]) => category === '%s').length"


@pytest.fixture
def studio(page, server):
    studio = Studio(page, server.address).start()
    page.wait_for_function("() => starling.bus.value('/listen/mic/loudness') > -60")
    return studio


def hold(page, key="1", milliseconds=700):
    count = page.evaluate("Object.keys(starling.document.takes).length")
    page.keyboard.down(key)
    page.wait_for_timeout(milliseconds)
    page.keyboard.up(key)
    page.wait_for_function("(count) => Object.keys(starling.document.takes).length > count", arg=count)


def tab(page, name: str):
    page.get_by_role("tab", name=name).click()
    panel = page.get_by_role("tabpanel", name=name)
    panel.wait_for()
    return panel


def add_output(page, kind: str):
    page.get_by_role("button", name="Add an output").click()
    page.get_by_role("dialog").get_by_role("button", name=kind).click()
    page.get_by_role("radio", name=kind, exact=False).and_(page.locator("[aria-checked=true]")).wait_for()


def first_take(page):
    """Opens the newest take of the first pad; returns its row and its id."""
    tab(page, "Examples")
    row = page.locator(".take").first
    row.locator(".take-open").click()
    row.locator("starling-trim").wait_for()
    return row, page.evaluate("starling.ordered('takes', { category: starling.ordered('categories')[0].id }).at(-1).id")


def take(page, identity: str, field: str):
    return page.evaluate("([id, field]) => starling.document.takes[id]?.[field]", [identity, field])


# Teach


def test_one_output_is_as_simple_as_ever(page, studio):
    assert not page.get_by_role("radiogroup", name="Output being taught").is_visible()
    assert page.get_by_role("tab").all_inner_texts()[0] == "Teach"


def test_teach_a_second_output(page, studio):
    add_output(page, "Choice")
    assert page.evaluate("starling.ordered('models').length") == 2
    page.get_by_role("button", name="Teach Sound 1, 0 examples").wait_for()
    hold(page, "1"), hold(page, "2")
    page.wait_for_function("() => starling.training.models[1].examples > 20")
    learned = page.evaluate("starling.training.models[1].id")
    page.wait_for_function("(id) => starling.bus.value(`/learn/${id}/certainty`) > 0", arg=learned)
    assert "Sound 1" in page.locator("starling-pad").first.inner_text()
    page.get_by_role("radio", name="Voice").click()
    page.get_by_role("button", name="Teach Hum: mmm").first.wait_for()
    assert page.evaluate("starling.training.models[0].examples") > 800, "the first output has learned something else"


def test_features_are_ticked_for_each_output(page, studio):
    add_output(page, "Choice")
    page.get_by_role("checkbox", name="Pitch").click()
    page.wait_for_function("() => starling.ordered('models')[1].inputs.includes('pitch')")
    assert not page.evaluate("starling.ordered('models')[0].inputs.includes('pitch')")
    page.keyboard.press("o")
    page.wait_for_function("() => !document.querySelector('[data-feature=pitch] input').checked")


def test_rename_reorder_and_delete_an_output(page, studio):
    add_output(page, "Choice")
    page.get_by_role("button", name="How it learns").click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Hands")
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Hands").wait_for()
    page.get_by_role("button", name="Move before its neighbour").click()
    page.wait_for_function("() => starling.ordered('models')[0].name === 'Hands'")
    page.get_by_role("group", name="How learning goes").get_by_role("button", name="Delete").click()
    page.wait_for_function("() => starling.ordered('models').length === 1")
    studio.message("Hands was deleted").get_by_role("button", name="Undo").click()
    page.wait_for_function("() => starling.ordered('models').length === 2")


@pytest.mark.parametrize("kind, task", [("Choice", "categories"), ("Knobs", "continuous"), ("Gestures", "gestures")])
def test_kinds_of_models_fit_the_task(page, studio, kind, task):
    add_output(page, kind)
    page.get_by_role("button", name="How it learns").click()
    group = page.get_by_role("group", name="Kind of model")
    able = page.evaluate(
        "(task) => starling.catalogue.models.filter(({ tasks }) => tasks.includes(task)).map(({ name }) => name)", task
    )
    assert able, f"no model learns {task}"
    if len(able) > 1:
        page.wait_for_function(
            "(able) => [...document.querySelectorAll('input[name=kind]')].map(({ value }) => value).join() === able.join()", arg=able
        )
        group.locator(f"input[value={able[1]}]").click()
        page.wait_for_function("(kind) => starling.ordered('models')[1].kind === kind", arg=able[1])


def test_the_threshold_decides_what_is_answered(page, studio):
    """By keyboard on its line; what is less certain is answered no more."""
    label = "starling.bus.value('/learn/voice/label')"
    page.wait_for_function(f"() => {label} >= 0")
    line = page.get_by_role("slider", name="Certain now: answers from")
    line.focus()
    page.keyboard.press("End")
    page.wait_for_function("() => starling.ordered('models')[0].threshold === 1")
    page.wait_for_function(f"() => {label} === -1")
    seen = [page.evaluate(f"[{label}, starling.bus.value('/learn/voice/certainty')]") for _ in range(60)]
    assert all(answer == -1 for answer, certainty in seen if certainty < 0.99), seen
    page.keyboard.press("Home")
    page.wait_for_function(f"() => {label} >= 0")


def test_the_threshold_can_be_dragged_and_undone_in_one_step(page, studio):
    line = page.get_by_role("slider", name="Certain now: answers from")
    box = line.bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, y)
    page.mouse.down()
    page.mouse.move(box["x"] + 70, y, steps=10)
    page.mouse.up()
    value = page.evaluate("starling.ordered('models')[0].threshold")
    assert 0.2 < value < 0.8
    assert line.get_attribute("aria-valuenow") == str(round(100 * value))
    page.keyboard.press("Control+z")
    assert page.evaluate("starling.ordered('models')[0].threshold") == 0


def test_what_is_unlike_anything_taught_is_said(page, studio):
    newness = page.locator(".newness")
    newness.filter(has_text="what you taught").wait_for()
    page.get_by_role("combobox", name="Input").select_option("Test tone")
    newness.filter(has_text="Unlike anything you taught").wait_for()


def test_own_knobs_are_set_taught_and_moved(page, studio):
    add_output(page, "Knobs")
    knob = page.get_by_role("slider", name="Knob 1")
    for key, pad in (("End", "1"), ("Home", "2")):
        knob.focus()
        page.keyboard.press(key)
        hold(page, pad, 900)
    model, own = page.evaluate("[starling.ordered('models')[1].id, starling.ordered('knobs')[0].id]")
    presets = page.evaluate("Object.values(starling.document.presets).filter(({ parameter }) => parameter === %r).map(({ value }) => value)" % f"{model}/{own}")
    assert sorted(presets) == [0, 1]
    targets = page.evaluate(
        "([name]) => starling.ordered('takes').slice(-2).map(({ parameters, targets }) => targets[parameters.indexOf(name)])",
        [f"{model}/{own}"],
    )
    assert targets == [1, 0]
    page.wait_for_function("(path) => Number.isFinite(starling.bus.value(path))", arg=f"/learn/{model}/{own}")
    seen = set()
    for _ in range(40):
        seen.add(knob.get_attribute("aria-valuenow"))
        page.wait_for_timeout(50)
        page.evaluate("document.activeElement.blur()")
    assert len(seen) > 3, f"the knob stands still at {seen}"


def test_a_gesture_is_taught_and_drawn(page, studio):
    add_output(page, "Gestures")
    page.get_by_role("button", name="Teach Gesture 1, 0 performances").wait_for()
    hold(page, "1", 1000), hold(page, "1", 1000)
    page.get_by_role("button", name="Teach Gesture 1, 2 performances").wait_for()
    page.get_by_role("group", name="Curves of Gesture 1").wait_for()
    page.wait_for_function("""() => {
        const canvas = document.querySelector('starling-gesture canvas')
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
        return data.some((value) => value > 0)
    }""")
    page.wait_for_function("() => /% through/.test(document.querySelector('starling-gesture').innerText)")


def test_gestures_are_told_apart_as_they_are_taught(page, studio):
    """One after the other: what is not taught yet is in nobody's way."""
    add_output(page, "Gestures")
    page.get_by_role("button", name="Add a pad").click()
    page.keyboard.press("Enter")
    for count, pad in enumerate("1212", start=1):
        hold(page, pad, 900)
        page.wait_for_function("(count) => starling.training.models[1]?.examples > 20 * count", arg=count)
    page.wait_for_function("() => [...document.querySelectorAll('starling-gesture')].some((node) => /% through/.test(node.innerText))")
    assert page.locator("starling-pad").all_inner_texts()[1].startswith("Gesture 2")


# Examples


def test_takes_are_grouped_by_pad(page, studio):
    panel = tab(page, "Examples")
    groups = panel.locator("section")
    assert groups.count() == page.evaluate("starling.ordered('categories').length")
    assert panel.locator(".take").count() == studio.takes()


def test_trim_by_keyboard_and_undo(page, studio):
    hold(page)
    row, identity = first_take(page)
    row.get_by_role("slider", name="begins at").focus()
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("(id) => Math.abs(starling.document.takes[id].from - 0.11) < 1e-6", arg=identity)
    examples = page.evaluate("starling.training.models[0].examples")
    row.get_by_role("slider", name="ends at").focus()
    for _ in range(3):
        page.keyboard.press("PageDown")
    page.wait_for_function("(count) => starling.training.models[0].examples < count", arg=examples)
    for _ in range(5):
        page.get_by_role("button", name="Undo", exact=False).first.click()
    assert take(page, identity, "from") is None and take(page, identity, "to") is None


def test_trim_by_dragging(page, studio):
    hold(page)
    row, identity = first_take(page)
    seconds = take(page, identity, "seconds")
    box = row.locator("starling-trim").bounding_box()
    line = row.get_by_role("slider", name="ends at").bounding_box()
    y = box["y"] + 30
    page.mouse.move(line["x"] + line["width"] / 2, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, y, steps=8)
    page.mouse.up()
    assert take(page, identity, "to") == pytest.approx(seconds / 2, abs=0.1 * seconds)


def test_mute_move_and_delete(page, studio):
    hold(page)
    row, identity = first_take(page)
    examples = page.evaluate("starling.training.models[0].examples")
    row.get_by_role("button", name="Mute").click()
    assert take(page, identity, "muted") is True
    page.wait_for_function("(count) => starling.training.models[0].examples < count", arg=examples)
    row.get_by_role("button", name="Use again").click()
    row.get_by_role("combobox", name="Move to").select_option("Hiss: sss")
    assert take(page, identity, "category") == "hiss"
    # It stays open where it went.
    page.locator(".take-groups section").nth(1).locator(".take-editor").wait_for()
    page.get_by_role("button", name="Delete", exact=True).last.focus()
    count = studio.takes()
    page.locator(".take-editor").get_by_role("button", name="Delete").click()
    assert studio.takes() == count - 1
    page.keyboard.press("Control+z")
    assert studio.takes() == count


def test_several_takes_at_once(page, studio):
    tab(page, "Examples")
    count = page.evaluate(TAKES % "hum")
    page.get_by_role("checkbox", name="Mark all takes of Hum").click()
    bar = page.get_by_role("group", name="Marked takes")
    assert f"{count} marked" in bar.inner_text()
    bar.get_by_role("combobox", name="Move to").select_option("Sing: aah")
    assert page.evaluate(TAKES % "hum") == 0
    page.keyboard.press("Control+z")
    assert page.evaluate(TAKES % "hum") == count
    bar.get_by_role("button", name="Mute").click()
    assert page.evaluate("Object.values(starling.document.takes).filter(({ muted }) => muted).length") == count
    bar.get_by_role("button", name="Delete").click()
    assert page.evaluate(TAKES % "hum") == 0
    assert not bar.is_visible()


def test_a_take_teaches_another_output_too(page, studio):
    add_output(page, "Choice")
    page.get_by_role("radio", name="Voice").click()
    row, identity = first_take(page)
    row.get_by_role("combobox", name="Also for").select_option("Sound 2")
    assert page.evaluate("(id) => Object.values(starling.document.labels).filter(({ take }) => take === id).length", identity) == 1
    page.get_by_role("radio", name="Choice").click()
    page.wait_for_function("() => document.querySelectorAll('.take-groups .take').length === 1")
    assert "from another output" in page.locator(".take").inner_text()
    page.wait_for_function("() => starling.training.models[1].examples > 0")
    page.get_by_role("button", name="Not here").click()
    page.wait_for_function("() => document.querySelectorAll('.take-groups .take').length === 0")
    assert take(page, identity, "category") == "hum"


def test_hear_a_take(page, studio):
    """With the instruments silent, what is heard is the take."""
    hold(page, "1", 1500)
    page.keyboard.press("p")
    page.wait_for_function("() => starling.bus.value('/play/master/meter') < -60", timeout=20000)
    tab(page, "Examples")
    page.get_by_role("button", name="Hear Take").first.click()
    page.get_by_role("button", name="Stop Take").wait_for()
    page.wait_for_timeout(700)
    assert np.sqrt(np.mean(np.square(studio.output()))) > 0.005
    page.get_by_role("button", name="Stop Take").wait_for(state="detached")


def test_pick_a_point_of_the_map(page, studio):
    page.wait_for_function("() => starling.map.takes.length > 0")
    picked = page.evaluate("""() => {
        const map = document.querySelector('starling-map')
        return new Promise((resolve) => {
            map.addEventListener('map-pick', ({ detail }) => resolve(starling.map.takes[detail.index]), { once: true })
            const { left, top, width, height } = map.getBoundingClientRect()
            for (let y = 10; y < height; y += 12) for (let x = 10; x < width; x += 12) {
                map.querySelector('canvas').dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: left + x, clientY: top + y }))
            }
        })
    }""")
    page.locator(".take-editor").wait_for()
    assert page.get_by_role("tab", name="Examples").get_attribute("aria-selected") == "true"
    assert page.evaluate("(id) => id in starling.document.takes", picked)


def test_numbers_of_a_take_are_there_as_far_as_seen(page, studio):
    hold(page, "1", 2500)
    row, _ = first_take(page)
    row.get_by_role("button", name="Numbers").click()
    table = page.get_by_role("table", name="Numbers of")
    rows = int(table.get_attribute("aria-rowcount"))
    assert rows > 200
    assert table.get_by_role("row").count() < 80
    table.focus()
    page.keyboard.press("End")
    table.locator(f"[aria-rowindex='{rows}']").wait_for()


def test_examples_go_out_and_come_back_as_csv(page, studio):
    tab(page, "Examples")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export CSV").click()
    data = open(download.value.path(), "rb").read()
    assert download.value.suggested_filename == "Voice.csv" and len(data.splitlines()) > 500
    count = studio.takes()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Import CSV").click()
    chooser.value.set_files({"name": "more.csv", "mimeType": "text/csv", "buffer": data})
    studio.message("came from more.csv").wait_for()
    assert studio.takes() > count
    page.keyboard.press("Control+z")
    assert studio.takes() == count


# Check


def check(page):
    panel = tab(page, "Check")
    panel.get_by_role("button", name="Check now").click()
    panel.get_by_role("table").wait_for(timeout=30000)
    return panel


def test_the_check_adds_up(page, studio):
    panel = check(page)
    cells = panel.locator("tbody td:not(.rate)").all_inner_texts()
    numbers = np.array([int(cell) for cell in cells]).reshape(3, 3)
    examples = page.evaluate("starling.training.models[0].examples")
    assert numbers.sum() == examples
    headline = int(panel.locator(".headline").inner_text().split()[0])
    assert headline == pytest.approx(100 * np.trace(numbers) / numbers.sum(), abs=1)
    recall = [int(text.split()[0]) for text in panel.locator("tbody .rate").all_inner_texts()]
    assert recall == pytest.approx(100 * np.diag(numbers) / numbers.sum(axis=1), abs=1)
    precision = [int(text.split()[0]) for text in panel.locator("tfoot td.rate").all_inner_texts()]
    assert precision == pytest.approx(100 * np.diag(numbers) / numbers.sum(axis=0), abs=1)


def test_a_mistake_leads_to_its_take(page, studio):
    """Words taught as humming are no humming: the check finds them, and they can be heard."""
    for _ in range(2):
        hold(page, "3", 1500)
    for _ in range(2):
        hold(page, "1", 1500)
    panel = check(page)
    wrong = panel.locator(".wrong button")
    wrong.first.wait_for()
    wrong.first.click()
    open_take = panel.get_by_role("button", name="Open Take").first
    open_take.wait_for()
    open_take.click()
    page.locator(".take-editor").wait_for()


def test_the_check_comes_by_itself_after_teaching(page, studio):
    hold(page)
    panel = tab(page, "Check")
    panel.get_by_role("table").wait_for(timeout=40000)
    assert "not seen" in panel.inner_text()
    page.get_by_role("tab", name="Examples").click()
    page.locator(".take-open").first.click()
    page.get_by_role("button", name="Mute", exact=True).click()
    page.get_by_role("tab", name="Check").click()
    page.wait_for_function("() => /before your last change|Checking/.test(document.querySelector('.check-panel').innerText)")


def test_knobs_are_checked_in_their_unit(page, studio):
    add_output(page, "Knobs")
    knob = page.get_by_role("slider", name="Knob 1")
    for key, pad in (("End", "1"), ("Home", "2"), ("End", "1"), ("Home", "2")):
        knob.focus()
        page.keyboard.press(key)
        hold(page, pad, 700)
    panel = check(page)
    row = panel.get_by_role("row", name="Knob 1")
    # Of babble nothing can be foretold: a guess is as far off as the knob is long, and seldom further.
    assert 0 < float(row.get_by_role("cell").first.inner_text()) < 3
    assert row.get_by_role("cell").last.inner_text() in ("closely", "well", "roughly", "hardly", "not at all")


def test_hints_lead_to_what_they_concern(page, studio):
    # With one take against eight, a pad has too few examples.
    page.evaluate("""() => {
        const [, ...others] = starling.ordered('takes', { category: 'hiss' })
        const changes = others.map(({ id }) => ({ table: 'takes', id, field: 'muted', value: true }))
        starling.apply({ name: 'Mute', changes })
    }""")
    panel = tab(page, "Check")
    page.wait_for_function("() => starling.training.models[0].hints?.length > 0")
    hint = panel.locator(".hints li").first
    assert hint.inner_text().split("\n")[0] == page.evaluate("starling.training.models[0].hints[0].text")
    hint.get_by_role("button").click()
    page.wait_for_function("() => document.activeElement.closest('[data-feature], starling-pad, .take')")


# Everybody


@pytest.mark.parametrize("width, height", [(360, 740), (768, 1024), (1440, 900)])
def test_no_tab_scrolls_sideways(page, server, width, height):
    page.set_viewport_size({"width": width, "height": height})
    Studio(page, server.address).start()
    add_output(page, "Gestures")
    page.get_by_role("radio", name="Voice").click()
    for name in ("Teach", "Examples", "Check"):
        if name == "Check":
            check(page)
        else:
            tab(page, name)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{name}: {wider} pixels to the side"


def check_axe(page, state: str):
    results = Axe().run(page)
    assert results.violations_count == 0, f"{state}: {results.generate_report()}"


def test_no_violations_in_any_tab(page, studio):
    add_output(page, "Gestures")
    hold(page)
    check_axe(page, "gestures")
    page.get_by_role("button", name="How it learns").click()
    check_axe(page, "how it learns")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Add an output").click()
    check_axe(page, "what should it learn?")
    page.get_by_role("button", name="Knobs").click()
    check_axe(page, "knobs")
    page.get_by_role("radio", name="Voice").click()
    row, _ = first_take(page)
    page.get_by_role("checkbox", name="Mark all takes of Hum").click()
    check_axe(page, "examples")
    row.get_by_role("button", name="Numbers").click()
    page.get_by_role("table", name="Numbers of").wait_for()
    check_axe(page, "numbers")
    page.keyboard.press("Escape")
    check(page)
    check_axe(page, "check")


def press_until(page, name: str, key="Tab", most=120):
    """Moves the focus on until it rests on something with this name."""
    for _ in range(most):
        focused = page.evaluate("document.activeElement.ariaLabel || document.activeElement.textContent || ''")
        if name in focused:
            return
        page.keyboard.press(key)
    raise AssertionError(f"{name} can't be reached by {key}")


def test_all_tabs_by_keyboard_alone(page, server):
    studio = Studio(page, server.address)
    page.get_by_role("button", name="Start", exact=True).wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("group", name="Health of the sound").wait_for()
    press_until(page, "Add an output")
    page.keyboard.press("Enter")
    press_until(page, "Choice")
    page.keyboard.press("Enter")
    press_until(page, "Choice")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("() => document.activeElement.ariaLabel.startsWith('Voice')")
    press_until(page, "Teach")
    page.keyboard.press("ArrowRight")
    press_until(page, "Take 8 of Hum")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("m")
    page.wait_for_function("() => Object.values(starling.document.takes).filter(({ muted }) => muted).length === 1")
    page.keyboard.press("Enter")
    press_until(page, "begins at")
    page.keyboard.press("PageUp")
    page.wait_for_function("() => Object.values(starling.document.takes).some(({ from }) => from > 0)")
    press_until(page, "Take 7 of Hum", "Shift+Tab")
    count = studio.takes()
    page.keyboard.press("Delete")
    page.wait_for_function("() => document.activeElement.ariaLabel?.startsWith('Take')")
    assert studio.takes() == count - 1
    press_until(page, "Examples", "Shift+Tab")
    page.keyboard.press("ArrowRight")
    press_until(page, "Check now")
    page.keyboard.press("Enter")
    page.get_by_role("table").wait_for(timeout=30000)
