"""Somebody counts the days as ever, after the bureau has moved the end of them."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="late-slips",
    slots={
        "firm, domain": (
            ("Averill Payroll", "averillpayroll.example"),
            ("Cottesbrook Bureau", "cottesbrook-bureau.example"),
            ("Dunmere Wages Service", "dunmerewages.example"),
            ("Hartwith Payroll", "hartwith-payroll.example"),
            ("Sallow Lane Bureau", "sallowlanebureau.example"),
        ),
        "hands": ("23", "26", "29", "32", "37"),
        "nights, amount": (
            ("three", "£84.00"),
            ("four", "£112.00"),
            ("five", "£140.00"),
            ("six", "£168.00"),
            ("seven", "£196.00"),
        ),
        "printer": ("200", "250", "300", "400", "500"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Hours for this month's run",
                timestamp="{d7.iso}T14:50:00",
                body=cleandoc("""
                    Hello all,

                    Thank you for the office hours, which were in on Friday and are entered. From
                    the night shift I have no sheets so far. It is {hands} people. The run starts on
                    Tuesday {d8} at 17:00, and whoever has no hours in it by then gets the basic
                    rate on Friday {d11} and the rest a month later. One scan of all the sheets is
                    enough, they needn't be typed.

                    The window for corrections to single slips shuts two days after the run, as you
                    know. We change over to another program this month and are slower, so this once
                    it stays open for all our clients until Tuesday {d15} at 12:00. Our bill for
                    {printer} printed slips went out separately.

                    Best wishes
                    {person1.first}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="people",
                facts=facts(
                    "night shift | night | nights | {hands}",
                    "sheets | sheet | hours | timesheets | timesheet | scan",
                    "{d8} | Tuesday | tomorrow | 17:00",
                ),
                reference_summary=(
                    "{firm} lacks the night shift's hours; unless the sheets arrive by 17:00 on "
                    "Tuesday {d8}, {hands} people get only basic pay on {d11}."
                ),
                about=(
                    "{person1} payroll bureau wages pay run starts missing scan staff workers "
                    "rate month corrections window open {d15} 12:00 rest underpaid short"
                ),
            ),
            why=(
                "Rule 1: without the sheets by Tuesday 17:00 the night shift goes short of its "
                "pay for a month. Not normal although the corrections have time. Not billing: "
                "pay of our own staff is for people (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@kestrelmoor.example>",
                subject="Standby money, {person3}",
                timestamp="{d9.iso}T08:35:00",
                body=cleandoc("""
                    Hi, it's {person2.first} from the late crew.

                    {person3} did {nights} nights of standby on the trailer yard and there is not
                    one of them on the slip, I have just been shown it. That's {amount} short. It is
                    my fault, the list was in my jacket. The dates are {d-14} and the ones right
                    after, I can bring the list up any time.

                    It wants to go to the bureau with the single corrections. Those shut two days
                    after the run same as every month, so by my reckoning that's tomorrow, Thursday
                    {d10}, and if it's not in we're into the month after and I'll never hear the end
                    of it. Can someone do it?

                    Next week's standby list is on its way to you, that one I have done.
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="people",
                facts=facts(
                    "{person3.last} | {person3.first} | standby",
                    "{amount} | {nights} nights | {nights} | correction | missing | short",
                    "{d15} | Tuesday | bureau | extended | payroll | window",
                ),
                reference_summary=(
                    "{person3} is {amount} short for {nights} standby nights; the correction must "
                    "reach the payroll bureau by 12:00 on Tuesday {d15}."
                ),
                about=(
                    "{person2} {firm} {d-14} slip pay wages list left out omitted forgotten "
                    "month late crew yard trailer supervisor window open extended "
                    "believes thinks submit add single"
                ),
                stale=("{d10}",),
                memoryless=("urgent", "people"),
            ),
            why=(
                "Rule 2 with the first mail: this once the bureau takes corrections until "
                "Tuesday of next week, the fourth working day on; only then is the money late. "
                "Not urgent although the sender reckons with tomorrow. Not billing: a slip of "
                "our own staff is for people (Rule 14)."
            ),
        ),
    ),
)
