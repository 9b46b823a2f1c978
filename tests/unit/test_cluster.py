"""A cluster returns the bytes of one process, even if workers fail; with a real scheduler and real processes."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any, Self

import pytest

from sim.errors import EngineFault, Problem, ScenarioError, UsageError
from sim.experiment.crews import cluster
from sim.experiment.crews.cluster import Cluster
from sim.experiment.kept.record import comparison_to_data
from sim.experiment.kept.store import Store
from sim.experiment.options import RunOptions
from sim.experiment.replicate import replicate
from sim.files.scenario import read_scenario
from sim.study import compare_scenarios
from tests.waiting import is_alive, wait_until

PLACE = Path(__file__).parents[1] / "fixtures" / "scenarios" / "place"
YEARS = 12

pytestmark = pytest.mark.slow


class Machines:
    """A scheduler and its workers, each in a process of its own; killed at the end."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        known = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
        self.environment = os.environ | settings | {"PYTHONPATH": known}
        self.workers: list[subprocess.Popen[bytes]] = []
        told = folder / "scheduler.json"
        self.scheduler = self._start("dask_scheduler", "--port", "0", "--scheduler-file", str(told))
        wait_until(lambda: told.exists() and told.read_text().endswith("}"))
        self.address: str = json.loads(told.read_text())["address"]

    def add(self, workers: int) -> None:
        for _ in range(workers):
            alone = ("--nthreads", "1", "--no-nanny", "--local-directory", str(self.folder))
            self.workers.append(self._start("dask_worker", self.address, *alone))

    def kill(self, process: int) -> None:
        os.kill(process, signal.SIGKILL)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def _start(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{program}", "--dashboard-address", ":0", *arguments]
        with (self.folder / "said.txt").open("a") as said:
            return subprocess.Popen(command, env=self.environment, stdout=said, stderr=said)


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    with Machines(tmp_path_factory.mktemp("machines")) as some:
        yield some


@pytest.fixture
def machines(lasting: Machines) -> Machines:
    """Two living workers."""
    lasting.workers = [worker for worker in lasting.workers if worker.poll() is None]
    lasting.add(2 - len(lasting.workers))
    return lasting


def on(address: str) -> Any:
    return partial(Cluster, address=address)


def other_code() -> str:
    """Return a code that differs from process to process."""
    return str(os.getpid())


def marks(folder: Path, replication: int) -> int:
    (folder / f"{replication:02d}.{os.getpid()}").touch()
    time.sleep(0.1)
    return replication


def fails_at_three(replication: int) -> int:
    if replication == 3:
        raise ValueError("no such week")
    return replication


def refuses(replication: int) -> int:
    raise ScenarioError([Problem(message={"zh": "错", "en": "wrong"}, file="a.yaml", line=4)])


def dies_at_one(replication: int) -> int:
    if replication == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return replication


def compared(**options: Any) -> str:
    before, after = read_scenario(PLACE / "before.yaml"), read_scenario(PLACE / "after.yaml")
    comparison = compare_scenarios(before, after, RunOptions(replications=YEARS, **options))
    return json.dumps(comparison_to_data(comparison), sort_keys=True)


@pytest.fixture(scope="module")
def alone() -> str:
    return compared(jobs=1)


def test_a_study_gives_the_same_bytes_though_a_worker_is_killed_in_mid_run(machines: Machines, alone: str) -> None:
    def kill_one(done: int, total: int) -> None:
        if done == 3:
            machines.workers[0].kill()

    together = compared(cluster=machines.address, progress=kill_one)

    assert together == alone
    assert machines.workers[0].poll() == -signal.SIGKILL
    assert machines.workers[1].poll() is None


def test_what_a_lost_worker_was_at_is_run_again(machines: Machines, tmp_path: Path) -> None:
    under_way: list[str] = []

    def kill_the_last(done: int, total: int) -> None:
        if done == 3:
            time.sleep(0.03)  # until the next ones have begun
            last = max(path.name for path in tmp_path.glob("??.*"))
            machines.kill(int(last.partition(".")[2]))
            under_way.append(last[:2])

    results = list(replicate(partial(marks, tmp_path), range(YEARS), crew=on(machines.address), progress=kill_the_last))

    assert results == list(range(YEARS))
    assert len(list(tmp_path.glob(f"{under_way[0]}.*"))) == 2


def test_an_interrupted_run_is_resumed(machines: Machines, alone: str, tmp_path: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compared(cluster=machines.address, store=Store(tmp_path), progress=interrupt)
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.bin")}
    resumed = compared(cluster=machines.address, store=Store(tmp_path))

    assert len(kept) >= 3 * 5  # two years and a twin check each
    assert all(path.stat().st_mtime_ns == written for path, written in kept.items())
    assert resumed == alone


def test_errors_arrive_whole(machines: Machines) -> None:
    with pytest.raises(EngineFault, match="replication 3: ValueError: no such week"):
        list(replicate(fails_at_three, range(6), crew=on(machines.address)))
    with pytest.raises(ScenarioError) as caught:
        list(replicate(refuses, range(6), crew=on(machines.address)))

    assert caught.value.render("zh") == "a.yaml:4: 错"


def test_workers_with_other_code_refuse(machines: Machines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "own_code", lambda: "other")

    with pytest.raises(UsageError, match="another version of the program"):
        list(replicate(abs, range(6), crew=on(machines.address)))


def test_workers_that_do_not_know_the_program_are_told_of(machines: Machines, monkeypatch: pytest.MonkeyPatch) -> None:
    stranger = type(sys)("stranger")
    exec("def job(index): return index", vars(stranger))
    monkeypatch.setitem(sys.modules, "stranger", stranger)

    with pytest.raises(UsageError, match=r"cannot run this program .*stranger"):
        list(replicate(stranger.job, range(6), crew=on(machines.address)))


def test_a_lost_scheduler_ends_the_run_with_a_word(tmp_path: Path) -> None:
    def kill_it(done: int, total: int) -> None:
        if done == 2:
            machines.scheduler.kill()

    with Machines(tmp_path) as machines:
        machines.add(1)

        with pytest.raises(UsageError, match=r"connection to the cluster .* was lost"):
            list(replicate(partial(marks, tmp_path), range(YEARS), crew=on(machines.address), progress=kill_it))


def test_work_does_not_wait_for_ever_for_workers(
    machines: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE_SECONDS", 0.5)
    monkeypatch.setattr("sim.experiment.replicate.GLANCE", 0.2)

    def kill_all(done: int, total: int) -> None:
        if done == 2:
            for worker in machines.workers:
                worker.kill()

    with pytest.raises(UsageError, match="has had no worker"):
        list(replicate(partial(marks, tmp_path), range(YEARS), crew=on(machines.address), progress=kill_all))


def test_workers_that_keep_dying_are_a_clear_fault(tmp_path: Path) -> None:
    with Machines(tmp_path, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="1") as machines:
        machines.add(3)

        with pytest.raises(EngineFault, match="worker processes died 2 times, last at replication"):
            list(replicate(dies_at_one, range(6), crew=on(machines.address)))


def test_a_scheduler_without_workers_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "REACH_SECONDS", 0.5)

    with (
        Machines(tmp_path) as machines,
        pytest.raises(UsageError, match="has no workers; start some with: dask worker"),
    ):
        list(replicate(abs, range(6), crew=on(machines.address)))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense", "http://127.0.0.1:1"])
def test_a_scheduler_that_cannot_be_reached_is_told_of(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "REACH_SECONDS", 0.3)

    with pytest.raises(UsageError, match="cannot reach the cluster") as caught:
        list(replicate(abs, range(6), crew=on(address)))

    assert address in caught.value.render("zh")


PEERS = {
    "silent": b"",
    "a web server": b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n",
    "a shell": b"SSH-2.0-OpenSSH_9.2\r\n",
    "zeros": bytes(64),
}


@contextmanager
def peer(words: bytes) -> Iterator[str]:
    """Serve a peer that accepts every connection and sends the words; yield its address."""
    with socket.create_server(("127.0.0.1", 0)) as server, ExitStack() as accepted:

        def accept() -> None:
            with suppress(OSError):  # the server is closed
                while True:
                    connection, _ = server.accept()
                    accepted.enter_context(connection)
                    connection.sendall(words)

        thread = Thread(target=accept, daemon=True)
        thread.start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.mark.parametrize("words", PEERS.values(), ids=PEERS)
def test_a_peer_that_is_no_scheduler_is_refused_in_time(words: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "REACH_SECONDS", 0.5)

    with peer(words) as address, pytest.raises(UsageError, match=r"cannot reach the cluster .* scheduler"):
        list(replicate(abs, range(6), crew=on(address)))


def test_code_is_compared_before_work_is_sent(machines: Machines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_SameCode", None)  # would fail if the job were sent
    monkeypatch.setattr(cluster, "own_code", other_code)

    with pytest.raises(UsageError, match="another version of the program"):
        list(replicate(abs, range(6), crew=on(machines.address)))


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(UsageError, match=r"jianfu\[cluster\]"):
        list(replicate(abs, range(6), crew=on("local")))


def test_a_cluster_on_this_machine_gives_the_same_bytes(alone: str) -> None:
    assert compared(cluster="local", jobs=2) == alone


STUDY = """
import os, time, pathlib
from functools import partial
from sim.experiment.crews.cluster import Cluster
from sim.experiment.replicate import replicate
from test_cluster import sleeps
if __name__ == '__main__':
    folder = pathlib.Path(__file__).parent
    list(replicate(partial(sleeps, folder), range(2), jobs=2, crew=partial(Cluster, address='local')))
"""


def sleeps(folder: Path, replication: int) -> None:
    (folder / f"{os.getpid()}.pid").touch()
    time.sleep(60)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("how", ["Ctrl-C", "killed"])
def test_no_worker_of_this_machine_outlives_a_study_that_was_stopped(how: str, tmp_path: Path) -> None:
    script, said = tmp_path / "study.py", tmp_path / "said.txt"
    script.write_text(STUDY)
    known = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    with said.open("w") as messages:
        study = subprocess.Popen(
            [sys.executable, script], stderr=messages, start_new_session=True, env=os.environ | {"PYTHONPATH": known}
        )
    wait_until(lambda: len(list(tmp_path.glob("*.pid"))) == 2)

    os.killpg(study.pid, signal.SIGINT) if how == "Ctrl-C" else study.kill()
    study.wait(timeout=20)

    workers = [int(path.stem) for path in tmp_path.glob("*.pid")]
    wait_until(lambda: not any(is_alive(worker) for worker in workers))
    assert said.read_text().count("Traceback") == (how == "Ctrl-C")  # the study's own
