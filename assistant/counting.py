"""Counting: whether a text gives the number of what a question counts ("15 familier", "fire sagsbehandlere")."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.evidence import Gathering
from assistant.frames import fold_text
from assistant.lexicon import Lexicon
from assistant.question import Question
from assistant.weighing import Weighed
from assistant.words import stem, stems, tokens

_HOW_MANY = re.compile(r"\b(hvor mange|antal(let)?( af)?|how many|number of)( af| of)?( de| the| vores| our| jeres)?\b")
_NUMERALS = frozenset("to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten tyve tredive".split())
# Articles as well as numbers: they count only what follows at once.
_ARTICLES = frozenset({"en", "et"})
# Words that end what a number counts: "et rum for koordinatorer" counts no coordinators.
_ENDS = frozenset("for til i med pa fra om der som og ved hos under eller men in on at with who and there that".split())
_WINDOW = 4
# "Hvor mange har ...", "How many do ..." count nothing that is named.
_AUXILIARIES = frozenset(
    (
        "har havde skal kan ma vil er var bliver blev deltager indgar far fik den det de "
        "do does did are were have had can may must the"
    ).split()
)
_ANYBODY = frozenset(stems("people mennesker personer folk persons citizens borgere deltagere participants"))
_PEOPLE = frozenset(
    stems(
        "mennesker personer enkeltpersoner borgere deltagere familier unge voksne børn kvinder mænd forældre medlemmer"
    )
)
_COUNTED = 0.55
_PHRASE = 4


class Counted(NamedTuple):
    """What a question counts: terms of it, or stems of words that are no terms, or people of any kind."""

    terms: tuple[Weighed, ...]
    stems: frozenset[str] = frozenset()
    people: bool = False

    @property
    def anything(self) -> bool:
        """Whether the question names what it counts."""
        return self.people or bool(self.terms) or bool(self.stems)


def counted_in(question: Question, gathering: Gathering, lexicon: Lexicon) -> Counted:
    """What each "hvor mange" of a question counts; an earlier question's too, where it is a follow-up."""
    folded = fold_text(question.text)
    terms: list[Weighed] = []
    named: set[str] = set()
    people = False
    for match in _HOW_MANY.finditer(folded):
        words = _phrase(folded[match.end() :])
        found = [term for word in words for term in gathering.terms if word in _words(term)]
        if words and stem(words[0]) in _ANYBODY:
            people = True
        elif found:
            terms += found
        elif words:
            named |= {stem(words[0]), *(each for danish in lexicon.danish(words[0]) for each in stems(danish))}
    return Counted(tuple(terms), frozenset(named), people)


def _words(term: Weighed) -> set[str]:
    return {token.word for token in tokens(term.surface)}


def _phrase(following: str) -> list[str]:
    """The words that follow, up to what is no part of the noun phrase any more."""
    words: list[str] = []
    for token in tokens(re.split(r"[,.;:?!]", following)[0])[:_PHRASE]:
        if token.word in _AUXILIARIES or token.word in _ENDS:
            break
        words.append(token.word)
    return words


def counts(text: str, counted: Counted, lexicon: Lexicon) -> bool:
    """Whether `text` gives a number of what is counted."""
    return any(_is_counted(window, counted, lexicon) for window in counted_windows(text))


def _is_counted(window: str, counted: Counted, lexicon: Lexicon) -> bool:
    found = set(stems(window))
    if (counted.people and found & _PEOPLE) or found & counted.stems:
        return True
    features = lexicon.features(window)
    return any(term.match(features) >= _COUNTED for term in counted.terms)


def counted_windows(text: str) -> list[str]:
    """What follows each number of a text and may be what it counts."""
    words = tokens(text)
    found = []
    for place, word in enumerate(words):
        article = word.word in _ARTICLES
        if not (word.word[0].isdigit() or word.word in _NUMERALS or article):
            continue
        counted = []
        for following in words[place + 1 : place + (2 if article else 1 + _WINDOW)]:
            if following.word in _ENDS:
                break
            counted.append(following)
        if counted:
            found.append(text[counted[0].start : counted[-1].end])
    return found
