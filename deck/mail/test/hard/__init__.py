"""Hard mail held out to test on; each module is a storyline."""

from typing import Final

from deck.mail.test.hard import (
    cab_folder,
    cake_page,
    charging_bay,
    dented_photo,
    driver_hours,
    floor_notice,
    grid_cut,
    half_sheet,
    lost_office,
    midnight_permits,
    pear_collection,
    stair_treads,
    swapped_desks,
    sworn_statement,
    wrap_supplier,
)

STORYLINES: Final = (
    floor_notice.STORYLINE,
    wrap_supplier.STORYLINE,
    sworn_statement.STORYLINE,
    stair_treads.STORYLINE,
    grid_cut.STORYLINE,
    midnight_permits.STORYLINE,
    dented_photo.STORYLINE,
    charging_bay.STORYLINE,
    swapped_desks.STORYLINE,
    driver_hours.STORYLINE,
    lost_office.STORYLINE,
    pear_collection.STORYLINE,
    cake_page.STORYLINE,
    half_sheet.STORYLINE,
    cab_folder.STORYLINE,
)
