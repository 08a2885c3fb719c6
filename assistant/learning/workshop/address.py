"""Where phones open a workshop, and that address as a QR code."""

from __future__ import annotations

import socket
from urllib.parse import urlencode, urlsplit

from assistant.errors import WorkshopError

PHONES_PORT = 8502
# Never sent to: naming it lets the system say from which of its own addresses it would go out (RFC 5737).
_ELSEWHERE = ("192.0.2.1", 9)


def guessed(port: int = PHONES_PORT) -> str:
    """This machine's address on the network that it is in, as phones there write it; loopback where it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ELSEWHERE)
            host = str(probe.getsockname()[0])
        except OSError:
            host = "127.0.0.1"
    return f"http://{host}:{port}"


def link(address: str, code: str) -> str:
    """The address that leads a phone into the session with this code. Raises WorkshopError for an unusable one."""
    base = address.strip().rstrip("/")
    try:
        parts = urlsplit(base)
        usable = parts.scheme in ("http", "https") and parts.hostname and not parts.query and not parts.fragment
        usable = usable and (parts.port is None or parts.port > 0) and not any(sign.isspace() for sign in base)
    except ValueError:
        usable = False
    if not usable:
        raise WorkshopError(f"Adressen «{address}» kan telefoner ikke åbne. Skriv den som http://192.168.1.5:8502.")
    return f"{base}/?{urlencode({'kode': code})}" if not parts.path else f"{base}?{urlencode({'kode': code})}"


def qr_picture(text: str) -> str:
    """The text as a QR code: a picture as the address of itself (`data:`), sharp at any size."""
    # Imported here: only this page draws one.
    import segno

    return str(
        segno.make(text, error="m", micro=False).svg_data_uri(border=3, omitsize=True, dark="#000", light="#fff")
    )


def answers(address: str, seconds: float) -> bool:
    """Whether something listens at the address."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port or (443 if parts.scheme == "https" else 80)
        with socket.create_connection((parts.hostname or "", port), timeout=seconds):
            return True
    except (OSError, ValueError):
        return False
