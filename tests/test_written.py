"""What hands wrote is whole, and stays about the mail that they wrote about."""

import pytest

from deck import Storyline
from deck.mail import MAIL
from models import TriageAction
from quality import mails
from quality.written import DECK, HEADLINE, WHOLE_DECK, WRONG, every_text, series, texts
from tasks import TASKS, versions


def test_series_are_whole() -> None:
    """Every headline email has a summary in each series, every mail of the deck in four."""
    ids = {email_id for task in TASKS.values() for email_id in task.ground_truth}
    for summaries in series(HEADLINE).values():
        assert summaries.keys() == ids
    deck = {
        (story.name, version.email.email_id)
        for _, story in mails.graded_stories()
        for case in story.cases
        for version in versions(case)
    }
    for name in WHOLE_DECK:
        told = {tuple(mail.split("/")[::2]) for mail in series(DECK)[name]}
        assert told == deck


def test_texts_fit_an_action_and_belong_to_mail() -> None:
    """Whatever was written is about mail that there is, as it reads today, and may be sent."""
    record = mails.load()
    everything = every_text()
    assert {text.mail for text in everything} == record.read.keys()
    for text in everything:
        TriageAction(label="normal", summary=text.summary, route_to="billing")
    for mail, digest in record.read.items():
        assert mails.digest(mails.find(mail).email) == digest, f"{mail}: run `make mail`"


@pytest.mark.parametrize(
    "name", ["hard-99", "", "pass-key/test-easy-41/1", "pass-key/test-easy-40/7", "x/y/1"]
)
def test_unknown_mail_is_named(name: str) -> None:
    """A text about mail that is not there is an error that says so."""
    with pytest.raises(mails.UnknownMailError, match=repr(name)):
        mails.find(name)


def test_mail_is_found_whatever_is_dealt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another storyline in the deck changes deals, and no mail that was written about."""
    before = [mails.find(text.mail).email for text in texts(WRONG)]
    extra = Storyline(name="extra", cases=MAIL["test", "easy"][0].cases)
    monkeypatch.setattr(mails, "MAIL", {**MAIL, ("test", "hard"): (extra, *MAIL["test", "hard"])})
    mails._inboxes.cache_clear()
    assert [mails.find(text.mail).email for text in texts(WRONG)] == before
