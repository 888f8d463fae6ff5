"""The report passes on the headline tasks, and fails when a bar is missed."""

import ast
import json
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from operator import attrgetter

import pytest

from conftest import ROOT
from deck import deal
from models import Task
from quality import bars, canaries, deals, headline, report, shares
from quality.exploits import SUMMARY_EXPLOITS
from quality.policies import always, answer_key, constants, numbered_draw, play
from quality.search import key_actions, total_reward
from quality.written import DENYING, FALSE, texts
from tasks import ROUTES, TASKS


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 # our own report
        [sys.executable, "-m", "quality.report", *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def test_report_passes() -> None:
    """Every bar is met, and the table has a row for every policy."""
    result = _run()
    assert result.returncode == 0, result.stdout + result.stderr
    assert "MISSED" not in result.stdout
    for name in ("answer key", "320 constants", "keyword rules", "honest", *SUMMARY_EXPLOITS):
        assert name in result.stdout


def _spoiled(change: dict[str, object]) -> dict[str, Task]:
    """Return the tasks with every answer of the easy one changed."""
    easy = TASKS["task_easy"]
    answers = {
        email_id: truth.model_copy(update=change) for email_id, truth in easy.ground_truth.items()
    }
    return {**TASKS, "task_easy": easy.model_copy(update={"ground_truth": answers})}


@pytest.mark.parametrize(
    ("change", "policy"),
    [
        pytest.param({"route_to": "billing", "label": "normal"}, "constants", id="unbalanced"),
        pytest.param({"reference_summary": ""}, "answer key", id="no-reference"),
        pytest.param({"memoryless": ("spam", "legal")}, "without memory", id="memory-on-easy"),
        pytest.param({"facts": (("the email",),)}, "honest", id="facts-nobody-states"),
    ],
)
def test_report_notices(change: dict[str, object], policy: str) -> None:
    """Spoiled answers miss the bar that is there for them."""
    rows = headline.measure(_spoiled(change), draws=(0,), search_rounds=1)
    missed = [row.name for row in rows if row.missed()]
    assert any(policy in name for name in missed), missed


def test_main_fails_when_a_bar_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The exit status is 1 when a score lies outside its bar."""
    row = headline.Row("answer key", (0.9, 1.0, 1.0), (bars.EXACTLY_ONE,) * 3)
    monkeypatch.setattr(headline, "measure", lambda _tasks: iter([row]))
    monkeypatch.setattr(sys, "argv", ["report"])
    assert report.main() == 1


@pytest.mark.parametrize(
    ("score", "missed"),
    [(0.25, False), (0.30, False), (0.3001, True), (-0.01, True)],
)
def test_bar_is_closed(score: float, missed: bool) -> None:  # a table's column
    """A score on the edge of its bar is inside."""
    assert headline.Row("row", (score,), bars.at_most(0.30)).missed() is missed


def test_every_canary_has_its_policy() -> None:
    """The file of canaries and the policies name the same ones."""
    listed = json.loads((ROOT / canaries.FILE).read_text(encoding="utf-8"))["canaries"]
    assert [canary["id"] for canary in listed] == list(canaries.CANARIES)
    for canary in listed:
        assert canaries.policies(canary["id"], TASKS["task_easy"])


def test_constants_cover_everything() -> None:
    """The search for a constant tries every label with every team and ten summaries."""
    actions = list(constants())
    assert len(actions) == len(set(actions)) == 4 * len(ROUTES) * 10


@pytest.mark.parametrize(
    "inbox", [*TASKS.values(), deal("hard", "test", 3)], ids=attrgetter("task_id")
)
def test_graded_constants_score_what_playing_them_does(inbox: Task) -> None:
    """Grading a constant as a whole gives what the environment reports after its last step."""
    for action in constants():
        assert headline.graded_constant(inbox, action) == play(inbox, always(action)).score


def test_draws_are_numbered() -> None:
    """The same number draws the same episode, another number another one."""
    task = TASKS["task_easy"]
    assert play(task, numbered_draw(3)) == play(task, numbered_draw(3))
    assert len({play(task, numbered_draw(number)).total_reward for number in range(20)}) > 10


def test_play_equals_the_sum_of_rewards(task_id: str) -> None:
    """What `play` reports is what the environment pays."""
    task = TASKS[task_id]
    played = play(task, answer_key)
    assert played.total_reward == pytest.approx(total_reward(task, key_actions(task)))
    assert set(played.email_scores.values()) == {1.0}


def test_a_policy_that_never_decides_ends() -> None:
    """Play ends also when nothing is ever decided."""
    assert play(TASKS["task_easy"], lambda _seen, _truth: None).score == 0.0


def test_summaries_are_within_their_bars() -> None:
    """Honest series earn the credit, false and mechanical texts do not, and none is tiny."""
    measured = list(shares.measure())
    assert [share.name for share in measured if share.missed()] == []
    assert sum(share.name.startswith("honest (") for share in measured) >= 7
    assert all(share.number >= 10 for share in measured)


def test_most_denying_words_cost_nothing() -> None:
    """Four of five honest texts that say "far from", "unlikely" and the like earn all."""
    earned = [shares.share_of(text.mail, text.summary) for text in texts(DENYING)]
    assert len(earned) >= 15
    assert sum(share > 0.99 for share in earned) >= 0.8 * len(earned)


def test_false_statements_cost_a_fact() -> None:
    """An invented party and a void date always cost; so does a number that stands nowhere."""
    earned = {
        (text.kind, text.summary): shares.share_of(text.mail, text.summary) for text in texts(FALSE)
    }
    assert all(earned[line] < 0.5 for line in earned if line[0] in ("party", "void"))
    # Two name a number that the mail has, of something else.
    assert sum(earned[line] > 0.5 for line in earned if line[0] == "amount") <= 2


@pytest.mark.parametrize(
    "share",
    [
        pytest.param(shares.Share("honest", 0.94, 0.0, 48, shares.HONEST), id="low-mean"),
        pytest.param(shares.Share("honest", 0.97, 0.03, 48, shares.HONEST), id="many-poor"),
        pytest.param(shares.Share("wrong", 0.21, 0.5, 48, shares.WRONG), id="wrong-pays"),
    ],
)
def test_report_notices_summaries(monkeypatch: pytest.MonkeyPatch, share: shares.Share) -> None:
    """Honest summaries that earn too little, or wrong ones that earn too much, miss their bar."""
    monkeypatch.setattr(shares, "measure", lambda: iter([share]))
    monkeypatch.setattr(sys, "argv", ["report", "--summaries"])
    assert report.main() == 1


def test_deck_report_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Within all bars the exit status is 0."""
    fine = deals.DealsRow("answer key", "train", (deals.Column(1.0, 1.0, bars.EXACTLY_ONE),) * 3)
    monkeypatch.setattr(deals, "measure_deals", lambda _count: [fine])
    monkeypatch.setattr(sys, "argv", ["report", "--deck"])
    assert report.main() == 0


@pytest.mark.parametrize(
    ("mean", "worst", "bar", "missed"),
    [
        pytest.param(0.25, 0.9, bars.Bar(0.0, 0.3), False, id="a-bar-holds-for-the-mean"),
        pytest.param(0.31, 0.9, bars.Bar(0.0, 0.3), True, id="mean-too-high"),
        pytest.param(1.0, 0.99, bars.EXACTLY_ONE, True, id="an-exact-one-for-every-deal"),
        pytest.param(0.0, 0.1, bars.EXACTLY_ZERO, True, id="nothing-earns-something"),
    ],
)
def test_deck_columns(mean: float, worst: float, bar: bars.Bar, missed: bool) -> None:
    """A column misses its bar by its mean, or by one deal where the bar is exact."""
    assert deals.Column(mean, worst, bar).missed() is missed


def test_deck_report_measures_both_splits() -> None:
    """Every policy has a row for each split; folding leaves one row for all exploits."""
    rows = deals.measure_deals(2)
    names = [row.name for row in rows]
    assert names[: len(names) // 2] == names[len(names) // 2 :]
    assert {f"right decisions, {name}" for name in SUMMARY_EXPLOITS} <= set(names)
    brief = deals.folded(rows)
    assert len(brief) == len(rows) - 2 * (len(SUMMARY_EXPLOITS) - 1)
    exact = [row for row in rows if row.columns[0].bar in (bars.EXACTLY_ONE, bars.EXACTLY_ZERO)]
    assert exact
    assert not any(row.missed() for row in exact)


def _check_imports(sources: dict[str, str]) -> None:
    """Raise an error that names the circle, if modules import each other in one.

    Args:
        sources: The text of each module by its name, such as `quality.report`.
    """
    graph: dict[str, set[str]] = {}
    for name, text in sources.items():
        named: set[str] = set()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                named |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                named |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        graph[name] = named & sources.keys()
    TopologicalSorter(graph).prepare()


def test_no_module_imports_in_a_circle() -> None:
    """Each module of quality/ can be read, and imported, before those that build on it."""
    sources = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): text
        for path in (ROOT / "quality").rglob("*.py")
        if (text := path.read_text(encoding="utf-8"))
    }
    assert {"quality.report", "quality.headline", "quality.deals"} < sources.keys()
    _check_imports(sources)


@pytest.mark.parametrize(
    "back",
    [
        pytest.param("from quality.report import Row", id="from"),
        pytest.param("def late() -> None:\n    from quality import report", id="in-a-function"),
        pytest.param("import quality.shares", id="of-three"),
    ],
)
def test_a_circle_of_imports_is_refused(back: str) -> None:
    """A circle is found wherever the import stands, and however long the way round is."""
    sources = {
        "quality.shares": "from quality.report import main",
        "quality.report": "from quality import deals",
        "quality.deals": "import json",
    }
    _check_imports(sources)
    with pytest.raises(CycleError, match=r"quality\.report"):
        _check_imports({**sources, "quality.deals": back})
