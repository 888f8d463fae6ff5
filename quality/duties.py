"""What a person has to write or mend, mail by mail.

Nothing here changes a file; what a machine can do itself, quality/mail.py does.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from statistics import fmean
from typing import Final

from deck.slots import UnknownSlotError
from graders import GRADERS
from models import TriageAction
from quality import agreement, mails, written
from quality.carrier_rules import carrier_complaints
from quality.data_rules import CASE_RULES, about, inbox, reference
from quality.deck_rules import Complaint, cases_of, storyline_complaints
from quality.mails import Reviewed, UnknownMailError
from quality.shares import POOR_SHARE, credit_share
from quality.sharing import deck_complaints
from quality.written import Text
from tasks import EASY_CASES, HARD_CASES, MEDIUM_CASES, TASKS, versions

HONEST_FOLDERS: Final = (written.HEADLINE, written.DECK, written.FIRST_SIGHT)
EXAMPLES: Final = 3


def broken_rules() -> Iterator[Complaint]:
    """Yield what is wrong with the mail itself, headline tasks, storylines and carriers."""
    for case in (*EASY_CASES, *MEDIUM_CASES, *HARD_CASES):
        for version in versions(case):
            for rule in (*CASE_RULES, about):
                yield from ((version.email.email_id, said) for said in rule(version))
    for task_id, task in TASKS.items():
        yield from ((task_id, said) for said in inbox(task))
        for email_id, truth in task.ground_truth.items():
            yield from ((email_id, said) for said in reference(task.difficulty, truth))
    for difficulty, storyline in mails.storylines():
        yield from storyline_complaints(difficulty, storyline)
    for split, carrier in mails.carriers():
        yield from carrier_complaints(split, carrier)
    yield from deck_complaints()
    yield from agreement.disagreements()


def unwritten() -> Iterator[Complaint]:
    """Yield which mail lacks an honest summary in a series that has one of every mail."""
    ids = {email_id for task in TASKS.values() for email_id in task.ground_truth}
    headline = written.series(written.HEADLINE)
    for email_id in sorted(ids):
        lacking = [f"{name}.json" for name, texts in headline.items() if email_id not in texts]
        yield from _lacking(email_id, written.HEADLINE, lacking)
    deck = written.series(written.DECK)
    places = sorted(mails.load().fillings)
    for _, storyline in mails.graded_stories():
        own = [place for place in places if place.partition("/")[0] == storyline.name]
        for case in cases_of(storyline):
            names = {f"{place}/{case.email.email_id}" for place in own}
            lacking = [f"{one}.json" for one in written.WHOLE_DECK if names.isdisjoint(deck[one])]
            if names:
                yield from _lacking(min(names), written.DECK, lacking)


def _lacking(mail: str, folder: str, files: list[str]) -> Iterator[Complaint]:
    if files:
        yield (
            mail,
            f"No honest summary in {', '.join(files)} of quality/{folder}/: have one written for "
            f"each by somebody who sees only what `python -m quality.mail --show {mail}` prints, "
            f"and put it there as {mail!r}.",
        )


def outdated(texts: list[Text], read: Mapping[str, str]) -> Iterator[Complaint]:
    """Yield which mail says something else than when texts were written about it.

    Args:
        texts: Whatever was written.
        read: A digest of each mail as it was then.

    Yields:
        The mail, and the files that have such texts.
    """
    files: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        files[text.mail].append(text.file)
    for mail, named in files.items():
        where = ", ".join(f"quality/{file}" for file in dict.fromkeys(named))
        try:
            now = mails.digest(mails.find(mail).email)
        except UnknownMailError:
            yield mail, f"There is no such mail any more; take what is about it out of {where}."
        except UnknownSlotError as error:
            yield mail, f"{error} Then write anew what is about it in {where}."
        else:
            if read.get(mail, now) != now:
                yield (
                    mail,
                    f"The mail has changed; mend what is about it in {where}, then say so by "
                    f"`python -m quality.mail --read {mail}`.",
                )


def unstated(texts: list[Text]) -> Iterator[Complaint]:
    """Yield which facts no honest summary states, and which mail's summaries earn little.

    Args:
        texts: Whatever was written about mail that there is.

    Yields:
        The mail, with examples of what honest writers say instead.
    """
    honest: dict[str, list[Text]] = defaultdict(list)
    for text in texts:
        if text.file.rpartition("/")[0] in HONEST_FOLDERS:
            # Whatever its slots are filled with, a mail has the same facts.
            storyline, _, rest = text.mail.partition("/")
            honest[f"{storyline}/{rest.rpartition('/')[2]}".rstrip("/")].append(text)
    for mail, about_it in honest.items():
        told = [(mails.find(text.mail), text.summary) for text in about_it]
        examples = " / ".join(summary for _, summary in told[:EXAMPLES])
        for i, fact in enumerate(told[0][0].truth.facts):
            if not any(states(reviewed, i, summary) for reviewed, summary in told):
                yield (
                    mail,
                    f"None of {len(told)} honest summaries states the fact {' | '.join(fact)!r}; "
                    f"accept how they put it, or choose another fact: {examples}",
                )
        earned = fmean(
            credit_share(reviewed.difficulty, reviewed.truth, summary) for reviewed, summary in told
        )
        if earned < POOR_SHARE:
            yield (
                mail,
                f"Its {len(told)} honest summaries earn {earned:.2f} of the credit; see whether "
                f"its facts and `about` have their words: {examples}",
            )


def states(reviewed: Reviewed, number: int, summary: str) -> bool:
    """Say whether a summary states a fact, as the grader reads it.

    Args:
        reviewed: The mail with its answer.
        number: Which of its facts.
        summary: What was written.

    Returns:
        Whether an accepted wording stands there and is not denied.
    """
    fact = reviewed.truth.facts[number]
    # With the fact alone, and twice because fewer than two earn nothing, the feedback tells.
    truth = reviewed.truth.model_copy(update={"facts": (fact, fact)})
    action = TriageAction(label=truth.label, summary=summary, route_to=truth.route_to)
    return "2 of 2 facts" in GRADERS[reviewed.difficulty](action, truth).feedback
