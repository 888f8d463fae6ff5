"""A mail that is not what it looks like at first."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="paid-twice",
    slots={
        "firm, short, domain": (
            ("Pallion Pallet Repairs", "Pallion", "pallionpallets.example"),
            ("Grindlow Labels", "Grindlow", "grindlowlabels.example"),
            ("Sowerthwaite Workwear", "Sowerthwaite", "sowerthwaitewear.example"),
            ("Mickleby Tyres", "Mickleby", "micklebytyres.example"),
            ("Thornhoe Dock Seals", "Thornhoe", "thornhoeseals.example"),
        ),
        "amount": ("£734.40", "£1,182.00", "£618.75", "£2,046.00", "£957.20"),
        "pet": ("parrot", "whippet", "tortoise", "ferret", "goldfish"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="We owe YOU money!!! PO {po1}",
                timestamp="{d7.iso}T14:25:00",
                body=cleandoc("""
                    HELLO KESTRELMOOR!!!

                    No you are not dreaming and yes it is true, WE OWED YOU {amount}!!! I nearly
                    fell off my stool, and the {pet} with me.

                    I do the ledger here at {firm} on Thursdays, and there was our PO {po1} standing
                    in it TWICE, paid by you on the {d-6.ordinal} and, bless you, paid again on the
                    {d-4.ordinal}. Same pence and all. So I marched to the boss, who said a swear
                    word, and on Friday {d4} the second {amount} went back into the very account it
                    had come out of. Your {person2.first} rang up this morning about something else,
                    a lorry I think, looked while we were talking and says that IT IS THERE and is
                    already crossed off in your books. Nobody has to send me anything, I would only
                    lose it.

                    You see, honest people exist!!!

                    {person1.first} with the red pen
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="billing",
                facts=facts(
                    "{po1} | {short} | {person1.first} | {person1.last}",
                    "refund | refunded | refunds | returned | returns | return | sent back | paid "
                    "back | gave back | given back | went back | money back | repaid | reimbursed",
                    "{amount} | {d4}",
                    "arrived | arrive | booked | recorded | reconciled | receipt | received | "
                    "crossed off | already account | in bank",
                ),
                reference_summary=(
                    "{short} returned {amount} on {d4}, our double payment on PO {po1}; it "
                    "has arrived and is booked."
                ),
                about=(
                    "{person2} {firm} twice overpayment overpaid saw seen side advises raise "
                    "matter finished necessary"
                ),
            ),
            why=(
                "Rule 3: the money is back where it came from and booked, nothing is left. "
                "Not spam although it shouts: it asks for nothing and no account is changed "
                "(Rule 5, Rule 9). Not dispatch: the lorry is only mentioned."
            ),
        ),
    ),
)
