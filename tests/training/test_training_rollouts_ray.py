"""Episodes on Ray: the same whoever plays them, none lost with a worker, and no endless run."""

import json
import os
import signal
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any, Final
from unittest.mock import Mock

import pytest

pytest.importorskip("ray", reason="training has an environment of its own; see README")

from websockets.exceptions import ConnectionClosedError

from email_triage_env import EmailTriageClient
from email_triage_env.models import EmailTriageObservation
from processes import Server, free_port
from tools.episodes.playing import Answer, LostEpisodeError, Player, Step, play_all
from tools.subject import PolicyError
from training.players import load
from training.rollouts import rollouts_ray
from training.rollouts.ray_crew import ClusterError, Row, Worker, rollouts, row_of

# Not a multiple of any batch, and more batches than workers.
CHOICES: Final = [{"split": "train", "index": number} for number in range(29)]
SPEC: Final = "random"
SEED: Final = 3
DRAWN: Final = partial(load, SPEC, seed=SEED)
DEADLY: Final = 13


def deadly(marks: Path, deaths: int, task_id: str) -> Callable[[], Player]:
    """Return what makes a policy that kills its own process amid an inbox, the first few times."""

    def make() -> Player:
        drawn = DRAWN()

        def policy(
            brief: Mapping[str, Any], observation: EmailTriageObservation, steps: Sequence[Step]
        ) -> Answer | Awaitable[Answer]:
            died = len(list(marks.iterdir()))
            if observation.task_id == task_id and len(steps) == 4 and died < deaths:
                (marks / str(os.getpid())).touch()
                os.kill(os.getpid(), signal.SIGKILL)
            return drawn(brief, observation, steps)

        return policy

    return make


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    """Start Ray once for all tests."""
    with rollouts_ray.connected(None, 2):
        yield


@pytest.fixture(scope="module")
def expected(native: Server) -> list[Row]:
    """Return what the same episodes are without Ray."""
    episodes = play_all(EmailTriageClient, native.url, DRAWN(), CHOICES)
    return [row_of(choice, episode) for choice, episode in zip(CHOICES, episodes, strict=True)]


def test_command_writes_what_is_played_without_ray(
    native: Server,
    expected: list[Row],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With one worker the file holds one line for each episode, as a loop without Ray gives it."""
    monkeypatch.setattr(rollouts_ray, "connected", lambda *_: nullcontext())
    output = tmp_path / "episodes.jsonl"
    status = rollouts_ray.main(
        f"--policy {SPEC} --seed {SEED} --env-url {native.url} --episodes {len(CHOICES)} "
        f"--workers 1 --sessions 3 --output {output}".split()
    )
    assert status == 0
    assert [json.loads(line) for line in output.read_text().splitlines()] == expected
    mean = sum(row["score"] for row in expected) / len(expected)
    assert f"mean score {mean:.4f}" in capsys.readouterr().out


def test_two_workers_give_the_same_though_one_is_killed(
    native: Server, expected: list[Row], tmp_path: Path
) -> None:
    """A worker killed between two steps is replaced, and every episode is there once, in order."""
    make = deadly(tmp_path, 1, expected[DEADLY]["task_id"])
    assert list(rollouts(native.url, make, CHOICES, workers=2)) == expected
    (killed,) = tmp_path.iterdir()
    assert not Path("/proc", killed.name).exists()


def test_work_that_kills_every_worker_is_given_up(
    native: Server, expected: list[Row], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An inbox that costs worker after worker ends the run; what came before it is kept."""
    monkeypatch.setattr("training.rollouts.ray_crew.MAX_LOSSES", 1)
    rows = rollouts(native.url, deadly(tmp_path, 99, expected[DEADLY]["task_id"]), CHOICES, 1)
    # Batches of eight: the first is whole, and the second holds the deadly inbox.
    assert [next(rows) for _ in range(8)] == expected[:8]
    with pytest.raises(ClusterError, match=r"^1 workers died in a row .* fewer --workers"):
        next(rows)


def test_server_that_is_gone_ends_the_run() -> None:
    """Where no environment answers, the error names the place."""
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(LostEpisodeError, match=f"{url} did not answer.*see that it runs"):
        list(rollouts(url, DRAWN, CHOICES, workers=1))


def test_server_that_hangs_up_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that breaks amid an episode is a lost episode, too."""
    broken = Mock(side_effect=ConnectionClosedError(None, None))
    monkeypatch.setattr("training.rollouts.ray_crew.play_all", broken)
    worker = Worker("http://env.example", DRAWN, 1)
    worker.prepare()
    with pytest.raises(LostEpisodeError, match=r"env.example hung up .*server\.app"):
        worker.play(CHOICES)


@pytest.mark.parametrize(
    ("error", "told", "status"),
    [
        pytest.param(
            LostEpisodeError("No server."), "No server. The 2 workers open 8 ", 1, id="lost"
        ),
        pytest.param(ClusterError("No cluster."), "No cluster.", 1, id="cluster"),
        pytest.param(PolicyError("No policy."), "No policy.", 2, id="policy"),
    ],
)
def test_command_tells_what_is_wrong(
    error: Exception,
    told: str,
    status: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A run that cannot go on ends with a status and a sentence, not with a traceback."""
    monkeypatch.setattr(rollouts_ray, "connected", lambda *_: nullcontext())
    monkeypatch.setattr(rollouts_ray, "rollouts", Mock(side_effect=error))
    output = tmp_path / "episodes.jsonl"
    output.write_text("of an earlier run", encoding="utf-8")
    arguments = f"--policy {SPEC} --episodes 1 --output {output}".split()
    assert rollouts_ray.main(arguments) == status
    assert output.read_text(encoding="utf-8") == "of an earlier run"
    assert list(tmp_path.iterdir()) == [output]
    assert capsys.readouterr().err.splitlines()[-1].startswith(told)


@pytest.mark.parametrize("scheme", ["", "ray://"], ids=["member", "client"])
def test_no_cluster_is_told(scheme: str) -> None:
    """An address without a cluster is soon an error that names the command to start one."""
    nowhere = rollouts_ray.connected(f"{scheme}127.0.0.1:{free_port()}", 1)
    with pytest.raises(ClusterError, match="ray start --head"), nowhere:
        pass
