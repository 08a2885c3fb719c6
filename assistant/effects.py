"""What a Danish sentence does with a duty: the table of effects (tables/effects.toml) and its reading."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from assistant.frames import Cue, compile_cues
from assistant.models import Passage, Span, Statement
from assistant.words import TABLES

GIVING = frozenset({"exempt", "permitted"})
WITHHOLDING = frozenset({"not_exempt", "refused", "postponed", "forbidden"})
BINDING = frozenset({"required", "condition"})
NORMS = GIVING | WITHHOLDING | BINDING
# What says nothing by itself and is never evidence: a question, a bare label ("§ 3."), and what stands beside an
# order to machines.
QUESTION, LABEL, ASIDE = "question", "label", "aside"
SILENT = frozenset({QUESTION, LABEL, ASIDE})
EFFECTS = NORMS | SILENT | {"wish", "applied", "local", "announced", "fact"}
# Kinds of documents whose present tense binds ("Kommunen registrerer indsatsen").
IN_FORCE = frozenset({"lov", "bekendtgoerelse", "vedtaegt", "afgoerelse", "orientering"})

# Where a main clause ends and one that hangs under it begins.
_SUBORDINATE = re.compile(
    r"(?<!\bog)(?<=\w),? (?:for )?\b(?:som|der|når|hvis|hvor|at|hvem|idet|fordi|medmindre|inden|efter at)\b"
)


# A clause that hangs under a sentence's first words ("Det gebyr, som regionen kan kræve, vedrører ..."), and one of
# exception behind it: neither says what the sentence does.
_WITHIN = re.compile(r"^(\W*(?:\w+ ){0,3}\w+), (?:som|der|hvis|hvor) [^,.;:]{3,120}, (?=\w)")
_UNLESS = re.compile(r"(?<=\w)(?:,? medmindre|, forudsat)\b.*", re.DOTALL)
# An exemption that is only spoken of ("Før kommunen bruger en fravigelse, ...", "hver brug af fravigelse nr. 5").
_SPOKEN_OF = re.compile(
    r"\b(?:brug(?:en)? af|bruger|anvender|benytter|fravælge|fravalgt|hver|øvrige) "
    r"(?:en |den |de |denne )?(?:fravigelse|fritagelse|undtagelse|dispensation)\w*(?: nr\.? ?\d+)?"
)
# A clause of time or condition that opens a sentence, and the main clause behind it, which begins with its verb.
_OPENING = re.compile(
    r"^\W*(?:før|inden|når|hver gang|hvis|såfremt|selv om|selvom|efter at|mens)\b[^.;:]{3,200}?, "
    r"(?=(?:skal|kan|må|bør|vil|gives|gælder|er|sker|træffes|skrives|laves|foretages|bortfalder|behøver)\b)"
)


class Effects(NamedTuple):
    """The compiled tables: effects in order of precedence, cuts, beginnings of conditions, and norms in force."""

    effects: tuple[Cue, ...]
    cuts: tuple[Cue, ...]
    conditions: tuple[Cue, ...]
    norms: tuple[Cue, ...]
    pointing: tuple[Cue, ...]
    of_the_exemption: tuple[Cue, ...]
    turning: tuple[Cue, ...]
    on_condition: tuple[Cue, ...]
    competence: tuple[Cue, ...]


@lru_cache(maxsize=1)
def read_table() -> dict[str, Any]:
    """tables/effects.toml as it stands."""
    with (TABLES / "effects.toml").open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=1)
def tables() -> Effects:
    """The compiled tables of tables/effects.toml."""
    table = read_table()
    names = (
        "effect",
        "cut",
        "condition",
        "norm",
        "pointing",
        "of_the_exemption",
        "turning",
        "on_condition",
        "competence",
    )
    return Effects(*(compile_cues(table[name]) for name in names))


def told(passage: Passage) -> tuple[Statement, ...]:
    """The statements of a passage that may be quoted as its word: questions, labels and what is set aside are not."""
    return tuple(statement for statement in passage.statements if statement.effect not in SILENT)


def effect_of(text: str, kind: str = "") -> str:
    """The effect of a Danish sentence; "fact" when it neither gives, withholds nor demands anything.

    In a document of a kind in force, what it says in the present tense binds.
    """
    lower = _SPOKEN_OF.sub("", _UNLESS.sub("", _WITHIN.sub(r"\1 ", text.lower())))
    main = _OPENING.sub("", lower)
    own = _first(tables().effects, main)
    if own is None and main != lower:
        own = _first(tables().effects, lower)
    if own is None and kind in IN_FORCE:
        return _first(tables().norms, _SUBORDINATE.split(lower)[0]) or "fact"
    return own or "fact"


def _first(cues: tuple[Cue, ...], lower: str) -> str | None:
    return next((cue.name for cue in cues if cue.pattern.search(lower)), None)


def points_back(text: str) -> bool:
    """Whether a sentence speaks of what the one before it said ("Denne forudsætning bortfalder")."""
    return _first(tables().pointing, text.lower()) is not None


def turned(text: str, before: str) -> str:
    """The effect of a sentence that turns or repeats what `before`, the effect it points back at, did; else ""."""
    way = _first(tables().turning, text.lower())
    if way == "opposite":
        return str(read_table()["opposite"].get(before, ""))
    return before if way == "same" else ""


def sets_conditions(lead: str) -> bool:
    """Whether a lead-in breaks off before the conditions of what it gives ("Kommunen kan fravige kravet, hvis")."""
    return _first(tables().on_condition, lead.lower()) is not None


def gives_competence(headings: str) -> bool:
    """Whether a table under these headings says who may decide what."""
    return _first(tables().competence, headings.lower()) is not None


def speaks_of_an_exemption(text: str) -> bool:
    """Whether a sentence is about an exemption that was given before it ("Fritagelsen gælder ikke, når ...")."""
    return _first(tables().of_the_exemption, text.lower()) is not None


def cut(text: str) -> tuple[Span, ...]:
    """The pieces of a sentence that each say one thing, as ranges of `text`; the whole when there is one."""
    lower = text.lower()
    places = sorted({match.end() for cue in tables().cuts for match in cue.pattern.finditer(lower)})
    edges = [0, *places, len(text)]
    return tuple(Span(start, end) for start, end in pairwise(edges))


def condition_in(text: str) -> str:
    """The words of a sentence that limit it ("i det omfang det er muligt"), or ""."""
    lower = text.lower()
    starts = [match.start() for cue in tables().conditions if (match := cue.pattern.search(lower))]
    if not starts:
        return ""
    clause = re.split(r"(?<=[.;])\s", text[min(starts) :])[0]
    return clause.strip(" .,;")
