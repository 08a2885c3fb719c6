"""Topic: what a question is about, as weighted terms with the features that would match them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from assistant.frames import frames
from assistant.lexicon import CONCEPT, SYNONYM_STRENGTH, TRANSLATION_STRENGTH, Lexicon, synonym_groups, word_features
from assistant.models import Language, Span
from assistant.places import municipalities_in, places
from assistant.provisions import parse
from assistant.words import Token, commonness, parts, tokens

# A verb says what is done with the topic, less what the topic is, and is the word most often put otherwise.
_VERB_WEIGHT = 0.45
# Endings of Danish superlatives and adverbs, which qualify a topic without being one ("de svageste", "nødvendigvis").
_QUALIFYING = ("ste", "vis", "ligt", "igvis")
_INFINITIVE_MARKS = frozenset({"at", "to"})
_MODALS = frozenset("ma kan ka skal ska vil tor bor may can could might must should shall do does did will".split())
_YEAR = re.compile(r"20[0-4]\d")
_SAME = 0.93
# A date belongs to a document that the question names within this many words.
_BESIDE = 4


class Term(NamedTuple):
    """One thing that the question is about: as written, how much it says (0-1), and the features that would match it.

    `wordings` are other ways to say it, each as stems: a text that holds all of one says the same in another order.
    """

    surface: str
    weight: float
    features: Mapping[str, float]
    wordings: tuple[tuple[str, ...], ...] = ()


def terms_of(text: str, weight: float, language: Language, lexicon: Lexicon, acted: frozenset[str]) -> tuple[Term, ...]:
    """What the text is about: glossary phrases first, then single words that are neither carriers nor provisions."""
    words = tokens(text)
    taken: set[int] = set()
    found: list[Term] = []
    mentioned = [mention.span for mention in parse(text)]
    silent = frames().carriers | acted
    pointers = _pointers(words, lexicon.kinds)
    for match in lexicon.concepts(words):
        span = words[match.start : match.end]
        carried = all(word.word in silent or place in pointers for place, word in enumerate(span, match.start))
        if (carried and len(span) == 1) or _named_place(text, span) or any(_inside(word, mentioned) for word in span):
            continue
        taken.update(range(match.start, match.end))
        found.append(_concept_term(text, span, match.concept, weight, lexicon))
    names = {token.word.removesuffix("s") for name in municipalities_in(text) for token in tokens(name)}
    for position, word in enumerate(words):
        if position in taken | pointers or _inside(word, mentioned) or _says_nothing(word, silent):
            continue
        if word.word.removesuffix("s") in names or _named_place(text, (word,)):
            continue
        aside = _is_verb(words, position, language) or (language == "da" and word.word.endswith(_QUALIFYING))
        factor = weight * (_VERB_WEIGHT if aside else 1.0)
        found.append(_word_term(text, word, factor, language, lexicon))
    return tuple(found)


def _says_nothing(word: Token, silent: frozenset[str]) -> bool:
    """Whether a word only carries the question, is a year, or is a single letter."""
    return word.word in silent or bool(_YEAR.fullmatch(word.word)) or (len(word.word) < 2 and not word.word.isdigit())


def _concept_term(text: str, span: tuple[Token, ...], concept: str, weight: float, lexicon: Lexicon) -> Term:
    # The very word is worth a little more than another word for the same.
    features: dict[str, float] = {CONCEPT + concept: _SAME if len(span) == 1 else 1.0}
    if len(span) == 1:
        features[span[0].stem] = 1.0
    wordings = tuple(wording for wording in lexicon.wordings.get(concept, ()) if len(wording) > 1)
    return Term(text[span[0].start : span[-1].end], weight, features, wordings)


def _word_term(text: str, word: Token, weight: float, language: Language, lexicon: Lexicon) -> Term:
    translations = lexicon.danish(word.word) if language == "en" else ()
    features = {word.stem: 1.0} | dict.fromkeys(synonym_groups().get(word.stem, ()), SYNONYM_STRENGTH)
    halves = parts(word.spelt) if not translations else ()
    for translation in translations:
        for token in tokens(translation):
            for name, strength in word_features(token.spelt).items():
                features[name] = max(strength * TRANSLATION_STRENGTH, features.get(name, 0.0))
    common = commonness(word.word, language)
    return Term(text[word.start : word.end], weight * _says(common), features, (halves,) if halves else ())


def _says(common: float) -> float:
    """How much a word says, by how common it is in everyday language (Zipf 4 and rarer: all of it)."""
    return max(0.25, min(1.0, 1.0 - (common - 4.0) * 0.35))


def _inside(word: Token, spans: list[Span]) -> bool:
    return any(span.start <= word.start < span.end for span in spans)


def _is_verb(words: tuple[Token, ...], position: int, language: Language) -> bool:
    """Whether a word stands where a verb does: after "at"/"to", or in the place after a modal and its subject."""
    word = words[position].word
    before = [token.word for token in words[max(0, position - 4) : position]]
    if before and before[-1] in _INFINITIVE_MARKS:
        return True
    if not any(token in _MODALS for token in before):
        return False
    return language == "en" or (word.endswith("e") and not word.endswith(("erne", "ene")))


def _pointers(words: tuple[Token, ...], at_hand: frozenset[str]) -> set[int]:
    """Places of words that point at a document ("2017-listen", "brevet fra december") and so name no topic."""
    documents = {
        place
        for place, word in enumerate(words)
        if (kinds := places().document(word)) and (not at_hand or at_hand & set(kinds))
    }
    dates = {place for place, word in enumerate(words) if word.word in places().months or word.word.isdigit()}
    near = {place for place in dates if any(abs(place - other) <= _BESIDE for other in documents)}
    return documents | near


def _named_place(text: str, span: tuple[Token, ...]) -> bool:
    return len(span) <= 2 and bool(municipalities_in(text[span[0].start : span[-1].end]))
