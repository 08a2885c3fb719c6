"""Counting: whether a text gives the number of what a question counts ("15 familier", "fire sagsbehandlere")."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.evidence import Gathering
from assistant.figures import number_of
from assistant.frames import fold_text, frames
from assistant.lexicon import Lexicon
from assistant.places import places
from assistant.question import Question
from assistant.weighing import Weighed
from assistant.words import Token, stem, stems, tokens

_HOW_MANY = re.compile(r"\b(hvor mange|antal(let)?( af)?|how many|number of)( af| of)?( de| the| vores| our| jeres)?\b")
# Articles as well as numbers: they count only what follows at once.
_ARTICLES = frozenset({"en", "et"})
# Words that end what a number counts: "et rum for koordinatorer" counts no coordinators.
_ENDS = frozenset("for til i med pa fra om der som og ved hos under eller men in on at with who and there that".split())
_WINDOW = 4
_YEAR = re.compile(r"20[0-4]\d")
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
# Of two counts of one thing the thing must be surer: "11 kommuner" and "ni kommuner".
_SAME_COUNTED = 0.8
_ALL = frozenset({"alle", "all", "samtlige"})
_OF = ("af ", "ud af ", "of ", "out of ")
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
            named |= {stem(words[0]), *_translated(words[0], lexicon)}
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
    return any(_is_counted(count.window, counted, lexicon) for count in counted_windows(text))


def _is_counted(window: str, counted: Counted, lexicon: Lexicon) -> bool:
    found = {each for token in tokens(window) for each in (token.stem, stem(token.word))}
    if (counted.people and found & _PEOPLE) or found & counted.stems:
        return True
    features = lexicon.features(window)
    return any(term.match(features) >= _COUNTED for term in counted.terms)


class Count(NamedTuple):
    """A number in a text, what follows it and may be what it counts, and whether it is said of all there are."""

    number: int
    window: str
    whole: bool = False


def counted_windows(text: str) -> list[Count]:
    """The numbers of a text with what they may count."""
    words = tokens(text)
    found = []
    for place, word in enumerate(words):
        article = word.word in _ARTICLES
        number = number_of(word.word)
        if number is None or _is_date(words, place):
            continue
        counted = []
        for following in words[place + 1 : place + (2 if article else 1 + _WINDOW)]:
            if following.word in _ENDS:
                break
            counted.append(following)
        if counted:
            whole = any(each.word in _ALL for each in words[max(0, place - 2) : place])
            found.append(Count(number, text[counted[0].start : counted[-1].end], whole))
    return found


def _is_date(words: tuple[Token, ...], place: int) -> bool:
    """Whether a number is a year, or the day before a month."""
    following = words[place + 1].word if place + 1 < len(words) else ""
    return bool(_YEAR.fullmatch(words[place].word)) or following in places().months


def same_count(asked: str, text: str, gathering: Gathering, lexicon: Lexicon, least: int = 1) -> bool | None:
    """Whether a text counts what a question counts (to `least` or more) to the same number; None where it does not."""
    verdicts = []
    for count in counted_windows(asked):
        if count.number < least:
            continue
        given = [
            other
            for other in counted_windows(text)
            if (other.number > 1 or count.number == 1) and _counts_alike(count.window, other.window, gathering, lexicon)
        ]
        if given:
            some_only = any(other.number < count.number and other.window.startswith(_OF) for other in given)
            verdicts.append(any(other.number == count.number for other in given) and not (count.whole and some_only))
    return all(verdicts) if verdicts else None


def _counts_alike(asked: str, window: str, gathering: Gathering, lexicon: Lexicon) -> bool:
    """Whether a text counts what a question counts; what is no term of it ("ansøgninger") is known by its stem."""
    named_words = [token for token in tokens(asked) if token.word not in frames().carriers][:2]
    words = [token.word for token in named_words]
    terms = [term for term in gathering.terms if set(words) & _words(term)]
    if terms:
        return any(term.match(lexicon.features(window)) >= _SAME_COUNTED for term in terms)
    named = {token.stem for token in named_words[:1]}
    named |= {each for word in words[:1] for each in _translated(word, lexicon)}
    return bool(named & set(stems(window)))


def _translated(word: str, lexicon: Lexicon) -> list[str]:
    return [each for danish in lexicon.danish(word) for each in stems(danish)]
