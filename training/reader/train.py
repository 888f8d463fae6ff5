r"""Train the reader: a few demonstrations, then the environment's reward, by the client alone.

    python -m email_triage_env.server.app &
    python -m tools.collect email --split train --start 20000 --episodes 4 \
        --policy answer-key --out demonstrations
    python -m training.reader.train --demonstrations demonstrations/episodes.jsonl --output run

Writes `warm/` (after the demonstrations), `trained/` and `history.jsonl`. A run that was killed
goes on from its last checkpoint when the same command is given again.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from pydantic import Field, field_validator
from tqdm import tqdm

from email_triage_env import EmailTriageClient
from email_triage_env.evaluation import PASS_SCORE
from email_triage_env.models import EmailTriageObservation
from tools.episodes.playing import Answer, Episode, Sessions, Step
from training import demonstrations
from training.command import CommandSettings, parse_settings, status_of
from training.output import check_record, held, whole
from training.reader import checkpoint
from training.reader.policy import Reader
from training.reader.reading import Vocabulary
from training.reader.reinforce import Learner
from training.rewards import Parts, parts_of
from training.triage_tool import server_url

DEALS_PER_UPDATE: Final = 8
# Inboxes that are only read, for the words in them; nothing is learned from their rewards.
SURVEYED: Final = 120
# Runs with different seeds train on different inboxes, and none on those that are evaluated.
DEALS_PER_SEED: Final = 4_000
CHECKPOINT_EVERY: Final = 10
# The levels of the base desk, and all three in turn.
DIFFICULTIES: Final = ("easy", "medium", "hard", "mixed")
HISTORY_FILE: Final = "history.jsonl"
AGAIN: Final = "The same command goes on from the last checkpoint."
# Changing these does not change what is learned.
FREE_TO_CHANGE: Final = {"output", "env_url", "sessions"}


class ReaderSettings(CommandSettings):
    """What a run is made of; a resumed run must have the same."""

    demonstrations: Path = Field(description="episodes.jsonl of tools.collect")
    output: Path = Field(description="a folder for this run; the same one resumes it")
    env_url: str = Field(default_factory=server_url, description="the native server (ENV_URL)")
    difficulty: str = Field(default="mixed", description="easy, medium, hard or mixed")
    deals: int = Field(default=960, ge=1, description="inboxes, each used once")
    attempts: int = Field(default=6, ge=2, description="how often each is played")
    seed: int = Field(default=0, ge=0)
    sessions: int = Field(default=16, ge=1, description="episodes at the same time")

    @field_validator("difficulty")
    @classmethod
    def _of_one_desk(cls, difficulty: str) -> str:
        if difficulty not in DIFFICULTIES:
            raise ValueError(
                f"{difficulty!r:.40} is none of {', '.join(DIFFICULTIES)}; the reader learns the "
                f"teams of one desk by their names, so for inboxes at desks of their own train a "
                f"language model: python -m training.language.train --difficulty varied."
            )
        return difficulty


def main(arguments: list[str] | None = None) -> int:
    """Train; return the exit status."""
    module = "training.reader.train"
    return status_of(
        lambda: train(parse_settings(ReaderSettings, arguments, module, __doc__ or "")), AGAIN
    )


def train(settings: ReaderSettings) -> Reader:
    """Make a reader, or go on with one.

    Args:
        settings: What the run is made of.

    Returns:
        The trained reader; it is saved, too.

    Raises:
        DemonstrationError: If the demonstrations cannot be read.
        SettingsError: If the folder holds a run with other settings.
        ReaderError: If it holds a checkpoint that cannot be read, or the demonstrations are of
            another desk.
        OutputError: If it cannot be written, or another process writes it.
        LostEpisodeError: If the server does not answer.
    """
    with (
        held(settings.output),
        Sessions(EmailTriageClient, settings.env_url, settings.sessions) as sessions,
    ):
        check_record(settings.output, settings.model_dump(mode="json", exclude=FREE_TO_CHANGE))
        learner = checkpoint.load(settings.output) or _warmed(settings, sessions)
        _learn(settings, learner, sessions)
        learner.reader.save(settings.output / "trained")
    return learner.reader


def _learn(settings: ReaderSettings, learner: Learner, sessions: Sessions) -> None:
    """Play and learn, update by update, and write down what happens."""
    updates = -(-settings.deals // DEALS_PER_UPDATE)
    history = settings.output / HISTORY_FILE
    _trim(history, learner.updates)
    bar = tqdm(
        range(learner.updates, updates), initial=learner.updates, total=updates, unit="update"
    )
    for update in bar:
        groups = _attempts(settings, update, learner.reader, sessions)
        line = _measured(update + 1, [episode for group in groups for episode in group])
        learner.reinforce(groups, update / updates)
        with history.open("a", encoding="utf-8") as log:
            log.write(f"{json.dumps(line)}\n")
        bar.set_postfix(score=f"{line['episode/score']:.2f}")
        if learner.updates % CHECKPOINT_EVERY == 0 or learner.updates == updates:
            checkpoint.save(learner, settings.output)


def _warmed(settings: ReaderSettings, sessions: Sessions) -> Learner:
    """Read some inboxes for their words, then learn from the demonstrations."""
    shown = demonstrations.read(settings.demonstrations)

    def pass_on(
        brief: Mapping[str, Any], _observation: EmailTriageObservation, _steps: Sequence[Step]
    ) -> Answer:
        return Answer(
            "", {"label": "normal", "route_to": next(iter(brief["teams"])), "summary": ""}
        )

    deals = list(_deals(settings, 0, min(SURVEYED, settings.deals)))
    episodes = sessions.play(lambda _place: pass_on, deals)
    mails = [step.observation for episode in episodes for step in episode.steps]
    learner = Learner(Reader(Vocabulary.learned(mails, episodes[0].brief["teams"])))
    for episode in shown:
        learner.reader.check_desk(episode.brief)
    learner.imitate(shown)
    learner.reader.save(settings.output / "warm")
    return learner


def _attempts(
    settings: ReaderSettings, update: int, reader: Reader, sessions: Sessions
) -> list[list[Episode]]:
    """Play the inboxes of one update, each several times."""
    deals = list(_deals(settings, update * DEALS_PER_UPDATE, DEALS_PER_UPDATE))
    choices = [deal for deal in deals for _ in range(settings.attempts)]
    drawing = [reader.drawing(f"{settings.seed}/{i}") for i in range(settings.attempts)]
    played = sessions.play(lambda place: drawing[place % settings.attempts], choices)
    size = settings.attempts
    return [played[start : start + size] for start in range(0, len(played), size)]


def _deals(settings: ReaderSettings, start: int, number: int) -> Iterator[dict[str, Any]]:
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
        "episode/success_rate": float(np.mean([score >= PASS_SCORE for score in scores])),
        "episode/timeout_rate": float(np.mean(np.array(decided) < np.array(due))),
        "episode/penalised": float(
            np.mean([any(step.parts["penalties"] < 0 for step in one.steps) for one in episodes])
        ),
    }


def _trim(history: Path, updates: int) -> None:
    """Drop what was logged after the checkpoint: it is played again."""
    if history.exists():
        lines = history.read_text(encoding="utf-8").splitlines(keepends=True)
        with whole(history) as part:
            part.write_text("".join(lines[:updates]), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
