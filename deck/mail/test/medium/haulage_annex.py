"""Twins: two mails alike, and one detail that says which of them is genuine."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="haulage-annex",
    slots={
        "firma, shorta, domaina, falsea": (
            ("Aldersyke & Bourne", "Aldersyke", "aldersyke-law.example", "aldersyke-laws.example"),
            ("Quarmby & Fold", "Quarmby", "quarmby-legal.example", "quarmby-legals.example"),
            (
                "Stanedge & Rowe",
                "Stanedge",
                "stanedge-counsel.example",
                "stanedge-counsels.example",
            ),
            (
                "Mawdsley & Thorne",
                "Mawdsley",
                "mawdsley-chambers.example",
                "mawdsley-chamber.example",
            ),
            (
                "Hawksclough & Day",
                "Hawksclough",
                "hawksclough-solicitors.example",
                "hawksclough-solicitor.example",
            ),
        ),
        "firmb, shortb, domainb": (
            ("Inglewhite & Moss", "Inglewhite", "inglewhite-law.example"),
            ("Cawthra & Penn", "Cawthra", "cawthra-legal.example"),
            ("Bleasdale & Wray", "Bleasdale", "bleasdale-counsel.example"),
            ("Uldale & Storey", "Uldale", "uldale-chambers.example"),
            ("Netherby & Crane", "Netherby", "netherby-solicitors.example"),
        ),
        "haula, haulb": (
            ("Ostrander Trucking", "Calderbrook Transport"),
            ("Redmire Tankers", "Holmrook Cartage"),
            ("Vasterby Lines", "Skirwith Lorries"),
            ("Camlin Overland", "Brigsteer Roads"),
            ("Jutland Crossings", "Tebay Hauliers"),
        ),
        "pagesa, pagesb": (("11", "14"), ("9", "13"), ("12", "17"), ("15", "10"), ("7", "16")),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{falsea}>",
                subject="Re: The annex for {haula}",
                timestamp="{d1.iso}T09:40:00",
                thread_history=(
                    cleandoc("""
                        From: {person2} <{person2.mailbox}@kestrelmoor.example>, Wed {d-12} 2026
                        14:05 Dear {person1.first}, many thanks for the main text with {haula}, with
                        which we can live. The annex on tolls and waiting hours was not behind it.
                        Is it still with you? Regards, {person2.first}
                    """),
                    cleandoc("""
                        From: {person1} <{person1.mailbox}@{domaina}>, Thu {d-11} 2026 10:30 Dear
                        {person2.first}, it is with our typist, who is with the dentist. You shall
                        have it from me in a week or two. Yours, {person1.first}, {firma}
                    """),
                ),
                body=cleandoc("""
                    Dear {person2.first},

                    The typist's tooth is out and so is the annex, the tail end of what you and
                    {haula} have promised one another. It has come to {pagesa} pages, most of them
                    on who pays whom for waiting hours at a ramp, with a table of tolls at the back.

                    What it wants now is a patient pair of eyes on your side, a pencil through
                    whatever the house could not live with, and the reader's two letters in every
                    margin. Then let the bundle find its way home to where this comes from by 16:00
                    on Thursday {d3}. Until that hour {haula} are bound to the main text; from then
                    on they may walk away from it, and I am told they would.

                    The tooth's empty chair is looked at once more tomorrow, Wednesday {d2}, at
                    08:30, so the telephone here may ring in vain.

                    Kind regards,
                    {person1.first} {person1.last}
                    {firma}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="legal",
                facts=facts(
                    "{haula} | annex | appendix | annexe | schedule | {pagesa} pages",
                    "initialled | initials | initial | returned | return | send back | sent back "
                    "| back {d3} | reviewed | sign {pagesa} pages | sign pages",
                    "posing {shorta} | posing {person1.first} | imitating | imitated | imitates | "
                    "impersonates | impersonating | impostor | lookalike | false identity | false "
                    "{person1.first} | false {shorta} | false domain | false address | fake "
                    "{shorta} | faker | misspelt | misspelled | letter off | last letter | "
                    "missing s",
                ),
                reference_summary=(
                    "Someone posing as {firma}, from a domain unlike that of the earlier "
                    "thread, wants the {haula} annex reviewed and returned by {d3}."
                ),
                about=(
                    "{person1} lawyers back sign read check tolls waiting hours margins instead "
                    "misses almost near copy last s using comply {falsea} {domaina} final lacking "
                    "wrong spelling addendum review bundle agreement {shorta} {person1.last} "
                    "contract pages posing"
                ),
            ),
            why=(
                "Rule 7: a partner writes from one domain only, and the newest message comes"
                " from another than the thread. Not normal although text and thread fit. Not"
                " dispatch: reviewing an annex is for legal (Rule 16)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person3} <{person3.mailbox}@{domainb}>",
                subject="Re: The annex for {haulb}",
                timestamp="{d8.iso}T10:15:00",
                thread_history=(
                    cleandoc("""
                        From: {person4} <{person4.mailbox}@kestrelmoor.example>, Tue {d-6} 2026
                        11:45 Dear {person3.first}, many thanks for the main text with {haulb}, with
                        which we can live. The annex on ferries and night hours was not behind it.
                        Is it still with you? Regards, {person4.first}
                    """),
                    cleandoc("""
                        From: {person3} <{person3.mailbox}@{domainb}>, Wed {d-5} 2026 16:20 Dear
                        {person4.first}, it is with our typist, who is with the optician. You shall
                        have it from me in a week or two. Yours, {person3.first}, {firmb}
                    """),
                ),
                body=cleandoc("""
                    Dear {person4.first},

                    The typist's glasses are in and so is the annex, the tail end of what you and
                    {haulb} have promised one another. It has come to {pagesb} pages, most of them
                    on who pays whom for night hours at a ramp, with a table of ferries at the back.

                    What it wants now is a patient pair of eyes on your side, a pencil through
                    whatever the house could not live with, and the reader's two letters in every
                    margin. Then let the bundle find its way home to where this comes from by 16:00
                    on Thursday {d10}. Until that hour {haulb} are bound to the main text; from then
                    on they may walk away from it, and I am told they would.

                    The left lens is looked at once more tomorrow, Wednesday {d9}, at 08:30, so the
                    telephone here may ring in vain.

                    Kind regards,
                    {person3.first} {person3.last}
                    {firmb}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="legal",
                facts=facts(
                    "{shortb} | {haulb}",
                    "initial | initialled | initials",
                    "return | returned | returns | send back | sent back | reach",
                    "{d10} | return Thursday | returned Thursday | back Thursday",
                ),
                reference_summary=(
                    "{firmb} ask us to go through the annex for {haulb}, initial its pages and "
                    "send it back by 16:00 on {d10}, while the haulier is bound."
                ),
                about=(
                    "{person3} lawyer solicitors read check review amend amendment changes mark "
                    "strike struck objectionable passages accept sign margins return ferries "
                    "night hours document main text withdraw free contract lost finished supply "
                    "put {person3.last} annex appendix annexe schedule {pagesb} pages"
                ),
            ),
            why=(
                "Rule 2: genuine, same domain as the thread, and the haulier is bound until "
                "Thursday 16:00, the second working day on. Not urgent although a contract may "
                "fall: the next working day is Wednesday. Not spam: nothing is false. Not "
                "dispatch: the haulage is the subject, the text is for legal (Rule 14)."
            ),
        ),
    ),
)
