"""How the pieces of a reference stand together: chains of groups ("§§ 17-20 b, og 73 a, stk. 2-5, i lov om ...").

A chain is a coordinated list that shares one law; a group is one sign with its numbers; an element is one number or
range with the stk. and nr. written behind it.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.provision_numbers import (
    JOINERS,
    Element,
    Numeral,
    Reader,
    Sub,
    is_count,
    is_plural,
    read_elements,
    read_pkts,
    subs_behind,
)
from assistant.provision_tokens import Token, tokens

_LEADING = frozenset({"comma", "open", "fx", "jf", "in", "the"})
_MAX_ASIDE = 12


@dataclass(slots=True)
class Group:
    """One sign ("§", "kap", or "stk" standing alone) with its elements; start and end in the text."""

    kind: str
    elements: list[Element]
    start: int
    end: int
    law: str = ""


def chains(text: str) -> list[list[Group]]:
    """Every chain of `text` in order, its groups with their law ("" when none is named)."""
    reader = Reader(tokens(text))
    found = []
    while reader.kind():
        chain = _chain(reader)
        if chain:
            found.append(chain)
        else:
            reader.at += 1
    return found


def _chain(reader: Reader) -> list[Group]:
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


def _law_before(reader: Reader) -> Token | None:
    """The law that stands before a sign ("SEL § 54", "lov om sygedagpenge (§ 13 b") or a number ("BAB 52")."""
    if reader.kind() != "law":
        return None
    law = reader.piece()
    if reader.kind(1) in {"num", "compound", "dotted"} and not is_count(reader, 1):
        reader.at += 1
        return law
    ahead = reader.past(_LEADING, _past_alias(reader, 1))
    if reader.kind(ahead) not in {"sign", "kap"}:
        return None
    reader.at += ahead
    return law


def _past_alias(reader: Reader, ahead: int) -> int:
    """Past a law's other name in brackets: "lov om social service (SEL) § 140"."""
    alias = reader.kind(ahead) == "open" and reader.kind(ahead + 1) in {"law", "word"}
    return ahead + 3 if alias and reader.kind(ahead + 2) == "close" else ahead


def _law_after(reader: Reader) -> Token | None:
    """The law that stands behind a chain ("..., i lov om sygedagpenge", "§ 30 a LAB"); the reader is moved past it."""
    ahead = reader.past(frozenset({"skip", "pkt", "comma"}))
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


def _past_aside(reader: Reader, ahead: int) -> int:
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


def _groups(reader: Reader, bare: bool) -> list[Group]:
    """The groups from here on, joined by commas, "og" and "jf."; `bare` when a law before makes a number enough."""
    first = _group(reader, bare)
    if first is None:
        return []
    groups = [first]
    while True:
        ahead = reader.past(JOINERS)
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


def _group(reader: Reader, bare: bool) -> Group | None:
    """One sign and its numbers, a bare "140-planen", a bare number behind a law, or stk. before its §."""
    if not reader.kind():
        return None
    sign, start = reader.piece(), reader.piece().start
    if reader.kind() == "stk":
        return _stk_first(reader)
    if reader.kind() == "pkt":
        return _pkt_first(reader)
    if reader.kind() in {"sign", "kap"}:
        reader.at += 1
        kind = "kap" if sign.kind == "kap" else "§"
        elements = read_elements(
            reader,
            kind,
            plural=is_plural(sign.value),
            english="section" in sign.value.lower(),
        )
        if elements:
            return Group(kind, elements, start, reader.end)
        reader.at -= 1
    elif reader.kind() == "compound" or (bare and reader.kind() in {"num", "dotted"}):
        elements = read_elements(reader, "§", plural=False, english=False)
        return Group("§", elements, start, reader.end)
    return None


def _pkt_first(reader: Reader) -> Group | None:
    """ "1. pkt. i § 6, stk. 4"; nothing, and the reader unmoved, where no reference follows."""
    held, start = reader.at, reader.piece().start
    pkts = tuple(read_pkts(reader))
    reader.at += reader.past(frozenset({"in", "the", "comma"}))
    law = _law_before(reader)
    group = _group(reader, bare=law is not None) if reader.kind() != "pkt" else None
    if group is None or group.kind == "kap":
        reader.at = held
        return None
    element = group.elements[0]
    element.subs = element.subs or [Sub()]
    element.subs[-1].pkts = pkts
    group.start, group.law = start, group.law or (law.value if law else "")
    return group


def _stk_first(reader: Reader) -> Group | None:
    """ "stk. 2 i § 140", "subsection 2 of section 140", or stk. alone."""
    start = reader.piece().start
    subs = subs_behind(reader, plural=False, above=None, english=False)
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
