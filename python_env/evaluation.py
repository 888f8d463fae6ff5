"""What an evaluation and a collection tell of reviews, from the client's side alone.

Which tasks have no defect a client can find out by playing: approving at once earns all there.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final, NamedTuple

from python_env.client import PythonEnv
from python_env.models import PythonReviewObservation
from tools.episodes.playing import SESSIONS, Answer, Episode, Step, play_all
from tools.evaluation.findings import Estimating, Item, Row

# A review that names, mends and shows most of what there is.
PASS_SCORE: Final = 0.8
DIGITS: Final = 4
CLEAN_SCORE: Final = 1.0
APPROVE: Final[Mapping[str, Any]] = {"operation": "finalize", "verdict": "approve"}
ROWS: Final = (
    Row("tasks with a defect", ("reviews", "defective")),
    Row("score with a defect", ("reviews", "score_with_defect")),
    Row("tasks without one", ("reviews", "clean")),
    Row("of them approved unharmed", ("reviews", "clean_approved")),
    Row("findings matched, per task", ("reviews", "matched")),
    Row("findings false, per task", ("reviews", "false")),
    Row("hints, per task", ("reviews", "hints")),
    Row("patches, per task", ("reviews", "patches")),
    Row("episodes with a verdict", ("reviews", "finalized")),
)


class ReviewFindings(NamedTuple):
    """What playing has shown of some tasks.

    Attributes:
        clean: The ids of the tasks without a defect.
        shapes: By task, what it has in common with tasks that are dealt of the same code.
    """

    clean: frozenset[str]
    shapes: Mapping[str, str]

    @property
    def clusters(self) -> Mapping[str, Callable[[str], Hashable]]:
        """Tasks, and those that are dealt of the same module."""
        return {"tasks": str, "modules": lambda task_id: self.shapes[task_id]}

    @property
    def kinds(self) -> str:
        """Tasks are of shapes of code."""
        return "shapes"

    def items(self, episode: Episode) -> dict[str, Item]:
        """Return the one item of a task: the module."""
        parts: Counter[str] = Counter()
        for step in episode.steps:
            parts.update(step.parts)
        return {"module": Item(self.shapes[episode.task_id], episode.score, dict(parts))}

    def shares(self, _estimates: Estimating) -> dict[str, Any]:
        """Know of no most that a leaf can pay beside its points."""
        return {}

    def figures(self, episodes: Sequence[Episode]) -> dict[str, Any]:
        """Return what became of findings, hints, patches and clean modules."""
        results = Counter(str(step.info.get("result")) for one in episodes for step in one.steps)
        operations = Counter(
            str(step.answer.action.get("operation")) for one in episodes for step in one.steps
        )
        clean = [one for one in episodes if one.task_id in self.clean]
        scores = [one.score for one in episodes if one.task_id not in self.clean]
        count = len(episodes)
        return {
            "reviews": {
                "defective": len(scores),
                "score_with_defect": _ratio(sum(scores), len(scores)),
                "clean": len(clean),
                "clean_approved": _ratio(
                    sum(one.score >= CLEAN_SCORE for one in clean), len(clean)
                ),
                "matched": _ratio(results["matched"], count),
                "false": _ratio(results["false"] + results["vague"], count),
                "hints": _ratio(operations["request_hint"], count),
                "patches": _ratio(operations["submit_patch"], count),
                "finalized": _ratio(results["finalized"], count),
            }
        }


def examine(
    url: str,
    trials: Sequence[Sequence[Episode]],
    sessions: int = SESSIONS,
    on_episode: Callable[[Episode], None] = lambda _episode: None,
) -> ReviewFindings:
    """Find out which of the tasks that were played have no defect.

    Args:
        url: Where the server runs.
        trials: What was played; each trial holds the same tasks.
        sessions: How many WebSockets are open at once.
        on_episode: Is told of each probing episode.

    Returns:
        The clean tasks, and what tasks have in common.

    Raises:
        ServerError: If the server does not answer.
    """
    task_ids = list(dict.fromkeys(one.task_id for trial in trials for one in trial))
    choices = [{"task_id": task_id} for task_id in task_ids]
    probed = play_all(PythonEnv, url, _approve, choices, sessions, on_episode)
    clean = frozenset(one.task_id for one in probed if one.score >= CLEAN_SCORE)
    return ReviewFindings(clean, {one.task_id: _shape(one.steps[0].observation) for one in probed})


def highlights(episode: Episode) -> dict[str, Any]:
    """Return what a collection of reviews is asked for.

    An attempt is all that is done up to a patch, or to the end.

    Args:
        episode: What was played.

    Returns:
        `attempts`: of each attempt the last step, the score after it and what was matched and
        false in it; `first_attempt`, `second_attempt` and `final_attempt`, their scores (`None`
        if there was no second); `failures`, the steps that were no action or came to nothing;
        `false_positives`, the steps with a false or vague finding; `hints`, the steps with a hint.
    """
    attempts = list(_attempts(episode.steps))
    scores = [attempt["score"] for attempt in attempts]
    return {
        "attempts": attempts,
        "first_attempt": scores[0],
        "second_attempt": scores[1] if len(scores) > 1 else None,
        "final_attempt": scores[-1],
        "failures": _steps(episode, "invalid", "refused", "spent", "nothing"),
        "false_positives": _steps(episode, "false", "vague"),
        "hints": _steps(episode, "hinted", "nothing"),
    }


def _attempts(steps: Sequence[Step]) -> list[dict[str, Any]]:
    attempts: list[dict[str, Any]] = []
    score, results = 0.0, Counter[str]()
    for number, step in enumerate(steps, 1):
        score += step.reward
        results[str(step.info.get("result"))] += 1
        if step.answer.action.get("operation") == "submit_patch" or number == len(steps):
            told = {"step": number, "score": round(score, DIGITS)}
            attempts.append(told | {name: results[name] for name in ("matched", "false")})
            results = Counter()
    return attempts


def _steps(episode: Episode, *results: str) -> list[int]:
    return [i for i, step in enumerate(episode.steps, 1) if step.info.get("result") in results]


def _approve(_brief: Mapping[str, Any], _seen: object, _steps: Sequence[Step]) -> Answer:
    return Answer("", APPROVE)


def _shape(seen: PythonReviewObservation) -> str:
    """Return what deals of one module share whatever their names: what they import."""
    lines = (line.partition(" | ")[2] for line in seen.code.splitlines())
    imports = [line for line in lines if line.startswith(("import ", "from "))]
    return sha256("\n".join(imports).encode()).hexdigest()[:8]


def _ratio(part: float, whole: int) -> float | None:
    return round(part / whole, DIGITS) if whole else None
