"""The jurist's work: the queue, the case, the decision and the known answer that comes of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.answer_json import answer_from_json, to_json
from assistant.errors import NotAllowed, RecordError, ReviewError
from assistant.models import Answer
from assistant.moments import beginning, local
from assistant.record.correcting import Correction, Picked
from assistant.record.decisions import Seen, approve, comment, confirm, correct, reject, send_back
from assistant.record.feedback import give_feedback
from assistant.record.journal import Record
from assistant.record.known import FILE, is_known, known_answer
from assistant.record.purging import purge
from assistant.record.queue import LOW_EVIDENCE, PAGE, TABS, Filters, Tab, choices, counts, neighbours, queue
from assistant.record.verifying import verify
from assistant.rights import ROLES, Person, may
from assistant.verify import faults_against
from evals.cases import load
from tests import core_kit
from tests.record_kit import ADMINISTRATOR, ASKER, JURIST, OTHER_JURIST, answered
from tests.review_kit import (
    ENGLISH,
    LETTER,
    QUESTION,
    REFUSED,
    SILENT,
    Ask,
    Changed,
    ask,
    correction,
    desk,
    opened,
    seen,
)

__all__ = ["ask"]  # a fixture


def listed(record: Record, tab: Tab = "all", **limits: Any) -> list[int]:
    return [row.number for row in queue(record, JURIST, Filters(tab, **limits)).rows]


def suspended(record: Record, number: int, approval: int) -> int:
    """What ingest writes when the source of an approval has changed."""
    facts = {"approval": approval, "cause": "changed", "source_id": LETTER}
    body = {"old": "Der gives ikke fritagelse", "new": "Der gives fritagelse", "section": "Tabel 1"}
    return record.append(Person("ingest", "administrator"), "suspension", facts, body, number).number


# The queue


def test_each_case_stands_under_the_tabs_that_it_belongs_to(record: Record) -> None:
    plain = answered(record)
    silent = answered(record, verdict="ikke_besvaret", strength=0.5)
    weak = answered(record, strength=LOW_EVIDENCE - 0.1)
    unmeasured = answered(record, strength=None)
    flagged = answered(record)
    give_feedback(record, ASKER, flagged, helpful=False)
    rejected = answered(record)
    reject(desk(record), JURIST, seen(record, rejected), "Nej.")
    expected: dict[Tab, list[int]] = {
        "new": [flagged, unmeasured, weak, silent, plain],
        "flagged": [flagged],
        "abstained": [silent],
        "low_evidence": [weak],
        "reopened": [],
        "pending": [],
        "decided": [rejected],
        "all": [rejected, flagged, unmeasured, weak, silent, plain],
    }
    assert {tab: listed(record, tab) for tab in TABS} == expected
    assert counts(record, JURIST, Filters()) == {tab: len(numbers) for tab, numbers in expected.items()}


def test_what_is_decided_leaves_the_queue_until_it_is_flagged_anew(record: Record) -> None:
    number = answered(record, verdict="ikke_besvaret", strength=0.5)
    give_feedback(record, ASKER, number, helpful=False)
    reject(desk(record), JURIST, seen(record, number), "Nej.")
    assert [tab for tab in TABS if listed(record, tab)] == ["decided", "all"]
    give_feedback(record, ASKER, number, helpful=False)
    assert [tab for tab in TABS if listed(record, tab)] == ["flagged", "decided", "all"]


def test_an_answer_served_from_an_approval_waits_for_nobody(record: Record) -> None:
    answered(record, served=7, verdict="ikke_besvaret", strength=0.1)
    assert [tab for tab in TABS if listed(record, tab)] == ["all"]


LIMITS: list[tuple[dict[str, Any], list[int]]] = [
    ({"document": "b"}, [2]),
    ({"document": "a"}, [2, 1]),
    ({"document": "findes-ikke"}, []),
    ({"provision": "SEL § 140"}, [2]),
    ({"kind": "fakta"}, [3]),
    ({"verdict": "ja"}, [2]),
    ({"user": "bo"}, [3]),
    ({"user": "Anna "}, [2, 1]),
    ({"text": "ældre BORGER"}, [3]),
    ({"text": "borger ældre"}, [3]),
    ({"text": "100 %"}, [2]),
    ({"text": "100 _"}, []),
    ({"text": "#2"}, [2]),
    ({"text": "2"}, [2]),
    ({"text": "²"}, []),
    ({"text": "9" * 40}, []),
    ({"text": "'; DROP TABLE cases; --"}, []),
    ({"document": "a", "verdict": "ja"}, [2]),
    ({"document": "a", "verdict": "nej", "user": "bo"}, []),
]


def test_the_queue_is_limited_by_what_is_asked_for(record: Record) -> None:
    answered(record, "Må vi lade være?", documents=["a"])
    answered(record, "Gælder det 100 % af tiden?", documents=["a", "b"], provisions=["SEL § 140"], verdict="ja")
    answered(record, "Hvad med en Ældre borger?", documents=[], by=Person("bo"), kind="fakta")
    for limits, found in LIMITS:
        assert (limits, listed(record, **limits)) == (limits, found)
        assert counts(record, JURIST, Filters(**limits))["all"] == len(found)


def test_days_are_those_of_the_clocks_in_denmark(record: Record) -> None:
    answered(record)
    today = local(record.filed(1).entry.at).date()
    for since, until, found in (
        (today, today, [1]),
        (today, None, [1]),
        (None, today, [1]),
        (today + timedelta(days=1), None, []),
        (None, today - timedelta(days=1), []),
    ):
        assert listed(record, since=since, until=until) == found
    assert beginning(date(2026, 7, 1)) == "2026-06-30T22:00:00.000000Z"
    assert beginning(date(2026, 1, 1)) == "2025-12-31T23:00:00.000000Z"


def test_pages_follow_each_other_both_ways_without_gap(record: Record) -> None:
    numbers = [answered(record) for _ in range(7)][::-1]
    first = queue(record, JURIST, Filters("all"), size=3)
    second = queue(record, JURIST, Filters("all"), first.older, size=3)
    last = queue(record, JURIST, Filters("all"), second.older, size=3)
    assert [row.number for page in (first, second, last) for row in page.rows] == numbers
    assert (first.newer, last.older) == (0, 0)
    assert queue(record, JURIST, Filters("all"), last.newer, size=3).rows == second.rows
    assert queue(record, JURIST, Filters("all"), second.newer, size=3).rows == first.rows
    answered(record)  # a newer case moves nobody's page
    assert queue(record, JURIST, Filters("all"), first.older, size=3).rows == second.rows


def test_a_case_knows_its_neighbours_and_its_place(record: Record) -> None:
    for verdict in ("ja", "nej", "ja", "nej", "ja"):
        answered(record, verdict=verdict)
    assert neighbours(record, JURIST, Filters("all", verdict="ja"), 3) == (5, 1, 2, 3, True)
    outside = neighbours(record, JURIST, Filters("all", verdict="ja"), 4)
    assert (outside.newer, outside.older, outside.within) == (5, 3, False)
    assert neighbours(record, JURIST, Filters("all"), 5) == (0, 4, 1, 5, True)
    assert neighbours(record, JURIST, Filters("pending"), 5) == (0, 0, 0, 0, False)


def test_what_can_be_chosen_is_what_the_cases_have(record: Record) -> None:
    answered(record, documents=["b", "a"], provisions=[], kind="")
    answered(record, documents=["a"], provisions=["SEL § 1"], kind="fakta")
    assert choices(record, JURIST) == (("a", "b"), ("SEL § 1",), ("fakta",))


def test_an_empty_queue_is_empty(record: Record) -> None:
    assert queue(record, JURIST, Filters()) == ((), 0, 0)
    assert set(counts(record, JURIST, Filters()).values()) == {0}


def test_a_page_holds_no_more_than_can_be_looked_over(record: Record) -> None:
    for _ in range(PAGE + 1):
        answered(record)
    page = queue(record, JURIST, Filters())
    assert len(page.rows) == PAGE
    assert page.older == page.rows[-1].number


# The case


def test_a_case_holds_all_that_a_decision_rests_on(record: Record, ask: Ask) -> None:
    given = ask(QUESTION, history=["Hvad må vi i rehabiliteringsteamet?"])
    give_feedback(record, ASKER, given.record, helpful=False, reason="unclear", text="Hvorfor?")
    comment(record, OTHER_JURIST, given.record, "Se på brevet.")
    found = opened(record, given.record)
    assert found.answer == given
    assert (found.question, found.history) == (QUESTION, ("Hvad må vi i rehabiliteringsteamet?",))
    assert (found.user, found.state, found.flagged, found.network) == ("anna", "new", 1, "En plan")
    assert [each.found for each in found.quotes] == ["here"] * len(given.citations)
    assert [(each.kind, each.user) for each in found.said] == [("feedback", "anna"), ("comment", "jens")]
    assert found.facts["corpus_version"] == given.corpus_version
    assert found.hash == given.record_hash
    assert found.seen == given.record + 2
    assert not found.purged


def test_a_case_shows_what_was_found_and_not_used(record: Record, ask: Ask) -> None:
    given = ask(QUESTION)
    found = opened(record, given.record).retrieved
    assert len(found) == 8
    used = {each.source_id for each in found if each.used}
    assert used <= {each.source_id for each in given.citations}
    assert any(each.used for each in found)
    assert any(not each.used for each in found)
    text = core_kit.assistant().source_text(found[0].source_id)
    assert text[slice(*found[0].spans[0])] in found[0].raw


def test_a_quote_that_no_longer_stands_is_shown_as_such(record: Record, ask: Ask) -> None:
    given = ask(QUESTION)
    store = core_kit.assistant().store
    quoted = next(each for each in given.citations if each.source_id == LETTER)

    def found(documents: Changed) -> list[str]:
        return [
            each.found
            for each in opened(record, given.record, documents=documents).quotes
            if each.citation.n == quoted.n
        ]

    opening = store.source_text(LETTER)[:40]
    assert found(Changed(store, LETTER, (quoted.quote, "Noget andet."))) == ["gone"]
    assert found(Changed(store, LETTER, (opening, f"Ny linje.\n{opening}"))) == ["elsewhere"]
    assert found(Changed(store, LETTER)) == ["no_source"]


def test_a_case_that_is_none_is_said_plainly(record: Record) -> None:
    number = answered(record)
    remark = comment(record, JURIST, number, "Set.").number
    for wrong in (0, remark, 99):
        with pytest.raises(ReviewError, match=f"ingen sag {wrong}"):
            opened(record, wrong)


def test_a_case_whose_texts_are_deleted_says_so_and_cannot_be_decided(record: Record, ask: Ask) -> None:
    number = ask(QUESTION).record
    purge(record, ADMINISTRATOR, days=0)
    found = opened(record, number)
    assert found.purged
    assert (found.answer, found.question, found.quotes, found.retrieved) == (None, "", (), ())
    assert found.facts["verdict"] == "nej"
    with pytest.raises(ReviewError, match="slettet efter fristen"):
        approve(desk(record), JURIST, seen(record, number))


def test_an_answer_is_the_same_after_being_json(ask: Ask) -> None:
    for question in (QUESTION, ENGLISH, SILENT):
        answer = ask(question)
        assert answer_from_json(json.loads(json.dumps(to_json(answer)))) == answer


# The decision


def test_an_approved_answer_is_in_force_with_all_that_serving_needs(record: Record, ask: Ask) -> None:
    number = ask(QUESTION).record
    entry = approve(desk(record), JURIST, seen(record, number), "Holder.")
    filed = record.filed(entry.number)
    assert (entry.kind, entry.about, entry.user) == ("decision", number, "julie")
    wanted = {"outcome": "approve", "state": "approved", "in_force": True, "second": False}
    assert wanted.items() <= filed.facts.items()
    first = record.filed(number).body
    for name in ("question", "history", "as_of", "network"):
        assert filed.body[name] == first[name]
    assert {name for name in ("signature", "vector") if name in first} == {"signature", "vector"} & filed.body.keys()
    assert filed.body["answer"] == first["answer"]
    assert filed.body["reason"] == "Holder."
    found = opened(record, number)
    assert (found.state, found.in_force) == ("approved", entry.number)
    assert verify(record.engine).broken is None


def test_an_answer_of_silence_can_be_approved(record: Record, ask: Ask) -> None:
    number = ask(SILENT).record
    approve(desk(record), JURIST, seen(record, number))
    assert opened(record, number).state == "approved"


def test_a_quote_that_has_moved_is_approved_at_its_new_place(record: Record, ask: Ask) -> None:
    number = ask(QUESTION).record
    store = core_kit.assistant().store
    opening = store.source_text(LETTER)[:40]
    moved = Changed(store, LETTER, (opening, f"Ny linje.\n{opening}"))
    entry = approve(desk(record, moved), JURIST, seen(record, number))
    answer = answer_from_json(record.filed(entry.number).body["answer"])
    assert faults_against(answer, moved.source_text) == []


@pytest.mark.parametrize("gone", ["quote", "document"])
def test_an_answer_whose_quote_is_gone_cannot_be_approved(record: Record, ask: Ask, gone: str) -> None:
    given = ask(QUESTION)
    store = core_kit.assistant().store
    quote = next(each.quote for each in given.citations if each.source_id == LETTER)
    changed = Changed(store, LETTER, (quote, "Noget andet.") if gone == "quote" else None)
    with pytest.raises(ReviewError, match="står ikke længere ordret i «" if gone == "quote" else "findes ikke længere"):
        approve(desk(record, changed), JURIST, seen(record, given.record))
    assert opened(record, given.record).state == "new"


def test_a_corrected_answer_stands_on_quotes_picked_from_the_documents(record: Record, ask: Ask) -> None:
    number = ask(QUESTION).record
    store = core_kit.assistant().store
    other = next(each for each in opened(record, number).retrieved if not each.used and each.source_id != LETTER)
    words = "  ".join(store.source_text(other.source_id)[slice(*other.spans[0])].split()[:6])
    wanted = Correction(
        "betinget",
        "Ja, delvist [7]. Men »den forberedende del« [3] skal laves.",
        (Picked(3, LETTER, REFUSED), Picked(7, other.source_id, words, other.spans[0].start)),
        ("Kun hvis planen er samlet [3].", " "),
    )
    entry = correct(desk(record), JURIST, seen(record, number), wanted, "Delvist.")
    filed = record.filed(entry.number)
    assert {"outcome": "correct", "state": "corrected", "in_force": True}.items() <= filed.facts.items()
    answer = answer_from_json(filed.body["answer"])
    assert answer.verdict == "betinget"
    assert answer.answer == "Ja, delvist [1]. Men »den forberedende del« [2] skal laves."
    assert answer.conditions == ("Kun hvis planen er samlet [2].",)
    assert [(each.n, each.source_id) for each in answer.citations] == [(1, other.source_id), (2, LETTER)]
    assert faults_against(answer, store.source_text) == []
    assert answer.citations[1].section
    assert answer.citations[1].kind == "tilsagnsbrev"
    assert answer.question == QUESTION
    assert record.filed(number).body["answer"]["verdict"] == "nej"  # what was shown stays as it was


WRONG: list[tuple[Correction, str]] = [
    (correction(text=" "), "mangler en tekst"),
    (correction(text="Nej [2]."), r"henviser til \[2\]"),
    (correction(text="Nej."), r"citat \[1\] er ikke nævnt"),
    (correction(picked=(), text="Nej."), "hviler på intet citat"),
    (correction(text="Nej, »alt er tilladt« [1]."), "»alt er tilladt« står ikke i det citerede"),
    (correction(picked=(Picked(1, LETTER, "Der gives fuld fritagelse"),)), "står ikke ordret i «"),
    (correction(picked=(Picked(1, "findes-ikke", REFUSED),)), "findes ikke længere"),
    (correction(picked=(Picked(1, LETTER, "  "),)), "står ikke ordret"),
    (correction(text="Nej, 010190-1234 skal have en plan [1]."), "personoplysninger"),
    (correction(text="Nej [1]." + "a" * 5000), "plads til"),
]


def test_a_correction_that_does_not_hold_is_refused_with_what_is_wrong(record: Record, ask: Ask) -> None:
    number = ask(QUESTION).record
    case = seen(record, number)
    for wrong, said in WRONG:
        with pytest.raises(ReviewError, match=said):
            correct(desk(record), JURIST, case, wrong)
    assert len(record.about(number)) == 1


def test_a_correction_to_silence_needs_no_quote(record: Record, ask: Ask) -> None:
    number = ask(QUESTION).record
    correct(desk(record), JURIST, seen(record, number), Correction("ikke_besvaret", "Det fremgår ikke af kilderne."))
    assert opened(record, number).state == "corrected"


def test_words_that_stand_in_two_passages_are_to_be_two_quotes(record: Record, ask: Ask) -> None:
    number = ask(QUESTION).record
    text = core_kit.assistant().source_text(LETTER)
    wide = text[text.index(REFUSED) : text.index(REFUSED) + 2500]
    with pytest.raises(ReviewError, match="flere afsnit"):
        correct(desk(record), JURIST, seen(record, number), correction(picked=(Picked(1, LETTER, wide),)))


def test_the_notices_that_no_longer_hold_are_left_out(record: Record, ask: Ask) -> None:
    given = ask(QUESTION)
    codes = [each.code for each in given.notices]
    assert codes
    for kept in ((), (codes[0],)):
        entry = correct(desk(record), JURIST, seen(record, given.record), correction(notices=kept))
        notices = record.filed(entry.number).body["answer"]["notices"]
        assert [each["code"] for each in notices] == list(kept)


def test_a_rejection_needs_a_reason_and_takes_what_was_approved_out_of_force(record: Record, ask: Ask) -> None:
    number = ask(QUESTION).record
    approve(desk(record), JURIST, seen(record, number))
    with pytest.raises(ReviewError, match="begrundelse"):
        reject(desk(record), JURIST, seen(record, number), "  ")
    entry = reject(desk(record), OTHER_JURIST, seen(record, number), "Loven er en anden, siger 010190-1234.")
    assert record.filed(entry.number).body["reason"] == "Loven er en anden, siger [cpr-nummer]."
    found = opened(record, number)
    assert (found.state, found.in_force) == ("rejected", 0)
    assert [each.facts["outcome"] for each in found.decisions] == ["approve", "reject"]


def test_one_may_decide_on_an_own_question_and_it_is_seen(record: Record, ask: Ask) -> None:
    number = ask(QUESTION, by=JURIST).record
    approve(desk(record), JURIST, seen(record, number))
    found = opened(record, number)
    assert found.user == found.decisions[0].user


Deed = Callable[[Record, Seen], object]
DEEDS: dict[str, Deed] = {
    "approve": lambda record, case: approve(desk(record), JURIST, case),
    "correct": lambda record, case: correct(desk(record), JURIST, case, correction()),
    "reject": lambda record, case: reject(desk(record), JURIST, case, "Nej."),
}


@pytest.mark.parametrize("meanwhile", ["decision", "comment", "feedback", "suspension", "served"])
def test_who_decides_has_seen_all_that_was_said(record: Record, ask: Ask, meanwhile: str) -> None:
    number = ask(QUESTION).record
    approval = approve(desk(record), OTHER_JURIST, seen(record, number)).number
    served = answered(record, served=approval)
    before = seen(record, number)
    told: dict[str, Callable[[], object]] = {
        "decision": lambda: reject(desk(record), OTHER_JURIST, before, "Nej."),
        "comment": lambda: comment(record, OTHER_JURIST, number, "Vent."),
        "feedback": lambda: give_feedback(record, ASKER, number, helpful=False),
        "suspension": lambda: suspended(record, number, approval),
        "served": lambda: give_feedback(record, ASKER, served, helpful=False),
    }
    told[meanwhile]()
    for deed in DEEDS.values():
        entries = verify(record.engine).entries
        with pytest.raises(ReviewError, match="er ændret, siden du åbnede den"):
            deed(record, before)
        assert verify(record.engine).entries == entries
        deed(record, seen(record, number))


def test_a_served_answer_is_decided_where_it_was_approved(record: Record, ask: Ask) -> None:
    origin = ask(QUESTION).record
    served = answered(record, served=approve(desk(record), JURIST, seen(record, origin)).number)
    assert opened(record, served).served_from == origin
    with pytest.raises(ReviewError, match=f"godkendte sag {origin}"):
        reject(desk(record), JURIST, seen(record, served), "Nej.")


def test_a_suspended_approval_is_back_with_old_and_new_text_and_can_be_approved_again(record: Record, ask: Ask) -> None:
    number = ask(QUESTION).record
    suspended(record, number, approve(desk(record), JURIST, seen(record, number)).number)
    found = opened(record, number)
    assert (found.state, found.in_force, found.decided) == ("reopened", 0, None)
    told = found.said[-1]
    assert (told.kind, told.facts["cause"], told.body["old"]) == ("suspension", "changed", "Der gives ikke fritagelse")
    assert listed(record, "reopened") == [number]
    approve(desk(record), JURIST, seen(record, number))
    assert opened(record, number).in_force
    assert listed(record, "reopened") == []


def test_a_remark_is_kept_masked_and_never_empty(record: Record) -> None:
    number = answered(record)
    with pytest.raises(ReviewError, match="tom"):
        comment(record, JURIST, number, " \n")
    entry = comment(record, JURIST, number, "Ring til 010190-1234.")
    assert record.filed(entry.number).body == {"text": "Ring til [cpr-nummer]."}
    with pytest.raises(ReviewError, match="ingen sag 99"):
        comment(record, JURIST, 99, "Hvor?")


def test_what_is_in_force_can_be_decided_anew_after_the_texts_of_its_case_are_deleted(
    record: Record, ask: Ask, tmp_path: Path
) -> None:
    number = ask(QUESTION).record
    approve(desk(record), JURIST, seen(record, number))
    purge(record, ADMINISTRATOR, days=0)
    found = opened(record, number)
    assert (found.purged, found.question) == (True, QUESTION)
    assert known(record, tmp_path / FILE, number) == "added"
    correct(desk(record), JURIST, seen(record, number), correction())
    reject(desk(record), JURIST, seen(record, number), "Nej.")
    assert opened(record, number).in_force == 0


def test_of_those_who_decide_at_the_same_moment_one_is_heard(record: Record, ask: Ask) -> None:
    case = seen(record, ask(QUESTION).record)

    def decided(place: int) -> bool:
        try:
            reject(desk(record), Person(f"jurist{place}", "jurist"), case, "Nej.")
        except ReviewError as exc:
            assert "er ændret" in str(exc)  # noqa: PT017 - the others must be told why
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(decided, range(4))) == [False, False, False, True]
    assert verify(record.engine).broken is None


# The second pair of eyes


def test_an_answer_waits_for_another_jurist_where_two_are_wanted(record: Record, ask: Ask) -> None:
    number = ask(QUESTION).record
    two = desk(record, second=True)
    proposal = correct(two, JURIST, seen(record, number), correction(), "Sådan.")
    assert record.filed(proposal.number).facts["in_force"] is False
    found = opened(record, number)
    assert (found.state, found.in_force, found.decided) == ("pending", 0, None)
    assert found.proposal is not None
    assert found.proposal.number == proposal.number
    assert listed(record, "pending") == [number]
    with pytest.raises(ReviewError, match="selv foreslået"):
        confirm(two, JURIST, seen(record, number))
    entry = confirm(two, OTHER_JURIST, seen(record, number), "Enig.")
    filed = record.filed(entry.number)
    wanted = {"outcome": "correct", "state": "corrected", "in_force": True, "second": True}
    assert wanted.items() <= filed.facts.items()
    assert filed.body["answer"] == record.filed(proposal.number).body["answer"]
    found = opened(record, number)
    assert (found.state, found.in_force) == ("corrected", entry.number)


def test_the_second_jurist_can_send_a_proposal_back_with_a_reason(record: Record, ask: Ask) -> None:
    number = ask(QUESTION).record
    give_feedback(record, ASKER, number, helpful=False)
    two = desk(record, second=True)
    approve(two, JURIST, seen(record, number))
    for by, reason in ((OTHER_JURIST, ""), (JURIST, "Nej.")):
        with pytest.raises(ReviewError):
            send_back(two, by, seen(record, number), reason)
    send_back(two, OTHER_JURIST, seen(record, number), "Betingelsen mangler.")
    found = opened(record, number)
    assert (found.state, found.in_force, found.flagged) == ("reopened", 0, 1)
    assert found.decisions[-1].body["reason"] == "Betingelsen mangler."
    with pytest.raises(ReviewError, match="venter ikke"):
        confirm(two, OTHER_JURIST, seen(record, number))


def test_a_rejection_needs_no_second_pair_of_eyes(record: Record, ask: Ask) -> None:
    number = ask(QUESTION).record
    reject(desk(record, second=True), JURIST, seen(record, number), "Nej.")
    assert opened(record, number).state == "rejected"


def test_what_was_approved_stays_in_force_while_a_new_proposal_waits(record: Record, ask: Ask) -> None:
    number = ask(QUESTION).record
    approval = approve(desk(record), JURIST, seen(record, number)).number
    correct(desk(record, second=True), JURIST, seen(record, number), correction())
    assert opened(record, number).in_force == approval
    confirm(desk(record, second=True), OTHER_JURIST, seen(record, number))
    assert opened(record, number).in_force > approval


def test_a_proposal_whose_quote_has_gone_meanwhile_cannot_be_confirmed(record: Record, ask: Ask) -> None:
    number = ask(QUESTION).record
    correct(desk(record, second=True), JURIST, seen(record, number), correction())
    changed = Changed(core_kit.assistant().store, LETTER, (REFUSED, "Der gives fritagelse"))
    with pytest.raises(ReviewError, match="står ikke længere ordret"):
        confirm(desk(record, changed, second=True), OTHER_JURIST, seen(record, number))


# Known answers


def known(record: Record, path: Path, number: int) -> str:
    return known_answer(record, JURIST, number, path)


def test_a_decided_case_becomes_a_line_that_evals_reads(record: Record, ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "ny" / FILE
    asked = {
        "permission": ask(QUESTION),
        "unanswerable": ask(SILENT),
        "followup": ask("Og hvad med indsatsdelen?", history=[QUESTION]),
        "list": ask("Hvilke kommuner er med i netværket?"),
    }
    for given in asked.values():
        approve(desk(record), JURIST, seen(record, given.record))
        assert not is_known(given.record, path)
        assert known(record, path, given.record) == "added"
        assert is_known(given.record, path)
    cases = load([path]).cases
    assert [case.kind for case in cases] == list(asked)
    for case, given in zip(cases, asked.values(), strict=True):
        assert (case.question, case.verdict, case.lang) == (given.question, given.verdict, "da")
        assert [(each.doc, each.quote) for each in case.must_cite] == [
            (each.source_id, each.quote) for each in given.citations
        ]
    assert cases[2].history == (QUESTION,)
    assert load([path]).remarks == ()


def test_the_same_case_is_written_once_and_follows_its_newest_decision(
    record: Record, ask: Ask, tmp_path: Path
) -> None:
    path = tmp_path / FILE
    first, second = ask(QUESTION).record, ask(ENGLISH).record
    for number in (first, second):
        approve(desk(record), JURIST, seen(record, number))
        known(record, path, number)
    assert known(record, path, first) == "already"
    wanted = correction(verdict="betinget", text="Ja, men den forberedende del skal udarbejdes [1].")
    correct(desk(record), JURIST, seen(record, first), wanted)
    assert known(record, path, first) == "replaced"
    assert [(case.id, case.lang, case.verdict) for case in load([path]).cases] == [
        (f"sag-{first}", "da", "betinget"),
        (f"sag-{second}", "en", "nej"),
    ]


def test_only_an_answer_that_was_approved_becomes_known(record: Record, ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / FILE
    number = ask(QUESTION).record

    def refused() -> None:
        with pytest.raises(ReviewError, match="godkendt eller rettet"):
            known(record, path, number)

    refused()
    approve(desk(record, second=True), JURIST, seen(record, number))
    refused()
    approval = confirm(desk(record, second=True), OTHER_JURIST, seen(record, number)).number
    suspended(record, number, approval)
    refused()
    reject(desk(record), JURIST, seen(record, number), "Nej.")
    refused()
    assert not path.exists()


def test_lines_that_were_written_by_hand_are_left_alone(record: Record, ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text('{"id": "egen"}\nikke json\n', encoding="utf-8")
    number = ask(QUESTION).record
    approve(desk(record), JURIST, seen(record, number))
    known(record, path, number)
    assert path.read_text("utf-8").split("\n")[:2] == ['{"id": "egen"}', "ikke json"]


def test_a_file_that_cannot_be_written_is_said_plainly(record: Record, ask: Ask, tmp_path: Path) -> None:
    number = ask(QUESTION).record
    approve(desk(record), JURIST, seen(record, number))
    (tmp_path / "fil").write_text("", encoding="utf-8")
    with pytest.raises(RecordError, match="kan ikke skrives"):
        known(record, tmp_path / "fil" / FILE, number)


# Rights


@pytest.mark.parametrize("role", ROLES)
def test_only_a_jurist_sees_and_decides_cases(record: Record, ask: Ask, tmp_path: Path, role: Any) -> None:
    number = ask(QUESTION).record
    by = Person("eva", role)
    case = seen(record, number)
    deeds: list[Callable[[], object]] = [
        lambda: queue(record, by, Filters()),
        lambda: counts(record, by, Filters()),
        lambda: choices(record, by),
        lambda: neighbours(record, by, Filters(), number),
        lambda: opened(record, number, by),
        lambda: comment(record, by, number, "Set."),
        lambda: approve(desk(record), by, case),
        lambda: correct(desk(record), by, case, correction()),
        lambda: reject(desk(record), by, case, "Nej."),
        lambda: confirm(desk(record), by, case),
        lambda: send_back(desk(record), by, case, "Nej."),
        lambda: known_answer(record, by, number, tmp_path / FILE),
    ]
    entries = verify(record.engine).entries
    if may(by, "decide"):
        assert role == "jurist"
        return
    for deed in deeds:
        with pytest.raises(NotAllowed, match="jurist"):
            deed()
    assert verify(record.engine).entries == entries


def test_an_answer_as_shown_is_never_changed_by_a_decision(record: Record, ask: Ask) -> None:
    given: Answer = ask(QUESTION)
    correct(desk(record), JURIST, seen(record, given.record), correction())
    assert opened(record, given.record).answer == given
    assert replace(given, record=0, record_hash="") == answer_from_json(record.filed(given.record).body["answer"])
