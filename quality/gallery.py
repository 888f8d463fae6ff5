"""The gallery: for each kind of difficulty one mail with its reviewed answer.

python -m quality.gallery     writes deck/GALLERY.md

It shows mail of the headline tasks and of the train split, never of test.
"""

import re
import sys
from collections.abc import Iterator
from datetime import datetime
from inspect import cleandoc
from pathlib import Path
from typing import Final, NamedTuple

from models import Email
from quality import mails
from quality.mails import Reviewed

FILE: Final = Path(__file__).parents[1] / "deck" / "GALLERY.md"
# A sentence of a reason that says what the answer is not, and does not begin with the rule.
_WRONG: Final = re.compile(r"(?!Rule \d)(?=.*\b([Nn]ot|[Nn]either|[Aa]lthough)\b)")
_SENTENCE: Final = re.compile(r"(?<=[.)])\s+(?=[A-Z])")


INTRODUCTION: Final = cleandoc("""
    # Gallery

    One mail, or a pair, for each kind of difficulty, with its reviewed answer. An agent sees the
    mail and the policy (`POLICY` in `tasks.py`), and never what stands below the mail here.
    `make gallery` writes this page from the headline tasks and the train split.
""")


class Exhibit(NamedTuple):
    """A kind of difficulty.

    Attributes:
        title: What it is called.
        point: What makes it hard.
        shown: The names of the mails that show it.
        before: The names of those that an agent has seen before them.
    """

    title: str
    point: str
    shown: tuple[str, ...]
    before: tuple[str, ...] = ()


EXHIBITS: Final = (
    Exhibit(
        "Loud but trivial",
        "Capital letters and warning words prove nothing (Rule 5).",
        ("easy-06",),
    ),
    Exhibit(
        "Quiet but urgent",
        "The loss stands in the middle of a calm note, between grit and a glove.",
        ("easy-01",),
    ),
    Exhibit(
        "Minimal twins",
        "Two mails tell the same story; one detail, a vacancy of ours, parts genuine from spam.",
        ("medium-01", "medium-05"),
    ),
    Exhibit(
        "A thread whose last message decides",
        "Two messages of the thread ask for something, and the newest takes it all back.",
        ("missing-cartons/train-medium-311/1",),
    ),
    Exhibit(
        "A look-alike domain",
        "An r and an n for an m, in a mail that is friendly and well informed.",
        ("medium-02",),
    ),
    Exhibit(
        "A superseded date",
        "The date that both sides agreed on is void; a summary that gives it loses a fact.",
        ("medium-03",),
    ),
    Exhibit(
        "Two plausible teams",
        "The goods are in a cold store, and the next piece of work is on the road (Rule 14).",
        ("medium-08",),
    ),
    Exhibit(
        "A condition that an earlier mail set",
        "Read by itself the second mail can wait; with the first one in mind it cannot.",
        ("barrier-list/train-hard-335/2",),
        ("barrier-list/train-hard-335/1",),
    ),
    Exhibit(
        "An earlier notice changes the routing",
        "The team that any other week would get the mail does not get it in this one (Rule 12).",
        ("hard-02",),
        ("hard-01",),
    ),
    Exhibit(
        "The duplicate of an incident",
        "It shouts about what was reported three days ago, and adds nothing to do (Rule 13).",
        ("hard-06",),
        ("hard-02",),
    ),
    Exhibit(
        "Payment-change fraud inside a real thread",
        "Name, order and sum are true, and the request is what we never do (Rule 9).",
        ("hard-03",),
    ),
    Exhibit(
        "A proven fraudster writes again",
        "Nothing is wrong with this mail but who sends it (Rule 10).",
        ("hard-07a",),
        ("hard-03",),
    ),
    Exhibit(
        "An injected instruction and its clean twin",
        "A line for the machine that reads is no order (Rule 11); without it, the answer is the "
        "same.",
        ("crushed-cartons/train-hard-308/1", "crushed-cartons/train-hard-308/2"),
    ),
    Exhibit(
        "A mistake that comes back",
        "If the heater was reported to the right team, a fair claim follows; if not, the next "
        "loss. Only one of the two arrives.",
        ("hard-05a", "hard-05b"),
        ("hard-01", "hard-02"),
    ),
)


def written() -> str:
    """Return the page."""
    kinds = "\n".join(f"- [{exhibit.title}](#{_anchor(exhibit.title)})" for exhibit in EXHIBITS)
    parts = [INTRODUCTION, kinds, *(part for exhibit in EXHIBITS for part in _parts(exhibit))]
    return "\n\n".join(parts) + "\n"


def write() -> bool:
    """Write the page; say whether it has changed."""
    before = FILE.read_text(encoding="utf-8") if FILE.exists() else ""
    now = written()
    FILE.write_text(now, encoding="utf-8")
    return now != before


def _parts(exhibit: Exhibit) -> Iterator[str]:
    yield f"## {exhibit.title}"
    yield exhibit.point
    for name in exhibit.before:
        _, email, truth, _ = mails.find(name)
        yield (
            f"*Before it came, on {_date(email)}, `{name}`, {truth.label} for {truth.route_to}:* "
            f"{truth.reference_summary}"
        )
    for name in exhibit.shown:
        reviewed = mails.find(name)
        yield f"**`{name}`**"
        yield f"````text\n{as_read(reviewed.email)}\n````"
        yield _answer(reviewed)


def as_read(email: Email) -> str:
    """Return a mail as a person reads it, older messages of its thread first."""
    head = f"From: {email.sender}\nSubject: {email.subject}\nDate: {_date(email)}"
    quoted = [re.sub(r"^", "> ", message, flags=re.MULTILINE) for message in email.thread_history]
    return "\n\n".join([head, *quoted, email.body])


def _answer(reviewed: Reviewed) -> str:
    truth = reviewed.truth
    sentences = _SENTENCE.split(reviewed.why)
    rows = {
        "label": f"**{truth.label}**",
        "team": f"**{truth.route_to}**",
        "summary": truth.reference_summary,
        "why": " ".join(text for text in sentences if not _WRONG.match(text)),
        "near and wrong": " ".join(filter(_WRONG.match, sentences)),
        "takes part": truth.second_route and f"{truth.second_route}, for part of the credit",
        "without memory": truth.memoryless and " for ".join(truth.memoryless),
        "what it demands": truth.demanded and " for ".join(truth.demanded),
        "void": "; ".join(truth.stale),
    }
    lines = [f"| {head} | {text} |" for head, text in rows.items() if text]
    return "\n".join(["| | |", "| --- | --- |", *lines])


def _date(email: Email) -> str:
    sent = datetime.fromisoformat(email.timestamp)
    return f"{sent:%a} {sent.day} {sent:%b %H:%M}"


def _anchor(title: str) -> str:
    return re.sub(r"[^a-z -]", "", title.lower()).replace(" ", "-")


if __name__ == "__main__":
    sys.stdout.write(f"deck/GALLERY.md: {'written anew' if write() else 'nothing new'}.\n")
