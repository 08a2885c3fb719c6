"""What a new index means for the onboarding modules: which of their quotes no longer stand as an author read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from assistant.errors import LearningError
from assistant.learning.modules.module import FOLDER, Module, Quote, read
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.learning.modules.binding import BoundModule

_WHAT = {
    "changed": "er ændret",
    "moved": "er flyttet",
    "removed": "er fjernet",
    "missing": "indeholder ikke citatet",
}
_SHOWN = 60


def hold_modules(settings: Settings) -> list[str]:
    """Hold the modules of the corpus against the index as it is now; a line for each quote that does not stand."""
    loaded = read(settings.corpus)
    if not loaded.modules:
        return list(loaded.faults)
    # Imported here: an ingest of a corpus without modules has no use for it.
    from assistant.learning.modules.binding import bind
    from assistant.learning.modules.noted import load_noted
    from assistant.store import Store

    try:
        noted = load_noted(settings.corpus)
    except LearningError as exc:
        return [*loaded.faults, str(exc)]
    with Store.open(settings) as store:
        bound = bind(loaded.modules, store, noted, settings.network)
    lines = [*loaded.faults, *(line for each in bound for line in _lines(each))]
    fresh = {quote for module in loaded.modules for quote in module.quotes} - set(noted.citations)
    if fresh:
        lines.append(
            f"{len(fresh)} citater i {FOLDER} er ikke noteret endnu, så kun deres ord holdes op imod kilderne. "
            "Læs modulerne mod kilderne, og kør `python -m ingest bind`."
        )
    return lines


def bind_modules(settings: Settings) -> list[str]:
    """Note where the modules' quotes stand now, for an author who has read them; the lines to show.

    A quote that does not stand stays as it was noted. Raises LearningError.
    """
    from assistant.learning.modules.binding import locate
    from assistant.learning.modules.noted import load_noted, write_noted
    from assistant.record.corpora import Corpus
    from assistant.store import Store

    loaded = read(settings.corpus)
    if not loaded.modules:
        raise LearningError(f"Der er ingen moduler at binde i {FOLDER}. " + " ".join(loaded.faults))
    before = load_noted(settings.corpus).citations
    wanted = dict.fromkeys(quote for module in loaded.modules for quote in module.quotes)
    with Store.open(settings) as store:
        here = {quote: found.citation for quote in wanted if (found := locate(quote, store))}
        kept = {quote: before[quote] for quote in wanted if quote not in here and quote in before}
        write_noted(settings.corpus, {**kept, **here}, Corpus(store))
    gone = [_absent(module, quote) for module in loaded.modules for quote in module.quotes if quote not in here]
    return [*loaded.faults, *gone, f"{len(here)} citater i {len(loaded.modules)} moduler er noteret, som de står nu."]


def _lines(bound: BoundModule) -> Iterator[str]:
    module = bound.module
    places = _places(module)
    for each in bound.flagged:
        yield (
            f"Modulet «{module.title.da}», {places[each.quote]}: {each.quote.source_id} {_WHAT[each.flag]}: "
            f"»{_short(each.quote)}« Ret modulet, og kør `python -m ingest bind`."
        )
    for found in bound.newer:
        yield f"Modulet «{module.title.da}»: {found.new.source_id} er nyere og handler om det samme. Læs modulet igen."


def _absent(module: Module, quote: Quote) -> str:
    return f"Modulet «{module.title.da}», {_places(module)[quote]}: »{_short(quote)}« står ikke i {quote.source_id}."


def _places(module: Module) -> Mapping[Quote, str]:
    """Where in the module each quote is first used."""
    named = [(f"afsnit {number}", part.quotes) for number, part in enumerate(module.paragraphs, 1)]
    named.append(("eksemplet", module.case.quotes))
    named += [(f"påstand {number}", part.quotes) for number, part in enumerate(module.claims, 1)]
    return {quote: place for place, quotes in reversed(named) for quote in quotes}


def _short(quote: Quote) -> str:
    words = " ".join(quote.words.split())
    return words if len(words) <= _SHOWN else words[:_SHOWN].rstrip() + " …"
