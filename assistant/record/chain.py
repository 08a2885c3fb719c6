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
    """The hash of salt and body; "" for an entry that has no text."""
    return digest_of(content.salt, content.body.encode()) if content else ""


def digest_of(salt: str, body: bytes) -> str:
    """The hash of a salt and a body in UTF-8, as a database gives it without making a text of it."""
    return _hashed(salt.encode() + body)


def linked(entry: Entry) -> Entry:
    """The entry with the hash that its other fields give."""
    return entry._replace(hash=seal(entry))


def seal(entry: Entry) -> str:
    """The hash over every field but the last, each with its length, so that none can run into the next."""
    fields: Iterable[str] = (str(field) for field in entry[:-1])
    joined = "".join(f"{len(field)}:{field}" for field in fields)
    return _hashed(joined.encode())


def _hashed(data: bytes) -> str:
    """BLAKE2b (RFC 7693) with 256 bits, in hexadecimal: as safe as SHA-256, and twice as fast over a long record."""
    return hashlib.blake2b(data, digest_size=32).hexdigest()
