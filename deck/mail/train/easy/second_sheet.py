"""One plain request that can wait."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="second-sheet",
    slots={
        "firm, short, domain": (
            ("Colne Strapping Supplies", "Colne", "colnestrapping.example"),
            ("Hebden Wrap & Film", "Hebden", "hebdenwrap.example"),
            ("Tadley Crate Company", "Tadley", "tadleycrates.example"),
            ("Ossett Packaging", "Ossett", "ossettpackaging.example"),
            ("Marnhull Box Makers", "Marnhull", "marnhullbox.example"),
        ),
        "goods": (
            "stretch film",
            "corner boards",
            "crate liners",
            "cardboard trays",
            "pallet hoods",
        ),
        "amount": ("£412.50", "£287.40", "£1,136.00", "£648.75", "£935.20"),
        "drink": ("tea", "coffee", "cocoa", "orange squash", "peppermint tea"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Half a credit note (PO {po1})",
                timestamp="{d8.iso}T11:10:00",
                body=cleandoc("""
                    Hiya, {person1.first} in the accounts back room at {firm}!

                    Confession first: our copier ate a page of a credit note and I only found the
                    crumbs yesterday.

                    You'll maybe remember our invoice for some {goods} that turned up torn, the
                    haulier's doing, and we sent you a credit note, {amount} refund. Two sheets it
                    was, under PO {po1}. Sheet one I've still got, with the pretty heading and the
                    address. Sheet two, the one with the refund sum on it and the signature, now
                    lives with you and nowhere else on this earth.

                    Could somebody please run that sheet of the credit note through a scanner and
                    mail it over? The haulier's insurer pays us the {amount} back if both sheets are
                    there by 12:00 on Thursday {d10}, and after that we whistle for it. The refund
                    to you is long paid.

                    Your driver still owes me a biscuit but that's between the two of us. Off for
                    {drink} now.

                    Ta ever so,
                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="billing",
                facts=facts(
                    "{po1} | {short} | {person1.last} | {person1.first}",
                    "second sheet | sheet two | second page | page two | missing sheet | "
                    "missing page | missing half | second half | second leaf | copy | scan",
                    "{d10} | {amount} | thursday | 12:00 | noon | insurer | insurance",
                ),
                reference_summary=(
                    "{firm} needs a scan of the second page of its {amount} credit under PO {po1} "
                    "by noon on {d10}, or its haulier's insurer will not pay."
                ),
                about=(
                    "{person1} refund paid invoice {goods} torn signed signature lost mislaid "
                    "electronic preceding come haulier carrier insurer insurance claim reimburse "
                    "lose"
                ),
            ),
            why=(
                "Rule 2 and Rule 8: somebody must send a copy, or the supplier loses its money on "
                "{d10} at 12:00, which is later than the next working day. Not urgent, therefore, "
                "and not archive, since the page is asked for. Not customer_care: the torn load is "
                "settled and only the credit's paper is wanted (Rule 14)."
            ),
        ),
    ),
)
