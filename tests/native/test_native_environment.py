"""The environment behind OpenEnv's interface: the root's own, and nothing besides."""

import math
from typing import Any

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

from openenv.core.env_server.types import Action, Observation, State
from pydantic import BaseModel, ValidationError

import environment
import models
from conformance import mixed_actions
from deck.month import MOST_MAILS
from email_triage_env.models import (
    LABELS,
    MAX_STEPS,
    EmailTriageAction,
    EmailTriageObservation,
    EmailTriageState,
)
from email_triage_env.server.environment import (
    NotResetError,
    SessionClosedError,
    TriageEnvironment,
)
from email_triage_env.server.received import ReceivedAction
from email_triage_env.server.rubric import LEAVES
from email_triage_env.server.splits import (
    ChoiceError,
    chosen_task,
    difficulty_of,
    split_sizes,
    task_id_at,
)
from environment import EmailTriageEnv
from graders import GRADERS
from models import (
    MAX_ROUTE_LENGTH,
    MAX_SUMMARY_LENGTH,
    EmailObservation,
    EnvironmentState,
    GroundTruth,
    RewardResult,
    TriageAction,
)
from quality.search import key_actions
from tasks import POLICY, ROUTES, TASKS

# A sixteenth of what clients of WebSockets take in one message.
SMALL_BYTES = 1 << 16


def _sent(action: object) -> ReceivedAction:
    fields = action.model_dump() if isinstance(action, BaseModel) else action or {}
    sent: ReceivedAction = ReceivedAction.model_validate(fields)
    return sent


def test_wire_models_carry_the_root_fields() -> None:
    """Every field of the root models is there, and the schema of an action is the strict one."""
    pairs: list[tuple[type[BaseModel], type[BaseModel], type[BaseModel], set[str]]] = [
        (EmailTriageAction, TriageAction, Action, set()),
        (EmailTriageObservation, EmailObservation, Observation, {"policy"}),
        (EmailTriageState, EnvironmentState, State, {"episode_score"}),
    ]
    for wire, root, openenv, more in pairs:
        assert set(wire.model_fields) == {*root.model_fields, *openenv.model_fields, *more}
        schema, strict = wire.model_json_schema(), root.model_json_schema()
        assert set(schema["required"]) == set(strict["required"])
        for name, shape in strict["properties"].items():
            # The client holds past actions as they were sent, and needs no model for them.
            if name != "action_history":
                assert schema["properties"][name] == shape
    assert ReceivedAction.model_json_schema() == EmailTriageAction.model_json_schema()
    assert ReceivedAction.model_json_schema()["additionalProperties"] is False
    assert (LABELS, MAX_STEPS) == (models.LABELS, MOST_MAILS + environment.SPARE_STEPS)


@pytest.mark.parametrize("task_id", ["task_hard", "train-medium-3", "test-hard-5"])
def test_steps_are_the_root_steps(task_id: str) -> None:
    """Emails, rewards, ends and infos are those of the root's environment, junk included."""
    native, root = TriageEnvironment(), EmailTriageEnv.for_task(chosen_task(task_id=task_id))
    first = native.reset(task_id=task_id)
    expected = root.reset()
    assert first.metadata.items() >= expected.info.items()
    assert (first.reward, first.done) == (None, False)
    for action in mixed_actions():
        shown, told = native.step(_sent(action)), root.step(action)
        fields = {name: getattr(shown, name) for name in EmailObservation.model_fields}
        assert fields == told.observation.model_dump()
        assert (shown.reward, shown.done) == (told.reward, told.done)
        if action is not None:
            leaves = shown.metadata.pop("rubric")
            assert tuple(leaves) == LEAVES
            assert shown.metadata == told.info
        state = native.state
        assert state.model_dump().items() >= root.state().model_dump().items()
        assert state.step_count == len(root.state().action_history)


@pytest.mark.parametrize(
    ("task_id", "difficulty", "points"),
    [
        ("task_easy", "easy", {"label": 0.5, "route": 0.3, "summary": 0.2, "bonus": 0.1}),
        ("test-medium-1", "medium", {"label": 0.4, "route": 0.35, "summary": 0.25, "bonus": 0.1}),
        ("train-hard-17", "hard", {"label": 0.35, "route": 0.35, "summary": 0.3, "bonus": 0.1}),
        ("test-varied-3", "varied", {"label": 0.35, "route": 0.35, "summary": 0.3, "bonus": 0.1}),
        ("train-month-0", "month", {"label": 0.35, "route": 0.35, "summary": 0.3, "bonus": 0.1}),
    ],
)
def test_reset_tells_facts(task_id: str, difficulty: str, points: dict[str, float]) -> None:
    """A reset tells the level, the desk's teams and the points; a key earns just those."""
    env = TriageEnvironment()
    told = env.reset(task_id=task_id).metadata
    assert set(told) == {
        "task_id", "description", "labels", "routes", "difficulty", "points", "teams",
    }  # fmt: skip
    task = chosen_task(task_id=task_id)
    assert (told["difficulty"], told["points"], told["teams"]) == (difficulty, points, task.routes)
    assert (told["routes"], told["description"]) == (", ".join(task.routes), task.description)
    assert (task.routes == ROUTES) == (difficulty in ("easy", "medium", "hard"))
    steps = [env.step(_sent(action)).metadata for action in key_actions(task)]
    for part in ("label", "route", "summary"):
        assert {step[f"{part}_score"] for step in steps} == {points[part]}
    assert max(step["bonus"] for step in steps) == points["bonus"]


def test_policy_comes_with_the_first_observation() -> None:
    """A client that sees observations alone is told the rules once an episode."""
    env = TriageEnvironment()
    for task_id in ("task_hard", "train-easy-3", "train-varied-3"):
        task = chosen_task(task_id=task_id)
        assert env.reset(task_id=task_id).policy == task.description
        assert (task.description == POLICY) == ("varied" not in task_id)
        actions = key_actions(task)
        assert {env.step(_sent(action)).policy for action in [None, *actions, None]} == {""}
    schema = EmailTriageObservation.model_json_schema()["properties"]["policy"]
    assert schema["type"] == "string"


@pytest.mark.parametrize("task_id", [*TASKS, "train-hard-0", "test-easy-9"])
def test_state_follows_the_episode(task_id: str) -> None:
    """The running score grows to the episode's score, and the episode keeps its id."""
    env = TriageEnvironment()
    shown = env.reset(task_id=task_id, episode_id="mine")
    scores = [env.state.episode_score]
    for action in key_actions(chosen_task(task_id=task_id)):
        shown = env.step(_sent(action))
        scores.append(env.state.episode_score)
    assert scores == sorted(scores)
    assert scores[0] == 0.0
    assert scores[-1] == shown.metadata["episode_score"] == 1.0
    assert (env.state.episode_id, env.state.done) == ("mine", True)
    env.reset(task_id=task_id)
    assert env.state.episode_id not in (None, "mine")
    assert (env.state.step_count, env.state.episode_score) == (0, 0.0)


def test_rubric_reads_the_breakdown() -> None:
    """The leaves add up to every reward, are named, and are zero where nothing was graded."""
    env = TriageEnvironment()
    names = [name for name, _ in env.rubric.named_rubrics()]
    assert tuple(names) == LEAVES
    harmful = {"label": "spam", "route_to": "billing", "summary": "It is fraud and no more."}
    for task_id in (*TASKS, "train-hard-4"):
        env.reset(task_id=task_id)
        assert all(rubric.last_score is None for rubric in env.rubric.rubrics())
        for action in [*mixed_actions()[:3], harmful, *mixed_actions()[3:]]:
            shown = env.step(_sent(action))
            leaves = shown.metadata["rubric"]
            clipped = min(1.0, max(-1.0, sum(leaves.values())))
            assert math.isclose(clipped, shown.reward, abs_tol=1e-9)
            assert env.rubric.last_score == shown.reward
            if "error" in shown.metadata:
                assert set(leaves.values()) == {0.0}


@pytest.mark.parametrize("watched", [*LEAVES, ""])
@pytest.mark.parametrize("register", ["register_forward_hook", "register_forward_pre_hook"])
def test_who_listens_to_a_rubric_is_told(watched: str, register: str) -> None:
    """A hook on any rubric of the tree is called once a step, and changes nothing."""
    deaf, heard = TriageEnvironment(), TriageEnvironment()
    calls: list[tuple[Any, ...]] = []
    rubric = heard.rubric.get_rubric(watched) if watched else heard.rubric
    getattr(rubric, register)(lambda *call: calls.append(call))
    for env in (deaf, heard):
        env.reset(task_id="task_hard")
    for number, action in enumerate(mixed_actions(), start=1):
        told = [env.step(_sent(action)).model_dump() for env in (deaf, heard)]
        assert told[0] == told[1]
        scores = [
            {name: one.last_score for name, one in env.rubric.named_rubrics()}
            for env in (deaf, heard)
        ]
        assert scores[0] == scores[1] == told[0]["metadata"]["rubric"]
        assert deaf.rubric.last_score == heard.rubric.last_score
        assert len(calls) == number
        assert calls[-1][0] is rubric
        if register == "register_forward_hook":
            assert calls[-1][-1] == rubric.last_score


def test_nothing_is_graded_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """A step asks the grader once."""
    asked: list[TriageAction] = []
    grade = GRADERS["easy"]

    def counted(action: TriageAction, truth: GroundTruth) -> RewardResult:
        asked.append(action)
        return grade(action, truth)

    monkeypatch.setitem(GRADERS, "easy", counted)
    env = TriageEnvironment()
    env.reset(task_id="task_easy")
    env.step(_sent(mixed_actions()[0]))
    assert len(asked) == 1


@pytest.mark.parametrize(
    "junk",
    [
        {},
        {"label": "urgent"},
        {"label": None, "summary": None, "route_to": None},
        {"label": "urgent", "summary": "", "route_to": ["billing"]},
        {"label": "urgent", "summary": "", "route_to": "billing", "confidence": 1},
        {"label": float("nan"), "summary": "", "route_to": "billing"},
        {"label": "urgent", "summary": "x" * 100_000, "route_to": "billing"},
        {"label": "urgent", "summary": "\ud800", "route_to": "billing"},
        {"metadata": 7},
        {"model_config": 1, "__class__": 2, "self": 3},
    ],
    ids=str,
)
def test_junk_costs_a_step(junk: dict[str, Any]) -> None:
    """What is no decision earns 0.0, shows the same mail and says why."""
    env = TriageEnvironment()
    before = env.reset(task_id="task_medium")
    shown = env.step(ReceivedAction.model_validate(junk))
    assert shown.reward == 0.0
    assert shown.email_id == before.email_id
    assert "send label, summary and route_to" in shown.metadata["error"]
    assert env.state.action_history == [None]


def test_metadata_of_an_action_are_no_part_of_it() -> None:
    """OpenEnv's own field neither counts nor hurts."""
    env = TriageEnvironment()
    env.reset(task_id="task_easy")
    action = key_actions(TASKS["task_easy"])[0].model_dump()
    assert env.step(_sent({**action, "metadata": {"trace": 1}})).reward == 0.99


@pytest.mark.parametrize(
    ("choice", "task_id"),
    [
        ({}, "task_easy"),
        ({"task_id": "task_hard"}, "task_hard"),
        ({"task_id": "task_hard", "seed": 5}, "task_hard"),
        ({"task_id": "train-hard-17"}, "train-hard-17"),
        ({"seed": 0}, "train-easy-0"),
        ({"seed": 5}, "train-hard-1"),
        ({"seed": 30_005}, "train-hard-1"),
        ({"seed": 5, "split": "test"}, "test-hard-1"),
        ({"seed": 605, "split": "test"}, "test-hard-1"),
        ({"seed": 5, "difficulty": "easy"}, "train-easy-5"),
        ({"seed": 5, "split": "headline"}, "task_hard"),
        ({"split": "headline", "index": 1}, "task_medium"),
        ({"split": "headline", "difficulty": "hard"}, "task_hard"),
        ({"split": "test"}, "test-easy-0"),
        ({"index": 4}, "train-medium-1"),
        ({"split": "test", "index": 4, "seed": 9}, "test-medium-1"),
        ({"split": "test", "index": 4, "task_id": "test-medium-1"}, "test-medium-1"),
        ({"split": "train", "difficulty": "hard", "index": 9_999}, "train-hard-9999"),
        ({"task_id": "test-varied-299"}, "test-varied-299"),
        ({"difficulty": "varied"}, "train-varied-0"),
        ({"split": "test", "difficulty": "varied", "seed": 305}, "test-varied-5"),
        ({"split": "train", "difficulty": "month", "index": 7}, "train-month-7"),
        ({"difficulty": "month", "seed": 2_001}, "train-month-1"),
    ],
    ids=str,
)
def test_choice(choice: dict[str, Any], task_id: str) -> None:
    """A reset opens the inbox that its arguments name."""
    assert TriageEnvironment().reset(**choice).task_id == task_id


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"task_id": "task_none"}, "choose one of: task_easy"),
        ({"task_id": ["task_easy"]}, "Unknown task"),
        ({"task_id": ""}, "Unknown task"),
        ({"task_id": "train-hard-10000"}, "train-hard-17"),
        ({"split": "validation"}, "headline, train, test"),
        ({"split": "test", "index": 600}, "from 0 to 599"),
        ({"split": "test", "index": -1}, "from 0 to 599"),
        ({"split": "test", "index": True}, "from 0 to 599"),
        ({"split": "test", "index": "4"}, "from 0 to 599"),
        ({"split": "test", "difficulty": "brutal"}, "easy, medium, hard, mixed"),
        ({"split": "test", "index": 4, "task_id": "task_easy"}, "two inboxes"),
        ({"split": "headline", "difficulty": "varied"}, "no varied inboxes; choose one of: train"),
        ({"split": "headline", "difficulty": "month", "seed": 4}, "no month inboxes"),
        ({"split": "headline", "difficulty": "month", "index": 0}, "no month inboxes"),
        ({"split": "test", "difficulty": "varied", "index": 300}, "from 0 to 299"),
        ({"split": "test", "difficulty": "month", "index": 100}, "from 0 to 99"),
        ({"task_id": "test-varied-300"}, "Unknown task"),
        ({"seed": "7"}, "whole number"),
        ({"seed": 1.5}, "whole number"),
        ({"split": ""}, "headline, train, test"),
        ({"difficulty": ""}, "easy, medium, hard, mixed"),
        ({"self": 4}, "'self'; there are seed"),
        ({"indx": 4}, "'indx'; there are seed, episode_id, task_id"),
    ],
    ids=str,
)
def test_unclear_choice(choice: dict[str, Any], words: str) -> None:
    """A reset that names no inbox says what there is, and the episode before goes on."""
    env = TriageEnvironment()
    env.reset(task_id="task_medium", episode_id="before")
    with pytest.raises(ChoiceError, match=words):
        env.reset(**choice)
    assert (env.state.task_id, env.state.episode_id) == ("task_medium", "before")


def test_different_seeds_are_different_inboxes() -> None:
    """A hundred seeds open a hundred inboxes, and each always the same one."""
    env = TriageEnvironment()
    first = {seed: env.reset(seed=seed).task_id for seed in range(100)}
    assert len(set(first.values())) == 100
    assert first == {seed: env.reset(seed=seed).task_id for seed in range(100)}


def test_splits_and_numbers_are_those_of_the_deck() -> None:
    """Every split has its true size, and its last number exists and the next does not."""
    assert split_sizes() == {"headline": 3, "train": 30_000, "test": 600}
    assert split_sizes("varied") == {"train": 10_000, "test": 300}
    assert split_sizes("month") == {"train": 2_000, "test": 100}
    for level in ("mixed", "varied", "month"):
        for split, size in split_sizes(level).items():
            last = task_id_at(split, size - 1, level)
            assert difficulty_of(last) == (level if level != "mixed" else "hard")
            assert chosen_task(split=split, index=size - 1, difficulty=level).task_id == last
            with pytest.raises(ChoiceError):
                task_id_at(split, size, level)


@pytest.mark.parametrize("task_id", ["task_hard", "train-varied-3", "train-month-0"])
def test_the_longest_episode_ends_and_is_kept_whole(task_id: str) -> None:
    """Two steps more than mails may decide nothing; with long answers a state stays small."""
    env = TriageEnvironment()
    mails = env.reset(task_id=task_id).total_emails
    longest = TriageAction(
        label="normal", route_to="x" * MAX_ROUTE_LENGTH, summary="\u00e9" * MAX_SUMMARY_LENGTH
    )
    steps = 0
    for action in (None, None, *[longest] * MAX_STEPS):
        steps += 1
        if env.step(_sent(action)).done:
            break
    assert steps == mails + 2 <= MAX_STEPS
    kept = env.state
    assert len(kept.action_history) == len(kept.reward_history) == steps
    assert len(kept.model_dump_json().encode()) < SMALL_BYTES


def test_a_new_session_must_be_reset() -> None:
    """A client that lost its session cannot play on in another inbox without noticing."""
    env = TriageEnvironment()
    assert (env.state.step_count, env.state.episode_id) == (0, None)
    with pytest.raises(NotResetError, match=r"call reset\(\)"):
        env.step(_sent(mixed_actions()[0]))


def test_closed_session_says_so() -> None:
    """After the end of a session every call names the remedy."""
    env = TriageEnvironment()
    env.close()
    with pytest.raises(SessionClosedError, match="connect again"):
        env.reset()
    with pytest.raises(SessionClosedError, match="connect again"):
        env.step(_sent(mixed_actions()[0]))
    with pytest.raises(SessionClosedError, match="connect again"):
        _ = env.state


def test_observation_is_closed() -> None:
    """Nothing can be added to an observation by mistake."""
    shown = TriageEnvironment().reset()
    with pytest.raises(ValidationError):
        EmailTriageObservation.model_validate({**shown.model_dump(), "truth": "urgent"})
