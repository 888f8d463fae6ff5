"""Demonstrations: whole episodes that somebody else played, to begin from.

They are the files of `python -m tools.collect`. Whoever plays them may know the answers; here only
what was played is read.
"""

from pathlib import Path
from typing import Final

from pydantic import BaseModel

from email_triage_env.models import EmailTriageObservation
from tools.episodes import collecting
from tools.episodes.collection import EPISODES, Collection
from tools.episodes.playing import Episode
from tools.episodes.records import EpisodeRecord, Place, Settings, episode_of
from tools.subject import find
from training.command import RefusedError, SettingsError
from training.players import SUBJECT

SPLIT: Final = "train"
SESSIONS: Final = 8
TRIES: Final = 5
# Of an endpoint, which is not asked here.
REQUEST_SECONDS: Final = 60.0


class DemonstrationError(RefusedError):
    """A file holds no demonstrations that can be read."""


def collect(
    url: str,
    directory: Path,
    episodes: int,
    *,
    policy: str = "answer-key",
    difficulty: str = "mixed",
    start: int = 0,
) -> Path:
    """Let a reference policy play inboxes of `train`, and write them down.

    Args:
        url: Where the environment's native server runs.
        directory: What is there already is not played again.
        episodes: How many.
        policy: Who plays.
        difficulty: Of the inboxes.
        start: The number of the first one.

    Returns:
        The file.

    Raises:
        OutputError: If the directory cannot be written.
        ServerError: If the server does not answer, or not as this version does.
        PolicyError: If there is no such policy.
        SettingsError: If there are not that many inboxes.
    """
    subject = find(SUBJECT)
    settings = Settings(
        environment=subject.environment,
        version=subject.version,
        split=SPLIT,
        difficulty=difficulty,
        policy=policy,
    )
    places = [Place(index=number) for number in range(start, start + episodes)]
    try:
        subject.splits.task_id_at(SPLIT, places[-1].index, difficulty)
    except IndexError as error:
        raise SettingsError(str(error)) from error
    asking = collecting.Asking(None, TRIES, REQUEST_SECONDS)
    with Collection(directory, settings) as collection:
        collecting.run(subject, url, settings, places, collection, asking, SESSIONS)
    return directory / EPISODES


def read(
    path: Path,
    limit: int | None = None,
    observation: type[BaseModel] = EmailTriageObservation,
) -> list[Episode]:
    """Read demonstrations.

    Args:
        path: The file that `python -m tools.collect` wrote.
        limit: How many are read at most.
        observation: What the environment shows: the model of its client.

    Returns:
        The episodes in the order of their inboxes, however they were written: so the first few
        are the same in every collection.

    Raises:
        DemonstrationError: If it holds none.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        records = [EpisodeRecord.model_validate_json(line) for line in lines if line]
        records.sort(key=lambda record: (record.index, record.trial))
        episodes = [episode_of(record, observation) for record in records[:limit]]
    except (OSError, ValueError) as error:
        raise DemonstrationError(
            f"{path} holds no demonstrations ({' '.join(str(error).split()):.200}); make some with "
            f"`python -m tools.collect NAME --policy answer-key --split train --episodes 60 --out "
            f"DIR`, where NAME is the environment."
        ) from error
    if not episodes:
        raise DemonstrationError(f"{path} is empty; collect at least one episode.")
    return episodes
