"""Suppliers ask to be paid, and quote what proves that we ordered."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="yard-rent",
        role="bill",
        slots={
            "space": (
                "store behind the weighbridge",
                "strip of yard along the railway",
                "lean-to beside your wash bay",
                "overflow yard across the lane",
                "two garages at the old dairy",
            )
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Rent for the coming quarter",
                    timestamp="{d0.iso}T10:15:00",
                    body=cleandoc("""
                        Dear Sirs,

                        The rent for the {space},
                        which you have from us, comes to £{amount} for the coming quarter. It is
                        payable by {due.weekday} {due}. Your reference is PO {po}.

                        The second key has come back with your driver, for which our thanks. As the
                        neighbours asked whether the gate may stay open over midday: we have told
                        them that it may not.

                        Yours faithfully
                        {person1}
                        for {supplier}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="billing",
                    facts=facts("{supplier} | {po}", "{amount}", "{due}"),
                    reference_summary=(
                        "{supplier} asks for £{amount} rent for the coming quarter by {due}, under "
                        "PO {po}."
                    ),
                    about=(
                        "{person1} {space} store yard garages rent lease quarterly pay payment "
                        "payable bill purchase order reference landlord key returned gate"
                    ),
                ),
                why=(
                    "Rule 2: a genuine bill (Rule 8: it quotes a purchase order) that is due "
                    "weeks away. Not legal, although it speaks of rent: the next piece of work is "
                    "to pay a bill (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="swept-up-after",
        role="bill",
        slots={
            "job": (
                "kerb rails",
                "gutter brackets",
                "yard markings",
                "bump stops",
                "floor patches",
            )
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="{job} done, figures",
                    timestamp="{d0.iso}T16:20:00",
                    body=cleandoc("""
                        Hi, {job} all finished your end and we swept up after. Two of your lads
                        asked me about a garden wall, told them to ring on a weekend.

                        Our office is snowed under so I send the figures myself, hope thats alright.
                        Your order {order1}, PO {po}, comes to £{amount} all in. Terms are the usual
                        so thats {due} it wants paying.

                        {person1.first}
                        foreman, {supplier}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="billing",
                    facts=facts("{supplier} | {po} | {order1}", "{amount}", "{due}"),
                    reference_summary=(
                        "The foreman of {supplier} bills £{amount} for the finished {job} under "
                        "PO {po} and order {order1}, payable by {due}."
                    ),
                    about=(
                        "{person1} {job} work complete job swept figures invoice pay payment "
                        "payable usual terms purchase order office busy all in"
                    ),
                ),
                why=(
                    "Rule 2: a genuine bill (Rule 8) with our purchase order and an order number, "
                    "due weeks away. Not cold_store, although the work was done at a warehouse: "
                    "it is finished and has to be paid (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="pallet-collars",
        role="bill",
        slots={
            "thing": (
                "pallet collars",
                "roll cages",
                "stretch wrap",
                "insulated covers",
                "load bars",
            )
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Accounts <accounts@{domain}>",
                    subject="Invoice, your PO {po}",
                    timestamp="{d0.iso}T08:30:00",
                    body=cleandoc("""
                        {supplier}
                        INVOICE

                        To: Kestrelmoor Chilled Logistics
                        Your purchase order: PO {po}
                        Your delivery: {order1}
                        For: {thing}, as agreed with your buyer
                        Total, VAT included: £{amount}
                        To be paid by: {due}

                        The goods were handed over in full. One corner of a box was dented, and your
                        storeman was content to keep it.

                        Thank you for your custom. Our office is shut between noon and one.
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="billing",
                    facts=facts("{supplier} | {po} | {order1}", "{amount}", "{due}"),
                    reference_summary=(
                        "An invoice of {supplier} for {thing} of delivery {order1} comes to "
                        "£{amount}, payable by {due} under PO {po}."
                    ),
                    about=(
                        "{thing} invoice bill vat total pay payment purchase order buyer handed "
                        "over full dented box storeman content accounts accept end payable "
                        "arrived delivered damaged settle including"
                    ),
                ),
                why=(
                    "Rule 2: a genuine bill (Rule 8) that is due weeks away. Not customer_care, "
                    "although a dented box is named: the storeman kept it, and nobody claims for "
                    "it (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="no-more-paper",
        role="bill",
        slots={
            "work": (
                "the clearing of the outside drains",
                "sharpening and setting the saw blades",
                "the loan of the second generator",
                "the new lettering on the yard signs",
                "the laundry of the overalls",
            )
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="A line about PO {po}",
                    timestamp="{d0.iso}T11:40:00",
                    body=cleandoc("""
                        Dear all,

                        I hope this finds you well. As we have given up paper, these lines are the
                        bill itself for {work}. The sum is £{amount}, against PO {po}, and I would
                        gently remind you that it falls due on {due.weekday} {due}. The old brown
                        envelopes had a way of lying about in cabs. May I ask whether this has come
                        to the right desk?

                        Kindest regards
                        {person1}
                        {supplier}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="billing",
                    facts=facts("{supplier} | {po}", "{amount}", "{due}"),
                    reference_summary=(
                        "{supplier} sends its bill of £{amount} for {work} under PO {po}, which "
                        "falls due on {due}."
                    ),
                    about=(
                        "{person1} {work} paper arrived check receipt right desk payable pay "
                        "payment invoice purchase order gentle reminder paperless electronic "
                        "settle billed bills charges envelopes politely arrival received total "
                        "owed work"
                    ),
                ),
                why=(
                    "Rule 2: a genuine bill (Rule 8) that is to be paid weeks from now. Not "
                    "customer_care, although a question is asked: the sum is to be paid (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="one-item-open",
        role="bill",
        slots={"series": ("AB", "FK", "HR", "NW", "TC")},
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{supplier} Ledger <ledger@{domain}>",
                    subject="Account {series}/KCL: one item open",
                    timestamp="{d0.iso}T18:05:00",
                    body=cleandoc("""
                        Produced by the ledger of {supplier}. This page is the invoice.

                        Customer: Kestrelmoor Chilled Logistics, account {series}/KCL
                        Items open: 1, new

                          Labour and materials
                          Your order {order1}
                          Your PO {po}
                          £{amount}

                        You are asked to pay this by {due.weekday} {due}. Items paid before are no
                        longer shown. Is something not as it should be? Your contact here is
                        {person1}, from 09:00 to 16:00.
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="billing",
                    facts=facts("{supplier} | {po} | {order1}", "{amount}", "{due}"),
                    reference_summary=(
                        "The ledger of {supplier} shows one open invoice, £{amount} for order "
                        "{order1} under PO {po}, to be paid by {due}."
                    ),
                    about=(
                        "{person1} {series} kcl account item labour materials bill pay payment "
                        "balance outstanding ledger payable purchase order automatic contact"
                    ),
                ),
                why=(
                    "Rule 2: a genuine demand for payment (Rule 8) that is due weeks away. Not "
                    "archive, although a system wrote it: the invoice has to be paid."
                ),
            ),
        ),
    ),
    Carrier(
        name="figures-in-writing",
        role="bill",
        slots={
            "place": (
                "the north gate",
                "the trailer park",
                "the long ramp",
                "the boiler house",
                "the back stairs",
            )
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="{place}, in writing as you wanted",
                    timestamp="{d0.iso}T07:15:00",
                    body=cleandoc("""
                        As you wanted it in writing: {place}, labour, materials and rubbish taken
                        away, £{amount} with VAT. PO {po}, as given to me by your buyer. Can you put
                        it through for {due}? That is a {due.weekday}.

                        Your night crew let us in both times without any fuss, tell them.

                        {person1}
                        {supplier}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="billing",
                    facts=facts("{supplier} | {po}", "{amount}", "{due}"),
                    reference_summary=(
                        "{supplier} bills £{amount} for work at {place} under PO {po} and asks for "
                        "the money by {due}."
                    ),
                    about=(
                        "{person1} labour materials rubbish vat pay payment put through invoice "
                        "purchase order buyer night crew thanks finished job"
                    ),
                ),
                why=(
                    "Rule 2: a genuine bill (Rule 8) to be paid weeks from now. Not dispatch or "
                    "people, although the night crew is praised: the next piece of work is to pay "
                    "(Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="we-allow-ourselves",
        role="bill",
        slots={
            "goods": ("labels", "cartons", "corner posts", "seals and tags", "crates"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1}, Export <{person1.mailbox}@{domain}>",
                    subject="Our account for your delivery {order1}",
                    timestamp="{d0.iso}T13:30:00",
                    body=cleandoc("""
                        Esteemed ladies and gentlemen,

                        we allow ourselves to present our account for the {goods}, which you have
                        received in full with your delivery {order1}. Your number is PO {po} and the
                        sum is £{amount}, taxes included. We would be thankful to have it until
                        {due}.

                        Three empty pallets are standing with you. This is no matter, our driver has
                        agreed with your yard to take them in the next round.

                        With friendly greetings
                        {person1}
                        {supplier}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="billing",
                    facts=facts("{supplier} | {po} | {order1}", "{amount}", "{due}"),
                    reference_summary=(
                        "{supplier} bills £{amount} for {goods} of delivery {order1}, to be paid "
                        "by {due} under PO {po}."
                    ),
                    about=(
                        "{person1} account invoice pay payment taxes included received full "
                        "purchase order empty pallets driver collect next round export 3 agreed "
                        "left arranged leave settled"
                    ),
                ),
                why=(
                    "Rule 2: a genuine bill (Rule 8) that is due weeks away. Not dispatch, "
                    "although empty pallets are named: their collection is agreed (Rule 14)."
                ),
            ),
        ),
    ),
)
