"""Clauses of a claim or a source: where each begins, what it is to its sentence, and what it does with its matter."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from assistant.guard.knowledge import Found, find, has_finite_verb
from assistant.guard.states import State, is_past, state_of
from assistant.sentences import sentences

_HARD = re.compile(r"[;!?:]|\s[–—-]\s|\n\s*\n|\t")
_SUBORDINATE = frozenset({"condition", "reason", "time", "relative"})
_RELATIVE_DER = re.compile(r"(,\s*|\b(borgere|personer|unge|dem|de|dele|forsøg|familier|voksne|børn|og)\s)$")
_FINITE = re.compile(
    r"\W*((så|ikke|dog|altid|kun|stadig)\W+)?(skal|kan|må|vil|bør|er|var|har|bliver|blev|behøver|fritages|slipper|gælder|\w{3,}(es|er|ede|te))\b"
)
_NO_CONDITION = frozenset("is are was were has have had does do did senest".split())
_EMPTY = re.compile(r"[\W\d]*(og|eller|and|or|og/eller)?[\W\d]*")
_SUBJECT = 3
_VERB_FIRST = re.compile(
    r"\W*(\w+)\s[^.,]{3,120},\s*(så\s+)?(skal|kan|må|er|bliver|behøver|slipper|fritages|får|har|\w{3,}es)\b"
)
_FRONTED = re.compile(
    r"^\W*(bliver|laves|lave|er|har|skal|kan|udarbejdes|gives|indgås|vedtages|får|should|\w{4,}es)\s+"
    r"(der|det|den|dette|kommunen|borgeren|en|et|én|de|this|it|there)\b[^.]{0,120},\s*(så\s+)?(skal|kan|må|er|bliver|behøver|slipper|fritages|\w+es|\w+er)\b"
)


@dataclass(frozen=True)
class Clause:
    """A clause: its role, the characters that are its own, its sentence, its state, and the clause that it hangs on."""

    role: str
    spans: tuple[tuple[int, int], ...]
    sentence: int
    state: State
    parent: int = -1
    operators: tuple[Found, ...] = field(default=())

    def holds(self, place: int) -> bool:
        """Whether a character belongs to the clause."""
        return any(start <= place < end for start, end in self.spans)


class _Piece(NamedTuple):
    role: str
    start: int
    end: int
    after_comma: bool


def clauses(text: str, bare: str) -> tuple[Clause, ...]:
    """The clauses of a text; `bare` is the text with its provisions, dates and numbers masked."""
    lower = bare.lower()
    operators = find("operator", lower)
    found: list[Clause] = []
    for number, span in enumerate(sentences(text)):
        pieces = _pieces(lower, span.start, span.end)
        found += _joined(lower, pieces, number, operators, len(found))
    return tuple(found)


def _pieces(lower: str, start: int, end: int) -> list[_Piece]:
    """The sentence cut at openers, commas and hard marks; each piece with the role that its opener gives it."""
    cuts: dict[int, str] = {start: "condition" if _is_fronted(lower[start:end]) else ""}
    for match in _HARD.finditer(lower, start, end):
        cuts.setdefault(match.end(), "beside")
    for match in re.compile(r",(?=\s)").finditer(lower, start, end):
        cuts.setdefault(match.end(), ",")
    for opener in find("opener", lower[start:end]):
        place = start + opener.start
        if opener.kind == "content" or not _opens(lower, place, start + opener.end, start):
            continue
        for inside in range(place + 1, start + opener.end):
            cuts.pop(inside, None)
        # White space between the comma and the opener belongs to the opener.
        for before in range(place, start - 1, -1):
            if before in cuts and not lower[before:place].strip(" \n"):
                del cuts[before]
                break
        cuts[place] = opener.kind
    places = sorted(cuts)
    return [
        _Piece(cuts[place], place, following, lower[:place].rstrip().endswith(","))
        for place, following in zip(places, [*places[1:], end], strict=True)
        if not _EMPTY.fullmatch(lower[place:following])
    ]


def _is_fronted(sentence: str) -> bool:
    """Whether a sentence begins with a condition that its verb opens: "Har borgeren gæld, kan ..."."""
    if _FRONTED.match(sentence):
        return True
    first = _VERB_FIRST.match(sentence)
    if first is None or first[1] in _NO_CONDITION:
        return False
    return has_finite_verb(first[1]) or first[1].endswith("es")


def _opens(lower: str, place: int, end: int, start: int) -> bool:
    """Whether an opener begins a clause here: "der" only after a comma or a word that it can point back to."""
    word = lower[place:end]
    before = lower[start:place]
    if word == "der":
        return bool(_RELATIVE_DER.search(before))
    if word in ("før", "inden", "before", "after", "until", "indtil", "since", "as"):
        return not before.strip() or before.rstrip().endswith(",")
    if word in ("og", "and"):
        following = " ".join(re.split(r"[,;:.]", lower[end : end + 60])[0].split()[:_SUBJECT])
        return has_finite_verb(_last_piece(before)) and has_finite_verb(following)
    if word in ("da", "også", "dog", "however", "omfattet af", "including"):
        return before.rstrip().endswith(",") and word != "dog"
    if word in ("where", "when", "who", "which", "hvor", "samt", "derfor", "mens", "while"):
        return bool(before.strip()) or word in ("where", "when", "mens", "while")
    return True


def _last_piece(before: str) -> str:
    return re.split(r"[,;:]", before)[-1] if len(re.split(r"[,;:]", before)[-1]) > 12 else before


def _joined(lower: str, pieces: list[_Piece], sentence: int, operators: list[Found], first: int) -> list[Clause]:
    """The pieces as clauses: what follows a subordinate clause takes up the main clause again."""
    found: list[Clause] = []
    main, current = -1, -1
    for piece in pieces:
        role = piece.role
        if role in ("", ",") and found:
            subordinate = found[current].role in _SUBORDINATE
            resumes = subordinate and (main < 0 or _FINITE.match(lower[piece.start : piece.end]))
            target = main if resumes else current
            if target >= 0 and not (resumes and main < 0):
                clause = found[target]
                found[target] = replace(clause, spans=(*clause.spans, (piece.start, piece.end)))
                current = target
                continue
            role = "main"
        role = "main" if role in ("", ",") else role
        found.append(Clause(role, ((piece.start, piece.end),), sentence, State(), first + main if main >= 0 else -1))
        current = len(found) - 1
        if role in ("main", "beside"):
            main = current
    return [_with_state(lower, clause, found, operators, first) for clause in found]


def _with_state(lower: str, clause: Clause, siblings: list[Clause], operators: list[Found], first: int) -> Clause:
    own = [operator for operator in operators if clause.holds(operator.start)]
    parent = siblings[clause.parent - first] if clause.parent >= 0 else None
    text = lower[clause.spans[0][0] : clause.spans[0][1]]
    inherits = clause.role == "except" or (clause.role == "beside" and not own and not has_finite_verb(text))
    inherits = inherits or text.startswith("samt at")
    taken = list(own)
    if inherits and parent is not None:
        handed = [operator for operator in operators if parent.holds(operator.start)]
        if re.match(r"\W*(men|but)\b", text):
            handed = [operator for operator in handed if operator.kind not in ("neg", "notonly")]
        taken = handed + own
    flips = clause.role == "except" or bool(re.match(r"\W*(i stedet for|frem for|instead of|rather than)\b", text))
    state = state_of(lower, taken, flips)
    if clause.role in _SUBORDINATE:
        state = state._replace(colours=state.colours - {"U"})
    if clause.role == "reason" and state.acts == {"M+"}:
        # "så det kan træde i kraft" tells what for, and permits nothing.
        state = state._replace(acts=frozenset({"F+"}))
    whole = " ".join(lower[start:end] for start, end in clause.spans)
    state = state._replace(past=is_past(whole))
    return replace(clause, state=state, operators=tuple(own))
