"""Lists of the desk lead: customers by the dozen whose mail one team gets for a while."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="ledger-of-the-leaver",
        role="listing",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="Where {person1.first}'s customers go",
                    timestamp="{d0.iso}T09:25:00",
                    body=cleandoc("""
                        Good morning,

                        {person1} has taken the van job at last and hands in the keys today. While
                        we look for somebody new, everything that the customers below send us goes
                        to the {to_team} team. That holds as of 08:00 on {since}, and up to 18:00 on
                        {until}:

                        {customers}.

                        {person1.first} had none but these, so nothing changes for anybody else.

                        Ines
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="people",
                    facts=facts(
                        "{to_team}",
                        "customers | customer | clients | accounts",
                        "{until} | {until.weekday} | {until.ordinal}",
                    ),
                    reference_summary=(
                        "With {person1} leaving, all mail from the named customers goes to the "
                        "{to_team} team from {since} to {until}."
                    ),
                    about=(
                        "ines calloway desk lead {person1} leaving left leaves successor "
                        "replacement vacancy van job keys post {since.weekday} 8:00 18:00 "
                        "whatever about list customers accounts handed others unchanged stay look"
                    ),
                ),
                why=(
                    "Rule 3: the customers change hands and nobody has to do a thing; "
                    "{to_team} keeps the list. Not normal: that a successor is wanted is no "
                    "request."
                ),
            ),
        ),
    ),
    Carrier(
        name="one-voice-trial",
        role="listing",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="A trial with some of our customers",
                    timestamp="{d0.iso}T14:05:00",
                    body=cleandoc("""
                        To all teams,

                        The board wants to know whether customers are happier if a single team
                        answers them. The trial begins on {since} at 08:00 and is over on {until} at
                        18:00, and the team that drew the short straw is {to_team}. Anything that
                        any of the following customers sends us in that time is for the {to_team}
                        team:

                        {customers}.

                        Afterwards I will count how often that team had to ask somebody else.

                        I. Calloway
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
                        "In a trial from {since} to {until}, the {to_team} team answers "
                        "everything that the named customers send."
                    ),
                    about=(
                        "ines calloway desk lead board trial single one answers happier customers "
                        "list {since.weekday} 8:00 18:00 test experiment measured counted "
                        "afterwards whatever pilot handles alone"
                    ),
                ),
                why=(
                    "Rule 3: it says how mail runs and asks for nothing; {to_team} keeps the "
                    "list. Not customer_care, although it is about customers: they lose them "
                    "for the while."
                ),
            ),
        ),
    ),
    Carrier(
        name="prices-being-talked-over",
        role="listing",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="Contracts under negotiation: who writes to whom",
                    timestamp="{d0.iso}T11:40:00",
                    body=cleandoc("""
                        Hello,

                        We are negotiating contracts with a number of customers, and nobody but the
                        {to_team} team is to say anything in writing to them. Please pass all their
                        mail to the {to_team} team, beginning at 08:00 on {since} and ending at
                        18:00 on {until}, even if it is only about a lost pallet or opening hours.
                        The customers are:

                        {customers}.

                        Thank you. This saves us from promising two different things.

                        Ines
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="legal",
                    facts=facts(
                        "{to_team}",
                        "customers | customer | clients | accounts",
                        "{until} | {until.weekday} | {until.ordinal}",
                    ),
                    reference_summary=(
                        "While contracts are negotiated, from {since} to {until}, all mail from "
                        "the named customers goes to the {to_team} team."
                    ),
                    about=(
                        "ines calloway desk lead contracts renewals negotiation negotiations "
                        "talks prices writing promise promising list customers concerned "
                        "{since.weekday} 8:00 18:00 every whatever included pallet opening hours "
                        "only alone handles answers"
                    ),
                ),
                why=(
                    "Rule 3: whose mail it is has been settled, and {to_team} keeps the list. "
                    "Not normal: the talks go on without this mail."
                ),
            ),
        ),
    ),
    Carrier(
        name="copied-from-the-board",
        role="listing",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="The list from the whiteboard",
                    timestamp="{d0.iso}T16:20:00",
                    body=cleandoc("""
                        Somebody has asked me to write down what is on the whiteboard by the
                        printer, as not everyone walks past it.

                        So: while the new customer records are being filled in, all mail from the
                        customers whose old records are locked goes to the {to_team} team. This is
                        so from {since}, 08:00, to {until}, 18:00, for each of these:

                        {customers}.

                        All other customers as usual.

                        Ines
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="security",
                    facts=facts(
                        "{to_team}",
                        "customers | customer | clients | accounts",
                        "{until} | {until.weekday} | {until.ordinal}",
                    ),
                    reference_summary=(
                        "Between {since} and {until}, the {to_team} team receives whatever "
                        "customers with locked records send; they are listed."
                    ),
                    about=(
                        "ines calloway desk lead whiteboard printer customer records record "
                        "locked lock moved migration filled list {since.weekday} 8:00 18:00 looks "
                        "after handles whatever others unchanged old"
                    ),
                ),
                why=(
                    "Rule 3: it repeats a whiteboard and asks for nothing; {to_team} keeps "
                    "the list. Not normal: the records are being filled in already."
                ),
            ),
        ),
    ),
)
