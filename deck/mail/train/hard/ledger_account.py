"""Earlier mail proves who may write, and from where."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, FollowUpCase, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="ledger-account",
    slots={
        "firm, short, domain": (
            ("Skelwith Gel Packs", "Skelwith", "skelwithgelpacks.example"),
            ("Frostholme Ice Sheets", "Frostholme", "frostholmeice.example"),
            ("Blea Moor Coolants", "Blea", "bleamoorcoolants.example"),
            ("Gillercomb Ice Packs", "Gillercomb", "gillercombpacks.example"),
            ("Coldbeck Cooling Gels", "Coldbeck", "coldbeckgels.example"),
        ),
        "bank": (
            "Marrowby Factors",
            "Oldham Row Funding",
            "Tallis Bridge Finance",
            "Swarthgill Funding",
            "Penfold Street Factors",
        ),
        "amount": ("£2,916.00", "£3,248.00", "£1,874.40", "£4,105.50", "£2,637.80"),
        "packs": ("gel packs", "ice sheets", "dry packs", "cool blocks", "foil packs"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="RE: PO {po1}",
                timestamp="{d1.iso}T13:05:00",
                thread_history=(
                    cleandoc("""
                        From: {person1} <{person1.mailbox}@{domain}>, Fri {d-3} 2026 10:48 Good
                        morning. The {packs} on PO {po1} went out to you on the Wednesday. {amount},
                        due on Thursday {d24}. Any queries, you know where I sit.
                    """),
                    cleandoc("""
                        From: {person2} <{person2.mailbox}@kestrelmoor.example>, Mon {d0} 2026 09:16
                        Thanks {person1.first}. All counted and signed for. It goes in the run for
                        the {d24.ordinal} with the others.
                    """),
                ),
                body=cleandoc("""
                    Hello {person2.first},

                    Lovely, thank you. One small thing before your run, and then I will leave you to
                    your dinner.

                    We have taken on a partner, {bank}, who look after our sales ledger from this
                    week on. So the {amount} for PO {po1}, and whatever follows it, wants to go to
                    them and not to the account you have on file. Their sort code and number are on
                    the sheet with our letterhead attached here. If you would change it on your side
                    and drop me a line when it is done, I can tick you off. You are the fourth of
                    thirty.

                    Nothing else alters: same goods, same driver, same me with the same reading
                    lamp. They have finally mended the big lights in the sales office, so I may even
                    switch that off.

                    Warm wishes,
                    {person1}
                    Sales ledger, {firm}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="billing",
                facts=facts(
                    "{short} | {person1.last} | {person1.first} | thread | supplier",
                    "{bank} | new account | bank details | account change | change account | "
                    "payment details | another account | different account | other account | "
                    "redirect | divert",
                    "{amount} | po {po1}",
                ),
                reference_summary=(
                    "Fraud in a real thread: {firm} wants {amount} for PO {po1} redirected "
                    "to {bank}."
                ),
                about=(
                    "{person1} {packs} sales ledger partner file sort code number follow future "
                    "bills pay alter switch existing records particulars financier factoring "
                    "supposed untouched ruse trick attached letterhead sheet {d24} goes"
                ),
            ),
            why=(
                "Rule 9: a mail that asks us to pay elsewhere is fraud, even inside a real "
                "thread with the right PO (Rule 8). Not normal although address and sum fit."
                " Rule 16: billing would have changed the account, not legal."
            ),
        ),
        FollowUpCase(
            after="1",
            handled=Case(
                email=Email(
                    email_id="2a",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="How many of ours are with you?",
                    timestamp="{d9.iso}T10:40:00",
                    body=cleandoc("""
                        Hello again,

                        {person1.first} from {firm}, with a pencil behind the ear. It is the time of
                        year, or rather our director has decided that it is, when we count what we
                        own and where it is. Most of it is in our own shed. Some of it is with you:
                        the pallets of {packs} that you keep for us against a busy week, in chamber
                        {chamber1} I believe and perhaps next door.

                        Would one of your people walk past with a clipboard and tell me how many
                        full pallets there are, and how many started ones? A number on the back of
                        an envelope is plenty. I must hand my list in on Thursday {d24}, so any day
                        before that is grand.

                        We have got a new lad on the vans who sings. I make no complaint.

                        {person1}
                        Sales ledger, {firm}
                    """),
                ),
                truth=GroundTruth(
                    label="spam",
                    route_to="cold_store",
                    facts=facts(
                        "{short} | {person1.last} | {person1.first}",
                        "pallets | count | stock | {packs} | stocktake | tally | inventory",
                    ),
                    reference_summary=(
                        "The address at {firm} that sent fraud before now asks how many of "
                        "its pallets we hold, by {d24}."
                    ),
                    about=(
                        "{person1} chamber {chamber1} full started opened list figures payment "
                        "bank account change switch attempted tried {d1} trust innocuous harmless "
                        "enquiry details"
                    ),
                    memoryless=("normal", "cold_store"),
                ),
                why=(
                    "Rule 10: this address has sent fraud, so whatever follows is spam, "
                    "however harmless. Not normal although a stock count is an ordinary "
                    "wish. Rule 16: cold_store would have counted, not billing."
                ),
            ),
            mishandled=Case(
                email=Email(
                    email_id="2b",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Thank you, and a count",
                    timestamp="{d9.iso}T10:40:00",
                    body=cleandoc("""
                        Hello again,

                        {person1.first} from {firm}. First my thanks: the {amount} has arrived, a
                        good two weeks early, and my boss smiled, which I had not seen before. You
                        are ticked off.

                        Now that you are warmed up I have a second favour. We are making a list of
                        what we own and where it stands. You keep pallets of {packs} for us, in
                        chamber {chamber1} if I have it right, and perhaps a few next door. Could
                        somebody go along the aisle and write down how many are full and how many
                        have been started? Rough figures are fine. The list leaves my desk on
                        Thursday {d24}, so before then, whenever it suits.

                        The big lights in here are on and cannot now be turned off. I am typing in
                        sunglasses.

                        {person1}
                        Sales ledger, {firm}
                    """),
                ),
                truth=GroundTruth(
                    label="spam",
                    route_to="cold_store",
                    facts=facts(
                        "pallets | count | stock | {packs} | stocktake | tally | inventory",
                        "{amount} | {d24} | thanks | thanking | arrived | arrival | landed | "
                        "received | receiving | receipt",
                    ),
                    reference_summary=(
                        "The fraudulent address at {firm} thanks us for {amount} and wants "
                        "its pallets in our chambers counted by {d24}."
                    ),
                    about=(
                        "{short} {person1} {chamber1} full started opened list number figures "
                        "bank account change switch payment money went acknowledge correspondent "
                        "astray"
                    ),
                    memoryless=("normal", "cold_store"),
                ),
                why=(
                    "Rule 10: this address has sent fraud, so whatever follows is spam, "
                    "however friendly. Not normal although a stock count is an ordinary "
                    "wish. Rule 16: cold_store would have counted, not billing."
                ),
            ),
        ),
    ),
)
