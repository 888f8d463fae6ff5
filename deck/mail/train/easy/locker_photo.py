"""Fraud, a false identity or selling that nobody asked for."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="locker-photo",
    slots={
        "domain": (
            "staffpix-portal.example",
            "deskpicture-hub.example",
            "face-and-locker.example",
            "teampix-online.example",
            "workportrait.example",
            "lockerpix-service.example",
        ),
        "place": (
            "bicycle rack",
            "canteen hatch",
            "vending machines",
            "time clock",
            "smoking shelter",
            "ice machine",
        ),
        "lockers": ("24", "32", "36", "40", "48"),
        "parcel": (
            "boots",
            "fishing tackle",
            "curtains",
            "dog biscuits",
            "seed packets",
            "model railways",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="Kestrelmoor IT Corner <corner@{domain}>",
                subject="Sign in for your parcel locker picture",
                timestamp="{d9.iso}T10:25:00",
                body=cleandoc("""
                    Hi team,

                    it's us from the computer corridor, the ones with the squeaky trolley. You have
                    asked for them often enough, so here they come: {lockers} parcel lockers beside
                    the {place}, free of charge, so that nobody's {parcel} must sit under a desk any
                    longer.

                    The lock knows you by your face: a small camera in the door, no badge and no
                    keys. For that it wants a picture. Click the link https://{domain}/kestrelmoor,
                    sign in with the user name and password with which you start your PC of a
                    morning, confirm your password once more, and the page fetches your badge photo
                    all by itself. Your login stays safe with us. Half a minute, less than the queue
                    for the microwave. Places are limited: whoever has signed in by Friday {d11}
                    gets a locker at elbow height. The others will have to kneel.

                    Smile nicely,
                    your colleagues from IT
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="security",
                facts=facts(
                    "parcel locker | locker | picture | photo | badge photo | face",
                    "password | sign-in | signin | sign in | signing in | login | log-in | logon "
                    "| credentials | secret word | computer name | user name | username | PC "
                    "name | access details",
                    "outside address | {domain} | outside | external | website | false domain | "
                    "false address | false team | fake team | foreign domain",
                ),
                reference_summary=(
                    "An outside address posing as our computer helpdesk wants staff to enter"
                    " their login on its page, supposedly for a parcel locker picture, "
                    "before Friday {d11}."
                ),
                about=(
                    "{lockers} free colleagues employees internal department click link site type "
                    "recognition camera steal stolen harvest dangling directs obtain offers used "
                    "blocked"
                ),
            ),
            why=(
                "Rule 7: our own people write from kestrelmoor.example only, and this "
                "address passes itself off as our IT. Not normal although friendly. Not "
                "people: it is after sign-ins (Rule 16)."
            ),
        ),
    ),
)
