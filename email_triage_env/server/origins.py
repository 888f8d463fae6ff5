"""Which web pages may talk to the server: its own, and those that ALLOWED_ORIGINS lists.

A browser lets any page of the web open a WebSocket or send a form to a server that its user can
reach, and says in the header Origin which page it was. Programs that are no browser send none.
"""

from typing import Final
from urllib.parse import SplitResult, urlsplit

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from email_triage_env.server.asgi import (
    Application,
    Receive,
    Scope,
    Send,
    answer_json,
    header_of,
    route_of,
)

EVERY: Final = "*"
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_FORBIDDEN: Final = 403
_POLICY_VIOLATION: Final = 1008
_REFUSAL: Final = (
    "This server does not serve pages of another origin; whoever runs it can list yours in "
    "ALLOWED_ORIGINS."
)


def guard_origins(app: FastAPI, listed: tuple[str, ...]) -> None:
    """Let no other pages talk to an application than its own and those listed.

    Args:
        app: The application.
        listed: Origins such as `https://host:8443`, or `*` for all.
    """
    if listed:
        # Without it a browser sends the request of a page, but does not show it the answer.
        app.add_middleware(
            CORSMiddleware, allow_origins=listed, allow_methods=[EVERY], allow_headers=[EVERY]
        )
    if EVERY not in listed:
        app.add_middleware(OriginGuard, listed=frozenset(listed))


class OriginGuard:
    """Refuses other origins wherever something is played: `/ws`, `/mcp` and the pages at `/web`.

    The own origin is the one whose host and port the header Host names. A proxy in front must pass
    Host on as it came, or its public origin must be listed: neither this nor uvicorn believes
    X-Forwarded-Host, which anybody can send.
    """

    def __init__(self, app: Application, listed: frozenset[str]) -> None:
        """Stand in front of an application."""
        self._app = app
        self._listed = listed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if not _is_guarded(route_of(scope)) or self._may(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            # Before it is accepted: the handshake is answered by 403.
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": _REFUSAL})
        else:
            await answer_json(send, _FORBIDDEN, {"detail": _REFUSAL})

    def _may(self, scope: Scope) -> bool:
        origin = header_of(scope, "origin")
        if origin is None or origin.lower() in self._listed:
            return True
        return is_same(origin, header_of(scope, "host") or "")


def is_same(origin: str, host: str) -> bool:
    """Say whether an origin is the server's own.

    Args:
        origin: The header Origin.
        host: The header Host.

    Returns:
        Whether both name the same host and port; that a proxy speaks https and the server http
        makes no difference, but for the port that goes without saying.
    """
    try:
        page = urlsplit(origin.lower())
        here = urlsplit(f"{page.scheme}://{host.lower()}")
        return page.hostname is not None and _address(page) == _address(here)
    except ValueError:
        return False


def _address(url: SplitResult) -> tuple[str | None, int | None]:
    return url.hostname, url.port or _DEFAULT_PORTS.get(url.scheme)


def _is_guarded(route: str) -> bool:
    return route in ("/ws", "/ws/ui", "/mcp", "/web") or route.startswith("/web/")
