"""A problem opens, is reported again, and moves on."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="port-hold",
    slots={
        "firm, short, domain": (
            ("Quayhand Agency", "Quayhand", "quayhandagency.example"),
            ("Breakwater Forwarding", "Breakwater", "breakwaterforwarding.example"),
            ("Gantry & Keel Agents", "Gantry", "gantrykeel.example"),
            ("Lodestar Port Services", "Lodestar", "lodestarport.example"),
            ("Hawser Brothers", "Hawser", "hawserbrothers.example"),
        ),
        "port": ("Saltmere", "Brackmouth", "Vellhaven", "Ostrand", "Nordwick"),
        "trailer, hold": (
            ("KM-318", "H-70412"),
            ("KM-264", "H-68155"),
            ("KM-407", "H-71930"),
            ("KM-352", "H-69284"),
            ("KM-229", "H-72067"),
        ),
        "goods": ("raspberries", "live mussels", "fresh hake", "cut herbs", "strawberries"),
        "cut, sails": (
            ("16:30", "21:00"),
            ("16:45", "21:30"),
            ("17:00", "22:00"),
            ("17:15", "22:30"),
            ("16:15", "20:45"),
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1}, {short} <{person1.mailbox}@{domain}>",
                subject="One sheet of paper",
                timestamp="{d7.iso}T09:45:00",
                body=cleandoc("""
                    Morning Kestrelmoor, {person1.first} at the agency window in {port}. A gull has
                    had my breakfast, so I'll be brief.

                    The hut at the border post has taken against your {trailer}. They asked
                    {person2} in the cab for the health certificate that goes with the {goods}, and
                    out of the pouch came last week's, a wage slip and the menu of a chip shop. So
                    hold {hold} it is, and a yellow sticker. The vet is a fair soul: a scan of the
                    right one through the portal will do, and {person2} swears it's lying in the
                    wire tray in your own office, under the stapler.

                    If it reaches the hut by {cut}, the sticker comes off, {trailer} sails at
                    {sails} this evening and we're friends. At {cut} the vet goes off to badminton.
                    The next boat is Saturday's, and by then the {goods} would be something for the
                    insurer and a clothes peg.

                    Quay rent I leave to whoever reads your contract. The fridge on it hums as it
                    should.

                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="dispatch",
                facts=facts(
                    "{trailer} | {hold} | {port}",
                    "certificate | papers | paperwork | document | paper",
                    "{cut} | {sails} | {d7}",
                ),
                reference_summary=(
                    "Trailer {trailer} is stuck at {port} without its health certificate; a "
                    "scan by {cut} today saves the {sails} boat."
                ),
                about=(
                    "{firm} {person1} {person2} {goods} hold border vet portal right wrong wire "
                    "tray office sails miss insurer upload correct receive unit cargo spoil "
                    "stopped held ship post last cab agency"
                ),
            ),
            why=(
                "Rule 1: without the scan today the load misses its ship and spoils. Not "
                "normal although it is chatty (Rule 5). Not legal although a border post "
                "holds it: a load on the road is dispatch's (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{short} Status Robot <robot@{domain}>",
                subject="Unit status 06:00, one line",
                timestamp="{d9.iso}T06:05:00",
                body=cleandoc("""
                    {firm} - unit status, produced by machine 06:00

                      Unit: {trailer}
                      Keeper: Kestrelmoor Chilled Logistics
                      Place: {port}, lane 4, under own diesel
                      Cargo: {goods}, chilled, perishable
                      State: HELD (hold {hold}, border post)
                      Ground: health certificate not presented
                      Effect: unit may not board any vessel while the hold stands
                      Remedy: keeper presents the certificate through the portal

                    Lane rent is charged to the account of the keeper under the standing contract.
                    Units found leaking or warm are reported to the port doctor. This robot does not
                    read answers; the staffed window is open from 06:30 to 18:00 and is closed for
                    lunch.

                    Line ends.
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="dispatch",
                facts=facts(
                    "{trailer} | {hold}",
                    "held | hold | certificate | detained | stuck | stopped | papers | paperwork",
                    "reported before | reported earlier | earlier report | nothing new | nothing "
                    "fresh | no new | no fresh | adds nothing | nothing added | since Monday | "
                    "reported on Monday",
                ),
                reference_summary=(
                    "The agent's machine repeats that trailer {trailer} stays held at {port}"
                    " for want of the health certificate; nothing new."
                ),
                about=(
                    "{firm} {person1} {goods} {d7} {d9} border unit status robot line cargo "
                    "vessel portal presented automated missing desk update post board perishable "
                    "chilled"
                ),
                memoryless=("urgent", "dispatch"),
            ),
            why=(
                "Rule 13: the same hold on the same trailer was reported on Monday and this "
                "adds nothing to do. Not urgent although the load is perishable and still "
                "held. It goes to dispatch, which had the first report."
            ),
        ),
    ),
)
