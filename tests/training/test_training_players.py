"""Policies are found by their names, and say the same whoever asks."""

import subprocess
import sys
from pathlib import Path
from shutil import copy, copytree
from types import ModuleType, SimpleNamespace

import pytest

pytest.importorskip("ray", reason="training has an environment of its own; see README")

from email_triage_env import EmailTriageClient
from processes import Server
from tools.episodes.playing import play_all
from tools.subject import PolicyError
from training.players import load
from training.rollouts.rollouts_ray import SENT

CHOICES = [{"split": "train", "index": number} for number in range(6)]


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        pytest.param("oracle", "Unknown policy 'oracle'.* a directory", id="unknown"),
        pytest.param("constant:important/legal", "constant:LABEL/TEAM", id="no-label"),
        pytest.param("constant:urgent", "constant:LABEL/TEAM", id="no-team"),
        pytest.param("answer-key", "knows the answers", id="answers"),
        pytest.param("chat:some-model", "tools.evaluate email --policy chat:some-m", id="chat"),
    ],
)
def test_unknown_policies_are_refused(spec: str, words: str) -> None:
    """The refusal says what there is; none of the policies knows an answer."""
    with pytest.raises(PolicyError, match=words):
        load(spec)


def test_draws_follow_from_the_seed(native: Server) -> None:
    """What a drawing policy says hangs on neither the sessions nor the episodes beside it."""
    once, again, other = (
        play_all(EmailTriageClient, native.url, load("random", seed=seed), CHOICES, sessions)
        for seed, sessions in ((1, 1), (1, 4), (2, 4))
    )
    assert once == again
    assert once != other
    answers = [step.answer.raw for episode in once for step in episode.steps]
    assert len(set(answers)) > len(answers) / 2
    alone = play_all(EmailTriageClient, native.url, load("random", seed=1), CHOICES[3:4])
    assert alone == once[3:4]


def test_references_need_the_whole_checkout(tmp_path: Path) -> None:
    """Where only a client's code was sent there is no answer to import, and it is said."""
    for sent in map(Path, SENT["py_modules"]):
        if sent.is_dir():
            copytree(sent, tmp_path / sent.name)
        else:
            copy(sent, tmp_path)
    code = "from training.players import load; load('keyword')"
    ended = subprocess.run(  # noqa: S603 # our own code
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "'keyword' is no directory with a policy" in ended.stderr


def test_directories_are_loaded_by_what_they_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader and a language model are told apart by a file; a broken one is refused."""

    def loaded(path: Path, **settings: float) -> object:
        if path.name == "broken":
            raise ValueError("no weights")
        return path.name, settings

    for module, name, value in (
        ("reader.policy", "Reader", SimpleNamespace(load=loaded)),
        ("language.loading", "load_policy", loaded),
    ):
        fake = ModuleType(f"training.{module}")
        setattr(fake, name, value)
        monkeypatch.setitem(sys.modules, fake.__name__, fake)
    for name, file in (("one", "reader.json"), ("two", "config.json"), ("broken", "reader.json")):
        (tmp_path / name).mkdir()
        (tmp_path / name / file).write_text("{}", encoding="utf-8")
    found: list[object] = [load(str(tmp_path / "one")), load(str(tmp_path / "two"), seed=3)]
    assert found == [("one", {}), ("two", {"temperature": 0.0, "seed": 3})]
    with pytest.raises(PolicyError, match="no weights"):
        load(str(tmp_path / "broken"))
