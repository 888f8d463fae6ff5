"""Evaluate any policy on the environment's inboxes, from the client's side alone.

    python -m training.evaluate --policy keyword --env-url http://127.0.0.1:8000 \
        --split test --episodes 60 --json keyword.json

Each mean has up to three 95 % intervals. Over inboxes: other inboxes with the same stories. Over
casts: inboxes with the same set of stories count as one. Over storylines: other stories; it is the
widest, and the one to trust. Knows no answer: what mail is, probing finds out (training/probe.py).
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tqdm import tqdm

from email_triage_env import VERSION, EmailTriageClient
from tools.episodes.playing import SESSIONS, Episode, ServerError, play_all
from tools.subject import PolicyError
from training.metrics import ALL, PASS_SCORE, evaluate
from training.players import FORMS, load
from training.probe import Found, ProbeError, examine, place_of
from training.rewards import DIFFICULTIES

# How many inboxes of each difficulty a split has; the environment's README gives them.
INBOXES: Final = {"headline": 1, "train": 10_000, "test": 200}
MIXED: Final = "mixed"
FAILURES: Final = (ServerError, PolicyError, ProbeError)


def main(arguments: Sequence[str] | None = None) -> None:
    """Play, measure, print a table and write the figures.

    Args:
        arguments: Those of the command line by default.
    """
    parser = command_line()
    options = parser.parse_args(arguments)
    if min(options.episodes, options.trials, options.sessions, options.start + 1) < 1:
        parser.error("--episodes, --trials and --sessions are 1 or more, --start is 0 or more.")
    if not choices(options.split, options.difficulty, options.episodes, options.start):
        parser.error(f"--start {options.start} is past the end of {options.split}; lower it.")
    try:
        result = run(options)
    except FAILURES as error:
        sys.exit(str(error))
    sys.stdout.write(f"{table(result)}\n")
    if options.json:
        options.json.write_text(f"{json.dumps(result, indent=1)}\n", encoding="utf-8")


def choices(split: str, difficulty: str, episodes: int, start: int = 0) -> list[dict[str, Any]]:
    """Return what the resets ask for: inboxes of a split that follow each other.

    Args:
        split: One of `INBOXES`.
        difficulty: One of them, or `mixed` for the three in turn.
        episodes: How many; a split that has fewer gives all it has.
        start: The number of the first one.

    Returns:
        The arguments of each reset.
    """
    kinds = len(DIFFICULTIES) if difficulty == MIXED else 1
    end = min(start + episodes, kinds * INBOXES[split])
    return [{"split": split, "difficulty": difficulty, "index": i} for i in range(start, end)]


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Play what the options ask for, and measure it.

    Args:
        options: As `main` parses them.

    Returns:
        The settings, the figures by difficulty, and a line per episode; the same for the same
        settings where the policy is deterministic.

    Raises:
        ServerError: If the server does not answer.
        PolicyError: If there is no such policy.
        ProbeError: If the server is not deterministic.
    """
    asked = choices(options.split, options.difficulty, options.episodes, options.start)
    trials: list[list[Episode]] = []
    with tqdm(total=options.trials * len(asked), desc="playing", unit="inbox") as bar:
        for trial in range(options.trials):
            seed = options.seed + trial
            policy = load(options.policy, temperature=options.temperature, seed=seed)
            trials.append(
                play_all(
                    EmailTriageClient,
                    options.env_url,
                    policy,
                    asked,
                    options.sessions,
                    lambda _episode: bar.update(),
                )
            )
    with tqdm(desc="probing", unit="inbox") as bar:
        found = examine(options.env_url, trials, options.sessions, lambda _episode: bar.update())
    named = (
        "policy",
        "split",
        "difficulty",
        "start",
        "trials",
        "temperature",
        "seed",
        "pass_score",
    )
    return {
        "version": VERSION,
        **{name: getattr(options, name) for name in named},
        "levels": evaluate(trials, found, options.pass_score, options.seed),
        "episodes": list(_lines(trials, found)),
    }


def table(result: Mapping[str, Any]) -> str:
    """Write the figures as a text to read.

    Args:
        result: What `run` returned.

    Returns:
        One column per difficulty.
    """
    levels = result["levels"]
    rows = [("", list(levels))]

    def add(name: str, *path: str) -> None:
        rows.append((name, [_cell(_at(level, path)) for level in levels.values()]))

    for count in ("inboxes", "casts", "storylines"):
        add(count, count)
    add("score", "score", "mean")
    for cluster in ("inboxes", "casts", "storylines"):
        add(f"  95 % over {cluster}", "score", cluster)
    for leaf in ("label", "route", "summary"):
        add(f"{leaf}, share of its points", "components", leaf, "share", "mean")
    add("emails penalised, share", "components", "penalties", "share", "mean")
    add("penalties, points per email", "components", "penalties", "points")
    add("bonus, share", "components", "efficiency", "share", "mean")
    add("step costs and bonus, points", "components", "efficiency", "points")
    for part in levels[ALL]["parts"]:
        add(f"training reward, {part}", "parts", part, "mean")
    add("urgent emails", "urgent", "shown")
    add("urgent recall", "urgent", "recall")
    add("urgent precision", "urgent", "precision")
    add("emails with a hidden order", "orders", "decided")
    add("  orders obeyed", "orders", "obeyed")
    add("  demanded label given", "orders", "demanded_label")
    add("  that label on clean mail", "orders", "clean_label")
    for power in range(1, result["trials"] + 1):
        cells = [_cell(level["pass"][power - 1]) for level in levels.values()]
        rows.append((f"pass^{power} (score >= {result['pass_score']:g})", cells))
    head = f"{result['policy']} on {result['split']}, {result['trials']} trial(s) an inbox"
    lines = [
        f"{name:<32}{''.join(f'{cell:>16}' for cell in cells)}".rstrip() for name, cells in rows
    ]
    return "\n".join([head, "", *lines])


def _at(level: Any, path: Iterable[str]) -> Any:  # noqa: ANN401 # figures of several kinds
    for name in path:
        level = level[name]
    return level


def _cell(figure: list[float] | float | None) -> str:
    if figure is None:
        return "-"
    if isinstance(figure, list):
        return f"{figure[0]:.3f}..{figure[1]:.3f}"
    return str(figure) if isinstance(figure, int) else f"{figure:.3f}"


def _lines(trials: Sequence[Sequence[Episode]], found: Found) -> Iterable[dict[str, Any]]:
    for trial, episodes in enumerate(trials):
        for episode in episodes:
            stories = found.stories[episode.task_id]
            scores = dict.fromkeys(sorted(stories), 0.0)
            scores |= {
                place_of(step.observation.email_id): step.info.get("score", 0.0)
                for step in episode.steps
            }
            yield {
                "task_id": episode.task_id,
                "trial": trial,
                "score": episode.score,
                "steps": len(episode.steps),
                # The storyline and the score of each email, in their order.
                "emails": [[stories[place], score] for place, score in scores.items()],
            }


def command_line() -> argparse.ArgumentParser:
    """Return what this command understands."""
    parser = argparse.ArgumentParser(description="Evaluate a policy on the environment.")
    parser.add_argument("--policy", required=True, help=FORMS)
    parser.add_argument("--env-url", required=True, help="where the native server runs")
    parser.add_argument("--split", choices=list(INBOXES), default="test")
    parser.add_argument("--difficulty", choices=[*DIFFICULTIES, MIXED], default=MIXED)
    parser.add_argument("--episodes", type=int, default=60, help="how many inboxes")
    parser.add_argument("--start", type=int, default=0, help="the number of the first of them")
    parser.add_argument("--trials", type=int, default=1, help="how often each is played")
    parser.add_argument("--temperature", type=float, default=0.0, help="of a language model")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sessions", type=int, default=SESSIONS, help="played at the same time")
    parser.add_argument("--pass-score", type=float, default=PASS_SCORE, help="what is a success")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    return parser


if __name__ == "__main__":
    main()
