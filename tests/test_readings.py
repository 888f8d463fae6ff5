"""Readers who saw policy and mail: what they read is what is dealt, and their bars hold."""

from statistics import fmean

from quality import readings
from quality.desk_tables import CAREFUL_AGREES, HURRIED_EARNS


def test_what_was_read_is_what_is_dealt() -> None:
    """A changed mail or policy makes a reading worthless, and it has to be done again."""
    assert readings.outdated() == []


def test_careful_readers_agree_with_the_rules() -> None:
    """Two of them, on varied inboxes and on months, each on nearly all of its mail."""
    careful = [one for one in readings.measure() if one.manner == "careful"]
    assert {one.reader for one in careful} == {"careful_1", "careful_2"}
    assert {one.level for one in careful} == {"varied", "month"}
    assert min(one.agreed for one in careful) >= CAREFUL_AGREES
    assert sum(one.mails for one in careful) >= 300


def test_a_hurried_reader_has_room_to_fail() -> None:
    """With decisions and summaries for memory, months cost even a strong model something."""
    hurried = [one for one in readings.measure() if one.manner == "hurried"]
    assert {one.level for one in hurried} == {"month"}
    assert sum(one.mails for one in hurried) >= 250
    assert fmean(one.score for one in hurried) <= HURRIED_EARNS
