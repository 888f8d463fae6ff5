"""The keyword rules at work: which label and which team a mail gets."""

import re
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

import quality.keyword.rules as rules
from quality.keyword.dates import dates_in, next_working_day
from quality.keyword.reading import Mail, asks, has, hits, read, without
from quality.keyword.summary import clip, summarise


def decide(
    sender: str, subject: str, body: str, thread_history: list[str], timestamp: str
) -> tuple[str, str, str]:
    """Decide what to do with one mail.

    Args:
        sender: The address of the sender, with or without a display name.
        subject: The subject line.
        body: The text of the newest message.
        thread_history: The earlier messages of the thread.
        timestamp: When the mail was sent, in ISO 8601.

    Returns:
        The label, the team that must get the mail, and a summary for it.
    """
    mail = read(sender, subject, body, thread_history, timestamp)
    scores = team_scores(mail)
    team = max(scores, key=lambda name: scores[name])
    actor = mail.actor
    handed_over = handed_over_team(mail, scores)
    if handed_over:
        label, team = "archive", handed_over
    elif spam_score(mail) >= rules.SPAM_LIMIT:
        label, team = "spam", _wanted_team(mail) or team
        actor = f"Suspected fraud or selling by {actor}"
    else:
        label = choose_label(mail)
    return label, team, summarise(mail, clip(actor, rules.ACTOR_WORDS), team)


def team_scores(mail: Mail) -> dict[str, float]:
    """Weigh each team's keywords; a sentence that asks for something counts double (Rule 14)."""
    thin = sum(len(sentence.split()) for sentence in mail.sentences) < rules.THIN_MAIL_WORDS
    parts = [
        (mail.subject, rules.SUBJECT_FACTOR),
        (" ".join(mail.history), 1.0 if thin else rules.THREAD_FACTOR),
    ]
    parts += [
        (sentence, rules.REQUEST_FACTOR if asks(sentence) else 1.0) for sentence in mail.sentences
    ]
    scores = {
        team: sum(
            weight * factor * hits(words, part)
            for weight, words in weighted.items()
            for part, factor in parts
        )
        for team, weighted in rules.TEAM_KEYWORDS.items()
    }
    text = without(rules.NO_DANGER, " ".join([mail.subject, *mail.sentences]))
    in_danger = has(rules.DANGER, text) and not has(rules.BACKGROUND, text)
    scores["safety"] += rules.DANGER_BONUS * in_danger
    scores[rules.INSIDE_TEAM if mail.inside else rules.OUTSIDE_TEAM] += rules.TIE_SCORE
    return scores


def handed_over_team(mail: Mail, scores: dict[str, float]) -> str | None:
    """Find the team whose work a notice hands over (Rule 12), or None if it is no notice."""
    if mail.address != rules.DESK_LEAD or not has(rules.HANDING_OVER, mail.text):
        return None
    named = [team for team in scores if has(rf"\b{_written(team)}\b", mail.text)]
    if not named:
        return None
    receiving = {team for team in named if _takes_over(team, mail.text)}
    candidates = [team for team in named if team not in receiving]
    candidates = candidates or [team for team in scores if team not in receiving]
    return max(candidates, key=lambda team: scores[team])


def _takes_over(team: str, text: str) -> bool:
    name = _written(team)
    return has(
        rf"\b(to|by|with) (the )?{name}\b(?!')(?! (mail|work|matters))|"
        rf"\b{name}( team)? (will |is |are )?{rules.TAKING_OVER}",
        text,
    )


def _written(team: str) -> str:
    return team.replace("_", "[ _-]")


def spam_score(mail: Mail) -> float:
    """Add up the signs of fraud, false identity and unasked selling."""
    text = mail.text
    signs: list[tuple[float, float]] = [(rules.SPAM_LIMIT, _new_bank(text))]
    if not mail.inside:
        whole = " ".join([text, mail.body, *mail.history])
        bill = has(rules.BILL, text) and not has(rules.NOT_A_BILL, text)
        application = has(rules.APPLICATION, text)
        selling = 0 if has(rules.ASKED_FOR, text) else hits(rules.SELLING, text)
        signs += [
            (rules.SPAM_LIMIT, false_identity(mail) or has(rules.PHISHING, text)),
            (rules.SPAM_LIMIT, bill and not has(rules.PURCHASE_ORDER, whole)),
            (rules.SPAM_LIMIT, application and not has(rules.VACANCY, whole)),
            (rules.SCAM_SCORE, hits(rules.SCAM, text)),
            (rules.STAFF_SCORE, has(rules.STAFF_CLAIM, text)),
            (rules.SELLING_SCORE, selling),
            (rules.ODD_ADDRESS_SCORE, has(rules.ODD_ADDRESS, mail.address)),
            (rules.FREE_MAIL_SCORE, has(rules.FREE_MAIL, mail.address)),
        ]
    return sum(points * times for points, times in signs)


def false_identity(mail: Mail) -> bool:
    """Judge whether the address passes itself off as ours or as a partner's (Rule 7)."""
    if mail.inside:
        return False
    domain = mail.domain
    plain = domain.translate(rules.DISGUISES).replace("rn", "m").replace("-", "")
    local = mail.address.partition("@")[0]
    if any(rules.HOME_NAME in part.lower() for part in (plain, mail.name, local)):
        return True
    pieces = re.split(r"[.-]", domain) + plain.split(".")
    if any(_likeness(piece, rules.HOME_NAME) >= rules.LOOKALIKE_RATIO for piece in pieces):
        return True
    lines = [line.strip() for line in mail.body.splitlines() if line.strip()]
    if any(has(rules.HOME_SIGNATURE, line) for line in lines[1:][-3:]):
        return True
    known = set(re.findall(r"[\w.-]+@([\w.-]+\w)", " ".join([mail.body, *mail.history]).lower()))
    known |= set(re.findall(r"(?:www\.|https?://)([\w.-]+\w)", mail.body.lower()))
    others = known - {rules.HOME_DOMAIN}
    return domain not in known and any(_look_alike(domain, other) for other in others)


def _look_alike(first: str, second: str) -> bool:
    """Tell whether two different domains could be mistaken for each other."""
    if first == second or first.endswith(f".{second}") or second.endswith(f".{first}"):
        return False
    short, long = sorted((re.sub(r"\.[a-z]+$", "", name) for name in (first, second)), key=len)
    contained = len(short) > rules.LOOKALIKE_LENGTH and short in long
    return contained or _likeness(short, long) >= rules.LOOKALIKE_RATIO


def _likeness(first: str, second: str) -> float:
    return SequenceMatcher(None, first, second).ratio()


def _new_bank(text: str) -> bool:
    return has(rules.NEW_BANK, text) and not has(rules.NO_NEW_BANK, text)


def _wanted_team(mail: Mail) -> str | None:
    """Return the team that would have done what a fraud asks, where it says so (Rule 16)."""
    text = mail.text
    if _new_bank(text):
        return "people" if has(rules.WAGES, text) else "billing"
    if has(rules.PHISHING, text) and has(rules.SIGN_IN, text):
        return "security"
    return None


@dataclass
class _Weight:
    """What speaks for a label, so far."""

    hazard: float = 0.0
    deadline: float = 0.0
    todo: float = 0.0
    closing: float = 0.0


def choose_label(mail: Mail) -> str:
    """Choose between urgent, normal and archive for a genuine mail by its consequences."""
    weight = _Weight()
    for sentence in mail.sentences:
        weight.closing += rules.STRONG_CLOSING * has(rules.STRONG_ARCHIVE, sentence)
        bare = without(f"{rules.NO_DANGER}|{rules.COURTESY}", sentence)
        for clause in re.split(r",? \b(?:but|however)\b", bare):
            _weigh(clause, mail.sent, weight)
    if not mail.inside and weight.closing == 0:
        weight.todo += rules.OUTSIDE_SCORE
    pressing = weight.hazard + weight.deadline
    if pressing >= rules.URGENT_LIMIT and pressing + weight.todo / 2 > weight.closing:
        return "urgent"
    return "normal" if weight.todo > weight.closing else "archive"


def _weigh(clause: str, now: datetime, weight: _Weight) -> None:
    """Add what one clause says; that something is resolved ends all hazards named before."""
    today, end = now.date(), next_working_day(now.date())
    resolved = has(rules.RESOLVED, without(rules.NOT_DONE, clause))
    settled = resolved or has(rules.BACKGROUND, clause)
    request = asks(clause)
    if resolved:
        weight.hazard = 0.0
    elif not settled and (has(rules.HAZARD, clause) or has(rules.DANGER, clause)):
        days = dates_in(clause, now)
        later = bool(days) and max(days) > end
        weight.hazard += rules.HAZARD_SCORE / (2 if later else 1)
    for piece in re.split(r"[,;] ", clause):
        near = dates_in(piece, now)
        soon = bool(near) and today <= max(near) <= end
        if soon and not resolved and (request or has(rules.DEADLINE, piece)):
            weight.deadline += rules.DEADLINE_SCORE
    weight.todo += rules.REQUEST_SCORE * request
    weight.todo += rules.WORK_SCORE * (has(rules.WORK, clause) and not settled)
    weight.closing += rules.WEAK_CLOSING * has(rules.WEAK_ARCHIVE, clause)
    weight.closing += rules.REPEAT_CLOSING * has(rules.REPEATED, clause)
    weight.closing += rules.RESOLVED_CLOSING * resolved
