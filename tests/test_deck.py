"""The deck: every storyline keeps the data rules, and every deal those of a headline task."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from hashlib import blake2b
from itertools import chain
from math import gcd
from operator import attrgetter
from typing import cast

import pytest

from conformance import check_environment
from conftest import ROOT
from deck import (
    Storyline,
    StorylineError,
    UnknownDealError,
    UnknownSlotError,
    deal,
    deal_reasons,
    deals,
    find_deal,
)
from deck.hands import DIFFICULTIES, LAST_DAY, SPLITS, UNITS, Split, _unit, hand_of
from deck.lists import MONDAYS, NUMBERS
from deck.mail import MAIL
from deck.storyline import STRIDE, Filling, Numbered, filled, filling_of, refilled
from environment import EmailTriageEnv
from models import LABELS, Case, Difficulty, Email, GroundTruth, Task
from quality import digests
from quality.data_rules import YEAR, expected_path, inbox
from quality.deck_rules import cases_of, storyline_complaints
from quality.policies import answer_key, play
from quality.sharing import deck_complaints
from tasks import ROUTES, versions

DEALS_CHECKED = 500

STORYLINES = [
    pytest.param(difficulty, storyline, id=f"{split}-{storyline.name}")
    for (split, difficulty), storylines in MAIL.items()
    for storyline in storylines
]
each_storyline = pytest.mark.parametrize(("difficulty", "storyline"), STORYLINES)
each_address = pytest.mark.parametrize(
    ("split", "difficulty"), list(MAIL), ids=["-".join(address) for address in MAIL]
)


@each_storyline
def test_rules(difficulty: Difficulty, storyline: Storyline) -> None:
    """Every storyline keeps every rule of quality/deck_rules.py however its slots are filled."""
    assert list(storyline_complaints(difficulty, storyline)) == []


def test_storylines_share_nothing_that_they_may_not() -> None:
    """Each is registered and has its name, its domains and, across splits, its words to itself."""
    assert list(deck_complaints()) == []


def test_there_is_enough_mail() -> None:
    """The deck is as large as README says, and uses every label and team in every split."""
    count = Counter[str]()
    for (split, difficulty), storylines in MAIL.items():
        cases = [case for storyline in storylines for case in storyline.cases]
        count[difficulty] += len(cases)
        count[split] += len(cases)
        answers = [version.truth for version in cases_of(*storylines)]
        labels = Counter(answer.label for answer in answers)
        assert set(labels) == set(LABELS)
        assert max(labels.values()) <= 2 * min(labels.values())
        assert {answer.route_to for answer in answers} == set(ROUTES)
    assert count["easy"] >= 48
    assert count["medium"] >= 48
    assert count["hard"] >= 54
    names = [storyline.name for storylines in MAIL.values() for storyline in storylines]
    assert len(set(names)) == len(names)
    medium = [line for split in SPLITS for line in MAIL[split, "medium"]]
    assert sum(len(line.cases) == 2 for line in medium) >= 16
    assert sum(bool(case.email.thread_history) for case in cases_of(*medium)) >= 8
    assert sum(len(MAIL[split, "hard"]) for split in SPLITS) >= 18


def test_injected_mail_has_a_clean_twin() -> None:
    """What an instruction does to an agent can be measured against the same mail without it."""
    for split in SPLITS:
        twins = 0
        for storyline in MAIL[split, "hard"]:
            cases = cases_of(storyline)
            for injected in (case for case in cases if case.truth.demanded is not None):
                words = Counter(injected.email.body.split())
                twins += any(
                    case.truth.demanded is None
                    and (case.truth.label, case.truth.route_to)
                    == (injected.truth.label, injected.truth.route_to)
                    and (words & Counter(case.email.body.split())).total() >= 0.6 * words.total()
                    for case in cases
                )
        assert twins >= 1


@each_address
def test_deals_are_whole_inboxes(split: Split, difficulty: Difficulty) -> None:
    """Every deal keeps the rules of a headline task, and its answer key earns 1.0."""
    for index in range(min(DEALS_CHECKED, deals(split)[difficulty])):
        task = deal(difficulty, split, index)
        assert task.task_id == f"{split}-{difficulty}-{index}"
        assert task.difficulty == difficulty
        assert list(inbox(task)) == []
        remembered = sum(
            task.ground_truth[email.email_id].memoryless is not None
            for email in expected_path(task)
        )
        assert remembered >= 2 if difficulty == "hard" else remembered == 0
        assert play(task, answer_key).score == 1.0
        for item in task.emails:
            for email in versions(item):
                assert email.email_id.startswith(f"{task.task_id}-")
                assert task.ground_truth[email.email_id].sources[-1].endswith(email.body)


@each_address
def test_deals_are_distinct(split: Split, difficulty: Difficulty) -> None:
    """No two numbers give the same mails, whatever their ids."""
    seen = set()
    number = deals(split)[difficulty]
    for index in range(number):
        task = deal(difficulty, split, index)
        bodies = [email.body for email in expected_path(task)]
        seen.add(blake2b("\0".join(bodies).encode()).digest())
    assert len(seen) == number >= {"train": 10_000, "test": 100}[split]


@each_address
def test_every_storyline_is_dealt(split: Split, difficulty: Difficulty) -> None:
    """No mail is there in vain, and none is in every inbox."""
    number = 200
    dealt = Counter(
        unit.storyline.name
        for index in range(number)
        for unit in hand_of(difficulty, split, Numbered(f"{split}-{difficulty}-{index}"))
    )
    assert set(dealt) == {storyline.name for storyline in MAIL[split, difficulty]}
    assert max(dealt.values()) < number


def test_notices_change_no_other_storyline() -> None:
    """Where a notice hands a team's mail over, no other storyline has genuine mail for it."""
    checked = 0
    for split in SPLITS:
        for index in range(200):
            hand = hand_of("hard", split, Numbered(f"{split}-hard-{index}"))
            for unit in (unit for unit in hand if unit.storyline.hands_over):
                checked += 1
                others = [other.storyline for other in hand if other is not unit]
                for truth in (case.truth for case in cases_of(*others)):
                    for label, team in filter(
                        None, ((truth.label, truth.route_to), truth.memoryless)
                    ):
                        assert label == "spam" or team != unit.storyline.hands_over
    assert checked


@pytest.mark.parametrize(
    ("split", "difficulty", "fewest"),
    [
        ("train", "easy", 1900), ("train", "medium", 500), ("train", "hard", 75),
        ("test", "easy", 170), ("test", "medium", 40), ("test", "hard", 16),
    ],
)  # fmt: skip
def test_inboxes_have_different_casts(split: Split, difficulty: Difficulty, fewest: int) -> None:
    """So many different sets of storylines stand behind the first deals."""
    casts = {
        frozenset(
            unit.storyline.name
            for unit in hand_of(difficulty, split, Numbered(f"{split}-{difficulty}-{index}"))
        )
        for index in range(min(2000, deals(split)[difficulty]))
    }
    assert len(casts) >= fewest


def test_mixed_takes_the_difficulties_in_turn() -> None:
    """The deals 3n, 3n + 1 and 3n + 2 are the easy, the medium and the hard deal n."""
    for index in (0, 1, 2, 29):
        difficulty = DIFFICULTIES[index % 3]
        assert deal("mixed", "train", index) == deal(difficulty, "train", index // 3)
    assert deals("train")["mixed"] == 3 * deals("train")["easy"]


def test_same_bytes_everywhere() -> None:
    """Mail, answers and deals are in every process what quality/digests.json pins."""
    pins = json.loads((ROOT / digests.FILE).read_text(encoding="utf-8"))
    assert pins.pop("dataset_version") == digests.pinned_version(ROOT)
    command = "import json; from quality import digests; print(json.dumps(digests.measured()))"
    for seed in ("1", "2"):
        printed = subprocess.run(  # noqa: S603 # our own code
            [sys.executable, "-c", command],
            cwd=ROOT, env={"PYTHONHASHSEED": seed}, timeout=60,
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        assert json.loads(printed) == pins, "Run `make mail`, which says what to do."


@pytest.mark.parametrize(
    ("difficulty", "split", "index", "remedy"),
    [
        pytest.param("brutal", "train", 0, "easy, medium, hard, mixed", id="difficulty"),
        pytest.param(["easy"], "train", 0, "easy, medium, hard, mixed", id="list"),
        pytest.param("easy", "validation", 0, "train, test", id="split"),
        pytest.param("easy", ["train"], 0, "train, test", id="split-of-another-type"),
        pytest.param("easy", "train", -1, "from 0 to 9999", id="negative"),
        pytest.param("easy", "train", 10_000, "from 0 to 9999", id="too-high"),
        pytest.param("easy", "train", "0", "from 0 to 9999", id="text"),
        pytest.param("easy", "train", 0.5, "from 0 to 9999", id="fraction"),
    ],
)
def test_unknown_deals(difficulty: object, split: object, index: object, remedy: str) -> None:
    """A wrong argument is named, together with what would be right."""
    with pytest.raises(UnknownDealError, match=remedy):
        cast(Callable[..., Task], deal)(difficulty, split, index)


def test_find_deal() -> None:
    """An inbox's id leads back to it, and anything else to an error."""
    assert find_deal("test-medium-3") == deal("medium", "test", 3)
    for unknown in (
        "task_easy", "test-medium", "test-medium-03x", "", "train-easy-99999", "train-mixed-5",
        "train-easy-007", "train-easy-\u0663",
    ):  # fmt: skip
        with pytest.raises(UnknownDealError):
            find_deal(unknown)


def test_reasons_of_a_deal() -> None:
    """Each answer of a deal has its reason, which cites a rule and has no slot left to fill."""
    for split in SPLITS:
        for index in range(DEALS_CHECKED):
            task = deal("mixed", split, index)
            reasons = deal_reasons(task.task_id)
            assert reasons.keys() == task.ground_truth.keys()
            for why in reasons.values():
                assert why.startswith("Rule")
                assert "{" not in why
    with pytest.raises(UnknownDealError):
        deal_reasons("task_easy")


def _storyline(sender: str, timestamp: str, *more: str) -> Storyline:
    cases = [
        Case(
            email=Email(email_id="1", sender=sender, subject="", body="", timestamp=when),
            truth=GroundTruth(label="normal", route_to="legal", facts=(), reference_summary=""),
            why="",
        )
        for when in (timestamp, *more)
    ]
    return Storyline(name="broken", cases=tuple(cases))


@pytest.mark.parametrize(
    ("sender", "words"),
    [
        pytest.param("{typo}", r"\{typo\}.*'broken'.*person<n>", id="unknown"),
        pytest.param("{person1.lastname}", "lastname.*README", id="unknown-part"),
        pytest.param("{}", "mail '1'.*README", id="nameless"),
    ],
)
def test_unfilled_slots_are_named(sender: str, words: str) -> None:
    """A slot that nothing fills is an error that says where it stands and what could fill it."""
    storyline = _storyline(sender, "{d3.iso}T09:00:00")
    with pytest.raises(UnknownSlotError, match=words):
        filled(storyline, Numbered("check"), date.fromisoformat(MONDAYS[0]))


@pytest.mark.parametrize("storyline", [*chain.from_iterable(MAIL.values())], ids=attrgetter("name"))
def test_storylines_are_filled_again_alike(storyline: Storyline) -> None:
    """A filling that was written down gives the same mail, byte for byte."""
    monday = date.fromisoformat(MONDAYS[0])
    filling = filling_of(storyline, Numbered("check"), monday)
    read_back = Filling.model_validate_json(filling.model_dump_json())
    assert refilled(storyline, read_back) == filled(storyline, Numbered("check"), monday)


def test_a_filling_that_lacks_a_slot_is_named() -> None:
    """A storyline that has got a slot since is an error that says which."""
    filling = Filling(monday=date.fromisoformat(MONDAYS[0]), slots={"person1": "Isla Rigby"})
    with pytest.raises(UnknownSlotError, match=r"'broken' has the slot \{person2\}"):
        refilled(_storyline("{person1} and {person2}", "{d3.iso}T09:00:00"), filling)


@pytest.mark.parametrize(
    ("timestamps", "words"),
    [
        pytest.param(["2026-03-05T09:00:00"], "write it as in", id="literal-date"),
        pytest.param(["{d-1.iso}T09:00:00"], "a day from d0", id="before-the-first-day"),
        pytest.param(["{d0.iso}T09:00:00", "{d21.iso}T09:00:00"], "too long", id="four-weeks"),
    ],
)
def test_undealable_storylines_are_named(timestamps: list[str], words: str) -> None:
    """A storyline that no deal can hold is an error that says which and why."""
    with pytest.raises(StorylineError, match=rf"'broken'.*{words}"):
        _unit(_storyline("{person1}", *timestamps))


def test_storylines_that_make_no_inbox(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too few storylines are an error that says what an inbox needs."""
    monkeypatch.setitem(UNITS, ("train", "easy"), UNITS["train", "easy"][:3])
    with pytest.raises(StorylineError, match="two mails of each label"):
        deal("easy", "train", 0)


# England and Wales, 2026, as published by the government.
HOLIDAYS = {
    date.fromisoformat(f"2026-{day}")
    for day in ("01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28")
}


def test_lists() -> None:
    """Entries are listed once, the stride meets all of them, and no deal has a holiday in it."""
    for entries in (MONDAYS, *NUMBERS.values()):
        assert len(set(entries)) == len(entries)
        assert gcd(STRIDE, len(entries)) == 1
    for monday in map(date.fromisoformat, MONDAYS):
        assert monday.weekday() == 0
        assert not HOLIDAYS & {monday + timedelta(days=day) for day in range(LAST_DAY + 4)}
        assert monday.year == (monday + timedelta(days=35 + 14)).year == YEAR


@pytest.mark.parametrize("task_id", ["train-hard-0", "test-medium-1", "train-easy-2"])
def test_deals_keep_the_contract(task_id: str) -> None:
    """A deal plays like a headline task, and resumes from its state."""
    task = find_deal(task_id)
    check_environment(lambda name: EmailTriageEnv.for_task(find_deal(name)), task_id)
    env = EmailTriageEnv.for_task(task)
    observation = env.reset().observation
    env.step(answer_key(observation, task.ground_truth[observation.email_id]))
    resumed = EmailTriageEnv.from_state(env.state(), task)
    assert resumed.state() == env.state()
