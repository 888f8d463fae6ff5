"""The toy environment as the tools see it."""

import random
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tools.episodes.playing import Episode
from tools.evaluation.findings import Item, Row
from tools.subject import Bench, Decide, Fields, Files, Policy, PolicyError, Subject
from toy_env import client, game
from toy_env.server import NAME, VERSION, ToyRubric

HINT = {"operation": "hint"}
INVALID: list[dict[str, Any]] = [{}, {"operation": "guess"}, {"operation": "guess", "number": "7"}]


class Secrets:
    """The answers to some games."""

    def __init__(self, task_ids: Sequence[str]) -> None:
        """Learn them."""
        self._secrets = {task_id: str(game.secret_of(task_id)) for task_id in task_ids}

    def __len__(self) -> int:
        """Count them."""
        return len(self._secrets)

    def found_in(self, text: str, task_id: str | None = None, /) -> str | None:
        """Look for the answer to a game, or for all."""
        secrets = self._secrets.values() if task_id is None else [self._secrets.get(task_id, "-")]
        return next((f"the number {secret}" for secret in secrets if secret in text), None)


def guess(number: int) -> dict[str, Any]:
    """Return a guess."""
    return {"operation": "guess", "number": number}


def always(action: Mapping[str, Any]) -> Decide:
    """Do the same at each step."""
    return lambda _brief, _observation: action


def constantly(action: Mapping[str, Any]) -> Policy:
    """Do the same at each step of every game."""
    return lambda _task_id, _number: always(action)


def oracle(task_id: str, _number: int) -> Decide:
    """Know the number."""
    return always(guess(game.secret_of(task_id)))


def halving(_task_id: str, _number: int) -> Decide:
    """Guess the middle."""
    return lambda _brief, seen: guess((seen.low + seen.high) // 2)


def erratic(task_id: str, number: int) -> Decide:
    """Do anything."""
    draw = random.Random(number)  # noqa: S311 # a numbered draw, not a secret
    kinds = [HINT, guess(7), guess(10**7), guess(game.secret_of(task_id)), *INVALID]
    return lambda _brief, _observation: draw.choice(kinds)


def recorded(
    _task_id: str, actions: Sequence[Mapping[str, Any]], _told: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return what the state must hold."""
    return {"action_history": [None if action in INVALID else action for action in actions]}


def odd(task_id: str, seen: Mapping[str, Any], _told: Mapping[str, Any]) -> Iterator[str]:
    """Say where the answer is not in what is shown."""
    if not seen["low"] <= game.secret_of(task_id) <= seen["high"]:
        yield "the answer is not where it is said to be"


def policy_from(name: str) -> Any:  # noqa: ANN401 # never returns
    """Know no policy with an argument."""
    raise PolicyError(f"Unknown policy {name!r}.")


class Found:
    """What there is to know of some games: that each is one item, and like no other."""

    clusters: Mapping[str, Callable[[str], Hashable]] = {"games": str}
    kinds = "games"

    def items(self, episode: Episode) -> dict[str, Item]:
        """Return the one item of a game."""
        parts = {leaf: sum(step.parts[leaf] for step in episode.steps) for leaf in game.LEAVES}
        return {"game": Item(episode.task_id, episode.score, parts)}

    def shares(self, _estimates: object) -> dict[str, Any]:
        """Know of no most that a leaf can pay."""
        return {}

    def figures(self, episodes: Sequence[Episode]) -> dict[str, Any]:
        """Count the guesses."""
        return {"guesses": sum(len(episode.steps) for episode in episodes)}


SUBJECT = Subject(
    name=NAME,
    environment=NAME,
    version=VERSION,
    root=Path(__file__).parents[1],
    app="toy_env.server",
    client=client.ToyClient,
    observation=client.ToyObservation,
    prompt=client,
    splits=game,
    max_steps=game.MAX_STEPS,
    policies={"halving": halving, "oracle": oracle},
    policy_from=policy_from,
    knowing=frozenset({"oracle"}),
    drawing=frozenset(),
    examine=lambda _url, _trials, _sessions, _told: Found(),
    rows=(Row("guesses", ("guesses",)),),
    pass_score=1.0,
    files=Files(
        dockerfile="Dockerfile",
        requirements="requirements.txt",
        sbom="sbom.json",
        plan="plan.json",
        canaries="canaries.json",
        digests="digests.json",
        explaining=("toy_env/server.py",),
    ),
    bench=Bench(
        oracle=oracle,
        erratic=erratic,
        probing=(
            lambda _task_id, _number: always(HINT),
            lambda _task_id, _number: always(guess(7)),
        ),
        plain=guess(7),
        invalid=INVALID,
        oversize=lambda size: {"operation": "guess", "number": "7" * size},
        canary=lambda name, _task_id: [always(guess(7))] if name == "seven" else [],
        leaks=Secrets,
        replay=game.replayed,
        recorded=recorded,
        odd_reset=odd,
        odd_step=odd,
        fields=Fields(
            task=frozenset({"task_id", "split", "index"}),
            observation=frozenset({"task_id", "low", "high"}),
            brief=frozenset({"task_id", "difficulty", "rules"}),
            graded=frozenset({"rubric", "words"}),
            refused=frozenset({"rubric", "error"}),
            state=frozenset({"episode_id", "step_count", *client.ToyState.model_fields}),
        ),
        leaves=game.LEAVES,
        rubric=ToyRubric,
        measured=game.measured,
        regrade="toy_env.game",
        bodies={"/advise": [{"low": 1, "high": 9}]},
    ),
)
