"""Lists of the desk lead: customers by the dozen whose mail one team gets for a while."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="after-the-survey",
        role="listing",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="Customers who ticked the lowest box",
                    timestamp="{d0.iso}T10:15:00",
                    body=cleandoc("""
                        Colleagues,

                        In the survey some customers told us that they never know who they are
                        talking to. For them that is to change for a while. From 08:00 on {since}
                        until 18:00 on {until}, all their mail goes to the {to_team} team and to
                        nobody else. They are the customers who ticked the lowest box:

                        {customers}.

                        The rest are content, or at any rate silent, and nothing changes for them.

                        Ines Calloway
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="customer_care",
                    facts=facts(
                        "{to_team}",
                        "customers | customer | clients | accounts",
                        "{until} | {until.weekday} | {until.ordinal}",
                    ),
                    reference_summary=(
                        "All mail from customers unhappy in the survey, as listed, goes to the "
                        "{to_team} team alone from {since} to {until}."
                    ),
                    about=(
                        "ines calloway desk lead survey lowest box ticked unhappy dissatisfied "
                        "discontent customers list {since.weekday} 8:00 18:00 every whatever "
                        "contact single handles answers rest unchanged"
                    ),
                ),
                why=(
                    "Rule 3: it tells who answers whom and asks for nothing; {to_team} keeps "
                    "the list. Not normal, although the customers are unhappy: nothing else "
                    "is to be done."
                ),
            ),
        ),
    ),
    Carrier(
        name="northern-round",
        role="listing",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="Northern round, for three weeks or so",
                    timestamp="{d0.iso}T08:50:00",
                    body=cleandoc("""
                        All,

                        As agreed, the northern round is to be run as if it were a firm of its own,
                        so that we can see what it really costs. All mail from its customers,
                        without exception, therefore goes to the {to_team} team; it starts at 08:00
                        on {since} and stops at 18:00 on {until}. The customers on the round are:

                        {customers}.

                        If you are in doubt whether a customer belongs to it, go by this list and
                        not by the postcode.

                        Ines
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="dispatch",
                    facts=facts(
                        "{to_team}",
                        "customers | customer | clients | accounts",
                        "{until} | {until.weekday} | {until.ordinal}",
                    ),
                    reference_summary=(
                        "To show what the northern round costs, all mail from its listed "
                        "customers goes to the {to_team} team from {since} to {until}."
                    ),
                    about=(
                        "ines calloway desk lead northern round cost costs costing own firm "
                        "separate trial customers list {since.weekday} 8:00 18:00 every whatever "
                        "name decides postcode handles agreed run"
                    ),
                ),
                why=(
                    "Rule 3: it was agreed before and asks for nothing; {to_team} keeps the "
                    "list. Not billing, although it is about costs."
                ),
            ),
        ),
    ),
    Carrier(
        name="auditors-sample",
        role="listing",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="For the auditors",
                    timestamp="{d0.iso}T15:35:00",
                    body=cleandoc("""
                        The auditors have drawn their sample of customers. Everything these
                        customers write to us has to be kept together and in order, so all of it
                        goes to the {to_team} team, whatever it is about. It does so between 08:00
                        on {since} and 18:00 on {until}. The customers are:

                        {customers}.

                        You needn't send on anything that has already come in; {person1.first} has
                        found it.

                        Ines
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="billing",
                    facts=facts(
                        "{to_team}",
                        "customers | customer | clients | accounts",
                        "{until} | {until.weekday} | {until.ordinal}",
                    ),
                    reference_summary=(
                        "For the auditors' sample, all mail from the listed customers goes to the "
                        "{to_team} team from {since} to {until}."
                    ),
                    about=(
                        "ines calloway desk lead auditors audit sample drawn one place order "
                        "customers list {since.weekday} 8:00 18:00 every whatever {person1.first} "
                        "found collected collects together handles"
                    ),
                ),
                why=(
                    "Rule 3: what was wanted has been found, and {to_team} keeps the list. "
                    "Not legal, although auditors ask."
                ),
            ),
        ),
    ),
    Carrier(
        name="two-desks-joined",
        role="listing",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="Who answers whose mail",
                    timestamp="{d0.iso}T12:55:00",
                    body=cleandoc("""
                        Hello all,

                        The carpets on the second floor are being replaced, and half the customer
                        files are in boxes. The files that are not in boxes are on the {to_team}
                        team's shelves, so all mail from the customers they belong to goes to the
                        {to_team} team, whatever it is about. That begins on {since}, 08:00, and
                        ends on {until}, 18:00. These customers are:

                        {customers}.

                        For all others nothing changes. Please don't carry the boxes back until the
                        glue is dry.

                        Ines
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="safety",
                    facts=facts(
                        "{to_team}",
                        "customers | customer | clients | accounts",
                        "{until} | {until.weekday} | {until.ordinal}",
                    ),
                    reference_summary=(
                        "With half the files boxed up, all mail from the listed customers, whose "
                        "files are not, goes to the {to_team} team from {since} to {until}."
                    ),
                    about=(
                        "ines calloway desk lead carpets second floor boxes boxed files shelves "
                        "glue customers list {since.weekday} 8:00 18:00 all things whatever every "
                        "handles answers for moved works renovation"
                    ),
                ),
                why=(
                    "Rule 3: it tells whose customers they are for the while; {to_team} keeps "
                    "the list. Not urgent, although floors come out: nobody is in danger."
                ),
            ),
        ),
    ),
)
