"""How the page at /web shows a review: the code with its findings, and what is left, as HTML.

Everything that is shown is escaped: code and findings are other people's text.
"""

from collections import defaultdict
from collections.abc import Sequence
from html import escape
from typing import Final

from python_env.models import PastAction, PythonReviewObservation

_MARKS: Final = {"matched": "right", "false": "wrong", "vague": "wrong"}

STYLE: Final = """<style>
.gradio-container { max-width: 1300px !important; }
.review-page .review-title h1 { font-size: 1.5em; margin: 0 0 4px; }
.review-quiet { color: var(--body-text-color-subdued); font-size: .92em; }
.review-card { border: 1px solid var(--border-color-primary); border-radius: 10px;
  padding: 12px 16px; overflow-wrap: anywhere; line-height: 1.5; }
.review-code { border: 1px solid var(--border-color-primary); border-radius: 10px; padding: 8px 0;
  overflow: auto; contain: inline-size; max-height: 78vh; line-height: 1.5; font-size: 13px;
  font-family: ui-monospace, monospace; }
.review-page textarea, .review-page input:not([type=radio]) { border-radius: 8px !important;
  border: 1px solid var(--body-text-color-subdued) !important; padding: 6px 10px; }
.review-line { display: grid; grid-template-columns: 3.2em max-content; min-width: max-content; }
.review-line span { white-space: pre; padding-right: 12px; }
.review-line .review-number { text-align: right; color: var(--body-text-color-subdued);
  user-select: none; position: sticky; left: 0; background: var(--body-background-fill); }
.review-line.review-marked span { background: var(--background-fill-secondary); }
.review-note { position: sticky; left: 0; width: min(46em, calc(100vw - 64px)); margin: 2px 0 4px;
  padding: 4px 10px; border-left: 4px solid var(--color-accent); white-space: normal;
  font-family: var(--font, sans-serif); overflow-wrap: anywhere;
  background: var(--background-fill-secondary); }
.review-note.right { border-left-color: #15803d; }
.review-note.wrong { border-left-color: #b91c1c; }
.review-left { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 6px 0 0; padding: 0; }
.review-left li { list-style: none; }
.review-score { font-size: 1.7em; font-weight: 700; }
@media (max-width: 720px) { .review-wide { flex-direction: column; }
  .review-card { padding: 10px 12px; }
  .review-code { font-size: 12px; max-height: 62vh; } }
</style>"""


def draw_code(seen: PythonReviewObservation) -> str:
    """Draw the module with its findings beneath the lines that they are about."""
    notes: dict[int, list[PastAction]] = defaultdict(list)
    marked: set[int] = set()
    for past in seen.past_actions:
        if past.first_line is not None and past.last_line is not None:
            notes[past.last_line].append(past)
            marked |= set(range(past.first_line, past.last_line + 1))
    lines = seen.code.splitlines()
    drawn = [
        _line(i, line, notes.pop(i, ()), marked=i in marked) for i, line in enumerate(lines, 1)
    ]
    # Of findings on lines that there are not.
    drawn += [_note(past) for rest in notes.values() for past in rest]
    return f'<div class="review-code" tabindex="0" aria-label="Code">{"".join(drawn)}</div>'


def draw_standing(seen: PythonReviewObservation) -> str:
    """Draw what the last action came to, what is earned and what is left."""
    left = "".join(f"<li>{escape(name)} {count}</li>" for name, count in seen.left.items())
    parts = "".join(
        f"<li>{escape(name)} {points:.2f}</li>" for name, points in seen.coverage.items()
    )
    return (
        f'<div class="review-card" role="status"><span class="review-score">{seen.score:.2f}</span>'
        f'<ul class="review-left review-quiet" aria-label="Earned">{parts}</ul>'
        f"<p>{escape(seen.feedback)}</p>"
        f'<ul class="review-left review-quiet" aria-label="Left">{left}</ul></div>'
    )


def draw_past(seen: PythonReviewObservation) -> str:
    """Draw what was done so far."""
    if not seen.past_actions:
        return ""
    rows = "".join(
        f"<li>{escape(_named(past))}: {escape(past.result)}, {past.reward:+.2f}</li>"
        for past in seen.past_actions
    )
    return f'<div class="review-card"><strong>So far</strong><ol>{rows}</ol></div>'


def draw_message(text: str) -> str:
    """Draw a message, such as what was wrong with what a visitor asked for."""
    return f'<p class="review-card" role="alert">{escape(text)}</p>' if text else ""


def draw_instructions(text: str) -> str:
    """Draw the instructions."""
    return (
        '<details class="review-card"><summary>What to do, what it is worth, and the kinds of '
        f'defects</summary><div style="white-space: pre-wrap">{escape(text)}</div></details>'
    )


def _line(number: int, text: str, notes: Sequence[PastAction], *, marked: bool) -> str:
    # The observation has the number before each line.
    code = text.partition(" | ")[2]
    mark = " review-marked" if marked else ""
    return (
        f'<div class="review-line{mark}"><span class="review-number">{number}</span>'
        f"<span>{escape(code)}</span></div>{''.join(_note(past) for past in notes)}"
    )


def _note(past: PastAction) -> str:
    return (
        f'<div class="review-note {_MARKS.get(past.result, "")}">'
        f"<strong>{escape(_named(past))}</strong>: {escape(past.result)}, {past.reward:+.2f}</div>"
    )


def _named(past: PastAction) -> str:
    if past.kind is None:
        return past.operation
    lines = f"lines {past.first_line}-{past.last_line}"
    return f"{past.kind} ({past.severity}), {lines}"
