"""Which passages that an approved answer cites have been changed, moved or removed, and what has come that bears on it.

A citation stands when its quote stands in its document and the passage around it is as it was: the same words under
the same headings, with the same kind and date. Where in the document that is does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from assistant.authority import rank
from assistant.likeness import likeness
from assistant.models import Citation, Provision
from assistant.provisions import parse
from assistant.record.corpora import Corpus, Held, Place, cited_place, wording_of

Cause = Literal["changed", "moved", "removed", "newer"]
# Likeness in per cent from which on a passage is taken for what has become of another one.
_REWORDED = 55.0
# So many passages of one new document are shown beside the cited one.
_MOST = 5
_Subject = tuple[str, str]  # paragraf and kapitel


class Approved(NamedTuple):
    """What of an approved answer the documents can touch; `network` is whose caseworkers it was given to."""

    question: str
    network: str
    citations: tuple[Citation, ...]


class Finding(NamedTuple):
    """A passage as it was cited, and what stands there now; the last four are "" where nothing does."""

    cause: Cause
    old: Place
    title: str
    new: Place
    new_title: str


class Comparison:
    """The documents of now against what was in the index when an answer was approved (None: that is not known)."""

    def __init__(self, now: Corpus, then: Held | None) -> None:
        self._now = now
        self._then = then

    def findings(self, approved: Approved) -> tuple[Finding, ...]:
        """What the approval must be looked at for again, each passage once."""
        lost = [found for citation in approved.citations if (found := self._lost(citation))]
        newer = {found.new.source_id: found for found in (*self._successors(approved), *self._newer(approved))}
        return tuple(dict.fromkeys((*lost, *newer.values())))

    def _lost(self, citation: Citation) -> Finding | None:
        """What has become of the cited passage; None when it stands as it was."""
        old, source = cited_place(citation), self._now.sources.get(citation.source_id)
        if source is None:
            return self._finding("removed", citation, _nearest(old, self._everywhere, _REWORDED))
        if citation.quote in self._now.text(source.id) and self._untouched(source.id):
            return None
        places = self._now.places[source.id]
        holding = [place for place in places if citation.quote in place.text]
        same = next((place for place in holding if _bare(place.text) == _bare(old.text)), None)
        if self._stands(old, holding) and citation.network in (source.network, ""):
            return None
        if same:
            return self._finding("moved", citation, same)
        nearest = _nearest(old, holding) or _nearest(old, places, _REWORDED)
        return self._finding("changed" if nearest else "removed", citation, nearest)

    def _untouched(self, source_id: str) -> bool:
        """Whether the document is the very one that was in the index then."""
        return self._then is not None and self._then.hashes.get(source_id) == self._now.hashes.get(source_id)

    def _stands(self, old: Place, holding: Sequence[Place]) -> bool:
        marks = {place.mark for place in holding}
        if old.mark in marks:
            return True
        # An answer that was older than its approval: what stood in the passage's place then was approved with it.
        known = self._then.marks if self._then else frozenset[str]()
        return old.mark not in known and not marks.isdisjoint(known)

    def _newer(self, approved: Approved) -> Iterator[Finding]:
        """The documents that have come and bear on a provision of a cited passage, with what they say of it."""
        if not self._new:
            return
        asked = _provisions_in(approved.question)
        for citation in approved.citations:
            cited = frozenset(p for label in citation.provisions for p in _provisions_in(label))
            touching: dict[str, list[Place]] = {}
            for place in self._touching((cited or _provisions_in(citation.passage)) | asked):
                if self._outdates(place, citation, approved.network):
                    touching.setdefault(place.source_id, []).append(place)
            for places in touching.values():
                text = "\n\n".join(place.text for place in places[:_MOST])
                yield self._finding("newer", citation, places[0]._replace(text=text))

    def _touching(self, wanted: Iterable[Provision]) -> Iterable[Place]:
        """The new passages that name one of the provisions, or the same § without its law."""
        return dict.fromkeys(
            place
            for provision in sorted(wanted)
            for law, place in self._new.get(_subject(provision), ())
            if law == provision.law or not law or not provision.law
        )

    def _outdates(self, place: Place, citation: Citation, network: str) -> bool:
        """Whether a passage's document is as good as the cited one or better, may be later, and is for the network."""
        if (place.source_id, place.kind, place.date) == (citation.source_id, citation.kind, citation.date):
            return False
        owner = self._now.sources[place.source_id].network
        ours = not owner or network.lower() in owner.lower()
        return ours and rank(place.kind) >= rank(citation.kind) and _last_day(place.date) > _first_day(citation.date)

    @cached_property
    def _new(self) -> Mapping[_Subject, Sequence[tuple[str, Place]]]:
        """The passages that were not in the index then, by what they name: the law, which may be "", and the place."""
        known = {wording_of(mark) for mark in self._then.marks} if self._then else set[str]()
        found: dict[_Subject, list[tuple[str, Place]]] = {}
        for place, provisions in self._now.named:
            if provisions and not self._untouched(place.source_id) and wording_of(place.mark) not in known:
                for provision in provisions:
                    found.setdefault(_subject(provision), []).append((provision.law, place))
        return found

    def _successors(self, approved: Approved) -> Iterator[Finding]:
        """The documents that have come to replace a cited one, with what is nearest to the cited passage there."""
        for source in self._now.sources.values():
            before = self._then.replaces.get(source.id, ()) if self._then else ()
            for citation in approved.citations:
                if citation.source_id in source.supersedes and citation.source_id not in before:
                    nearest = _nearest(cited_place(citation), self._now.places[source.id], _REWORDED)
                    yield self._finding(
                        "newer", citation, nearest or Place(source.id, "", source.kind, source.date, "")
                    )

    @cached_property
    def _everywhere(self) -> Sequence[Place]:
        return [place for place, _ in self._now.named]

    def _finding(self, cause: Cause, citation: Citation, new: Place | None) -> Finding:
        title = self._now.sources[new.source_id].title if new else ""
        return Finding(cause, cited_place(citation), citation.title, new or _NOWHERE, title)


_NOWHERE = Place("", "", "", "", "")


def _nearest(old: Place, places: Sequence[Place], least: float = 0.0) -> Place | None:
    """The passage whose words are most like the old one's; None when none is like it by `least` per cent."""
    if not places:
        return None
    alike = likeness([_bare(old.text)], [_bare(place.text) for place in places])[0]
    best = int(alike.argmax())
    return places[best] if alike[best] >= least else None


def _bare(text: str) -> str:
    return " ".join(text.split())


def _provisions_in(text: str) -> frozenset[Provision]:
    return frozenset(provision for mention in parse(text) for provision in mention.provisions)


def _subject(provision: Provision) -> _Subject:
    return provision.paragraf, "" if provision.paragraf else provision.kapitel


def _first_day(date: str) -> str:
    """The first day that an ISO date, a month or a year may mean."""
    return date + "-01-01"[len(date) - 4 :]


def _last_day(date: str) -> str:
    """The last day that an ISO date, a month or a year may mean."""
    return date + "-12-31"[len(date) - 4 :]
