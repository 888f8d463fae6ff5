"""Everyday trouble with an hour by which somebody must have acted; the month binds the day."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="rolling-truck",
        role="matter",
        slots={
            "truck": ("3", "5", "7", "8", "12"),
            "depot": ("Harran Road", "Goole", "Spurn Lane", "Keld Way", "Brough Side"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                    subject="Reach truck {truck}, {depot}",
                    timestamp="{d0.iso}T17:30:00",
                    body=cleandoc("""
                        Evening,

                        reach truck {truck} does not hold on the ramp, it rolls back with the brake
                        on. My key to it is in my locker. The agency crew has a key of its own and
                        takes the truck out at {hour} on {due.weekday} {due}, and on that ramp
                        people walk behind it. Somebody has to mend it or take it away before then.
                        I may do neither.

                        The lamp over rack 9 flickers as well, that one can stay as it is.

                        {person1}
                        {depot}
                    """),
                ),
                truth=GroundTruth(
                    label="urgent",
                    route_to="safety",
                    facts=facts(
                        "truck {truck} | reach truck | {depot} | lift truck | forklift",
                        "brake | brakes | rolls | roll | does not hold | rolling",
                        "{hour} | {due} | {due.weekday}",
                    ),
                    reference_summary=(
                        "Reach truck {truck} at {depot} rolls back on the ramp; it must be mended "
                        "or taken away before the agency crew uses it at {hour} on {due}."
                    ),
                    about=(
                        "{person1} ramp key agency crew people behind danger run over hit injured "
                        "hurt unsafe faulty fail repair fix remove service locker walk use"
                    ),
                ),
                why=(
                    "Rule 1 if the hour lies no later than the end of the next working day: "
                    "somebody may be hurt; Rule 2 if it is later. Rule 15: safety, not cold_store, "
                    "whose warehouse it stands in."
                ),
            ),
        ),
    ),
    Carrier(
        name="boarded-exit",
        role="matter",
        slots={
            "firm, short, domain": (
                ("Quillfeather Tuition", "Quillfeather", "quillfeathertuition.example"),
                ("Larkstoke Courses", "Larkstoke", "larkstokecourses.example"),
                ("Umberslade Instruction", "Umberslade", "umbersladeinstruction.example"),
                ("Dovecrag Tutors", "Dovecrag", "dovecragtutors.example"),
                ("Fennimore Lessons", "Fennimore", "fennimorelessons.example"),
            ),
            "heads": ("26", "31", "34", "28", "37"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Your upper room, {heads} chairs",
                    timestamp="{d0.iso}T12:15:00",
                    body=cleandoc("""
                        Dear hosts,

                        I have looked at the room you kindly lend us. Chairs and screen are as we
                        asked. The back door, which the plan shows as the second way out in case of
                        fire, has had boards screwed over it by your painters, and the front one
                        opens on the gas heater.

                        At {hour} on {due.weekday} {due} {heads} people sit down in there. Should
                        anything catch fire, they would not get out. Would one of yours see that the
                        boards are off before we start?

                        {person1}, {firm}
                    """),
                ),
                truth=GroundTruth(
                    label="urgent",
                    route_to="safety",
                    facts=facts(
                        "{short} | {person1.last} | {person1.first} | upper room | {heads}",
                        "door | exit | escape | way out | boards | boarded",
                        "{hour} | {due} | {due.weekday}",
                    ),
                    reference_summary=(
                        "The fire exit of the upper room is boarded up; the boards must be off "
                        "before {heads} people of {short} sit there at {hour} on {due}."
                    ),
                    about=(
                        "{firm} {person1} fire escape route blocked screwed painters course "
                        "training front gas heater trapped danger people hurt remove clear unblock "
                        "open guests"
                    ),
                ),
                why=(
                    "Rule 1 if the hour lies no later than the end of the next working day: "
                    "people may be hurt; Rule 2 if it is later. Rule 15: safety, not cold_store "
                    "for the door, and not people for the course."
                ),
            ),
        ),
    ),
    Carrier(
        name="fitter-leaves",
        role="matter",
        slots={
            "firm, short, domain": (
                ("Brindleyard Trailer Works", "Brindleyard", "brindleyardtrailers.example"),
                ("Coverack Axle and Cool", "Coverack", "coverackaxle.example"),
                ("Stanningholt Repairs", "Stanningholt", "stanningholtrepairs.example"),
                ("Hexgrove Commercials", "Hexgrove", "hexgrovecommercials.example"),
                ("Ditchling Row Vehicles", "Ditchling Row", "ditchlingrow.example"),
            ),
            "trailer": ("T214", "T187", "T206", "T233", "T195"),
            "town": ("Marshfold", "Ellermouth", "Swanley Staithe", "Thornquay", "Paulsea"),
            "price": ("£386", "£412", "£347", "£455", "£398"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{firm} <workshop@{domain}>",
                    subject="{trailer} on our lift",
                    timestamp="{d0.iso}T08:55:00",
                    body=cleandoc("""
                        Morning. Your trailer {trailer} is on our lift. Fan motor gone, the rest is
                        sound, tyres have another year in them. A motor is on the shelf, {price}
                        fitted.

                        We need a yes from one of you by {hour} on {due.weekday} {due}. After that
                        our fitter is away on a ship for three weeks and nobody else here does
                        these. Your driver says there is no spare, so the {town} run would stand
                        still all that time.

                        {person1}
                        {short}
                    """),
                ),
                truth=GroundTruth(
                    label="urgent",
                    route_to="dispatch",
                    facts=facts(
                        "{trailer} | {short} | {person1.last} | {person1.first}",
                        "motor | repair | fan | fitter | {price}",
                        "{hour} | {due} | {due.weekday}",
                    ),
                    reference_summary=(
                        "{short} needs our yes by {hour} on {due} to fit a {price} fan motor to "
                        "trailer {trailer}, or the {town} run stops."
                    ),
                    about=(
                        "{firm} {person1} trailer workshop approve approval agree agreement go "
                        "ahead fitter repair repaired ship three weeks spare run stand halt "
                        "lift absent"
                    ),
                ),
                why=(
                    "Rule 1 if the hour lies no later than the end of the next working day: a run "
                    "stops; Rule 2 if it is later. Not billing: no bill has come, the repair of a "
                    "vehicle has to be decided (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="cable-change",
        role="matter",
        slots={
            "firm, short, domain": (
                ("Withernmoor Electric Lines", "Withernmoor", "withernmoorelectric.example"),
                ("Ousebank Power Lines", "Ousebank", "ousebankpower.example"),
                ("Tranbyfield Supply Lines", "Tranbyfield", "tranbyfieldsupply.example"),
                ("Cattermoor Vale Electric", "Cattermoor", "cattermoorvale.example"),
                ("Skirmere Current", "Skirmere", "skirmerecurrent.example"),
            ),
            "street": ("Ropery Street", "Glebe Row", "Osier Road", "Chantry Way", "Mast Lane"),
            "length": ("seven", "eight", "nine", "ten", "eleven"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{firm} <works@{domain}>",
                    subject="Cable under {street}",
                    timestamp="{d0.iso}T10:05:00",
                    body=cleandoc("""
                        To the occupier

                        The cable under {street} is being exchanged. Current on it goes off at
                        {hour} on {due.weekday} {due} and returns {length} hours later. By our
                        drawings the cooling of your chamber {chamber1} hangs on it, with no second
                        feed. Frozen goods will not last that long uncooled unless a generator of
                        your own is connected by that hour; we do not supply any.

                        Street lamps and offices are on another cable and stay on.

                        {person1}
                        {short}, works office
                    """),
                ),
                truth=GroundTruth(
                    label="urgent",
                    route_to="cold_store",
                    facts=facts(
                        "chamber {chamber1} | {street} | {short}",
                        "current | power | electricity | generator | supply | cable",
                        "{hour} | {due} | {due.weekday}",
                    ),
                    reference_summary=(
                        "{short} cuts the current to chamber {chamber1} at {hour} on {due} for "
                        "{length} hours; without a generator by then the frozen goods spoil."
                    ),
                    about=(
                        "{firm} {person1} {street} cable exchange cut off outage power electricity "
                        "cooling refrigeration thaw warm lost goods frozen connect hire own hours "
                        "install backup"
                    ),
                ),
                why=(
                    "Rule 1 if the hour lies no later than the end of the next working day: goods "
                    "spoil; Rule 2 if it is later. Not archive although it reads like a circular "
                    "(Rule 5); not safety: nobody is in danger (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="lane-sketch",
        role="matter",
        slots={
            "office, short, domain": (
                ("Hedonthorpe Borough Roads", "Hedonthorpe", "hedonthorpeborough.example"),
                ("Wolderton District Roads", "Wolderton", "woldertondistrict.example"),
                ("Sproatmere Borough Roads", "Sproatmere", "sproatmereborough.example"),
                ("Lelleyford District Roads", "Lelleyford", "lelleyforddistrict.example"),
                ("Rimsfold Parish Roads", "Rimsfold", "rimsfoldparish.example"),
            ),
            "number": ("R/418", "R/452", "R/397", "R/466", "R/433"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Application {number}, night loading",
                    timestamp="{d0.iso}T15:50:00",
                    body=cleandoc("""
                        Dear applicant

                        Your application {number} for a permit to load at night has come in and the
                        fee is entered. Page 3, the sketch of the lane, is unsigned, and as it is we
                        cannot take it before the committee.

                        The list closes at {hour} on {due.weekday} {due}, which the by-law fixes and
                        we cannot move. An application that is not whole by then is struck off, and
                        the next list is that of the coming year. The signed page may come by mail.

                        {person1}
                        {office}
                    """),
                ),
                truth=GroundTruth(
                    label="urgent",
                    route_to="legal",
                    facts=facts(
                        "{number} | {short} | permit | application",
                        "page 3 | sketch | signature | signed | unsigned | sign",
                        "{hour} | {due} | {due.weekday}",
                    ),
                    reference_summary=(
                        "{short} needs the signed sketch, page 3, of permit application {number} "
                        "by {hour} on {due}, or it is struck off for a year."
                    ),
                    about=(
                        "{office} {person1} night loading lane fee committee list closes by-law "
                        "law binding fixed struck dropped lapse missing council authority next "
                        "year permit page"
                    ),
                ),
                why=(
                    "Rule 1 if the hour lies no later than the end of the next working day: a "
                    "binding date passes; Rule 2 if it is later. Not dispatch, which would load "
                    "at night: permits are legal's (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="night-crew-hours",
        role="matter",
        slots={
            "firm, short, domain": (
                ("Pinderfold Payrun", "Pinderfold", "pinderfoldpayrun.example"),
                ("Nunkeel Wages Bureau", "Nunkeel", "nunkeelwages.example"),
                ("Osgodthorpe Pay Services", "Osgodthorpe", "osgodthorpepay.example"),
                ("Burstfold Hall Payroll", "Burstfold Hall", "burstfoldhall.example"),
                ("Fitlingham Wage Office", "Fitlingham", "fitlinghamwages.example"),
            ),
            "depot": ("Harran Road", "Goole", "Spurn Lane", "Keld Way", "Brough Side"),
            "fee": ("£740", "£690", "£815", "£770", "£655"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} at {short} <{person1.mailbox}@{domain}>",
                    subject="Night crew {depot}",
                    timestamp="{d0.iso}T13:05:00",
                    body=cleandoc("""
                        Hello,

                        day crews are all here, thank you, and they add up. The hours of the night
                        crew at {depot} are not. Is {person2} still the one who sends them?

                        The wages run starts at {hour} on {due.weekday} {due}. What reaches us later
                        needs a run of its own, and for that our terms charge Kestrelmoor {fee}. We
                        have let it go twice and may not do so again.

                        {person1}
                        {firm}
                    """),
                ),
                truth=GroundTruth(
                    label="urgent",
                    route_to="people",
                    facts=facts(
                        "night crew | night shift | nights | {depot} | {short}",
                        "hours | timesheet | timesheets | {fee} | wages",
                        "{hour} | {due} | {due.weekday}",
                    ),
                    reference_summary=(
                        "{short} lacks the night crew's hours from {depot}; unless sent by {hour} "
                        "on {due}, a separate wages run costs us {fee}."
                    ),
                    about=(
                        "{firm} {person1} {person2} missing night pay payroll run extra own charge "
                        "cost fee money late staff shift crew submit"
                    ),
                ),
                why=(
                    "Rule 1 if the hour lies no later than the end of the next working day: money "
                    "is lost; Rule 2 if it is later. Not billing for the sum, which is no bill: "
                    "hours and pay are people's (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="badges-run-out",
        role="matter",
        slots={
            "firm, short, domain": (
                ("Garrowfen Screed", "Garrowfen", "garrowfenscreed.example"),
                ("Leconmoor Flooring", "Leconmoor", "leconmoorflooring.example"),
                ("Arramdale Concrete Floors", "Arramdale", "arramdalefloors.example"),
                ("Swinehope Surfaces", "Swinehope", "swinehopesurfaces.example"),
                ("Yokesby Resin", "Yokesby", "yokesbyresin.example"),
            ),
            "heads": ("six", "seven", "eight", "nine", "eleven"),
            "hall": ("hall C", "hall D", "hall F", "hall G", "hall K"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="date on the back of our badges",
                    timestamp="{d0.iso}T07:45:00",
                    body=cleandoc("""
                        hello this is {person1.first}, foreman of {short}, we do the floor in {hall}

                        just seen on the back that our {heads} badges run out at {hour} on
                        {due.weekday} {due}. from then the turnstile keeps us out, and with half the
                        floor poured the job stops and your racks can't go up. so they need making
                        longer before that. a month more is enough

                        names and photos same as on the list your gate has. the mixer lorry needs
                        none, it goes round the back

                        {person1.first}
                    """),
                ),
                truth=GroundTruth(
                    label="urgent",
                    route_to="security",
                    facts=facts(
                        "{short} | {person1.last} | {person1.first} | {hall} | floor",
                        "badges | badge | passes",
                        "{hour} | {due} | {due.weekday}",
                    ),
                    reference_summary=(
                        "The {heads} badges of {short} expire at {hour} on {due}; unless extended "
                        "by a month, work on the floor of {hall} stops."
                    ),
                    about=(
                        "{firm} {person1} floor flooring crew foreman extend extension renew "
                        "expire run out lapse month turnstile gate shut out job halt racks "
                        "delayed access contractors half poured end prolong standstill lose entry "
                        "layers beforehand valid validity stranded admitted labourers"
                    ),
                ),
                why=(
                    "Rule 1 if the hour lies no later than the end of the next working day: work "
                    "stops; Rule 2 if it is later. Not cold_store, whose floor it is: badges are "
                    "security's (Rule 14)."
                ),
            ),
        ),
    ),
)
