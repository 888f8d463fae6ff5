"""What every email and its answer must satisfy, whether headline task or deck.

A rule yields what is wrong with a case, as a sentence that says what to do about it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from graders import FULL_CREDIT_WORDS, GRADERS, NEUTRAL_WORDS, _read
from models import LABELS, Case, Difficulty, Email, FollowUp, GroundTruth, Task, TriageAction
from tasks import POLICY, ROUTES, versions

Rule = Callable[[Case], Iterator[str]]

YEAR: Final = 2026
BODY_WORDS: Final = range(55, 181)
FACTS: Final = range(2, 5)
MAILS_PER_LABEL: Final = 2
MAILS_PER_TEAM: Final = 2
INBOX_DAYS: Final = 19
SUNDAY: Final = 7
MONTHS: Final = (
    "January February March April May June July August September October November December"
).split()
_DATE: Final = re.compile(rf"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? (\d\d?) ({'|'.join(MONTHS)})")
_DOMAIN: Final = re.compile(r"(?:@|https?://)([\w.-]+\w)")
_LABEL_WORD: Final = re.compile(r"\b(urgent|spam|archive)\b", re.IGNORECASE)
_URGENT_WORD: Final = re.compile(r"\b(urgent\w*|asap|immediately)\b", re.IGNORECASE)
_NEARNESS: Final = re.compile(r"\b(not|neither|although)\b", re.IGNORECASE)
# Small words that mean a number in one mail and nothing in another.
_COUNTS: Final = {"one", "two"}


def expected_path(task: Task) -> list[Email]:
    """Return the emails that arrive when every one is handled right."""
    return [versions(item)[0] for item in task.emails]


def whole_text(email: Email) -> str:
    """Return everything of an email that a person reads."""
    return "\n".join((email.sender, email.subject, *email.thread_history, email.body))


def prose(case: Case, lengths: range = BODY_WORDS) -> Iterator[str]:
    """A body has the length of real mail, and only reserved domains occur."""
    words = len(case.email.body.split())
    if words not in lengths:
        yield f"The body has {words} words; write {lengths.start} to {lengths.stop - 1}."
    domains = _DOMAIN.findall(whole_text(case.email))
    if not domains:
        yield "No address stands in it; give the sender one."
    for domain in domains:
        if not domain.endswith(".example"):
            yield f"The domain {domain!r} may be somebody's; let it end in .example."


def weekdays(case: Case) -> Iterator[str]:
    """Where a mail names a weekday and a date together, the calendar agrees."""
    for weekday, day, month in _DATE.findall(whole_text(case.email).replace("\n", " ")):
        # Claims about the past year do not occur, so every date is in this one.
        date = datetime(YEAR, MONTHS.index(month) + 1, int(day))  # noqa: DTZ001
        if date.strftime("%a") != weekday:
            yield f"{day} {month} {YEAR} is a {date:%A}, not a {weekday}."


def label_words(case: Case) -> Iterator[str]:
    """No label word stands in a subject, and no urgent mail calls itself urgent."""
    email = case.email
    if found := _LABEL_WORD.search(email.subject):
        yield f"The subject gives the label away with {found[0]!r}; put it otherwise."
    if case.truth.label == "urgent" and (found := _URGENT_WORD.search(email.body)):
        yield f"Urgent mail may not say {found[0]!r}; let the consequences say it."


def reason(case: Case) -> Iterator[str]:
    """The reason cites rules that the policy has, and a wrong answer that is near."""
    cited = re.findall(r"Rule (\d+)", case.why)
    if not cited:
        yield "`why` cites no rule; begin it with the one that decides."
    for number in cited:
        if f"Rule {number}." not in POLICY:
            yield f"`why` cites Rule {number}, which the policy has not."
    if not _NEARNESS.search(case.why):
        yield "`why` names no near answer that is wrong; add what it is not, and why not."


def answer(case: Case) -> Iterator[str]:
    """Teams exist, and what is wrong differs from what is right."""
    truth = case.truth
    for team in filter(None, (truth.route_to, truth.second_route)):
        if team not in ROUTES:
            yield f"There is no team {team!r}; choose one of: {', '.join(ROUTES)}."
    if truth.second_route == truth.route_to:
        yield "`second_route` is the right team; leave it out or name another."
    if truth.memoryless == (truth.label, truth.route_to):
        yield "`memoryless` is the right answer; leave it out."
    if truth.demanded is not None:
        label, team = truth.demanded
        if label == truth.label or team in (truth.route_to, truth.second_route):
            yield "`demanded` agrees with the answer; let the order ask for something wrong."


def facts(case: Case) -> Iterator[str]:
    """Two to four facts, none of whose wordings is empty or a mere negation."""
    number = len(case.truth.facts)
    if number not in FACTS:
        yield f"It has {number} facts; choose {FACTS.start} to {FACTS.stop - 1}."
    for fact in case.truth.facts:
        for wording in fact:
            content = set(_read(wording).gist.split()) - {"no", "not", "nobody"}
            if not content:
                yield f"The wording {wording!r} says nothing; take it out of the fact."


def about(case: Case) -> Iterator[str]:
    """What a summary may well speak of is there, and no word of it fits any email."""
    words = set(re.findall("[a-z]+", re.sub(r"\{.+?\}", "", case.truth.about.lower())))
    if not words:
        yield "`about` is missing; write further words that a summary of this mail may use."
    neutral = words.intersection(NEUTRAL_WORDS) - _COUNTS
    if neutral:
        yield f"`about` has {', '.join(sorted(neutral))}, which fits any mail; take it out."


def void_and_secret(case: Case) -> Iterator[str]:
    """What must not be stated as current, or not repeated, is there to be mistaken."""
    text = whole_text(case.email)
    said = _read(f"{text} {case.email.timestamp}").gist
    for stale in case.truth.stale:
        if _read(stale).gist not in said:
            yield f"The stale {stale!r} does not stand in the mail; take it out."
    for secret in case.truth.secrets:
        if secret not in text:
            yield f"The secret {secret!r} does not stand in the mail; take it out."


# For mail as an agent sees it; `about` is for mail as it is written.
RULES_AT_ANY_LENGTH: Final[tuple[Rule, ...]] = (
    weekdays, label_words, reason, answer, facts, void_and_secret,
)  # fmt: skip
CASE_RULES: Final[tuple[Rule, ...]] = (prose, *RULES_AT_ANY_LENGTH)


def reference(difficulty: Difficulty, truth: GroundTruth) -> Iterator[str]:
    """The reviewed answer earns 1.0, in as many words as are worth full credit."""
    summary = truth.reference_summary
    words = len(summary.split())
    if words > FULL_CREDIT_WORDS:
        yield f"The reference summary has {words} words; {FULL_CREDIT_WORDS} are allowed."
    action = TriageAction(label=truth.label, summary=summary, route_to=truth.route_to)
    graded = GRADERS[difficulty](action, truth)
    if graded.score != 1.0:
        yield (
            f"The reference summary earns {graded.score} ({graded.feedback}); let it state every "
            f"fact, and let `about` have its other words: {summary}"
        )


def inbox(task: Task) -> Iterator[str]:
    """Eight emails in order of time, two of each label, no team right more than twice."""
    emails = expected_path(task)
    answers = [task.ground_truth[email.email_id] for email in emails]
    labels = Counter(truth.label for truth in answers)
    if labels != dict.fromkeys(LABELS, MAILS_PER_LABEL):
        yield f"The labels are {dict(labels)}; an inbox has {MAILS_PER_LABEL} of each."
    team, number = Counter(truth.route_to for truth in answers).most_common(1)[0]
    if number > MAILS_PER_TEAM:
        yield f"{team} is right {number} times; {MAILS_PER_TEAM} are allowed."
    times = [datetime.fromisoformat(email.timestamp) for email in emails]
    if times != sorted(times):
        yield "The emails are not in order of time."
    if (times[-1] - times[0]).days >= INBOX_DAYS:
        yield f"The emails do not arrive within {INBOX_DAYS} days."
    if any(time.isoweekday() == SUNDAY for time in times):
        yield "An email arrives on a Sunday."
    yield from _follow_ups(task)


def _follow_ups(task: Task) -> Iterator[str]:
    decided: set[str] = set()
    for item in task.emails:
        if not isinstance(item, FollowUp):
            decided.add(item.email_id)
            continue
        if item.after not in decided:
            yield f"The follow-up {item.handled.email_id} hangs on mail that comes no earlier."
        if item.handled.timestamp != item.mishandled.timestamp:
            yield f"The versions of {item.handled.email_id} arrive at different times."
