"""Policies are found by their names, and a model's reply is read for what it is."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, Final

import pytest

pytest.importorskip("torch", reason="training has an environment of its own; see README")

from models import EmailObservation
from training.episodes import Answer, Step
from training.players import UNREADABLE, PlayerError, load, read

URGENT: Final = {"label": "urgent", "route_to": "safety", "summary": "A fire burns in the yard."}
ARCHIVE: Final = {"label": "archive", "route_to": "legal", "summary": "A note for the files."}


@pytest.mark.parametrize(
    ("text", "action"),
    [
        pytest.param(json.dumps(URGENT), URGENT, id="plain"),
        pytest.param(f"Well:\n```json\n{json.dumps(URGENT)}\n```", URGENT, id="fenced"),
        pytest.param(f"{json.dumps(ARCHIVE)} or {json.dumps(URGENT)}", URGENT, id="the-last"),
        pytest.param(f"<think>{{}}</think>{json.dumps(URGENT)}", URGENT, id="thought"),
        pytest.param(f"{json.dumps(URGENT)} {{}}", URGENT, id="empty-object-after"),
        pytest.param("It is urgent, for safety.", UNREADABLE, id="words-are-no-answer"),
        pytest.param('{"label": "important", "route_to": "legal"}', UNREADABLE, id="no-label"),
        pytest.param('{"label": "urgent", "route_to": ["legal"', UNREADABLE, id="cut-off"),
        pytest.param("", UNREADABLE, id="nothing"),
    ],
)  # fmt: skip
def test_replies_are_read(text: str, action: Mapping[str, str]) -> None:
    """An answer is read by its fields, wherever it stands; what is none never looks like one."""
    assert read(text) == (text, action)


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        pytest.param("oracle", "Unknown policy 'oracle'", id="unknown"),
        pytest.param("constant:important/legal", "is no label/team", id="no-label"),
        pytest.param("constant:urgent", "is no label/team", id="no-team"),
        pytest.param("random:x", "Unknown policy", id="no-number"),
        pytest.param("chat:some-model", "set them", id="no-credential"),
    ],
)
def test_unknown_policies_are_refused(
    spec: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal says what is missing; a key meant for somebody else is not used."""
    for name in ("API_BASE_URL", "HF_TOKEN", "API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", "not-for-us")
    with pytest.raises(PlayerError, match=words):
        load(spec)


def test_chat_model_is_asked_and_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model hears the policy, the email and its own past with rewards; its reply is read."""
    asked: list[dict[str, Any]] = []

    def create(**request: Any) -> SimpleNamespace:  # noqa: ANN401
        asked.append(request)
        message = SimpleNamespace(content=json.dumps(URGENT))
        return SimpleNamespace(choices=[SimpleNamespace(message=message)])

    completions = SimpleNamespace(create=create)
    fake = SimpleNamespace(chat=SimpleNamespace(completions=completions))
    monkeypatch.setattr("openai.OpenAI", lambda **_settings: fake)
    monkeypatch.setenv("API_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("HF_TOKEN", "a-secret-of-ours")
    mail = EmailObservation(
        email_id="easy-02", subject="Yard", body="Smoke.", sender="guard@site.example",
        timestamp="2026-03-02", thread_history=["Earlier."], task_id="task_easy",
        step_number=2, total_emails=8,
    )  # fmt: skip
    brief = {"description": "Rule 1.", "labels": "urgent, spam", "routes": "safety, legal"}
    past = Step(mail, Answer("", ARCHIVE), -0.25, {}, {})
    assert load("chat:some-model", temperature=0.5)(brief, mail, [past]).action == URGENT
    (request,) = asked
    assert (request["model"], request["temperature"]) == ("some-model", 0.5)
    prompt = " ".join(str(message["content"]) for message in request["messages"])
    for words in ("Rule 1.", "urgent, spam", "safety, legal", "Smoke.", "Earlier.", "-0.25"):
        assert words in prompt
    assert ARCHIVE["summary"] in prompt


def test_directories_are_loaded_by_what_they_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader and a language model are told apart by a file; a broken one is refused."""

    def loaded(path: Path, **settings: float) -> object:
        if path.name == "broken":
            raise ValueError("no weights")
        return path.name, settings

    for module, name in (("reader.policy", "Reader"), ("language.policy", "LanguagePolicy")):
        fake = ModuleType(f"training.{module}")
        setattr(fake, name, SimpleNamespace(load=loaded))
        monkeypatch.setitem(sys.modules, fake.__name__, fake)
    for name, file in (("one", "reader.json"), ("two", "config.json"), ("broken", "reader.json")):
        (tmp_path / name).mkdir()
        (tmp_path / name / file).write_text("{}", encoding="utf-8")
    found: list[object] = [load(str(tmp_path / "one")), load(str(tmp_path / "two"), seed=3)]
    assert found == [("one", {}), ("two", {"temperature": 0.0, "seed": 3})]
    with pytest.raises(PlayerError, match="no weights"):
        load(str(tmp_path / "broken"))
