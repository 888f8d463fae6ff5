"""Who decides in a collected episode: a reference policy, or a model behind an endpoint.

Both are asked by the environment's own prompt and say text that its own reader reads, so that what
a reference policy says is what a model could have said.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from tools.episodes.endpoint import CUT_OFF, REFUSED, Say, Spoken
from tools.episodes.playing import Answer, Player, Step
from tools.subject import Decide, Policy, PolicyError, Prompt, Subject

CHAT: Final = "chat"
UNREADABLE: Final = "unreadable"
EMPTY: Final = "empty"
FAILURES: Final = (UNREADABLE, CUT_OFF, EMPTY, REFUSED)


def model_player(prompt: Prompt, say: Say, *, hide_rewards: bool = False) -> Player:
    """Return a model as a player.

    A reply in which no decision can be read is sent as an action without one, which costs a step:
    it is never turned into a decision that the model has not made.

    Args:
        prompt: How the model is asked, and read.
        say: Gives the reply to a prompt.
        hide_rewards: Whether the model is not told what its earlier steps earned.

    Returns:
        The player.
    """

    async def player(
        brief: Mapping[str, Any],
        observation: Any,  # noqa: ANN401 # the environment's own model
        steps: Sequence[Step],
    ) -> Answer:
        messages = _messages(prompt, brief, observation, steps, hide_rewards=hide_rewards)
        return _read(prompt, await say(messages), messages)

    return player


def reference_player(prompt: Prompt, decide: Decide) -> Player:
    """Return a policy that is no model as a player.

    Args:
        prompt: How a model would be asked, and read.
        decide: The policy, for one episode.

    Returns:
        The player.
    """

    def player(
        brief: Mapping[str, Any],
        observation: Any,  # noqa: ANN401 # the environment's own model
        steps: Sequence[Step],
    ) -> Answer:
        messages = _messages(prompt, brief, observation, steps, hide_rewards=False)
        said = json.dumps(dict(decide(brief, observation)), ensure_ascii=False)
        return _read(prompt, Spoken(said), messages)

    return player


def policy_of(subject: Subject, name: str) -> Policy:
    """Return a reference policy by its name.

    Args:
        subject: The environment.
        name: One of its policies, with its argument if it takes one.

    Returns:
        The policy.

    Raises:
        PolicyError: If there is no such policy.
    """
    if name in subject.policies:
        return subject.policies[name]
    try:
        return subject.policy_from(name)
    except PolicyError as error:
        known = ", ".join((CHAT, f"{CHAT}:MODEL", *subject.policies))
        raise PolicyError(f"{error} Choose one of: {known}.") from error


def _messages(
    prompt: Prompt,
    brief: Mapping[str, Any],
    observation: Any,  # noqa: ANN401 # the environment's own model
    steps: Sequence[Step],
    *,
    hide_rewards: bool,
) -> list[dict[str, str]]:
    history = [
        prompt.history_line(number, step.answer.action, step.reward, hide_reward=hide_rewards)
        for number, step in enumerate(steps, start=1)
    ]
    return prompt.build_messages(brief, observation, history)


def _read(prompt: Prompt, spoken: Spoken, messages: list[dict[str, str]]) -> Answer:
    reply = prompt.parse_reply("" if spoken.failure == REFUSED else spoken.text)
    if reply.parsed:
        return Answer(spoken.text, reply.action, None, messages, spoken.usage)
    failure = spoken.failure or (UNREADABLE if spoken.text.strip() else EMPTY)
    return Answer(spoken.text, {}, failure, messages, spoken.usage)
