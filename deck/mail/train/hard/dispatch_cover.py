"""A notice changes the routing of later mail for a while."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="dispatch-cover",
    hands_over="dispatch",
    slots={
        "cafe, domain": (
            ("the Broken Gate Cafe", "brokengatecafe.example"),
            ("the Long Causeway Cafe", "longcausewaycafe.example"),
            ("the Packhorse Lorry Park", "packhorselorrypark.example"),
            ("the Two Lamps Transport Cafe", "twolampscafe.example"),
            ("the Windy Nook Truckstop", "windynooktruckstop.example"),
        ),
        "customer, short, custdomain": (
            ("Thornthwaite Catering Services", "Thornthwaite", "thornthwaitecatering.example"),
            ("Yarlside Institutional Foods", "Yarlside", "yarlsidefoods.example"),
            ("Hebblethorpe School Meals", "Hebblethorpe", "hebblethorpemeals.example"),
            ("Winskill Contract Kitchens", "Winskill", "winskillkitchens.example"),
            ("Ormside Hospital Provisions", "Ormside", "ormsideprovisions.example"),
        ),
        "goods": ("ice cream", "fish fingers", "fruit ice", "frozen gateaux", "choc ices"),
        "pallets": ("7", "12", "15", "18", "24"),
        "paint": ("magnolia", "battleship grey", "duck egg", "mustard", "pale mint"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                subject="Decorators upstairs",
                timestamp="{d2.iso}T09:10:00",
                body=cleandoc("""
                    Morning all,

                    The decorators have got as far as the traffic room. It is going to be {paint},
                    nobody voted, I have seen the tin. The phones in there come off the wall at
                    dinner time and the screens go under dust sheets, so the lads and lasses are
                    being lent out: two to the yard, one to the night shift and {person1.first} to a
                    course on tachographs that was paid for ages ago. From Wednesday {d2} 12:00
                    until Friday {d4} 18:00 the mail of {team.dispatch} goes to
                    {team.customer_care}, who have the room, the radio handset and {person2.first},
                    who did eleven years on the traffic desk before coming down in the world. After
                    that it is as it always was. I have told both rooms myself and they have swapped
                    kettles.

                    The biscuit tin has a new lid. The old one is in the canal and I do not wish to
                    discuss it.

                    Ines
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="dispatch",
                facts=facts(
                    "{team.dispatch} | traffic room | traffic desk",
                    "{team.customer_care} | customer care",
                    "{d4} | 18:00 | Friday",
                ),
                reference_summary=(
                    "From {d2} noon until {d4} at 18:00 {team.customer_care} receives all "
                    "mail of {team.dispatch}, as the traffic room is being painted."
                ),
                about=(
                    "ines calloway lead decorators decorating redecoration {person2} goes "
                    "concerned everyone notice announcement arrange arrangement handle cover "
                    "correspondence post inbox inherit redirect temporary information complete"
                ),
            ),
            why=(
                "Rule 12: the notice changes the routing and is itself archived to the team "
                "whose work it hands over. Not customer_care, which only takes it over; not "
                "normal, for both teams have been told."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person3} <kitchen@{domain}>",
                subject="One of yours in my yard",
                timestamp="{d3.iso}T15:25:00",
                body=cleandoc("""
                    To whoever picks this up,

                    I run {cafe}. Your lorry with order {order1} on the paperwork came in for a brew
                    at dinner and has not left since. The driver has had the bonnet up and says the
                    engine is finished. It will not so much as cough. It is tucked in behind the
                    bins, in nobody's way, and the driver is on a second bacon sandwich, so no harm
                    done there.

                    Only, the fridge on it took its power from that, and they have worked out that
                    the {pallets} pallets of {goods} in the back keep till about nine this evening
                    and are soup after. They need another wagon sent to take it over. Their
                    telephone is flat and the one charger I own fits a shaver, so I said I would
                    write.

                    I had a claim for a damaged gatepost with your lot years back. It was settled
                    fairly.

                    {person3}
                    Proprietor, cook, washer-up
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="customer_care",
                facts=facts(
                    "{order1} | {person3.last} | cafe | truckstop | lorry park | lorry | truck | "
                    "wagon | vehicle",
                    "engine | engine failed | broken down | broke down | breakdown | stranded | "
                    "stuck | immobile | failed | replacement | dead | died | conked | relief",
                    "21:00 | 9 evening | nine | tonight | this evening | {pallets} pallets",
                ),
                reference_summary=(
                    "Lorry with order {order1} is stranded at {cafe}, engine dead; send "
                    "another vehicle before 21:00 or the {pallets} pallets of {goods} melt."
                ),
                about=(
                    "{person3} owner driver fridge power cooling {d3} yard telephone phone flat "
                    "refrigeration refrigerated frozen rescue transfer collect carry thaw spoil "
                    "soup lost failure"
                ),
                memoryless=("urgent", "dispatch"),
            ),
            why=(
                "Rule 1: the goods melt this evening unless a second lorry goes. Rule 12: "
                "dispatch's mail belongs to customer_care in this window, not to dispatch. "
                "Not safety: nobody is in danger."
            ),
        ),
        Case(
            email=Email(
                email_id="3",
                sender="{person4} <{person4.mailbox}@{custdomain}>",
                subject="Tarmacadam, and order {order2}",
                timestamp="{d4.iso}T10:20:00",
                body=cleandoc("""
                    Dear Colleagues,

                    With reference to our order {order2}, for which your man with the tail-lift is
                    at present to knock at our central kitchen on Friday {d11} between 08:00 and
                    10:00.

                    Our governors, who sit again today at 16:00 upon the subject of biscuits, have
                    chosen to have the yard resurfaced from Tuesday {d8} at noon, an undertaking on
                    which we were, as is customary, informed and not consulted. From that hour
                    nothing above a bicycle comes in and the current is off, and the trays, which
                    lie in our own freezer, would be lost. We should therefore be obliged if your
                    man came for them on that Tuesday instead, at the same hours. Their stock count
                    and the contract of maintenance are beyond reproach, and your invoice is none
                    the worse for it.

                    A line to say that the other day suits would be appreciated by our storeman, who
                    is a worrier.

                    I remain, yours faithfully,
                    {person4}
                    Bursar, {customer}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="customer_care",
                facts=facts(
                    "{order2} | {short}",
                    "collection | collect | collected | pickup | pick up | picked up | fetched | "
                    "fetch | resurfaced | resurfacing | yard works | yard closed | rescheduled | "
                    "reschedule | rearrange | postpone | postponed | move | moved | shift | "
                    "shifted | come order | comes order",
                    "{d8} | tuesday",
                ),
                reference_summary=(
                    "{customer} asks to have order {order2} collected on Tuesday {d8} instead of "
                    "{d11}; at noon that day its freezer goes off and the trays are lost."
                ),
                about=(
                    "{person4} bursar kitchen 08:00 10:00 eight ten hours morning storeman driver "
                    "tail-lift confirmation lorry access block unchanged usual agree reassure "
                    "central suits {d11} noon freezer current off trays lost spoil thaw power"
                ),
                memoryless=("normal", "dispatch"),
            ),
            why=(
                "Rule 2: the trays are lost unless they are collected on Tuesday, and the next "
                "working day is Monday. Not urgent, therefore. Rule 12: until Friday 18:00 "
                "dispatch's mail goes to customer_care, so not dispatch, which would be right in "
                "any other week."
            ),
        ),
    ),
)
