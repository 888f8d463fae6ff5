"""The desk lead hands the work of one team to another for a while."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="kettle-and-cover",
        role="notice",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="Corridor kettle, and a change",
                    timestamp="{d0.iso}T08:10:00",
                    body=cleandoc("""
                        Morning all,

                        the kettle in the corridor works again, thanks to whoever took it home and
                        looked at it.

                        From {since.weekday} {since}, 08:00, until {until.weekday} {until}, 18:00,
                        our mail that would go to {of_team} goes to {to_team} instead, everything
                        except {excepted}. I have spoken with both sides and they have what they
                        need.

                        Ines
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="customer_care",
                    facts=facts(
                        "{of_team}",
                        "{to_team}",
                        "{since} | {until} | {since.weekday} | {until.weekday}",
                    ),
                    reference_summary=(
                        "The desk lead redirects mail for {of_team} to {to_team} from {since} "
                        "08:00 until {until} 18:00; {excepted} is the exception."
                    ),
                    about=(
                        "ines calloway desk lead {excepted} notice routing redirect cover hand "
                        "handed over work goes both sides spoken 08:00 18:00 instead except apart "
                        "exception temporary arrangement {since.weekday} {until.weekday}"
                    ),
                ),
                why=(
                    "Rule 12: a notice of the desk lead is archived to the team whose work it "
                    "hands over. Not to the one that receives it; not normal: both sides know "
                    "(Rule 3)."
                ),
            ),
        ),
    ),
    Carrier(
        name="cover-sheet",
        role="notice",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="Cover sheet",
                    timestamp="{d0.iso}T17:45:00",
                    body=cleandoc("""
                        Mail for: {of_team}
                        Goes instead to: {to_team}
                        Begins: {since.weekday} {since} at 08:00
                        Ends: {until.weekday} {until} at 18:00
                        Takes in: everything except {excepted}

                        Once it ends, things are as they were. Agreed with all who are named.

                        Ines Calloway
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="customer_care",
                    facts=facts(
                        "{of_team}",
                        "{to_team}",
                        "{since} | {until} | {since.weekday} | {until.weekday}",
                    ),
                    reference_summary=(
                        "The desk lead has {to_team} receive the mail of {of_team}, except "
                        "{excepted}, from {since} 08:00 to {until} 18:00."
                    ),
                    about=(
                        "ines calloway desk lead {excepted} notice routing receive redirect cover "
                        "hand handed over work begins ends agreed instead 08:00 18:00 except apart "
                        "exception temporary arrangement {since.weekday} {until.weekday}"
                    ),
                ),
                why=(
                    "Rule 12: a notice of the desk lead is archived to the team whose work it "
                    "hands over. Not to the one that receives it; not normal: all is agreed "
                    "(Rule 3)."
                ),
            ),
        ),
    ),
    Carrier(
        name="car-park-lines",
        role="notice",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="Lines in the car park",
                    timestamp="{d0.iso}T12:40:00",
                    body=cleandoc("""
                        Dear all,

                        the lines in the car park are being painted anew, so the near half is roped
                        off. Will it take long? They say not.

                        The other thing: those who sit in {of_team} will be short of hands, and
                        {to_team} has agreed to get their mail in their place, everything except
                        {excepted}. It starts at 08:00 on {since.weekday} {since} and it is over at
                        18:00 on {until.weekday} {until}. Both know what to do.

                        Ines
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="customer_care",
                    facts=facts(
                        "{of_team}",
                        "{to_team}",
                        "{since} | {until} | {since.weekday} | {until.weekday}",
                    ),
                    reference_summary=(
                        "As {of_team} is short of hands, {to_team} gets its mail, except "
                        "{excepted}, from {since} 08:00 until {until} 18:00."
                    ),
                    about=(
                        "ines calloway desk lead {excepted} notice routing redirect cover hand "
                        "hands handed over work short staff understaffed agreed place instead "
                        "08:00 18:00 except apart exception temporary {since.weekday} "
                        "{until.weekday} lines parking painted repainted near half closed bar end "
                        "receives reads roped"
                    ),
                ),
                why=(
                    "Rule 12: a notice of the desk lead is archived to the team whose work it "
                    "hands over. Not to the one that receives it; not normal for its question, "
                    "which is about paint."
                ),
            ),
        ),
    ),
    Carrier(
        name="from-the-train",
        role="notice",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="Who gets whose",
                    timestamp="{d0.iso}T15:25:00",
                    body=cleandoc("""
                        Hello, I am on the train and the line drops now and then, so in two
                        sentences what I promised you this noon.

                        With effect from {since.weekday}, {since}, 08:00, what is for {of_team} is
                        handed to {to_team}, everything except {excepted}. It stays like that until
                        18:00 on {until}, a {until.weekday}, and after that it goes where it has
                        always gone.

                        Everyone it touches has heard from me. Ines
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="customer_care",
                    facts=facts(
                        "{of_team}",
                        "{to_team}",
                        "{since} | {until} | {since.weekday} | {until.weekday}",
                    ),
                    reference_summary=(
                        "What is for {of_team}, except {excepted}, is handed to {to_team} from "
                        "{since} 08:00 until {until} 18:00."
                    ),
                    about=(
                        "ines calloway desk lead {excepted} notice routing redirect cover hand "
                        "handed over work goes effect instead 08:00 18:00 except apart exception "
                        "temporary afterwards usual heard {since.weekday} {until.weekday}"
                    ),
                ),
                why=(
                    "Rule 12: a notice of the desk lead is archived to the team whose work it "
                    "hands over. Not to the one that receives it; not normal: everyone has heard "
                    "of it (Rule 3)."
                ),
            ),
        ),
    ),
)
