"""Which difficulty is trained on: easy first, the next one when the reward allows.

Its state is a function of the rewards that were logged, so a run that goes on after a kill
repeats them and is where it was.
"""

from collections import deque
from collections.abc import Iterable
from typing import Final

DIFFICULTIES: Final = ("easy", "medium", "hard")
UNLOCK_REWARD: Final = 0.30
# One lucky step is not a running mean.
WINDOW: Final = 10


class Curriculum:
    """The unlocked difficulties and the running mean that unlocks the next."""

    def __init__(self, threshold: float = UNLOCK_REWARD, window: int = WINDOW) -> None:
        """Begin with the first difficulty.

        Args:
            threshold: The mean reward that must be passed.
            window: Over how many logged steps the mean runs.
        """
        self._threshold = threshold
        self._recent: deque[float] = deque(maxlen=window)
        self.unlocked: tuple[str, ...] = DIFFICULTIES[:1]

    def observe(self, rewards: Iterable[float]) -> None:
        """Take the mean rewards of steps, and unlock when they allow it.

        Args:
            rewards: One for each step, in order; those of a resumed run again first.
        """
        for reward in rewards:
            self._recent.append(reward)
            full = len(self._recent) == self._recent.maxlen
            if full and sum(self._recent) / len(self._recent) > self._threshold:
                self.unlocked = DIFFICULTIES[: len(self.unlocked) + 1]
                # What was earned on easier mail must not unlock two at once.
                self._recent.clear()

    def difficulty_of(self, index: int) -> str:
        """Choose among the unlocked difficulties, each in its turn.

        Args:
            index: The number of the inbox.

        Returns:
            The same for the same number until more is unlocked.
        """
        return self.unlocked[index % len(self.unlocked)]
