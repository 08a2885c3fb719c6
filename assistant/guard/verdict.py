"""What the guard says of a claim: accepted, or the reasons against it."""

from __future__ import annotations

from typing import NamedTuple


class Reason(NamedTuple):
    """A stable code and a plain Danish sentence."""

    code: str
    text: str


class Verdict(NamedTuple):
    """Whether a claim is borne by its sources; if not, why."""

    accepted: bool
    reasons: tuple[Reason, ...]
