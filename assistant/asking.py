"""Asking: which sentence of a text asks, which clause of it, and how that clause is built.

"mand 51, ondt i ryggen. Jeg vil gerne vide, om vi skal registrere ..." asks with "vi skal registrere ...", and so do
"Vi skal registrere, ikke?" and "Lederen mener, at vi skal registrere. Har han ret?". All the rest sets the scene.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.frames import built, fold_text, frames
from assistant.kinds import is_finite
from assistant.sentences import sentences
from assistant.words import tokens

# A second question that goes on with the first ("Er vi fritaget for § 54? Og § 70?") is one with it up to so many
# words.
_GOES_ON = re.compile(r"(og|eller|samt|and|or)\b", re.IGNORECASE)
_FEW = 5


class Parted(NamedTuple):
    """The sentence that asks, and the rest, which only sets the scene."""

    main: str
    rest: str


class Clause(NamedTuple):
    """The clause that asks, folded: from its verb or question word on, without courtesy and tag.

    `polar` where it wants a yes or a no, `stated` where it is put as a statement ("Vi skal ..., ikke?", "om vi skal"),
    `judged` where it asks if a claim is right, and `denied` where it asks if it is wrong.
    """

    text: str
    polar: bool
    stated: bool
    judged: bool
    denied: bool


def parted(text: str) -> Parted:
    """The sentence that asks most, and the rest. A bare "Passer det?" leaves all as one."""
    pieces = _pieces(text)
    asking = [piece for piece in pieces if "?" in piece] or [each for each in pieces if _opens(each)] or pieces[-1:]
    if not asking:
        return Parted("", "")
    main = max(asking, key=lambda piece: len(_telling(piece)))
    if len(pieces) > 1 and (not _telling(main) or built("judged", fold_text(main))):
        return Parted(text, "")
    return Parted(main, " ".join(piece for piece in pieces if piece is not main))


def clause_of(main: str) -> Clause:
    """The clause with which a sentence (or a claim and a bare "Passer det?") asks."""
    pieces = [fold_text(piece) for piece in _pieces(main)]
    asking = [piece for piece in pieces if "?" in piece]
    if len(pieces) > 1 and asking and built("judged", asking[-1]):
        wrong = re.search(r"\b(forkert|wrong)\b", asking[-1])
        return _read(" ".join(pieces), True, bool(wrong))
    last = asking[-1] if len(pieces) > 1 and asking and _opens(asking[-1]) else " ".join(pieces)
    return _read(last, False, False)


def _read(folded: str, judged: bool, denied: bool) -> Clause:
    """The clause without its lead-in ("Jeg vil gerne vide, om") and its tag ("ikke?"); each makes it a statement."""
    led = built("led", folded)
    stated = judged or bool(led)
    folded = folded[led.end() :] if led else folded
    wrong = built("wrong", folded)
    claimed = wrong or built("asserted", folded)
    if claimed:
        folded, stated, judged, denied = folded[claimed.end() :], True, True, denied or bool(wrong)
    tagged = built("tag", folded)
    if tagged:
        folded, stated = folded[: tagged.start()] + folded[tagged.end() :], True
    folded = _without_courtesy(folded)
    opener = built("fronted", folded) or built("opener", folded)
    folded = folded[opener.start("asks") :] if opener and not stated else folded
    either = built("alternative", folded)
    folded = folded[: either.start()] if either else folded
    polar = stated or bool(built("verb_first", folded)) or _opens_with_verb(folded)
    return Clause(folded, polar, stated, judged, denied)


def _opens_with_verb(folded: str) -> bool:
    """Whether a question opens with a finite Danish verb ("Består teamet af fem?")."""
    opening = tokens(folded)[:1]
    if "?" not in folded or not opening or opening[0].word in frames().conjunctions:
        return False
    return is_finite(opening[0].word) and not built("wh", folded)


def _without_courtesy(folded: str) -> str:
    """The question without what only asks for an answer: "Kan du fortælle mig, om vi må ..." asks what we may do."""
    match = built("courtesy", folded)
    return folded[: match.start()] + folded[match.end() :] if match else folded


def _opens(piece: str) -> bool:
    """Whether a piece is a question by its first words, without its mark."""
    folded = fold_text(piece)
    return bool(built("opener", folded) or built("led", folded))


def _telling(piece: str) -> list[str]:
    return [word.word for word in tokens(piece) if word.word not in frames().carriers]


def _pieces(text: str) -> list[str]:
    """The sentences, a short second question that goes on with the first as one with it."""
    pieces: list[str] = []
    for span in sentences(text, everyday=True):
        piece = text[span.start : span.end]
        short = len(piece.split()) <= _FEW and _GOES_ON.match(piece)
        if pieces and short and "?" in piece and pieces[-1].endswith("?"):
            pieces[-1] = f"{pieces[-1]} {piece}"
        else:
            pieces.append(piece)
    return pieces
