"""One plain reason to act before the end of the next working day."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="pump-cards",
    slots={
        "firm, short, domain": (
            ("Brimsike Fuel Cards", "Brimsike", "brimsikefuel.example"),
            ("Garthmire Fuels", "Garthmire", "garthmirefuels.example"),
            ("Torrisdale Diesel Services", "Torrisdale", "torrisdalediesel.example"),
            ("Wetherlam Cardfuel", "Wetherlam", "wetherlamcardfuel.example"),
            ("Pilsworth Forecourts", "Pilsworth", "pilsworthforecourts.example"),
        ),
        "amount": ("£4,310.20", "£3,874.65", "£5,126.90", "£6,048.15", "£4,791.40"),
        "cards": ("17", "19", "21", "23", "26"),
        "remedy": (
            "hot blackcurrant",
            "ginger tea",
            "honey and lemon",
            "chicken soup",
            "peppermint tea",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Our invoice for your {cards} cards",
                timestamp="{d3.iso}T10:20:00",
                body=cleandoc("""
                    Good morning,

                    Do excuse any sniffling between the lines. I have come in with a streaming cold
                    and my colleagues have moved their desks to the far window.

                    I look after Kestrelmoor at {firm}, {cards} fuel cards in all. Going down my
                    list of open invoices over a mug of {remedy} I saw our invoice for diesel,
                    {amount}, your purchase order PO {po1}, and the payment for it has never come
                    in. Nobody here is cross, you have been good people to deal with for years. Our
                    system, though, has no manners: unless that invoice is paid by 12:00 on Friday
                    {d4}, it stops all your cards, and from then on no pump will serve you and you
                    lose the use of them for three working days.

                    A payment sent by five on Thursday, to the same account as always, is with us
                    overnight and the machine leaves you be.

                    I shall be at my desk until five, behind the tissues.

                    With kind regards (at a safe distance),
                    {person1}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="billing",
                facts=facts(
                    "fuel cards | {short} | {person1.last} | diesel | fuel | cards | pumps",
                    "{amount} | {po1} | unpaid | outstanding | owed | owing | not paid | not "
                    "received | not arrived | not settled | overdue | no payment | payment "
                    "missing | open invoice | awaiting payment",
                    "{d4} | 12:00 | noon | Friday",
                ),
                reference_summary=(
                    "{firm} still lacks {amount} for PO {po1}; pay before Friday noon or "
                    "filling stations will refuse our fuel cards."
                ),
                about=(
                    "{person1} {cards} blocked stopped three working usual account lorries lose "
                    "use prevent"
                ),
            ),
            why=(
                "Rule 1: unless the sum is paid before Friday 12:00, our lorries cannot fill"
                " up and work stops. Not normal although the tone is gentle (Rule 5). Not "
                "spam: it quotes a PO (Rule 8) and asks for no change of account. Not "
                "dispatch: the next piece of work is the payment (Rule 14)."
            ),
        ),
    ),
)
