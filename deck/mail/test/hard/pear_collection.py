"""Earlier mail proves who may write, and from where."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="pear-collection",
    slots={
        "firm, short, domain, other": (
            ("Mallerby Orchards", "Mallerby", "mallerbyorchards.example", "mallerby-fruit.example"),
            (
                "Amberlow Hill Fruit",
                "Amberlow",
                "amberlowhillfruit.example",
                "amberlowhill-store.example",
            ),
            ("Pershaw Growers", "Pershaw", "pershawgrowers.example", "pershaw-produce.example"),
            (
                "Wintergreen Row Fruits",
                "Wintergreen",
                "wintergreenrow.example",
                "wintergreen-fruits.example",
            ),
            (
                "Culverley Estate",
                "Culverley",
                "culverleyestate.example",
                "culverley-office.example",
            ),
            ("Bosworth Pears", "Bosworth", "bosworthpears.example", "bosworth-pears.example"),
        ),
        "pallets, goods, less": (
            ("14", "pear halves", "£1,260.00"),
            ("18", "frozen plums", "£1,620.00"),
            ("23", "apple cubes", "£2,070.00"),
            ("16", "damson pulp", "£1,440.00"),
            ("27", "cherry purée", "£2,430.00"),
        ),
        "dog": ("Biscuit", "Major", "Pickle", "Duchess", "Mustard"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Coming for our {goods}",
                timestamp="{d2.iso}T13:05:00",
                body=cleandoc("""
                    Hello all,

                    We've found a buyer for the {pallets} pallets of {goods} that stand with you,
                    order {order1}. We'll fetch them ourselves, our {person4} drives and our own
                    wagon has just passed its brake test, so you needn't lay on anything with
                    wheels.

                    All I'd like from you is a day and an hour in the week that begins on Monday
                    {d21}. Any will do but the Wednesday, when {person4.first} takes {dog} to the
                    vet. Your planners usually pencil us in between two other people.

                    The buyer wants to be told the day by Friday {d4} at 15:00 and lets the price
                    stand till then. Past that the next one on our list gets them, for {less} less.
                    The bill for the storage can run on as always.

                    Cheerio,
                    {person1}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="dispatch",
                facts=facts(
                    "{short} | {order1} | {person1.last}",
                    "collect | collection | pick up | fetch | pickup | collecting | slot | "
                    "picking up",
                    "{d21} | {pallets} pallets | {d4} | Friday",
                ),
                reference_summary=(
                    "{short} would like a slot in the week of {d21} to collect its {pallets} "
                    "pallets under order {order1}; it loses {less} unless told by 15:00 on {d4}."
                ),
                about=(
                    "{firm} {person1} {goods} buyer wagon vehicle hour except preferably loading "
                    "price sale Friday money"
                ),
            ),
            why=(
                "Rule 2: the price falls on Friday at 15:00, the second working day on, if no "
                "slot is named. Not urgent although money is lost then: the next working day is "
                "Thursday. Rule 14: booking the collection is dispatch work, not cold_store."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@{other}>",
                subject="Where to find our {goods}",
                timestamp="{d9.iso}T16:20:00",
                body=cleandoc("""
                    Good afternoon Kestrelmoor,

                    {person2} from {firm}, I have taken over the stock books from my predecessor,
                    who has gone to keep bees. Two small gaps remain on my sheet and you can surely
                    fill them from memory.

                    First, in which of your chambers do you keep our {goods} at present, and on
                    which level of the racks? I have only "Kestrelmoor, cold", which is true but
                    thin. Secondly, between which hours of the night are your dock doors manned? We
                    are thinking about longer runs, and one driver of ours is more owl than lark.

                    It needn't be this week. If I have it by Thursday {d24} I can close the books
                    with a clear head. Should the warehouse be short of hands, a list from the
                    computer is just as good.

                    Many thanks and kind regards,
                    {person2}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="cold_store",
                facts=facts(
                    "{short} | {person2.last}",
                    "chambers | chamber | racks | rack | racked | location | locations | stored "
                    "| stand | kept | lie",
                    "night | nights | overnight | dock hours | dock doors",
                ),
                reference_summary=(
                    "Somebody posing as {short} from a foreign domain wants to know the "
                    "chambers of its goods and our night staffing by {d24}."
                ),
                about=(
                    "{firm} {person2} {goods} level bays manned stock books storage hold given "
                    "disclose information fishes herself person using smells theft"
                ),
                memoryless=("normal", "cold_store"),
            ),
            why=(
                "Rule 7: {short} wrote to us from another domain, and each partner has one "
                "only. Not normal although it asks politely for stock data. Cold_store would"
                " have answered (Rule 16), not security: no passwords or badges."
            ),
        ),
    ),
)
