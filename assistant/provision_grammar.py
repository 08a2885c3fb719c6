"""How the pieces of a reference stand together: chains of groups ("§§ 17-20 b, og 73 a, stk. 2-5, i lov om ...").

A chain is a coordinated list that shares one law; a group is one sign with its numbers; an element is one number or
range with the stk. and nr. written behind it. A number without a sign of its own goes on with the list only when it
is larger than the one before, as legal lists are: "§ 54 og 3 kommuner" is § 54 alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.provision_tokens import Token, tokens

_JOINERS = frozenset({"comma", "and", "jf", "skip"})
_LEADING = frozenset({"comma", "open", "fx", "jf", "in", "the"})
_COUNTED = re.compile(
    r"(?:borger|person|kommune|familie|unge|barn|børn|sager|gange|citizen|people|child|famil|municipal|case|plans)",
    re.IGNORECASE,
)
_MAX_ASIDE = 12


class Numeral(NamedTuple):
    """The number of a § or chapter with its letter, ordered as a law is: 17 < 17 a < 18."""

    number: int
    letter: str = ""


@dataclass(slots=True)
class Sub:
    """Some stk., or the nr. of one stk. (of the § itself when `stks` is empty)."""

    stks: tuple[int, ...] = ()
    nrs: tuple[int, ...] = ()


@dataclass(slots=True)
class Element:
    """A number, or a range of them (`first` < `last`), with what is written behind it."""

    first: Numeral
    last: Numeral
    subs: list[Sub] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """One sign ("§", "kap", or "stk" standing alone) with its elements; start and end in the text."""

    kind: str
    elements: list[Element]
    start: int
    end: int
    law: str = ""


class _Reader:
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


def chains(text: str) -> list[list[Group]]:
    """Every chain of `text` in order, its groups with their law ("" when none is named)."""
    reader = _Reader(tokens(text))
    found = []
    while reader.kind():
        chain = _chain(reader)
        if chain:
            found.append(chain)
        else:
            reader.at += 1
    return found


def _chain(reader: _Reader) -> list[Group]:
    """The chain that begins here, with the reader moved past it; [] and the reader unmoved when none does."""
    begin = reader.at
    law = _law_before(reader)
    groups = _groups(reader, bare=law is not None)
    if not groups:
        reader.at = begin
        return []
    if law is not None:
        groups[0].start = law.start
    after = _law_after(reader)
    for group in groups:
        group.law = group.law or (law.value if law else after.value if after else "")
    if after:
        groups[-1].end, groups[-1].law = after.end, after.value
    return groups


def _law_before(reader: _Reader) -> Token | None:
    """The law that stands before a sign ("SEL § 54", "lov om sygedagpenge (§ 13 b") or a number ("BAB 52")."""
    if reader.kind() != "law":
        return None
    law = reader.piece()
    if reader.kind(1) in {"num", "compound", "dotted"} and not _is_count(reader, 1):
        reader.at += 1
        return law
    ahead = reader.past(_LEADING, 1)
    if reader.kind(ahead) not in {"sign", "kap"}:
        return None
    reader.at += ahead
    return law


def _law_after(reader: _Reader) -> Token | None:
    """The law that stands behind a chain ("..., i lov om sygedagpenge", "§ 30 a LAB"); the reader is moved past it."""
    ahead = reader.past(frozenset({"skip", "comma"}))
    ahead = _past_aside(reader, ahead)
    ahead = reader.past(frozenset({"comma"}), ahead)
    linked = reader.kind(ahead) == "in"
    ahead = reader.past(frozenset({"in", "the"}), ahead)
    if reader.kind(ahead) == "open":
        ahead += 1
    if reader.kind(ahead) != "law":
        return None
    law = reader.piece(ahead)
    if not linked and reader.kind(reader.past(_LEADING - {"comma"}, ahead + 1)) in {
        "sign",
        "kap",
        "num",
    }:
        return None
    reader.at += ahead + 1
    return law


def _past_aside(reader: _Reader, ahead: int) -> int:
    """Past "(barnets plan)" or "om kontaktforløb" when a law follows by "i" or "efter"; else where it was."""
    if reader.kind(ahead) == "open":
        for step in range(ahead + 1, ahead + _MAX_ASIDE):
            if reader.kind(step) == "close":
                return step + 1
            if reader.kind(step) in {"", "break", "stop", "sign", "law"}:
                return ahead
    if reader.kind(ahead) == "close":
        return ahead + 1
    if reader.kind(ahead) == "om":
        step = reader.past(frozenset({"word", "the"}), ahead + 1)
        if step <= ahead + 5 and reader.kind(step) == "in":
            return step
    return ahead


def _groups(reader: _Reader, bare: bool) -> list[Group]:
    """The groups from here on, joined by commas, "og" and "jf."; `bare` when a law before makes a number enough."""
    first = _group(reader, bare)
    if first is None:
        return []
    groups = [first]
    while True:
        ahead = reader.past(_JOINERS)
        if ahead == 0:
            break
        ahead = reader.past(frozenset({"in"}), ahead)
        if reader.kind(ahead) not in {"sign", "kap"}:
            break
        held = reader.at
        reader.at += ahead
        group = _group(reader, bare=False)
        if group is None:
            reader.at = held
            break
        groups.append(group)
    return groups


def _group(reader: _Reader, bare: bool) -> Group | None:
    """One sign and its numbers, a bare "140-planen", a bare number behind a law, or stk. before its §."""
    if not reader.kind():
        return None
    sign, start = reader.piece(), reader.piece().start
    if reader.kind() == "stk":
        return _stk_first(reader)
    if reader.kind() in {"sign", "kap"}:
        reader.at += 1
        kind = "kap" if sign.kind == "kap" else "§"
        elements = _elements(
            reader,
            kind,
            plural=_is_plural(sign.value),
            english="section" in sign.value.lower(),
        )
        if elements:
            return Group(kind, elements, start, reader.end)
        reader.at -= 1
    elif reader.kind() == "compound" or (bare and reader.kind() in {"num", "dotted"}):
        elements = _elements(reader, "§", plural=False, english=False)
        return Group("§", elements, start, reader.end)
    return None


def _stk_first(reader: _Reader) -> Group | None:
    """ "stk. 2 i § 140", "subsection 2 of section 140", or stk. alone."""
    start = reader.piece().start
    subs = _subs(reader, plural=False, above=None, english=False)
    if not subs:
        return None
    held = reader.at
    ahead = reader.past(frozenset({"in", "the"}))
    if ahead and reader.kind(ahead) in {"law", "sign"}:
        reader.at += ahead
        law = _law_before(reader)
        group = _group(reader, bare=law is not None) if reader.kind() != "stk" else None
        if group and group.kind == "§" and not group.elements[0].subs:
            group.elements[0].subs = subs
            group.start, group.law = start, law.value if law else ""
            return group
        reader.at = held
    return Group("stk", [Element(Numeral(0), Numeral(0), subs)], start, reader.end)


def _is_plural(sign: str) -> bool:
    return sign.count("§") > 1 or sign.lower().endswith(("er", "ers", "erne", "ernes", "sections"))


def _numeral(piece: Token) -> Numeral:
    match = re.match(r"(\d+)\s?(?:([^\W\d_])(?![^\W_]))?", piece.value)
    return Numeral(int(match[1]), (match[2] or "").lower()) if match else Numeral(0)


def _elements(reader: _Reader, kind: str, plural: bool, english: bool) -> list[Element]:
    """Numbers and ranges with their stk. and nr., as far as the list goes on."""
    elements: list[Element] = []
    while reader.kind() in {"num", "compound", "dotted"}:
        element = _element(reader)
        elements.append(element)
        if kind == "§":
            element.subs += _subs(reader, plural, element.last, english)
        ahead = reader.past(_JOINERS)
        if not ahead or not _goes_on(reader, ahead, element.last):
            break
        reader.at += ahead
    return elements


def _element(reader: _Reader) -> Element:
    """The number or range that stands here."""
    piece = reader.piece()
    reader.at += 1
    first = last = _numeral(piece)
    subs = []
    if piece.kind == "dotted":
        subs = [Sub(nrs=(int(piece.value.split(".")[1]),))]
    elif piece.kind == "num" and reader.kind() in {"dash", "to"}:
        if reader.kind(1) in {"num", "compound"} and _numeral(reader.piece(1)) > first and not _is_count(reader, 1):
            last = _numeral(reader.piece(1))
            reader.at += 2
        elif reader.kind(1) == "letter" and first.letter and reader.piece(1).value.lower() > first.letter:
            last = Numeral(first.number, reader.piece(1).value.lower())
            reader.at += 2
    return Element(first, last, subs)


def _goes_on(reader: _Reader, ahead: int, before: Numeral) -> bool:
    """Whether the bare number (or letter) `ahead` belongs to the list whose last number is `before`."""
    if reader.kind(ahead) == "letter" and before.letter and reader.piece(ahead).value.lower() > before.letter:
        letter = reader.piece(ahead)
        reader.pieces[reader.at + ahead] = letter._replace(kind="num", value=f"{before.number}{letter.value}")
        return True
    if reader.kind(ahead) not in {"num", "dotted", "compound"} or _is_count(reader, ahead):
        return False
    return _numeral(reader.piece(ahead)) > before


def _is_count(reader: _Reader, ahead: int) -> bool:
    """Whether the number counts things ("og 70 borgere") and is no provision's."""
    return reader.kind(ahead + 1) == "word" and bool(_COUNTED.match(reader.piece(ahead + 1).value))


def _subs(reader: _Reader, plural: bool, above: Numeral | None, english: bool) -> list[Sub]:
    """The stk. and nr. behind a §: "stk. 1 og stk. 3-6 og 8", "stk. 1, nr. 1-4, og stk. 2", "(2)", "2. stk."."""
    subs: list[Sub] = []
    while True:
        ahead = reader.past(_JOINERS) if subs or above else 0
        kind = reader.kind(ahead)
        if kind == "sign" and english and reader.piece(ahead).value.lower() == "paragraph":
            kind = "stk"
        if kind in {"stk", "nr"} and reader.kind(ahead + 1) == "num":
            reader.at += ahead + 1
            numbers = _small_numbers(reader, plural and kind == "stk", above)
            _add(subs, kind, numbers)
        elif kind in {"ostk", "pnum"} and (kind == "ostk" or above):
            number = int(re.sub(r"\D", "", reader.piece(ahead).value))
            reader.at += ahead + 1
            _add(subs, "stk", [number])
        else:
            return subs


def _add(subs: list[Sub], kind: str, numbers: list[int]) -> None:
    """Put stk. behind one another, and nr. under the stk. that stands last."""
    if kind == "stk" or not subs:
        subs.append(Sub(stks=tuple(numbers)) if kind == "stk" else Sub(nrs=tuple(numbers)))
        return
    last = subs[-1]
    if len(last.stks) > 1:  # "stk. 1 og 2, nr. 3": the nr. is the last stk.'s
        subs[-1] = Sub(stks=last.stks[:-1])
        last = Sub(stks=last.stks[-1:])
        subs.append(last)
    last.nrs += tuple(numbers)


def _small_numbers(reader: _Reader, plural: bool, above: Numeral | None) -> list[int]:
    """The numbers of one "stk." or "nr.", ranges expanded; ends where a number is a paragraph's again."""
    numbers: list[int] = []
    while reader.kind() == "num":
        first = last = _numeral(reader.piece()).number
        reader.at += 1
        if reader.kind() in {"dash", "to"} and reader.kind(1) == "num" and _numeral(reader.piece(1)).number > first:
            last = _numeral(reader.piece(1)).number
            reader.at += 2
        numbers += range(first, last + 1)
        ahead = reader.past(_JOINERS)
        if not ahead or reader.kind(ahead) != "num" or _is_count(reader, ahead):
            break
        number = _numeral(reader.piece(ahead))
        if number.letter or number.number <= last or (plural and above and number > above):
            break
        reader.at += ahead
    return numbers
