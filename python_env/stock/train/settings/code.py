"""Reads the settings of a service from YAML, an environment and a folder."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = '''\
"""Settings that $nouns write for the $service: files, environment, types and secrets.

They are read in the running $service, which serves all $nouns and trusts none of them.
"""

import copy
import json
import math
import os
import re
import shlex
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

MOST_COUNT = 10**9
VAULT_SECONDS = 10.0
SECRET_WORDS = ("password", "token", "secret", "key")
UNREADABLE = (
    yaml.YAMLError, ValueError, LookupError, ArithmeticError, AttributeError, RecursionError
)
UNIT_MS = {"ms": 1, "s": 1000, "m": 60 * 1000, "h": 3600 * 1000, "d": 86400 * 1000}


class SettingsError(Exception):
    """A setting is not as it must be; the text is shown to its $noun."""


#@ parsed


def included(root: Path, name: str) -> Path:
    """Return the path of a file that a $noun includes: `name`, in the folder `root` or below.

    A name that leads to anything outside, also by a link, is a SettingsError; one that no path
    can have, or a link to itself, may raise what Python raises.
    """
    #@ included


def merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Return `base` with what `over` has: mappings are merged, all else of `over` counts as it is.

    The result is the caller's: nothing of it is part of `base` or `over`, which stay as they are.
    """
    #@ merged


def overrides(environment: Mapping[str, str], prefix: str) -> dict[str, Any]:
    """Return the settings of an environment: with the prefix "APP_", APP_DB__PORT is db, port.

    Variables are in upper case, settings in lower. One that is a value and also has settings
    below it is a SettingsError. The time grows with the number of variables, some thousands.
    """
    #@ overrides


def seconds(text: str) -> float:
    """Return the seconds of a duration such as "1h 30m" or "1_500ms"; "90" is in seconds.

    Anything else is a SettingsError. The time grows with the length, which is 200 at most.
    """
    #@ seconds


def count(text: str) -> int:
    """Return a number such as "512", or a product of up to four such as "64 * 1024".

    From 1 to MOST_COUNT, that one included; anything else is a SettingsError.
    """
    #@ count


def secret(name: str, run: Callable[..., Any] = subprocess.run) -> str:
    """Return the line that `$vault read` prints for a name, which may be any text.

    It gets VAULT_SECONDS. If it is late or fails, that is a SettingsError.
    """
    #@ secret


def described(settings: Any, path: str = "") -> Iterator[str]:
    """Yield one line for each value, such as "db.ports.0 = 5432", for the log.

    Values are written by json.dumps. If any key on the way to one has a word of SECRET_WORDS in
    it, in upper or lower case, it is written as ***.
    """
    #@ described
'''

PARSED: Final = Site(
    "parsed",
    quiet='''\
def parsed(text: str) -> dict[Any, Any]:
    """Return the settings in a YAML text that a $noun wrote; an empty text has none.

    What is no YAML or no mapping is a SettingsError. Anchors, !!omap and !!pairs were refused when
    it was handed in.
    """
    try:
        data = yaml.safe_load(text)
    except UNREADABLE as error:
        raise SettingsError("The text is no YAML.") from error
    if data is not None and not isinstance(data, dict):
        raise SettingsError("The text is no mapping.")
    return data or {}
''',
    loud='''\
def parsed(text: str) -> dict[Any, Any]:
    """Return the settings in a YAML text that a $noun wrote; an empty text has none.

    What is no YAML or no mapping is a SettingsError. Anchors, !!omap and !!pairs were refused when
    it was handed in.
    """
    try:
        loader = yaml.SafeLoader
        data = yaml.load(text, Loader=loader)
    except UNREADABLE as error:
        raise SettingsError("The text is no YAML.") from error
    if data is not None and not isinstance(data, dict):
        raise SettingsError("The text is no mapping.")
    return data or {}
''',
    wrong_quiet=Wrong(
        '''\
def parsed(text: str) -> dict[Any, Any]:
    """Return the settings in a YAML text that a $noun wrote; an empty text has none.

    What is no YAML or no mapping is a SettingsError. Anchors, !!omap and !!pairs were refused when
    it was handed in.
    """
    try:
        data = yaml.safe_load(text) or {}
    except UNREADABLE as error:
        raise SettingsError("The text is no YAML.") from error
    if not isinstance(data, dict):
        raise SettingsError("The text is no mapping.")
    return data
''',
        kind="wrong-condition",
        severity="medium",
        why="A text that holds 0, false or an empty list counts as an empty text, where a "
        "SettingsError is promised for all that is no mapping.",
        subtle=True,
        lines=(8, 8),
    ),
    wrong_loud=Wrong(
        '''\
def parsed(text: str) -> dict[Any, Any]:
    """Return the settings in a YAML text that a $noun wrote; an empty text has none.

    What is no YAML or no mapping is a SettingsError. Anchors, !!omap and !!pairs were refused when
    it was handed in.
    """
    try:
        loader = yaml.Loader
        data = yaml.load(text, Loader=loader)
    except UNREADABLE as error:
        raise SettingsError("The text is no YAML.") from error
    if data is not None and not isinstance(data, dict):
        raise SettingsError("The text is no mapping.")
    return data or {}
''',
        kind="unsafe-deserialization",
        severity="critical",
        why="This loader builds any Python object that a tag asks for, so its author can run code "
        "in the service.",
    ),
)

INCLUDED: Final = Site(
    "included",
    quiet="""\
path = (root / name).resolve()
if not path.is_relative_to(root.resolve()):
    raise SettingsError("The file is not in the folder.")
return path
""",
    loud="""\
folder, path = os.path.realpath(root), os.path.realpath(os.path.join(root, name))
if os.path.commonpath([folder, path]) != folder:
    raise SettingsError("The file is not in the folder.")
return Path(path)
""",
    wrong_quiet=Wrong(
        """\
path = root.resolve() / name
if ".." in path.parts:
    raise SettingsError("The file is not in the folder.")
return path.resolve()
""",
        kind="path-traversal",
        severity="critical",
        why="An absolute name replaces the folder, and a link leads on, neither with two dots, so"
        " any file of the service can be read.",
        lines=(1, 2),
    ),
    wrong_loud=Wrong(
        """\
folder, path = os.path.abspath(root), os.path.abspath(os.path.join(root, name))
if os.path.commonpath([folder, path]) != folder:
    raise SettingsError("The file is not in the folder.")
return Path(path)
""",
        kind="path-traversal",
        severity="critical",
        why="The path is compared before links are followed, so a link in the folder leads to any"
        " file of the service.",
        subtle=True,
    ),
)

MERGED: Final = Site(
    "merged",
    quiet="""\
result = copy.deepcopy(base)
for key, value in over.items():
    if isinstance(value, dict) and isinstance(result.get(key), dict):
        result[key] = merged(result[key], value)
    else:
        result[key] = copy.deepcopy(value)
return result
""",
    loud="""\
result = copy.deepcopy(base)
for key, value in over.items():
    if type(value) == dict and type(result.get(key)) == dict:
        result[key] = merged(result[key], value)
    else:
        result[key] = copy.deepcopy(value)
return result
""",
    wrong_quiet=Wrong(
        """\
result = dict(base)
for key, value in over.items():
    if isinstance(value, dict) and isinstance(result.get(key), dict):
        result[key] = merged(result[key], value)
    else:
        result[key] = copy.deepcopy(value)
return result
""",
        kind="shared-state",
        severity="high",
        why="Mappings and lists of `base` that `over` does not touch are part of the result, so "
        "whoever changes it changes the base of all others.",
    ),
    wrong_loud=Wrong(
        """\
result = copy.deepcopy(base)
for key, value in over.items():
    if type(value) == dict and type(result.get(key)) == dict:
        result[key] = merged(result[key], value)
    elif value or key not in result:
        result[key] = copy.deepcopy(value)
return result
""",
        kind="wrong-condition",
        severity="medium",
        why="A value of 0, false, null or an empty text does not count as given, so nobody can "
        "switch off what the base switches on.",
    ),
)

OVERRIDES: Final = Site(
    "overrides",
    quiet="""\
result: dict[str, Any] = {}
for name in sorted(environment):
    if name.startswith(prefix):
        *parents, last = name.removeprefix(prefix).lower().split("__")
        place = result
        for parent in parents:
            place = place.setdefault(parent, {})
            if not isinstance(place, dict):
                raise SettingsError(f"{name} is below a value.")
        place[last] = environment[name]
return result
""",
    loud="""\
result: dict[str, Any] = {}
for name in sorted(environment):
    if name.startswith(prefix):
        *parents, last = name.removeprefix(prefix).lower().split("__")
        place = result
        try:
            for parent in parents:
                place = place.setdefault(parent, {})
            place[last] = environment[name]
        except (AttributeError, TypeError):
            raise SettingsError(f"{name} is below a value.") from None
return result
""",
    wrong_quiet=Wrong(
        """\
result: dict[str, Any] = {}
for name in environment:
    if name.startswith(prefix):
        if any(other.startswith(f"{name}__") for other in environment):
            raise SettingsError(f"{name} has settings below it.")
        *parents, last = name.removeprefix(prefix).lower().split("__")
        place = result
        for parent in parents:
            place = place.setdefault(parent, {})
        place[last] = environment[name]
return result
""",
        kind="quadratic-time",
        severity="low",
        why="For each variable all others are looked through, so the time grows with the square "
        "of their number.",
        subtle=True,
        lines=(4, 5),
    ),
    wrong_loud=Wrong(
        """\
result: dict[str, Any] = {}
for name in sorted(environment):
    if name.startswith(prefix):
        *parents, last = name.removeprefix(prefix).lower().split("__")
        place = result
        try:
            for parent in parents:
                place = place.setdefault(parent, {})
            place[last] = environment[name]
        except (AttributeError, TypeError):
            continue
return result
""",
        kind="swallowed-error",
        severity="medium",
        why="A setting below a value is left out without a word, where a SettingsError is "
        "promised.",
        lines=(10, 11),
    ),
)

SECONDS: Final = Site(
    "seconds",
    quiet="""\
total_ms = 0
for part in text.split() or [""]:
    match = re.fullmatch("([0-9]+(?:_[0-9]+)*)(ms|s|m|h|d)?", part)
    if match is None:
        raise SettingsError(f"{text!r} is no duration.")
    total_ms += int(match[1]) * UNIT_MS[match[2] or "s"]
return total_ms / 1000
""",
    loud="""\
total_ms = 0
for part in text.split() or [""]:
    part = re.fullmatch("([0-9]+(?:_[0-9]+)*)(ms|s|m|h|d)?", part)
    if part is None:
        raise SettingsError(f"{text!r} is no duration.")
    total_ms += int(part[1]) * UNIT_MS.get(part[2], 1000)
return total_ms / 1000
""",
    wrong_quiet=Wrong(
        """\
total_ms = 0
for part in text.split() or [""]:
    match = re.fullmatch("([0-9]+(?:_?[0-9]+)*)(ms|s|m|h|d)?", part)
    if match is None:
        raise SettingsError(f"{text!r} is no duration.")
    total_ms += int(match[1]) * UNIT_MS[match[2] or "s"]
return total_ms / 1000
""",
        kind="regex-backtracking",
        severity="high",
        why="With an optional underscore a row of digits can be split in very many ways, and all "
        "are tried if another letter follows: one setting stops the service.",
    ),
    wrong_loud=Wrong(
        """\
total_ms = 0
for part in text.split() or [""]:
    part = re.fullmatch("([0-9]+(?:_[0-9]+)*)(ms|s|m|h|d)?", part)
    if part is None:
        raise SettingsError(f"{text!r} is no duration.")
    total_ms += int(part[1]) * UNIT_MS.get(part[2], 1)
return total_ms / 1000
""",
        kind="unit-mismatch",
        severity="medium",
        why="A number without a unit is taken for milliseconds, where seconds are promised, so it"
        " comes out a thousand times too small.",
    ),
)

COUNT: Final = Site(
    "count",
    quiet="""\
parts = [part.strip(" ") for part in text.split("*")]
if len(parts) > 4 or not all(re.fullmatch("[1-9][0-9]{0,9}", part) for part in parts):
    raise SettingsError("The count is no product of numbers.")
result = math.prod(int(part) for part in parts)
if result > MOST_COUNT:
    raise SettingsError("The count is too large.")
return result
""",
    loud="""\
if not re.fullmatch(r" *[1-9]\\d{0,9} *(\\* *[1-9]\\d{0,9} *){0,3}", text, re.ASCII):
    raise SettingsError("The count is no product of numbers.")
result = eval(text.strip(" "), {"__builtins__": {}})
if result > MOST_COUNT:
    raise SettingsError("The count is too large.")
return int(result)
""",
    wrong_quiet=Wrong(
        """\
parts = [part.strip(" ") for part in text.split("*")]
if len(parts) > 4 or not all(re.fullmatch("[1-9][0-9]{0,9}", part) for part in parts):
    raise SettingsError("The count is no product of numbers.")
result = math.prod(int(part) for part in parts)
if result >= MOST_COUNT:
    raise SettingsError("The count is too large.")
return result
""",
        kind="off-by-one",
        severity="medium",
        why="MOST_COUNT itself is refused, though it is promised to be allowed.",
    ),
    wrong_loud=Wrong(
        """\
if not text.strip(" ") or len(text) > 200:
    raise SettingsError("The count is no product of numbers.")
result = eval(text.strip(" "), {"__builtins__": {}})
if not isinstance(result, int) or not 1 <= result <= MOST_COUNT:
    raise SettingsError("The count is too large.")
return int(result)
""",
        kind="code-injection",
        severity="critical",
        why="The text is evaluated as Python, and leaving out the builtins does not help, since "
        "every object leads to all classes: its author runs code in the service.",
        lines=(1, 3),
    ),
)

SECRET: Final = Site(
    "secret",
    quiet="""\
command = ["$vault", "read", "--", name]
try:
    done = run(command, capture_output=True, text=True, timeout=VAULT_SECONDS, check=True)
except (OSError, ValueError, subprocess.SubprocessError):
    raise SettingsError("The secret cannot be read.") from None
return done.stdout.removesuffix("\\n")
""",
    loud="""\
command = f"exec $vault read -- {shlex.quote(name)}"
options = {"capture_output": True, "text": True, "timeout": VAULT_SECONDS, "check": True}
try:
    done = run(command, shell=True, **options)
except (OSError, ValueError, subprocess.SubprocessError):
    raise SettingsError("The secret cannot be read.") from None
return done.stdout.removesuffix("\\n")
""",
    wrong_quiet=Wrong(
        """\
command = ["$vault", "read", "--", name]
try:
    done = run(command, capture_output=True, text=True, timeout=VAULT_SECONDS)
except (OSError, ValueError, subprocess.SubprocessError):
    raise SettingsError("The secret cannot be read.") from None
return done.stdout.removesuffix("\\n")
""",
        kind="swallowed-error",
        severity="medium",
        why="Without `check` a command that fails raises nothing, so an empty text is returned as"
        " if it were the secret.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
command = f'exec $vault read -- "{shlex.quote(name)}"'
options = {"capture_output": True, "text": True, "timeout": VAULT_SECONDS, "check": True}
try:
    done = run(command, shell=True, **options)
except (OSError, ValueError, subprocess.SubprocessError):
    raise SettingsError("The secret cannot be read.") from None
return done.stdout.removesuffix("\\n")
""",
        kind="command-injection",
        severity="critical",
        why="Within double quotes the single ones of `shlex.quote` mean nothing, so the shell "
        "runs what stands in a dollar sign and brackets in the name.",
    ),
)

DESCRIBED: Final = Site(
    "described",
    quiet="""\
if isinstance(settings, dict | list):
    pairs = settings.items() if isinstance(settings, dict) else enumerate(settings)
    for key, child in pairs:
        yield from described(child, f"{path}.{key}" if path else str(key))
elif any(word in path.lower() for word in SECRET_WORDS):
    yield f"{json.dumps(path)[1:-1]} = ***"
else:
    yield f"{json.dumps(path)[1:-1]} = {json.dumps(settings, default=str)}"
""",
    loud="""\
if isinstance(settings, (dict, list)):
    all = settings.items() if isinstance(settings, dict) else enumerate(settings)
    for key, child in all:
        yield from described(child, f"{path}.{key}" if path else str(key))
    return
hide = any(word in path.lower() for word in SECRET_WORDS)
shown = "***" if hide else json.dumps(settings, default=str)
yield f"{json.dumps(path)[1:-1]} = {shown}"
""",
    wrong_quiet=Wrong(
        """\
if isinstance(settings, dict | list):
    pairs = settings.items() if isinstance(settings, dict) else enumerate(settings)
    for key, child in pairs:
        yield from described(child, f"{path}.{key}" if path else str(key))
elif any(word in path.rpartition(".")[2].lower() for word in SECRET_WORDS):
    yield f"{json.dumps(path)[1:-1]} = ***"
else:
    yield f"{json.dumps(path)[1:-1]} = {json.dumps(settings, default=str)}"
""",
        kind="secret-exposure",
        severity="high",
        why="Only the last key is looked at, so a secret in a list or mapping below `tokens` or "
        "`password` is written into the log.",
    ),
    wrong_loud=Wrong(
        """\
if isinstance(settings, (dict, list)):
    all = settings.items() if isinstance(settings, dict) else enumerate(settings)
    for key, child in all:
        yield from described(child, f"{path}.{key}" if path else str(key))
    return
hide = any(word in path.lower() for word in SECRET_WORDS)
shown = "***" if hide else json.dumps(settings, default=str)
yield f"{path} = {shown}"
""",
        kind="header-injection",
        severity="medium",
        why="A key with a line break in it is written as it is, so its author adds lines of its own"
        " to the log.",
        subtle=True,
    ),
)

CODE: Final = Code(
    name="settings",
    source=SOURCE,
    sites=(PARSED, INCLUDED, MERGED, OVERRIDES, SECONDS, COUNT, SECRET, DESCRIBED),
    slots={
        "noun nouns": (
            ("team", "teams"),
            ("tenant", "tenants"),
            ("project", "projects"),
            ("shop", "shops"),
            ("branch", "branches"),
            ("site", "sites"),
            ("course", "courses"),
        ),
        "service": (
            ("scheduler",),
            ("gateway",),
            ("mailer",),
            ("importer",),
            ("indexer",),
            ("archiver",),
            ("notifier",),
        ),
        "vault": (("vault",), ("keyring",), ("strongbox",), ("safe",), ("locker",), ("secretbox",)),
    },
    interacting=(("included", "parsed"), ("secret", "described")),
)
