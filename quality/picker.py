"""A picker of words: it learns from answered mail which words a summary of new mail pays for.

It understands nothing. It counts, over train deals and their answer key, which words were on topic
and which stated a fact, and fits a logistic regression to where and how they stand. Nothing here
knows what becomes of the words (quality/attacks.py) or how a mail is read (quality/traits.py).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from graders import NEUTRAL_STEMS, _gist, _read_known, _tokens
from models import Email, GroundTruth, Task
from quality.traits import Mail, Seen, words_of
from tasks import versions

# What a word is judged for: that it is on topic, and that it states one of the first three facts.
FACTS: Final = 3
TARGETS: Final = 1 + FACTS
# Mails that share more of their words tell one story, and must not teach each other.
SAME_STORY: Final = 0.4
SAME_MAIL: Final = 0.6
FEWEST_MAILS: Final = 4
ROUNDS: Final = 12
RATE: Final = 0.03
# How much more a mail teaches that is like this one, or has its label or its team.
ALIKE: Final = 12.0
SAME_ANSWER: Final = 4.0
LEAST_RATE: Final = 0.002
# Of two words of a mail that are seen for the first time, so many may be on topic.
USUALLY_TAKEN: Final = 0.66
OWN_WORDS_TRIED: Final = 60

_Traits = dict[str, float]


class _Lesson(NamedTuple):
    """A train mail and which stems hit which target, as its answer key says."""

    label: str
    team: str
    words: dict[str, Seen]
    targets: tuple[frozenset[str], ...]


class _Memory:
    """How often stems hit each target: by likeness, and in mail of the same label."""

    def __init__(self) -> None:
        self.weight = 0.0
        self.number = 0
        self.near: list[defaultdict[str, float]] = [defaultdict(float) for _ in range(TARGETS)]
        self.same: list[Counter[str]] = [Counter() for _ in range(TARGETS)]
        self.seen: Counter[str] = Counter()
        self.taken: Counter[str] = Counter()


class Candidate(NamedTuple):
    """A word for a summary, whether the mail lacks it, and its chance to hit each target."""

    text: str
    stem: str
    own: bool
    chances: tuple[float, ...]


class WordPicker:
    """Judges the words that a summary of a mail might have; `learn` makes one."""

    def __init__(self, lessons: Sequence[_Lesson], forms: Mapping[str, str]) -> None:
        """Learn from the lessons; `forms` says how each stem is written."""
        self._lessons = lessons
        self._forms = forms
        self._judged: dict[tuple[str, str, str], list[Candidate]] = {}
        found = Counter(stem for lesson in lessons for stem in lesson.words)
        self._rarity = {stem: math.log(1 + len(lessons) / (1 + found[stem])) for stem in found}
        self._weights: tuple[_Traits, ...] = tuple({} for _ in range(TARGETS))
        rows = [
            (traits, [_hits(stem, target) for target in lesson.targets])
            for lesson in lessons
            for stem, traits in self._described(lesson.words, lesson.label, lesson.team).items()
        ]
        for _ in range(ROUNDS):
            for traits, hits in rows:
                self._learn_row(traits, hits)

    def candidates(self, mail: Mail, truth: GroundTruth) -> list[Candidate]:
        """Judge the words of a mail and those that were used of the mails most like it.

        Args:
            mail: What the agent sees.
            truth: The answer, of which only label and team are read.

        Returns:
            The words of the mail in order, then the others.
        """
        key = (mail.email_id, truth.label, truth.route_to)
        if key not in self._judged:
            words = words_of(mail)
            described = self._described(words, truth.label, truth.route_to)
            self._judged[key] = [
                Candidate(
                    words[stem].text if stem in words else self._forms[stem],
                    stem,
                    stem not in words,
                    tuple(_chance(weights, traits) for weights in self._weights),
                )
                for stem, traits in described.items()
            ]
        return self._judged[key]

    def _described(self, words: Mapping[str, Seen], label: str, team: str) -> dict[str, _Traits]:
        """Return the traits of the words of a mail, then of others that suit it."""
        memory = self._recalled(words, label, team)
        likely = sorted(
            self._forms.keys() - words.keys(),
            key=lambda stem: (-sum(near[stem] for near in memory.near), stem),
        )
        described: dict[str, _Traits] = {}
        for stem in [*words, *likely[:OWN_WORDS_TRIED]]:
            kind = "mail" if stem in words else "own"
            traits = {kind: 1.0, f"{kind} neutral": float(stem in NEUTRAL_STEMS)}
            for i in range(TARGETS):
                traits[f"{kind} near {i}"] = _scaled(memory.near[i][stem], memory.weight)
                traits[f"{kind} same {i}"] = _scaled(memory.same[i][stem], memory.number)
            if stem in words:
                taken, seen = memory.taken[stem], memory.seen[stem]
                traits["taken"] = _scaled(taken + USUALLY_TAKEN, seen + 2)
                for trait in words[stem].traits:
                    traits[trait] = traits[f"{trait} {label}"] = 1.0
            described[stem] = traits
        return described

    def _recalled(self, words: Mapping[str, Seen], label: str, team: str) -> "_Memory":
        """Count over the lessons, except those of the mail's own story."""
        memory = _Memory()
        for lesson in self._lessons:
            likeness = self._likeness(words, lesson.words)
            if likeness > SAME_STORY:
                continue
            same = lesson.label == label
            weight = math.exp(ALIKE * likeness) * SAME_ANSWER ** (same + (lesson.team == team))
            memory.weight += weight
            memory.number += same
            for i, target in enumerate(lesson.targets):
                for stem in target:
                    memory.near[i][stem] += weight
                    memory.same[i][stem] += same
            memory.seen.update(lesson.words.keys())
            memory.taken.update(lesson.words.keys() & lesson.targets[0])
        return memory

    def _likeness(self, words: Mapping[str, Seen], others: Mapping[str, Seen]) -> float:
        shared = [stem for stem in words if stem in others]
        squares = [
            sum(self._rarity.get(stem, 0.0) ** 2 for stem in stems)
            for stems in (shared, words, others)
        ]
        return squares[0] / math.sqrt(squares[1] * squares[2] or 1.0)

    def _learn_row(self, traits: _Traits, hits: Sequence[bool]) -> None:
        for weights, hit in zip(self._weights, hits, strict=True):
            step = RATE * (hit - _chance(weights, traits)) / math.sqrt(len(traits))
            for trait, value in traits.items():
                weights[trait] = weights.get(trait, 0.0) + step * value


def learn(deals: Iterable[Task]) -> WordPicker:
    """Learn from inboxes and their answer keys which words to pick.

    Args:
        deals: Train deals.

    Returns:
        What judges the words of other mail.
    """
    lessons: list[_Lesson] = []
    forms: dict[str, str] = {}
    found: Counter[str] = Counter()
    for task, email in _mails(deals):
        words = words_of(email)
        shared = [len(words.keys() & lesson.words.keys()) for lesson in lessons]
        if max(shared, default=0) > SAME_MAIL * len(words):
            continue
        truth = task.ground_truth[email.email_id]
        may_say = f"{truth.reference_summary} {truth.about}"
        known = _read_known(truth.sources[-1:], truth.facts, truth.stale, may_say)
        facts = [frozenset(map(str.strip, plain + denying)) for plain, denying in known.facts]
        # Where there are fewer facts, stating the last one counts for those that are not there.
        facts += facts[-1:] * (FACTS - len(facts))
        targets = (known.about, *facts[:FACTS])
        lessons.append(_Lesson(truth.label, truth.route_to, words, targets))
        found.update(known.about)
        spelt = _tokens(" ".join([may_say, *(wording for fact in truth.facts for wording in fact)]))
        forms = {_gist([token]).strip(): token for token in spelt} | forms
    often = {stem: forms[stem] for stem in forms if found[stem] >= FEWEST_MAILS and stem.isalpha()}
    return WordPicker(lessons, often)


def _mails(deals: Iterable[Task]) -> Iterator[tuple[Task, Email]]:
    for task in deals:
        for item in task.emails:
            yield from ((task, email) for email in versions(item))


def _hits(stem: str, target: frozenset[str]) -> bool:
    return stem in target or (
        " " in stem and all(part in target or part in NEUTRAL_STEMS for part in stem.split())
    )


def _scaled(part: float, whole: float) -> float:
    return math.log(part / (whole or 1.0) + LEAST_RATE) / 3 + 1


def _chance(weights: _Traits, traits: _Traits) -> float:
    total = sum(weights.get(trait, 0.0) * value for trait, value in traits.items())
    return (1 + math.tanh(total / 2)) / 2
