"""A problem opens, is reported again, and moves on."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="school-run",
    slots={
        "road, spot": (
            ("Cobbler Hill", "the bakery"),
            ("Priory Road", "the church hall"),
            ("Station Bank", "the florist"),
            ("Duckett Lane", "the bus shelter"),
            ("Hollin Way", "the swings"),
        ),
        "unit": ("HH-31", "HH-44", "HH-52", "HH-67", "HH-78", "HH-83"),
        "child": ("the twins", "my eldest", "my youngest", "the neighbour children", "my nephew"),
        "dashed": ("beige", "orange", "lilac", "maroon", "silver"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="My handheld {unit}",
                timestamp="{d0.iso}T09:05:00",
                body=cleandoc("""
                    I have to own up to something and I would rather do it in writing.

                    It is {person1.first} {person1.last}, picker, chamber {chamber1}. Friday I took
                    handheld {unit} home in my jacket without thinking. This morning I drove {child}
                    to my mother's, the sliding door of my {dashed} van does not close properly, and
                    somewhere on {road} the jacket went out of it. I turned round at {spot}. The
                    jacket lay in the road. The pocket was empty.

                    Inside the cover of {unit} is the folded list with the keypad numbers of the
                    alarm for all four gates, as we are not allowed to keep them on the wall. It
                    says Kestrelmoor on top. Anybody can read it. The handheld itself opens without
                    anything, it only shows the orders and which lorry they go on.

                    I am at my shift now and can be fetched from the aisle. Please change the
                    numbers before the building is empty tonight. I will pay for the device.

                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="security",
                facts=facts(
                    "{unit} | {person1.last} | {person1.first} | handheld | scanner",
                    "lost | fell | missing | dropped | loses | lose | gone",
                    "alarm | keypad | codes | code | gate",
                ),
                reference_summary=(
                    "Picker {person1} lost handheld {unit} on {road} this morning, together "
                    "with the list of alarm numbers, which must be changed by tonight."
                ),
                about=(
                    "{d0} {chamber1} chamber van jacket four folded inside building empty device "
                    "contain marked unlocked recode reset replace evening site pocket"
                ),
            ),
            why=(
                "Rule 1: whoever finds the list can open the gates tonight unless the "
                "numbers are changed. Not normal although it is quietly told. Not cold_store"
                " or people: a lost device and a leaked list are for security (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@kestrelmoor.example>",
                subject="Worried about {unit}",
                timestamp="{d2.iso}T17:10:00",
                body=cleandoc("""
                    Dear all,

                    I am {person2.first}, shift lead over the pickers, back today from two days at
                    home with a tooth. I have not slept well even so, and now I know why one has
                    such feelings.

                    {person1.first} from chamber {chamber1} told me over the soup that handheld
                    {unit} fell out of the van on {road} before work on Monday, and with it the
                    folded paper with the keypad numbers of the alarm for the gates. I went quite
                    cold. Somebody is walking about with that in a pocket, and it has our name on
                    it. They could come by night, past the trailers, and the whole store would stand
                    open to them. I keep thinking of the butter and the beef in those racks, and of
                    the empty aisles at three in the morning.

                    {person1.first} is a good worker, takes no day off and is ashamed enough. I felt
                    I could not go home without having written this down for you.

                    {person2.first} {person2.last}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="security",
                facts=facts(
                    "{unit} | {person1.last} | {person1.first} | {person2.last} | "
                    "{person2.first} | handheld | scanner",
                    "lost | fell | missing | dropped | loses | lose | loss | gone",
                    "reported before | reported earlier | earlier report | nothing new | nothing "
                    "fresh | no new | no fresh | adds nothing | nothing added | reported {d0} | "
                    "reported it on Monday | owned up | know",
                ),
                reference_summary=(
                    "Shift lead {person2} repeats the report about the lost handheld {unit} "
                    "and its list of alarm numbers; nothing is added."
                ),
                about=(
                    "{road} {chamber1} chamber van paper keypad gates codes worried concern fret "
                    "sheet device incident pass express pocket night"
                ),
                memoryless=("urgent", "security"),
            ),
            why=(
                "Rule 13: the same loss was reported on Monday, this adds nothing to do, so "
                "archive to the team of the first report. Not urgent although the fear is "
                "real. Not safety: the writer only imagines danger; nobody is hurt."
            ),
        ),
    ),
)
