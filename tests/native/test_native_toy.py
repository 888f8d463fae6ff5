"""The tools serve an environment that is not email: they know of one what its subject says."""

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

import yaml
from corruption import Corrupted
from fastapi import FastAPI
from toy_env import game
from toy_env.server import app
from toy_env.subject import SUBJECT

from threaded import serving_app
from tools import check, collect, evaluate, validate
from tools.check import CHECKS, NEEDS_IMAGE
from tools.checks import oracle
from tools.checks.findings import Target
from tools.episodes.records import EpisodeRecord
from tools.serving import Server, serving_alike
from tools.subject import Subject, UnknownSubjectError, find, names

HERE = Path(__file__).parent
MANIFEST: dict[str, Any] = {
    "spec_version": 1,
    "name": "toy",
    "version": "0.1.0",
    "validation": {
        "reward": {"range": [-1.0, 1.0], "oracle_tolerance": 0.0, "floor_margin": 0.5},
        "resources": {"cpu": 1.0, "memory_mb": 512, "disk_mb": 64, "episode_timeout_s": 60.0},
        "network": {"mode": "no-network"},
        "task_distribution": {"generator_seed": 0, "dataset_version": "games-1"},
        "capabilities": {
            "oracle": {"form": "script", "location": "toy_env/subject.py"},
            "verifier": {"kind": "reward_channel"},
            "set_state": False,
            "llm_judged": False,
            "rubric_tree": True,
            "task_api": True,
            "canaries": "canaries.json",
            "declared_tools": [],
            "declared_task_count": dict(game.SPLITS),
        },
        "types": {"tags": ["toy"]},
    },
}
CANARY = {"id": "seven", "counts": "best", "knows_decisions": False, "ceiling": 0.0}
# The checks that read what a server sends; of the grader's two one needs none.
WATCHING = {
    name
    for name in CHECKS
    if name.startswith(("runtime.", "semantic.")) and name not in NEEDS_IMAGE
} - {"semantic.verifier_portability"}
NONSENSE = 5
DOCKERFILE = """FROM scratch
LABEL org.opencontainers.image.title="toy" org.opencontainers.image.version="0.1.0" \\
      org.opencontainers.image.source="https://source.example" \\
      org.opencontainers.image.licenses="NOASSERTION"
"""
COMPONENT = {"name": "pydantic", "version": "2.0"}
BILL = {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [COMPONENT]}
GUESSES = [{"operation": "guess", "number": number} for number in range(game.MAX_STEPS)]
RESET = {"episode_id": "one", "seed": 3, "options": {"split": "train"}}
FILES = {
    "openenv.yaml": yaml.safe_dump(MANIFEST),
    "Dockerfile": DOCKERFILE,
    "requirements.txt": f"pydantic==2.0 --hash=sha256:{'0' * 64}\n",
    "sbom.json": json.dumps(BILL),
    "plan.json": json.dumps({"plan_schema_version": "1", "reset": RESET, "actions": GUESSES}),
    "canaries.json": json.dumps({"canaries": [CANARY]}),
    "digests.json": json.dumps({"dataset_version": "games-1", **game.measured()}),
    ".gitignore": "__pycache__\n",
}


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Subject:
    """Return the environment in a folder of its own, with all that a package has."""
    root = tmp_path_factory.mktemp("toy")
    for name, text in FILES.items():
        (root / name).write_text(text, encoding="utf-8")
    (root / "toy_env").mkdir()
    for path in (HERE / "toy_env").glob("*.py"):
        (root / "toy_env" / path.name).write_text(path.read_text("utf-8"), encoding="utf-8")
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)  # noqa: S607
    return replace(SUBJECT, root=root)


@pytest.fixture(scope="module")
def servers(toy: Subject) -> Iterator[list[Server]]:
    """Return two servers of it."""
    with serving_alike(toy.app, ("0", "1"), folder=toy.root) as running:
        yield running


@pytest.fixture
def found(toy: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands find it, and nothing else."""
    monkeypatch.setattr("tools.subject.HOUSE", HERE)
    monkeypatch.setattr("toy_env.subject.SUBJECT", toy)


@pytest.mark.usefixtures("found")
def test_commands_find_it() -> None:
    """An environment is found by the first word of its folder, or by the folder."""
    assert names() == ["toy"]
    assert find("toy") is find("toy_env")
    with pytest.raises(UnknownSubjectError, match="choose one of: toy"):
        find("email")


@pytest.mark.parametrize("check_id", [name for name in CHECKS if name not in NEEDS_IMAGE])
def test_it_passes_each_check(check_id: str, toy: Subject, servers: list[Server]) -> None:
    """No check asks for anything that only the email environment has."""
    first, twin = servers
    target = Target(toy, first.url, twin.url, first.process.pid)
    (line,) = check.run(target, [check_id])
    assert line.finding.verdict == "PASS", line.finding.evidence
    assert line.command() == f"python -m tools.check toy --only {check_id}"


# What to write into its server, and which checks notice.
BROKEN = {
    "says the answer": (
        '"words": told.words}', '"words": f"{told.words}, not {secret_of(self._game.task_id)}"}',
        ["runtime.oracle_containment"],
    ),
    "shows more": (
        '"rules": RULES}', '"rules": RULES, "more": 1}', ["semantic.no_solution_leakage"]
    ),
    "moves the bounds": (
        "low=game.low,", "low=game.high + 1,", ["semantic.no_solution_leakage"]
    ),
    "pays by no leaf": (
        "self._seen(sum(told.parts.values())", "self._seen(0.1 + sum(told.parts.values())",
        ["runtime.reward_attribution", "semantic.verifier_determinism",
         "runtime.trajectory_record"],
    ),
    "keeps no actions": (
        "action_history=game.actions", "action_history=[]",
        ["runtime.trajectory_record", "semantic.replayability"],
    ),
    "gives a text for a reward": (
        '{"rubric": told.parts}', '{"rubric": {"found": "much"}}',
        ["runtime.reward_attribution", "runtime.rubric_introspectable"],
    ),
    "counts in words": (
        "return SPLITS[split]", 'return "many"', ["runtime.task_declaration_accuracy"]
    ),
    "tells no score": (
        'metadata["episode_score"]', 'metadata["words"]',
        ["semantic.oracle_max", "semantic.floor_gap", "semantic.canary_floor"],
    ),
    "gives no advice": (
        "if asked.low > asked.high:", "if True:", ["runtime.oracle_containment"]
    ),
}  # fmt: skip


def broken(old: str, new: str) -> FastAPI:
    """Return its application with a line changed."""
    text = (HERE / "toy_env" / "server.py").read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new).replace("import LEAVES,", "import secret_of, LEAVES,")
    module = ModuleType("broken_toy")
    exec(text, vars(module))  # noqa: S102 # our own, but for a line
    return module.app


@pytest.mark.parametrize("name", BROKEN)
def test_it_fails_broken(name: str, toy: Subject) -> None:
    """A server that breaks a promise has failed; that is never taken for a bug of a check."""
    old, new, check_ids = BROKEN[name]
    with serving_app(broken(old, new)) as url:
        lines = list(check.run(Target(toy, url), check_ids))
    assert {line.check_id: line.finding.verdict for line in lines} == dict.fromkeys(
        check_ids, "FAIL"
    ), lines


@pytest.mark.parametrize("check_id", [name for name in CHECKS if name in WATCHING])
def test_a_server_that_talks_nonsense_fails(check_id: str, toy: Subject) -> None:
    """Whatever is missing or strange in an answer, the server is to blame and not the check."""
    verdicts = []
    for share in (0.02, 0.3, 1.0):
        with serving_app(Corrupted(app, 7, share)) as url:
            lines = check.run(Target(toy, url, url, os.getpid()), [check_id] * NONSENSE)
            verdicts += [(line.finding.verdict, line.finding.evidence) for line in lines]
    assert not [evidence for verdict, evidence in verdicts if verdict == "ERROR"]
    assert "FAIL" in dict(verdicts)


@pytest.mark.usefixtures("found")
def test_its_oracle_plays(servers: list[Server], capsys: pytest.CaptureFixture[str]) -> None:
    """The declared oracle scores everything, by default in some games of each split."""
    assert oracle.main(["toy", servers[0].url]) == 0
    assert oracle.main(["toy", servers[0].url, "test-hard-5"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "train-easy-0 1.0000"
    assert said[-1] == "test-hard-5 1.0000"
    assert len(said) == len(game.SPLITS) * len(game.SIZES) + 1


@pytest.mark.usefixtures("found")
def test_it_is_collected(servers: list[Server], tmp_path: Path) -> None:
    """Its episodes are played by its own policies, asked by its own prompt, and written down."""
    given = ["toy", "--split", "test", "--episodes", "4", "--out", str(tmp_path / "out")]
    assert collect.main([*given, "--url", servers[0].url, "--policy", "halving"]) == 0
    text = (tmp_path / "out" / "episodes.jsonl").read_text(encoding="utf-8")
    records = [EpisodeRecord.model_validate_json(line) for line in text.splitlines()]
    assert sorted(record.task_id for record in records) == [
        "test-easy-0", "test-easy-1", "test-hard-0", "test-hard-1",
    ]  # fmt: skip
    assert all(record.steps[0].messages[0]["content"].startswith("Send") for record in records)


@pytest.mark.usefixtures("found")
def test_it_is_evaluated(
    servers: list[Server], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A policy of the toy gets a table and results, with what the toy alone knows to tell."""
    given = ["toy", "--split", "test", "--episodes", "3", "--output", str(tmp_path)]
    assert evaluate.main([*given, "--url", servers[0].url, "--policy", "oracle"]) == 0
    results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    level = results["levels"]["all"]
    assert level["guesses"] >= 3
    assert level["score"]["mean"] == 1.0
    assert "guesses" in capsys.readouterr().out


@pytest.mark.usefixtures("found")
# OpenEnv's validation calls websockets in a way that newer releases of it frown upon.
@pytest.mark.filterwarnings("ignore:connect.. must be used as a context manager")
def test_openenv_validates_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """OpenEnv's own runtime checks pass on a copy of its root."""
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert validate.main(["toy"]) == 0
    assert "PASS  runtime.state_contract" in capsys.readouterr().out
