"""Claims for the guard: the written ones of tests/guard, and alterations of the true ones made by rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.language import detect

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "guard"
TRUE = "true"
# Written before the guard had seen them, and looked at only in sums.
HELD_OUT = frozenset({"claims-5.txt"})


class Claim(NamedTuple):
    """A claim, the texts it is said to rest on, what kind it is ("true" or the kind of falsehood), who made it."""

    claim: str
    sources: tuple[str, ...]
    kind: str
    made: str
    held_out: bool

    @property
    def english(self) -> bool:
        """Whether the claim is in English."""
        return detect(self.claim) == "en"


def written(folder: Path = FOLDER) -> list[Claim]:
    """The written claims; those of the last file written blind are held out."""
    found: list[Claim] = []
    sources: list[str] = []
    fresh = True
    for file in sorted(folder.glob("claims-*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            mark, text = line[:2], line[2:]
            if mark == "> ":
                sources = [text] if fresh else [*sources, text]
                fresh = False
            elif mark in ("+ ", "- "):
                fresh = True
                kind, said = (TRUE, text) if mark == "+ " else text.split(": ", 1)
                found.append(Claim(said, tuple(sources), kind, "written", file.name in HELD_OUT))
    return found


# Kind -> what is altered and what it becomes; the first rule that fits is used.
_SWAPS: dict[str, tuple[tuple[str, str], ...]] = {
    "negation": (
        (r"\bikke (længere )?", ""),
        (r"\b(not|no longer) ", ""),
        (r"\b(skal|kan|må|vil|er|har|bliver|blev|fik)\b", r"\1 ikke"),
        (r"\b(must|may|can|will|is|are|was|were|has|have)\b", r"\1 not"),
    ),
    "modality": (
        (r"\bskal\b(?! ikke)", "kan"),
        (r"\bkan\b", "skal"),
        (r"\bmå\b", "skal"),
        (r"\bmust\b(?! not)", "may"),
        (r"\bmay\b(?! not)", "must"),
        (r"\bcan\b", "must"),
        (r"\b(forventes|ventes)\b", "er"),
        (r"\bis expected to\b", "must"),
        (r"\bforudsættes\b", "anbefales"),
    ),
    "quantifier": (
        (r"\b[Aa]lle\b", "nogle af"),
        (r"\bmindst\b", "højst"),
        (r"\bsenest\b", "tidligst"),
        (r"\bover(?= \d)", "under"),
        (r"\bkun\b", "også"),
        (r"\bonly\b", "also"),
        (r"\bat least\b", "at most"),
        (r"\bno later than\b", "no earlier than"),
        (r"\bAll\b", "Some of"),
        (r"\bdelvist\b", "fuldt ud"),
        (r"\bnogle\b", "alle"),
        (r"\bMore than\b", "Fewer than"),
    ),
    "scope": (
        (r"\bbarnet\b", "den voksne"),
        (r"\bvoksne\b", "unge"),
        (r"\bunge\b", "voksne"),
        (r"\bborgerens\b", "kommunens"),
        (r"\bmålgruppen\b", "hver enkelt borger"),
        (r"\bforberedende del\b", "indsatsdel"),
        (r"\bpreparatory part\b", "effort part"),
        (r"\bfamilier\b", "medarbejdere"),
        (r"\bborgerne\b", "medarbejderne"),
        (r"\b[Kk]ommunerne\b", "borgerne"),
        (r"\badults?\b", "children"),
        (r"\bcitizens\b", "employees"),
        (r"\b[Mm]unicipalities\b", "citizens"),
    ),
    "name": (
        (r"\b(Allerød|Ballerup|Fredensborg|Hillerød|Helsingør|Gribskov|Furesø)\b", "Rudersdal"),
        (r"\bVIVE\b", "KORA"),
        (r"\bSTAR\b", "KL"),
        (r"\bIndenrigsministeriet", "Sundhedsministeriet"),
        (r"\bKøbenhavn\b", "Aalborg"),
        (r"\bBeskæftigelsesministeren\b", "Socialministeren"),
    ),
}


def altered(true: Sequence[Claim]) -> Iterator[Claim]:
    """Each true claim altered in every way that fits it."""
    for number, claim in enumerate(true):
        for kind, said in alterations(claim.claim):
            yield claim._replace(claim=said, kind=kind, made="altered")
        other = _other(true, number)
        yield claim._replace(sources=other.sources, kind="source", made="altered")
        said = _merged(claim.claim, other.claim)
        if said:
            yield claim._replace(claim=said, sources=(*claim.sources, *other.sources), kind="merged", made="altered")


def alterations(said: str) -> Iterator[tuple[str, str]]:
    """A true sentence made false in one thing, once for each kind of falsehood that fits it."""
    for kind, swaps in _SWAPS.items():
        if other := _swapped(said, swaps):
            yield kind, other
    for kind, change in _CHANGES.items():
        if (other := change(said)) and other != said:
            yield kind, other


def _swapped(claim: str, swaps: tuple[tuple[str, str], ...]) -> str:
    for pattern, becomes in swaps:
        said, count = re.subn(pattern, becomes, claim, count=1)
        if count:
            return said
    return ""


def _other(true: Sequence[Claim], number: int) -> Claim:
    """A claim about another passage of the same half and language."""
    here = true[number]
    for step in range(7, len(true)):
        there = true[(number + step) % len(true)]
        if (there.held_out, there.english) == (here.held_out, here.english) and there.sources != here.sources:
            return there
    return here


def _number(claim: str) -> str:
    bare = re.search(
        r"(?<![\d§.])(?<!§ )(?<!stk\. )(?<!nr\. )\b(\d{1,3})\b(?!\.? ?[a-z]+ ?20|\. \w+ 20|\.\d| b\b| a\b|-)", claim
    )
    if not bare or claim[bare.start() - 1] == "(" or re.search(r"(§|section|stk)\D{0,8}$", claim[: bare.start()]):
        return ""
    return claim[: bare.start()] + str(int(bare[1]) + 3) + claim[bare.end() :]


def _date(claim: str) -> str:
    return re.sub(r"\b(20[12])(\d)\b", lambda m: f"{m[1]}{(int(m[2]) + 3) % 10}", claim, count=1)


def _provision(claim: str) -> str:
    return re.sub(r"(§§? ?|sections? )(\d+)", lambda m: f"{m[1]}{int(m[2]) + 60}", claim, count=1)


def _uncondition(claim: str) -> str:
    """The claim without its condition at the end."""
    found = _CONDITION.search(claim)
    return claim[: found.start()] + "." if found and found.start() > 20 else ""


_CHANGES: dict[str, Callable[[str], str]] = {
    "number": _number,
    "date": _date,
    "provision": _provision,
    "condition": _uncondition,
}
_CONDITION = re.compile(
    r",? (hvis|såfremt|så længe|i det omfang|når det er|men kun hvor|kun, når|if the|to the extent|only where)"
    r" .*$"
)
_VERB = re.compile(r" (skal|kan|må|vil|er|har|bliver|must|may|can|will|is|are|has|have) ")


def _merged(one: str, other: str) -> str:
    """The subject of one claim with the predicate of another."""
    first, second = _VERB.search(one), _VERB.search(other)
    if not first or not second or first.start() > 70 or first[1] != second[1]:
        return ""
    subject, replaced = (claim[: verb.start()].lower() for claim, verb in ((one, first), (other, second)))
    # What two claims say of one and the same subject may be true of it in both.
    if subject[:6] == replaced[:6] or re.match(
        r"(der|det|it|there|this|når|hvis|if|when|for|inden|efter|i|in|på|under)\b", subject
    ):
        return ""
    return one[: first.start()] + other[second.start() :]
