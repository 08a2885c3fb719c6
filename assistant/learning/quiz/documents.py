"""Questions which document says something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assistant.authority import name
from assistant.effects import NORMS
from assistant.learning.modules.module import Both
from assistant.learning.quiz.pool import Pool, Said, content, stands_alone
from assistant.learning.quiz.question import Option, Question, question
from assistant.models import Source

_OPTIONS = 4
_SHORTEST = 60
_ALIKE = 0.6
_FEWEST_WORDS = 5


def of_statements(pool: Pool) -> Iterator[Question]:
    """For each statement that stands in one document only, and whose like no other document says, which one it is."""
    sources = pool.documents.sources
    bare = {source_id: _bare(pool.documents.source_text(source_id)) for source_id in sources}
    if len(sources) < 2:
        return
    said_in = [(said.passage.source_id, content(said.text)) for said in pool.all]
    for said in pool.all:
        if _fit(said) and _only_there(said, bare, said_in):
            made = _asked(said, sources, pool)
            if not _given_away(made):
                yield made


def _fit(said: Said) -> bool:
    text = said.text
    return (
        (said.statement.effect in NORMS or said.statement.effect in ("fact", "wish", "applied", "announced"))
        and len(text) >= _SHORTEST
        and stands_alone(text)
        and len(content(text)) >= _FEWEST_WORDS
        and len(said.statement.spans) == 1
    )


def _only_there(said: Said, bare: Mapping[str, str], said_in: Sequence[tuple[str, frozenset[str]]]) -> bool:
    words, mine = _bare(said.text), content(said.text)
    home = said.passage.source_id
    if any(words in text for source_id, text in bare.items() if source_id != home):
        return False
    return all(
        source_id == home or len(mine & theirs) < _ALIKE * min(len(mine), max(len(theirs), _FEWEST_WORDS))
        for source_id, theirs in said_in
    )


def _asked(said: Said, sources: Mapping[str, Source], pool: Pool) -> Question:
    home = sources[said.passage.source_id]
    others = sorted((each for each in sources.values() if each.id != home.id), key=lambda each: _apart(home, each))
    options = [Option(_label(home, said.passage.kind_of_source, said.passage.date), right=True)]
    turn = len(said.text)
    for other in [each for each in others if each.title != home.title][: _OPTIONS - 1]:
        # A document in several parts is named with one of them now and then, so that no label tells the answer.
        parts = [("", ""), *((each.kind, each.date) for each in other.parts)]
        options.append(Option(_label(other, *parts[turn % len(parts)]), right=False))
    asked = Both("I hvilket dokument står der sådan?", "In which document does this stand?")
    return question("document", asked, options, pool.quotes(said), shown=said.text)


def _given_away(made: Question) -> bool:
    """Whether the words name what only the right document's title names."""
    titles = [content(option.text.da) for option in made.options if not option.right]
    right = content(made.options[made.right].text.da)
    return bool(content(made.shown) & right - frozenset().union(*titles))


def _label(source: Source, kind: str, date: str) -> Both:
    """The document's title, with the part of it where that is a document of its own kind."""
    if not kind or kind == source.kind:
        return Both(source.title, source.title)
    return Both(f"{source.title}: {name(kind, date, 'da')}", f"{source.title}: {name(kind, date, 'en')}")


def _apart(home: Source, other: Source) -> tuple[bool, bool, int, str]:
    """Documents that one could take for it first: of the same network, of the same kind, of about the same time."""
    years = abs(int(home.date[:4] or 0) - int(other.date[:4] or 0)) if home.date and other.date else 99
    return home.network != other.network, home.kind != other.kind, years, other.id


def _bare(text: str) -> str:
    """Letters and figures alone."""
    return "".join(char for char in text.lower() if char.isalnum())
