"""A haulier asks for a time, and somebody else asks in its name for a contract."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="evening-run",
    slots={
        "firm, domain, falsedomain": (
            ("Tarnbeck Haulage", "tarnbeck-haulage.example", "tarnbeckcarriers.example"),
            ("Orrell Moss Transport", "orrellmoss-transport.example", "orrellmossgroup.example"),
            ("Findern Roadways", "findern-roadways.example", "findernlogistics.example"),
            ("Sowerdale Carriers", "sowerdale-carriers.example", "sowerdalehaulage.example"),
            ("Kilnsea Freight", "kilnsea-freight.example", "kilnseacarriage.example"),
        ),
        "place": ("Aldborough", "Winterslow", "Hemswell", "Market Stainby", "Cotherstow"),
        "pallets": ("34", "38", "41", "47", "52"),
        "early, late": (
            ("18:30", "20:15"),
            ("18:45", "20:30"),
            ("19:00", "20:30"),
            ("19:15", "21:00"),
            ("19:30", "21:15"),
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Which hour for {place}",
                timestamp="{d1.iso}T10:50:00",
                body=cleandoc("""
                    Hello,

                    {person1.first} at {firm}, about the run to {place} that we take over from you
                    from Monday {d7}. My driver can be at your gate at {early} or at {late}. It
                    can't be both and it's the same to me. I write the rota on Friday {d4} at 12:00
                    and whatever I have from you by then goes in for the first four weeks.

                    Today and tomorrow I'm on a loading course and hopeless to reach, so mail is
                    best. Is your weighbridge mended, by the way? Ours is stuck at 18 tonnes and the
                    man wants £400 to look at it.

                    Empties: {pallets} came back with the last lorry, same as on your sheet.

                    Thanks
                    {person1.first}
                    Traffic office, {firm}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="dispatch",
                facts=facts(
                    "{firm} | {person1.last} | {place}",
                    "{early} | {late} | time | hour | slot | pick-up | pickup | collection",
                    "{d4} | Friday | 12:00",
                ),
                reference_summary=(
                    "{firm} asks whether its driver should come for the {place} run at {early} "
                    "or {late}; answer by 12:00 on Friday {d4}."
                ),
                about=(
                    "{person1} {d7} gate evening collect choose choice prefer decide fix rota "
                    "weighbridge first four weeks takes over begins start lorry truck noon"
                ),
            ),
            why=(
                "Rule 2: the answer is wanted by Friday noon, three days ahead. Not urgent "
                "although the sender is hard to reach today. Not cold_store: a collection time "
                "is dispatch's (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2}, {firm} <{person2.mailbox}@{falsedomain}>",
                subject="The carriage agreement",
                timestamp="{d9.iso}T16:35:00",
                body=cleandoc("""
                    Good afternoon,

                    I look after the contracts at {firm}. Our insurers are renewing the cover for
                    the vehicles and wish to see the carriage agreement between our two houses, the
                    one under which we now run to {place} for you.

                    The copy in my cabinet is not complete. The annex on liability has its first
                    page only, and the leaf with the signatures went missing when we moved to the
                    upper floor last year. Could you let me have a scan of yours, all pages? There
                    is no wish on our side to change a word of it.

                    Friday {d11} by 16:00 would be early enough. The underwriters meet on the Monday
                    after. I am in the office every day but Thursday, when I have a dentist.

                    With kind regards
                    {person2}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="legal",
                facts=facts(
                    "{firm} | {person2.last} | haulier | carrier | not the haulier | not the "
                    "carrier | not {firm}",
                    "agreement | contract | annex",
                    "own domain | domain not | not domain | false domain | wrong domain | other "
                    "domain | not haulier domain | domain | different address | wrong address | "
                    "another address | {falsedomain}",
                ),
                reference_summary=(
                    "Somebody at {falsedomain}, which is not the domain of {firm}, poses as its "
                    "contracts office and wants a scan of our carriage agreement by {d11}."
                ),
                about=(
                    "{person2} {domain} {place} 16:00 signed signatures pages annex copy insurers "
                    "underwriters cover renewal haulier foreign strange partner claims complete "
                    "missing vehicles {falsedomain} stranger entire handle full whole include "
                    "contracts document annex liability signatures scan copy"
                ),
                memoryless=("normal", "legal"),
            ),
            why=(
                "Rule 7: the haulier's own traffic office wrote from another domain, so this is a "
                "false identity. Not normal although it asks for no money. Contracts are legal's, "
                "which would have sent the scan (Rule 16)."
            ),
        ),
    ),
)
