"""Everyday trouble of any team, with an hour by which somebody must act."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="bent-upright",
        role="matter",
        slots={
            "aisle, bay": (("C", "14"), ("D", "9"), ("F", "22"), ("G", "17"), ("H", "6")),
            "visitors": (
                "eighteen trainees",
                "twenty apprentices",
                "a college class",
                "a party of councillors",
                "thirty visitors",
            ),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                    subject="Bay {bay}, aisle {aisle}",
                    timestamp="{d0.iso}T07:20:00",
                    body=cleandoc("""
                        Hello all,

                        a reach truck caught the front upright of bay {bay} in aisle {aisle}, and
                        the rack has a bend in its leg as wide as my hand. I've taped the aisle off,
                        so as things are nobody walks under it.

                        But {visitors} will be led through at {hour} on {due.weekday} {due}. If the
                        rack isn't propped by then, they walk under a top beam that may come down.
                        Calling the rack people is above my grade.

                        The truck drives fine.

                        {person1.first}
                    """),
                ),
                truth=GroundTruth(
                    label="urgent",
                    route_to="safety",
                    facts=facts(
                        "bay {bay} | aisle {aisle} | rack | racking | upright",
                        "prop | propped | propping | bent | brace | braced | repair | rack "
                        "people | repairers | fitters | buckled | mended | fixed | shored | "
                        "straightened | secured | made safe",
                        "{due} | {due.weekday} | {hour} | {visitors}",
                    ),
                    reference_summary=(
                        "The bent rack upright at bay {bay}, aisle {aisle}, must be propped before "
                        "{visitors} walk beneath it at {hour} on {due}."
                    ),
                    about=(
                        "{person1} reach truck hit leg bend damaged damage fix fitters taped tape "
                        "top beam heads fall injure hurt danger under tour led visit secure "
                        "buckled twisted cordoned aisle racking repairers engineers specialists "
                        "group visitors walk pass shore steel collapse"
                    ),
                ),
                why=(
                    "Rule 1: people walk under a bent rack at {hour} on {due}; normal (Rule 2) "
                    "only where that is later than the next working day. Rule 15: somebody may be "
                    "hurt, so not cold_store, which has racks mended."
                ),
            ),
        ),
    ),
    Carrier(
        name="open-switch",
        role="matter",
        slots={
            "grid, griddomain": (
                ("Skelderwick Grid", "skelderwickgrid.example"),
                ("Ottringwold Networks", "ottringwoldnetworks.example"),
                ("Wansmere Electric", "wansmereelectric.example"),
                ("Burlaxton Supply", "burlaxtonsupply.example"),
                ("Hessingford Power", "hessingfordpower.example"),
            ),
            "length": (
                "nineteen hours",
                "twenty hours",
                "twenty-two hours",
                "a day and a night",
                "thirty hours",
            ),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Planned Works <planned.works@{griddomain}>",
                    subject="Transformer exchange, Harran Road",
                    timestamp="{d0.iso}T11:40:00",
                    body=cleandoc("""
                        Dear customer,

                        At {hour} on {due.weekday} {due} we disconnect the feeder of the compressors
                        at your Harran Road site and exchange a transformer. It is back after
                        {length}. Offices and lighting hang on another feeder and stay on.

                        Frozen stock will not keep for such a time. You may hire a generator for the
                        refrigeration, or tell us to feed it from the other side; both can be
                        arranged up to the hour named, neither after it.

                        {grid}, network operations
                    """),
                ),
                truth=GroundTruth(
                    label="urgent",
                    route_to="cold_store",
                    facts=facts(
                        "{grid} | harran road | compressors | refrigeration",
                        "disconnect | disconnects | power | electricity | supply | feeder | "
                        "generator | current | transformer",
                        "{due} | {due.weekday} | {hour}",
                    ),
                    reference_summary=(
                        "{grid} disconnects the Harran Road compressors at {hour} on {due}; a "
                        "generator or another feed must be arranged before, or frozen stock is "
                        "lost."
                    ),
                    about=(
                        "{length} planned works cuts cut off outage interruption hire rent choose "
                        "alternative side goods thaw spoil spoils site exchange replaced offices "
                        "lighting unaffected plant"
                    ),
                ),
                why=(
                    "Rule 1: frozen stock is lost unless power is arranged by {hour} on {due}; "
                    "normal (Rule 2) only where that is later than the next working day. Not "
                    "archive although it reads like an announcement. Not safety: the current of "
                    "the plant is cold_store's (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="unstamped-page",
        role="matter",
        slots={
            "page": ("four", "five", "six", "seven", "eight"),
            "depot": ("Goole", "Selby", "Thorne", "Hedon", "Brigg"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                    subject="my medical paper",
                    timestamp="{d0.iso}T12:50:00",
                    body=cleandoc("""
                        Hello, I am {person1.first}, trunk driver from {depot}.

                        The doctor has made my medical paper for the lorry licence and it lies in
                        the tray by the key box. On page {page} is missing the stamp of the firm.
                        The licensing office takes it until {hour} on {due.weekday} {due}, not one
                        minute more, and without it my licence ends and I must pass the test again.

                        For the new glasses there is a second paper. That one they want only next
                        year.

                        Thank you
                        {person1.first}
                    """),
                ),
                truth=GroundTruth(
                    label="urgent",
                    route_to="people",
                    facts=facts(
                        "{person1.first} | {person1.last} | driver",
                        "medical | stamp | stamped | licence | license",
                        "{due} | {due.weekday} | {hour}",
                    ),
                    reference_summary=(
                        "The medical paper of driver {person1} lacks our stamp; the licensing "
                        "office must have it by {hour} on {due} or the licence ends."
                    ),
                    about=(
                        "{depot} trunk page {page} form doctor firm tray key box missing lapses "
                        "lost expires test retake glasses submit binding authority"
                    ),
                ),
                why=(
                    "Rule 1: a licence ends unless its paper is in by {hour} on {due}, a binding "
                    "date; normal (Rule 2) only where that is later than the next working day. "
                    "Not legal although an authority waits: drivers' licences are people's work "
                    "(Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="unsigned-statement",
        role="matter",
        slots={
            "firm, firmdomain": (
                ("Garrowby Lisle", "garrowbylisle.example"),
                ("Mabbott & Crane", "mabbottcrane.example"),
                ("Usselby Finch", "usselbyfinch.example"),
                ("Dunsley Orpwood", "dunsleyorpwood.example"),
                ("Threxton Hale", "thrextonhale.example"),
            ),
            "matter": (
                "the boundary wall",
                "the yard fence",
                "the shared drain",
                "the right of way",
                "the weighbridge lane",
            ),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{firmdomain}>",
                    subject="Statement of {person2}",
                    timestamp="{d0.iso}T17:15:00",
                    body=cleandoc("""
                        Dear client,

                        I write for {firm}, who act for you in the dispute about {matter}. The
                        statement of your witness {person2} went to you for signature on {d-7} and
                        is not back with us.

                        The court closes its file at {hour} on {due.weekday} {due} and decides on
                        what it then holds; late papers are returned unread. Could it be signed and
                        sent to us before that hour? The invoices for copying may wait for the end
                        of the case.

                        {person1}
                        Secretary
                    """),
                ),
                truth=GroundTruth(
                    label="urgent",
                    route_to="legal",
                    facts=facts(
                        "statement | witness",
                        "{person2.last} | {person2.first} | {firm} | sign | signed | signature",
                        "{due} | {due.weekday} | {hour}",
                    ),
                    reference_summary=(
                        "{firm} must have the signed witness statement of {person2} before the "
                        "court closes its file at {hour} on {due}."
                    ),
                    about=(
                        "{person1} {matter} dispute solicitors lawyers secretary case late unread "
                        "refused returned file filed binding unsigned paper chase {d-7}"
                    ),
                ),
                why=(
                    "Rule 1: the court closes its file at {hour} on {due}, a binding date; normal "
                    "(Rule 2) only where that is later than the next working day. Not people, "
                    "although a colleague signs: witnesses are legal's work (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="scanner-account",
        role="matter",
        slots={
            "count": ("38", "46", "54", "61", "72"),
            "disk": ("71", "68", "64", "77", "59"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Directory report <directory@kestrelmoor.example>",
                    subject="Accounts with an end date",
                    timestamp="{d0.iso}T09:10:00",
                    body=cleandoc("""
                        Accounts on this list: 1

                        Account: handhelds (signs in {count} hand scanners, all depots)

                        Password runs out: {due.weekday} {due}, {hour}

                        If not renewed before: every scanner is signed out and stays so; pallets can
                        be neither booked in nor picked

                        Renewal: by an administrator of accounts; a scanner cannot do it itself

                        Other readings: backup finished 02:10, disk {disk} per cent full, printers
                        in order. This report is made each working day.
                    """),
                ),
                truth=GroundTruth(
                    label="urgent",
                    route_to="security",
                    facts=facts(
                        "scanners | scanner | handhelds | handheld",
                        "password | account | sign-in | renew | renewed | renewal",
                        "{due} | {due.weekday} | {hour}",
                    ),
                    reference_summary=(
                        "The password shared by {count} hand scanners expires at {hour} on {due}; "
                        "an administrator must renew it or picking stops."
                    ),
                    about=(
                        "directory hand signed out depots pallets booked picked halts warehouse "
                        "work lapses ends runs shared stop 1 standstill"
                    ),
                ),
                why=(
                    "Rule 1: work stops unless the password is renewed by {hour} on {due}; normal "
                    "(Rule 2) only where that is later than the next working day. Not archive for "
                    "being a daily report. Not cold_store, which the scanners serve: sign-ins are "
                    "security's work (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="wrong-digit",
        role="matter",
        slots={
            "sum": ("3,410.00", "2,865.00", "4,120.50", "5,236.80", "1,978.40"),
            "others": ("eleven", "nine", "fourteen", "sixteen", "seven"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                    subject="My own fault, a transfer",
                    timestamp="{d0.iso}T15:35:00",
                    body=cleandoc("""
                        I am sorry to come with this. I got a digit wrong and £{sum} of ours has
                        gone to a private person instead of the landlord of the car park.

                        I rang the bank. If two signatories have signed its recall form by {hour} on
                        {due.weekday} {due}, the money comes back. After that we don't see it again.
                        The form is filled in and on my desk. I can't sign, and who else may I ask?

                        The other {others} transfers I have checked twice.

                        {person1.first}
                    """),
                ),
                truth=GroundTruth(
                    label="urgent",
                    route_to="billing",
                    facts=facts(
                        "{sum}",
                        "recall | recalled | sign | signed | signatories | signatures | wrong "
                        "account | misdirected | mistaken",
                        "{due} | {due.weekday} | {hour}",
                    ),
                    reference_summary=(
                        "{person1} sent £{sum} to the wrong person; two signatories must sign the "
                        "bank's recall form by {hour} on {due} or the money is lost."
                    ),
                    about=(
                        "{person1} private landlord car park payment transfer digit mistake error "
                        "astray retrieve recover recovered back desk filled returned stranger "
                        "{others}"
                    ),
                ),
                why=(
                    "Rule 1: £{sum} is lost unless the recall is signed by {hour} on {due}; "
                    "normal (Rule 2) only where that is later than the next working day. Not "
                    "spam: it comes from our own domain and changes nowhere that we pay (Rules 7 "
                    "and 9). Payments that went astray are billing's."
                ),
            ),
        ),
    ),
)
