"""The words and signs that provision references are written with, cut from a text by one table of patterns."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.provision_laws import acronym_at, law_at

_MONTH = (
    r"(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|january|february|march|may"
    r"|june|july|october|jan|feb|mar|apr|jun|jul|aug|sept?|okt|oct|nov|dec)\b"
)
_UNIT = (
    r"(?:%|‰|pct\b|procent|percent|kr\b|kroner|dkk|mio\b|mia\b|million|år\b|års|årig|årene|dag\b|dage|uge|måned"
    r"|timer|minut|month|year|week|days?\b|hour|minute|gang\b|gange\b|km\b|m2\b|kl\b)"
)
_LETTER = r"(?:[a-hj-zæøå]|i(?=\s*(?:[,;:?!)]|\.?\s*$|stk|nr)))"
_HEADS = r"(?:handle)?plan|undersøgelse|støtte|bevilling|samtale|tilbud|forløb|afgørelse|paragraf|sag\b|sager|sagen"

# kind, pattern, example. The first that matches at a place wins; what no row names is a word or a stop.
TABLE: tuple[tuple[str, str, str], ...] = (
    ("break", r"\n[ \t\r]*\n", "two paragraphs"),
    (
        "gap",
        r"(?:[\s*_\u00ad\u200b\ufeff]|&nbsp;|</?[a-z]{1,6}/?>)+",
        "**§** <i>140</i>",
    ),
    ("junk", rf"\d{{1,2}}\.?\s*{_MONTH}(?:\s+\d{{4}})?", "8. juni 2017"),
    ("junk", rf"{_MONTH}\s+\d{{1,2}}(?!\d)(?:,?\s+\d{{4}})?", "June 8, 2017"),
    ("junk", r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?!\d)", "1.7.2017"),
    ("junk", r"\+?\d{2}(?:[\s.]\d{2}){3,4}(?!\d)", "33 92 93 00"),
    (
        "junk",
        r"\d+(?:[.]\d{3})+(?!\d)|\d{4,}(?:[-/]\d+)*|\d+-\d{4,}",
        "443672, 2016-8973, 385.000, 010190-1234",
    ),
    (
        "junk",
        rf"\d+(?:,\d+)?\s*(?:(?:-|–|til|to)\s*\d+)?\s*-?\s*{_UNIT}",
        "16-22 år, 2,5 pct.",
    ),
    (
        "junk",
        r"(?:kl|side|s|tlf|kat|kategori|pr\.?\s*stk|bilag|tabel|figur|fodnote|trin|fase|uge|år|side)\.?\s*\d+",
        "kat. 3",
    ),
    (
        "pkt",
        r"(?:\d{1,2}\.\s*(?:,|og|eller|-|–)?\s*)+(?:pkt\b\.?|punktum\b)",
        "1. og 2. pkt.",
    ),
    (
        "pkt",
        r"(?:første|andet|tredje|fjerde|1st|2nd|3rd|4th|first|second|third|fourth) (?:punktum|sentence)\b",
        "second sentence",
    ),
    (
        "skip",
        r"(?:litra|bogstav|lit\.)\s+[a-zæøå](?:\s*(?:-|–|og)\s*[a-zæøå])?(?![^\W_])",
        "litra a-c",
    ),
    ("ostk", r"\d{1,2}\.\s*(?:stk\b\.?|stykke\b)", "2. stk."),
    (
        "compound",
        rf"\d{{1,3}}(?:\s?{_LETTER})?\s?[-–]\s?(?:{_HEADS})[^\W\d_]*",
        "140-planen",
    ),
    (
        "compound",
        r"(?:[2-9]|\d{2,3})(?:\s?[a-hj-z])?\s(?:handle)?(?:planen|undersøgelsen|plan\b)s?",
        "140 planen",
    ),
    ("dotted", r"\d{1,3}\.\d{1,2}(?![\d.])(?!\s*%)", "§ 2.13"),
    (
        "num",
        rf"\d{{1,3}}(?!\d)(?:\s?(?![sdfkp]\.\s*\d){_LETTER}(?![^\W_]|\.[^\W_]|/[^\W\d_]|['’]))?",
        "30 a",
    ),
    ("pnum", r"\(\s*\d{1,2}\s*\)", "16(2)"),
    (
        "sign",
        r"§\s*§+|paragra(?:f|ff|ph)(?:fer|fers|ferne|fernes|er|erne|s)(?=\W|\d)|sections(?=\W|\d)",
        "§§ 140-141",
    ),
    (
        "sign",
        r"§|(?:paragra(?:f|ff|ph)(?:en|ens)?|pargraf|paragaf|prgf|pgf|section|sect|sec)(?=\W*\d)\.?",
        "paragraf 140",
    ),
    ("sign", r"(?<!et )par\.?(?=\s*\d)", "par. 140"),
    (
        "kap",
        r"(?:kapitel|kapitlet|kapitler|kapitlerne|kap|chapters?|ch)(?=\W*\d)\.?",
        "kap. 12 a",
    ),
    (
        "stk",
        r"(?:stk|stykke|stykkerne|sub-?sections?|subsec|subs)(?=\W*\d)\.?",
        "stk. 2",
    ),
    ("nr", r"(?:nr|nummer|numre|no|number|item)(?=\W*\d)\.?", "nr. 13"),
    ("dash", r"[-–—‑−]", "17-20"),
    ("to", r"(?:til\s+og\s+med|t\.?o\.?m\.?|til|to|through)(?![^\W_])", "140 til 141"),
    (
        "and",
        r"(?:og|samt|eller|and|or|og/eller|hhv\.?|henholdsvis|både|plus)(?![^\W_])|&|/",
        "36 og 38",
    ),
    ("jf", r"(?:jf|jfr|cf)(?![^\W_])\.?", "stk. 2, jf. § 8"),
    (
        "in",
        r"(?:i|efter|af|under|in|of|ifølge|fra|from|by|per|within)(?![^\W_])",
        "§ 140 i serviceloven",
    ),
    (
        "the",
        r"(?:the|den|det|dagældende|gældende|denne|samme|danish|danske)(?![^\W_])",
        "i den dagældende lov om",
    ),
    (
        "fx",
        r"(?:fx|f\.\s?eks\.?|herunder|især|navnlig|særligt|bl\.?\s?a\.|e\.g\.|såsom)(?![^\W_])",
        "SEL, herunder § 54",
    ),
    (
        "om",
        r"(?:om|on|about|vedrørende|vedr\.)(?![^\W_])",
        "§ 16 om kontaktforløb i LAB",
    ),
    ("letter", r"[a-hj-zæøå](?![^\W_])", "30 a og b"),
    ("word", r"[^\W\d_]+(?:['’-][^\W\d_]+)*", "kommunen"),
    ("comma", r",", "§ 16, stk. 1"),
    ("open", r"[(\[:]", "lov om sygedagpenge (§ 13 b)"),
    ("close", r"[)\]]", "(§ 13 b)"),
    ("stop", r"\d+|.", "."),
)
_MASTER = re.compile(
    "|".join(f"(?P<t{number}>{pattern})" for number, (_, pattern, _) in enumerate(TABLE)),
    re.IGNORECASE | re.DOTALL,
)
_WORDY = frozenset(
    {
        "sign",
        "kap",
        "stk",
        "nr",
        "to",
        "and",
        "jf",
        "in",
        "the",
        "fx",
        "om",
        "letter",
        "word",
    }
)
_HINT = re.compile(r"\d")
_SIGN_NEXT = re.compile(r"['’]?s?\s{0,2}§")
_SHOUT = re.compile(r"\b[A-ZÆØÅ]{2,}\b")


class Token(NamedTuple):
    """A piece of a text; `value` is a law's key for the kind "law", else the words themselves."""

    kind: str
    value: str
    start: int
    end: int
    short: bool = False


def tokens(text: str) -> list[Token]:
    """All pieces of `text` in order but gaps; empty when it holds no digit, since no reference is without one."""
    if not _HINT.search(text):
        return []
    found: list[Token] = []
    shouted = len(_SHOUT.findall(text)) > 3 and sum(map(str.isupper, text)) > sum(map(str.islower, text))
    position, word_start = 0, True
    while position < len(text):
        token = _law(text, position, shouted) if word_start and text[position].isalpha() else None
        if token is None:
            match = _MASTER.match(text, position)
            if match is None:
                position += 1
                continue
            kind = TABLE[int((match.lastgroup or "t0")[1:])][0]
            if kind in _WORDY and not word_start and match.group()[0].isalpha():
                kind = "word"
            token = Token(kind, match.group(), match.start(), match.end())
        if token.kind != "gap":
            found.append(token)
        position = token.end
        word_start = not text[position - 1].isalpha()
    return found


def _law(text: str, position: int, shouted: bool) -> Token | None:
    """The law at `position`; an unknown abbreviation counts only right before a sign, in a text that does not shout."""
    law = law_at(text, position)
    if law is None and not shouted:
        law = acronym_at(text, position)
        if law is not None and not _SIGN_NEXT.match(text, law.end):
            return None
    return Token("law", law.key, position, law.end, law.short) if law else None
