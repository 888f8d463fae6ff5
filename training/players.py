"""Policies by their names: those that lie in a directory, and the environment's references.

A model behind an endpoint is none of them: `python -m tools.evaluate` asks it, and needs none of
training's libraries.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from tools.episodes.playing import Answer, Player, Step
from tools.subject import PolicyError, find

SUBJECT: Final = "email"
CHAT: Final = "chat"
FORMS: Final = (
    "a directory with config.json, adapter_config.json or reader.json, keyword, "
    "constant:LABEL/TEAM, random"
)


def load(spec: str, *, temperature: float = 0.0, seed: int = 0) -> Player:
    """Return a policy by its name.

    Args:
        spec: One of `FORMS`.
        temperature: How freely a language model answers; 0 is its likeliest answer.
        seed: What a policy that draws starts from.

    Returns:
        The policy.

    Raises:
        PolicyError: If there is none of that name, or something is missing.
    """
    directory = Path(spec)
    # Imported here: each brings libraries that no other policy needs.
    try:
        if (directory / "reader.json").is_file():
            from training.reader.policy import Reader

            return Reader.load(directory)
        if any((directory / name).is_file() for name in ("config.json", "adapter_config.json")):
            from training.language.loading import load_policy

            return load_policy(directory, temperature=temperature, seed=seed)
    except (ImportError, OSError, ValueError) as error:
        raise PolicyError(f"The policy in {spec} cannot be read: {error}") from error
    return _reference(spec, seed)


def _reference(name: str, seed: int) -> Player:
    """Return a reference policy; one that draws does so by task and step, whoever else plays."""
    if name.partition(":")[0] == CHAT:
        raise PolicyError(
            f"A model behind an endpoint is asked by `python -m tools.evaluate {SUBJECT} --policy "
            f"{name:.100}`; here a policy is one of: {FORMS}."
        )
    try:
        subject = find(SUBJECT)
    except ImportError as error:
        raise PolicyError(
            f"{name!r:.100} is no directory with a policy, and the reference policies need the "
            f"whole checkout ({error}); name a directory."
        ) from error
    if name in subject.knowing:
        raise PolicyError(f"{name!r} knows the answers; write one of: {FORMS}.")
    try:
        policy = subject.policies.get(name) or subject.policy_from(name)
    except PolicyError as error:
        raise PolicyError(f"{error} Or write one of: {FORMS}.") from error

    def player(
        brief: Mapping[str, Any],
        observation: Any,  # noqa: ANN401 # the environment's own model
        steps: Sequence[Step],
    ) -> Answer:
        task_id = str(brief["task_id"])
        decide = policy(task_id, crc32(f"{seed}/{task_id}".encode()))
        # A player keeps nothing, so what was drawn before is drawn again.
        for step in steps:
            decide(brief, step.observation)
        action = decide(brief, observation)
        return Answer(json.dumps(dict(action), ensure_ascii=False), action)

    return player
