"""The stream of single mails to train on: inboxes, played by the model as it is by then.

What a mail asks depends on what was decided before, so each comes with the history of its episode.
"""

import json
import random
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from transformers import PreTrainedModel
from transformers import PreTrainedTokenizerBase as Tokenizer

from email_triage_env import EmailTriageClient
from tools.episodes.playing import Episode, play_all
from training.language.mail_policy import MailPolicy
from training.language.mail_prompt import MailPrompt
from training.output import write_json


class Mails:
    """Mails to train on, inbox after inbox, each with what the model decided before it."""

    def __init__(
        self,
        url: str,
        prompt: MailPrompt,
        difficulty_of: Callable[[int], str],
        first: int,
        at_once: int,
        kept: Path,
    ) -> None:
        """Prepare; nothing is played before mails are asked for.

        Args:
            url: Where the environment's native server runs.
            prompt: How the model is asked.
            difficulty_of: Chooses the difficulty of an inbox by its number.
            first: The number of the first inbox.
            at_once: How many are played at a time.
            kept: A folder for what was played, so that a run that goes on sees the same mails.
        """
        self._url = url
        self._prompt = prompt
        self._difficulty_of = difficulty_of
        self._first = first
        self._at_once = at_once
        self._kept = kept
        self.model: PreTrainedModel | None = None
        self.tokenizer: Tokenizer | None = None

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        """Be known by what is streamed: a data set is hashed, and a model takes long to hash.

        A copy made through this is a name and not a stream, and nothing here makes one.
        """
        return str, (f"{self._url} {self._first} {self._kept}",)

    def __call__(self) -> Iterator[dict[str, Any]]:
        """Yield mails for ever; the trainer knows when it has enough.

        Yields:
            A row a mail: the `prompt`, and what leads to it again, as JSON: the `choice` of the
            reset and the actions of the `past`.

        Raises:
            LostEpisodeError: If the server does not answer.
            OutputError: If what was played cannot be kept.
        """
        for start in count(self._first, self._at_once):
            path = self._kept / f"{start}.json"
            if not path.exists():
                self._kept.mkdir(parents=True, exist_ok=True)
                write_json(path, self._played(range(start, start + self._at_once)), indent=None)
            yield from json.loads(path.read_text(encoding="utf-8"))

    def _played(self, numbers: range) -> list[dict[str, Any]]:
        if self.model is None or self.tokenizer is None:
            raise RuntimeError("Mails need the model that plays; set it before they are asked for.")
        policy = MailPolicy(self.model, self.tokenizer, self._prompt)
        choices = [
            {"split": "train", "difficulty": self._difficulty_of(i), "index": i} for i in numbers
        ]
        episodes = play_all(EmailTriageClient, self._url, policy, choices, len(choices))
        rows = [
            row
            for episode, choice in zip(episodes, choices, strict=True)
            for row in rows_of(episode, choice)
        ]
        # So that a step sees mail of several inboxes, early and late.
        random.Random(numbers.start).shuffle(rows)  # noqa: S311 # no secret
        return rows


def rows_of(episode: Episode, choice: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the mails of an episode as rows of a trainer.

    Args:
        episode: It was played by a `MailPolicy`.
        choice: What its reset asked for.

    Returns:
        As of `Mails`; a mail that was shown again after an invalid answer is there once.
    """
    rows: dict[str, dict[str, Any]] = {}
    for place, step in enumerate(episode.steps):
        past = [dict(each.answer.action) for each in episode.steps[:place]]
        row = {
            "prompt": [dict(message) for message in step.answer.messages],
            "choice": json.dumps(dict(choice)),
            "past": json.dumps(past),
        }
        rows.setdefault(step.observation.email_id, row)
    return list(rows.values())
