"""Runs with something changed are compared from the files that they left, and from nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("trl", reason="training has an environment of its own; see README")

from test_training_plots import _result

from training.command import REFUSED
from training.evaluation import remedies
from training.language.settings import FREE_TO_CHANGE, TrainSettings

# As a run keeps them.
TOLD = TrainSettings(model="none", output=Path("none")).model_dump(
    mode="json", exclude=FREE_TO_CHANGE
)


def _folder(root: Path, name: str, score: float, **settings: Any) -> Path:  # noqa: ANN401
    folder = root / name
    folder.mkdir()
    (folder / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    for kind in remedies.SETS:
        (folder / f"{kind}.json").write_text(json.dumps(_result(score)), encoding="utf-8")
    return folder


def _run(root: Path, name: str, warm: Path, score: float, **changed: Any) -> Path:  # noqa: ANN401
    settings = {**TOLD, **changed, "model": str(warm / "adapter")}
    folder = _folder(root, name, score, **settings)
    lines = [{"step": i + 1, "reward/overall": 0.1 * i} for i in range(8)]
    text = "".join(f"{json.dumps(line)}\n" for line in lines)
    (folder / "log.jsonl").write_text(text, encoding="utf-8")
    return folder


def test_what_differs_is_told_with_what_it_did(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each run has a line with its change, the reward at both ends, and gains on the same mails."""
    told = dict.fromkeys(remedies.TOLD_BEFORE, 6)
    few, many = (
        _folder(tmp_path, f"warm{count}", 0.2, **told | {"inboxes": count}) for count in (6, 24)
    )
    runs = [
        _run(tmp_path, "plain", few, 0.3),
        _run(tmp_path, "cooler", few, 0.4, temperature=0.7, learning_rate=0.0003),
        _run(tmp_path, "longer", many, 0.1),
    ]
    output = tmp_path / "out"
    asked = ["--runs", *map(str, runs), "--output", str(output)]
    assert remedies.main(asked) == 0
    _, _, plain, cooler, longer = capsys.readouterr().out.splitlines()
    gained = "0.20 to 0.30, +0.10 (+0.10 to +0.10)"
    assert plain == f"| plain | to compare with | 0.05 to 0.65 | {gained} | {gained} |"
    assert "| cooler | learning rate 0.0003, temperature 0.7 |" in cooler
    assert "+0.20" in cooler
    assert "| longer | inboxes 24 |" in longer
    assert "-0.10 (-0.10 to -0.10)" in longer
    kept = sorted(path.name for path in output.iterdir())
    assert kept == ["cooler.jsonl", "curves.png", "longer.jsonl", "plain.jsonl", "results.json"]
    (few / "test.json").unlink()
    assert remedies.main(asked) == REFUSED
    assert "test.json" in capsys.readouterr().err
