"""What a bar is: the closed interval that a measured figure must lie in."""

import math
from typing import Final, NamedTuple

TINY: Final = 1e-9


class Bar(NamedTuple):
    """The closed interval that a score must lie in."""

    low: float
    high: float

    def __str__(self) -> str:
        """Write the bar as the tables do."""
        if self == NO_BAR:
            return "no bar"
        if self.is_exact():
            return f"= {self.low:.2f}"
        if self.low <= 0.0:
            return f"<= {self.high:.2f}"
        return f">= {self.low:.2f}" if self.high >= 1.0 else f"{self.low:.2f}-{self.high:.2f}"

    def holds(self, score: float) -> bool:
        """Say whether a score lies in the interval; its edges belong to it."""
        return self.low - TINY <= score <= self.high + TINY

    def is_exact(self) -> bool:
        """Say whether only one score lies in the interval."""
        return self.low == self.high


EXACTLY_ONE: Final = Bar(1.0, 1.0)
EXACTLY_ZERO: Final = Bar(0.0, 0.0)
NO_BAR: Final = Bar(-math.inf, math.inf)


def at_most(*highs: float) -> tuple[Bar, ...]:
    """Return a bar for each of the highest scores allowed."""
    return tuple(Bar(0.0, high) for high in highs)
