r"""Train the reader: a few demonstrations, then the environment's reward, by the client alone.

    python -m email_triage_env.server.app &
    python -m tools.collect email --split train --start 20000 --episodes 4 \
        --policy answer-key --out demonstrations
    python -m training.reader.train --demonstrations demonstrations/episodes.jsonl --output run

Writes `warm/` (after the demonstrations), `trained/` and `history.jsonl`. A run that was killed
goes on from its last checkpoint when the same command is given again.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from tqdm import tqdm

from email_triage_env import EmailTriageClient
from email_triage_env.models import EmailTriageObservation
from tools.episodes.playing import Answer, Episode, LostEpisodeError, Sessions, Step
from training.reader.policy import Reader, ReaderError
from training.reader.reading import Vocabulary
from training.reader.reinforce import Learner
from training.rewards import Parts, parts_of

DEALS_PER_UPDATE: Final = 8
# Inboxes that are only read, for the words in them; nothing is learned from their rewards.
SURVEYED: Final = 120
# Runs with different seeds train on different inboxes, and none on those that are evaluated.
DEALS_PER_SEED: Final = 4_000
CHECKPOINT_EVERY: Final = 10
SUCCESS: Final = 0.8
HISTORY_FILE: Final = "history.jsonl"
CHECKPOINT: Final = "checkpoint"


class DemonstrationError(ValueError):
    """A file holds no demonstrations that can be read."""


@dataclass(frozen=True)
class Settings:
    """What a run is made of; a resumed run must have the same."""

    demonstrations: str
    difficulty: str
    deals: int
    attempts: int
    seed: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Train; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    url = os.getenv("ENV_URL") or "http://127.0.0.1:8000"
    parser.add_argument("--env-url", default=url, help="the environment's native server")
    parser.add_argument("--demonstrations", required=True, help="episodes.jsonl of the collector")
    parser.add_argument("--output", type=Path, required=True, help="a folder for this run")
    parser.add_argument("--difficulty", default="mixed", help="easy, medium, hard or mixed")
    parser.add_argument("--deals", type=int, default=960, help="inboxes, each used once")
    parser.add_argument("--attempts", type=int, default=6, help="how often each is played")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sessions", type=int, default=16, help="episodes at the same time")
    options = parser.parse_args(arguments)
    settings = Settings(
        options.demonstrations, options.difficulty, options.deals, options.attempts, options.seed
    )
    try:
        with Sessions(EmailTriageClient, options.env_url, options.sessions) as sessions:
            train(settings, options.output, sessions)
    except (DemonstrationError, LostEpisodeError, ReaderError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def train(settings: Settings, output: Path, sessions: Sessions) -> Reader:
    """Make a reader, or go on with one.

    Args:
        settings: What the run is made of.
        output: Its folder.
        sessions: Where to play.

    Returns:
        The trained reader; it is saved, too.

    Raises:
        DemonstrationError: If the demonstrations cannot be read.
        ReaderError: If the folder holds a run with other settings.
    """
    output.mkdir(parents=True, exist_ok=True)
    _same_settings(settings, output / "settings.json")
    learner = _resumed(output) or _warmed(settings, output, sessions)
    updates = -(-settings.deals // DEALS_PER_UPDATE)
    _trim(output / HISTORY_FILE, learner.updates)
    bar = tqdm(
        range(learner.updates, updates), initial=learner.updates, total=updates, unit="update"
    )
    for update in bar:
        groups = _attempts(settings, update, learner.reader, sessions)
        line = _measured(update + 1, [episode for group in groups for episode in group])
        learner.reinforce(groups, update / updates)
        with (output / HISTORY_FILE).open("a", encoding="utf-8") as history:
            history.write(f"{json.dumps(line)}\n")
        bar.set_postfix(score=f"{line['episode/score']:.2f}")
        if learner.updates % CHECKPOINT_EVERY == 0 or learner.updates == updates:
            _checkpoint(learner, output)
    learner.reader.save(output / "trained")
    return learner.reader


def demonstrations_of(path: Path) -> list[list[Step]]:
    """Read demonstrations.

    Args:
        path: The file that `python -m tools.collect` wrote.

    Returns:
        The steps of each episode.

    Raises:
        DemonstrationError: If it cannot be read.
    """
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        episodes = [[_step(step) for step in line["steps"]] for line in lines]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DemonstrationError(
            f"{path} holds no demonstrations ({error}); make some with "
            f"`python -m tools.collect email --policy answer-key`."
        ) from error
    if not episodes:
        raise DemonstrationError(f"{path} is empty; collect at least one episode.")
    return episodes


def _step(line: Mapping[str, Any]) -> Step:
    return Step(
        EmailTriageObservation(**line["observation"]),
        Answer(line["raw_reply"], line["action"]),
        line["reward"],
        line["components"],
        line["info"],
    )


def _warmed(settings: Settings, output: Path, sessions: Sessions) -> Learner:
    """Read some inboxes for their words, then learn from the demonstrations."""
    demonstrations = demonstrations_of(Path(settings.demonstrations))

    def pass_on(
        brief: Mapping[str, Any], _observation: EmailTriageObservation, _steps: Sequence[Step]
    ) -> Answer:
        team = str(brief["routes"]).partition(",")[0]
        return Answer("", {"label": "normal", "route_to": team, "summary": ""})

    deals = list(_deals(settings, 0, min(SURVEYED, settings.deals)))
    episodes = sessions.play(lambda _place: pass_on, deals)
    briefs = str(episodes[0].brief["description"])
    directory = briefs.partition("TEAMS\n")[2].partition("\n\n")[0]
    mails = [step.observation for episode in episodes for step in episode.steps]
    learner = Learner(Reader(Vocabulary.learned(mails, directory)))
    learner.imitate(demonstrations)
    learner.reader.save(output / "warm")
    return learner


def _attempts(
    settings: Settings, update: int, reader: Reader, sessions: Sessions
) -> list[list[Episode]]:
    """Play the inboxes of one update, each several times."""
    deals = list(_deals(settings, update * DEALS_PER_UPDATE, DEALS_PER_UPDATE))
    choices = [deal for deal in deals for _ in range(settings.attempts)]
    drawing = [reader.drawing(f"{settings.seed}/{i}") for i in range(settings.attempts)]
    played = sessions.play(lambda place: drawing[place % settings.attempts], choices)
    size = settings.attempts
    return [played[start : start + size] for start in range(0, len(played), size)]


def _deals(settings: Settings, start: int, number: int) -> Iterator[dict[str, Any]]:
    for i in range(start, min(start + number, settings.deals)):
        index = settings.seed * DEALS_PER_SEED + i
        yield {"split": "train", "difficulty": settings.difficulty, "index": index}


def _measured(step: int, episodes: Sequence[Episode]) -> dict[str, float]:
    parts = [parts_of(episode.brief, episode.steps) for episode in episodes]
    means = np.mean(parts, axis=0)
    scores = [episode.score for episode in episodes]
    due = [episode.steps[0].observation.total_emails for episode in episodes]
    decided = [sum("error" not in step.info for step in episode.steps) for episode in episodes]
    return {
        "step": step,
        "reward/overall": float(np.mean([part.overall() for part in parts])),
        **{f"reward/{name}": float(means[i]) for i, name in enumerate(Parts._fields)},
        "episode/score": float(np.mean(scores)),
        "episode/success_rate": float(np.mean([score >= SUCCESS for score in scores])),
        "episode/timeout_rate": float(np.mean(np.array(decided) < np.array(due))),
        "episode/penalised": float(
            np.mean([any(step.parts["penalties"] < 0 for step in one.steps) for one in episodes])
        ),
    }


def _checkpoint(learner: Learner, output: Path) -> None:
    """Write the state of the run so that a kill at any moment leaves the old one or the new one."""
    folder = output / CHECKPOINT
    learner.reader.save(folder)
    arrays = {
        **{f"params/{name}": values for name, values in learner.reader.params.items()},
        **{f"first/{name}": values for name, values in learner.first.items()},
        **{f"second/{name}": values for name, values in learner.second.items()},
        "updates": np.array(learner.updates),
    }
    partial = folder / "state.partial.npz"
    np.savez(partial, **arrays)
    partial.replace(folder / "state.npz")


def _resumed(output: Path) -> Learner | None:
    state = output / CHECKPOINT / "state.npz"
    if not state.exists():
        return None
    learner = Learner(Reader.load(output / CHECKPOINT))
    with np.load(state) as stored:
        for name in learner.reader.params:
            learner.reader.params[name] = stored[f"params/{name}"]
            learner.first[name] = stored[f"first/{name}"]
            learner.second[name] = stored[f"second/{name}"]
        learner.updates = int(stored["updates"])
    return learner


def _trim(history: Path, updates: int) -> None:
    """Drop what was logged after the checkpoint: it is played again."""
    if history.exists():
        lines = history.read_text(encoding="utf-8").splitlines(keepends=True)
        history.write_text("".join(lines[:updates]), encoding="utf-8")


def _same_settings(settings: Settings, path: Path) -> None:
    text = json.dumps(asdict(settings))
    if path.exists() and path.read_text(encoding="utf-8") != text:
        raise ReaderError(
            f"{path.parent} holds a run with other settings; choose another --output."
        )
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
