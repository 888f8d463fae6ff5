"""Twins: two mails alike, and one detail that changes label or team."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="trailer-swap",
    slots={
        "firma, shorta, domaina": (
            ("Pengelly Box Haulage", "Pengelly", "pengellybox.example"),
            ("Wintersett Roadfreight", "Wintersett", "wintersettroad.example"),
            ("Lomondside Artics", "Lomondside", "lomondsideartics.example"),
            ("Saltburn Cold Lines", "Saltburn", "saltburncoldlines.example"),
            ("Appletreewick Carriage", "Appletreewick", "appletreewickcarriage.example"),
        ),
        "firmb, shortb, domainb": (
            ("Corrigall Tractors", "Corrigall", "corrigalltractors.example"),
            ("Hexworthy Transit", "Hexworthy", "hexworthytransit.example"),
            ("Dunnockshaw Fridges", "Dunnockshaw", "dunnockshawfridges.example"),
            ("Marrick Long Haul", "Marrick", "marricklonghaul.example"),
            ("Yewbarrow Express", "Yewbarrow", "yewbarrowexpress.example"),
        ),
        "placea, placeb": (
            ("Gorsley services", "Thornwick services"),
            ("Elmhurst lay-by", "Kirkland lay-by"),
            ("Hobble Hill truck stop", "Fleetham truck stop"),
            ("Cawood weigh station", "Barrowby weigh station"),
            ("Sedgeley wharf", "Malham wharf"),
        ),
        "t1, t2, t3, t4": (
            ("41", "58", "63", "72"),
            ("44", "51", "67", "79"),
            ("46", "53", "61", "75"),
            ("48", "55", "69", "77"),
            ("43", "57", "64", "71"),
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domaina}>",
                subject="Re: Swap at {placea}",
                timestamp="{d3.iso}T13:20:00",
                thread_history=(
                    cleandoc("""
                        From: {person2} <{person2.mailbox}@kestrelmoor.example>, Mon {d0} 2026 09:10
                        Morning {person1.first}, to get your {t1} and our {t2} back to their own
                        stables, may we say {placea}, Wednesday {d16} at 10:00? {person2.first}
                    """),
                    cleandoc("""
                        From: {person1} <{person1.mailbox}@{domaina}>, Mon {d0} 2026 16:40 I put it
                        before the yard and come back to you. {person1.first}
                    """),
                ),
                body=cleandoc("""
                    {person2.first},

                    pardon the silence. Our yard is run by {person3}, and {person3.first} only reads
                    mail when it rains. Here is what came of it, scribbled on the back of a
                    dentist's bill:

                    Your Wednesday {d16}, ten o'clock, found nobody against it, and {placea}
                    neither. The two who will be at the wheel, yours and mine, have it from me, they
                    sing in one choir. Your {person4.first} has it in the book at your end, I held
                    the line and listened to the pen. So {t1} rolls home to us and {t2} to you, bare
                    inside and hosed, papers in the usual pocket.

                    The choir gives its requiem tomorrow, Friday {d4}, at 17:30. A court clerk sings
                    first tenor, a nurse the second, and I am told to bring a cushion.

                    {person1.first}
                    {firma}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="dispatch",
                facts=facts(
                    "{shorta} | {person1.last} | {placea} | {t1}",
                    "swap | exchange | trailers | trailer | vehicles | change hands",
                    "{d16}",
                    "confirmed | confirms | confirm | confirming | agreed | agrees | accepts | "
                    "accepted | consents | approved | stands | unchanged | booked | recorded | "
                    "drivers know",
                ),
                reference_summary=(
                    "{firma} confirm our proposal for exchanging the two trailers at "
                    "{placea} on {d16}; drivers and planning already know."
                ),
                about=(
                    "{t2} {person1} {person2} {person4} 10:00 ten diary sharp further rest easy "
                    "step"
                ),
            ),
            why=(
                "Rule 3: agreed as proposed, drivers and planning told, nothing left. Not "
                "normal although a date lies ahead. Not billing: the dentist's bill is only "
                "paper to write on (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person5} <{person5.mailbox}@{domainb}>",
                subject="Re: Swap at {placeb}",
                timestamp="{d9.iso}T14:35:00",
                thread_history=(
                    cleandoc("""
                        From: {person6} <{person6.mailbox}@kestrelmoor.example>, Fri {d4} 2026 08:25
                        Morning {person5.first}, to get your {t3} and our {t4} back to their own
                        stables, may we say {placeb}, Thursday {d17} at 11:00? {person6.first}
                    """),
                    cleandoc("""
                        From: {person5} <{person5.mailbox}@{domainb}>, Fri {d4} 2026 15:50 I put it
                        before the yard and come back to you. {person5.first}
                    """),
                ),
                body=cleandoc("""
                    {person6.first},

                    pardon the silence. Our yard is run by {person7}, and {person7.first} only reads
                    mail when it rains. Here is what came of it, scribbled on the back of a
                    dentist's bill:

                    Your Thursday {d17}, eleven o'clock, found a wedding against it and is gone;
                    {placeb} may stay. The two who would be at the wheel, yours and mine, have it
                    from me, they sing in one choir. Your {person8.first} has it out of the book at
                    your end, I held the line and listened to the rubber. From Monday {d21} our
                    whole week lies bare: pick whichever morning of it you like and let me hear.
                    Then {t3} rolls home to us and {t4} to you, bare inside and hosed, papers in the
                    usual pocket.

                    The choir gives its requiem tomorrow, Thursday {d10}, at 17:30. A court clerk
                    sings first tenor, a nurse the second, and I am told to bring a cushion.

                    {person5.first}
                    {firmb}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="dispatch",
                facts=facts(
                    "{shortb} | {person5.last} | {placeb} | {t3} | {firmb} not | {shortb} not | "
                    "{person5.last} not | {shortb} not make | {placeb} swap | {person5.first}",
                    "swap | exchange | trailers | trailer | not swap | not exchange | vehicles | "
                    "trading",
                    "{d21} | another day | new day | new date | different day | another date | "
                    "rearrange | rebook | reschedule | other date | different morning | propose "
                    "day | propose date",
                ),
                reference_summary=(
                    "{firmb} turned down our proposal for the trailer exchange at {placeb}; "
                    "we should name another day in the week beginning {d21}."
                ),
                about=(
                    "{t4} {person6} wedding prevents scuppers rendezvous planned suggested 11:00 "
                    "fresh pick choose forenoon onwards starting dispatch"
                ),
                stale=("{d17}",),
            ),
            why=(
                "Rule 6: the proposed day is void; Rule 2: we have to name a day about two "
                "weeks off. Not archive: a new day is still open. Not billing: the tyre bill"
                " is only paper to write on (Rule 14)."
            ),
        ),
    ),
)
