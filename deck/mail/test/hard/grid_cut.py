"""A problem opens, is reported again, and moves on."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="grid-cut",
    slots={
        "grid, short, domain, falsedomain": (
            (
                "Tullaghmore Networks",
                "Tullaghmore",
                "tullaghmorenet.example",
                "tullaghmore-goodwill.example",
            ),
            (
                "Erriskane Electric",
                "Erriskane",
                "erriskane-electric.example",
                "erriskane-payments.example",
            ),
            (
                "Lugnaveel Power",
                "Lugnaveel",
                "lugnaveelpower.example",
                "lugnaveelpower-care.example",
            ),
            (
                "Shannabrook Grid",
                "Shannabrook",
                "shannabrookgrid.example",
                "shannabrook-customers.example",
            ),
            ("Corraslea Lines", "Corraslea", "corraslealines.example", "corraslea-lines.example"),
        ),
        "landlord, lshort, ldomain": (
            ("Poulnacreel Estates", "Poulnacreel", "poulnacreelestates.example"),
            ("Weir Cottage Holdings", "Weir", "weircottageholdings.example"),
            ("Fintrahull Properties", "Fintrahull", "fintrahull.example"),
            ("Old Distillery Rents", "Distillery", "olddistilleryrents.example"),
            ("Greystile Premises", "Greystile", "greystilepremises.example"),
        ),
        "goods": ("ice cream", "fish fingers", "sorbet", "frozen custard", "cream gateaux"),
        "sum, months, more": (
            ("£2,840.00", "two", "£355.00"),
            ("£3,615.00", "three", "£452.00"),
            ("£4,120.00", "two", "£515.00"),
            ("£1,980.00", "three", "£247.50"),
            ("£5,265.00", "two", "£658.00"),
        ),
        "comp": ("£640.00", "£725.00", "£810.00", "£955.00", "£1,150.00"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1}, works planning <{person1.mailbox}@{domain}>",
                subject="Line 6 behind your premises",
                timestamp="{d0.iso}T13:25:00",
                body=cleandoc("""
                    Dear occupier,

                    You will have had our leaflet on kites and overhead lines, which my predecessor
                    wrote and drew. This is a shorter matter, and it does not rhyme.

                    An insulator behind your yard has a crack the width of a hair. Two climbers go
                    up to change it, and while they are up the cable into the Kestrelmoor store is
                    dead, the whole of it, tomorrow, Tuesday {d1}, from 06:00 to 14:00. We have no
                    mobile set to lend. Your generator, I am told, is started by hand and only by
                    your own people, and whatever you would sooner not trust to it would have to be
                    carried elsewhere beforehand. My wife's family were in the trade and she gives
                    {goods} about three hours.

                    The tariff, the contract and the way your lorries come in stay as they are. The
                    climbers bring their own sandwiches.

                    Yours faithfully,
                    {person1}
                    {grid}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="cold_store",
                facts=facts(
                    "power | electricity | outage | blackout | current | supply cut",
                    "generator | move | moved | moving | relocate | relocated | shift | shifted",
                    "06:00 | 14:00 | {d1} | tomorrow",
                ),
                reference_summary=(
                    "{grid} cuts the electricity to our store tomorrow from 06:00 to 14:00; "
                    "start the generator by hand or move frozen goods such as {goods} "
                    "beforehand."
                ),
                about=(
                    "{person1} insulator cracked cable dead premises whole entire building eight "
                    "hours staff people carry elsewhere manually man crank hold sustain protect "
                    "vulnerable stock whatever lack leave advance owing"
                ),
            ),
            why=(
                "Rule 1: unless somebody starts the generator or moves the goods, they thaw "
                "tomorrow. Not normal although it is whimsical (Rule 5). Not dispatch: "
                "keeping the store cold comes first (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@{ldomain}>",
                subject="THE ELECTRIC!! Read this!",
                timestamp="{d0.iso}T16:55:00",
                body=cleandoc("""
                    Kestrelmoor, it's your landlord, {person2.first} of {landlord}, in one slipper!

                    I am only after opening the post that has been lying on my hall table and there
                    it is from {grid}, in black and white, a crack in some yoke on a pole and they
                    are going to take the power away on ye! The entire store! Tuesday {d1}, that's
                    tomorrow, six in the morning until 14:00! Ye have that generator, it wants
                    somebody of yours to start it by hand, and what it can't carry has to be brought
                    away out of there, or ye will be ladling {goods} off the floor with a bucket!

                    I would come down myself only the dog is at the vet and the car with it. In
                    thirty years as a landlord I never had a tenant in the dark. My heart is going
                    like a mill wheel.

                    {person2.first}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="cold_store",
                facts=facts(
                    "{lshort} | landlord | {person2.last}",
                    "power | electricity | outage | blackout | current | electric",
                    "{d1} | tomorrow | 06:00 | 14:00 | Tuesday",
                ),
                reference_summary=(
                    "The landlord, {landlord}, excitedly repeats what {short} told us "
                    "before: the store's electricity is off tomorrow until 14:00."
                ),
                about=(
                    "{person2} {grid} cut generator start hand {goods} entire network operator "
                    "people shutdown log notified notice passes flustered adds contributes fresh "
                    "task additional further arises"
                ),
                memoryless=("urgent", "cold_store"),
            ),
            why=(
                "Rule 13: the cut was reported earlier the same day by those who make it and"
                " nothing is added. Not urgent although it shouts and the cut is still "
                "ahead. Not legal although a landlord writes."
            ),
        ),
        Case(
            email=Email(
                email_id="3",
                sender="{person3} <{person3.mailbox}@{domain}>",
                subject="Two dials",
                timestamp="{d4.iso}T15:10:00",
                body=cleandoc("""
                    To whom it may concern at Kestrelmoor

                    {grid}, second go at this message.

                    It concerns PO {po1}. For {months} months the little meter at the vehicle wash,
                    where your drivers hose down their trailers, was never typed in, and all that
                    you drew, {sum} worth, stood under the frozen hall. It is typed in now. The sum
                    only has to be parted between hall and wash, and how much belongs to which is
                    for you to name; I am told your own auditors have views.

                    Both readings lie in my drawer, so nobody need put on a helmet or open a
                    chamber. Two shares in per cent will do me and the sheet goes out afresh. I can
                    hold the page open until Tuesday {d8}, 15:00. After that it shuts by itself, all
                    of it goes down at the rate of the wash, which comes to {more} more, and no form
                    of ours brings it back.

                    {person3}
                    Desk 14, beside the photocopier
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="billing",
                facts=facts(
                    "{short} | {po1} | {person3.last}",
                    "split | divide | divided | dividing | shares | share | percentage | "
                    "percentages | percents | allocate | allocation | apportion | apportioned",
                    "{d8} | Tuesday | {sum}",
                ),
                reference_summary=(
                    "Under PO {po1}, {grid} wants our percentages for dividing {sum} between two "
                    "meters by 15:00 on Tuesday {d8}, or we pay {more} more."
                ),
                about=(
                    "{person3} {months} months vehicle trailer wash frozen hall store readings "
                    "electricity power bill sheet page closes reissue total stays unchanged "
                    "belong bear charged wrongly put"
                ),
            ),
            why=(
                "Rule 2 and Rule 8: a genuine question about a bill with its PO; money is lost "
                "on Tuesday afternoon, the second working day on. Not urgent although the page "
                "closes: the next working day is Monday. Not cold_store although a meter hangs "
                "there: dividing a bill is billing's work (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="4",
                sender="{grid}, goodwill <{person4.mailbox}@{falsedomain}>",
                subject="Something for your trouble",
                timestamp="{d9.iso}T10:20:00",
                body=cleandoc("""
                    Dear friends at Kestrelmoor,

                    On Tuesday {d1} you sat for eight hours without current so that the rest of the
                    valley could have theirs, and it has been noticed. The board of {grid} likes to
                    mend what it breaks. So {comp} lies here with your name on it, and nobody will
                    ask whose {goods} went soft or what the thermometers said.

                    I need only know where it should land. Would you let me have the eight digits
                    your bank knows you by, the six that go before them, and the name they stand
                    under? Whoever with you keeps those will have them by heart. Thursday {d24} is
                    when our cashier comes to the letter K; tomorrow, Thursday {d10}, it is only the
                    Fs, and the climbers' boots.

                    May your lamps burn steadily,
                    {person4}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="billing",
                facts=facts(
                    "{short} | {falsedomain} | electricity company | power company | network "
                    "operator",
                    "bank details | bank account | account details | account number | account "
                    "particulars | sort code",
                    "{comp} | {d24} | goodwill payment | compensation",
                ),
                reference_summary=(
                    "From a false domain, somebody posing as {grid} promises {comp} for the "
                    "power cut and asks for our bank account."
                ),
                about=(
                    "{person4} digits supply supplier outage blackout real offers given dangles "
                    "consolation manages obtain fishes divulge respond"
                ),
                memoryless=("normal", "billing"),
            ),
            why=(
                "Rule 7: the network firm writes from another domain, as its earlier mails "
                "show, so this is a false identity. Not normal although polite and far off. "
                "Not security: it is after an account for a refund (Rule 16)."
            ),
        ),
    ),
)
