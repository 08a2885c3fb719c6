"""The rules as a table to take away."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from assistant.learning.glance.rows import Row, cited, verbatim
from assistant.library import Library
from assistant.record.sheets import Sheet, write_csv, write_xlsx
from assistant.ui.rule_cards import effect_name, limit_text, remarks
from assistant.ui.wording import Wording

_HEADER = (
    "effect", "what", "under", "provisions", "limits", "remarks", "where", "kind_head", "date", "section", "page_head",
    "network_head", "place_head", "quote",
)  # fmt: skip


def workbook(found: Iterable[Row], library: Library, words: Wording) -> bytes:
    """The rows as an XLSX file."""
    out = io.BytesIO()
    write_xlsx(out, (sheet(found, library, words),))
    return out.getvalue()


def csv_file(found: Iterable[Row], library: Library, words: Wording) -> bytes:
    """The rows as a CSV file."""
    out = io.StringIO(newline="")
    write_csv(out, sheet(found, library, words))
    return out.getvalue().encode("utf-8")


def sheet(found: Iterable[Row], library: Library, words: Wording) -> Sheet:
    """The rows with everything that the page shows of them, and their words as they stand in the document."""
    texts = words.texts("rules")
    return Sheet(texts["sheet"], [texts[name] for name in _HEADER], (_cells(row, library, words) for row in found))


def _cells(row: Row, library: Library, words: Wording) -> Sequence[object]:
    citation = cited(row, library)
    return (
        effect_name(row, words),
        row.statement.text,
        row.lead,
        "; ".join(row.provisions),
        "\n".join(limit_text(limit, words) for limit in row.limits),
        "; ".join(remarks(row, words)),
        row.source.title,
        words.label("kinds", row.passage.kind_of_source),
        row.passage.date,
        citation.section,
        row.passage.page if row.passage.page is not None else "",
        row.source.network,
        row.place,
        "\n".join(verbatim(row, library)),
    )
