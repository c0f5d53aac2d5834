"""Programs that musicians use, against `starling run --wekinator` and against a page behind the bridge: everything both ways."""

import pytest

from osc_peer import Run
from osc_programs import Liblo, PureData, PythonOsc, SuperCollider

PROGRAMS = {"python-osc": PythonOsc, "liblo": Liblo, "pd": PureData, "sclang": SuperCollider}


@pytest.fixture(scope="module", params=PROGRAMS)
def program(request, tmp_path_factory):
    """A maker of peers: sclang takes long to begin, so that there is one of it for all tests."""
    kind = PROGRAMS[request.param]
    if kind is SuperCollider:
        peer = SuperCollider(tmp_path_factory.mktemp("sclang"))

        def again():
            # The test before may have heard less than was said: gestures are answered on after their name.
            peer.forget()
            return peer

        yield again
        peer.close()
        return
    peers = []

    def make():
        peers.append(kind(tmp_path_factory.mktemp("pd")) if kind is PureData else kind())
        return peers[-1]

    yield make
    for peer in peers:
        peer.close()


class Heard:
    """Stands in for a listener of the tests: the peer is the one that hears."""

    def __init__(self, port):
        self.port = port

    def close(self):
        pass


def start(peer, *arguments):
    run = Run(*arguments, listener=Heard(peer.port))
    peer.aim(run.port)
    return run


def teach(peer, outputs, frames):
    peer.send("/wekinator/control/outputs", *outputs)
    peer.send("/wekinator/control/startRecording")
    for frame in frames:
        peer.send("/wek/inputs", *frame)
    peer.send("/wekinator/control/stopRecording")


def test_categories_distributions_and_numbers(program):
    peer = program()
    run = start(peer, "--inputs", 2, "--outputs", "categories:3:distribution,continuous:1")
    teach(peer, [1.0, 0.25], [(0.0, 0.0), (0.25, 0.0), (0.0, 0.25)])
    teach(peer, [3.0, 0.75], [(4.0, 4.0), (3.75, 4.0), (4.0, 3.75)])
    peer.send("/wekinator/control/train")
    assert peer.wait("/wekinator/status/done-training") == []
    peer.send("/wekinator/control/startRunning")
    peer.send("/wek/inputs", 4.0, 4.0)
    category, level = peer.wait("/wek/outputs")
    assert category == 3 and level == pytest.approx(0.75, abs=0.15)
    distribution = peer.wait("/outputs-1")
    assert len(distribution) == 4 and max(distribution) == distribution[3]
    peer.send("/wekinator/control/disableModelRunning", 1)
    peer.send("/wek/inputs", 0.0, 0.0)
    category, level = peer.wait("/wek/outputs")
    assert category == 3 and level == pytest.approx(0.25, abs=0.15)
    assert run.stop() == 0


def test_gestures(program):
    peer = program()
    run = start(peer, "--inputs", 1, "--outputs", "gestures:2")
    for gesture, frames in ((1, range(0, 10)), (2, range(10, 0, -1))):
        # Pure Data has no whole numbers; this is what its users send.
        peer.send("/wekinator/control/startDtwRecording", gesture)
        for frame in frames:
            peer.send("/wek/inputs", float(frame))
        peer.send("/wekinator/control/stopDtwRecording")
    peer.send("/wekinator/control/startRunning")
    for frame in range(10, 0, -1):
        peer.send("/wek/inputs", float(frame))
    for _ in range(4):
        assert peer.wait("/wek/outputs") == [peer.infinity] * 2
    assert peer.wait("/output_2") == []
    assert run.stop() == 0


ECHO = """async (port) => {
    const { Osc } = await import('/lib/osc.js')
    globalThis.osc = new Osc()
    const target = await osc.target('127.0.0.1', port)
    const receiver = await osc.receive(0)
    osc.addEventListener('message', ({ detail }) => {
        if (detail.address !== '/wek/inputs') return
        target.send('/wek/outputs', ...detail.arguments.map((value) => 2 * value))
        target.send('/event')
    })
    return receiver.port
}"""


def test_a_page_behind_the_bridge(program, server, chromium_browser):
    peer = program()
    context = chromium_browser.new_context(service_workers="block")
    page = context.new_page()
    page.goto(server.address + "/favicon.svg")
    peer.aim(page.evaluate(ECHO, peer.port))
    peer.send("/wek/inputs", 1.5, -2.0)
    assert peer.wait("/wek/outputs") == [3, -4]
    assert peer.wait("/event") == []
    context.close()
