"""A question taken apart: what it asks, what it names, and every other word that could tell it from another one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from assistant.approved.closed_classes import CUT, MODAL, NEGATIONS, WE, WH
from assistant.approved.doers import doer_of
from assistant.approved.facts import Facts, facts_in
from assistant.approved.kinds_of_words import is_past, is_shown
from assistant.approved.taking import SpeltText, Taken
from assistant.approved.terms import Setting, Term, terms_of
from assistant.approved.typing_slips import as_meant
from assistant.approved.wording import wording
from assistant.asking import parted
from assistant.lexicon import Lexicon
from assistant.models import Language
from assistant.question import in_full

_OMIT = {"da": "undlade", "en": "skip"}
# "Mere end ét år" is what "mere end et år" is; "én plan" is not what "en plan" is.
_ONE = re.compile(
    r"\b(?:én|ét|Én|Ét|ÉN|ÉT|een|eet|Een|one)\b(?!')"
    r"(?! (?:halv\w* )?(?:år|måned|uge|dag|time|year|month|week|day|hour)\b)"
)
# Signs without a number are words: "hvilke §§ er fraveget?".
_IN_WORDS = {"§§": "paragraffer", "§": "paragraf", "stk": "stykker", "Stk": "stykker"}
_NUMBERLESS = re.compile(r"(§§|§|\b[Ss]tk)\.?(?!\w)(?!\s*\d)(?!\s*\.\s*\d)")
_PASTS = frozenset("blev fik gik kom tog gav traadte skrev sagde fandt holdt stod laa did was were had".split())
_PRESENTS = frozenset("bliver faar gaar kommer tager giver traeder skriver siger finder holder does do".split())
_PERFECT = re.compile(
    r"\b(har|havde|has|have|had) (\w+ ){0,4}?(?!ret\b|lov\b)(\w{3,}(et|rt|lt|nt|gt|st|ed)|been|vaeret)\b"
)
_TURNED = frozenset("maa kan skal er om at may can must do does are is to that".split())
_WAS = re.compile(r"\W*(var|havde|blev|fik|was|were|had|did)\b")
_AUXILIARY = frozenset("er var har havde bliver blev skal kan maa vil faar goer gaar staar ser".split())
_GOT = "modtage"
_GETS = re.compile(r"(faa|faar|fik|faaet)\b")


class Reading(NamedTuple):
    """One turn of a question, taken apart.

    `ask` is what it asks ("may", "must", "whether" or a question word), `modals` the further verbs of that kind, `more`
    the further question words, `past` whether it asks of the past. `agent` is "we", "other" (someone named does it),
    "body" (a municipality, ours or another), "has" (someone named is to have it) or "" (it is not said who); `doer` who
    is named, `denied` how often it denies. `words` are all words in order, those that say nothing among them, in pieces
    that a mark parts.
    """

    ask: str
    modals: tuple[str, ...]
    more: tuple[str, ...]
    past: bool
    agent: str
    doer: str
    tense: str
    denied: int
    facts: Facts
    terms: tuple[Term, ...]
    words: tuple[tuple[str, ...], ...]


def read(text: str, language: Language, lexicon: Lexicon, words: frozenset[str]) -> Reading:
    """`text` taken apart. `words` are the stems that the documents know."""
    text = _NUMBERLESS.sub(lambda match: _IN_WORDS[match.group(1)], text)
    full = in_full(as_meant(_lower_capitals(text), language, words), language)
    facts, rest = facts_in(full, lexicon.kinds)
    table = wording(language)
    plain = _ONE.sub(lambda match: "#1".ljust(len(match.group())), rest)
    main = _main(plain)
    line = SpeltText(plain, language)
    line.take(table.wrapping)
    spoken = line.spelt
    asked = line.take(table.asks)
    if not any(each.name in WH or each.name in MODAL for each in asked):
        asked = line.take(table.last)  # in a telegram what is asked stands last: "... - krav?"
    said = line.take(table.phrases)

    def in_main(at: int) -> bool:
        return main[0] <= line.origin[at] < main[1]

    ask, modals = _asked(asked, in_main, not asked and _without_verb(spoken, language))
    extra = [(each.start, each.beside) for each in asked if each.beside]
    extra += [(each.start, _OMIT[language]) for each in asked if each.name.endswith("free")]
    extra += [(each.start, each.name) for each in asked if each.name not in WH and each.name not in MODAL]
    extra += [(each.start, each.name) for each in said]
    if ask == "who":  # "Hvem fik afslag?" is not "Hvem gav afslag?"
        extra += [(each.start, _GOT) for each in said if _GETS.match(spoken, each.start)]
    terms = tuple(terms_of(line, extra, ask, table, Setting(language, lexicon, words, main, plain)))
    doer = doer_of(spoken, asked, in_main, language)
    return Reading(
        ask=ask,
        modals=modals,
        more=tuple(sorted(each.name for each in asked if each.name in WH - {ask, "what", "who"})),
        past=ask in ("may", "must", "whether") and _asks_past(asked, spoken[slice(*_within(line, main))]),
        agent=doer.kind,
        doer=doer.word,
        tense=_tense(spoken),
        denied=sum(word in NEGATIONS[language] for word in re.findall(r"\w+", line.spelt)),
        facts=facts,
        terms=terms,
        words=_pieces(spoken, language),
    )


def _lower_capitals(text: str) -> str:
    return text.lower() if text.isupper() else text


def _main(text: str) -> tuple[int, int]:
    """Where the sentence that asks begins and ends."""
    main = parted(text).main
    start = text.find(main) if main else 0
    return (start, start + len(main)) if start >= 0 and main else (0, len(text))


def _asks_past(asked: list[Taken], main: str) -> bool:
    """Whether a yes or no is asked of the past."""
    return any(each.name.startswith("was_") for each in asked) or bool(_WAS.match(main))


def _within(line: SpeltText, main: tuple[int, int]) -> tuple[int, int]:
    """Where a stretch of the text as written stands in the spelt text."""
    inside = [at for at, origin in enumerate(line.origin) if main[0] <= origin < main[1]]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _without_verb(spoken: str, language: Language) -> bool:
    """Whether a Danish text only names a thing ("sagsnummer på tilsagnsbrevet?"), which asks what it is."""
    words = re.findall(r"\w+", spoken)
    return language == "da" and not any(word in _AUXILIARY or is_shown(word) or word in _PASTS for word in words)


def _asked(asked: list[Taken], in_main: Callable[[int], bool], named_only: bool) -> tuple[str, tuple[str, ...]]:
    """What is asked, and the modal verbs beside it."""
    inside = sorted((each for each in asked if in_main(each.start)), key=lambda each: each.start)
    inside = inside or sorted(asked, key=lambda each: each.start)
    opening = next((each for each in inside if each.name in WH or each.name in MODAL), None)
    modals = {MODAL[each.name] for each in asked if each.name in MODAL and each is not opening}
    if opening is None:
        return "what" if named_only else "whether", tuple(sorted(modals))
    return MODAL.get(opening.name, opening.name), tuple(sorted(modals))


def _tense(spoken: str) -> str:
    """ "past" or "present" where all verbs that show their time agree; else ""."""
    found = {
        "past" if word in _PASTS or (word.endswith(("ede", "te")) and is_past(word)) else "present"
        for word in re.findall(r"\w+", spoken)
        if word in _PASTS | _PRESENTS or (word.endswith(("ede", "te", "er")) and is_shown(word))
    }
    found |= {"past"} if _PERFECT.search(spoken) else set()
    return next(iter(found)) if len(found) == 1 else ""


def _pieces(spoken: str, language: Language) -> tuple[tuple[str, ...], ...]:
    """All words in order, parted by marks and by what opens a clause, without those that a question turns round."""
    pieces = CUT.split(spoken)
    turned = _TURNED | WE[language]
    found = (tuple(word for word in re.findall(r"\w+", piece) if word not in turned) for piece in pieces)
    return tuple(piece for piece in found if piece)
