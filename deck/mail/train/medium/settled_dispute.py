"""A thread whose newest message decides."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="settled-dispute",
    slots={
        "firm, short, domain": (
            ("Harcastle Penn Solicitors", "Harcastle", "harcastlepenn.example"),
            ("Ridout & Vane", "Ridout", "ridoutvane.example"),
            ("Moresby Clough Solicitors", "Moresby", "moresbyclough.example"),
            ("Tyndall Wray", "Tyndall", "tyndallwray.example"),
            ("Selby Orme Partners", "Selby", "selbyorme.example"),
        ),
        "client": (
            "Dovecote Ices",
            "Bramley Gelato",
            "Whinfell Sorbets",
            "Tansy Frozen Desserts",
            "Puckridge Ices",
        ),
        "amount, part": (
            ("£18,400.00", "£7,500.00"),
            ("£22,650.00", "£9,000.00"),
            ("£15,900.00", "£6,200.00"),
            ("£27,300.00", "£11,000.00"),
            ("£19,750.00", "£8,100.00"),
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Re: {client} v. Kestrelmoor, softened tubs",
                timestamp="{d8.iso}T16:15:00",
                thread_history=(
                    cleandoc("""
                        From: {person1} <{person1.mailbox}@{domain}>, Thu {d-11} 2026 15:22 We act
                        for {client}. Under clause 14 of the storage contract your company owes our
                        client {amount} for tubs which softened in your keeping. Unless that sum is
                        received by Wednesday {d9} we are instructed to bring the matter before the
                        county court without further letter.
                    """),
                    cleandoc("""
                        From: {person2} <{person2.mailbox}@kestrelmoor.example>, Tue {d1} 2026 09:48
                        Clause 14 has a second paragraph, which your letter leaves out. We dispute
                        the sum and the date. That said, neither of us wants a judge to taste the
                        tubs. I propose that we talk.
                    """),
                ),
                body=cleandoc("""
                    {person2.first},

                    Done, then. Both signatures are on the settlement, {part} came through on
                    Monday, and I have withdrawn everything I had threatened you with. Pleasant to
                    end one of these with a handshake; my trainee was rather hoping for a hearing.

                    One crumb is left, and it isn't for lawyers. {client} would like to show their
                    own production people what a good day looks like, so I said I'd ask for a print
                    of the degree curve, midnight to midnight, of your room {chamber1} for Thursday
                    {d-4}. I gather whoever minds the cooling can run it off the recorder with two
                    clicks. A plain sheet will do, no stamp, no covering statement, nobody's going
                    to argue over it. If it is here by Friday {d25} they have it in time for their
                    works tour.

                    Mine's a half, if we ever meet.

                    {person1.first}, {firm}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="cold_store",
                facts=facts(
                    "{client} | {short} | {person1.last} | {person1.first}",
                    "curve | temperature | chart | graph | print | printout | recorder | chamber "
                    "{chamber1} | room {chamber1}",
                    "{d25} | {d-4}",
                ),
                reference_summary=(
                    "The dispute is settled; {client} only wants a printed temperature curve"
                    " of chamber {chamber1} for {d-4}, by {d25}."
                ),
                about=(
                    "{firm} solicitor lawyer withdrawn {part} paid amicably concluded lawsuit "
                    "quarrel works tour plain uncertified stamp midnight full throughout record "
                    "warmth merely arrive reach covets"
                ),
                stale=("{d9}",),
            ),
            why=(
                "Rule 6: the newest message ends the dispute and voids the court date; what "
                "is left is a print with weeks to go (Rule 2). Not urgent. Not legal "
                "although lawyers write: the cold store has the curve (Rule 14)."
            ),
        ),
    ),
)
