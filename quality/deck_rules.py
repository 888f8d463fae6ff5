"""What every storyline must satisfy, and what storylines may not have in common.

A rule yields what is wrong, as a sentence that says what to do about it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain, combinations
from pathlib import Path
from string import Formatter
from typing import Final

import deck.mail
from deck.dealing import SPLITS
from deck.lists import MONDAYS
from deck.mail import MAIL
from deck.slots import UnknownSlotError
from deck.storyline import Numbered, Storyline, filled
from models import Case, Difficulty, Email
from quality.data_rules import CASE_RULES, about, expected_path, reference, whole_text
from tasks import TASKS, build_task, versions

# A mail with a complaint about it; the mail is named as in `pass-key/1`.
Complaint = tuple[str, str]

FOLDER: Final = Path(deck.mail.__file__).parent
FILLINGS: Final = 3 * len(MONDAYS)
FEWEST_ENTRIES: Final = 5
ARRIVAL_DAYS: Final = frozenset({0, 1, 2, 3, 4, 7, 8, 9, 10, 11})
DAYS_NAMED: Final = range(-20, 43)
DESK_LEAD: Final = "desk-lead@kestrelmoor.example"
HOME: Final = "kestrelmoor.example"
TWINS_SHARE: Final = 0.6
RUN: Final = 8
_SLOT_LEFT: Final = re.compile(r"[{}<]\w+[ }]|\d May\b")
_SLOT: Final = re.compile(r"\{[^}]*\}")


def cases_of(*storylines: Storyline) -> list[Case]:
    """Return every mail of storylines, both versions of follow-ups, with the slots unfilled."""
    cases = chain.from_iterable(storyline.cases for storyline in storylines)
    return [version for case in cases for version in versions(case)]


def texts_of(case: Case) -> Iterator[str]:
    """Yield every text of a case in which a slot may stand."""
    truth = case.truth
    yield whole_text(case.email)
    yield from (truth.reference_summary, truth.about, case.email.timestamp)
    yield from (*truth.stale, *truth.secrets)
    yield from chain.from_iterable(truth.facts)


def storyline_complaints(difficulty: Difficulty, storyline: Storyline) -> Iterator[Complaint]:
    """Hold one storyline against every rule, filled in many ways.

    Args:
        difficulty: Where it is dealt.
        storyline: The mails with their slots.

    Yields:
        What is wrong, each complaint once.
    """
    rules = (slots(difficulty, storyline), days(storyline), notices(difficulty, storyline))
    yield from ((storyline.name, said) for said in chain.from_iterable(rules))
    if difficulty == "medium":
        yield from ((storyline.name, said) for said in twins(storyline))
    for case in cases_of(storyline):
        yield from ((f"{storyline.name}/{case.email.email_id}", said) for said in about(case))
    try:
        seen: dict[Complaint, None] = dict.fromkeys(_when_filled(difficulty, storyline))
    except UnknownSlotError as error:
        seen = {(storyline.name, str(error)): None}
    yield from seen


def _when_filled(difficulty: Difficulty, storyline: Storyline) -> Iterator[Complaint]:
    for number in range(FILLINGS):
        week, place = divmod(number, len(MONDAYS))
        monday = date.fromisoformat(MONDAYS[place]) + timedelta(weeks=week)
        cases = filled(storyline, Numbered(f"check-{number}"), monday)
        truths = build_task("check", difficulty, cases).ground_truth
        for case in (version for item in cases for version in versions(item)):
            name = f"{storyline.name}/{case.email.email_id}"
            for rule in CASE_RULES:
                yield from ((name, said) for said in rule(case))
            yield from ((name, said) for said in reference(difficulty, truths[case.email.email_id]))
            yield from ((name, said) for said in _left_over(case))


def _left_over(case: Case) -> Iterator[str]:
    """No slot is left unfilled, and no date falls in May, whose name is a verb, too."""
    for text in texts_of(case):
        if found := _SLOT_LEFT.search(text.replace("<!--", "")):
            yield f"{found[0]!r} is left when the slots are filled; mend it in {text!r:.60}."


def slots(difficulty: Difficulty, storyline: Storyline) -> Iterator[str]:
    """A list has enough entries, each of them once, and every slot is used in a mail."""
    cases = cases_of(storyline)
    used = set().union(*(_slot_names(text) for case in cases for text in texts_of(case)))
    for key, entries in storyline.slots.items():
        if len(entries) < FEWEST_ENTRIES:
            yield f"The slot {key!r} has {len(entries)} entries; give it {FEWEST_ENTRIES} or more."
        if len(set(entries)) < len(entries):
            yield f"The slot {key!r} has an entry twice."
        for name in set(key.split(", ")) - used:
            yield f"No text uses the slot {{{name}}}; use it or take it out."
    if difficulty != "hard" and any(case.truth.memoryless for case in cases):
        yield f"`memoryless` is for hard mail; {difficulty} mail is answered by itself."


def days(storyline: Storyline) -> Iterator[str]:
    """Mail arrives on working days of two weeks and speaks of days not too far from them."""
    for case in cases_of(storyline):
        arrival = re.match(r"\{d(-?\d+)\.iso\}T", case.email.timestamp)
        if arrival is None or int(arrival[1]) not in ARRIVAL_DAYS:
            yield f"Mail arrives at {case.email.timestamp!r}; write d0 to d4 or d7 to d11."
        named = {int(day) for text in texts_of(case) for day in re.findall(r"\{d(-?\d+)", text)}
        for day in sorted(named - set(DAYS_NAMED)):
            yield f"Day {{d{day}}} is too far; name days from {{d-20}} to {{d42}}."


def notices(difficulty: Difficulty, storyline: Storyline) -> Iterator[str]:
    """A routing notice comes from the desk lead, and its storyline says what it hands over."""
    handed = [case.truth.route_to for case in cases_of(storyline) if DESK_LEAD in case.email.sender]
    if handed != [team for team in [storyline.hands_over] if team]:
        yield f"Its notices hand over {handed}, `hands_over` says {storyline.hands_over!r}."
    if handed and difficulty != "hard":
        yield "A notice changes later answers, so its storyline is hard."


def twins(storyline: Storyline) -> Iterator[str]:
    """The two mails of a medium storyline share most words and differ in the answer."""
    if len(storyline.cases) == 1:
        return
    one, other = cases_of(storyline)
    words = Counter(other.email.body.split())
    shared = (words & Counter(one.email.body.split())).total()
    if shared < TWINS_SHARE * words.total():
        yield f"Its twins share {shared} of {words.total()} words; change one detail only."
    if (one.truth.label, one.truth.route_to) == (other.truth.label, other.truth.route_to):
        yield "Its twins have the same answer; let the detail change label or team."


def deck_complaints() -> Iterator[Complaint]:
    """Hold the storylines against each other.

    Yields:
        Names, domains, subjects and runs of words that two of them share and may not.
    """
    names = Counter(storyline.name for storylines in MAIL.values() for storyline in storylines)
    for name, number in names.items():
        if number > 1:
            yield name, f"{number} storylines have this name; each needs one of its own."
    yield from _left_out()
    yield from _shared_domains()
    parts = {
        split: [
            (f"{storyline.name}/{case.email.email_id}", case.email)
            for (part, _), storylines in MAIL.items()
            if part == split
            for storyline in storylines
            for case in cases_of(storyline)
        ]
        for split in SPLITS
    }
    headline = [
        (email.email_id, email)
        for task in TASKS.values()
        for item in task.emails
        for email in versions(item)
    ]
    for one, other in combinations([*parts.values(), headline], 2):
        yield from shared_text(one, other)


def _left_out() -> Iterator[Complaint]:
    """A storyline that lies in a folder is dealt, and stands in the module of its name."""
    for (split, difficulty), storylines in MAIL.items():
        folder = FOLDER / split / difficulty
        modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
        names = {storyline.name.replace("-", "_") for storyline in storylines}
        for name in sorted(modules - names):
            yield (
                name.replace("_", "-"),
                f"Add it to STORYLINES of deck/mail/{split}/{difficulty}/.",
            )
        for name in sorted(names - modules):
            yield name.replace("_", "-"), f"Its module is not called {name}.py; rename one of them."


def _shared_domains() -> Iterator[Complaint]:
    """No address of one storyline is a stranger's in another: Rules 7 and 10 compare them."""
    owner = {
        domain: "a headline task"
        for task in TASKS.values()
        for email in expected_path(task)
        for domain in re.findall(r"@([\w.-]+\w)", whole_text(email))
    }
    for storyline in chain.from_iterable(MAIL.values()):
        texts = [whole_text(case.email) for case in cases_of(storyline)]
        for entry in chain.from_iterable(storyline.slots.values()):
            texts += [entry] if isinstance(entry, str) else entry
        for domain in sorted(set(re.findall(r"[\w-]+(?:\.[\w-]+)*\.example", " ".join(texts)))):
            first = owner.setdefault(domain, storyline.name)
            if domain != HOME and first != storyline.name:
                yield storyline.name, f"The domain {domain} belongs to {first}; invent another."


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


def _slot_names(text: str) -> set[str]:
    fields = (field for _, field, _, _ in Formatter().parse(text) if field is not None)
    return {re.split(r"[.\[]", field)[0] for field in fields}
