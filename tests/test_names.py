"""The people of a deal: names that graders can tell apart from each other and from words."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import chain
from math import gcd

import pytest

from deck import deal
from deck.lists import MONDAYS
from deck.mail import MAIL
from deck.names import NAMES_STRIDE, ORIGINS, PLACES
from deck.slots import Person
from deck.storyline import Numbered, Storyline, drawn_slots
from graders import NEUTRAL_WORDS, _gist, _tokens
from models import Difficulty
from quality.data_rules import expected_path, whole_text
from quality.deck_rules import cases_of, texts_of
from tasks import POLICY, TASKS, versions

FIRST_NAMES = [*chain.from_iterable(origin.first for origin in ORIGINS)]
LAST_NAMES = [*chain.from_iterable(origin.last for origin in ORIGINS)]
# So many people are in the longest inboxes.
CROWD = 60


def _stems(text: str) -> list[str]:
    return _gist(_tokens(text)).split()


def _crowd(name: str, size: int) -> list[Person]:
    """Return the first people whom a deal of that name would name."""
    storyline = Storyline(name="crowd", cases=())
    numbered = Numbered(name)
    monday = date.fromisoformat(MONDAYS[0])
    return [
        person
        for _ in range(size)
        for person in [drawn_slots(storyline, numbered, monday)["person1"]]
        if isinstance(person, Person)
    ]


def test_there_are_many_names() -> None:
    """Hundreds of first and of last names, as many of one as of the other in each origin."""
    assert len(set(FIRST_NAMES)) >= 400
    assert len(set(LAST_NAMES)) >= 400
    for origin in ORIGINS:
        assert len(origin.first) == len(origin.last)
        for names in origin:
            assert list(names) == sorted(names, key=str.lower)


def test_graders_tell_names_apart() -> None:
    """Each name is one word of ASCII letters whose stem no other name has."""
    names = [*FIRST_NAMES, *LAST_NAMES]
    assert not [name for name in names if re.fullmatch("[A-Z][A-Za-z]{2,}", name) is None]
    assert not [name for name in names if len(_stems(name)) != 1]
    stems = Counter(stem for name in names for stem in _stems(name))
    assert not [stem for stem, number in stems.items() if number > 1]


def _texts() -> Iterator[str]:
    for storyline in chain.from_iterable(MAIL.values()):
        for case in cases_of(storyline):
            yield from (re.sub(r"\{[^}]*\}", " ", text) for text in texts_of(case))
        for entry in chain.from_iterable(storyline.slots.values()):
            yield entry if isinstance(entry, str) else " ".join(entry)
    for task in TASKS.values():
        yield from (whole_text(email) for item in task.emails for email in versions(item))
        for truth in task.ground_truth.values():
            yield from (truth.reference_summary, truth.about, *chain.from_iterable(truth.facts))
    yield from (POLICY, " ".join(NEUTRAL_WORDS))


def test_no_name_is_a_word_of_the_mail() -> None:
    """No name reads like a word, a firm, a place or a person that some mail brings along."""
    used = set(chain.from_iterable(map(_stems, _texts())))
    # Also the words of addresses, which are cut differently.
    used.update(stem for text in _texts() for word in text.split("@") for stem in _stems(word))
    assert not [name for name in (*FIRST_NAMES, *LAST_NAMES) if used.intersection(_stems(name))]


def test_people_of_an_inbox_share_no_name() -> None:
    """Neither a first nor a last name comes twice until all were drawn."""
    assert gcd(NAMES_STRIDE, len(PLACES)) == 1
    for number in range(200):
        crowd = _crowd(f"train-hard-{number}", CROWD)
        assert len({person.first for person in crowd}) == CROWD
        assert len({person.last for person in crowd}) == CROWD
    everybody = _crowd("train-hard-0", len(PLACES))
    assert sorted(person.first for person in everybody) == sorted(FIRST_NAMES)
    assert sorted(person.last for person in everybody) == sorted(LAST_NAMES)


def test_most_first_names_go_with_the_last() -> None:
    """Somebody's names are of one origin more often than not, and sometimes of two."""
    origins = {name: origin for origin in ORIGINS for name in (*origin.first, *origin.last)}
    crowd = _crowd("train-easy-1", len(PLACES))
    mixed = sum(origins[person.first] is not origins[person.last] for person in crowd)
    assert 0 < mixed < len(crowd) / 4


def test_first_people_come_from_many_origins() -> None:
    """The few people of a short inbox are not all of one origin, nor the same in every deal."""
    origins = {name: origin for origin in ORIGINS for name in origin.first}
    seen = Counter[Person]()
    for number in range(200):
        crowd = _crowd(f"train-hard-{number}", 8)
        assert len({origins[person.first] for person in crowd}) >= 4
        seen.update(crowd)
    assert len(seen) >= 1000
    assert max(seen.values()) <= 8


@pytest.mark.parametrize("difficulty", ["easy", "medium", "hard"])
def test_names_recur_seldom(difficulty: Difficulty) -> None:
    """Hardly any sender's name is met often in a hundred inboxes."""
    number = 100
    senders = Counter(
        email.sender.split(" <")[0]
        for index in range(number)
        for email in expected_path(deal(difficulty, "train", index))
    )
    invented = {
        name: times
        for name, times in senders.items()
        if len(name.split()) == 2 and name.split()[0] in FIRST_NAMES
    }
    assert len(invented) >= number
    assert max(invented.values()) <= 8
