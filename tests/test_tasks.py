"""The data rules hold for every email of the headline tasks. The messages are the review."""

from collections import Counter
from datetime import datetime

import pytest

from models import Case, Email, FollowUp
from quality.data_rules import CASE_RULES, YEAR, Rule, about, expected_path, inbox, reference
from tasks import EASY_CASES, HARD_CASES, MEDIUM_CASES, ROUTES, TASKS, build_task, versions

CASES = {"task_easy": EASY_CASES, "task_medium": MEDIUM_CASES, "task_hard": HARD_CASES}
ALL = [version for cases in CASES.values() for case in cases for version in versions(case)]


def test_counts() -> None:
    """There are 24 emails in three tasks, and two of them have a second version."""
    assert [len(task.emails) for task in TASKS.values()] == [8, 8, 8]
    assert len(ALL) == 26
    assert len({case.email.email_id for case in ALL}) == 26
    assert len({case.email.body for case in ALL}) == 26


def test_inbox(task_id: str) -> None:
    """A task is balanced and in order, and its follow-ups hang on earlier emails."""
    assert list(inbox(TASKS[task_id])) == []


def test_every_team_is_right_somewhere() -> None:
    """No team of the directory is there in vain."""
    assert {case.truth.route_to for case in ALL} == set(ROUTES)


def test_one_fortnight(task_id: str) -> None:
    """All emails arrive within the fortnight that the README names."""
    times = [datetime.fromisoformat(email.timestamp) for email in expected_path(TASKS[task_id])]
    assert datetime(YEAR, 3, 2) <= times[0] <= times[-1] < datetime(YEAR, 3, 14)  # noqa: DTZ001


@pytest.mark.parametrize("case", ALL, ids=[case.email.email_id for case in ALL])
@pytest.mark.parametrize("rule", [*CASE_RULES, about], ids=lambda rule: rule.__name__)
def test_data_rules(case: Case, rule: Rule) -> None:
    """Every email satisfies every rule of quality/data_rules.py."""
    assert list(rule(case)) == []


def test_memory_is_for_the_hard_task() -> None:
    """Only in the hard task does an answer depend on an earlier email."""
    remembered = [case.email.email_id for case in ALL if case.truth.memoryless is not None]
    assert remembered
    assert all(email_id.startswith("hard") for email_id in remembered)


def test_reference_summaries_are_perfect(task_id: str) -> None:
    """The reviewed answer earns 1.0 on every email, both versions of follow-ups included."""
    task = TASKS[task_id]
    for email_id, truth in task.ground_truth.items():
        assert list(reference(task.difficulty, truth)) == [], email_id


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


def test_versions_begin_with_the_one_for_right_handling() -> None:
    """A follow-up has two versions in a known order, with answers or without; others have one."""
    for cases, task in zip(CASES.values(), TASKS.values(), strict=True):
        for case, item in zip(cases, task.emails, strict=True):
            assert tuple(version.email for version in versions(case)) == versions(item)
            expected = (item.handled, item.mishandled) if isinstance(item, FollowUp) else (item,)
            assert versions(item) == expected
