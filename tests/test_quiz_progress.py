"""What a learner has done: kept, repeated when due, deleted on demand, and seen by undervisere only as a group."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import Table, inspect, select
from sqlalchemy.engine import Engine

from assistant.errors import LearningError, NotAllowed
from assistant.learning.modules.module import load
from assistant.learning.quiz import cards
from assistant.learning.quiz.certificate import Earned, certificate, certificate_note, missing, texts
from assistant.learning.quiz.group import LEAST, _of, group
from assistant.learning.quiz.progress import (
    Progress,
    answers,
    be_at,
    due,
    forget,
    have_answered,
    have_read,
    learner,
    progress,
    progress_of,
    share,
)
from assistant.learning.quiz.tables import LEARNERS, LEARNING_TABLES, QUIZ_ANSWERS, QUIZ_CARDS
from assistant.record.database import reading
from assistant.record.journal import Record
from assistant.record.schema import migrate, revision
from assistant.record.verifying import verify
from assistant.rights import Person
from assistant.settings import Settings, load_settings
from tests.record_kit import ASKER, JURIST, answered

TEACHER = Person("ulla", "underviser")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ASKED = {"plan": ("a", "b", "c", "d", "e"), "kontakt": ("f",)}


def rows(record: Record, table: Table) -> list[tuple[Any, ...]]:
    with reading(record.engine) as connection:
        return sorted((tuple(row) for row in connection.execute(select(table))), key=str)


def answer_all(engine: Engine, person: Person, wrong: str = "") -> None:
    for module, keys in ASKED.items():
        have_read(engine, person, module)
        for key in keys:
            have_answered(engine, person, module, key, key not in wrong, NOON)


def test_where_one_was_and_whether_one_shares_is_kept(record: Record) -> None:
    assert learner(record.engine, ASKER) == ("", False)
    be_at(record.engine, ASKER, "plan")
    share(record.engine, ASKER, True)
    be_at(record.engine, ASKER, "kontakt")
    assert learner(record.engine, ASKER) == ("kontakt", True)
    assert learner(record.engine, JURIST) == ("", False)


def test_progress_counts_the_last_answer_to_each_question_that_is_asked_now(record: Record) -> None:
    have_read(record.engine, ASKER, "plan")
    have_read(record.engine, ASKER, "plan")
    for key, right in (("a", False), ("a", True), ("b", True), ("b", False), ("gone", True)):
        have_answered(record.engine, ASKER, "plan", key, right, NOON)
    have_answered(record.engine, JURIST, "plan", "c", True, NOON)
    found = progress_of(record.engine, ASKER, ASKED, NOON + timedelta(days=400))
    assert found["plan"] == Progress(read=True, asked=5, answered=2, right=1, due=2)
    assert found["kontakt"] == Progress(read=False, asked=1, answered=0, right=0, due=0)
    assert dict(answers(record.engine, ASKER)) == {"a": True, "b": False, "gone": True}


def test_a_quiz_is_passed_at_four_of_five_and_not_at_three() -> None:
    four = progress(True, ASKED["plan"], dict.fromkeys("abcd", True))
    assert four.passed
    assert four.done
    assert not progress(True, ASKED["plan"], dict.fromkeys("abc", True)).passed
    assert not progress(False, ASKED["plan"], dict.fromkeys("abcde", True)).done


def test_what_was_wrong_comes_back_before_what_was_right(record: Record) -> None:
    have_answered(record.engine, ASKER, "plan", "a", True, NOON)
    have_answered(record.engine, ASKER, "plan", "b", False, NOON)
    assert due(record.engine, ASKER, NOON) == ()
    assert due(record.engine, ASKER, NOON + timedelta(minutes=2)) == ("b",)
    assert due(record.engine, ASKER, NOON + timedelta(days=1)) == ("b", "a")
    have_answered(record.engine, ASKER, "plan", "b", True, NOON + timedelta(minutes=2))
    assert due(record.engine, ASKER, NOON + timedelta(minutes=5)) == ()


def test_what_is_answered_right_again_and_again_comes_ever_later() -> None:
    at, state, gaps = NOON, "", []
    for _ in range(5):
        state_now = cards.answered(state, True, at)
        back = datetime.strptime(state_now.due, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
        gaps.append(back - at)
        at, state = back, state_now.state
    assert gaps == sorted(gaps)
    assert gaps[-1] > timedelta(days=7)


def test_a_schedule_that_cannot_be_read_begins_anew() -> None:
    assert cards.answered("{", False, NOON) == cards.answered("", False, NOON)


def test_one_deletes_all_of_ones_own_and_nothing_of_anybody_elses(record: Record) -> None:
    for person in (ASKER, JURIST):
        answer_all(record.engine, person)
        share(record.engine, person, True)
    forget(record.engine, ASKER)
    for table in LEARNING_TABLES:
        users = {row[table.columns.keys().index("user")] for row in rows(record, table)}
        assert users == {JURIST.user}, table.name


def test_many_answers_at_once_are_all_kept(record: Record) -> None:
    def sit(number: int) -> None:
        have_answered(record.engine, Person(f"p{number % 4}"), "plan", "abcde"[number % 5], True)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(sit, range(40)))
    assert len(rows(record, QUIZ_ANSWERS)) == 40
    assert len(rows(record, LEARNERS)) == 4
    assert len(rows(record, QUIZ_CARDS)) == 20


def test_learning_leaves_the_record_as_it_is(record: Record) -> None:
    answered(record)
    before = verify(record.engine)
    answer_all(record.engine, ASKER)
    forget(record.engine, ASKER)
    assert verify(record.engine) == before


def test_the_migration_goes_down_and_up_on_data(record: Record, record_settings: Settings) -> None:
    number = answered(record)
    answer_all(record.engine, ASKER)
    migrate(record.engine, "0002")
    assert revision(record.engine) == "0002"
    assert not any(inspect(record.engine).has_table(table.name) for table in LEARNING_TABLES)
    again = Record.open(record_settings)
    assert again.filed(number).entry.number == number
    assert rows(again, QUIZ_ANSWERS) == []
    answer_all(again.engine, ASKER)
    assert len(rows(again, QUIZ_ANSWERS)) == 6
    again.close()


def test_the_migration_makes_the_tables_that_the_program_reads(record: Record) -> None:
    found = inspect(record.engine)
    for table in LEARNING_TABLES:
        columns = {column["name"]: bool(column["nullable"]) for column in found.get_columns(table.name)}
        assert columns == {column.name: bool(column.nullable) for column in table.columns}, table.name
        assert {index["name"] for index in found.get_indexes(table.name)} == {index.name for index in table.indexes}


def test_only_an_underviser_follows_groups(record: Record) -> None:
    group(record.engine, TEACHER, ASKED)
    for role in ("sagsbehandler", "jurist", "administrator"):
        with pytest.raises(NotAllowed):
            group(record.engine, Person("anna", role), ASKED)


def learners(record: Record, count: int, start: int = 0) -> list[Person]:
    people = [Person(f"lærer{number}") for number in range(start, start + count)]
    for person in people:
        answer_all(record.engine, person, wrong="b")
    return people


def test_a_group_smaller_than_three_is_not_shown_and_nobody_is_named(record: Record) -> None:
    learners(record, LEAST - 1)
    found = group(record.engine, TEACHER, ASKED)
    assert (found.size, dict(found.modules), list(found.named), list(found.missed)) == (None, {}, [], [])


def test_a_group_of_three_is_counted_and_what_it_misses_is_told(record: Record) -> None:
    learners(record, LEAST)
    found = group(record.engine, TEACHER, ASKED)
    assert found.size == 3
    assert found.modules["plan"] == ((3, 3), (3, 3), (3, 3))
    assert list(found.named) == []
    assert [(each.question, each.learners, each.wrong) for each in found.missed] == [("b", 3, 1.0)]


def test_a_figure_that_would_single_somebody_out_is_given_from_and_to(record: Record) -> None:
    learners(record, 4)
    be_at(record.engine, Person("ny"), "plan")
    found = group(record.engine, TEACHER, ASKED)
    assert found.size == 5
    assert found.modules["plan"].read == (3, 4), "what is left is one, or two"
    learners(record, 3, start=10)
    for number in range(2):
        be_at(record.engine, Person(f"ny{number}"), "plan")
    assert group(record.engine, TEACHER, ASKED).modules["plan"].read == (7, 7)


def test_one_who_shares_is_named_and_counts_in_no_figure_of_the_others(record: Record) -> None:
    (first, *_) = learners(record, 4)
    share(record.engine, first, True)
    be_at(record.engine, first, "plan")
    found = group(record.engine, TEACHER, ASKED)
    assert found.size == 3
    (named,) = found.named
    assert (named.user, named.module, named.progress["plan"].right) == (first.user, "plan", 4)
    share(record.engine, first, False)
    assert list(group(record.engine, TEACHER, ASKED).named) == []


def test_a_question_that_is_asked_no_more_is_not_among_the_missed(record: Record) -> None:
    learners(record, 3)
    assert list(group(record.engine, TEACHER, {"plan": ("a",)}).missed) == []


@pytest.fixture
def earned() -> Callable[..., Earned]:
    modules = load(load_settings().corpus)

    def made(name: str = "Åse Øgård-Łukasz", **given: Progress) -> Earned:
        far = {each.id: Progress(read=True, asked=5, answered=5, right=4) for each in modules}
        return Earned(name, modules, far | given, "63c355fca187", NOON)

    return made


def test_a_certificate_names_learner_date_modules_and_sources(earned: Callable[..., Earned]) -> None:
    from pypdf import PdfReader

    done = earned()
    for language in ("da", "en"):
        data = certificate(done, language)
        assert data == certificate(done, language)
        text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())
        assert "Åse Øgård-Łukasz" in text
        assert "22. november 2026" in text or "22 November 2026" in text
        assert "63c355fca187" in text
        assert all(each.title.said(language) in text for each in done.modules)
        assert ("ikke en juridisk eksamen" if language == "da" else "not a legal examination") in text


def test_a_certificate_is_refused_before_it_is_earned_and_without_a_name(earned: Callable[..., Earned]) -> None:
    first = earned().modules[0]
    unread = earned(**{first.id: Progress(read=False, asked=5, answered=5, right=5)})
    failed = earned(**{first.id: Progress(read=True, asked=5, answered=5, right=3)})
    for each in (unread, failed):
        assert missing(each.modules, each.progress) == (first,)
        with pytest.raises(LearningError, match="1 moduler"):
            certificate_note(each, "da")
    with pytest.raises(LearningError, match="navn"):
        certificate_note(earned(name="  "), "da")


def test_the_certificate_says_the_same_things_in_both_languages() -> None:
    assert set(texts()["da"]) == set(texts()["en"])


@pytest.mark.parametrize("total", range(3, 12))
def test_no_figure_tells_of_fewer_than_three(total: int) -> None:
    """Whatever the figure, those who are counted and those who are left could each be at least two numbers of people,
    or are nobody, or at least three."""
    shown = [_of(count, total) for count in range(total + 1)]
    for count, figure in enumerate(shown):
        assert figure.low <= count <= figure.high
        alike = [other for other, also in enumerate(shown) if also == figure]
        for group_of in (alike, [total - other for other in alike]):
            assert len(group_of) > 1 or group_of[0] == 0 or group_of[0] >= LEAST, (count, figure)
