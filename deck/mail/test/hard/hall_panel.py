"""What an engineer notes in passing makes a dark lamp matter two days later."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="hall-panel",
    slots={
        "firm, domain": (
            ("Aldermoss Fire Systems", "aldermossfire.example"),
            ("Petherick Alarms", "petherick-alarms.example"),
            ("Thornleigh Detection", "thornleighdetection.example"),
            ("Brackenhurst Fire Service", "brackenhurst-fire.example"),
            ("Oldcroft Alarm Engineers", "oldcroftalarms.example"),
        ),
        "heads, head": (("36", "14"), ("42", "27"), ("48", "31"), ("54", "9"), ("58", "22")),
        "packers": ("11", "13", "16", "18", "21"),
        "sheet": ("S 4417", "S 4602", "S 4835", "S 5120", "S 5378"),
        "start, spoken": (
            ("08:30", "half past eight"),
            ("09:00", "nine"),
            ("10:00", "ten"),
            ("10:30", "half past ten"),
            ("11:00", "eleven"),
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Sheet {sheet}, your packing hall",
                timestamp="{d1.iso}T16:20:00",
                body=cleandoc("""
                    Dear Sirs,

                    Attached is the sheet of today's visit to your packing hall. All {heads} smoke
                    heads and both bells were tried and answered. A cover and two fuses came out of
                    our van; the yearly contract pays for them. Was the dust in head {head} a
                    danger? It was this morning. It has been blown out and the head reads clean.
                    {person2} has signed the log book for you. We come again in half a year and
                    write to you before we do.

                    The label inside the door of the panel had faded, so we have put in a new one.
                    It says what the old one said: while the green lamp is lit the panel runs on the
                    mains; when it goes out the panel feeds on its battery, which lasts 48 hours.
                    After that the heads and bells are dead.

                    Yours faithfully
                    {person1}
                    Service engineer, {firm}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="safety",
                facts=facts(
                    "{firm} | {sheet} | smoke heads | smoke | {heads} | detectors | alarm | fire",
                    "tried | tested | test | passed | answered | checked | inspected | inspection "
                    "| visit | serviced | works | working | fine | in order | clean",
                    "lamp | battery | 48 hours | half a year | six months | packing hall | label",
                ),
                reference_summary=(
                    "{firm} tested all {heads} smoke heads and both bells in the packing hall "
                    "and found them working; without its green lamp the panel lasts 48 hours."
                ),
                about=(
                    "{person1} {person2} {head} dust blown cleaned fuses cover replaced contract "
                    "service engineer log book signed panel mains power green label next "
                    "visit completed detectors functioning two days runs"
                ),
            ),
            why=(
                "Rule 3: the visit is over, what was wrong has been put right and the next one is "
                "theirs to announce. Not normal although it asks a question, which it answers. "
                "Not billing: the contract pays; fire alarms are safety's (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person3} <{person3.mailbox}@kestrelmoor.example>",
                subject="Bits from the hall",
                timestamp="{d3.iso}T14:25:00",
                body=cleandoc("""
                    Hi,

                    bits from the packing hall, none of it exciting.

                    Second tape machine is back from repair and runs. Two stools are still missing,
                    I have asked around. The electrician was in on Wednesday for the sockets, and
                    from {spoken} that morning the green lamp on the fire panel by the stairs has
                    been out. The screen says all in order and the bells rang when we tried them
                    this noon, so I suppose it wants a new bulb or he left a breaker down. I can't
                    open the box, it needs one of you with the key. Whoever is down here next.

                    Tonight and Friday we pack through, {packers} of us, doors shut because of the
                    draught. I'm off from Monday {d7}, {person4} has my phone then.

                    {person3.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="safety",
                facts=facts(
                    "fire panel | alarm panel | panel | fire alarm | smoke",
                    "lamp | light | battery | mains | power | 48 hours | breaker",
                    "{d4} | Friday | tomorrow | {start}",
                ),
                reference_summary=(
                    "The fire panel's green lamp is out since Wednesday {start}, so its battery "
                    "dies on Friday {d4} at {start}, with {packers} people packing; restore mains."
                ),
                about=(
                    "{person3} {firm} {d2} packing hall stairs electrician sockets bulb bells "
                    "heads detectors dead lasts ends runs out lose protection night shift staff "
                    "key open box check two days off door shut current restored electricity "
                    "supply go first inside working workers alarms silent dark unprotected reset"
                ),
                memoryless=("normal", "safety"),
            ),
            why=(
                "Rule 1 with the first mail: a dark lamp means battery, 48 hours of it, so from "
                "Friday morning nothing warns the people in the hall. Not normal although the "
                "sender thinks of a bulb and the bells still ring. Fire is safety's (Rule 15)."
            ),
        ),
    ),
)
