"""The page at /web: what it draws, what it refuses, and what it tells when."""

import asyncio
import re
from collections.abc import Callable, Iterator
from html import unescape
from html.parser import HTMLParser
from typing import Any, TypeVar

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

import gradio

from deck import deal_reasons
from email_triage_env.server.drawing import draw_log, draw_policy, draw_result
from email_triage_env.server.environment import TriageEnvironment
from email_triage_env.server.play import Answer, Play, answers, open_inbox, place, replay
from email_triage_env.server.received import ReceivedAction
from email_triage_env.server.splits import ChoiceError, chosen_task
from email_triage_env.server.web import EPISODE_SECONDS, Page, build_page, draw_email, label_actions
from models import LABELS, EmailObservation, TriageAction
from quality.search import key_actions
from tasks import ROUTES

Built = TypeVar("Built")
HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>&amp;"\' </pre></article>'
NOTE = "A note that leaves out what matters."
SENT = TriageAction(label="spam", route_to="people", summary=NOTE)


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


def _built(build: Callable[[], Built]) -> Built:
    """Build something of gradio's in an event loop; outside of one it makes one and leaves it."""

    async def run() -> Built:
        return build()

    return asyncio.run(run())


def _lay_out() -> tuple[Page, dict[str, Any]]:
    with gradio.Blocks() as blocks:
        page = Page()
    return page, blocks.get_config_file()


class _Visit:
    """A visitor: what the page keeps of them, and all that it has sent them."""

    def __init__(self) -> None:
        self.page, config = _built(_lay_out)
        self.texts = [str(block["props"]) for block in config["components"]]
        self.play: Play | None = None
        self.shown = self.page.place.value
        self.changed: dict[Any, Any] = {}

    def react(self, changed: dict[Any, Any]) -> None:
        """Take what the page answers, as a browser would; what it keeps stays on its side."""
        self.changed = {block: value for block, value in changed.items() if block != self.page.play}
        self.play = changed.get(self.page.play, self.play)
        self.shown = changed.get(self.page.place, self.shown)
        self.texts.extend(map(str, self.changed.values()))

    def open(self, split: str, difficulty: str, number: int) -> None:
        self.react(self.page.on_open(split, difficulty, number))

    def send(self, label: str | None, team: str | None, summary: str) -> str:
        self.react(self.page.on_send(self.play, self.shown, label, team, summary))
        return _read(str(self.changed.get(self.page.message, ""))).text

    @property
    def steps(self) -> int:
        return len(self.play.actions) if self.play else 0


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


def test_hostile_text_in_results_is_text() -> None:
    """Neither a mail nor a summary, feedback or answer makes markup of a log or a result."""
    episode = replay(Play(actions=(SENT,) * 8))
    drawn = []
    for text in ("plain", HOSTILE):
        steps = tuple(
            step._replace(
                email=step.email.model_copy(
                    update={"subject": text, "sender": text, "timestamp": text}
                ),
                action=step.action.model_copy(update={"summary": text}),
                info={**step.info, "feedback": text},
            )
            for step in episode.steps
        )
        told = dict.fromkeys(
            (step.email.email_id for step in steps), Answer("spam", "people", text, text)
        )
        played = episode._replace(steps=steps)
        drawn.append(_read("".join((draw_log(played), *draw_result(played, told)))))
    assert drawn[0].tags == drawn[1].tags
    assert drawn[0].attributes == drawn[1].attributes
    assert HOSTILE in drawn[1].text


def test_mail_is_drawn_whole() -> None:
    """Sender, subject, day and time, thread and body are there, and what the episode has paid."""
    text = _read(draw_email(_observation(), -0.25)).text
    for piece in (
        "Hello", "Ann <a@b.example>", "Tuesday 3 March 2026, 08:15", "Line one\n  line two",
        "Earlier", "Email 2 of 8",
    ):  # fmt: skip
        assert piece in text
    assert "reward so far -0.25" in text
    assert "done" in _read(draw_email(_observation(email_id=""), 1.0)).text


def test_full_lines_are_joined() -> None:
    """A line that only was full goes on in the next; a list, a blank line and a greeting do not."""
    full = f"Dear all,\n\n{'word ' * 14}end\nof it.\n{'word ' * 14}end\n- one\n\nBest,\nAnn"
    drawn = _read(draw_email(_observation(body=full), 0.0)).text
    assert "word end of it.\nword" in drawn
    assert "end\n- one\n\nBest,\nAnn" in drawn
    assert "Dear all,\n\nword" in drawn


@pytest.mark.parametrize("task_id", ["task_easy", "train-varied-2", "train-month-2"])
def test_policy_is_drawn_whole(task_id: str) -> None:
    """Every word of a policy is on the page, rules and teams each in a paragraph of theirs."""
    task = chosen_task(task_id=task_id)
    drawn = _read(draw_policy(task.description, task.routes))
    assert "".join(drawn.text.split()).lower() == "".join(task.description.split()).lower()
    rules = task.description.count("\nRule ")
    assert rules >= 17
    assert drawn.tags.count("strong") == rules + len(task.routes)
    assert ("<h3>What adds up</h3>" in draw_policy(task.description, task.routes)) == (
        "month" in task_id
    )


@pytest.mark.parametrize("task_id", ["task_easy", "train-varied-2"])
def test_one_click_actions(task_id: str) -> None:
    """Each label has an action with a team of the desk, which is taken for a decision."""
    env = TriageEnvironment()
    shown = env.reset(task_id=task_id)
    actions = env.web_actions({**shown.model_dump(), "done": False})
    assert [action["label"] for _, action in actions] == list(LABELS)
    assert {action["route_to"] for _, action in actions} <= shown.metadata["teams"].keys()
    for _, action in actions:
        assert "error" not in env.step(ReceivedAction.model_validate(action)).metadata
    assert "reward so far" in env.render_web(_observation())
    assert label_actions(_observation(done=True), list(ROUTES)) == []
    assert label_actions(_observation(email_id=""), list(ROUTES)) == []


@pytest.mark.parametrize(
    ("label", "team", "words"),
    [
        pytest.param(None, None, "a label and a team", id="neither"),
        pytest.param(None, "billing", "a label", id="no-label"),
        pytest.param("spam", None, "a team", id="no-team"),
        pytest.param("spam", "nobody", "a team", id="unknown-team"),
    ],
)
def test_nothing_is_sent_without_a_choice(label: str | None, team: str | None, words: str) -> None:
    """Without label or team nothing is sent or cleared, and the visitor is told what is missing."""
    visit = _Visit()
    assert f"choose {words} first" in visit.send(label, team, "A summary.")
    assert visit.steps == 0
    assert visit.changed.keys() == {visit.page.message}


def test_empty_summary_is_asked_about_once() -> None:
    """An empty summary is sent when it is sent again; for the next email it is asked about anew."""
    visit = _Visit()
    told = visit.send("urgent", "cold_store", "  ")
    assert "earns up to 0.20" in told
    assert visit.steps == 0
    assert visit.send("urgent", "cold_store", "") == ""
    assert visit.steps == 1
    assert "press Send again" in visit.send("urgent", "cold_store", "")
    assert visit.send("urgent", "cold_store", "The compressor stopped.") == ""
    assert visit.steps == 2


def test_too_long_a_summary_costs_nothing() -> None:
    """A summary that the environment would refuse is not sent, whatever the browser let through."""
    visit = _Visit()
    assert "500 characters" in visit.send("urgent", "cold_store", "x" * 501)
    assert visit.steps == 0


def test_what_is_decided_is_what_is_shown() -> None:
    """A page whose episode was forgotten, or that shows an email of before, decides nothing."""
    visit = _Visit()
    visit.send(SENT.label, SENT.route_to, SENT.summary)
    for kept, shown in ((None, visit.shown), (visit.play, place(Play()))):
        changed = visit.page.on_send(kept, shown, "spam", "people", NOTE)
        assert changed.keys() == {visit.page.message}
        assert "Nothing was sent" in changed[visit.page.message]


def test_a_visitor_plays_to_the_end() -> None:
    """The reviewed answers earn it all; then the form is closed and the next inbox is offered."""
    visit = _Visit()
    visit.open("headline", "hard", 0)
    assert visit.play is not None
    for action in key_actions(replay(visit.play).task):
        assert visit.changed[visit.page.send]["interactive"]
        assert visit.send(action.label, action.route_to, action.summary) == ""
    assert replay(visit.play).reward == pytest.approx(7.72)
    text = _read(visit.changed[visit.page.mail]).text
    assert "Episode score 1.00" in text
    assert "reward +7.72" in text
    page = visit.page
    for closed in (page.label, page.team, page.summary, page.send):
        assert visit.changed[closed]["interactive"] is False
    assert visit.changed[page.next]["visible"] is True
    assert "is decided" in visit.send("spam", "people", NOTE)
    visit.react(page.on_next(visit.play, "train", "easy", 5))
    assert visit.play == Play("headline", "hard", 0)


@pytest.mark.parametrize("number", [3, -1, float("nan"), float("inf"), None])
def test_number_without_an_inbox(number: float | None) -> None:
    """A number that names no inbox is said on the page, and the episode before goes on."""
    with pytest.raises(ChoiceError):
        open_inbox("headline", "mixed", number)
    visit = _Visit()
    visit.react(visit.page.on_open("headline", "mixed", number))
    assert visit.changed.keys() == {visit.page.choice_message}
    assert visit.play is None


def test_next_inbox() -> None:
    """The next inbox is the one after that which is shown, and after the last comes the first."""
    page = _Visit().page
    assert page.on_next(None, "train", "easy", 5)[page.play] == Play("train", "easy", 6)
    assert page.on_next(Play("test", "easy", 199), "headline", "mixed", 0)[page.number] == 0
    assert page.choice_message in page.on_next(None, "train", "easy", None)


def test_a_desk_of_its_own_is_shown_with_its_teams_and_rules() -> None:
    """What can be chosen and what is read are the desk's; of another one no team is taken."""
    visit = _Visit()
    for split, difficulty, number in (("train", "varied", 2), ("train", "easy", 0)):
        visit.open(split, difficulty, number)
        assert visit.play is not None
        task = replay(visit.play).task
        assert visit.changed[visit.page.team]["choices"] == list(task.routes)
        for policy in (visit.page.folded, visit.page.beside):
            text = " ".join(_read(visit.changed[policy]).text.split())
            assert all(f"{team}: " in text for team in task.routes)
        other = ROUTES if difficulty == "varied" else chosen_task(task_id="train-varied-2").routes
        (team, *_) = other.keys() - task.routes.keys()
        assert "choose a team first" in visit.send("spam", team, NOTE)
        assert visit.send("spam", next(iter(task.routes)), NOTE) == ""
        assert visit.page.beside not in visit.changed


def _played(split: str, difficulty: str, number: int) -> Iterator[tuple[_Visit, bool]]:
    """Yield a visit after each decision, and whether the episode is over."""
    visit = _Visit()
    visit.open(split, difficulty, number)
    yield visit, False
    assert visit.play is not None
    task = replay(visit.play).task
    team = "people" if "people" in task.routes else next(iter(task.routes))
    for step in range(1, len(task.emails) + 1):
        assert visit.send("spam", team, NOTE) == ""
        yield visit, step == len(task.emails)


def _secrets(play: Play) -> list[str]:
    task = replay(play).task
    reasons = deal_reasons(task.task_id) if play.split != "headline" else {}
    return [truth.reference_summary for truth in task.ground_truth.values()] + [*reasons.values()]


@pytest.mark.parametrize(
    ("split", "difficulty"),
    [
        *(
            (split, difficulty)
            for split in ("headline", "train", "test")
            for difficulty in ("easy", "medium", "hard")
        ),
        ("train", "varied"),
        ("test", "varied"),
        ("train", "month"),
        ("test", "month"),
    ],
)
def test_answers_are_told_at_the_end_and_never_of_the_test_split(
    split: str, difficulty: str
) -> None:
    """Before the last decision nothing that the page sends holds an answer; in test, nor after."""
    for visit, over in _played(split, difficulty, 0):
        assert visit.play is not None
        secrets = _secrets(visit.play)
        assert len(secrets) >= 8
        sent = _read("\n".join(visit.texts).replace("\\n", "\n")).text
        assert not any(word in sent for word in ("ground_truth", "reference_summary"))
        if over and split != "test":
            episode = replay(visit.play)
            told = answers(visit.play, episode)
            for step in episode.steps:
                answer = told[step.email.email_id]
                assert answer.why.startswith("Rule")
                for piece in answer:
                    assert piece in sent
        else:
            assert not [secret for secret in secrets if secret in sent]
            assert answers(visit.play, replay(visit.play)) == {}


@pytest.mark.parametrize("number", range(4))
def test_result_of_the_test_split_names_what_was_decided_only(number: int) -> None:
    """Beside the mail itself, a result in test names no label and no team but those decided."""
    *_, (visit, over) = _played("test", "mixed", number)
    assert over
    assert visit.play is not None
    drawn = "".join(str(visit.changed[part]) for part in (visit.page.mail, visit.page.review))
    text = unescape(re.sub("<[^>]*>", " ", drawn))
    assert "told to nobody" in text
    for step in replay(visit.play).steps:
        text = text.replace(step.email.subject, "").replace(step.email.sender, "")
    assert {word.strip(".,;:") for word in text.split()} & {*LABELS, *ROUTES} == {"spam", "people"}


def test_what_is_kept_is_small_and_forgotten() -> None:
    """Of a visitor the choice and the decisions are kept, for an hour after the last of them."""
    states = [
        block for block in _built(build_page).blocks.values() if isinstance(block, gradio.State)
    ]
    assert [state.time_to_live for state in states] == [EPISODE_SECONDS]
    assert states[0].value is None
    *_, (visit, _) = _played("train", "hard", 1)
    assert visit.play is not None
    assert {type(value) for value in visit.play} == {str, int, tuple, bool}
    assert all(isinstance(action, TriageAction) for action in visit.play.actions)


def test_a_mere_visit_asks_nothing_of_the_server() -> None:
    """Until a visitor does something, no function of ours runs for them, so nothing is kept."""
    functions = _built(build_page).fns.values()
    events = {event for function in functions if function.fn for _, event in function.targets}
    assert events == {"click", "submit"}
