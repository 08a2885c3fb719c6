"""Numbers behind a sign: lists and ranges of §§ with their letters, stk. and nr.

A number without a sign of its own goes on with a list only when it is larger than the one before, as legal lists are:
"§ 54 og 3 kommuner" is § 54 alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.provision_tokens import Token

JOINERS = frozenset({"comma", "and", "jf", "skip", "pkt"})
# Within one § a sentence ("2. pkt.") is no mere joiner: it narrows the stk. before it.
_WITHIN = JOINERS - {"pkt"}
_ORDINALS = (
    ("første", "1st", "first"),
    ("andet", "2nd", "second"),
    ("tredje", "3rd", "third"),
    ("fjerde", "4th", "fourth"),
)
_COUNTED = re.compile(
    r"(?:borger|person|kommune|familie|unge|barn|børn|sager|gange|citizen|people|child|famil|municipal|case|plans)",
    re.IGNORECASE,
)


class Numeral(NamedTuple):
    """The number of a § or chapter with its letter, ordered as a law is: 17 < 17 a < 18."""

    number: int
    letter: str = ""


@dataclass(slots=True)
class Sub:
    """Some stk., or the nr. and sentences of one stk. (of the § itself when `stks` is empty)."""

    stks: tuple[int, ...] = ()
    nrs: tuple[int, ...] = ()
    pkts: tuple[int, ...] = ()


@dataclass(slots=True)
class Element:
    """A number, or a range of them (`first` < `last`), with what is written behind it."""

    first: Numeral
    last: Numeral
    subs: list[Sub] = field(default_factory=list)


class Reader:
    """A position in the pieces of one text."""

    def __init__(self, pieces: list[Token]) -> None:
        self.pieces = pieces
        self.at = 0

    def kind(self, ahead: int = 0) -> str:
        """The kind of the piece `ahead` places on; "" past the end."""
        place = self.at + ahead
        return self.pieces[place].kind if place < len(self.pieces) else ""

    def piece(self, ahead: int = 0) -> Token:
        """The piece `ahead` places on; there must be one."""
        return self.pieces[self.at + ahead]

    def past(self, kinds: frozenset[str], ahead: int = 0) -> int:
        """How far on the first piece stands that is of none of `kinds`."""
        while self.kind(ahead) in kinds:
            ahead += 1
        return ahead

    @property
    def end(self) -> int:
        """Where the piece before this place ends in the text."""
        return self.pieces[self.at - 1].end


def is_plural(sign: str) -> bool:
    return sign.count("§") > 1 or sign.lower().endswith(("er", "ers", "erne", "ernes", "sections"))


def _numeral(piece: Token) -> Numeral:
    match = re.match(r"(\d+)\s?(?:([^\W\d_])(?![^\W_]))?", piece.value)
    return Numeral(int(match[1]), (match[2] or "").lower()) if match else Numeral(0)


def read_elements(reader: Reader, kind: str, plural: bool, english: bool) -> list[Element]:
    """Numbers and ranges with their stk. and nr., as far as the list goes on."""
    elements: list[Element] = []
    while reader.kind() in {"num", "compound", "dotted"}:
        element = _element(reader)
        elements.append(element)
        if kind == "§":
            element.subs += subs_behind(reader, plural, element.last, english)
        ahead = reader.past(JOINERS)
        if not ahead or not _goes_on(reader, ahead, element.last):
            break
        reader.at += ahead
    return elements


def _element(reader: Reader) -> Element:
    """The number or range that stands here."""
    piece = reader.piece()
    reader.at += 1
    first = last = _numeral(piece)
    subs = []
    if piece.kind == "dotted":
        subs = [Sub(nrs=(int(piece.value.split(".")[1]),))]
    elif piece.kind == "num" and reader.kind() in {"dash", "to"}:
        if reader.kind(1) in {"num", "compound"} and _numeral(reader.piece(1)) > first and not is_count(reader, 1):
            last = _numeral(reader.piece(1))
            reader.at += 2
        elif reader.kind(1) == "letter" and first.letter and reader.piece(1).value.lower() > first.letter:
            last = Numeral(first.number, reader.piece(1).value.lower())
            reader.at += 2
    return Element(first, last, subs)


def _goes_on(reader: Reader, ahead: int, before: Numeral) -> bool:
    """Whether the bare number (or letter) `ahead` belongs to the list whose last number is `before`."""
    if reader.kind(ahead) == "letter" and before.letter and reader.piece(ahead).value.lower() > before.letter:
        letter = reader.piece(ahead)
        reader.pieces[reader.at + ahead] = letter._replace(kind="num", value=f"{before.number}{letter.value}")
        return True
    if reader.kind(ahead) not in {"num", "dotted", "compound"} or is_count(reader, ahead):
        return False
    return _numeral(reader.piece(ahead)) > before


def is_count(reader: Reader, ahead: int) -> bool:
    """Whether the number counts things ("og 70 borgere") and is no provision's."""
    return reader.kind(ahead + 1) == "word" and bool(_COUNTED.match(reader.piece(ahead + 1).value))


def subs_behind(reader: Reader, plural: bool, above: Numeral | None, english: bool) -> list[Sub]:
    """The stk. and nr. behind a §: "stk. 1 og stk. 3-6 og 8", "stk. 1, nr. 1-4, og stk. 2", "(2)", "2. stk."."""
    subs: list[Sub] = []
    while True:
        ahead = reader.past(_WITHIN) if subs or above else 0
        kind = reader.kind(ahead)
        if kind == "sign" and english and reader.piece(ahead).value.lower() == "paragraph":
            kind = "stk"
        if kind in {"stk", "nr"} and reader.kind(ahead + 1) == "num":
            reader.at += ahead + 1
            numbers = _small_numbers(reader, plural and kind == "stk", above)
            _add(subs, kind, numbers)
        elif kind in {"ostk", "pnum"} and (kind == "ostk" or above):
            reader.at += ahead
            _add(subs, "stk", _bracketed(reader))
        elif kind == "pkt" and (subs or above):
            reader.at += ahead
            _add(subs, "pkt", read_pkts(reader))
        else:
            return subs


def _bracketed(reader: Reader) -> list[int]:
    """ "(2)", "(2)-(5)", "2. stk."."""
    first = last = int(re.sub(r"\D", "", reader.piece().value))
    if reader.kind(1) in {"dash", "to"} and reader.kind(2) == "pnum":
        last = int(re.sub(r"\D", "", reader.piece(2).value))
        reader.at += 2
    reader.at += 1
    return list(range(first, last + 1)) if last > first else [first]


def _add(subs: list[Sub], kind: str, numbers: list[int]) -> None:
    """Put stk. behind one another, and nr. or sentences under the stk. that stands last."""
    if kind == "stk":
        subs.append(Sub(stks=tuple(numbers)))
        return
    if not subs:
        subs.append(Sub())
    last = subs[-1]
    if len(last.stks) > 1:  # "stk. 1 og 2, nr. 3": the nr. is the last stk.'s
        subs[-1] = Sub(stks=last.stks[:-1])
        last = Sub(stks=last.stks[-1:])
        subs.append(last)
    if kind == "pkt":
        last.pkts += tuple(numbers)
    else:
        last.nrs += tuple(numbers)


def read_pkts(reader: Reader) -> list[int]:
    """The sentences of "1. og 2. pkt.", "1.-3. pkt.", "second sentence"; the reader is moved past them."""
    value = reader.piece().value.lower()
    reader.at += 1
    numbers = [int(number) for number in re.findall(r"\d+", value)]
    if len(numbers) == 2 and re.search(r"\d\.?\s*[-–]", value):
        return list(range(numbers[0], numbers[1] + 1))
    words = value.split()
    named = [place for place, forms in enumerate(_ORDINALS, 1) if words[0] in forms]
    return named or numbers


def _small_numbers(reader: Reader, plural: bool, above: Numeral | None) -> list[int]:
    """The numbers of one "stk." or "nr.", ranges expanded; ends where a number is a paragraph's again."""
    numbers: list[int] = []
    while reader.kind() == "num":
        first = last = _numeral(reader.piece()).number
        reader.at += 1
        if reader.kind() in {"dash", "to"} and reader.kind(1) == "num" and _numeral(reader.piece(1)).number > first:
            last = _numeral(reader.piece(1)).number
            reader.at += 2
        numbers += range(first, last + 1)
        ahead = reader.past(_WITHIN)
        if not ahead or reader.kind(ahead) != "num" or is_count(reader, ahead):
            break
        number = _numeral(reader.piece(ahead))
        if number.letter or number.number <= last or (plural and above and number > above):
            break
        reader.at += ahead
    return numbers
