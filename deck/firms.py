"""Firms that write to us in a month: customers, suppliers and hauliers, each with one domain.

A firm is a place and a trade; train and test share no place. None of them is real.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from deck.storyline import Numbered

_PLACES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "train": tuple(
            """Aldbarrow Ambrig Birkholm Bramscar Calderwick Corbrough Danefold Dunrigg Eastmire
            Elmhythe Farnlow Fellgate Gadhurst Garnock Harlsea Hindburn Inglebeck Kelscar Keswold
            Langmire Lowthorpe Marbeck Medlow Nettlecombe Norbrough Oxmarsh Penholt Quernby
            Ravensike Rushford Salterwath Scarholme Thornsea Ulverby Wansbrook Wharncliff
            Whinfell Withernwick Yarmoss Yewbarrow""".split()
        ),
        "test": tuple(
            """Ashgarth Axholt Barmoor Blenkarn Carlbeck Cresswater Dalby Drumholm Eskrigg Everholt
            Foxmire Frithden Glaisby Grindlow Hawksmere Holmrook Ivelchester Jervaux Kirkwath
            Lindholt Lyndhow Maltscar Milburn Nunwick Orton Overwick Pickmere Ridsdale Roanby
            Sedgewath Stanehope Tarnside Tholthorpe Uldale Wadebrook Warslow Wetherlam Winscar
            Wrekton Yaxgill""".split()
        ),
    }
)
_TRADES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "customer": (
            "Foods", "Dairy", "Fish Market", "Bakers", "Produce", "Meats", "Catering", "Grocers",
            "Ices", "Larder",
        ),
        "supplier": (
            "Pallets", "Packaging", "Electrical", "Fuels", "Cleaning", "Tyres", "Workwear",
            "Print", "Fixings", "Refrigeration",
        ),
        "haulier": (
            "Haulage", "Transport", "Logistics", "Carriers", "Freight", "Tankers", "Couriers",
            "Trunking", "Removals", "Vans",
        ),
    }
)  # fmt: skip


class Firm(NamedTuple):
    """A firm and the domain from which it writes."""

    name: str
    domain: str

    @property
    def new_domain(self) -> str:
        """The domain to which it may move."""
        stem = self.domain.removesuffix(".example")
        return f"{stem}-group.example"


def firms(kind: str, split: str, numbered: Numbered, number: int) -> list[Firm]:
    """Return firms of one kind, no two of them from one place.

    Args:
        kind: `customer`, `supplier` or `haulier`.
        split: `train` or `test`.
        numbered: The choices of the inbox.
        number: How many.

    Returns:
        The firms, in an order that the number of the inbox gives.
    """
    places, trades = _PLACES[split], _TRADES[kind]
    chosen = sorted(places, key=lambda place: numbered.number(f"{kind}/{place}"))[:number]
    return [_firm(place, trades[numbered.number(f"{kind}/{place}/trade") % len(trades)])
            for place in chosen]  # fmt: skip


def every_customer(split: str) -> list[Firm]:
    """Return every customer that there may be, by name.

    Args:
        split: `train` or `test`.

    Returns:
        The firms; some of them share a place and some a trade.
    """
    return [_firm(place, trade) for place in _PLACES[split] for trade in _TRADES["customer"]]


def every_firm() -> Iterator[Firm]:
    """Yield every firm that there may be."""
    for places in _PLACES.values():
        for place in places:
            for trades in _TRADES.values():
                yield from (_firm(place, trade) for trade in trades)


def _firm(place: str, trade: str) -> Firm:
    name = f"{place} {trade}"
    return Firm(name, f"{name.lower().replace(' ', '')}.example")
