"""How a model is asked about a single mail: a prompt that holds the history of its episode."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from transformers import PreTrainedTokenizerBase as Tokenizer

from email_triage_env.models import EmailTriageObservation
from training.command import RefusedError
from training.language.writer import rendered
from training.output import whole
from training.texts import mail_messages

PROMPT_FILE: Final = "mail_prompt.json"
# Of thread and body together; half of all mail is shorter.
SHOWN_LETTERS: Final = 1200
# An answer of 30 words takes about 70.
ANSWER_TOKENS: Final = 96


class MailPromptError(RefusedError):
    """A directory does not say how its model is asked."""


class MailPrompt(BaseModel):
    """How a model is asked about a mail; it is kept beside the weights that learned from it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tokens: int = Field(default=640, ge=128, description="of a prompt, at most")
    answer_tokens: int = Field(default=ANSWER_TOKENS, ge=16, description="of an answer, at most")
    letters: int = Field(default=SHOWN_LETTERS, ge=100, description="of thread and body")

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Read it from where a model lies.

        Args:
            directory: Of the model or adapter.

        Returns:
            What is written there; the defaults for a model that never learned from mails.

        Raises:
            MailPromptError: If something else is written there.
        """
        path = directory / PROMPT_FILE
        if not path.is_file():
            return cls()
        try:
            return cls.model_validate_json(path.read_text(encoding="utf-8"))
        except (OSError, ValidationError) as error:
            raise MailPromptError(
                f"{path} does not say how the model is asked ({error!r:.200}); train it again, or "
                f"delete the file for the defaults."
            ) from error

    def save(self, directory: Path) -> None:
        """Write it beside a model.

        Args:
            directory: Of the model or adapter.

        Raises:
            OutputError: If it cannot be written.
        """
        with whole(directory / PROMPT_FILE) as part:
            part.write_text(f"{self.model_dump_json()}\n", encoding="utf-8")

    def messages(
        self,
        tokenizer: Tokenizer,
        brief: Mapping[str, Any],
        observation: EmailTriageObservation,
        past: Sequence[Mapping[str, Any]],
    ) -> list[dict[str, str]]:
        """Return the prompt for one mail, short enough.

        Args:
            tokenizer: Counts.
            brief: What the reset told.
            observation: The mail.
            past: What was decided before, oldest first.

        Returns:
            Chat messages. Where they would be too long the oldest decisions are left out, and
            after them the end of the mail.
        """
        first, letters = 0, self.letters
        while True:
            messages = mail_messages(brief, observation, past[first:], letters)
            if len(rendered(tokenizer, messages)) <= self.tokens or not letters:
                return messages
            if first < len(past):
                first += 1
            else:
                letters //= 2
