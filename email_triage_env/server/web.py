"""The page at /web: a person reads the mail and decides it with one click.

Mail is hostile text, so every piece of it is escaped. Each visitor plays an episode of their own.
"""

from collections.abc import Callable
from html import escape
from typing import Any, Final, NamedTuple

import gradio

from email_triage_env.server.splits import HEADLINE, ChoiceError, chosen_task, split_sizes
from environment import EmailTriageEnv
from models import LABELS, MAX_SUMMARY_LENGTH, EmailObservation, Info
from tasks import POLICY, ROUTES

_CARD: Final = (
    "border:1px solid #8886;border-radius:10px;padding:16px 20px;"
    "max-width:46rem;overflow-wrap:anywhere"
)
_BODY: Final = "white-space:pre-wrap;margin:14px 0 0;font:inherit;font-size:.88em;line-height:1.6"
_QUIET: Final = "opacity:.75;font-size:.9em"


class Play(NamedTuple):
    """One visitor's episode.

    Attributes:
        env: The inbox.
        seen: What it shows now.
        rewards: What the steps so far have paid.
        log: A line on each step.
    """

    env: EmailTriageEnv
    seen: EmailObservation
    rewards: tuple[float, ...] = ()
    log: tuple[tuple[int, str, str, str, float, str], ...] = ()


def draw_email(observation: dict[str, Any], reward_so_far: float) -> str:
    """Draw a mail as a mail.

    Args:
        observation: Its fields; those of the mail are empty after the last decision.
        reward_so_far: What the episode has paid.

    Returns:
        HTML in which nothing of the mail is markup.
    """
    text = {name: escape(str(value)) for name, value in observation.items()}
    where = (
        f"Email {text['step_number']} of {text['total_emails']} in {text['task_id']}"
        f" &middot; reward so far {reward_so_far:+.2f}"
    )
    if not observation["email_id"]:
        return (
            f'<div style="{_CARD}"><p style="{_QUIET}">{where}</p><h3>The inbox is done.</h3></div>'
        )
    earlier = "".join(
        f'<blockquote style="{_BODY};{_QUIET}">{escape(message)}</blockquote>'
        for message in observation["thread_history"]
    )
    thread = f"<details open><summary>Earlier in this thread</summary>{earlier}</details>"
    return (
        f'<article style="{_CARD}"><p style="{_QUIET}">{where}</p>'
        f'<h3 style="margin:4px 0">{text["subject"]}</h3>'
        f'<div>{text["sender"]}</div><div style="{_QUIET}">{text["timestamp"]}</div>'
        f"{thread if earlier else ''}"
        f'<pre style="{_BODY}">{text["body"]}</pre></article>'
    )


def label_actions(observation: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return a one-click decision for each label, for pages that offer no more than that.

    Args:
        observation: What is shown now.

    Returns:
        Pairs of a button's text and the action; none after the last decision.
    """
    if observation.get("done") or not observation.get("email_id"):
        return []
    team = next(iter(ROUTES))
    return [
        (f"{label} ({team}, no summary)", {"label": label, "summary": "", "route_to": team})
        for label in LABELS
    ]


def start(split: str, number: float) -> Play:
    """Open an inbox.

    Args:
        split: One of the splits.
        number: Its number, as a form sends it.

    Returns:
        The episode.

    Raises:
        gradio.Error: If there is no such inbox; the page shows what it says.
    """
    try:
        env = EmailTriageEnv.for_task(chosen_task(split=split, index=int(number)))
    except (ChoiceError, TypeError, ValueError, OverflowError) as error:
        raise gradio.Error(str(error)) from error
    return Play(env, env.reset().observation)


def decide(play: Play, label: str, team: str, summary: str) -> Play:
    """Decide the mail that is shown.

    Args:
        play: The episode.
        label: The label of the button.
        team: The team that is chosen.
        summary: What is written.

    Returns:
        The episode after the step.
    """
    if not play.seen.email_id:
        gradio.Info("The inbox is done; open another.")
        return play
    answer = {"label": label, "summary": summary or "", "route_to": team or ""}
    result = play.env.step(answer)  # type: ignore[arg-type] # the environment validates
    line = (
        len(play.log) + 1, play.seen.subject, label, team, result.reward, _told(result.info)
    )  # fmt: skip
    return Play(play.env, result.observation, (*play.rewards, result.reward), (*play.log, line))


def build_page(*_openenv: object) -> gradio.Blocks:
    """Build the page; OpenEnv hands over what its own page is made of, which is not needed.

    Returns:
        The page, without a server.
    """
    with gradio.Blocks() as page:
        play = gradio.State(value=None)
        with gradio.Row(elem_classes="oe-card", equal_height=True):
            split = gradio.Dropdown(list(split_sizes()), value=HEADLINE, label="Inboxes")
            number = gradio.Number(value=0, precision=0, minimum=0, label="Number")
            opened = gradio.Button("Open", scale=0, min_width=120)
        with gradio.Row():
            with gradio.Column(scale=8):
                mail = gradio.HTML()
            with gradio.Column(scale=4, elem_classes="oe-card"):
                team = gradio.Radio(list(ROUTES), value=next(iter(ROUTES)), label="Team")
                summary = gradio.Textbox(
                    label="Summary for the team",
                    placeholder="At most 30 words: what happened or is asked, who, how much, when.",
                    lines=4,
                    max_length=MAX_SUMMARY_LENGTH,
                )
                gradio.Markdown("Label it, and the decision is sent:")
                buttons = []
                for pair in (LABELS[:2], LABELS[2:]):
                    with gradio.Row():
                        buttons += [gradio.Button(label, min_width=70) for label in pair]
        steps = gradio.Dataframe(
            headers=["Step", "Subject", "Label", "Team", "Reward", "Feedback"],
            column_widths=["7%", "24%", "9%", "14%", "10%", "36%"],
            label="Decided so far", interactive=False, wrap=True,
        )  # fmt: skip
        with gradio.Accordion("The desk's policy", open=False):
            gradio.Textbox(POLICY, show_label=False, lines=20, interactive=False)
        shown = [play, mail, steps, summary]
        for event in (page.load, opened.click, number.submit):
            event(lambda *choice: _shown(start(*choice)), [split, number], shown)
        for label, button in zip(LABELS, buttons, strict=True):
            button.click(_decider(label), [play, team, summary], shown)
    return page


def _decider(label: str) -> Callable[[Play | None, str, str], tuple[Any, ...]]:
    def clicked(play: Play | None, team: str, summary: str) -> tuple[Any, ...]:
        return _shown(decide(play or start(HEADLINE, 0), label, team, summary))

    return clicked


def _shown(play: Play) -> tuple[Any, ...]:
    """Return the values of what changes on the page."""
    drawn = draw_email(vars(play.seen), sum(play.rewards))
    return play, drawn, [list(line) for line in play.log], ""


def _told(info: Info) -> str:
    score = f" Episode score: {info['episode_score']}." if "episode_score" in info else ""
    return f"{info.get('error') or info.get('feedback')}{score}"
