"""Citations: from evidence to numbered verbatim quotes, each once."""

from __future__ import annotations

from assistant.evidence import Evidence
from assistant.library import Library
from assistant.models import Citation, Passage, Span
from assistant.provisions import label


class Citations:
    """The quotes of one answer, numbered in the order in which they are first used."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._found: dict[tuple[str, Span], Citation] = {}

    def cite(self, item: Evidence) -> tuple[int, ...]:
        """The numbers of the quotes that hold the statement's words: one, or several where a page break parts them."""
        return tuple(self._number(item, span) for span in item.statement.spans)

    def marks(self, item: Evidence) -> str:
        """The marks of a statement as they stand in prose: "[1]" or "[1][2]"."""
        return "".join(self.each(item))

    def each(self, item: Evidence) -> tuple[str, ...]:
        """The marks of a statement one by one."""
        return tuple(f"[{number}]" for number in self.cite(item))

    def holds(self, item: Evidence) -> bool:
        """Whether all of a statement's words are cited already."""
        return all((item.passage.source_id, span) in self._found for span in item.statement.spans)

    def all(self) -> tuple[Citation, ...]:
        """All citations, by number."""
        return tuple(self._found.values())

    def _number(self, item: Evidence, span: Span) -> int:
        key = (item.passage.source_id, span)
        if key not in self._found:
            self._found[key] = self._citation(len(self._found) + 1, item, span)
        return self._found[key].n

    def _citation(self, number: int, item: Evidence, span: Span) -> Citation:
        text = self._library.store.source_text(item.passage.source_id)
        passage = item.passage
        provisions = dict.fromkeys(label(provision) for provision in item.statement.provisions)
        return Citation(
            n=number,
            source_id=passage.source_id,
            title=item.source.title,
            kind=passage.kind_of_source,
            date=passage.date,
            network=item.source.network,
            section=" › ".join(passage.heading_path),
            page=passage.page,
            provisions=tuple(provisions),
            quote=text[span.start : span.end],
            start=span.start,
            end=span.end,
            passage=whole(passage, text),
        )


def whole(passage: Passage, text: str) -> str:
    """A passage's raw words, a list item's under its lead-in."""
    lead = [text[span.start : span.end] for span in passage.lead_in_spans]
    return "\n\n".join([*lead, passage.raw])
