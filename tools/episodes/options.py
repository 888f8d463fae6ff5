"""The options that the commands which play episodes have in common, and how such a command ends."""

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Sequence
from functools import partial
from math import inf
from typing import Final

from tools.episodes.collecting import Asking
from tools.episodes.collection import OutputError
from tools.episodes.endpoint import EndpointError
from tools.episodes.players import CHAT, policy_of
from tools.episodes.playing import ServerError
from tools.episodes.records import Place, Settings
from tools.subject import PolicyError, Subject, UnknownSubjectError, find, names

INTERRUPTED: Final = 130
REFUSED: Final = 2
BROKEN_OFF: Final = 1
RESUME: Final = "The same command plays what is missing."
DROPPED: Final = "The last line had no end and was dropped; its episode is played again."
# What is wrong with the command, and what stopped it in the middle.
COMMAND_ERRORS: Final = (PolicyError, UnknownSubjectError, IndexError, OutputError)
RUN_ERRORS: Final = (ServerError, EndpointError)


def concluded(
    module: str,
    description: str,
    given: Sequence[str],
    add: Callable[[ArgumentParser, Subject], None],
    work: Callable[[Namespace, Subject], None],
) -> int:
    """Do what a command line asks for, and say what stopped it.

    Args:
        module: What `python -m` runs.
        description: For `--help`.
        given: The command line, without the name of the program; it begins with the environment's.
        add: Adds the command's options.
        work: Does it.

    Returns:
        The exit status: 0, or one of those above.
    """
    command = ArgumentParser(prog=f"python -m {module}", description=description, add_help=False)
    command.add_argument("name", choices=names(), help="which environment")
    try:
        # Its own options depend on the environment, which only the name tells.
        subject = find(given[0] if given and given[0] in names() else names()[0])
        parser = ArgumentParser(parents=[command], prog=command.prog, description=description)
        add(parser, subject)
        work(parser.parse_args(given), subject)
    except KeyboardInterrupt:
        say(f"Stopped. {RESUME}")
        return INTERRUPTED
    except COMMAND_ERRORS as error:
        say(str(error))
        return REFUSED
    except RUN_ERRORS as error:
        say(f"{error} {RESUME}")
        return BROKEN_OFF
    return 0


def say(text: str) -> None:
    """Say something that is no result."""
    sys.stderr.write(f"{text}\n")


def add_options(parser: ArgumentParser, subject: Subject) -> None:
    """Add the options.

    Args:
        parser: Where.
        subject: The environment, whose splits and policies `--help` lists.
    """
    splits, prompt = subject.splits, subject.prompt
    policies = ", ".join((CHAT, f"{CHAT}:MODEL", *subject.policies))
    add = parser.add_argument
    add("--policy", required=True, help=f"who decides: {policies}")
    add("--split", choices=tuple(splits.split_sizes()), required=True)
    add("--difficulty", choices=splits.DIFFICULTIES, default=splits.MIXED)
    add("--start", type=partial(whole, 0), default=0, help="number of the first task (0)")
    add("--episodes", type=partial(whole, 1), required=True, help="how many tasks")
    add("--seed", type=partial(whole, 0), help="of a policy that draws (0)")
    add("--url", default="http://127.0.0.1:8000", help="the server (%(default)s)")
    add("--sessions", type=partial(whole, 1), default=8, help="played at a time (%(default)s)")
    add("--retries", type=partial(whole, 0), default=5, help="after a failure (%(default)s)")
    add("--base-url", help="endpoint of the chat policy (API_BASE_URL)")
    add("--model", help="its model (MODEL_NAME)")
    add("--temperature", type=partial(amount, 0.0), help=f"({prompt.TEMPERATURE})")
    add("--max-tokens", type=partial(whole, 1), help=f"of one reply ({prompt.MAX_TOKENS})")
    add("--request-seconds", type=partial(amount, 0.01), default=60.0, help="per try (%(default)s)")
    add("--hide-rewards", action="store_true", help="do not tell the model what its steps earned")


def settings_of(options: Namespace, subject: Subject) -> Settings:
    """Return what the episodes have in common.

    Args:
        options: The command line.
        subject: The environment.

    Returns:
        The settings.

    Raises:
        PolicyError: If there is no such policy, or an option is for another one.
    """
    policy, _, model = options.policy.partition(":")
    chat = policy == CHAT
    if chat and model and options.model:
        raise PolicyError("The model is named twice; leave out --model.")
    if not chat:
        policy_of(subject, options.policy)
        given = (options.base_url, options.model, options.temperature, options.max_tokens)
        if options.hide_rewards or any(option is not None for option in given):
            raise PolicyError(
                "--base-url, --model, --temperature, --max-tokens and --hide-rewards are for "
                "--policy chat."
            )
    drawn = options.policy in subject.drawing
    if not drawn and options.seed is not None:
        raise PolicyError(f"--seed is for --policy {' or '.join(subject.drawing)}.")
    prompt = subject.prompt
    temperature = prompt.TEMPERATURE if options.temperature is None else options.temperature
    return Settings(
        environment=subject.environment,
        version=subject.version,
        split=options.split,
        difficulty=options.difficulty,
        policy=CHAT if chat else options.policy,
        seed=(options.seed or 0) if drawn else None,
        model=(model or options.model or os.getenv("MODEL_NAME")) if chat else None,
        temperature=temperature if chat else None,
        max_tokens=(options.max_tokens or prompt.MAX_TOKENS) if chat else None,
        hide_rewards=options.hide_rewards,
    )


def asking_of(options: Namespace) -> Asking:
    """Return how an endpoint is asked."""
    address = options.base_url or os.getenv("API_BASE_URL")
    return Asking(address, options.retries, options.request_seconds)


def places_of(options: Namespace, subject: Subject, trials: int = 1) -> list[Place]:
    """Return which episodes there shall be.

    Args:
        options: The command line.
        subject: The environment.
        trials: How often each task is played.

    Returns:
        Their places, trial by trial.

    Raises:
        IndexError: If the split has not that many tasks.
    """
    numbers = range(options.start, options.start + options.episodes)
    subject.splits.task_id_at(options.split, numbers[-1], options.difficulty)
    return [Place(index=number, trial=trial) for trial in range(trials) for number in numbers]


def whole(least: int, text: str) -> int:
    """Read a whole number from `least` on."""
    number = int(text)
    if number < least:
        raise ArgumentTypeError(f"{text} is too small; the least is {least}")
    return number


def amount(least: float, text: str) -> float:
    """Read a finite number from `least` on."""
    number = float(text)
    if not least <= number < inf:
        raise ArgumentTypeError(f"{text} is no number from {least}")
    return number
