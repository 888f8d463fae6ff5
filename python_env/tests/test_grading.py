"""What a review is worth: each row of the reward table, its edges, and that the leaves add up."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from python_env.kinds import SEVERITIES
from python_env.server.dealing import Defect, ReviewTask, deal
from python_env.server.grading import (
    DUPLICATE_COST,
    FALSE_COST,
    HINTED_SHARE,
    SEVERITY_WEIGHTS,
    WEIGHTS,
    Finding,
    Ledger,
    credit,
    evaluate,
    is_vague,
    matched,
)

DEFECT = Defect("site", "sql-injection", "high", 20, 22, "search", "It breaks.")
OTHER = Defect("other", "off-by-one", "low", 40, 40, "page", "It is one off.")


def task(*defects: Defect) -> ReviewTask:
    """Return a task with these defects and any code."""
    return replace(deal("train", "easy", 0), defects=defects)


@pytest.mark.parametrize(
    ("finding", "share"),
    [
        pytest.param(Finding("sql-injection", "high", 20, 22), 1.0, id="exact"),
        pytest.param(Finding("sql-injection", "high", 21, 23), 1.0, id="a-line-beside"),
        pytest.param(Finding("sql-injection", "medium", 20, 22), 0.925, id="next-severity"),
        pytest.param(Finding("sql-injection", "low", 20, 22), 0.85, id="far-severity"),
        pytest.param(Finding("sql-injection", "high", 20, 27), 0.85, id="too-wide"),
        pytest.param(Finding("sql-injection", "high", 22, 22), 0.85, id="too-narrow"),
    ],
)
def test_credit_of_a_finding(finding: Finding, share: float) -> None:
    """Kind and place earn most; exact lines and the severity the rest."""
    assert credit(finding, DEFECT) == pytest.approx(share)


@pytest.mark.parametrize(
    "finding",
    [
        pytest.param(Finding("command-injection", "high", 20, 22), id="other-kind"),
        pytest.param(Finding("sql-injection", "high", 24, 25), id="two-lines-below"),
        pytest.param(Finding("sql-injection", "high", 12, 18), id="two-lines-above"),
    ],
)
def test_what_is_no_match(finding: Finding) -> None:
    """Another kind, or a place beside the defect, names nothing."""
    assert matched(finding, [DEFECT, OTHER]) is None


def test_the_best_of_two_defects_is_matched() -> None:
    """Of two defects of a kind the one that is pointed at counts."""
    near = replace(DEFECT, site="near", first=24, last=24)
    assert matched(Finding("sql-injection", "high", 24, 24), [DEFECT, near]) == near


def test_a_whole_review_is_worth_one() -> None:
    """All named, shown and mended, and the right verdict."""
    ledger = Ledger(
        named={"site": 1.0, "other": 1.0}, shown={"site", "other"},
        mended=frozenset({"site", "other"}), verdict="request_changes",
    )  # fmt: skip
    assert evaluate(task(DEFECT, OTHER), ledger).score == 1.0


def test_a_severe_defect_is_worth_more() -> None:
    """The share of a defect is its severity's weight among those of all."""
    points = evaluate(task(DEFECT, OTHER), Ledger(named={"site": 1.0})).findings
    weights = SEVERITY_WEIGHTS["high"], SEVERITY_WEIGHTS["low"]
    assert points == pytest.approx(WEIGHTS["findings"] * weights[0] / sum(weights), abs=1e-4)


def test_a_hinted_defect_is_worth_half() -> None:
    """In every leaf."""
    ledger = Ledger(named={"site": 1.0}, shown={"site"}, mended=frozenset({"site"}))
    whole = evaluate(task(DEFECT), ledger)
    ledger.hinted.add("site")
    half = evaluate(task(DEFECT), ledger)
    for leaf in ("findings", "shown", "patch"):
        assert getattr(half, leaf) == pytest.approx(HINTED_SHARE * getattr(whole, leaf), abs=1e-4)


def test_no_verdict_for_a_review_with_a_false_finding_or_with_nothing() -> None:
    """Request changes earns only where something was found and nothing made up."""
    assert evaluate(task(DEFECT), Ledger(verdict="request_changes")).verdict == 0.0
    made_up = Ledger(named={"site": 1.0}, false=1, verdict="request_changes")
    assert evaluate(task(DEFECT), made_up).verdict == 0.0
    assert evaluate(task(DEFECT), Ledger(named={"site": 1.0}, verdict="approve")).verdict == 0.0


def test_penalties_are_a_debt() -> None:
    """A false finding before the right one costs as much as one after it."""
    assert evaluate(task(DEFECT), Ledger(false=2)).score == 0.0
    paid = evaluate(task(DEFECT), Ledger(named={"site": 1.0}, false=2, duplicates=1))
    cost = 2 * FALSE_COST + DUPLICATE_COST
    assert paid.score == pytest.approx(WEIGHTS["findings"] - cost)
    assert paid.penalties == pytest.approx(-cost)


def test_a_clean_task_is_its_verdict() -> None:
    """Approve earns all, less what was made up; anything else earns nothing."""
    assert evaluate(task(), Ledger()).score == 0.0
    assert evaluate(task(), Ledger(verdict="approve")).score == 1.0
    assert evaluate(task(), Ledger(verdict="request_changes")).score == 0.0
    assert evaluate(task(), Ledger(verdict="approve", false=1)).score == pytest.approx(
        1.0 - FALSE_COST
    )
    broken = Ledger(verdict="approve", kept=False)
    assert evaluate(task(), broken).score == pytest.approx(1.0 - WEIGHTS["patch"])


@pytest.mark.parametrize(
    ("rationale", "vague"),
    [
        pytest.param("", True, id="empty"),
        pytest.param("bug bug bug bug bug", True, id="one-word"),
        pytest.param("... !!! ??? --- ,,,", True, id="no-word"),
        pytest.param("SQL, from outside: unsafe!", False, id="four-words"),
    ],
)
def test_a_rationale_says_something(rationale: str, vague: bool) -> None:
    """Fewer than four different words are none."""
    assert is_vague(rationale) is vague


@given(
    named=st.dictionaries(st.sampled_from(["site", "other"]), st.floats(0.0, 1.0)),
    hinted=st.sets(st.sampled_from(["site", "other"])),
    false=st.integers(0, 16),
    duplicates=st.integers(0, 8),
    hints=st.floats(0.0, 0.63),
    verdict=st.sampled_from([None, "approve", "request_changes"]),
    clean=st.booleans(),
)
def test_the_leaves_add_up(
    named: dict[str, float], hinted: set[str], false: int, duplicates: int, hints: float,
    verdict: str | None, clean: bool,
) -> None:  # fmt: skip
    """The score is the sum of the leaves, and lies between 0 and 1."""
    ledger = Ledger(
        named={} if clean else named, mended=frozenset() if clean else frozenset(named),
        hinted=hinted, false=false, duplicates=duplicates, hints=hints, verdict=verdict,  # type: ignore[arg-type]
    )  # fmt: skip
    points = evaluate(task() if clean else task(DEFECT, OTHER), ledger)
    assert 0.0 <= points.score <= 1.0
    assert sum(points.leaves().values()) == pytest.approx(points.score, abs=2e-4)
    assert points.penalties <= 0.0


def test_every_severity_weighs() -> None:
    """There is a weight for each severity, and a worse one weighs more."""
    weights = [SEVERITY_WEIGHTS[name] for name in SEVERITIES]
    assert weights == sorted(weights, reverse=True)
    assert sum(WEIGHTS.values()) == pytest.approx(1.0)
