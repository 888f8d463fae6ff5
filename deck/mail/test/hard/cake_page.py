"""A problem opens, is reported again, and moves on."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="cake-page",
    slots={
        "paper": (
            "Ferryside Bugle",
            "Harbour Lantern",
            "Three Valleys Echo",
            "Weekly Weathercock",
            "Uplands Argus",
            "Estuary Crier",
        ),
        "post": (
            "lapwingmail.example",
            "otterpost.example",
            "bramblebox.example",
            "wickerpost.example",
            "merlinmail.example",
            "thistledownpost.example",
        ),
        "pallets, goods": (
            ("16", "smoked salmon"),
            ("22", "lamb shanks"),
            ("19", "king prawns"),
            ("24", "duck breasts"),
            ("18", "sirloin joints"),
        ),
        "flavour": ("lemon", "coffee", "walnut", "ginger", "cherry"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="Page 3 of the {paper}",
                timestamp="{d1.iso}T13:35:00",
                body=cleandoc("""
                    Hello upstairs,

                    the pleasant part first: we are in the {paper}. Half of page 3 this morning,
                    {person2} and the whole early crew round the anniversary cake, the one iced like
                    a lorry. My mother has bought five copies and is going back for more.

                    I went over it with her reading glass. Behind the candles hangs our white board,
                    and on it, sharp as print, the name and the word we all type to reach the page
                    where loads are handed out. I tried the pair on the machine in the library, to
                    be certain, and there I was, inside. Whoever does the same can set any number
                    plate against any load, and the dock gives it to that plate without another
                    question. Tomorrow's first, {pallets} pallets of {goods}, rolls at 05:00.

                    I have wiped the board, for what that is worth. A new word can only be set at
                    your end.

                    It was a {flavour} sponge, since you ask.
                    {person1.first}, dock {dock1}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="security",
                facts=facts(
                    "{paper} | newspaper | photo | photograph | picture | press | printed | "
                    "published",
                    "password | passwords | login | logins | log-in | logon | sign-in | sign in | "
                    "signin | credentials | access details | access data | username | user name | "
                    "access word",
                    "05:00 | tomorrow | {d2}",
                ),
                reference_summary=(
                    "A newspaper photo shows the whiteboard with our shared login for "
                    "releasing loads; change the password before {pallets} pallets of "
                    "{goods} roll at 05:00 tomorrow."
                ),
                about=(
                    "{person1} page board white cake dock system site works tried inside wiped "
                    "plate first stolen redirect shipment leave depart allocation anyone legible "
                    "visible read saw spotted found discloses reset replaced set"
                ),
            ),
            why=(
                "Rule 1: anyone who reads the paper can have tomorrow's loads handed over "
                "unless the word is changed before 05:00. Not normal although it is chatty. "
                "Not dispatch although loads are at stake: the next step is a new password "
                "(Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person3} <{person3.mailbox}@{post}>",
                subject="The lorry cake",
                timestamp="{d3.iso}T10:20:00",
                body=cleandoc("""
                    Dear Sir or Madam,

                    Having taught spelling for thirty-six years I read everything with a magnifying
                    glass, even the weather. Forgive an old habit, therefore.

                    In the {paper} there is that cheerful picture of {person2} with a cake in the
                    shape of one of your lorries. Between the candles one sees a board, and on the
                    board, under "loads page", a name and a word in blue ink, as plain as on any
                    blackboard of mine. It seems to me that with these two a rogue in an armchair
                    could send your goods wherever the rogue liked, and your docks would wave the
                    driver off. I have not tried it, I was decently brought up. But I should not
                    care to go to bed tonight with my front door key in five thousand letter boxes,
                    and nor, I think, should you.

                    The word is misspelt, which may of course be cunning.

                    Yours sincerely,
                    {person3}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="security",
                facts=facts(
                    "{paper} | newspaper | photo | photograph | picture | reader | {person3.last}",
                    "password | passwords | login | logins | log-in | logon | sign-in | sign in "
                    "| signin | credentials | access details | access data | username | user "
                    "name | access word",
                    "{d1} | Tuesday | same | nothing new | reported before | reported earlier | "
                    "{person1.first} | {person1.last}",
                ),
                reference_summary=(
                    "A reader, {person3}, points out the login for our loads on the board in"
                    " the {paper} picture, which we have known since Tuesday."
                ),
                about=(
                    "retired teacher cake page whiteboard system goods {person2} legible visible "
                    "shows reveals read noticed saw spotted brings adds additional further "
                    "follows step work"
                ),
                memoryless=("urgent", "security"),
            ),
            why=(
                "Rule 13: the same board in the same picture was reported on Tuesday and "
                "nothing is added to do, whether or not the word is new by now; archive to "
                "the team of the first report. Not urgent although the worry is sound. Not "
                "dispatch although goods are named."
            ),
        ),
    ),
)
