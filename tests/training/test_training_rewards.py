"""The parts of training's reward: the answer key earns them whole, and no exploit does."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import pytest

pytest.importorskip("openenv", reason="training has an environment of its own; see README")

from deck import find_deal
from email_triage_env import EmailTriageClient
from email_triage_env.models import EmailTriageObservation
from models import GroundTruth
from processes import Server
from tools.episodes.playing import Answer, Episode, Step, play_all
from training.language.curriculum import DIFFICULTIES
from training.language.mail_rewards import MailRewards
from training.rewards import WEIGHTS, Parts, parts_of, parts_of_last

INBOXES: Final = 4
EMAILS: Final = 8
CONSTANT: Final = {"label": "normal", "route_to": "billing"}
CANNED: Final = "Somebody writes to us about something here."

# What is sent for an email whose answer is known: an exploit may know everything.
Exploit = Callable[[EmailTriageObservation, GroundTruth], Mapping[str, str]]


def _right(truth: GroundTruth, summary: str) -> dict[str, str]:
    return {"label": truth.label, "route_to": truth.route_to, "summary": summary}


def _key(_seen: EmailTriageObservation, truth: GroundTruth) -> Mapping[str, str]:
    return _right(truth, truth.reference_summary)


def _fact_words(truth: GroundTruth) -> str:
    return " ".join(fact[0] for fact in truth.facts)


def _invalid_where_hard(seen: EmailTriageObservation, truth: GroundTruth) -> Mapping[str, str]:
    return {} if truth.label == "normal" else _key(seen, truth)


def _played(native: Server, exploit: Exploit, difficulty: str = "medium") -> list[Episode]:
    def policy(
        _brief: Mapping[str, object], seen: EmailTriageObservation, _past: Sequence[Step]
    ) -> Answer:
        truth = find_deal(seen.task_id).ground_truth[seen.email_id]
        return Answer("", exploit(seen, truth))

    choices = [{"split": "train", "difficulty": difficulty, "index": i} for i in range(INBOXES)]
    return play_all(EmailTriageClient, native.url, policy, choices)


def _mean(episodes: Sequence[Episode], part: str) -> float:
    parts = [parts_of(episode.brief, episode.steps) for episode in episodes]
    for each in parts:
        assert all(0 <= value <= 1 for value in (*each, each.overall()))
    return sum(float(getattr(each, part)) for each in parts) / len(parts)


def test_weights_add_up_to_one() -> None:
    """The parts are those that are weighed, and a perfect episode earns exactly 1."""
    assert sum(WEIGHTS.values()) == pytest.approx(1.0)
    assert tuple(WEIGHTS) == Parts._fields
    assert Parts(1, 1, 1, 1).overall() == pytest.approx(1.0)
    assert parts_of({}, []) == Parts(0, 0, 0, 0)


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_the_answer_key_earns_every_part(native: Server, difficulty: str) -> None:
    """A perfect episode is worth 1 in each part, at every difficulty."""
    for episode in _played(native, _key, difficulty):
        assert list(parts_of(episode.brief, episode.steps)) == pytest.approx([1.0] * 4)


@pytest.mark.parametrize(
    ("part", "exploit", "most"),
    [
        pytest.param("primary", lambda *_: {**CONSTANT, "summary": CANNED}, 1 / 3, id="constant"),
        pytest.param(
            "primary",
            lambda *_: {**CONSTANT, "label": "spam", "summary": CANNED},
            1 / 3,
            id="all-spam",
        ),
        pytest.param(
            "process", lambda seen, truth: _right(truth, seen.body[:400]), 0.1, id="paste"
        ),
        pytest.param(
            "process",
            lambda seen, truth: _right(truth, " ".join(seen.body.split()[:30])),
            0.1,
            id="first-words",
        ),
        pytest.param(
            "process", lambda _seen, truth: _right(truth, _fact_words(truth)), 0.1, id="keywords"
        ),
        pytest.param(
            "process",
            lambda _seen, truth: _right(truth, f"{truth.reference_summary} " * 3),
            0.1,
            id="everything",
        ),
        pytest.param(
            "process",
            lambda _seen, truth: {**CONSTANT, "summary": truth.reference_summary},
            0.4,
            id="random-decision",
        ),
        pytest.param("format", lambda _seen, truth: _right(truth, ""), 0.0, id="no-content"),
        pytest.param("format", lambda _seen, truth: _right(truth, CANNED), 1 / EMAILS, id="canned"),
        pytest.param("format", lambda _seen, truth: _right(truth, "help " * 9), 0.0, id="one-word"),
        pytest.param("efficiency", lambda *_: {**CONSTANT, "summary": CANNED}, 1 / 3, id="rushed"),
        pytest.param("efficiency", _invalid_where_hard, 0.8, id="skipped"),
    ],
)
def test_an_exploit_earns_little(native: Server, part: str, exploit: Exploit, most: float) -> None:
    """What is written in `rewards.py` as an exploit stays under what its defence allows."""
    assert _mean(_played(native, exploit), part) <= most


@pytest.mark.parametrize("part", WEIGHTS)
def test_breaking_off_earns_no_more_than_what_was_done(native: Server, part: str) -> None:
    """Whoever stops while all is well is divided by the whole inbox."""
    begun = [each._replace(steps=each.steps[:2]) for each in _played(native, _key)]
    assert _mean(begun, part) == pytest.approx(2 / EMAILS)


def test_a_wrong_answer_is_charged_email_by_email(native: Server) -> None:
    """Real mail called spam earns less than it would as normal mail."""
    spam = {**CONSTANT, "label": "spam", "summary": CANNED}
    harmful, harmless = (
        [step for each in _played(native, lambda *_, sent=sent: sent) for step in each.steps]
        for sent in (spam, {**CONSTANT, "summary": CANNED})
    )
    assert sum(step.parts["penalties"] for step in harmful) < 0
    assert sum(step.parts["penalties"] for step in harmful) < sum(
        step.parts["penalties"] for step in harmless
    )


def test_points_are_those_that_the_reset_tells(native: Server) -> None:
    """A part is a share of what the environment says it is worth, whatever that is."""
    for episode in _played(native, _key):
        points = {name: 2 * worth for name, worth in episode.brief["points"].items()}
        parts = parts_of({**episode.brief, "points": points}, episode.steps)
        assert (parts.primary, parts.process) == pytest.approx((0.5, 0.5))


def test_a_mail_alone_earns_what_it_earned_in_its_inbox(native: Server) -> None:
    """Sent again after the same decisions each answer earns the same, and together the whole."""
    answers = [
        _key,
        lambda *_: {**CONSTANT, "summary": CANNED},
        lambda *_: {},
    ]

    def mixed(seen: EmailTriageObservation, truth: GroundTruth) -> Mapping[str, str]:
        return answers[seen.step_number % 3](seen, truth)

    for number, episode in enumerate(_played(native, mixed)):
        choice = {"split": "train", "difficulty": "medium", "index": number}
        actions = [dict(step.answer.action) for step in episode.steps]
        places = range(len(actions))
        found = MailRewards(native.url).rollouts(
            [[{"role": "assistant", "content": json.dumps(action)}] for action in actions],
            choice=[json.dumps(choice)] * len(actions),
            past=[json.dumps(actions[:place]) for place in places],
        )
        alone = [each.parts for each in found]
        assert alone == [
            parts_of_last(episode.brief, episode.steps[: place + 1]) for place in places
        ]
        whole = parts_of(episode.brief, episode.steps)
        for name in ("primary", "process", "format"):
            total = sum(getattr(each, name) for each in alone)
            assert total / EMAILS == pytest.approx(getattr(whole, name))
