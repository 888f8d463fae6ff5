"""Who can be evaluated: trained models, a chat endpoint, and the cheap policies to hold them to.

Every policy here sees what an agent sees. Nothing here knows an answer, a deal or how to play.
"""

import json
import os
import random
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from models import LABELS, MAX_ROUTE_LENGTH, MAX_SUMMARY_LENGTH, EmailObservation
from quality.keyword import decide
from training.episodes import Answer, Policy, Step

FORMS: Final = (
    "a directory with config.json or reader.json, chat:<model>, keyword, "
    "constant:<label>/<team>, random:<number>"
)
# A reply that cannot be read names no team of ours: it must not look like a decision.
UNREADABLE: Final = {"label": "normal", "route_to": "unrouted", "summary": ""}
MAX_TOKENS: Final = 200
REQUEST_SECONDS: Final = 60.0
RETRIES: Final = 3
_THINKING: Final = re.compile(r"<think(ing)?>.*?(</think(ing)?>|\Z)|\A.*</think(ing)?>", re.DOTALL)
_DECODER: Final = json.JSONDecoder()


class PlayerError(ValueError):
    """There is no such policy, or it lacks something."""


class NoAnswerError(Exception):
    """An endpoint gave no answer of a model, which must not pass for one."""


def load(spec: str, *, temperature: float = 0.0, seed: int = 0) -> Policy:
    """Return a policy by its name.

    Args:
        spec: One of `FORMS`.
        temperature: How freely a language model answers; 0 is its likeliest answer.
        seed: What a policy that draws starts from.

    Returns:
        The policy.

    Raises:
        PlayerError: If there is none of that name, or something is missing.
    """
    kind, _, rest = spec.partition(":")
    if spec == "keyword":
        return keyword
    if kind == "constant" and rest:
        return constant(*_label_and_team(rest))
    if kind == "random" and rest.isdecimal():
        return drawn(int(rest), seed)
    if kind == "chat" and rest:
        return chat(rest, temperature)
    return _from_directory(spec, temperature, seed)


def keyword(
    _brief: Mapping[str, Any], observation: EmailObservation, _steps: Sequence[Step]
) -> Answer:
    """Answer by keyword rules that were written from the desk's policy alone."""
    label, route_to, summary = decide(
        sender=observation.sender,
        subject=observation.subject,
        body=observation.body,
        thread_history=observation.thread_history,
        timestamp=observation.timestamp,
    )
    return _said({"label": label, "route_to": route_to, "summary": summary[:MAX_SUMMARY_LENGTH]})


def constant(label: str, route_to: str) -> Policy:
    """Return the policy that gives one label and one team to everything, without a summary."""
    answer = _said({"label": label, "route_to": route_to, "summary": ""})
    return lambda _brief, _observation, _steps: answer


def drawn(number: int, seed: int = 0) -> Policy:
    """Return the policy that draws label and team.

    It draws by the email and not in the order it is asked, so that the number of sessions changes
    nothing.

    Args:
        number: Which of these policies.
        seed: Which of its trials.

    Returns:
        The policy.
    """

    def policy(
        brief: Mapping[str, Any], observation: EmailObservation, _steps: Sequence[Step]
    ) -> Answer:
        place = f"{number}/{seed}/{observation.task_id}/{observation.email_id}"
        draw = random.Random(place)  # noqa: S311 # a numbered draw, not a secret
        label, route_to = draw.choice(LABELS), draw.choice(str(brief["routes"]).split(", "))
        return _said({"label": label, "route_to": route_to, "summary": ""})

    return policy


def chat(model: str, temperature: float) -> Policy:
    """Return a model behind an endpoint that speaks the chat-completions protocol.

    Args:
        model: What the endpoint calls it.
        temperature: How freely it answers.

    Returns:
        The policy; it raises `NoAnswerError` when the endpoint gives no answer.

    Raises:
        PlayerError: If the address or the credential is not set.
    """
    # Imported here, so that the other policies need no such library.
    from openai import OpenAI, OpenAIError

    address, key = os.getenv("API_BASE_URL"), os.getenv("HF_TOKEN") or os.getenv("API_KEY")
    if not address or not key:
        raise PlayerError("A chat model needs API_BASE_URL, and HF_TOKEN or API_KEY; set them.")
    client = OpenAI(base_url=address, api_key=key, timeout=REQUEST_SECONDS, max_retries=RETRIES)

    def policy(
        brief: Mapping[str, Any], observation: EmailObservation, steps: Sequence[Step]
    ) -> Answer:
        try:
            completion = client.chat.completions.create(
                model=model,
                messages=[
                    {"role": "system", "content": instructions(brief)},
                    {"role": "user", "content": question(observation, steps)},
                ],
                temperature=temperature,
                max_tokens=MAX_TOKENS,
            )
        except OpenAIError as error:
            # Some endpoints echo the key.
            shown = " ".join(str(error).split()).replace(key, "***")
            raise NoAnswerError(
                f"The endpoint gave no answer ({shown:.200}); see that it runs and serves {model}."
            ) from None
        content = completion.choices[0].message.content if completion.choices else None
        return read(content or "")

    return policy


def instructions(brief: Mapping[str, Any]) -> str:
    """Return what a chat model is told once: the desk's policy and the form of an answer."""
    return (
        f"{brief['description']}\n\nAnswer with one JSON object and nothing else:\n"
        f'{{"label": one of {brief["labels"]}; "route_to": one of {brief["routes"]}; '
        f'"summary": your summary}}'
    )


def question(observation: EmailObservation, steps: Sequence[Step]) -> str:
    """Return what a chat model is told of one email, and of its own earlier answers."""
    past = [
        f"Step {number}: {json.dumps(dict(step.answer.action))} -> reward {step.reward:+.2f}"
        for number, step in enumerate(steps, start=1)
    ]
    parts = (
        f"Your decisions so far:\n{chr(10).join(past) or '(none)'}",
        f"From: {observation.sender}\nDate: {observation.timestamp}",
        f"Subject: {observation.subject}",
        f"Earlier messages of the thread:\n{chr(10).join(observation.thread_history) or '(none)'}",
        observation.body,
    )
    return "\n\n".join(parts)


def read(text: str) -> Answer:
    """Read a model's reply.

    Args:
        text: The reply, possibly with thinking or talk around its JSON object.

    Returns:
        The last answer in it, or `UNREADABLE` if there is none.
    """
    said = _THINKING.sub("", text)
    found, start = UNREADABLE, said.find("{")
    while start != -1:
        end = start + 1
        try:
            fields, stop = _DECODER.raw_decode(said, start)
        except (ValueError, RecursionError):
            pass  # A brace that opens no object; the next one may.
        else:
            action = _as_action(fields)
            if action is not None:
                # What stands inside an answer is no second one.
                found, end = action, stop
        start = said.find("{", end)
    return Answer(text, found)


def _as_action(fields: Mapping[str, Any]) -> dict[str, str] | None:
    label = str(fields.get("label", "")).strip().lower()
    route_to = str(fields.get("route_to", "")).strip()
    # A summary that long earns nothing, but label and team still decide.
    summary = " ".join(str(fields.get("summary") or "").split())[:MAX_SUMMARY_LENGTH]
    if label not in LABELS or not 0 < len(route_to) <= MAX_ROUTE_LENGTH:
        return None
    return {"label": label, "route_to": route_to, "summary": summary}


def _said(action: Mapping[str, str]) -> Answer:
    return Answer(json.dumps(action, ensure_ascii=False), action)


def _label_and_team(text: str) -> tuple[str, str]:
    label, _, team = text.partition("/")
    if label not in LABELS or not team:
        known = ", ".join(LABELS)
        raise PlayerError(f"{text!r} is no label/team; write one of {known}, a slash and a team.")
    return label, team


def _from_directory(spec: str, temperature: float, seed: int) -> Policy:
    directory = Path(spec)
    # Imported here: each brings libraries that no other policy needs.
    try:
        if (directory / "reader.json").is_file():
            from training.reader.policy import Reader

            return Reader.load(directory)
        if any((directory / name).is_file() for name in ("config.json", "adapter_config.json")):
            from training.language.policy import LanguagePolicy

            model: Policy = LanguagePolicy.load(directory, temperature=temperature, seed=seed)
            return model
    except (ImportError, OSError, ValueError) as error:
        raise PlayerError(f"The policy in {spec} cannot be read: {error}") from error
    raise PlayerError(f"Unknown policy {spec!r:.100}; write one of: {FORMS}.")
