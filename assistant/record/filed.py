"""An entry as it is read: its own fields, its facts and its text as values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, select

from assistant.record.chain import Entry
from assistant.record.tables import CONTENTS, ENTRIES


class Filed(NamedTuple):
    """An entry with its facts and text; `body` is empty where there was no text or its time was up."""

    entry: Entry
    facts: Mapping[str, Any]
    body: Mapping[str, Any]


def with_text() -> Select[Any]:
    """Every entry with its text beside it, in no order."""
    return select(*ENTRIES.c, CONTENTS.c.salt, CONTENTS.c.body).join_from(
        ENTRIES, CONTENTS, ENTRIES.c.number == CONTENTS.c.number, isouter=True
    )


def filed(row: Row[Any]) -> Filed:
    """A row of `with_text` as values."""
    entry = Entry(*row[: len(Entry._fields)])
    return Filed(entry, json.loads(entry.facts), json.loads(row.body) if row.body else {})
