"""A customer says, from its present domain, that it will write from another one."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="one-roof",
        role="announcement",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Where you will hear from us",
                    timestamp="{d0.iso}T14:35:00",
                    body=cleandoc("""
                        Dear business partners,

                        as our offices come together under one roof, {customer} will be writing to
                        you from @{new_domain} from {since.weekday} {since}. Up to that day you hear
                        from us at @{domain}, as you do in this letter.

                        Names and telephone numbers remain, and what is sent to an old address finds
                        us all the same, whichever of the two stands in your book.

                        Yours sincerely,
                        {person1}
                        for {customer}
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="customer_care",
                    facts=facts(
                        "{customer} | {person1.last} | {person1.first}",
                        "{new_domain} | domain | addresses | email",
                        "{since} | {since.weekday}",
                    ),
                    reference_summary=(
                        "{customer} announces that it will write from {new_domain} as of {since}; "
                        "the old addresses go on working."
                    ),
                    about=(
                        "{person1} {domain} change changes changing switch moves customer partner "
                        "future offices roof telephone numbers unchanged both works names place "
                        "start phones stay come present current arrives merge unaffected continue"
                    ),
                ),
                why=(
                    "Rule 3: it comes from their present domain, and both addresses go on being "
                    "read. Not spam: no other domain is used here (Rule 7). Not security: a "
                    "customer's particulars are customer_care's (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="two-questions",
        role="announcement",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Our letters after the @",
                    timestamp="{d0.iso}T10:10:00",
                    body=cleandoc("""
                        Hi,

                        two things I get asked all day. Will anything go missing? No, both addresses
                        are read. And why bother? Because the name on our vans ought to be the name
                        in your inbox.

                        That leaves the date: from {since} on you get mail by {customer} from
                        {new_domain}, before that from {domain}. The switchboard is on the number it
                        had in my grandfather's time, and your orders run on as they are.

                        {person1}
                        systems, {customer}
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="customer_care",
                    facts=facts(
                        "{customer} | {person1.last} | {person1.first}",
                        "{new_domain} | domain | addresses | email",
                        "{since} | {since.weekday}",
                    ),
                    reference_summary=(
                        "{customer} says that its email will come from {new_domain} from {since} "
                        "on, while {domain} is read as well."
                    ),
                    about=(
                        "{person1} change changes changing switch moves customer partner future "
                        "systems vans name orders unchanged both writes old number telephone "
                        "switchboard unaffected unaltered continue familiar"
                    ),
                ),
                why=(
                    "Rule 3: it comes from their present domain, and the questions in it are "
                    "answered. Not spam: nothing is written from another domain (Rule 7). Not "
                    "security: a customer's particulars are customer_care's (Rule 14)."
                ),
            ),
        ),
    ),
)
