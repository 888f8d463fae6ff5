"""The gallery is what its command writes, and shows nothing of the test split."""

import re
from collections.abc import Callable
from itertools import chain

import pytest

from deck.mail import MAIL
from models import LABELS
from quality import gallery, mails
from quality.gallery import EXHIBITS
from tasks import TASKS

SHOWN = [name for exhibit in EXHIBITS for name in (*exhibit.shown, *exhibit.before)]


def test_the_file_is_what_the_command_writes() -> None:
    """deck/GALLERY.md is up to date; `make gallery` writes it."""
    assert gallery.FILE.read_text(encoding="utf-8") == gallery.written()


@pytest.mark.parametrize("name", SHOWN)
def test_only_headline_and_train_mail_is_shown(name: str) -> None:
    """No mail that a model is tested on stands on the page."""
    test = {line.name for (split, _), lines in MAIL.items() if split == "test" for line in lines}
    storyline = name.partition("/")[0]
    assert storyline not in test
    headline = {email_id for task in TASKS.values() for email_id in task.ground_truth}
    assert name in headline or storyline in {line.name for line in chain(*MAIL.values())}


def test_every_answer_is_explained() -> None:
    """Each mail comes with label, team, summary, a rule and what would be wrong."""
    page = gallery.written()
    answers = re.split(r"\| \| \|\n", page)[1:]
    assert len(answers) == sum(len(exhibit.shown) for exhibit in EXHIBITS)
    for answer in answers:
        rows = dict(re.findall(r"^\| ([a-z ]+) \| (.+) \|$", answer, re.MULTILINE))
        assert {"label", "team", "summary", "why", "near and wrong"} <= rows.keys()
        assert re.search(r"Rule \d", rows["why"]), rows
    assert {mails.find(name).truth.label for name in SHOWN} == set(LABELS)


@pytest.mark.parametrize(
    ("title", "shows"),
    [
        pytest.param("An injected", lambda one, other: one.demanded and not other.demanded),
        pytest.param("Minimal twins", lambda one, other: one.label != other.label),
        pytest.param("A mistake", lambda one, other: one.label != other.label),
        pytest.param("A superseded", lambda one: one.stale),
        pytest.param("Two plausible", lambda one: one.second_route),
        pytest.param("An earlier notice", lambda one: one.memoryless),
        pytest.param("A proven fraudster", lambda one: one.memoryless and one.label == "spam"),
    ],
)
def test_a_mail_shows_what_it_stands_for(title: str, shows: Callable[..., bool]) -> None:
    """The answer of an exhibit has what makes it one of its kind."""
    (exhibit,) = [exhibit for exhibit in EXHIBITS if exhibit.title.startswith(title)]
    assert shows(*(mails.find(name).truth for name in exhibit.shown))
