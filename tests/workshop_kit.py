"""Workshops for the tests: cases whose answers quote the real corpus, a session that runs, phones that join."""

from __future__ import annotations

from assistant.answer_json import to_json
from assistant.learning.cases.case import Case, Reason
from assistant.learning.workshop import hosting, joining
from assistant.learning.workshop.hosting import Plan
from assistant.learning.workshop.joining import Joined
from assistant.learning.workshop.rooms import Database, Workshop, by_id
from assistant.rights import Person
from tests.page_assistant import PageAssistant, refused

TEACHER = Person("ulla", "underviser")
PLAN = Plan(("ikke-fritaget",), 3, 2)
RIGHT = "Der er ikke givet fritagelse for den forberedende del."


def case(number: int = 0) -> Case:
    """A case whose answer is nej, with a reason that holds and two that do not."""
    question = "Må vi springe den forberedende del af rehabiliteringsplanen over?"
    return Case(
        key=f"sag-{number}",
        topic="ikke-fritaget",
        difficulty=2,
        situation=(
            f"Birthe, {41 + number} år, modtager ressourceforløbsydelse i Furesø og har allerede en plan hos både "
            "jobcenteret og familieafdelingen. Hun er træt af at fortælle det samme to steder."
        ),
        question=question,
        reasons=(
            Reason("Kommunen skal blot skrive det i den samlede plan.", right=False),
            Reason(RIGHT, right=True),
            Reason("Forsøget fritager for alle planer på beskæftigelsesområdet.", right=False),
        ),
        verdict="nej",
        answer=to_json(refused(question, PageAssistant())),
        discussion=("Hvad skal hun så alligevel igennem?", "Hvad kan I samle i én plan?"),
    )


def started(engine: Database, count: int = 2, plan: Plan = PLAN, days: int = 30) -> Workshop:
    """A session that waits for its participants."""
    key = hosting.start(engine, TEACHER, plan, [case(number) for number in range(count)], days)
    return by_id(engine, key)


def asked(engine: Database, names: str = "Bo Ida Eva", count: int = 2) -> tuple[Workshop, list[Joined]]:
    """A session whose first case is put, with these participants."""
    room = started(engine, count)
    joined = [joining.join(engine, room.code, name) for name in names.split()]
    hosting.ask(engine, TEACHER, room.id, 0)
    return by_id(engine, room.id), joined


def right_place(number: int = 0) -> int:
    """Where the reason that holds stands, once the session has put the reasons in its own order."""
    shuffled = hosting.in_order(case(number))
    return next(place for place, reason in enumerate(shuffled.reasons) if reason.right)
