"""Customers who call their claim settled: from the next mail on it is closed."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="shut-in-our-books",
        role="settlement",
        slots={
            "evening": (
                "trade evening",
                "suppliers' evening",
                "chamber of trade",
                "retirement do",
                "open evening",
            ),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="What we had claimed",
                    timestamp="{d0.iso}T07:50:00",
                    body=cleandoc("""
                        Good morning {person2.first},

                        the credit has come through, so our claim is settled as far as {customer} is
                        concerned and we've shut it in our books. Was it really no longer than that?
                        It felt it, but then I see only one end of such things. My colleague in
                        accounts says thank you as well.

                        Perhaps I'll see one or two of you at the {evening} on {d14}.

                        All the best
                        {person1}
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="customer_care",
                    facts=facts(
                        "{customer} | {person1.last}",
                        "claim settled | settled | settle | settlement | closed | close | "
                        "closure | resolved | concluded | shut",
                    ),
                    reference_summary=(
                        "{customer} has received the credit and considers its claim settled and "
                        "closed."
                    ),
                    about=(
                        "{person1} {person2} claim claims books came through thanks thankful "
                        "satisfied finished done acknowledges money received {evening} {d14} {d0} "
                        "work left arrived payment further credited"
                    ),
                ),
                why=(
                    "Rule 3: the claim is settled and nothing is asked. Customer care would act "
                    "on a claim (Rule 14). Not billing: the credit has come through. Not normal "
                    "for its question, which asks nothing."
                ),
            ),
        ),
    ),
    Carrier(
        name="yes-it-was-enough",
        role="settlement",
        slots={
            "meeting": (
                "directors' meeting",
                "board meeting",
                "partners' meeting",
                "monthly round",
                "managers' round",
            ),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Re: Is the matter closed for you?",
                    timestamp="{d0.iso}T16:35:00",
                    thread_history=(
                        cleandoc("""
                            From: {person2} <{person2.mailbox}@kestrelmoor.example>, {d-7.weekday3}
                            {d-7} 2026 11:05
                            Dear {person1.first}, what we agreed went to you last week. May we take
                            it that this is the end of your claim? {person2}
                        """),
                    ),
                    body=cleandoc("""
                        Dear {person2.first},

                        yes. The sum arrived, the last {meeting} accepted it in full, and with that
                        our claim against you is settled. {customer} has put the file away and
                        nothing further will come from us about it. I'd have written sooner, had our
                        system not been down for the better part of three days.

                        Kind regards
                        {person1}
                        {customer}
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="customer_care",
                    facts=facts(
                        "{customer} | {person1.last}",
                        "claim settled | settled | settle | settlement | closed | close | "
                        "closure | resolved | concluded | end of claim | finished | final | "
                        "ended",
                    ),
                    reference_summary=(
                        "{customer} answers that the agreed sum arrived and was accepted, and "
                        "that its claim is settled."
                    ),
                    about=(
                        "{person1} {person2} {meeting} claim payment money received full file "
                        "finished done closing acknowledges satisfied further hear follow sum "
                        "board final shut agreed accepts"
                    ),
                ),
                why=(
                    "Rule 3: the claim is settled and nothing more will come. Customer care would "
                    "act on a claim (Rule 14). Not normal: the question in the thread is answered "
                    "by this message (Rule 6)."
                ),
            ),
        ),
    ),
)
