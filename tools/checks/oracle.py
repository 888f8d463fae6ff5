"""The oracle: plays the reviewed answers through the typed client, as any agent would.

python -m tools.checks.oracle URL [TASK_ID ...]     the headline tasks by default

It runs where the answers are, never where an agent runs.
"""

import sys

from deck import find_deal
from email_triage_env.client import EmailTriageClient
from environment import MAX_STEPS
from models import Task
from quality.policies import answer_key
from tasks import TASKS
from tools.checks.session import RefusedError


def play_key(url: str, task: Task) -> float:
    """Play the reviewed answers.

    Args:
        url: The server.
        task: The inbox.

    Returns:
        The score of the episode.

    Raises:
        RefusedError: If the episode does not end.
    """
    with EmailTriageClient(url).sync() as client:
        result = client.reset(task_id=task.task_id)
        for _ in range(MAX_STEPS):
            email = result.observation
            result = client.step(answer_key(email, task.ground_truth[email.email_id]))
            if result.done:
                return float(result.metadata["episode_score"])
    raise RefusedError(f"{task.task_id} did not end in {MAX_STEPS} steps.")


def main() -> int:
    """Play what the command line names; return 1 when a score is not perfect."""
    url, *names = sys.argv[1:] or ["http://127.0.0.1:8000"]
    scores = {}
    for name in names or TASKS:
        scores[name] = play_key(url, TASKS[name] if name in TASKS else find_deal(name))
        sys.stdout.write(f"{name} {scores[name]:.4f}\n")
    return int(min(scores.values()) < 1.0)


if __name__ == "__main__":
    sys.exit(main())
