"""The figures of an evaluation as a text to read."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from tools.episodes.players import FAILURES
from tools.evaluation.figures import ALL
from tools.evaluation.findings import Row

# From here on replies that were no decision are what a score is made of, too.
MANY_FAILURES: Final = 0.05
NAME_WIDTH: Final = 32
CELL_WIDTH: Final = 16


def table(result: Mapping[str, Any], rows: Sequence[Row]) -> str:
    """Write the figures as a text.

    Args:
        result: What `tools.evaluation.results` made.
        rows: What the environment wants shown of its own figures.

    Returns:
        One column per difficulty, and a warning where many replies were no decision.
    """
    levels = result["levels"]
    policy = ":".join(filter(None, (result["policy"], result["model"])))
    lines = [f"{policy} on {result['split']}, {result['repeats']} trial(s) a task", ""]
    lines.append(_line("", list(levels)))
    for name, path in (*_first_rows(levels[ALL]), *rows, *_last_rows(levels[ALL])):
        lines.append(_line(name, [_cell(_at(level, path)) for level in levels.values()]))
    for power in range(1, result["repeats"] + 1):
        cells = [_cell(level["pass"][power - 1]) for level in levels.values()]
        lines.append(_line(f"pass^{power} (score >= {result['pass_score']:g})", cells))
    return "\n".join([*lines, *_warnings(levels[ALL]["replies"])])


def _first_rows(level: Mapping[str, Any]) -> Iterator[Row]:
    clusters = [name for name in level["score"] if name != "mean"]
    yield from (Row(name, (name,)) for name in clusters)
    yield Row("score", ("score", "mean"))
    yield from (Row(f"  95 % over {name}", ("score", name)) for name in clusters)


def _last_rows(level: Mapping[str, Any]) -> Iterator[Row]:
    yield Row("steps", ("replies", "steps"))
    yield from (Row(f"  {name} replies", ("replies", name)) for name in FAILURES)
    yield from (Row(f"tokens, {name}", ("tokens", name)) for name in level["tokens"])


def _warnings(replies: Mapping[str, int]) -> Iterator[str]:
    counts = {name: replies[name] for name in FAILURES if replies[name]}
    failed, steps = sum(counts.values()), replies["steps"]
    if failed > MANY_FAILURES * steps:
        told = ", ".join(f"{count} {name}" for name, count in counts.items())
        yield ""
        yield (
            f"Warning: {failed} of {steps} steps were no decision ({told}); each costs the score. "
            f"See raw_reply in the transcripts; for replies that are cut off raise --max-tokens."
        )


def _at(level: Any, path: Sequence[str]) -> Any:  # noqa: ANN401 # figures of several kinds
    for name in path:
        level = level.get(name)
    return level


def _cell(figure: list[float] | float | None) -> str:
    if figure is None:
        return "-"
    if isinstance(figure, list):
        return f"{figure[0]:.3f}..{figure[1]:.3f}"
    return str(figure) if isinstance(figure, int) else f"{figure:.3f}"


def _line(name: str, cells: Sequence[str]) -> str:
    return f"{name:<{NAME_WIDTH}}{''.join(f'{cell:>{CELL_WIDTH}}' for cell in cells)}".rstrip()
