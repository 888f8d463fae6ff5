"""Numbered desks: which rules a desk has settled otherwise, and who does what there.

Nothing is random: `desk("train", 17)` is the same desk on every machine.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final, TypeVar

from deck.circumstances import WORKS
from deck.desk.settings import HELD_OUT, VARIANTS, Counting, Desk
from deck.storyline import Numbered
from tasks import ROUTES

Entry = TypeVar("Entry")

DESKS: Final[Mapping[str, int]] = MappingProxyType({"train": 2_000, "test": 200})
FEWEST_CHANGES: Final = 5
MOST_CHANGES: Final = 8
HELD_OUT_EACH: Final = 2
MOVES_EACH: Final = (6, 7, 8, 9)

# The parts of a base desk's teams; the first is the core, whose team stands for the whole where a
# notice or a rule names it. Desks may give the second to a team of its own.
_PARTS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = MappingProxyType(
    {
        "billing": (("bill", "payment", "statement"), ("invoice", "credit")),
        "dispatch": (("delivery", "breakdown", "load_papers"), ("booking", "slot", "empties")),
        "customer_care": (("complaint", "service", "quote"), ("claim",)),
        "cold_store": (("stock", "dock", "upkeep"), ("chamber", "plant")),
        "safety": (("injury", "equipment", "fire"), ("spill", "recall")),
        "security": (("sign_in", "device", "leak"), ("badge", "camera")),
        "legal": (("court", "contract"), ("authority", "data_request")),
        "people": (("pay", "leave", "conduct"), ("hiring", "licence", "training")),
    }
)
# Work that another team does at many a desk, and which.
_MOVES: Final = (
    ("licence", "legal"), ("training", "safety"), ("recall", "customer_care"),
    ("dock", "dispatch"), ("load_papers", "billing"), ("empties", "cold_store"),
    ("quote", "billing"), ("claim", "legal"), ("badge", "people"), ("data_request", "security"),
    ("camera", "cold_store"), ("upkeep", "safety"), ("equipment", "cold_store"),
    ("authority", "safety"), ("breakdown", "safety"), ("payment", "legal"), ("pay", "billing"),
    ("spill", "cold_store"), ("slot", "customer_care"), ("stock", "customer_care"),
    ("plant", "safety"), ("contract", "billing"), ("hiring", "legal"), ("device", "people"),
    ("service", "dispatch"), ("court", "people"), ("bill", "customer_care"),
)  # fmt: skip
_MERGES: Final = (
    ("security", "people"), ("legal", "people"), ("safety", "security"), ("legal", "billing"),
    ("safety", "people"), ("security", "cold_store"), ("customer_care", "dispatch"),
)  # fmt: skip
# What teams are called: by their work, in three manners, or by words that say nothing of it.
_PLAIN: Final[Mapping[str, tuple[str, str, str]]] = MappingProxyType(
    {
        "billing/0": ("accounts", "ledger", "finance_desk"),
        "billing/1": ("invoicing", "receivables", "customer_accounts"),
        "dispatch/0": ("transport", "traffic_office", "road_desk"),
        "dispatch/1": ("planning", "bookings", "slot_office"),
        "customer_care/0": ("customer_service", "client_desk", "account_managers"),
        "customer_care/1": ("claims", "claims_office", "loss_desk"),
        "cold_store/0": ("warehouse", "stores", "depot_office"),
        "cold_store/1": ("refrigeration", "plant_room", "cooling"),
        "safety/0": ("health_and_safety", "hse", "site_safety"),
        "safety/1": ("quality", "hygiene", "food_safety"),
        "security/0": ("it_desk", "it_security", "systems"),
        "security/1": ("guards", "gatehouse", "site_security"),
        "legal/0": ("counsel", "solicitors", "legal_office"),
        "legal/1": ("compliance", "regulatory", "governance"),
        "people/0": ("hr", "personnel", "staff_office"),
        "people/1": ("recruitment", "talent", "training_office"),
    }
)
_OPAQUE: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = MappingProxyType(
    {
        "train": (
            ("amber", "azure", "coral", "crimson", "ivory", "jade", "olive", "plum", "teal",
             "violet"),
            ("alder", "aspen", "beech", "cedar", "hazel", "juniper", "larch", "maple", "rowan",
             "willow"),
            ("room_11", "room_12", "room_14", "room_21", "room_23", "room_25", "room_31",
             "room_32", "room_34", "room_36"),
        ),
        "test": (
            ("desk_a", "desk_b", "desk_c", "desk_d", "desk_e", "desk_f", "desk_g", "desk_h",
             "desk_j", "desk_k"),
            ("avon", "derwent", "humber", "mersey", "severn", "tees", "thames", "trent", "tyne",
             "wharfe"),
        ),
    }
)  # fmt: skip


class UnknownDeskError(ValueError):
    """There is no desk with that split or number."""


def desks(split: str) -> int:
    """Return how many desks a split has; they are numbered from 0."""
    try:
        return DESKS[split]
    except (KeyError, TypeError) as error:
        known = ", ".join(DESKS)
        raise UnknownDeskError(f"Unknown split {split!r:.40}; choose one of: {known}.") from error


@lru_cache(maxsize=256)
def desk(split: str, index: int) -> Desk:
    """Return a numbered desk: always the same one for the same arguments.

    Args:
        split: `train` or `test`. Test desks have settings that no train desk has.
        index: From 0 to `desks(split) - 1`.

    Returns:
        The desk.

    Raises:
        UnknownDeskError: If there is no such desk.
    """
    if index not in range(desks(split)):
        raise UnknownDeskError(
            f"There is no desk {index!r:.40}; choose a number from 0 to {desks(split) - 1}."
        )
    numbered = Numbered(f"desk/{split}/{index}")
    teams, does = _directory(numbered, split)
    return Desk(
        name=f"{split}-{index}",
        teams=teams,
        does=does,
        counting=Counting(
            complaints=_one_of(numbered, "complaints", (2, 3, 4)),
            days=_one_of(numbered, "days", (7, 14, 21)),
            complaints_to=_one_of(numbered, "complaints to", ("legal", "people", "safety")),
            weekly_sum=_one_of(numbered, "weekly sum", (2_500, 4_000, 6_000)),
            bills_to=_one_of(numbered, "bills to", ("legal", "dispatch", "people")),
        ),
        **_settings(numbered, split),
    )


def _settings(numbered: Numbered, split: str) -> dict[str, object]:
    """Choose which rules are settled otherwise than at the base desk, and how."""
    drawn: dict[str, object] = {}
    if split == "test":
        for setting in _some(numbered, "held out", list(HELD_OUT), HELD_OUT_EACH):
            drawn[setting] = _one_of(numbered, f"held out/{setting}", HELD_OUT[setting])
    span = range(FEWEST_CHANGES, MOST_CHANGES + 1)
    number = _one_of(numbered, "changes", span) - len(drawn)
    rest = [setting for setting in VARIANTS if setting not in drawn]
    for setting in _some(numbered, "changed", rest, number):
        drawn[setting] = _one_of(numbered, setting, VARIANTS[setting])
    return drawn


def _directory(numbered: Numbered, split: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return what the teams of the base desk are called here, and who does each kind of work."""
    split_off = set(_some(numbered, "split", list(_PARTS), _one_of(numbered, "splits", range(3))))
    merged = dict(_some(numbered, "merged", list(_MERGES), _one_of(numbered, "merges", range(2))))
    owner = {work: _owner(base, part, split_off, merged)
             for base, parts in _PARTS.items() for part, works in enumerate(parts)
             for work in works}  # fmt: skip
    moves = _some(numbered, "moved", list(_MOVES), _one_of(numbered, "moves", MOVES_EACH))
    for work, base in moves:
        # No team loses all that it does.
        if Counter(owner.values())[owner[work]] > 1:
            owner[work] = _owner(base, 0, split_off, merged)
    keys = sorted(set(owner.values()))
    keys = _some(numbered, "order", keys, len(keys))
    names = dict(zip(keys, _names(numbered, split, keys), strict=True))
    teams = {base: names[_owner(base, 0, split_off, merged)] for base in ROUTES}
    does = {work: names[key] for key in keys for work in WORKS if owner[work] == key}
    return teams, does


def _owner(base: str, part: int, split_off: set[str], merged: Mapping[str, str]) -> str:
    """Return the key of the team that has a part of a base desk's team's work."""
    if part and base in split_off:
        return f"{base}/1"
    return f"{merged.get(base, base)}/0"


def _names(numbered: Numbered, split: str, keys: Sequence[str]) -> Sequence[str]:
    manner = numbered.number("names") % 3
    if manner:  # two desks in three
        return [_PLAIN[key][numbered.number(f"name/{key}") % 3] for key in keys]
    words = _one_of(numbered, "words", _OPAQUE[split])
    return _some(numbered, "word", list(words), len(keys))


def _one_of(numbered: Numbered, what: str, entries: Sequence[Entry]) -> Entry:
    return entries[numbered.number(what) % len(entries)]


def _some(numbered: Numbered, what: str, entries: Sequence[Entry], number: int) -> list[Entry]:
    """Return so many of the entries, in an order that the number of the desk gives."""
    drawn = sorted(range(len(entries)), key=lambda i: numbered.number(f"{what}/{i}"))
    return [entries[i] for i in drawn[: max(0, number)]]
