"""A reader of words without their order: what can be learned by heart from inboxes to train on.

A naive Bayes classifier over the words that a mail has (Bernoulli model, smoothed; see
https://nlp.stanford.edu/IR-book/html/htmledition/the-bernoulli-model-1.html).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from math import log
from typing import Final, Generic, TypeVar

from models import Email, EmailObservation

Class = TypeVar("Class", bound=str)
SMOOTHING: Final = 0.3
_WORD: Final = re.compile(r"[a-z']{3,}|[?£!]|kestrelmoor\.example")


def bag_of(mail: Email | EmailObservation) -> frozenset[str]:
    """Return the words of a mail, of whatever part."""
    text = " ".join((mail.sender, mail.subject, mail.body, *mail.thread_history))
    return frozenset(_WORD.findall(text.lower()))


class Bag(Generic[Class]):
    """Learns which words go with which class."""

    def __init__(self, examples: Iterable[tuple[frozenset[str], Class]]) -> None:
        """Learn from examples: the words of a mail and its class."""
        self._mails: Counter[Class] = Counter()
        self._words: dict[Class, Counter[str]] = defaultdict(Counter)
        for words, named in examples:
            self._mails[named] += 1
            self._words[named].update(words)
        self._known = frozenset().union(*self._words.values())

    def guess(self, words: frozenset[str]) -> Class:
        """Return the class that is likeliest for the words of a mail."""
        known = words & self._known

        def score(named: Class) -> float:
            mails, seen = self._mails[named], self._words[named]
            share = log(mails / self._mails.total())
            most = mails + 2 * SMOOTHING
            return share + sum(log((seen[word] + SMOOTHING) / most) for word in sorted(known))

        return max(self._mails, key=score)
