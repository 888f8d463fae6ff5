"""The page at /web as it is served: over HTTP, and in a real browser on a desk and a phone."""

import json
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from typing import Any

import pytest
import requests

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

from deck import deal_reasons, find_deal
from email_triage_env.server.page_guard import MAX_BODY_BYTES
from email_triage_env.server.play import Play, place
from models import LABELS
from processes import Server, running_native
from quality.search import key_actions
from tasks import ROUTES, TASKS

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
in_browser = pytest.mark.skipif(
    BROWSER is None, reason="no chromium here: install it with your packages"
)
WINDOWS = [pytest.param(1280, 900, id="desk"), pytest.param(390, 844, id="phone")]
NOTE = "A note that leaves out what matters."
SECONDS = 30
# How often a list is opened again, and for how long its choice is waited for.
TRIES = 10
LIST_MILLISECONDS = 3_000


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a native server with the page."""
    log = tmp_path_factory.mktemp("web") / "server.log"
    with running_native(log, {"ENABLE_WEB_INTERFACE": "true"}) as server:
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return a browser that asks nobody for anything on its own account."""
    playwright = pytest.importorskip("playwright.sync_api", reason="pip install playwright")
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(
            executable_path=BROWSER, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield found
        found.close()


@pytest.mark.parametrize("path", ["upload", "upload/", "upload?upload_id=1", "process_recording"])
def test_no_upload(web: Server, path: str) -> None:
    """Files are refused, by whatever name the route is asked for."""
    answer = requests.post(
        f"{web.url}/web/gradio_api/{path}", files={"files": ("a.txt", b"hello")}, timeout=SECONDS
    )
    assert answer.status_code == 404
    assert "error" in answer.json()


@pytest.mark.parametrize(
    "path",
    [
        "gradio_api/file=README.md", "gradio_api/file/README.md", "gradio_api/deep_link",
        "gradio_api/proxy=https://a.hf.space/", "gradio_api/run-history/buckets", "gradio_api/runs",
        "gradio_api/component_server/", "gradio_api/call/x", "gradio_api/upload_progress",
        "gradio_api/stream/a/1/2/playlist-file", "monitoring", "login", "svelte/a",
        "gradio_api/%75pload", "%2e%2e/web/gradio_api/upload", "gradio_api/%2e/upload",
    ],
)  # fmt: skip
def test_what_the_page_does_not_use_is_not_there(web: Server, path: str) -> None:
    """The other routes of gradio answer 404, read or written."""
    for method in ("GET", "POST", "HEAD", "DELETE"):
        answer = requests.request(method, f"{web.url}/web/{path}", json={}, timeout=SECONDS)
        assert answer.status_code == 404


def test_large_and_endless_requests_are_refused(web: Server) -> None:
    """What is larger than any decision is not read, nor what does not say how large it is."""
    url = f"{web.url}/web/gradio_api/queue/join"
    for body, status in ((b" " * (MAX_BODY_BYTES + 1), 413), (iter([b"{}"]), 411), (b"{}", 422)):
        assert requests.post(url, data=body, timeout=SECONDS).status_code == status


def test_page_loads_from_nowhere_else(web: Server) -> None:
    """The page names no style sheet of another host, reports to nobody, and forbids all others."""
    answer = requests.get(f"{web.url}/web/", timeout=SECONDS)
    config = requests.get(f"{web.url}/web/config", timeout=SECONDS).json()
    assert config["stylesheets"] == []
    assert config["analytics_enabled"] is False
    assert config["run_history"] is False
    assert "fonts.g" not in answer.text
    assert "url(http" not in requests.get(f"{web.url}/web/theme.css", timeout=SECONDS).text
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'self';")
    assert "http" not in policy


def test_the_rest_of_the_server_stays(web: Server, native: Server) -> None:
    """OpenEnv's own routes answer as before, and a server without the page has nothing to guard."""
    assert requests.get(f"{web.url}/web/metadata", timeout=SECONDS).json()["name"] == "email_triage"
    assert requests.post(f"{web.url}/web/reset", timeout=SECONDS).status_code == 200
    assert requests.get(f"{native.url}/web/", timeout=SECONDS).status_code == 404
    for server in (web, native):
        assert requests.get(f"{server.url}/health", timeout=SECONDS).status_code == 200


class _Wire:
    """A visitor without a browser, who keeps every byte that comes."""

    def __init__(self, url: str) -> None:
        self.url = f"{url}/web"
        self.session = secrets.token_hex(8)
        self.received = requests.get(f"{self.url}/", timeout=SECONDS).text
        answer = requests.get(f"{self.url}/config", timeout=SECONDS)
        self.received += answer.text
        config = answer.json()
        names = {
            block["id"]: block["props"].get("value")
            for block in config["components"]
            if block["type"] == "button"
        }
        self.functions = {
            names[block]: function["id"]
            for function in config["dependencies"]
            for block, event in function["targets"]
            if event == "click" and block in names and function["backend_fn"]
        }
        self.place = place(Play())

    def press(self, button: str, *data: object) -> str:
        """Press a button, and return what the server answers to that."""
        body = {
            "data": data,
            "fn_index": self.functions[button],
            "session_hash": self.session,
        }
        url = f"{self.url}/gradio_api/queue"
        requests.post(f"{url}/join", json=body, timeout=SECONDS).raise_for_status()
        asked = {"session_hash": self.session}
        answer = requests.get(f"{url}/data", params=asked, timeout=SECONDS)
        answer.encoding = "utf-8"
        texts = [json.loads(line[6:]) for line in answer.text.splitlines() if line[:5] == "data:"]
        text = json.dumps(texts, ensure_ascii=False)
        assert "process_completed" in text
        self.received += text
        found = re.search(r"\w+/\w+/\d+/\d", text)
        self.place = found[0] if found else self.place
        return text

    def send(self) -> str:
        """Decide an email, wrong unless it happens to be right."""
        return self.press("Send", None, self.place, "spam", "people", NOTE)


def _secrets(task_id: str) -> list[str]:
    """Return the reviewed summaries and the reasons of a deal."""
    truths = find_deal(task_id).ground_truth.values()
    return [*(truth.reference_summary for truth in truths), *deal_reasons(task_id).values()]


def _told(secret: list[str], text: str) -> list[str]:
    plain = unescape(text)
    return [answer for answer in secret if answer in plain]


@pytest.mark.parametrize("split", ["train", "test"])
def test_no_answer_is_sent_too_early(web: Server, split: str) -> None:
    """Nothing that is sent before the end is an answer; of the test split nothing ever."""
    secret = _secrets(f"{split}-hard-2")
    visitor = _Wire(web.url)
    assert f"Email 1 of 8 in {split}-hard-2" in visitor.press("Open this inbox", split, "hard", 2)
    for i in range(2, 9):
        assert f"Email {i} of 8" in visitor.send()
    assert _told(secret, visitor.received) == []
    assert "Episode score" in visitor.send()
    # A hard inbox has follow-ups, and of each only one version arrived.
    assert len(_told(secret, visitor.received)) == (16 if split == "train" else 0)
    assert visitor.place == f"{split}/hard/2/8"
    other = _Wire(web.url)
    other.place = visitor.place
    assert "Nothing was sent" in other.send()
    assert _told(secret, other.received) == []


def test_an_episode_cannot_be_forged(web: Server) -> None:
    """What a visitor claims to have decided does not count: the server goes by what it kept."""
    action = {"label": "spam", "route_to": "people", "summary": NOTE}
    for forged in (
        ["train", "hard", 2, [action] * 8, False],
        {"split": "train", "difficulty": "hard", "number": 2, "actions": [action] * 8},
    ):
        visitor = _Wire(web.url)
        said = visitor.press("Send", forged, "train/hard/2/8", "spam", "people", NOTE)
        assert "Nothing was sent" in said
        said = visitor.press("Next inbox", forged, "train", "easy", 1)
        assert "Email 1 of 8 in train-easy-2" in said
        assert _told(_secrets("train-hard-2"), visitor.received) == []


class _Window:
    """A visitor's window, and all that it asked for."""

    def __init__(self, browser: Any, web: Server, width: int = 1280, height: int = 900) -> None:  # noqa: ANN401 # untyped library
        self.page = browser.new_page(viewport={"width": width, "height": height})
        self.asked: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(f"{web.url}/web/")
        self.shows("Email 1 of 8")

    def shows(self, text: str) -> None:
        """Wait until a text can be seen."""
        self.page.get_by_text(text).first.wait_for()

    def is_as_wide_as_it_seems(self) -> bool:
        """Say whether nothing scrolls sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))

    def choose(self, label: str, team: str, summary: str) -> None:
        """Fill in the form."""
        self.page.get_by_label(label, exact=True).check()
        self.page.get_by_label(team, exact=True).check()
        self.page.get_by_label("Summary for the team").fill(summary)

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def decide(self, label: str, team: str, summary: str, then: str) -> None:
        """Fill in the form, send it and wait for what comes then."""
        self.choose(label, team, summary)
        self.press("Send")
        self.shows(then)
        # The form is cleared a moment later, and would take along what is filled in before.
        self.page.wait_for_function(
            "!document.querySelector('.inbox-form input:checked')"
            " && !document.querySelector('.inbox-form textarea').value"
        )

    def open(self, split: str, difficulty: str, number: int) -> None:
        """Open another inbox."""
        if not self.page.get_by_label("Split").is_visible():
            self.page.get_by_text("Choose another inbox").click()
        for name, choice in (("Split", split), ("Difficulty", difficulty)):
            self._pick(name, choice)
        self.page.get_by_label("Number").fill(str(number))
        self.press("Open this inbox")
        self.shows(f"in {split}-{difficulty}-{number}")

    def _pick(self, name: str, choice: str) -> None:
        """Choose from a list, which closes where the page still moves, as on a busy machine."""
        playwright = pytest.importorskip("playwright.sync_api")
        box = self.page.get_by_label(name)
        option = self.page.get_by_role("option", name=choice, exact=True)
        for _ in range(TRIES):
            box.click()
            with suppress(playwright.TimeoutError):
                option.click(timeout=LIST_MILLISECONDS)
            if box.input_value() == choice:
                return
            self.page.keyboard.press("Escape")
        raise AssertionError(f"{choice!r} cannot be chosen as {name}.")


@in_browser
@pytest.mark.parametrize(("width", "height"), WINDOWS)
def test_a_visitor_plays_to_the_end(web: Server, browser: Any, width: int, height: int) -> None:  # noqa: ANN401 # untyped library
    """A first visit, played through: refused, asked, sent, and at the end taught."""
    window = _Window(browser, web, width, height)
    page = window.page
    assert page.get_by_role("radio", checked=True).count() == 0
    window.press("Send")
    window.shows("choose a label and a team first")
    window.choose("urgent", "billing", "")
    window.press("Send")
    window.shows("Not sent yet")
    assert window.is_as_wide_as_it_seems()
    window.shows("Email 1 of 8")
    actions = key_actions(TASKS["task_easy"])
    for i, action in enumerate(actions, start=2):
        done = i > len(actions)
        window.decide(
            action.label, action.route_to, action.summary,
            "Episode score" if done else f"Email {i} of 8",
        )  # fmt: skip
        assert window.is_as_wide_as_it_seems()
    window.shows("1.00 of 1.00 in task_easy")
    assert page.get_by_text("Why:").count() == len(actions)
    assert page.get_by_role("button", name="Send", exact=True).is_disabled()
    assert page.get_by_label("urgent", exact=True).is_disabled()
    window.press("Next inbox")
    window.shows("Email 1 of 8 in task_medium")
    assert page.get_by_role("button", name="Send", exact=True).is_enabled()
    foreign = [url for url in window.asked if not url.startswith((web.url, "data:", "blob:"))]
    assert foreign == []
    page.close()


@in_browser
@pytest.mark.parametrize(("width", "height"), WINDOWS)
def test_a_month_at_a_desk_of_its_own(
    web: Server,
    browser: Any,  # noqa: ANN401 # untyped library
    width: int,
    height: int,
) -> None:
    """Its teams can be chosen and its rules read, and nothing is too wide when it ends."""
    window = _Window(browser, web, width, height)
    window.open("train", "month", 2)
    task = find_deal("train-month-2")
    assert window.page.locator("fieldset[aria-label=Team] label").all_inner_texts() == [
        *task.routes
    ]
    policy = window.page.locator(".inbox-policy")
    assert all("What adds up" in text for text in policy.all_text_contents())
    actions = key_actions(task)
    for i, action in enumerate(actions, start=2):
        done = i > len(actions)
        window.decide(
            action.label, action.route_to, action.summary,
            "Episode score" if done else f"Email {i} of {len(actions)}",
        )  # fmt: skip
    assert window.is_as_wide_as_it_seems()
    assert window.page.get_by_text("Why:").count() == len(actions)
    window.open("train", "easy", 0)
    assert window.page.locator("fieldset[aria-label=Team] label").all_inner_texts() == [*ROUTES]
    window.page.close()


@in_browser
@pytest.mark.parametrize(("width", "height"), WINDOWS)
def test_policy_is_at_hand(web: Server, browser: Any, width: int, height: int) -> None:  # noqa: ANN401 # untyped library
    """On a desk the policy stands beside the mail; on a phone it opens above it."""
    page = _Window(browser, web, width, height).page
    rule = page.get_by_text("Rule 1. urgent").locator("visible=true")
    summary = page.locator("summary", has_text="The desk's policy").locator("visible=true")
    if summary.count():
        assert rule.count() == 0
        summary.focus()
        page.keyboard.press("Enter")
    rule.wait_for()
    mail = page.locator("article").first.bounding_box()
    box = rule.bounding_box()
    assert box is not None
    assert mail is not None
    assert box["y"] < height
    assert box["x"] > mail["x"] + mail["width"] or box["y"] < mail["y"]
    page.close()


@in_browser
def test_played_by_keyboard(web: Server, browser: Any) -> None:  # noqa: ANN401 # untyped library
    """Tab, space and Enter are enough, the groups have names, and the reader is led on."""
    window = _Window(browser, web)
    page = window.page

    def go_to(place: str) -> None:
        # Three times round: what is drawn anew meanwhile, on a busy machine, loses the focus.
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate(f"document.activeElement.matches({place!r})"):
                return
        raise AssertionError(f"Tab does not lead to {place}.")

    for name, choice in (("Label", LABELS[1]), ("Team", list(ROUTES)[1])):
        go_to(f"fieldset[aria-label={name}] input[value={choice}]")
        page.keyboard.press("Space")
    go_to("textarea")
    page.keyboard.type(NOTE)
    go_to("button.primary")
    page.keyboard.press("Enter")
    window.shows("Email 2 of 8")
    chosen = page.locator(".inbox-log td").all_inner_texts()[:2]
    assert chosen[0].startswith(LABELS[1])
    assert chosen[1].startswith(list(ROUTES)[1])
    page.wait_for_function("document.activeElement?.id === 'inbox-mail'")
    page.close()


@in_browser
def test_another_inbox_is_opened(web: Server, browser: Any) -> None:  # noqa: ANN401 # untyped library
    """Split, difficulty and number are chosen; a number too high is said, and costs nothing."""
    window = _Window(browser, web)
    window.open("train", "hard", 2)
    window.decide("spam", "people", NOTE, "Email 2 of 8 in train-hard-2")
    window.page.get_by_label("Number").fill("10000")
    window.press("Open this inbox")
    window.shows("choose one from 0 to 9999")
    window.decide("spam", "people", NOTE, "Email 3 of 8 in train-hard-2")
    window.press("Open the next one")
    window.shows("Email 1 of 8 in train-hard-3")
    window.page.close()


@in_browser
def test_playground_fits_a_phone(web: Server, browser: Any) -> None:  # noqa: ANN401 # untyped library
    """OpenEnv's own tab shows our mail without cutting it off or widening the page."""
    window = _Window(browser, web, 390, 844)
    window.page.get_by_role("tab", name="Playground").click()
    window.press("Reset")
    drawn = window.page.locator(".oe-visual article")
    drawn.wait_for()
    box = drawn.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 390
    assert window.is_as_wide_as_it_seems()
    window.page.close()
