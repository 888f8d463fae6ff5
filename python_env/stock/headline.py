"""The headline tasks: each kind that the owner names, on three levels, chosen by hand."""

from typing import Final

from python_env.stock.format import Headline

HEADLINE: Final[tuple[Headline, ...]] = ()
