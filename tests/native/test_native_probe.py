"""What probing finds out about mail is exactly so, told by the answers and the deck."""

import random
import re
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, Final

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")


from deck import deal
from deck.carriers import CARRIERS
from deck.dealing import Level
from deck.hands import SPLITS, Split, hand_of
from deck.mail import MAIL
from deck.storyline import Numbered
from email_triage_env import EmailTriageClient
from email_triage_env.evaluation import MailFindings, examine
from email_triage_env.evaluation.probe import NO_TEAM
from email_triage_env.evaluation.storylines import SHARED_WORDS, place_of, stories_of
from email_triage_env.models import LABELS, EmailTriageObservation
from models import Task
from processes import Server
from tasks import TASKS, versions
from tools.episodes.playing import Answer, Player, ServerError, Step, play_all

# What is filled when an inbox is dealt.
GAP: Final = re.compile(r"\{[^}]*\}")
LEVELS: Final[tuple[Level, ...]] = ("hard", "varied", "month")
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


def _dealt(level: Level, split: Split) -> dict[str, Task]:
    """Return some inboxes of a level, and some that hold an order."""
    dealt = [deal(level, split, index) for index in range(12 if level == "month" else 60)]
    ordered = [
        task for task in dealt if any(truth.demanded for truth in task.ground_truth.values())
    ]
    return {task.task_id: task for task in dealt[:4] + ordered[:4]}


DESK_LEVELS = ("varied", "month")


@pytest.mark.parametrize(
    ("level", "split"),
    [
        pytest.param(None, None, id="headline"),
        *(
            pytest.param(level, split, id=f"{split}-{level}")
            for level in LEVELS
            for split in SPLITS
        ),
    ],
)
def test_probing_finds_the_truth(native: Server, level: Level | None, split: Split) -> None:
    """Of every email shown, in either version, the label and the demanded label are exact."""
    tasks = TASKS if level is None else _dealt(level, split)
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
    places = {(task_id, place_of(email_id)) for task_id, email_id in shown}
    orders = 0
    for task_id, email_id in shown:
        truth = tasks[task_id].ground_truth[email_id]
        demanded = truth.demanded and truth.demanded[0]
        assert natures[email_id] == (truth.label, demanded)
        orders += demanded is not None
    # Of some follow-ups both versions came, and some mail gave an order; the first inboxes at desks
    # of their own need have neither.
    assert len(places) < len(shown) or level in DESK_LEVELS
    assert orders > 0 or level in DESK_LEVELS


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
            for unit in hand_of(difficulty, "test", Numbered(episode.task_id))  # type: ignore[arg-type]
        )
        for episode in episodes
    }
    for one, other in combinations(dealt, 2):
        same = found.cast_of(one) == found.cast_of(other)
        assert same == (dealt[one] == dealt[other]), (one, other)
    assert len(frozenset().union(*map(found.cast_of, dealt))) <= len(
        frozenset().union(*dealt.values())
    )


@pytest.mark.parametrize("split", SPLITS)
def test_no_two_storylines_or_carriers_share_words(split: Split) -> None:
    """Each body has a long run that no slot breaks, and no other storyline or carrier has it."""
    told = [*(MAIL.items()), *CARRIERS.items()]
    stories = [story for (own, _), group in told if own == split for story in group]
    runs: dict[tuple[str, ...], str] = {}
    for story in stories:
        for version in (version for case in story.cases for version in versions(case)):
            pieces = [
                re.findall(r"[a-z']+", text.lower()) for text in GAP.split(version.email.body)
            ]
            assert max(map(len, pieces)) >= SHARED_WORDS, (story.name, version.email.email_id)
            for words in pieces:
                for i in range(len(words) - SHARED_WORDS + 1):
                    run = tuple(words[i : i + SHARED_WORDS])
                    assert runs.setdefault(run, story.name) == story.name, run


def test_a_month_is_told_apart(native: Server) -> None:
    """The mail of some months falls into many stories, and no two months have the same ones."""
    asked = [{"split": "train", "difficulty": "month", "index": i} for i in range(12)]
    archived = Answer("", {"label": "archive", "route_to": "legal", "summary": ""})
    episodes = play_all(EmailTriageClient, native.url, lambda *_: archived, asked)
    assert {episode.brief["difficulty"] for episode in episodes} == {"month"}
    found = MailFindings({}, stories_of(episodes))
    casts = [found.cast_of(episode.task_id) for episode in episodes]
    assert len(set(casts)) == len(casts)
    assert len(frozenset().union(*casts)) >= 40
    for episode in episodes:
        places = {place_of(step.observation.email_id) for step in episode.steps}
        assert len(places) == len(episode.steps) == len(found.stories[episode.task_id])
