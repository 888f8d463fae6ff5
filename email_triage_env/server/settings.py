"""What the server reads from environment variables, checked when it is read."""

import os
import re


class SettingError(ValueError):
    """A variable of the environment says nothing that the server can work with."""


def whole_number(name: str, default: int) -> int:
    """Return the positive whole number that a variable holds.

    Args:
        name: The variable.
        default: What counts if it is missing or empty.

    Returns:
        The number.

    Raises:
        SettingError: If it holds anything else.
    """
    value = os.getenv(name) or str(default)
    if not value.isascii() or not value.isdecimal() or int(value) < 1:
        raise SettingError(f"{name} is {value!r:.60}; set it to a whole number from 1, or not.")
    return int(value)


def root_path() -> str:
    """Return the prefix that the server is served behind, from the variable ROOT_PATH.

    Returns:
        The prefix without a slash at its end; empty if there is none.

    Raises:
        SettingError: If it is none.
    """
    value = os.getenv("ROOT_PATH") or ""
    prefix = value.rstrip("/")
    if prefix and not re.fullmatch(r"(/[\w.~-]+)+", prefix, re.ASCII):
        raise SettingError(f"ROOT_PATH is {value!r:.60}; set it to a path such as /triage, or not.")
    return prefix


def allowed_origins() -> tuple[str, ...]:
    """Return the origins that may use the server beside its own, from ALLOWED_ORIGINS.

    Returns:
        The origins in lower case, each such as `https://host:8443`, `null` or `*`.

    Raises:
        SettingError: If one of them is none.
    """
    listed = tuple((os.getenv("ALLOWED_ORIGINS") or "").lower().replace(",", " ").split())
    for origin in listed:
        if not re.fullmatch(r"\*|null|[a-z][a-z0-9+.-]*://[^/?#@\s*]+", origin):
            raise SettingError(
                f"ALLOWED_ORIGINS lists {origin!r:.60}; write origins such as https://host:8443, "
                f"without a path and with commas between them, or * for all."
            )
    return listed
