"""The mail that hands wrote about, as it was when they wrote.

A mail is named by its id in a headline task, or as in `pass-key/test-easy-40/1`: a storyline or
carrier, one way to fill its slots, and the id in the storyline. So what was written about a mail
stays about it, whatever else comes into the deck and however it is dealt.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from itertools import takewhile
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import BaseModel, ConfigDict

from deck.carriers import CARRIERS
from deck.carriers.carrier import Carrier
from deck.carriers.sample import sampled
from deck.hands import Split
from deck.lists import MONDAYS
from deck.mail import MAIL
from deck.storyline import Filling, Numbered, Storyline, filling_of, refilled
from models import Case, Difficulty, Email, FollowUpCase, GroundTruth, Task
from tasks import EASY_CASES, HARD_CASES, MEDIUM_CASES, TASKS, build_task, versions

FILE: Final = Path(__file__).with_name("mails.json")
DIGEST_DIGITS: Final = 16
WORKING_WEEK: Final = 5
# What the filling of a new storyline is called; older ones are called after a deal.
FIRST_FILLING: Final = "written"


class UnknownMailError(LookupError):
    """No mail has that name."""


class Record(BaseModel):
    """What is written down of the mails.

    Attributes:
        fillings: How the slots of storylines were filled, by names such as `pass-key/test-easy-40`.
        read: A digest of what each mail said when the texts about it were last held against it.
    """

    model_config = ConfigDict(extra="forbid")

    fillings: dict[str, Filling]
    read: dict[str, str]


class Reviewed(NamedTuple):
    """A mail with its answer and the reason for it."""

    difficulty: Difficulty
    email: Email
    truth: GroundTruth
    why: str


class _Inbox(NamedTuple):
    """Cases in order, and the task that they make."""

    cases: Sequence[Case | FollowUpCase]
    task: Task


_HEADLINE: Final = [
    _Inbox(EASY_CASES, TASKS["task_easy"]),
    _Inbox(MEDIUM_CASES, TASKS["task_medium"]),
    _Inbox(HARD_CASES, TASKS["task_hard"]),
]


def load() -> Record:
    """Return what is written down."""
    return Record.model_validate_json(FILE.read_text(encoding="utf-8"))


def save(record: Record) -> None:
    """Write it down, a line for each filling and mail, and forget what was read before."""
    sections = [
        ",\n".join(
            f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}"
            for name, value in sorted(section.items())
        )
        for section in record.model_dump(mode="json", exclude_defaults=True).values()
    ]
    FILE.write_text(
        f'{{\n"fillings": {{\n{sections[0]}\n}},\n"read": {{\n{sections[1]}\n}}\n}}\n',
        encoding="utf-8",
    )
    _recorded.cache_clear()
    _inboxes.cache_clear()


def find(name: str) -> Reviewed:
    """Return the mail of a name.

    Args:
        name: Such as `hard-02` or `pass-key/test-easy-40/1`.

    Returns:
        The mail with today's wording and today's answer.

    Raises:
        UnknownMailError: If there is no such mail.
        UnknownSlotError: If the storyline has a slot that the filling does not know.
    """
    task, case = _located(name)
    truth = task.ground_truth[case.email.email_id]
    return Reviewed(task.difficulty, case.email, truth, case.why)


def up_to(name: str) -> list[Email]:
    """Return a mail after those that come before it in its inbox, if all are handled right.

    Args:
        name: As for `find`.

    Returns:
        The mails in order, the named one last.

    Raises:
        UnknownMailError: If there is no such mail.
    """
    task, case = _located(name)
    before = takewhile(lambda item: case.email not in versions(item), task.emails)
    return [*(versions(item)[0] for item in before), case.email]


def _located(name: str) -> tuple[Task, Case]:
    """Return the case of a name and the inbox in which it stands."""
    place, _, email_id = name.rpartition("/")
    for cases, task in _inboxes(place) if place else _HEADLINE:
        for case in (version for item in cases for version in versions(item)):
            if case.email.email_id == email_id:
                return task, case
    raise UnknownMailError(
        f"No mail is named {name!r}; write an id such as 'hard-02', or storyline, filling and id "
        f"as in 'pass-key/test-easy-40/1' with a filling that {FILE.name} has."
    )


def update(names: Collection[str]) -> bool:
    """Write down a filling for each storyline, and what each mail says that has new texts.

    Args:
        names: The mails about which something is written.

    Returns:
        Whether that changed anything.

    Raises:
        UnknownSlotError: If a storyline has a slot that nothing fills.
    """
    before = load()
    whole = {
        place: _whole(story, place, before.fillings.get(place))
        for _, story in graded_stories()
        for place in _places(story, before.fillings)
    }
    save(Record(fillings=whole, read=before.read))
    there = [name for name in names if _exists(name)]
    read = {name: before.read.get(name) or digest(find(name).email) for name in there}
    save(Record(fillings=whole, read=read))
    return load() != before


def _places(storyline: Storyline, known: Iterable[str]) -> list[str]:
    places = [place for place in known if place.partition("/")[0] == storyline.name]
    return places or [f"{storyline.name}/{FIRST_FILLING}"]


def _whole(story: Storyline, place: str, known: Filling | None) -> Filling:
    """Return a filling of every slot that a story has, as it was where it was known."""
    numbered = Numbered(place)
    first = known.monday if known else _first_day(story, numbered)
    # A month fills a carrier's slots by its split.
    of_carrier = ((split, one) for split, one in carriers() if one.name == story.name)
    given = next((sampled(one, split, numbered, first) for split, one in of_carrier), {})
    drawn = filling_of(story, numbered, first, given)
    slots, days = (known.slots, known.days) if known else ({}, {})
    return Filling(monday=first, slots=drawn.slots | slots, days=drawn.days | days)


def _first_day(story: Storyline, numbered: Numbered) -> date:
    """Choose day 0: a Monday, or for a carrier any working day of its week."""
    monday = date.fromisoformat(MONDAYS[numbered.number("monday") % len(MONDAYS)])
    later = numbered.number("day") % WORKING_WEEK if isinstance(story, Carrier) else 0
    return monday + timedelta(days=later)


def _exists(name: str) -> bool:
    try:
        find(name)
    except UnknownMailError:
        return False
    return True


def graded_stories() -> Iterator[tuple[Difficulty, Storyline]]:
    """Yield every storyline and carrier of the deck with the weights that grade it."""
    yield from storylines()
    # A month is graded like hard mail.
    yield from (("hard", carrier) for _, carrier in carriers())


def carriers() -> Iterator[tuple[Split, Carrier]]:
    """Yield every carrier of the deck with its split."""
    for (split, _role), group in CARRIERS.items():
        yield from ((split, carrier) for carrier in group)


def storylines() -> Iterator[tuple[Difficulty, Storyline]]:
    """Yield every storyline of the deck with its difficulty."""
    for (_split, difficulty), group in MAIL.items():
        yield from ((difficulty, storyline) for storyline in group)


def digest(email: Email) -> str:
    """Return what tells whether a mail still says what it said, wherever its lines break."""
    texts = (email.sender, email.subject, email.body, email.timestamp, *email.thread_history)
    said = json.dumps([" ".join(text.split()) for text in texts])
    return sha256(said.encode()).hexdigest()[:DIGEST_DIGITS]


@cache
def _recorded() -> Record:
    return load()


@cache
def _inboxes(place: str) -> list[_Inbox]:
    """Return the inbox in which a story stands alone, filled as it once was, if there is."""
    filling = _recorded().fillings.get(place)
    name = place.partition("/")[0]
    if filling is None:
        return []
    inboxes = []
    for difficulty, story in graded_stories():
        if story.name == name:
            cases = refilled(story, filling)
            inboxes.append(_Inbox(cases, build_task(place, difficulty, cases)))
    return inboxes
