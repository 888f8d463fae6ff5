"""Lists of customers in a month: more than a summary holds, and told apart by whole names alone."""

from typing import Final

import pytest

from deck import deal, deal_reasons
from deck.desk import BASE, desk, desks
from deck.firms import firms
from deck.hands import SPLITS, Split
from deck.listing import COME, NAMES, listed, receivers
from deck.month import MONTHS
from deck.plots import CUSTOMERS
from deck.storyline import Numbered
from tasks import versions

# What a summary may have, by Rule 17.
SUMMARY_WORDS: Final = 30
LEAST_DECIDED: Final = 1 / 6


@pytest.mark.parametrize("split", SPLITS)
def test_names_differ_and_no_half_of_one_says_enough(split: Split) -> None:
    """Beside each customer who writes stands one from the same place on every other list."""
    for number in range(50):
        numbered = Numbered(f"listing-{number}")
        writing = [one.name for one in firms("customer", split, numbered, CUSTOMERS)]
        both = listed(split, numbered, writing)
        assert [len(names) for names in both] == [NAMES] * len(COME)
        assert len({name for names in both for name in names}) == NAMES * len(COME)
        for name in writing:
            place = name.partition(" ")[0]
            for names in both:
                assert any(other.startswith(f"{place} ") for other in names)
            assert sum(name in names for names in both) <= 1


@pytest.mark.parametrize("split", SPLITS)
def test_who_gets_the_customers_does_not_get_them_anyway(split: Split) -> None:
    """So that a list changes most answers, at every desk."""
    for number in range(desks(split)):
        own = desk(split, number)
        teams = [own.teams[team] for team in receivers(own, Numbered(str(number)))]
        assert len(set(teams)) == len(COME)
        assert not {own.does["complaint"], own.does["claim"]} & set(teams)
    assert "customer_care" not in receivers(BASE, Numbered("base"))


@pytest.mark.parametrize("split", SPLITS)
def test_a_list_does_not_fit_a_summary(split: Split) -> None:
    """Its names alone are more words than a summary may have."""
    for index in range(0, MONTHS[split], MONTHS[split] // 10):
        task = deal("month", split, index)
        bodies = [versions(case)[0].body for case in task.emails]
        lists = [body for body in bodies if body.count(",") >= NAMES]
        assert len(lists) == len(COME)
        assert all(len(body.split()) > SUMMARY_WORDS + 2 * NAMES for body in lists)


@pytest.mark.parametrize("split", SPLITS)
def test_a_months_answers_hang_on_its_lists(split: Split) -> None:
    """A list decides a sixth of its mail and more, itself not counted."""
    mails = decided = 0
    for index in range(0, MONTHS[split], MONTHS[split] // 20):
        reasons = deal_reasons(deal("month", split, index).task_id).values()
        mails += len(reasons)
        decided += sum("is on its list" in why for why in reasons)
    assert decided / mails > LEAST_DECIDED
