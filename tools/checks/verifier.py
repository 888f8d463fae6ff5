"""Whether the same action is always graded alike, wherever and however often."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import gettempdir
from typing import Final

from pydantic import BaseModel, ValidationError

from tools.checks.captures import performed, repeated
from tools.checks.findings import Finding, Target, judged, passed, skipped

SESSIONS: Final = 3
SECONDS: Final = 60
HASH_SEEDS: Final = ("0", "1", "12345")
# A namespace without a network, as an ordinary user may make one.
NO_NETWORK: Final = ("unshare", "--user", "--map-root-user", "--net")
OTHER_PYTHONS: Final = tuple(
    f"python3.{minor}" for minor in range(11, 16) if minor != sys.version_info.minor
)
ELSEWHERE: Final = {"LC_ALL": "C", "TZ": "Pacific/Kiritimati"}


class GradingError(RuntimeError):
    """The batch could not be graded in another process."""


class Regraded(BaseModel):
    """What a batch was graded to: a digest of all grades, how many, and by which Python."""

    digest: str
    grades: int
    python: str


def verifier_determinism(target: Target) -> Finding:
    """The same action is graded alike in repeated sessions and under other hash seeds."""
    bench = target.subject.bench
    problems = []
    urls = [url for url in (target.url, target.twin) if url]
    steps = 0
    for capture in performed(target.url, target.subject, bench.erratic):
        expected = bench.replay(capture.task_id, capture.actions)
        steps += len(expected)
        for again in (repeated(url, capture) for url in urls for _ in range(SESSIONS)):
            if again.rewards() != expected:
                problems.append(f"{capture.task_id} is graded differently: {again.rewards()}")
    if problems:
        return judged(problems, "")
    with ThreadPoolExecutor() as pool:
        variables = [{"PYTHONHASHSEED": seed} for seed in HASH_SEEDS]
        reports = list(pool.map(partial(_regraded, target), variables))
    if len({report.digest for report in reports}) != 1:
        problems.append("processes with different PYTHONHASHSEED grade differently")
    return judged(
        problems,
        f"{reports[0].grades} grades are equal under PYTHONHASHSEED {', '.join(HASH_SEEDS)}; "
        f"{steps} served rewards equal those graded here, in {SESSIONS * len(urls)} replays each",
    )


def verifier_portability(target: Target) -> Finding:
    """The grader needs no network, folder, locale, time zone or particular Python of ours."""
    root = target.subject.root
    regrade = partial(_regraded, target)
    places: dict[str, Callable[[], Regraded]] = {
        "here": lambda: regrade({}),
        "an empty environment": lambda: regrade({}, bare=True),
        "another locale and time zone": lambda: regrade(
            {"LC_ALL": "C", "TZ": "Pacific/Kiritimati"}
        ),
        "another folder": lambda: regrade({"PYTHONPATH": str(root)}, folder=Path(gettempdir())),
    }
    offline = shutil.which(NO_NETWORK[0]) and _works([*NO_NETWORK, "true"], root)
    if offline:
        places["no network"] = lambda: regrade({}, before=NO_NETWORK)
    others = [path for name in OTHER_PYTHONS if (path := shutil.which(name))]
    for path in others:
        if _works([path, "-c", f"import {target.subject.bench.regrade}"], root):
            places[path] = partial(regrade, {}, python=path)
    with ThreadPoolExecutor() as pool:
        reports = pool.map(lambda graded: graded(), places.values())
        elsewhere = dict(zip(places, reports, strict=True))
    here = elsewhere.pop("here")
    versions = {report.python for report in (here, *elsewhere.values())}
    problems = [
        f"{place} grades differently"
        for place, report in elsewhere.items()
        if report.digest != here.digest
    ]
    if problems:
        return judged(problems, "")
    if not offline:
        return skipped("cutting the network off needs unshare and user namespaces (Linux)")
    alone = "" if len(versions) > 1 else "; no other Python that can import the grader was found"
    return passed(
        f"{here.grades} grades have one digest, {here.digest[:12]}, with "
        f"{', '.join(elsewhere)}; Python {', '.join(sorted(versions))}{alone}"
    )


def _regraded(
    target: Target,
    variables: Mapping[str, str],
    *,
    bare: bool = False,
    before: Sequence[str] = (),
    python: str = sys.executable,
    folder: Path | None = None,
) -> Regraded:
    environment = {} if bare else dict(os.environ)
    done = subprocess.run(  # noqa: S603 # our own module
        [*before, python, "-m", target.subject.bench.regrade],
        cwd=folder or target.subject.root, env={**environment, **variables},
        capture_output=True, text=True, check=False, timeout=SECONDS,
    )  # fmt: skip
    try:
        done.check_returncode()
        return Regraded.model_validate_json(done.stdout)
    except (subprocess.CalledProcessError, ValidationError) as error:
        raise GradingError(f"Grading failed: {done.stderr.strip()[-300:] or error}") from error


def _works(command: Sequence[str], folder: Path) -> bool:
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=20)  # noqa: S603
    return done.returncode == 0
