"""One plain reason to act before the end of the next working day."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="market-bridge",
    slots={
        "market, short, domain": (
            ("Pollanvarra Fish Market", "Pollanvarra", "pollanvarrafish.example"),
            ("Scarrabeg Fish Market", "Scarrabeg", "scarrabegfish.example"),
            ("Inishcor Fish Market", "Inishcor", "inishcorfish.example"),
            ("Mullaghsand Fish Market", "Mullaghsand", "mullaghsandfish.example"),
            ("Trawbrannagh Fish Market", "Trawbrannagh", "trawbrannagh.example"),
        ),
        "bridge, detour": (
            ("Cockle Bridge", "Garranveel Hill"),
            ("Iron Bridge", "the Black Gap"),
            ("Widow's Bridge", "Sliddery Top"),
            ("Salmon Bridge", "Currawee Pass"),
            ("Parson's Bridge", "the Long Stone"),
        ),
        "boxes": ("60", "72", "84", "95", "110", "130"),
        "fish": ("hake", "ling", "pollock", "whiting", "megrim", "gurnard"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="Night porter <hut@{domain}>",
                subject="yer truck tonight, {order1}",
                timestamp="{d10.iso}T15:35:00",
                body=cleandoc("""
                    kestrelmoor is it

                    porter in the hut here at {market}, phone is dead again so im poking this out
                    with one thumb, excuse the hand. council lad in a yellow coat just in for a heat
                    off me stove. says the road is shut at {bridge} from 21:00 tonight, not for a
                    hearse would they open it, some class of a bolt they are changing. and yer truck
                    with the {boxes} boxes of {fish}, {order1}, always comes over it about half ten

                    so yer driver has to go the old north road by {detour} and thats a full hour
                    more with the bends. unless the truck leaves yer gate an hour before what the
                    sheet says the delivery is late, the load isnt here when {person2.first} starts
                    selling at 04:00 and we lose the slot. there is no second go, what isnt on the
                    tiles by then goes to the cat food people for pennies

                    tell the driver bring a flask, mine is empty

                    {person1.first}, nights
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="dispatch",
                facts=facts(
                    "{order1} | {short} | {fish}",
                    "bridge closed | bridge closes | bridge closure | bridge closing | bridge "
                    "shut | bridge shuts | closed bridge | closure {bridge} | north road | "
                    "diversion | diverted | rerouted | reroute | {detour} | detour",
                    "hour earlier | hour early | hour sooner | hour ahead | hour before | minutes "
                    "early | minutes earlier",
                ),
                reference_summary=(
                    "With the bridge shut from 21:00, order {order1} for {short} must start "
                    "an hour earlier and go round by {detour}, or miss selling at 04:00."
                ),
                about=(
                    "{market} {boxes} boxes truck lorry driver carry load delivery set depart "
                    "leave close closure old road forces sale auction reach slot late night "
                    "porter nine sixty minutes evening fish {bridge} north 21:00 04:00"
                ),
            ),
            why=(
                "Rule 1: unless tonight's run is changed, the fish misses its only auction. "
                "Not normal although it chats (Rule 5). Not cold_store: the run and its "
                "route must be changed (Rule 14)."
            ),
        ),
    ),
)
