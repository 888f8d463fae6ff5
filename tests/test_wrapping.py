"""Line breaks of the deck's mail: each paragraph flows, and what has a form keeps it."""

import re
import textwrap
from datetime import date
from inspect import cleandoc
from itertools import chain, pairwise

import pytest

from deck.carriers import CARRIERS
from deck.lists import MONDAYS
from deck.mail import MAIL
from deck.storyline import Numbered, Storyline, filled
from deck.wrapping import MAIL_WIDTH, flowing, wrapped
from quality.deck_rules import cases_of
from tasks import versions

FILLINGS = 5
HEADER = re.compile(r"From: .+ <\S+@\S+>, [A-Z][a-z]{2} \d\d? [A-Z][a-z]+ 2026 \d\d:\d\d")

STORYLINES: list[Storyline] = [*chain.from_iterable(MAIL.values())]
CARRYING: list[Storyline] = [*chain.from_iterable(CARRIERS.values())]
each_storyline = pytest.mark.parametrize(
    "storyline", STORYLINES, ids=[storyline.name for storyline in STORYLINES]
)


def _texts(storyline: Storyline, number: int = 0) -> list[str]:
    """Return the bodies and quoted mails of a storyline, filled in one of several ways."""
    monday = date.fromisoformat(MONDAYS[number * 3])
    cases = filled(storyline, Numbered(f"check-{number}"), monday)
    mails = [version.email for case in cases for version in versions(case)]
    return [text for mail in mails for text in (*mail.thread_history, mail.body)]


def _keeps_its_form(line: str) -> bool:
    return line.startswith((" ", "From: "))


@each_storyline
def test_paragraphs_flow(storyline: Storyline, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines break where the standard library would break them, and no word is lost."""
    broken = [_texts(storyline, number) for number in range(FILLINGS)]
    monkeypatch.setattr("deck.storyline.wrapped", str)
    flow = [_texts(storyline, number) for number in range(FILLINGS)]
    monkeypatch.setattr("deck.storyline.flowing", str)
    written = [_texts(storyline, number) for number in range(FILLINGS)]
    for text, flowed, raw in zip(
        chain(*broken), chain(*flow), chain(*written), strict=True
    ):  # fmt: skip
        assert text.split() == raw.split()
        lines = [
            [line] if _keeps_its_form(line) or not line
            else textwrap.wrap(
                line, MAIL_WIDTH, break_long_words=False, break_on_hyphens=False
            )
            for line in flowed.split("\n")
        ]  # fmt: skip
        assert text == "\n".join(chain(*lines))
        assert wrapped(text) == text


@pytest.mark.parametrize(
    "storyline", [*STORYLINES, *CARRYING], ids=lambda storyline: storyline.name
)
def test_templates_are_full_or_broken_on_purpose(storyline: Storyline) -> None:
    """No sentence of a template goes on in the next line while its own had room."""
    for case in cases_of(storyline):
        for line, following in pairwise(flowing(case.email.body).split("\n")):
            goes_on = re.match("[a-z]", following) and re.search(r"\w$", line)
            assert not goes_on or _is_verse(storyline.name), f"{line!r} / {following!r}"


def _is_verse(name: str) -> bool:
    # Somebody who types on a telephone and uses no full stops.
    return name == "layby-diesel"


@each_storyline
def test_headers_of_quoted_mail_are_whole(storyline: Storyline) -> None:
    """Who wrote a quoted mail and when stands in one line, and nothing else does."""
    for number in range(FILLINGS):
        for text in _texts(storyline, number):
            for line in text.split("\n"):
                assert not line.startswith("From: ") or HEADER.fullmatch(line)


def test_quoted_mail_has_headers() -> None:
    """Every quoted mail of the deck begins with its header."""
    cases = cases_of(*STORYLINES, *CARRYING)
    quoted = [text for case in cases for text in case.email.thread_history]
    assert quoted
    assert not [text for text in quoted if not flowing(text).startswith("From: ")]


SHEET = """
    Dear colleagues, this line of a letter is as long as a line of a template may be,
    and goes on.

    Sheet: 4
    Place: gate

    1. One thing to do, with so much to say about it that it takes a second line too,
    as here.
    2. Another thing.

      Indented: something that is so long that it would have to be broken if it were prose.
      Short: yes

    This last line is as long as a line of a template may be, and so is what follows?
    {person1.first}, {firm}
"""


def test_what_has_a_form_keeps_it() -> None:
    """Forms, lists, indented lines and signatures keep their breaks; prose flows."""
    assert flowing(cleandoc(SHEET)) == cleandoc("""
        Dear colleagues, this line of a letter is as long as a line of a template may be, and goes on.

        Sheet: 4
        Place: gate

        1. One thing to do, with so much to say about it that it takes a second line too, as here.
        2. Another thing.

          Indented: something that is so long that it would have to be broken if it were prose.
          Short: yes

        This last line is as long as a line of a template may be, and so is what follows?
        {person1.first}, {firm}
    """)  # noqa: E501 # one line each is what is asserted


def test_short_lines_are_no_paragraph() -> None:
    """Lines of a text that was never wrapped stay apart, however long the longest is."""
    assert flowing("Regards, and until soon,\n{person1}\nLedger") == (
        "Regards, and until soon,\n{person1}\nLedger"
    )


def test_a_header_is_cut_from_what_follows() -> None:
    """The header of a quoted mail is one line, wherever its template broke it."""
    template = "From: {person1} <{person1.mailbox}@{domain}>, Wed {d-5} 2026 {d-5.iso} somewhere"
    assert flowing(template) == template
    header = "From: {person1} <{person1.mailbox}@kestrelmoor.example>, Wed {d-5} 2026"
    assert flowing(f"{header}\n14:40 Dear all") == f"{header} 14:40\nDear all"


def test_a_word_longer_than_a_line_stays_whole() -> None:
    """A link is not cut, and the words around it are wrapped."""
    link = f"https://pictures.example/{'x' * MAIL_WIDTH}"
    text = wrapped(f"{'word ' * 20}{link} and {'so on ' * 20}end")
    assert link in text.split("\n")
    assert max(len(line) for line in text.split("\n") if line != link) <= MAIL_WIDTH
    assert wrapped(text) == text
