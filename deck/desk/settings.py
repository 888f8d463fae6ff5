"""A desk as data: its rules' settings, its teams, and who does which work."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from deck.circumstances import WORKS, Quoted
from tasks import ROUTES

Near = Literal["hours", "same_day", "next_day", "two_days", "three_days", "friday"]


class Counting(BaseModel):
    """The parameters of the rules that count, which hold in a month.

    Attributes:
        complaints: From which complaint about one haulier on it is another team's.
        days: Within how many days they count.
        complaints_to: Whose it is then, by its name on the base desk.
        weekly_sum: Above which sum of one supplier's bills in a week, in pounds.
        bills_to: Whose those are, likewise.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    complaints: int = 3
    days: int = 14
    complaints_to: str = "legal"
    weekly_sum: int = 4000
    bills_to: str = "legal"


class Desk(BaseModel):
    """One desk: what its policy says and who does what.

    Attributes:
        name: Which desk it is: `base`, or split and number as in `train-17`.
        teams: What the team is called that does the core of a base desk's team's work.
        does: What the team is called that does each kind of work.
        near: How soon harm must be for a mail to be urgent.
        binding: The same for dates that bind, where they have a line of their own.
        danger: Who comes first when somebody is hurt or in danger, as a base desk's team; nobody
            if it changes no team.
        repeats: What label a mail gets that only repeats a report.
        selling: What label selling gets that nobody asked for.
        fraudster: Whether what an address sends that has sent fraud is `spam`, or judged by
            `itself`.
        spam_to: Who gets spam, as a base desk's team; nobody if it is who would have done what it
            asks.
        bill: Which number of ours a bill must quote.
        filed_with: Who gets mail that leaves nothing to do, as a base desk's team; nobody if it
            is who would act if something were left.
        notice_to: Whether a notice is filed with the team whose work is handed over, or with the
            one that `receives` it.
        counting: The parameters of the rules that count.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    teams: dict[str, str]
    does: dict[str, str]
    near: Near = "next_day"
    binding: Literal["week"] | None = None
    danger: str | None = "safety"
    repeats: Literal["archive", "normal"] = "archive"
    selling: Literal["spam", "archive"] = "spam"
    fraudster: Literal["spam", "itself"] = "spam"
    spam_to: str | None = None
    bill: Quoted = "po"
    filed_with: str | None = None
    notice_to: Literal["handed_over", "receives"] = "handed_over"
    counting: Counting = Counting()

    @property
    def directory(self) -> dict[str, str]:
        """What each team does, by its name, as `reset().info` and the policy tell it."""
        if self.name == BASE_NAME:
            return dict(ROUTES)
        works: dict[str, list[str]] = {}
        for work, team in self.does.items():
            works.setdefault(team, []).append(WORKS[work].what)
        return {team: f"{'; '.join(said)}." for team, said in works.items()}


BASE_NAME: Final = "base"
BASE: Final = Desk(
    name=BASE_NAME,
    teams={team: team for team in ROUTES},
    does={work: kind.team for work, kind in WORKS.items()},
)

# What may differ from the base desk. The second group no desk to train on has.
VARIANTS: Final[Mapping[str, tuple[object, ...]]] = MappingProxyType(
    {
        "near": ("hours", "same_day", "three_days"),
        "binding": ("week",),
        "danger": ("people",),
        "repeats": ("normal",),
        "selling": ("archive",),
        "fraudster": ("itself",),
        "spam_to": ("security",),
        "bill": ("order",),
        "filed_with": ("customer_care", "people"),
        "notice_to": ("receives",),
    }
)
HELD_OUT: Final[Mapping[str, tuple[object, ...]]] = MappingProxyType(
    {
        "near": ("friday", "two_days"),
        "danger": ("cold_store",),
        "spam_to": ("legal",),
        "filed_with": ("billing",),
    }
)
