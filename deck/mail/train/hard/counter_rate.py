"""A condition that an earlier mail set is met by a later one."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="counter-rate",
    slots={
        "firm, short, domain": (
            ("Thirlstane Care Catering", "Thirlstane", "thirlstanecare.example"),
            ("Wexcombe Hospital Meals", "Wexcombe", "wexcombemeals.example"),
            ("Hebbleroyd School Kitchens", "Hebbleroyd", "hebbleroydkitchens.example"),
            ("Marrock Prison Catering", "Marrock", "marrockcatering.example"),
            ("Ashgill County Larders", "Ashgill", "ashgill-larders.example"),
        ),
        "tender": ("T-2207", "T-2341", "T-2418", "T-2093", "T-2186"),
        "pallets, high, low": (
            ("340", "£2.85", "£2.62"),
            ("280", "£3.10", "£2.88"),
            ("460", "£2.74", "£2.55"),
            ("410", "£2.96", "£2.70"),
            ("375", "£3.24", "£2.97"),
        ),
        "month": ("January", "February", "November", "December", "March"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="{tender}, your papers",
                timestamp="{d1.iso}T10:20:00",
                body=cleandoc("""
                    Dear {person2},

                    Yes, the insurance certificate reached us on Thursday, and the temperature
                    records for {month} came with it. Your bid under {tender}, {pallets} pallets at
                    {high} per pallet and week, is therefore complete and lies with the other three.

                    The committee sits on Tuesday {d8}. Until then I shall hear nothing myself, and
                    bidders cannot add to what they have handed in. It may afterwards name a figure
                    of its own to one bidder. Under section 6 of the conditions that bidder has
                    until 12:00 on the working day after the figure goes out. Whoever has not
                    replied by then is out, and the next in line is asked.

                    Your drivers found the new loading bay, I gather.

                    Kind regards
                    {person1}
                    Purchasing, {firm}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="customer_care",
                facts=facts(
                    "{short} | {tender} | {person1.last} | {person1.first}",
                    "complete | insurance | certificate | papers | documents | records | "
                    "received | arrived | reached | everything for {tender} | whole bid",
                    "{d8} | tuesday | committee",
                ),
                reference_summary=(
                    "{short} has received our certificate, so the bid under {tender} is complete; "
                    "its committee decides on Tuesday {d8}."
                ),
                about=(
                    "{firm} {person1} {person2} {pallets} {high} {month} temperature tender offer "
                    "storage rate meets sits sit decision figure bidders section 6 conditions "
                    "afterwards counter-offer 12:00 purchasing hand submit submitted acknowledge "
                    "bid documents added last pallet next working counter-figure weekly come "
                    "thereafter competitors"
                ),
            ),
            why=(
                "Rule 3: our question is answered, the bid is complete and cannot be added to; "
                "what the committee may do afterwards has not happened. Not normal although a "
                "meeting has a date: it is theirs. Not legal: an offer for storage is a quote "
                "(Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="{tender}, committee",
                timestamp="{d8.iso}T15:50:00",
                thread_history=(
                    cleandoc("""
                        From: {person2} <{person2.mailbox}@kestrelmoor.example>, Wed {d2} 2026 08:55
                        Good to know that it is all there. We stand by the {high}. Regards,
                        {person2.first}
                    """),
                ),
                body=cleandoc("""
                    Dear {person2},

                    The committee has met. Two members were held up by the roadworks, so it took
                    until three. Nobody had anything to say against your service, and the
                    temperature records were passed round with some respect.

                    The figure it names to you is {low} per pallet and week, from Monday {d35},
                    everything else as you offered it. I realise that this is a good deal below
                    {high}, and you will know best whether it can be done on {pallets} pallets. If
                    it can, a line from you is enough.

                    The minutes, with the names of all four bidders, will be public on Friday {d18}.
                    Your invoice for the trial week has been passed for payment.

                    Kind regards
                    {person1}
                    Purchasing, {firm}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="customer_care",
                facts=facts(
                    "{short} | {tender} | tender | bid | {person1.last} | {person1.first}",
                    "{low}",
                    "{d9} | wednesday | 12:00 | tomorrow | next working day | section 6",
                ),
                reference_summary=(
                    "{short} counters our bid under {tender} with {low} per pallet and week; "
                    "unless we accept by 12:00 on Wednesday, we are out."
                ),
                about=(
                    "{firm} {person1} {person2} {pallets} {high} {d35} committee tender figure "
                    "rate storage below lower price offer instead agree yes lose drop section "
                    "working decide decision bidder next line counter-offer purchasing noon"
                ),
                memoryless=("normal", "customer_care"),
            ),
            why=(
                "Rule 1: the conditions told of earlier give the bidder until 12:00 on the working "
                "day after the figure goes out, which is Wednesday {d9}; then the contract is "
                "lost. Not normal although this mail names only later days. Not billing or legal: "
                "whether we take a rate is a quote, customer_care's (Rule 14)."
            ),
        ),
    ),
)
