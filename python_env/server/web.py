"""The page at /web: a person reviews a module by the same four operations as an agent.

Each visitor plays an episode of their own, which the journal keeps; the page holds but its id.
"""

import os
from collections.abc import Callable
from math import isfinite
from typing import Any, Final

# Read when a page is built: nothing is reported to, or kept for, anybody else.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import gradio

from python_env.actions import HINT_LEVELS, MAX_HINTS, MAX_PATCH, MAX_REPRODUCTION, MAX_TEXT
from python_env.kinds import KINDS, SEVERITIES
from python_env.models import PythonReviewObservation
from python_env.server.briefing import INSTRUCTIONS
from python_env.server.code_review_environment import (
    FEEDBACK,
    NoReviewError,
    PythonEnvironment,
)
from python_env.server.drawing import (
    STYLE,
    draw_code,
    draw_instructions,
    draw_message,
    draw_past,
    draw_standing,
)
from python_env.server.episode import NotRunError, OutdatedEpisodeError
from python_env.server.journal import JournalError, TakenEpisodeError, UnknownEpisodeError
from python_env.server.received import ReceivedAction
from python_env.server.shared import Shared
from python_env.server.splits import (
    DIFFICULTIES,
    MIXED,
    SPLITS,
    UnknownTaskChoiceError,
    split_size,
    task_of,
)

# So many visitors may wait for the sandbox, others are served meanwhile.
_AT_ONCE: Final = 16
_TOLD: Final = (
    UnknownTaskChoiceError, JournalError, NotRunError, UnknownEpisodeError, OutdatedEpisodeError,
    TakenEpisodeError, NoReviewError,
)  # fmt: skip
_TITLE: Final = (
    f'{STYLE}<div class="review-title"><h1>Review a Python module</h1><p class="review-quiet">Its '
    f"docstrings are its contract. Name each defect, mend it, and end the review; what you say is "
    f"proved by running it.</p></div>"
)
_OPEN_ONE: Final = "Open a task first."


class Page:
    """The parts of the page, and what happens when a visitor uses them."""

    def __init__(self, house: Shared) -> None:
        """Lay out the page as a visitor sees it first."""
        self._house = house
        self.episode = gradio.State(None)
        gradio.HTML(_TITLE)
        gradio.HTML(draw_instructions(INSTRUCTIONS))
        self._lay_out_choice()
        self.message = gradio.HTML()
        with gradio.Row(equal_height=False, elem_classes="review-wide"):
            with gradio.Column(scale=7, min_width=320):
                self.standing = gradio.HTML()
                self.code = gradio.HTML()
            with gradio.Column(scale=4, min_width=300):
                self._lay_out_forms()
                self.past = gradio.HTML()

    def _lay_out_choice(self) -> None:
        first = next(name for name in SPLITS if split_size(name))
        with gradio.Row(equal_height=False):
            self.split = gradio.Dropdown(list(SPLITS), value=first, label="Split", min_width=130)
            self.difficulty = gradio.Dropdown(
                list(DIFFICULTIES), value=MIXED, label="Difficulty", min_width=130
            )
            self.number = gradio.Number(
                value=0, precision=0, minimum=0, label="Number, from 0", min_width=130
            )
            self.feedback = gradio.Dropdown(
                list(FEEDBACK), value=FEEDBACK[0], label="Told after each", min_width=130
            )
            self.open = gradio.Button("Open this task", variant="primary", min_width=150)

    def _lay_out_forms(self) -> None:
        with gradio.Tab("Finding"):
            self.kind = gradio.Dropdown(list(KINDS), value=None, label="Kind")
            self.severity = gradio.Radio(list(SEVERITIES), label="Severity")
            with gradio.Row():
                self.first = gradio.Number(
                    precision=0, minimum=1, label="First line", min_width=120
                )
                self.last = gradio.Number(precision=0, minimum=1, label="Last line", min_width=120)
            self.rationale = gradio.Textbox(label="Rationale", lines=3, max_length=MAX_TEXT)
            self.recommendation = gradio.Textbox(
                label="Recommendation (if you like)", lines=2, max_length=MAX_TEXT
            )
            self.reproduction = gradio.Textbox(
                label="Reproduction (if you like)", lines=3, max_length=MAX_REPRODUCTION,
                placeholder="def scenario(m):\n    return ...",
            )  # fmt: skip
            self.find = gradio.Button("Add the finding", variant="primary")
        with gradio.Tab("Hint"):
            self.slot = gradio.Number(
                value=1, precision=0, minimum=1, maximum=MAX_HINTS,
                label="Which defect, from the top",
            )  # fmt: skip
            self.level = gradio.Radio(
                [("its function", 1), ("its kind, too", HINT_LEVELS)], value=1, label="Tell"
            )
            self.hint = gradio.Button("Take the hint")
        with gradio.Tab("Patch"):
            self.patch = gradio.Textbox(
                label="The whole module, mended", lines=18, max_lines=30, max_length=MAX_PATCH
            )
            self.submit = gradio.Button("Run the patch", variant="primary")
        with gradio.Tab("End"):
            self.verdict = gradio.Radio(
                [("Request changes", "request_changes"), ("Approve", "approve")], label="Verdict"
            )
            self.end = gradio.Button("End the review", variant="primary")

    def connect(self) -> None:
        """Say what happens on which button."""
        everything = [self.episode, self.message, self.standing, self.code, self.past, self.patch]

        def on(button: Any, react: Callable[..., Any], inputs: list[Any]) -> None:  # noqa: ANN401
            button.click(
                react, inputs, everything, api_visibility="private", show_progress="hidden",
                concurrency_limit=_AT_ONCE,
            )  # fmt: skip

        on(self.open, self.on_open, [self.split, self.difficulty, self.number, self.feedback])
        on(
            self.find,
            self.on_find,
            [
                self.episode, self.kind, self.severity, self.first, self.last, self.rationale,
                self.recommendation, self.reproduction,
            ],
        )  # fmt: skip
        on(self.hint, self.on_hint, [self.episode, self.slot, self.level])
        on(self.submit, self.on_patch, [self.episode, self.patch])
        on(self.end, self.on_end, [self.episode, self.verdict])

    def on_open(
        self, split: str, difficulty: str, number: float | None, feedback: str
    ) -> dict[Any, Any]:
        """Open the task that is chosen."""
        if number is None or not isfinite(number):
            return {self.message: draw_message("Give the number of the task, from 0.")}
        env = PythonEnvironment(self._house, exclusive=True)
        try:
            seen = env.reset(
                split=split, difficulty=difficulty, index=int(number), feedback=feedback
            )
        except _TOLD as error:
            return {self.message: draw_message(str(error))}
        return {
            self.episode: env.state.episode_id,
            self.patch: task_of(seen.task_id).code,
            **self._shown(seen),
        }

    def on_find(
        self,
        episode: str | None,
        kind: str | None,
        severity: str | None,
        first: float | None,
        last: float | None,
        rationale: str,
        recommendation: str,
        reproduction: str,
    ) -> dict[Any, Any]:
        """Add a finding, unless something is missing; that costs nothing."""
        needed = {"a kind": kind, "a severity": severity, "the first line": first}
        if missing := [name for name, value in needed.items() if value in (None, "")]:
            return {self.message: draw_message(f"Nothing was sent: give {', '.join(missing)}.")}
        action = {
            "operation": "add_finding", "kind": kind, "severity": severity, "rationale": rationale,
            "first_line": int(first or 1), "last_line": int(last or first or 1),
        }  # fmt: skip
        more = {"recommendation": recommendation, "reproduction": reproduction}
        return self._stepped(episode, action | {name: text for name, text in more.items() if text})

    def on_hint(self, episode: str | None, slot: float | None, level: int) -> dict[Any, Any]:
        """Take a hint."""
        return self._stepped(
            episode, {"operation": "request_hint", "slot": int(slot or 1), "level": level}
        )

    def on_patch(self, episode: str | None, patch: str) -> dict[Any, Any]:
        """Run a patch."""
        return self._stepped(episode, {"operation": "submit_patch", "patch": patch})

    def on_end(self, episode: str | None, verdict: str | None) -> dict[Any, Any]:
        """End the review."""
        if verdict is None:
            return {self.message: draw_message("Nothing was sent: choose a verdict.")}
        return self._stepped(episode, {"operation": "finalize", "verdict": verdict})

    def _stepped(self, episode: str | None, action: dict[str, Any]) -> dict[Any, Any]:
        if episode is None:
            return {self.message: draw_message(_OPEN_ONE)}
        env = PythonEnvironment(self._house, exclusive=True)
        try:
            env.open(episode)
            return self._shown(env.step(ReceivedAction.model_validate(action)))
        except _TOLD as error:
            return {self.message: draw_message(str(error))}

    def _shown(self, seen: PythonReviewObservation) -> dict[Any, Any]:
        return {
            self.message: "",
            self.standing: draw_standing(seen),
            self.code: draw_code(seen),
            self.past: draw_past(seen),
        }


def page_builder(house: Shared) -> Callable[..., gradio.Blocks]:
    """Return what builds the page; OpenEnv hands it what its own page is made of, unneeded here.

    Args:
        house: What all sessions share.

    Returns:
        The builder.
    """

    def build(*_openenv: object) -> gradio.Blocks:
        with gradio.Blocks() as page, gradio.Column(elem_classes="review-page"):
            Page(house).connect()
        return page

    return build
