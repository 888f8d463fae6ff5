"""The evaluation: the figures of a policy, whatever it says and whatever stops it."""

import json
import re
import resource
import signal
import threading
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from typing import Any, Final

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

from deck import find_deal
from email_triage_env.subject import SUBJECT
from endpoints import Answer, by_length, check_no_key, completion, running_endpoint, stopped
from models import FollowUp, TriageAction
from processes import Server, free_port
from quality.policies import always, keyword, play
from tasks import TASKS
from tools import collect, evaluate
from tools.episodes.collection import EPISODES, MANIFEST
from tools.episodes.playing import LostEpisodeError
from tools.episodes.records import EpisodeRecord
from tools.evaluation.results import RESULTS

pytestmark = pytest.mark.usefixtures("credentials")
PLAYED: Final = 9
CHAT: Final = ["--split", "test", "--episodes", "3", "--repeats", "2", "--sessions", "2"]
USAGE: Final = {"prompt_tokens": 100, "completion_tokens": 7}


def _evaluate(out: Path, url: str, *options: str) -> int:
    return evaluate.main(
        ["email", "--output", str(out), "--url", url, "--retries", "1", *options]
    )  # fmt: skip


def _results(out: Path) -> dict[str, Any]:
    result: dict[str, Any] = json.loads((out / RESULTS).read_text(encoding="utf-8"))
    return result


def _records(out: Path) -> list[EpisodeRecord]:
    lines = (out / EPISODES).read_text(encoding="utf-8").splitlines()
    return [EpisodeRecord.model_validate_json(line) for line in lines]


def _right(_number: int, prompt: str) -> tuple[int, str]:
    """Answer as reviewed, to the email that the prompt holds."""
    found = re.search(r"^Email \d+, task (\S+)$", prompt, re.MULTILINE)
    assert found
    task = find_deal(found[1])
    mails = [
        mail
        for each in task.emails
        for mail in ([each.handled, each.mishandled] if isinstance(each, FollowUp) else [each])
    ]
    # Of two versions the longer text can hold the other.
    email = max((mail for mail in mails if mail.body in prompt), key=lambda mail: len(mail.body))
    truth = task.ground_truth[email.email_id]
    action = {
        "label": truth.label, "route_to": truth.route_to, "summary": truth.reference_summary,
    }  # fmt: skip
    return 200, completion(f"Here you are: {json.dumps(action)}", usage=USAGE)


@pytest.fixture(scope="module")
def undisturbed(native: Server, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the results of `CHAT` when nothing goes wrong."""
    out = tmp_path_factory.mktemp("undisturbed")
    with running_endpoint(by_length) as endpoint, pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_TOKEN", "another-key")
        assert _evaluate(out, native.url, *CHAT, *endpoint.options) == 0
    return (out / RESULTS).read_bytes()


@pytest.mark.parametrize("policy", ["keyword", "constant:normal/billing"])
def test_scores_are_those_of_the_report(policy: str, native: Server, tmp_path: Path) -> None:
    """Over the wire a policy earns what the project's report measures without one."""
    options = ["--policy", policy, "--split", "test", "--episodes", str(PLAYED)]
    assert _evaluate(tmp_path, native.url, *options) == 0
    result = _results(tmp_path)
    action = TriageAction(label="normal", route_to="billing", summary="")
    rule = keyword if policy == "keyword" else always(action)
    scores = {
        line["task_id"]: play(find_deal(line["task_id"]), rule).score for line in result["episodes"]
    }
    assert len(scores) == PLAYED
    assert {line["task_id"]: line["score"] for line in result["episodes"]} == scores
    mean = result["levels"]["all"]["score"]["mean"]
    assert mean == pytest.approx(fmean(scores.values()), abs=1e-4)


def test_constant_urgent_finds_all_urgent_mail(native: Server, tmp_path: Path) -> None:
    """Whoever calls all mail urgent misses none, and is right for two emails of eight."""
    options = ["--policy", "constant:urgent/safety", "--split", "test", "--episodes", "3"]
    assert _evaluate(tmp_path, native.url, *options) == 0
    found = _results(tmp_path)["levels"]["easy"]["urgent"]
    assert (found["recall"], found["precision"]) == (1.0, 0.25)


@pytest.mark.parametrize("level", ["varied", "month"])
def test_a_level_of_its_own_has_a_column(
    native: Server, tmp_path: Path, level: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Inboxes at desks of their own are measured under their level, and probed to the end."""
    options = ["--split", "test", "--difficulty", level, "--policy", "memoryless"]
    assert _evaluate(tmp_path, native.url, *options, "--episodes", "4") == 0
    result = _results(tmp_path)
    assert list(result["levels"]) == [level, "all"]
    assert {line["difficulty"] for line in result["episodes"]} == {level}
    found = result["levels"][level]
    assert found["inboxes"] == 4
    assert found["storylines"] > 4
    assert 0.3 <= found["score"]["mean"] < 1.0
    assert found["urgent"]["shown"] > 0
    assert all(len(line["items"]) == line["steps"] for line in result["episodes"])
    assert f"{level}             all" in capsys.readouterr().out


def test_headline_is_too_small_for_intervals(native: Server, tmp_path: Path) -> None:
    """Three tasks, one of each difficulty, have a mean and no interval over tasks."""
    options = ["--policy", "answer-key", "--split", "headline", "--episodes", "3"]
    assert _evaluate(tmp_path, native.url, *options) == 0
    result = _results(tmp_path)
    assert [line["task_id"] for line in result["episodes"]] == list(TASKS)
    assert result["levels"]["all"]["score"]["mean"] == 1.0
    assert result["levels"]["all"]["score"]["inboxes"] is None


def test_figures_are_the_same_every_time(
    native: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Settings decide every number, however many sessions play; the table shows them."""
    settings = ["--policy", "random", "--split", "train", "--repeats", "3", "--seed", "5"]
    for name, sessions in (("one", "1"), ("five", "5")):
        options = [*settings, "--episodes", str(PLAYED), "--sessions", sessions]
        assert _evaluate(tmp_path / name, native.url, *options) == 0
    one, five = ((tmp_path / name / RESULTS).read_bytes() for name in ("one", "five"))
    assert one == five
    shown = capsys.readouterr().out
    assert shown.startswith("random on train, 3 trial(s) a task")
    assert "pass^3 (score >= 0.8)" in shown
    assert "Warning" not in shown
    by_trial = {line["trial"]: line["score"] for line in _results(tmp_path / "one")["episodes"]}
    assert len(set(by_trial.values())) > 1


def test_a_good_model_is_told_from_its_transcript(
    native: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever is always right has every figure whole; replies and tokens are kept and counted."""
    with running_endpoint(_right) as endpoint:
        assert _evaluate(tmp_path, native.url, *CHAT, *endpoint.options) == 0
    steps = len(endpoint.bodies)
    assert steps == 3 * 2 * 8
    levels = _results(tmp_path)["levels"]
    assert list(levels) == ["easy", "medium", "hard", "all"]
    level = levels["all"]
    assert (level["score"]["mean"], level["pass"]) == (1.0, [1.0, 1.0])
    assert {leaf: part["share"]["mean"] for leaf, part in level["components"].items()} == {
        "label": 1.0, "route": 1.0, "summary": 1.0, "penalties": 0.0, "efficiency": 1.0,
    }  # fmt: skip
    assert (level["urgent"]["recall"], level["urgent"]["precision"]) == (1.0, 1.0)
    assert level["replies"] == {
        "steps": steps, "unreadable": 0, "cut off": 0, "empty": 0, "refused": 0,
    }  # fmt: skip
    assert level["tokens"] == {name: count * steps for name, count in USAGE.items()}
    replies = [step.raw_reply for record in _records(tmp_path) for step in record.steps]
    assert all(reply.startswith("Here you are: {") for reply in replies)
    shown = capsys.readouterr()
    assert "chat:tiny on test, 2 trial(s) a task" in shown.out
    assert re.search(rf"^tokens, prompt_tokens .* {100 * steps}$", shown.out, re.MULTILINE)
    assert re.search(r"results\.json was written after \d+ s\.\n\Z", shown.err)
    check_no_key(tmp_path, *shown)


def test_what_is_no_decision_is_counted_beside_the_score(
    native: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prose, cut-off, empty and refused replies cost steps, are told apart, and warned of."""
    odd = {
        2: (200, completion("urgent, I think")),
        5: (200, completion("<think>Well, this ma", "length")),
        6: (200, completion("")),
        11: (400, json.dumps({"error": {"message": "no such mail here"}})),
    }

    def answer(number: int, prompt: str) -> tuple[int, str]:
        return odd.get(number) or _right(number, prompt)

    with running_endpoint(answer) as endpoint:
        options = [*CHAT, "--sessions", "1", "--repeats", "1", *endpoint.options]
        assert _evaluate(tmp_path, native.url, *options) == 0
    level = _results(tmp_path)["levels"]["all"]
    steps = 3 * 8 + len(odd) - 1
    assert level["replies"] == {
        "steps": steps, "unreadable": 1, "cut off": 1, "empty": 1, "refused": 1,
    }  # fmt: skip
    # The first inbox ends after ten steps, with one of its emails never decided.
    assert level["score"]["mean"] == pytest.approx((7 / 8 + 1 + 1) / 3, abs=1e-4)
    shown = capsys.readouterr().out
    counted = "1 unreadable, 1 cut off, 1 empty, 1 refused"
    assert f"Warning: 4 of {steps} steps were no decision ({counted})" in shown
    assert "raise --max-tokens" in shown


def test_a_model_that_never_decides_scores_nothing(native: Server, tmp_path: Path) -> None:
    """All figures are there, though most of the mail was never shown."""
    with running_endpoint(lambda *_: (200, completion("I cannot help."))) as endpoint:
        assert _evaluate(tmp_path, native.url, *CHAT, *endpoint.options) == 0
    level = _results(tmp_path)["levels"]["all"]
    assert level["score"]["mean"] == 0.0
    assert level["replies"]["unreadable"] == level["replies"]["steps"] == 3 * 2 * 10
    assert level["urgent"]["called"] == 0
    assert [len(line["items"]) for line in _results(tmp_path)["episodes"]] == [8] * 6


def test_few_failures_are_no_warning(
    native: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One odd reply among many is in the table and is not warned of."""
    one: Answer = lambda number, prompt: (  # noqa: E731
        (200, completion("Hm.")) if number == 3 else _right(number, prompt)
    )
    with running_endpoint(one) as endpoint:
        assert _evaluate(tmp_path, native.url, *CHAT, *endpoint.options) == 0
    shown = capsys.readouterr().out
    assert re.search(r"unreadable replies .* 1$", shown, re.MULTILINE)
    assert "Warning" not in shown


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        pytest.param((401, '{"error": {"message": "bad key"}}'), "bad key", id="refused"),
        pytest.param((200, "<html>gateway</html>"), "gave no answer 2 times", id="no-answer"),
        pytest.param(None, "nothing in 1 s", id="hanging"),
    ],
)
def test_an_endpoint_that_fails_ends_the_run(
    reply: tuple[int, str] | None,
    words: str,
    native: Server,
    tmp_path: Path,
    undisturbed: bytes,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It ends with the reason and status 1; what was played is kept, and resumed elsewhere."""
    over = threading.Event()

    def answer(number: int, prompt: str) -> tuple[int, str]:
        if number < 8 + 3:
            return by_length(number, prompt)
        if reply is None:
            over.wait(60)
        return reply or (200, completion("too late"))

    with running_endpoint(answer) as endpoint:
        options = [*CHAT, "--sessions", "1", *endpoint.options, "--request-seconds", "1"]
        assert _evaluate(tmp_path, native.url, *options) == 1
        over.set()
    shown = capsys.readouterr()
    assert words in shown.err
    assert "The same command plays what is missing." in shown.err
    assert not (tmp_path / RESULTS).exists()
    assert len(_records(tmp_path)) == 1
    check_no_key(tmp_path, *shown)
    with running_endpoint(by_length) as endpoint:
        assert _evaluate(tmp_path, native.url, *CHAT, *endpoint.options) == 0
    assert (tmp_path / RESULTS).read_bytes() == undisturbed


def test_nobody_at_the_endpoint(
    native: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nothing listens the run ends at once."""
    address = f"http://127.0.0.1:{free_port()}/v1"
    options = ["--policy", "chat:tiny", "--base-url", address, *CHAT]
    assert _evaluate(tmp_path, native.url, *options) == 1
    assert "The endpoint gave no answer 2 times" in capsys.readouterr().err


def test_killed_again_and_again(native: Server, tmp_path: Path, undisturbed: bytes) -> None:
    """However often it is killed, the same command ends with the same results."""
    command = ["tools.evaluate", "email", "--output", str(tmp_path), "--url", native.url, *CHAT]
    for requests in (12, 20):
        assert stopped(command, requests, signal.SIGKILL).returncode == -signal.SIGKILL
        assert not (tmp_path / RESULTS).exists()
    assert _records(tmp_path)
    with running_endpoint(by_length) as endpoint:
        assert _evaluate(tmp_path, native.url, *CHAT, *endpoint.options) == 0
    assert (tmp_path / RESULTS).read_bytes() == undisturbed


def test_more_of_the_same(native: Server, tmp_path: Path, undisturbed: bytes) -> None:
    """More tasks and more repeats play what is missing; a second look asks no model."""
    with running_endpoint(by_length) as endpoint:
        for episodes, repeats, asked in (("2", "1", 16), ("3", "2", 48), ("3", "2", 48)):
            options = [*CHAT, "--episodes", episodes, "--repeats", repeats, *endpoint.options]
            assert _evaluate(tmp_path, native.url, *options) == 0
            assert len(endpoint.bodies) == asked
    assert (tmp_path / RESULTS).read_bytes() == undisturbed


def test_rewards_can_be_hidden(
    native: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the option no prompt holds a reward, and the directory is of that kind alone."""
    for name, hidden in (("shown", []), ("hidden", ["--hide-rewards"])):
        with running_endpoint(by_length) as endpoint:
            options = [*CHAT, *hidden, *endpoint.options]
            assert _evaluate(tmp_path / name, native.url, *options) == 0
        prompts = json.dumps(endpoint.bodies)
        assert ("-> reward" in prompts) is not bool(hidden)
        assert "Step 1: {" in prompts
    assert _results(tmp_path / "hidden")["hide_rewards"] is True
    with running_endpoint(by_length) as endpoint:
        assert _evaluate(tmp_path / "hidden", native.url, *CHAT, *endpoint.options) == 2
    assert "hide_rewards True, not False" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param(["--policy", "best"], "Unknown policy 'best'", id="policy"),
        pytest.param(["--policy", "chat"], "--base-url (or API_BASE_URL), --model", id="address"),
        pytest.param(["--policy", "keyword", "--start", "600"], "from 0 to 599", id="past-the-end"),
    ],
)
def test_wrong_options(
    options: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be evaluated is said in a sentence."""
    url = f"http://127.0.0.1:{free_port()}"
    assert _evaluate(tmp_path, url, "--split", "test", "--episodes", "2", *options) == 2
    assert words in capsys.readouterr().err


def test_the_server_must_be_there_to_measure(
    native: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What was played is measured on a server of its version only, and on none not at all."""
    options = ["--policy", "keyword", "--split", "test", "--episodes", "2"]
    assert _evaluate(tmp_path, native.url, *options) == 0
    (tmp_path / RESULTS).unlink()
    assert _evaluate(tmp_path, f"http://127.0.0.1:{free_port()}", *options) == 1
    assert "start a server with" in capsys.readouterr().err
    other = replace(SUBJECT, version="9.9.9")
    monkeypatch.setattr("tools.episodes.options.find", lambda _name: other)
    assert _evaluate(tmp_path / "other", native.url, *options) == 1
    assert "of '9.9.9'" in capsys.readouterr().err


def test_what_probing_finds_must_hold(
    native: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A server that shows other mail the second time ends the run; the episodes are kept."""
    monkeypatch.setattr("email_triage_env.evaluation.probe.MOST_ROUNDS", 0)
    options = ["--policy", "keyword", "--split", "test", "--episodes", "2"]
    assert _evaluate(tmp_path, native.url, *options) == 1
    assert "one version of the environment" in capsys.readouterr().err
    assert len(_records(tmp_path)) == 2
    assert not (tmp_path / RESULTS).exists()


def test_results_that_do_not_fit(
    native: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where there is no room for the results the episodes are kept, and the old results, too."""
    options = ["--policy", "keyword", "--split", "test"]
    assert _evaluate(tmp_path, native.url, *options, "--episodes", "1") == 0
    before = (tmp_path / RESULTS).read_bytes()
    assert collect.main(
        ["email", "--out", str(tmp_path), "--url", native.url, *options, "--episodes", "4"]
    ) == 0  # fmt: skip
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 10, limits[1]))
    try:
        assert _evaluate(tmp_path, native.url, *options, "--episodes", "4") == 2
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "make room, then resume" in capsys.readouterr().err
    assert (tmp_path / RESULTS).read_bytes() == before
    assert len(_records(tmp_path)) == 4
    assert {path.name for path in tmp_path.iterdir()} == {EPISODES, MANIFEST, RESULTS}


def test_a_server_that_goes_away_while_it_is_probed(
    native: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The run ends with the reason, and the same command measures what was played."""
    options = ["--policy", "keyword", "--split", "test", "--episodes", "2"]

    async def lost(*_: object) -> None:
        raise LostEpisodeError("The server at nowhere did not answer.")

    with monkeypatch.context() as patch:
        patch.setattr("tools.episodes.playing.play", lost)
        assert _evaluate(tmp_path, native.url, *options) == 1
    assert "The same command plays what is missing." in capsys.readouterr().err
    assert len(_records(tmp_path)) == 2
    assert _evaluate(tmp_path, native.url, *options) == 0
