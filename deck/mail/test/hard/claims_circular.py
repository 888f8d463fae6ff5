"""A day that only a false circular set worries a customer who asks for something real."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="claims-circular",
    slots={
        "falsedomain": (
            "kestrelmoorclaims.example",
            "kestrelmoorforms.example",
            "kestrelmoorcustomers.example",
            "kestrelmoorfiles.example",
            "kestrelmooronline.example",
        ),
        "firm, domain": (
            ("Hallatrow Foods", "hallatrowfoods.example"),
            ("Linley Brothers", "linleybrothers.example"),
            ("Pensford Catering", "pensford-catering.example"),
            ("Stowell Delicatessen", "stowelldelicatessen.example"),
            ("Yatton Fine Foods", "yatton-finefoods.example"),
        ),
        "goods": ("butter", "cream cheese", "chilled soup", "pork pies", "smoked trout"),
        "cartons, amount": (
            ("12", "£286.40"),
            ("14", "£318.50"),
            ("17", "£402.90"),
            ("21", "£511.35"),
            ("23", "£574.20"),
        ),
        "claim": ("C 3071", "C 3148", "C 3290", "C 3417", "C 3562"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="Kestrelmoor Claims Office <office@{falsedomain}>",
                subject="The claims book is moving",
                timestamp="{d0.iso}T14:40:00",
                body=cleandoc("""
                    To all customers and colleagues

                    The old claims book of Kestrelmoor Chilled Logistics is being closed and its
                    contents go into a new one. So that nothing is left behind, each of you goes
                    through the page once:

                    https://{falsedomain}/move

                    Put in the name and the password that you use for the stock screen and press
                    Carry over. It takes two minutes. The old book can be read until then.

                    Claims that have not been carried over by Thursday {d3} at 12:00 are struck out.
                    {person1} at the office is glad to help with questions until 17:00 on any day.

                    Claims Office
                    Kestrelmoor Chilled Logistics
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="security",
                facts=facts(
                    "claims office | claims | claim | {falsedomain} | outside address",
                    "password | passwords | sign-in | sign-ins | login | logins | credentials",
                    "{d3} | Thursday | 12:00 | struck out | carry over | carried over | move | "
                    "moving | page | link",
                ),
                reference_summary=(
                    "Somebody at {falsedomain} poses as our claims office and wants stock screen "
                    "passwords typed into a page by Thursday {d3}, 12:00."
                ),
                about=(
                    "{person1} customers colleagues staff names book old closed struck out lost "
                    "threat link website foreign domain stolen harvest enter noon open migration "
                    "use using company people everyone save steals vanish transfer click sign"
                ),
            ),
            why=(
                "Rule 7: our people write from our own domain only. It is after passwords, so "
                "security gets it (Rule 16). Not normal, and not customer_care although claims "
                "are its work."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@{domain}>",
                subject="Claim {claim}",
                timestamp="{d2.iso}T09:40:00",
                body=cleandoc("""
                    Good morning,

                    We have a claim open with you, {claim}: {cartons} cartons of {goods} with their
                    corners crushed, delivered on {d-6}, {amount} in all. The form and the
                    photographs went to you by post.

                    There is talk on the estate that whatever is not carried over into your new book
                    by 12:00 on Thursday {d3} is struck out. We have never had a screen of yours to
                    do it on. Would one of you do it for us? I should not like to see that money go
                    over a thing like this.

                    As for the claim itself, I need to know by Monday {d7} at 12:00 whether you
                    accept it, and if you don't, why. Our own insurer stands in for you if it's a
                    no, but only with your reason on the desk by that hour. Otherwise the {amount}
                    is ours to swallow.

                    Regards
                    {person2}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="customer_care",
                facts=facts(
                    "{firm} | {claim} | {amount}",
                    "decision | decide | verdict | yes | yes reasoned no | refuse | refused | "
                    "reject | rejected | accept reason",
                    "{d7}",
                ),
                reference_summary=(
                    "{firm} must hear by 12:00 on Monday {d7} whether we accept claim {claim} "
                    "for {cartons} crushed cartons of {goods}, {amount}, or why we refuse."
                ),
                about=(
                    "{person2} {d-6} {falsedomain} circular rumour talk estate carried over book "
                    "struck out threat reassure delivered photographs form post paper settle "
                    "decision outcome insurer loss lost noon reason damaged corners {goods} "
                    "crushed damaged accept"
                ),
                stale=("{d3}",),
                memoryless=("urgent", "customer_care"),
            ),
            why=(
                "Rule 2 with the first mail: only a fraud says that claims are struck out on "
                "Thursday, so what is left is an answer that an insurer takes until Monday noon, "
                "the third working day on. Not urgent although money seems to go tomorrow. Not "
                "security: this one has no password to lose and asks about a claim (Rule 14)."
            ),
        ),
    ),
)
