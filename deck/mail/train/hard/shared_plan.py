"""Earlier mail proves who may write, and from where."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="shared-plan",
    slots={
        "firm, short, domain": (
            ("Glaisdale Herring Company", "Glaisdale", "glaisdaleherring.example"),
            ("Hopton Berry Farms", "Hopton", "hoptonberry.example"),
            ("Inverarn Shellfish", "Inverarn", "inverarnshellfish.example"),
            ("Jolby Frozen Veg", "Jolby", "jolbyfrozenveg.example"),
            ("Knapton Bread Rolls", "Knapton", "knaptonrolls.example"),
        ),
        "page": (
            "plan-viewer.example",
            "openshelf.example",
            "papercloud.example",
            "twofolders.example",
            "sheetroom.example",
        ),
        "goods": ("packed lunches", "fish cakes", "sorbet", "garlic bread", "frozen peas"),
        "doc": ("Route plan", "Loading plan", "Joint timetable", "Crate plan", "Dock plan"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="{doc}, second version",
                timestamp="{d0.iso}T10:50:00",
                body=cleandoc("""
                    Good morning to all at Kestrelmoor,

                    {person1.first} of {firm}. The second version of our "{doc}" is ready and we
                    have put it where both houses can look at it, so that nobody has to carry the
                    old one about in three colours.

                    You find it at https://{page}/plan-two. The page will ask who you are. Please
                    type in the name and the password with which you open your Kestrelmoor mail in
                    the morning; the page compares them and then shows the sheet. If it says that
                    they are wrong, simply type them once more, slowly.

                    It would help us if everyone in your office who has to do with our lorries and
                    our bills did this by Wednesday, so kindly pass the page round. You need not
                    write back to me, I see here who has been in.

                    The blind in our meeting room is fixed, next time you need not squint.

                    Best wishes from up the road,
                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="security",
                facts=facts(
                    "{short} | {person1.last} | {person1.first}",
                    "password | passwords | credentials | sign-in | sign-ins | login | logins",
                    "page | {page} | shared document | shared plan | document | plan | link | "
                    "website | site | timetable",
                ),
                reference_summary=(
                    "A mail from {short}'s address lures our staff into typing their "
                    "Kestrelmoor password on an outside page to see a plan."
                ),
                about=(
                    "{doc} {firm} {person1} name enter log email version office everyone forward "
                    "pass steal harvest grab revised people click open claim leave"
                ),
            ),
            why=(
                "Rule 4: asking our people for their own mail password on a foreign page is "
                "fraud, whoever's address it comes from. Not normal although the partner is "
                "real. Not dispatch: it is after sign-ins, so security (Rule 16)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="30 pallets",
                timestamp="{d8.iso}T16:05:00",
                body=cleandoc("""
                    Dear colleagues,

                    A short question from {firm}, no great matter. We are thinking of laying in a
                    little more than we can house ourselves, and before I draw it on the board for
                    the directors I should know what it would come to at yours.

                    It concerns 30 pallets of {goods}, single height, minus twenty, in all
                    likelihood for ten weeks. What would you take per pallet and week, what for
                    bringing in and taking out, and is the wrapping included or not? A figure on
                    half a page is enough, nobody needs a brochure.

                    The directors sit together on Monday {d28}. If I have something in hand by then
                    I am content; if it is rough, I write "rough" next to it. The gulls on our roof
                    send their regards to your drivers.

                    Yours,
                    {person1.first} {person1.last}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="customer_care",
                facts=facts(
                    "{short} | {person1.last} | {person1.first}",
                    "price | prices | pricing | quote | quotation | rate | rates | cost | costs "
                    "| charge | charges | tariff",
                ),
                reference_summary=(
                    "The address at {short} that earlier sent a fraud now asks our rates for"
                    " storing 30 pallets, by {d28}."
                ),
                about=(
                    "{firm} {person1} {goods} ten storage wrapping minus frozen directors offer "
                    "issue steal tried untrustworthy page"
                ),
                memoryless=("normal", "customer_care"),
            ),
            why=(
                "Rule 10: this very address sent the page that was after our passwords; "
                "whatever it sends later is spam. Not normal although the question is "
                "harmless. Quotes would be customer_care's (Rule 16)."
            ),
        ),
    ),
)
