"""The page at /web: a person reads the mail and the policy, decides, and at the end learns why.

Each visitor plays an episode of their own, see `play`; what it looks like is in `drawing`.
"""

import os
from collections.abc import Callable, Sequence
from typing import Any, Final

# Read when a page is built, OpenEnv's too: nothing is reported to, or kept for, anybody else.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("GRADIO_RUN_HISTORY", "False")

import gradio

from email_triage_env.server.drawing import (
    draw_email,
    draw_log,
    draw_message,
    draw_policies,
    draw_result,
)
from email_triage_env.server.play import (
    Episode,
    Play,
    answers,
    decide,
    next_inbox,
    open_inbox,
    place,
    replay,
)
from email_triage_env.server.splits import DIFFICULTIES, MIXED, ChoiceError, split_sizes
from email_triage_env.server.style import STYLE
from models import LABELS, MAX_SUMMARY_LENGTH, Task

__all__ = ["build_page", "draw_email", "label_actions"]

# An episode that nobody decides in for so long is forgotten.
EPISODE_SECONDS: Final = 3600
_LOST: Final = (
    "Nothing was sent: this page was left for so long that its inbox was closed. Open it again."
)
_TITLE: Final = (
    f'{STYLE}<div class="inbox-title"><h1>Work the inbox</h1><p class="inbox-quiet">Read each '
    f"email in the light of the desk's policy and of the emails before it. Choose a label and the "
    f"one team that must get it, and write that team a summary.</p></div>"
)
# After a decision a reader begins at the new mail, also on a phone and with a screen reader.
_TO_THE_MAIL: Final = f"""
(place) => {{
  if (place === (window.inboxPlace ?? "{place(Play())}")) return;
  window.inboxPlace = place;
  requestAnimationFrame(() => setTimeout(() => {{
    const mail = document.getElementById("inbox-mail");
    if (!mail) return;
    mail.tabIndex = -1;
    mail.focus({{ preventScroll: true }});
    mail.scrollIntoView({{ block: "start" }});
  }}, 50));
}}
"""
# gradio names a group of choices for the eye only.
_NAME_GROUPS: Final = """
() => document.querySelectorAll(".inbox-page fieldset").forEach((group) => {
  const name = group.querySelector("[data-testid=block-info]");
  if (name) group.setAttribute("aria-label", name.textContent.trim());
})
"""


def label_actions(
    observation: dict[str, Any], teams: Sequence[str]
) -> list[tuple[str, dict[str, Any]]]:
    """Return a one-click decision for each label, for pages that offer no more than that.

    Args:
        observation: What is shown now.
        teams: The teams of the desk; the first gets all mail.

    Returns:
        Pairs of a button's text and the action; none after the last decision.
    """
    if observation.get("done") or not observation.get("email_id"):
        return []
    return [
        (f"{label} ({teams[0]}, no summary)", {"label": label, "summary": "", "route_to": teams[0]})
        for label in LABELS
    ]


class Page:
    """The parts of the page, and what happens when a visitor uses them."""

    def __init__(self) -> None:
        """Lay out the page as a visitor sees it first; it costs nothing until they use it."""
        first = replay(Play())
        # A NamedTuple of some hundred bytes: there is nothing to close when it is deleted.
        self.play = gradio.State(None, time_to_live=EPISODE_SECONDS)
        self.place = gradio.Textbox(place(Play()), visible=False)
        gradio.HTML(_TITLE)
        folded, beside = draw_policies(first.task.description, first.task.routes)
        self.folded = gradio.HTML(folded, elem_classes="inbox-narrow")
        self._lay_out_choice()
        with gradio.Row(equal_height=False):
            with gradio.Column(scale=6, min_width=320):
                self.mail = gradio.HTML(draw_email(vars(first.seen), 0.0), elem_id="inbox-mail")
                self.next = gradio.Button("Next inbox", variant="primary", visible=False)
                self.review = gradio.HTML()
            with gradio.Column(scale=4, min_width=280, elem_classes="inbox-form"):
                self._lay_out_form(first.task)
            with gradio.Column(scale=5, min_width=280, elem_classes="inbox-wide"):
                self.beside = gradio.HTML(beside)
        self.log = gradio.HTML()

    def _lay_out_choice(self) -> None:
        with gradio.Accordion("Choose another inbox", open=False):
            gradio.HTML(
                f'<p class="inbox-quiet">Mixed takes easy, medium and hard in turn '
                f"({_sizes(MIXED)}). Varied inboxes ({_sizes('varied')}) and months of 37 to 40 "
                f"emails ({_sizes('month')}) each come to a desk of their own, with its own policy "
                f"and teams. Numbers begin at 0; the answers of the test split are never told.</p>"
            )
            with gradio.Row(elem_classes="inbox-choice", equal_height=False):
                self.split = gradio.Dropdown(
                    list(split_sizes()), value=Play().split, label="Split", min_width=130
                )
                self.difficulty = gradio.Dropdown(
                    list(DIFFICULTIES), value=MIXED, label="Difficulty", min_width=130
                )
                self.number = gradio.Number(
                    value=0, precision=0, minimum=0, label="Number", min_width=130
                )
                self.open = gradio.Button("Open this inbox", min_width=180)
                self.skip = gradio.Button("Open the next one", min_width=180)
            self.choice_message = gradio.HTML()

    def _lay_out_form(self, first: Task) -> None:
        self.label = gradio.Radio(list(LABELS), label="Label")
        self.team = gradio.Radio(list(first.routes), label="Team")
        self.summary = gradio.Textbox(
            label="Summary for the team",
            info="At most 30 words: what happened or is asked, who, how much, when.",
            lines=4,
            max_length=MAX_SUMMARY_LENGTH,
        )
        self.message = gradio.HTML()
        self.send = gradio.Button("Send", variant="primary")

    def connect(self) -> None:
        """Say what happens on which button."""
        everything = [
            self.play, self.place, self.mail, self.next, self.review, self.log, self.label,
            self.team, self.summary, self.send, self.message, self.choice_message, self.split,
            self.difficulty, self.number, self.folded, self.beside,
        ]  # fmt: skip
        form = [self.play, self.place, self.label, self.team, self.summary]
        choice = [self.split, self.difficulty, self.number]

        def on(event: Callable[..., Any], react: Callable[..., Any], inputs: list[Any]) -> None:
            done = event(
                react, inputs, everything, api_visibility="private", show_progress="hidden"
            )
            done.then(None, self.place, js=_TO_THE_MAIL, api_visibility="private")

        on(self.send.click, self.on_send, form)
        on(self.open.click, self.on_open, choice)
        on(self.number.submit, self.on_open, choice)
        on(self.next.click, self.on_next, [self.play, *choice])
        on(self.skip.click, self.on_next, [self.play, *choice])

    def on_send(
        self, play: Play | None, shown: str, label: str | None, team: str | None, summary: str
    ) -> dict[Any, Any]:
        """Decide the mail that the page shows."""
        kept = play or Play()
        if place(kept) != shown:
            return {self.message: draw_message(_LOST)}
        after, told = decide(kept, label, team, summary)
        if told:
            return {self.play: after, self.message: draw_message(told)}
        return self._shown(after, replay(after))

    def on_open(self, split: str, difficulty: str, number: float | None) -> dict[Any, Any]:
        """Open the inbox that is chosen."""
        try:
            return self._opened(open_inbox(split, difficulty, number))
        except ChoiceError as error:
            return {self.choice_message: draw_message(str(error))}

    def on_next(
        self, play: Play | None, split: str, difficulty: str, number: float | None
    ) -> dict[Any, Any]:
        """Open the inbox that follows the one that is shown."""
        try:
            return self._opened(next_inbox(play or open_inbox(split, difficulty, number)))
        except ChoiceError as error:
            return {self.choice_message: draw_message(str(error))}

    def _opened(self, play: Play) -> dict[Any, Any]:
        """Show another inbox, whose desk may be another, too."""
        episode = replay(play)
        folded, beside = draw_policies(episode.task.description, episode.task.routes)
        return {
            **self._shown(play, episode),
            self.team: gradio.update(
                choices=list(episode.task.routes), value=None, interactive=True
            ),
            self.folded: folded,
            self.beside: beside,
        }

    def _shown(self, play: Play, episode: Episode) -> dict[Any, Any]:
        over = episode.done
        if over:
            mail, review = draw_result(episode, answers(play, episode))
        else:
            mail, review = draw_email(vars(episode.seen), episode.reward), ""
        return {
            self.play: play,
            self.place: place(play),
            self.mail: mail,
            self.next: gradio.update(visible=over),
            self.review: review,
            self.log: "" if over else draw_log(episode),
            self.label: gradio.update(value=None, interactive=not over),
            self.team: gradio.update(value=None, interactive=not over),
            self.summary: gradio.update(value="", interactive=not over),
            self.send: gradio.update(interactive=not over),
            self.message: "",
            self.choice_message: "",
            self.split: play.split,
            self.difficulty: play.difficulty,
            self.number: play.number,
        }


def _sizes(difficulty: str) -> str:
    return ", ".join(f"{size:,} in {name}" for name, size in split_sizes(difficulty).items())


def build_page(*_openenv: object) -> gradio.Blocks:
    """Build the page; OpenEnv hands over what its own page is made of, which is not needed.

    Returns:
        The page, without a server.
    """
    with gradio.Blocks() as page, gradio.Column(elem_classes="inbox-page"):
        Page().connect()
        page.load(None, js=_NAME_GROUPS)
    return page
