"""The desk lead hands a team's mail to another team for a stated time."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="floor-plan",
        role="notice",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="{of_team} and {to_team}",
                    timestamp="{d0.iso}T07:40:00",
                    body=cleandoc("""
                        All,

                        from {since}, 08:00, until {until}, 18:00, what would go to {of_team} goes
                        to {to_team}: everything except {excepted}.

                        The reason is a long one and has to do with a floor plan. Both sides have
                        agreed to it, and afterwards things are as they were.

                        Ines
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="dispatch",
                    facts=facts("{of_team}", "{to_team}", "{until} | {until.weekday}"),
                    reference_summary=(
                        "Apart from {excepted}, {to_team} receives whatever belongs to {of_team}, "
                        "from {since} 08:00 to {until} 18:00."
                    ),
                    about=(
                        "ines calloway desk lead {excepted} handed routing redirected covers "
                        "temporarily instead floor plan agreed both return back afterwards notice "
                        "work {since.weekday} 8:00 stays excepted exception excluding consent "
                        "handles starts stops receives resumes"
                    ),
                ),
                why=(
                    "Rule 12: a notice is archived to the team whose work it hands over, "
                    "{of_team}. Not {to_team}, which only gets the mail. Not normal: nobody has "
                    "anything to do."
                ),
            ),
        ),
    ),
    Carrier(
        name="borrowed-stapler",
        role="notice",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="Stapler, and a bit more",
                    timestamp="{d0.iso}T12:20:00",
                    body=cleandoc("""
                        Whoever has put the big stapler back on the windowsill: thank you. It had
                        been away since the stocktaking.

                        Half of {of_team} will be sitting with the auditors and the other half on
                        the telephones. Their mail therefore crosses the corridor to {to_team}, from
                        {since}, 08:00, until {until}, 18:00. What stays put meanwhile: {excepted}.
                        People outside write to us as they always have and see no difference.

                        Ines
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="billing",
                    facts=facts(
                        "{of_team}", "{to_team}", "{until} | {until.weekday} | {until.ordinal}"
                    ),
                    reference_summary=(
                        "While auditors occupy {of_team}, its mail goes to {to_team} between "
                        "{since} 08:00 and {until} 18:00, {excepted} aside."
                    ),
                    about=(
                        "ines calloway desk lead {excepted} handed routing redirected covers "
                        "temporarily instead busy audit telephones stapler notice work stays "
                        "except {since.weekday} 8:00 receives outside difference handle tie tied "
                        "occupied start finish stay excluded stocktaking"
                    ),
                ),
                why=(
                    "Rule 12: a notice is archived to the team whose work it hands over, "
                    "{of_team}. Not {to_team}, which only gets the mail, and not a note about a "
                    "stapler."
                ),
            ),
        ),
    ),
    Carrier(
        name="four-flights",
        role="notice",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="Written on the stairs",
                    timestamp="{d0.iso}T16:45:00",
                    body=cleandoc("""
                        Did anybody ever find out what is wrong with the lift? I have come up four
                        flights with a box of files and {person1.first} has done it twice.

                        While I get my breath back: {to_team} stands in for {of_team} from {since},
                        08:00, until {until}, 18:00. It gets all that would otherwise go to
                        {of_team}, everything except {excepted}. Afterwards each minds its own
                        again.

                        Ines
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="cold_store",
                    facts=facts(
                        "{of_team}", "{to_team}", "{until} | {until.weekday} | {until.ordinal}"
                    ),
                    reference_summary=(
                        "Ines Calloway has {to_team} replace {of_team} between {since} 08:00 and "
                        "{until} 18:00, though for {excepted} nothing changes."
                    ),
                    about=(
                        "ines calloway desk lead {excepted} {person1} handed routing redirected "
                        "covers substitute deputises temporarily instead lift stairs notice work "
                        "stays {since.weekday} 8:00 receives back apart except excluding ends "
                        "start sits handles looks returns included exception afterwards upkeep "
                        "maintenance"
                    ),
                ),
                why=(
                    "Rule 12: a notice is archived to the team whose work it hands over, "
                    "{of_team}. Not normal for the question about the lift, and not {to_team}, "
                    "which only gets the mail."
                ),
            ),
        ),
    ),
    Carrier(
        name="board-by-the-door",
        role="notice",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="As it stands on the board",
                    timestamp="{d0.iso}T10:30:00",
                    body=cleandoc("""
                        Whose mail: {of_team}

                        Who gets it: {to_team}

                        From {since}, 08:00, until {until}, 18:00

                        Exceptions: {excepted}

                        {person1.first} asks why it takes so long. The screens over there are being
                        changed, one row after the other, and the man who does it has one pair of
                        hands. The canteen is back to its old hours, too.

                        Ines Calloway
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="legal",
                    facts=facts("{of_team}", "{to_team}", "{until} | {until.weekday}"),
                    reference_summary=(
                        "As {of_team} has its screens replaced, {to_team} receives its mail from "
                        "{since} 08:00 to {until} 18:00, {excepted} excepted."
                    ),
                    about=(
                        "ines calloway desk lead {excepted} {person1} handed routing redirected "
                        "covers temporarily instead screens board notice work stays "
                        "{since.weekday} 8:00 excluded exception except apart receives handles "
                        "looks swapped screen renewal computers starting ends finishing canteen"
                    ),
                ),
                why=(
                    "Rule 12: a notice is archived to the team whose work it hands over, "
                    "{of_team}. Not {to_team}, which only gets the mail. Not normal: nothing is "
                    "asked of anybody."
                ),
            ),
        ),
    ),
)
