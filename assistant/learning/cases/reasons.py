"""The reasons to choose among: the passage that decides, and others that do not, each with its document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.authority import decides, name
from assistant.engine import Assistant
from assistant.learning.cases.case import Reason
from assistant.learning.cases.deciding import Decided, Found, found_at
from assistant.learning.cases.deed import Deed, plain, table
from assistant.library import Library
from assistant.models import Answer
from assistant.quoting import marked, shortened

_WRONG = 3
_WRONG_QUOTES = 2
_NEAR = 8  # passages found for the question: what stands in them may bear on it, so it is no wrong reason
_LONG = 260


def reasons(
    key: Decided, deed: Deed, frame: str, pool: Sequence[Found], assistant: Assistant, draw: int
) -> tuple[Reason, ...]:
    """One right reason and three wrong ones, in an order that `draw` decides."""
    library = assistant.library()
    near = {hit.passage.id for hit in assistant.search(key.answer.question, _NEAR)}
    right = Reason(said(key.first), True)
    strange = [said(found) for found in _strange(key, deed, pool, near, library)]
    others = [text for text in dict.fromkeys(strange) if text != right.text and len(text) <= _LONG + 60]
    quotes = [others[(draw + number * 7) % len(others)] for number in range(_WRONG_QUOTES)] if others else []
    claims = _claims(key, frame, near, library)
    wrong = [*dict.fromkeys(quotes), *_from(claims, draw)][:_WRONG]
    found = [right, *(Reason(text, False) for text in wrong)]
    at = draw % len(found)
    return (*found[at:], *found[:at])


def said(found: Found) -> str:
    """A statement as a reason: which document says it, and its words, with those that they hang under."""
    passage, statement = found
    words = re.sub(r",? (?:og|eller|samt)$", "", plain(statement.text).rstrip(" .,;"))
    if passage.kind == "list_item" and passage.lead_in:
        words = f"{plain(passage.lead_in)} {words}"
    source = name(passage.kind_of_source, passage.date, "da")
    return f"{source[:1].upper()}{source[1:]}: {marked(shortened(words), 'da')}"


def _strange(key: Decided, deed: Deed, pool: Iterable[Found], near: set[str], library: Library) -> Iterable[Found]:
    """Statements that say nothing to the question: neither cited, weighed nor found near it, of other provisions."""
    answer = key.answer
    touched = _touched(answer)
    here = _sections(answer, library)
    asked = {(each.law, each.paragraf, each.kapitel) for each in deed.provisions}
    features = set(library.lexicon.features(deed.text))
    for found in pool:
        own = {(each.law, each.paragraf, each.kapitel) for each in found.statement.provisions}
        place = (found.passage.source_id, found.passage.heading_path)
        apart = found.passage.id not in near and place not in here and not own & asked
        apart = apart and plain(found.statement.text) not in touched
        if (
            apart
            and found.statement.text[:1] == found.statement.text[:1].upper()
            and _overlap(features, set(library.lexicon.features(found.statement.said))) < 0.34
        ):
            yield found


def _sections(answer: Answer, library: Library) -> set[tuple[str, tuple[str, ...]]]:
    """The cited sections that state conditions: all that such a one says may bear on what it gives."""
    cited = [found for citation in answer.citations for found in found_at(citation, library)]
    return {
        (found.passage.source_id, found.passage.heading_path)
        for found in cited
        if any(
            statement.effect == "condition"
            for each in library.in_section(found.passage)
            for statement in each.statements
        )
        and found.passage.kind != "table_row"
    }


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def _touched(answer: Answer) -> set[str]:
    rows = [*answer.explanation.get("weighed", ()), *answer.explanation.get("set_aside", ())]
    return {plain(str(row["statement"])) for row in rows} | {plain(each.quote) for each in answer.citations}


def _claims(key: Decided, frame: str, near: set[str], library: Library) -> list[str]:
    """What the answer shows to be wrong: the other way round, silence, or another document alone."""
    wrong: Mapping[str, Mapping[str, str] | str] = table()["wrong"]
    passage = key.first.passage
    source = name(passage.kind_of_source, passage.date, "da")
    turned = dict(wrong[frame]).get(key.answer.verdict, "")  # type: ignore[arg-type]
    elsewhere = _elsewhere(key.answer, near, library)
    told = [turned.format(source=source)] if turned else []
    told += [str(wrong["elsewhere"]).format(source=elsewhere)] if elsewhere else []
    told.append(str(wrong["silence"]))
    return [text[:1].upper() + text[1:] for text in told]


def _elsewhere(answer: Answer, near: set[str], library: Library) -> str:
    """A deciding document of the own network that neither is cited nor speaks near the question; "" for none."""
    cited = {citation.source_id for citation in answer.citations}
    cited |= {library.passages[each].source_id for each in near if each in library.passages}
    own = [source for source in library.sources.values() if library.is_own(source) and decides(source.kind)]
    return next((name(source.kind, source.date, "da") for source in own if source.id not in cited), "")


def _from(texts: Sequence[str], draw: int) -> list[str]:
    at = draw % len(texts)
    return [*texts[at:], *texts[:at]]
