"""Workshops: what facilitators and participants do, on both databases; what is kept and what is deleted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, inspect, select, update

from assistant.__main__ import main
from assistant.errors import NotAllowed, RecordError, WorkshopError
from assistant.learning.cases.case import to_json
from assistant.learning.workshop import address, hosting, joining, rooms
from assistant.learning.workshop.counting import tallies, tally, visible
from assistant.learning.workshop.joining import MAX_NICKNAME, Vote
from assistant.learning.workshop.rooms import Database, open_database
from assistant.learning.workshop.tables import PARTICIPANTS, VOTES, WORKSHOP_TABLES, WORKSHOPS
from assistant.record.database import reading, writing
from assistant.record.schema import migrate
from assistant.rights import ROLES, Person
from assistant.settings import Settings, load_settings
from tests.workshop_kit import PLAN, RIGHT, TEACHER, asked, case, right_place, started


@pytest.fixture
def engine(record_settings: Settings) -> Iterator[Database]:
    opened = open_database(record_settings)
    yield opened
    opened.dispose()


def rows(engine: Database) -> list[int]:
    with reading(engine) as connection:
        return [connection.scalar(select(func.count()).select_from(table)) or 0 for table in WORKSHOP_TABLES]


def test_a_workshop_goes_from_the_lobby_to_its_end(engine: Database) -> None:
    room, (bo, ida, eva) = asked(engine)
    assert [room.pulse.state, room.length, len(room.code)] == ["asking", 2, 6]
    joining.vote(engine, bo.token, 0, Vote("nej", right_place()))
    joining.vote(engine, ida.token, 0, Vote("ja", right_place()))
    assert not visible(rooms.pulse(engine, room.id), tally(engine, room.id, 0))  # of two everybody knows whose they are
    joining.vote(engine, eva.token, 0, Vote("nej", 0))
    assert visible(rooms.pulse(engine, room.id), tally(engine, room.id, 0))
    hosting.hide(engine, TEACHER, room.id, hidden=True)
    assert not visible(rooms.pulse(engine, room.id), tally(engine, room.id, 0))
    hosting.reveal(engine, TEACHER, room.id, 0)
    votes = tally(engine, room.id, 0)
    assert visible(rooms.pulse(engine, room.id), votes)
    assert (votes.verdicts, votes.votes, votes.participants) == ({"nej": 2, "ja": 1}, 3, 3)
    hosting.ask(engine, TEACHER, room.id, 1)
    assert rooms.pulse(engine, room.id)[1:] == ("asking", 1, False)
    hosting.end(engine, TEACHER, room.id)
    assert [each.votes for each in tallies(engine, room.id, 2)] == [3, 0]
    with pytest.raises(WorkshopError, match="slut"):
        joining.join(engine, room.code, "Sen")


def test_the_cases_come_back_as_they_were_with_the_reasons_in_one_order(engine: Database) -> None:
    room = started(engine)
    kept = rooms.cases(engine, room.id)
    assert [each.key for each in kept] == ["sag-0", "sag-1"]
    assert rooms.case_at(engine, room.id, 1) == kept[1]
    assert json.dumps(to_json(kept[1])) == json.dumps(to_json(hosting.in_order(case(1))))
    assert [each.text for each in kept[0].reasons if each.right] == [RIGHT]


def test_a_vote_counts_once_however_often_it_is_sent_and_the_last_one_counts(engine: Database) -> None:
    room, (bo, *_) = asked(engine)
    before = rooms.pulse(engine, room.id).version
    for _ in range(3):
        joining.vote(engine, bo.token, 0, Vote("ja", 0))
    assert rooms.pulse(engine, room.id).version == before + 1
    joining.vote(engine, bo.token, 0, Vote("betinget", 2))
    assert tally(engine, room.id, 0).verdicts == {"betinget": 1}
    assert joining.vote_of(engine, bo.participant, 0) == Vote("betinget", 2)


def test_votes_at_once_are_neither_lost_nor_doubled(engine: Database) -> None:
    room, joined = asked(engine, " ".join(f"P{number}" for number in range(12)))
    sent = [(each.token, Vote("nej", number % 3)) for number, each in enumerate(joined)] * 2
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda each: joining.vote(engine, each[0], 0, each[1]), sent))
    assert tally(engine, room.id, 0).reasons == {0: 4, 1: 4, 2: 4}


def test_people_who_join_at_once_get_different_names(engine: Database) -> None:
    room = started(engine)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: joining.join(engine, room.code, "Bo"), range(6)))
    assert sorted(rooms.nicknames(engine, room.id)) == ["Bo", "Bo 2", "Bo 3", "Bo 4", "Bo 5", "Bo 6"]


def test_no_vote_is_taken_once_the_answer_is_shown_or_on_another_case(engine: Database) -> None:
    room, (bo, *_) = asked(engine)
    with pytest.raises(WorkshopError):
        joining.vote(engine, bo.token, 1, Vote("nej", 0))
    hosting.reveal(engine, TEACHER, room.id, 0)
    with pytest.raises(WorkshopError, match="vist"):
        joining.vote(engine, bo.token, 0, Vote("nej", 0))
    assert tally(engine, room.id, 0).votes == 0


@pytest.mark.parametrize("chosen", [Vote("info", 0), Vote("nej", 3), Vote("nej", -1)])
def test_a_choice_that_there_is_not_is_refused(engine: Database, chosen: Vote) -> None:
    room, (bo, *_) = asked(engine)
    with pytest.raises(WorkshopError, match="Vælg"):
        joining.vote(engine, bo.token, 0, chosen)
    assert tally(engine, room.id, 0).votes == 0


def test_a_step_made_twice_is_made_once(engine: Database) -> None:
    room, _ = asked(engine, count=3)
    hosting.reveal(engine, TEACHER, room.id, 0)
    for _ in range(2):
        hosting.ask(engine, TEACHER, room.id, 1)
    hosting.reveal(engine, TEACHER, room.id, 0)  # an old page's button
    assert rooms.pulse(engine, room.id)[1:3] == ("asking", 1)
    hosting.ask(engine, TEACHER, room.id, 3)
    assert rooms.pulse(engine, room.id)[1:3] == ("asking", 1)


def test_two_workshops_do_not_mix(engine: Database) -> None:
    (one, (bo, *_)), (other, (eva, *_)) = asked(engine, "Bo"), asked(engine, "Bo")
    joining.vote(engine, bo.token, 0, Vote("ja", 0))
    joining.vote(engine, eva.token, 0, Vote("nej", 1))
    assert one.code != other.code
    assert tally(engine, one.id, 0).verdicts == {"ja": 1}
    assert tally(engine, other.id, 0).verdicts == {"nej": 1}
    hosting.remove(engine, TEACHER, one.id)
    assert tally(engine, other.id, 0).verdicts == {"nej": 1}
    assert joining.resume(engine, eva.token).nickname == "Bo"


@pytest.mark.parametrize("typed", ["", "AAA", "000000", "' OR 1=1", "🙂"])
def test_an_unknown_code_gets_a_sentence(engine: Database, typed: str) -> None:
    started(engine)
    with pytest.raises(WorkshopError, match="Ingen workshop har den kode"):
        joining.join(engine, typed, "Bo")


def test_a_code_may_be_typed_in_any_way(engine: Database) -> None:
    code = started(engine).code
    assert rooms.by_code(engine, f" {code[:3].lower()}-{code[3:].lower()} ").code == code
    assert set(code) <= set(rooms.CODE_SIGNS)
    assert not set(rooms.CODE_SIGNS) & set("0O1IL5S8B2ZUV")


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ("  Bo \n Hansen ", "Bo Hansen"),
        ("<b>Ida</b>", "<b>Ida</b>"),
        ("x" * 50, "x" * MAX_NICKNAME),
        ("Å\u202egge\u200b", "Ågge"),
        ("Z" + "\u0301" * 30, "Ź\u0301"),
    ],
)
def test_a_nickname_is_short_and_on_one_line(wanted: str, kept: str) -> None:
    assert joining.readable(wanted) == kept


def test_nobody_joins_without_a_nickname_and_letter_case_makes_no_other(engine: Database) -> None:
    room = started(engine)
    with pytest.raises(WorkshopError, match="kaldenavn"):
        joining.join(engine, room.code, " \u200b ")
    names = [joining.join(engine, room.code, name).participant.nickname for name in ("ida", "IDA", "x" * 20, "X" * 20)]
    assert names == ["ida", "IDA 2", "x" * 20, "X" * 18 + " 2"]


def test_only_the_token_brings_back_and_only_its_hash_is_kept(engine: Database) -> None:
    _, (bo, ida, _) = asked(engine)
    assert joining.resume(engine, bo.token) == bo.participant != ida.participant
    with pytest.raises(WorkshopError):
        joining.resume(engine, "gættet")
    with reading(engine) as connection:
        kept = connection.execute(select(PARTICIPANTS)).all()
    assert bo.token not in str(kept)


def test_of_a_participant_only_nickname_and_votes_are_kept() -> None:
    assert {column.name for column in PARTICIPANTS.columns} == {"workshop", "number", "token", "nickname"}
    assert {column.name for column in VOTES.columns} == {"workshop", "place", "number", "verdict", "reason"}
    assert not {"user", "by", "ip"} & {column.name for column in WORKSHOPS.columns}


def test_deleting_a_session_deletes_all_of_it(engine: Database) -> None:
    room, (bo, *_) = asked(engine)
    joining.vote(engine, bo.token, 0, Vote("ja", 0))
    hosting.remove(engine, TEACHER, room.id)
    assert rows(engine) == [0, 0, 0, 0]
    for attempt in (
        lambda: rooms.by_id(engine, room.id),
        lambda: rooms.pulse(engine, room.id),
        lambda: joining.vote(engine, bo.token, 0, Vote("nej", 0)),
    ):
        with pytest.raises(WorkshopError, match="findes ikke længere"):
            attempt()


def test_a_session_whose_time_is_up_is_gone_and_then_deleted(
    engine: Database, record_settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (old, (bo, *_)), (new, _) = asked(engine), asked(engine)
    joining.vote(engine, bo.token, 0, Vote("ja", 0))
    with writing(engine, record=False) as connection:
        connection.execute(
            update(WORKSHOPS).where(WORKSHOPS.c.id == old.id).values(expires="2020-01-01T00:00:00.000000Z")
        )
    with pytest.raises(WorkshopError):
        rooms.by_id(engine, old.id)
    with pytest.raises(WorkshopError):
        rooms.by_code(engine, old.code)
    with pytest.raises(WorkshopError):
        joining.vote(engine, bo.token, 0, Vote("nej", 0))
    assert [each.workshop.id for each in rooms.listed(engine)] == [new.id]
    monkeypatch.setenv("ASSISTANT_DATA", str(record_settings.data))
    monkeypatch.setenv("ASSISTANT_DATABASE_URL", record_settings.database_url)
    assert main(["workshops", "purge"]) == 0
    assert capsys.readouterr().out == "Udløbne workshops slettet: 1.\n"
    assert rows(engine) == [0, 3, 2, 1]


@pytest.mark.parametrize("role", ROLES)
def test_only_an_underviser_holds_workshops(engine: Database, role: str) -> None:
    room, by = started(engine), Person("anna", role)  # type: ignore[arg-type]
    deeds = (
        lambda: hosting.ask(engine, by, room.id, 0),
        lambda: hosting.reveal(engine, by, room.id, 0),
        lambda: hosting.hide(engine, by, room.id, hidden=True),
        lambda: hosting.end(engine, by, room.id),
        lambda: hosting.remove(engine, by, room.id),
        lambda: hosting.start(engine, by, PLAN, [case()], 30),
    )
    for deed in deeds:
        if role == "underviser":
            deed()
        else:
            with pytest.raises(NotAllowed):
                deed()


def test_a_session_without_cases_is_not_started(engine: Database) -> None:
    with pytest.raises(WorkshopError, match="mellem 1 og"):
        hosting.start(engine, TEACHER, PLAN, [], 30)
    assert rows(engine) == [0, 0, 0, 0]


def test_the_migration_makes_the_tables_and_goes_down_and_up_on_data(engine: Database) -> None:
    asked(engine)
    found = inspect(engine)
    for table in WORKSHOP_TABLES:
        columns = {column["name"]: bool(column["nullable"]) for column in found.get_columns(table.name)}
        assert columns == {column.name: bool(column.nullable) for column in table.columns}, table.name
    migrate(engine, "0002")
    assert not inspect(engine).has_table("workshops")
    migrate(engine)
    assert rows(engine) == [0, 0, 0, 0]


def test_a_database_that_is_none_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite").write_bytes(b"ikke en database" * 100)
    with pytest.raises(RecordError, match="beskadiget"):
        open_database(load_settings(data=tmp_path, database_url=""))


@pytest.mark.parametrize(
    ("base", "whole"),
    [
        ("http://192.168.1.5:8502", "http://192.168.1.5:8502/?kode=ACD346"),
        ("http://192.168.1.5:8502/", "http://192.168.1.5:8502/?kode=ACD346"),
        ("https://assistent.kommune.dk/deltag", "https://assistent.kommune.dk/deltag?kode=ACD346"),
    ],
)
def test_the_link_leads_into_the_session(base: str, whole: str) -> None:
    assert address.link(base, "ACD346") == whole
    assert address.qr_picture(whole).startswith("data:image/svg+xml")


@pytest.mark.parametrize("base", ["", "192.168.1.5", "javascript:alert(1)", "http://", "http://a b", "http://x:99999"])
def test_an_address_that_no_phone_opens_is_refused(base: str) -> None:
    with pytest.raises(WorkshopError, match="telefoner ikke åbne"):
        address.link(base, "ACD346")


def test_the_guessed_address_is_one_that_can_be_opened() -> None:
    assert address.link(address.guessed(), "ACD346").startswith("http://")
    assert not address.answers("http://127.0.0.1:1", 0.2)
