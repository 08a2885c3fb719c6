"""Approved answers are served for the same question in any wording, and for no other question."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import insert, update

from assistant.answer_json import plain_text, to_json
from assistant.answering import Asked, answer_question
from assistant.approved.reading import read
from assistant.approved.sameness import same, same_words
from assistant.approved.signature import Signature, signature_from_json, signature_to_json
from assistant.approved.wording import wording
from assistant.engine import Assistant
from assistant.errors import RecordError
from assistant.models import Answer, Language
from assistant.reception import Received, receive
from assistant.record.approvals import Approvals, known_of
from assistant.record.chain import Entry
from assistant.record.database import reading, writing
from assistant.record.journal import Record
from assistant.record.recorder import Recorder
from assistant.record.tables import APPROVALS, CONTENTS, ENTRIES
from assistant.relevance import Floats
from assistant.settings import Settings
from assistant.ui.cards import verdict_html
from assistant.ui.wording import wording as page_words
from assistant.words import spell
from tests import core_kit
from tests.record_kit import ASKER, JURIST

PAIRS = Path(__file__).parent / "approved"
QUESTION = "Må vi springe den forberedende del af rehabiliteringsplanen over?"
AGAIN = "Hej, er det tilladt at droppe rehabiliteringsplanens forberedende del?"


# --- pairs of questions ----------------------------------------------------------------------------------------


def pairs(name: str) -> list[dict[str, Any]]:
    lines = (PAIRS / f"pairs-{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if not row.get("disputed")]


@cache
def received(text: str) -> Received:
    return receive(text, (), 4000)


@cache
def turn(text: str, language: Language) -> Any:
    base = core_kit.assistant()
    return read(text, language, base.lexicon, base.library().known_words)


@cache
def known(text: str) -> tuple[Signature, Floats]:
    base = core_kit.assistant()
    asked = Asked(received(text), None, base.library(), base.embedder, base.lexicon)
    found = known_of(answer_question(asked), asked, "1")
    assert found is not None
    return found.signature, found.vector


def served(approved: str, asked: str) -> bool:
    """Whether the approved answer to the one is given to the other; what words tell apart is not asked first."""
    one, other = received(approved), received(asked)
    if one.language != other.language:
        return False
    if same_words(turn(one.text, one.language), turn(other.text, other.language), one.language):
        return False
    (signature, vector), (asked_signature, asked_vector) = known(approved), known(asked)
    return same(signature, asked_signature, float(vector @ asked_vector)).same


def test_there_are_enough_pairs() -> None:
    every = [*pairs("known"), *pairs("second")]
    assert sum(not row["same"] for row in every) >= 300
    assert sum(row["same"] for row in every) >= 150


@pytest.mark.parametrize("name", ["known", "second", "unseen"])
def test_no_near_miss_is_served(name: str) -> None:
    wrong = [row["id"] for row in pairs(name) if not row["same"] and served(row["approved"], row["asked"])]
    assert wrong == []


# The third file was counted before anything was done for it (.38), and is developed on since.
@pytest.mark.parametrize(("name", "least"), [("known", 0.9), ("second", 0.8), ("unseen", 0.45)])
def test_paraphrases_are_served(name: str, least: float) -> None:
    true = [row for row in pairs(name) if row["same"]]
    assert sum(served(row["approved"], row["asked"]) for row in true) / len(true) >= least


def test_a_question_in_other_words_gets_the_same_verdict() -> None:
    true = [row for name in ("known", "second", "unseen") for row in pairs(name) if row["same"]]
    base = core_kit.assistant()
    same = sum(base.ask(row["approved"]).verdict == base.ask(row["asked"]).verdict for row in true)
    assert same / len(true) >= 0.94


@pytest.mark.parametrize(
    ("approved", "asked"),
    [
        ("Skal frikommunevedtægten offentliggøres?", "Hvor skal frikommunevedtægten offentliggøres?"),
        ("Må Allerød bruge Helsingørs skabelon?", "Må Helsingør bruge Allerøds skabelon?"),
        ("Er vi fritaget for planen?", "Er borgeren fritaget for planen?"),
        ("Hvad er en plankoordinator i Allerød?", "Hvad laver en plankoordinator i Allerød?"),
        ("Hvor mange kommuner er med?", "Hvilke kommuner er med, og hvor mange er de?"),
        ("Må vi lade være med at lave planen?", "Må vi lade være med at ændre planen?"),
    ],
)
def test_other_words_for_another_question_are_told_apart(approved: str, asked: str) -> None:
    assert not served(approved, asked)


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_pattern_finds_its_example(language: Language) -> None:
    table = wording(language)
    for cue in (*table.asks, *table.last, *table.phrases, *table.wrapping):
        spelt = "".join(each for letter in cue.example.lower() for each in spell(letter))
        # Some look only behind what another has taken, which then stands as spaces.
        taken = (" " * at + spelt[at:] for at, letter in enumerate(spelt) if letter == " ")
        assert any(cue.pattern.search(each) for each in (spelt, *taken)), cue.example


# --- signatures ------------------------------------------------------------------------------------------------


def test_a_signature_comes_back_as_it_was_kept() -> None:
    signature, _ = known(QUESTION)
    kept = json.loads(json.dumps(signature_to_json(signature), ensure_ascii=False))
    assert signature_from_json(kept) == signature


@pytest.mark.parametrize("kept", [None, {}, [], {"reading": "1"}, "text"])
def test_what_is_no_signature_is_none(kept: Any) -> None:
    assert signature_from_json(kept) is None


def test_a_signature_of_another_shape_is_none() -> None:
    kept = signature_to_json(known(QUESTION)[0])
    assert signature_from_json({**kept, "turns": [turn[:-1] for turn in kept["turns"]]}) is None


# --- serving from the record --------------------------------------------------------------------------------------


@pytest.fixture
def asking(record_settings: Settings) -> Iterator[Assistant]:
    """An assistant with an empty record of its own, on one database and then the other."""
    base = core_kit.assistant()
    settings = record_settings.model_copy(update={"index": base.settings.index})
    recorder = Recorder(settings, base.store)
    yield Assistant(base.store, base.embedder, base.lexicon, settings, recorder)
    recorder.close()


def record_of(asking: Assistant) -> Record:
    assert asking.recorder is not None
    return asking.recorder.record()


def approve(asking: Assistant, number: int, **changed: Any) -> Entry:
    """A jurist's approval of a recorded answer."""
    record = record_of(asking)
    body = dict(record.filed(number).body)
    kept = {name: body[name] for name in ("question", "history", "as_of", "network", "answer", "signature", "vector")}
    facts = {"outcome": "approve", "state": "approved", "in_force": True, "second": False}
    return record.append(
        JURIST,
        "decision",
        {**facts, "corpus_version": asking.corpus_version},
        {**kept, "reason": "", **changed},
        number,
    )


def approved_once(asking: Assistant, question: str = QUESTION, **given: Any) -> Entry:
    return approve(asking, asking.ask(question, by=ASKER, **given).record)


def change(asking: Assistant, statement: Any) -> None:
    with writing(record_of(asking).engine) as connection:
        connection.execute(statement)


def test_the_same_question_in_other_words_gets_the_approved_answer(asking: Assistant) -> None:
    decision = approved_once(asking)
    given = asking.ask(AGAIN, by=ASKER)
    assert given.approved == decision.at[:10]
    assert given.question == AGAIN
    assert given.verdict == "nej"
    assert given.record == decision.number + 1
    assert str(decision.number) in given.explanation["reason"]
    assert given.explanation["approved_question"] == QUESTION
    assert record_of(asking).filed(given.record).facts["served"] == decision.number


def test_another_question_does_not(asking: Assistant) -> None:
    approved_once(asking)
    given = asking.ask("Skal vi lave den forberedende del af rehabiliteringsplanen?", by=ASKER)
    assert (given.approved, record_of(asking).filed(given.record).facts["served"]) == ("", 0)


def test_an_answer_that_nobody_approved_is_not_served(asking: Assistant) -> None:
    asking.ask(QUESTION, by=ASKER)
    assert asking.ask(QUESTION, by=ASKER).approved == ""


def test_a_corrected_answer_is_served_as_the_jurist_wrote_it(asking: Assistant) -> None:
    first = asking.ask(QUESTION, by=ASKER)
    corrected = replace(first, answer=f"{first.answer} Det gælder alle borgere.", record=0, record_hash="")
    approve(asking, first.record, answer=to_json(corrected))
    assert asking.ask(AGAIN, by=ASKER).answer.endswith("Det gælder alle borgere.")


def test_what_is_said_of_the_new_question_is_kept_and_of_the_old_one_is_not(asking: Assistant) -> None:
    named = f"{QUESTION} Mvh Jens Hansen, cpr 010180-1235"
    assert [notice.code for notice in asking.ask(named, by=ASKER).notices].count("personal_data") == 1
    approved_once(asking, named)
    bare, again = asking.ask(QUESTION, by=ASKER), asking.ask(named, by=ASKER)
    assert bare.approved
    assert again.approved
    assert ["personal_data" in {notice.code for notice in each.notices} for each in (bare, again)] == [
        False,
        True,
    ]
    assert "010180" not in again.question
    assert "010180" not in bare.explanation["approved_question"]


@pytest.mark.parametrize("given", [{"network": "København"}, {"as_of": "2018-07-01"}])
def test_for_another_network_or_another_day_nothing_is_served(asking: Assistant, given: dict[str, str]) -> None:
    approved_once(asking)
    assert asking.ask(QUESTION, by=ASKER, **given).approved == ""
    assert asking.ask(QUESTION, by=ASKER).approved != ""


def test_for_the_same_day_the_answer_of_that_day_is_served(asking: Assistant) -> None:
    approved_once(asking, as_of="2018-07-01")
    assert asking.ask(AGAIN, by=ASKER, as_of="2018-07-01").approved != ""
    assert asking.ask(AGAIN, by=ASKER).approved == ""


def test_a_question_that_hangs_on_another_one_is_not_the_same_alone(asking: Assistant) -> None:
    history = ["Er vi fritaget for planen efter SEL § 54?"]
    follow = "Og § 70?"
    approve(asking, asking.ask(follow, history, by=ASKER).record)
    assert asking.ask(follow, history, by=ASKER).approved != ""
    assert asking.ask("Er vi fritaget for planen efter SEL § 70?", by=ASKER).approved == ""
    assert asking.ask(follow, ["Skal vi lave planen efter SEL § 54?"], by=ASKER).approved == ""


def suspension(asking: Assistant, decision: Entry) -> None:
    facts = {"approval": decision.number, "cause": "changed", "source_id": "x"}
    record_of(asking).append(JURIST, "suspension", facts, {"old": "a", "new": "b", "section": ""}, decision.about)


def rejection(asking: Assistant, decision: Entry) -> None:
    facts = {"outcome": "reject", "state": "rejected", "in_force": False}
    record_of(asking).append(JURIST, "decision", facts, {"reason": "forkert", "answer": {}}, decision.about)


def body_changed(asking: Assistant, decision: Entry) -> None:
    body = dict(record_of(asking).filed(decision.number).body)
    body["answer"] = {**body["answer"], "verdict": "ja"}
    text = json.dumps(body, ensure_ascii=False)
    change(asking, update(CONTENTS).where(CONTENTS.c.number == decision.number).values(body=text))


def entry_changed(asking: Assistant, decision: Entry) -> None:
    change(asking, update(ENTRIES).where(ENTRIES.c.number == decision.number).values(user="en anden"))


def text_deleted(asking: Assistant, decision: Entry) -> None:
    change(asking, CONTENTS.delete().where(CONTENTS.c.number == decision.number))


@pytest.mark.parametrize("deed", [suspension, rejection, body_changed, entry_changed, text_deleted])
def test_an_approval_that_is_out_of_force_or_tampered_with_is_not_served(asking: Assistant, deed: Any) -> None:
    decision = approved_once(asking)
    assert asking.ask(AGAIN, by=ASKER).approved != ""
    deed(asking, decision)
    assert asking.ask(AGAIN, by=ASKER).approved == ""


def test_a_row_that_is_put_back_in_force_by_hand_serves_nothing(asking: Assistant) -> None:
    suspension(asking, approved_once(asking))
    change(asking, update(APPROVALS).values(state="active"))
    assert asking.ask(AGAIN, by=ASKER).approved == ""


def test_a_row_that_points_at_another_question_serves_nothing(asking: Assistant) -> None:
    mine, other = approved_once(asking), approved_once(asking, "Må vi undlade at lave Min Plan efter LAB § 27?")
    with reading(record_of(asking).engine) as connection:
        rows = {row.number: row for row in connection.execute(APPROVALS.select())}
    wrong = rows[mine.number]
    change(
        asking,
        update(APPROVALS)
        .where(APPROVALS.c.number == other.number)
        .values(signature=wrong.signature, vector=wrong.vector),
    )
    change(asking, APPROVALS.delete().where(APPROVALS.c.number == mine.number))
    assert asking.ask(AGAIN, by=ASKER).approved == ""


@pytest.mark.parametrize("signature", ["", "{}", "[1]", "ikke json"])
def test_a_row_that_cannot_be_read_harms_nobody(asking: Assistant, signature: str) -> None:
    approved_once(asking)
    change(asking, update(APPROVALS).values(signature=signature, vector=b"123"))
    assert asking.ask("Hvor mange kommuner er med i netværket?", by=ASKER).answer


def test_a_quote_that_is_gone_from_its_source_is_not_served(asking: Assistant) -> None:
    first = asking.ask(QUESTION, by=ASKER)
    gone = replace(first.citations[0], quote="Det har aldrig stået der.")
    approve(asking, first.record, answer=to_json(replace(first, citations=(gone, *first.citations[1:]))))
    assert asking.ask(AGAIN, by=ASKER).approved == ""


def test_a_question_that_an_older_program_took_apart_is_taken_apart_anew(asking: Assistant) -> None:
    number = asking.ask(QUESTION, by=ASKER).record
    signature = {**record_of(asking).filed(number).body["signature"], "reading": "0.0.1", "turns": []}
    approve(asking, number, signature=signature)
    assert asking.ask(AGAIN, by=ASKER).approved != ""


def test_an_answer_that_is_not_shown_is_not_looked_up(asking: Assistant) -> None:
    approved_once(asking)
    (answer,) = [event.answer for event in asking.ask_stream(QUESTION, shown=False) if event.answer]
    assert answer.approved == ""


def test_without_the_database_the_question_is_refused_or_answered_unapproved(tmp_path: Path) -> None:
    base = core_kit.assistant()
    blocked = tmp_path / "data"
    blocked.write_text("en fil, hvor mappen skulle være")
    for record, refused in (("required", True), ("lenient", False)):
        settings = base.settings.model_copy(update={"record": record, "data": blocked})
        asking = Assistant(base.store, base.embedder, base.lexicon, settings, Recorder(settings, base.store))
        if refused:
            with pytest.raises(RecordError):
                asking.ask(QUESTION)
        else:
            assert asking.ask(QUESTION).approved == ""


# --- time and looks -------------------------------------------------------------------------------------------------


def test_a_thousand_approvals_are_looked_through_in_milliseconds(asking: Assistant) -> None:
    decision = approved_once(asking)
    signature, vector = known(QUESTION)
    rng = np.random.default_rng(1)
    shaken = [vector + rng.normal(0, 0.01, len(vector)).astype(np.float32) for _ in range(1000)]
    row = signature_to_json(signature._replace(network="et andet"))
    with writing(record_of(asking).engine) as connection:
        connection.execute(
            insert(APPROVALS),
            [
                {
                    "number": 10_000 + at,
                    "about": 10_000 + at,
                    "at": decision.at,
                    "state": "active",
                    "signature": json.dumps(row, ensure_ascii=False),
                    "vector": np.asarray(each, np.float32).tobytes(),
                    "checked": asking.corpus_version,
                }
                for at, each in enumerate(shaken)
            ],
        )
    asked = Asked(received(AGAIN), None, asking.library(), asking.embedder, asking.lexicon)
    fresh = known_of(answer_question(asked), asked, signature.reading)
    assert fresh is not None
    approvals = Approvals()
    approvals.answering(fresh, asked, record_of(asking))
    times = []
    for _ in range(20):
        started = time.perf_counter()
        approvals.answering(fresh, asked, record_of(asking))
        times.append(time.perf_counter() - started)
    assert sorted(times)[10] < 0.05


def test_what_a_question_is_known_by_adds_little_to_its_record(asking: Assistant) -> None:
    body = record_of(asking).filed(asking.ask(QUESTION, by=ASKER).record).body
    kept = len(json.dumps(body["signature"], ensure_ascii=False)) + len(body["vector"])
    assert kept < 6000
    assert len(base64.b64decode(body["vector"])) == 4 * core_kit.assistant().embedder.dimension


@pytest.mark.parametrize(
    ("language", "badge"),
    [("da", "Godkendt af jurist 22. november 2026"), ("en", "Approved by a lawyer 22 November 2026")],
)
def test_the_badge_stands_by_the_verdict_and_in_plain_text(language: Language, badge: str) -> None:
    given = Answer("?", "?", language, "ja", "Ja.", approved="2026-11-22")
    assert badge in plain_text(given)
    assert badge in verdict_html(given, "kilde-1", page_words(language))
    told = replace(given, explanation={"approved_question": "Må <vi>?"})
    assert "“Må <vi>?”" in plain_text(told)
    assert "“Må &lt;vi&gt;?”" in verdict_html(told, "kilde-1", page_words(language))
    unseen = replace(given, approved="")
    assert badge not in plain_text(unseen) + verdict_html(unseen, "kilde-1", page_words(language))
