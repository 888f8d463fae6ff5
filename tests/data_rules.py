"""What every email and answer must satisfy, whether headline task or deck.

Each rule is an assertion about one case, whose message says what is wrong with the mail.
"""

import re
from collections import Counter
from datetime import datetime

from graders import (
    FULL_CREDIT_WORDS,
    FUNCTION_WORDS,
    GRADERS,
    NEUTRAL_WORDS,
    _read,
    _summary_credit,
)
from models import LABELS, Case, Email, FollowUp, GroundTruth, Task, TriageAction
from tasks import POLICY, ROUTES, versions

YEAR = 2026
MONTHS = (
    "January February March April May June July August September October November December"
).split()
DATE = re.compile(rf"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? (\d\d?) ({'|'.join(MONTHS)})")
# An honest summary needs the body: who wrote about which subject is not enough.
MOST_FOR_SENDER_AND_SUBJECT = 0.67


def expected_path(task: Task) -> list[Email]:
    """Return the emails that arrive when every one is handled right."""
    return [versions(item)[0] for item in task.emails]


def whole_text(email: Email) -> str:
    """Return everything of an email that a person reads."""
    return "\n".join((email.sender, email.subject, *email.thread_history, email.body))


def check_prose(case: Case) -> None:
    """A body has the length of real mail, and only reserved domains occur."""
    email = case.email
    assert 55 <= len(email.body.split()) <= 180, f"{len(email.body.split())} words"
    domains = re.findall(r"(?:@|https?://)([\w.-]+\w)", whole_text(email))
    assert domains
    assert all(domain.endswith(".example") for domain in domains), domains


def check_weekdays(case: Case) -> None:
    """Where a mail names a weekday and a date together, the calendar agrees."""
    for weekday, day, month in DATE.findall(whole_text(case.email).replace("\n", " ")):
        # Claims about the past year do not occur, so every date is in this one.
        date = datetime(YEAR, MONTHS.index(month) + 1, int(day))  # noqa: DTZ001
        assert date.strftime("%a") == weekday, f"{weekday} {day} {month}"


def check_subject(case: Case) -> None:
    """No label word stands in a subject, and no urgent mail calls itself urgent."""
    assert not re.search(r"\b(urgent|spam|archive)\b", case.email.subject, re.IGNORECASE)
    if case.truth.label == "urgent":
        assert not re.search(r"\b(urgent\w*|asap|immediately)\b", case.email.body, re.IGNORECASE)


def check_why(case: Case) -> None:
    """The reason cites rules that the policy has, and a wrong answer that is near."""
    cited = re.findall(r"Rule (\d+)", case.why)
    assert cited
    assert all(f"Rule {number}." in POLICY for number in cited)
    assert re.search(r"\b(not|neither|although)\b", case.why, re.IGNORECASE)


def check_answer(case: Case) -> None:
    """Teams exist, and what is wrong differs from what is right."""
    truth = case.truth
    assert truth.route_to in ROUTES
    assert truth.second_route is None or truth.second_route in set(ROUTES) - {truth.route_to}
    assert truth.memoryless != (truth.label, truth.route_to)
    if truth.demanded is not None:
        assert truth.demanded[0] != truth.label
        assert truth.demanded[1] not in (truth.route_to, truth.second_route)


def check_facts(case: Case) -> None:
    """Two to four facts, none of whose wordings is empty or a mere negation."""
    assert 2 <= len(case.truth.facts) <= 4
    for wordings in case.truth.facts:
        for wording in wordings:
            read = _read(wording)
            content = [stem for stem in read.gist.split() if stem not in {"no", "not", "nobody"}]
            assert content, f"{wording!r} says nothing"


def check_about(case: Case) -> None:
    """What a summary may well speak of is there, and no word of it fits any email."""
    words = re.findall("[a-z]+", re.sub(r"\{.+?\}", "", case.truth.about.lower()))
    assert words, "no `about`"
    neutral = set(words) & set(NEUTRAL_WORDS) - {"one", "two"}
    assert not neutral, f"{sorted(neutral)} fit any email"


def check_void_and_secret(case: Case) -> None:
    """What must not be stated as current, or not repeated, is there to be mistaken."""
    text = _read(f"{whole_text(case.email)} {case.email.timestamp}")
    for stale in case.truth.stale:
        assert _read(stale).gist in text.gist, stale
    for secret in case.truth.secrets:
        assert secret in whole_text(case.email)


CASE_RULES = (
    check_prose, check_weekdays, check_subject, check_why, check_answer, check_facts,
    check_void_and_secret,
)  # fmt: skip


def check_reference(task: Task, email_id: str) -> None:
    """The reviewed answer earns 1.0, and the facts' own words without sentences earn nothing."""
    truth = task.ground_truth[email_id]
    assert len(truth.reference_summary.split()) <= FULL_CREDIT_WORDS
    action = TriageAction(
        label=truth.label, summary=truth.reference_summary, route_to=truth.route_to
    )
    result = GRADERS[task.difficulty](action, truth)
    assert result.score == 1.0, f"{result.feedback}: {truth.reference_summary}"
    leaked = re.findall(r"[a-z]+|\d[\d:.,]*", " ".join(fact[0] for fact in truth.facts).lower())
    keywords = " ".join(word for word in leaked if word not in FUNCTION_WORDS)
    assert _summary_credit(keywords, truth)[0] == 0.0


def check_inbox(task: Task) -> None:
    """Eight emails in order of time, two of each label, no team right more than twice."""
    emails = expected_path(task)
    answers: list[GroundTruth] = [task.ground_truth[email.email_id] for email in emails]
    assert Counter(answer.label for answer in answers) == dict.fromkeys(LABELS, 2)
    assert max(Counter(answer.route_to for answer in answers).values()) <= 2
    times = [datetime.fromisoformat(email.timestamp) for email in emails]
    assert times == sorted(times)
    assert (times[-1] - times[0]).days < 19
    assert all(time.isoweekday() <= 6 for time in times)
    decided: set[str] = set()
    for item in task.emails:
        if isinstance(item, FollowUp):
            assert item.after in decided
            assert item.handled.timestamp == item.mishandled.timestamp
        else:
            decided.add(item.email_id)
