"""Every check passes on the real server and fails on one that breaks the promise it is about."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

import yaml
from mutants import (
    AnswersRoute,
    CountsResets,
    CutsShort,
    DeadLeaf,
    FactInFeedback,
    FlatReward,
    FrozenCount,
    HintInMail,
    HintInPolicy,
    LabelInObservation,
    LabelInTask,
    LessPay,
    LooseTool,
    MoreInTask,
    Mutant,
    NoActions,
    NoisyReward,
    NoRewards,
    OneMore,
    OtherEpisode,
    OtherMail,
    OtherPoints,
    OtherTool,
    PaysAll,
    PaysNonsense,
    SeedIgnored,
    SeedNotEnough,
    SharedInbox,
    ShortList,
    SilentPolicy,
    SummaryInMetadata,
    TellingError,
    TellingFeedback,
    serving,
)

from email_triage_env.subject import SUBJECT
from processes import ROOT, Server
from quality import digests
from tools import check as quality_bar
from tools.check import CHECKS, NEEDS_IMAGE, UNANSWERED, Line
from tools.checks import package, resources
from tools.checks.findings import Finding, Target, Verdict, passed
from tools.subject import Subject

ANY_SIZE = 1 << 24
POLICY_FILE = "validation/policies/severity-v2.json"
REQUIREMENTS = "email_triage_env/server/requirements.txt"
FILES = SUBJECT.files
COPIED = ("openenv.yaml", FILES.dockerfile, FILES.sbom, FILES.requirements, FILES.digests,
          FILES.canaries, *FILES.explaining, "tools/checks/oracle.py")  # fmt: skip


@pytest.fixture(scope="session")
def beside() -> Iterator[str]:
    """Return the real server in another process than `native`: this one."""
    with serving(Mutant) as url:
        yield url


@pytest.fixture
def copy(tmp_path: Path) -> Subject:
    """Return the environment in a folder with the files that the checks read, to be spoilt."""
    for name in COPIED:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return replace(SUBJECT, root=tmp_path)


def _declare(root: Path, section: str, name: str, value: object) -> None:
    path = root / "openenv.yaml"
    manifest = yaml.safe_load(path.read_text(encoding="utf-8"))
    manifest["validation"][section][name] = value
    path.write_text(yaml.safe_dump(manifest), encoding="utf-8")


def _check(check_id: str, target: Target) -> Finding:
    (line,) = quality_bar.run(target, [check_id])
    return line.finding


@pytest.mark.parametrize("check_id", [name for name in CHECKS if name not in NEEDS_IMAGE])
def test_the_real_one_passes(check_id: str, native: Server, beside: str) -> None:
    """Each check passes, with a number in its evidence."""
    finding = _check(check_id, Target(SUBJECT, native.url, beside, native.process.pid))
    assert finding.verdict == "PASS", finding.evidence
    assert finding.evidence


@pytest.mark.parametrize(
    ("mutant", "check_ids"),
    [
        (SummaryInMetadata, ["runtime.oracle_containment", "semantic.no_solution_leakage"]),
        (FactInFeedback, ["runtime.oracle_containment"]),
        (LabelInObservation, ["runtime.oracle_containment", "semantic.no_solution_leakage"]),
        (HintInMail, ["semantic.no_solution_leakage"]),
        (HintInPolicy, ["semantic.no_solution_leakage"]),
        (OtherMail, ["semantic.no_solution_leakage"]),
        (SilentPolicy, ["semantic.no_solution_leakage"]),
        (OtherPoints, ["semantic.no_solution_leakage"]),
        (TellingFeedback, ["semantic.no_solution_leakage"]),
        (TellingError, ["runtime.oracle_containment"]),
        (AnswersRoute, ["runtime.oracle_containment"]),
        (LabelInTask, ["runtime.oracle_containment"]),
        (MoreInTask, ["runtime.oracle_containment"]),
        (SeedIgnored, ["runtime.seed_control"]),
        (SeedNotEnough, ["runtime.seed_control"]),
        (SharedInbox, ["runtime.episode_isolation"]),
        (CountsResets, ["runtime.episode_isolation"]),
        (FrozenCount, ["runtime.trajectory_record"]),
        (NoRewards, ["runtime.trajectory_record", "semantic.replayability"]),
        (NoActions, ["runtime.trajectory_record", "semantic.replayability"]),
        (OtherEpisode, ["runtime.trajectory_record"]),
        (OneMore, ["runtime.task_declaration_accuracy"]),
        (ShortList, ["runtime.task_declaration_accuracy"]),
        (OtherTool, ["runtime.tool_declaration_accuracy"]),
        (LooseTool, ["runtime.tool_declaration_accuracy"]),
        (FlatReward, ["runtime.reward_attribution", "semantic.verifier_determinism"]),
        (NoisyReward, ["runtime.episode_determinism", "semantic.verifier_determinism",
                       "semantic.replayability"]),
        (DeadLeaf, ["runtime.reward_attribution"]),
        (LessPay, ["semantic.oracle_max"]),
        (PaysAll, ["semantic.floor_gap", "semantic.canary_floor"]),
        (PaysNonsense, ["semantic.floor_gap"]),
        (CutsShort, ["runtime.resource_bounds"]),
    ],
)  # fmt: skip
def test_a_broken_one_fails(mutant: type[Mutant], check_ids: list[str]) -> None:
    """A server that breaks a promise fails the checks about it, and those say what is wrong."""
    with serving(mutant) as url:
        target = Target(SUBJECT, url, twin=url, process_id=os.getpid())
        found = {check_id: _check(check_id, target) for check_id in check_ids}
    assert {finding.verdict for finding in found.values()} == {"FAIL"}
    assert not any("Error" in finding.evidence.split(":")[0] for finding in found.values())


def test_another_process_that_differs_fails(beside: str) -> None:
    """Determinism is about other processes, too."""
    with serving(FlatReward) as url:
        finding = _check("runtime.episode_determinism", Target(SUBJECT, beside, twin=url))
    assert finding.verdict == "FAIL"
    assert "another process" in finding.evidence


def test_an_oversize_frame_that_is_read_fails() -> None:
    """A server that reads any frame is found out."""
    with serving(Mutant, most_bytes=ANY_SIZE) as url:
        finding = _check("runtime.resource_bounds", Target(SUBJECT, url))
    assert finding.verdict == "FAIL"
    assert "was read and answered" in finding.evidence


@pytest.mark.parametrize(
    ("section", "name", "value", "check_id"),
    [
        ("capabilities", "declared_task_count", {"train": 6}, "runtime.task_declaration_accuracy"),
        ("capabilities", "declared_tools", [], "runtime.tool_declaration_accuracy"),
        ("capabilities", "declared_tools", None, "runtime.tool_declaration_accuracy"),
        ("capabilities", "rubric_tree", False, "runtime.rubric_introspectable"),
        ("capabilities", "oracle", None, "semantic.oracle_max"),
        ("capabilities", "oracle", {"location": "nowhere.py"}, "semantic.oracle_max"),
        ("capabilities", "canaries", None, "semantic.canary_floor"),
        ("reward", "floor_margin", 1.1, "semantic.floor_gap"),
        ("reward", "range", [-1.0, 0.5], "runtime.reward_attribution"),
        ("resources", "memory_mb", 16, "runtime.resource_bounds"),
        ("resources", "memory_mb", 16, "semantic.resource_envelope"),
        ("resources", "cpu", 0.001, "runtime.resource_bounds"),
        ("resources", "episode_timeout_s", 0.0001, "semantic.resource_envelope"),
        ("resources", "episode_timeout_s", 0.0001, "static.timeout_ceiling"),
        ("resources", "episode_timeout_s", 7200.0, "static.timeout_ceiling"),
        ("resources", "cpu", 0, "static.resource_declaration"),
        ("resources", "disk_mb", "much", "static.resource_declaration"),
        ("task_distribution", "dataset_version", "other", "static.task_distribution_pinning"),
    ],
)
def test_a_false_declaration_fails(  # a table
    section: str, name: str, value: object, check_id: str, copy: Subject, beside: str
) -> None:
    """What the manifest says is held against what is."""
    _declare(copy.root, section, name, value)
    target = Target(copy, beside, process_id=os.getpid())
    assert _check(check_id, target).verdict == "FAIL"


def test_a_leaf_that_nobody_named_fails(beside: str) -> None:
    """The rubric on the wire is the one that introspection names."""
    other = replace(SUBJECT, bench=replace(SUBJECT.bench, leaves=("label", "tone")))
    assert _check("runtime.rubric_introspectable", Target(other, beside)).verdict == "FAIL"


def test_a_leaf_that_nobody_explained_fails(copy: Subject, beside: str) -> None:
    """What a leaf means is written down."""
    for name in FILES.explaining:
        path = copy.root / name
        path.write_text(path.read_text(encoding="utf-8").replace("efficiency", ""), "utf-8")
    finding = _check("runtime.rubric_introspectable", Target(copy, beside))
    assert finding.verdict == "FAIL"
    assert "explains the leaf 'efficiency'" in finding.evidence


def test_a_low_ceiling_fails(copy: Subject, beside: str) -> None:
    """A canary above its ceiling fails, and so do a ceiling above the floor and one unplayed."""
    path = copy.root / FILES.canaries
    file = json.loads(path.read_text(encoding="utf-8"))
    file["canaries"] = [canary for canary in file["canaries"] if canary["id"] == "every-team"]
    for ceiling, said in ((0.01, "scored"), (0.9, "above the floor")):
        file["canaries"][0]["ceiling"] = ceiling
        path.write_text(json.dumps(file), encoding="utf-8")
        finding = _check("semantic.canary_floor", Target(copy, beside))
        assert finding.verdict == "FAIL"
        assert said in finding.evidence
    file["canaries"][0]["id"] = "parrot"
    path.write_text(json.dumps(file), encoding="utf-8")
    finding = _check("semantic.canary_floor", Target(copy, beside))
    assert finding == Finding("FAIL", "nobody plays the canary 'parrot' of quality/canaries.json")


@pytest.mark.parametrize(
    ("name", "old", "new", "check_id"),
    [
        (REQUIREMENTS, "==", ">=", "static.dependency_pinning"),
        (REQUIREMENTS, "sha256:", "md5:", "static.dependency_pinning"),
        (REQUIREMENTS, "aiofile==", "aiofiles==", "static.sbom"),
        ("email_triage_env/server/sbom.json", '"version": "3', '"version": "4', "static.sbom"),
        ("email_triage_env/server/sbom.json", "CycloneDX", "a list", "static.sbom"),
        ("email_triage_env/server/Dockerfile", "image.title", "image.name", "static.oci_labels"),
        ("email_triage_env/server/Dockerfile", 'version="', 'version="9', "static.oci_labels"),
        ("quality/digests.json", '"task_easy": "', '"task_easy": "0',
         "static.task_distribution_pinning"),
    ],
)  # fmt: skip
def test_a_spoilt_file_fails(name: str, old: str, new: str, check_id: str, copy: Subject) -> None:
    """What a file says is held against the others; a file that is missing fails, too."""
    target, path = Target(copy, ""), copy.root / name
    assert _check(check_id, target).verdict == "PASS"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert _check(check_id, target).verdict == "FAIL"
    path.unlink()
    assert _check(check_id, target).verdict == "FAIL"


def test_changed_mail_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another policy is another dataset."""
    monkeypatch.setattr("quality.digests.TRAIN_STRIDE", 500)
    finding = package.task_distribution_pinning(Target(SUBJECT, ""))
    assert finding.verdict == "FAIL"
    assert "deals changed" in finding.evidence


@pytest.mark.parametrize("name", ["mail.zip", "notes.tar.gz", "model.safetensors", "task.toml"])
def test_a_file_that_is_no_source_fails(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Archives, binaries and a second package format do not belong into the repository."""
    target = Target(replace(SUBJECT, root=tmp_path), "")
    (tmp_path / "a.py").write_text("", encoding="utf-8")
    _listing(monkeypatch, ["a.py", name])
    assert package.layout(target).verdict == "PASS"
    (tmp_path / name).write_text("", encoding="utf-8")
    assert package.layout(target).verdict == "FAIL"


def test_links_and_large_files_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither belongs into the repository; without git nothing is known."""
    target = Target(replace(SUBJECT, root=tmp_path), "")
    _listing(monkeypatch, ["link"])
    (tmp_path / "link").symlink_to(tmp_path)
    assert "link" in package.layout(target).evidence
    _listing(monkeypatch, ["large"])
    (tmp_path / "large").write_bytes(b"x" * (package.LARGEST_FILE + 1))
    assert package.layout(target).verdict == "FAIL"
    _listing(monkeypatch, [])
    assert package.layout(target).verdict == "SKIP"


def _listing(monkeypatch: pytest.MonkeyPatch, names: list[str]) -> None:
    class Listed:
        returncode = 0
        stdout = "\n".join(names)

    monkeypatch.setattr("subprocess.run", lambda *_arguments, **_options: Listed)


def test_labels_with_arguments_and_comments() -> None:
    """An argument's default is filled in, a comment does not end a label."""
    labels = package.image_labels(
        "ARG VERSION=1.2\nLABEL org.opencontainers.image.title=mail \\\n# why\n"
        '  org.opencontainers.image.version="$VERSION"\n'
    )
    assert labels == {"title": "mail", "version": "1.2"}


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, beside: str) -> dict[str, str]:
    """Return what a container engine answers, by its command; it runs the server beside."""
    answers = {
        "port": beside.removeprefix("http://"),
        "exec id": "65532",
        "exec python": "200",
        "diff": "C /tmp\nA /tmp/cache",
        "inspect": json.dumps(
            [{"Config": {"User": "65532:65532"}, "Size": 9e8, "RootFS": {"Layers": ["a"]}}]
        ),
        "run --rm": "",
        "run --detach": "container",
        "rm": "",
    }

    def docker(*arguments: str) -> str:
        return next(answer for words, answer in answers.items() if {*words.split()} <= {*arguments})

    monkeypatch.setattr("tools.checks.engine.docker", docker)
    monkeypatch.setattr("tools.checks.image.docker", docker)
    monkeypatch.setattr("shutil.which", lambda name: name)
    return answers


@pytest.mark.parametrize(
    ("check_id", "command", "answer"),
    [
        ("runtime.host_containment", "exec id", "0"),
        ("runtime.host_containment", "diff", "C /app\nA /app/log"),
        ("static.image_hygiene", "run --rm", "/usr/bin/gcc"),
        ("static.image_hygiene", "inspect",
         '[{"Config": {}, "Size": 1, "RootFS": {"Layers": []}}]'),
    ],
)  # fmt: skip
def test_a_careless_image_fails(
    check_id: str, command: str, answer: str, engine: dict[str, str]
) -> None:
    """An image that runs as root, writes or brings a compiler fails; a careful one passes."""
    target = Target(SUBJECT, "", image="email-triage-native")
    assert _check(check_id, target).verdict == "PASS"
    engine[command] = answer
    assert _check(check_id, target).verdict == "FAIL"


@pytest.mark.parametrize("check_id", sorted(NEEDS_IMAGE))
def test_no_image_is_no_verdict(check_id: str) -> None:
    """Without an image there is a remedy and no verdict."""
    finding = _check(check_id, Target(SUBJECT, ""))
    assert finding.verdict == "SKIP"
    assert "--image" in finding.evidence


def test_no_process_is_no_verdict(beside: str) -> None:
    """Of a server elsewhere nobody knows the memory."""
    for check in (resources.resource_bounds, resources.resource_envelope):
        assert check(Target(SUBJECT, beside)).verdict == "SKIP"


def test_every_id_of_the_policy_is_accounted_for() -> None:
    """Each id is checked here or named as not answered, and none is both or invented."""
    import openenv

    policy = json.loads((Path(openenv.__file__).parent / POLICY_FILE).read_text(encoding="utf-8"))
    named = [name for names in UNANSWERED for name in names.split(", ")]
    assert sorted([*CHECKS, *named]) == sorted(entry["check_id"] for entry in policy["entries"])


def test_a_check_that_breaks_has_failed(capsys: pytest.CaptureFixture[str]) -> None:
    """A server that cannot be reached is a FAIL that says so, not a crash; progress is shown."""
    finding = _check("runtime.seed_control", Target(SUBJECT, "http://127.0.0.1:9"))
    assert finding.verdict == "FAIL"
    assert "refused" in finding.evidence
    assert "[1/1] runtime.seed_control FAIL" in capsys.readouterr().err


def test_a_bug_of_a_check_is_no_verdict(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What only a bug of ours raises is an ERROR with a traceback, and the next check is made."""

    def buggy(_target: Target) -> Finding:
        raise KeyError("typo")

    monkeypatch.setitem(CHECKS, "static.layout", buggy)
    ids = ["static.layout", "static.oci_labels"]
    first, second = quality_bar.run(Target(SUBJECT, ""), ids)
    assert first.finding == Finding("ERROR", "this check has a bug: KeyError: 'typo'")
    assert second.finding.verdict == "PASS"
    assert "Traceback" in capsys.readouterr().err
    assert quality_bar.as_text([first, second]).endswith("1 PASS, 0 FAIL, 0 SKIP, 1 ERROR")


def test_reports_agree() -> None:
    """Text, table and JSON name the same verdicts, commands and counts."""
    lines = [Line("email", check_id, passed("3 | 4"), 0.1) for check_id in CHECKS]
    lines[0] = lines[0]._replace(finding=Finding("FAIL", "loose"))
    text, table = quality_bar.as_text(lines), quality_bar.as_markdown(lines)
    report: dict[str, Any] = json.loads(quality_bar.as_json(SUBJECT, lines))
    counted = f"{len(CHECKS) - 1} PASS, 1 FAIL, 0 SKIP"
    assert text.endswith(counted)
    assert table.endswith(counted)
    assert "3 \\| 4" in table
    rows = re.findall(r"^\| `([\w.]+)` \| (PASS|FAIL|SKIP) \|", table, re.MULTILINE)
    assert rows == [(check["id"], check["verdict"]) for check in report["checks"]]
    assert all(check["command"] in text for check in report["checks"])
    assert report["not_answered"] == UNANSWERED


@pytest.mark.parametrize(("verdict", "code"), [("PASS", 0), ("FAIL", 1), ("SKIP", 0), ("ERROR", 1)])
def test_a_fail_or_an_error_is_exit_code_one(
    verdict: Verdict,
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The command checks the server it is given, writes both reports and says how it went."""
    seen: list[Target] = []

    def check(target: Target) -> Finding:
        seen.append(target)
        return Finding(verdict, "measured")

    @contextmanager
    def serving_alike(
        _module: str, hash_seeds: tuple[str, ...], *, folder: Path
    ) -> Iterator[list[object]]:
        assert folder == ROOT
        process = SimpleNamespace(pid=1)
        yield [SimpleNamespace(url=f"http://seed-{seed}", process=process) for seed in hash_seeds]

    monkeypatch.setitem(quality_bar.CHECKS, "static.layout", check)
    monkeypatch.setattr(quality_bar, "serving_alike", serving_alike)
    file = tmp_path / "report.json"
    command = ["email", "--only", "static.layout", "--json", str(file), "--markdown"]
    assert quality_bar.main([*command, "--url", "http://elsewhere/"]) == code
    assert quality_bar.main(command) == code
    assert seen == [Target(SUBJECT, "http://elsewhere", "http://seed-1"),
                    Target(SUBJECT, "http://seed-0", "http://seed-1", process_id=1)]  # fmt: skip
    assert f"| `static.layout` | {verdict} | measured |" in capsys.readouterr().out
    (line,) = json.loads(file.read_text(encoding="utf-8"))["checks"]
    assert line["verdict"] == verdict


def test_digests_name_what_is_declared() -> None:
    """The file in the repository is what the command writes."""
    pins = json.loads((ROOT / digests.FILE).read_text(encoding="utf-8"))
    assert pins == {"dataset_version": digests.pinned_version(ROOT), **digests.measured()}
