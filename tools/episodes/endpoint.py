"""A model behind any endpoint that speaks the chat-completions protocol.

Whatever an endpoint does, it is told apart: a reply, a reply that was cut off, a request that this
one endpoint refuses, and an endpoint that cannot be asked at all, which ends the run.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from types import TracebackType
from typing import Any, Final, NamedTuple, Self, TypeVar
from urllib.parse import urlsplit

from openai import APIConnectionError, APIStatusError, APITimeoutError, AsyncOpenAI

from tools.subject import PolicyError

ResultT = TypeVar("ResultT")

# Asking again for these can help; for the others below 500 it cannot.
TEMPORARY_STATUSES: Final = (408, 409, 425, 429)
# With these no other request will fare better: key, payment, address or model are wrong.
HOPELESS_STATUSES: Final = (401, 402, 404)
SERVER_FAULT: Final = 500
FIRST_PAUSE_SECONDS: Final = 0.5
LONGEST_PAUSE_SECONDS: Final = 8.0
# A shorter one, such as the placeholder for a local server, is no secret and may be a word.
LEAST_SECRET_LENGTH: Final = 8
MAX_ERROR_LENGTH: Final = 200

CUT_OFF: Final = "cut off"
REFUSED: Final = "refused"


class EndpointError(Exception):
    """The endpoint gives no answer of a model; asking goes on for nobody."""


class EndpointBusyError(EndpointError):
    """The endpoint gave no answer of a model this time."""


class RefusedRequestError(EndpointError):
    """The endpoint refuses this request, and would answer another."""


class Spoken(NamedTuple):
    """What a model said to one request.

    Attributes:
        text: All of it, arguments of tools included; it can be nothing.
        failure: `CUT_OFF`, `REFUSED` or None.
        usage: Tokens by the endpoint's names, such as `prompt_tokens`.
    """

    text: str
    failure: str | None = None
    usage: Mapping[str, int] = {}


Say = Callable[[list[dict[str, str]]], Awaitable[Spoken]]


async def retrying(
    attempt: Callable[[], Awaitable[ResultT]], retries: int, temporary: type[Exception]
) -> ResultT:
    """Do something that may fail for a while, with growing pauses between the attempts.

    Args:
        attempt: What to do.
        retries: How often it is done again.
        temporary: The failure after which that makes sense; raised if the last attempt fails.

    Returns:
        What the first successful attempt returns.
    """
    for i in range(retries):
        try:
            return await attempt()
        except temporary:
            await asyncio.sleep(min(FIRST_PAUSE_SECONDS * 2**i, LONGEST_PAUSE_SECONDS))
    return await attempt()


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
    """A model behind an endpoint; a context manager that closes its connections."""

    def __init__(
        self,
        *,
        address: str | None,
        model: str | None,
        temperature: float,
        max_tokens: int,
        retries: int,
        seconds: float,
    ) -> None:
        """Prepare to ask; nothing is asked yet.

        Args:
            address: Where; mostly one that ends in /v1.
            model: What the endpoint calls the model.
            temperature: How freely it writes.
            max_tokens: How much it may write.
            retries: How often a request that failed for a while is sent again.
            seconds: How long one request may take.

        Raises:
            PolicyError: If the address, the model or the credential is missing.
        """
        key = os.getenv("HF_TOKEN") or os.getenv("API_KEY")
        needed = {
            "--base-url (or API_BASE_URL)": address,
            "--model (or MODEL_NAME)": model,
            "HF_TOKEN or API_KEY": key,
        }
        missing = [name for name, value in needed.items() if not value]
        if missing:
            raise PolicyError(f"The policy 'chat' needs {', '.join(missing)}; set it.")
        self._key = str(key)
        if not self._key.isascii() or not self._key.isprintable():
            raise PolicyError("HF_TOKEN or API_KEY holds a character that no key has; set it anew.")
        self._model = str(model)
        self._temperature = temperature
        self._max_tokens = max_tokens
        self._retries = retries
        self._seconds = seconds
        self._answered = False
        self._client = AsyncOpenAI(
            base_url=check_address("--base-url", str(address)),
            api_key=self._key,
            timeout=seconds,
            max_retries=0,
        )

    async def say(self, messages: list[dict[str, str]]) -> Spoken:
        """Ask for one reply.

        Args:
            messages: The prompt.

        Returns:
            What came; a request that the endpoint refuses, though it has answered others, comes
            as a failure.

        Raises:
            EndpointError: If the endpoint gives no answer, however often it is asked.
        """
        try:
            spoken = await retrying(partial(self._ask, messages), self._retries, EndpointBusyError)
        except RefusedRequestError as error:
            if not self._answered:
                raise
            return Spoken(str(error), REFUSED)
        self._answered = True
        return spoken

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._client.close()

    async def _ask(self, messages: list[dict[str, str]]) -> Spoken:
        try:
            # The library's own limit only bounds the wait between two bytes.
            async with asyncio.timeout(self._seconds):
                completion: Any = await self._client.chat.completions.create(
                    model=self._model,
                    messages=messages,  # type: ignore[arg-type] # plain mappings are messages, too
                    temperature=self._temperature,
                    max_tokens=self._max_tokens,
                    stream=False,
                )
            choice = completion.choices[0]
            text = spoken_text(choice.message.model_dump(warnings=False))
            cut = CUT_OFF if choice.finish_reason == "length" else None
            usage = completion.usage
        # Whatever an endpoint sends instead of an answer must not pass for one.
        except Exception as error:
            raise self._failure(error) from error
        return Spoken(self._without_key(text), cut, _counts(usage))

    def _without_key(self, text: str) -> str:
        """Take out the key, which some endpoints echo, and what is no Unicode."""
        written = text.encode("utf-8", "replace").decode()
        secret = len(self._key) >= LEAST_SECRET_LENGTH
        return written.replace(self._key, "***") if secret else written

    def _failure(self, error: Exception) -> EndpointError:
        words = " ".join(str(error).split()) or f"nothing in {self._seconds:g} s"
        message = f"{words.replace(self._key, '***')!r:.{MAX_ERROR_LENGTH}}"
        status = error.status_code if isinstance(error, APIStatusError) else SERVER_FAULT
        if status >= SERVER_FAULT or status in TEMPORARY_STATUSES:
            unreachable = isinstance(error, APIConnectionError)
            unreachable = unreachable and not isinstance(error, APITimeoutError)
            remedy = "see that it runs" if unreachable else "see that it runs and serves the model"
            return EndpointBusyError(
                f"The endpoint gave no answer {1 + self._retries} times, at last {message}; "
                f"{remedy}."
            )
        kind = EndpointError if status in HOPELESS_STATUSES else RefusedRequestError
        return kind(f"The endpoint refuses to answer: {message}; see what it asks for.")


def spoken_text(message: Mapping[str, Any]) -> str:
    """Return all that a model said: its text, then arguments of tools that it was not given.

    Args:
        message: The message of a completion, as JSON.

    Returns:
        The text; parts that think are none of it.

    Raises:
        TypeError: If the content is neither text nor a list of parts.
    """
    content = message.get("content") or ""
    if isinstance(content, list):
        texts = [part for part in content if isinstance(part, dict) and part.get("type") == "text"]
        content = "".join(str(part.get("text") or "") for part in texts)
    if not isinstance(content, str):
        raise TypeError("the reply's content is no text")
    calls = message.get("tool_calls")
    listed = calls if isinstance(calls, list) else []
    functions = [call.get("function") for call in listed if isinstance(call, dict)]
    functions.append(message.get("function_call"))
    arguments = [function.get("arguments") for function in functions if isinstance(function, dict)]
    said = (content, *(part for part in arguments if isinstance(part, str)))
    return "\n".join(part for part in said if part)


def _counts(usage: Any) -> dict[str, int]:  # noqa: ANN401 # an endpoint may send anything
    told = usage.model_dump(warnings=False) if hasattr(usage, "model_dump") else {}
    return {name: count for name, count in told.items() if type(count) is int}
