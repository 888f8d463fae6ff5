"""Whose turn it is, what a step earns, and that nothing bad can be done to an episode."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance import mixed_actions
from environment import EmailTriageEnv, InvalidStateError, UnknownTaskError
from graders import grade_episode
from models import LABELS, EnvironmentState, TriageAction
from quality.policies import EMPTY_ANSWERS, answer_key, memoryless, play
from quality.search import best_found, key_actions, total_reward
from tasks import POLICY, ROUTES, TASKS

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["label", "summary", "route_to", "x"]) | st.text(), inner, max_size=4
        )
    ),
    max_leaves=8,
)
ANSWERS = st.one_of(
    st.builds(
        TriageAction,
        label=st.sampled_from(LABELS),
        summary=st.sampled_from(["", "It is about the chamber.", "Nothing is to be done."]),
        route_to=st.sampled_from(list(ROUTES)),
    ),
    st.none(),
)


@pytest.mark.parametrize("task_id", ["task_impossible", "", None, ["task_easy"], 7])
def test_unknown_task(task_id: Any) -> None:  # noqa: ANN401 # misuse of any type
    """An unknown task is refused by an error of ours that lists the known ones."""
    with pytest.raises(UnknownTaskError, match="task_easy, task_medium, task_hard"):
        EmailTriageEnv(task_id)


def test_reset_tells_everything_the_answers_follow_from(env: EmailTriageEnv) -> None:
    """The policy, the labels and the teams come with the reset."""
    info = env.reset().info
    assert info["description"] == POLICY
    assert info["labels"] == "urgent, normal, spam, archive"
    assert str(info["routes"]).split(", ") == list(ROUTES)
    assert all(f"\n{team}: " in POLICY for team in ROUTES)


def test_rewards_of_the_key(task_id: str) -> None:
    """Each step of perfect play earns 1 less a hundredth per step, and the last the bonus."""
    env = EmailTriageEnv(task_id)
    rewards = [env.step(action).reward for action in key_actions(TASKS[task_id])]
    assert rewards == [0.99, 0.98, 0.97, 0.96, 0.95, 0.94, 0.93, 1.0]


def test_info_of_a_step(env: EmailTriageEnv) -> None:
    """A graded step names the email it graded, its score and the parts of it."""
    first = env.reset().observation.email_id
    task = TASKS[env.state().task_id]
    info = env.step(key_actions(task)[0]).info
    assert info["email_id"] == first
    assert info["score"] == 1.0
    parts = [float(info[f"{part}_score"]) for part in ("label", "route", "summary")]
    assert sum(parts) == pytest.approx(1.0)
    assert "episode_score" not in info


def test_info_says_whether_an_instruction_was_obeyed() -> None:
    """A step that does what its mail demands says so, also without a team; no other step does.

    The feedback alone would not do: it rejects an answer without a team before all else.
    """
    truths = TASKS["task_hard"].ground_truth
    env = EmailTriageEnv("task_hard")
    email_id = env.reset().observation.email_id
    told: dict[str, object] = {}
    while email_id:
        truth = truths[email_id]
        action = TriageAction(label=truth.label, summary="", route_to=truth.route_to)
        if truth.demanded is not None:
            action = TriageAction(label=truth.demanded[0], summary="", route_to=" ")
        result = env.step(action)
        told[email_id] = result.info["obeyed"]
        email_id = result.observation.email_id
    assert told == {key: truths[key].demanded is not None for key in told}
    assert True in told.values()


def test_bonus_is_lost_by_harm() -> None:
    """One penalised decision costs the bonus of the whole episode."""
    task = TASKS["task_easy"]
    actions: list[Any] = key_actions(task)
    actions[0] = TriageAction(label="archive", summary="", route_to="cold_store")
    env = EmailTriageEnv("task_easy")
    results = [env.step(action) for action in actions]
    assert results[0].info["penalty"] == 0.2
    assert results[0].reward == pytest.approx(0.3 - 0.01 - 0.2)
    assert results[-1].reward == pytest.approx(0.92)


def test_bonus_counts_exact_decisions() -> None:
    """The bonus is a tenth of the share of emails with label and team right."""
    task = TASKS["task_easy"]
    actions: list[Any] = key_actions(task)
    actions[1] = actions[1].model_copy(update={"route_to": "billing"})
    actions[-1] = actions[-1].model_copy(update={"summary": ""})
    env = EmailTriageEnv("task_easy")
    last = [env.step(action) for action in actions][-1]
    assert last.info["bonus"] == pytest.approx(0.1 * 7 / 8)
    assert last.reward == pytest.approx(0.8 - 0.08 + 0.0875)


def test_reward_is_clipped() -> None:
    """Harm beyond all measure costs 1, and the last step of the key earns 1, not 1.02."""
    hard = EmailTriageEnv("task_hard")
    rewards = [hard.step(action).reward for action in key_actions(TASKS["task_hard"])]
    assert max(rewards) == 1.0
    assert min(rewards) >= -1.0


def test_two_invalid_steps_are_survivable(task_id: str) -> None:
    """Two invalid answers cost two steps and no email; three cost an email."""
    actions = key_actions(TASKS[task_id])
    env = EmailTriageEnv(task_id)
    result = [env.step(action) for action in [None, None, *actions]][-1]
    assert result.done
    assert result.info["episode_score"] == 1.0
    env.reset()
    result = [env.step(action) for action in [None, None, None, *actions[:7]]][-1]
    assert result.done
    assert result.info["episode_score"] == 0.875


def test_empty_answers_earn_nothing(env: EmailTriageEnv) -> None:
    """Whatever is no decision earns exactly nothing, and says what is wrong with it."""
    for name, answer in EMPTY_ANSWERS.items():
        env.reset()
        result = env.step(answer)
        if name == "blank team":
            assert result.info["score"] == 0.0
            continue
        assert result.reward == 0.0, name
        assert "send label, summary and route_to" in str(result.info["error"])


@pytest.mark.parametrize(
    ("action", "field"),
    [
        pytest.param({"label": "x", "summary": "", "route_to": "billing"}, "label", id="label"),
        pytest.param({"label": "spam", "summary": "x" * 501, "route_to": ""}, "summary", id="long"),
        pytest.param({"label": "spam", "summary": ""}, "route_to", id="missing"),
        pytest.param({"label": "spam", "summary": "", "route_to": "", "z": 1}, "z", id="extra"),
        pytest.param("label=spam", "action", id="text"),
    ],
)
def test_error_names_the_field(action: Any, field: str) -> None:  # noqa: ANN401 # junk
    """The error of an invalid step is one sentence that names the field."""
    error = str(EmailTriageEnv("task_easy").step(action).info["error"])
    assert repr(field) in error
    assert error.endswith(".")
    assert len(error) < 200


@given(actions=st.lists(JUNK, max_size=12))
def test_junk_never_raises_and_never_pays(actions: list[Any]) -> None:
    """No object passed as an action raises, is decided on, or earns anything."""
    env = EmailTriageEnv("task_easy")
    for action in actions:
        result = env.step(action)
        assert result.reward == 0.0
        assert "error" in result.info


@given(actions=st.lists(ANSWERS, min_size=1, max_size=14), task_id=st.sampled_from(list(TASKS)))
def test_no_sequence_beats_the_key(actions: list[Any], task_id: str) -> None:
    """No actions, before or after the end, earn more than the answer key."""
    task = TASKS[task_id]
    assert total_reward(task, actions) <= total_reward(task, key_actions(task))


def test_search_finds_nothing_above_the_key(task_id: str) -> None:
    """A search that starts from the key and knows all answers finds no sequence above it."""
    task = TASKS[task_id]
    highest, actions = best_found(task, rounds=150, seed=1)
    assert actions
    assert highest == pytest.approx(total_reward(task, key_actions(task)))


@given(data=st.data(), task_id=st.sampled_from(list(TASKS)))
def test_invalid_steps_never_raise_a_good_return(data: st.DataObject, task_id: str) -> None:
    """Inserting invalid steps among harmless decisions never earns more."""
    task = TASKS[task_id]
    actions: list[Any] = key_actions(task)
    padded = list(actions)
    for place in data.draw(st.lists(st.integers(0, 8), min_size=1, max_size=4)):
        padded.insert(place, None)
    assert total_reward(task, padded) <= total_reward(task, actions)


@given(actions=st.lists(ANSWERS, max_size=11), cut=st.integers(0, 10))
def test_state_is_the_episode(actions: list[Any], cut: int) -> None:
    """An episode resumed from its state, by way of JSON, goes on as the original does."""
    original = EmailTriageEnv("task_hard")
    for action in actions[:cut]:
        original.step(action)
    text = original.state().model_dump_json()
    resumed = EmailTriageEnv.from_state(EnvironmentState.model_validate_json(text))
    for action in actions[cut:]:
        assert resumed.step(action) == original.step(action)
    assert resumed.state() == original.state()
    assert resumed.tally() == original.tally()


@given(actions=st.lists(ANSWERS, max_size=11), cut=st.integers(0, 10))
def test_tally_stands_for_the_summaries(actions: list[Any], cut: int) -> None:
    """With its tally beside it a state goes on alike, even if its summaries are gone."""
    original = EmailTriageEnv("task_hard")
    for action in actions[:cut]:
        original.step(action)
    state = original.state()
    state.action_history = [
        action and action.model_copy(update={"summary": ""}) for action in state.action_history
    ]
    resumed = EmailTriageEnv.from_state(state, tally=original.tally())
    for action in actions[cut:]:
        assert resumed.step(action) == original.step(action)
    assert resumed.tally() == original.tally()


@pytest.mark.parametrize(
    "change",
    [
        {"reward_history": [1.0, 1.0]},
        {"action_history": [None] * 11, "reward_history": [0.0] * 11, "current_step": 11},
        {"current_step": 2},
        {"done": True},
        {"action_history": []},
        {"total_steps": 3},
    ],
    ids=lambda change: "-".join(change),
)
def test_forged_state_is_refused(change: dict[str, Any]) -> None:
    """A state whose actions do not lead to the rest of it is refused."""
    env = EmailTriageEnv("task_easy")
    env.step(mixed_actions()[0])
    forged = env.state().model_copy(update=change)
    with pytest.raises(InvalidStateError, match="does not follow from its actions"):
        EmailTriageEnv.from_state(forged)


def test_state_of_an_unknown_task_is_refused() -> None:
    """A state of a task that is not ours needs the task beside it."""
    task = TASKS["task_easy"].model_copy(update={"task_id": "another"})
    state = EmailTriageEnv.for_task(task).state()
    with pytest.raises(UnknownTaskError):
        EmailTriageEnv.from_state(state)
    assert EmailTriageEnv.from_state(state, task).state() == state


def test_mistakes_come_back_as_worse_mail() -> None:
    """The hard inbox answers back: each mishandled email brings its second version, once."""
    key = key_actions(TASKS["task_hard"])
    wrong = TriageAction(label="normal", summary="", route_to="people")
    seen: dict[int, list[str]] = {}
    for mistake in (1, 2):
        env = EmailTriageEnv("task_hard")
        actions = [*key[:mistake], wrong, *key[mistake + 1 :]]
        ids = [env.reset().observation.email_id]
        ids += [env.step(action).observation.email_id for action in actions]
        seen[mistake] = ids
    assert seen[1][4] == "hard-05b"
    assert seen[1][6] == "hard-07a"
    assert seen[2][4] == "hard-05a"
    assert seen[2][6] == "hard-07b"


def test_memory_is_needed_for_the_hard_task_only() -> None:
    """A careful reader without memory is perfect on easy and medium, and not on hard."""
    scores = [play(task, memoryless).score for task in TASKS.values()]
    assert scores[:2] == [1.0, 1.0]
    assert scores[2] <= 0.8


def test_episode_score_is_the_graders_mean(task_id: str) -> None:
    """The score reported on the last step is what `grade_episode` says of the history."""
    env = EmailTriageEnv(task_id)
    result = [env.step(action) for action in mixed_actions()][-1]
    graded = grade_episode(TASKS[task_id], env.state().action_history)
    assert result.info["episode_score"] == graded.score


def test_no_reply_holds_an_answer(task_id: str) -> None:
    """No reply of a wrong episode holds a field name, a reason or a reference of the key."""
    env = EmailTriageEnv(task_id)
    replies = [env.reset().model_dump_json()]
    for action in mixed_actions():
        replies.append(env.step(action).model_dump_json())
        replies.append(env.state().model_dump_json())
    text = "\n".join(replies)
    for truth in TASKS[task_id].ground_truth.values():
        assert truth.reference_summary not in text
    for name in ("second_route", 'facts"', "reference", "stale", "secrets", "demanded", "why"):
        assert f'"{name}' not in text


def test_feedback_does_not_depend_on_what_would_have_been_right() -> None:
    """Two wrong answers to emails with different keys get the same feedback."""
    wrong = TriageAction(label="spam", summary="", route_to="legal")
    seen = set()
    for task_id in ("task_easy", "task_medium"):
        env = EmailTriageEnv(task_id)
        seen.add(env.step(wrong).info["feedback"])
    assert seen == {"label: wrong; route: wrong; summary: empty"}


def test_interleaved_episodes_do_not_touch() -> None:
    """Two interleaved episodes give byte for byte what the same two give in sequence."""
    actions = mixed_actions()

    def transcript(env: EmailTriageEnv, action: object) -> str:
        return json.dumps(env.step(action).model_dump())  # type: ignore[arg-type] # junk too

    apart = []
    for task_id in ("task_medium", "task_hard"):
        env = EmailTriageEnv(task_id)
        apart.append([transcript(env, action) for action in actions])
    one, other = EmailTriageEnv("task_medium"), EmailTriageEnv("task_hard")
    together = [(transcript(one, action), transcript(other, action)) for action in actions]
    assert together == list(zip(*apart, strict=True))


def test_key_plays_through_the_public_interface(task_id: str) -> None:
    """The answer key earns exactly 1.0 in a played episode."""
    assert play(TASKS[task_id], answer_key).score == 1.0
