"""Evaluate a policy that lies in a directory: a language model, or the linear reader.

    python -m training.evaluate --policy runs/reader/trained --env-url http://127.0.0.1:8000 \
        --split test --episodes 60 --json trained.json

Table and file are those of `python -m tools.evaluate`, which evaluates models behind an endpoint;
the parts of training's reward are added. Nothing is kept of the episodes themselves.
"""

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from pydantic import Field
from tqdm import tqdm

from tools.episodes.collecting import check_server
from tools.episodes.playing import SESSIONS, Episode, Player, play_all
from tools.episodes.records import Settings
from tools.evaluation.estimates import Estimates
from tools.evaluation.findings import Row
from tools.evaluation.results import results
from tools.evaluation.table import table
from tools.subject import find
from training.command import CommandSettings, SettingsError, parse_settings, status_of
from training.output import held, write_json
from training.players import FORMS, SUBJECT, load
from training.rewards import WEIGHTS, parts_of
from training.triage_tool import server_url

MAIL: Final = find(SUBJECT)
PARTS: Final = ("overall", *WEIGHTS)
ROWS: Final = tuple(Row(f"training reward, {part}", ("parts", part, "mean")) for part in PARTS)
AGAIN: Final = "The same command plays again; figures that were there are still there."


class EvaluationSettings(CommandSettings):
    """What is played, by whom, and what counts as a success."""

    policy: str = Field(description=FORMS)
    env_url: str = Field(default_factory=server_url, description="the native server (ENV_URL)")
    split: str = Field(default="test", description=", ".join(MAIL.splits.split_sizes()))
    difficulty: str = Field(
        default=MAIL.splits.MIXED, description=", ".join(MAIL.splits.DIFFICULTIES)
    )
    episodes: int = Field(default=60, ge=1, description="how many inboxes")
    start: int = Field(default=0, ge=0, description="the number of the first of them")
    repeats: int = Field(default=1, ge=1, description="how often each is played")
    temperature: float = Field(default=0.0, ge=0, allow_inf_nan=False, description="of a model")
    seed: int = Field(default=0, ge=0, description="of a policy that draws")
    sessions: int = Field(default=SESSIONS, ge=1, description="played at the same time")
    pass_score: float = Field(
        default=MAIL.pass_score, ge=0, allow_inf_nan=False, description="a success from"
    )
    json_file: Path | None = Field(
        default=None, alias="json", description="where to write the figures"
    )


def main(arguments: list[str] | None = None) -> int:
    """Play, measure, print a table and write the figures; return the exit status."""
    module = "training.evaluate"
    return status_of(
        lambda: tell(parse_settings(EvaluationSettings, arguments, module, __doc__ or "")), AGAIN
    )


def tell(settings: EvaluationSettings) -> None:
    """Evaluate, print the table, and write the figures where that was asked for.

    Args:
        settings: What is played.

    Raises:
        OutputError: If the file cannot be written, or another process writes it; most of that is
            found out before anything is played.
    """
    if settings.json_file is None:
        _print(run(settings))
        return
    with held(settings.json_file, folder=False):
        result = run(settings)
        # First, because a disk that is full must not cost what was played.
        _print(result)
        write_json(settings.json_file, result)


def _print(result: Mapping[str, Any]) -> None:
    sys.stdout.write(f"{table(result, (*MAIL.rows, *ROWS))}\n")


def choices(split: str, difficulty: str, episodes: int, start: int = 0) -> list[dict[str, Any]]:
    """Return what the resets ask for: inboxes of a split that follow each other.

    Args:
        split: Of the environment.
        difficulty: One of its difficulties, or what takes them in turn.
        episodes: How many.
        start: The number of the first one.

    Returns:
        The arguments of each reset.

    Raises:
        SettingsError: If the split has not that many.
    """
    numbers = range(start, start + episodes)
    try:
        MAIL.splits.task_id_at(split, numbers[-1], difficulty)
    except IndexError as error:
        raise SettingsError(str(error)) from error
    return [{"split": split, "difficulty": difficulty, "index": i} for i in numbers]


def run(settings: EvaluationSettings, player: Player | None = None) -> dict[str, Any]:
    """Play what the settings ask for, and measure it.

    Args:
        settings: What is played.
        player: Their policy, where it is loaded already.

    Returns:
        As `tools.evaluation.results`; the same for the same settings.

    Raises:
        ServerError: If the server does not answer, or not as this version does.
        PolicyError: If there is no such policy.
        SettingsError: If the split has not that many inboxes.
    """
    asked = choices(settings.split, settings.difficulty, settings.episodes, settings.start)
    check_server(MAIL, settings.env_url)
    trials: list[list[Episode]] = []
    with tqdm(total=settings.repeats * len(asked), desc="playing", unit="inbox") as bar:
        seen = partial(_count, bar)
        for trial in range(settings.repeats):
            policy = player or load(
                settings.policy, temperature=settings.temperature, seed=settings.seed + trial
            )
            trials.append(
                play_all(MAIL.client, settings.env_url, policy, asked, settings.sessions, seen)
            )
    with tqdm(desc="probing", unit="inbox") as bar:
        findings = MAIL.examine(settings.env_url, trials, settings.sessions, partial(_count, bar))
    kept = Settings(
        environment=MAIL.environment,
        version=MAIL.version,
        split=settings.split,
        difficulty=settings.difficulty,
        policy=settings.policy,
        seed=settings.seed,
        temperature=settings.temperature,
    )
    return results(
        MAIL, kept, trials, findings,
        start=settings.start, pass_score=settings.pass_score, more=parts,
    )  # fmt: skip


def parts(estimates: Estimates) -> Mapping[str, Any]:
    """Return training's reward of some episodes, and its parts."""
    return {"parts": {part: estimates.by_episode(partial(_part, part)) for part in PARTS}}


def _part(name: str, episode: Episode) -> float:
    found = parts_of(episode.brief, episode.steps)
    return found.overall() if name == "overall" else float(getattr(found, name))


def _count(bar: "tqdm[Any]", _episode: Episode) -> None:
    bar.update()


if __name__ == "__main__":
    sys.exit(main())
