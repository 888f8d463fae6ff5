"""A mail that is not what it looks like at first."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="courtesy-inspection",
    slots={
        "region, domain": (
            ("Northern Circuit", "coldplant-visits.example"),
            ("Marches Circuit", "frostregister-desk.example"),
            ("Coastal Circuit", "compressor-courtesy.example"),
            ("Vale Circuit", "coolround-office.example"),
            ("Upland Circuit", "evaporator-circuit.example"),
        ),
        "fee": ("£285.00", "£310.00", "£345.00", "£390.00", "£420.00"),
        "round": ("second", "third", "fourth", "sixth", "seventh"),
        "frame": ("oak", "walnut", "beech", "pewter", "brass"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="Refrigeration Inspectorate, {region} <visits@{domain}>",
                subject="Your place on our present round",
                timestamp="{d4.iso}T14:45:00",
                body=cleandoc("""
                    Dear Sir or Madam,

                    We have the honour to tell you that your premises have been drawn for the
                    {round} round of our courtesy visits. Applying is not necessary; we choose by
                    size of roof, from the air.

                    An officer would walk the compressors, the evaporators and the rubber of three
                    rooms that you may pick yourselves, and would leave a certificate in a frame of
                    {frame}, which looks well behind a reception desk and has, we are told, won
                    other houses many a contract. The visit takes two and a half hours and costs
                    {fee}. The officer has a card reader in the car, so your office is spared an
                    order number and all the paper that goes with it.

                    Kindly name a morning between Monday {d14} and Friday {d25} on which the machine
                    room is open and one of your people who knows the plant is on hand.

                    We remain, with the compliments of the {region},
                    {person1}, Courtesy Officer
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="cold_store",
                facts=facts(
                    "inspectorate | inspection | inspector | inspect | courtesy visit | plant "
                    "visit | officers | compressors",
                    "{fee} | fee | paid visit | paid inspection",
                ),
                reference_summary=(
                    "A self-styled refrigeration inspectorate announces an unrequested paid "
                    "inspection for {fee}, without any PO, and wants a morning between "
                    "Monday {d14} and Friday {d25}."
                ),
                about=(
                    "{region} look certificate framed machine room appointment offers private "
                    "body authority holds purchase"
                ),
            ),
            why=(
                "Rules 4 and 8: Rule 4 selling that nobody asked for, Rule 8 a fee without "
                "PO. Not normal although courteous. Not legal: no authority, and cold_store "
                "would open the machine room (Rule 16)."
            ),
        ),
    ),
)
