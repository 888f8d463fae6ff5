"""A language model from nothing, for machines without weights.

    python -m training.language.tiny --output DIR --demonstrations FILE [--env-url URL]

Trains a tokenizer on mail of the train split, teaches a tiny model the form of an answer, and some
of the work, from a limited number of demonstrations (`python -m tools.collect email --policy
answer-key`), and saves a directory that `python -m training.language.train --model DIR` goes on
with.
"""

import json
import logging
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

# Before the libraries read it: this program is for machines that reach no hub.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

from pydantic import Field

from email_triage_env import EmailTriageClient
from email_triage_env.models import LABELS, EmailTriageObservation
from email_triage_env.prompt import email_text
from tools.episodes.playing import Answer, play_all
from training import demonstrations
from training.command import CommandSettings, parse_settings, status_of
from training.language.saving import MODEL_FILE
from training.language.tiny_model import build_model, build_tokenizer
from training.language.warm_start import conversation_of, warm_start
from training.output import held, whole_files
from training.triage_tool import server_url

LOGGER: Final = logging.getLogger(__name__)
# Played to read mail; what it answers does not matter.
CONSTANT: Final = {"label": "normal", "route_to": "billing", "summary": ""}
AGAIN: Final = "The same command begins again; a model that was there is still there."


class TinySettings(CommandSettings):
    """Sizes, found by measuring what two processor cores train in minutes."""

    output: Path = Field(description="directory of the model")
    demonstrations: Path = Field(description="episodes.jsonl of tools.collect")
    env_url: str = Field(default_factory=server_url, description="the native server (ENV_URL)")
    inboxes: int = Field(default=60, ge=1, description="whose mail the tokenizer is trained on")
    limit: int = Field(default=60, ge=1, description="how many demonstrations are used")
    steps: int = Field(default=200, ge=1, description="of supervised learning")
    batch: int = Field(default=4, ge=1, description="demonstrations a step")
    learning_rate: float = Field(default=4e-3, gt=0)
    vocabulary: int = Field(default=2048, ge=300)
    hidden: int = Field(default=96, ge=16)
    layers: int = Field(default=2, ge=1)
    seed: int = 0


def read_mail(url: str, inboxes: int) -> tuple[list[str], list[str]]:
    """Read mail of the train split through the client.

    Args:
        url: Where the environment's native server runs.
        inboxes: How many inboxes are played.

    Returns:
        The text of each email, and the labels and teams that there are.

    Raises:
        LostEpisodeError: If the server does not answer.
    """

    def constant(_brief: Mapping[str, Any], _seen: EmailTriageObservation, _past: object) -> Answer:
        return Answer("", CONSTANT)

    asked = [{"split": "train", "index": i} for i in range(inboxes)]
    episodes = play_all(EmailTriageClient, url, constant, asked)
    brief = episodes[0].brief
    choices = [*LABELS, *brief["teams"]]
    return [email_text(step.observation) for each in episodes for step in each.steps], choices


def run(settings: TinySettings) -> None:
    """Build, teach and save the model.

    Args:
        settings: The run's settings.

    Raises:
        DemonstrationError: If there are none, or they are of other desks than the base desk.
        LostEpisodeError: If the server does not answer.
        OutputError: If the directory cannot be written, or another process writes it.
    """
    with held(settings.output):
        _build(settings)


def _build(settings: TinySettings) -> None:
    shown = demonstrations.read(settings.demonstrations, settings.limit)
    conversations = [conversation_of(episode) for episode in shown]
    texts, choices = read_mail(settings.env_url, settings.inboxes)
    if any({*LABELS, *episode.brief["teams"]} != set(choices) for episode in shown):
        raise demonstrations.DemonstrationError(
            f"{settings.demonstrations} holds inboxes of other desks, whose policy so small a "
            f"model does not read; collect easy, medium, hard or mixed ones."
        )
    texts += [
        json.dumps(call["function"]["arguments"], ensure_ascii=False)
        for messages in conversations
        for message in messages
        for call in message.get("tool_calls", [])
    ]
    tokenizer = build_tokenizer(texts, settings.vocabulary, choices)
    model = build_model(tokenizer, settings.hidden, settings.layers, settings.seed)
    LOGGER.info("%s parameters, %s demonstrations", model.num_parameters(), len(conversations))
    warm_start(
        model,
        tokenizer,
        conversations,
        output=settings.output / "warm_start",
        steps=settings.steps,
        batch=settings.batch,
        learning_rate=settings.learning_rate,
        seed=settings.seed,
    )
    with whole_files(settings.output, MODEL_FILE) as part:
        model.save_pretrained(str(part))
        tokenizer.save_pretrained(str(part))


def main(arguments: list[str] | None = None) -> int:
    """Build, teach and save the model from the command line.

    Args:
        arguments: The command line, without the name of the program.

    Returns:
        The exit status: 0 if all went well, 1 without a server, 2 for what cannot be had, 130
        after an interrupt.
    """
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    module = "training.language.tiny"
    return status_of(
        lambda: run(parse_settings(TinySettings, arguments, module, __doc__ or "")), AGAIN
    )


if __name__ == "__main__":
    sys.exit(main())
