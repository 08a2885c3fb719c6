"""Moments as the record keeps them, in UTC, and as people in Denmark read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

_ZONE = "Europe/Copenhagen"
_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


@cache
def _zone() -> ZoneInfo:
    return ZoneInfo(_ZONE)


def local(at: str) -> datetime:
    """A moment of the record as the clocks showed it in Denmark."""
    return datetime.strptime(at, _FORMAT).replace(tzinfo=UTC).astimezone(_zone())


def beginning(day: date) -> str:
    """The moment, as the record writes it, at which a day began in Denmark."""
    return datetime.combine(day, time(), _zone()).astimezone(UTC).strftime(_FORMAT)
