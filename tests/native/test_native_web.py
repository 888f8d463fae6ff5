"""The page at /web, drawn and in a real browser."""

import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

import gradio

from email_triage_env.server.environment import TriageEnvironment
from email_triage_env.server.received import ReceivedAction
from email_triage_env.server.web import decide, draw_email, label_actions, start
from models import LABELS, EmailObservation
from processes import Server, running_native
from quality.search import key_actions
from tasks import TASKS

HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>&amp;"\' </pre></article>'
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")


def _observation(**fields: object) -> dict[str, Any]:
    shown = EmailObservation(
        email_id="m-1", subject="Hello", body="Line one\n  line two", sender="Ann <a@b.example>",
        timestamp="2026-03-03T08:15:00", thread_history=["Earlier"], task_id="task_easy",
        step_number=2, total_emails=8,
    )  # fmt: skip
    return {**shown.model_dump(), "reward": 0.5, "done": False, **fields}


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def _read(html: str) -> _Tags:
    parser = _Tags()
    parser.feed(html)
    return parser


@pytest.mark.parametrize(
    "field", ["subject", "body", "sender", "timestamp", "task_id", "thread_history"]
)
def test_hostile_mail_is_text(field: str) -> None:
    """Whatever a mail holds is shown as text: no tag and no attribute comes from it."""
    value: object = [HOSTILE] if field == "thread_history" else HOSTILE
    plain, drawn = (
        _read(draw_email(_observation(), 0.5)),
        _read(draw_email(_observation(**{field: value}), 0.5)),
    )
    assert drawn.tags == plain.tags
    assert drawn.attributes == plain.attributes
    assert HOSTILE in drawn.text


def test_mail_is_drawn_whole() -> None:
    """Sender, subject, time, thread and body are there, and what the episode has paid."""
    text = _read(draw_email(_observation(), -0.25)).text
    for piece in ("Hello", "Ann <a@b.example>", "Line one\n  line two", "Earlier", "Email 2 of 8"):
        assert piece in text
    assert "reward so far -0.25" in text
    assert "done" in _read(draw_email(_observation(email_id=""), 1.0)).text


def test_one_click_actions() -> None:
    """Each label has an action, which the environment takes for a decision."""
    env = TriageEnvironment()
    shown = env.reset()
    actions = env.web_actions({**shown.model_dump(), "done": False})
    assert [action["label"] for _, action in actions] == list(LABELS)
    for _, action in actions:
        assert "error" not in env.step(ReceivedAction.model_validate(action)).metadata
    assert "reward so far" in env.render_web(_observation())
    assert label_actions(_observation(done=True)) == []
    assert label_actions(_observation(email_id="")) == []


def test_a_visitor_plays_to_the_end() -> None:
    """The buttons play an episode, and after it they change nothing."""
    play = start("headline", 2)
    for action in key_actions(TASKS["task_hard"]):
        play = decide(play, action.label, action.route_to, action.summary)
    assert sum(play.rewards) == pytest.approx(7.72)
    assert "Episode score: 1.0" in play.log[-1][-1]
    assert decide(play, "spam", "billing", "") == play


@pytest.mark.parametrize("number", [3, -1, float("nan"), float("inf"), None])
def test_number_without_an_inbox(number: Any) -> None:  # noqa: ANN401 # what a form may send
    """A number that names no inbox is said on the page."""
    with pytest.raises(gradio.Error):
        start("headline", number)


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a native server with the page."""
    log = tmp_path_factory.mktemp("web") / "server.log"
    with running_native(log, {"ENABLE_WEB_INTERFACE": "true"}) as server:
        yield server


@pytest.mark.skipif(BROWSER is None, reason="no chromium here: install it with your packages")
def test_in_a_real_browser(web: Server) -> None:
    """One click decides; the page says what it paid; nothing the browser receives is an answer."""
    playwright = pytest.importorskip("playwright.sync_api", reason="pip install playwright")
    received: list[str] = []
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=BROWSER, args=["--no-sandbox", "--disable-background-networking"]
        )
        page = browser.new_page()

        def keep(answer: Any) -> None:  # noqa: ANN401 # untyped library
            if "gradio_api" in answer.url:
                received.append(answer.text())

        page.on("response", keep)
        page.goto(f"{web.url}/web/")
        page.wait_for_selector("text=Email 1 of 8")
        action = key_actions(TASKS["task_easy"])[0]
        page.get_by_label(action.route_to, exact=True).check()
        page.get_by_label("Summary for the team").fill(action.summary)
        page.get_by_role("button", name=action.label, exact=True).click()
        page.wait_for_selector("text=Email 2 of 8")
        assert "reward so far +0.99" in page.inner_text("article")
        other = browser.new_page()
        other.goto(f"{web.url}/web/")
        other.wait_for_selector("text=Email 1 of 8")
        browser.close()
    answers = [truth.reference_summary for truth in TASKS["task_easy"].ground_truth.values()]
    assert received
    for text in received:
        assert not [answer for answer in answers if answer != action.summary and answer in text]
        assert "ground_truth" not in text
