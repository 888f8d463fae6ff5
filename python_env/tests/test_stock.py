"""The stock: every variant is proved in the sandbox, and no kind is missing or a habit."""

from collections import Counter

import pytest

from python_env.kinds import KINDS, SEVERITIES
from python_env.quality.proving import faults
from python_env.server.sandbox import Sandbox
from python_env.stock import SPLITS, modules
from python_env.stock.format import WRONG, Module, Wrong

STOCK = {name: one for split in SPLITS for name, one in modules(split).items()}
SITES = 8


def defects(split: str) -> list[Wrong]:
    """Return all wrong variants of a split."""
    return [
        getattr(site, variant)
        for module in modules(split).values()
        for site in module.code.sites
        for variant in WRONG
    ]


@pytest.mark.parametrize("module", STOCK.values(), ids=STOCK)
def test_every_variant_is_proved(module: Module, sandbox: Sandbox) -> None:
    """Right variants pass everything; wrong ones fail their own proof and nothing else."""
    assert not list(faults(module, sandbox, quick=True))


def test_there_is_enough_stock() -> None:
    """At least sixteen modules to learn from and eight to be tested on, with eight sites each."""
    assert len(modules("train")) >= 16
    assert len(modules("test")) >= 8
    assert not modules("train").keys() & modules("test").keys()
    assert {len(module.code.sites) for module in STOCK.values()} == {SITES}


@pytest.mark.parametrize("split", SPLITS)
def test_every_kind_occurs(split: str) -> None:
    """Both splits have defects of every kind and of every severity."""
    assert {wrong.kind for wrong in defects(split)} == set(KINDS)
    assert {wrong.severity for wrong in defects(split)} == set(SEVERITIES)


@pytest.mark.parametrize("split", SPLITS)
def test_no_kind_is_a_habit(split: str) -> None:
    """No kind makes up more than a twelfth of a split's defects."""
    counts = Counter(wrong.kind for wrong in defects(split))
    assert max(counts.values()) <= len(defects(split)) / 12, counts.most_common(3)


def test_each_reason_is_its_own() -> None:
    """No two defects share the sentence that says what they break."""
    reasons = Counter(wrong.why for split in SPLITS for wrong in defects(split))
    assert [reason for reason, count in reasons.items() if count > 1] == []
