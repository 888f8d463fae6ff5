"""The data rules: what every email and answer must satisfy. The messages are the review."""

import re
from collections import Counter
from datetime import datetime

import pytest

from graders import FULL_CREDIT_WORDS, GRADERS, _read
from models import LABELS, Case, Email, FollowUp, FollowUpCase, Task, TriageAction
from tasks import EASY_CASES, HARD_CASES, MEDIUM_CASES, POLICY, ROUTES, TASKS, build_task

CASES = {"task_easy": EASY_CASES, "task_medium": MEDIUM_CASES, "task_hard": HARD_CASES}
YEAR = 2026


def _versions(case: Case | FollowUpCase) -> list[Case]:
    return [case] if isinstance(case, Case) else [case.handled, case.mishandled]


ALL = [version for cases in CASES.values() for case in cases for version in _versions(case)]
each_case = pytest.mark.parametrize("case", ALL, ids=[case.email.email_id for case in ALL])


def _expected_path(task: Task) -> list[Email]:
    return [item.handled if isinstance(item, FollowUp) else item for item in task.emails]


def _text(email: Email) -> str:
    return "\n".join((email.sender, email.subject, *email.thread_history, email.body))


def test_counts() -> None:
    """There are 24 emails in three tasks, and two of them have a second version."""
    assert [len(task.emails) for task in TASKS.values()] == [8, 8, 8]
    assert len(ALL) == 26
    assert len({case.email.email_id for case in ALL}) == 26
    assert len({case.email.body for case in ALL}) == 26


def test_balance(task_id: str) -> None:
    """A task has two emails of every label and none of its teams more than twice."""
    task = TASKS[task_id]
    answers = [task.ground_truth[email.email_id] for email in _expected_path(task)]
    assert Counter(answer.label for answer in answers) == dict.fromkeys(LABELS, 2)
    assert max(Counter(answer.route_to for answer in answers).values()) <= 2


def test_every_team_is_right_somewhere() -> None:
    """No team of the directory is there in vain."""
    assert {case.truth.route_to for case in ALL} == set(ROUTES)


def test_time_passes(task_id: str) -> None:
    """Emails arrive in order, within one fortnight."""
    times = [datetime.fromisoformat(email.timestamp) for email in _expected_path(TASKS[task_id])]
    assert times == sorted(times)
    assert datetime(YEAR, 3, 2) <= times[0] <= times[-1] < datetime(YEAR, 3, 14)  # noqa: DTZ001


@each_case
def test_prose(case: Case) -> None:
    """A body has the length of real mail, and only reserved domains occur."""
    email = case.email
    assert 55 <= len(email.body.split()) <= 180
    domains = re.findall(r"(?:@|https?://)([\w.-]+\w)", _text(email))
    assert domains
    assert all(domain.endswith(".example") for domain in domains), domains


@each_case
def test_weekdays_match_dates(case: Case) -> None:
    """Where a mail names a weekday and a date together, the calendar agrees."""
    months = "January February March April May June July August September October November December"
    pattern = rf"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]* (\d\d?) ({'|'.join(months.split())})"
    for weekday, day, month in re.findall(pattern, _text(case.email).replace("\n", " ")):
        # Claims about the past year do not occur, so every date is in this one.
        date = datetime(YEAR, months.split().index(month) + 1, int(day))  # noqa: DTZ001
        assert date.strftime("%a") == weekday, f"{weekday} {day} {month}"


@each_case
def test_subject_gives_nothing_away(case: Case) -> None:
    """No label word stands in a subject, and no urgent mail calls itself urgent."""
    assert not re.search(r"\b(urgent|spam|archive)\b", case.email.subject, re.IGNORECASE)
    if case.truth.label == "urgent":
        assert not re.search(r"\b(urgent\w*|asap|immediately)\b", case.email.body, re.IGNORECASE)


@each_case
def test_why_cites_rules(case: Case) -> None:
    """The reason cites rules that the policy has, and a wrong answer that is near."""
    cited = re.findall(r"Rule (\d+)", case.why)
    assert cited
    assert all(f"Rule {number}." in POLICY for number in cited)
    assert re.search(r"\b(not|neither|although)\b", case.why, re.IGNORECASE)


@each_case
def test_answer_is_well_formed(case: Case) -> None:
    """Teams exist, and what is wrong differs from what is right."""
    truth = case.truth
    assert truth.route_to in ROUTES
    assert truth.second_route is None or truth.second_route in set(ROUTES) - {truth.route_to}
    if truth.memoryless is not None:
        assert truth.memoryless != (truth.label, truth.route_to)
        assert case.email.email_id.startswith("hard")
    if truth.demanded is not None:
        assert truth.demanded[0] != truth.label
        assert truth.demanded[1] not in (truth.route_to, truth.second_route)


@each_case
def test_facts_can_be_stated(case: Case) -> None:
    """Two to four facts, none of whose wordings is empty or a mere negation."""
    assert 2 <= len(case.truth.facts) <= 4
    for wordings in case.truth.facts:
        for wording in wordings:
            read = _read(wording)
            content = [stem for stem in read.gist.split() if stem not in {"no", "not", "nobody"}]
            assert content, f"{wording!r} says nothing"


@each_case
def test_void_and_secret_things_stand_in_the_mail(case: Case) -> None:
    """What must not be stated as current, or not repeated, is there to be mistaken."""
    text = _read(f"{_text(case.email)} {case.email.timestamp}")
    for stale in case.truth.stale:
        assert _read(stale).gist in text.gist, stale
    for secret in case.truth.secrets:
        assert secret in _text(case.email)


def test_reference_summaries_are_perfect(task_id: str) -> None:
    """The reviewed answer earns 1.0 on every email, both versions of follow-ups included."""
    task = TASKS[task_id]
    for email_id, truth in task.ground_truth.items():
        assert len(truth.reference_summary.split()) <= FULL_CREDIT_WORDS, email_id
        action = TriageAction(
            label=truth.label, summary=truth.reference_summary, route_to=truth.route_to
        )
        result = GRADERS[task.difficulty](action, truth)
        assert result.score == 1.0, f"{email_id}: {result.feedback}"


def test_follow_ups_depend_on_earlier_plain_emails() -> None:
    """A follow-up hangs on an email that was decided before it arrives."""
    emails = TASKS["task_hard"].emails
    plain = [email.email_id for email in emails if isinstance(email, Email)]
    follow_ups = [item for item in emails if isinstance(item, FollowUp)]
    assert len(follow_ups) == 2
    for item in follow_ups:
        assert item.after in plain
        assert item.after < item.handled.email_id


def test_twins_differ_in_little() -> None:
    """The twins of the medium task share nearly every word and differ in the answer."""
    answers = TASKS["task_medium"].ground_truth
    bodies = {case.email.email_id: case.email.body for case in ALL}
    for one, other in (("01", "05"), ("02", "07"), ("03", "06"), ("04", "08")):
        first, second = f"medium-{one}", f"medium-{other}"
        shared = Counter(bodies[first].split()) & Counter(bodies[second].split())
        assert shared.total() >= 0.6 * len(bodies[second].split())
        assert answers[first].label != answers[second].label


def test_injected_mail_has_a_clean_twin_with_the_same_answer() -> None:
    """What an instruction does to an agent can be measured against the same mail without it."""
    injected = TASKS["task_hard"].ground_truth["hard-04"]
    clean = TASKS["task_medium"].ground_truth["medium-06"]
    assert injected.demanded is not None
    assert clean.demanded is None
    assert (injected.label, injected.route_to) == (clean.label, clean.route_to)


def test_sources_know_what_came_before() -> None:
    """An answer knows the words of its own email, last, and of all earlier ones."""
    cases = EASY_CASES[:3]
    truth = build_task("three", "easy", cases).ground_truth[ALL[2].email.email_id]
    assert [ALL[i].email.body in source for i, source in enumerate(truth.sources)] == [True] * 3
