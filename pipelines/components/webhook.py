"""A message to the webhook: POST, some tries within some seconds, and not a word of its address."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx

from pipelines.bilingual import Both
from pipelines.errors import AlertError

# A receiver that restarts is back within seconds; a tick must not wait for longer.
_PAUSES = (0.5, 1.0, 2.0)
_BUSY = frozenset({429, 500, 502, 503, 504})
_TIMEOUT = 5.0  # for each thing that is waited for: a connection, some bytes
_DEADLINE = 20.0  # for all of it, however slowly the bytes come
# It names the address of every request.
logging.getLogger("httpx").setLevel(logging.WARNING)


def tell(url: str, alert: Mapping[str, object], deadline: float = _DEADLINE) -> None:
    """POST the alert as JSON.

    Args:
        url: where to.
        alert: what to say.
        deadline: seconds for all tries together.

    Raises:
        AlertError: the receiver cannot be reached in time, or refused it.
    """
    try:
        status = asyncio.run(asyncio.wait_for(_post(url, alert), deadline))
        detail = None
        if status // 100 != 2:
            detail = Both(f"it answered {status}", f"其应答为 {status}")
    except TimeoutError:
        detail = Both(
            f"it did not answer within {deadline:g} seconds", f"{deadline:g} 秒内没有应答"
        )
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        detail = Both.quoted(type(error).__name__)
    # Outside the handlers: the error of the library may quote the whole address.
    if detail is not None:
        raise AlertError(str(urlsplit(url).hostname), detail)


async def _post(url: str, alert: Mapping[str, object]) -> int:
    """The status that ends the last try. What follows it, and where a redirect leads, is let be."""
    async with httpx.AsyncClient(timeout=_TIMEOUT, follow_redirects=False) as client:
        for pause in (*_PAUSES, None):
            try:
                async with client.stream("POST", url, json=alert) as answer:
                    if answer.status_code not in _BUSY or pause is None:
                        return answer.status_code
            except httpx.TransportError:
                if pause is None:
                    raise
            await asyncio.sleep(pause)
    raise AssertionError("the last try returns or raises")
