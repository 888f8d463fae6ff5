"""Medium mail held out to test on; each module is a storyline."""

from typing import Final

from deck.mail.test.medium import (
    bin_collection,
    canteen_till,
    card_renewal,
    corner_rail,
    forgiven_dents,
    freezer_ice,
    haulage_annex,
    lay_by,
    mussel_buyer,
    open_morning,
    paid_rinse,
    three_passes,
    thunder_letter,
    trailer_swap,
)

STORYLINES: Final = (
    haulage_annex.STORYLINE,
    trailer_swap.STORYLINE,
    bin_collection.STORYLINE,
    canteen_till.STORYLINE,
    mussel_buyer.STORYLINE,
    card_renewal.STORYLINE,
    freezer_ice.STORYLINE,
    corner_rail.STORYLINE,
    thunder_letter.STORYLINE,
    lay_by.STORYLINE,
    forgiven_dents.STORYLINE,
    open_morning.STORYLINE,
    three_passes.STORYLINE,
    paid_rinse.STORYLINE,
)
