"""Fraud, a false identity or selling that nobody asked for."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="claret-candidates",
    slots={
        "firm, short, domain": (
            ("Tregonwell & Aske", "Tregonwell", "tregonwellaske.example"),
            ("Maison Delacorne", "Delacorne", "delacornesearch.example"),
            ("Hollingbury Talent", "Hollingbury", "hollingburytalent.example"),
            ("Ravenhurst Executive", "Ravenhurst", "ravenhurstexec.example"),
            ("Bellamy Dursley Partners", "Dursley", "bellamydursley.example"),
            ("Octavian Search", "Octavian", "octaviansearch.example"),
        ),
        "roles": (
            "night shift managers",
            "depot supervisors",
            "payroll clerks",
            "training officers",
            "personnel managers",
        ),
        "fee": ("£4,800.00", "£5,250.00", "£6,100.00", "£3,950.00", "£7,400.00"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="A small circle of {roles}",
                timestamp="{d2.iso}T11:05:00",
                body=cleandoc("""
                    Ladies and Gentlemen of Kestrelmoor,

                    One hesitates to write to a house one has never had the honour of serving. Yet
                    good people are like good claret: they do not wait in the cellar for ever.

                    {firm} represents four candidates of uncommon quality, all {roles}, all
                    discreetly ready for a change of air. One speaks five languages; another has not
                    missed a Monday in fifteen years. I am aware that you have advertised no such
                    vacancy and that nobody at your company has engaged us. I should only reproach
                    myself had I kept silent.

                    Our introductory fee is {fee} for each appointment, our usual guarantee
                    included. Might I present the first two to you for interview on Thursday {d17}?
                    I shall be the one with the umbrella.

                    I remain, with distinguished compliments,
                    {person1}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="people",
                facts=facts(
                    "{short} | headhunter | recruiter | recruitment agency | recruitment",
                    "four {roles} | four candidates | four managers | four supervisors | four "
                    "clerks | four officers | four nocturnal supervisors | offers candidates | "
                    "offering candidates | offers {roles} | pitches candidates | pushes "
                    "candidates",
                    "{fee} | {d17}",
                ),
                reference_summary=(
                    "{short}, a headhunter that nobody engaged, offers candidates at {fee} "
                    "for each hire."
                ),
                about=(
                    "{firm} {person1} four first interview meeting present introductory "
                    "appointment appointed apiece vacancy post open advertised management "
                    "unbidden sought sell sales pitch push tout recruiting {roles} managers "
                    "supervisors clerks officers fee"
                ),
            ),
            why=(
                "Rules 4 and 8: selling nobody asked for, and no vacancy number. Not normal "
                "although the letter is courteous (Rule 5). People would have done the "
                "interviews (Rule 16)."
            ),
        ),
    ),
)
