"""Quiz questions: each has one right option that its quotes prove, whatever the documents are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

import pytest

from assistant.effects import GIVING, WITHHOLDING, effect_of
from assistant.learning.modules.binding import BoundModule, bind
from assistant.learning.modules.module import Both, load
from assistant.learning.quiz import claims, conditions, documents, verdicts
from assistant.learning.quiz.asking import FEWEST, MOST, proved, quizzes
from assistant.learning.quiz.forms import as_question, item_as_question, table, turned
from assistant.learning.quiz.pool import Pool, leans, overlap, stands_alone
from assistant.learning.quiz.question import KINDS, Option, Question, Quote, question, same_in_both
from assistant.settings import load_settings
from assistant.store import Store
from tests import core_kit
from tests.review_kit import LETTER, REFUSED, Changed

NETWORK = "En plan"


def store() -> Store:
    return core_kit.assistant().store


@cache
def bound() -> tuple[BoundModule, ...]:
    return bind(load(load_settings().corpus), store())


@cache
def made() -> Mapping[str, Sequence[Question]]:
    return quizzes(bound(), store(), NETWORK)


@cache
def pool() -> Pool:
    return Pool(store(), NETWORK)


def every() -> list[Question]:
    return [each for questions in made().values() for each in questions]


@pytest.mark.parametrize("row", table()["form"], ids=lambda row: str(row["e"])[:40])
def test_a_form_makes_the_question_of_its_example(row: Mapping[str, str]) -> None:
    found = as_question(row["e"])
    assert found is not None
    assert found.text == row["gives"]


@pytest.mark.parametrize("row", table()["item"], ids=lambda row: str(row["e"])[:40])
def test_a_list_item_is_asked_about_as_its_example_says(row: Mapping[str, str]) -> None:
    assert item_as_question(row["e"], "SEL § 54") == row["gives"]


@pytest.mark.parametrize("row", table()["turn"], ids=lambda row: str(row["e"])[:40])
def test_a_turn_makes_the_contrary_of_its_example(row: Mapping[str, str]) -> None:
    assert turned(row["e"]) == row["gives"]


def test_a_negated_statement_answers_its_question_with_no() -> None:
    denied = as_question("Kommunerne fritages IKKE fra at udføre den forberedende del.")
    given = as_question("Kommunerne kan selv tilrettelægge kontaktforløbet.")
    assert denied is not None
    assert given is not None
    assert (denied.denied, given.denied) == (True, False)
    assert as_question("Se tabel 1 for detaljer.") is None


@pytest.mark.parametrize(
    ("text", "leaning"),
    [
        ("Dette gælder også her.", True),
        ("Det skaber råderum.", True),
        ("Det forudsættes, at målgruppen er den samme.", False),
        ("Det er en forudsætning, at der indberettes.", False),
        ("Kommunen skal tage stilling hertil.", True),
        ("Kommunen skal registrere.", False),
    ],
)
def test_words_that_lean_on_others_are_known(text: str, leaning: bool) -> None:
    assert leans(text) is leaning
    assert stands_alone(text) is not leaning


def test_every_module_has_at_least_five_questions_of_several_kinds() -> None:
    kinds: Counter[str] = Counter()
    for module, questions in made().items():
        counted = Counter(each.kind for each in questions)
        kinds += counted
        assert FEWEST <= len(questions) <= MOST, (module, counted)
        assert len(counted) >= 2, (module, counted)
    assert set(kinds) == set(KINDS)
    assert len(made()) >= 8


def test_every_question_has_one_right_option_and_quotes_that_stand() -> None:
    for each in every():
        assert proved(each, store()), each
        assert len({option.text.da for option in each.options}) == len(each.options) >= 3
        assert each.asked.da
        assert each.asked.en


def test_no_question_is_asked_in_two_modules_or_twice() -> None:
    keys = [each.key for each in every()]
    assert len(keys) == len(set(keys))


def test_a_verdict_follows_from_the_effect_of_what_is_quoted() -> None:
    for each in verdicts.of_statements(pool()):
        effects = {said.statement.effect for said in pool().at(each.proof)}
        right = each.options[each.right].text.da
        if right == "Nej":
            assert effects & (WITHHOLDING | {"exempt"}), each
        else:
            assert effects & (GIVING | {"required"}), each


def test_a_list_line_that_the_exceptions_contradict_is_not_asked_about() -> None:
    asked = [each.asked.da for each in verdicts.of_statements(pool())]
    assert any("SEL §54" in text for text in asked)
    assert not any("140" in text and "henhold til" in text for text in asked)
    assert not any("30a" in text and "henhold til" in text for text in asked)
    # The list of 2017 withholds plans on employment and sickness benefit in the same breath.
    assert not any("fritagelseslisten fra 2017" in text and "henhold til" in text for text in asked)


def test_a_condition_stands_beside_its_permission_and_the_others_do_not() -> None:
    found = list(conditions.of_statements(pool()))
    assert found
    for each in found:
        said = pool().at(each.proof)
        here = {other.statement.id for one in said for other in (one, *pool().around(one))}
        texts = {one.text.strip(" .") for one in pool().all if one.statement.id in here}
        wrong = [option.text.da.strip(" .") for option in each.options if not option.right]
        assert not texts & set(wrong), each
        assert all(overlap(one, other) < 0.5 for one, other in pairwise(sorted(wrong)))


def test_a_quote_of_a_document_question_stands_in_that_document_alone() -> None:
    titles = {source.title: source.id for source in store().sources.values()}
    bare = {name: "".join(filter(str.isalnum, store().source_text(name).lower())) for name in titles.values()}
    found = list(documents.of_statements(pool()))
    assert len(found) > 30
    for each in found:
        words = "".join(filter(str.isalnum, each.shown.lower()))
        right = each.options[each.right].text.da
        home = next(name for title, name in titles.items() if right.startswith(title))
        assert {name for name, text in bare.items() if words in text} <= {home}, each


def test_a_wrong_claim_says_the_contrary_of_its_quote_and_the_others_stand_word_for_word() -> None:
    texts = {said.text for said in pool().all}
    found = list(claims.of_statements(pool()))
    assert found
    for each in found:
        quoted = " ".join(" ".join(quote.words for quote in each.proof).replace("*", "").split())
        for option in each.options:
            said = option.text.da.rpartition(" (")[0]
            assert (said in texts) is not option.right, option
            if option.right:
                assert said != quoted
                moved = "tidligst" in said and "senest" in quoted
                assert moved or effect_of(said) != effect_of(quoted)


def test_a_question_keeps_its_key_when_its_quote_has_only_moved() -> None:
    options = [Option(same_in_both("Ja"), right=True), Option(same_in_both("Nej"), right=False)]
    asked = Both("Må vi?", "May we?")
    first = question("verdict", asked, options, [Quote("a", 0, 4, "Ja  !")])
    moved = question("verdict", asked, options, [Quote("a", 90, 94, "Ja !")])
    other = question("verdict", asked, options, [Quote("a", 0, 4, "Nej!")])
    assert first.key == moved.key != other.key


def test_a_question_whose_quote_has_gone_from_the_documents_is_asked_no_more() -> None:
    about = [each for each in verdicts.of_statements(pool()) if any(REFUSED in quote.words for quote in each.proof)]
    assert about
    changed = Changed(store(), LETTER, (REFUSED, "Der gives fritagelse for det hele"))
    assert not any(proved(each, changed) for each in about)
    kept = quizzes(bound(), changed, NETWORK)
    assert not {each.key for each in about} & {each.key for questions in kept.values() for each in questions}


def test_an_approved_answer_becomes_a_question_with_its_quotes() -> None:
    answer = core_kit.assistant().ask("Må jeg springe den forberedende del af rehabiliteringsplanen over?")
    (asked,) = verdicts.of_approved([answer], pool())
    assert asked.asked.da == answer.question
    assert asked.options[asked.right].text.da == "Nej"
    assert proved(asked, store())
