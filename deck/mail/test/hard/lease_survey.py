"""A thread shows the one domain from which a partner writes."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="lease-survey",
    slots={
        "firm, short, domain, other": (
            ("Cawdale Estates", "Cawdale", "cawdale-estates.example", "cawdalehouse.example"),
            (
                "Netherwray Property",
                "Netherwray",
                "netherwray-property.example",
                "netherwrayoffice.example",
            ),
            (
                "Sallowbank Holdings",
                "Sallowbank",
                "sallowbank-holdings.example",
                "sallowbanksites.example",
            ),
            ("Grizemoor Lands", "Grizemoor", "grizemoor-lands.example", "grizemoorsurvey.example"),
            (
                "Torverby Premises",
                "Torverby",
                "torverby-premises.example",
                "torverbyestate.example",
            ),
        ),
        "law, lawdomain": (
            ("Askwith Penn", "askwithpenn.example"),
            ("Ludlam Creed", "ludlamcreed.example"),
            ("Birkby Stowe", "birkbystowe.example"),
            ("Hebblewhite Orr", "hebblewhiteorr.example"),
            ("Sugden Vail", "sugdenvail.example"),
        ),
        "hall": (
            "north hall",
            "canal hall",
            "rail hall",
            "west hall",
            "upper hall",
        ),
        "cost": (
            "£1,450.00",
            "£1,680.00",
            "£1,925.00",
            "£2,150.00",
            "£2,380.00",
        ),
        "clause, page": (
            ("14", "9"),
            ("17", "11"),
            ("19", "12"),
            ("21", "15"),
            ("23", "16"),
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{lawdomain}>",
                subject="Re: {hall}, five years",
                timestamp="{d0.iso}T10:15:00",
                thread_history=(
                    cleandoc("""
                        From: {person2} <{person2.mailbox}@{domain}>, Thu {d-4} 2026 16:50 To: {law}
                        Kestrelmoor are content with five years in the {hall} at the rent we spoke
                        of. Do send them the paper. I am back in the office on Wednesday. {person2},
                        {firm}
                    """),
                ),
                body=cleandoc("""
                    Dear Kestrelmoor,

                    I type for the partner who looks after {firm}, your landlord. See below for how
                    we come to write.

                    The lease for the {hall} has gone to you by courier today, in two copies.
                    Nothing in it differs from the last one but clause {clause} on page {page},
                    under which the tenant looks after the gutters. If your side can live with that,
                    both copies want initials on every page and a signature on the last, and one of
                    them has to be in this office by 17:00 on Wednesday {d2}. {firm} is bound by its
                    offer until that hour and has somebody else for the hall. If not, a line by then
                    saying what you would have in its place keeps the offer alive.

                    The present lease ends on {d42}, come what may. The courier is paid.

                    {person1}
                    secretary at {law}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="legal",
                facts=facts(
                    "{short} | {law} | {hall} | landlord",
                    "lease | tenancy | contract | clause {clause} | gutters",
                    "{d2} | 17:00 | Wednesday",
                ),
                reference_summary=(
                    "{law} want a copy of the five-year lease for the {hall} signed and "
                    "returned, or clause {clause} disputed, by 17:00 on {d2}, when the offer "
                    "lapses."
                ),
                about=(
                    "{person1} {person2} {firm} secretary partner solicitors lawyers courier two "
                    "copies initials signature sign initialled gutters upkeep tenant rent "
                    "renewal page {page} {d42} review back agree object alternative bound lapse "
                    "lapses disputed expires competitor"
                ),
            ),
            why=(
                "Rule 2: the landlord's offer binds until Wednesday 17:00, the second working "
                "day on. Not urgent although the hall may be lost then: the next working day is "
                "Tuesday. Not cold_store although a hall of the warehouse is let: a lease is for "
                "legal (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@{other}>",
                subject="The {hall}, before the surveyor comes",
                timestamp="{d9.iso}T17:10:00",
                body=cleandoc("""
                    Good afternoon,

                    {person2} here for {firm}, about the {hall} again. Now that we are to have you
                    for another five years, our surveyor would like to look at the floor and walls,
                    and I am drawing up what to look at first.

                    Could your people in the hall tell me which chambers stand full and which are
                    empty through the week of {d21}, what sort of goods lies in the full ones, and
                    when the day shift leaves and the night shift comes on? A sketch by hand is good
                    enough. The survey is on us, all {cost} of it.

                    I have a site meeting tomorrow and am out of reach until four; by Monday {d14}
                    at 12:00 is soon enough. The gutters are another matter and with the lawyers.

                    {person2}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="cold_store",
                facts=facts(
                    "{short} | {person2.last} | landlord",
                    "chamber | chambers | goods | stock | full | empty | occupancy",
                    "shift | shifts | changeover | {d14} | {d21} | hours",
                ),
                reference_summary=(
                    "Somebody posing as {person2} of {firm} from another domain asks which "
                    "chambers are full, of what, and when shifts change, by {d14}."
                ),
                about=(
                    "{hall} surveyor survey landlord goods stored occupied times staff night "
                    "{other} sketch visit {d21} wrong outside details disclose reconnaissance "
                    "pretends claiming {cost}"
                ),
                memoryless=("normal", "cold_store"),
            ),
            why=(
                "Rule 7: the thread of the lease shows that this landlord writes from another "
                "domain, and a partner has one only. Not normal although the survey sounds "
                "likely. Not security: what stands in the chambers is cold_store's to tell (Rule "
                "16)."
            ),
        ),
    ),
)
