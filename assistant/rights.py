"""Who may do what. Checked where the work is done; a page that hides a button only spares its reader a refusal."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from assistant.errors import NotAllowed

Role = Literal["sagsbehandler", "underviser", "jurist", "administrator"]
Action = Literal[
    "ask", "own", "feedback", "learn", "teach", "follow",
    "review", "decide", "overview", "verify", "export", "purge", "loosen",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)
LEAST: Role = "sagsbehandler"

_ALL = frozenset(ROLES)
RIGHTS: Mapping[Action, frozenset[Role]] = {
    "ask": _ALL,
    "own": _ALL,  # one's own questions, what came of them, and their journal notes
    "feedback": _ALL,
    "learn": _ALL,  # the rules at a glance, the modules and one's own progress in them
    "teach": frozenset({"underviser"}),  # hold a workshop
    "follow": frozenset({"underviser"}),  # how far groups of learners are
    "review": frozenset({"jurist"}),  # everybody's questions with their names: only who must judge them
    "decide": frozenset({"jurist"}),
    "overview": frozenset({"underviser", "jurist", "administrator"}),
    "verify": frozenset({"jurist", "administrator"}),
    "export": frozenset({"jurist", "administrator"}),
    "purge": frozenset({"administrator"}),
    "loosen": frozenset({"administrator"}),  # show answers while they cannot be recorded
}
_DEEDS: Mapping[Action, str] = {
    "ask": "stille spørgsmål",
    "own": "se egne spørgsmål",
    "feedback": "give tilbagemeldinger",
    "learn": "bruge reglerne og læringsforløbet",
    "teach": "holde workshops",
    "follow": "følge, hvor langt grupper er i læringsforløbet",
    "review": "se sager til gennemgang",
    "decide": "afgøre sager",
    "overview": "se overblikket",
    "verify": "kontrollere journalen",
    "export": "trække journalen ud",
    "purge": "slette udløbne tekster",
    "loosen": "vise svar, der ikke kan journalføres",
}


class Person(NamedTuple):
    """Who does something: a name or an address as the identity provider gives it, and one role."""

    user: str
    role: Role = LEAST


def may(person: Person, action: Action) -> bool:
    """Whether the person's role has the right."""
    return person.role in RIGHTS[action]


def require(person: Person, action: Action) -> None:
    """Raises NotAllowed, naming the right and who has it, unless the person has it."""
    if not may(person, action):
        holders = ", ".join(role for role in ROLES if role in RIGHTS[action])
        raise NotAllowed(
            f"Rollen {person.role} giver ikke ret til at {_DEEDS[action]}. Det kan: {holders}. "
            "Bed en administrator om en anden rolle, hvis du skal kunne det."
        )


def local_person(role: Role = LEAST) -> Person:
    """Whoever runs the program on this machine, by the name that the system knows."""
    try:
        return Person(getpass.getuser(), role)
    except (OSError, KeyError):  # a system account without a name
        return Person("ukendt", role)
