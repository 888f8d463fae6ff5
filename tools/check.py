"""Checks that OpenEnv's quality policy lists and OpenEnv itself has no grader for yet.

python -m tools.check NAME                 start a server and check everything
python -m tools.check NAME --url URL       check a server that runs already
python -m tools.check NAME --image IMAGE   check a built image, too
python -m tools.check NAME --only ID ...   check only some
python -m tools.check NAME --markdown      print the table that README shows
python -m tools.check NAME --json FILE     write the report as JSON, too
python -m tools.check NAME --report ...    print what the reference policies earn, and check nothing
                                           else; further options are the environment's own

These are our own measurements, kept apart from those of `openenv validate`. Exits 1 when a check
fails, or breaks on a bug of its own, which is an ERROR and says nothing about the environment.
"""

import argparse
import json
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple, get_args

import requests
from websockets.exceptions import WebSocketException

from tools.checks import (
    declarations,
    image,
    package,
    resources,
    runtime,
    secrecy,
    semantic,
    verifier,
)
from tools.checks.engine import EngineError
from tools.checks.findings import Check, DeclarationError, Finding, Target, Verdict, failed
from tools.checks.verifier import GradingError
from tools.episodes.playing import ServerError
from tools.serving import StartError, serving_alike
from tools.subject import Subject, find, names

COMMAND: Final = "python -m tools.check"
CHECKS: Final[dict[str, Check]] = {
    "static.dependency_pinning": package.dependency_pinning,
    "static.sbom": package.sbom,
    "static.oci_labels": package.oci_labels,
    "static.image_hygiene": image.image_hygiene,
    "static.layout": package.layout,
    "static.resource_declaration": resources.resource_declaration,
    "static.timeout_ceiling": resources.timeout_ceiling,
    "static.task_distribution_pinning": package.task_distribution_pinning,
    "runtime.seed_control": runtime.seed_control,
    "runtime.episode_determinism": runtime.episode_determinism,
    "runtime.episode_isolation": runtime.episode_isolation,
    "runtime.oracle_containment": secrecy.oracle_containment,
    "runtime.task_declaration_accuracy": declarations.task_declaration_accuracy,
    "runtime.tool_declaration_accuracy": declarations.tool_declaration_accuracy,
    "runtime.rubric_introspectable": declarations.rubric_introspectable,
    "runtime.reward_attribution": runtime.reward_attribution,
    "runtime.trajectory_record": runtime.trajectory_record,
    "runtime.resource_bounds": resources.resource_bounds,
    "runtime.host_containment": image.host_containment,
    "semantic.oracle_max": semantic.oracle_max,
    "semantic.floor_gap": semantic.floor_gap,
    "semantic.canary_floor": semantic.canary_floor,
    "semantic.no_solution_leakage": secrecy.no_solution_leakage,
    "semantic.verifier_determinism": verifier.verifier_determinism,
    "semantic.verifier_portability": verifier.verifier_portability,
    "semantic.resource_envelope": resources.resource_envelope,
    "semantic.replayability": semantic.replayability,
}
NEEDS_IMAGE: Final = frozenset({"static.image_hygiene", "runtime.host_containment"})
UNANSWERED: Final = {
    "static.reproducible_build": (
        "takes two clean builds with a container engine, minutes each, and their layers compared"
    ),
    "static.manifest, runtime.startup, runtime.reward_well_formed, runtime.observation_schema, "
    "runtime.state_contract, runtime.network_policy": (
        "have graders of OpenEnv's own: python -m tools.validate"
    ),
    "hub.layer_isolation, hub.time_to_first_work, hub.cosign_signature, "
    "hub.cross_host_determinism, hub.immutable_versioning": (
        "are measured by a hub on what was published there"
    ),
    "statistical.reward_reachability, statistical.difficulty_separation, statistical.headroom, "
    "statistical.variance_bound, statistical.training_signal, statistical.adversarial_floor, "
    "statistical.gameability_gap": "are measured by a hub with models that play many episodes",
}
# What a check may meet in a broken server or package; anything else is a bug of ours.
BROKEN: Final = (
    ServerError, StartError, DeclarationError, GradingError, EngineError,
    OSError, WebSocketException, requests.RequestException, subprocess.TimeoutExpired,
)  # fmt: skip


class Line(NamedTuple):
    """One line of the report."""

    name: str
    check_id: str
    finding: Finding
    seconds: float

    def command(self) -> str:
        """Return the command that shows it."""
        image_option = " --image IMAGE" if self.check_id in NEEDS_IMAGE else ""
        return f"{COMMAND} {self.name} --only {self.check_id}{image_option}"


def run(target: Target, check_ids: Sequence[str]) -> Iterator[Line]:
    """Check, and say on stderr what is being checked.

    Args:
        target: What to check.
        check_ids: Which checks.

    Yields:
        A line of the report per check. A check that breaks on what it meets has failed; one that
        breaks on anything else is an ERROR, whose traceback goes to stderr.
    """
    for i, check_id in enumerate(check_ids, start=1):
        sys.stderr.write(f"[{i}/{len(check_ids)}] {check_id} ")
        sys.stderr.flush()
        start = time.perf_counter()
        try:
            finding = CHECKS[check_id](target)
        except BROKEN as error:
            finding = failed(_shown(error))
        except Exception as error:  # noqa: BLE001 # a bug here must not hide what the others find
            finding = Finding("ERROR", f"this check has a bug: {_shown(error)}")
            sys.stderr.write(f"\n{traceback.format_exc()}")
        line = Line(target.subject.name, check_id, finding, time.perf_counter() - start)
        sys.stderr.write(f"{finding.verdict} {line.seconds:.1f} s\n")
        yield line


def as_text(lines: Sequence[Line]) -> str:
    """Return the report as text."""
    blocks = [
        f"{line.finding.verdict}  {line.check_id}\n      {line.finding.evidence}\n"
        f"      $ {line.command()}"
        for line in lines
    ]
    unanswered = [f"----  {check_ids}\n      {why}" for check_ids, why in UNANSWERED.items()]
    return "\n".join([*blocks, "", "Not answered here:", *unanswered, "", _counted(lines)])


def as_markdown(lines: Sequence[Line]) -> str:
    """Return the report as README shows it."""
    rows = ["| check | verdict | evidence |", "| --- | --- | --- |"]
    for line in lines:
        evidence = line.finding.evidence.replace("|", "\\|")
        rows.append(f"| `{line.check_id}` | {line.finding.verdict} | {evidence} |")
    for check_ids, why in UNANSWERED.items():
        names = ", ".join(f"`{name}`" for name in check_ids.split(", "))
        rows.append(f"| {names} | not answered | {why} |")
    return "\n".join([*rows, "", _counted(lines)])


def as_json(subject: Subject, lines: Sequence[Line]) -> str:
    """Return the report as JSON."""
    report = {
        "made_by": f"{COMMAND} {subject.name}",
        "environment": f"{subject.environment} {subject.version}",
        "checks": [
            {"id": line.check_id, **line.finding._asdict(), "command": line.command()}
            for line in lines
        ],
        "not_answered": UNANSWERED,
    }
    return f"{json.dumps(report, indent=2)}\n"


def _counted(lines: Sequence[Line]) -> str:
    counts = Counter(line.finding.verdict for line in lines)
    # Errors are an exception, and named only where there are some.
    return ", ".join(
        f"{counts[name]} {name}" for name in get_args(Verdict) if name != "ERROR" or counts[name]
    )


def _shown(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"


def main(arguments: list[str] | None = None) -> int:
    """Check what the command line names.

    Args:
        arguments: The command line, without the name of the program.

    Returns:
        The exit status: 1 when a check failed or broke.
    """
    parser = argparse.ArgumentParser(
        prog=COMMAND, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", choices=names(), help="which environment")
    parser.add_argument("--url", help="a server that runs; without it one is started")
    parser.add_argument("--image", help="a built image")
    parser.add_argument("--only", nargs="+", choices=CHECKS, metavar="ID", help="only these checks")
    parser.add_argument("--markdown", action="store_true", help="print the table README shows")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the report there, too")
    parser.add_argument(
        "--report", nargs=argparse.REMAINDER, help="print what the reference policies earn"
    )
    options = parser.parse_args(arguments)
    subject = find(options.name)
    if options.report is not None:
        if subject.report is None:
            parser.error(f"{options.name} has no report of its policies")
        return subject.report(options.report)
    sys.stderr.write("Starting a server ...\n")
    seeds = ("1",) if options.url else ("0", "1")
    try:
        with serving_alike(subject.app, seeds, folder=subject.root) as servers:
            target = Target(
                subject=subject,
                url=(options.url or servers[0].url).rstrip("/"),
                twin=servers[-1].url,
                process_id=None if options.url else servers[0].process.pid,
                image=options.image,
            )
            lines = list(run(target, options.only or list(CHECKS)))
    except StartError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{as_markdown(lines) if options.markdown else as_text(lines)}\n")
    if options.json:
        options.json.write_text(as_json(subject, lines), encoding="utf-8")
    return int(any(line.finding.verdict in ("FAIL", "ERROR") for line in lines))


if __name__ == "__main__":
    sys.exit(main())
