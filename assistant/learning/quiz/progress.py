"""What a learner has read and answered, where they were last, and whether undervisere may see their name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from assistant.learning.quiz import cards
from assistant.learning.quiz.tables import LEARNERS, LEARNING_TABLES, QUIZ_ANSWERS, QUIZ_CARDS, READ_MODULES
from assistant.record.database import reading, writing
from assistant.rights import Person, require

# A quiz is passed when so large a part of the module's questions is answered right, each by its last answer.
PASSED = 0.8

Asked = Mapping[str, Sequence[str]]  # the keys of the questions that each module asks now, by module


class Progress(NamedTuple):
    """How far one learner is with one module: questions asked, answered, right by their last answer, and due again."""

    read: bool = False
    asked: int = 0
    answered: int = 0
    right: int = 0
    due: int = 0

    @property
    def passed(self) -> bool:
        """Whether enough of the module's questions are right; a module without questions has nothing to pass."""
        return self.right >= PASSED * self.asked

    @property
    def done(self) -> bool:
        """Whether the module is read and its quiz passed."""
        return self.read and self.passed


class Learner(NamedTuple):
    """Where a learner was last ("" for nowhere yet), and whether undervisere see the name."""

    module: str = ""
    shared: bool = False


def learner(engine: Engine, person: Person) -> Learner:
    """Where the person was last. Raises NotAllowed and RecordError."""
    require(person, "learn")
    with reading(engine) as connection:
        row = connection.execute(select(LEARNERS).where(LEARNERS.c.user == person.user)).first()
    return Learner(row.module, bool(row.shared)) if row else Learner()


def be_at(engine: Engine, person: Person, module: str) -> None:
    """Remember where the person is, to go on from there. Raises NotAllowed and RecordError."""
    _noted(engine, person, module=module)


def share(engine: Engine, person: Person, shared: bool) -> None:
    """Let undervisere see the person by name, or no longer. Raises NotAllowed and RecordError."""
    _noted(engine, person, shared=int(shared))


def have_read(engine: Engine, person: Person, module: str) -> None:
    """Note that the person has read a module; once is enough. Raises NotAllowed and RecordError."""
    require(person, "learn")
    mine = (READ_MODULES.c.user == person.user, READ_MODULES.c.module == module)
    with writing(engine, record=False) as connection:
        _present(connection, person)
        if connection.execute(select(READ_MODULES.c.at).where(*mine)).first() is None:
            now = cards.stamp(datetime.now(UTC))
            connection.execute(insert(READ_MODULES).values(user=person.user, module=module, at=now))


def have_answered(
    engine: Engine, person: Person, module: str, question: str, right: bool, at: datetime | None = None
) -> str:
    """Keep an answer and when its question comes again, which is given back. Raises NotAllowed and RecordError."""
    require(person, "learn")
    moment = at or datetime.now(UTC)
    mine = (QUIZ_CARDS.c.user == person.user, QUIZ_CARDS.c.question == question)
    with writing(engine, record=False) as connection:
        _present(connection, person)
        known = connection.scalar(select(QUIZ_CARDS.c.state).where(*mine))
        next_time = cards.answered(known or "", right, moment)
        own = {"user": person.user, "question": question}
        connection.execute(insert(QUIZ_ANSWERS).values(**own, module=module, at=cards.stamp(moment), right=int(right)))
        if known is None:
            connection.execute(insert(QUIZ_CARDS).values(**own, **next_time._asdict()))
        else:
            connection.execute(update(QUIZ_CARDS).where(*mine).values(next_time._asdict()))
    return next_time.due


def forget(engine: Engine, person: Person) -> None:
    """Delete all that is kept of the person's learning. Raises NotAllowed and RecordError."""
    require(person, "learn")
    with writing(engine, record=False) as connection:
        for table in LEARNING_TABLES:
            connection.execute(delete(table).where(table.c.user == person.user))


def progress_of(engine: Engine, person: Person, asked: Asked, at: datetime | None = None) -> Mapping[str, Progress]:
    """How far the person is with each module that `asked` names; questions asked no more do not count.

    Raises NotAllowed and RecordError.
    """
    require(person, "learn")
    with reading(engine) as connection:
        read = set(connection.scalars(select(READ_MODULES.c.module).where(READ_MODULES.c.user == person.user)))
        right = last_answers(connection, person.user)
        due = set(_due(connection, person, at))
    return {module: progress(module in read, keys, right, due) for module, keys in asked.items()}


def progress(read: bool, keys: Sequence[str], right: Mapping[str, bool], due: Iterable[str] = ()) -> Progress:
    """How far one is with a module that asks the questions `keys`, given the last answers (question: right)."""
    again = set(due)
    return Progress(
        read=read,
        asked=len(keys),
        answered=sum(key in right for key in keys),
        right=sum(right.get(key, False) for key in keys),
        due=sum(key in again for key in keys),
    )


def due(engine: Engine, person: Person, at: datetime | None = None) -> tuple[str, ...]:
    """The questions that are to be asked again by now, the longest due first. Raises NotAllowed and RecordError."""
    require(person, "learn")
    with reading(engine) as connection:
        return _due(connection, person, at)


def answers(engine: Engine, person: Person) -> Mapping[str, bool]:
    """Whether the last answer to each question was right. Raises NotAllowed and RecordError."""
    require(person, "learn")
    with reading(engine) as connection:
        return last_answers(connection, person.user)


def last_answers(connection: Connection, user: str) -> Mapping[str, bool]:
    """A user's last answer to each question: whether it was right."""
    last = select(func.max(QUIZ_ANSWERS.c.id)).where(QUIZ_ANSWERS.c.user == user).group_by(QUIZ_ANSWERS.c.question)
    rows = connection.execute(select(QUIZ_ANSWERS.c.question, QUIZ_ANSWERS.c.right).where(QUIZ_ANSWERS.c.id.in_(last)))
    return {row.question: bool(row.right) for row in rows}


def _due(connection: Connection, person: Person, at: datetime | None) -> tuple[str, ...]:
    by_now = QUIZ_CARDS.c.due <= cards.stamp(at or datetime.now(UTC))
    mine = select(QUIZ_CARDS.c.question).where(QUIZ_CARDS.c.user == person.user, by_now)
    return tuple(connection.scalars(mine.order_by(QUIZ_CARDS.c.due, QUIZ_CARDS.c.question)))


def _noted(engine: Engine, person: Person, **values: str | int) -> None:
    require(person, "learn")
    with writing(engine, record=False) as connection:
        _present(connection, person)
        connection.execute(update(LEARNERS).where(LEARNERS.c.user == person.user).values(**values))


def _present(connection: Connection, person: Person) -> None:
    """See to it that the learner has a row, whoever else makes it at this moment; it is held until the end."""
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as careful
    else:
        from sqlalchemy.dialects.postgresql import insert as careful  # type: ignore[assignment]
    new = careful(LEARNERS).values(user=person.user, module="", shared=0)
    connection.execute(new.on_conflict_do_nothing())
    connection.execute(select(LEARNERS.c.user).where(LEARNERS.c.user == person.user).with_for_update())
