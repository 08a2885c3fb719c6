"""Other ways to type a question that mean the same: misspelt, without æøå, in capitals, cut up, with a greeting.

The same case id and name always give the same variant. A maker that finds nothing to change leaves the text as it is.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from assistant.frames import frames
from assistant.places import places
from assistant.words import commonness, fold, spell

Maker = Callable[[str, str, random.Random], str]
_WORD = re.compile(r"(?<![\w@./-])[^\W\d_]+(?![\w@/]|[.-]\w)")
_LONG = 6
_WORDS_A_TYPO = 5  # a question shorter than this is left alone
_KNOWN = 3.0  # Zipf frequency from which a half of a compound counts as a word
_DRAWS = 12
NEGATIONS = frozenset(
    "ikke ingen intet aldrig hverken uden undtagen medmindre ikkje inte "
    "not never neither without nothing unless except cannot".split()
)
# The rows of a Danish keyboard.
_ROWS = ("qwertyuiopå", "asdfghjklæø", "zxcvbnm")
_DIGRAPHS = (("æ", "ae"), ("ø", "oe"), ("å", "aa"))
_BARE = (("æ", "a"), ("ø", "o"), ("å", "a"))
# What a compound's first half ends in beside the word itself, and what a noun's last half may.
_LINKS = ("", "s", "e")
_ENDINGS = ("", "n", "en", "et", "ne", "er", "erne", "s")
_GREETING = {"da": "Hej, et hurtigt spørgsmål: ", "en": "Hi, a quick question: "}
_THANKS = {"da": " På forhånd tak.", "en": " Thanks in advance."}


class _Place(NamedTuple):
    start: int
    end: int


def variant(name: str, seed: str, text: str, language: str) -> str | None:
    """The variant of `text`; None where there is nothing to change. `seed` is the case's id."""
    made = VARIANTS[name](text, language, random.Random(f"{seed}:{name}"))
    return made if made != text else None


def misspell(word: str, seed: object) -> str:
    """`word` with one typing error after its first letter that makes no other word; as it is where none is found."""
    rng = random.Random(str(seed))
    drawn = (_any_error(word, rng) for _ in range(_DRAWS))
    return next((typed for typed in drawn if typed != word and not _is_word(typed)), word)


def _typo(
    text: str, _language: str, rng: random.Random, *, wrong: Callable[[str, random.Random], str], frame: bool = False
) -> str:
    """One typing error in one long word of the topic (`frame`: of how the question is put) that makes no other word."""
    if text.isupper() or len(text.split()) < _WORDS_A_TYPO:
        return text
    for _ in range(_DRAWS):
        found = [place for place in _long_words(text) if _puts(_of(text, place)) is frame]
        if not found:
            return text
        start, end = rng.choice(found)
        misspelt = wrong(text[start:end], rng)
        if misspelt != text[start:end] and not _is_word(misspelt):
            return text[:start] + misspelt + text[end:]
    return text


def _long_words(text: str) -> list[_Place]:
    """Long words in small letters that are no names and no negations."""
    found = [_Place(*match.span()) for match in _WORD.finditer(text)]
    return [place for place in found if place.end - place.start >= _LONG and _may_change(_of(text, place))]


def _puts(word: str) -> bool:
    """Whether a word is of how questions are put ("undlade", "stadig") rather than of their topics."""
    folded = fold(word)
    return folded in frames().carriers or any(cue.pattern.search(folded) for cue in frames().acts)


def _of(text: str, place: _Place) -> str:
    return text[place.start : place.end]


def _may_change(word: str) -> bool:
    names = {part for name in places().municipalities for part in name}
    folded = fold(word)
    return word.islower() and folded not in NEGATIONS and folded not in names and folded.removesuffix("s") not in names


def _is_word(word: str) -> bool:
    return any(commonness(spell(word), language) > 0 for language in ("da", "en"))


def _swapped(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _dropped(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def _doubled(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word))
    return word[:at] + word[at] + word[at:]


def _beside(word: str, rng: random.Random) -> str:
    """A letter other than the first replaced by one beside it on the keyboard."""
    at = rng.randrange(1, len(word))
    return word[:at] + rng.choice(_neighbours(word[at]) or [word[at]]) + word[at + 1 :]


def _neighbours(letter: str) -> list[str]:
    row = next((row for row in _ROWS if letter in row), "")
    at = row.find(letter)
    return [row[near] for near in (at - 1, at + 1) if row and 0 <= near < len(row)]


def _any_error(word: str, rng: random.Random) -> str:
    return rng.choice((_swapped, _dropped, _doubled, _beside))(word, rng)


def _spelt(text: str, _language: str, _rng: random.Random, *, pairs: tuple[tuple[str, str], ...]) -> str:
    """æ, ø and å in other letters; a capital's digraph gets one capital, unless all is in capitals."""
    for letter, other in pairs:
        text = text.replace(letter, other).replace(
            letter.upper(), other.upper() if text.isupper() else other.capitalize()
        )
    return text


def _unasked(text: str, _language: str, _rng: random.Random) -> str:
    return text.rstrip().rstrip("?").rstrip()


def _split(text: str, language: str, rng: random.Random) -> str:
    """One Danish compound written as two words, where both halves are words."""
    if language != "da":
        return text
    found = {place: cut for place in _long_words(text) if (cut := _cut(_of(text, place)))}
    if not found:
        return text
    place, cut = rng.choice(sorted(found.items()))
    return f"{text[: place.start + cut]} {text[place.start + cut :]}"


def _cut(word: str) -> int:
    """Where a compound's two halves meet, by the commoner of its rarer halves; 0 for a word that is none."""
    if commonness(spell(word)) >= _KNOWN:
        return 0
    scored = [(min(_common(word[:at], _LINKS), _common(word[at:], _ENDINGS)), at) for at in range(4, len(word) - 3)]
    best = max(scored, default=(0.0, 0))
    return best[1] if best[0] >= _KNOWN else 0


def _common(half: str, endings: tuple[str, ...]) -> float:
    """The Zipf frequency of a half, or of what it is without an ending that leaves four letters."""
    bare = (half.removesuffix(ending) for ending in endings if half.endswith(ending))
    return max((commonness(spell(form)) for form in bare if len(form) >= 4), default=0.0)


def _joined(text: str, _language: str, rng: random.Random) -> str:
    """Two words of the topic that stand side by side, written as one."""
    words = [place for place in (_Place(*match.span()) for match in _WORD.finditer(text)) if _topical(text, place)]
    found = [(left, right) for left, right in pairwise(words) if right.start == left.end + 1]
    if not found:
        return text
    left, right = rng.choice(found)
    return text[: left.end] + text[right.start :]


def _topical(text: str, place: _Place) -> bool:
    word = _of(text, place)
    return len(word) >= 4 and _may_change(word) and not _puts(word)


def _greeted(text: str, language: str, _rng: random.Random) -> str:
    return _GREETING.get(language, _GREETING["da"]) + text


def _thanked(text: str, language: str, _rng: random.Random) -> str:
    ended = text if text.rstrip().endswith(tuple(".?!")) else f"{text.rstrip()}."
    return ended + _THANKS.get(language, _THANKS["da"])


VARIANTS: Mapping[str, Maker] = {
    "typo_swap": partial(_typo, wrong=_swapped),
    "typo_drop": partial(_typo, wrong=_dropped),
    "typo_double": partial(_typo, wrong=_doubled),
    "typo_key": partial(_typo, wrong=_beside),
    "typo_frame": partial(_typo, wrong=_any_error, frame=True),
    "aeoeaa": partial(_spelt, pairs=_DIGRAPHS),
    "aoa": partial(_spelt, pairs=_BARE),
    "capitals": lambda text, _language, _rng: text.upper(),
    "lower": lambda text, _language, _rng: text.lower(),
    "no_question_mark": _unasked,
    "split": _split,
    "joined": _joined,
    "greeting": _greeted,
    "thanks": _thanked,
}
