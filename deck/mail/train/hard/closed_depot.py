"""Earlier mail proves who may write, and from where."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="closed-depot",
    slots={
        "firm, short, domain, domain2, branch": (
            (
                "Dunsley Haulage",
                "Dunsley",
                "dunsley-haulage.example",
                "dunsleywest.example",
                "Thornaby",
            ),
            ("Airton Carriers", "Airton", "airtoncarriers.example", "airtonsouth.example", "Diss"),
            (
                "Wibsey Cold Freight",
                "Wibsey",
                "wibseyfreight.example",
                "wibseyeast.example",
                "Retford",
            ),
            (
                "Kilnsey Tramping",
                "Kilnsey",
                "kilnseytramping.example",
                "kilnseynorth.example",
                "Alness",
            ),
            (
                "Halton Gill Reefers",
                "Halton Gill",
                "haltongill.example",
                "haltongillcoast.example",
                "Seaham",
            ),
        ),
        "trailer, pallets": (
            ("HX 214", "24"),
            ("HX 307", "22"),
            ("HX 158", "26"),
            ("HX 431", "21"),
            ("HX 269", "25"),
        ),
        "town": ("Tamworth", "Goole", "Newark", "Consett", "Banbury"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Your two questions of this morning",
                timestamp="{d8.iso}T15:15:00",
                thread_history=(
                    cleandoc("""
                        From: {person2} <{person2.mailbox}@kestrelmoor.example>, Tue {d8} 2026 09:05

                        Where has {trailer} been since yesterday noon? And does it still change over
                        at {branch}, as my list says? {person2.first}
                    """),
                ),
                body=cleandoc("""
                    Hi {person2.first}

                    First one: trailer {trailer} was tipped in {town} at 16:40 yesterday, all
                    {pallets} pallets signed for, nothing wet, nothing broken. Your night desk has
                    had the paper since six. The driver was only late because of the works on the
                    ring road.

                    Second one: no, {branch} doesn't see your trailers any more. We shut that depot
                    at the end of last month, everybody there now works from here, and its telephone
                    numbers and its domain, {domain2}, have been let go. Whatever is still called
                    {branch} on your list is simply us.

                    Thursday's run stays as booked, 05:30 at your gate. The fuel clause we agreed in
                    spring is with your people.

                    Regards
                    {person1}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="dispatch",
                facts=facts(
                    "{short} | {person1.last} | {person1.first}",
                    "{trailer} | {pallets} pallets | {town} | tipped | delivered | unloaded",
                    "{branch} | depot | {domain2}",
                ),
                reference_summary=(
                    "{short} answers that trailer {trailer} was unloaded in {town} on Monday, and "
                    "that its {branch} depot has closed and {domain2} with it."
                ),
                about=(
                    "{firm} {person1} {person2} {d7} {domain2} 16:40 shut close signed complete "
                    "undamaged intact run thursday booked given up abandoned numbers moved "
                    "haulier carrier yesterday questions"
                ),
            ),
            why=(
                "Rule 3: two questions of ours are answered and the run stays as booked. Not "
                "normal although a run is to come: it is booked. Not legal although a clause is "
                "named: loads on the road are dispatch's (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{short}, {branch} <office@{domain2}>",
                subject="Dock {dock1}, somebody on the ramp",
                timestamp="{d10.iso}T16:35:00",
                body=cleandoc("""
                    Good afternoon,

                    {person3} from {firm}, {branch} depot. We go through our loading accidents once
                    a year, and one of the drivers has written that a person slipped on the ramp of
                    your dock {dock1} in the week of Monday {d-14}, while {trailer} stood there.
                    Nobody was hurt, the note says, and the ramp has been dry since.

                    Would you have a page about it in your accident book? A copy would help me, with
                    what was done afterwards, and the name of the one who wrote it so that I can
                    ring. I need it by Thursday {d17}, when the folder goes to our insurer.

                    Our driver got the {town} tip done by the way, thanks for the early slot.

                    Many thanks
                    {person3}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="safety",
                facts=facts(
                    "{short} | {branch} | {person3.last} | {person3.first}",
                    "dock {dock1} | ramp | slip | slipped | accident | accident book",
                    "closed | shut | {domain2} | domain | given up | abandoned | longer exists | "
                    "no longer | wrong address | foreign address | defunct | former",
                ),
                reference_summary=(
                    "From {domain2}, which {short} gave up with its closed {branch} depot, "
                    "somebody asks for our accident book's page on a slip at dock {dock1}."
                ),
                about=(
                    "{firm} {person3} {d17} {trailer} {d-14} loading record entry copy name "
                    "insurer impersonates posing pose carrier haulier poses person ramp colleague "
                    "details obtain wants exist real claims pretends"
                ),
                memoryless=("normal", "safety"),
            ),
            why=(
                "Rule 7: {short} wrote on Tuesday that the {branch} depot is shut and its domain "
                "let go, so this is a false identity. Not normal although the question is fair. "
                "What it asks for, a page of the accident book, safety would have given (Rule 16), "
                "not dispatch."
            ),
        ),
    ),
)
