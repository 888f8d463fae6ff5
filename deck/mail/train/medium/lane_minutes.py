"""A mail that is not what it looks like at first."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="lane-minutes",
    slots={
        "firm, short, domain": (
            ("Pellow & Strang Solicitors", "Pellow", "pellowstrang.example"),
            ("Quennell Tolley Solicitors", "Quennell", "quennelltolley.example"),
            ("Hargill & Roe Solicitors", "Hargill", "hargillandroe.example"),
            ("Marchbank Leys Solicitors", "Marchbank", "marchbankleys.example"),
            ("Tredwen Moss Solicitors", "Tredwen", "tredwenmoss.example"),
        ),
        "lane": (
            "Skinners Lane",
            "Maltkiln Lane",
            "Gasometer Lane",
            "Sawpit Lane",
            "Weighhouse Lane",
            "Tenter Lane",
        ),
        "neigha, neighb": (
            ("Cotter Tyres", "Bellfield Marble"),
            ("Hopkirk Timber", "Ansty Glass"),
            ("Ravensdown Metals", "Loddon Tiles"),
            ("Silkstone Plumbing", "Varley Bricks"),
            ("Tolworth Paints", "Wickham Roofing"),
        ),
        "sum": ("£380.00", "£415.00", "£460.00", "£525.00", "£590.00"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Minutes, frontagers of {lane}",
                timestamp="{d9.iso}T13:15:00",
                body=cleandoc("""
                    MINUTES of the frontagers of {lane}, Monday {d7}, 14:00, chapel hall, organ out
                    of use.

                    Duties resolved upon. A party in default of its duty loses the right to drive
                    over the lane.

                    1. {neigha}: to bring the surveyor's drawing of the turning bay by Friday {d11}.
                    2. {neighb}: to pay the mason {sum} for the gatepost which a lorry had pushed
                    over, and to show the receipt by Tuesday {d15}.
                    3. Kestrelmoor: to sign and seal the deed of passage. {person2} did both at the
                    table, all present looking on. Discharged.
                    4. The undersigned: to enter the deed at the registry by Thursday {d24} and to
                    keep the original.

                    With this the passage holds for twenty-five years, and the frontagers dissolve
                    themselves. The minutes were read out and approved by all before the caretaker
                    wanted the hall for the badminton.

                    Copy to each frontage after the custom of the lane.

                    {person1}
                    {firm}, clerk to the meeting
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="legal",
                facts=facts(
                    "{short} | {lane} | frontagers",
                    "deed | right of way | passage | minutes | lane rights | right to drive",
                    "already signed | {person2.last} signed | {person2.first} signed | Kestrelmoor "
                    "signed | deed signed | discharged | executed | fulfilled | completed | "
                    "complete | done | obligation met | duty met | nothing further | nothing open",
                ),
                reference_summary=(
                    "Minutes for {lane}: Kestrelmoor signed the deed of passage on Monday "
                    "{d7}; the remaining duties fall to the neighbours and the clerk."
                ),
                about=(
                    "{firm} {d24} register registry meeting 25 years safe part record tasks jobs "
                    "belong circulates we've"
                ),
            ),
            why=(
                "Rule 3: the only duty of Kestrelmoor is discharged, the rest is for others."
                " Not normal although dates and a penalty stand in it. Not billing: the sum "
                "is another firm's (Rule 14)."
            ),
        ),
    ),
)
