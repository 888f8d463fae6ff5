"""What probing finds out about mail is exactly so, told by the answers and the deck."""

import random
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, Final

import pytest

pytest.importorskip("torch", reason="training has an environment of its own; see README")

from deck import deal
from deck.dealing import Split, _hand
from deck.storyline import Numbered
from email_triage_env import EmailTriageClient
from email_triage_env.models import EmailTriageObservation
from models import Task
from processes import Server
from tasks import TASKS
from tools.episodes.playing import Answer, Player, Step, play_all
from training.players import load
from training.probe import Found, examine, stories_of

URGENT: Final = {"label": "urgent", "route_to": "safety", "summary": "A fire burns in the yard."}


def _mostly_right(tasks: Mapping[str, Task], seed: int) -> Player:
    """Return a policy that knows most answers, so that mail comes in both versions."""

    def policy(
        _brief: Mapping[str, Any], observation: EmailTriageObservation, _steps: Sequence[Step]
    ) -> Answer:
        draw = random.Random(f"{seed}/{observation.task_id}/{observation.email_id}")  # noqa: S311
        truth = tasks[observation.task_id].ground_truth[observation.email_id]
        if draw.random() < 0.05:
            return Answer("", {"label": "unknown"})
        if draw.random() < 0.7:
            return Answer("", {"label": truth.label, "route_to": truth.route_to, "summary": ""})
        return Answer("", URGENT)

    return policy


def _dealt(split: Split) -> dict[str, Task]:
    """Return some hard inboxes, and some that hold an order."""
    dealt = [deal("hard", split, index) for index in range(60)]
    ordered = [
        task for task in dealt if any(truth.demanded for truth in task.ground_truth.values())
    ]
    return {task.task_id: task for task in dealt[:4] + ordered[:4]}


@pytest.mark.parametrize(
    "tasks",
    [
        pytest.param(TASKS, id="headline"),
        pytest.param(_dealt("test"), id="test"),
        pytest.param(_dealt("train"), id="train"),
    ],
)
def test_probing_finds_the_truth(native: Server, tasks: Mapping[str, Task]) -> None:
    """Of every email shown, in either version, the label and the demanded label are exact."""
    asked = [{"task_id": task_id} for task_id in tasks]
    trials = [
        play_all(EmailTriageClient, native.url, _mostly_right(tasks, seed), asked)
        for seed in range(4)
    ]
    natures = examine(native.url, trials).natures
    shown = {
        (episode.task_id, step.observation.email_id)
        for trial in trials
        for episode in trial
        for step in episode.steps
    }
    versions = {email_id[-1] for _, email_id in shown}
    assert {"a", "b"} <= versions
    orders = 0
    for task_id, email_id in shown:
        truth = tasks[task_id].ground_truth[email_id]
        demanded = truth.demanded and truth.demanded[0]
        assert natures[email_id] == (truth.label, demanded)
        orders += demanded is not None
    assert orders > 0


@pytest.mark.parametrize("difficulty", ["easy", "medium", "hard"])
def test_storylines_are_told_by_their_words(native: Server, difficulty: str) -> None:
    """Inboxes share a cast exactly where the deck dealt the same storylines to them."""
    asked = [{"split": "test", "difficulty": difficulty, "index": i} for i in range(60)]
    episodes = play_all(EmailTriageClient, native.url, load("constant:normal/billing"), asked)
    found = Found({}, stories_of(episodes))
    dealt = {
        episode.task_id: frozenset(
            unit.storyline.name
            for unit in _hand(difficulty, "test", Numbered(episode.task_id))  # type: ignore[arg-type]
        )
        for episode in episodes
    }
    for one, other in combinations(dealt, 2):
        same = found.cast_of(one) == found.cast_of(other)
        assert same == (dealt[one] == dealt[other]), (one, other)
    assert len(frozenset().union(*map(found.cast_of, dealt))) <= len(
        frozenset().union(*dealt.values())
    )
