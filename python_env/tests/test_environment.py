"""The environment: what a session may do, alone and beside others."""

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from python_env.models import LEAVES, PythonReviewAction, PythonReviewObservation
from python_env.server.code_review_environment import NoReviewError, PythonEnvironment
from python_env.server.episode import NotRunError
from python_env.server.journal import TakenEpisodeError, UnknownEpisodeError
from python_env.server.received import ReceivedAction
from python_env.server.rubric import ReviewRubric
from python_env.server.sandbox import Sandbox
from python_env.server.shared import Shared
from python_env.server.splits import UnknownTaskChoiceError
from python_env.tests.playing import (
    APPROVE,
    HINT,
    REQUEST,
    Pretended,
    clean,
    defective,
    false_finding,
    finding,
    patch,
)


def step(env: PythonEnvironment, action: dict[str, Any]) -> PythonReviewObservation:
    """Take an action, as a server does."""
    return env.step(ReceivedAction.model_validate(action))


@pytest.fixture
def env(house: Shared) -> PythonEnvironment:
    """Return a session."""
    return PythonEnvironment(house)


def test_the_answers_earn_everything(house: Shared, sandbox: Sandbox) -> None:
    """A review that names, mends and refuses a defect earns .9, and .1 more is for showing it."""
    env = PythonEnvironment(Shared(sandbox, house.journal))
    task_id = defective()
    first = env.reset(task_id=task_id)
    assert (first.reward, first.done, first.metadata["task_id"]) == (None, False, task_id)
    rewards = [step(env, action).reward for action in (finding(task_id), patch(task_id), REQUEST)]
    assert rewards == [0.45, 0.35, 0.1]
    assert env.state.episode_score == 0.9


def test_a_clean_module_is_approved(env: PythonEnvironment) -> None:
    """Of a module without a defect, approve earns all there is."""
    env.reset(task_id=clean())
    seen = step(env, APPROVE)
    assert (seen.reward, seen.done, seen.metadata["episode_score"]) == (1.0, True, 1.0)


def test_first_observation_tells_what_to_do(env: PythonEnvironment) -> None:
    """The instructions come once, in the observation and in the metadata."""
    first = env.reset(task_id="train-hard-1", episode_id="mine")
    assert "sql-injection" in first.instructions
    assert first.code.splitlines()[0].lstrip().startswith("1 | ")
    assert first.metadata == {
        "task_id": "train-hard-1", "difficulty": "hard", "feedback": "step", "episode_id": "mine",
        "instructions": first.instructions,
    }  # fmt: skip
    assert step(env, HINT).instructions == ""


def test_rubric_is_the_reward(env: PythonEnvironment) -> None:
    """The leaves of the rubric add up to the reward, and the metadata tell them."""
    task_id = defective()
    env.reset(task_id=task_id)
    assert isinstance(env.rubric, ReviewRubric)
    assert [name for name, _ in env.rubric.named_rubrics()] == list(LEAVES)
    actions: list[dict[str, Any]] = [finding(task_id), false_finding(task_id), HINT, {}, REQUEST]
    for action in actions:
        seen = step(env, action)
        leaves = {name: leaf.last_score for name, leaf in env.rubric.named_rubrics()}
        assert leaves == seen.metadata["rubric"]
        assert env.rubric.last_score == pytest.approx(seen.reward)


@pytest.mark.parametrize(
    "action",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"operation": ["x"]}, id="list"),
        pytest.param({"operation": "finalize", "verdict": "maybe"}, id="verdict"),
        pytest.param({"operation": "submit_patch", "patch": "x" * 500_000}, id="long"),
        pytest.param({"operation": "submit_patch", "patch": {"deep": [{}]}}, id="object"),
        pytest.param({"x" * 100_000: 1, "operation": "finalize"}, id="long-name"),
        pytest.param({"operation": "finalize", "verdict": "\ud800"}, id="half-a-character"),
        pytest.param({"self": 1, "seed": 2}, id="names-of-ours"),
    ],
)
def test_what_is_no_action_costs_a_step(env: PythonEnvironment, action: dict[str, Any]) -> None:
    """It is answered by an error that can be written down, and the episode goes on."""
    env.reset(task_id="train-easy-1")
    seen = step(env, action)
    assert seen.metadata["error"]
    assert len(seen.metadata["error"]) < 400
    seen.model_dump_json()
    assert (seen.reward, seen.done, env.state.action_history) == (0.0, False, [None])
    assert step(env, APPROVE).done


def test_an_invalid_finding_is_a_false_one_after_a_resume_too(house: Shared) -> None:
    """What is kept of an action that was none is enough to charge it again."""
    env, task_id = PythonEnvironment(house), defective()
    env.reset(task_id=task_id, episode_id="mine")
    step(env, finding(task_id))
    assert step(env, {"operation": "add_finding", "secret": "x" * 5000}).reward == -0.12
    again = PythonEnvironment(house)
    again.reset(episode_id="mine", resume=True)
    assert again.state == env.state
    assert "secret" not in str(house.journal.find("mine"))


def test_final_feedback_tells_at_the_end(house: Shared) -> None:
    """Until the end nothing is earned, and a resumed episode is as quiet."""
    env, task_id = PythonEnvironment(house), defective()
    env.reset(task_id=task_id, feedback="final", episode_id="mine")
    seen = step(env, finding(task_id))
    assert (seen.reward, seen.matched, seen.past_actions[0].result) == (0.0, [], "noted")
    again = PythonEnvironment(house)
    resumed = again.reset(episode_id="mine", resume=True)
    assert (resumed.matched, resumed.score, resumed.metadata["feedback"]) == ([], 0.0, "final")
    assert step(again, REQUEST).reward == 0.55


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param({"task": "x"}, "Unknown reset option 'task'", id="unknown"),
        pytest.param({"self": 1}, "Unknown reset option 'self'", id="self"),
        pytest.param({"feedback": "never"}, "choose one of: step, final", id="feedback"),
        pytest.param({"feedback": ["step"]}, "choose one of: step, final", id="feedback-list"),
        pytest.param({"episode_id": ""}, "1 to 255 characters", id="empty-id"),
        pytest.param({"episode_id": "x" * 256}, "1 to 255 characters", id="long-id"),
        pytest.param({"episode_id": 7}, "a text of printable", id="number-id"),
        pytest.param({"episode_id": "\ud800"}, "a text of printable", id="half-id"),
        pytest.param({"episode_id": "a\0b"}, "a text of printable", id="null-id"),
        pytest.param({"resume": True}, "send its episode_id with resume", id="resume-what"),
        pytest.param(
            {"resume": True, "episode_id": "x", "split": "train"}, "and nothing else", id="both"
        ),
    ],
)
def test_a_reset_that_asks_for_nothing_known_is_refused(
    env: PythonEnvironment, options: dict[str, Any], words: str
) -> None:
    """The error names the remedy, and the episode before goes on."""
    env.reset(task_id="train-easy-1")
    with pytest.raises(UnknownTaskChoiceError, match=words):
        env.reset(**options)
    assert step(env, APPROVE).done


def test_a_step_needs_an_episode(env: PythonEnvironment) -> None:
    """Before a reset there is a state without a task, and a step says what to do."""
    assert (env.state.episode_id, env.state.task_id) == (None, "")
    with pytest.raises(NoReviewError, match="Call reset"):
        step(env, APPROVE)
    env.reset(task_id="train-easy-1", episode_id="mine")
    env.close()
    with pytest.raises(NoReviewError, match="resume=true"):
        step(env, APPROVE)
    with pytest.raises(UnknownEpisodeError, match="no such episode"):
        env.reset(episode_id="other", resume=True)
    env.reset(episode_id="mine", resume=True)
    assert step(env, APPROVE).done


def test_after_the_end_nothing_changes(env: PythonEnvironment) -> None:
    """A step after the last one is an error, earns nothing and leaves no trace."""
    env.reset(task_id=clean())
    step(env, APPROVE)
    before = env.state
    seen = step(env, APPROVE)
    assert (seen.reward, seen.done) == (0.0, True)
    assert "over" in seen.metadata["error"]
    assert env.state == before


def test_a_name_that_is_taken_is_no_way_in(house: Shared) -> None:
    """Two sessions with one id play two episodes; the journal keeps the first under it."""
    first, second = PythonEnvironment(house), PythonEnvironment(house)
    first.reset(task_id="train-easy-1", episode_id="same")
    seen = second.reset(task_id="train-easy-2", episode_id="same")
    step(second, HINT)
    assert (seen.metadata["episode_id"], second.state.episode_id) == ("same", "same")
    assert (first.state.task_id, first.state.step_count) == ("train-easy-1", 0)
    assert house.journal.find("same").task_id == "train-easy-1"
    assert not step(first, HINT).done
    with pytest.raises(TakenEpisodeError, match="with another id"):
        PythonEnvironment(house, exclusive=True).reset(episode_id="same")
    assert len(house.journal.find("same").steps) == 1


def test_an_episode_that_is_over_gives_its_id_away(house: Shared) -> None:
    """A new one takes its place, and who still holds the old one cannot write into it."""
    old, late = PythonEnvironment(house), PythonEnvironment(house)
    old.reset(task_id="train-easy-1", episode_id="same")
    late.reset(episode_id="same", resume=True)
    step(old, APPROVE)
    PythonEnvironment(house, exclusive=True).reset(task_id="train-easy-2", episode_id="same")
    with pytest.raises(UnknownEpisodeError, match="another has taken its id"):
        step(late, HINT)
    assert house.journal.find("same").steps == []


def test_two_sessions_share_an_episode(house: Shared) -> None:
    """Who comes second acts on what the first has done."""
    first, second = PythonEnvironment(house), PythonEnvironment(house)
    task_id = defective()
    first.reset(task_id=task_id, episode_id="mine")
    second.reset(episode_id="mine", resume=True)
    assert step(first, finding(task_id)).reward == 0.45
    seen = step(second, finding(task_id))
    assert (seen.reward, seen.past_actions[-1].result) == (-0.03, "duplicate")
    assert step(first, REQUEST).past_actions[-1].step == 3
    assert step(second, HINT).metadata["error"]
    assert first.state.action_history == second.state.action_history


def test_each_step_of_many_clients_is_taken_once(house: Shared) -> None:
    """Sixteen threads step one episode at once, and it has sixteen steps."""
    PythonEnvironment(house).reset(task_id=defective(), episode_id="mine")

    def act(number: int) -> int:
        env = PythonEnvironment(house, exclusive=True)
        env.open("mine")
        return step(env, {"operation": "nothing", "number": number}).past_actions[-1].step

    with ThreadPoolExecutor(8) as threads:
        steps = list(threads.map(act, range(16)))
    assert Counter(steps) == Counter(range(1, 17))
    assert len(house.journal.find("mine").steps) == 16


def test_the_sandbox_is_waited_for_elsewhere(house: Shared, pretended: Pretended) -> None:
    """While a patch runs, its event loop serves others; a finding needs no sandbox."""
    task_id = defective()
    pretended.may_end.clear()

    async def play() -> list[int]:
        slow, quick = PythonEnvironment(house), PythonEnvironment(house)
        await slow.reset_async(task_id=task_id)
        await quick.reset_async(task_id=task_id)
        waiting = asyncio.create_task(
            slow.step_async(ReceivedAction.model_validate(patch(task_id)))
        )
        while not pretended.begun.is_set():
            await asyncio.sleep(0.01)
        await quick.step_async(ReceivedAction.model_validate(finding(task_id)))
        assert not waiting.done()
        pretended.may_end.set()
        return [len((await waiting).past_actions), quick.state.step_count]

    assert asyncio.run(play()) == [1, 1]


@pytest.mark.parametrize("leave", ["reset", "close"])
def test_a_session_may_be_left_while_it_steps(
    house: Shared, pretended: Pretended, leave: str
) -> None:
    """The step is taken in its own episode, and the new one knows nothing of it."""
    task_id = defective()
    pretended.may_end.clear()

    async def play() -> None:
        env = PythonEnvironment(house)
        await env.reset_async(task_id=task_id, episode_id="old")
        waiting = asyncio.create_task(env.step_async(ReceivedAction.model_validate(patch(task_id))))
        while not pretended.begun.is_set():
            await asyncio.sleep(0.01)
        if leave == "reset":
            await env.reset_async(task_id="train-easy-1", episode_id="new")
        else:
            env.close()
        pretended.may_end.set()
        seen = await waiting
        assert (seen.task_id, len(seen.past_actions)) == (task_id, 1)
        assert env.state.step_count == 0
        assert env.rubric is not None
        assert env.rubric.last_score is None

    asyncio.run(play())
    assert len(house.journal.find("old").steps) == 1


def test_two_steps_of_one_session_at_once(house: Shared, pretended: Pretended) -> None:
    """Each is taken, one after the other."""
    task_id = defective()
    pretended.may_end.clear()

    async def play() -> int:
        env = PythonEnvironment(house)
        await env.reset_async(task_id=task_id, episode_id="mine")
        action = ReceivedAction.model_validate(patch(task_id))
        waiting = [asyncio.create_task(env.step_async(action)) for _ in range(2)]
        while not pretended.begun.is_set():
            await asyncio.sleep(0.01)
        await env.step_async(ReceivedAction.model_validate(HINT))
        pretended.may_end.set()
        await asyncio.gather(*waiting)
        return len(env.state.action_history)

    assert asyncio.run(play()) == 3
    assert len(house.journal.find("mine").steps) == 3


def test_a_failing_sandbox_costs_nothing(house: Shared, pretended: Pretended) -> None:
    """The step is an error, nothing is spent, and the action may be sent again."""
    env, task_id = PythonEnvironment(house), defective()
    env.reset(task_id=task_id, episode_id="mine")
    pretended.fails = True
    with pytest.raises(NotRunError, match="nothing is spent; send it again"):
        step(env, patch(task_id))
    assert (env.state.step_count, house.journal.find("mine").steps) == (0, [])
    pretended.fails = False
    assert step(env, patch(task_id)).left["patches"] == 2


def test_resuming_runs_nothing(house: Shared, pretended: Pretended) -> None:
    """What running code showed is in the journal."""
    env, task_id = PythonEnvironment(house), defective()
    env.reset(task_id=task_id, episode_id="mine")
    step(env, finding(task_id))
    seen = step(env, patch(task_id))
    runs = pretended.runs
    again = PythonEnvironment(house)
    resumed = again.reset(episode_id="mine", resume=True)
    assert (resumed.past_actions, resumed.left) == (seen.past_actions, seen.left)
    assert (again.state, pretended.runs) == (env.state, runs)


def test_an_episode_of_another_version_is_not_gone_on_with(
    house: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its points could be others than those that were told."""
    PythonEnvironment(house).reset(task_id="train-easy-1", episode_id="mine")
    monkeypatch.setattr("python_env.server.episode.VERSION", "9.9.9")
    with pytest.raises(LookupError, match="another version of its task"):
        PythonEnvironment(house).reset(episode_id="mine", resume=True)


def test_an_action_is_shown_strictly_and_taken_as_it_comes() -> None:
    """The schema is that of the strict model, and the fields have the same names."""
    assert ReceivedAction.model_json_schema() == PythonReviewAction.model_json_schema()
    assert ReceivedAction.model_fields.keys() == PythonReviewAction.model_fields.keys()


def test_threads_and_loops_give_the_same(house: Shared) -> None:
    """A session that is stepped without a loop sees what one on a loop sees."""
    actions = [finding(defective()), HINT, {}, patch(defective()), REQUEST]
    alone = PythonEnvironment(house)
    alone.reset(task_id=defective(), episode_id="a")
    told = [step(alone, action) for action in actions]

    async def play() -> list[PythonReviewObservation]:
        env = PythonEnvironment(house)
        await env.reset_async(task_id=defective(), episode_id="b")
        return [await env.step_async(ReceivedAction.model_validate(action)) for action in actions]

    assert asyncio.run(play()) == told
