"""A review as every framework plays it: what is asked, counted, and said of clean tasks."""

import asyncio
import json
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest

pytest.importorskip("openenv", reason="the adapters have environments of their own; see README")

from scripted_endpoint import broken_before_clean, operation
from server_python import needs_a_review_server, running_review

from adapters.playing import Episode, Messages, NoServerError, check, play
from adapters.sides import PYTHON
from processes import Server, free_port
from python_env.models import MAX_STEPS

# One with a defect, and one that is clean.
BROKEN: Final = {"split": "test", "difficulty": "easy", "index": broken_before_clean()}
CLEAN: Final = {**BROKEN, "index": broken_before_clean() + 1}
APPROVE: Final = '{"operation": "finalize", "verdict": "approve"}'

Answering = Callable[[int, Messages], str]


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a running server of code reviews."""
    with running_review(tmp_path_factory.mktemp("review") / "server.log") as server:
        yield server


def _right(_number: int, messages: Messages) -> str:
    return json.dumps(operation({"messages": messages}))


def _wrong(messages: Messages) -> str:
    """Return a finding of a kind that the module of a prompt may have, on its first line."""
    right = operation({"messages": messages})
    return json.dumps({**right, "first_line": 1, "last_line": 1})


def _played(url: str, answer: Answering, choice: dict[str, Any]) -> tuple[Episode, list[Messages]]:
    asked: list[Messages] = []

    async def ask(messages: Messages) -> str:
        asked.append(messages)
        return answer(len(asked) - 1, messages)

    episode = Episode()
    asyncio.run(play(PYTHON, url, choice, ask, episode))
    return episode, asked


@needs_a_review_server
def test_the_key_earns_all_but_a_reproduction(review: Server) -> None:
    """Finding, patch and verdict are asked for one by one, and each is a component."""
    episode, asked = _played(review.url, _right, BROKEN)
    assert len(asked) == 3
    assert episode.metrics() == {
        "findings": 0.45, "shown": 0.0, "patch": 0.35, "verdict": 0.1, "penalties": 0.0,
        "unreadable": 0.0, "matched": 1.0, "false": 0.0, "score_with_defect": 0.9,
    }  # fmt: skip
    assert episode.score == 0.9
    assert {tuple(line["role"] for line in messages) for messages in asked} == {("system", "user")}
    assert len({messages[0]["content"] for messages in asked}) == 1
    assert "\nStep 2: " in asked[2][1]["content"]
    assert "\nStep 1: " not in asked[0][1]["content"], "what found out if it is clean is not told"


@needs_a_review_server
def test_a_clean_task_is_reported_apart(review: Server) -> None:
    """Its score is one of leaving things alone, also where that was not done."""
    approved, asked = _played(review.url, _right, CLEAN)
    assert len(asked) == 1
    assert (approved.score, approved.metrics()["score_clean"]) == (1.0, 1.0)
    assert "score_with_defect" not in approved.metrics()
    refused, _ = _played(
        review.url, lambda *_: APPROVE.replace("approve", "request_changes"), CLEAN
    )
    assert refused.metrics()["score_clean"] == refused.score < 1.0
    waved, _ = _played(review.url, lambda *_: APPROVE, BROKEN)
    assert waved.metrics()["score_with_defect"] == waved.score == 0.0


@needs_a_review_server
def test_what_cannot_be_read_costs_a_step(review: Server) -> None:
    """It decides nothing, and the key still earns as much."""

    def answer(number: int, messages: Messages) -> str:
        return "This looks fine to me." if number in (0, 2) else _right(number, messages)

    episode, asked = _played(review.url, answer, BROKEN)
    assert (episode.score, episode.unreadable, len(asked)) == (0.9, 2, 5)
    assert "Step 1: {} -> reward +0.00" in asked[1][1]["content"]
    assert "15 steps" in asked[1][1]["content"]


@needs_a_review_server
def test_a_review_ends_for_who_is_never_read(review: Server) -> None:
    """After all steps there is a score, and it is zero."""
    episode, asked = _played(review.url, lambda *_: "", BROKEN)
    assert (episode.score, episode.unreadable, len(asked)) == (0.0, MAX_STEPS, MAX_STEPS)


@needs_a_review_server
def test_findings_are_counted_by_what_they_came_to(review: Server) -> None:
    """False and vague ones are false; a penalty never takes more than there is."""

    def answer(number: int, messages: Messages) -> str:
        if number == 0:
            return _wrong(messages)
        if number == 1:
            return json.dumps({**operation({"messages": messages[:1] + _afresh(messages)}),
                               "rationale": "no"})  # fmt: skip
        return APPROVE

    episode, _ = _played(review.url, answer, BROKEN)
    assert (episode.counts, episode.score) == ({"matched": 0, "false": 2}, 0.0)


def _afresh(messages: Messages) -> Messages:
    """Return a prompt without its history."""
    lines = messages[1]["content"].splitlines()
    kept = "\n".join(line for line in lines if not line.startswith("Step "))
    return [{"role": "user", "content": kept}]


@needs_a_review_server
def test_a_limit_keeps_what_was_earned(review: Server) -> None:
    """What asking raises comes out unchanged, after a finding is one."""

    class SpentError(Exception):
        pass

    async def ask(messages: Messages) -> str:
        if "Step 1" in messages[1]["content"]:
            raise SpentError
        return _right(0, messages)

    episode = Episode()
    with pytest.raises(SpentError):
        asyncio.run(play(PYTHON, review.url, BROKEN, ask, episode))
    assert episode.metrics()["score_with_defect"] == episode.score == 0.45


@needs_a_review_server
def test_what_the_server_refuses_is_said_in_its_words(review: Server) -> None:
    """A task that is not there is no lost server."""
    for changed, words in (({"index": 300}, "300"), ({"split": "exam"}, "No split 'exam'")):
        with pytest.raises(RuntimeError, match=words):
            asyncio.run(check(PYTHON, review.url, {**BROKEN, **changed}))


@needs_a_review_server
def test_each_split_and_level_can_be_played(review: Server) -> None:
    """Whatever the options say, there is a first task of it."""
    for split in ("headline", "train", "test"):
        for difficulty in ("easy", "medium", "hard", "mixed"):
            choice = {"split": split, "difficulty": difficulty, "index": 0}
            asyncio.run(check(PYTHON, review.url, choice))


def test_no_server_names_the_remedy() -> None:
    """Whoever forgot to start one is told how, and which."""
    with pytest.raises(NoServerError, match=r"review answers at .*`python -m python_env\.server"):
        asyncio.run(check(PYTHON, f"http://127.0.0.1:{free_port()}", BROKEN))
