"""Dagster's page, which obeys nobody but itself: what other sites have a browser ask is refused.

The page has no log-in, and of itself runs whatever reaches it: a mutation as a GET, whichever site
sent it, under whichever name. `python -m pipelines.page` is `dagster-webserver`, with its options,
behind a guard. Who may see the page at all is for a proxy to say.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from dagster_webserver import cli
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from pipelines.settings import load_settings

_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


def refusal(method: str | None, path: str, headers: Headers, hosts: Collection[str]) -> str | None:
    """Why a request is not answered; None if it is.

    Args:
        method: GET, POST …; None for a websocket.
        path: what it asks for.
        headers: what came with it. A browser sends `Origin` with all that is no plain GET.
        hosts: names of this page besides those of the machine itself, in small letters.
    """
    named = headers.get("host", "")
    name = _hostname(named)
    if name not in _THIS_MACHINE and name not in hosts:
        return f"This page is not {named or 'without a name'}. If it is, set ZHIBIAO_PAGE_HOSTS."
    origin = headers.get("origin")
    if origin is not None:
        sender = origin.lower().partition("://")[2]
        if sender != named.lower() and _hostname(sender) not in hosts:
            return f"This page does not answer requests of {origin}."
    # Any site can have a browser send a GET, without an origin. To Dagster it may be a mutation.
    if (
        method == "GET"
        and path.endswith("/graphql")
        and "text/html" not in headers.get("accept", "")
    ):
        return "Queries are asked by POST."
    return None


def _hostname(netloc: str) -> str | None:
    """The name in `name:port`; None where there is none."""
    try:
        return urlsplit(f"//{netloc}").hostname
    except ValueError:
        return None


class Guard:
    """ASGI: passes on what is not refused."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self.app, self.hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403, or leave the answer to the page."""
        if scope["type"] not in {"http", "websocket"}:
            return await self.app(scope, receive, send)
        reason = refusal(scope.get("method"), scope["path"], Headers(scope=scope), self.hosts)
        if reason is None:
            return await self.app(scope, receive, send)
        refused = (
            PlainTextResponse(f"{reason}\n", status_code=403)
            if scope["type"] == "http"
            else WebSocketClose(code=1008, reason=reason)
        )
        return await refused(scope, receive, send)


_create_app = cli.create_app_from_workspace_process_context  # type: ignore[attr-defined]


def _guarded(*args: Any, **kwargs: Any) -> Starlette:
    page: Starlette = _create_app(*args, **kwargs)
    page.add_middleware(Guard, hosts=load_settings().page_hosts)
    return page


def main() -> None:
    """`dagster-webserver`, guarded."""
    # The command has no place for a middleware of one's own, so it is given another app.
    cli.create_app_from_workspace_process_context = _guarded  # type: ignore[attr-defined]
    cli.main()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
