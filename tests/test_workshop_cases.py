"""Cases for workshops: the deeds of the documents, the citizens they fit, and keys that the engine is sure of."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.engine import Assistant
from assistant.events import Event
from assistant.learning.cases.case import CHOICES, Case, CaseError, from_json, to_json
from assistant.learning.cases.citizen import citizens, fitting, unlike
from assistant.learning.cases.composing import Bench, compose
from assistant.learning.cases.deciding import Decided, ask, decided
from assistant.learning.cases.deed import Deed, deeds, forms, plain, receives, table
from assistant.learning.cases.grading import topics
from assistant.learning.cases.parts import load
from assistant.learning.cases.reasons import said
from assistant.library import Library
from assistant.settings import load_settings
from tests.core_kit import assistant as shared

CORPUS = load_settings().corpus


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The shared index, read by an assistant whose data folder is the tests' own."""
    known = shared()
    settings = known.settings.model_copy(update={"data": tmp_path_factory.mktemp("data")})
    return Assistant(known.store, known.embedder, known.lexicon, settings)


@pytest.fixture(scope="module")
def library(assistant: Assistant) -> Library:
    return assistant.library()


@pytest.fixture(scope="module")
def found(library: Library) -> dict[str, Deed]:
    return {deed.text: deed for deed in deeds(library)}


@pytest.fixture(scope="module")
def session(assistant: Assistant) -> tuple[Case, ...]:
    return compose(assistant, (), 3, 3, seed=7)


def test_every_form_finds_its_example() -> None:
    for form in forms():
        assert form.pattern.search(plain(form.example).rstrip(".")), form.example


def test_every_cut_and_every_limit_has_an_example_that_it_meets() -> None:
    for row in table()["cut"]["ends"]:
        assert re.search(row["p"], row["e"]), row
    assert receives(table()["receives"]["e"]) == {"ledighedsydelse"}
    assert re.search(table()["holds_for"]["p"], table()["holds_for"]["e"], re.IGNORECASE)


def test_deeds_are_read_from_sentences_lists_and_tables(found: dict[str, Deed]) -> None:
    assert found["udføre den forberedende del af rehabiliteringsplanen"].effect == "not_exempt"
    assert found["udarbejde planer efter § 54 i lov om social service"].effect == "exempt"
    assert found["kravet om personligt fremmøde"].kind == "what"
    assert found["mentorkontrakten | skrives ind i én plan for borgeren/familien"].may


def test_no_deed_is_of_a_provision_in_a_gap_of_the_list(found: dict[str, Deed]) -> None:
    assert not any("§ 86 " in text or "§ 89 " in text for text in found)


def test_a_deed_says_for_whom_its_list_holds(found: dict[str, Deed]) -> None:
    deed = found["udarbejde planer efter § 54 i lov om social service"]
    assert deed.holds_for == "{navn} er en af de borgere, hvor der udarbejdes én plan."


def test_local_practice_and_other_networks_give_no_deeds(found: dict[str, Deed], library: Library) -> None:
    for deed in found.values():
        for passage in (library.passages[each] for each in deed.passages):
            assert not passage.municipality
            assert library.is_own(library.sources[passage.source_id])


def test_what_is_written_for_one_benefit_is_told_of_nobody_else(found: dict[str, Deed], library: Library) -> None:
    people = fitting(found["tilrettelægge det individuelle kontaktforløb"], load(CORPUS), library)
    assert {person.benefit for person in people} == {"ledighedsydelse"}


def test_a_childs_plan_is_a_matter_of_families(found: dict[str, Deed], library: Library) -> None:
    deed = next(deed for text, deed in found.items() if "over for barnet" in text)
    assert all(person.id.startswith("familie") for person in fitting(deed, load(CORPUS), library))


def test_no_citizen_has_a_name_that_stands_in_the_documents(library: Library) -> None:
    parts = load(CORPUS)
    with_more = {gender: (*names, "Karsten", "Kirsten") for gender, names in parts.names.items()}
    kept = unlike(parts._replace(names=with_more), library).names
    assert not {"Karsten", "Kirsten"} & {name for names in kept.values() for name in names}
    assert min(len(names) for names in kept.values()) >= 15


def test_citizens_live_in_the_networks_municipalities(found: dict[str, Deed], library: Library) -> None:
    deed = found["kravet om personligt fremmøde"]
    people = citizens(fitting(deed, load(CORPUS), library), load(CORPUS), library, 3)
    assert people
    assert {citizen.municipality for citizen in people} <= library.network.members


def test_cases_of_a_session_differ_and_have_one_right_reason_each(session: tuple[Case, ...]) -> None:
    assert len(session) == 3
    assert len({case.question for case in session}) == 3
    for case in session:
        assert case.verdict in CHOICES
        assert sum(reason.right for reason in case.reasons) == 1
        assert 3 <= len({reason.text for reason in case.reasons}) == len(case.reasons) <= 4
        assert 2 <= len(case.discussion) <= 3
        assert 1 <= case.difficulty <= 3
        assert "{" not in case.situation + case.question + "".join(case.discussion)


def test_no_more_than_half_of_a_session_has_one_verdict(session: tuple[Case, ...]) -> None:
    assert max(Counter(case.verdict for case in session).values()) <= 2


def test_every_key_rests_on_words_that_stand_in_the_documents(session: tuple[Case, ...], assistant: Assistant) -> None:
    for case in session:
        for citation in case.answer["citations"]:
            text = assistant.source_text(citation["source_id"])
            assert text[citation["start"] : citation["end"]] == citation["quote"]
        right = next(reason.text for reason in case.reasons if reason.right)
        words = re.sub(r"\W+", "", right.split("»")[1].split(" …")[0])[-40:]
        held = "".join(plain(each["passage"]) + plain(each["quote"]) for each in case.answer["citations"])
        assert words in re.sub(r"\W+", "", held)


def test_a_wrong_reason_is_none_of_the_answers_quotes(session: tuple[Case, ...]) -> None:
    for case in session:
        quotes = {plain(each["quote"]).rstrip(" .,;") for each in case.answer["citations"]}
        for reason in case.reasons:
            assert reason.right or not any(f"»{quote}«" in reason.text for quote in quotes)


def test_every_topic_is_a_module(session: tuple[Case, ...], library: Library) -> None:
    known = {topic.id for topic in topics(CORPUS, library)}
    assert len(known) >= 8
    assert {case.topic for case in session} <= known


def test_the_same_seed_gives_the_same_cases_without_asking_again(
    session: tuple[Case, ...], assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = assistant.ask_stream

    def counted(question: str, **given: Any) -> Iterator[Event]:
        asked.append(question)
        return real(question, **given)

    monkeypatch.setattr(assistant, "ask_stream", counted)
    again = compose(assistant, (), 3, 3, seed=7)
    assert [case.key for case in again] == [case.key for case in session]
    assert [to_json(case) for case in again] == [to_json(case) for case in session]
    assert asked == []


def test_a_session_keeps_to_its_topics_and_difficulty(assistant: Assistant) -> None:
    told: list[tuple[int, int]] = []
    cases = compose(assistant, ("ret-og-pligt",), 2, 2, seed=1, progress=lambda done, of: told.append((done, of)))
    assert {case.topic for case in cases} == {"ret-og-pligt"}
    assert all(case.difficulty <= 2 for case in cases)
    assert told
    assert {of for _, of in told} == {2}


def test_the_topic_of_a_case_is_known_before_it_is_asked(session: tuple[Case, ...], assistant: Assistant) -> None:
    bench = Bench(assistant)
    for case in session:
        candidate = next(each for each in bench.candidates if each.key == case.key)
        assert case.topic in bench.topics_of(candidate.deed)


def test_a_case_is_read_back_as_it_was_written(session: tuple[Case, ...]) -> None:
    assert from_json(to_json(session[0])) == session[0]
    with pytest.raises(CaseError, match="Sammensæt sagerne igen"):
        from_json({"key": "x"})


def test_an_answer_that_decides_nothing_is_no_key(found: dict[str, Deed], assistant: Assistant) -> None:
    deed = found["udføre den forberedende del af rehabiliteringsplanen"]
    answer = ask(assistant, f"Må vi lade være med at {deed.text}?")
    library = assistant.library()
    assert isinstance(decided(deed, "skip", answer, library), Decided)
    assert decided(deed, "skip", replace(answer, verdict="info"), library) == "uafgjort"
    assert decided(deed, "skip", replace(answer, verdict="ja"), library) == "følger ikke"
    altered = replace(answer.citations[0], quote="Kommunerne fritages for alt.")
    assert decided(deed, "skip", replace(answer, citations=(altered,)), library) == "citat"
    other = found["kravet om personligt fremmøde"]
    assert decided(other, "skip", answer, library) == "en anden kilde"


def test_a_duty_that_hangs_on_conditions_is_no_key(found: dict[str, Deed], assistant: Assistant) -> None:
    deed = found["kravet om personligt fremmøde"]
    answer = ask(assistant, f"Skal vi stadig overholde {deed.text}?")
    assert answer.verdict == "nej"
    assert decided(deed, "must", answer, assistant.library()) == "hænger på betingelser"


def test_what_is_not_for_all_alike_is_decided_by_its_condition(found: dict[str, Deed], assistant: Assistant) -> None:
    deed = found["undtage borgere fra ret og pligt tilbud"]
    question = f"Må vi {deed.longer[-1]}?".replace("borgere", "alle borgere i målgruppen")
    key = decided(deed, "all", ask(assistant, question), assistant.library())
    assert isinstance(key, Decided)
    assert key.answer.verdict == "nej"
    assert "benyttes KUN" in said(key.first)


def test_what_only_a_superseded_list_says_is_no_key(found: dict[str, Deed], assistant: Assistant) -> None:
    deed = found["udarbejde planer på sygedagpenge- og beskæftigelsesområdet"]
    answer = ask(assistant, f"Må vi lade være med at {deed.text}?")
    assert isinstance(decided(deed, "skip", answer, assistant.library()), str)


def test_a_reason_is_the_documents_words_under_their_lead_in(found: dict[str, Deed], assistant: Assistant) -> None:
    deed = found["udarbejde planer efter § 54 i lov om social service"]
    key = decided(deed, "skip", ask(assistant, f"Må vi lade være med at {deed.text}?"), assistant.library())
    assert isinstance(key, Decided)
    text = said(key.first)
    assert text.startswith("Fritagelseslisten fra 2018: »For de borgere, hvor der udarbejdes én plan")
    assert text.endswith("SEL §54«")


def test_a_corpus_without_parts_has_no_cases(assistant: Assistant, tmp_path: Path) -> None:
    bare = Assistant(
        assistant.store,
        assistant.embedder,
        assistant.lexicon,
        assistant.settings.model_copy(update={"corpus": tmp_path}),
    )
    assert compose(bare, (), 3, 3, seed=1) == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('[[person]]\nid = "x"\ntext = "{navn}"', "personen «x» duer ikke"),
        ('[[person]]\nid = "x"\ntext = "{cpr}"\nages = [1, 2]', "pladsen {cpr}"),
        ('[[person]]\nid = "x"\ntext = "{navn}"\nages = [9, 2]', "forkert orden"),
        ("[[wish]]\nframe = 3", "duer ikke"),
        ('names = ["Ida"]', "listerne f og m"),
        ("[[person", "gyldig TOML"),
    ],
)
def test_a_bad_part_is_named_with_its_file(tmp_path: Path, line: str, told: str) -> None:
    folder = tmp_path / "learning" / "cases"
    folder.mkdir(parents=True)
    (folder / "egne.toml").write_text(line, encoding="utf-8")
    with pytest.raises(CaseError, match=re.escape(told)) as refused:
        load(tmp_path)
    assert "egne.toml" in str(refused.value)


def test_changed_parts_are_decided_anew(assistant: Assistant, tmp_path: Path) -> None:
    shutil.copytree(CORPUS / "learning" / "cases", tmp_path / "learning" / "cases")
    path = tmp_path / "learning" / "cases" / "dele.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("svær angst", "svær søvnbesvær"), encoding="utf-8")
    other = Assistant(
        assistant.store,
        assistant.embedder,
        assistant.lexicon,
        assistant.settings.model_copy(update={"corpus": tmp_path}),
    )
    candidate = Bench(other).candidates[0]
    assert candidate.key not in Bench(other).kept
