"""The page at /web: what it shows, what it lets through, and that it escapes what is shown."""

from collections.abc import Iterator
from typing import Any

import gradio
import pytest
from fastapi.testclient import TestClient

from python_env.models import PastAction
from python_env.server.app import create_app
from python_env.server.code_review_environment import PythonEnvironment
from python_env.server.drawing import draw_code, draw_message, draw_past, draw_standing
from python_env.server.shared import Shared
from python_env.server.web import Page
from python_env.tests.playing import Pretended, defective, finding, patch


@pytest.fixture
def page(house: Shared) -> Iterator[Page]:
    """Yield the page, as it is laid out for a visitor."""
    with gradio.Blocks():
        yield Page(house)


@pytest.fixture
def web(house: Shared, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """Return a client of a server that has the page."""
    monkeypatch.setenv("ENABLE_WEB_INTERFACE", "true")
    return TestClient(create_app(house), raise_server_exceptions=False)


def opened(page: Page, index: int = 0) -> tuple[str, dict[Any, Any]]:
    """Open a task, and return its episode and what is shown."""
    shown = page.on_open("train", "easy", index, "step")
    return shown[page.episode], shown


def test_web_shows_the_page(web: TestClient) -> None:
    """It is served where it is asked for, and may load nothing from anywhere else."""
    answer = web.get("/web/")
    assert (answer.status_code, "Review a Python module" in answer.text) == (200, True)
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert "fonts.googleapis" not in answer.text
    assert web.get("/", follow_redirects=False).headers["location"] == "/web/"
    assert web.get("/health").json() == {"status": "healthy"}
    assert web.get("/tasks").status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", "/web/gradio_api/upload"),
        ("get", "/web/gradio_api/file=/etc/passwd"),
        ("get", "/web/gradio_api/proxy=http://example.com"),
        ("get", "/web/gradio_api/reset"),
        ("get", "/web/monitoring"),
    ],
)
def test_the_rest_of_gradio_is_closed(web: TestClient, method: str, path: str) -> None:
    """What the page does not need is not there."""
    assert web.request(method, path).status_code == 404


def test_pages_of_others_may_not_use_it(web: TestClient) -> None:
    """A form on another page cannot play here."""
    headers = {"Origin": "https://evil.example"}
    assert web.post("/web/gradio_api/queue/join", json={}, headers=headers).status_code == 403
    assert web.post("/web/reset", json={}, headers=headers).status_code == 403


def test_a_visitor_plays_all_four_operations(page: Page, house: Shared) -> None:
    """Each form does what its operation does, in an episode of the visitor's own."""
    index = int(defective().rpartition("-")[2])
    episode, shown = opened(page, index)
    assert "The review begins." in shown[page.standing]
    told = finding(defective())
    first, last = told["first_line"], told["last_line"]
    shown = page.on_find(
        episode, told["kind"], told["severity"], first, last, told["rationale"], "", ""
    )
    assert "0.45" in shown[page.standing]
    assert told["kind"] in shown[page.code]
    assert "hints 2" in page.on_hint(episode, 1, 1)[page.standing]
    assert "patches 2" in page.on_patch(episode, patch(defective())["patch"])[page.standing]
    assert "The review is over." in page.on_end(episode, "request_changes")[page.standing]
    assert [one.action["operation"] for one in house.journal.find(episode).steps] == [
        "add_finding", "request_hint", "submit_patch", "finalize",
    ]  # fmt: skip
    assert len(house.journal.finished(9)) == 1


def test_what_is_missing_costs_nothing(page: Page, house: Shared, pretended: Pretended) -> None:
    """The page says what to give, and nothing is sent."""
    assert "Open a task first" in page.on_hint(None, 1, 1)[page.message]
    episode, _ = opened(page)
    told = page.on_find(episode, None, None, None, None, "", "", "")[page.message]
    assert "a kind, a severity, the first line" in told
    assert "choose a verdict" in page.on_end(episode, None)[page.message]
    for number in (None, float("inf"), float("nan")):
        assert "Give the number" in page.on_open("train", "easy", number, "step")[page.message]
    assert "there are 3334" in page.on_open("train", "easy", 9999, "step")[page.message]
    pretended.fails = True
    assert "send it again" in page.on_patch(episode, "x = 1\n")[page.message]
    assert house.journal.find(episode).steps == []


def test_everything_shown_is_escaped(house: Shared) -> None:
    """Neither code, nor a finding, nor a message becomes a part of the page."""
    env = PythonEnvironment(house)
    seen = env.reset(task_id="train-easy-0")
    evil = "<script>alert(1)</script>"
    past = PastAction(
        step=1, operation=evil, result=evil, kind=evil, severity="high", first_line=999,
        last_line=999,
    )  # fmt: skip
    shown = seen.model_copy(
        update={"code": f"1 | {evil}", "feedback": evil, "past_actions": [past]}
    )
    drawn = "".join([draw_code(shown), draw_standing(shown), draw_past(shown), draw_message(evil)])
    assert "<script" not in drawn
    assert drawn.count("&lt;script&gt;") >= 5


def test_code_is_shown_whole(house: Shared) -> None:
    """Each line stands there once, with its number, and a bar in it is kept."""
    seen = PythonEnvironment(house).reset(task_id="train-easy-0")
    shown = seen.model_copy(update={"code": "1 | x = a | b\n2 | \n3 | y = 1"})
    drawn = draw_code(shown)
    assert "<span>x = a | b</span>" in drawn
    assert drawn.count("review-number") == 3
