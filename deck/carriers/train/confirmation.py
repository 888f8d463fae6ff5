"""The desk lead confirms that a new domain belongs to a customer."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="rang-them",
        role="confirmation",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="I rang {customer}",
                    timestamp="{d0.iso}T11:40:00",
                    body=cleandoc("""
                        Hello all,

                        is {new_domain} really {customer}? It is. I rang the number in our contract
                        and not one out of a mail, had {person1} on the line and asked. So mail of
                        that domain is theirs and good, as of today.

                        The list by the printer has it, too. Somebody has drawn a moustache on the
                        list.

                        Ines
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="customer_care",
                    facts=facts(
                        "{customer}",
                        "{new_domain}",
                        "confirmed | confirms | checked | verified | telephone | phone | rang | "
                        "belongs | good",
                    ),
                    reference_summary=(
                        "{new_domain} belongs to {customer}, which the desk lead checked by "
                        "telephone; mail from there is good from now on."
                    ),
                    about=(
                        "ines calloway desk lead {person1} domain belongs check checked verified "
                        "telephone phone rang contract number good trusted valid theirs list "
                        "partner customer email accept"
                    ),
                ),
                why=(
                    "Rule 3: the domain is checked and the list is changed, so nothing is left to "
                    "do. Not security: no false identity is at issue any longer (Rule 14); not "
                    "normal for its question, which it answers."
                ),
            ),
        ),
    ),
    Carrier(
        name="by-word-of-mouth",
        role="confirmation",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="{new_domain} is theirs",
                    timestamp="{d0.iso}T17:05:00",
                    body=cleandoc("""
                        All,

                        {new_domain} is the new domain of {customer}. They said so to me on the
                        telephone, {person1} there and {person2} there, each without hearing the
                        other. So it is confirmed, and as of this mail it counts as their domain.

                        My line is free again for those who tried to reach me meanwhile.

                        Ines Calloway
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="customer_care",
                    facts=facts(
                        "{customer}",
                        "{new_domain}",
                        "confirmed | confirms | checked | verified | telephone | phone | rang "
                        "| belongs | counts | recognised | recognises | checks | validated | "
                        "accepted | called",
                    ),
                    reference_summary=(
                        "After two people told her so by telephone, the desk lead accepts "
                        "{new_domain} as belonging to {customer}."
                    ),
                    about=(
                        "ines calloway desk lead {person1} {person2} domain belongs check checked "
                        "verified telephone phone rang good trusted valid theirs partner customer "
                        "counts email accept twice people {d0} separate separately independently "
                        "effect contacts notice recognised onward employees reachable validated"
                    ),
                ),
                why=(
                    "Rule 3: the domain is confirmed and counts as theirs (Rule 7), so nothing is "
                    "left to do. Not security: there is no false identity to look into (Rule 14)."
                ),
            ),
        ),
    ),
)
