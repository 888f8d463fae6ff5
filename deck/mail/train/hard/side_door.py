"""Earlier mail proves who may write, and from where."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="side-door",
    slots={
        "firm, short, domain, fake": (
            (
                "Emberley Extinguisher Care",
                "Emberley",
                "emberleycare.example",
                "emberley-sensors.example",
            ),
            ("Redcap Bottle Service", "Redcap", "redcapbottles.example", "redcap-fitters.example"),
            (
                "Hallowdene Hose & Bottle",
                "Hallowdene",
                "hallowdenehose.example",
                "hallowdene-works.example",
            ),
            (
                "Cindermoor Site Service",
                "Cindermoor",
                "cindermoorservice.example",
                "cindermoor-install.example",
            ),
            (
                "Brigandine Bottle Checks",
                "Brigandine",
                "brigandinechecks.example",
                "brigandine-group.example",
            ),
        ),
        "bottles": ("38", "43", "47", "52", "56"),
        "hour": ("19:00", "19:30", "20:00", "20:30", "21:00"),
        "aside": (
            "my new van has heated seats",
            "my lad has finally passed maths",
            "my back is much better",
            "the terrier stays at home this time",
            "the ladder is a longer one now",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Us again, for the red bottles",
                timestamp="{d2.iso}T07:15:00",
                body=cleandoc("""
                    Morning!!

                    {person1.first} here with the red bottles. HERE IT COMES ROUND AGAIN!!! I have
                    {bottles} extinguishers on my list for you, the powder ones along the docks, the
                    foam ones by the charging bay and the two in the accounts office that you hang
                    the coats on. Pins, hoses, gauges, new label, done. All in the service contract,
                    so not a penny on top and no bill.

                    I need somebody to walk me round for one hour, in the week from Monday {d21} to
                    Friday {d25}. Any day, any hour between eight and four, you choose. Drop me a
                    note some time next week which it is to be and I put you in the book. Should one
                    of them be blocked by pallets again I shall only sigh.

                    Oh, and {aside}.

                    Ta very much,
                    {person1.first}, {firm}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="safety",
                facts=facts(
                    "{short} | {person1.last} | {person1.first}",
                    "extinguishers | extinguisher | bottles | red bottles",
                    "{d21} | {d25} | between eight and four",
                ),
                reference_summary=(
                    "{firm} needs an hour's escorted access to check the extinguishers, any "
                    "day from Monday {d21} to Friday {d25}, and asks us to choose."
                ),
                about=(
                    "{bottles} {person1} service contract next walk round fire inspection "
                    "maintenance guide accompany appointment slot pick free charge cost extra "
                    "covered available person bill"
                ),
            ),
            why=(
                "Rule 2: choose an hour in a week still far off. Not urgent although it "
                "shouts (Rule 5). Not cold_store: checking extinguishers is for safety to "
                "arrange (Rule 14). Not billing: there is no bill."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@{fake}>",
                subject="Evening job, chamber {chamber1}",
                timestamp="{d10.iso}T14:05:00",
                body=cleandoc("""
                    Hello to the chamber crew,

                    {firm}, fitters. The new contacts for the side door of chamber {chamber1} have
                    come in this morning, the kind that tells your screen how long the thing has
                    stood open. We would screw them on after your last lorry is out, on Thursday
                    {d24}, {hour}, so that none of your lot has to climb round our steps.

                    Would you leave that door off the latch when you knock off that day? Two of us,
                    forty minutes, and we pull it to behind us. It saves somebody sitting up for us,
                    and overtime is dear enough. Just let me know in the course of next week whether
                    the evening suits you.

                    Bye for now,
                    {person2}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="cold_store",
                facts=facts(
                    "{short} | {person2.last} | {person2.first} | fitters",
                    "unlocked | unlatched | unlock | off the latch | open door | door open | left "
                    "open | leave open | stay open | chamber {chamber1} open",
                    "chamber {chamber1} | {d24}",
                ),
                reference_summary=(
                    "Someone using the name of {firm} from another domain wants the side "
                    "door of chamber {chamber1} left unlocked on the evening of Thursday "
                    "{d24}."
                ),
                about=(
                    "{person2} {hour} {domain} {fake} contacts crew job lock shut close partner "
                    "real wrong impersonate counterfeit burglary break ruse unsupervised access "
                    "entrance refuse comply suppose sensor last lorry"
                ),
                memoryless=("normal", "cold_store"),
            ),
            why=(
                "Rule 7: the contractor writes from one domain only, known from the earlier "
                "mail; this is another. Not normal although modest and far off. Not "
                "security: the crew of the chamber would have left the door open (Rule 16)."
            ),
        ),
    ),
)
