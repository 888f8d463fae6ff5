"""Earlier mail proves who may write, and from where."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="ended-fitter",
    slots={
        "firm, short, domain, fitter, brief, fitterdomain": (
            (
                "Calverhow Optics",
                "Calverhow",
                "calverhow-optics.example",
                "Redmile Fitting",
                "Redmile",
                "redmilefitting.example",
            ),
            (
                "Lingbob Vision",
                "Lingbob",
                "lingbobvision.example",
                "Oakworth Installs",
                "Oakworth",
                "oakworthinstalls.example",
            ),
            (
                "Tewit Recorders",
                "Tewit",
                "tewitrecorders.example",
                "Sallis & Son",
                "Sallis",
                "sallisandson.example",
            ),
            (
                "Wathgill Video",
                "Wathgill",
                "wathgillvideo.example",
                "Pellmire Mounting",
                "Pellmire",
                "pellmiremounting.example",
            ),
            (
                "Scotforth Lens",
                "Scotforth",
                "scotforthlens.example",
                "Brayton Ladderwork",
                "Brayton",
                "braytonladderwork.example",
            ),
        ),
        "sum, labour": (
            ("£3,480.00", "£910.00"),
            ("£2,760.00", "£745.00"),
            ("£4,115.00", "£1,080.00"),
            ("£3,925.00", "£860.00"),
            ("£2,290.00", "£615.00"),
        ),
        "number": ("fourteen", "eleven", "sixteen", "twelve", "nineteen"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Two papers for one job",
                timestamp="{d2.iso}T09:20:00",
                body=cleandoc("""
                    Dear colleagues,

                    I have been reconciling your account and something doesn't add up, our fault
                    rather than yours. For the {number} yard cameras we sent you {sum} under PO
                    {po1}, labour included. I now learn that {fitter}, who put them up for us, sent
                    you {labour} for the same labour under the same number. Neither is payable
                    before Monday {d21}.

                    Which of the two do your books show? If it is both I will deal with {brief} at
                    this end and you strike theirs out. I close your page on Friday {d4} at 16:00.
                    The discount on the {sum} is entered by then or not at all, and without your
                    answer I cannot enter it.

                    We parted with {brief} on Monday. They act for us at no customer's any more,
                    whatever they say. Today's delivery of the spare housings is not affected.

                    Best wishes
                    {person1}, ledger, {firm}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="billing",
                facts=facts(
                    "{short} | {po1} | {person1.last} | {person1.first}",
                    "{labour} | twice | double | two invoices | two bills | which invoice | "
                    "which bill | duplicate",
                    "{d4} | friday | 16:00",
                ),
                reference_summary=(
                    "{short} asks by 16:00 on Friday {d4} which invoices we booked under PO {po1}, "
                    "since {fitter} charged {labour} again; otherwise our discount is lost."
                ),
                about=(
                    "{firm} {person1} {fitter} {brief} yard cameras books show labour billed bill "
                    "charge charged record recorded strike cancel closes subcontractor installer "
                    "ended parted acts authorised ledger discount rebate lose lost {sum} includes "
                    "again twice"
                ),
            ),
            why=(
                "Rule 2: a question about two bills, to answer by Friday 16:00, or a discount is "
                "lost; that is one working day later than the next. Not urgent, therefore. Not "
                "security although cameras are what was sold, nor legal: bills are billing's (Rule "
                "14). Not spam: the PO is quoted and nothing is demanded (Rule 8)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@{fitterdomain}>",
                subject="Yard cameras, the clean",
                timestamp="{d3.iso}T08:45:00",
                body=cleandoc("""
                    Morning,

                    {person2} at {fitter}. We look after your {number} yard cameras for {firm}, and
                    they have asked us to give the lot a clean and check the brackets, in the week
                    of Monday {d14}.

                    Two of them, at the gate and over the diesel pump, have to be off for about an
                    hour each. We would also want someone who can open the recorder cupboard and
                    leave it open for us while we are there. Which mornings would suit, and who
                    should our lads ask for? They bring their own ladder and have done the height
                    course.

                    Let me know by Thursday {d10} if you can, the rota goes up on the Friday.
                    There's no charge to you, it comes under what {short} pays us.

                    Cheers
                    {person2}
                    {fitter}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="security",
                facts=facts(
                    "{brief} | {person2.last} | {person2.first}",
                    "camera | cameras | recorder | cupboard",
                    "{short} ended | {short} parted | parted | no longer | ended | dropped | "
                    "dismissed | stopped | former | ex-fitter | without authority | not authorised "
                    "| no authority | falsely | false | pretends | pretending "
                    "| claims | claiming | claimed | poses | posing",
                ),
                reference_summary=(
                    "{fitter}, with whom {short} has parted, pretends to act for it and wants "
                    "cameras switched off and the recorder cupboard opened in the week of {d14}."
                ),
                about=(
                    "{firm} {person2} {d10} {number} yard clean cleaning brackets gate pump "
                    "hour access mornings maintenance contractor subcontractor installer behalf "
                    "acting represent"
                ),
                memoryless=("normal", "security"),
            ),
            why=(
                "Rule 4: {firm} said on Wednesday that {brief} acts for it no more, so whoever "
                "comes in its name has a false identity. Not normal although a clean of cameras is "
                "harmless in itself. Cameras are security's, which would have opened the cupboard "
                "(Rule 16); not people although a course is named."
            ),
        ),
    ),
)
