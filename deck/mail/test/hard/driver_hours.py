"""A problem opens, is reported again, and moves on."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="driver-hours",
    slots={
        "firm, short": (
            ("Cropwell Fish Market", "Cropwell"),
            ("Denny Hill Hospital Kitchens", "Denny"),
            ("Overwater Packers", "Overwater"),
            ("Langtoft Produce Hall", "Langtoft"),
            ("Sibley Quay Stores", "Sibley"),
            ("Ambrose Street Market", "Ambrose"),
        ),
        "vehicle, unit": (
            ("41", "T-041"),
            ("57", "T-057"),
            ("63", "T-063"),
            ("38", "T-038"),
            ("76", "T-076"),
        ),
        "platform, platdomain": (
            ("Waymark Fleet", "waymarkfleet.example"),
            ("Rollwatch", "rollwatch.example"),
            ("Cabtrace", "cabtrace.example"),
            ("Axlenote", "axlenote.example"),
            ("Hubline Tracking", "hublinetracking.example"),
        ),
        "place": (
            "Tanner's Lane lay-by",
            "Gallows Hill services",
            "Priory Bridge lorry park",
            "Ludlow Bank truck stop",
            "Withy Corner lay-by",
        ),
        "goods": ("live mussels", "soft cheese", "fresh pasta", "raw milk", "oysters"),
        "shut": ("03:30", "04:00", "04:15", "04:30", "04:45"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="from the cab, {vehicle}",
                timestamp="{d3.iso}T18:55:00",
                body=cleandoc("""
                    hiya, thumbs on phone so sorry for spelling. its {person1.first} with number
                    {vehicle}, order {order1}, {goods} for {firm}

                    stood two hours behind a caravan on its side, everyone fine, lady had a budgie
                    in a cage even the budgie is fine. but thats my hours gone. im at {place} now,
                    40 miles short, and by law i dont turn a wheel till six tmrw. not one mile, the
                    card would show it

                    {short} stop taking stuff in at {shut} in the night and what isnt in by then
                    they wont have at all, and friday's no good to anyone with this. fridge is
                    humming, diesel ok, temp ok, its not that

                    so one of you would have to come out with somebody who has hours left and take
                    her the last bit. the keys are with me, ill be in the bunk, bang on the door.
                    tried the night number twice, music

                    they do a decent pie here if that helps
                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="dispatch",
                facts=facts(
                    "{vehicle} | {order1} | {place} | {short}",
                    "hours | driving time | relief | second driver | another driver | replacement "
                    "driver | new driver | fresh driver | send driver",
                    "{shut} | tonight | overnight | {d4}",
                ),
                reference_summary=(
                    "Order {order1} is stuck at {place}, its driver out of hours; a relief "
                    "must bring it to {short} before {shut}."
                ),
                about=(
                    "{firm} {person1} {goods} number lorry truck vehicle 40 miles short legally "
                    "06:00 fridge stands stopped stays left exhausted carrying fetch reach "
                    "refuses"
                ),
            ),
            why=(
                "Rule 1: unless a second driver sets out tonight the customer refuses the "
                "load and it spoils. Not normal although the fridge runs and the tone is "
                "light. Not people although working hours are the cause (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{platform} <events@{platdomain}>",
                subject="Event sheet, unit {unit}",
                timestamp="{d4.iso}T07:15:00",
                body=cleandoc("""
                    {platform}: EVENT SHEET
                    Subscriber: Kestrelmoor Chilled Logistics

                      Unit: {unit} (your number {vehicle})
                      Event: standing outside depot, longer than planned
                      Place: {place}
                      Load on board: order {order1}, {goods}, one consignee
                      Planned arrival: will not be met
                      Keeping time of load: ends Friday {d4}
                      Time at wheel used by driver: 100 %
                      Next permitted start, same driver: Friday {d4}, after full rest
                      Refrigeration: running, set point held
                      Diesel for refrigeration: sufficient
                      Answer of subscriber to this event: none entered
                      Door seal: unbroken

                      Recognised by the unit: Thursday {d3}, 18:41
                      Passed on: in sequence, after the radio gap in the valley

                    Risk class given by our model: 5 of 5, perishable load without driver. Contract
                    level: Silver. Silver subscribers receive events as text without a map. Gold
                    subscribers receive a map and, on the birthday of each vehicle, a greeting.
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="dispatch",
                facts=facts(
                    "{vehicle} | {unit} | {order1}",
                    "standing | stationary | standstill | stopped | stuck | stop | parked | "
                    "stranded | hours | stood | halted",
                    "same | nothing new | nothing extra | yesterday | driver told | reported "
                    "before | reported earlier | {person1.first} | {person1.last}",
                ),
                reference_summary=(
                    "Belated tracking sheet for vehicle {vehicle}, standing at {place} with "
                    "{goods} since Thursday evening, as its driver told us."
                ),
                about=(
                    "{person1} {platform} event unit order number lorry {d3} night automatic "
                    "automated alert tracker machine late delayed exhausted driving perishable "
                    "load cargo stays describes merely adds separate"
                ),
                memoryless=("urgent", "dispatch"),
            ),
            why=(
                "Rule 13: the machine records the stop that the driver himself reported on "
                "Thursday and adds nothing to do. Not urgent although its risk class is the "
                "highest. The first report belongs to dispatch, not cold_store."
            ),
        ),
    ),
)
