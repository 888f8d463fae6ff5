"""Whether the answers that hands wrote follow from circumstances and the base desk's rules.

Answers and circumstances were written by different hands, so each proves the other. A complaint
is a sentence that says what to do about it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import Final, NamedTuple

from deck.answering import filled_circumstances, mail_of
from deck.carriers.carrier import Carrier
from deck.carriers.sample import sampled
from deck.circumstances import Circumstances, CircumstancesError, circumstances_of
from deck.desk import BASE, Answer, Decided, decide
from deck.hands import SPLITS, Split
from deck.lists import MONDAYS
from deck.slots import Slots, UnknownSlotError
from deck.storyline import Numbered, Storyline, cases_filled, drawn_slots
from models import Case, FollowUpCase
from quality.deck_rules import Complaint, cases_of
from quality.sharing import stories_of
from tasks import EASY_CASES, HARD_CASES, MEDIUM_CASES, versions

FILLINGS: Final = 3
FOLDER: Final = "deck/circumstances/"
# On these days of a week a carrier arrives; after a Friday the next working day is no tomorrow.
CARRIER_DAYS: Final = (0, 2, 4)
_NUMBER: Final = re.compile(r"\d+")
# "Rule 1", "Rules 12 and 14", "Rules 7, 9 and 10".
_CITED: Final = re.compile(r"\bRules? (\d+(?:(?:, | and | or | to )\d+)*)")


class _Inbox(NamedTuple):
    """Mail that belongs together, filled.

    Attributes:
        name: What its circumstances are filed under: a storyline or carrier, nothing of a headline
            task.
        cases: The mail.
        slots: What its slots are filled with.
    """

    name: str
    cases: Sequence[Case | FollowUpCase]
    slots: Slots


def disagreements() -> Iterator[Complaint]:
    """Hold every answer against the circumstances of its mail, and the tables against the mail.

    Yields:
        What disagrees, a complaint for each mail.
    """
    try:
        written = circumstances_of()
    except CircumstancesError as error:
        yield FOLDER, f"{error} No answer can be held against its circumstances before."
        return
    yield from unwritten_or_stray(written)
    # One complaint a mail is enough; fillings differ in their words.
    said: dict[str, str] = {}
    for split in SPLITS:
        for story in stories_of(split):
            said |= dict(_of_story(split, story, written))
    for inbox in _headline():
        said |= dict(_of_inbox(inbox, written))
    yield from said.items()


def unwritten_or_stray(written: Mapping[str, Circumstances]) -> Iterator[Complaint]:
    """Yield which mail has no circumstances, and which circumstances have no mail.

    Args:
        written: The circumstances by the name of their mail.

    Yields:
        The name, and what to add or take out.
    """
    headline = chain(EASY_CASES, MEDIUM_CASES, HARD_CASES)
    names = {version.email.email_id for case in headline for version in versions(case)}
    for story in chain.from_iterable(map(stories_of, SPLITS)):
        names |= {f"{story.name}/{case.email.email_id}" for case in cases_of(story)}
    for name in sorted(names - written.keys()):
        yield name, f"Nobody wrote what is true of it; add a table of that name in {FOLDER}."
    for name in sorted(written.keys() - names):
        yield name, f"There is no such mail; take its table out of {FOLDER}."


def _headline() -> Iterator[_Inbox]:
    def choose(name: str) -> object:
        raise UnknownSlotError(f"Headline mail has no slots, so nothing fills {{{name}}}.")

    for cases in (EASY_CASES, MEDIUM_CASES, HARD_CASES):
        yield _Inbox("", cases, Slots({}, date.fromisoformat(MONDAYS[0]), choose))


def _of_story(
    split: Split, story: Storyline, written: Mapping[str, Circumstances]
) -> Iterator[Complaint]:
    for number in range(FILLINGS):
        try:
            yield from _of_inbox(_filled(split, story, number), written)
        except UnknownSlotError as error:
            yield story.name, str(error)


def _filled(split: Split, story: Storyline, number: int) -> _Inbox:
    numbered = Numbered(f"agreement-{number}")
    monday = date.fromisoformat(MONDAYS[numbered.number(story.name) % len(MONDAYS)])
    given: dict[str, object] = {}
    if isinstance(story, Carrier):
        monday += timedelta(days=CARRIER_DAYS[number])
        given = sampled(story, split, numbered, monday)
    slots = drawn_slots(story, numbered, monday, given)
    inbox = _Inbox(story.name, cases_filled(story, slots), slots)
    if "of_team" in given:
        # What no mail says and a month knows: the teams' names on the base desk, and which notice.
        slots |= {"of": given["of_team"], "to": given["to_team"], "ends": ""}
    return inbox


def _of_inbox(inbox: _Inbox, written: Mapping[str, Circumstances]) -> Iterator[Complaint]:
    """Answer mail in order of time, each with what came before it in mind and alone."""
    earlier: list[Decided] = []
    mend = f"Mend its table in {FOLDER}."
    own_ids = {version.email.email_id for case in inbox.cases for version in versions(case)}
    for case in inbox.cases:
        decided: list[Decided] = []
        for version in versions(case):
            name = f"{inbox.name}/{version.email.email_id}".lstrip("/")
            if name not in written:
                continue
            try:
                mail = mail_of(version, filled_circumstances(written[name], inbox.slots))
            except (CircumstancesError, UnknownSlotError) as error:
                yield name, f"{error} {mend}"
                continue
            for other in _referred(mail.what):
                if other not in own_ids:
                    yield name, f"It refers to mail {other!r}, which there is not. {mend}"
            answer = decide(mail, BASE, earlier)
            decided.append(Decided(mail, answer))
            yield from ((name, said) for said in _unlike(version, answer, decide(mail, BASE)))
        earlier += decided[:1]


def _referred(what: Circumstances) -> Iterator[str]:
    if what.repeats is not None:
        yield what.repeats
    if what.known is not None:
        yield what.known.after


def _unlike(case: Case, answer: Answer, alone: Answer) -> Iterator[str]:
    """Say in what a hand-written answer differs from what follows from circumstances."""
    truth = case.truth
    mend = f"Mend the mail, its answer or its table in {FOLDER}; one of them is wrong."
    right = (truth.label, truth.route_to)
    forgetful = truth.memoryless or right
    cited = {int(rule) for found in _CITED.findall(case.why) for rule in _NUMBER.findall(found)}
    if answer[:2] != right:
        yield (
            f"By hand it is {' for '.join(right)}; what is true of it makes it "
            f"{' for '.join(answer[:2])} ({answer.why()}). {mend}"
        )
    elif alone[:2] != forgetful:
        yield (
            f"Read alone it is {' for '.join(forgetful)} by hand (`memoryless`, or the answer); "
            f"what is true of it makes it {' for '.join(alone[:2])} ({alone.why()}). {mend}"
        )
    elif cited.isdisjoint(answer.rules):
        yield (
            f"`why` cites the rules {sorted(cited)}; what is true of it cites {answer.why()} {mend}"
        )
