"""Who somebody is: from what an identity provider claims of them, or the user of this machine.

A claim decides by what it says and never by how it is shaped: it may be one text or a list of them, at the top or
inside other claims ("realm_access.roles"), and whatever is missing, of another shape or not named in the settings gives
no role. Who has no role has the least. Who has several acts in one at a time, and begins with the one that ROLES names
first.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from assistant.errors import NotAllowed
from assistant.rights import LEAST, ROLES, Person, Role, local_person
from assistant.settings import Settings


class Identity(NamedTuple):
    """Somebody and the roles that they may act in: at least one, in the order of ROLES."""

    user: str
    roles: tuple[Role, ...]

    def acting(self, role: object = None) -> Person:
        """The person in `role`, if it is one of theirs, else in the first of theirs."""
        return Person(self.user, next((mine for mine in self.roles if mine == role), self.roles[0]))


def identify(claims: Mapping[str, object], settings: Settings) -> Identity:
    """Who the claims of a checked token speak of. Raises NotAllowed where they name nobody."""
    return Identity(_named(claims, settings.login_user), _roles(claims, settings))


def expired(claims: Mapping[str, object], settings: Settings, now: float) -> bool:
    """Whether the login, at `now` (POSIX seconds), is older than the settings let it be or does not tell its age."""
    issued = claims.get("iat")
    if isinstance(issued, bool) or not isinstance(issued, int | float) or not math.isfinite(issued):
        return True
    return now >= issued + settings.login_hours * 3600


def local_identity() -> Identity:
    """The user of this machine, who may act in any role."""
    return Identity(local_person().user, ROLES)


def _named(claims: Mapping[str, object], wanted: str) -> str:
    # An address that its owner never confirmed may be anybody's.
    unsure = wanted == "email" and claims.get("email_verified") is False
    for path in ("sub",) if unsure else (wanted, "sub"):
        value = _claim(claims, path)
        if isinstance(value, str) and (name := _readable(value)):
            return name
    raise NotAllowed(
        f"Login-udbyderen oplyser hverken «{wanted}» eller «sub», så det vides ikke, hvem du er. "
        "Bed den, der driver assistenten, om at rette ASSISTANT_LOGIN_USER."
    )


def _roles(claims: Mapping[str, object], settings: Settings) -> tuple[Role, ...]:
    value = _claim(claims, settings.login_claim)
    said = [value] if isinstance(value, str) else value if isinstance(value, list | tuple) else []
    given = {settings.login_roles.get(each) for each in said if isinstance(each, str)}
    return tuple(role for role in ROLES if role in given) or (LEAST,)


def _claim(claims: Mapping[str, object], path: str) -> object:
    """The claim of that very name (some names are addresses, with dots), else the one that the dots lead in to."""
    if path in claims:
        return claims[path]
    found: object = claims
    for part in path.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(part)
    return found


def _readable(name: str) -> str:
    """The name on one line, without signs that cannot be seen."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())
