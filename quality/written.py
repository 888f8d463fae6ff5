"""Summaries that hands wrote: honest series, and texts that are wrong or hard to read.

Each is about a mail of quality/mails.py. Nothing here knows what a text earns (shares.py).
"""

import json
from pathlib import Path
from typing import Any, Final, NamedTuple

FOLDER: Final = Path(__file__).parent
# Honest series, a file each: those of the headline tasks, those of the deck, and those that were
# kept shut until the rules were finished.
HEADLINE: Final = "summaries"
DECK: Final = "summaries/deck"
FIRST_SIGHT: Final = "summaries/first_sight"
# Lists of single texts.
DENYING: Final = "denying_summaries.json"
STRESS: Final = "stress_summaries.json"
WRONG: Final = "wrong_summaries.json"
FALSE: Final = "false_summaries.json"
# These series of the deck have every mail of it; the others have what their readers were shown.
WHOLE_DECK: Final = ("careful", "machine", "plain", "trade")


class Text(NamedTuple):
    """A summary that somebody wrote.

    Attributes:
        file: Where it stands, from this folder.
        mail: The name of the mail it is about.
        summary: What it says.
        kind: Of a false one, what is false in it.
    """

    file: str
    mail: str
    summary: str
    kind: str = ""


def series(folder: str) -> dict[str, dict[str, str]]:
    """Return honest series: by their name, then by the name of the mail.

    Args:
        folder: `HEADLINE`, `DECK` or `FIRST_SIGHT`.

    Returns:
        The summaries.
    """
    return {path.stem: _read(path) for path in sorted((FOLDER / folder).glob("*.json"))}


def texts(file: str) -> list[Text]:
    """Return a list of single texts.

    Args:
        file: `DENYING`, `STRESS`, `WRONG` or `FALSE`.

    Returns:
        The texts in the order of the file.
    """
    return [
        Text(file, line["mail"], line["summary"], line.get("kind", ""))
        for line in _read(FOLDER / file)
    ]


def every_text() -> list[Text]:
    """Return whatever was written about a mail."""
    honest = [
        Text(f"{folder}/{name}.json", mail, summary)
        for folder in (HEADLINE, DECK, FIRST_SIGHT)
        for name, summaries in series(folder).items()
        for mail, summary in summaries.items()
    ]
    return honest + [text for file in (DENYING, STRESS, WRONG, FALSE) for text in texts(file)]


def _read(path: Path) -> Any:  # noqa: ANN401 # what a file of ours holds
    return json.loads(path.read_text(encoding="utf-8"))
