"""What the packages of this environment say about each other."""

from collections.abc import Iterable, Iterator
from importlib.metadata import distributions

from packaging.requirements import Requirement

from tools.locking.pins import Pin, plain


def wanted_with_extras(pins: Iterable[Pin]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each package that an installed package of a lock wants with extras, and the extras."""
    pins = list(pins)
    for distribution in distributions():
        own = [pin.extras for pin in pins if pin.name == plain(distribution.name)]
        for text in distribution.requires or () if own else ():
            wanted = Requirement(text)
            extras = {"", *(extra for group in own for extra in group)}
            if wanted.extras and (
                wanted.marker is None
                or any(wanted.marker.evaluate({"extra": extra}) for extra in extras)
            ):
                yield plain(wanted.name), frozenset(map(plain, wanted.extras))
