"""A quiz that somebody is in the middle of: which questions, where in them, and what was just answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import streamlit as st

from assistant.errors import AssistantError
from assistant.learning.quiz import progress
from assistant.learning.quiz.question import Question
from assistant.rights import Person, require
from assistant.ui import course_state, login, quiz_desk, session
from assistant.ui.quiz_desk import Quizzes

REPETITION = ""  # in place of a module: what is due of all of them
_MOST_DUE = 10
_SITTING = "quiz-sitting-"


class Sitting(NamedTuple):
    """One's way through some questions. `given` is the option just chosen, None before; `back` is when its question
    comes again, `problem` why the answer was not kept."""

    user: str
    keys: tuple[str, ...]
    repeated: int
    place: int = 0
    given: int | None = None
    back: str = ""
    problem: str = ""

    @property
    def over(self) -> bool:
        """Whether every question has had its turn."""
        return self.place >= len(self.keys)


def sitting(module: str, person: Person) -> Sitting | None:
    """The person's sitting in a module's quiz, if there is one."""
    found: Sitting | None = st.session_state.get(_name(module))
    return found if found and found.user == person.user else None


def answers(person: Person) -> Mapping[str, bool]:
    """Whether the last answer to each question was right: as kept, else as this visit has it. Raises RecordError."""
    database = course_state.database()
    if database is not None:
        return progress.answers(database, person)
    require(person, "learn")
    here: dict[str, bool] = st.session_state.get(course_state.ANSWERS, {})
    return here


def due(person: Person, quizzes: Quizzes) -> tuple[str, ...]:
    """The questions that are to be asked again by now and still are asked. Raises RecordError."""
    database = course_state.database()
    keys = progress.due(database, person) if database is not None else ()
    return tuple(key for key in keys if quizzes.find(key))[:_MOST_DUE]


def start(module: str) -> None:
    """Begin a module's quiz: what is due first, then what is not yet right; all of it where everything is."""
    try:
        person = login.acting()
        quizzes = quiz_desk.quizzes(session.shared().engine.opened())
        if quizzes is None:
            return
        again, right = due(person, quizzes), answers(person)
    except AssistantError as exc:
        st.session_state[_name(module)] = Sitting("", (), 0, problem=str(exc))
        return
    own = [each.key for each in quizzes.questions.get(module, ())]
    rest = [key for key in own if key not in again and not right.get(key)]
    keys = (*again, *(rest or () if again or rest else own))
    session.close_source()
    st.session_state[_name(module)] = Sitting(person.user, keys, len(again))


def answer(module: str, field: str, asked_in: str, question: Question) -> None:
    """Take the option that is chosen in the field as the answer, and keep it."""
    given = st.session_state.get(field)
    current: Sitting | None = st.session_state.get(_name(module))
    if given is None or current is None or current.given is not None:
        return
    right = question.options[given].right
    back = problem = ""
    try:
        person, database = login.acting(), course_state.database()
        if database is not None:
            back = progress.have_answered(database, person, asked_in, question.key, right)
        else:
            st.session_state.setdefault(course_state.ANSWERS, {})[question.key] = right
    except AssistantError as exc:
        problem = str(exc)
    st.session_state[_name(module)] = current._replace(given=given, back=back, problem=problem)


def onward(module: str) -> None:
    """Go to the next question."""
    current: Sitting | None = st.session_state.get(_name(module))
    if current is not None:
        session.close_source()
        st.session_state[_name(module)] = current._replace(place=current.place + 1, given=None, back="", problem="")


def leave(module: str) -> None:
    """Be done with the sitting."""
    st.session_state.pop(_name(module), None)


def forget() -> None:
    """Leave every sitting."""
    for name in [each for each in st.session_state if str(each).startswith(_SITTING)]:
        del st.session_state[name]


def _name(module: str) -> str:
    return f"{_SITTING}{module}"
