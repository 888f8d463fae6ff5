"""Everyday business of a customer, which an open claim, a holiday or a notice may move."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="refused-window",
        role="customer",
        slots={
            "depot": ("Wathfield", "Aldermoor", "Scarthorpe", "Elmbridge End", "Northolme"),
            "gate": ("gate 2", "gate 3", "the back gate", "the river gate", "gate 5"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Order {order1} for {depot}: wrapped, waiting",
                    timestamp="{d0.iso}T10:40:00",
                    body=cleandoc("""
                        Hi there,

                        Order {order1} is wrapped and standing in our chiller, with no collection
                        slot. The {depot} depot lets lorries in by booked window, turns away the
                        rest, and with the dates on these pallets there is no second try. If I have
                        no slot from you by {hour} on {due.weekday} {due}, the window is lost and
                        the whole load goes in the skip.

                        Any time of night suits, {gate} is staffed. Mind the bridge, 4.1 metres.

                        {person1.first}
                        {customer}
                    """),
                ),
                truth=GroundTruth(
                    label="urgent",
                    route_to="dispatch",
                    facts=facts(
                        "{customer} | {order1} | {person1.last} | {person1.first}",
                        "collection | collect | collected | pickup | pick up | slot | no "
                        "collection slot | no slot | no window | without a collection slot | "
                        "without a slot | without a window | no {depot} window",
                        "{due} | {due.weekday} | {hour}",
                    ),
                    reference_summary=(
                        "{customer} must have a collection slot for {order1} by {hour} on {due}, "
                        "or the {depot} window is lost and the pallets are thrown away."
                    ),
                    about=(
                        "{person1} {depot} depot booked window load goods pallets chiller skip "
                        "discarded dumped wasted spoiled binned lorry arrange assign fix customer "
                        "ready {gate} night order whole entire scrapped given missed allot thrown "
                        "away throw"
                    ),
                ),
                why=(
                    "Rule 1: the load is thrown away unless it has a slot by {hour} on {due}; "
                    "normal (Rule 2) only where that is later than the next working day. Not "
                    "customer_care although a customer writes: giving slots is dispatch's work "
                    "(Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="condemned-freezer",
        role="customer",
        slots={
            "count": ("three", "four", "five", "six", "seven"),
            "site": ("Beckside", "Quarry Row", "Locksley Street", "Mill Bank", "Station Road"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Planning <planning@{domain}>",
                    subject="Vehicle request, {site}",
                    timestamp="{d0.iso}T07:25:00",
                    body=cleandoc("""
                        VEHICLES: {count} artics at -18, 26 pallets each

                        FROM: {customer}, {site}, west gate

                        TO: your store

                        BOOKED BY: {hour}, {due.weekday} {due}

                        WHY: our own freezer has been condemned. Whatever is packed after that hour
                        has nowhere to go, so the line stands still unless the lorries are booked.

                        Loading takes 35 minutes each. Does anybody ever read the remarks field in
                        your portal? We fill it in every time. {person1.first} is on site from 06:00
                        tomorrow for the seals.
                    """),
                ),
                truth=GroundTruth(
                    label="urgent",
                    route_to="dispatch",
                    facts=facts(
                        "{customer} | {site}",
                        "{count} | vehicles | artics | lorries | trucks | booking | book | booked",
                        "{due} | {due.weekday} | {hour}",
                    ),
                    reference_summary=(
                        "{customer} wants {count} frozen artics booked for {site} by {hour} on "
                        "{due}; its freezer is condemned and packing stops otherwise."
                    ),
                    about=(
                        "{person1} planning 26 -18 pallets out broken line halts idle work "
                        "production west gate loading storage nowhere room transport customer "
                        "store shuts"
                    ),
                ),
                why=(
                    "Rule 1: their packing stops unless vehicles are booked by {hour} on {due}; "
                    "normal (Rule 2) only where that is later than the next working day. Not "
                    "cold_store, where the pallets end up: the booking is next (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="printout-scans",
        role="customer",
        slots={
            "town, fine": (
                ("Ghent", "640.00"),
                ("Lille", "815.00"),
                ("Cork", "590.00"),
                ("Aarhus", "730.00"),
                ("Breda", "910.00"),
            ),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Two papers of {order1}",
                    timestamp="{d0.iso}T13:40:00",
                    body=cleandoc("""
                        Good afternoon,

                        our buyer in {town} has received order {order1} complete. Before they pay us
                        they want to see the signed consignment note and the temperature printout,
                        which went home with your lorry, as they should.

                        Scans to me are enough. Only, if the buyer has not got them by {hour} on
                        {due.weekday} {due}, £{fine} comes off what we are paid and is gone, which
                        has happened to us before. Keep the originals.

                        {person1}, export office, {customer}
                    """),
                ),
                truth=GroundTruth(
                    label="urgent",
                    route_to="dispatch",
                    facts=facts(
                        "{customer} | {order1} | {person1.last} | {person1.first}",
                        "consignment note | printout | papers | paperwork | scans | documents",
                        "{due} | {due.weekday} | {hour} | {fine}",
                    ),
                    reference_summary=(
                        "{customer} asks for scans of the consignment note and temperature "
                        "printout of {order1}; without them by {hour} on {due} it loses £{fine}."
                    ),
                    about=(
                        "{person1} {town} {fine} {due} buyer export signed copies temperature "
                        "note deducted deduction withheld docked lost penalty lorry customer "
                        "payment provide scan"
                    ),
                ),
                why=(
                    "Rule 1: £{fine} is lost unless the papers are there by {hour} on {due}; "
                    "normal (Rule 2) only where that is later than the next working day. Not "
                    "billing: it is their buyer who pays, and papers of a load are next "
                    "(Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="third-schedule",
        role="customer",
        slots={
            "deed": ("ST/204", "ST/318", "ST/427", "ST/533", "ST/619"),
            "years": ("two", "three", "four", "five", "six"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Storage agreement {deed}: extension",
                    timestamp="{d0.iso}T15:10:00",
                    body=cleandoc("""
                        Dear Madam or Sir,

                        The option to extend the above agreement by {years} years at the present
                        rate takes effect once both parties have signed the form in its third
                        schedule. Our directors have signed, and the form reached you on {d-14}.

                        Clause 11 lets the option lapse at {hour} on {due.weekday} {due}, and
                        nothing revives it. A scan of your signed copy will do. The rate review may
                        rest until next year's meeting.

                        Yours faithfully,
                        {person1}
                        Company Secretary, {customer}
                    """),
                ),
                truth=GroundTruth(
                    label="urgent",
                    route_to="legal",
                    facts=facts(
                        "{customer} | {deed} | {person1.last} | {person1.first}",
                        "sign | signed | signature | signing | countersign | countersigned",
                        "{due} | {due.weekday} | {hour}",
                    ),
                    reference_summary=(
                        "The option to extend storage agreement {deed} with {customer} lapses at "
                        "{hour} on {due} unless we have signed the form."
                    ),
                    about=(
                        "{person1} {years} years contract extension expires renewal renew scan "
                        "copy clause 11 rate third schedule secretary customer execute binding "
                        "lost {d-14} current price"
                    ),
                ),
                why=(
                    "Rule 1: a binding option lapses at {hour} on {due}; normal (Rule 2) only "
                    "where that is later than the next working day. Not customer_care for its "
                    "rate: no price is asked, a contract is to be signed (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="wider-range",
        role="customer",
        slots={
            "count": ("12", "18", "24", "30", "40"),
            "town": ("Hexworth", "Tadbury", "Ollerham", "Saxilby Cross", "Marlingford"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="what would you charge",
                    timestamp="{d0.iso}T08:50:00",
                    body=cleandoc("""
                        Morning, {person1.first} from {customer}, on the phone so excuse the typing

                        we may be taking on a second range and I'd like to know what you would
                        charge for it. Think {count} pallet spaces, chilled, a full year, and one
                        drop a week in {town}. Rough figure does, nothing is decided here and won't
                        be for a good while

                        am at the trade fair today and tomorrow and can't hear a thing in the hall
                        so email is best

                        ta
                        {person1.first}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="customer_care",
                    facts=facts(
                        "{customer} | {person1.last} | {person1.first}",
                        "price | quote | quotation | charge | cost | figure | rate",
                        "{count} | chilled | {town}",
                    ),
                    reference_summary=(
                        "{customer} would like a rough price for {count} chilled pallet spaces "
                        "over a year with a weekly drop in {town}."
                    ),
                    about=(
                        "{person1} second range full estimate storage space delivery customer "
                        "email fair undecided possible enquiry chilled pallets weekly annual "
                        "yearly storing places offer spaces considering prospective expansion "
                        "indication product enquires"
                    ),
                ),
                why=(
                    "Rule 2: a price is wanted and nothing hangs on it. Not urgent for its today "
                    "and tomorrow, which are about a trade fair. Not dispatch: nothing is booked "
                    "yet (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="green-label-lot",
        role="customer",
        slots={
            "lot, yours, ours": (
                ("L3307", "41", "43"),
                ("L3582", "28", "27"),
                ("L3614", "56", "53"),
                ("L3779", "35", "36"),
                ("L3905", "62", "64"),
            ),
            "row": ("the back row", "the top row", "the long row", "the wall row", "the last row"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Lot {lot}, which number is right?",
                    timestamp="{d0.iso}T11:15:00",
                    body=cleandoc("""
                        Hello Kestrelmoor,

                        your stock list and ours are not the same about lot {lot}. You have {yours}
                        pallets, we have {ours}. I believe the mistake is in our list, a student did
                        the typing, and nothing of this lot is sold.

                        Can a person walk to {row}, count, and write me the number? When there is
                        once a quiet hour, also in some weeks, it is early enough. The label is
                        green. Your old list came on {d-7}.

                        Kind regards
                        {person1}
                        stock office, {customer}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="cold_store",
                    facts=facts(
                        "{customer} | {person1.last} | {person1.first}",
                        "{lot} | {yours} | {ours}",
                        "count | counted | counting | recount | stock check | stocktake",
                    ),
                    reference_summary=(
                        "{customer} asks somebody to count lot {lot} when there is time: our list "
                        "says {yours} pallets, theirs {ours}."
                    ),
                    about=(
                        "{person1} {row} stock lists differ disagree discrepancy green label "
                        "number physical quiet hour convenient probably wrong customer figures"
                    ),
                ),
                why=(
                    "Rule 2: counting can wait for a quiet hour. Not customer_care: nothing is "
                    "said to be missing and nothing claimed, so a stock count is next (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="cages-in-one-load",
        role="customer",
        slots={
            "count": ("38", "42", "44", "51", "57"),
            "dollies": ("six", "eight", "nine", "ten", "twelve"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="{count} cages",
                    timestamp="{d0.iso}T17:10:00",
                    body=cleandoc("""
                        All {count} of the empty cages went back on your lorry at half past four,
                        and the {dollies} dollies with them. The driver's sheet says the same as
                        mine, so the yard's clear and we're square.

                        Who'd have thought they would go in one load? I was set to ring you for a
                        second lorry in the morning, and now I've put the phone down again. The gate
                        gets its parking back from tomorrow, which is all they ever wanted.

                        {person1.first}, goods out, {customer}
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="dispatch",
                    facts=facts(
                        "{customer} | {person1.last} | {person1.first}",
                        "{count} | {dollies} | cages | empties",
                        "returned | went back | gone | collected | fetched | picked up | left "
                        "| one load | settled | cleared | square | handed | loaded | emptied "
                        "| yard is empty | took | taken | gave back",
                    ),
                    reference_summary=(
                        "All {count} empty cages and {dollies} dollies of {customer} were "
                        "collected in one load, and both tallies agree."
                    ),
                    about=(
                        "{person1} empty sheet agreed match driver lorry yard clear customer "
                        "further second unnecessary parking counts driver's 16:30 collection "
                        "handed single record cancelled returns"
                    ),
                ),
                why=(
                    "Rule 3: the cages are gone and both counts agree. Not normal for its "
                    "question, which asks nobody, or for the second lorry, which is no longer "
                    "wanted. Empties are dispatch's work (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="fuel-line",
        role="customer",
        slots={
            "number, extra": (
                ("K-20418", "86.40"),
                ("K-20567", "112.75"),
                ("K-20733", "94.20"),
                ("K-20902", "131.60"),
                ("K-21056", "78.90"),
            ),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Re: Your invoice {number}",
                    timestamp="{d0.iso}T09:55:00",
                    thread_history=(
                        "From: {person1} <{person1.mailbox}@{domain}>, {d-7.weekday3} {d-7} "
                        "2026 16:20\n"
                        "What is the £{extra} at the foot of your invoice {number}? There is no "
                        "delivery beside it. Explain it or take it off, please.",
                    ),
                    body=cleandoc("""
                        Me again, about {number}.

                        {person2.first} in our own office has now shown me the rate card. The
                        £{extra} is the fuel line, I signed up to it myself, and your invoice is
                        right to the penny. It is in our payment run with all the others, and what I
                        asked below has answered itself.

                        How does one forget a thing like that? Too many rate cards, I suppose.

                        {person1.first}
                        {customer}, accounts
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="billing",
                    facts=facts(
                        "{customer} | {person1.last} | {person1.first}",
                        "{number}",
                        "fuel | {extra} | correct | right | withdrawn | withdraws | resolved | "
                        "answered | settled | accepts | accepted",
                    ),
                    reference_summary=(
                        "{customer} accepts invoice {number}: the £{extra} was the agreed fuel "
                        "line, and it is being paid."
                    ),
                    about=(
                        "{person1} {person2} query question charge surcharge rate card payment "
                        "run drops dropped customer penny own colleague accounts"
                    ),
                ),
                why=(
                    "Rule 3: the question is answered and the invoice is being paid. Not normal: "
                    "the older message of the thread asks for something, the newest one decides "
                    "(Rule 6). Invoices that we send are billing's (Rule 14)."
                ),
            ),
        ),
    ),
)
