"""Carriers: short, plain mail whose answer depends on what came before it in a month."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, get_args

from deck.carriers import test, train
from deck.carriers.carrier import Carrier, Role
from deck.hands import Split

_BY_SPLIT: Final[Mapping[Split, tuple[Carrier, ...]]] = MappingProxyType(
    {"train": train.CARRIERS, "test": test.CARRIERS}
)
CARRIERS: Final[Mapping[tuple[Split, Role], tuple[Carrier, ...]]] = MappingProxyType(
    {
        (split, role): tuple(one for one in carriers if one.role == role)
        for split, carriers in _BY_SPLIT.items()
        for role in get_args(Role)
    }
)
