"""Carriers of months: each keeps its rules, and each rule finds the fault that it is about."""

from collections import Counter
from datetime import date
from typing import get_args

import pytest

from deck.carriers import CARRIERS
from deck.carriers.carrier import BOUND, Carrier, Role
from deck.carriers.sample import sampled
from deck.desk import BASE
from deck.desk.hours import works
from deck.hands import SPLITS, Split
from deck.mail import MAIL
from deck.slots import Day
from deck.storyline import Filling, Numbered, cases_filled, drawn_slots, filling_of, refilled
from models import Case
from quality import mails, sharing
from quality.carrier_rules import carrier_complaints
from quality.leaks import Answers
from quality.sharing import deck_complaints
from tasks import versions

BILL = next(one for one in CARRIERS["test", "bill"] if one.name == "quarter-rent")
FRIDAY = date.fromisoformat("2026-02-06")
Carriers = dict[tuple[Split, Role], tuple[Carrier, ...]]
EVERY = list(mails.carriers())


@pytest.mark.parametrize(("split", "carrier"), EVERY, ids=[one.name for _, one in EVERY])
def test_rules(split: Split, carrier: Carrier) -> None:
    """Every carrier keeps every rule of quality/carrier_rules.py however its slots are filled."""
    assert list(carrier_complaints(split, carrier)) == []


def test_every_role_has_carriers() -> None:
    """A month of either split finds a carrier for whatever it has to tell."""
    assert all(CARRIERS[split, role] for split in SPLITS for role in get_args(Role))


def _retold(old: str, new: str) -> Carrier:
    text = BILL.model_dump_json()
    assert old in text
    return Carrier.model_validate_json(text.replace(old, new))


@pytest.mark.parametrize(
    ("carrier", "words"),
    [
        pytest.param(_retold("{amount}", "{hour}"), "Nothing fills {hour}; a month fills amount,",
                     id="slot-of-another-role"),
        pytest.param(_retold("{mended}", "{dungeon1}"), "Nothing fills {dungeon1}", id="slot"),
        pytest.param(_retold("{mended}", "gutter"), "No text uses the slot {mended}", id="unused"),
        pytest.param(_retold('"lamp",', ""), "'mended' has 4 entries", id="few-entries"),
        pytest.param(_retold('"lamp"', '"gutter"'), "has an entry twice", id="entry-twice"),
        pytest.param(_retold("mended", "po"), "A month fills {po} in this role", id="bound"),
        pytest.param(_retold("{due.weekday}", "Friday"), "'Friday' may be wrong", id="weekday"),
        pytest.param(_retold('"lamp"', '"Monday rota"'), "'Monday' may be", id="weekday-in-list"),
        pytest.param(_retold("{d0.iso}T", "{d1.iso}T"), "It arrives at '{d1.iso}", id="arrival"),
        pytest.param(_retold("{d-7}", "{d-70}"), "Day {d-70} is too far", id="far-day"),
        pytest.param(_retold("{place}", "{{place}}"), "is left when the slots", id="slot-left"),
        pytest.param(_retold("Dear tenants,", "Tenants! " * 60), "write 30 to 95", id="long"),
        pytest.param(_retold("Rule ", "Clause "), "`why` cites no rule", id="no-rule"),
        pytest.param(BILL.model_copy(update={"cases": BILL.cases * 2}), "is one mail", id="two"),
        pytest.param(_retold('"email_id":"1"', '"email_id":"2"'), "has the id '2'", id="id"),
        pytest.param(_retold('"{po}","{supplier}"', '"zounds"'), "The reference summary earns",
                     id="reference"),
    ],
)  # fmt: skip
def test_a_spoilt_carrier_is_found(carrier: Carrier, words: str) -> None:
    """A carrier with one fault gives complaints that name it and the fault."""
    complaints = list(carrier_complaints("test", carrier))
    assert any(words in said for _, said in complaints), complaints
    assert {name.partition("/")[0] for name, _ in complaints} == {BILL.name}


@pytest.mark.parametrize("role", get_args(Role))
def test_a_sample_fills_what_a_month_binds(role: Role) -> None:
    """It fills the slots of the role and no other, the same ones for the same number."""
    for split in SPLITS:
        for carrier in CARRIERS[split, role]:
            given = sampled(carrier, split, Numbered("a"), FRIDAY)
            assert given.keys() == BOUND[role]
            assert given == sampled(carrier, split, Numbered("a"), FRIDAY)
            others = [sampled(carrier, split, Numbered(str(i)), FRIDAY) for i in range(9)]
            assert role == "matter" or any(other != given for other in others)


def test_a_sample_names_days_that_make_sense() -> None:
    """What is due is due at noon of the next working day, and a notice begins before it ends."""
    (matter, *_), (notice, *_) = CARRIERS["train", "matter"], CARRIERS["train", "notice"]
    given = sampled(matter, "train", Numbered("a"), FRIDAY)
    assert given == {"due": Day.of(date.fromisoformat("2026-02-09")), "hour": "12:00"}
    days = {name: date.fromisoformat(str(getattr(value, "iso", FRIDAY)))
            for name, value in sampled(notice, "train", Numbered("a"), FRIDAY).items()}  # fmt: skip
    assert FRIDAY < days["since"] < days["until"]
    assert works(days["until"])


def test_a_sampled_notice_hands_over_the_team_that_its_answer_names() -> None:
    """So the hand-written answer fits the sampled mail."""
    for role in ("notice", "end"):
        for split in SPLITS:
            for carrier in CARRIERS[split, role]:
                given = sampled(carrier, split, Numbered("a"), FRIDAY)
                assert given["of_team"] == versions(carrier.cases[0])[0].truth.route_to
                assert given["to_team"] in BASE.teams.keys() - {given["of_team"]}


@pytest.mark.parametrize(("split", "carrier"), EVERY, ids=[one.name for _, one in EVERY])
def test_carriers_are_filled_again_alike(split: Split, carrier: Carrier) -> None:
    """A filling that was written down, days of a month and all, gives the same mail."""
    given = sampled(carrier, split, Numbered("a"), FRIDAY)
    filling = filling_of(carrier, Numbered("check"), FRIDAY, given)
    read_back = Filling.model_validate_json(filling.model_dump_json())
    slots = drawn_slots(carrier, Numbered("check"), FRIDAY, given)
    assert refilled(carrier, read_back) == cases_filled(carrier, slots)


def test_carriers_can_be_written_about() -> None:
    """Each has one filling, under which it is found as a mail that hard weights grade."""
    fillings = mails.load().fillings
    places = Counter(name.partition("/")[0] for name in fillings)
    for _, carrier in EVERY:
        assert places[carrier.name] == 1
        reviewed = mails.find(f"{carrier.name}/written/1")
        assert reviewed.difficulty == "hard"
        assert "{" not in reviewed.email.body
        assert len(mails.up_to(f"{carrier.name}/written/1")) == 1
    arrivals = {fillings[f"{carrier.name}/written"].monday.weekday() for _, carrier in EVERY}
    assert arrivals == set(range(5))


def test_a_reason_of_a_carrier_is_no_text_for_an_agent() -> None:
    """What a server must not say includes the answers of carriers."""
    known = Answers([])
    for _, carrier in EVERY:
        (case,) = carrier.cases
        assert isinstance(case, Case)
        assert "words of an answer" in str(known.found_in(case.why))
        assert known.found_in(case.email.body) is None


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> Carriers:
    """Return carriers that a test may change, in place of those of the deck."""
    carriers = dict(CARRIERS)
    monkeypatch.setattr(sharing, "CARRIERS", carriers)
    return carriers


def _said(words: str) -> list[str]:
    return [name for name, said in deck_complaints() if words in said]


def test_what_carriers_share_is_found(changed: Carriers) -> None:
    """A name, domain, subject or run of words of another's gives a complaint each."""
    assert list(deck_complaints()) == []
    changed["train", "bill"] += (BILL,)
    assert _said("2 stories have this name") == [BILL.name]
    assert f"{BILL.name}/1" in _said("has the same subject")
    assert f"{BILL.name}/1" in _said("stands in quarter-rent/1, too")
    storyline = next(one for one in MAIL["train", "easy"] if one.name == "rack-tally")
    changed["train", "bill"] = (BILL.model_copy(update={"slots": storyline.slots}),)
    assert _said("cotterstockassurance.example belongs to rack-tally") == [BILL.name]
    changed["train", "bill"] = (
        BILL.model_copy(update={"slots": {"domain": ("yafforth.example", "axholtfuels.example")}}),
    )
    assert _said("axholtfuels.example belongs to Axholt Fuels in deck/firms.py") == [BILL.name]


def test_carriers_that_no_month_tells_are_found(changed: Carriers) -> None:
    """A carrier that stands in a module is dealt, and in the module of its role."""
    changed["test", "bill"] = tuple(one for one in changed["test", "bill"] if one is not BILL)
    assert _said("Add it to CARRIERS of deck/carriers/test/__init__.py") == [BILL.name]


def test_a_carrier_in_the_module_of_another_role_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named with its role."""
    moved = (BILL.model_copy(update={"role": "matter"}),)
    monkeypatch.setattr("deck.carriers.test.bill.CARRIERS", moved)
    assert _said("Its role is 'matter'") == [BILL.name]
