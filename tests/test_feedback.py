"""What users say of an answer, and what they later see of what came of it."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from assistant.errors import NotAllowed, ReviewError
from assistant.record.database import reading, writing
from assistant.record.decisions import approve, comment, correct, reject
from assistant.record.feedback import REASONS, give_feedback, own_cases
from assistant.record.journal import Record
from assistant.record.projecting import rebuild
from assistant.record.purging import purge
from assistant.record.queue import Filters, counts
from assistant.record.tables import CASES, REPORTS
from assistant.rights import Person
from tests.record_kit import ADMINISTRATOR, ASKER, JURIST, answered, body, facts
from tests.review_kit import QUESTION, Ask, ask, correction, desk, seen

__all__ = ["ask"]  # a fixture
OTHER = Person("bo")


def reports(record: Record) -> list[tuple[str, int, str]]:
    with reading(record.engine) as connection:
        rows = connection.execute(select(REPORTS.c.user, REPORTS.c.helpful, REPORTS.c.outcome))
        return [(row.user, row.helpful, row.outcome) for row in rows]


def flagged(record: Record) -> int:
    return counts(record, JURIST, Filters())["flagged"]


def test_a_thumb_up_is_on_record_and_flags_nothing(record: Record) -> None:
    number = answered(record)
    entry = give_feedback(record, ASKER, number, helpful=True).entry
    filed = record.filed(entry.number)
    assert (filed.entry.kind, filed.entry.about, filed.entry.user) == ("feedback", number, "anna")
    assert filed.facts == {"helpful": True, "reason": ""}
    assert filed.body == {}
    assert flagged(record) == 0


@pytest.mark.parametrize("reason", REASONS)
def test_a_thumb_down_with_its_reason_lands_in_the_queue(record: Record, reason: str) -> None:
    number = answered(record)
    entry = give_feedback(record, ASKER, number, helpful=False, reason=reason, text="Det er ikke § 15.").entry  # type: ignore[arg-type]
    filed = record.filed(entry.number)
    assert filed.facts == {"helpful": False, "reason": reason}
    assert filed.body == {"text": "Det er ikke § 15."}
    assert flagged(record) == 1


def test_personal_data_in_the_text_is_masked_before_it_is_kept(record: Record) -> None:
    number = answered(record)
    given = give_feedback(record, ASKER, number, helpful=False, text="Borgeren er 010190-1234,\nskriv til a@b.dk")
    text = record.filed(given.entry.number).body["text"]
    assert "010190" not in text
    assert "a@b.dk" not in text
    assert "[cpr-nummer]" in text
    assert len(given.masked) == 2


def test_the_text_may_be_hostile_or_empty(record: Record) -> None:
    number = answered(record)
    hostile = "<script>'; DROP TABLE cases; --\0 \ud800 {x} %s\x1b[31m"
    text = record.filed(give_feedback(record, ASKER, number, helpful=False, text=hostile).entry.number).body["text"]
    assert "DROP TABLE" in text
    assert not set(text) & {"\0", "\x1b"}
    assert record.filed(give_feedback(record, ASKER, number, helpful=False, text=" \n ").entry.number).body == {}


def test_a_text_that_is_too_long_is_refused_plainly(record: Record) -> None:
    number = answered(record)
    with pytest.raises(ReviewError, match="plads til"):
        give_feedback(record, ASKER, number, helpful=False, text="a" * 5000)
    assert reports(record) == []


def test_only_an_answer_that_exists_can_be_spoken_of(record: Record) -> None:
    number = answered(record)
    said = give_feedback(record, ASKER, number, helpful=True).entry.number
    for wrong in (0, said, 99):
        with pytest.raises(ReviewError, match=f"nummer {wrong}"):
            give_feedback(record, ASKER, wrong, helpful=True)


def test_an_answer_to_somebody_else_can_be_spoken_of_by_a_jurist_alone(record: Record) -> None:
    number = answered(record)
    with pytest.raises(ReviewError):
        give_feedback(record, OTHER, number, helpful=False)
    give_feedback(record, JURIST, number, helpful=False)
    assert flagged(record) == 1


@pytest.mark.parametrize(("helpful", "reason"), [(True, "unclear"), (False, "grim")])
def test_a_reason_that_does_not_belong_is_refused(record: Record, helpful: bool, reason: str) -> None:
    with pytest.raises(ReviewError, match=reason):
        give_feedback(record, ASKER, answered(record), helpful=helpful, reason=reason)  # type: ignore[arg-type]


def test_the_last_word_of_a_user_counts(record: Record) -> None:
    number = answered(record)
    for helpful in (False, False, True):
        give_feedback(record, ASKER, number, helpful=helpful)
    assert reports(record) == [("anna", 1, "")]
    assert flagged(record) == 0
    give_feedback(record, JURIST, number, helpful=False)
    assert flagged(record) == 1
    assert len(record.about(number)) == 5  # nothing that was said is lost


def test_the_sender_sees_nothing_but_own_cases(record: Record) -> None:
    mine, _, newest = answered(record), answered(record, by=OTHER), answered(record)
    assert [each.number for each in own_cases(record, ASKER).cases] == [newest, mine]
    assert own_cases(record, Person("en anden")).cases == ()


def test_own_cases_are_read_page_by_page(record: Record) -> None:
    numbers = [answered(record) for _ in range(5)]
    first = own_cases(record, ASKER, size=2)
    second = own_cases(record, ASKER, first.older, size=2)
    last = own_cases(record, ASKER, second.older, size=2)
    assert [each.number for page in (first, second, last) for each in page.cases] == numbers[::-1]
    assert last.older == 0


def test_the_sender_sees_the_corrected_answer_the_reason_and_the_remarks(record: Record, ask: Ask) -> None:
    number = ask(QUESTION).record
    give_feedback(record, ASKER, number, helpful=False, reason="incomplete", text="Hvad med brevet?")
    own = own_cases(record, ASKER).cases[0]
    assert (own.state, own.outcome) == ("new", None)
    comment(record, JURIST, number, "Jeg ser på det.")
    correct(desk(record), JURIST, seen(record, number), correction(), "Brevet er det rette sted.")
    own = own_cases(record, ASKER).cases[0]
    assert own.question == QUESTION
    assert own.answer is not None
    assert own.answer.citations
    assert [(each.helpful, each.reason, each.text) for each in own.reports] == [
        (False, "incomplete", "Hvad med brevet?")
    ]
    assert [each.text for each in own.remarks] == ["Jeg ser på det."]
    assert own.outcome is not None
    assert (own.outcome.state, own.outcome.reason) == ("corrected", "Brevet er det rette sted.")
    assert own.outcome.answer is not None
    assert own.outcome.answer.answer == "Nej. Den forberedende del skal udarbejdes [1]."
    assert reports(record) == [("anna", 0, "corrected")]
    assert flagged(record) == 0


def test_a_rejected_answer_comes_back_with_the_reason_and_no_answer(record: Record, ask: Ask) -> None:
    number = ask(QUESTION).record
    reject(desk(record), JURIST, seen(record, number), "Spørgsmålet hører under en anden lov.")
    outcome = own_cases(record, ASKER).cases[0].outcome
    assert outcome is not None
    assert (outcome.state, outcome.reason, outcome.answer) == (
        "rejected",
        "Spørgsmålet hører under en anden lov.",
        None,
    )


def test_a_proposal_that_waits_for_another_jurist_is_not_shown_as_an_outcome(record: Record, ask: Ask) -> None:
    number = ask(QUESTION).record
    approve(desk(record, second=True), JURIST, seen(record, number))
    own = own_cases(record, ASKER).cases[0]
    assert (own.state, own.outcome) == ("pending", None)


def served_from(record: Record, approval: int, by: Person = OTHER) -> int:
    """The number of an answer that was served from an approval."""
    return record.append(by, "answer", facts(served=approval), body()).number


def test_feedback_on_a_served_answer_goes_to_the_case_that_was_approved(record: Record, ask: Ask) -> None:
    origin = ask(QUESTION).record
    approval = approve(desk(record), JURIST, seen(record, origin), "Holder.").number
    served = served_from(record, approval)
    give_feedback(record, OTHER, served, helpful=False, reason="wrong_conclusion")
    with reading(record.engine) as connection:
        found = connection.execute(select(CASES.c.number).where(CASES.c.flagged > 0)).scalars().all()
    assert found == [origin]
    reject(desk(record), JURIST, seen(record, origin), "Ikke længere.")
    assert reports(record) == [("bo", 0, "rejected")]
    assert flagged(record) == 0
    own = own_cases(record, OTHER).cases[0]
    assert own.outcome is not None
    assert own.outcome.reason == "Ikke længere."


def test_remarks_on_the_approved_case_are_not_for_those_it_was_served_to(record: Record, ask: Ask) -> None:
    origin = ask(QUESTION).record
    comment(record, JURIST, origin, "Til Anna.")
    served_from(record, approve(desk(record), JURIST, seen(record, origin)).number)
    assert own_cases(record, OTHER).cases[0].remarks == ()


def test_a_case_whose_texts_are_deleted_is_shown_as_such(record: Record, ask: Ask) -> None:
    number = ask(QUESTION).record
    give_feedback(record, ASKER, number, helpful=False, text="Hvorfor?")
    with writing(record.engine) as connection:  # what is only derived may be put back in time
        connection.execute(update(CASES).values(question=None))
    purge(record, ADMINISTRATOR, days=0)
    own = own_cases(record, ASKER).cases[0]
    assert (own.question, own.answer, own.verdict) == (None, None, "nej")
    assert own.reports[0].text == ""


def test_what_is_derived_is_the_same_when_made_anew(record: Record, ask: Ask) -> None:
    origin = ask(QUESTION).record
    give_feedback(record, ASKER, origin, helpful=False)
    give_feedback(record, ASKER, origin, helpful=True)
    approval = approve(desk(record), JURIST, seen(record, origin)).number
    give_feedback(record, OTHER, served_from(record, approval), helpful=False)

    def derived() -> object:
        with reading(record.engine) as connection:
            cases = connection.execute(select(CASES).order_by(CASES.c.number)).all()
            return [tuple(row) for row in cases], sorted(reports(record))

    before = derived()
    rebuild(record.engine)
    assert derived() == before


def test_a_role_without_the_right_is_refused(record: Record) -> None:
    number = answered(record)
    nobody = Person("x", "gæst")  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        give_feedback(record, nobody, number, helpful=True)
    with pytest.raises(NotAllowed):
        own_cases(record, nobody)
