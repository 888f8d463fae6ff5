"""Varied inboxes and months: dealt by number, whole, and right by the rules of their desk."""

import re
import subprocess
import sys
from collections import Counter
from datetime import date, datetime
from hashlib import sha256
from statistics import fmean

import pytest

from conftest import ROOT
from deck import deal, deal_reasons, deals, find_deal
from deck.dealing import SPLITS, Split, inbox_of
from deck.desk import BASE, policy_text
from deck.month import MONTHS, MOST_MAILS
from deck.varied import VARIED, Inbox
from environment import SPARE_STEPS, EmailTriageEnv, max_steps
from models import LABELS, Case, FollowUpCase, GroundTruth, Info, Task, TriageAction
from quality.data_rules import expected_path, reference, void_and_secret, weekdays
from quality.desks import Level
from quality.policies import answer_key, play
from tasks import versions

# Deals of each split that are held against the rules: together 1,000 varied ones and 300 months.
CHECKED = {("train", "varied"): 700, ("test", "varied"): 300, ("train", "month"): 200,
           ("test", "month"): 100}  # fmt: skip
each = pytest.mark.parametrize(("split", "level"), list(CHECKED))


def firsts(inbox: Inbox) -> list[Case]:
    """Return the mail that arrives if everything is handled right."""
    return [versions(case)[0] for case in inbox.cases]


def test_how_many_there_are() -> None:
    """As many as are promised."""
    assert dict(VARIED) == {"train": 10_000, "test": 300}
    assert dict(MONTHS) == {"train": 2_000, "test": 100}
    for split in SPLITS:
        assert deals(split)["varied"] == VARIED[split]
        assert deals(split)["month"] == MONTHS[split]


@each
def test_the_rules_of_mail_hold_in_every_deal(split: Split, level: Level) -> None:
    """Calendar, facts, references and cited rules are right, whatever desk the mail came to."""
    for index in range(CHECKED[split, level]):
        inbox = inbox_of(level, split, index)
        policy = policy_text(inbox.desk, counts=level == "month")
        teams = inbox.desk.directory
        for case in (version for item in inbox.cases for version in versions(item)):
            said = [*weekdays(case), *void_and_secret(case)]
            said += reference("hard", case.truth)
            assert said == [], case.email.email_id
            assert case.truth.route_to in teams
            assert case.truth.memoryless != (case.truth.label, case.truth.route_to)
            assert not re.search(r"[{}]", case.email.body), case.email.body
            for rule in re.findall(r"Rule (\d+)", case.why):
                assert f"Rule {rule}. " in policy


@each
def test_the_key_earns_everything_and_nothing_earns_nothing(split: Split, level: Level) -> None:
    """Exactly, in every inbox."""
    for index in range(CHECKED[split, level] // 4):
        task = deal(level, split, index)
        assert play(task, answer_key).score == 1.0
        empty = EmailTriageEnv.for_task(task)
        while not (result := empty.step(None)).done:  # type: ignore[arg-type] # what an agent sent
            assert result.reward == 0.0
        assert result.info["episode_score"] == 0.0
        assert len(empty.state().action_history) == max_steps(task)


@pytest.mark.parametrize("split", SPLITS)
def test_varied_inboxes_vary(split: Split) -> None:
    """Eight mails, between one and five of each label, two or more of which need memory."""
    mixes = Counter[tuple[int, ...]]()
    for index in range(300):
        cases = firsts(inbox_of("varied", split, index))
        labels = Counter(case.truth.label for case in cases)
        assert len(cases) == 8
        assert all(1 <= labels[label] <= 5 for label in LABELS)
        assert sum(case.truth.memoryless is not None for case in cases) >= 2
        mixes[tuple(labels[label] for label in LABELS)] += 1
    # Counting labels tells nothing if no mix is usual.
    assert len(mixes) >= 15
    assert mixes.most_common(1)[0][1] < 300 / 4


@pytest.mark.parametrize("split", SPLITS)
def test_months_are_months(split: Split) -> None:
    """At most 40 mails on working days of four weeks; on average, half need memory."""
    remembered: list[float] = []
    for index in range(100):
        inbox = inbox_of("month", split, index)
        cases = firsts(inbox)
        assert 32 <= len(cases) <= MOST_MAILS
        stamps = [datetime.fromisoformat(case.email.timestamp) for case in cases]
        assert stamps == sorted(stamps)
        assert (stamps[-1].date() - stamps[0].date()).days < 28
        assert all(stamp.weekday() < 5 for stamp in stamps)
        remembered.append(fmean(case.truth.memoryless is not None for case in cases))
        assert remembered[-1] >= 0.4
        whys = " ".join(case.why for case in cases)
        assert whys.count("Rule 12: a notice goes") >= 2
        assert {f"Rule {rule}:" for rule in (18, 22, 23)} & set(re.findall(r"Rule \d+:", whys))
    assert fmean(remembered) >= 0.5


def _bodies(task: Task) -> str:
    return "".join(email.body for email in expected_path(task))


def test_no_two_deals_are_alike() -> None:
    """All to be tested on, and a thousand of each level to train on."""
    for split in SPLITS:
        for level in ("varied", "month"):
            number = min(1_000, deals(split)[level])
            digests = {
                sha256(_bodies(deal(level, split, i)).encode()).digest() for i in range(number)
            }
            assert len(digests) == number


def test_the_same_bytes_in_another_process() -> None:
    """Another hash seed deals the same."""
    program = (
        "from deck import deal; from hashlib import sha256; "
        "print(sha256(''.join(deal(level, 'test', i).model_dump_json() "
        "for level in ('varied', 'month') for i in range(10)).encode()).hexdigest())"
    )
    said = {
        subprocess.run(  # noqa: S603 # our own program
            [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "7")
    }  # fmt: skip
    assert len(said) == 1


@pytest.mark.parametrize("level", ["varied", "month"])
def test_a_deal_is_found_by_its_name_and_tells_its_reasons(level: Level) -> None:
    """Its policy and its teams are those of its desk."""
    task = deal(level, "test", 3)
    assert find_deal(task.task_id) == task
    assert task.difficulty == "hard"
    inbox = inbox_of(level, "test", 3)
    assert task.routes == inbox.desk.directory
    assert task.description != policy_text(BASE)
    reasons = deal_reasons(task.task_id)
    assert set(reasons) == set(task.ground_truth)
    told = EmailTriageEnv.for_task(task).reset().info
    assert told["routes"] == ", ".join(task.routes)
    assert told["description"] == task.description


def test_a_month_may_have_two_invalid_answers() -> None:
    """Its step limit is its mails plus two."""
    task = deal("month", "train", 2)
    env = EmailTriageEnv.for_task(task)
    observation = env.reset().observation
    for _ in range(SPARE_STEPS):
        assert not env.step(None).done  # type: ignore[arg-type] # what an agent sent
    info: Info = {}
    while observation.email_id:
        result = env.step(_right(task.ground_truth[observation.email_id]))
        observation, info = result.observation, result.info
    assert info["episode_score"] == 1.0


def _right(truth: GroundTruth) -> TriageAction:
    return TriageAction(label=truth.label, summary=truth.reference_summary, route_to=truth.route_to)


def test_ids_of_versions_say_nothing() -> None:
    """Which of two letters a handled mail has is drawn."""
    earlier = Counter[bool]()
    letters = Counter[str]()
    for index in range(200):
        for case in inbox_of("hard", "train", index).cases:
            if isinstance(case, FollowUpCase):
                pair = case.handled.email.email_id[-1], case.mishandled.email.email_id[-1]
                earlier[pair[0] < pair[1]] += 1
                letters.update(pair)
    assert 0.35 < earlier[True] / earlier.total() < 0.65
    assert len(letters) > 20


def test_no_mail_of_a_month_arrives_on_its_holiday() -> None:
    """Nobody works then, and the day is named before it."""
    announced = 0
    for index in range(100):
        cases = firsts(inbox_of("month", "test", index))
        days = {case.email.timestamp[:10] for case in cases}
        for case in cases:
            if re.search(r"holiday|depots are shut|nobody works", case.email.body):
                named = re.findall(r"\b(\d\d?) (January|February|March|June|July|August|September"
                                   r"|October|November)\b", case.email.body)  # fmt: skip
                if "desk-lead" in case.email.sender and named:
                    day, month = named[0]
                    stamp = datetime.strptime(f"{day} {month} 2026", "%d %B %Y")  # noqa: DTZ007
                    assert stamp.date().isoformat() not in days
                    assert stamp.date() > date.fromisoformat(case.email.timestamp[:10])
                    announced += 1
    assert announced > 20
