"""`starling run` as a program: what it says, what it keeps, and how it ends. The vocabulary itself is tested in Swift."""

import json
import shutil
import signal
import subprocess
import time

import pytest

from osc_peer import Listener, Run
from paths import STARLING, WEB

LEFT, RIGHT = [(0, 0), (0.1, 0)] * 3, [(1, 1), (0.9, 1)] * 3


def wait_until(condition, seconds=5):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it has not happened"
        time.sleep(0.02)


def taught(*arguments, **more):
    run = Run("--inputs", 2, "--outputs", "categories:2,continuous:1", *arguments, **more)
    run.teach([1, 0.2], LEFT)
    run.teach([2, 0.8], RIGHT)
    return run


def refused(*arguments):
    done = subprocess.run([STARLING, "run", *map(str, arguments)], capture_output=True, text=True, timeout=20)
    assert done.stdout == ""
    return done.returncode, done.stderr


class TestStarting:
    def test_a_port_in_use_is_one_sentence(self):
        listener = Listener()
        code, said = refused("--osc-in", listener.port, "--host", "127.0.0.1")
        listener.close()
        assert code == 1 and said.count("\n") == 1 and f"UDP port {listener.port} is in use" in said

    @pytest.mark.parametrize(
        ("arguments", "part"),
        [
            (["--outputs", "classes:0"], "outputs"), (["--outputs", "nonsense:3"], "outputs"), (["--outputs", "continuous:17"], "outputs"),
            (["--inputs", "0"], "1 to 1024"), (["--osc-in", "70000"], "0 to 65535"), (["--osc-out", "nowhere"], "HOST:PORT"),
            (["--osc-out", "no.such.host.invalid:1", "--osc-in", "0"], "no address"), (["/no/such/folder/x.starling", "--osc-in", "0"], "cannot write"),
        ])  # fmt: skip
    def test_what_cannot_be_is_one_sentence(self, arguments, part):
        code, said = refused(*arguments)
        assert code in (1, 2) and part in said and len(said.strip().split("\n")) <= 2

    def test_a_project_is_open_only_once(self, tmp_path):
        project = tmp_path / "x.starling"
        run = Run(project, "--outputs", "categories:2")
        assert "open in another Starling" in refused(project, "--osc-in", 0)[1]
        run.stop()

    def test_a_damaged_project_is_refused_and_left_alone(self, tmp_path):
        project = tmp_path / "x.starling"
        project.write_bytes(b"no project at all")
        assert refused(project, "--osc-in", 0)[0] == 1
        assert project.read_bytes() == b"no project at all"


class TestRunning:
    def test_outputs_of_all_kinds_of_model(self):
        run = Run("--inputs", 2, "--outputs", "categories:2:mlp,categories:2:knn,continuous:1:knn")
        run.teach([1, 2, 0.25], LEFT)
        run.teach([2, 1, 0.75], RIGHT)
        run.train()
        run.control("startRunning")
        assert run.ask(1, 1) == pytest.approx([2, 1, 0.75], abs=0.01)
        run.stop()

    def test_ranges_and_addresses_of_their_own(self):
        run = Run("--inputs", 1, "--outputs", "continuous:1:0..127:hard:whole", "--each")
        run.control("outputs", 200.0)  # beyond: ignored
        for value in (0.0, 127.0):
            run.control("outputs", value)
            run.control("startRecording")
            for step in range(5):
                run.inputs(value / 127 + step * 1e-3)
            run.control("stopRecording")
        run.train()
        run.control("startRunning")
        value = run.ask(2.0)[0]
        assert value <= 127 and value == int(value)
        assert run.listener.next("/outputs/outputs-1") == [value]
        run.stop()

    def test_errors_go_back_to_the_sender_and_are_counted(self):
        run = Run("--inputs", 2, "--outputs", "categories:2")
        run.send("/nobody", 1.0)
        assert "/nobody" in run.errors.next("/starling/error")[0]
        run.send_bytes(b"\0\0\0\0")
        assert "no OSC" in run.errors.next("/starling/error")[0]
        run.inputs(1)
        assert "--inputs 1" in run.errors.next("/starling/error")[0]
        run.send("/wek/inputs", 1.0, "x")
        assert "number" in run.errors.next("/starling/error")[0]
        run.stop()

    def test_strict_says_nothing_to_the_sender(self):
        run = Run("--inputs", 2, "--outputs", "categories:2", "--strict")
        run.send("/nobody", 1.0)
        run.inputs(1)
        run.said("came with 1 inputs")
        assert run.errors.drain() == []
        run.stop()

    def test_gestures_are_named_once_when_running_stops(self):
        run = Run("--inputs", 1, "--outputs", "gestures:2:once")
        for gesture, frames in ((1, range(10)), (2, range(10, 0, -1))):
            run.control("startDtwRecording", gesture)
            for frame in frames:
                run.inputs(frame)
            run.control("stopDtwRecording")
        for _ in range(2):
            run.control("startRunning")
            for frame in range(10, 0, -1):
                run.inputs(frame)
            assert run.listener.drain() == []
            run.control("stopRunning")
            assert run.listener.next() == ("/output_2", [])
            address, (first, second) = run.listener.next()
            assert address == "/wek/outputs" and second == 0 < first
        run.stop()

    def test_more_outputs_than_the_studio_has_room_for_are_told(self):
        run = Run("--inputs", 1, "--outputs", "categories:2," * 8 + "categories:2")
        assert "up to 8" in run.said("has 9 models")
        run.teach([1] * 9, [(0,)] * 3)
        run.teach([2] * 9, [(1,)] * 3)
        run.train()
        run.control("startRunning")
        assert run.ask(1) == [2] * 9
        run.stop()

    def test_an_absent_listener_does_no_harm(self):
        listener = Listener()
        run = taught(listener=listener)
        run.train()
        run.control("startRunning")
        listener.close()
        for _ in range(20):
            run.inputs(1, 1)
        run.said("Running.")
        run.control("stopRunning")
        run.said("Stopped running.")
        run.process.send_signal(signal.SIGTERM)
        assert run.process.wait(5) == 0

    def test_a_flood_of_rubbish_does_no_harm(self):
        run = taught()
        run.train()
        run.control("startRunning")
        for index in range(3000):
            run.send_bytes((b"/wek/inputs\0,ff\0" + bytes([index % 256] * (index % 40)))[: 1 + index % 60])
        run.listener.drain()
        assert run.ask(1, 1)[0] == 2
        run.stop()


class TestKeeping:
    def project(self, tmp_path):
        return tmp_path / "piece.starling"

    def runs(self, path):
        """A project that is opened runs at once."""
        run = Run(path, wekinator=False)
        run.said("Running.")
        return run

    def test_a_project_is_made_and_opened_again(self, tmp_path):
        run = taught(self.project(tmp_path))
        run.train()
        assert run.stop() == 0
        assert sorted(path.name for path in tmp_path.iterdir()) == ["piece.starling"]
        run = self.runs(self.project(tmp_path))
        assert run.ask(1, 1) == pytest.approx([2, 0.8], abs=0.1)
        assert run.stop() == 0

    @pytest.mark.parametrize("moment", range(6))
    def test_killed_at_any_moment_it_loses_no_example(self, tmp_path, moment):
        run = taught(self.project(tmp_path))
        run.control("outputs", 1.0, 0.5)
        run.control("startRecording")
        for index in range(100):
            run.inputs(-1, index / 100)
        run.said("12 examples")
        time.sleep(0.12 + 0.03 * moment)  # rows wait for a tenth of a second at most
        run.stop(kill=True)
        run = Run(self.project(tmp_path))
        run.train()
        assert run.said("with 112 examples")
        run.control("startRunning")
        assert run.ask(-1, 0.5)[0] == 1
        assert run.stop() == 0

    def test_what_was_torn_is_told(self, tmp_path):
        run = taught(self.project(tmp_path))
        run.said("12 examples")
        run.stop(kill=True)
        journal = tmp_path / "piece.starling.journal"
        journal.write_bytes(journal.read_bytes() + b"half a record")
        run = Run(self.project(tmp_path))
        run.said("13 bytes had not been written")
        run.train()
        run.said("with 12 examples")
        run.stop()

    def test_another_project_can_be_opened_by_osc(self, tmp_path):
        other = tmp_path / "other.starling"
        run = taught(other)
        run.train()
        run.stop()
        run = Run(self.project(tmp_path), "--outputs", "categories:2")
        run.control("runNewProject", str(other))
        run.said("Opened")
        run.control("startRunning")
        assert run.ask(1, 1)[0] == 2
        run.control("runNewProject", "/no/such.starling")
        assert "no such file" in run.errors.next("/starling/error")[0]
        assert run.ask(1, 1)[0] == 2  # it goes on as if nothing had been asked
        run.stop()

    def test_a_project_of_the_studio_runs_over_osc(self, tmp_path):
        shutil.copy(WEB / "examples" / "voice-choir.starling", self.project(tmp_path))
        run = self.runs(self.project(tmp_path))
        # Nobody has said how many inputs its features make: a frame that is too long tells.
        run.inputs(*[0.0] * 200)
        count = int(run.errors.next("/starling/error")[0].split("the project has ")[1].split(".")[0])
        assert count >= 13
        for value in (0.0, 1.0):
            assert run.ask(*[value] * count)[0] in (1, 2, 3)
        run.stop()

    def test_models_go_to_files_and_batches_through_them(self, tmp_path):
        run = taught()
        run.train()
        run.control("saveModelToFile", 1, str(tmp_path / "model"))
        run.control("startRunning")
        (tmp_path / "in.csv").write_text("0,0\n1,1\n")
        batch = Listener(run.listener.port + 1)
        run.send("/wek/inputs/bundle", str(tmp_path / "in.csv"))
        path = batch.next("/wek/outputs/bundle")[0]
        rows = [[float(cell) for cell in line.split(",")] for line in open(path)]
        assert [row[0] for row in rows] == [1, 2]
        batch.close()
        run.stop()
        other = Run("--inputs", 2, "--outputs", "categories:2")
        other.control("loadModelFromFile", 1, str(tmp_path / "model"))
        other.control("startRunning")
        assert other.ask(1, 1) == [2]
        other.stop()


class TestConverting:
    def convert(self, *arguments, code=0):
        done = subprocess.run([STARLING, "convert", *map(str, arguments)], capture_output=True, text=True, timeout=60)
        assert done.returncode == code, done.stderr
        return done.stderr

    @pytest.fixture
    def piece(self, tmp_path):
        run = taught(tmp_path / "piece.starling")
        run.train()
        run.stop()
        return tmp_path / "piece.starling"

    def test_to_wekinator_and_back(self, piece, tmp_path):
        said = self.convert(piece, tmp_path / "folder")
        assert "objects of its Java library" in said
        assert (tmp_path / "folder" / "current" / "currentData.arff").read_text().count("\n") > 12
        self.convert(tmp_path / "folder", tmp_path / "back.starling")
        run = Run(tmp_path / "back.starling", wekinator=False)
        run.said("Running.")
        assert run.ask(1, 1) == pytest.approx([2, 0.8], abs=0.1)
        run.stop()

    def test_a_project_of_wekinator_can_be_run_by_osc(self, piece, tmp_path):
        self.convert(piece, tmp_path / "folder")
        run = Run("--outputs", "categories:2")
        run.control("runNewProject", str(next((tmp_path / "folder").glob("*.wekproj"))))
        run.said("Opened")
        run.control("startRunning")
        assert run.ask(1, 1)[0] == 2
        run.stop()

    def test_tables_and_json(self, piece, tmp_path):
        for name in ("t.arff", "t.csv"):
            self.convert(piece, tmp_path / name)
            self.convert(tmp_path / name, tmp_path / "t.starling")
        self.convert(piece, tmp_path / "t.rapidlib.json")
        models = json.loads((tmp_path / "t.rapidlib.json").read_text())
        assert [model["modelType"] for model in models["modelSet"]] == ["kNN Classificiation", "Neural Network"]
        self.convert(tmp_path / "t.rapidlib.json", tmp_path / "r.starling")
        self.convert(piece, tmp_path / "t.mlp.json")
        self.convert(tmp_path / "t.mlp.json", tmp_path / "m.starling")
        self.convert(piece, tmp_path / "t.dataset.json")
        self.convert(tmp_path / "t.dataset.json", tmp_path / "d.starling", "--labels", tmp_path / "t.labelset.json")

    def test_what_cannot_be_is_one_sentence(self, piece, tmp_path):
        (tmp_path / "x.json").write_text("{}")
        for arguments in ((tmp_path / "none.csv", piece), (piece, tmp_path / "x.mp3"), (piece, tmp_path / "x.json"), (tmp_path / "x.json", piece), (tmp_path, piece)):
            said = self.convert(*arguments, code=1)
            assert said.startswith("starling: ") and said.count("\n") == 1
