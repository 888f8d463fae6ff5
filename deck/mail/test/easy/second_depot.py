"""One plain reason to act before the end of the next working day."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="second-depot",
    slots={
        "counsel, chdomain": (
            ("Quillfeather Lowe", "quillfeatherlowe.example"),
            ("Mountsorrow & Gage", "mountsorrowgage.example"),
            ("Tansy Verrinder", "tansyverrinder.example"),
            ("Ormiscaragh Bell", "ormiscaraghbell.example"),
            ("Featherstoke Nagle", "featherstokenagle.example"),
        ),
        "client, short": (
            ("Dunlickey Creameries", "Dunlickey"),
            ("Burrenshaw Oysters", "Burrenshaw"),
            ("Clonmarra Bakeries", "Clonmarra"),
            ("Tullyfern Poultry", "Tullyfern"),
            ("Rathsallow Berries", "Rathsallow"),
        ),
        "town": ("Knockavrin", "Drumsheelin", "Ardnagreeve", "Kilmorvey", "Bellaghroe"),
        "deposit": ("£18,400.00", "£22,750.00", "£31,200.00", "£26,900.00", "£40,500.00"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{chdomain}>",
                subject="Contract for the depot at {town}",
                timestamp="{d3.iso}T11:20:00",
                body=cleandoc("""
                    Dear Kestrelmoor,

                    It is my privilege to write as solicitor to {client} in the matter of the
                    contract for the yard at {town}, and I shall take no more of your morning than I
                    must.

                    You will remember the handsome evening on which both houses shook hands on it,
                    and your managing director sang. The handshake was lovely; clause eleven of the
                    contract is less so. By it the whole agreement ends of itself unless the written
                    consent of Kestrelmoor to the new landlord, signed by a director, lies in my
                    hand by 17:00 tomorrow, Friday {d4}. My client cannot extend the notice, there
                    being another suitor in the next room. Should the contract fall, the {deposit}
                    which your company laid down is forfeit with it, and you will not see it again.

                    The deed of consent, two pages for signature, came to your lawyers on Monday
                    {d-7} tied with a green ribbon. The ribbon may be kept.

                    I remain, with every good wish,
                    {person1}
                    Solicitor, {counsel}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="legal",
                facts=facts(
                    "{short} | {town} | {counsel}",
                    "signed consent | consent signed | landlord | signed deed | deed consent | "
                    "director signature | written consent",
                    "17:00 | {d4}",
                    "forfeited | forfeits | forfeiting | forfeiture | lost | lose | loses | "
                    "losing | gone | dies | fall away | lapses",
                ),
                reference_summary=(
                    "Our signed consent for the {town} yard must reach {counsel}, acting for"
                    " {client}, by 17:00 tomorrow, otherwise the {deposit} deposit is gone."
                ),
                about=(
                    "{person1} solicitor lawyer landlord contract agreement deal lease deed hold "
                    "receive agree lapse end die fall away forfeit lose lost miss clause depot "
                    "{person1.last} consent signed signature director Friday {deposit}"
                ),
            ),
            why=(
                "Rule 1: a binding date passes tomorrow at 17:00 and the deposit is lost. "
                "Not normal although it is leisurely (Rule 5). Not billing: the next work is"
                " on the deed, not the money (Rule 14)."
            ),
        ),
    ),
)
