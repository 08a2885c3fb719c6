"""Which language a question is in: word frequencies of some twenty languages, and the script.

Each language scores the sum of its words' frequencies (log10 per billion words, "Zipf", from wordfreq). The first
words count more, since the frame of a question ("May we skip ...") names its language, not the legal terms in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

import wordfreq

from assistant.provision_laws import laws
from assistant.words import fold

# Norwegian and Swedish are answered in Danish: a caseworker who writes "ikkje" or "inte" reads Danish.
SCANDINAVIAN = ("da", "nb", "sv")
NEIGHBOURS = ("de",)
OTHER_LATIN = ("nl", "fr", "es", "pt", "it", "pl", "cs", "fi", "is", "tr", "ro", "hu", "sh", "lt", "id", "vi", "ca")
UNKNOWN = "und"
# Script (first word of a letter's Unicode name) -> language; Latin is told apart by words.
SCRIPTS = {
    "CYRILLIC": "ru",
    "GREEK": "el",
    "ARABIC": "ar",
    "HEBREW": "he",
    "CJK": "zh",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "DEVANAGARI": "hi",
    "THAI": "th",
    "TAMIL": "ta",
    "BENGALI": "bn",
}
# A first word that only one of the two languages begins a question with ("Explain ret og pligt"), folded.
_ENGLISH = "may must can could should what who whom whose when where why which how does do did is are explain describe"
_DANISH = "ma skal kan hvad hvem hvis hvornar hvor hvorfor hvilke hvilken hvilket hvordan er galder forklar beskriv"
OPENERS = dict.fromkeys(_ENGLISH.split(), "en") | dict.fromkeys(_DANISH.split(), "da")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER_LETTER = re.compile(r"\d\s?[^\W\d_](?![^\W_])")
_RAREST = 3.0
_ABSENT = 2.0
_FRAME_WORDS, _FRAME_WEIGHT = 3, 1.6
_SURE_WORD = 4.0
_MARGIN = 0.35
_FEWEST_FOREIGN = 3
_ABBREVIATION = 4
_CUT = 400


def detect(text: str) -> str:
    """The ISO code of the text's language: "da" also for Norwegian, Swedish and what has no words, "und" if unknown."""
    script = _script(text)
    if script != "LATIN":
        return SCRIPTS.get(script, UNKNOWN) if script else "da"
    words = _words(text)
    scandinavian = max(_score(words, code) for code in SCANDINAVIAN)
    english = _score(words, "en")
    near = OPENERS.get(words[0] if words else "") or ("en" if english > scandinavian else "da")
    # German shares its commonest words with both, so it is always asked; the rest only when near words do not carry.
    others = NEIGHBOURS if _is_carried(words, near) else NEIGHBOURS + OTHER_LATIN
    code, other = max(((code, _score(words, code)) for code in others), key=lambda found: found[1])
    sure = len(words) >= _FEWEST_FOREIGN and other > max(scandinavian, english) + _MARGIN * len(words)
    return code if sure else near


def _words(text: str) -> list[str]:
    """The folded words that can tell a language: no laws' abbreviations, and no others unless all is in capitals."""
    shouted = text.isupper()
    kept = (
        word
        for word in _WORD.findall(_NUMBER_LETTER.sub(" ", text))
        if shouted or not (word.isupper() and 1 < len(word) <= _ABBREVIATION)
    )
    return [folded for folded in map(fold, kept) if folded not in _abbreviations()][:_CUT]


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(fold(short) for law in laws() for short in law.get("short", ()))


def _script(text: str) -> str:
    """The script of most letters; "" when there are none."""
    letters = (unicodedata.name(letter, "").split(" ")[0] for letter in text[:2000] if letter.isalpha())
    kana = Counter(letters)
    if kana["HIRAGANA"] + kana["KATAKANA"] > 0 and kana["CJK"]:
        kana["HIRAGANA"] += kana["CJK"]
    return kana.most_common(1)[0][0] if kana else ""


def _score(words: list[str], code: str) -> float:
    """How well `words` fit the language: the sum of their Zipf frequencies, the frame's words weighing more."""
    known = _frequencies(code)
    weights = (_FRAME_WEIGHT if place < _FRAME_WORDS else 1.0 for place in range(len(words)))
    return sum(weight * known.get(word, _ABSENT) for weight, word in zip(weights, words, strict=True))


def _is_carried(words: list[str], near: str) -> bool:
    """Whether most words are everyday words of the language that lies nearest, so that no other need be asked."""
    codes = SCANDINAVIAN if near == "da" else (near,)
    common = sum(any(_frequencies(code).get(word, _ABSENT) >= _SURE_WORD for code in codes) for word in words)
    return common * 4 >= len(words) * 3


@cache
def _frequencies(code: str) -> dict[str, float]:
    """Zipf frequency by folded word, down to one in a million."""
    found: dict[str, float] = {}
    for centibels, words in enumerate(wordfreq.get_frequency_list(code, wordlist="small")):
        zipf = 9 - centibels / 100
        if zipf < _RAREST:
            break
        for word in words:
            found.setdefault(fold(word), zipf)
    return found
