"""Topic: what a question is about, as weighted terms with the features that would match them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from assistant.aim import OBJECT, aims, is_preposition
from assistant.documents import counted, documents_in
from assistant.frames import frames
from assistant.kinds import DOING, MANNER, NUMBER, THING, kind_of
from assistant.lexicon import CONCEPT, SYNONYM_STRENGTH, TRANSLATION_STRENGTH, Lexicon, Match, word_features
from assistant.models import Language, Span
from assistant.places import municipalities_in, places
from assistant.provisions import parse
from assistant.scene import place_weights
from assistant.synonyms import FAR, parted_verbs, same_as, synonym_groups
from assistant.words import Token, everydayness, parts, stem, tokens

# A verb says what is done with the topic, less what the topic is, and is the word most often put otherwise. How, how
# much and when it is done says less than what it is done with.
_KIND_WEIGHT = {THING: 1.0, DOING: 0.45, MANNER: 0.4, NUMBER: 0.5}
_YEAR = re.compile(r"20[0-4]\d")
_SAME = 0.93
# A date belongs to a document that the question names within this many words.
_BESIDE = 4


class Term(NamedTuple):
    """One thing that the question is about: as written, how much it says (0-1), and the features that would match it.

    `wordings` are other ways to say it, each as stems: a text that holds all of one says the same in another order.
    `kind` tells a thing from what is done with it and how (see kinds). `aim` tells how it stands to the verb that is
    asked about (see aim), 0 where it does not.
    """

    surface: str
    weight: float
    features: Mapping[str, float]
    wordings: tuple[tuple[str, ...], ...] = ()
    kind: str = THING
    aim: int = 0


class _Reading(NamedTuple):
    """A text being read: its words, what a term of it weighs at most, and the places that name no topic."""

    text: str
    words: tuple[Token, ...]
    weight: float
    weights: list[float]
    language: Language
    lexicon: Lexicon
    silent: frozenset[str]
    elsewhere: set[int]
    aims: Mapping[int, int]

    def aim(self, start: int, end: int) -> int:
        """How a term of these places stands to the verb that is asked about."""
        return max((self.aims.get(place, 0) for place in range(start, end)), default=0)

    def at(self, start: int) -> float:
        """What a term that begins at a place weighs at most."""
        return self.weight * self.weights[start]

    def surface(self, start: int, end: int) -> str:
        """The text from one place up to another."""
        return self.text[self.words[start].start : self.words[end - 1].end]


def terms_of(text: str, weight: float, language: Language, lexicon: Lexicon, acted: frozenset[str]) -> tuple[Term, ...]:
    """What the text is about: glossary phrases first, then phrases and single words that do not only carry it."""
    words = tokens(text)
    silent = frames().carriers | acted
    weights = place_weights(text, words)
    elsewhere = _elsewhere(text, words, lexicon, weights)
    aimed = aims(text, words, language, lambda place: _kind_at(words, place, language, lexicon, silent))
    read = _Reading(text, words, weight, weights, language, lexicon, silent, elsewhere, aimed if weight == 1.0 else {})
    taken: set[int] = set()
    # A phrase of the glossary goes before a verb that parts, and that before a single word of the glossary.
    found = [*_concepts(read, taken, 2), *_parted(read, taken), *_concepts(read, taken, 1), *_phrases(read, taken)]
    for position, word in enumerate(words):
        if position not in taken | read.elsewhere and not _says_nothing(word, silent):
            found.append(_word_term(read, position))
    return tuple(found)


def _kind_at(words: tuple[Token, ...], place: int, language: Language, lexicon: Lexicon, silent: frozenset[str]) -> str:
    """The kind of the word at a place; "" for one that only carries the question."""
    if _says_nothing(words[place], silent):
        return ""
    return kind_of(words, place, language, lexicon.danish(words[place].word) if language == "en" else ())


def _elsewhere(text: str, words: tuple[Token, ...], lexicon: Lexicon, weights: list[float]) -> set[int]:
    """Places of provisions, municipalities, documents and asides: they are read elsewhere, or say nothing."""
    mentioned = [mention.span for mention in parse(text)]
    names = {token.word.removesuffix("s") for name in municipalities_in(text) for token in tokens(name)}
    named = {place for place, word in enumerate(words) if word.word.removesuffix("s") in names}
    inside = {place for place, word in enumerate(words) if _inside(word, mentioned) or _named_place(text, (word,))}
    pointing = _pointers(words, lexicon.kinds) | _naming(text, words, lexicon.kinds)
    return named | inside | pointing | {place for place, here in enumerate(weights) if not here}


def _concepts(read: _Reading, taken: set[int], least: int) -> Iterator[Term]:
    """Terms of the glossary's phrases of at least so many words; their places are added to `taken`."""
    mentioned = [mention.span for mention in parse(read.text)]
    naming = _naming(read.text, read.words, read.lexicon.kinds)
    pointers = naming | _pointers(read.words, read.lexicon.kinds)
    for match in read.lexicon.concepts(read.words):
        places_of = range(match.start, match.end)
        span = read.words[match.start : match.end]
        if len(span) < least or taken & set(places_of) or naming.issuperset(places_of):
            continue
        carried = all(read.words[place].word in read.silent or place in pointers for place in places_of)
        if (carried and len(span) == 1) or _named_place(read.text, span) or any(_inside(w, mentioned) for w in span):
            continue
        taken.update(places_of)
        if read.weights[match.start]:
            yield _concept_term(read, match)


def _parted(read: _Reading, taken: set[int]) -> Iterator[Term]:
    """Terms of Danish verbs that stand apart from their particle ("smide ... ud"), added to `taken`."""
    for parted in parted_verbs(read.words, FAR) if read.language == "da" else ():
        if not taken & {parted.verb, parted.particle} and parted.verb not in read.elsewhere:
            taken |= {parted.verb, parted.particle}
            features = dict.fromkeys(same_as(parted.whole), SYNONYM_STRENGTH) | {stem(parted.whole): 1.0}
            surface = read.surface(parted.verb, parted.verb + 1)
            yield Term(surface, read.at(parted.verb) * _KIND_WEIGHT[DOING], features, (), DOING)


def _phrases(read: _Reading, taken: set[int]) -> Iterator[Term]:
    """Terms of English phrases ("draw up"), added to `taken`."""
    for start in range(len(read.words)) if read.language == "en" else ():
        phrase = read.lexicon.english_phrase(read.words, start)
        if phrase is None or taken & set(range(start, phrase.end)) or start in read.elsewhere:
            continue
        taken |= set(range(start, phrase.end))
        if not _is_carrier(phrase.danish):
            kind = kind_of(read.words, start, "en", phrase.danish)
            surface = read.surface(start, phrase.end)
            yield Term(
                surface,
                read.at(start) * _KIND_WEIGHT[kind],
                _translated(phrase.danish),
                (),
                kind,
                read.aim(start, phrase.end),
            )


def _is_carrier(danish: tuple[str, ...]) -> bool:
    """Whether all Danish words for an English one only carry a question."""
    carriers = frames().carriers
    return bool(danish) and all(token.word in carriers for translation in danish for token in tokens(translation))


def _says_nothing(word: Token, silent: frozenset[str]) -> bool:
    """Whether a word only carries the question, is a year, or is a single letter."""
    return word.word in silent or bool(_YEAR.fullmatch(word.word)) or (len(word.word) < 2 and not word.word.isdigit())


def _concept_term(read: _Reading, match: Match) -> Term:
    # The very word is worth a little more than another word for the same.
    single = match.end - match.start == 1
    features: dict[str, float] = {CONCEPT + match.concept: _SAME if single else 1.0}
    if single:
        features[read.words[match.start].stem] = 1.0
    wordings = tuple(wording for wording in read.lexicon.wordings.get(match.concept, ()) if len(wording) > 1)
    aim = read.aim(match.start, match.end)
    # "Må vi holde samtalen over telefonen?" asks about how, not about the talk.
    if read.aims and not single and is_preposition(read.words[match.start].word, read.language):
        aim = OBJECT
    return Term(read.surface(match.start, match.end), read.at(match.start), features, wordings, THING, aim)


def _word_term(read: _Reading, position: int) -> Term:
    word = read.words[position]
    translations = read.lexicon.danish(word.word) if read.language == "en" else ()
    kind = kind_of(read.words, position, read.language, translations)
    features = {word.stem: 1.0} | dict.fromkeys(synonym_groups().get(word.stem, ()), SYNONYM_STRENGTH)
    for name, strength in _translated(translations).items():
        features[name] = max(strength, features.get(name, 0.0))
    halves = parts(word.spelt) if not translations else ()
    says = read.at(position) * _KIND_WEIGHT[kind] * _says(everydayness(word.word, read.language))
    return Term(
        read.surface(position, position + 1),
        says,
        features,
        (halves,) if halves else (),
        kind,
        read.aim(position, position + 1),
    )


def _translated(danish: tuple[str, ...]) -> dict[str, float]:
    """The features of the Danish words for an English one."""
    found: dict[str, float] = {}
    for translation in danish:
        for token in tokens(translation):
            for name, strength in word_features(token.spelt).items():
                found[name] = max(strength * TRANSLATION_STRENGTH, found.get(name, 0.0))
    return found


def _says(common: float) -> float:
    """How much a word says, by how common it is in everyday language (Zipf 4 and rarer: all of it)."""
    return max(0.25, min(1.0, 1.0 - (common - 4.0) * 0.35))


def _inside(word: Token, spans: list[Span]) -> bool:
    return any(span.start <= word.start < span.end for span in spans)


def _pointers(words: tuple[Token, ...], at_hand: frozenset[str]) -> set[int]:
    """Places of words that point at a document ("2017-listen", "brevet fra december") and so name no topic."""
    documents = {
        place
        for place, word in enumerate(words)
        if (kinds := places().document(word)) and (not at_hand or at_hand & set(kinds)) and not counted(words, place)
    }
    dates = {place for place, word in enumerate(words) if word.word in places().months or word.word.isdigit()}
    near = {place for place in dates if any(abs(place - other) <= _BESIDE for other in documents)}
    return documents | near


def _naming(text: str, words: tuple[Token, ...], at_hand: frozenset[str]) -> set[int]:
    """Places of all words that name a document, its date and sender among them: where to look, not for what."""
    spans = [named.span for named in documents_in(text, at_hand)]
    return {place for place, word in enumerate(words) if _inside(word, spans)}


def _named_place(text: str, span: tuple[Token, ...]) -> bool:
    return len(span) <= 2 and bool(municipalities_in(text[span[0].start : span[-1].end]))
