"""Earlier mail proves who may write, and from where."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="start-dates",
    slots={
        "firm, short, domain, domain2": (
            (
                "Marlpit Training",
                "Marlpit",
                "marlpit-training.example",
                "marlpitgroup.example",
            ),
            (
                "Cragwell Skills",
                "Cragwell",
                "cragwell-skills.example",
                "cragwellservices.example",
            ),
            (
                "Fellgate Learning",
                "Fellgate",
                "fellgatelearning.example",
                "fellgate.example",
            ),
            (
                "Stanbrook Apprenticeships",
                "Stanbrook",
                "stanbrookapprentices.example",
                "stanbrookeducation.example",
            ),
            (
                "Nabwood College of Trade",
                "Nabwood",
                "nabwoodcollege.example",
                "nabwoodtrade.example",
            ),
        ),
        "number, clause": (
            ("nine", "7"),
            ("eleven", "9"),
            ("seven", "12"),
            ("twelve", "8"),
            ("eight", "11"),
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Cold chain certificate, second half",
                timestamp="{d1.iso}T11:05:00",
                body=cleandoc("""
                    Hello,

                    All {number} of your warehouse people have come through the first half of the
                    certificate. The dock group was a little weak on fire doors, but it was enough.

                    Before I can enter them for the second half I need two things for each: the date
                    they started with you, and who signs their log at the dock. The levy pays for
                    everybody whose form is in by 10:00 on Thursday {d3}, when the portal shuts; for
                    anybody else the full fee falls to you. The group today is meeting in room 4
                    because of the boiler.

                    {person2}, who looked after your agreement, retired on Friday. I do both now,
                    from this same address. You should also have had our invoice under PO {po1}.

                    Thanks
                    {person1}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="people",
                facts=facts(
                    "{short} | {person1.last} | {person1.first} | certificate",
                    "start dates | starting dates | dates they started | date started | joined | "
                    "began | start date | log | logs | list",
                    "{d3} | thursday | 10:00",
                ),
                reference_summary=(
                    "{short} needs the start dates of {number} trainees and who signs their logs "
                    "by 10:00 on Thursday {d3}, or we pay the second half's full fee."
                ),
                about=(
                    "{firm} {person1} {person2} cold chain warehouse staff employees people "
                    "workers signer signatory supervisor enrol enrolment register course exam "
                    "portal forms retired training names begin each levy pays pay fee cost lose "
                    "shuts closes funding anybody anyone missing candidates whole entire learners "
                    "submit subsidy"
                ),
            ),
            why=(
                "Rule 2: unless a list is there by Thursday 10:00 the full fee falls to us, and "
                "the next working day ends on Wednesday. Not urgent, therefore. Not cold_store "
                "although docks are named, nor legal although an agreement is: who began when is "
                "people's (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@{domain2}>",
                subject="Agreement with Kestrelmoor",
                timestamp="{d4.iso}T14:40:00",
                body=cleandoc("""
                    Dear Kestrelmoor,

                    I am working through the agreements here that come to an end in the next months,
                    and yours runs out on Monday {d42}. From our side there is every wish to go on.

                    So that the next one says the right thing, could whoever keeps your contracts
                    tell me whether clause {clause}, on notice, should stay as it is, and who is
                    entitled to sign for you these days? A scan of the last page of the present
                    agreement would save me a walk to the file room in the other building.

                    Wednesday {d9} would be in good time. Your dock group was pleased with its
                    results, I hear, and the second half starts as planned.

                    With kind regards
                    {person2}
                    Agreements, {firm}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="legal",
                facts=facts(
                    "{short} | {person2.last} | {person2.first}",
                    "clause | sign | signs | signature | signatory | signatories | agreement | "
                    "contract",
                    "{domain2} | domain | other address | different address | wrong address | "
                    "another address | retired | left | retirement | retiree",
                ),
                reference_summary=(
                    "Somebody posing as {person2}, who has retired from {short}, asks from "
                    "{domain2} for our agreement's last page, its clause {clause} and who signs."
                ),
                about=(
                    "{firm} {domain} {person1} {d9} {d42} scan copy renewal renew expire extend "
                    "entitled authorised notice page training college provider foreign "
                    "pretends claims real partner supposedly name former"
                ),
                memoryless=("normal", "legal"),
            ),
            why=(
                "Rule 7: {short} writes from {domain} only, as its mail on Tuesday did, and "
                "{person2} had retired by then; this is a false identity. Not normal although the "
                "questions are modest. Legal would have answered them (Rule 16), not people."
            ),
        ),
    ),
)
