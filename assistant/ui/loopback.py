"""Whether the page is seen from this machine alone: local mode has no login, so nobody else may see it."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

# A proxy adds these to what it passes on from elsewhere.
_PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")


def is_loopback(name: str | None) -> bool:
    """Whether a host name or address (without port) is this machine's own."""
    if name is None:
        return False
    if name.lower().rstrip(".") == "localhost":
        return True
    try:
        return ip_address(name.removeprefix("[").removesuffix("]")).is_loopback
    except ValueError:
        return False


def stranger(headers: Mapping[str, str]) -> str:
    """What in a request's headers tells that it does not come from this machine's own browser; "" if nothing does.

    The browser names the page's address as Host and as Origin. Another name there, or none, is a forwarded port, a
    proxy, or a foreign site whose name was pointed at this machine.
    """
    for name in _PASSED_ON:
        if headers.get(name):
            return f"{name}: {headers[name]}"
    host, origin = headers.get("Host") or "", headers.get("Origin")
    if not is_loopback(_hostname(f"//{host}")):
        return f"Host: {host}"
    if origin is not None and not is_loopback(_hostname(origin)):
        return f"Origin: {origin}"
    return ""


def _hostname(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
