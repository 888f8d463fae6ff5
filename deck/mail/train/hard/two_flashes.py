"""Earlier mail tells what a later one is a sign of."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="two-flashes",
    slots={
        "firm, short, domain": (
            ("Barforth Gates", "Barforth", "barforthgates.example"),
            ("Lanehead Barriers", "Lanehead", "lanehead-barriers.example"),
            ("Pinchbeck Turnstiles", "Pinchbeck", "pinchbeckturnstiles.example"),
            ("Hurstwood Way In", "Hurstwood", "hurstwoodwayin.example"),
            ("Stileman & Nephew", "Stileman", "stilemannephew.example"),
        ),
        "start": ("01:30", "02:00", "02:30", "03:00", "03:30"),
        "town": ("Hull", "Dover", "Carlisle", "Swansea", "Harwich"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="This morning at your gates",
                timestamp="{d8.iso}T14:05:00",
                body=cleandoc("""
                    Dear Kestrelmoor,

                    All four readers passed, the camera over the drivers' gate is clean again, and
                    the ten spare cards are back in the badge cupboard. Nothing will be charged.

                    You also wanted to know why that gate turned {person2} away on Monday. Neither
                    reader nor card was at fault, one red flash would have meant that. What
                    {person2} got was two, and two mean only this: before it opens, the gate looks
                    into your staff file, and the licence date there was in the past. It is put
                    right in that file and nowhere else. {person3} from your wages office typed in
                    the new date at 11:40, and at 11:45 {person2} was through.

                    The paint on the posts we leave to your builders, as ever.

                    Yours sincerely
                    {person1}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="security",
                facts=facts(
                    "{short} | {person1.last} | {person1.first}",
                    "gate | gates | readers | cards | {person2.last} | {person2.first}",
                    "licence date | licence | two red flashes | two flashes | double flash | "
                    "staff file | staff record",
                ),
                reference_summary=(
                    "{short} passed the readers and explains that the gate refused {person2} for "
                    "an old licence date in the staff file, which {person3} has corrected."
                ),
                about=(
                    "{firm} {person1} {d7} {d8} red two flashes mean one reader card fault fine "
                    "sound checked four spare badge cupboard cleaned expired outdated past out "
                    "updated wages office camera opens open 11:45 admitted charge free entry works "
                    "again turned away"
                ),
            ),
            why=(
                "Rule 3: the gates are in order, our question is answered, the date is corrected. "
                "Not normal, therefore. Readers, cards and camera are security's, which would "
                "act if anything were left of the visit (Rule 14), not people's."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person4} <{person4.mailbox}@kestrelmoor.example>",
                subject="gate",
                timestamp="{d10.iso}T17:10:00",
                body=cleandoc("""
                    Hello, here {person4}, nights. I write from the phone.

                    Since yesterday the drivers gate don't want me. I hold the card, it makes red,
                    then red again, and stays shut. I tried it clean, I tried it other side, same.
                    In the front door and at the diesel pump the card is good. Is not broken I
                    think. Until now I go in behind {person5} so the load for {town} was on time,
                    no problem, and tomorrow and Monday also we are two.

                    But from Tuesday {d15} I begin {start} alone, and in this hour nobody is there
                    who opens. So before Tuesday somebody should look at it. If you need me I have
                    the phone on after 15:00. All my papers I carry always with me.

                    Thank you
                    {person4.first}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="people",
                facts=facts(
                    "{person4.last} | {person4.first}",
                    "gate | two red flashes | two flashes | red twice | double red | licence date "
                    "| staff file",
                    "{d15} | tuesday | {start}",
                ),
                reference_summary=(
                    "The drivers' gate refuses {person4} with two red flashes, so the licence date "
                    "in the staff file needs correcting before Tuesday {d15}, {start}."
                ),
                about=(
                    "{person5} {d9} {d10} night driver card expired outdated past update renew "
                    "record file entry enter access alone shift shut open turned away rejects "
                    "denied locked out works elsewhere door pump since yesterday start starts "
                    "begins flash flashing means twice"
                ),
                memoryless=("normal", "security"),
            ),
            why=(
                "Rule 14: the mail of the gate's maker said that two red flashes mean a licence "
                "date in the staff file and nothing else, and that only the file can be put right; "
                "the staff's papers are people's work, not security's, who could do nothing at the "
                "gate. Rule 2: it is needed before Tuesday {start}, not urgent on a Thursday."
            ),
        ),
    ),
)
