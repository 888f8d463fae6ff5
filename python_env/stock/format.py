"""The format of the stock: a module of code with sites, and scenarios that prove each variant.

A *site* is a place in a module that can be written in four ways: right or wrong, each quiet or
loud. Loud means that a linter or a rule of keywords stumbles over it. A *scenario* is code that
runs in the sandbox and returns plain data; what it must return stays on this side.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Template
from typing import Any, Final, Literal

from python_env.kinds import Severity

MARK: Final = "#@ "
# Names of the two right and the two wrong variants of a site.
QUIET: Final = "quiet"
LOUD: Final = "loud"
WRONG_QUIET: Final = "wrong_quiet"
WRONG_LOUD: Final = "wrong_loud"
RIGHT: Final = (QUIET, LOUD)
WRONG: Final = (WRONG_QUIET, WRONG_LOUD)


class StockError(ValueError):
    """A module of the stock is not as the format wants it."""


@dataclass(frozen=True)
class Wrong:
    """A wrong variant.

    Attributes:
        text: The code.
        kind: Which kind of defect it is, one of `python_env.kinds.KINDS`.
        severity: By `python_env.kinds.SEVERITY_RULES`.
        why: One sentence: which promise is broken, and what comes of it.
        subtle: Whether one must know more than the site to see it: a promise made elsewhere, what
            another site does, how long something takes. Easy tasks have no subtle defects.
        lines: The first and last line of the defect within the text, from 1. If there are none,
            they are the lines that no right variant of the site has.
    """

    text: str
    kind: str
    severity: Severity
    why: str
    subtle: bool = False
    lines: tuple[int, int] | None = None


@dataclass(frozen=True)
class Site:
    """A place that can be written in four ways.

    Attributes:
        name: Its name, which stands in the module's source after `MARK`.
        quiet: Right, and nothing to stumble over.
        loud: Right, though it looks like a defect.
        wrong_quiet: Wrong, though it looks like nothing.
        wrong_loud: Wrong, and as loud as `loud` is.
    """

    name: str
    quiet: str
    loud: str
    wrong_quiet: Wrong
    wrong_loud: Wrong

    def text(self, variant: str) -> str:
        """Return the code of a variant."""
        found = getattr(self, variant)
        return found.text if isinstance(found, Wrong) else str(found)


@dataclass(frozen=True)
class Scenario:
    """Code that runs in the sandbox, and what must come of it.

    Attributes:
        name: Its name.
        site: The site that it proves; `None` if every variant must pass it.
        body: The body of `scenario(m)`, where `m` is the reviewed module.
        expect: The plain data that it must return: what JSON can hold, tuples as lists.
    """

    name: str
    site: str | None
    body: str
    expect: Any


@dataclass(frozen=True)
class Code:
    """What an agent is shown of a module, in all variants: `code.py` of its folder.

    Attributes:
        name: Its name, which is its folder's.
        source: The code with a line `MARK + name` for each site, and `$slot` for each name.
        sites: The sites.
        slots: Rows to choose from: the key lists the slots that a row fills, with blanks between.
        interacting: Pairs of sites of which one relies on the other.
    """

    name: str
    source: str
    sites: tuple[Site, ...]
    slots: Mapping[str, tuple[tuple[str, ...], ...]]
    interacting: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Proof:
    """What an agent never sees: `proof.py` of a module's folder.

    Attributes:
        prelude: Code that stands before each scenario, with `$slot` as in the module.
        scenarios: The scenarios.
    """

    prelude: str
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True)
class Module:
    """A module of the stock.

    Attributes:
        split: `train` or `test`.
        code: What is shown.
        proof: What is not.
    """

    split: str
    code: Code
    proof: Proof
    by_name: Mapping[str, Site] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {site.name: site for site in self.code.sites})

    @property
    def name(self) -> str:
        """Return its name."""
        return self.code.name


@dataclass(frozen=True)
class Headline:
    """A task with a name of its own, chosen by hand.

    Attributes:
        task_id: Its name.
        difficulty: `easy`, `medium` or `hard`.
        module: The name of a module of train.
        wrong: By site, the wrong variant; none if the module is right.
        decoys: The sites whose right variant is the loud one.
        filling: A number that chooses the names.
    """

    task_id: str
    difficulty: Literal["easy", "medium", "hard"]
    module: str
    wrong: Mapping[str, str]
    decoys: tuple[str, ...] = ()
    filling: int = 0


@dataclass(frozen=True)
class Assembled:
    """A module with one variant at each site.

    Attributes:
        code: The code as it is shown.
        spans: By site, its first and last line in the code, from 1.
    """

    code: str
    spans: Mapping[str, tuple[int, int]]


def filled(text: str, slots: Mapping[str, str]) -> str:
    """Put names into the slots of a text; `$$` stands for a dollar sign."""
    try:
        return Template(text).substitute(slots)
    except (KeyError, ValueError) as error:
        raise StockError(f"A slot is not filled: {error}. Write $$ for a dollar sign.") from error


def filled_data(data: Any, slots: Mapping[str, str]) -> Any:  # noqa: ANN401 # what JSON can hold
    """Put names into the slots of all texts in plain data."""
    if isinstance(data, str):
        return filled(data, slots)
    if isinstance(data, (list, tuple)):
        return [filled_data(item, slots) for item in data]
    if isinstance(data, dict):
        return {filled(key, slots): filled_data(item, slots) for key, item in data.items()}
    return data


def assembled(code: Code, chosen: Mapping[str, str], slots: Mapping[str, str]) -> Assembled:
    """Put one variant into each site of a module.

    Args:
        code: The module.
        chosen: By site, the name of the variant.
        slots: By slot, the name that fills it.

    Returns:
        The code and where the sites are.

    Raises:
        StockError: If a site is missing in the source, or a slot is not filled.
    """
    sites = {site.name: site for site in code.sites}
    out: list[str] = []
    spans: dict[str, tuple[int, int]] = {}
    for line in code.source.strip("\n").splitlines():
        stripped = line.strip()
        if not stripped.startswith(MARK):
            out.append(filled(line, slots))
            continue
        name = stripped.removeprefix(MARK)
        indent = line[: len(line) - len(line.lstrip())]
        text = filled(sites[name].text(chosen[name]), slots).strip("\n")
        body = [f"{indent}{row}" if row.strip() else "" for row in text.splitlines()]
        spans[name] = (len(out) + 1, len(out) + len(body))
        out += body
    if spans.keys() != sites.keys():
        raise StockError(f"{code.name}: the source lacks {sorted(sites.keys() - spans.keys())}.")
    return Assembled("\n".join(out) + "\n", spans)


def defect_lines(code: Code, site: Site, variant: str, slots: Mapping[str, str]) -> tuple[int, int]:
    """Return the first and last line of a defect within its variant, from 1."""
    wrong: Wrong = getattr(site, variant)
    if wrong.lines is not None:
        return wrong.lines
    right = {line.strip() for name in RIGHT for line in filled(site.text(name), slots).splitlines()}
    lines = filled(wrong.text, slots).strip("\n").splitlines()
    odd = [i for i, line in enumerate(lines, 1) if line.strip() not in right]
    if not odd:
        raise StockError(f"{code.name}/{site.name}/{variant}: no line is its own; give lines=.")
    return odd[0], odd[-1]
