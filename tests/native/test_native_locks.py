"""That pip before 24.0, too, installs the lock of this environment when newer releases are out."""

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

from installed import wanted_with_extras
from processes import ROOT
from tools.locking.pins import missing, read


def test_every_extra_has_its_pin() -> None:
    """What an installed package wants with an extra has a line with that extra."""
    pins = read((ROOT / "tests/native/requirements.txt").read_text(encoding="utf-8"))
    wanted = set(wanted_with_extras(pins))
    assert wanted
    assert missing(wanted, pins) == set()
