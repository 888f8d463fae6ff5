"""Earlier mail proves who may write, and from where."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="scorched-trailer",
    slots={
        "firm, short, domain, newco": (
            (
                "Skeldmire Carriers",
                "Skeldmire",
                "skeldmirecarriers.example",
                "Osprey Vale Holdings",
            ),
            ("Balderhow Haulage", "Balderhow", "balderhowhaulage.example", "Tern Bay Holdings"),
            (
                "Wanderlow Transport",
                "Wanderlow",
                "wanderlowtransport.example",
                "Finch Court Holdings",
            ),
            ("Grizedown Freight", "Grizedown", "grizedownfreight.example", "Plover Hill Holdings"),
            ("Yonderby Lorries", "Yonderby", "yonderbylorries.example", "Siskin Row Holdings"),
        ),
        "amount": ("£18,400.00", "£22,750.00", "£16,950.00", "£27,300.00", "£20,600.00"),
        "relative": ("cousin", "brother-in-law", "godchild", "old neighbour", "stepson"),
        "pet": ("parrot", "tortoise", "spaniel", "canary", "goat"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Our four pages",
                timestamp="{d2.iso}T10:05:00",
                body=cleandoc("""
                    Dear friends,

                    {person1.first} of {firm}, in slippers, since they are painting my office. You
                    remember how we made peace over the scorched trailer: four pages, by which
                    {amount} comes from you to us on Wednesday {d30}.

                    With this you get four pages again. They are twins of the first, down to the
                    coffee ring, only that in line nine the money goes to {newco}, to the account of
                    that house, and that they carry the old day, Thursday {d-18}. That house belongs
                    to my {relative}. It is just so that those whom I owe for the burnt hall do not
                    find the sum with me when they come counting.

                    Would whoever of yours put a name under the first set please do so under this
                    one, tear the other up, and lay mine before the judge's clerk as though there
                    had never been another? The ladies and gentlemen with the ledgers you need not
                    bother.

                    The {pet} sends its love.

                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="legal",
                facts=facts(
                    "{short} | {newco} | {person1.last} | {person1.first} | trailer",
                    "sign | signed | signature | settlement | agreement | replace | replacement | "
                    "replaced | backdate | backdated | back-dated | forged | forge | swap | "
                    "contract",
                    "{amount} | creditors | payee | divert | redirect",
                ),
                reference_summary=(
                    "{short} wants a back-dated settlement signed and shown to the court so "
                    "that our {amount} goes to {newco}, out of its creditors' sight."
                ),
                about=(
                    "{firm} {person1} {relative} {d-18} {d30} scorched pages judge clerk owe "
                    "money tear copy hide conceal secret falsify deceive mislead dodge bypass "
                    "finance reroute pay party refuse file change four"
                ),
            ),
            why=(
                "Rule 9: it asks that the money go to another account, which is fraud even "
                "from a partner's own address, and a back-dated paper to cheat creditors is "
                "fraud by Rule 4. Not normal although the quarrel is real. Not billing: what"
                " is asked is a signature under the settlement and a step in court, legal's "
                "(Rule 16)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="For our green folder",
                timestamp="{d9.iso}T16:10:00",
                body=cleandoc("""
                    Good afternoon,

                    the paint has dried, I have shoes on, and I sit before the green folder in which
                    we keep what our people must know about the houses they call at. Yours has an
                    empty page. From Tuesday {d29} two new ones of ours will bring you herring, both
                    straight from the driving course, and neither has been in a place that is cooled
                    with ammonia.

                    When the long horn goes at yours, which way do they walk, and where do they
                    stand to be counted? Do they carry their own mask, or does one hang by the door?
                    And are ordinary boots enough in your frozen rooms, or do they want steel in the
                    toe and spikes below? If you have a leaflet for guests, I should think it is all
                    in there; a sketch on the back of an old invoice does it too.

                    By Thursday {d24}, if it can be done without anybody staying late.

                    Warm regards,
                    {person1.first}, {firm}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="safety",
                facts=facts(
                    "{short} | {person1.last} | {person1.first}",
                    "horn | ammonia | alarm | evacuation | evacuate | muster | assembly | mask | "
                    "masks | boots | protective | protection | ppe | safety",
                ),
                reference_summary=(
                    "{short}, which sent us fraud before, asks by {d24} what its two "
                    "newcomers must wear and do if the ammonia alarm sounds."
                ),
                about=(
                    "{person1} {firm} {d29} drivers leaflet guests stand counted point gear "
                    "equipment footwear drill rules instructions guidance procedure visitor "
                    "settlement tainted untrusted frozen rooms walk"
                ),
                memoryless=("normal", "safety"),
            ),
            why=(
                "Rule 10: this very address asked a week ago for a fraud, so whatever it "
                "sends later is spam. Not normal although the question is sensible and "
                "harmless. Not dispatch although it is about people who bring loads: what to"
                " wear and where to run is safety's (Rule 16)."
            ),
        ),
    ),
)
