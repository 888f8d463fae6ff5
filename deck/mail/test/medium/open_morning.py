"""A thread whose newest message decides."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="open-morning",
    slots={
        "guests": (
            "the twinning club",
            "the bell-ringers",
            "the parish council",
            "the sewing circle",
            "the brass band",
            "the allotment society",
        ),
        "old, new": (("33", "46"), ("36", "52"), ("38", "57"), ("34", "49"), ("41", "60")),
        "treat": (
            "cheese straws",
            "mini trifles",
            "fish finger rolls",
            "sausage rolls",
            "sorbet cups",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="Re: Open morning",
                timestamp="{d9.iso}T11:50:00",
                thread_history=(
                    cleandoc("""
                        From: {person1} <{person1.mailbox}@kestrelmoor.example>, Fri {d4} 2026 09:12

                        Hello {person2.first}, {guests} would love to see where the ice cream
                        sleeps. It is settled for Friday {d18}, ten o'clock, {old} of them. They
                        each need one of your day tokens for the turnstile, made out in advance, or
                        we will be there till tea.
                        {person1.first}
                    """),
                    cleandoc("""
                        From: {person2} <{person2.mailbox}@kestrelmoor.example>, Mon {d7} 2026 14:40

                        {old} it is then, for {d18}. You will find them in a biscuit tin at the
                        lodge. I do need to know if the date moves, since each one opens the gate on
                        its own day only. {person2.first}
                    """),
                ),
                body=cleandoc("""
                    {person2.first}, sit down and have a biscuit before you read on.

                    You know what it is like with clubs. One aunt tells another, and somebody had
                    overlooked that half of them are wanted at a wedding that Friday. So: {guests}
                    now come on Thursday {d24}, same hour, and there are {new} of them, names on the
                    sheet behind this mail. Whatever you have already put into the tin is of no use
                    to anybody, sorry, sorry.

                    Next week is soon enough for you to start, I should think, as long as the tin is
                    full on the evening before. The rest is arranged: the chamber tour with the
                    foremen, the coach with the transport people, and {person3} pays for the {treat}
                    out of the party money.

                    I owe you one. Two, by now.
                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="security",
                facts=facts(
                    "tokens | token | turnstile | passes | badges | day passes | visitor badges | "
                    "visitor passes | entry passes",
                    "{new}",
                    "{d24}",
                ),
                reference_summary=(
                    "{person1.first} needs {new} one-day turnstile tokens made out for "
                    "visitors who now come on Thursday {d24}."
                ),
                about=(
                    "{guests} {person1} {person2} visit moved postponed ten 10:00 evening ready "
                    "tin lodge gate names attached club people persons grown numbers fresh issue "
                    "valid prepared useless replacing"
                ),
                stale=("{d18}", "{old}"),
            ),
            why=(
                "Rules 2 and 6: the newest message replaces day and number, and there are "
                "more than ten working days. Not urgent although it is flustered. Not "
                "cold_store: the tour is arranged, the entry tokens are not (Rule 14)."
            ),
        ),
    ),
)
