"""Earlier mail proves who may write, and from where."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="cab-folder",
    slots={
        "firm, short, domain, domain2": (
            ("Nantcoed Haulage", "Nantcoed", "nantcoedhaulage.example", "nantcoed-runs.example"),
            ("Berwyn Fold Carriers", "Berwyn", "berwynfold.example", "berwynfold-carriers.example"),
            (
                "Dolgwyn Transport",
                "Dolgwyn",
                "dolgwyntransport.example",
                "dolgwyn-planning.example",
            ),
            (
                "Plas Hendy Freight",
                "Hendy",
                "plashendyfreight.example",
                "plashendy-traffic.example",
            ),
            ("Cefnlas Trunking", "Cefnlas", "cefnlastrunking.example", "cefnlas-wagons.example"),
        ),
        "runs": ("four", "five", "six", "seven", "eight"),
        "goods": ("cheddar", "oven chips", "cooked ham", "trifles", "rissoles"),
        "beast": ("terrier", "whippet", "spaniel", "collie", "dachshund"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Our planning table",
                timestamp="{d2.iso}T14:50:00",
                body=cleandoc("""
                    Dear all at Kestrelmoor,

                    most of this you had from me on the telephone. I promised {person3} of yours the
                    same in ink, and a promise is a promise.

                    We have parted with {person2}, who planned our runs for your loads these six
                    years, and it did not end in a whip-round. Last week {person2.first} wrote to
                    you from an address set up at home, {person2.mailbox}@{domain2}, as though still
                    at our table, and called off {runs} of our runs with your {goods}.
                    {person3.first} smelt a rat and rang me, and between us we had each of them back
                    on the board before a wheel was due. All {runs} were driven on the minute,
                    nothing went warm, nobody is out of pocket, and you had struck that address off
                    your list by the time I put the receiver down.

                    So the slate is clean. {person4} has the pencil here now, and a larger eraser.

                    All the best from the depot,
                    {person1}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="dispatch",
                facts=facts(
                    "{short} | {person1.last} | {person2.last}",
                    "planner | ex-planner | private address | home address | false address | "
                    "{domain2} | false name | dismissed | sacked",
                    "cancelled | cancel | cancelling | cancellation | cancellations | called off "
                    "{runs} | called off runs | called off loads | called off trips",
                    "driven | ran | went ahead | restored | reinstated | undone | settled | "
                    "resolved | thwarted | no harm",
                ),
                reference_summary=(
                    "{short} confirms that its former planner {person2} posed as the firm "
                    "from {domain2} and cancelled {runs} runs; all were restored and driven."
                ),
                about=(
                    "{firm} {person1} {person3} {goods} bookings telephone struck list blocked "
                    "barred removed fraudulently fired closed matter outstanding nought"
                ),
            ),
            why=(
                "Rule 3: the runs were driven, the address is off the list, nothing is "
                "asked. Not normal although a fraud is told. Not security: no sign-in, "
                "device or data is concerned; cancelled runs are what dispatch would put "
                "right (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@{domain2}>",
                subject="A page for the folder",
                timestamp="{d9.iso}T10:40:00",
                body=cleandoc("""
                    Good day to you,

                    in each cab of ours lives a folder, with a page for every yard we call at: which
                    gate sticks, where the kettle is, whom not to call "pet". Your page is thin, and
                    one of our drivers has just had a toe broken at somebody else's place, so I am
                    fattening them all.

                    What do you ask of visiting drivers from the moment they climb down? Jackets
                    yellow or orange, caps on the boots, where one may walk and where the forklifts
                    have right of way, and the spot on which everyone gathers if the siren goes. If
                    you have a leaflet, better still. May a {beast} stay on the passenger seat, by
                    the way? It is a quiet one.

                    The printer takes the pages on Friday {d25}, so with me by Thursday {d24} is
                    fine. Slots and prices are not touched by it.

                    Regards,
                    {person2.first}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="safety",
                facts=facts(
                    "{short} | {person2.last} | {person2.first}",
                    "rules | safety | hi-vis | jackets | clothing | boots | protective | "
                    "assembly point | walkways | visiting drivers | visitors | ppe",
                ),
                reference_summary=(
                    "{person2}, who earlier cancelled runs fraudulently, again poses as "
                    "{firm} and asks about our rules for visiting drivers by {d24}."
                ),
                about=(
                    "employee site instructions folder cab page forklifts walk gather siren "
                    "leaflet exposed {d2} angling fishing harmless withheld always"
                ),
                memoryless=("normal", "safety"),
            ),
            why=(
                "Rule 10: this address has posed as the haulier before, so whatever it sends"
                " is spam; the firm writes from another domain (Rule 7). Not normal although"
                " the question is harmless. Not dispatch: rules that keep drivers unhurt are"
                " for safety (Rule 16)."
            ),
        ),
    ),
)
