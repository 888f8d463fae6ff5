"""What a run of vf-eval amounts to: means with their intervals, and what failed.

    python -m adapters.verifiers_report outputs/RUN

Reads the run's `traces.jsonl`. An episode that ended in an error has no score and is in no mean.
"""

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from adapters.intervals import interval

TRACES: Final = "traces.jsonl"
SCORE: Final = "episode_score"
MAX_ERROR_LENGTH: Final = 300


class Run(NamedTuple):
    """The episodes of a run.

    Attributes:
        scored: The task of each episode with a score, and its numbers by name.
        errors: What went wrong in the others, and how often.
    """

    scored: list[tuple[str, dict[str, float]]]
    errors: Counter[str]


def read(folder: Path) -> Run:
    """Read a run.

    Args:
        folder: Where vf-eval has written it.

    Returns:
        Its episodes.

    Raises:
        OSError: If it holds no traces.
    """
    run = Run([], Counter())
    for line in (folder / TRACES).read_text(encoding="utf-8").splitlines():
        try:
            episode = json.loads(line)
        except ValueError:
            run.errors["a line that was cut off, as when a run is killed"] += 1
            continue
        traces = episode["traces"]
        if episode["ok"] and traces and SCORE in traces[-1]["rewards"]:
            score = traces[-1]["rewards"][SCORE]["score"]
            numbers = {SCORE: score, **traces[-1]["metrics"]}
            run.scored.append((episode["task"]["data"]["name"], numbers))
        else:
            run.errors[_last_error(episode)] += 1
    return run


def _last_error(episode: dict[str, Any]) -> str:
    lists = [episode["errors"], *(trace["errors"] for trace in episode["traces"])]
    errors = [error for listed in lists for error in listed]
    if not errors:
        return "no score was recorded"
    text = f"{errors[-1]['type']}: {' '.join(errors[-1]['message'].split())}"
    return text[:MAX_ERROR_LENGTH]


def lines(run: Run) -> Iterator[str]:
    """Yield the lines of the report."""
    tasks = {task for task, _ in run.scored}
    lost = run.errors.total()
    yield f"{len(tasks)} tasks, {len(run.scored)} episodes, {lost} more without a score"
    if run.scored:
        yield f"{'':<17}{'mean':>7}   95 % interval over tasks"
    # Not every episode has each number: a task with a defect has no score of a clean one.
    for name in dict.fromkeys(name for _, numbers in run.scored for name in numbers):
        values = [(task, numbers[name]) for task, numbers in run.scored if name in numbers]
        mean = sum(value for _, value in values) / len(values)
        lower, upper = interval(values)
        yield f"{name:<17}{mean:>7.3f}   {lower:.3f} to {upper:.3f}"
    for error, count in run.errors.most_common():
        yield f"{count} x {error}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report; the exit status is 1 if there is no score at all."""
    parser = ArgumentParser(prog="python -m adapters.verifiers_report", description=__doc__)
    parser.add_argument("folder", type=Path, help="the run, such as outputs/RUN")
    folder: Path = parser.parse_args(arguments).folder
    try:
        run = read(folder)
    except OSError as error:
        parser.error(f"{folder} holds no run of vf-eval ({error.strerror}); name its folder")
    sys.stdout.writelines(f"{line}\n" for line in lines(run))
    return 0 if run.scored else 1


if __name__ == "__main__":
    sys.exit(main())
