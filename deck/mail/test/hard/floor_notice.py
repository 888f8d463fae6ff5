"""A notice changes the routing of later mail for a while."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="floor-notice",
    hands_over="cold_store",
    slots={
        "firma, shorta": (
            ("Merriwick Gelato", "Merriwick"),
            ("Tollgate Ices", "Tollgate"),
            ("Ramsholt Sorbets", "Ramsholt"),
            ("Pinchbeck Parfaits", "Pinchbeck"),
            ("Lower Gable Desserts", "Gable"),
        ),
        "firmb, shortb, domainb": (
            ("Harkaway Provender", "Harkaway", "harkawayprovender.example"),
            ("Chettle & Minns", "Chettle", "chettleandminns.example"),
            ("Sandpiper Larders", "Sandpiper", "sandpiperlarders.example"),
            ("Thornaby Bistro Supply", "Thornaby", "thornabybistro.example"),
            ("Winnold Kitchens", "Winnold", "winnoldkitchens.example"),
        ),
        "pallets": ("24", "27", "29", "32", "36"),
        "goodsb": ("smoked cheese", "garlic bread", "chicken stock", "berry puree", "butter rolls"),
        "floor": ("rubber floor", "cork floor", "vinyl floor", "oak floor", "slate floor"),
        "soft": ("22:30", "22:45", "23:00", "23:15", "23:30"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                subject="The office over the rooms",
                timestamp="{d0.iso}T07:25:00",
                body=cleandoc("""
                    Good morning, dear readers of this inbox,

                    the upstairs office is to have its {floor} after all, and those of you who have
                    been tripping over the old one since the year of the flood may rejoice. The
                    floor people begin today and the glue must breathe, so the colleagues up there
                    work on foot and without a screen.

                    While it breathes, whatever is meant for {team.cold_store} lands with
                    {team.dispatch}, from Monday {d0} 08:00 to Thursday {d3} 18:00. {person1} over
                    there knows, has cleared a chair and walks across with whatever comes in. On
                    Friday the screens stand in their old places again.

                    The plant with the big leaves has moved in with {team.billing} and must on no
                    account be given coffee. We did try that once. It took a month and cost us two
                    leaves.

                    Ines
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="cold_store",
                facts=facts(
                    "{team.cold_store} | cold store | warehouse mail",
                    "{team.dispatch} | transport desk",
                    "{d3} | Thursday",
                ),
                reference_summary=(
                    "Between Monday {d0} 08:00 and Thursday {d3} 18:00 all mail of "
                    "{team.cold_store} is passed to {team.dispatch} because their office gets a "
                    "new floor."
                ),
                about=(
                    "ines calloway lead {person1} upstairs glue dries laid relaid reflooring "
                    "replaced notice routing goes redirected covered handled reads receive "
                    "correspondence resumes afterwards information works cork laying floors "
                    "renewed according ends starts prepared temporarily"
                ),
            ),
            why=(
                "Rule 12: a routing notice is archived to the team whose work it hands over,"
                " cold_store. Not dispatch although that team gets the mail. Not normal: the"
                " reader has nothing else to do."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@kestrelmoor.example>",
                subject="Late shift, one item",
                timestamp="{d2.iso}T17:40:00",
                body=cleandoc("""
                    Evening all, late shift speaking.

                    The roller curtain of room {chamber1} has chosen today to retire. It went up for
                    the last pallet at half past four, said a word I can't repeat, and has stayed up
                    there ever since. It can't drop, it's wedged fast in its box, but it won't be
                    coming down by kindness either. I've given it kindness. I have also given it a
                    broom.

                    Meanwhile the corridor walks in. Inside are {pallets} pallets from {firma},
                    which came at -21, and the dial says -15 now. By my sum they are soup about
                    {soft}. There's a heavy spare sheet in the loft and a fitter on the list, only
                    it isn't for me to ring one or to open the other, that takes a signature above
                    mine.

                    The claims form I leave in the drawer for now. Optimist.

                    {person2.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="dispatch",
                facts=facts(
                    "room {chamber1} | chamber {chamber1} | freezer {chamber1} | {shorta} | "
                    "{pallets} pallets",
                    "curtain | roller | door | shutter | entrance | stuck | jammed | wedged | "
                    "cannot close | cannot shut",
                    "fitter | engineer | repairer | spare sheet | loft sheet | spare curtain | "
                    "signature | approve | approval | authorise | authorised | authority",
                    "{soft} | tonight | this evening",
                ),
                reference_summary=(
                    "Room {chamber1} stands open because its roller curtain is stuck; unless"
                    " a fitter or the spare sheet is released, {pallets} pallets of {firma} "
                    "thaw by {soft}."
                ),
                about=(
                    "{person2} late shift -15 -21 warming melt spoil ruined soup goods ice cream "
                    "{d2} sticks use senior person threatening rapid"
                ),
                memoryless=("urgent", "cold_store"),
            ),
            why=(
                "Rule 1: the goods thaw tonight. Rule 12: the desk lead's notice sends "
                "cold_store mail to dispatch until Thursday 18:00, so not cold_store "
                "although the trouble is in a chamber. Not safety: nothing can fall."
            ),
        ),
        Case(
            email=Email(
                email_id="3",
                sender="{person3} <{person3.mailbox}@{domainb}>",
                subject="Our pallets, one by one",
                timestamp="{d3.iso}T10:05:00",
                body=cleandoc("""
                    Hello there,

                    {person3.first} from {firmb}, the ones with the loud vans. Our accountant has
                    had one of those nights and now believes in nothing that hasn't been touched.
                    Your papers say one figure for our {goodsb}, ours say another, nobody is cross
                    and nothing is missing that we know of, it's just two lists that don't rhyme.

                    Could a couple of your people go along the rows and count every pallet of ours
                    by hand, label facing out, and give us the figure? The accountant would come and
                    watch. Any hour till Monday {d7} at 15:00 is good, but none after: that's when
                    the quarter is closed between us by contract, and what the papers say then binds
                    us both, right or wrong.

                    The price per head for such a thing is in the same contract, page nine.

                    Best from the noisy side of town,
                    {person3.first}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="dispatch",
                facts=facts(
                    "{shortb} | {person3.last} | {person3.first} | {goodsb}",
                    "count | counted | counting | stocktake | stock check | tally | inventory",
                    "{d7} | Monday",
                ),
                reference_summary=(
                    "{firmb} want their {goodsb} counted pallet by pallet, with their accountant "
                    "watching, before the contract closes the quarter on Monday {d7} at 15:00."
                ),
                about=(
                    "{person3} hand figure lists papers records differ disagree match rate "
                    "payment chargeable couple staff physical manual full present presence attend "
                    "bookkeeper books binding binds final right wrong stand reconcile audit "
                    "correct quarter row afterwards discrepancy"
                ),
                memoryless=("normal", "cold_store"),
            ),
            why=(
                "Rule 2: by contract the papers bind both houses from Monday 15:00, the second "
                "working day on, so not urgent. Rule 12: until Thursday 18:00 cold_store's mail "
                "goes to dispatch, so not cold_store, which would count in any other week. Not "
                "customer_care: no claim is made and the price is fixed; counting is next (Rule "
                "14)."
            ),
        ),
    ),
)
