"""A notice changes the routing of later mail for a while."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="lent-desk",
    hands_over="legal",
    slots={
        "firm, short, domain": (
            ("Wintersett Dairies", "Wintersett", "wintersettdairies.example"),
            ("Gunnerside Foods", "Gunnerside", "gunnersidefoods.example"),
            ("Holbeck & Farthing", "Holbeck", "holbeckfarthing.example"),
            ("Yewdale Larders", "Yewdale", "yewdalelarders.example"),
            ("Cawthra Grocers", "Cawthra", "cawthragrocers.example"),
        ),
        "office, oshort, odomain": (
            ("Marrick District Trading Office", "Marrick", "marrickdistrict.example"),
            ("Osmaston Borough Measures Office", "Osmaston", "osmastonborough.example"),
            ("Thirlspot County Standards Office", "Thirlspot", "thirlspotcounty.example"),
            ("Penwarden District Weighing Office", "Penwarden", "penwardendistrict.example"),
            ("Ulleskelf Borough Trading Office", "Ulleskelf", "ulleskelfborough.example"),
        ),
        "days, daysnew": (("30", "45"), ("40", "60"), ("20", "35"), ("25", "50"), ("21", "42")),
        "fine": ("£2,400.00", "£3,150.00", "£3,800.00", "£4,500.00", "£5,250.00"),
        "plant": ("rubber plant", "cactus", "fern", "busy lizzie", "spider plant"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                subject="The tap, and the rest of it",
                timestamp="{d7.iso}T08:20:00",
                body=cleandoc("""
                    Morning, all of you,

                    the tap by the window has a new washer and has stopped singing, so those of you
                    who moved in with {team.dispatch} for the quiet have moved back already, I see.
                    The {plant} survived it.

                    Upstairs they are painting the room with the law books, and {person1.first} and
                    {person2.first} sit at home with neither files nor telephone meanwhile. So from
                    Monday {d7} 10:00 until Thursday {d10} 18:00 everything that would be for
                    {team.legal} goes to {team.people}, where {person3.first} used to be a
                    solicitor's clerk before the hair turned grey. {person3.first} has had the keys
                    since Friday and knows all about it.

                    The cake by the franking machine is from {person4.first}, who passed the
                    tachograph test at the third go. I have had two slices, and it is not yet nine.

                    Ines
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="legal",
                facts=facts(
                    "{team.legal}",
                    "{team.people}",
                    "{d10} | {d10.ordinal} | Thursday | 18:00 | four days",
                ),
                reference_summary=(
                    "Mail meant for {team.legal} goes to {team.people} between Monday {d7} 10:00 "
                    "and Thursday {d10} 18:00, because their room is being painted."
                ),
                about=(
                    "{person3} ines calloway desk lead painters notice routing correspondence "
                    "post inbox handle cover hands shoulder colleagues briefed prepared redirect "
                    "temporary information upstairs law home {person1.first} {person2.first}"
                ),
            ),
            why=(
                "Rule 12: the notice is archived to the team whose work it hands over, "
                "legal. Not people although that team gets the mail, and not normal: nothing"
                " is asked of anybody."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person5} <{person5.mailbox}@{domain}>",
                subject="Paragraph 7 between us",
                timestamp="{d8.iso}T08:15:00",
                body=cleandoc("""
                    To whoever keeps the old papers,

                    I am the successor of the successor of the person who once wrote our storage
                    agreement with you, and I am told all three of us had the same bad handwriting.
                    So bear with me.

                    Paragraph 7 says that either house may step out with {days} days' warning. My
                    directors sleep badly over it, as one cannot empty so many racks, nor find the
                    lorries, in that time. We should like it to read {daysnew} days, both ways,
                    everything else untouched down to the commas. The page is attached twice. What I
                    need is your consent in writing, or a refusal in writing, I am not proud, and it
                    must have come in here by 12:00 on Thursday {d10}. At that hour the agreement
                    renews itself for three years, and what stands in it then stands.

                    I am on the coast until then with no signal, counting gulls, so my clerk opens
                    the post.

                    {person5}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="people",
                facts=facts(
                    "{short} | {person5.last} | {person5.first}",
                    "{daysnew} days | paragraph 7 | paragraph | clause 7 | clause | notice period "
                    "| warning period | warning | agreement | contract | consent | amendment | "
                    "{days} days to {daysnew}",
                    "{d10} | thursday | 12:00 | noon",
                ),
                reference_summary=(
                    "{firm} wants paragraph 7 of the storage agreement changed to {daysnew} days; "
                    "our written yes or no must arrive by noon on Thursday {d10}, when it renews."
                ),
                about=(
                    "{person5} ways refusal directors attached lengthen extend party decision "
                    "acceptance assent rejection amend terminate ending hold pact untouched "
                    "unchanged page renews renewal three years clerk prolong fixed"
                ),
                memoryless=("normal", "legal"),
            ),
            why=(
                "Rule 2: an answer must be there on {d10} at 12:00, when the agreement renews "
                "itself, and the next working day is Wednesday, so not urgent. Rule 12: on Tuesday "
                "what is for legal goes to people, so not legal although it is about an agreement."
            ),
        ),
        Case(
            email=Email(
                email_id="3",
                sender="{person6} <{person6.mailbox}@{odomain}>",
                subject="Our letter of the {d-11.ordinal}",
                timestamp="{d11.iso}T09:40:00",
                body=cleandoc("""
                    Sirs,

                    reference is made to this office's letter of Thursday {d-11}, received and
                    signed for at your gate on Friday {d-10}, in which three questions were put to
                    your company concerning the plates on its weighing machines.

                    No answer lies on the file. The term set by the by-law ends on Monday {d14} at
                    12:00 and cannot be prolonged, the undersigned has asked on your behalf, being
                    of a kindly nature. What arrives by that hour is read, be it never so short. If
                    there is nothing to read, the board takes the questions as admitted and fixes
                    the penalty at {fine}. Its sitting on Wednesday {d30} then only settles by which
                    day you have to pay, and nothing that your drivers, your storemen or your wages
                    clerk may say there will alter the sum.

                    The answer goes to this address, over the hand of one who may bind the company.

                    {person6}
                    {office}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="legal",
                facts=facts(
                    "{oshort} | {person6.last} | {person6.first}",
                    "questions | weighing machines | written answer | answer | answers | reply | "
                    "response | respond",
                    "{d14} | Monday | 12:00",
                ),
                reference_summary=(
                    "{office} must have our signed reply about the weighing machines by "
                    "Monday {d14}, 12:00, or a penalty of {fine} follows."
                ),
                about=(
                    "{person6} {d-11} {d-10} three plates board fixes admitted sitting {d30} bind "
                    "company authorised signatory authority scales fine open outstanding "
                    "unanswered await owe queries remind miss term file sum"
                ),
            ),
            why=(
                "Rule 1: a binding date falls before the end of the next working day, "
                "Monday. Not people: the notice under Rule 12 ended on Thursday at 18:00. "
                "Not cold_store: the answer to the office is the next work (Rule 14)."
            ),
        ),
    ),
)
