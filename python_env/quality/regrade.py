"""Grade a fixed batch and print what came out, for processes to be compared.

python -m python_env.quality.regrade
"""

import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from python_env.quality.key import found
from python_env.quality.playing import REQUEST, Page
from python_env.quality.probes import erratic
from python_env.server.briefing import numbered
from python_env.server.dealing import DIFFICULTIES, ReviewTask, deal
from python_env.server.facts import Facts
from python_env.server.review import Review

EACH: Final = 12
DRAWS: Final = range(4)


def grades() -> Iterator[list[object]]:
    """Yield the rewards of drawn episodes and of the key, with facts that are given."""
    for difficulty in DIFFICULTIES:
        for i in range(EACH):
            task = deal("test", difficulty, i)
            for number in DRAWS:
                yield [task.task_id, number, _played(task, number)]
            review = Review(task)
            actions = [*(found(defect) for defect in task.defects), REQUEST]
            yield [
                task.task_id,
                [review.act(action, Facts(shown=True)).parts for action in actions],
            ]


def _played(task: ReviewTask, number: int) -> list[object]:
    review, decide = Review(task), erratic(task, number)
    told: list[object] = []
    mended = tuple(sorted({defect.site for defect in task.defects}))
    while not review.done:
        outcome = review.act(
            decide(Page(numbered(task.code))), Facts(kept=9, keepable=9, mended=mended)
        )
        told.append([outcome.reward, outcome.parts, outcome.result, outcome.feedback])
    return told


def main() -> None:
    """Print the digest and the size of the batch, and which Python graded it."""
    graded = list(grades())
    digest = sha256(json.dumps(graded, sort_keys=True).encode()).hexdigest()
    report = {"digest": digest, "grades": len(graded), "python": sys.version.split()[0]}
    sys.stdout.write(json.dumps(report))


if __name__ == "__main__":
    main()
