"""What an evaluation writes: its settings, its figures, and a line for each episode."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from tools.episodes.collection import write_whole
from tools.episodes.records import Settings
from tools.evaluation.figures import More, evaluate, lines
from tools.evaluation.findings import Findings, Trials
from tools.subject import Subject

RESULTS: Final = "results.json"


def results(
    subject: Subject,
    settings: Settings,
    trials: Trials,
    findings: Findings,
    *,
    start: int,
    pass_score: float,
    more: More = lambda _estimates: {},
) -> dict[str, Any]:
    """Measure what was played.

    Args:
        subject: The environment.
        settings: What the episodes have in common.
        trials: The episodes; each trial holds the same tasks.
        findings: What was found out about them.
        start: The number of the first task.
        pass_score: From which score on an episode is a success.
        more: Returns further figures of some episodes.

    Returns:
        A JSON object that follows from the episodes alone.
    """
    levels = [name for name in subject.splits.DIFFICULTIES if name != subject.splits.MIXED]
    return {
        **settings.model_dump(mode="json"),
        "start": start,
        "repeats": len(trials),
        "pass_score": pass_score,
        "levels": evaluate(trials, findings, levels, pass_score, settings.seed or 0, more),
        "episodes": list(lines(trials, findings)),
    }


def write_results(path: Path, result: Mapping[str, Any]) -> None:
    """Write results so that a file holds all of them or is as it was.

    Args:
        path: The file.
        result: What `results` returned.

    Raises:
        OutputError: If it cannot be written.
    """
    write_whole(path, f"{json.dumps(result, indent=1, allow_nan=False)}\n")
