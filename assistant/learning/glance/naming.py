"""Naming: provisions as a reader wants them, a range as a range and the stk. of one § together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from assistant.models import Provision
from assistant.provision_numbers import Numeral
from assistant.provisions import Mention, Range, label

_PARTIAL = "ÿ"  # the end of a range of whose last § only a part is meant


def named(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """The provisions of some references: "LAB § 16, stk. 1, 3-6 og 8", "LAB §§ 17-20 b"; each once."""
    return tuple(dict.fromkeys(name for mention in mentions for name in _names(mention)))


def _names(mention: Mention) -> Iterator[str]:
    ranges = [each for each in mention.ranges if each.last.letter != _PARTIAL]
    told: set[Range] = set()
    for key, group in groupby(mention.provisions, key=lambda each: (each.law, each.paragraf, each.kapitel)):
        found = list(group)
        around = next((each for each in ranges if each.holds(Provision(key[0], key[1], kapitel=key[2]))), None)
        if around is None or found[0].stk is not None:
            yield _together(found)
        elif around not in told:
            told.add(around)
            yield _range(around)


def _together(found: list[Provision]) -> str:
    """The parts of one §; several stk. without nr. in one name."""
    whole = Provision(found[0].law, found[0].paragraf, kapitel=found[0].kapitel)
    stks = [each.stk for each in found if each.stk is not None and each.nr is None and each.pkt is None]
    if len(stks) < 2 or len(stks) < len(found):
        return ", ".join(dict.fromkeys([label(found[0]), *(_tail(each) for each in found[1:])]))
    return f"{label(whole)}, stk. {_listed(sorted(set(stks)))}"


def _tail(part: Provision) -> str:
    """What a further part of the same § adds to its name."""
    return label(Provision("", "", part.stk, part.nr, "", part.pkt)).lstrip(" ,")


def _listed(numbers: list[int]) -> str:
    """Numbers with what follows each other as a range: "1, 3-6 og 8"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    pieces = [
        piece for run in runs for piece in ([f"{run[0]}-{run[-1]}"] if len(run) > 2 else [str(each) for each in run])
    ]
    return f"{', '.join(pieces[:-1])} og {pieces[-1]}" if len(pieces) > 1 else pieces[0]


def _range(part: Range) -> str:
    sign = "kap." if part.unit == "kapitel" else "§§"
    return f"{part.law} {sign} {_written(part.first)}-{_written(part.last)}".strip()


def _written(number: Numeral) -> str:
    return f"{number.number} {number.letter}".strip()
