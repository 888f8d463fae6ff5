"""Earlier mail proves who may write, and from where."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="lost-office",
    slots={
        "firm, short, olddomain, domain": (
            ("Threlby Preserves", "Threlby", "threlby-trading.example", "threlbypreserves.example"),
            ("Tealbeck Dairies", "Tealbeck", "tealbeck-mail.example", "tealbeckdairies.example"),
            (
                "Rothbury Lane Foods",
                "Rothbury",
                "rothbury-goods.example",
                "rothburylanefoods.example",
            ),
            ("Swinnow Poultry", "Swinnow", "swinnow-farms.example", "swinnowpoultry.example"),
            ("Kelder Vale Creamery", "Kelder", "kelder-dairy.example", "keldervale.example"),
            (
                "Ingleforth Pickles",
                "Ingleforth",
                "ingleforth-sales.example",
                "ingleforthpickles.example",
            ),
        ),
        "victims": ("three", "four", "five", "six", "seven"),
        "fake": ("£2,310.00", "£3,475.00", "£1,890.00", "£4,120.00", "£2,765.00"),
        "boxes": ("300", "420", "360", "480", "540"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Our old office address",
                timestamp="{d1.iso}T16:30:00",
                body=cleandoc("""
                    Dear friends at Kestrelmoor,

                    This is a confession by a careless firm. You have had our letters from {domain}
                    for as long as you have stored for us, and they will go on coming from there.
                    What hardly anybody remembered is that a mailbox from before your time was still
                    alive, office@{olddomain}, its door left on the latch. Strangers walked in last
                    week.

                    They have since written from it to {victims} of our customers in our name, with
                    a made-up bill for {fake}, and to you as well; {person2} of your house caught it
                    and rang me on Friday, which is how I learnt of it at all. Your computer people
                    and ours have spoken since, everyone who had to hear has heard, and nothing was
                    paid, nothing opened.

                    So this is merely my thanks in writing, and a blush. The apple chutney is better
                    than our housekeeping.

                    Warmly,
                    {person1}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="security",
                facts=facts(
                    "{short} | {person1.last}",
                    "office {olddomain} | old mailbox | old address | mailbox | office address | "
                    "old office | old email",
                    "hacked | stolen | compromised | broken into | misused | fake bill | fake "
                    "bills | false bill | false bills | fake {fake} bill | false {fake} bill | "
                    "fake invoice | fake invoices",
                    "nothing paid | paid nothing | not paid | handled | settled | resolved | "
                    "closed | dealt with | no harm | no action",
                ),
                reference_summary=(
                    "{short} thanks us: its old mailbox office@{olddomain} was hijacked and "
                    "sent false bills; all is settled, genuine mail comes from {domain}."
                ),
                about=(
                    "{firm} {person1} {person2} {victims} customers name everyone forgotten "
                    "former entered used catching incident matter work"
                ),
            ),
            why=(
                "Rule 3: everybody has been told and nothing is asked. Not urgent although "
                "it speaks of intruders. Not billing: nothing was paid; security would act "
                "on a hijacked mailbox (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person3} <office@{olddomain}>",
                subject="Boxes of twelve",
                timestamp="{d10.iso}T09:45:00",
                body=cleandoc("""
                    Good morning,

                    a thought from the window seat of {firm}. The farm shops hereabouts would like
                    to have our goods by the dozen, mixed, and we have always sent everything out by
                    the pallet, because that is how it was done when the lorries were green. Our own
                    hands are full to the elbows.

                    Is that a thing you do for other people, opening a pallet and making up small
                    boxes from it, with the lids taped and our ribbon round them? And if it is, how
                    much would you take for each, supposing {boxes} a month? Nothing is to be opened
                    or moved on the strength of this, we are only turning the idea over.

                    The family sits down to it after church, on the first Sunday that they can all
                    manage. If I hear by Friday {d25} you are well in time, and a guess with a
                    margin is better than silence.

                    With good wishes,
                    {person3}
                    Office, {firm}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="customer_care",
                facts=facts(
                    "{short} | office {olddomain}",
                    "small boxes | mixed boxes | small mixed | boxes twelve | boxes dozen | repack "
                    "| repacking | repacked | splitting pallets",
                    "hijacked | stolen | compromised | hacked | taken over | crooks | thieves",
                ),
                reference_summary=(
                    "The hijacked mailbox of {short} asks what we would charge for making up"
                    " {boxes} small boxes a month, answer by {d25}."
                ),
                about=(
                    "{firm} {person3} farm shops old account price cost quote mixed twelve pallets "
                    "splitting monthly enquires receive we'd bin comes boxes box packing dozen"
                ),
                memoryless=("normal", "customer_care"),
            ),
            why=(
                "Rule 10 and Rule 7: the address has sent fraud, and {short} writes from "
                "another domain only. Not normal although the question is harmless. "
                "Customer_care would have given the price (Rule 16), not cold_store: nothing"
                " is to be touched yet."
            ),
        ),
    ),
)
