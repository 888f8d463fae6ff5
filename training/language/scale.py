"""How much a demonstration does: in full on a GPU, and in short on two processor cores."""

from pathlib import Path
from typing import Final, Literal, NamedTuple

from training.language.mail_prompt import MailPrompt
from training.language.settings import TrainSettings
from training.language.warm_start import WarmStartSettings


class Scale(NamedTuple):
    """How much is done.

    Attributes:
        seeds: How many runs, where no seeds are named.
        demonstrated: From how many inboxes supervised learning is tried.
        begin: From which of them the reward goes on.
        epochs: How often supervised learning sees each mail.
        warm_batch: Mails of a supervised step.
        warm_rate: Its learning rate.
        layers: How many of the last layers learn; None for all.
        letters: How much of a mail's text is shown.
        tokens: Of a prompt, at most.
        answer_tokens: Of an answer, at most.
        steps: Of learning from the reward.
        batch: Answers of such a step.
        group: Answers to the same mail.
        micro_batch: Answers in memory at once.
        rate: Its learning rate.
        temperature: How freely those answers are drawn.
        credit: Whether a token has the credit of its answer or of its field.
        evaluated: Inboxes of an evaluation.
    """

    seeds: int
    demonstrated: tuple[int, ...]
    begin: int
    epochs: float
    warm_batch: int
    warm_rate: float
    layers: int | None
    letters: int
    tokens: int
    answer_tokens: int
    steps: int
    batch: int
    group: int
    micro_batch: int
    rate: float
    temperature: float
    credit: Literal["answer", "field"]
    evaluated: int

    def prompt(self) -> MailPrompt:
        """Return how a model is asked."""
        return MailPrompt(
            tokens=self.tokens, answer_tokens=self.answer_tokens, letters=self.letters
        )

    def warm_start(
        self, model: Path, demonstrations: Path, output: Path, inboxes: int, seed: int
    ) -> WarmStartSettings:
        """Return the settings of supervised learning.

        Args:
            model: What learns.
            demonstrations: The file of them.
            output: Where the adapter goes.
            inboxes: How many of them are read.
            seed: Of the order and the adapter.

        Returns:
            The settings.
        """
        return WarmStartSettings(
            model=str(model),
            demonstrations=demonstrations,
            output=output,
            inboxes=inboxes,
            epochs=self.epochs,
            batch=self.warm_batch,
            micro_batch=min(self.warm_batch, self.micro_batch),
            learning_rate=self.warm_rate,
            layers=self.layers,
            seed=seed,
            prompt_tokens=self.tokens,
            answer_tokens=self.answer_tokens,
            letters=self.letters,
        )

    def reward(
        self, adapter: Path, output: Path, url: str, seed: int, first_inbox: int
    ) -> TrainSettings:
        """Return the settings of learning from the reward.

        Args:
            adapter: What supervised learning left.
            output: The run's folder.
            url: Where the environment's native server runs.
            seed: Of the draws.
            first_inbox: From which one on it plays.

        Returns:
            The settings.
        """
        return TrainSettings(
            model=str(adapter),
            output=output,
            env_url=url,
            single_turn=True,
            # Every step is about mail of all difficulties, so that the curve shows one thing.
            difficulty="mixed",
            steps=self.steps,
            batch=self.batch,
            micro_batch=self.micro_batch,
            group=self.group,
            learning_rate=self.rate,
            temperature=self.temperature,
            credit=self.credit,
            first_inbox=first_inbox,
            seed=seed,
            save_every=max(1, self.steps // 8),
            show_every=max(1, self.steps // 8),
        )


FULL: Final = Scale(
    seeds=3,
    demonstrated=(8, 32, 128),
    begin=32,
    epochs=3.0,
    warm_batch=16,
    warm_rate=1e-3,
    layers=None,
    letters=1000,
    tokens=512,
    answer_tokens=80,
    steps=36,
    batch=256,
    group=8,
    micro_batch=64,
    rate=5e-4,
    temperature=1.0,
    credit="answer",
    evaluated=64,
)
SHORT: Final = Scale(
    seeds=1,
    demonstrated=(24,),
    begin=24,
    epochs=3.0,
    warm_batch=8,
    warm_rate=2e-3,
    layers=15,
    letters=200,
    tokens=208,
    answer_tokens=72,
    steps=20,
    # Many mails with few answers to each: with few mails a step learns what is frequent in them.
    batch=64,
    group=4,
    micro_batch=64,
    rate=4e-4,
    temperature=0.8,
    credit="field",
    evaluated=8,
)
