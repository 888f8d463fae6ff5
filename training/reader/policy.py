"""A small policy for the inbox that starts from nothing: linear heads over what a mail says.

One head chooses the label, one the team; a third writes the summary from pieces of the mail: who
wrote about what, one run of words, and up to two figures. How the heads learn stands in
`training.reader.reinforce`.
"""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple
from zipfile import BadZipFile

import numpy as np

from email_triage_env.models import LABELS, MAX_SUMMARY_LENGTH, EmailTriageObservation
from tools.episodes.playing import Answer, Player, Step
from training.command import RefusedError
from training.output import whole_files
from training.reader.memory import LINKS, TEAM_TRAITS, Context, Decided, context
from training.reader.reading import FIGURE_TRAITS, QUOTED_TRAITS, Floats, Mail, Vocabulary

Params = dict[str, Floats]
Choose = Callable[[Floats], int]

QUOTED_WORDS: Final = 8
FIGURES_NAMED: Final = 2
# The share of what a label or team can pay from which on it was exact; a near one pays far less.
EXACT: Final = 0.99
KEPT_MAILS: Final = 20_000
SETTINGS_FILE: Final = "reader.json"
WEIGHTS_FILE: Final = "weights.npz"


class ReaderError(RefusedError):
    """A directory holds no reader, or one of another version of this code."""


class Choice(NamedTuple):
    """What the heads chose: places in the labels, the teams, the words and the figures."""

    label: int
    team: int
    window: int
    figures: tuple[int, ...]


class Decision(NamedTuple):
    """A choice with what its gradient needs: what each head chose from, and how likely."""

    mail: Mail
    context: Context
    choice: Choice
    label_odds: Floats
    team_odds: Floats
    window_odds: Floats
    figure_odds: tuple[Floats, ...]


class Reader:
    """Decides mails; as a policy, by what is likeliest."""

    def __init__(self, vocabulary: Vocabulary, params: Params | None = None) -> None:
        """Start with all weights at zero, every decision as likely as any other, or with `params`.

        Args:
            vocabulary: Turns mails into numbers.
            params: Weights by name.
        """
        self.vocabulary = vocabulary
        heads = len(LABELS) + len(vocabulary.teams)
        self.params = params or {
            "mail": np.zeros((len(vocabulary), heads)),
            "bias": np.zeros(heads),
            "links": np.zeros((LINKS, heads)),
            "teams": np.zeros(TEAM_TRAITS),
            "words": np.zeros(len(vocabulary) + 1),
            "quoted": np.zeros(QUOTED_TRAITS),
            "figures": np.zeros(FIGURE_TRAITS),
        }
        self._mails: dict[str, Mail] = {}

    def __call__(
        self, brief: Mapping[str, Any], observation: EmailTriageObservation, steps: Sequence[Step]
    ) -> Answer:
        """Answer with what is likeliest."""
        return self._answer(brief, observation, steps, lambda odds: int(odds.argmax()))

    def drawing(self, seed: str) -> Player:
        """Return the policy that draws its answers from what it thinks likely.

        Args:
            seed: What is drawn follows from this and the email, so that it does not matter who
                plays what in which order.

        Returns:
            The policy.
        """

        def policy(
            brief: Mapping[str, Any], observation: EmailTriageObservation, steps: Sequence[Step]
        ) -> Answer:
            draw = random.Random(f"{seed}/{observation.email_id}")  # noqa: S311 # no secret

            def choose(odds: Floats) -> int:
                return min(int(np.searchsorted(odds.cumsum(), draw.random())), len(odds) - 1)

            return self._answer(brief, observation, steps, choose)

        return policy

    def reconsider(
        self, brief: Mapping[str, Any], steps: Sequence[Step], choices: Sequence[Choice]
    ) -> list[Decision]:
        """Return the decisions of an episode as they look with the present weights.

        Args:
            brief: What the reset of the episode told.
            steps: The episode.
            choices: What was chosen at each of its steps.

        Returns:
            The decisions.
        """
        decisions = []
        before: list[Decided] = []
        for step, choice in zip(steps, choices, strict=True):
            mail = self._read(step.observation)
            decisions.append(self._decide(mail, before, None, choice))
            before.extend(self._decided(brief, [step]))
        return decisions

    def choice_of(self, step: Step) -> Choice:
        """Return what this policy chose in a step of its own.

        Args:
            step: The step; its raw answer holds the choice.

        Returns:
            The choice.
        """
        label, team, window, figures = json.loads(step.answer.raw)
        return Choice(label, team, window, tuple(figures))

    def demonstrated(self, step: Step) -> Choice:
        """Return what somebody else's answer says about the choices of this policy.

        Args:
            step: A step with that answer. Of its summary only that is used, which run of words of
                the mail has most of its rarer words.

        Returns:
            The choice, without figures.
        """
        action = step.answer.action
        mail = self._read(step.observation)
        window = self.vocabulary.likest(mail, str(action["summary"]), QUOTED_WORDS)
        team = self.vocabulary.teams.index(str(action["route_to"]))
        return Choice(LABELS.index(action["label"]), team, window, ())

    def check_desk(self, brief: Mapping[str, Any]) -> None:
        """Refuse an inbox of a desk whose teams this policy does not know.

        Args:
            brief: What the reset told.

        Raises:
            ReaderError: If they are others.
        """
        known = self.vocabulary.teams
        if set(brief.get("teams", known)) != set(known):
            raise ReaderError(
                f"{brief['task_id']} comes to a desk with other teams than the reader has learned; "
                f"give it easy, medium, hard or mixed inboxes, and those of other desks to a "
                f"language model."
            )

    def save(self, directory: Path) -> None:
        """Write the policy.

        Args:
            directory: Where to; it is made if it is not there.

        Raises:
            OutputError: If it cannot be written; then none of it is.
        """
        text = json.dumps({"vocabulary": self.vocabulary.saved()})
        with whole_files(directory, SETTINGS_FILE) as part:
            (part / SETTINGS_FILE).write_text(text, encoding="utf-8")
            np.savez_compressed(part / WEIGHTS_FILE, **self.params)

    @classmethod
    def load(cls, directory: Path) -> "Reader":
        """Read a policy that was saved.

        Args:
            directory: Where it is.

        Returns:
            The policy.

        Raises:
            ReaderError: If there is none, or it does not fit this code.
        """
        try:
            settings = json.loads((directory / SETTINGS_FILE).read_text(encoding="utf-8"))
            # Opened here, because numpy leaves a file open that is no archive.
            with (directory / WEIGHTS_FILE).open("rb") as file, np.load(file) as stored:
                params = {name: np.asarray(stored[name]) for name in stored.files}
            reader = cls(Vocabulary(**settings["vocabulary"]))
        except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
            raise ReaderError(
                f"{directory} holds no reader ({error}); make one with "
                f"`python -m training.reader.train`."
            ) from error
        shapes = {name: values.shape for name, values in reader.params.items()}
        if shapes != {name: values.shape for name, values in params.items()}:
            raise ReaderError(f"The reader in {directory} is of another version; train it again.")
        reader.params = params
        return reader

    def _answer(
        self,
        brief: Mapping[str, Any],
        observation: EmailTriageObservation,
        steps: Sequence[Step],
        choose: Choose,
    ) -> Answer:
        self.check_desk(brief)
        before = self._decided(brief, steps)
        decision = self._decide(self._read(observation), before, choose, None)
        choice = decision.choice
        action = {
            "label": LABELS[choice.label],
            "route_to": self.vocabulary.teams[choice.team],
            "summary": _summary(decision.mail, choice),
        }
        return Answer(json.dumps(choice), action)

    def _decide(
        self, mail: Mail, before: Sequence[Decided], choose: Choose | None, taken: Choice | None
    ) -> Decision:
        """Decide by `choose`, or look at what was `taken`."""
        seen = context(mail, before, len(self.vocabulary.teams))
        params = self.params
        scores = mail.values @ params["mail"][mail.ids] + params["bias"]
        scores = scores + seen.links @ params["links"]
        label_odds = softmax(scores[: len(LABELS)])
        team_odds = softmax(scores[len(LABELS) :] + seen.teams @ params["teams"])
        words = params["words"][mail.quoted_ids] + mail.quoted_traits @ params["quoted"]
        # Short mails get scores of 0 at their end, so that there is always a whole window.
        padded = np.concatenate([words, np.zeros(max(0, QUOTED_WORDS - len(words)))])
        sums = np.concatenate([[0.0], padded.cumsum()])
        window_odds = softmax(sums[QUOTED_WORDS:] - sums[:-QUOTED_WORDS])
        left = mail.figure_traits @ params["figures"]
        figures: list[int] = []
        figure_odds: list[Floats] = []
        named = FIGURES_NAMED if taken is None else len(taken.figures)
        for i in range(min(named, len(left))):
            figure_odds.append(softmax(left))
            figures.append(_pick(figure_odds[-1], choose, taken and taken.figures[i]))
            left = np.where(np.arange(len(left)) == figures[-1], -np.inf, left)
        choice = Choice(
            _pick(label_odds, choose, taken and taken.label),
            _pick(team_odds, choose, taken and taken.team),
            _pick(window_odds, choose, taken and taken.window),
            tuple(figures),
        )
        odds = (label_odds, team_odds, window_odds, tuple(figure_odds))
        return Decision(mail, seen, choice, *odds)

    def _decided(self, brief: Mapping[str, Any], steps: Sequence[Step]) -> list[Decided]:
        def proven(step: Step, leaf: str) -> bool:
            return float(step.parts[leaf]) > EXACT * float(brief["points"][leaf])

        return [
            Decided(
                self._read(step.observation),
                LABELS.index(step.answer.action["label"]),
                self.vocabulary.teams.index(str(step.answer.action["route_to"])),
                proven(step, "label"),
                proven(step, "route"),
            )
            for step in steps
        ]

    def _read(self, observation: EmailTriageObservation) -> Mail:
        if observation.email_id not in self._mails:
            if len(self._mails) >= KEPT_MAILS:
                self._mails.clear()
            self._mails[observation.email_id] = self.vocabulary.read(observation)
        return self._mails[observation.email_id]


def softmax(scores: Floats) -> Floats:
    """Return the probabilities of some scores."""
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum())


def _pick(odds: Floats, choose: Choose | None, taken: int | None) -> int:
    if taken is not None:
        return taken
    return choose(odds) if choose is not None else int(odds.argmax())


def _summary(mail: Mail, choice: Choice) -> str:
    quoted = " ".join(mail.quoted[choice.window : choice.window + QUOTED_WORDS])
    figures = " and ".join(mail.figures[i] for i in sorted(choice.figures))
    named = f", and it names {figures}" if figures else ""
    return f"{f'{mail.opening}. The mail says {quoted}{named}'[: MAX_SUMMARY_LENGTH - 1]}."
