"""Laws and orders: which § and stk. a passage is, and the law that a bare § in a passage belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.models import Provision, Source
from assistant.provisions import parse
from ingest.structure_outline import Place


def provisions_of(source: Source, place: Place, lead: str, texts: Sequence[str], number: str) -> tuple[Provision, ...]:
    """The provisions that a passage's texts name, each once; one without its law takes that of what stands above it."""
    law = _law_above(source, place, lead)
    found = (provision for text in texts for mention in parse(text, law) for provision in mention.provisions)
    return tuple(dict.fromkeys(found))


def _law_above(source: Source, place: Place, lead: str) -> str:
    """The one law named in the lead-in, else in the nearest heading that names one, else in a law's own title."""
    for text in (lead, *reversed(place.path)):
        laws = {provision.law for mention in parse(text) for provision in mention.provisions if provision.law}
        if laws:
            return laws.pop() if len(laws) == 1 else ""
    return ""
