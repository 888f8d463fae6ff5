"""Easy mail held out to test on; each module is a storyline."""

from typing import Final

from deck.mail.test.easy import (
    borrowed_chief,
    claret_candidates,
    corner_mirror,
    directory_care,
    empty_boxes,
    gate_keypad,
    helmet_scheme,
    iced_blower,
    lift_course,
    market_bridge,
    pass_key,
    second_depot,
    shredded_papers,
    swapped_figures,
    upside_cartons,
    wandering_jack,
)

STORYLINES: Final = (
    iced_blower.STORYLINE,
    gate_keypad.STORYLINE,
    lift_course.STORYLINE,
    corner_mirror.STORYLINE,
    wandering_jack.STORYLINE,
    shredded_papers.STORYLINE,
    second_depot.STORYLINE,
    market_bridge.STORYLINE,
    swapped_figures.STORYLINE,
    upside_cartons.STORYLINE,
    pass_key.STORYLINE,
    empty_boxes.STORYLINE,
    claret_candidates.STORYLINE,
    directory_care.STORYLINE,
    helmet_scheme.STORYLINE,
    borrowed_chief.STORYLINE,
)
