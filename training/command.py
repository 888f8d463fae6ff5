"""What the commands of training have in common: settings that are read, and errors that are told.

Whatever stops a command on purpose is one line with the remedy and a status; what is a fault of
this code stays a traceback.
"""

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable
from typing import Any, ClassVar, Final, TypeVar, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError

from tools.episodes.collection import OutputError
from tools.episodes.playing import ServerError
from tools.serving import StartError
from tools.subject import PolicyError

SettingsT = TypeVar("SettingsT", bound=BaseModel)
BROKEN_OFF: Final = 1
REFUSED: Final = 2
INTERRUPTED: Final = 130


class RefusedError(ValueError):
    """What was asked for cannot be done; the text says what to change."""

    status: ClassVar[int] = REFUSED


class SettingsError(RefusedError):
    """The settings contradict each other, the machine, or the run they would continue."""


class CommandSettings(BaseModel):
    """The settings of a command; a field is an option of its command line."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def parse_settings(
    kind: type[SettingsT], arguments: list[str] | None, module: str, description: str
) -> SettingsT:
    """Read settings from a command line; each field is an option.

    Args:
        kind: The settings.
        arguments: The command line, without the name of the program.
        module: What `python -m` runs.
        description: For `--help`.

    Returns:
        The settings.

    Raises:
        SettingsError: If they are not valid together.
    """
    parser = ArgumentParser(
        prog=f"python -m {module}",
        description=description,
        formatter_class=RawDescriptionHelpFormatter,
    )
    for name, field in kind.model_fields.items():
        option = f"--{(field.alias or name).replace('_', '-')}"
        options: dict[str, Any] = {"dest": name, "help": (field.description or "")}
        if field.annotation is bool:
            options |= {"action": "store_true", "default": None}
        elif field.is_required():
            options["required"] = True
        else:
            default = field.get_default(call_default_factory=True)
            options["help"] = f"{options['help']} ({default})".lstrip()
        if get_origin(field.annotation) is list:
            options["nargs"] = "+"
        options["help"] = options["help"].replace("%", "%%")
        parser.add_argument(option, **options)
    given = vars(parser.parse_args(arguments))
    try:
        return kind.model_validate(
            {name: value for name, value in given.items() if value is not None}
        )
    except ValidationError as error:
        problems = "; ".join(
            f"{' '.join(str(place) for place in problem['loc'])} {problem['msg']}".strip()
            for problem in error.errors()
        )
        raise SettingsError(f"{problems} (see --help).") from error


def status_of(work: Callable[[], object], again: str) -> int:
    """Do the work of a command, and tell what stops it.

    Args:
        work: What the command does.
        again: What the same command would do, said where it was stopped in the middle.

    Returns:
        The exit status: 0 if all went well, 1 without a server, 2 for what cannot be done (or what
        the error says), 130 after an interrupt.
    """
    try:
        work()
    except KeyboardInterrupt:
        _say(f"Stopped. {again}")
        return INTERRUPTED
    except RefusedError as error:
        _say(str(error))
        return error.status
    except (OutputError, PolicyError) as error:
        _say(str(error))
        return REFUSED
    except (ServerError, StartError) as error:
        _say(str(error))
        return BROKEN_OFF
    return 0


def _say(text: str) -> None:
    # A bar of progress may stand on the line.
    sys.stderr.write(f"\n{text}\n" if sys.stderr.isatty() else f"{text}\n")
