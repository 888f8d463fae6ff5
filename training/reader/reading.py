"""What the policy reads from a mail: words, traits in terms of the desk's rules, quotable text.

Everything here follows from what a client sees: the observation, and the teams that the reset
tells. No trait names a label or a team; which of them matter, and for what, is learnt.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any, Final, NamedTuple, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from email_triage_env.models import EmailTriageObservation

Floats: TypeAlias = NDArray[np.float64]
Indices: TypeAlias = NDArray[np.int64]

OUR_DOMAIN: Final = "kestrelmoor.example"
DESK_LEAD: Final = f"desk-lead@{OUR_DOMAIN}"
# How much the words of a mail weigh together, where each trait weighs 1.
WORDS_WEIGHT: Final = 1.0
VOCABULARY_SHARES: Final = (0.02, 0.4)
COMMON_SHARE: Final = 0.02
LIKENESS: Final = 0.7
DAYS_PER_WEEK: Final = 7
SHORT: Final = 600
LONG: Final = 900
SHORTEST_STEM: Final = 3
TRAIT_SIGN: Final = "="
SHORTEST_FIRM: Final = 5
SUBJECT_WORDS: Final = 5
QUOTED_TRAITS: Final = 8
# Buckets for the words before a figure, which say what it is ("by 3 May", "since 3 May").
CONTEXT: Final = 32
FIGURES: Final = ("money", "date", "time", "po")
GAPS: Final = ("past", "today", "next day", "this week", "next week", "later")
FIGURE_TRAITS: Final = len(FIGURES) + len(GAPS) + 2 + CONTEXT
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DATE: Final = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)})[a-z]*", re.IGNORECASE)
_PO: Final = re.compile(r"\bPO\s?\d{5}\b", re.IGNORECASE)
_PLACEHOLDERS: Final = (
    (_PO, " <po> "),
    (re.compile(r"\bv\d{3}\b"), " <vacancy> "),
    (re.compile(r"£\s?[\d,.]*\d"), " <money> "),
    (_DATE, " <date> "),
    (re.compile(r"\b\d{1,2}:\d\d\b"), " <time> "),
    (re.compile(r"\S*@\S+|\S+\.example\b"), " <address> "),
    (re.compile(r"\d[\d.,]*"), " <number> "),
)
_WORD: Final = re.compile(r"<[a-z]+>|[a-z]+|[?!]")
_QUOTABLE: Final = re.compile(r"[A-Za-z][A-Za-z'-]*|£[\d,.]*\d|\d[\d:,.]*\d|\d")
_RARE: Final = re.compile(r"[a-z]{4,}|\d{3,}")
_CAPITALISED: Final = re.compile(r"[A-Z][A-Za-z']+(?: [A-Z][A-Za-z']+)*")
_FIGURE: Final = re.compile(
    rf"(?P<money>£\s?[\d,.]*\d)|(?P<date>{_DATE.pattern})|(?P<time>\b\d{{1,2}}:\d\d\b)"
    rf"|(?P<po>{_PO.pattern})",
    re.IGNORECASE,
)
_ENDINGS: Final = "ations ation ments ment ings ing ied ies ers er ed es s ly y e".split()


class Mail(NamedTuple):
    """One mail as numbers, before anything is known of the episode.

    Attributes:
        observation: What was read.
        host: The domain it came from.
        ids: Its words and traits, as places in the vocabulary.
        values: What each of them weighs.
        rare: Its rare words and numbers, to find mails about the same matter.
        named: Per team whether the mail names it.
        overlap: Per team how many words of what the team owns the mail has.
        opening: Who wrote about what: the first words of a summary.
        quoted: The words of the body in order.
        quoted_ids: Their places in the vocabulary, or -1.
        quoted_traits: What else is known of each.
        figures: The amounts, dates and times in the body.
        figure_traits: What is known of each.
    """

    observation: EmailTriageObservation
    host: str
    ids: Indices
    values: Floats
    rare: frozenset[str]
    named: Floats
    overlap: Floats
    opening: str
    quoted: list[str]
    quoted_ids: Indices
    quoted_traits: Floats
    figures: list[str]
    figure_traits: Floats


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Cut a common ending off."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def stems(text: str) -> list[str]:
    """Return the stems of a text, and for each number what kind of number it is."""
    text = text.lower()
    for pattern, placeholder in _PLACEHOLDERS:
        text = pattern.sub(placeholder, text)
    return [word if word[0] == "<" else stem(word) for word in _WORD.findall(text)]


@lru_cache(maxsize=1 << 16)
def alike(one: str, other: str) -> bool:
    """Say whether two domains differ and could still be taken for each other."""
    return one != other and SequenceMatcher(None, one, other).ratio() >= LIKENESS


def gaps(text: str, today: date) -> list[int]:
    """Return for each date in a text how far away it is, as a place in `GAPS`."""
    friday = 4
    next_day = today + timedelta(days=3 if today.weekday() == friday else 1)
    found = []
    for day, month in _DATE.findall(text):
        number = _MONTHS.index(month[:3].lower()) + 1
        try:
            years = [date(today.year + i, number, int(day)) for i in (-1, 0, 1)]
        except ValueError:  # 31 June
            continue
        when = min(years, key=lambda other: abs((other - today).days))
        days = (when - today).days
        if days <= 0:
            found.append(int(days == 0))
        else:
            found.append(2 if when <= next_day else 3 + min(2, days // DAYS_PER_WEEK))
    return found


def is_notice(mail: Mail) -> bool:
    """Say whether a mail comes from the one address that may change the routing."""
    return DESK_LEAD in mail.observation.sender.lower()


def _host(sender: str) -> str:
    found = re.search(r"@([\w.-]+)", sender)
    return found[1].lower() if found else ""


def traits(mail: EmailTriageObservation) -> list[str]:
    """Return what holds of a mail in terms of the policy's rules, whatever it is about."""
    now = datetime.fromisoformat(mail.timestamp)
    text, thread = f"{mail.subject}\n{mail.body}", " ".join(mail.thread_history)
    host, (display, _, mailbox) = _host(mail.sender), mail.sender.lower().partition("<")
    name = re.findall(r"[a-z]+", display)
    core = re.sub(r"[^a-z]", "", host.rpartition(".")[0])
    squeezed = re.sub(r"[^a-z]", "", text.lower())
    others = set(re.findall(r"[\w-]+\.example", f"{text} {thread}".lower())) - {OUR_DOMAIN}
    dates = gaps(text, now.date())
    coming = [GAPS[gap] for gap in dates if GAPS[gap] not in ("past", "today")]
    has_po, has_money = _PO.search(text) is not None, "£" in text
    held = {
        "own domain": host == OUR_DOMAIN,
        "desk lead": DESK_LEAD in mail.sender.lower(),
        "like our domain": host != OUR_DOMAIN and "kestrelmoor" in host,
        "hyphenated domain": "-" in host,
        "domain named": host in others,
        "like a domain named": host not in others and any(alike(host, one) for one in others),
        "firm named": core in squeezed,
        "opening of firm named": core[:6] in squeezed,
        "name in mailbox": any(part in mailbox for part in name),
        "name in domain": any(len(part) > SHORTEST_STEM and part in host for part in name),
        "po": has_po,
        "vacancy": re.search(r"\bV\d{3}\b", text) is not None,
        "money": has_money,
        "money without po": has_money and not has_po,
        "no date": not dates,
        "nothing to come": bool(dates) and not coming,
        "some soon": "next day" in coming,
        "all soon": set(coming) == {"next day"},
        "none soon": bool(coming) and "next day" not in coming,
        "one date": len(dates) == 1,
        "thread": bool(thread),
        "long thread": len(mail.thread_history) > 1,
        "question": "?" in mail.body,
        "exclamation": "!" in mail.body,
        "capitals": re.search(r"\b[A-Z]{4,} [A-Z]{3,}", text) is not None,
        "short": len(mail.body) < SHORT,
        "long": len(mail.body) > LONG,
        "reply": mail.subject.lower().startswith("re:"),
        **{f"date {GAPS[gap]}": True for gap in dates},
    }
    return [f"{TRAIT_SIGN}{trait}" for trait, holds in held.items() if holds]


class Vocabulary:
    """Turns mails into numbers by the words of the mails that it was shown."""

    def __init__(
        self,
        teams: Mapping[str, str],
        terms: Sequence[str],
        weights: Sequence[float],
        common: Iterable[str],
    ) -> None:
        """Take what `learned` found, or what was saved of it.

        Args:
            teams: What each team owns, as the reset tells it.
            terms: The words and traits that are told apart.
            weights: What each of them weighs; rare ones weigh more.
            common: The words that tell nothing about which matter a mail belongs to.
        """
        self.teams = list(teams)
        self.common = frozenset(common)
        self._owned = dict(teams)
        self._work = [frozenset(stems(work)) for work in teams.values()]
        self._index = {term: i for i, term in enumerate(terms)}
        self._weights = np.array(weights)

    @classmethod
    def learned(cls, mails: Iterable[EmailTriageObservation], teams: Mapping[str, str]) -> Self:
        """Learn the vocabulary.

        Args:
            mails: Mails as a client sees them; nothing is known of their answers.
            teams: What each team owns, as the reset tells it.

        Returns:
            The vocabulary.
        """
        counts: Counter[str] = Counter()
        number = 0
        for mail in mails:
            number += 1
            counts.update(_terms(mail).union(traits(mail)))
        fewest, most = (share * number for share in VOCABULARY_SHARES)
        kept = sorted(
            term
            for term, count in counts.items()
            if fewest <= count <= most or term[0] == TRAIT_SIGN
        )
        weights = [float(np.log(number / counts[term])) for term in kept]
        common = sorted(term for term, count in counts.items() if count > COMMON_SHARE * number)
        return cls(teams, kept, weights, common)

    def saved(self) -> dict[str, Any]:
        """Return the arguments that make this vocabulary again, for JSON."""
        return {
            "teams": self._owned,
            "terms": list(self._index),
            "weights": self._weights.tolist(),
            "common": sorted(self.common),
        }

    def __len__(self) -> int:
        """Return the size of the vocabulary."""
        return len(self._index)

    def read(self, mail: EmailTriageObservation) -> Mail:
        """Return one mail as numbers."""
        terms = _terms(mail)
        words = [self._index[term] for term in sorted(terms) if term in self._index]
        marks = [self._index[trait] for trait in traits(mail) if trait in self._index]
        weights = self._weights[words]
        weights *= WORDS_WEIGHT / (float(np.linalg.norm(weights)) + 1e-6)
        text = f"{mail.subject} {mail.body} {mail.sender}".lower()
        quoted = _QUOTABLE.findall(mail.body)
        roots = [stem(word.lower()) for word in quoted]
        figures = {found[0]: found for found in _FIGURE.finditer(mail.body)}
        today = datetime.fromisoformat(mail.timestamp).date()
        rare = {word for word in _RARE.findall(text) if stem(word) not in self.common}
        return Mail(
            observation=mail,
            host=_host(mail.sender),
            ids=np.array(words + marks, np.int64),
            values=np.concatenate([weights, np.ones(len(marks))]),
            rare=frozenset(rare),
            named=np.array([float(team in text) for team in self.teams]),
            overlap=np.array([float(len(work & terms)) for work in self._work]),
            opening=_opening(mail),
            quoted=quoted,
            quoted_ids=np.array([self._index.get(root, -1) for root in roots], np.int64),
            quoted_traits=self._quoted_traits(mail, quoted, roots),
            figures=list(figures),
            figure_traits=np.array(
                [_figure_traits(found, mail.body, today) for found in figures.values()]
            ).reshape(len(figures), FIGURE_TRAITS),
        )

    def likest(self, mail: Mail, summary: str, length: int) -> int:
        """Return where the run of words of a mail begins that a summary uses most of."""
        told = {stem(word.lower()) for word in _QUOTABLE.findall(summary)} - self.common
        hits = np.array([stem(word.lower()) in told for word in mail.quoted], float)
        return int(np.convolve(hits, np.ones(length))[length - 1 :].argmax())

    def _quoted_traits(
        self, mail: EmailTriageObservation, words: list[str], roots: list[str]
    ) -> Floats:
        subject = set(stems(mail.subject))
        work = frozenset().union(*self._work)
        rows = [
            (1.0, word[0].isupper(), word[0].isdigit(), word[0] == "£", root in subject,
             root in self.common, root in work, i / len(words))
            for i, (word, root) in enumerate(zip(words, roots, strict=True))
        ]  # fmt: skip
        return np.array(rows, float).reshape(len(words), QUOTED_TRAITS)


def _terms(mail: EmailTriageObservation) -> set[str]:
    words = stems(f"{mail.subject} {mail.body}")
    thread = stems(" ".join(mail.thread_history))
    return {*words, *(f"thread: {word}" for word in thread)}


def _figure_traits(found: re.Match[str], body: str, today: date) -> Floats:
    row = np.zeros(FIGURE_TRAITS)
    kind = str(found.lastgroup)
    row[FIGURES.index(kind)] = 1.0
    if kind == "date":
        row[[len(FIGURES) + gap for gap in gaps(found[0], today)]] = 1.0
    row[len(FIGURES) + len(GAPS)] = found.start() / len(body)
    row[len(FIGURES) + len(GAPS) + 1] = "?" in body[found.end() :].partition(".")[0]
    for word in re.findall(r"[a-z]+", body[: found.start()].lower())[-3:]:
        row[-1 - sum(map(ord, word)) * 31 % CONTEXT] = 1.0
    return row


def _opening(mail: EmailTriageObservation) -> str:
    name = mail.sender.partition("<")[0].replace(",", " ").split()
    core = _host(mail.sender).rpartition(".")[0].replace("-", "")
    firm = ""
    for found in _CAPITALISED.findall(mail.body):
        words = found.split()
        for i in range(len(words)):
            for end in range(i + 1, len(words) + 1):
                joined = "".join(words[i:end]).lower().replace("'", "")
                if joined in core and len(joined) >= max(SHORTEST_FIRM, len(firm)):
                    firm = " ".join(words[i:end])
    who = f"{name[-1] if name else 'Somebody'} of {firm or _host(mail.sender)}"
    subject = mail.subject.removeprefix("Re: ").split()[:SUBJECT_WORDS]
    return f"{who} wrote to us about {' '.join(subject).rstrip('.,:;?!')}"
