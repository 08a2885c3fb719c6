"""How entries hang together: each holds the hash of the one before, and only a digest of what may be deleted later."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from typing import Literal, NamedTuple, get_args

Kind = Literal["answer", "feedback", "comment", "decision", "suspension", "purge", "gap"]
KINDS: tuple[Kind, ...] = get_args(Kind)
START = "0" * 64  # what the first entry takes for the hash before it


class Entry(NamedTuple):
    """One line of the record.

    `at` is UTC as ISO 8601 with microseconds. `about` is the number of the answer that the entry concerns (its own, for
    an answer). `facts` is JSON without any text of a question or answer; `digest` stands for the text, which is kept
    apart so that it can be deleted when its time is up. `hash` covers all the rest and `previous`.
    """

    number: int
    at: str
    user: str
    role: str
    kind: str
    about: int
    facts: str
    digest: str
    previous: str
    hash: str


class Content(NamedTuple):
    """The text of an entry (JSON), and the salt that keeps a deleted text from being guessed from its digest."""

    salt: str
    body: str


def new_salt() -> str:
    """A salt that nobody can guess."""
    return secrets.token_hex(16)


def digest(content: Content | None) -> str:
    """SHA-256 of salt and body in hexadecimal; "" for an entry that has no text."""
    return hashlib.sha256((content.salt + content.body).encode()).hexdigest() if content else ""


def linked(entry: Entry) -> Entry:
    """The entry with the hash that its other fields give."""
    return entry._replace(hash=seal(entry))


def seal(entry: Entry) -> str:
    """SHA-256 over every field but the hash, each with its length, so that none can run into the next."""
    fields: Iterable[str] = (str(field) for field in entry[:-1])
    joined = "".join(f"{len(field)}:{field}" for field in fields)
    return hashlib.sha256(joined.encode()).hexdigest()
