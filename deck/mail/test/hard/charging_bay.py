"""A problem opens, is reported again, and moves on."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, FollowUpCase, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="charging-bay",
    slots={
        "firm, short, domain": (
            ("Mopfield & Daughters", "Mopfield", "mopfieldclean.example"),
            ("Bucklersby Cleaning", "Bucklersby", "bucklersbycleaning.example"),
            ("Early Bristle", "Bristle", "earlybristle.example"),
            ("Sudsworth Night Service", "Sudsworth", "sudsworthnight.example"),
            ("Pailwright Cleaning", "Pailwright", "pailwrightclean.example"),
            ("Lustrum Floors", "Lustrum", "lustrumfloors.example"),
        ),
        "bay": ("north", "river side", "lower", "old", "canteen side"),
        "truck": ("R3", "R7", "R12", "R15", "R21"),
        "size": ("a door", "a tea table", "a bath mat", "a car bonnet", "a single bed"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="After our night round",
                timestamp="{d0.iso}T06:25:00",
                body=cleandoc("""
                    Good morning,

                    here is {person1.first} from {short}, the cleaners. The night was calm and the
                    offices are done, also the fridge in your canteen, which I don't want to
                    describe.

                    One thing. In the {bay} charging bay, where the reach truck {truck} stands on
                    the cable, the floor is wet, about as large as {size}. I took it for water and
                    went in with the mop. The mop is now threads and the paint of the floor came off
                    with it. It drips out of the battery box, slowly, drop and drop. My nose burns
                    still a little but otherwise I am well.

                    All your morning people walk through there at 07:00 to fetch their trucks, and
                    the lorry drivers take the same way to the coffee. I have put a chair and two
                    yellow cones, more I have not. Our contract is for floors with soap, for this
                    here I own neither powder nor gloves.

                    Now I go to sleep,
                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="safety",
                facts=facts(
                    "{truck} | {bay} charging | {bay} bay | charging bay",
                    "acid | corrosive | battery fluid | battery liquid | battery leak | leaking "
                    "battery | leaking under {truck} | fluid | liquid",
                    "07:00 | morning shift | early shift",
                ),
                reference_summary=(
                    "Acid is leaking from the battery of truck {truck} in the {bay} charging"
                    " bay; staff cross it at 07:00."
                ),
                about=(
                    "{person1} {firm} cleaner reach night floor paint mop wet cones chair drivers "
                    "people walk pass past area liquid ate destroyed apparent escaping {d0} close "
                    "clean contain sealed secure neutralised guard employees beforehand {short} "
                    "leak drip spill eating"
                ),
            ),
            why=(
                "Rules 1 and 15: people walk through battery acid this morning. Not normal "
                "although it is told calmly (Rule 5). Not cold_store, whose truck it is: "
                "danger to people goes to safety first."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="Night forms <forms@{domain}>",
                subject="Client copy, form 0-22",
                timestamp="{d2.iso}T10:40:00",
                body=cleandoc("""
                    {firm}, NIGHT ROUND FORM, CLIENT COPY
                    Site: Kestrelmoor Chilled Logistics
                    Round: Sunday {d-1}, 22:00, to Monday {d0}, 06:00
                    Cleaner in charge: {person1}

                    Offices, ground floor: done
                    Offices, first floor: done, one bin missing
                    Canteen: done, fridge see photograph (not attached)
                    Dock office: door locked, invoice as agreed
                    Charging bay, {bay}: NOT done

                    Remarks: Under truck {truck} fluid drips from battery. Eats floor paint,
                    destroyed one mop. Way of the staff and drivers leads across. Cones and chair
                    put up. Own equipment not suited.

                    Condition at end of round: unchanged, still dripping
                    Mops used: 3
                    Signature of cleaner: given

                    Client copies are sent by our office computer in the order in which the paper
                    reaches the scanner. This message was written by a machine that has never held a
                    broom.
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="safety",
                facts=facts(
                    "{truck} | {bay} charging | {bay} bay | charging bay | {short}",
                    "acid | leak | leaks | leaking | leakage | corrosive | dripping | drips | "
                    "drip | spill | fluid | eating | eats | battery",
                ),
                reference_summary=(
                    "Late copy of {short}'s night form about the acid dripping from truck "
                    "{truck}, which was already reported."
                ),
                about=(
                    "{person1} {firm} cleaners cleaning round client {d-1} {d0} floor paint mop "
                    "first automatic automated belated record lists beneath merely notified adds "
                    "further arises"
                ),
                memoryless=("urgent", "safety"),
            ),
            why=(
                "Rule 13: the form records the same leak that the cleaner reported on Monday"
                " and adds nothing to do. Not urgent although it reads like a fresh danger. "
                "It goes to the team of the first report, safety, not cold_store."
            ),
        ),
        FollowUpCase(
            after="1",
            handled=Case(
                email=Email(
                    email_id="3a",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Two chairs",
                    timestamp="{d8.iso}T09:20:00",
                    body=cleandoc("""
                        Hello again from the night side of the world,

                        I want to say thanks. On that Monday your people came with the powder before
                        the first boot was in the {bay} bay, now there is new paint and the truck
                        has a new battery box. I walked over it in my best shoes.

                        I have a wish also. Your instructor {person4} tells me that on Monday {d28}
                        you train your own new staff in lift truck handling, and that two chairs in
                        the class are free. May {person2} and {person3} from my crew sit there? They
                        do move pallets sometimes when the dock is full, and they learn fast. Your
                        training office keeps the list of names, I hear. If I know it by Friday
                        {d18}, I can change their rounds. {short} pays what it costs, send the bill
                        to our office.

                        Greetings, and the canteen fridge is again not good,
                        {person1.first}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="people",
                    facts=facts(
                        "{short} | {person1.last} | {person1.first} | {person2.last} | "
                        "{person3.last} | cleaner | cleaners",
                        "training | course | class | lift truck | forklift",
                        "{d28} | {d18}",
                    ),
                    reference_summary=(
                        "{short} asks for two places in our lift truck training on {d28} and"
                        " would like an answer by {d18}."
                    ),
                    about=(
                        "{firm} {person1} {person2} {person3} {person4} crew seats spots staff "
                        "join names bill pays expense thanks grateful bay repaired"
                    ),
                ),
                why=(
                    "Rule 2: an answer is wanted by Friday {d18}, eight working days off. "
                    "Not archive although it opens with thanks. The training office answers "
                    "(Rule 14): people, not safety, whose work in the bay is done."
                ),
            ),
            mishandled=Case(
                email=Email(
                    email_id="3b",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="The {bay} bay again",
                    timestamp="{d8.iso}T09:20:00",
                    body=cleandoc("""
                        Hello,

                        I had hoped to write you a nicer letter. Yesterday at the end of the round
                        {person2} from my crew walked with the bucket through the {bay} bay, because
                        the dock office was locked again and the other way is full with pallets. The
                        chair was gone and the cones also. Under truck {truck} it is now wet as far
                        as the door. It came through the soles. Both feet are red and open, and the
                        clinic keeps {person2.first} there until Thursday.

                        Nobody has been, I see it: my old mop lies there still. The bay stands open,
                        your morning people went through it today on the dry side, and my three
                        others begin tonight at 22:00 with the same floor.

                        I ask nothing about money or contract now. I only want that somebody goes
                        there.

                        {person1.first}
                    """),
                ),
                truth=GroundTruth(
                    label="urgent",
                    route_to="safety",
                    facts=facts(
                        "{person1.last} | {person1.first} | {person2.last} | {person2.first} | "
                        "{truck} | {bay} bay | charging bay | {short}",
                        "feet | foot | burnt | burned | burns | injured | hurt | injury",
                        "22:00 | tonight | still open | bay open | remains open | unsecured | not "
                        "closed off",
                    ),
                    reference_summary=(
                        "{short}'s cleaner {person2.last} burnt both feet in the {bay} bay; "
                        "it is still open and others start tonight."
                    ),
                    about=(
                        "{person1} {person2} clinic yesterday cones wet leak spread battery fluid "
                        "liquid acid spill truck reaches door crew three returns enter beneath "
                        "chemical suffered hospitalised care accessible unattended uncordoned "
                        "secured stands clean dealt immediately"
                    ),
                ),
                why=(
                    "Rule 13 and Rule 15: somebody is hurt and the bay must be shut, so it "
                    "adds something to do. Not archive although the leak was reported "
                    "before, and not people: injuries go to safety."
                ),
            ),
        ),
    ),
)
