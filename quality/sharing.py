"""What storylines and carriers may not have in common: names, domains, subjects, runs of words.

A complaint is a sentence that says what to do about it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import chain, combinations
from pathlib import Path
from typing import Final

import deck.carriers
import deck.mail
from deck.carriers import CARRIERS
from deck.firms import every_firm
from deck.hands import SPLITS, Split
from deck.mail import MAIL
from deck.storyline import Storyline
from models import Email
from quality.data_rules import expected_path, whole_text
from quality.deck_rules import Complaint, cases_of
from tasks import TASKS, versions

MAIL_FOLDER: Final = Path(deck.mail.__file__).parent
CARRIER_FOLDER: Final = Path(deck.carriers.__file__).parent
HOME: Final = "kestrelmoor.example"
RUN: Final = 8
_SLOT: Final = re.compile(r"\{[^}]*\}")


def deck_complaints() -> Iterator[Complaint]:
    """Hold the storylines and carriers against each other.

    Yields:
        Names, domains, subjects and runs of words that two of them share and may not.
    """
    stories = {split: list(stories_of(split)) for split in SPLITS}
    names = Counter(story.name for story in chain.from_iterable(stories.values()))
    for name, number in names.items():
        if number > 1:
            yield (
                name,
                f"{number} stories have this name; each needs one of its own.",
            )
    yield from _left_out()
    yield from _carriers_left_out()
    yield from _shared_domains(chain.from_iterable(stories.values()))
    parts = [
        [
            (f"{story.name}/{case.email.email_id}", case.email)
            for story in stories[split]
            for case in cases_of(story)
        ]
        for split in SPLITS
    ]
    headline = [
        (email.email_id, email)
        for task in TASKS.values()
        for item in task.emails
        for email in versions(item)
    ]
    for one, other in combinations([*parts, headline], 2):
        yield from shared_text(one, other)


def stories_of(split: Split) -> Iterator[Storyline]:
    """Yield every storyline and every carrier of a split."""
    for (part, _), storylines in MAIL.items():
        if part == split:
            yield from storylines
    for (part, _), carriers in CARRIERS.items():
        if part == split:
            yield from carriers


def _left_out() -> Iterator[Complaint]:
    """A storyline that lies in a folder is dealt, and stands in the module of its name."""
    for (split, difficulty), storylines in MAIL.items():
        folder = MAIL_FOLDER / split / difficulty
        modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
        names = {storyline.name.replace("-", "_") for storyline in storylines}
        for name in sorted(modules - names):
            yield (
                name.replace("_", "-"),
                f"Add it to STORYLINES of deck/mail/{split}/{difficulty}/.",
            )
        for name in sorted(names - modules):
            yield name.replace("_", "-"), f"Its module is not called {name}.py; rename one of them."


def _carriers_left_out() -> Iterator[Complaint]:
    """A carrier that stands in a module is dealt, and in the module of its role."""
    for split in SPLITS:
        for path in sorted((CARRIER_FOLDER / split).glob("[!_]*.py")):
            module = import_module(f"{deck.carriers.__name__}.{split}.{path.stem}")
            for carrier in module.CARRIERS:
                if carrier not in CARRIERS[split, carrier.role]:
                    yield carrier.name, f"Add it to CARRIERS of deck/carriers/{split}/__init__.py."
                if carrier.role != path.stem:
                    yield carrier.name, f"Its role is {carrier.role!r}; move it to that module."


def _shared_domains(stories: Iterable[Storyline]) -> Iterator[Complaint]:
    """No address of one storyline is a stranger's in another: Rules 7 and 10 compare them."""
    owner = {
        domain: "a headline task"
        for task in TASKS.values()
        for email in expected_path(task)
        for domain in re.findall(r"@([\w.-]+\w)", whole_text(email))
    }
    for firm in every_firm():
        owner |= dict.fromkeys((firm.domain, firm.new_domain), f"{firm.name} in deck/firms.py")
    for story in stories:
        texts = [whole_text(case.email) for case in cases_of(story)]
        for entry in chain.from_iterable(story.slots.values()):
            texts += [entry] if isinstance(entry, str) else entry
        for domain in sorted(set(re.findall(r"[\w-]+(?:\.[\w-]+)*\.example", " ".join(texts)))):
            first = owner.setdefault(domain, story.name)
            if domain != HOME and first != story.name:
                yield story.name, f"The domain {domain} belongs to {first}; invent another."


def shared_text(
    one: Sequence[tuple[str, Email]], other: Sequence[tuple[str, Email]]
) -> Iterator[Complaint]:
    """Yield what two parts of the mail have in common.

    Args:
        one: The mail of a split or of the headline tasks, by name.
        other: That of another.

    Yields:
        The first mail's name and the text, subject or run of words that stands in the second.
    """
    subjects = {email.subject: name for name, email in other}
    runs = {run: name for name, email in other for run in _runs(email)}
    for name, email in one:
        if email.subject in subjects:
            yield name, f"{subjects[email.subject]} has the same subject; change it."
        if found := next((run for run in _runs(email) if run in runs), None):
            yield name, f"{' '.join(found)!r} stands in {runs[found]}, too; put it otherwise."


def _runs(email: Email) -> Iterator[tuple[str, ...]]:
    """Yield every run of eight words; a slot is a word that differs between mails."""
    for text in (email.body, *email.thread_history):
        words = re.findall(r"[a-z0-9']+|\{", _SLOT.sub("{", text.lower()))
        for i in range(len(words) - RUN + 1):
            run = tuple(words[i : i + RUN])
            # What is left of "From: {person} <{mailbox}@kestrelmoor.example>" is no prose.
            if run.count("{") <= 2:  # noqa: PLR2004 # said above
                yield run
