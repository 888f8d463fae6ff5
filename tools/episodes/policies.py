"""Who decides in a collected episode: the reference policies, or a model behind an endpoint.

Every policy says text and `inference.parse_reply` reads it, so that what a reference policy says
is what a model could have said. `keyword`, `random` and `constant:label/team` see the observation
and nothing else. `answer-key` and `memoryless` look into the reviewed answers of this checkout:
they demonstrate, and measure no agent.
"""

import asyncio
import json
from functools import partial
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urlsplit

from openai import APIStatusError, AsyncOpenAI
from openai.types.chat import ChatCompletionMessageParam

import inference
from email_triage_env.server.splits import chosen_task
from models import LABELS, EmailObservation, GroundTruth, TriageAction
from quality.policies import Policy, always, answer_key, keyword, memoryless, numbered_draw
from tasks import ROUTES
from tools.episodes.playing import Inbox, Player, retrying
from tools.episodes.records import Settings

CHAT: Final = "chat"
RANDOM: Final = "random"
CONSTANT: Final = "constant:"
POLICIES: Final = (CHAT, "keyword", RANDOM, "constant:normal/billing", "answer-key", "memoryless")
KNOWING: Final[dict[str, Policy]] = {"answer-key": answer_key, "memoryless": memoryless}
# What the policies get that decide without the answer.
NO_ANSWER: Final = GroundTruth(label="normal", route_to="", facts=(), reference_summary="")

# Asking again for these can help; for the others below 500 it cannot.
TEMPORARY_STATUSES: Final = (408, 409, 425, 429)
SERVER_FAULT: Final = 500
# A shorter one, such as the placeholder for a local server, is no secret and may be a word.
LEAST_SECRET_LENGTH: Final = 8
MAX_ERROR_LENGTH: Final = 200


class PolicyError(ValueError):
    """There is no such policy, or it lacks something."""


class EndpointError(Exception):
    """The endpoint gave no answer of a model."""


class EndpointBusyError(EndpointError):
    """The endpoint gave no answer of a model this time."""


def reference_player(policy: str, inbox: Inbox) -> Player:
    """Return a policy without a model, for one episode.

    Args:
        policy: One of `POLICIES` but `chat`, or another constant.
        inbox: What it will play.

    Returns:
        The player.

    Raises:
        PolicyError: If there is no such policy.
    """
    decide = KNOWING.get(policy) or _unknowing(policy, inbox.seed)
    answers = chosen_task(task_id=inbox.task_id).ground_truth if policy in KNOWING else None

    async def player(
        observation: EmailObservation, _messages: list[ChatCompletionMessageParam]
    ) -> str:
        truth = NO_ANSWER if answers is None else answers[observation.email_id]
        action = TriageAction.model_validate(decide(observation, truth))
        # In the order in which the prompt asks for the fields.
        fields = {name: getattr(action, name) for name in ("label", "route_to", "summary")}
        return json.dumps(fields, ensure_ascii=False)

    return player


def check_policy(policy: str) -> None:
    """Make sure that a policy exists.

    Args:
        policy: Its name.

    Raises:
        PolicyError: If it does not.
    """
    if policy != CHAT and policy not in KNOWING:
        _unknowing(policy, 0)


def check_address(option: str, address: str) -> str:
    """Make sure that an address can be asked and shown.

    Args:
        option: Where it comes from.
        address: The address.

    Returns:
        The address without a slash at its end.

    Raises:
        PolicyError: If it is no HTTP address, or holds a password.
    """
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable, parts = False, urlsplit("")
    if parts.username is not None or parts.password is not None:
        raise PolicyError(f"{option} holds a name or password; leave it out.")
    if not usable or not address.isprintable() or " " in address:
        raise PolicyError(f"{option} is no address; write one such as http://127.0.0.1:8000.")
    return address.rstrip("/")


class Endpoint:
    """A model behind any endpoint that speaks the chat-completions protocol."""

    def __init__(
        self, address: str | None, settings: Settings, retries: int, seconds: float
    ) -> None:
        """Prepare to ask; nothing is asked yet.

        Args:
            address: Where.
            settings: With which model and how.
            retries: How often a request that failed is sent again.
            seconds: How long one request may take.

        Raises:
            PolicyError: If the address, the model or the credential is missing.
        """
        needed = {
            "--base-url (or API_BASE_URL)": address,
            "--model (or MODEL_NAME)": settings.model,
            "HF_TOKEN or API_KEY": inference.API_KEY,
        }
        missing = [name for name, value in needed.items() if not value]
        if missing:
            raise PolicyError(f"The policy 'chat' needs {', '.join(missing)}; set it.")
        self._key = str(inference.API_KEY)
        if not self._key.isascii() or not self._key.isprintable():
            raise PolicyError("HF_TOKEN or API_KEY holds a character that no key has; set it anew.")
        self._settings = settings
        self._retries = retries
        self._seconds = seconds
        self._client = AsyncOpenAI(
            base_url=check_address("--base-url", str(address)),
            api_key=self._key,
            timeout=seconds,
            max_retries=0,
        )

    def player(self, _inbox: Inbox) -> Player:
        """Return the model as a player.

        Args:
            _inbox: What it will play; all the same to a model.

        Returns:
            The player; it raises `EndpointError` when the endpoint gives no answer, however often
            it is asked. What the model says can be nothing.
        """
        return self._decide

    async def _decide(
        self, _observation: EmailObservation, messages: list[ChatCompletionMessageParam]
    ) -> str:
        return await retrying(partial(self._ask, messages), self._retries, EndpointBusyError)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._client.close()

    async def _ask(self, messages: list[ChatCompletionMessageParam]) -> str:
        try:
            # The library's own limit only bounds the wait between two bytes.
            async with asyncio.timeout(self._seconds):
                completion = await self._client.chat.completions.create(
                    model=self._settings.model or "",
                    messages=messages,
                    temperature=self._settings.temperature,
                    max_tokens=self._settings.max_tokens,
                    stream=False,
                )
            content: Any = completion.choices[0].message.content or ""
            if not isinstance(content, str):
                raise TypeError("the reply's content is no text")
        # Whatever an endpoint sends instead of an answer must not pass for one.
        except Exception as error:
            raise self._failure(error) from error
        # What is no Unicode cannot be written, nor read by others.
        text = content.encode("utf-8", "replace").decode()
        return text.replace(self._key, "***") if len(self._key) >= LEAST_SECRET_LENGTH else text

    def _failure(self, error: Exception) -> EndpointError:
        shown = " ".join(str(error).split()) or f"nothing in {self._seconds:g} s"
        # Some endpoints echo the key.
        message = f"{shown.replace(self._key, '***')!r:.{MAX_ERROR_LENGTH}}"
        status = error.status_code if isinstance(error, APIStatusError) else SERVER_FAULT
        if status >= SERVER_FAULT or status in TEMPORARY_STATUSES:
            return EndpointBusyError(
                f"The endpoint gave no answer {1 + self._retries} times, at last {message}; "
                f"see that it runs."
            )
        return EndpointError(f"The endpoint refuses to answer: {message}; see what it asks for.")


def _unknowing(policy: str, seed: int | None) -> Policy:
    """Return a policy that decides without the answer."""
    if policy == "keyword":
        return keyword
    if policy == RANDOM:
        return numbered_draw(seed or 0)
    label, slash, route_to = policy.removeprefix(CONSTANT).partition("/")
    if policy.startswith(CONSTANT) and slash and label in LABELS and route_to in ROUTES:
        return always(TriageAction(label=label, summary="", route_to=route_to))
    raise PolicyError(
        f"Unknown policy {policy!r:.60}; choose one of: {', '.join(POLICIES)}, or another constant."
    )
