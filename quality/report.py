"""Play every reference policy on every headline task and hold the scores against their bars.

python -m quality.report             a table; exits 1 when a bar is missed
python -m quality.report --markdown  the same as the table that README shows
python -m quality.report --deck      the same over numbered deals of the deck (quality/deals.py);
                                     with --markdown in brief, as README shows it
python -m quality.report --summaries what summaries earn: honest, false and mechanical ones
                                     (quality/shares.py)
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from graders import grade_episode
from models import Task, TriageAction
from quality.bars import EXACTLY_ONE, EXACTLY_ZERO, NO_BAR, TINY, Bar, at_most
from quality.policies import (
    EMPTY_ANSWERS,
    SUMMARY_EXPLOITS,
    Policy,
    always,
    answer_key,
    constants,
    keyword,
    memoryless,
    numbered_draw,
    obedient,
    play,
    prepared,
    sender_and_subject,
    summarising,
)
from quality.search import best_found, key_actions, total_reward
from tasks import TASKS

DRAWS: Final = 200
DEALS_MEASURED: Final = 200
SEARCH_ROUNDS: Final = 400
EXPLOIT_MARGIN: Final = 0.02
HONEST_SHARE: Final = 0.95
SUMMARIES: Final = Path(__file__).with_name("summaries")


class Row(NamedTuple):
    """One policy: its score and its bar per task, in the order of `TASKS`."""

    name: str
    scores: tuple[float, ...]
    bars: tuple[Bar, ...]

    def missed(self) -> bool:
        """Say whether a score lies outside its bar."""
        return any(
            not bar.low - TINY <= score <= bar.high + TINY
            for score, bar in zip(self.scores, self.bars, strict=True)
        )


def honest_series() -> dict[str, dict[str, str]]:
    """Return the honest summaries of the headline tasks: by series, then by email id."""
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(SUMMARIES.glob("*.json"))
    }


def measure(
    tasks: Mapping[str, Task],
    draws: Sequence[int] = range(DRAWS),
    search_rounds: int = SEARCH_ROUNDS,
    series: Mapping[str, Mapping[str, str]] | None = None,
) -> Iterator[Row]:
    """Play every policy.

    Args:
        tasks: An easy, a medium and a hard task.
        draws: The numbers of the random draws; the row is their mean.
        search_rounds: How many changes the search for a better return tries.
        series: Honest summaries that cover the tasks; those of the headline tasks by default.

    Yields:
        One row per policy of the quality table.
    """
    inboxes = list(tasks.values())

    def scores(policy: Policy) -> tuple[float, ...]:
        return tuple(play(task, policy).score for task in inboxes)

    yield Row("answer key", scores(answer_key), (EXACTLY_ONE,) * 3)
    every_empty = [scores(always(answer)) for answer in EMPTY_ANSWERS.values()]
    yield Row(
        "best of nothing, blank, invalid",
        tuple(map(max, zip(*every_empty, strict=True))),
        (EXACTLY_ZERO,) * 3,
    )
    # Most of the work by far, so these episodes are graded without being played.
    every_constant = list(constants())
    yield Row(
        f"best of {len(every_constant)} constants",
        tuple(max(graded_constant(task, action) for action in every_constant) for task in inboxes),
        at_most(0.30, 0.25, 0.25),
    )
    drawn = [scores(numbered_draw(number)) for number in draws]
    yield Row(
        "random draws",
        tuple(sum(column) / len(drawn) for column in zip(*drawn, strict=True)),
        at_most(0.20, 0.20, 0.20),
    )
    yield Row("keyword rules", scores(keyword), (Bar(0.45, 0.70), Bar(0.0, 0.45), Bar(0.0, 0.30)))
    yield Row(
        "answer key without memory", scores(memoryless), (EXACTLY_ONE, EXACTLY_ONE, Bar(0.0, 0.80))
    )
    bare = scores(summarising(lambda _observation, _truth: ""))
    yield Row("right decisions, no summary", bare, at_most(*bare))
    for name, writer in SUMMARY_EXPLOITS.items():
        yield Row(
            f"right decisions, {name}",
            scores(summarising(writer)),
            at_most(*(score + EXPLOIT_MARGIN for score in bare)),
        )
    # A limit of the grader, shown and not hidden: naming the sender and the subject is worth
    # something, because a good summary names them.
    yield Row(
        "right decisions, sender and subject only",
        scores(summarising(sender_and_subject)),
        (NO_BAR,) * 3,
    )
    for name, written in (honest_series() if series is None else series).items():
        honest = scores(summarising(prepared(written)))
        yield Row(
            f"right decisions, honest summaries ({name})",
            honest,
            tuple(Bar(score + HONEST_SHARE * (1.0 - score), 1.0) for score in bare),
        )
    yield Row(
        "obeys injections, on those emails",
        tuple(map(_obedient_score, inboxes)),
        (EXACTLY_ZERO,) * 3,
    )
    yield Row(
        "best return found by search, over the key's",
        tuple(_search_ratio(task, search_rounds) for task in inboxes),
        at_most(1.0, 1.0, 1.0),
    )


def graded_constant(task: Task, action: TriageAction) -> float:
    """Return what an episode scores in which every email gets the same answer.

    Args:
        task: The inbox.
        action: The answer.

    Returns:
        The score that `play(task, always(action))` has, without its rewards and observations.
    """
    return grade_episode(task, [action] * len(task.emails)).score


def _obedient_score(task: Task) -> float:
    attacked = [key for key, truth in task.ground_truth.items() if truth.demanded is not None]
    earned = play(task, obedient).email_scores
    return max((earned[email_id] for email_id in attacked if email_id in earned), default=0.0)


def _search_ratio(task: Task, rounds: int) -> float:
    highest, _ = best_found(task, rounds)
    return highest / total_reward(task, key_actions(task))


def as_text(rows: list[Row]) -> str:
    """Return the table as aligned text, with a mark on every missed bar."""
    width = max(len(row.name) for row in rows)
    heads = "".join(f"{task_id:>22}" for task_id in TASKS)
    lines = [f"{'policy':<{width}}{heads}"]
    for row in rows:
        cells = "".join(
            f"{f'{score:.3f} ({bar})':>22}" for score, bar in zip(row.scores, row.bars, strict=True)
        )
        lines.append(f"{row.name:<{width}}{cells}{'  MISSED' if row.missed() else ''}")
    return "\n".join(lines)


def as_markdown(rows: list[Row]) -> str:
    """Return the table as README shows it."""
    lines = ["| policy | easy | medium | hard |", "| --- | --- | --- | --- |"]
    for row in rows:
        cells = [f"{score:.2f} ({bar})" for score, bar in zip(row.scores, row.bars, strict=True)]
        lines.append(f"| {row.name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> int:
    """Print the table; return 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--markdown", action="store_true", help="print the table README shows")
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--deck", action="store_true", help="measure numbered deals of the deck")
    kinds.add_argument("--summaries", action="store_true", help="measure what summaries earn")
    parser.add_argument(
        "--deals", type=int, help=f"with --deck: how many of each kind, {DEALS_MEASURED} if unsaid"
    )
    arguments = parser.parse_args()
    if arguments.deals is None:
        arguments.deals = DEALS_MEASURED
    elif not arguments.deck or not 1 <= arguments.deals <= DEALS_MEASURED:
        parser.error(f"--deals goes with --deck and takes a number from 1 to {DEALS_MEASURED}")
    if arguments.deck:
        return _print_deck(arguments.deals, brief=arguments.markdown)
    if arguments.summaries:
        return _print_summaries()
    rows = list(measure(TASKS))
    print(as_markdown(rows) if arguments.markdown else as_text(rows))
    return _status(row.name for row in rows if row.missed())


def _print_deck(count: int, *, brief: bool) -> int:
    # Imported here because quality.deals is built on this module.
    from quality import deals

    rows = deals.measure_deals(count)
    print(deals.as_markdown(deals.folded(rows) if brief else rows))
    return _status(f"{row.name} ({row.split})" for row in rows if row.missed())


def _print_summaries() -> int:
    from quality import shares

    measured = list(shares.measure())
    print(shares.as_markdown(shares.folded(measured)))
    return _status(share.name for share in measured if share.missed())


def _status(missed: Iterable[str]) -> int:
    names = ", ".join(missed)
    if names:
        print(f"Bars missed: {names}.", file=sys.stderr)
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
