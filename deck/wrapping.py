"""Line breaks: from lines as wide as a module's to lines as wide as mail's.

A template is wrapped by hand before its slots are filled, so its breaks fit no filling. They are
taken out of it once, and set anew in each mail that is filled from it.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

MAIL_WIDTH: Final = 78
# A template none of whose lines is as long as this was not wrapped at all.
NARROWEST: Final = 72
TEMPLATES_KEPT: Final = 2048
_FIRST_WORD: Final = re.compile(r"(?:\{[^}]*\}|\S)+")
# Lines that stand for themselves: indented ones, items of a list, and a name below a letter.
_ITEM: Final = re.compile(r"\s|[-*] |\d+\. ")
_SIGNATURE: Final = re.compile(r"\{person\d(?:\.\w+)?\}(?:, \{\w+\})?")
_UNBROKEN: Final = (" ", "From: ")
_SENTENCE_END: Final = (".", "?", "!")
_HEADER: Final = re.compile(r"(From: [^\n]*? 2026 \d\d:\d\d) ")
# A word that is longer than a line, such as a link, gets a line of its own.
_LINE: Final = re.compile(rf"(\S{{{MAIL_WIDTH},}}|.{{1,{MAIL_WIDTH}}})(?: |$)")


@lru_cache(maxsize=TEMPLATES_KEPT)
def flowing(template: str) -> str:
    """Take out of a template the line breaks that only keep it within its module's width.

    A break was made on purpose where the first word of the next line would have fitted. Indented
    lines, items of a list and a name below a letter begin a line in any case, and so does what
    follows the header of a quoted mail.

    Args:
        template: A text with slots, as it stands in its module.

    Returns:
        The text with each paragraph, item and line of a form in one line.
    """
    lines = template.split("\n")
    width = max(NARROWEST, *(len(line) for line in lines if not line.startswith(" ")))
    flow = lines[:1]
    for before, line in pairwise(lines):
        if _is_wrapped(before, line, width):
            flow[-1] = f"{flow[-1]} {line}"
        else:
            flow.append(line)
    return _HEADER.sub(r"\1\n", "\n".join(flow))


def _is_wrapped(before: str, line: str, width: int) -> bool:
    """Say whether a line goes on in the next one only because it was full."""
    word = _FIRST_WORD.match(line)
    if not before or before[0] == " " or word is None or _ITEM.match(line):
        return False
    if before.endswith(_SENTENCE_END) and _SIGNATURE.fullmatch(line):
        return False
    return len(f"{before} {word[0]}") > width


def wrapped(text: str) -> str:
    """Break the long lines of a mail between words.

    Args:
        text: A flowing text whose slots are filled.

    Returns:
        The text with no line of prose longer than `MAIL_WIDTH`; headers of quoted mail and
        indented lines stay as they are.
    """
    lines: list[str] = []
    for line in text.split("\n"):
        if len(line) <= MAIL_WIDTH or line.startswith(_UNBROKEN):
            lines.append(line)
        else:
            lines += _LINE.findall(line)
    return "\n".join(lines)
