"""Questions put in other ways: the ways themselves, what counts as held, and the engine's floors on a fixed sample."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple, cast

import pytest

from assistant.frames import frames
from assistant.models import Answer, Provision
from assistant.words import fold, spell, tokens
from evals.__main__ import main
from evals.cases import CASES, Case, load
from evals.metamorphic import case_files, checks, picked
from evals.metamorphic_cases import variants
from evals.metamorphic_check import Check, Tally, asked, table, tallies, tally
from evals.metamorphic_limits import MEMBERS, Unlisted, municipalities, outsiders, provisions, unlisted
from evals.metamorphic_opposites import FRAMES, Topic, opposites
from evals.runner import Answerer
from evals.variants import NEGATIONS, VARIANTS, misspell, variant
from tests.core_kit import assistant as shared_assistant
from tests.fake_assistant import FakeAssistant, answer, citation

QUOTE = "Der gives <i>ikke</i>  fritagelse"
PLAN = "Må vi undlade at lave rehabiliteringsplanen efter SEL § 54 i Furesø?"
TYPOS = ("typo_swap", "typo_drop", "typo_double", "typo_key", "typo_frame")
# What the sample takes of each part: some 500 questions, about half a minute on two cores.
SHARES = {"variants": 0.055, "opposites": 0.2, "provisions": 0.012, "municipalities": 0.06}
# Relations that are held to one floor, so that a floor rests on enough questions.
TOGETHER = {
    "typo": "typo_swap typo_drop typo_double typo_key",
    "letters": "aeoeaa aoa",
    "case": "capitals lower",
    "manners": "no_question_mark greeting thanks",
    "frame": "frame_da frame_en",
    "opposite": "opposite_da opposite_en",
    "unlisted": "unlisted_close unlisted_far unlisted_part",
}
GROUPS = {relation: name for name, relations in TOGETHER.items() for relation in relations.split()}


class Floor(NamedTuple):
    """The least share of a group that keeps its verdict, and its verdict and its source: measured, rounded down."""

    held: float
    cited: float


FLOORS = {
    "typo": Floor(0.8, 0.8),
    "typo_frame": Floor(0.75, 0.75),
    "letters": Floor(0.95, 0.95),
    "case": Floor(0.95, 0.95),
    "manners": Floor(0.95, 0.95),
    "split": Floor(0.85, 0.85),
    "joined": Floor(0.5, 0.5),
    "frame": Floor(0.95, 0.95),
    "opposite": Floor(0.95, 0.95),
    "unlisted": Floor(1.0, 1.0),
    "unlisted_misspelt": Floor(0.75, 0.75),
    "outsider": Floor(0.95, 0.95),
    "member": Floor(1.0, 1.0),
}


def case(**fields: object) -> Case:
    return Case.model_validate(
        {"id": "a", "question": PLAN, "lang": "da", "kind": "permission", "verdict": "nej"} | fields
    )


@cache
def core() -> tuple[Case, ...]:
    return load([CASES / "core.jsonl"]).cases


def made(name: str) -> list[tuple[str, str]]:
    """Every core question with its variant of that name."""
    texts = ((each, variant(name, each.id, each.question, each.lang)) for each in core())
    return [(each.question, text) for each, text in texts if text]


# --- the variants ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", VARIANTS)
def test_the_same_case_always_gets_the_same_variant(name: str) -> None:
    assert made(name) == made(name)
    assert len(made(name)) > 50


@pytest.mark.parametrize("name", TYPOS)
def test_a_typing_error_changes_one_word_and_no_number_name_or_negation(name: str) -> None:
    for question, text in made(name):
        pairs = zip(tokens(question), tokens(text), strict=True)
        ((before, after),) = [pair for pair in pairs if pair[0].spelt != pair[1].spelt]
        assert before.word.isalpha(), text
        assert before.word not in NEGATIONS, text
        assert question[before.start : before.end].islower(), text
        assert abs(len(before.spelt) - len(after.spelt)) <= 2, text


def test_a_typing_error_is_in_the_topic_or_in_how_it_is_asked() -> None:
    assert fold("undlade") in frames().carriers
    in_topic, in_frame = variant("typo_swap", "a", PLAN, "da"), variant("typo_frame", "a", PLAN, "da")
    assert in_topic is not None
    assert in_frame is not None
    assert "undlade" in in_topic
    assert "rehabiliteringsplanen" in in_frame


@pytest.mark.parametrize(
    ("name", "language", "question", "text"),
    [
        ("typo_drop", "da", "Hvad er rehabiliteringsplanen?", None),
        ("typo_drop", "da", PLAN.upper(), None),
        ("aeoeaa", "da", "Må Ærø få øl på Ålen?", "Maa Aeroe faa oel paa Aalen?"),
        ("aoa", "da", "Må Ærø få øl?", "Ma Aro fa ol?"),
        ("capitals", "da", PLAN, PLAN.upper()),
        ("lower", "da", PLAN, PLAN.lower()),
        ("no_question_mark", "da", PLAN, PLAN.removesuffix("?")),
        ("no_question_mark", "da", "Sig frem", None),
        ("split", "da", "Må vi droppe handleplanen?", "Må vi droppe handle planen?"),
        ("split", "en", "May we drop the handleplanen?", None),
        ("joined", "da", "Må vi droppe det fælles datagrundlag?", "Må vi droppe det fællesdatagrundlag?"),
        ("greeting", "da", "Må vi?", "Hej, et hurtigt spørgsmål: Må vi?"),
        ("thanks", "en", "may we", "may we. Thanks in advance."),
    ],
)
def test_a_variant_changes_what_its_name_says(name: str, language: str, question: str, text: str | None) -> None:
    assert variant(name, "a", question, language) == text


def test_variants_of_spelling_keep_their_letters() -> None:
    assert all(spell(question) == spell(text) for question, text in made("aeoeaa"))
    assert all(question.replace(" ", "") == text.replace(" ", "") for question, text in made("split"))
    assert misspell("servicelovens", 1) not in ("servicelovens", "")


# --- what counts as held --------------------------------------------------------------------------------------------


def held(verdict: str, *citations: str) -> Answer:
    return answer(verdict, "Nej [1].", *(citation(quote) for quote in citations))


def test_a_variant_holds_when_verdict_and_source_stay() -> None:
    asking = case(must_cite=[{"doc": "brev", "quote": "gives ikke fritagelse"}])
    same = FakeAssistant({PLAN: held("nej", QUOTE), PLAN.lower(): held("nej", QUOTE)})
    (kept,) = variants(same, [asking], ["lower"])
    assert (kept.held, kept.cited, kept.lost, kept.dangerous) == (True, True, False, False)
    other = FakeAssistant({PLAN: held("nej", QUOTE), PLAN.lower(): held("nej", "Kære netværk")})
    (uncited,) = variants(other, [asking], ["lower"])
    assert (uncited.held, uncited.cited) == (True, False)


def test_a_no_that_turns_into_a_yes_is_dangerous() -> None:
    flipped = FakeAssistant({PLAN: held("nej"), PLAN.lower(): held("ja")})
    (check,) = variants(flipped, [case()], ["lower"])
    assert (check.held, check.lost, check.dangerous) == (False, True, True)
    (accepted,) = variants(flipped, [case(verdict_ok=["ja"])], ["lower"])
    assert not accepted.dangerous


def test_a_refused_case_is_left_out_and_a_variant_without_change_is_not_asked() -> None:
    assert list(variants(FakeAssistant({}), [case(question="")], ["lower"])) == []
    nobody = FakeAssistant({})
    assert list(variants(nobody, [case(question="må vi?")], ["lower"])) == []
    assert nobody.asked == []


def test_opposite_questions_with_one_answer_do_not_hold() -> None:
    topic = Topic("t", "stands", "lave den", "make it", "making it")
    yes_man = SimpleNamespace(ask=lambda *_: answer("ja"))
    found = list(opposites(cast("Answerer", yes_man), [topic]))
    by_relation = {item.relation: item for item in tallies(found)}
    assert by_relation["opposite_da"].held == 0
    assert by_relation["frame_da"].held == sum(frame.side == "must" for frame in FRAMES["da"]) / len(FRAMES["da"])
    assert by_relation["frame_da"].dangerous == sum(frame.side == "free" for frame in FRAMES["da"])


def test_unlisted_provisions_are_those_that_no_document_names() -> None:
    letter = "LAB §§ 85, 87-88 og SEL § 70, stk. 2. Se § 9."
    reader = SimpleNamespace(sources={"brev": None}, source_text=lambda _: letter)
    found = {item.provision: item.nearness for item in unlisted(cast("Answerer", reader))}
    assert {found[each] for each in (Provision("LAB", "86"), Provision("SEL", "85"), Provision("LAB", "89"))} == {
        "close"
    }
    assert found[Provision("LAB", "12")] == "far"
    assert found[Provision("SEL", "70", 3)] == "part"
    for listed in (Provision("LAB", "87"), Provision("SEL", "70"), Provision("SEL", "70", 2), Provision("LAS", "9")):
        assert listed not in found


def test_a_yes_to_an_unlisted_provision_is_dangerous() -> None:
    yes_man = cast("Answerer", SimpleNamespace(ask=lambda *_: answer("ja")))
    found = list(provisions(yes_man, [Unlisted(Provision("SEL", "85"), "close")]))
    assert [check.relation for check in found] == ["unlisted_close", "unlisted_close", "unlisted_misspelt"]
    assert all(check.dangerous and not check.held for check in found)
    assert "85" in found[0].question
    assert "servicelovens" not in found[2].question


def test_there_are_98_municipalities_of_which_nine_are_members() -> None:
    assert len(outsiders()) == 89
    assert len(MEMBERS) == 9
    silent = FakeAssistant({})
    assert all(check.held is (check.relation == "member") for check in municipalities(silent, ["Gribskov", "Vejle"]))


def test_the_table_shows_shares_and_what_failed() -> None:
    found = [
        Check("lower", "a", "Må vi?", "nej", "ja", False, None, True, True),
        Check("lower", "b", "Må vi?", "nej", "nej", True, False),
    ]
    assert tally("lower", found)[1:6] == (2, 0.5, 0.0, 1, 1)
    assert tally("upper", found)[1:3] == (0, 1.0)
    shown = table(tallies(found), lines=True)
    assert "! a: nej -> ja | Må vi?" in shown
    assert "- b: nej -> nej uden kilden" in shown
    assert " a " not in table(tallies(found), ids=False)


def test_a_share_depends_on_the_key_alone() -> None:
    some = picked(core(), lambda each: each.id, 0.3)
    assert some == [each for each in core() if each in some]
    assert set(picked(core()[:100], lambda each: each.id, 0.3)) <= set(some)
    assert picked(core(), lambda each: each.id, 1.0) == list(core())


def test_blind_cases_are_not_asked_unless_named() -> None:
    assert CASES / "core.jsonl" in case_files()
    assert not [path for path in case_files() if "blind" in path.name]


def test_the_command_prints_figures_and_tells_danger_by_its_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text(case().model_dump_json(exclude={"file", "line"}), encoding="utf-8")
    command = ["metamorphic", "--cases", str(cases), "--part", "variants", "--only", "lower"]
    safe = FakeAssistant({PLAN: held("nej"), PLAN.lower(): held("nej")})
    assert main([*command, "--out", str(tmp_path / "checks.json")], opener=lambda: safe) == 0
    assert "lower" in capsys.readouterr().out
    assert [check["id"] for check in json.loads((tmp_path / "checks.json").read_text("utf-8"))] == ["a"]
    flipped = FakeAssistant({PLAN: held("nej"), PLAN.lower(): held("ja")})
    assert main([*command, "--totals"], opener=lambda: flipped) == 1
    assert PLAN.lower() not in capsys.readouterr().out


# --- the engine, on a fixed sample ----------------------------------------------------------------------------------


@cache
def sample() -> tuple[Check, ...]:
    """The sample's checks against the real documents; asked once for all tests."""
    return tuple(
        check for part, share in SHARES.items() for check in checks(shared_assistant(), core(), [part], share=share)
    )


def group(name: str) -> Tally:
    """The figures of all relations that share the floor of that name."""
    return tally(name, [check._replace(relation=GROUPS.get(check.relation, check.relation)) for check in sample()])


def test_every_relation_of_the_sample_has_a_floor() -> None:
    assert {GROUPS.get(check.relation, check.relation) for check in sample()} == set(FLOORS)


@pytest.mark.parametrize("name", FLOORS)
def test_the_verdict_and_its_source_survive_another_way_to_ask(name: str) -> None:
    found = group(name)
    assert found.held >= FLOORS[name].held, table([found], lines=True)
    assert found.held_and_cited >= FLOORS[name].cited, table([found], lines=True)


def test_no_other_way_to_ask_allows_what_is_not_allowed() -> None:
    dangerous = [check for check in sample() if check.dangerous]
    assert not dangerous, "\n".join(check.line for check in dangerous)


# Found by the full run (`python -m evals metamorphic`): an answer that would allow what is not allowed, or drop a duty
# that stands, with where it comes from. Not strict: one that the engine has learnt shows as XPASS and can move out.
LAW = "a misspelt law is read as no law, and that as the law of whichever statement names the number"
UNKNOWN = "a word that no document knows weighs nothing, so that the rest of the question decides"
MAY = "the possibility of writing it there reads as freedom from doing so"
SCENE = "what the first sentence tells is not held against the condition"
DANGEROUS = (
    ("Har vi lov til at se bort fra servicelobens § 5?", "ja", LAW),
    ("Er retssikkerhedslovenns § 5 omfattet af forsøgstilladelsen?", "ja", LAW),
    ("Must the citizen comsent before we share information between the units in our trial?", "ja", UNKNOWN),
    ("Do we still have to carry out the perparatory part of the rehabilitation plan when there is one joint plan?",
     "nej", UNKNOWN),
    ("Do we still have to write the content of the mentor contract into the citizen's plan?", "nej", MAY),
    ("Borgeren har sagt nej tak til én plan. Er vi så alligevel fri for sektor planerne?", "ja", SCENE),
)  # fmt: skip
LEARNT = (
    ("Er vi fritaget for servicleovens § 30 b?", "ja"),
    ("Kan vi springe spørgeskemearne til evaluator over?", "ja"),
    ("Kan jeg droppe sporgeskemaerne fra evaluatoren, hvis borgeren bliver træt af dem?", "ja"),
)


@pytest.mark.parametrize(("question", "wrong"), LEARNT)
def test_ways_to_ask_that_are_dangerous_no_more(question: str, wrong: str) -> None:
    assert asked(shared_assistant(), question).verdict != wrong


@pytest.mark.parametrize(("question", "wrong", "why"), DANGEROUS)
def test_known_dangerous_ways_to_ask(question: str, wrong: str, why: str) -> None:
    if asked(shared_assistant(), question).verdict == wrong:
        pytest.xfail(why)
