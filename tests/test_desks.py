"""Desks: rules as data, the policy that says them, and the answers that follow."""

import re
from collections import Counter
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import pytest

from deck.circumstances import WORKS, Circumstances, Known, Notice
from deck.desk import (
    BASE,
    Answer,
    Decided,
    Desk,
    Mail,
    UnknownDeskError,
    decide,
    desk,
    desks,
    policy_text,
)
from deck.desk.hours import LIMITS, limit
from deck.desk.settings import HELD_OUT, VARIANTS
from tasks import POLICY, ROUTES

SETTINGS = tuple(VARIANTS)
TRAIN = [desk("train", index) for index in range(desks("train"))]
TEST = [desk("test", index) for index in range(desks("test"))]
TUESDAY = datetime.fromisoformat("2026-03-03T15:00")


def mail(mail_id: str = "1", arrived: str = "2026-03-03T15:00", **what: object) -> Mail:
    """Return a mail of which something is true."""
    sender = str(what.pop("sender", "ann@haulage.example"))
    given = {"work": "stock", **what}
    return Mail(
        mail_id, sender, datetime.fromisoformat(arrived), Circumstances.model_validate(given)
    )


def answered(own: Desk, *mails: Mail) -> list[Answer]:
    """Return the answers to mails in order."""
    earlier: list[Decided] = []
    for one in mails:
        earlier.append(Decided(one, decide(one, own, earlier)))
    return [one.answer for one in earlier]


def settings_of(own: Desk) -> dict[str, object]:
    """Return a desk's settings, its directory among them."""
    return {**{name: getattr(own, name) for name in SETTINGS}, "does": _shape(own)}


def _shape(own: Desk) -> frozenset[frozenset[str]]:
    """Return which kinds of work one team does, whatever it is called."""
    works: dict[str, set[str]] = {}
    for work, team in own.does.items():
        works.setdefault(team, set()).add(work)
    return frozenset(map(frozenset, works.values()))


def test_the_base_desk_reads_the_headline_policy() -> None:
    """What agents read there is the root's own text, to the letter."""
    assert policy_text(BASE) == POLICY
    assert BASE.directory == ROUTES
    assert {kind.team for kind in WORKS.values()} == set(ROUTES)


@pytest.mark.parametrize("own", [*TRAIN[:60], *TEST[:60]], ids=lambda own: own.name)
def test_a_policy_says_every_rule_and_team(own: Desk) -> None:
    """Rules are numbered without a gap, lines fit, and each kind of work stands once."""
    text = policy_text(own, counts=True)
    numbers = [int(number) for number in re.findall(r"^Rule (\d+)\.", text, re.MULTILINE)]
    assert numbers == list(range(1, 26))
    assert max(map(len, text.splitlines())) <= 100
    directory = " ".join(text.partition("\nTEAMS\n")[2].partition("\n\n")[0].split())
    for team in set(own.does.values()) | set(own.teams.values()):
        assert f"{team}: " in f" {directory}"
    for kind in WORKS.values():
        assert directory.count(kind.what) == 1


def test_there_are_enough_desks_and_no_two_alike() -> None:
    """Two thousand to train on and two hundred to be tested on."""
    assert (len(TRAIN), len(TEST)) == (2_000, 200)
    told = {own.model_dump_json(exclude={"name"}) for own in (*TRAIN, *TEST)}
    assert len(told) == len(TRAIN) + len(TEST)
    assert {len(set(own.does.values()) | set(own.teams.values())) for own in TRAIN} <= set(
        range(6, 11)
    )


def test_desks_differ_from_the_base_and_test_from_train() -> None:
    """In at least three rules each."""
    base = settings_of(BASE)
    train = [settings_of(own) for own in TRAIN]
    for own in (*TRAIN, *TEST):
        assert sum(settings_of(own)[name] != base[name] for name in base) >= 3, own.name
    for own in TEST:
        mine = settings_of(own)
        nearest = min(sum(mine[name] != other[name] for name in base) for other in train)
        assert nearest >= 3, own.name


def test_test_desks_have_settings_that_train_never_shows() -> None:
    """At least two of them each, and every one of them somewhere."""
    held = {(name, value) for name, values in HELD_OUT.items() for value in values}
    shown = {(name, getattr(own, name)) for own in TRAIN for name in HELD_OUT}
    assert not held & shown
    seen = Counter[tuple[str, object]]()
    for own in TEST:
        had = {(name, getattr(own, name)) for name in HELD_OUT} & held
        assert len(had) >= 2, own.name
        seen.update(had)
    assert set(seen) == held
    for name, values in VARIANTS.items():
        assert {getattr(own, name) for own in TRAIN} >= set(values)


@pytest.mark.parametrize("index", [-1, 2_000, 3.5, "1", None])
def test_an_unknown_desk_is_refused(index: Any) -> None:  # noqa: ANN401 # what callers may send
    """With what there is."""
    with pytest.raises(UnknownDeskError, match="from 0 to 1999"):
        desk("train", index)
    with pytest.raises(UnknownDeskError, match="choose one of: train, test"):
        desk("all", 0)


@pytest.mark.parametrize(
    ("near", "arrived", "until"),
    [
        ("hours", "2026-03-03T09:00", "2026-03-03T13:00"),
        ("hours", "2026-03-03T15:00", "2026-03-04T09:00"),
        ("hours", "2026-03-06T17:30", "2026-03-09T11:30"),
        ("hours", "2026-03-03T06:00", "2026-03-03T12:00"),
        ("hours", "2026-03-03T19:00", "2026-03-04T12:00"),
        ("hours", "2026-03-07T10:00", "2026-03-09T12:00"),
        ("same_day", "2026-03-03T09:00", "2026-03-03T18:00"),
        ("same_day", "2026-03-06T18:30", "2026-03-09T18:00"),
        ("next_day", "2026-03-03T09:00", "2026-03-04T18:00"),
        ("next_day", "2026-03-06T09:00", "2026-03-09T18:00"),
        ("two_days", "2026-03-05T09:00", "2026-03-09T18:00"),
        ("three_days", "2026-03-03T09:00", "2026-03-06T18:00"),
        ("friday", "2026-03-03T09:00", "2026-03-06T18:00"),
        ("friday", "2026-03-06T09:00", "2026-03-09T18:00"),
        ("week", "2026-03-03T09:00", "2026-03-10T18:00"),
    ],
)
def test_how_near_is_near(near: str, arrived: str, until: str) -> None:
    """March 3, 2026 is a Tuesday."""
    assert limit(near, datetime.fromisoformat(arrived)) == datetime.fromisoformat(until)


def test_what_is_lost_before_work_begins_is_lost_by_the_end_of_the_day_before() -> None:
    """Nobody acts by night; in the middle of a day somebody still may."""
    stake = {"at_stake": "goods"}
    by_night, at_opening = "2026-03-05T05:30", "2026-03-05T08:00"
    assert decide(mail(due=by_night, **stake), BASE).label == "urgent"
    assert decide(mail(due=at_opening, **stake), BASE).label == "normal"
    hours = BASE.model_copy(update={"near": "hours"})
    early = "2026-03-03T09:00"
    assert decide(mail(arrived=early, due="2026-03-04T05:30", **stake), hours).label == "normal"


def test_a_free_day_is_no_working_day() -> None:
    """It moves every line that lies on or after it."""
    wednesday, friday = date(2026, 3, 4), date(2026, 3, 6)
    assert limit("next_day", TUESDAY, [wednesday]) == datetime.fromisoformat("2026-03-05T18:00")
    assert limit("hours", TUESDAY, [wednesday]) == datetime.fromisoformat("2026-03-05T09:00")
    assert limit("friday", TUESDAY, [friday]) == datetime.fromisoformat("2026-03-05T18:00")
    assert limit(
        "same_day", datetime.fromisoformat("2026-03-04T09:00"), [wednesday]
    ) == datetime.fromisoformat("2026-03-05T18:00")


def test_the_lines_lie_one_after_the_other() -> None:
    """A mail that is near at one desk is near at all that look further."""
    order = ("same_day", "next_day", "two_days", "three_days", "week")
    for near, further in pairwise(order):
        assert limit(near, TUESDAY) < limit(further, TUESDAY)
    assert set(order) | {"hours", "friday"} == set(LIMITS)


@pytest.mark.parametrize(
    ("setting", "value", "mails", "base", "there"),
    [
        pytest.param(
            "near", "three_days",
            [mail(due="2026-03-06T12:00", at_stake="goods")],
            ("normal", "cold_store", (2, 14)), ("urgent", "cold_store", (1, 14)), id="near",
        ),
        pytest.param(
            "binding", "week",
            [mail(work="court", due="2026-03-09T12:00", at_stake="date")],
            ("normal", "legal", (2, 14)), ("urgent", "legal", (1, 14)), id="binding",
        ),
        pytest.param(
            "danger", "people",
            [mail(work="dock", due="2026-03-03T15:00", at_stake="danger")],
            ("urgent", "safety", (1, 15)), ("urgent", "people", (1, 15)), id="danger",
        ),
        pytest.param(
            "repeats", "normal",
            [mail(), mail("2", repeats="1")],
            ("archive", "cold_store", (13,)), ("normal", "cold_store", (13,)), id="repeats",
        ),
        pytest.param(
            "selling", "archive", [mail(work="training", doubt="selling")],
            ("spam", "people", (4, 16)), ("archive", "people", (3, 14)), id="selling",
        ),
        pytest.param(
            "fraudster", "itself", [mail(work="payment", doubt="bank"), mail("2")],
            ("spam", "cold_store", (10, 16)), ("normal", "cold_store", (2, 14)), id="fraudster",
        ),
        pytest.param(
            "spam_to", "security", [mail(work="bill", quotes=())],
            ("spam", "billing", (8, 16)), ("spam", "security", (8, 16)), id="spam-to",
        ),
        pytest.param(
            "bill", "order", [mail(work="bill", quotes=("po",))],
            ("normal", "billing", (2, 14)), ("spam", "billing", (8, 16)), id="bill",
        ),
        pytest.param(
            "filed_with", "people", [mail(left_to_do=False)],
            ("archive", "cold_store", (3, 14)), ("archive", "people", (3, 14)), id="filed-with",
        ),
        pytest.param(
            "notice_to", "receives",
            [mail(left_to_do=False, notice=Notice(
                of="people", to="legal", since="2026-03-04T08:00", until="2026-03-06T18:00"
            ))],
            ("archive", "people", (12,)), ("archive", "legal", (12,)), id="notice-to",
        ),
    ],
)  # fmt: skip
def test_a_setting_changes_an_answer(
    setting: str,
    value: object,
    mails: list[Mail],
    base: tuple[str, str, tuple[int, ...]],
    there: tuple[str, str, tuple[int, ...]],
) -> None:
    """And nothing else does: label, team and the rules that are cited."""
    assert answered(BASE, *mails)[-1][:3] == base
    assert answered(BASE.model_copy(update={setting: value}), *mails)[-1][:3] == there


def bill(mail_id: str, amount: str, reference: str, arrived: str = "2026-03-03T15:00") -> Mail:
    """Return a genuine bill."""
    return mail(
        mail_id, arrived, work="bill", quotes=("po",), party="Aldmoor Tyres", amount=amount,
        reference=reference,
    )  # fmt: skip


def test_bills_add_up_within_a_week() -> None:
    """The one that passes the sum is another team's, and so are those after it till Sunday."""
    answers = answered(
        BASE,
        bill("1", "2,500.00", "41001"),
        bill("2", "1,500.00", "41002"),
        bill("3", "0.01", "41003"),
        bill("4", "900.00", "41004", "2026-03-09T09:00"),
    )
    assert [answer.team for answer in answers] == ["billing", "billing", "legal", "billing"]
    assert answers[2].rules == (2, 19)


def test_a_purchase_order_is_good_for_one_bill() -> None:
    """Used or withdrawn it makes a bill spam, and its sender no fraudster."""
    withdrawn = mail("2", work="bill", left_to_do=False, withdraws="41002")
    answers = answered(
        BASE, bill("1", "10.00", "41001"), withdrawn, bill("3", "10.00", "41001"),
        bill("4", "10.00", "41002"), bill("5", "10.00", "41003"),
    )  # fmt: skip
    assert [answer.label for answer in answers] == ["normal", "archive", "spam", "spam", "normal"]
    assert answers[2].rules == answers[3].rules == (23, 16)
    assert not any(answer.fraud for answer in answers)


def test_complaints_are_counted_within_their_days() -> None:
    """The third within a fortnight is another team's; older ones and other hauliers don't count."""
    given = {"work": "complaint", "counted": "complaint"}
    days = ("2026-02-10", "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05")
    hauliers = ("Fox", "Fox", "Fox", "Owl", "Fox")
    mails = [
        mail(str(i), f"{day}T09:00", party=haulier, **given)
        for i, (day, haulier) in enumerate(zip(days, hauliers, strict=True))
    ]
    assert [one.team for one in answered(BASE, *mails)] == ["customer_care"] * 4 + ["legal"]


def test_an_open_claim_draws_a_customers_mail() -> None:
    """From the mail that makes it to the one that settles it, that one included."""
    claim = mail("1", work="claim", counted="claim", party="Dunfold Foods")
    other = mail("2", work="stock", party="Dunfold Foods")
    settled = mail("3", work="claim", counted="claim_closed", party="Dunfold Foods")
    mails = [claim, other, mail("2b", work="stock", party="Birk Foods"), settled, other]
    teams = [answer.team for answer in answered(BASE, *mails)]
    assert teams == ["customer_care", "customer_care", "cold_store", "customer_care", "cold_store"]


def test_a_new_domain_counts_from_its_confirmation() -> None:
    """Before it mail from there is spam, after it genuine, even from the same address."""
    told = mail("1", left_to_do=False, announces="new.example")
    moved = mail("2", sender="ann@new.example")
    confirmed = mail("3", left_to_do=False, confirms="new.example")
    answers = answered(BASE, told, moved, confirmed, moved._replace(mail_id="4"))
    assert [answer.label for answer in answers] == ["archive", "spam", "archive", "normal"]
    assert not answers[1].fraud


def test_notices_overlap_end_early_and_make_exceptions() -> None:
    """Genuine mail of that team is handed over once, danger never, spam never."""
    span = {"since": "2026-03-02T08:00", "until": "2026-03-06T18:00"}
    first = mail("1", left_to_do=False, notice={"of": "cold_store", "to": "legal",
                 "excepted": ["dock"], **span})  # fmt: skip
    second = mail("2", left_to_do=False, notice={"of": "legal", "to": "people", **span})
    end = mail("3", "2026-03-04T09:00", left_to_do=False, notice={
        "of": "cold_store", "to": "legal", "since": "2026-03-05T08:00",
        "until": "2026-03-05T08:00", "ends": "1"})  # fmt: skip
    mails = [
        mail("a"), mail("b", work="dock"), mail("c", work="court"),
        mail("d", doubt="domain", sender="x@y.example"),
        mail("e", due="2026-03-03T15:00", at_stake="danger"),
        mail("f", "2026-03-05T08:00"), mail("g", "2026-03-06T18:01", work="court"),
    ]  # fmt: skip
    teams = [answer.team for answer in answered(BASE, first, second, end, *mails)][3:]
    assert teams == [
        "legal", "cold_store", "people", "cold_store", "safety", "cold_store", "legal",
    ]  # fmt: skip


def test_a_list_gives_customers_to_a_team_for_a_while() -> None:
    """Before all that counts, after danger; by the whole name; and no notice hands it over."""
    given = {"to": "legal", "since": "2026-03-03T08:00", "until": "2026-03-05T18:00"}
    listing = mail("1", "2026-03-02T09:00", left_to_do=False, lists={
        **given, "names": ["Dunfold Foods", "Birk Ices"]})  # fmt: skip
    handed = mail("2", "2026-03-02T09:30", left_to_do=False, notice={
        "of": "legal", "to": "people", "since": "2026-03-02T08:00",
        "until": "2026-03-31T18:00"})  # fmt: skip
    claim = {"work": "claim", "counted": "claim"}
    mails = [
        mail("a", "2026-03-03T09:00", customer="Dunfold Foods", party="Dunfold Foods", **claim),
        mail("b", "2026-03-03T09:10", customer="Birk Foods", party="Birk Foods", **claim),
        mail("c", "2026-03-03T09:20", customer="Birk Ices", due="2026-03-03T15:00",
             at_stake="danger"),
        mail("d", "2026-03-03T09:30", customer="Birk Ices", left_to_do=False),
        mail("e", "2026-03-05T18:01", customer="Dunfold Foods", party="Dunfold Foods"),
        mail("f", "2026-03-04T09:00", customer="Birk Ices", doubt="domain", sender="x@y.example"),
    ]  # fmt: skip
    first, _, *answers = answered(BASE, listing, handed, *mails)
    assert (first.label, first.team, first.rules) == ("archive", "legal", (3, 25))
    teams = [answer.team for answer in answers]
    assert teams == ["legal", "customer_care", "safety", "legal", "customer_care", "cold_store"]
    assert answers[0].rules == (2, 25)
    assert answers[-1].label == "spam"


def test_what_is_known_from_earlier_mail_counts_only_with_it() -> None:
    """A reader who saw the mail alone answers otherwise."""
    known = Known(after="1", due="2026-03-04T10:00", at_stake="goods", left_to_do=True)
    later = mail("2", left_to_do=False, known=known)
    assert answered(BASE, mail(), later)[-1].label == "urgent"
    assert decide(later, BASE).label == "archive"
    assert (
        "Rule 1: goods are lost unless somebody acts by" in answered(BASE, mail(), later)[1].why()
    )
