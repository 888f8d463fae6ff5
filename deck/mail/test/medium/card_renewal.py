"""Twins: two mails alike, and one detail that changes label or team."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="card-renewal",
    slots={
        "office, short, domain": (
            ("Slievanar Driver Card Office", "Slievanar", "slievanarcards.example"),
            ("Dooncarrick Driver Card Office", "Dooncarrick", "dooncarrickcards.example"),
            ("Loughveery Driver Card Office", "Loughveery", "loughveerycards.example"),
            ("Castlemorrin Driver Card Office", "Castlemorrin", "castlemorrincards.example"),
            ("Annaghbrae Driver Card Office", "Annaghbrae", "annaghbraecards.example"),
        ),
        "page": ("four", "five", "six", "seven", "nine"),
        "snack": ("a cold tea", "half a bun", "a boiled egg", "an orange", "a heel of bread"),
        "other_office, other_short, other_domain": (
            ("Gortnavea Driver Card Office", "Gortnavea", "gortnaveacards.example"),
            ("Rathbrisca Driver Card Office", "Rathbrisca", "rathbriscacards.example"),
            ("Moyderrow Driver Card Office", "Moyderrow", "moyderrowcards.example"),
            ("Fenaghlea Driver Card Office", "Fenaghlea", "fenaghleacards.example"),
            ("Portvarragh Driver Card Office", "Portvarragh", "portvarraghcards.example"),
        ),
        "other_page": ("two", "three", "eight", "ten", "twelve"),
        "other_snack": (
            "a cold coffee",
            "half a scone",
            "a wet biscuit",
            "an apple",
            "a bag of crisps",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Re: Card of {person2}, page {page}",
                timestamp="{d2.iso}T10:25:00",
                thread_history=(
                    cleandoc("""
                        From: {person1} <{person1.mailbox}@{domain}>, Tue {d-6} 2026 10:12 Dear
                        {person3.first}, the bundle for the new card of {person2} is here. Page
                        {page}, on which you as the employer have your say, came empty. May we have
                        it by Thursday {d17}?
                    """),
                    cleandoc("""
                        From: {person3} <{person3.mailbox}@kestrelmoor.example>, Wed {d-5} 2026
                        16:40 Thank you, {person1.first}. We will sit down over it with
                        {person2.first} in good time.
                    """),
                ),
                body=cleandoc("""
                    Hello {person3.first}, and whoever else is reading,

                    Me again from {office}, with {snack} and a list of names in front of me. What I
                    last told you about page {page} of {person2} you may forget. The machine that
                    prints the cards is going off to be mended, everybody's turn has moved with it,
                    and nobody asked me. I empty the tray tomorrow, Thursday {d3}, when the church
                    here strikes twelve for lunch, and not again before Monday {d28}. A page that
                    lies in it by then, filled in and with your house's name under it, goes through.
                    One that comes later goes under a very tall pile, and the card {person2.first}
                    has now is good up to Friday {d4}; afterwards {person2.first} may wash a lorry
                    but not move one.

                    A scan will do. The money came with the first sheet, so leave that be. Use the
                    round stamp; the square one is for claims about spoilt herring, don't ask me
                    why.

                    All the best from the second floor,
                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="people",
                facts=facts(
                    "{person2.last} | {person2.first} | {short}",
                    "employer page | employer section | employer part | employer form | stamped | "
                    "stamp | signed page | page signed | signed part | completed",
                    "noon | 12:00 | midday | tomorrow twelve",
                ),
                reference_summary=(
                    "{office} needs the employer's page of {person2}'s card application, "
                    "signed, by noon tomorrow, or {person2.first} cannot drive."
                ),
                about=(
                    "round stamped {d4} scan {person1} filled machine prints moved late expires "
                    "valid current completed section part return reach advanced jumped forward "
                    "fine means page {page} form employer signed card {d3} "
                ),
                stale=("{d17}",),
            ),
            why=(
                "Rule 1 and Rule 6: the newest date, tomorrow noon, binds, and a driver "
                "would have to stop. Not normal although the thread had weeks. Not dispatch:"
                " the employer's page is personnel work (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person4} <{person4.mailbox}@{other_domain}>",
                subject="Re: Card of {person5}, page {other_page}",
                timestamp="{d8.iso}T14:50:00",
                thread_history=(
                    cleandoc("""
                        From: {person4} <{person4.mailbox}@{other_domain}>, Mon {d0} 2026 09:31 Dear
                        {person6.first}, the bundle for the new card of {person5} is here. Page
                        {other_page}, on which you as the employer have your say, came empty. We
                        must have it by Wednesday {d9}.
                    """),
                    cleandoc("""
                        From: {person6} <{person6.mailbox}@kestrelmoor.example>, Tue {d1} 2026 11:05
                        Thank you, {person4.first}. That is tight for us, but we will sit down over
                        it with {person5.first}.
                    """),
                ),
                body=cleandoc("""
                    Hello {person6.first}, and whoever else is reading,

                    Me again from {other_office}, with {other_snack} and a list of names in front of
                    me. What I last told you about page {other_page} of {person5} you may forget.
                    The machine that prints the cards has come back from being mended, everybody's
                    turn has moved with it, and nobody asked me. I empty the tray on Monday {d14},
                    when the church here strikes twelve for lunch, and no longer tomorrow, Wednesday
                    {d9}. A page that lies in it by then, filled in and with your house's name under
                    it, goes through. One that comes later goes under a very tall pile, and the card
                    {person5.first} has now is good up to Tuesday {d15}; afterwards {person5.first}
                    may wash a lorry but not move one.

                    A scan will do. The money came with the first sheet, so leave that be. Use the
                    round stamp; the square one is for claims about spoilt herring, don't ask me
                    why.

                    All the best from the ground floor,
                    {person4.first}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="people",
                facts=facts(
                    "{person5.last} | {person5.first} | {other_short}",
                    "employer page | employer section | employer part | employer form | stamped | "
                    "stamp | signed page | page signed | signed part | completed",
                    "noon Monday | noon {d14} | Monday noon | {d14} noon | {d14} 12:00 | midday "
                    "Monday | midday {d14} | {d14} midday",
                ),
                reference_summary=(
                    "{other_office} now gives us until noon on Monday {d14} to send the "
                    "employer's page of {person5}'s card application, signed, or {person5.first} "
                    "cannot drive."
                ),
                about=(
                    "round stamp {d15} noon scan copy {person4} filled name machine mended moved "
                    "put back lasts present current extended expires lapses runs complete section "
                    "papers licence arrive return suffices page {other_page} form employer signed "
                    "card {d14} Monday"
                ),
                stale=("{d9}",),
            ),
            why=(
                "Rule 2 and Rule 6: the newest date is Monday noon, the fourth working day on; "
                "only then would a driver have to stop. Not urgent although the thread named the "
                "next day, which is void. Not dispatch: the employer's page is personnel work "
                "(Rule 14)."
            ),
        ),
    ),
)
