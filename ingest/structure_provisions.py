"""The provisions that a passage names, and the one that it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.models import Provision, Source
from assistant.provisions import laws_named, parse
from ingest.structure_law import address_of
from ingest.structure_outline import Place

LAW_KINDS = ("lov", "bekendtgoerelse")


def provisions_of(source: Source, place: Place, lead: str, texts: Sequence[str], number: str) -> tuple[Provision, ...]:
    """The provision that a law's passage is, then those that its texts name, each once.

    One named without its law takes the law of what stands above it: the lead-in, a heading, or the law itself.
    """
    law = _law_above(source, place, lead)
    own = _own(place, law, number)
    mentions = (mention for text in texts for mention in parse(_unlabelled(text), law))
    named = (_here(place, provision) for mention in mentions for provision in mention.provisions)
    return tuple(dict.fromkeys((*own, *named)))


def _own(place: Place, law: str, number: str) -> tuple[Provision, ...]:
    if place.provision is None:
        return ()
    nr = int(number) if number.isdigit() else None
    return (replace(place.provision, law=law, nr=nr),)


def _here(place: Place, provision: Provision) -> Provision:
    """A stk. named without its § ("jf. dog stk. 2") is one of the § that the text stands in."""
    if provision.paragraf or provision.kapitel or place.provision is None:
        return provision
    return replace(provision, paragraf=place.provision.paragraf)


def _unlabelled(text: str) -> str:
    """A law's text without the label that opens it ("Stk. 2. "), which names itself and no other."""
    address = address_of(text)
    return text[address.length :] if address else text


def _law_above(source: Source, place: Place, lead: str) -> str:
    """The law itself in a law's own text, else the one law that the lead-in names, or else the heading over it.

    Headings further up, such as a document's title, often name a law that a bare § below does not belong to.
    """
    if place.provision is not None or source.kind in LAW_KINDS:
        return _own_law(source)
    for text in (lead, *place.path[-1:]):
        laws = laws_named(text)
        if laws:
            return laws[0] if len(laws) == 1 else ""
    return ""


def _own_law(source: Source) -> str:
    """The law that a source of that kind is, by its title."""
    return next(iter(laws_named(source.title)), "") if source.kind in LAW_KINDS else ""
