"""The settings of a training run, and what they need of the machine.

Nothing here trains; a setting that cannot be had is refused before anything is loaded.
"""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal, Self

import torch
from pydantic import Field, model_validator

from training.command import CommandSettings, SettingsError
from training.language.mail_prompt import MailPrompt
from training.language.weights import is_adapter
from training.output import check_record
from training.triage_tool import server_url

# Tokens of 40 emails, short as they are, with the calls that answer them.
LEAST_OF_A_MONTH: Final = 16_000
# Changing these does not change what the steps so far have learned.
FREE_TO_CHANGE: Final = {"steps", "env_url", "save_every", "show_every", "show", "merge", "wandb"}


class TrainSettings(CommandSettings):
    """A run of `training.language.train`."""

    model: str = Field(description="hub id or directory of an instruction-tuned model")
    output: Path = Field(description="directory of the run; the same one resumes it")
    env_url: str = Field(default_factory=server_url, description="the native server (ENV_URL)")
    single_turn: bool = Field(
        default=False, description="a rollout is the answer to one mail, not a whole inbox"
    )
    difficulty: Literal["curriculum", "easy", "medium", "hard", "mixed", "varied", "month"] = (
        "curriculum"
    )
    steps: int = Field(default=300, ge=1, description="of the optimiser")
    batch: int = Field(default=32, ge=2, description="rollouts a step and process")
    micro_batch: int = Field(default=8, ge=1, description="rollouts in memory at once")
    group: int = Field(default=8, ge=2, description="rollouts of the same inbox")
    learning_rate: float = Field(default=1e-5, gt=0, description="1e-4 for a small adapter")
    beta: float = Field(default=0.0, ge=0, description="weight of the distance to the start")
    temperature: float = Field(default=1.0, gt=0)
    scale_rewards: Literal["group", "batch", "none"] = Field(
        default="group", description="by the spread of what rewards are divided"
    )
    credit: Literal["answer", "field"] = Field(
        default="answer", description="of each token: the answer's, or its field's; --single-turn"
    )
    max_completion_length: int = Field(default=6000, ge=1, description="tokens of a whole inbox")
    max_answer_tokens: int = Field(default=1000, ge=1, description="of one email")
    inboxes: int = Field(default=2000, ge=10, description="how many are drawn from")
    first_inbox: int = Field(default=0, ge=0, description="the number of the first of them")
    seed: int = 0
    lora: bool = Field(default=False, description="train an adapter only")
    four_bit: bool = Field(default=False, description="load the model in 4 bits; with --lora")
    merge: bool = Field(default=False, description="also save adapter and model as one, in 16 bit")
    vllm: bool = Field(default=False, description="generate with vLLM")
    wandb: bool = Field(default=False, description="log to Weights & Biases, too")
    save_every: int = Field(default=25, ge=1, description="steps between checkpoints")
    show_every: int = Field(default=25, ge=1, description="steps between raw generations")
    show: int = Field(default=3, ge=3, le=5, description="how many raw generations")

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.batch % self.micro_batch or self.batch % self.group:
            raise ValueError(
                f"--batch {self.batch} is no multiple of --micro-batch {self.micro_batch} and "
                f"--group {self.group}; choose one that is."
            )
        months = self.difficulty == "month" and not self.single_turn
        if months and self.max_completion_length < LEAST_OF_A_MONTH:
            raise ValueError(
                f"--max-completion-length {self.max_completion_length} ends a month of 40 emails "
                f"in its middle; choose {LEAST_OF_A_MONTH} or more, or --difficulty varied."
            )
        if self.credit == "field" and not self.single_turn:
            raise ValueError("--credit field is for answers to single mails; add --single-turn.")
        if self.single_turn and int(os.getenv("WORLD_SIZE", "1")) > 1:
            raise ValueError(
                "--single-turn runs in one process, which plays the inboxes; leave it out, or "
                "start without accelerate launch."
            )
        if (self.four_bit or self.merge) and not (self.lora or is_adapter(self.model)):
            raise ValueError("--four-bit and --merge are for an adapter; add --lora.")
        return self

    @property
    def mail_prompt(self) -> MailPrompt:
        """How the model is asked in single turns: as it was asked before."""
        return MailPrompt.load(Path(self.model))

    def check_machine(self) -> None:
        """Refuse what this machine or installation has not.

        Raises:
            SettingsError: It names the remedy.
        """
        cuda = torch.cuda.is_available()
        for wanted, option, package in (
            (self.four_bit, "--four-bit", "bitsandbytes"),
            (self.vllm, "--vllm", "vllm"),
        ):
            if wanted and not cuda:
                raise SettingsError(
                    f"{option} needs a GPU with CUDA and this machine has none; leave it out."
                )
            _check_package(wanted, option, package)
        _check_package(self.wandb, "--wandb", "wandb")

    def check_record(self) -> None:
        """Write the settings into the run's directory, or compare them with those there.

        Raises:
            SettingsError: If the directory holds a run with others.
            OutputError: If it cannot be written.
        """
        check_record(self.output, self.model_dump(mode="json", exclude=FREE_TO_CHANGE))


def _check_package(wanted: bool, option: str, package: str) -> None:
    if wanted and find_spec(package) is None:
        raise SettingsError(f"{option} needs {package}; pip install {package}.")
