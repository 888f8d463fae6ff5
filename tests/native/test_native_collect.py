"""The collector: whole episodes, each once, whatever stops it and whoever decides."""

import json
import re
import resource
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from statistics import fmean
from urllib.parse import urlsplit

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

from openai import OpenAI

import inference
from email_triage_env import VERSION
from email_triage_env.prompt import parse_reply
from email_triage_env.subject import SUBJECT
from endpoints import (
    KEY,
    MODEL,
    Answer,
    by_length,
    check_no_key,
    completion,
    running_endpoint,
    stopped,
)
from processes import Server, free_port
from tasks import TASKS
from tools import collect
from tools.episodes.collection import EPISODES, MANIFEST, Collection, OutputError
from tools.episodes.records import EpisodeRecord, Settings

pytestmark = pytest.mark.usefixtures("credentials")


def _collect(out: Path, url: str, *options: str) -> int:
    return collect.main(["email", "--out", str(out), "--url", url, "--retries", "1", *options])


def _train(policy: str = "random", episodes: int = 6) -> list[str]:
    return ["--split", "train", "--policy", policy, "--episodes", str(episodes)]


def _lines(out: Path) -> list[bytes]:
    """Return the lines in order of their episodes, each of them whole and there once."""
    data = (out / EPISODES).read_bytes()
    assert not data or data.endswith(b"\n")
    records = {EpisodeRecord.model_validate_json(line).index: line for line in data.splitlines()}
    assert len(records) == data.count(b"\n")
    return [records[number] for number in sorted(records)]


def _records(out: Path) -> list[EpisodeRecord]:
    return [EpisodeRecord.model_validate_json(line) for line in _lines(out)]


CHAT = ["--split", "train", "--difficulty", "hard", "--episodes", "4", "--sessions", "2"]


@pytest.fixture(scope="module")
def undisturbed(native: Server, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Return the lines of `CHAT` when nothing goes wrong."""
    out = tmp_path_factory.mktemp("undisturbed")
    with running_endpoint(by_length) as endpoint, pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_TOKEN", KEY)
        assert _collect(out, native.url, *CHAT, *endpoint.options) == 0
    assert len(_lines(out)) == 4
    return _lines(out)


@pytest.mark.parametrize(
    ("policy", "least", "most"),
    [
        pytest.param("keyword", 0.25, 0.9, id="keyword"),
        pytest.param("random", 0.0, 0.35, id="random"),
        pytest.param("constant:normal/billing", 0.0, 0.35, id="constant"),
        pytest.param("answer-key", 1.0, 1.0, id="answer-key"),
        pytest.param("memoryless", 0.6, 0.99, id="memoryless"),
    ],
)
def test_reference_policies(
    policy: str, least: float, most: float, native: Server, tmp_path: Path
) -> None:
    """Every line is a whole episode whose numbers add up, and can be read as a model's."""
    assert _collect(tmp_path, native.url, *_train(policy), "--start", "3") == 0
    records = _records(tmp_path)
    assert [record.index for record in records] == [3, 4, 5, 6, 7, 8]
    assert [record.task_id for record in records[:3]] == [
        "train-easy-1", "train-medium-1", "train-hard-1",
    ]  # fmt: skip
    assert least <= sum(record.episode_score for record in records) / 6 <= most
    for record in records:
        assert record.difficulty == record.task_id.split("-")[1]
        assert (record.split, record.policy, record.model) == ("train", policy, None)
        assert record.version == VERSION
        assert record.total_reward == pytest.approx(sum(step.reward for step in record.steps))
        scores = [float(step.info["score"]) for step in record.steps]
        assert record.episode_score == pytest.approx(sum(scores) / 8, abs=1e-4)
        for number, step in enumerate(record.steps, start=1):
            assert step.observation["step_number"] == step.info["step"] == number
            points = sum(step.components.values())
            assert step.reward == pytest.approx(min(1.0, max(-1.0, points)), abs=1e-4)
            assert parse_reply(step.raw_reply) == (step.action, True)
            assert step.failure is None
            assert step.observation["body"] in step.messages[-1]["content"]


@pytest.mark.parametrize("level", ["varied", "month"])
@pytest.mark.parametrize(
    ("policy", "least", "most"),
    [
        pytest.param("answer-key", 0.98, 1.0, id="answer-key"),
        pytest.param("random", 0.02, 0.35, id="random"),
        pytest.param("constant:normal/billing", 0.02, 0.35, id="constant"),
    ],
)
def test_desks_of_their_own(
    level: str, policy: str, least: float, most: float, native: Server, tmp_path: Path
) -> None:
    """Episodes as long as their inbox, of that level, whose prompts hold all that was decided."""
    options = ["--split", "train", "--difficulty", level, "--policy", policy, "--episodes", "3"]
    assert _collect(tmp_path, native.url, *options) == 0
    records = _records(tmp_path)
    assert [record.task_id for record in records] == [f"train-{level}-{i}" for i in range(3)]
    assert least <= fmean(record.episode_score for record in records) <= most
    for record in records:
        mails = record.steps[0].observation["total_emails"]
        assert len(record.steps) == mails
        assert (mails == 8) == (level == "varied")
        assert (record.difficulty, record.brief["difficulty"]) == (level, level)
        assert sum(step.failure is not None for step in record.steps) == 0
        system, user = (message["content"] for message in record.steps[-1].messages)
        assert all(f"\n{team}: " in system for team in record.brief["teams"])
        assert all(f"\nStep {number}: " in user for number in range(1, mails))
        if policy == "random":
            sent = {step.action["route_to"] for step in record.steps}
            assert sent <= record.brief["teams"].keys()


def test_headline(native: Server, tmp_path: Path) -> None:
    """The headline tasks are a split of three."""
    options = ["--split", "headline", "--policy", "answer-key", "--episodes", "3"]
    assert _collect(tmp_path, native.url, *options) == 0
    records = _records(tmp_path)
    assert [record.task_id for record in records] == list(TASKS)
    assert [record.difficulty for record in records] == ["easy", "medium", "hard"]
    assert [record.episode_score for record in records] == [1.0] * 3


def test_sessions_change_nothing(native: Server, tmp_path: Path) -> None:
    """One session or sixteen write the same lines; another seed writes others."""
    for name, *options in (("1", "--sessions", "1"), ("16", "--sessions", "16"), ("7", "--seed=7")):
        assert _collect(tmp_path / name, native.url, *_train(episodes=24), *options) == 0
    one, sixteen, other = (_lines(tmp_path / name) for name in ("1", "16", "7"))
    assert len(one) == 24
    assert one == sixteen
    assert not set(one) & set(other)


def test_more_of_the_same(
    native: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A directory grows by what is missing; what is there needs no server."""
    assert _collect(tmp_path, native.url, *_train(episodes=2)) == 0
    before = (tmp_path / EPISODES).read_bytes()
    assert _collect(tmp_path, native.url, *_train(episodes=5)) == 0
    assert (tmp_path / EPISODES).read_bytes().startswith(before)
    assert len(_lines(tmp_path)) == 5
    assert _collect(tmp_path, f"http://127.0.0.1:{free_port()}", *_train(episodes=5)) == 0
    assert "5 episodes in" in capsys.readouterr().out


def test_torn_line(native: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A last line without an end is dropped with a notice, and its episode played again."""
    options = [*_train(episodes=3), "--sessions", "1"]
    assert _collect(tmp_path, native.url, *options) == 0
    whole = (tmp_path / EPISODES).read_bytes()
    last = len(whole.splitlines(keepends=True)[-1])
    for missing in (1, 2, last // 2, last - 1):
        (tmp_path / EPISODES).write_bytes(whole[:-missing])
        capsys.readouterr()
        assert _collect(tmp_path, native.url, *options) == 0
        assert "had no end and was dropped" in capsys.readouterr().err
        assert (tmp_path / EPISODES).read_bytes() == whole


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param(["--policy", "keyword"], "policy 'random', not 'keyword'", id="policy"),
        pytest.param(["--split", "test"], "split 'train', not 'test'", id="split"),
        pytest.param(["--difficulty", "hard"], "difficulty 'mixed', not 'hard'", id="difficulty"),
        pytest.param(["--seed", "1"], "seed 0, not 1", id="seed"),
    ],
)
def test_other_settings_are_refused(
    options: list[str],
    words: str,
    native: Server,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A directory holds episodes of one kind."""
    assert _collect(tmp_path, native.url, *_train(episodes=1)) == 0
    before = (tmp_path / EPISODES).read_bytes()
    assert _collect(tmp_path, native.url, *_train(episodes=2), *options) == 2
    assert words in capsys.readouterr().err
    assert (tmp_path / EPISODES).read_bytes() == before


def _settings() -> Settings:
    return Settings(
        environment="email_triage",
        version=VERSION,
        split="train",
        difficulty="mixed",
        policy="random",
        seed=0,
    )


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        pytest.param(MANIFEST, lambda old: old.replace(VERSION, "0.0.1"), "version", id="version"),
        pytest.param(MANIFEST, lambda _old: "{", "cannot be read", id="half-a-manifest"),
        pytest.param(MANIFEST, lambda _old: "[]", "of something else", id="other-manifest"),
        pytest.param(MANIFEST, None, "no manifest.json", id="no-manifest"),
        pytest.param(EPISODES, lambda old: f"{{}}\n{old}", "Line 1", id="no-episode"),
        pytest.param(EPISODES, lambda old: f"{old}{old}", "repeats episode 0", id="twice"),
    ],
)
def test_damaged_directory(
    name: str,
    change: Callable[[str], str] | None,
    words: str,
    undisturbed: list[bytes],
    tmp_path: Path,
) -> None:
    """What is no collection is left alone."""
    record = EpisodeRecord.model_validate_json(undisturbed[0])
    with Collection(tmp_path, _settings()) as collection:
        collection.append(record)
    path = tmp_path / name
    if change is None:
        path.unlink()
    else:
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    before = {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()}
    with pytest.raises(OutputError, match=words):
        Collection(tmp_path, _settings())
    assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == before


def test_full_disk_and_second_collector(undisturbed: list[bytes], tmp_path: Path) -> None:
    """A line that does not fit leaves nothing behind; two processes never write one file."""
    first, second = (EpisodeRecord.model_validate_json(line) for line in undisturbed[:2])
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Collection(tmp_path, _settings()) as collection:
        collection.append(first)
        with pytest.raises(OutputError, match="Another collector"):
            Collection(tmp_path, _settings())
        size = (tmp_path / EPISODES).stat().st_size
        for room in (0, 1000):
            resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, limits[1]))
            try:
                with pytest.raises(OutputError, match="room"):
                    collection.append(second)
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, limits)
            assert _lines(tmp_path) == undisturbed[:1]
        collection.append(second)
    assert _lines(tmp_path) == undisturbed[:2]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param(_train("best"), "Unknown policy 'best'", id="policy"),
        pytest.param(_train("constant:normal/marketing"), "Unknown policy", id="constant"),
        pytest.param(_train("chat"), "--base-url (or API_BASE_URL), --model", id="no-endpoint"),
        pytest.param(
            [*_train("chat"), "--base-url", "ftp://x", "--model", "m"], "no address", id="ftp"
        ),
        pytest.param([*_train(), "--model", "m"], "for --policy chat", id="model"),
        pytest.param([*_train("keyword"), "--seed", "1"], "for --policy random", id="seed"),
        pytest.param([*_train(), "--start", "29995"], "from 0 to 29999", id="too-many"),
        pytest.param(
            [*_train(), "--difficulty", "month", "--start", "1995"], "from 0 to 1999", id="months"
        ),
        pytest.param(
            [*_train(), "--difficulty", "varied", "--split", "headline"],
            "no varied inboxes; choose one of: train, test",
            id="no-such-headline",
        ),
        pytest.param(_train("constant:normal/trent"), "base desk's teams", id="another-desk"),
        pytest.param([*_train(), "--url", f"http://me:{KEY}@host"], "leave it out", id="password"),
    ],
)
def test_wrong_options(
    options: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be collected is said in a sentence, and the right command still works."""
    assert _collect(tmp_path, "http://127.0.0.1:1", *options) == 2
    shown = capsys.readouterr().err
    assert words in shown
    assert KEY not in shown
    assert not list(tmp_path.glob(EPISODES)) or not _lines(tmp_path)


def test_no_server(tmp_path: Path, native: Server, capsys: pytest.CaptureFixture[str]) -> None:
    """When nothing answers, the message names the remedy, and other settings can follow."""
    assert _collect(tmp_path, f"http://127.0.0.1:{free_port()}", *_train()) == 1
    assert "start a server with `python -m email_triage_env.server.app`" in capsys.readouterr().err
    assert _lines(tmp_path) == []
    assert _collect(tmp_path, native.url, *_train("keyword", episodes=1)) == 0


def test_other_version(
    native: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A server of another version is not collected from."""
    other = replace(SUBJECT, version="9.9.9")
    monkeypatch.setattr("tools.episodes.options.find", lambda _name: other)
    assert _collect(tmp_path, native.url, *_train()) == 1
    assert (
        f"of version '{VERSION}' and this checkout has 'email_triage' of '9.9.9'"
        in capsys.readouterr().err
    )


def test_chat_is_asked_as_the_script_asks(
    native: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A model gets what inference.py sends, once per mail, and what it got is recorded."""
    options = ["--split", "headline", "--episodes", "3"]
    monkeypatch.setattr(inference, "MODEL_NAME", MODEL)
    monkeypatch.setattr(inference, "API_KEY", KEY)
    with running_endpoint(by_length) as endpoint:
        assert _collect(tmp_path, native.url, *options, *endpoint.options) == 0
        collected = list(endpoint.bodies)
        endpoint.bodies.clear()
        with OpenAI(base_url=endpoint.options[-1], api_key=KEY) as client:
            scores = [inference.run_episode(client, task_id, float("inf")) for task_id in TASKS]
        assert sorted(collected, key=json.dumps) == sorted(endpoint.bodies, key=json.dumps)
    assert endpoint.credentials == {f"Bearer {KEY}"}
    records = _records(tmp_path)
    assert [record.episode_score for record in records] == [score.score for score in scores]
    recorded = [step.messages for record in records for step in record.steps]
    sent = [body["messages"] for body in collected]
    assert sorted(recorded, key=json.dumps) == sorted(sent, key=json.dumps)
    assert all(step.raw_reply.startswith("So: {") for step in records[0].steps)
    assert {record.model for record in records} == {MODEL}
    check_no_key(tmp_path, *capsys.readouterr())


def test_garbage_is_the_models_answer(
    native: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a model said and nobody can read is recorded as said, and costs a step."""
    said = ["urgent, I think", "", None, "\ud800 label", f"my key is {KEY}"]
    answer: Answer = lambda number, _prompt: (200, completion(said[number % len(said)]))  # noqa: E731
    with running_endpoint(answer) as endpoint:
        options = [*CHAT, "--episodes", "1", "--sessions", "1", *endpoint.options]
        assert _collect(tmp_path, native.url, *options) == 0
    steps = _records(tmp_path)[0].steps
    replies = [step.raw_reply for step in steps]
    assert replies[:5] == ["urgent, I think", "", "", "? label", "my key is ***"]
    assert [step.failure for step in steps[:5]] == [
        "unreadable", "empty", "empty", "unreadable", "unreadable",
    ]  # fmt: skip
    assert all(step.action == {} and "error" in step.info for step in steps)
    assert _records(tmp_path)[0].episode_score == 0.0
    assert "10 of 10 steps were no decision: 6 unreadable, 4 empty" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("reply", "asked"),
    [
        pytest.param((500, f"oops {KEY}"), 2, id="server-error"),
        pytest.param((429, '{"error": {"message": "slow down"}}'), 2, id="rate-limit"),
        pytest.param((200, "<html>gateway</html>"), 2, id="html"),
        pytest.param((200, '{"choices": []}'), 2, id="no-choices"),
        pytest.param((200, completion(7)), 2, id="number-content"),
        pytest.param((401, json.dumps({"error": {"message": f"bad {KEY}"}})), 1, id="refused"),
        pytest.param(None, 2, id="hanging"),
    ],
)
def test_endpoint_failure_is_no_answer(
    reply: tuple[int, str] | None,
    asked: int,
    native: Server,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """After a bounded number of requests the run stops, and only whole episodes are there."""
    over = threading.Event()

    def answer(number: int, prompt: str) -> tuple[int, str]:
        if number < 8 + 3:
            return by_length(number, prompt)
        if reply is None:
            over.wait(60)
        return reply or (200, completion("too late"))

    with running_endpoint(answer) as endpoint:
        options = [*CHAT, "--sessions", "1", *endpoint.options, "--request-seconds", "1"]
        assert _collect(tmp_path, native.url, *options) == 1
        over.set()
    assert len(endpoint.bodies) == 8 + 3 + asked
    assert len(_lines(tmp_path)) == 1
    shown = capsys.readouterr()
    assert "The endpoint" in shown.err
    assert "The same command plays what is missing." in shown.err
    check_no_key(tmp_path, *shown)


def test_endpoint_hiccups(native: Server, tmp_path: Path, undisturbed: list[bytes]) -> None:
    """A failed request is sent again and leaves no trace."""

    def answer(number: int, prompt: str) -> tuple[int, str]:
        return (503, "busy") if number in (0, 13) else by_length(number, prompt)

    with running_endpoint(answer) as endpoint:
        assert _collect(tmp_path, native.url, *CHAT, *endpoint.options) == 0
    assert _lines(tmp_path) == undisturbed


class _Proxy(ThreadingTCPServer):
    """Stands between client and server, and can cut all connections."""

    daemon_threads = False
    allow_reuse_address = True

    def __init__(self, url: str) -> None:
        super().__init__(("127.0.0.1", 0), _Relay)
        self.target = (str(urlsplit(url).hostname), int(urlsplit(url).port or 0))
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.ends: set[socket.socket] = set()

    def cut(self) -> None:
        """End every connection."""
        for end in tuple(self.ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def leave(self) -> None:
        """Take no connection any more, and end those there are."""
        self.shutdown()
        self.socket.close()
        self.cut()


class _Relay(BaseRequestHandler):
    """One connection through the proxy."""

    server: _Proxy

    def handle(self) -> None:
        """Pass on in both directions until one end is closed."""
        with socket.create_connection(self.server.target) as far:
            self.server.ends |= {far, self.request}
            back = threading.Thread(target=self._pump, args=(far, self.request))
            back.start()
            self._pump(self.request, far)
            back.join()
            self.server.ends -= {far, self.request}

    @staticmethod
    def _pump(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)


@contextmanager
def _proxy(url: str) -> Iterator[_Proxy]:
    with _Proxy(url) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        try:
            yield proxy
        finally:
            proxy.leave()


def test_lost_connection(native: Server, tmp_path: Path, undisturbed: list[bytes]) -> None:
    """An episode whose connection breaks is played again from its start."""
    with _proxy(native.url) as proxy:

        def answer(number: int, prompt: str) -> tuple[int, str]:
            if number in (5, 20):
                proxy.cut()
            return by_length(number, prompt)

        with running_endpoint(answer) as endpoint:
            assert _collect(tmp_path, proxy.url, *CHAT, *endpoint.options, "--retries", "3") == 0
    assert _lines(tmp_path) == undisturbed
    assert len(endpoint.bodies) > 4 * 8


def test_server_that_goes_away(
    native: Server,
    tmp_path: Path,
    undisturbed: list[bytes],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """When the server stays away the run fails loudly, and resumes on another one."""
    with _proxy(native.url) as proxy:

        def answer(number: int, prompt: str) -> tuple[int, str]:
            if number == 20:
                proxy.leave()
            return by_length(number, prompt)

        with running_endpoint(answer) as endpoint:
            assert _collect(tmp_path, proxy.url, *CHAT, *endpoint.options) == 1
    shown = capsys.readouterr().err
    assert "did not answer" in shown
    assert "The same command plays what is missing." in shown
    assert set(_lines(tmp_path)) < set(undisturbed)
    with running_endpoint(by_length) as endpoint:
        assert _collect(tmp_path, native.url, *CHAT, *endpoint.options) == 0
    assert _lines(tmp_path) == undisturbed


def test_stopped_again_and_again(
    native: Server,
    tmp_path: Path,
    undisturbed: list[bytes],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """However often and however it is stopped, the same command ends with every episode, once."""
    done: set[bytes] = set()
    stops = ((3, signal.SIGKILL), (20, signal.SIGKILL), (9, signal.SIGINT))
    for requests, how in stops:
        command = ["tools.collect", "email", "--out", str(tmp_path), "--url", native.url, *CHAT]
        result = stopped(command, requests, how)
        assert result.returncode == {signal.SIGKILL: -9, signal.SIGINT: 130}[how]
        assert done <= set(_lines(tmp_path)) < set(undisturbed)
        done = set(_lines(tmp_path))
        check_no_key(tmp_path, result.stdout, result.stderr)
        if how == signal.SIGINT:
            assert result.stderr.endswith("Stopped. The same command plays what is missing.\n")
            assert "Traceback" not in result.stderr
    assert done
    with running_endpoint(by_length) as endpoint:
        assert _collect(tmp_path, native.url, *CHAT, *endpoint.options) == 0
    assert _lines(tmp_path) == undisturbed
    assert re.search(r"4/4 .*mean=0\.\d{3}", capsys.readouterr().err)
