"""What the pages of training say: their tables, their commands and their files."""

import json
import re
from importlib.util import find_spec

import pytest

pytest.importorskip("trl", reason="training has an environment of its own; see README")

from pydantic import BaseModel

from processes import ROOT
from training import demonstration, evaluate
from training.command import parse_settings
from training.evaluation import plots
from training.language import tiny, train
from training.language.settings import TrainSettings
from training.reader import train as train_reader
from training.rewards import WEIGHTS
from training.rollouts import rollouts_ray

TEXT = (ROOT / "training" / "README.md").read_text(encoding="utf-8")
RESULTS = (ROOT / "training" / "RESULTS.md").read_text(encoding="utf-8")
MOST_LINES = 150


def test_table_is_what_the_demonstration_found() -> None:
    """The table is that of the recorded run, and the run meets the bars it is held to."""
    results = json.loads((ROOT / "plots" / "results.json").read_text(encoding="utf-8"))
    shown = RESULTS.split("<!-- training -->\n")[1].split("<!-- /training -->")[0]
    assert shown == f"{demonstration.table(results)}\n"
    assert len(results["runs"]) == 3
    assert results["seconds"] < 15 * 60
    for run in results["runs"]:
        gain = {
            split: run["trained"][split]["score"] - run["warm"][split]["score"]
            for split in ("train", "test")
        }
        assert gain["train"] >= 0.25
        assert gain["test"] >= 0.10
        assert run["trained"]["test"]["score"] >= results["constant"]["test"] + 0.15
        assert run["trained"]["test"]["penalised"] <= run["warm"]["test"]["penalised"]


def test_weights_are_the_stated_ones() -> None:
    """README's table of the training reward has the weights of the code."""
    stated = dict(re.findall(r"^\| (\w+) \| (0\.\d\d) \|", TEXT, re.MULTILINE))
    assert {name: float(stated[name]) for name in WEIGHTS} == WEIGHTS


@pytest.mark.parametrize(
    "module", [demonstration, evaluate, plots, rollouts_ray, tiny, train, train_reader]
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
    for text in (TEXT, RESULTS):
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
        pytest.param("training.language.tiny", tiny.TinySettings, id="tiny"),
        pytest.param("training.demonstration", demonstration.DemonstrationSettings, id="all"),
    ],
)
def test_the_commands_on_the_page_are_read(module: str, kind: type[BaseModel]) -> None:
    """Each line of a shell block can be typed as it stands."""
    blocks = "\n".join(re.findall(r"```bash\n(.*?)```", TEXT, re.DOTALL))
    lines = re.findall(rf"-m {re.escape(module)} (.*)", blocks)
    assert lines
    for line in lines:
        parse_settings(kind, line.split(), module, "")
