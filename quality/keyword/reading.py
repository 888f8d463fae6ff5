"""What the rules look at in a mail: its sender, its newest message, its sentences."""

import re
from datetime import datetime
from typing import NamedTuple

from quality.keyword.rules import (
    COURTESY,
    DESK_LEAD,
    FREE_MAIL,
    GREETING,
    HOME_DOMAIN,
    INJECTION,
    QUOTED_MAIL,
    REQUEST,
    SIGN_OFF,
    VOID,
)


class Mail(NamedTuple):
    """A mail as the rules see it.

    Attributes:
        name: The sender's display name; may be empty.
        address: The sender's address in lower case.
        subject: The subject line without "Re:" and the like.
        body: The text as it came.
        history: The earlier messages of the thread.
        sentences: Those of the newest message, without void clauses and orders to the reader.
        sent: When it was sent.
    """

    name: str
    address: str
    subject: str
    body: str
    history: list[str]
    sentences: list[str]
    sent: datetime

    @property
    def domain(self) -> str:
        """What stands behind the @."""
        return self.address.partition("@")[2]

    @property
    def inside(self) -> bool:
        """Whether it comes from our own domain."""
        return self.domain == HOME_DOMAIN

    @property
    def text(self) -> str:
        """The subject and the sentences that count."""
        return " ".join([f"{self.subject}.", *self.sentences])

    @property
    def actor(self) -> str:
        """What to call the sender: by name, or after the address."""
        if self.name and "@" not in self.name:
            return self.name
        local = self.address.partition("@")[0]
        private = self.inside or has(FREE_MAIL, self.domain)
        source = local if private else re.sub(r"\.[a-z]+$", "", self.domain)
        return re.sub(r"[._-]+", " ", source).title() or "Sender"


def read(sender: str, subject: str, body: str, thread_history: list[str], timestamp: str) -> Mail:
    """Take a mail apart.

    Args:
        sender: The address of the sender, with or without a display name.
        subject: The subject line.
        body: The text of the newest message.
        thread_history: The earlier messages of the thread.
        timestamp: When the mail was sent, in ISO 8601.

    Returns:
        The mail as the rules see it.

    Raises:
        ValueError: If that is no such time.
    """
    # By hand, because Python's parseaddr reads commas in names differently in its patch releases.
    name, _, address = sender.rpartition("<")
    name, address = name.strip(' "'), address.strip(" >").lower()
    subject = without(r"^((re|fwd?|aw)\s*:\s*)+", subject.strip())
    sentences = sentences_of(newest_message(body), trusted=address == DESK_LEAD)
    return Mail(
        name,
        address,
        subject,
        body,
        thread_history,
        sentences or [subject or "No text"],
        datetime.fromisoformat(timestamp),
    )


def has(pattern: str, text: str) -> bool:
    """Tell whether the pattern occurs in the text, whatever its case."""
    return re.search(pattern, text, re.IGNORECASE) is not None


def without(pattern: str, text: str, replacement: str = "") -> str:
    """Remove (or replace) every match of the pattern, whatever its case."""
    return re.sub(pattern, replacement, text, flags=re.IGNORECASE)


def hits(pattern: str, text: str) -> int:
    """Count how many different strings of the text match the pattern."""
    return len({match.group(0).lower() for match in re.finditer(pattern, text, re.IGNORECASE)})


def asks(sentence: str) -> bool:
    """Tell whether a sentence asks for something rather than being merely polite."""
    bare = without(COURTESY, sentence)
    return has(REQUEST, bare) or bare.rstrip().endswith("?")


def newest_message(body: str) -> str:
    """Cut quoted earlier mail, greeting and sign-off from the body."""
    own = re.split(QUOTED_MAIL, body)[0]
    kept: list[str] = []
    for line in (line.strip() for line in own.splitlines() if not line.lstrip().startswith(">")):
        if kept and has(SIGN_OFF, line):
            break
        kept.append(without(GREETING, line))
    return "\n".join(kept).strip() or body.strip()


def sentences_of(text: str, *, trusted: bool) -> list[str]:
    """Split a message into sentences, without void clauses and orders to the reader (Rule 11)."""
    unwrapped = re.sub(r"(?<!\n)\n(?=[a-z0-9])", " ", text)
    parts = re.split(r"(?<=[.!?])\s+(?=[A-Z0-9£€\"'(])|\n+", unwrapped)
    return [
        without(VOID, part).strip(" -*•\t")
        for part in parts
        if part.strip() and (trusted or not has(INJECTION, part))
    ]
