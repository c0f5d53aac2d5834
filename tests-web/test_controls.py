"""Controls and sends: other programs and devices feed the page and hear from it, by OSC over the bridge and by MIDI."""

import statistics
import time

import pytest

from pythonosc.osc_bundle_builder import OscBundleBuilder
from pythonosc.osc_message_builder import OscMessageBuilder

from osc_peer import Listener, message
from osc_programs import PureData, PythonOsc, free_port
from studio import Studio
from test_accessibility import check_axe

# Devices that tests plug, play and look at.
MIDI = """() => {
    class Port extends EventTarget {
        constructor(type, name) { super(); Object.assign(this, { type, name, id: type + name, state: 'connected', sent: [], times: [] }) }
        set onmidimessage(listener) { this.listener = listener }
        send(bytes, time) { this.sent.push([...bytes]); this.times.push(time) }
    }
    const access = { inputs: new Map(), outputs: new Map(), onstatechange: null }
    const plug = (type, name) => {
        const port = new Port(type, name)
        access[type + 's'].set(port.id, port)
        access.onstatechange?.({ port })
        return port
    }
    globalThis.midi = {
        plug, asked: 0,
        unplug(port) { port.state = 'disconnected'; access[port.type + 's'].delete(port.id); access.onstatechange?.({ port }) },
        play(port, ...bytes) { port.listener?.({ data: Uint8Array.from(bytes), timeStamp: performance.now() }) },
    }
    navigator.requestMIDIAccess = async () => { midi.asked += 1; return access }
}"""

OPEN = """async () => {
    const { Starling } = await import('/lib/starling.js')
    globalThis.starling = await Starling.create()
    globalThis.notices = []
    starling.addEventListener('notice', ({ detail }) => notices.push(detail.message))
    starling.newProject()
    globalThis.set = (table, id, fields) => Object.entries(fields).map(([field, value]) => ({ table, id, field, value }))
    addEventListener('click', () => starling.start(), { once: true })
}"""

# A model of two pads that hears two controls and nothing else.
HANDS = """(inputs) => starling.apply({ name: 'Hands', changes: [
    ...set('models', 'hands', { name: 'Hands', kind: 'knn', drive: 'switch', inputs, hold: 0, order: -1 }),
    ...set('categories', 'left', { model: 'hands', name: 'Left', order: 1 }),
    ...set('categories', 'right', { model: 'hands', name: 'Right', order: 2 }),
] })"""


@pytest.fixture
def controls_page(server, context):
    """A page of the server with a new project, whose sound runs."""
    page = context.new_page()
    page.goto(server.address + "/favicon.svg")
    page.evaluate(MIDI)
    page.evaluate(OPEN)
    page.mouse.click(10, 10)
    page.wait_for_function("() => starling.running && starling.bus.value('/listen/mic/loudness') > -200")
    page.evaluate("async () => { globalThis.controls = await starling.controls() }")
    yield page
    page.close()


@pytest.fixture(params=[PythonOsc, PureData], ids=lambda kind: kind.__name__)
def peer(request, tmp_path):
    peer = request.param(tmp_path) if request.param is PureData else request.param()
    yield peer
    peer.close()


def bundle(address, due):
    """A bundle of one message without arguments."""
    builder = OscBundleBuilder(due)
    builder.add_content(OscMessageBuilder(address).build())
    return builder.build().dgram


def learn_osc(page, peer, address, *values):
    """Learns the arguments of a message as controls; the port they come to."""
    port = free_port()
    page.evaluate("(port) => { globalThis.learned = null; controls.learn('osc', { port }).then((ids) => (globalThis.learned = ids)) }", port)
    page.wait_for_function("() => controls.state.osc === 'open'")
    peer.aim(port)
    end = time.monotonic() + 10
    while not page.evaluate("globalThis.learned") and time.monotonic() < end:
        peer.send(address, *values)
        time.sleep(0.1)
    return page.evaluate("globalThis.learned")


def settled(page, path, value):
    page.wait_for_function("([path, value]) => Math.abs(starling.bus.value(path) - value) < 1e-6", arg=[path, value], timeout=5000)


def teach(page, peer, address, category, values):
    peer.send(address, *values)
    settled(page, "/listen/control/1", values[0])
    page.evaluate("async (id) => { const hold = starling.hold(id); await new Promise((go) => setTimeout(go, 400)); await hold.release() }", category)


class TestOsc:
    def test_two_categories_by_controls_alone(self, controls_page, peer):
        """What a program sends is learned, teaches and drives; what is recognised goes back to it. The microphone has no say."""
        page = controls_page
        assert learn_osc(page, peer, "/hands", 0.0, 0.0) == ["control-1", "control-2"]
        page.evaluate(HANDS, ["control-1", "control-2"])
        teach(page, peer, "/hands", "left", (0.125, 0.875))
        teach(page, peer, "/hands", "right", (0.875, 0.125))
        page.evaluate("(port) => controls.send({ kind: 'osc', port, slots: ['learn/hands/label'] })", peer.port)
        for values, label in (((0.875, 0.25), 1), ((0.25, 0.875), 0), ((0.75, 0.125), 1)):
            peer.send("/hands", *values)
            end = time.monotonic() + 10
            while (heard := peer.wait("/wek/outputs")) != [label]:
                assert time.monotonic() < end, f"{heard} in place of {label}"
        columns = page.evaluate("Object.values(starling.document.takes)[0].columns")
        assert columns[-2:] == ["control-1", "control-2"] and columns[-3] != "control-3"
        assert page.evaluate("starling.training.models.find(({ id }) => id === 'hands').examples") > 30

    def test_separate_addresses_and_only_what_changes(self, controls_page):
        page, peer, listener = controls_page, PythonOsc(), Listener()
        learn_osc(page, peer, "/x", 0.5)
        page.evaluate("""(port) => controls.send({ kind: 'osc', port, separate: true, rate: 20, slots: ['listen/control/1'] })""", listener.port)
        assert listener.next("/listen/control/1") == [0.5]
        listener.drain(0.5)
        assert listener.messages.empty(), "nothing changes, nothing is sent"
        for step in range(100):
            peer.send("/x", step / 128)
            time.sleep(0.01)
        heard = [values[0] for address, values in listener.drain(0.3)]
        assert len(heard) <= 30 and heard[-1] == 99 / 128, f"{len(heard)} in a second, the last {heard[-1]}"
        peer.close()
        listener.close()

    def test_they_are_there_again_when_the_project_is_opened(self, controls_page):
        page, peer, listener = controls_page, PythonOsc(), Listener()
        learn_osc(page, peer, "/x", 0.5)
        page.evaluate("(port) => controls.send({ kind: 'osc', port, slots: ['listen/control/1'] })", listener.port)
        page.evaluate("async () => { globalThis.file = await starling.exportProject(); starling.newProject() }")
        listener.drain(0.3)
        peer.send("/x", 0.25)
        time.sleep(0.3)
        assert listener.messages.empty(), "another project has no such controls"
        page.evaluate("starling.importProject(file)")
        time.sleep(0.3)
        peer.send("/x", 0.75)
        end = time.monotonic() + 5
        while listener.next("/wek/outputs") != [0.75]:
            assert time.monotonic() < end
        peer.close()
        listener.close()

    def test_latency_through_the_page(self, controls_page):
        """From a datagram sent to the datagram that the engine's next hop brings; printed, not asserted beyond sanity."""
        page, peer, listener = controls_page, PythonOsc(), Listener()
        learn_osc(page, peer, "/x", 0.5)
        page.evaluate("(port) => controls.send({ kind: 'osc', port, rate: 200, slots: ['listen/control/1'] })", listener.port)
        listener.drain(0.3)
        times = []
        for step in range(200):
            value = (step % 100 + 1) / 128
            began = time.perf_counter()
            listener_value = None
            peer.send("/x", value)
            while listener_value != value:
                listener_value = listener.next("/wek/outputs")[0]
            times.append(1000 * (time.perf_counter() - began))
            time.sleep(0.017)
        times.sort()
        print(f"OSC through the page: median {statistics.median(times):.1f} ms, p90 {times[180]:.1f} ms, p99 {times[198]:.1f} ms of {len(times)}")
        assert statistics.median(times) < 100
        peer.close()
        listener.close()

    def test_echo_without_the_engine(self, controls_page):
        """What of that latency is the way through sockets, server and page alone; printed."""
        page, peer, listener, port = controls_page, PythonOsc(), Listener(), free_port()
        page.evaluate("""async ([from, to]) => {
            const { Osc } = await import('/lib/osc.js')
            globalThis.osc = new Osc()
            await osc.receive(from)
            const target = await osc.target('127.0.0.1', to)
            osc.addEventListener('message', ({ detail }) => target.send('/echo', ...detail.arguments))
        }""", [port, listener.port])
        peer.aim(port)
        times = []
        for step in range(200):
            began = time.perf_counter()
            peer.send("/x", step / 256)
            assert listener.next("/echo") == [step / 256]
            times.append(1000 * (time.perf_counter() - began))
            time.sleep(0.007)
        print(f"OSC to the page and back: median {statistics.median(times):.1f} ms")
        peer.close()
        listener.close()

    def test_a_page_without_a_bridge_says_so(self, files, context):
        page = context.new_page()
        page.goto(files.address + "/favicon.svg")
        page.evaluate(OPEN)
        told = page.evaluate("async () => (await starling.controls()).learn('osc').then(() => '', ({ message }) => message)")
        assert "starling serve" in told
        page.close()

    def test_wrong_sets_are_sentences(self, controls_page):
        told = controls_page.evaluate("(() => { try { controls.set('control-9', 1) } catch ({ message }) { return message } })()")
        assert "control-9" in told


class TestWekinator:
    def test_a_client_of_wekinator_drives_the_page(self, controls_page, peer):
        """Frames in bursts, as clients send them: recorded, trained, run, deleted."""
        page, port = controls_page, free_port()
        page.evaluate("([listen, port]) => controls.send({ kind: 'wekinator', listen, port })", [port, peer.port])
        page.wait_for_function("() => controls.state.osc === 'open'")
        page.evaluate("starling.apply({ name: 'Nearest', changes: set('models', 'sounds', { kind: 'knn' }) })")
        time.sleep(0.5)
        peer.aim(port)
        for label, x in ((1, 0.0), (2, 1.0)):
            peer.send("/wekinator/control/outputs", float(label))
            peer.send("/wekinator/control/startRecording")
            for step in range(10):
                peer.send("/wek/inputs", x, 1.0 - x, x + step / 1000)
                time.sleep(0.002)
            peer.send("/wekinator/control/stopRecording")
            time.sleep(0.2)
        peer.send("/wekinator/control/train")
        assert peer.wait("/wekinator/status/done-training", timeout=20) == []
        assert page.evaluate("starling.document.models.sounds.inputs") == ["control-1", "control-2", "control-3"]
        assert page.evaluate("starling.training.models[0].examples") == 20
        peer.send("/wekinator/control/startRunning")
        for frame, label in (((1.0, 0.0, 1.0), 2), ((0.0, 1.0, 0.0), 1)):
            peer.send("/wek/inputs", *frame)
            end = time.monotonic() + 10
            while (heard := peer.wait("/wek/outputs")) != [label]:
                assert time.monotonic() < end, f"{heard} in place of {label}"
        peer.send("/wekinator/control/deleteAllExamples")
        page.wait_for_function("() => Object.keys(starling.document.takes).length === 0")
        assert page.evaluate("notices") == []

    def test_what_cannot_be_is_said(self, controls_page):
        page, peer, port = controls_page, PythonOsc(), free_port()
        page.evaluate("(listen) => controls.send({ kind: 'wekinator', listen })", port)
        page.wait_for_function("() => controls.state.osc === 'open'")
        time.sleep(0.3)
        peer.aim(port)
        peer.send("/wekinator/control/outputs", 1.0, 2.0, 3.0)
        page.wait_for_function("() => notices.some((message) => message.includes('3 values'))")
        peer.close()


# Outputs of all three kinds, and a choice that says all its certainties.
OUTPUTS = """() => starling.apply({ name: 'Outputs', changes: [
    { table: 'models', id: Object.keys(starling.document.models)[0], field: null, value: null },
    ...set('models', 'hand', { name: 'Hand', kind: 'knn', drive: 'switch', order: 1, hold: 0 }),
    ...set('categories', 'hand-1', { model: 'hand', name: 'One', order: 1 }),
    ...set('categories', 'hand-2', { model: 'hand', name: 'Two', order: 2 }),
    ...set('oscoutputs', 'hand', { distribution: true }),
    ...set('models', 'level', { name: 'Level', kind: 'ridge', drive: 'follow', order: 2 }),
    ...set('knobs', 'height', { model: 'level', name: 'Height', minimum: 0, maximum: 10 }),
    ...set('models', 'waves', { name: 'Waves', kind: 'dtw', drive: 'gesture', order: 3 }),
    ...set('categories', 'up', { model: 'waves', name: '/up', order: 1 }),
    ...set('categories', 'down', { model: 'waves', name: '/down', order: 2 }),
] })"""


class Client:
    """A client of Wekinator's before a page in its place."""

    def __init__(self, page):
        self.page, self.listener, self.port, self.errors = page, Listener(), free_port(), Listener()
        page.evaluate("([listen, port]) => controls.send({ kind: 'wekinator', listen, port })", [self.port, self.listener.port])
        page.wait_for_function("() => controls.state.osc === 'open'")
        time.sleep(0.5)

    def send(self, address, *values, types=None):
        self.errors.socket.sendto(message(address, *values, types=types), ("127.0.0.1", self.port))

    def control(self, word, *values, types=None):
        self.send("/wekinator/control/" + word, *values, types=types)

    def teach(self, outputs, frames):
        self.control("outputs", *map(float, outputs))
        self.control("startRecording")
        for frame in frames:
            self.send("/wek/inputs", *map(float, frame))
            time.sleep(0.002)
        self.control("stopRecording")

    def train(self):
        self.control("train")
        assert self.listener.next("/wekinator/status/done-training", timeout=20) == []

    def settled(self, frame, wanted, within=1e-3):
        """What comes once the answer has come to rest near `wanted`, which may be None for anything."""
        end = time.monotonic() + 10
        self.send("/wek/inputs", *map(float, frame))
        while True:
            heard = self.listener.next("/wek/outputs")
            if all(want is None or abs(got - want) < within for got, want in zip(heard, wanted, strict=True)):
                return heard
            assert time.monotonic() < end, f"{heard} in place of {wanted}"

    def close(self):
        self.listener.close()
        self.errors.close()


class TestWekinatorsWords:
    """Every word of the vocabulary in a page: understood by the same code as `starling run`, done by the page's engine."""

    @pytest.fixture
    def client(self, controls_page):
        controls_page.evaluate(OUTPUTS)
        client = Client(controls_page)
        yield client
        client.close()

    def taught(self, client):
        client.teach([1, 2, 0], [(0, 0), (0.1, 0), (0, 0.1)] * 4)
        client.teach([2, 8, 0], [(1, 1), (0.9, 1), (1, 0.9)] * 4)
        client.train()
        client.control("startRunning")

    def gesture(self, client, number, frames, **more):
        client.control("startDtwRecording", number, **more)
        for frame in frames:
            client.send("/wek/inputs", float(frame), 0.0)
            time.sleep(0.002)
        client.control("stopDtwRecording")

    def test_a_choice_with_its_certainties_and_a_knob(self, client):
        page = client.page
        self.taught(client)
        inf = float("inf")
        heard = client.settled((1, 1), [2, 8, None, None], within=0.3)
        assert heard[2:] == [inf, inf], "nothing is known of gestures yet"
        client.listener.drain(0.3)
        client.send("/wek/inputs", 1.0, 1.0)
        certainties = client.listener.next("/Hand")
        assert len(certainties) == 3 and certainties[0] == 0 and certainties[2] > 0.8 > certainties[1], "class 0 goes first"
        assert page.evaluate("Object.values(starling.document.takes).length") == 2
        assert page.evaluate("Object.values(starling.document.takes)[0].columns") == ["control-1", "control-2", "level/height"]
        client.control("disableModelRunning", 1)
        assert client.settled((0, 0), [None, 2, None, None], within=0.3)[0] == 2, "the choice stays, the knob does not"
        client.control("enableModelRunning", 1.0)
        client.settled((0, 0), [1, None, None, None])
        client.control("stopRunning")
        client.listener.drain(0.3)
        client.send("/wek/inputs", 1.0, 1.0)
        assert client.listener.drain(0.4) == []

    def test_gestures_are_told_once_with_their_distances(self, client):
        self.gesture(client, 1, range(10))
        self.gesture(client, 2.0, range(10, 0, -1))  # clients send floats
        client.control("startRunning")
        for frame in range(10, 0, -1):
            client.send("/wek/inputs", float(frame), 0.0)
            time.sleep(0.02)
        assert client.listener.next("/down") == []
        heard = [values for address, values in client.listener.drain(0.4) if address == "/wek/outputs"]
        assert heard[-1][3] < 1 < heard[-1][2], "the distance to what was made, and to the other"
        takes = client.page.evaluate("Object.values(starling.document.takes).map(({ category }) => category)")
        assert takes == ["up", "down"]

    def test_gestures_that_were_taught_in_the_page_are_known(self, client):
        client.send("/wek/inputs", 0.0, 0.0)
        client.page.wait_for_function("() => starling.document.models.waves.inputs.length === 2")
        client.page.evaluate("""() => starling.importExamples('waves', new TextEncoder().encode(
            ['take,category,control-1,control-2', ...Array.from({ length: 10 }, (_, i) => `a,/up,${i},0`)].join('\\n')))""")
        client.control("startRunning")
        for frame in range(10):
            client.send("/wek/inputs", float(frame), 0.0)
            time.sleep(0.02)
        assert client.listener.next("/up") == []

    def test_what_records_and_what_is_deleted(self, client):
        page = client.page
        client.control("disableModelRecording", 2)
        client.teach([1, 5, 0], [(0, 0)] * 3)
        client.control("enableModelRecording", 2)
        client.teach([0, 5, 0], [(0, 1)] * 3)  # class 0 is a class
        page.wait_for_function("() => Object.keys(starling.document.takes).length === 2")
        takes = page.evaluate("starling.ordered('takes').map(({ category, columns }) => [category, columns.at(-1)])")
        assert takes == [["hand-1", "control-2"], ["hand-0", "level/height"]]
        client.control("deleteExamplesForOutput", 1)
        page.wait_for_function("() => Object.keys(starling.document.takes).length === 1")
        assert page.evaluate("starling.ordered('takes')[0].category") == "level-taught"
        client.control("deleteAllExamples")
        page.wait_for_function("() => Object.keys(starling.document.takes).length === 0")
        page.evaluate("starling.undo()")
        page.wait_for_function("() => Object.keys(starling.document.takes).length === 1")

    def test_names_and_inputs(self, client):
        page = client.page
        client.send("/wek/inputs", 0.0, 0.0, 0.0)
        client.control("setInputNames", "x", "y", "z")
        client.control("setOutputNames", "a", "b", "c")
        client.control("selectInputsForOutput", 1, 3, 1)
        page.wait_for_function("() => starling.document.models.hand.inputs.join() === 'control-1,control-3'")
        assert page.evaluate("starling.ordered('controls').map(({ name }) => name)") == ["x", "y", "z"]
        assert page.evaluate("starling.ordered('models').map(({ name }) => name)") == ["a", "b", "c"]
        assert page.evaluate("starling.document.knobs.height.name") == "b"

    def test_bundles_are_carried_out_at_their_time(self, client):
        page = client.page
        page.evaluate("() => { globalThis.since = []; starling.addEventListener('document', () => since.push(Date.now() / 1000)) }")
        client.teach([1, 5, 0], [(0, 0)] * 3)
        page.wait_for_function("() => Object.keys(starling.document.takes).length === 1")
        due = time.time() + 0.5
        client.errors.socket.sendto(bundle("/wekinator/control/deleteAllExamples", due), ("127.0.0.1", client.port))
        page.wait_for_function("() => Object.keys(starling.document.takes).length === 0")
        assert due - 0.005 <= page.evaluate("since.at(-1)") < due + 0.25
        client.teach([1, 5, 0], [(0, 0)] * 3)
        page.wait_for_function("() => Object.keys(starling.document.takes).length === 1")
        client.errors.socket.sendto(bundle("/wekinator/control/deleteAllExamples", due - 10), ("127.0.0.1", client.port))
        page.wait_for_function("() => Object.keys(starling.document.takes).length === 0")

    def test_what_cannot_be_goes_back_to_the_sender(self, client):
        client.send("/wek/inputs", 0.0, 0.0)
        for word, values, part in (
            ("outputs", [1.0], "1 values"), ("nonsense", [], "Nothing listens"), ("startDtwRecording", [9], "does not exist"),
            ("loadModelFromFile", [1, "/etc/passwd"], "Cannot read"), ("runNewProject", ["/x.starling"], "Cannot open"),
            ("deleteExamplesForOutput", [7], "from 1 to 3"),
        ):  # fmt: skip
            client.control(word, *values)
            assert part in client.errors.next("/starling/error")[0]

    def test_a_project_opened_in_place_of_it_ends_it_and_another_begins(self, client):
        self.taught(client)
        page = client.page
        page.evaluate("async () => { globalThis.file = await starling.exportProject(); starling.newProject() }")
        client.listener.drain(0.3)
        client.send("/wek/inputs", 1.0, 1.0)
        assert client.listener.drain(0.3) == []
        page.evaluate("starling.importProject(file)")
        time.sleep(0.6)
        client.settled((1, 1), [2, None, None, None])


class TestMidi:
    def test_learn_by_moving_and_hot_plug(self, controls_page):
        page = controls_page
        page.evaluate("() => { globalThis.learning = controls.learn('midi') }")
        page.wait_for_function("() => controls.state.midi === 'open'")
        page.evaluate("globalThis.keys = midi.plug('input', 'Keys')")
        assert page.evaluate("controls.state.inputs") == ["Keys"]
        page.evaluate("async () => { midi.play(keys, 0xb2, 7, 127); await learning }")
        assert page.evaluate("(({ name, message, channel, number }) => [name, message, channel, number])(starling.document.controls['control-1'])") == [
            "Controller 7", "controller", 3, 7]  # fmt: skip
        settled(page, "/listen/control/1", 1)
        page.evaluate("midi.play(keys, 0xb2, 7, 0)")
        settled(page, "/listen/control/1", 0)
        page.evaluate("midi.play(keys, 0xb1, 7, 64)")
        page.evaluate("async () => { const going = controls.learn('midi'); await null; setTimeout(() => { midi.play(keys, 0xb2, 7, 127); midi.play(keys, 0xe0, 127, 127) }); await going }")
        assert page.evaluate("starling.document.controls['control-2'].message") == "bend"
        settled(page, "/listen/control/1", 1)
        settled(page, "/listen/control/2", 1)
        page.evaluate("midi.unplug(keys)")
        assert page.evaluate("controls.state.inputs") == []
        page.evaluate("globalThis.keys = midi.plug('input', 'Other keys'); midi.play(keys, 0xe0, 0, 0)")
        settled(page, "/listen/control/2", -1)

    def test_notes_play_unless_a_control_takes_them(self, controls_page):
        page = controls_page
        page.evaluate("""async () => {
            globalThis.keys = midi.plug('input', 'Keys')
            await controls.openMidi()
            globalThis.played = []
            starling.noteOn = (note, velocity) => played.push(['on', note, Math.round(127 * velocity)])
            starling.noteOff = (note) => played.push(['off', note])
            midi.play(keys, 0x90, 60, 100)
            midi.play(keys, 0x90, 60, 0)
            midi.play(keys, 0x80, 61, 10)
            starling.apply({ name: 'Key', changes: set('controls', 'control-1', { name: 'Key', source: 'midi', message: 'key', low: 0, high: 127 }) })
            midi.play(keys, 0x95, 72, 100)
        }""")
        assert page.evaluate("played") == [["on", 60, 100], ["off", 60], ["off", 61]]
        settled(page, "/listen/control/1", 72)

    def test_of_notes_with_channels_of_their_own_the_newest_is_followed(self, controls_page):
        """MPE: bend, pressure and timbre of each note come on its channel; a control of one channel hears that alone."""
        page = controls_page
        page.evaluate("""async () => {
            globalThis.keys = midi.plug('input', 'Seaboard')
            await controls.openMidi()
            const made = (id, message, more = {}) => set('controls', id, { name: message, source: 'midi', message, low: -1, high: 1, ...more })
            starling.apply({ name: 'MPE', changes: [...made('control-1', 'bend'), ...made('control-2', 'pressure'),
                ...made('control-3', 'controller', { number: 74 }), ...made('control-4', 'bend', { channel: 2 })] })
            midi.play(keys, 0x91, 60, 100); midi.play(keys, 0xe1, 127, 127)
            midi.play(keys, 0x92, 64, 100); midi.play(keys, 0xe2, 0, 0); midi.play(keys, 0xd2, 127); midi.play(keys, 0xb2, 74, 127)
            midi.play(keys, 0xe1, 0, 64); midi.play(keys, 0xd1, 0); midi.play(keys, 0xb1, 74, 0)
        }""")
        for control, value in ((1, -1), (2, 1), (3, 1), (4, 0)):
            settled(page, f"/listen/control/{control}", value)
        page.evaluate("() => { midi.play(keys, 0x82, 64, 0); midi.play(keys, 0xd1, 0) }")
        settled(page, "/listen/control/2", 0)

    def test_a_keyboard_plays_with_pedal_and_wheel(self, controls_page):
        page = controls_page
        page.evaluate("""async () => {
            globalThis.keys = midi.plug('input', 'Keys')
            await controls.openMidi()
            starling.apply({ name: 'String', changes: [
                { table: 'instruments', id: 'choir', field: null, value: null },
                ...set('instruments', 'string', { kind: 'string', name: 'String', playing: true, notes: [] })] })
            midi.play(keys, 0xb0, 64, 127); midi.play(keys, 0x90, 57, 127); midi.play(keys, 0x80, 57, 0)
        }""")
        page.wait_for_timeout(600)
        loud = page.evaluate("starling.bus.value('/play/master/meter')")
        assert loud > -50, "the pedal holds the note"
        page.evaluate("midi.play(keys, 0xe0, 127, 127)")
        settled(page, "/play/string/tune", 2)
        page.evaluate("midi.play(keys, 0xe0, 0, 64)")
        settled(page, "/play/string/tune", 0)
        page.evaluate("midi.play(keys, 0xb0, 64, 0)")
        page.wait_for_function("() => starling.bus.value('/play/master/meter') < -60", timeout=5000)

    def test_a_send_learns_the_controller_it_answers(self, controls_page):
        page = controls_page
        page.evaluate("() => { globalThis.keys = midi.plug('input', 'Faders'); midi.plug('output', 'Faders'); globalThis.moved = controls.moved() }")
        page.wait_for_function("() => controls.state.midi === 'open'")
        moved = page.evaluate("async () => { midi.play(keys, 0x90, 60, 1); midi.play(keys, 0xb4, 21, 5); return await moved }")
        assert moved == {"device": "Faders", "channel": 5, "number": 21}

    def test_a_clock_is_a_tempo(self, controls_page):
        page = controls_page
        page.evaluate("""async () => {
            const keys = midi.plug('input', 'Clock')
            await controls.openMidi()
            starling.apply({ name: 'Tempo', changes: set('controls', 'control-1', { name: 'Tempo', source: 'midi', message: 'tempo', low: 40, high: 240 }) })
            for (let tick = 0; tick < 49; tick += 1) keys.listener({ data: Uint8Array.of(0xf8), timeStamp: 1000 + tick * 500 / 24 })
        }""")
        page.wait_for_function("() => Math.abs(starling.bus.value('/listen/control/1') - 120) < 0.01")

    def test_the_beat_goes_out_as_a_clock(self, controls_page):
        page = controls_page
        page.evaluate("""async () => {
            globalThis.synth = midi.plug('output', 'Synth')
            await controls.openMidi()
            starling.bus.set('/play/transport/tempo', 150)
            controls.send({ kind: 'clock', device: 'Synth' })
            starling.bus.set('/play/transport/running', 1)
        }""")
        page.wait_for_timeout(4000)
        page.evaluate("starling.bus.set('/play/transport/running', 0)")
        page.wait_for_function("() => String(synth.sent.at(-1)) === '252'")
        sent, times = page.evaluate("[synth.sent, synth.times]")
        assert sent[0] == [0xFA]
        assert all(each == [0xF8] for each in sent[1:-1])
        gap = 60_000 / 150 / 24
        gaps = [after - before for before, after in zip(times[24:-2], times[25:-1])]
        assert len(gaps) > 180
        assert statistics.mean(gaps) == pytest.approx(gap, rel=0.005)
        assert statistics.quantiles([abs(each - gap) for each in gaps], n=10)[-1] < 1, "the ticks lie evenly"

    def test_a_clock_that_begins_late_says_where_it_is(self, controls_page):
        page = controls_page
        page.evaluate("starling.bus.set('/play/transport/running', 1)")
        page.wait_for_timeout(1200)
        page.evaluate("""async () => {
            globalThis.synth = midi.plug('output', 'Synth')
            await controls.openMidi()
            controls.send({ kind: 'clock' })
        }""")
        page.wait_for_function("() => synth.sent.length > 10")
        (position, sixteenth, high), going, *ticks = page.evaluate("synth.sent")
        assert (position, going, high) == (0xF2, [0xFB], 0)
        assert 8 <= sixteenth <= 24, "1.2 s are about ten sixteenths, and the page needs some time"
        assert all(tick == [0xF8] for tick in ticks)

    def test_the_transport_follows_a_clock(self, controls_page):
        page = controls_page
        page.evaluate("""async () => {
            globalThis.daw = midi.plug('input', 'DAW')
            await controls.openMidi()
            controls.followsClock = true
            globalThis.millisecondsATick = 60_000 / 132 / 24
            globalThis.began = performance.now()
            globalThis.ticks = 0
            daw.listener({ data: Uint8Array.of(0xfa), timeStamp: began - 5 })
            globalThis.playing = setInterval(() => {
                for (let due; (due = began + ticks * millisecondsATick) <= performance.now(); ticks += 1) daw.listener({ data: Uint8Array.of(0xf8), timeStamp: due })
            }, 3)
        }""")
        page.wait_for_timeout(9000)
        distances = []
        for _ in range(20):
            page.wait_for_timeout(100)
            distances.append(page.evaluate("""() => {
                const heard = starling.bus.value('/play/transport/beat') - ((starling.health.delaySeconds - 256 / 48000) * 132) / 60
                const distance = (performance.now() - began) / millisecondsATick / 24 - heard
                return distance - Math.round(distance)
            }"""))
        assert abs(statistics.median(distances)) * 60_000 / 132 < 12, f"the beats lie apart: {distances}"
        assert page.evaluate("starling.bus.value('/play/transport/tempo')") == pytest.approx(132, abs=1)
        assert page.evaluate("starling.document.parameters['transport/running'].value") == 1
        page.evaluate("() => { clearInterval(playing); daw.listener({ data: Uint8Array.of(0xfc), timeStamp: performance.now() }) }")
        settled(page, "/play/transport/running", 0)
        page.evaluate("controls.followsClock = false")
        settled(page, "/play/transport/tempo", 120)
        assert page.evaluate("controls.list.length") == 0

    def test_a_slot_is_the_pitch_bend(self, controls_page):
        page = controls_page
        page.evaluate("""async () => {
            globalThis.synth = midi.plug('output', 'Synth')
            await controls.openMidi()
            starling.apply({ name: 'Control', changes: set('controls', 'control-1', { name: 'X', source: 'osc', address: '/x', low: -1, high: 1 }) })
            controls.send({ kind: 'bend', device: 'Synth', channel: 3, slots: ['listen/control/1'] })
        }""")
        for value, (low, high) in ((1, (127, 127)), (-1, (0, 0)), (0, (0, 64))):
            page.evaluate("(value) => controls.set('control-1', value)", value)
            page.wait_for_function("(bytes) => String(synth.sent.at(-1)) === bytes", arg=f"226,{low},{high}")

    def test_out(self, controls_page):
        page = controls_page
        page.evaluate("""async () => {
            globalThis.synth = midi.plug('output', 'Synth')
            await controls.openMidi()
            starling.apply({ name: 'Control', changes: set('controls', 'control-1', { name: 'X', source: 'osc', address: '/x', low: -1, high: 1 }) })
            controls.send({ kind: 'controllers', device: 'Synth', channel: 2, number: 74, slots: ['listen/control/1'] })
            controls.set('control-1', 1)
        }""")
        page.wait_for_function("() => String(synth.sent.at(-1)) === '177,74,127'")
        page.evaluate("controls.set('control-1', -1)")
        page.wait_for_function("() => String(synth.sent.at(-1)) === '177,74,0'")
        assert page.evaluate("controls.traffic.at(-1).direction") == "out"

    def test_categories_are_notes(self, controls_page):
        page = controls_page
        page.evaluate(HANDS, ["control-1"])
        page.evaluate("""async () => {
            globalThis.synth = midi.plug('output', 'Synth')
            await controls.openMidi()
            starling.apply({ name: 'Control', changes: [...set('controls', 'control-1', { name: 'X', source: 'osc', address: '/x' }),
                ...set('categories', 'right', { note: 40 })] })
            const encoded = new TextEncoder().encode(['take,category,control-1', ...[0, 1, 2, 3].map((x) => `${x % 2},${['Left', 'Right'][x % 2]},${x % 2}`)].join('\\n'))
            starling.importExamples('hands', encoded)
            controls.send({ kind: 'notes', slots: ['learn/hands/label'] })
            controls.set('control-1', 1)
        }""")
        page.wait_for_function("() => String(synth.sent.at(-1)) === '144,40,100'", timeout=20000)
        page.evaluate("controls.set('control-1', 0)")
        page.wait_for_function("() => String(synth.sent.slice(-2)) === '128,40,0,144,60,100'", timeout=5000)

    def test_a_browser_without_midi_says_so(self, controls_page):
        told = controls_page.evaluate("""async () => {
            const { Midi } = await import('/lib/controls/midi.js')
            const midi = new Midi()
            midi.state = 'none'
            return midi.open().then(() => '', ({ message }) => message)
        }""")
        assert "Chrome" in told


class TestStudio:
    """The cards: what they show, and that they are worked by keyboard."""

    @pytest.fixture
    def studio(self, page, server):
        page.add_init_script(f"({MIDI})()")
        return Studio(page, server.address).start()

    def test_the_beat_is_led_by_a_clock_and_leads_one(self, studio):
        page = studio.page
        page.evaluate("() => { midi.plug('output', 'Synth') }")
        page.get_by_role("button", name="Patterns…").press("Enter")
        page.get_by_role("checkbox", name="Follow MIDI clock").press("Space")
        page.wait_for_function("() => Object.values(starling.document.controls).some(({ message }) => message === 'clock')")
        page.wait_for_function("() => document.querySelector('.transport .tempo').disabled")
        check_axe(page, "following a clock")
        page.get_by_role("checkbox", name="Follow MIDI clock").press("Space")
        page.wait_for_function("() => Object.keys(starling.document.controls).length === 0")
        page.get_by_role("button", name="Send…").press("Enter")
        page.get_by_role("combobox", name="What it is sent as").select_option(label="MIDI clock of the beat")
        page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).press("Enter")
        page.get_by_text("The beat as a clock to the first MIDI device").wait_for()

    def test_a_control_is_learned_shown_and_feeds_the_model(self, studio):
        page, peer, port = studio.page, PythonOsc(), free_port()
        assert not page.evaluate("performance.getEntriesByType('resource').some(({ name }) => name.includes('/lib/controls/'))"), "loaded on demand"
        page.get_by_role("button", name="Connect…").focus()
        page.keyboard.press("Enter")
        learn = page.get_by_role("button", name="Learn OSC")
        learn.wait_for()
        assert page.evaluate("document.activeElement.textContent") == "Learn OSC", "the focus goes on"
        page.get_by_role("spinbutton", name="OSC port").fill(str(port))
        page.keyboard.press("Enter")
        learn.click()
        page.get_by_text(f"Send a message to port {port} now").wait_for()
        peer.aim(port)
        page.wait_for_function("() => document.querySelector('.controls').textContent.includes('bridge is open')")
        time.sleep(0.2)
        peer.send("/slider", 0.75)
        box = page.get_by_role("checkbox", name="slider")
        box.wait_for()
        check_axe(page, "a control")
        assert page.get_by_role("meter", name="slider").get_attribute("aria-valuenow") is not None
        page.wait_for_function("() => document.querySelector('.control starling-meter').position === 0.75")
        box.press("Space")
        page.wait_for_function("() => starling.ordered('models')[0].inputs.at(-1) === 'control-1'")
        page.get_by_role("checkbox", name="Loudness").first.click()
        page.wait_for_function("() => starling.ordered('models')[0].inputs.includes('loudness')")
        assert page.evaluate("starling.ordered('models')[0].inputs.at(-1)") == "control-1", "features leave controls alone"
        page.get_by_role("button", name="Change slider").click()
        dialog = page.get_by_role("dialog", name="Change slider")
        check_axe(page, "a control's name and range")
        dialog.get_by_role("textbox", name="Name").fill("Fader")
        dialog.get_by_role("spinbutton", name="To").fill("3")
        dialog.get_by_role("button", name="Change").click()
        page.wait_for_function("() => document.querySelector('.control starling-meter').position === 0.25")
        assert page.evaluate("starling.document.controls['control-1'].name") == "Fader"
        page.get_by_role("button", name="Remove Fader").click()
        page.wait_for_function("() => !starling.document.controls['control-1']")
        peer.close()

    def test_sending_and_the_monitor(self, studio):
        page, listener = studio.page, Listener()
        page.get_by_role("button", name="Connect…").click()
        page.get_by_role("button", name="Send…").click()
        dialog = page.get_by_role("dialog", name="Send")
        check_axe(page, "send")
        dialog.get_by_role("listbox", name="What is sent").select_option("learn/voice/label")
        dialog.get_by_role("spinbutton", name="Port").fill(str(listener.port))
        dialog.get_by_role("button", name="Send").click()
        page.get_by_role("checkbox", name=f"Recognised to 127.0.0.1:{listener.port} as /wek/outputs").wait_for()
        assert listener.next("/wek/outputs")[0] in (-1, 0, 1, 2)
        page.get_by_role("button", name="Monitor…").click()
        page.get_by_role("dialog", name="Monitor").get_by_role("cell", name="/wek/outputs").first.wait_for()
        check_axe(page, "monitor")
        page.keyboard.press("Escape")
        check_axe(page, "what is sent")
        page.get_by_role("button", name=f"Change Recognised to 127.0.0.1:{listener.port} as /wek/outputs").click()
        dialog = page.get_by_role("dialog", name="Change what is sent")
        assert dialog.get_by_role("listbox", name="What is sent").evaluate("(list) => list.value") == "learn/voice/label"
        dialog.get_by_role("textbox", name="Address").fill("/elsewhere")
        dialog.get_by_role("button", name="Change").click()
        listener.next("/elsewhere")
        page.get_by_role("button", name="Stop sending").click()
        page.wait_for_function("() => Object.keys(starling.document.sends).length === 0")
        listener.close()
