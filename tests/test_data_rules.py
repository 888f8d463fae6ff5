"""Each data rule finds the fault that it is about, and says what to do."""

from typing import Any

import pytest

from deck.mail import MAIL
from deck.storyline import Storyline
from models import Case
from quality import sharing
from quality.data_rules import CASE_RULES, about, inbox, reference
from quality.deck_rules import storyline_complaints
from quality.sharing import deck_complaints
from tasks import EASY_CASES, TASKS, build_task, versions

SOUND = versions(EASY_CASES[0])[0]
URGENT_BODY = f"{SOUND.email.body}\n\nPlease see to it immediately."
STORYLINE = next(line for line in MAIL["train", "easy"] if line.name == "rack-tally")
TWINS = next(line for line in MAIL["train", "medium"] if len(line.cases) == 2)


def _with(email: dict[str, Any] | None = None, why: str | None = None, **truth: Any) -> Case:  # noqa: ANN401 # any field
    return Case(
        email=SOUND.email.model_copy(update=email or {}),
        truth=SOUND.truth.model_copy(update=truth),
        why=why or SOUND.why,
    )


def _complaints(case: Case) -> list[str]:
    (truth,) = build_task("spoilt", "easy", [case]).ground_truth.values()
    said = [said for rule in (*CASE_RULES, about) for said in rule(case)]
    return said + list(reference("easy", truth))


@pytest.mark.parametrize(
    ("case", "words"),
    [
        pytest.param(_with({"body": "Short."}), "has 1 words; write 55 to 180", id="short"),
        pytest.param(_with({"sender": "a@b.com"}), "'b.com' may be somebody's", id="domain"),
        pytest.param(_with({"sender": "Pavel"}), "No address", id="no-address"),
        pytest.param(_with({"subject": "Tuesday 4 March"}), "4 March 2026 is a Wed", id="weekday"),
        pytest.param(_with({"subject": "No spam"}), "gives the label away", id="label-word"),
        pytest.param(_with({"body": URGENT_BODY}), "'immediately'", id="urgent-word"),
        pytest.param(_with(why="It is not normal."), "cites no rule", id="no-rule"),
        pytest.param(_with(why="Rule 99, not normal."), "Rule 99, which", id="unknown-rule"),
        pytest.param(_with(why="Rule 1."), "no near answer", id="no-near-answer"),
        pytest.param(_with(route_to="office"), "no team 'office'", id="unknown-team"),
        pytest.param(_with(second_route="cold_store"), "`second_route` is", id="second-route"),
        pytest.param(_with(memoryless=("urgent", "cold_store")), "`memoryless`", id="memoryless"),
        pytest.param(_with(demanded=("spam", "cold_store")), "`demanded` agrees", id="demanded"),
        pytest.param(_with(facts=(("38",),)), "has 1 facts; choose 2 to 4", id="one-fact"),
        pytest.param(_with(facts=(("38",), ("not the",))), "'not the' says nothing", id="empty"),
        pytest.param(_with(about=""), "`about` is missing", id="no-about"),
        pytest.param(_with(about="ice please"), "`about` has please", id="neutral-about"),
        pytest.param(_with(stale=("9 june",)), "stale '9 june'", id="stale"),
        pytest.param(_with(secrets=("hunter2",)), "secret 'hunter2'", id="secret"),
        pytest.param(_with(reference_summary="It is warm."), "earns 0.8", id="poor-reference"),
        pytest.param(_with(reference_summary="It is so. " * 11), "has 33 words", id="long"),
    ],
)  # fmt: skip
def test_a_spoilt_case_is_found(case: Case, words: str) -> None:
    """A case with one fault gives a complaint that names it; the sound one gives none."""
    assert _complaints(SOUND) == []
    assert any(words in said for said in _complaints(case)), _complaints(case)


@pytest.mark.parametrize(
    ("places", "words"),
    [
        pytest.param([0, 1, 2, 3, 4, 5, 6, 6], "The labels are", id="labels"),
        pytest.param([0, 1, 2, 3, 4, 5, 6, 0], "not in order", id="order"),
        pytest.param([0] * 8, "cold_store is right 8 times", id="teams"),
    ],
)
def test_an_unbalanced_inbox_is_found(places: list[int], words: str) -> None:
    """An inbox that is no whole one gives a complaint."""
    task = TASKS["task_easy"]
    changed = task.model_copy(update={"emails": tuple(task.emails[i] for i in places)})
    assert any(words in said for said in inbox(changed)), list(inbox(changed))


def _retold(old: str, new: str, storyline: Storyline = STORYLINE) -> Storyline:
    text = storyline.model_dump_json()
    assert old in text
    return Storyline.model_validate_json(text.replace(old, new))


@pytest.mark.parametrize(
    ("difficulty", "storyline", "words"),
    [
        ("easy", _retold('"09:00",', ""), "'start' has 4 entries"),
        ("easy", _retold('"09:00"', '"09:15"'), "'start' has an entry twice"),
        ("easy", _retold("{start}", "09:00"), "No text uses the slot {start}"),
        ("easy", _retold("{d1.iso}T", "{d5.iso}T"), "arrives at '{d5.iso}T08:40:00'"),
        ("easy", _retold("{d8}", "{d50}"), "Day {d50} is too far"),
        ("easy", _retold("{chamber1}", "{dungeon1}"), "Nothing fills {dungeon1}"),
        ("easy", _retold("{lines}", "{{lines}}"), "is left when the slots are filled"),
        ("easy", _retold("Tuesday {d8}", "Monday {d8}"), "not a Mon"),
        ("hard", _retold("{person1.mailbox}@{domain}", "desk-lead@kestrelmoor.example"),
         "hand over ['cold_store']"),
        ("easy", _retold("{person1.mailbox}@{domain}", "desk-lead@kestrelmoor.example"),
         "so its storyline is hard"),
        ("easy", _retold('"memoryless":null', '"memoryless":["spam","legal"]'), "is for hard mail"),
        ("medium", _retold("the", "a", TWINS.model_copy(update={"cases": (TWINS.cases[0],) * 2})),
         "same answer"),
    ],
)  # fmt: skip
def test_a_spoilt_storyline_is_found(difficulty: Any, storyline: Storyline, words: str) -> None:  # noqa: ANN401 # a table's column
    """A storyline with one fault gives complaints that name it and its mail."""
    assert list(storyline_complaints("easy", STORYLINE)) == []
    complaints = list(storyline_complaints(difficulty, storyline))
    assert any(words in said for _, said in complaints), complaints
    assert all(name.startswith(storyline.name) for name, _ in complaints)


def test_what_storylines_share_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A storyline that copies another's name, domain, subject or words gives a complaint each."""
    copied = {**MAIL, ("test", "easy"): (STORYLINE, *MAIL["test", "easy"])}
    monkeypatch.setattr(sharing, "MAIL", copied)
    said = [said for name, said in deck_complaints() if name.startswith("rack-tally")]
    for words in (
        "2 stories have this name",
        "has the same subject",
        "stands in rack-tally/1",
    ):
        assert any(words in complaint for complaint in said), said
    assert any("not called rack_tally.py" in complaint for complaint in said)
    renamed = STORYLINE.model_copy(update={"name": "rack-count"})
    monkeypatch.setitem(copied, ("train", "easy"), (renamed, *MAIL["train", "easy"]))
    assert any("belongs to rack-count" in complaint for _, complaint in deck_complaints())
