"""A problem is told a second time, by somebody who heard of it elsewhere."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="lane-curfew",
    slots={
        "council, cshort, domain": (
            ("Eskerby Borough Council", "Eskerby", "eskerbyborough.example"),
            ("Wansholme District Council", "Wansholme", "wansholmedistrict.example"),
            ("Carrowick Town Council", "Carrowick", "carrowicktown.example"),
            ("Haldersea Borough Council", "Haldersea", "haldersea-borough.example"),
            ("Brantcliff District Council", "Brantcliff", "brantcliff-district.example"),
        ),
        "lane": (
            "Gasworks Lane",
            "Tannery Road",
            "Ropewalk Street",
            "Maltings Lane",
            "Canal Head Road",
        ),
        "file": (
            "TR 318/26",
            "TR 442/26",
            "TR 207/26",
            "TR 569/26",
            "TR 391/26",
        ),
        "runs, cost": (
            ("14", "£2,600"),
            ("17", "£3,100"),
            ("19", "£3,700"),
            ("22", "£4,200"),
            ("26", "£4,900"),
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Draft order {file}",
                timestamp="{d1.iso}T15:40:00",
                body=cleandoc("""
                    Dear Sir or Madam,

                    Order {file}, {lane}

                    The draft closes {lane} to vehicles above 7.5 tonnes between 22:00 and 06:00 on
                    every night of the week. We last counted {runs} of yours a night.

                    You objected in spring, when the order was first drawn up. That letter fell with
                    the first draft. If the company still holds its view, a fresh one, signed by a
                    person entitled to bind it, has to be lodged at this office by 12:00 on
                    Wednesday {d2}. The panel meets on Friday {d4} and decides on the papers lodged
                    at that hour. Its decision binds everyone for three years.

                    The bays opposite the chapel are the subject of another order and do not concern
                    your premises. A plan hangs in our entrance hall until {d21}.

                    {person1}
                    Traffic orders, {council}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="legal",
                facts=facts(
                    "{cshort} | {lane} | {file}",
                    "objection | representation | signed letter | new letter | fresh letter",
                    "{d2} | 12:00",
                ),
                reference_summary=(
                    "{council} plans to close {lane} to heavy vehicles at night; a fresh signed "
                    "objection must be lodged there by 12:00 on {d2}."
                ),
                about=(
                    "{person1} {file} order draft night ban curfew lorries trucks HGVs 7.5 tonnes "
                    "22:00 06:00 spring lapsed void signatory submit file office {d4} decides "
                    "three years renew lost council panel object"
                ),
            ),
            why=(
                "Rule 1: a binding deadline passes at noon on the next working day. Not normal "
                "although the panel sits on Friday only. Not dispatch, which drives there: a "
                "formal letter to an authority is the next piece of work (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@kestrelmoor.example>",
                subject="Nights on {lane}",
                timestamp="{d2.iso}T08:20:00",
                body=cleandoc("""
                    Morning,

                    I had one of the council's engineers next to me on the early train. They mean to
                    shut {lane} to everything heavy from ten at night to six, and it goes before
                    their panel this Friday.

                    What we sent in the spring counts for nothing, apparently, because they have
                    torn up that draft and made another. A signed letter from the company would have
                    to be on their desk by midday, or the panel takes it that we have no view. And
                    how are the trunks to get out of the north gate then? By my sum it is {cost} a
                    month round by the bypass, and {person3} has only just sent the new times to the
                    drivers.

                    I am with the roofers at Goole until four with my phone off.

                    {person2.first}
                    sites
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="legal",
                facts=facts(
                    "{lane} | council | {cshort}",
                    "objection | object | signed letter | representation",
                    "12:00 | night closure | night ban | heavy vehicles night | lorries night",
                ),
                reference_summary=(
                    "{person2} has heard what the council told us before: {lane} closes to heavy "
                    "vehicles at night unless our signed letter is lodged by midday."
                ),
                about=(
                    "{person2} {person3} sites colleague train engineer panel draft spring curfew "
                    "ban lorries trucks bypass {cost} month north gate route adds repeats reported "
                    "closure {cshort} second-hand nights overnight"
                ),
                memoryless=("urgent", "legal"),
            ),
            why=(
                "Rule 13: the council itself wrote on the day before, and this adds nothing to "
                "do. Not urgent although the letter is due at midday. Not dispatch although it "
                "asks how the trunks get out: the first report belongs to legal."
            ),
        ),
    ),
)
