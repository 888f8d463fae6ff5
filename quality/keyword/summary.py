"""How the keyword rules write a summary: cut sentences of the mail, told of its sender."""

import re
from collections.abc import Callable, Sequence

import quality.keyword.rules as rules
from quality.keyword.dates import DATE_TEXT
from quality.keyword.reading import Mail, asks, has, hits, without

Weigh = Callable[[str], float]


def summarise(mail: Mail, actor: str, team: str) -> str:
    """Write a summary: the main fact, the request, and figures not yet named.

    Args:
        mail: What it is about.
        actor: Who wrote it.
        team: Whom the summary is for.

    Returns:
        At most 30 words.
    """
    usable = [part for part in mail.sentences if len(part.split()) > 1] or mail.sentences
    weight = _weigh_for(team)
    request = max(filter(asks, usable), key=weight, default="")
    main, second = _chosen(usable, request, weight)
    wording = {part: reported(part, inside=mail.inside) for part in (main, second)}
    wording[request] = _as_wish(request, inside=mail.inside)
    room = rules.SUMMARY_WORDS - len(actor.split())
    first_words = clip(wording[main], room - min(len(wording[second].split()), rules.SECOND_WORDS))
    room -= len(first_words.split())
    clipped = {main: first_words, second: clip(wording[second], room) if second else ""}
    told = " ".join(f"{clipped.pop(part)}." for part in usable if clipped.get(part))
    text = f"{actor}: {told}"
    noted = text + _note(reported(" ".join(usable), inside=mail.inside), text)
    return (noted if len(noted.split()) <= rules.SUMMARY_WORDS else text).strip()


def clip(sentence: str, limit: int) -> str:
    """Shorten a sentence to a number of words without a dangling last word."""
    words = sentence.split()
    cut = words[: max(limit, 1)]
    while len(words) > limit and len(cut) > 1 and has(rules.DANGLING, cut[-1].strip(",")):
        cut.pop()
    return " ".join(cut).rstrip(" ,;:.!?-(")


def reported(sentence: str, *, inside: bool) -> str:
    """Turn the sender's words into a report about the sender, without secrets (Rule 17)."""
    text = without(rules.SECRETS, sentence, " (withheld)")
    text = without(rules.OPENING, without(rules.LINK, text, "a link"))
    addressed = rules.ADDRESSED_INSIDE if inside else rules.ADDRESSED_OUTSIDE
    for pattern, replacement in (*rules.PERSONS, *addressed, *rules.THANKS):
        text = without(pattern, text, replacement)
    return text.strip()[:1].upper() + text.strip()[1:]


def _weigh_for(team: str) -> Weigh:
    keywords = "|".join(rules.TEAM_KEYWORDS[team].values())

    def weight(sentence: str) -> float:
        return (
            hits(keywords, sentence)
            + rules.HAZARD_SCORE * has(f"{rules.HAZARD}|{rules.DANGER}", sentence)
            + rules.HAZARD_SCORE * has(rules.RESOLVED, sentence)
            + hits(rules.MONEY, sentence)
            + hits(DATE_TEXT, sentence)
        )

    return weight


def _chosen(sentences: Sequence[str], request: str, weight: Weigh) -> tuple[str, str]:
    """Return the sentence with the main fact and another one, which may be empty."""
    facts = sorted((part for part in sentences if part != request), key=weight, reverse=True)
    if request:
        alone = not facts or weight(facts[0]) == 0
        return (request, "") if alone else (facts[0], request)
    main, *others = facts
    if others and weight(others[0]) > 0 and not has(rules.COURTESY, others[0]):
        return main, others[0]
    return main, ""


def _as_wish(request: str, *, inside: bool) -> str:
    """Report a request; a polite one becomes what the sender asks us to do."""
    polite = re.search(rules.POLITE, request, re.IGNORECASE)
    if not polite:
        return reported(request, inside=inside)
    wish = reported(polite.group(1), inside=inside)
    return f"Asks us to {wish[:1].lower()}{wish[1:]}"


def _note(whole: str, text: str) -> str:
    """Name amounts and dates of the whole mail that the text lacks."""
    figures = [
        match.group(0).strip()
        for pattern in (rules.MONEY, DATE_TEXT)
        for match in re.finditer(pattern, whole, re.IGNORECASE)
    ]
    missing = [figure for figure in dict.fromkeys(figures) if figure.lower() not in text.lower()]
    return f" Also named: {', '.join(missing[: rules.FIGURES_SHOWN])}." if missing else ""
