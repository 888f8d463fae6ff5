"""The locks of the adapters: whole, for every system, and fit for pip before 24.0."""

from importlib.util import find_spec
from typing import Final

import pytest

from installed import wanted_with_extras
from processes import ROOT
from tools.locking.pins import Pin, missing, read, with_extras_apart

FRAMEWORKS: Final = {"verifiers": "verifiers", "inspect": "inspect_ai"}
each_lock = pytest.mark.parametrize("name", FRAMEWORKS)


def _text(name: str) -> str:
    return (ROOT / f"adapters/requirements-{name}.txt").read_text(encoding="utf-8")


def _versions(pins: list[Pin]) -> dict[str, str]:
    return {pin.name: pin.version for pin in pins}


@each_lock
def test_every_extra_has_its_pin(name: str) -> None:
    """What an installed package wants with an extra has a line with that extra."""
    if not find_spec(FRAMEWORKS[name]):
        pytest.skip(f"{name} has an environment of its own; see adapters/README.md")
    pins = read(_text(name))
    wanted = set(wanted_with_extras(pins))
    assert wanted
    assert missing(wanted, pins) == set()


@each_lock
def test_locks_are_whole_and_for_every_system(name: str) -> None:
    """Each line with extras has its twin without, and other systems find what they need."""
    text = _text(name)
    pins = read(text)
    assert with_extras_apart(text) == text
    assert {pin._replace(extras=frozenset()) for pin in pins} <= set(pins)
    assert "sys_platform == 'win32'" in {pin.marker for pin in pins}
    assert not {"torch", "triton"} & {pin.name for pin in pins}


def test_releases_are_those_that_the_adapters_are_written_for() -> None:
    """Either framework has changed its interface between such releases before."""
    verifiers, inspect = (_versions(read(_text(name))) for name in FRAMEWORKS)
    assert verifiers["verifiers"].startswith("0.4.")
    assert inspect["inspect-ai"].startswith("0.3.")
    served = read((ROOT / "email_triage_env/server/requirements.txt").read_text(encoding="utf-8"))
    assert inspect["openenv"] == _versions(served)["openenv"]
