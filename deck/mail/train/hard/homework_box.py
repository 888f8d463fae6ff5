"""Earlier mail proves who may write, and from where."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="homework-box",
    slots={
        "firm, short, domain, box": (
            (
                "Spindlecroft Tutors",
                "Spindlecroft",
                "spindlecrofttutors.example",
                "homework@spindlecroft-desk.example",
            ),
            (
                "Quoitring Academy",
                "Quoitring",
                "quoitringacademy.example",
                "homework@quoitring-hall.example",
            ),
            (
                "Larchamber Learning",
                "Larchamber",
                "larchamberlearning.example",
                "homework@larchamber-post.example",
            ),
            (
                "Chalkstead Courses",
                "Chalkstead",
                "chalksteadcourses.example",
                "homework@chalkstead-room.example",
            ),
            (
                "Inkhorn & Daughters",
                "Inkhorn",
                "inkhorndaughters.example",
                "homework@inkhorn-house.example",
            ),
        ),
        "learners, fee": (
            ("six", "£60.00"),
            ("seven", "£75.00"),
            ("nine", "£45.00"),
            ("five", "£80.00"),
            ("eleven", "£55.00"),
        ),
        "guests, dish": (
            ("forty", "smoked trout"),
            ("sixty", "cold salmon"),
            ("fifty", "potted shrimps"),
            ("seventy", "chicken in aspic"),
            ("thirty", "devilled eggs"),
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Reach truck, Tuesday",
                timestamp="{d3.iso}T14:20:00",
                body=cleandoc("""
                    Dear Kestrelmoor,

                    the good part first: all {learners} of yours got through the reach truck exam on
                    Tuesday {d1}, {person2} with the steadiest hands since we hung up the board.
                    Each went home with the card in a pocket, and {person3} in your office already
                    has the copies and has put them in everybody's folder.

                    It nearly did not happen. Our learners used to send their work to {box}, until
                    strangers got into it last week and wrote from there that Tuesday was off and a
                    new seat would be {fee}, in gift vouchers. We shut that box for good on Friday
                    {d-3}, and rang every learner at home the same evening, yours as well. No
                    voucher was bought, though one uncle had his coat on. From now on the work comes
                    in on paper, as under Caesar.

                    With that your {learners} are finished with us and we with them, the fees
                    included. It was a pleasure, apart from our coffee.

                    {person1}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="people",
                facts=facts(
                    "{short} | {learners} | {person2.last} | {person1.last} | {person1.first}",
                    "passed | passes | pass | success | successful | succeeded | got through | "
                    "qualified",
                    "mailbox | homework | box | hacked | compromised | vouchers | closed | shut",
                ),
                reference_summary=(
                    "{short} reports that our {learners} learners passed the reach truck "
                    "exam; its homework mailbox, abused by strangers, is closed and "
                    "everybody warned."
                ),
                about=(
                    "{firm} {person1} {person3} {box} {domain} {d1} {d-3} cards copies folders "
                    "filed fees settled paid people used old former misused abandoned records "
                    "certificates training gift"
                ),
            ),
            why=(
                "Rule 3: the exam is passed, the copies are filed and everyone has been "
                "warned; nothing is asked. Not security although a mailbox fell into strange"
                " hands: it was the college's own, and had our learners needed anything, "
                "their course is people's (Rule 14). Not spam: the partner's own domain."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{short} <{box}>",
                subject="A lunch in our hall",
                timestamp="{d10.iso}T15:35:00",
                body=cleandoc("""
                    Good afternoon,

                    on Friday {d32} we set a long table in our hall for the firms that come to us,
                    {guests} heads if they all turn up, with {dish} and three kinds of trifle. The
                    kitchen owns one fridge, and a third of that is the caretaker's ointment.

                    Somebody at the barber's had it that Kestrelmoor sets up a cold cabinet on feet
                    for days like that, and sends a cheerful soul along who explains to the guests
                    how a thing stays at four degrees all the way from the sea to the spoon. Is
                    there such an offer, is it also for people who keep no pallets with you, and
                    what would one day of it cost, roughly? If the barber dreamt it, then we buy ice
                    and nobody is cross.

                    We print the sheet with the names of our helpers after Monday {d28}, so until
                    then is fine. No shoes with heels, the floor is newly waxed.

                    {person4}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="customer_care",
                facts=facts(
                    "{short} | homework | mailbox | closed address | hijacked address | "
                    "{person4.last} | {person4.first}",
                    "cabinet | cabinets | fridge | hire | rent | rental | lend | price | cost | "
                    "costs | lunch | event",
                ),
                reference_summary=(
                    "The closed {short} mailbox, abused by strangers, asks what a cold "
                    "cabinet for a lunch on {d32} would cost; answer wanted by {d28}."
                ),
                about=(
                    "{firm} {person4} {box} {domain} hall table guests helper host attendant "
                    "display equipment refrigerated chiller staffed voucher used former old "
                    "account quote enquiry harmless presenter {guests} offer"
                ),
                memoryless=("normal", "customer_care"),
            ),
            why=(
                "Rule 10: strangers have sent fraud from this address and its owner shut it "
                "for good, so whatever comes from it is spam. Not normal although the "
                "question is harmless. Not people although the name is a course partner's: "
                "customer_care would have answered (Rule 16)."
            ),
        ),
    ),
)
