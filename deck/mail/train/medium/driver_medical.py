"""A thread whose newest message decides."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="driver-medical",
    slots={
        "firm, domain": (
            ("Tindale Works Health", "tindaleworkshealth.example"),
            ("Roundhay Lane Medicals", "roundhaylanemedicals.example"),
            ("Sowerfield Occupational", "sowerfieldoccupational.example"),
            ("Beckfoot Health at Work", "beckfoothealth.example"),
            ("Calderside Medicals", "caldersidemedicals.example"),
        ),
        "load": ("lasagne", "cream cakes", "kippers", "halloumi", "beef mince"),
        "snag": (
            "the radiator in our waiting room",
            "the lift",
            "our printer",
            "the car park barrier",
            "the fish tank pump",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="RE: {person3}, five-year medical",
                timestamp="{d9.iso}T14:20:00",
                thread_history=(
                    cleandoc("""
                        From: {person1} <{person1.mailbox}@{domain}>, Mon {d7} 2026 11:05 Five-year
                        medical for {person3}: we offer Thursday {d24} at 09:30. Will that do? The
                        present certificate runs on well past it.
                    """),
                    cleandoc("""
                        From: {person2} <{person2.mailbox}@kestrelmoor.example>, Mon {d7} 2026 15:40
                        That will do nicely. I keep everybody's folders and days at home here, so
                        write to me and I will tell {person3.first}.
                    """),
                ),
                body=cleandoc("""
                    Dear {person2.first},

                    I must take back what I wrote on Monday. I had a stranger's folder in front of
                    me. Forget {d24}: on the stroke of midnight tonight the certificate of
                    {person3} is so much paper, and {person3.first} is not to sit behind a wheel
                    again until a doctor has put a name to a new one.

                    When I phoned to apologise I heard that {person3.first} sets off five hours
                    after that, at 05:00, with {load}. Our evening doctor has one chair free, at
                    19:00, and I have pencilled the name in, but I cannot let anybody sit in it
                    without a word and the form from you, who keep the folders. Should that not
                    suit, write {person3.first} down for a day at home and let somebody else get up
                    at four.

                    Ring or write, I am here until eight, in spite of {snag}, which makes a noise
                    until the mechanic comes on Monday {d28}.

                    Sincerely,
                    {person1}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="people",
                facts=facts(
                    "{person3.last} | {person3.first}",
                    "certificate | medical | driving licence | fitness",
                    "19:00 | tonight | midnight | {d9} | 05:00",
                ),
                reference_summary=(
                    "{person3.last}'s medical certificate to drive ends at midnight: confirm"
                    " the 19:00 doctor tonight or give tomorrow's 05:00 run to somebody "
                    "else."
                ),
                about=(
                    "{person1} {person2} {firm} form {load} evening appointment slot confirmation "
                    "approve arrange furnish substitute forbid expires dies error correcting "
                    "folder"
                ),
                stale=("{d24}",),
            ),
            why=(
                "Rule 1 with Rule 6: the later date is void, the certificate ends today and "
                "the 05:00 run stands. Not normal: only the void date was far. Not dispatch:"
                " the form, the licence papers and the day off are for people (Rule 14)."
            ),
        ),
    ),
)
