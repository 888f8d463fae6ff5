"""The desk lead confirms the domain that a customer announced."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="number-from-our-files",
        role="confirmation",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="{new_domain}",
                    timestamp="{d0.iso}T16:20:00",
                    body=cleandoc("""
                        I have had {customer} on the telephone, by the number in our own files and
                        not one out of a mail, and spoken to the person who signs their contract.
                        {new_domain} is theirs. From now on, what comes from there is as good as
                        what came from the old one.

                        Their waiting music is what it was in {person1.first}'s day.

                        Ines
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="customer_care",
                    facts=facts(
                        "{customer}",
                        "{new_domain}",
                        "confirmed | confirms | checked | verified | telephone | phone | "
                        "phoned | belongs | belonging | genuine | good | valid | genuinely | "
                        "trusted | called | confirming | accepted | trustworthy",
                    ),
                    reference_summary=(
                        "Ines Calloway checked by phone that {new_domain} belongs to {customer}; "
                        "from now on it is good."
                    ),
                    about=(
                        "desk lead rang files number contract signatory valid trusted accepted "
                        "domain customer's customer partner {person1} verifies spoke real {d0} "
                        "hold trustworthy former genuinely recorded onwards effective owns safe"
                    ),
                ),
                why=(
                    "Rule 3: the domain is checked and nothing is left to do. Not security, for "
                    "nobody poses as anyone, and not spam: the desk lead writes from "
                    "@kestrelmoor.example (Rule 7). It is about a customer (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="rung-back",
        role="confirmation",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="Is it them?",
                    timestamp="{d0.iso}T09:05:00",
                    body=cleandoc("""
                        Morning,

                        does {new_domain} really belong to {customer}? It does. {person1.first} rang
                        them on the line we have used for years, and they could tell us what was on
                        their last three loads. So mail from {new_domain} counts as theirs from this
                        minute.

                        Nobody is believed for a mail alone: first one of us rings, then you hear of
                        it from me.

                        Ines
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="customer_care",
                    facts=facts(
                        "{customer}",
                        "{new_domain}",
                        "confirmed | confirms | checked | verified | telephone | phone | rang "
                        "| belongs | belonging | genuine | counts | valid | called | calling "
                        "| cleared | clears | accepted | accepts | proved | proven",
                    ),
                    reference_summary=(
                        "After a phone check {new_domain} is confirmed as belonging to {customer} "
                        "and counts as theirs from now on."
                    ),
                    about=(
                        "ines calloway desk lead {person1} called line loads valid trusted "
                        "accepted domain customer partner verifies real {d0} long owns declares "
                        "notice proved recent recently themselves therefore cleared number safe"
                    ),
                ),
                why=(
                    "Rule 3: the domain is checked and nothing is left to do. Not normal for its "
                    "question, which it answers itself. Not security: nobody poses as anyone, "
                    "and it is about a customer (Rule 14)."
                ),
            ),
        ),
    ),
)
