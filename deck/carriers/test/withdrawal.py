"""Purchase orders that our own people withdraw: whatever quotes them later is void."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="asked-for-twice",
        role="withdrawal",
        slots={
            "absent": (
                "a week of handovers",
                "two people with one list",
                "the holiday rota",
                "a form left in the printer",
                "a note on the wrong desk",
            ),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                    subject="{supplier}, and which order counts",
                    timestamp="{d0.iso}T12:30:00",
                    body=cleandoc("""
                        Hello both,

                        how did we come to order one and the same lot twice? You may blame {absent}.
                        PO {po} to {supplier} was the second of the two, and as of now it is
                        withdrawn. I've struck it out in the book and had {person2.first} at their
                        office on the line, who has done the same there. The first one has a number
                        of its own and runs as it was.

                        {person1.first}, purchasing
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="billing",
                    facts=facts(
                        "{po}",
                        "{supplier}",
                        "withdrawn | withdraw | withdrew | withdrawal | cancelled | cancel | "
                        "cancellation | void | struck out | struck | revoked | no longer valid | "
                        "invalid",
                    ),
                    reference_summary=(
                        "PO {po} to {supplier}, ordered twice by mistake, is withdrawn; the "
                        "supplier knows it and the first order stands."
                    ),
                    about=(
                        "{person1} {person2} purchasing purchase second double duplicated lot "
                        "agreed informed aware unaffected continues valid colleague {absent} "
                        "office deleted crossed side supplier pay runs superseded"
                    ),
                ),
                why=(
                    "Rule 3: the order is struck out and the supplier told. Billing would act if "
                    "something were left (Rule 14). Not normal for its question, which it "
                    "answers itself."
                ),
            ),
        ),
    ),
    Carrier(
        name="own-fitters-did-it",
        role="withdrawal",
        slots={
            "place": (
                "drivers' kitchen",
                "north staircase",
                "old weighbridge hut",
                "smoking shelter",
                "meeting room",
            ),
            "sum": ("£310", "£455", "£520", "£640", "£785"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                    subject="The {place} without outside help",
                    timestamp="{d0.iso}T17:05:00",
                    body=cleandoc("""
                        All,

                        the {place} that {supplier} was going to do for us is done. Our own fitters
                        had two free afternoons and finished it on {d-7}, rather well too. So PO
                        {po} to {supplier} is cancelled and will not be used for anything else. I
                        rang them, they took it kindly and have deleted it. The {sum} is back in the
                        repairs budget, {person2.first} booked it before lunch.

                        Thanks to whoever lent the long ladder, it's on its hooks again.

                        {person1}
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="billing",
                    facts=facts(
                        "{po}",
                        "{supplier}",
                        "cancelled | cancel | cancellation | withdrawn | withdraw | withdrew | "
                        "withdrawal | void | revoked | deleted | no longer valid | not be used | "
                        "invalid",
                    ),
                    reference_summary=(
                        "PO {po} to {supplier} is cancelled, because our own fitters finished the "
                        "{place}; the supplier knows."
                    ),
                    about=(
                        "{person1} {person2} {d-7} {sum} purchase order work job done ourselves "
                        "in-house budget returned booked colleague informed aware agreed "
                        "themselves instead own fitter finished completed repairs repaired "
                        "informs freed supplier refund number void charge"
                    ),
                ),
                why=(
                    "Rule 3: the supplier is told and the sum booked back. Billing would act if "
                    "something were left (Rule 14). Not cold_store: the fitters have finished. "
                    "Not normal although a sum is named."
                ),
            ),
        ),
    ),
)
