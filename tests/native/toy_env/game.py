"""The rules of the game, and which games there are; nothing of a server."""

import json
import sys
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

MAX_STEPS = 6
MISS = -0.15
HINT = -0.2
SIZES = {"easy": 9_000, "hard": 900_000}
SPLITS = {"train": 24, "test": 12}
DIFFICULTIES = (*SIZES, "mixed")
MIXED = "mixed"
LEAVES = ("found", "misses", "hints")


class UnknownGameError(IndexError):
    """There is no such game."""


class Told(NamedTuple):
    """What a step is answered with: the reward by leaf, and words, or what was wrong."""

    parts: dict[str, float]
    words: str = ""
    error: str = ""


class Game:
    """One game so far."""

    def __init__(self, task_id: str) -> None:
        """Begin the game of that id."""
        self.task_id = task_id
        self.low, self.high = 1, SIZES[difficulty_of(task_id)] * 2
        self.actions: list[dict[str, Any] | None] = []
        self.rewards: list[float] = []
        self.found = False

    def done(self) -> bool:
        """Return whether it is over."""
        return self.found or len(self.actions) >= MAX_STEPS

    def score(self) -> float:
        """Return what it is worth so far."""
        return max(0.0, round(sum(self.rewards), 4)) if self.found else 0.0

    def act(self, action: Mapping[str, Any]) -> Told:
        """Take an action, whatever it is."""
        parts = dict.fromkeys(LEAVES, 0.0)
        if self.done():
            return Told(parts, error="the game is over")
        match dict(action):
            case {"operation": "hint", **rest} if not rest:
                parts["hints"], words = (
                    HINT,
                    f"it is {'even' if self._secret() % 2 == 0 else 'odd'}",
                )
            case {"operation": "guess", "number": int() as number, **rest} if not rest:
                words = self._guessed(number)
                parts["found" if self.found else "misses"] = 1.0 if self.found else MISS
            case _:
                self._keep(None, 0.0)
                return Told(parts, error="send a hint, or a guess with a whole number")
        self._keep(dict(action), sum(parts.values()))
        return Told(parts, words)

    def _guessed(self, number: int) -> str:
        self.found = number == self._secret()
        if number < self._secret():
            self.low = max(self.low, number + 1)
            return "it is higher"
        if number > self._secret():
            self.high = min(self.high, number - 1)
            return "it is lower"
        return "that is it"

    def _keep(self, action: dict[str, Any] | None, reward: float) -> None:
        self.actions.append(action)
        self.rewards.append(reward)

    def _secret(self) -> int:
        return secret_of(self.task_id)


def secret_of(task_id: str) -> int:
    """Return the answer."""
    size = SIZES[difficulty_of(task_id)]
    return size // 9 + int(sha256(task_id.encode()).hexdigest(), 16) % size


def difficulty_of(task_id: str) -> str:
    """Return how difficult a game is; `UnknownGameError` if there is none of that id."""
    split, _, rest = task_id.partition("-")
    difficulty, _, number = rest.partition("-")
    if split not in SPLITS or difficulty not in SIZES or not number.isdecimal():
        raise UnknownGameError(f"There is no game {task_id!r:.60}.")
    return difficulty


def split_sizes() -> dict[str, int]:
    """Return how many games each split has."""
    return dict(SPLITS)


def task_id_at(split: str, index: int, difficulty: str = MIXED) -> str:
    """Return the id of a game; `UnknownGameError` if there is none of that number."""
    kinds = tuple(SIZES) if difficulty == MIXED else (difficulty,)
    size = SPLITS.get(split, 0) * len(kinds) // len(SIZES)
    if not 0 <= index < size:
        raise UnknownGameError(f"There is no number {index} in {split!r:.60}.")
    return f"{split}-{kinds[index % len(kinds)]}-{index // len(kinds)}"


def replayed(task_id: str, actions: Sequence[Mapping[str, Any]]) -> list[float]:
    """Return the rewards of some actions."""
    game = Game(task_id)
    for action in actions:
        game.act(action)
    return game.rewards


def measured() -> dict[str, str]:
    """Return a digest of all answers."""
    ids = [task_id_at(split, i) for split, size in SPLITS.items() for i in range(size)]
    secrets = json.dumps({task_id: secret_of(task_id) for task_id in ids})
    return {"games": sha256(secrets.encode()).hexdigest()}


def main() -> None:
    """Grade a batch, and print what came out."""
    guesses = [{"operation": "guess", "number": number} for number in range(1, 5_000, 999)]
    grades = [replayed(task_id_at("test", i), guesses) for i in range(SPLITS["test"])]
    digest = sha256(json.dumps(grades).encode()).hexdigest()
    report = {"digest": digest, "grades": len(grades), "python": sys.version.split()[0]}
    sys.stdout.write(json.dumps(report))


if __name__ == "__main__":
    main()
