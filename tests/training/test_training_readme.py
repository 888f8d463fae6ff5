"""What the pages of training say: their tables, their commands and their files."""

import json
import re
from importlib.util import find_spec
from statistics import fmean
from typing import Any

import pytest

pytest.importorskip("trl", reason="training has an environment of its own; see README")

from pydantic import BaseModel

from processes import ROOT
from training import base_model, demonstration, evaluate
from training.command import parse_settings
from training.evaluation import plots, remedies
from training.evaluation.summary import page, short
from training.language import train, warm_start
from training.language.scale import FULL
from training.language.settings import TrainSettings
from training.language.warm_start import WarmStartSettings
from training.reader import demonstration as reader_demonstration
from training.reader import train as train_reader
from training.review import demonstration as review
from training.rewards import WEIGHTS
from training.rollouts import rollouts_ray

TEXT = (ROOT / "training" / "README.md").read_text(encoding="utf-8")
FRONT = (ROOT / "README.md").read_text(encoding="utf-8")
REPORT = (ROOT / "training" / "REPORT.md").read_text(encoding="utf-8")
READER = (ROOT / "training" / "reader" / "README.md").read_text(encoding="utf-8")
MOST_LINES = 150


def _between(text: str, mark: str) -> str:
    return text.split(f"<!-- {mark} -->\n")[1].split(f"<!-- /{mark} -->")[0]


def _recorded(name: str) -> Any:  # noqa: ANN401 # what a demonstration wrote
    return json.loads((ROOT / "plots" / name).read_text(encoding="utf-8"))


def _gain(run: Any, split: str) -> float:  # noqa: ANN401 # what a demonstration wrote
    return float(run["trained"][split]["score"]) - float(run["warm"][split]["score"])


def test_tables_are_what_the_demonstration_found() -> None:
    """The tables are those of the recorded run, and its scale is the one of the full form."""
    results = _recorded("results.json")
    assert _between(REPORT, "training") == f"{page(results)}\n"
    assert _between(FRONT, "training") == f"{short(results)}\n"
    assert results["scale"] == json.loads(json.dumps(FULL._asdict()))


def test_compared_runs_stand_in_the_report() -> None:
    """The table is that of the recorded runs, and each has its log beside it."""
    found = _recorded("remedies/results.json")
    assert _between(REPORT, "remedies") == f"{remedies.table(found)}\n"
    for each in found:
        log = (ROOT / "plots" / "remedies" / f"{each['name']}.jsonl").read_text(encoding="utf-8")
        assert log.count("\n") == each["settings"]["steps"]
    assert {each["settings"]["steps"] * each["settings"]["batch"] for each in found} == {1280}


def test_reviews_are_reported_as_they_were_measured() -> None:
    """Zero-shot nothing can be read; after demonstrations some can, and nothing is found."""
    base, taught = (_recorded(f"review/{stage}.json") for stage in ("base", "warm"))
    assert {base[kind]["readable"] for kind in base} == {0.0}
    assert {taught[kind]["found"] + taught[kind]["score"] for kind in taught} == {0.0}
    shares = " and ".join(f"{taught[kind]['readable']:.0%} ({kind})" for kind in taught)
    assert shares.replace("%", " %") in REPORT


def test_the_card_says_what_was_measured() -> None:
    """The score on held-out inboxes and the steps are those of the recorded run."""
    results = _recorded("results.json")
    card = (ROOT / "training" / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert f"it scores {results['stages']['trained']['test']['score']:.2f} of 1" in card
    assert f"{results['scale']['steps']} steps of {results['scale']['batch']} answers" in card


def test_the_readers_table_is_what_its_demonstration_found() -> None:
    """The reader is a baseline as long as it keeps what it was kept for."""
    results = _recorded("reader/results.json")
    assert _between(READER, "reader") == f"{reader_demonstration.table(results)}\n"
    assert len(results["runs"]) == 3
    assert results["seconds"] < 15 * 60
    for run in results["runs"]:
        assert _gain(run, "train") >= 0.25
        assert run["trained"]["test"]["score"] >= results["constant"]["test"] + 0.15
        assert run["trained"]["test"]["penalised"] <= run["warm"]["test"]["penalised"]
    assert fmean(_gain(run, "test") for run in results["runs"]) >= 0.10


def test_weights_are_the_stated_ones() -> None:
    """README's table of the training reward has the weights of the code."""
    stated = dict(re.findall(r"^\| (\w+) \| (0\.\d\d) \|", TEXT, re.MULTILINE))
    assert {name: float(stated[name]) for name in WEIGHTS} == WEIGHTS


@pytest.mark.parametrize(
    "module",
    [
        base_model,
        demonstration,
        evaluate,
        plots,
        reader_demonstration,
        remedies,
        review,
        rollouts_ray,
        train,
        train_reader,
        warm_start,
    ],
)
def test_commands_explain_themselves(module: object, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command has a help that names its options."""
    with pytest.raises(SystemExit) as left:
        module.main(["--help"])  # type: ignore[attr-defined] # each has one
    assert left.value.code == 0
    assert "--" in capsys.readouterr().out


def test_the_page_is_short_and_names_what_there_is() -> None:
    """One page; every file, module and option on it exists."""
    assert TEXT.count("\n") <= MOST_LINES
    for text in (TEXT, REPORT):
        named = set(re.findall(r"`((?:training|plots|tests)/[\w./-]*)`", text))
        named |= {f"training/{link}" for link in re.findall(r"\]\(([\w./]+)\)", text)}
        assert named
        assert [name for name in named if not (ROOT / name).exists()] == []
    modules = set(re.findall(r"\b(?:training|tools|email_triage_env)(?:\.\w+)+\b", TEXT))
    modules -= {name for name in modules if name.endswith((".md", ".ipynb", ".txt"))}
    assert "training.language.train" in modules
    assert [name for name in modules if find_spec(name) is None] == []


@pytest.mark.parametrize(
    ("module", "kind"),
    [
        pytest.param("training.language.train", TrainSettings, id="train"),
        pytest.param("training.language.warm_start", WarmStartSettings, id="warm"),
        pytest.param("training.base_model", base_model.BaseModelSettings, id="base"),
        pytest.param("training.evaluate", evaluate.EvaluationSettings, id="evaluate"),
        pytest.param("training.demonstration", demonstration.DemonstrationSettings, id="all"),
        pytest.param("training.review.demonstration", review.ReviewSettings, id="review"),
        pytest.param("training.evaluation.remedies", remedies.RemedySettings, id="remedies"),
    ],
)
def test_the_commands_on_the_page_are_read(module: str, kind: type[BaseModel]) -> None:
    """Each line of a shell block can be typed as it stands."""
    blocks = "\n".join(re.findall(r"```bash\n(.*?)```", TEXT, re.DOTALL))
    lines = re.findall(rf"-m {re.escape(module)} (.*)", blocks)
    assert lines
    for line in lines:
        parse_settings(kind, line.split(), module, "")
