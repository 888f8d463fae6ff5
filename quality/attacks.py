"""Mechanical summarisers: what writes a summary without understanding the mail.

Each is a `Writer` that reads label and team of the answer, half of a right decision, and nothing
else of it. The strongest take the words that a trained picker expects to pay (quality/picker.py).
Nothing here knows how much they may earn.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial
from math import prod
from typing import Final, NamedTuple

from graders import (
    FULL_FOCUS,
    FUNCTION_WORDS,
    NEUTRAL_STEMS,
    NO_FOCUS,
    OWN_WORD,
    RECALL_POWER,
)
from models import MAX_SUMMARY_LENGTH, EmailObservation, GroundTruth, Label
from quality.exploits import sender_and_subject
from quality.picker import FACTS, Candidate, WordPicker
from quality.policies import Writer

MOST_WORDS: Final = 30
GLUED_WORDS: Final = 80
# Small words that hardly any mail has.
SMALL_WORDS: Final = ("whose", "hers", "onto", "yours")
SMALL_WORDS_APART: Final = 7
TOPIC_WORDS: Final = (6, 10, 16, 26)
PAYING_WORDS: Final = (8, 12, 16, 20, 26)
WORDS_WEIGHED: Final = 100
# The share of the words on topic is known no better than this.
DOUBT: Final = (-0.2, -0.1, 0.0, 0.1, 0.2)
TWO_OF_THREE: Final = (2 / 3) ** RECALL_POWER
# So much for a word on topic makes a choice of the first ones, which state no two facts yet.
HINT: Final = 0.002
# No fact is ever certain to be missing, and the odds of that can be written down.
ALMOST_CERTAIN: Final = 0.999
FRAMED_WORDS: Final = 8
LISTED_WORDS: Final = 13
TEMPLATE_WORDS: Final = 12
SHORTEST_SENTENCE: Final = 5
NUMBERS_NAMED: Final = 4
OTHER_SMALL_WORDS: Final = {
    "a": "the", "the": "that", "to": "for", "for": "to", "we": "they", "i": "they", "us": "them",
    "our": "their", "my": "their", "you": "us", "your": "our", "of": "from", "at": "by",
    "on": "by", "by": "at", "in": "within", "will": "would", "are": "were", "is": "was",
    "have": "had", "has": "had", "can": "could", "and": "with", "this": "that", "it": "this",
}  # fmt: skip
TEMPLATES: Final[dict[Label, str]] = {
    "urgent": "{names}: the {words} must be dealt with today by {figures}, or it is {own}",
    "normal": "{names} asks us about the {words} and wants an answer by {figures}: {own}",
    "archive": "{names} confirms that the {words} is done with {figures}: {own}",
    "spam": "{names} wants the {words} and {figures}, which is unsolicited: {own}",
}
_NUMBER: Final = re.compile(r"£?\d[\d:.,]*\d")
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n\n+")

Choice = Callable[[Sequence[Candidate]], Sequence[Candidate]]


def attacks(picker: WordPicker) -> dict[str, Writer]:
    """Return every mechanical summariser by name.

    Args:
        picker: What judges words, learned on train deals.

    Returns:
        The writers; each reads no more of the answer than label and team.
    """
    choices: dict[str, Choice] = {
        **{f"{most} words on topic": partial(_on_topic, most=most) for most in TOPIC_WORDS},
        **{f"{most} words that pay": partial(chosen, most=most) for most in PAYING_WORDS},
        **{f"{most} mail words that pay": partial(_of_mail, most=most) for most in PAYING_WORDS},
    }
    return {
        "words glued with underscores": partial(_glued, picker, "_"),
        "words glued without spaces": partial(_glued, picker, ""),
        "every other content word": _every_other_word,
        **{name: partial(_picked, picker, choice) for name, choice in choices.items()},
        "quoted words that pay": partial(_framed, picker),
        "list of words that pay": partial(_listed, picker),
        "template of words that pay": partial(_templated, picker),
        "best sentence": partial(_best_sentence, picker, list),
        "best sentence without small words": partial(_best_sentence, picker, _content),
        "best sentence with other small words": partial(_best_sentence, picker, _reworded),
        "best sentence backwards": partial(_best_sentence, picker, _backwards),
        "sender and subject": sender_and_subject,
        "sender, subject and numbers": _with_numbers,
    }


def chosen(candidates: Sequence[Candidate], most: int) -> list[Candidate]:
    """Add, while it helps, the word that raises the credit to be expected most.

    Args:
        candidates: The words there are, those of the mail first and in order.
        most: How many to choose at most.

    Returns:
        The choice in the same order.
    """
    left = sorted(candidates, key=lambda word: -sum(word.chances))[:WORDS_WEIGHED]
    taken: list[Candidate] = []
    outlook = _Outlook(0.0, 0.0, (ALMOST_CERTAIN,) * FACTS)
    while left and len(taken) < most:
        best = max(left, key=lambda word: outlook.plus(word).worth())
        if len(taken) > FACTS and outlook.plus(best).worth() <= outlook.worth():
            break
        outlook = outlook.plus(best)
        taken.append(best)
        left.remove(best)
    return sorted(taken, key=candidates.index)


class _Outlook(NamedTuple):
    """What some words promise: on topic, beside it, and each fact's chance to be missing."""

    about: float
    beside: float
    missing: tuple[float, ...]

    def plus(self, word: Candidate) -> "_Outlook":
        chance, *facts = word.chances
        counted = word.stem not in NEUTRAL_STEMS
        return _Outlook(
            self.about + counted * chance,
            self.beside + counted * (OWN_WORD if word.own else 1.0) * (1 - chance),
            tuple(left * (1 - fact) for left, fact in zip(self.missing, facts, strict=True)),
        )

    def worth(self) -> float:
        share = self.about / (self.about + self.beside or 1.0)
        over = [(share + doubt - NO_FOCUS) / (FULL_FOCUS - NO_FOCUS) for doubt in DOUBT]
        focus = sum(min(1.0, max(0.0, part)) for part in over) / len(over)
        every = prod(1 - chance for chance in self.missing)
        but_one = every * sum(chance / (1 - chance) for chance in self.missing)
        return focus * (every + TWO_OF_THREE * but_one) + HINT * (self.about - self.beside)


def _on_topic(candidates: Sequence[Candidate], most: int) -> list[Candidate]:
    words = [word for word in candidates if word.stem not in NEUTRAL_STEMS]
    best = sorted(words, key=lambda word: -word.chances[0])[:most]
    return sorted(best, key=words.index)


def _of_mail(candidates: Sequence[Candidate], most: int) -> list[Candidate]:
    return chosen([word for word in candidates if not word.own], most)


def _loosened(words: Sequence[str]) -> str:
    """Put a small word into each run of words, so that they pass for sentences."""
    starts = range(0, len(words), SMALL_WORDS_APART)
    runs = (" ".join(words[start : start + SMALL_WORDS_APART]) for start in starts)
    return " ".join(f"{small} {run}" for small, run in zip(SMALL_WORDS, runs, strict=False))


def _picked(
    picker: WordPicker, choice: Choice, observation: EmailObservation, truth: GroundTruth
) -> str:
    return _loosened([word.text for word in choice(picker.candidates(observation, truth))])


def _glued(picker: WordPicker, glue: str, observation: EmailObservation, truth: GroundTruth) -> str:
    words = _on_topic(picker.candidates(observation, truth), GLUED_WORDS)
    return glue.join(word.text for word in words)[:MAX_SUMMARY_LENGTH]


def _every_other_word(observation: EmailObservation, _truth: GroundTruth) -> str:
    words = _content(observation.body.split())[::2]
    return _loosened(words[: MOST_WORDS - len(SMALL_WORDS)])


def _framed(picker: WordPicker, observation: EmailObservation, truth: GroundTruth) -> str:
    words = chosen(picker.candidates(observation, truth), FRAMED_WORDS)
    quoted = ", the ".join(f'"{word.text}"' for word in words)
    return f"They wrote to us about the {quoted}, and this is for you to see to."


def _listed(picker: WordPicker, observation: EmailObservation, truth: GroundTruth) -> str:
    words = chosen(picker.candidates(observation, truth), LISTED_WORDS)
    return f"This is about the {', the '.join(word.text for word in words)}."


def _templated(picker: WordPicker, observation: EmailObservation, truth: GroundTruth) -> str:
    """Fill the template of a label with the words that pay, sorted by what they are."""
    slots: dict[str, list[str]] = {"names": [], "words": [], "figures": [], "own": []}
    for word in chosen(picker.candidates(observation, truth), TEMPLATE_WORDS):
        figure = not word.text[0].isalpha()
        kind = "figures" if figure else "names" if word.text.istitle() else "words"
        slots["own" if word.own else kind].append(word.text)
    filled = {kind: " and the ".join(words) or "matter" for kind, words in slots.items()}
    return f"{TEMPLATES[truth.label].format_map(filled)}."


def _best_sentence(
    picker: WordPicker,
    rewrite: Callable[[list[str]], list[str]],
    observation: EmailObservation,
    truth: GroundTruth,
) -> str:
    """Rewrite the sentence of the mail with the most chances to state facts."""
    judged = {word.text: sum(word.chances[1:]) for word in picker.candidates(observation, truth)}
    sentences = [sentence.split() for sentence in _SENTENCE.split(observation.body)]
    best = max(sentences, key=lambda words: sum(judged.get(_bare(word), 0.0) for word in words))
    return f"They have {' '.join(rewrite(best)[: MOST_WORDS - 4])} for us"


def _bare(word: str) -> str:
    return word.strip(".,;:!?()\"'")


def _content(words: list[str]) -> list[str]:
    return [word for word in words if _bare(word).lower() not in FUNCTION_WORDS]


def _reworded(words: list[str]) -> list[str]:
    return [OTHER_SMALL_WORDS.get(word.lower(), word) for word in words]


def _backwards(words: list[str]) -> list[str]:
    return [_bare(word) for word in reversed(words)]


def _with_numbers(observation: EmailObservation, _truth: GroundTruth) -> str:
    name = observation.sender.partition("<")[0].strip()
    numbers = " and ".join(_NUMBER.findall(observation.body)[:NUMBERS_NAMED])
    return f"{name} wrote about {observation.subject}: {numbers} are named in it."
