"""What probing finds out about mail is exactly so, told by the answers and the deck."""

import random
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, Final

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")


from deck import deal
from deck.dealing import Split, _hand
from deck.storyline import Numbered
from email_triage_env import EmailTriageClient
from email_triage_env.evaluation import MailFindings, examine
from email_triage_env.evaluation.probe import NO_TEAM
from email_triage_env.evaluation.storylines import stories_of
from email_triage_env.models import LABELS, EmailTriageObservation
from models import Task
from processes import Server
from tasks import TASKS
from tools.episodes.playing import Answer, Player, ServerError, Step, play_all

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


def test_answers_without_a_team_are_no_probes(native: Server) -> None:
    """The policy's own answers are played again beside the probing ones, and not taken for them."""
    tasks = {task.task_id: task for task in (deal("hard", "test", index) for index in range(20))}

    def player(
        _brief: Mapping[str, Any], observation: EmailTriageObservation, _steps: Sequence[Step]
    ) -> Answer:
        truth = tasks[observation.task_id].ground_truth[observation.email_id]
        if truth.label == "archive":
            return Answer("", {**URGENT, "route_to": NO_TEAM})
        return Answer("", {"label": truth.label, "route_to": truth.route_to, "summary": ""})

    asked = [{"task_id": task_id} for task_id in tasks]
    episodes = play_all(EmailTriageClient, native.url, player, asked)
    natures = examine(native.url, [episodes]).natures
    found = {nature.label for nature in natures.values()}
    assert found == set(LABELS)
    for task in tasks.values():
        for email_id in natures.keys() & task.ground_truth.keys():
            assert natures[email_id].label == task.ground_truth[email_id].label


def test_a_server_that_changes_its_mind_is_an_error(
    native: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mail that never comes again ends the search with a reason."""
    asked = [{"task_id": "task_easy"}]
    (episode,) = play_all(EmailTriageClient, native.url, _mostly_right(TASKS, 0), asked)
    first = episode.steps[0]
    other = first.observation.model_copy(update={"email_id": "easy-of-another-version"})
    changed = episode._replace(steps=(first._replace(observation=other), *episode.steps[1:]))
    monkeypatch.setattr("email_triage_env.evaluation.probe.MOST_ROUNDS", 2)
    with pytest.raises(ServerError, match="one version"):
        examine(native.url, [[changed]])


@pytest.mark.parametrize("difficulty", ["easy", "medium", "hard"])
def test_storylines_are_told_by_their_words(native: Server, difficulty: str) -> None:
    """Inboxes share a cast exactly where the deck dealt the same storylines to them."""
    asked = [{"split": "test", "difficulty": difficulty, "index": i} for i in range(60)]
    archived = Answer("", {"label": "archive", "route_to": "legal", "summary": ""})
    episodes = play_all(EmailTriageClient, native.url, lambda *_: archived, asked)
    found = MailFindings({}, stories_of(episodes))
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
