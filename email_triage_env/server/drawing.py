"""What /web shows, drawn as HTML. Mail is hostile text, so every piece of it is escaped.

Knows no answer but those it is handed.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from html import escape
from itertools import pairwise
from typing import Any, Final

from email_triage_env.server.play import Answer, Episode, Step

# Most mail is wrapped by hand at some 80 characters; a shorter line ends where its writer wanted.
_WRAPPED: Final = 60
_OWN_LINE: Final = re.compile(r"\s|[-*>#|+]|\d+[.)]")


def draw_email(observation: Mapping[str, Any], reward_so_far: float) -> str:
    """Draw a mail as a mail.

    Args:
        observation: Its fields; those of the mail are empty after the last decision.
        reward_so_far: What the episode has paid.

    Returns:
        HTML in which nothing of the mail is markup.
    """
    text = {name: escape(str(value)) for name, value in observation.items()}
    where = (
        f'<p class="inbox-quiet">Email {text["step_number"]} of {text["total_emails"]} in '
        f"{text['task_id']} &middot; reward so far {reward_so_far:+.2f}</p>"
    )
    if not observation["email_id"]:
        return f'<div class="inbox-card">{where}<h2>The inbox is done.</h2></div>'
    earlier = "".join(
        f'<blockquote class="inbox-text">{escape(_flowed(message))}</blockquote>'
        for message in observation["thread_history"]
    )
    thread = (
        f'<details class="inbox-earlier" open><summary>Earlier in this thread</summary>{earlier}'
        f"</details>"
    )
    return (
        f'<article class="inbox-card">{where}<h2>{text["subject"]}</h2><div>{text["sender"]}</div>'
        f'<div class="inbox-quiet">{escape(_when(str(observation["timestamp"])))}</div>'
        f"{thread if earlier else ''}"
        f'<pre class="inbox-text">{escape(_flowed(str(observation["body"])))}</pre></article>'
    )


def draw_policy(policy: str, teams: Iterable[str]) -> str:
    """Draw a desk's policy.

    Args:
        policy: Its text: parts with a title in capitals, rules and teams each on a line of theirs.
        teams: The teams of the desk.

    Returns:
        HTML.
    """
    team = f"(?:{'|'.join(map(re.escape, teams))}):"
    begins = re.compile(rf"^(?=Rule \d+\.|{team} )", re.MULTILINE)
    lead = re.compile(rf"^(Rule \d+\.(?: (?:urgent|normal|archive|spam):)?|{team})")
    drawn = []
    for part in policy.split("\n\n"):
        title, _, rest = part.partition("\n")
        if title.isupper():
            drawn.append(f"<h3>{escape(title.capitalize())}</h3>")
            part = rest
        for paragraph in begins.split(part):
            if paragraph.strip():
                line = escape(" ".join(paragraph.split()))
                marked = lead.sub(r"<strong>\1</strong>", line)
                drawn.append(f"<p>{marked}</p>")
    return "".join(drawn)


def draw_policies(policy: str, teams: Iterable[str]) -> tuple[str, str]:
    """Draw a desk's policy twice, for windows of two widths.

    Args:
        policy: As for `draw_policy`.
        teams: Likewise.

    Returns:
        HTML of it folded, to stand above the mail, and of it open, to stand beside.
    """
    drawn = draw_policy(policy, teams)
    return (
        '<details class="inbox-card inbox-policy"><summary>The desk\'s policy</summary>'
        f"{drawn}</details>",
        '<section class="inbox-card inbox-policy" tabindex="0" aria-label="Policy">'
        f"<h2>The desk's policy</h2>{drawn}</section>",
    )


def draw_message(message: str) -> str:
    """Draw what the visitor is told beside the button; nothing if there is nothing to tell."""
    return f'<div class="inbox-message" role="alert">{escape(message)}</div>' if message else ""


def draw_log(episode: Episode) -> str:
    """Draw what was decided so far and what it earned.

    Args:
        episode: The episode.

    Returns:
        HTML in which nothing of the mail is markup; empty before the first decision.
    """
    if not episode.steps:
        return ""
    titles = ("Email", "Label", "Team", "Summary", "Reward", "Feedback")
    head = "".join(f'<th scope="col">{title}</th>' for title in titles)
    rows = "".join(_row(i, step, episode) for i, step in enumerate(episode.steps, start=1))
    return (
        '<section class="inbox-card"><h2>Decided so far</h2><table class="inbox-grid inbox-log">'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></section>"
    )


def draw_result(episode: Episode, answers: Mapping[str, Answer]) -> tuple[str, str]:
    """Draw the result of an episode that is over.

    Args:
        episode: The episode.
        answers: The reviewed answers by email id; none where they are not told.

    Returns:
        HTML of the score, and of each email: what it earned and what would have been right. In
        neither anything of the mail is markup.
    """
    last = episode.steps[-1].info
    bonus = float(last["bonus"])
    extra = f" The last one holds a bonus of {bonus:.2f}." if bonus else ""
    told = "" if answers else " The answers of this split are told to nobody: it is for testing."
    score = (
        '<section class="inbox-card" aria-label="Result"><h2>The inbox is done</h2>'
        f'<p>Episode score <span class="inbox-score">{float(last["episode_score"]):.2f}</span>'
        f" of 1.00 in {escape(episode.task.task_id)} &middot; reward {episode.reward:+.2f}</p>"
        f'<p class="inbox-quiet">The score is the mean of what the emails earned. A reward is what '
        f"its email earned, less a cost that grows with each step, less penalties.{extra}{told}"
        f"</p></section>"
    )
    emails = "".join(
        _result(i, step, episode, answers.get(step.email.email_id))
        for i, step in enumerate(episode.steps, start=1)
    )
    return score, f'<section aria-label="Each email">{emails}</section>'


def _flowed(text: str) -> str:
    """Join the lines that were broken only because they were full; the window breaks them anew."""
    lines = text.split("\n")
    full = max(map(len, lines))
    flowed = lines[:1]
    for line, following in pairwise(lines):
        word = following.split(" ", 1)[0]
        was_full = len(line) >= _WRAPPED and len(line) + 1 + len(word) > full
        if was_full and following and not _OWN_LINE.match(following):
            flowed[-1] += f" {following}"
        else:
            flowed.append(following)
    return "\n".join(flowed)


def _when(timestamp: str) -> str:
    """Return a time with its day of the week, on which the policy depends."""
    try:
        when = datetime.fromisoformat(timestamp)
    except ValueError:
        return timestamp
    return f"{when:%A} {when.day} {when:%B %Y, %H:%M}"


def _earned(step: Step, episode: Episode) -> tuple[str, ...]:
    """Return what label, team and summary earned, each with the most that it could."""
    return tuple(
        f'{float(step.info[key]):.2f}<span class="inbox-quiet"> of {most:.2f}</span>'
        for key, most in zip(
            ("label_score", "route_score", "summary_score"), episode.weights, strict=True
        )
    )


def _feedback(step: Step) -> str:
    cost = float(step.info["penalty"])
    return escape(str(step.info["feedback"])) + (f"; penalty {cost:.2f}" if cost else "")


def _row(number: int, step: Step, episode: Episode) -> str:
    label, team, summary = _earned(step, episode)
    cells = {
        "Label": f"{step.action.label} {label}",
        "Team": f"{escape(step.action.route_to)} {team}",
        "Summary": summary,
        "Reward": f"{step.reward:+.2f}",
        "Feedback": _feedback(step),
    }
    return _cells(f"{number}. {escape(step.email.subject)}", cells)


def _result(number: int, step: Step, episode: Episode, answer: Answer | None) -> str:
    action = step.action
    given = (action.label, action.route_to, action.summary or "none")
    right = (answer.label, answer.team, answer.summary) if answer else ("", "", "")
    rows = [
        {"Your decision": escape(yours), "Reviewed": escape(ours), "Earned": earned}
        for yours, ours, earned in zip(given, right, _earned(step, episode), strict=True)
    ]
    if not answer:
        rows = [{name: cell for name, cell in row.items() if name != "Reviewed"} for row in rows]
    head = "".join(f'<th scope="col">{name}</th>' for name in rows[0])
    body = "".join(map(_cells, ("Label", "Team", "Summary"), rows))
    why = f"<p><strong>Why:</strong> {escape(answer.why)}</p>" if answer else ""
    return (
        f'<article class="inbox-card"><h3>{number}. {escape(step.email.subject)}</h3>'
        f'<p class="inbox-quiet">{escape(step.email.sender)}, '
        f"{escape(_when(step.email.timestamp))} ({escape(step.email.email_id)})</p>"
        f'<table class="inbox-grid inbox-answer"><thead><tr><th scope="col">Part</th>{head}</tr>'
        f"</thead><tbody>{body}</tbody></table>"
        f"<p>Reward {step.reward:+.2f}. {_feedback(step)}.</p>{why}</article>"
    )


def _cells(title: str, cells: Mapping[str, str]) -> str:
    """Return a row of a table; each cell knows its title, for windows without room for columns."""
    drawn = "".join(f'<td data-name="{name}">{cell}</td>' for name, cell in cells.items())
    return f'<tr><th scope="row">{title}</th>{drawn}</tr>'
