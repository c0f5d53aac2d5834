"""The OSC bridge: pages of this server on this machine get in and nobody else; packets go both ways, and only where allowed."""

import json
import socket
import subprocess
import time
import urllib.error
import urllib.request

import pytest
from pythonosc.osc_bundle_builder import IMMEDIATELY, OscBundleBuilder
from pythonosc.osc_message_builder import OscMessageBuilder
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from osc_peer import Listener, Run, message
from paths import STARLING


def fetch(server, path, **headers):
    request = urllib.request.Request(server.address + path, headers=headers)
    with urllib.request.urlopen(request, timeout=5) as answer:
        return answer.read().decode()


def open_socket(server, origin=True, host=None):
    address = f"127.0.0.1:{server.port}"
    return connect(
        f"ws://{address}/osc", origin=f"http://{address}" if origin is True else origin, proxy=None,
        additional_headers={"Host": host} if host else None)  # fmt: skip


def ask(page, **request):
    page.send(json.dumps(request))
    return json.loads(page.recv(timeout=5))


@pytest.fixture
def page(server):
    """A socket that has named the token."""
    with open_socket(server) as page:
        assert ask(page, token=fetch(server, "/osc/token"), id=1) == {"id": 1, "ready": True}
        yield page


def udp(page_answer):
    return page_answer["listening"]


class TestWhoGetsIn:
    @pytest.mark.parametrize("origin", [None, "null", "https://example.org", "http://127.0.0.1:1"])
    def test_other_pages_do_not(self, server, origin):
        with pytest.raises(InvalidStatus) as refusal:
            open_socket(server, origin=origin)
        assert refusal.value.response.status_code in (403, 426)

    def test_a_foreign_name_that_points_here_does_not(self, server):
        for path in ("/osc/token", "/osc"):
            with pytest.raises(urllib.error.HTTPError) as refusal:
                fetch(server, path, Host="evil.example:80")
            assert refusal.value.code == 403

    def test_pages_of_other_sites_do_not_get_the_token(self, server):
        for headers in ({"Origin": "https://example.org"}, {"Sec-Fetch-Site": "cross-site"}):
            with pytest.raises(urllib.error.HTTPError) as refusal:
                fetch(server, "/osc/token", **headers)
            assert refusal.value.code == 403

    def test_three_wrong_tokens_are_the_end(self, server):
        with open_socket(server) as page:
            for _ in range(2):
                assert "error" in ask(page, token="0" * 32)
            page.send(json.dumps({"listen": 0}))
            json.loads(page.recv(timeout=5))
            with pytest.raises(ConnectionClosed):
                page.recv(timeout=5)

    def test_nothing_goes_before_the_token(self, server):
        listener = Listener()
        with open_socket(server) as page:
            page.send(b"\0\1" + message("/x", 1.0))
            assert listener.drain() == []
        listener.close()

    def test_at_most_eight_pages(self, server):
        pages = [open_socket(server) for _ in range(8)]
        with open_socket(server) as ninth:
            assert "too many" in json.loads(ninth.recv(timeout=5))["error"]
        for page in pages:
            page.close()

    def test_frames_that_no_browser_sends_end_it(self, server):
        key = "dGhlIHNhbXBsZSBub25jZQ=="
        with socket.create_connection(("127.0.0.1", server.port)) as raw:
            raw.sendall(
                f"GET /osc HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nOrigin: http://127.0.0.1:{server.port}\r\n"
                f"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode())
            assert b"101" in raw.recv(4096)
            raw.sendall(b"\x81\x02{}")  # not masked
            assert raw.recv(4096)[:4] == b"\x88\x02\x03\xea"  # closed with 1002
            assert raw.recv(4096) == b""


class TestPackets:
    def test_out_and_answers_back(self, page):
        listener = Listener()
        assert ask(page, target=7, host="127.0.0.1", port=listener.port, id=2) == {"id": 2, "target": 7}
        page.send(b"\0\7" + message("/hello", 1.5, "x"))
        assert listener.next("/hello") == [1.5, "x"]
        listener.close()

    def test_in(self, page):
        port = udp(ask(page, listen=0, id=3))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
            peer.bind(("127.0.0.1", 0))
            peer.sendto(message("/in", 2.0), ("127.0.0.1", port))
            data = page.recv(timeout=5)
            sender = peer.getsockname()[1]
        assert data[:8] == port.to_bytes(2, "big") + sender.to_bytes(2, "big") + bytes([127, 0, 0, 1])
        assert data[8:] == message("/in", 2.0)
        assert ask(page, silence=port, id=4)["silent"] == port
        Listener(port).close()  # the port is free again

    def test_only_to_this_machine(self, page):
        for host in ("192.0.2.1", "255.255.255.255", "224.0.0.1", "example.org", "0.0.0.0"):
            assert "--osc-to" in ask(page, target=1, host=host, port=9000)["error"]
        assert "no target" in ask_binary(page, b"\0\1" + message("/x"))

    def test_elsewhere_where_it_is_allowed(self):
        process = subprocess.Popen(
            [STARLING, "serve", "--port", "0", "--osc-to", "192.0.2.1:9000,255.255.255.255:9"], stdout=subprocess.PIPE, text=True)
        try:
            server = type("Server", (), {})()
            server.port = int(process.stdout.readline().split("127.0.0.1:")[1].split("/")[0])
            server.address = f"http://127.0.0.1:{server.port}"
            with open_socket(server) as page:
                ask(page, token=fetch(server, "/osc/token"))
                assert ask(page, target=1, host="192.0.2.1", port=9000)["target"] == 1
                assert "error" in ask(page, target=2, host="192.0.2.1", port=9001)
                assert "many" in ask(page, target=3, host="255.255.255.255", port=9)["error"]
        finally:
            process.terminate()
            assert process.wait(5) == 0

    def test_a_port_in_use_is_told(self, page):
        listener = Listener()
        assert "in use" in ask(page, listen=listener.port)["error"]
        listener.close()

    def test_what_is_too_much_is_left_out_and_counted(self, page):
        listener = Listener()
        ask(page, target=1, host="localhost", port=listener.port)
        for _ in range(3000):
            page.send(b"\0\1" + message("/x"))
        assert 1 <= ask(page, lost=True)["lost"] <= 2999
        assert len(listener.drain()) >= 1
        listener.close()


def ask_binary(page, data):
    page.send(data)
    return json.loads(page.recv(timeout=5))["error"]


RECEIVE = """async () => {
    const { Osc } = await import('/lib/osc.js')
    globalThis.osc = new Osc()
    globalThis.got = []
    globalThis.faults = []
    osc.addEventListener('message', ({ detail }) => got.push({ ...detail, at: Date.now() / 1000 }))
    osc.addEventListener('fault', ({ detail }) => faults.push(detail))
    return (await osc.receive(0)).port
}"""


@pytest.fixture
def osc_page(server, chromium_browser):
    """A page of the server in a real browser, with /lib/osc.js and a port to hear on."""
    context = chromium_browser.new_context(service_workers="block")
    page = context.new_page()
    page.goto(server.address + "/favicon.svg")
    page.port = page.evaluate(RECEIVE)
    yield page
    context.close()


def send_to(port, *packets):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        for packet in packets:
            peer.sendto(packet, ("127.0.0.1", port))


def bundle(address, value, when):
    builder = OscBundleBuilder(when)
    inner = OscMessageBuilder(address)
    inner.add_arg(value)
    builder.add_content(inner.build())
    return builder.build().dgram


class TestInThePage:
    def test_messages_arrive_with_all_their_types(self, osc_page):
        send_to(osc_page.port, message("/a/b", 1, 2.5, "täxt", True, types="ifsT"))
        osc_page.wait_for_function("() => got.length === 1")
        got = osc_page.evaluate("got[0]")
        assert (got["address"], got["types"], got["arguments"]) == ("/a/b", "ifsT", [1, 2.5, "täxt", True])
        assert got["port"] == osc_page.port and got["sender"]["host"] == "127.0.0.1" and got["time"] is None

    def test_time_tags_are_honoured_and_what_is_late_comes_at_once(self, osc_page):
        due = time.time() + 0.4
        send_to(osc_page.port, bundle("/later", 1.0, due), bundle("/late", 2.0, due - 10), bundle("/now", 3.0, IMMEDIATELY))
        osc_page.wait_for_function("() => got.length === 3")
        got = osc_page.evaluate("got")
        assert [message["address"] for message in got] == ["/late", "/now", "/later"]
        assert got[2]["at"] >= due - 0.005
        assert osc_page.evaluate("osc.lateCount") == 1

    def test_sending(self, osc_page):
        listener = Listener()
        osc_page.evaluate(
            """async (port) => {
                const target = await osc.target('127.0.0.1', port)
                target.send('/one', 0.5, 'x', true, [1, 2])
                target.sendTyped('/two', 'ihd', 1, 2, 3)
                target.sendBundle([{ address: '/three', arguments: [] }])
            }""",
            listener.port)
        assert listener.next("/one") == [0.5, "x", True, [1.0, 2.0]]
        assert listener.next("/two") == [1, 2, 3.0]
        assert listener.next("/three") == []
        listener.close()

    def test_the_monitor_shows_both_directions(self, osc_page):
        listener = Listener()
        send_to(osc_page.port, message("/in", 1.0))
        osc_page.wait_for_function("() => got.length === 1")
        osc_page.evaluate("async (port) => (await osc.target('localhost', port)).send('/out', 2)", listener.port)
        assert osc_page.evaluate("osc.traffic.map((entry) => [entry.direction, entry.address, entry.arguments[0]])") == [
            ["in", "/in", 1], ["out", "/out", 2]]  # fmt: skip
        listener.close()

    def test_refusals_are_sentences(self, osc_page):
        told = osc_page.evaluate("osc.target('192.0.2.1', 9000).then(() => 'no', (error) => error.message)")
        assert "--osc-to" in told
        assert "slash" in osc_page.evaluate("async () => { try { (await osc.target('127.0.0.1', 9)).send('x') } catch (error) { return error.message } }")
        send_to(osc_page.port, b"rubbish!")
        osc_page.wait_for_function("() => faults.length === 1")
        assert "no OSC" in osc_page.evaluate("faults[0]")

    def test_a_page_drives_starling_run(self, osc_page):
        run = Run("--inputs", 2, "--outputs", "categories:2")
        osc_page.evaluate(
            """async (port) => {
                const target = await osc.target('127.0.0.1', port)
                const teach = (label, x) => {
                    target.send('/wekinator/control/outputs', label)
                    target.sendTyped('/wekinator/control/startRecording', '')
                    for (let i = 0; i < 5; i += 1) target.send('/wek/inputs', x, x)
                    target.send('/wekinator/control/stopRecording')
                }
                teach(1, 0)
                teach(2, 1)
                target.send('/wekinator/control/train')
                target.send('/wekinator/control/startRunning')
                await new Promise((resolve) => setTimeout(resolve, 300))
                target.send('/wek/inputs', 1, 1)
            }""",
            run.port)
        assert run.listener.next("/wek/outputs") == [2.0]
        run.stop()
