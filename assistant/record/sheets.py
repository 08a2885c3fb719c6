"""Rows as a file for spreadsheets: CSV with semicolons, as Danish ones expect, or XLSX. Text is never a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

_CELL = 32_000  # the most characters that a cell of a spreadsheet holds, with some room
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
BOM = "\ufeff"  # so that spreadsheets read æ, ø and å as such


class Sheet(NamedTuple):
    """A table with its title (at most 31 characters) and headings. The rows are read once."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Any]]


def write_csv(out: IO[str], sheet: Sheet) -> int:
    """Write the table to a file opened with newline=""; returns the number of rows."""
    out.write(BOM)
    writer = csv.writer(out, delimiter=";")
    writer.writerow(sheet.header)
    count = 0
    for row in sheet.rows:
        writer.writerow([_harmless(value) for value in row])
        count += 1
    return count


def write_xlsx(to: Path | IO[bytes], sheets: Iterable[Sheet]) -> int:
    """Write the tables as the sheets of one workbook; returns the number of rows of all."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    count = 0
    for each in sheets:
        sheet = book.create_sheet(each.title)
        sheet.freeze_panes = "A2"
        sheet.append(list(each.header))
        for row in each.rows:
            sheet.append(list(_cells(sheet, row)))
            count += 1
    book.save(to)
    return count


def _cells(sheet: Any, row: Sequence[Any]) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell

    for value in row:
        cell = WriteOnlyCell(sheet, _CONTROL.sub("�", value)[:_CELL] if isinstance(value, str) else value)
        if isinstance(value, str):
            cell.data_type = "s"  # text, even where it looks like a formula
        yield cell


def _harmless(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula, with an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
