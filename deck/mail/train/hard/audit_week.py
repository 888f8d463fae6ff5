"""A notice changes the routing of later mail for a while."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="audit-week",
    hands_over="billing",
    slots={
        "firm, short, domain": (
            ("Nordal Cryogas", "Nordal", "nordalcryogas.example"),
            ("Peakline Nitrogen", "Peakline", "peaklinenitrogen.example"),
            ("Vapourhouse Supply", "Vapourhouse", "vapourhousesupply.example"),
            ("Tundra Gases", "Tundra", "tundragases.example"),
            ("Coldfell Nitrogen", "Coldfell", "coldfellnitrogen.example"),
        ),
        "buyer, bshort, bdomain": (
            ("Saffron Kettle Catering", "Saffron", "saffronkettle.example"),
            ("Brackenbury Schools Kitchen", "Brackenbury", "brackenburykitchen.example"),
            ("Oyster Row Bistros", "Oyster", "oysterrow.example"),
            ("Meadowcroft Care Homes", "Meadowcroft", "meadowcroftcare.example"),
            ("Pipistrelle Pubs", "Pipistrelle", "pipistrellepubs.example"),
        ),
        "amount, tons": (
            ("£4,320.00", "nine"),
            ("£3,840.00", "eight"),
            ("£5,280.00", "eleven"),
            ("£4,800.00", "ten"),
            ("£3,360.00", "seven"),
        ),
        "slip, credit": (
            ("CN-2207", "£318.40"),
            ("CN-1986", "£276.15"),
            ("CN-2341", "£402.70"),
            ("CN-1854", "£351.25"),
            ("CN-2419", "£294.60"),
        ),
        "cake": ("carrot cake", "lemon drizzle", "ginger loaf", "treacle tart", "banana bread"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                subject="This week, and {cake}",
                timestamp="{d0.iso}T08:15:00",
                body=cleandoc("""
                    Good morning desk,

                    I hope you all had a better weekend than my gutters. There is {cake} by the
                    printer, brought in by the caretaker, who turns forty and would rather we did
                    not sing.

                    The auditors have taken over the big table, the good chairs and every soul who
                    can read a ledger, so from Monday {d0} 09:00 to Thursday {d3} 18:00 all mail
                    that would be for {team.billing} goes to {team.legal}, who have kindly said yes
                    and have {person3} sitting with them for the figures. Once that is over it goes
                    where it always went. It is all arranged with both rooms, the access is set up
                    and everybody concerned has heard it from me by word of mouth on Friday.

                    The lorry wash is shut on Wednesday, in case you wonder about the mud.

                    Ines
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="billing",
                facts=facts(
                    "{team.billing}",
                    "{team.legal}",
                    "{d3} | thursday",
                ),
                reference_summary=(
                    "From {d0} 09:00 until {d3} 18:00 {team.legal} receives whatever mail is meant "
                    "for {team.billing}, because auditors are in."
                ),
                about=(
                    "ines calloway desk lead {person3} goes arrange access notice routing "
                    "correspondence post inbox handle cover reroute redirect forward temporary "
                    "audit resume return afterwards arrangement complete everyone concerned "
                    "support"
                ),
            ),
            why=(
                "Rule 12: a notice by the desk lead is archived to the team whose work it "
                "hands over. Not legal, which only receives it; not normal: all is arranged "
                "(Rule 3)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="PO {po1}: money is back at your end",
                timestamp="{d2.iso}T11:25:00",
                body=cleandoc("""
                    Hello all,

                    {person1.first} at {firm}. I'd have rung, but your switchboard plays pan pipes
                    and I lost the will.

                    The {amount} you sent on Monday for {tons} tonnes of liquid nitrogen, PO {po1},
                    went back to your bank this morning. It lacked the second signature on your
                    side, the bank says. Nothing is different on ours, same account these fifteen
                    years, so it's only a matter of sending it again, signed twice.

                    I'm fond of you lot, but our tanker system isn't. It saw the money bounce and
                    has pencilled you off the round: if nothing has been sent by noon tomorrow the
                    driver goes to the next place and your freezing tunnel will be sucking air by
                    tea time. I can't override it, I've asked, it's run from abroad.

                    Lovely rainbow over the tank farm, by the way.

                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="legal",
                facts=facts(
                    "{short} | {person1.last} | {person1.first} | po {po1} | nitrogen",
                    "bounced | bounce | returned | came back | come back | went back | sent back "
                    "| rejected | failed | resend | send again | sent again | pay again | reissue "
                    "| second signature | signature | signed twice",
                    "noon | {d3} | tomorrow | 12:00 | midday | thursday",
                ),
                reference_summary=(
                    "Our {amount} payment to {short}, PO {po1}, bounced; unless it is sent "
                    "again by noon on {d3}, nitrogen supplies stop."
                ),
                about=(
                    "{firm} {person1} {tons} tonnes liquid bank lack missing account unchanged "
                    "freezing tunnel tanker delivery cancel lose supplier resent doubly secure "
                    "halt round driver"
                ),
                memoryless=("urgent", "billing"),
            ),
            why=(
                "Rule 1: without a new payment by noon tomorrow the nitrogen stops and so "
                "does the tunnel. Not billing: the desk lead's notice hands its mail to "
                "legal until Thursday 18:00 (Rule 12). Not spam: the PO is quoted and the "
                "account stays the same."
            ),
        ),
        Case(
            email=Email(
                email_id="3",
                sender="{person2} <{person2.mailbox}@{bdomain}>",
                subject="Slip {slip}",
                timestamp="{d2.iso}T15:40:00",
                body=cleandoc("""
                    Dear colleagues,

                    a riddle for a quiet hour. Last year you made our debt {credit} smaller because
                    some trays had stayed on the lorry, and sent slip {slip} for it. All correct, we
                    took it off at once, the trays are long forgiven.

                    Only, the slip does not say to which order it belongs, and our new tax adviser
                    wants every plus and every minus married to something. I have been through the
                    whole shoe box. I found a parking ticket from {person4} and the temperature
                    chart of a fridge that we no longer have, but not this.

                    Could whoever keeps your figures look which order it was cut from, and tell me
                    the number? Our return must be with the tax office by 17:00 on Friday {d4}, no
                    day longer, and a minus that is married to nothing may not stand in it.

                    Have a pleasant Wednesday. Here we peel onions since six, tomorrow at noon two
                    hundred people want soup.

                    {person2}
                    {buyer}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="legal",
                facts=facts(
                    "{slip} | {bshort} | {person2.last} | {person2.first}",
                    "order number | number of the order | order belongs | underlying order | "
                    "corresponding order | matching order | related order | order reference | "
                    "asks which order | needs the order | know which order | find the order | "
                    "order behind the slip | order behind credit",
                    "{d4} | {credit} | friday | 17:00",
                ),
                reference_summary=(
                    "{bshort} asks to which order number our old credit slip {slip} over {credit} "
                    "belongs, as its return is due at the tax office by 17:00 on Friday {d4}."
                ),
                about=(
                    "{buyer} {person2} last year tax adviser trays short undelivered debt customer "
                    "issued trace identify missing amount disputed office return declaration "
                    "authority friday"
                ),
                memoryless=("normal", "billing"),
            ),
            why=(
                "Rule 2: the number is wanted for a return that binds on Friday 17:00, one working "
                "day later than the next, so it is not urgent. Rule 12: until Thursday 18:00 "
                "billing's mail goes to legal, so not billing, which would be right in any other "
                "week. Not customer_care: the shortage is long settled (Rule 14)."
            ),
        ),
    ),
)
