"""A customer says that it will write from another domain."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="new-mail-house",
        role="announcement",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Our mail from {since} on",
                    timestamp="{d0.iso}T08:30:00",
                    body=cleandoc("""
                        Dear partners,

                        another company will look after our mail. From {since.weekday} {since} on
                        you will hear from us from addresses at {new_domain} and until then, as now,
                        from those at {domain}.

                        The people are the same and so are their telephones. What is sent to an old
                        address reaches us all the same.

                        With kind regards
                        {person1}
                        {customer}
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="customer_care",
                    facts=facts(
                        "{customer} | {person1.last} | {person1.first}",
                        "{new_domain} | new domain | new addresses | other addresses | domain "
                        "change | changes domain | changing domain",
                        "{since} | {since.weekday}",
                    ),
                    reference_summary=(
                        "{customer} says it will write from {new_domain} from {since} on; people "
                        "and telephones stay the same."
                    ),
                    about=(
                        "{person1} {domain} domain addresses change changing switch move "
                        "partner customer company people telephones stay staff phone numbers "
                        "reach old {since.weekday} email"
                    ),
                ),
                why=(
                    "Rule 3: it says where later mail will come from and asks for nothing. Not "
                    "spam: it comes from their present domain (Rule 7); not normal: old addresses "
                    "still work."
                ),
            ),
        ),
    ),
    Carrier(
        name="behind-the-at-sign",
        role="announcement",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{customer}, Computers <computers@{domain}>",
                    subject="What stands behind the @",
                    timestamp="{d0.iso}T14:15:00",
                    body=cleandoc("""
                        Hi, {person1.first} here, I do the computers at {customer}.

                        On {since.weekday} {since} we move house with our mail. Names in front of
                        the @ stay, behind it stands {new_domain} from then on. Why that one? All
                        the short ones were gone.

                        Mails to {domain} are passed on to us by a machine for a year. I send this
                        to everybody we trade with so that nobody wonders who is writing.

                        {person1}
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="customer_care",
                    facts=facts(
                        "{customer} | {person1.last} | {person1.first}",
                        "{new_domain} | new domain | new addresses | new address | domain change | "
                        "changes domain | changing domain",
                        "{since} | {since.weekday}",
                    ),
                    reference_summary=(
                        "From {since} {customer} will write from {new_domain}; mail to the old "
                        "domain is forwarded for a year."
                    ),
                    about=(
                        "{person1} {domain} domain addresses change changing switch move partner "
                        "customer computers names stay old forward forwarded passed year "
                        "{since.weekday} email 12 months former incoming unchanged renamed "
                        "redirected adopts"
                    ),
                ),
                why=(
                    "Rule 3: it tells of a new domain and asks for nothing. Not spam: it comes "
                    "from their present domain (Rule 7); not security: nothing has to be done "
                    "about a sign-in or a false identity (Rule 14)."
                ),
            ),
        ),
    ),
)
