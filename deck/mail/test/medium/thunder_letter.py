"""A mail that is not what it looks like at first."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="thunder-letter",
    slots={
        "office, short, domain": (
            (
                "Inspectorate of Measured Goods",
                "Inspectorate",
                "measuredgoods-inspectorate.example",
            ),
            ("Borrisveagh Markets Board", "Borrisveagh", "borrisveaghboard.example"),
            ("Commission for Fair Weights", "Commission", "fairweightscommission.example"),
            ("Tolka Vale Trading Office", "Tolka", "tolkavaletrading.example"),
            ("Highmeath Consumer Bureau", "Highmeath", "highmeathbureau.example"),
        ),
        "file": ("MG/2207", "MG/3918", "MG/4471", "MG/5063", "MG/6615"),
        "penalty": ("£6,000.00", "£9,500.00", "£12,000.00", "£15,750.00", "£20,000.00"),
        "item": ("butter", "sausages", "cod fillets", "grated cheese", "mashed potato"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{office} <registrar@{domain}>",
                subject="FILE {file}: KESTRELMOOR CHILLED LOGISTICS",
                timestamp="{d1.iso}T09:30:00",
                body=cleandoc("""
                    TAKE FORMAL NOTICE.

                    WHEREAS it was alleged that on Friday {d-10} the company named above did carry,
                    store and deliver {item} bearing a false weight; and WHEREAS a penalty of
                    {penalty} was sought and the company called to answer on Wednesday {d2} at 10:00
                    before the full bench, ON PAIN of a further sum for each day of silence;

                    NOW THEREFORE the Registrar, having weighed the {item} upon scales other than
                    those of the complainant, and the complainant having since been seen to lean,
                    DISCHARGES the company wholly. The file is struck from the list and may not be
                    opened again by any person. The sitting will not be held. Nothing is owed,
                    nothing is to be lodged, sworn or returned, and the costs are borne by this
                    office. Entry has been made in the public register under our own seal.

                    GIVEN UNDER MY HAND, the lift being out of order,
                    {person1}, Registrar
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="legal",
                facts=facts(
                    "{file} | {short} | {item} | registrar | {person1.last}",
                    "discharged | dropped | withdrawn | struck | closed | cleared | dismissed | "
                    "cancelled | ended | not held | file closed | case closed | thrown | threw | "
                    "exonerated | acquitted",
                    "{penalty} | nothing owed | nothing owing | nothing payable | nothing due | "
                    "penalty | no penalty | no costs | {d2} | owe nothing | pay nothing | nor "
                    "payment | no payment | not penny | no fine | no hearing | no sitting",
                ),
                reference_summary=(
                    "{office} has dropped its case {file} over the weight of {item} for "
                    "good; the penalty and the sitting are gone."
                ),
                about=(
                    "{person1} appear attendance alleged allegation accusation short underweight "
                    "supposedly concerning fully wholly completely list reopened response "
                    "submitted"
                ),
            ),
            why=(
                "Rule 3: the case is over and nothing is asked. Not urgent although it "
                "thunders and names the next day (Rule 5). Not billing: no money is owed, "
                "and an authority's case is legal's (Rule 14)."
            ),
        ),
    ),
)
