"""The notebook: its sections, what it stores, and that it runs from start to end."""

import ast
import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

pytest.importorskip("nbconvert", reason="training has an environment of its own; see README")

import nbformat
from small_model import build

from conftest import ROOT
from processes import Server
from training import demonstrations

NOTEBOOK: Final = ROOT / "training" / "notebook.ipynb"
SECTIONS: Final = (
    "1 Install", "2 Load model", "3 Connect to the environment", "4 Rollout function",
    "5 GRPO trainer", "6 Logging", "7 Plots", "8 Save and reload", "9 Before and after",
)  # fmt: skip
CELL_SECONDS: Final = 600
# The reward by step, and before and after.
IMAGES: Final = 2
SENTENCE: Final = r"Before and after on the same \d+ test inboxes: mean score [\d.]+ -> [\d.]+"


def _cells(kind: str) -> list[dict[str, Any]]:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == kind]


def _source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def test_the_sections_stand_in_order() -> None:
    """Nine that a training takes."""
    texts = "\n".join(map(_source, _cells("markdown")))
    headings = re.findall(r"^## (.+)$", texts, re.MULTILINE)
    assert tuple(headings) == SECTIONS


def test_the_settings_stand_on_top() -> None:
    """The first code is the server's address and the short form, both from the environment."""
    first = _source(_cells("code")[0])
    assert 'ENV_URL = os.getenv("ENV_URL", "")' in first
    assert 'SHORT = os.getenv("NOTEBOOK_SHORT") == "1"' in first


def test_a_whole_run_is_stored() -> None:
    """A valid notebook with what one run told and drew, from the first cell to the last."""
    notebook = nbformat.read(NOTEBOOK, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    cells = notebook.cells
    assert {str(cell.metadata) for cell in cells} == {"{}"}
    assert all(re.fullmatch(r"[a-z-]+", cell.id) for cell in cells)
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell.outputs]
    # What stands on stderr are bars of progress and other people's warnings.
    assert {output.get("name", "stdout") for output in outputs} == {"stdout"}
    assert sum("image/png" in output.get("data", {}) for output in outputs) == IMAGES
    printed = "".join(output.get("text", "") for output in outputs)
    assert re.search(SENTENCE, printed)


def test_no_path_of_a_machine_is_named() -> None:
    """It runs wherever the project lies."""
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert not re.search(r"(?<![\w.:/])/(home|root|tmp|work|usr|content|Users)\b|[A-Z]:\\\\", text)


@pytest.mark.parametrize("cell", [pytest.param(cell, id=cell["id"]) for cell in _cells("code")])
def test_the_code_is_plain_python(cell: dict[str, Any]) -> None:
    """No magic, so that linters read it; a cell may wait for something."""
    compile(_source(cell), cell["id"], "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


def test_it_runs_from_start_to_end(native: Server, tmp_path: Path) -> None:
    """In its short form, in a kernel of this Python: it compares, and stops its server."""
    shown = demonstrations.collect(
        native.url, tmp_path / "shown", 4, policy="constant:normal/billing", difficulty="easy"
    )
    model = build(tmp_path / "model", demonstrations.read(shown))
    kernel = tmp_path / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    description = {"argv": command, "display_name": "Python 3", "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(description), encoding="utf-8")
    variables = {
        "NOTEBOOK_SHORT": "1", "NOTEBOOK_OUTPUT": str(tmp_path / "run"), "HF_HUB_OFFLINE": "1",
        "ENV_URL": "", "MODEL": str(model), "REPOSITORY": "", "OMP_NUM_THREADS": "1",
         "IPYTHONDIR": str(tmp_path / "ipython"),
        "JUPYTER_PATH": str(tmp_path / "jupyter"), "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    converted = subprocess.run(  # noqa: S603 # our own notebook
        [
            sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", str(NOTEBOOK),
            "--output-dir", str(tmp_path), "--output", "executed",
            f"--ExecutePreprocessor.timeout={CELL_SECONDS}",
        ],
        env={**os.environ, **variables}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert converted.returncode == 0, converted.stderr
    executed = nbformat.read(tmp_path / "executed.ipynb", as_version=nbformat.NO_CONVERT)
    printed = {
        cell.id: "".join(output.text for output in cell.outputs if "text" in output)
        for cell in executed.cells
        if cell.cell_type == "code"
    }
    assert re.search(SENTENCE, printed["comparison"])
    assert "Done." in printed["stop"]
    (plots,) = (tmp_path / "run").glob("*/plots")
    assert {path.name for path in plots.iterdir()} == {"reward_curve.png", "before_after.png"}
    port = int(printed["server"].rpartition(":")[2])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
