"""The indexed documents as the engine reads them: features of statements, rarity of words, neighbours, membership."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.addressees import OPENING, addressees
from assistant.home import MEMBERS_IN_A_LIST, Network, at_home, home_of, of_all
from assistant.lexicon import Lexicon
from assistant.models import Edition, Passage, Source, Statement
from assistant.places import municipalities_in
from assistant.provisions import Mention, parse
from assistant.respelling import Respelling
from assistant.spelling import Meaning, meaning
from assistant.words import commonness, parts, spell, tokens

if TYPE_CHECKING:
    from assistant.store import Store

CONTEXT_STRENGTH = 0.75
HEADING_STRENGTH = 0.55
PASSAGE_STRENGTH = 0.5
SECTION_STRENGTH = 0.4
_SECTION_CHARS = 4000
_LEAST_RARITY = 0.12


class Library:
    """A read-only view of a store with what can be derived from its texts; derived once, on first need."""

    def __init__(self, store: Store, lexicon: Lexicon, network: str) -> None:
        self.store = store
        self.lexicon = lexicon
        self.network_name = network
        self._statements: dict[str, dict[str, float]] = {}
        self._mentions: dict[str, tuple[Mention, ...]] = {}
        self._meant: dict[str, Meaning] = {}
        self._sections: dict[tuple[str, tuple[str, ...]], dict[str, float]] = {}

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Sources by id, each with those it is given to."""
        opening: dict[str, list[Passage]] = {}
        for passage in self.passages.values():
            if passage.order < OPENING:
                opening.setdefault(passage.source_id, []).append(passage)
        return {
            source_id: replace(of_all(source, self.home), addressees=addressees(source, opening.get(source_id, ())))
            for source_id, source in self.store.sources.items()
        }

    @cached_property
    def home(self) -> str:
        """The municipality that all local documents are of, or ""."""
        return home_of(self.store.passages, self.store.sources)

    @cached_property
    def passages(self) -> Mapping[str, Passage]:
        """Passages by id, those of the home municipality as those of all."""
        return at_home(self.store.passages, self.home)

    def is_own(self, source: Source) -> bool:
        """Whether a source speaks of the asker's network, or of none in particular."""
        return not source.network or self.network_name.lower() in source.network.lower()

    def warm(self) -> None:
        """Derive now what the first question would otherwise wait for."""
        self.rarity(("plan",))
        _ = self.network, self.respelling.folded, self._places, self.beginnings, self.themes

    def features(self, passage: Passage, statement: Statement) -> dict[str, float]:
        """Features of a statement: its own words fully, what it hangs under and its headings more weakly."""
        known = self._statements.get(statement.id)
        if known is None:
            known = self._derive(passage, statement)
            self._statements[statement.id] = known
        return known

    def _derive(self, passage: Passage, statement: Statement) -> dict[str, float]:
        meant = self.meant(passage.source_id)
        found = self.lexicon.features(statement.said)
        around = meant(f"{statement.context} {passage.lead_in}")
        source = self.sources[passage.source_id]
        headings = " ".join((meant(" ".join(passage.heading_path)), passage.municipality, source.title, source.issuer))
        near = ((around, CONTEXT_STRENGTH), (headings, HEADING_STRENGTH), (meant(passage.text), PASSAGE_STRENGTH))
        for text, factor in near:
            _add(found, self.lexicon.features(text), factor)
        _add(found, self._section_features(passage), SECTION_STRENGTH)
        return found

    def meant(self, source_id: str) -> Meaning:
        """How a document's words are to be read: as they stand, or as they were meant where it is damaged."""
        if source_id not in self._meant:
            self._meant[source_id] = meaning(self.store.source_text(source_id))
        return self._meant[source_id]

    def mentions(self, statement: Statement) -> tuple[Mention, ...]:
        """The references in a statement's own words, or where it has none, in the words it hangs under."""
        known = self._mentions.get(statement.id)
        if known is None:
            known = parse(statement.text) or parse(statement.context)
            self._mentions[statement.id] = known
        return known

    def _section_features(self, passage: Passage) -> dict[str, float]:
        """Features of the section that a passage stands in, () for a long one, whose parts say little of each other."""
        key = (passage.source_id, passage.heading_path)
        if key not in self._sections:
            texts = [other.text for other in self.in_section(passage)]
            small = sum(map(len, texts)) <= _SECTION_CHARS
            text = self.meant(passage.source_id)(" ".join(texts)) if small else ""
            self._sections[key] = self.lexicon.features(text)
        return self._sections[key]

    def in_section(self, passage: Passage) -> list[Passage]:
        """The passages under the same headings, in order, the passage itself among them."""
        return self._by_section.get((passage.source_id, passage.heading_path), [])

    @cached_property
    def _by_section(self) -> dict[tuple[str, tuple[str, ...]], list[Passage]]:
        found: dict[tuple[str, tuple[str, ...]], list[Passage]] = {}
        for passage in sorted(self.passages.values(), key=lambda passage: passage.order):
            found.setdefault((passage.source_id, passage.heading_path), []).append(passage)
        return found

    def below(self, passage: Passage) -> list[Passage]:
        """The passages under the same headings, and under the headings directly below them."""
        key = (passage.source_id, passage.heading_path)
        return [
            other for place in (key, *self._headings_below.get(key, ())) for other in self._by_section.get(place, ())
        ]

    @cached_property
    def _headings_below(self) -> dict[tuple[str, tuple[str, ...]], list[tuple[str, tuple[str, ...]]]]:
        found: dict[tuple[str, tuple[str, ...]], list[tuple[str, tuple[str, ...]]]] = {}
        for source_id, path in self._by_section:
            found.setdefault((source_id, path[:-1]), []).append((source_id, path))
        return found

    def spells(self, word: str) -> bool:
        """Whether the documents or everyday Danish or English write a word so."""
        spelt = spell(word)
        known = spelt in self._words or len(spelt) < 4 or any(commonness(spelt, language) for language in ("da", "en"))
        return known or bool(parts(spelt))

    @cached_property
    def local(self) -> Mapping[str, list[Passage]]:
        """The passages that tell of one municipality, by its name, in order."""
        found: dict[str, list[Passage]] = {}
        for passage in sorted(self.passages.values(), key=lambda passage: (passage.source_id, passage.order)):
            if passage.municipality:
                found.setdefault(passage.municipality, []).append(passage)
        return found

    @cached_property
    def editions(self) -> Mapping[Edition, list[Passage]]:
        """The passages of each of the own network's documents, in order; documents by date."""
        found: dict[Edition, list[Passage]] = {}
        for passage in sorted(self.passages.values(), key=lambda passage: passage.order):
            if self.is_own(self.sources[passage.source_id]):
                edition = Edition(passage.date, passage.kind_of_source, passage.source_id)
                found.setdefault(edition, []).append(passage)
        return dict(sorted(found.items()))

    @cached_property
    def _spread(self) -> Counter[str]:
        """In how many passages each feature stands."""
        counts: Counter[str] = Counter()
        for passage in self.passages.values():
            counts.update(self._worded(passage))
        return counts

    def _worded(self, passage: Passage) -> Iterable[str]:
        """The features of a passage's own words."""
        meant = self.meant(passage.source_id)
        return self.lexicon.features(meant(f"{passage.lead_in} {passage.text}")).keys()

    def places_of(self, features: Iterable[str]) -> frozenset[str]:
        """The municipalities in whose documents any of the features stands; "" is for those of no single one."""
        return frozenset(place for feature in features for place in self._places.get(feature, ()))

    @cached_property
    def _places(self) -> Mapping[str, frozenset[str]]:
        """The features of the documents of single municipalities, with those that they stand in."""
        local = [passage for passage in self.passages.values() if self.sources[passage.source_id].municipality]
        found: dict[str, set[str]] = {}
        for passage in local:
            for feature in self._worded(passage):
                found.setdefault(feature, set()).add(self.sources[passage.source_id].municipality)
        count = Counter(feature for passage in local for feature in self._worded(passage))
        return {
            feature: frozenset(places if count[feature] == self._spread[feature] else {*places, ""})
            for feature, places in found.items()
        }

    def rarity(self, features: Iterable[str]) -> float:
        """How telling a term is in these documents, in (0, 1]: of its features, the one that stands oftest counts."""
        count = max((self._spread[feature] for feature in features), default=0)
        total = len(self.passages) + 1
        return max(_LEAST_RARITY, 1.0 - math.log(1 + count) / math.log(1 + total))

    def knows(self, features: Iterable[str]) -> bool:
        """Whether any of the features stands in the documents at all."""
        return any(self._spread[feature] for feature in features)

    @cached_property
    def _words(self) -> dict[str, str]:
        """The words of the documents and the glossary, as spelt, with their stems."""
        words = {
            token.spelt: token.stem
            for passage in self.passages.values()
            for token in tokens(self.meant(passage.source_id)(f"{passage.lead_in} {passage.text}"))
            if len(token.spelt) > 3
        }
        return words | {stem: stem for stem in self.lexicon.vocabulary if len(stem) > 4}

    @cached_property
    def respelling(self) -> Respelling:
        """What words that the documents lack are likely to mean."""
        return Respelling(self._words)

    @cached_property
    def known_words(self) -> frozenset[str]:
        """The words of the documents and the glossary, as spelt, and their stems."""
        return frozenset(self._words) | frozenset(self._words.values())

    @cached_property
    def beginnings(self) -> Mapping[str, list[tuple[Passage, Statement]]]:
        """The statements that say when a § comes into force, by source."""
        found: dict[str, list[tuple[Passage, Statement]]] = {}
        for passage in self.passages.values():
            for statement in passage.statements:
                if statement.text.startswith("§") and " i kraft" in statement.text:
                    found.setdefault(passage.source_id, []).append((passage, statement))
        return found

    @cached_property
    def themes(self) -> Mapping[str, Mention]:
        """The one reference in a document's opening, by source: what such a document is about."""
        opening: dict[str, list[Mention]] = {}
        for passage in self.passages.values():
            if passage.order < OPENING:
                texts = (statement.text for statement in passage.statements)
                opening.setdefault(passage.source_id, []).extend(one for text in texts for one in parse(text))
        return {source_id: found[0] for source_id, found in opening.items() if len(found) == 1}

    def siblings(self, passage: Passage) -> list[Passage]:
        """Passages of the same list or table, in order, the passage itself among them."""
        return [other for other in self.in_section(passage) if other.lead_in == passage.lead_in]

    @cached_property
    def network(self) -> Network:
        """Who is in the asker's network and who is not, read from sentences that list municipalities."""
        members: set[str] = set()
        outsiders: set[str] = set()
        for passage_id, number in self._lists:
            text = self.passages[passage_id].statements[number].text
            (members if self._names_network(text) else outsiders).update(municipalities_in(text))
        return Network(frozenset(members), frozenset(outsiders - members))

    @cached_property
    def member_lists(self) -> tuple[tuple[str, int], ...]:
        """The statements that list the network's members: passage id and place among its statements."""
        named = [
            (passage_id, number)
            for passage_id, number in self._lists
            if self._names_network(self.passages[passage_id].statements[number].text)
        ]
        return tuple(sorted(named, key=lambda place: -self._listed(place)))

    @cached_property
    def _lists(self) -> tuple[tuple[str, int], ...]:
        return tuple(
            (passage.id, number)
            for passage in self.passages.values()
            for number, statement in enumerate(passage.statements)
            if len(municipalities_in(statement.text)) >= MEMBERS_IN_A_LIST
        )

    def _listed(self, place: tuple[str, int]) -> int:
        return len(municipalities_in(self.passages[place[0]].statements[place[1]].text))

    def _names_network(self, text: str) -> bool:
        return bool(re.search(rf"\b{re.escape(self.network_name)}\b", text, re.IGNORECASE))


def _add(found: dict[str, float], features: Mapping[str, float], factor: float) -> None:
    for feature, strength in features.items():
        found[feature] = max(found.get(feature, 0.0), strength * factor)
