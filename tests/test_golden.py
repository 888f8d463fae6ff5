"""Golden episodes: the same actions earn what they earned when the files were written."""

import json

import pytest

from environment import EmailTriageEnv
from quality.golden import FOLDER, NAMES, recorded


@pytest.mark.parametrize("name", NAMES)
def test_golden(name: str) -> None:
    """An episode earns what it earned before, step by step."""
    golden = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    env = EmailTriageEnv(name.split("-")[0])
    for step in golden:
        result = env.step(step["action"])
        earned = {"reward": result.reward, "info": result.info}
        expected = {"reward": step["reward"], "info": step["info"]}
        assert earned == expected, (
            "A score has changed. If it should, raise the version, say why in the commit and run "
            "`python -m quality.golden`."
        )
    assert env.state().done


@pytest.mark.parametrize("name", NAMES)
def test_policies_do_what_they_did(name: str) -> None:
    """A policy acts as it acted when the file was written."""
    golden = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    assert [step["action"] for step in recorded(name)] == [step["action"] for step in golden]


def test_no_golden_file_is_left_over() -> None:
    """Every file belongs to an episode that is tested."""
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == sorted(NAMES)
