"""The server: `python -m toy_env.server`."""

import os
from typing import Any
from uuid import uuid4

import uvicorn
from fastapi import HTTPException
from openenv.core.env_server.http_server import create_app
from openenv.core.env_server.interfaces import Environment
from openenv.core.env_server.types import Action, ConcurrencyConfig, EnvironmentMetadata
from openenv.core.rubrics import Rubric
from pydantic import BaseModel, ConfigDict

from toy_env.client import ToyObservation, ToyState
from toy_env.game import LEAVES, SPLITS, Game, Told, difficulty_of, split_sizes, task_id_at

NAME = "toy"
VERSION = "0.1.0"
RULES = 'Send {"operation": "hint"} or {"operation": "guess", "number": N}.'


class ToyAction(Action):
    """Whatever was sent."""

    model_config = ConfigDict(extra="allow")


class Range(BaseModel):
    """Between which numbers advice is wanted."""

    low: int
    high: int


class Leaf(Rubric):
    """One part of the reward."""

    def forward(self, _action: object, _observation: object) -> float:
        """Return nothing: the game pays."""
        return 0.0


class ToyRubric(Rubric):
    """The reward by its parts: `found`, `misses`, `hints`."""

    def __init__(self) -> None:
        """Name the parts."""
        super().__init__()
        for name in LEAVES:
            setattr(self, name, Leaf())

    def forward(self, _action: object, _observation: object) -> float:
        """Return nothing: the game pays."""
        return 0.0


class ToyEnvironment(Environment[ToyAction, ToyObservation, ToyState]):
    """One session."""

    SUPPORTS_CONCURRENT_SESSIONS = True

    def __init__(self) -> None:
        """Begin with the first game."""
        super().__init__(rubric=ToyRubric())
        self._game, self._episode_id = Game("train-easy-0"), ""

    def reset(
        self,
        seed: int | None = None,
        episode_id: str | None = None,
        **choice: Any,  # noqa: ANN401
    ) -> ToyObservation:
        """Begin a game."""
        split = choice.pop("split", "train")
        index = choice.pop("index", (seed or 0) % SPLITS.get(split, 1))
        found = task_id_at(split, index, choice.pop("difficulty", "mixed"))
        self._game = Game(choice.pop("task_id", found))
        self._episode_id = episode_id or str(uuid4())
        if choice:
            raise ValueError(f"Unknown: {sorted(choice)!s:.60}.")
        task_id = self._game.task_id
        brief = {"task_id": task_id, "difficulty": difficulty_of(task_id), "rules": RULES}
        return self._seen(None, brief)

    def step(self, action: ToyAction, *_more: Any, **_options: Any) -> ToyObservation:  # noqa: ANN401
        """Act."""
        told = self.told(action.model_dump(exclude_unset=True, exclude={"metadata"}))
        metadata: dict[str, Any] = {"rubric": told.parts}
        metadata |= {"error": told.error} if told.error else {"words": told.words}
        if self._game.done():
            metadata["episode_score"] = self._game.score()
        return self._seen(sum(told.parts.values()), metadata)

    def told(self, action: dict[str, Any]) -> Told:
        """Let the game take an action."""
        return self._game.act(action)

    def _seen(self, reward: float | None, metadata: dict[str, Any]) -> ToyObservation:
        game = self._game
        return ToyObservation(
            task_id=game.task_id, low=game.low, high=game.high, done=game.done(), reward=reward,
            metadata=metadata,
        )  # fmt: skip

    @property
    def state(self) -> ToyState:
        """The game so far."""
        game = self._game
        return ToyState(
            episode_id=self._episode_id, step_count=len(game.actions), task_id=game.task_id,
            done=game.done(), action_history=game.actions, reward_history=game.rewards,
            episode_score=game.score(),
        )  # fmt: skip

    def get_metadata(self) -> EnvironmentMetadata:
        """Say what this is."""
        return EnvironmentMetadata(name=NAME, description=RULES, version=VERSION)

    def list_splits(self) -> list[dict[str, str]]:
        """Return the splits."""
        return [{"name": name, "type": name} for name in split_sizes()]

    def num_tasks(self, split: str) -> int:
        """Count the games of a split."""
        if split not in SPLITS:
            raise IndexError(f"There is no split {split!r:.60}.")
        return SPLITS[split]

    def get_task(self, split: str, index: int) -> dict[str, Any]:
        """Return one game of a split."""
        return {"task_id": task_id_at(split, index), "split": split, "index": index}

    def list_tasks(self, split: str) -> list[dict[str, Any]]:
        """Return the games of a split."""
        return self.get_task_range(split)

    def get_task_range(
        self, split: str, start: int | None = None, stop: int | None = None
    ) -> list[dict[str, Any]]:
        """Return some games of a split."""
        return [self.get_task(split, i) for i in range(self.num_tasks(split))[start:stop]]


app = create_app(
    ToyEnvironment, ToyAction, ToyObservation, env_name=NAME, state_cls=ToyState,
    concurrency_config=ConcurrencyConfig(max_concurrent_envs=32, session_timeout=600.0),
)  # fmt: skip


@app.post("/advise")  # type: ignore[untyped-decorator]
def advise(asked: Range) -> dict[str, int]:
    """Advise a guess; a route of its own, which needs a body of its own."""
    if asked.low > asked.high:
        raise HTTPException(400, "nothing lies between these")
    return {"number": (asked.low + asked.high) // 2}


if __name__ == "__main__":
    uvicorn.run(app, host=os.environ["HOST"], port=int(os.environ["PORT"]), ws_max_size=1 << 20)
