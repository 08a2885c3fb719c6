"""Words: folding, stems and compounds, so that spelling and inflection do not stand between question and text."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import snowballstemmer
import wordfreq

TABLES = Path(__file__).resolve().parent / "tables"
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
# æøå are typed as digraphs, as the Swedish and German letters, or as bare vowels. Spelling meets the first two in one
# form; folding meets all three, at the price of taking "møde" and "mod" for one word.
_SPELL = (("æ", "ae"), ("ø", "oe"), ("å", "aa"), ("ä", "ae"), ("ö", "oe"), ("é", "e"))
_FOLD = (("ae", "a"), ("oe", "o"), ("aa", "a"))
_DERIVATIONS = ("ering", "ning", "ing")
# English words of questions whose "oe" is no ø.
_NO_DIGRAPHS = frozenset({"does", "goes", "doesn", "israel", "israels"})
# Words of their own that only look like participles of "blande", "klare", "skride", ...
_NO_PARTICIPLES = frozenset("blandt klart skridt stolt lavt sigt vidt tilladt".split())
_INFLECTIONS = ("", "n", "en", "et", "ne", "er", "erne", "ens", "ets", "s")
_LINKS = ("", "s", "e", "es", "er")
_MIN_PART = 4
_MIN_COMPOUND = 8
_COMMON_PART = 3.0
_EVERYDAY = 3.6


class Token(NamedTuple):
    """A word in a text: folded form, spelt form, the stem of the spelt form, and where it stands."""

    word: str
    spelt: str
    stem: str
    start: int
    end: int


def fold(word: str) -> str:
    """`word` in lower case, with every way to type æ, ø and å made one."""
    folded = spell(word)
    if folded in _NO_DIGRAPHS:
        return folded
    for seen, meant in _FOLD:
        folded = folded.replace(seen, meant)
    return folded


def spell(word: str) -> str:
    """`word` in lower case with æ, ø and å as ae, oe and aa."""
    spelt = unicodedata.normalize("NFC", word).lower()
    for seen, meant in _SPELL:
        spelt = spelt.replace(seen, meant)
    return spelt


@lru_cache(maxsize=1)
def _stemmer() -> object:
    return snowballstemmer.stemmer("danish")


@lru_cache(maxsize=1)
def _irregular_table() -> dict[str, dict[str, str]]:
    with (TABLES / "irregular.toml").open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=1)
def irregular_english() -> dict[str, str]:
    """English forms that do not show their base ("drew") to it ("draw")."""
    return {form: base for base, forms in _irregular_table()["english"].items() for form in forms.split()}


@lru_cache(maxsize=1)
def irregular() -> dict[str, str]:
    """Spelt forms that do not show their base ("fraveget") to it ("fravige"), also in other verbs with a prefix."""
    table = _irregular_table()
    found = {spell(form): spell(base) for base, forms in table["nouns"].items() for form in forms.split()}
    prefixes = [spell(prefix) for prefix in table["prefixes"]["words"].split()]
    for base, forms in table["verbs"].items():
        for form in map(spell, forms.split()):
            found |= {prefix + form: prefix + spell(base) for prefix in prefixes}
    found |= {spell(form): spell(base) for base, forms in table["verbs"].items() for form in forms.split()}
    return found | _in_te(found)


def _in_te(known: Mapping[str, str]) -> dict[str, str]:
    """The past tense and participle in -te and -t of the verbs in tables/kinds.toml ("gennemført")."""
    with (TABLES / "kinds.toml").open("rb") as file:
        verbs = [spell(verb) for verb in tomllib.load(file)["verbs"]["da"].split()]
    bending = [
        verb for verb in verbs if verb.endswith("e") and len(verb) > 4 and verb[:-1] + "t" not in _NO_PARTICIPLES
    ]
    pairs = ((verb[:-1] + ending, verb) for verb in bending for ending in ("t", "te", "tes"))
    return {form: verb for form, verb in pairs if form not in known}


@lru_cache(maxsize=200_000)
def stem(spelt: str) -> str:
    """The Danish Snowball stem of a spelt word; digits and very short words stay."""
    if len(spelt) < 4 or not spelt.isalpha():
        return spelt
    spelt = irregular().get(spelt, spelt)
    stemmed = str(_stemmer().stemWord(spelt))  # type: ignore[attr-defined]
    # Snowball keeps what makes a noun of a verb; "registrering" and "registrere" are one matter.
    for ending in _DERIVATIONS:
        if stemmed.endswith(ending) and len(stemmed) - len(ending) >= 4:
            stemmed = stemmed.removesuffix(ending)
            break
    # The neuter t of an adjective ("internt"), where the word without it is a word.
    if len(spelt) > 6 and spelt.endswith("t") and stemmed == spelt and commonness(spelt[:-1]) > 0:
        stemmed = spelt[:-1]
    # Snowball leaves "plans"/"plane" apart; a bare final e or s adds nothing to a stem of this length.
    return stemmed[:-1] if len(stemmed) > 4 and stemmed[-1] in "es" else stemmed


def tokens(text: str) -> tuple[Token, ...]:
    """The words of `text` in order; numbers and their letter ("30a") stay one word."""
    found = []
    for match in _WORD.finditer(text):
        spelt = spell(match.group())
        found.append(Token(fold(spelt), spelt, stem(spelt), match.start(), match.end()))
    return tuple(found)


def marked(text: str, words: Sequence[Token], place: int, marks: str) -> bool:
    """Whether one of `marks` stands between the word at `place` and the one before it."""
    return any(mark in marks for mark in text[words[place - 1].end : words[place].start])


def stems(text: str) -> tuple[str, ...]:
    """The stems of `text` in order."""
    return tuple(token.stem for token in tokens(text))


@lru_cache(maxsize=8)
def _frequencies(language: str) -> dict[str, float]:
    """Zipf frequency by spelt and by folded form, for one language (about 30,000 words)."""
    best: dict[str, float] = {}
    for word, frequency in wordfreq.get_frequency_dict(language, wordlist="small").items():
        zipf = wordfreq.freq_to_zipf(frequency)
        for form in {spell(word), fold(word)}:
            best[form] = max(zipf, best.get(form, 0.0))
    return best


def everyday(language: str) -> Iterator[str]:
    """The 30,000 or so commonest words of a language, the commonest first."""
    return iter(wordfreq.iter_wordlist(language, wordlist="small"))


def commonness(word: str, language: str = "da") -> float:
    """Zipf frequency of a spelt or folded word in everyday language; 0.0 when not among the 30,000 commonest."""
    return _frequencies(language).get(word, 0.0)


@lru_cache(maxsize=50_000)
def everydayness(word: str, language: str = "da") -> float:
    """The commonness of a folded word or of a base form of it, whichever is higher ("drengens" is as common as
    "dreng")."""
    bases = [word.removesuffix(ending) for ending in _INFLECTIONS if word.endswith(ending)]
    return max(commonness(base, language) for base in bases if base == word or len(base) >= _MIN_PART)


# Endings that look like words of their own but only derive one ("afgør-else").
_NOT_A_HEAD = frozenset(
    {"else", "elser", "elsen", "elserne", "ring", "ringen", "ning", "ningen", "ende", "heden", "skab"}
)


# Beginnings that are words of their own but only turn the meaning of what follows ("under-retning", "over-enskomst").
_NO_FIRST_HALF = frozenset(
    {"under", "over", "efter", "frem", "imod", "tilbage", "gennem", "mellem", "igennem", "forud"}
)


@lru_cache(maxsize=100_000)
def parts(spelt: str) -> tuple[str, ...]:
    """Stems of the two halves of a Danish compound ("mentorkontrakt" -> mentor, kontrakt); () when it is none.

    Both halves should be everyday words; a first half that is not one ("sygedagpenge-forløb") is taken when
    no better cut exists, because the head of a compound tells what kind of thing it is. A word that is itself an
    everyday one is left whole.
    """
    if len(spelt) < _MIN_COMPOUND or not spelt.isalpha() or _is_everyday(spelt):
        return ()
    best: tuple[float, float, tuple[str, ...]] = (0.0, 0.0, ())
    for cut in range(_MIN_PART, len(spelt) - _MIN_PART + 1):
        head = spelt[cut:]
        head_zipf = max(commonness(head.removesuffix(ending)) for ending in _INFLECTIONS if head.endswith(ending))
        if head_zipf < _COMMON_PART or head in _NOT_A_HEAD or spelt[:cut] in _NO_FIRST_HALF:
            continue
        for link in _LINKS:
            if not spelt[:cut].endswith(link):
                continue
            first = spelt[:cut].removesuffix(link) if link else spelt[:cut]
            score = _cut_score(first, head, head_zipf)
            if (score, head_zipf) > best[:2]:
                best = (score, head_zipf, (stem(first), stem(head)))
    return best[2]


def _is_everyday(spelt: str) -> bool:
    forms = (spelt.removesuffix(ending) for ending in _INFLECTIONS if spelt.endswith(ending))
    return any(commonness(form) >= _EVERYDAY for form in forms)


def _cut_score(first: str, head: str, head_zipf: float) -> float:
    """How good a cut is: the rarer half counts; an unknown first half only before a long head."""
    first_zipf = commonness(first)
    if len(first) >= _MIN_PART and first_zipf >= _COMMON_PART:
        return min(first_zipf, head_zipf)
    return head_zipf / 10 if len(first) >= 5 and len(head) >= 5 else 0.0
