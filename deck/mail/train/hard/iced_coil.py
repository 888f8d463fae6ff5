"""A problem opens, is reported again, and moves on."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="iced-coil",
    slots={
        "pallets, goods": (
            ("64", "fish fingers"),
            ("48", "oven chips"),
            ("72", "chicken strips"),
            ("56", "puff pastry"),
            ("83", "sweetcorn"),
        ),
        "one, three, eight": (
            ("-19", "-18.2", "-14.6"),
            ("-19.4", "-18.5", "-15"),
            ("-18.8", "-18", "-14.3"),
            ("-19.2", "-18.4", "-14.8"),
            ("-18.9", "-18.1", "-14.5"),
        ),
        "town": ("Hessle", "Worksop", "Oldbury", "Widnes", "Brigg"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="Chamber {chamber1}, before I go",
                timestamp="{d3.iso}T15:20:00",
                body=cleandoc("""
                    Afternoon all, been up since three so excuse the typing.

                    Coil at the back of chamber {chamber1} is one block, you can't see a fin. The
                    drain underneath froze on Tuesday, so the meltwater from the last cycle had
                    nowhere to go. Two of six fans still turn. Air at the far end was {one} at one
                    o'clock and {three} now. Last time it went the same way it was past -12 by four
                    the next afternoon, that would be Friday {d4}, and above -12 the {pallets}
                    pallets of {goods} get written off.

                    Somebody with a plant ticket has to free the drain and then run a defrost by
                    hand, three hours all told. I'm out of hours and {person2} hasn't got the
                    ticket.

                    Trailer for {town} left full. Overtime sheet for last week is in the tray.

                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="cold_store",
                facts=facts(
                    "chamber {chamber1} | {pallets} pallets | {goods}",
                    "coil | drain | ice | iced | frozen | fans | defrost",
                    "{d4} | friday | tomorrow | 4:00 | 16:00 | {three} | -12 | minus 12",
                ),
                reference_summary=(
                    "The coil of chamber {chamber1} is iced up; without a cleared drain and a "
                    "manual defrost, {pallets} pallets of {goods} are lost by Friday afternoon."
                ),
                about=(
                    "{person1} {person2} {one} {d4} blocked block thaw free fan turn two six air "
                    "rise rising warm evaporator ticket plant qualified engineer hand run spoil "
                    "off four hours three end 12"
                ),
            ),
            why=(
                "Rule 1: the goods are written off on Friday afternoon unless the defrost is run, "
                "and that is before the end of the next working day. Not normal although it is "
                "told without any fuss. Not people although hours and a ticket are short, nor "
                "dispatch: plant is cold_store's (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person3} <{person3.mailbox}@kestrelmoor.example>",
                subject="Count of the {goods}, and a question",
                timestamp="{d4.iso}T08:40:00",
                body=cleandoc("""
                    Good morning,

                    The monthly count of {goods} is finished, all {pallets} pallets were where the
                    system has them, and the sheet is in the folder. One label was torn and I have
                    printed another.

                    I only started here last week, so this may be a silly question. In chamber
                    {chamber1}, on the wall behind the last rack, everything up there is white and
                    thick like the inside of an old fridge, and I could feel hardly any wind from
                    it. The display by the exit said {eight} when I came out at eight. The notice
                    next to it says -22. Is it meant to be like that in the mornings, or will the
                    {goods} go soft?

                    From Monday I am with {person4} in the returns office for two weeks.

                    Regards,
                    {person3}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="cold_store",
                facts=facts(
                    "chamber {chamber1} | {person3.last} | {person3.first}",
                    "ice | iced | icing | frost | frosted | white | coil | airflow | wind | "
                    "evaporator | {eight} | warm | warming",
                    "reported before | reported earlier | reported yesterday | already reported | "
                    "earlier report | known | same problem | same fault | same trouble | nothing "
                    "new | no new | adds nothing | thursday | {d3} | {person1.last} | "
                    "{person1.first} | count | counted",
                ),
                reference_summary=(
                    "{person3} finds chamber {chamber1} frosted and warm at {eight} after a "
                    "count; this is the iced coil that was already reported on Thursday."
                ),
                about=(
                    "{person1} {goods} {pallets} {d3} {d4} clerk stock display reads warmer "
                    "degree hardly air back wall rack starter colleague noticed notices saw "
                    "worried wonders question soft complete labels correct yesterday drain fault "
                    "thick morning mornings blocked newly arrived arrival newcomer frozen "
                    "freezing found finds little airflow spotted covers pallet tallied 8:00 "
                    "system"
                ),
                memoryless=("urgent", "cold_store"),
            ),
            why=(
                "Rule 13: it is the iced coil of chamber {chamber1} that was reported on Thursday, "
                "seen by somebody else, and nothing is added to do. Not urgent although the air "
                "has become warmer. It goes to cold_store, which had the first report."
            ),
        ),
    ),
)
