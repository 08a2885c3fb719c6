"""Fictional citizens: who fits a deed, and the situation in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assistant.learning.cases.deed import Deed, receives
from assistant.learning.cases.parts import Line, Parts, Person
from assistant.library import Library
from assistant.provisions import label

_MOST_OF_A_DEED = 5  # citizens that one deed is asked of, in each way of asking


class Citizen(NamedTuple):
    """One fictional citizen, as the slots of the parts are filled."""

    person: Person
    name: str
    gender: str
    age: int
    municipality: str

    def fill(self, text: str, **more: str) -> str:
        """`text` with its slots filled."""
        he, him, his = ("hun", "hende", "hendes") if self.gender == "f" else ("han", "ham", "hans")
        return text.format(
            navn=self.name,
            navns=f"{self.name}’" if self.name[-1:] in "sxz" else f"{self.name}s",
            alder=self.age,
            kommune=self.municipality,
            han=he,
            Han=he.capitalize(),
            ham=him,
            hans=his,
            Hans=his.capitalize(),
            **more,
        )


def fitting(deed: Deed, parts: Parts, library: Library) -> tuple[Person, ...]:
    """The persons that a deed can be about: those that it names the matter of, else those for any deed.

    Where the deed's section is written for those who receive a benefit, nobody else.
    """
    about = " | ".join((deed.text, *(label(each) for each in deed.provisions)))
    matching = [person for person in parts.persons if any(_holds(about, each) for each in person.fits)]
    people = matching or [person for person in parts.persons if person.general]
    only = _benefits(deed, library)
    return tuple(person for person in people if not only or person.benefit in only)


def _holds(about: str, pattern: str) -> bool:
    further = r"(?!\w| [a-z]\b)" if "§" in pattern or "kap." in pattern else r"(?!\w)"
    return bool(re.search(rf"(?<!\w)(?:{pattern}){further}", about, re.IGNORECASE))


def _benefits(deed: Deed, library: Library) -> frozenset[str]:
    found: set[str] = set()
    for passage_id in deed.passages:
        for passage in library.in_section(library.passages[passage_id]):
            found |= receives(f"{passage.lead_in} {passage.text}")
    return frozenset(found)


def citizens(persons: Sequence[Person], parts: Parts, library: Library, draw: int) -> tuple[Citizen, ...]:
    """A citizen of each of the first persons; `draw` decides name, age and municipality."""
    places = sorted(library.network.members) or ["kommunen"]
    found = []
    for number, person in enumerate(turned(persons, draw)[:_MOST_OF_A_DEED]):
        gender = "fm"[(draw + number) % 2]
        names = parts.names.get(gender) or parts.names["f"] or parts.names["m"]
        if names:
            age = person.ages[0] + (draw // 7 + number * 5) % (person.ages[1] - person.ages[0] + 1)
            place = places[(draw // 11 + number) % len(places)]
            found.append(Citizen(person, names[(draw // 3 + number * 4) % len(names)], gender, age, place))
    return tuple(found)


def turned(things: Sequence[Person], draw: int) -> list[Person]:
    """The things from another beginning."""
    at = draw % len(things) if things else 0
    return [*things[at:], *things[:at]]


def unlike(parts: Parts, library: Library) -> Parts:
    """The parts without the names that a document holds, so that nobody in it is meant."""
    words = {word for source_id in library.sources for word in re.findall(r"\w+", library.store.source_text(source_id))}
    kept = {
        gender: tuple(name for name in names if not {name, f"{name}s"} & words) for gender, names in parts.names.items()
    }
    return parts._replace(names=kept)


def situation(citizen: Citizen, lines: Iterable[Line | str]) -> str:
    """The lines as one paragraph about the citizen."""
    return " ".join(citizen.fill(line if isinstance(line, str) else line.text) for line in lines if line)
