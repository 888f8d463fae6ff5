"""What README says about training: its table and its commands."""

import json
import re

import pytest

pytest.importorskip("trl", reason="training has an environment of its own; see README")

from processes import ROOT
from training import demonstration, evaluate
from training.reader import train as train_reader
from training.rewards import WEIGHTS
from training.rollouts import rollouts_ray

TEXT = (ROOT / "training" / "README.md").read_text(encoding="utf-8")


def test_table_is_what_the_demonstration_found() -> None:
    """The table is that of the recorded run, and the run meets the bars it is held to."""
    results = json.loads((ROOT / "plots" / "results.json").read_text(encoding="utf-8"))
    shown = TEXT.split("<!-- training -->\n")[1].split("<!-- /training -->")[0]
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


@pytest.mark.parametrize("module", [demonstration, evaluate, rollouts_ray, train_reader])
def test_commands_explain_themselves(module: object, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command has a help that names its options."""
    with pytest.raises(SystemExit) as left:
        module.main(["--help"])  # type: ignore[attr-defined] # each has one
    assert left.value.code == 0
    assert "--" in capsys.readouterr().out
