"""Onboarding modules: nothing is taught that is not quoted, and a quote whose source has changed is told."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.errors import LearningError
from assistant.learning.modules.binding import BoundModule, bind, locate
from assistant.learning.modules.module import FOLDER, Quote, load, read
from assistant.learning.modules.noted import NAME, load_noted
from assistant.settings import load_settings
from assistant.store import Store
from ingest.__main__ import main as ingest
from tests import core_kit
from tests.changed_corpus import REMOVED, Changed, changed_corpus

CORPUS = load_settings().corpus
GOOD = """id = "et"
minutes = 5
title = {da = "Et", en = "One"}
aim = {da = "Mål", en = "Aim"}
try = {da = ["Må vi?"], en = ["May we?"]}
[[paragraph]]
da = "Tekst"
en = "Text"
quotes = [{doc = "brev", quote = "Kommunen kan fravige LAB § 30 a, stk. 2, om rehabiliteringsplanen."}]
[case]
situation = {da = "S", en = "S"}
question = {da = "Q", en = "Q"}
verdict = "ja"
lesson = {da = "L", en = "L"}
quotes = [{doc = "brev", quote = "Kommunen skal fortsat udføre den forberedende del."}]
[[claim]]
da = "P"
en = "P"
true = true
why = {da = "F", en = "F"}
quotes = [{doc = "liste", quote = "Kommunen fritages IKKE for at registrere."}]
"""
BAD = {
    "id =": ('id = "et"', 'id = "Et Modul"', "«id» er «Et Modul»"),
    "minutes": ("minutes = 5", "minutes = 0", "«minutes»"),
    "title": ('title = {da = "Et", en = "One"}', 'title = {da = "Et"}', "«title»: «en» mangler"),
    "unknown": ("minutes = 5", "minutes = 5\nminuts = 6", "feltet «minuts» findes ikke"),
    "no quotes": (
        'quotes = [{doc = "liste", quote = "Kommunen fritages IKKE for at registrere."}]',
        "quotes = []",
        "claim nr. 1: «quotes» mangler",
    ),
    "verdict": ('verdict = "ja"', 'verdict = "måske"', "[case]: «verdict» er «måske»"),
    "true": ("true = true", 'true = "ja"', "claim nr. 1: «true»"),
    "pairs": ('en = ["May we?"]', 'en = ["May we?", "Must we?"]', "[try]: der er ikke lige mange"),
    "TOML": ("minutes = 5", "minutes = ", "ikke gyldig TOML"),
}


@pytest.fixture(scope="module")
def store() -> Store:
    return core_kit.assistant().store


@pytest.fixture(scope="module")
def bound(store: Store) -> tuple[BoundModule, ...]:
    return bind(load(CORPUS), store, load_noted(CORPUS), "En plan")


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Changed:
    return changed_corpus(tmp_path_factory.mktemp("changed"))


@pytest.fixture(scope="module")
def after(changed: Changed) -> Mapping[str, BoundModule]:
    """The modules after the change, by id."""
    with Store.open(changed.settings) as store:
        found = bind(load(changed.settings.corpus), store, load_noted(changed.settings.corpus), "En plan")
    return {each.module.id: each for each in found}


def corpus_with(folder: Path, *texts: str) -> Path:
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(texts, 1):
        (folder / FOLDER / f"{number:02}.toml").write_text(text, "utf-8")
    return folder


def test_the_corpus_has_modules_on_everything_that_a_new_colleague_needs() -> None:
    loaded = read(CORPUS)
    assert loaded.faults == ()
    assert len(loaded.modules) >= 8
    for module in loaded.modules:
        assert module.paragraphs, module.id
        assert len(module.tries) >= 3, module.id
        assert {claim.true for claim in module.claims} == {True, False}, module.id


def test_every_paragraph_case_and_claim_has_quotes_that_are_in_the_corpus(
    bound: tuple[BoundModule, ...], store: Store
) -> None:
    for each in bound:
        for part in (*each.module.paragraphs, each.module.case, *each.module.claims):
            assert part.quotes
            assert each.stands(part.quotes)
        for quote, found in each.bound.items():
            citation = found.citation
            assert citation is not None
            assert citation.quote == store.source_text(quote.source_id)[citation.start : citation.end]
            assert citation.section or citation.passage
        assert not each.flagged
        assert not each.newer


def test_where_each_quote_stood_is_noted() -> None:
    noted = load_noted(CORPUS)
    quotes = {quote for module in load(CORPUS) for quote in module.quotes}
    assert set(noted.citations) == quotes, "run `python -m ingest bind` when the modules have been read"


def test_a_quote_over_several_paragraphs_has_the_kind_and_date_of_the_part_that_it_stands_in(store: Store) -> None:
    quote = Quote("2018-midtvejsstatus", "følgende paragraffer:\n\nSEL §§140-141\n\nSEL §54\n\nSEL §70\n\nLAB §§27-30")
    found = locate(quote, store)
    assert found is not None
    assert found.citation.kind == "fritagelsesliste"


@pytest.mark.parametrize(
    "words",
    [
        "Der gives ikke fritagelse for den\n forberedende del",
        "Der gives **ikke** fritagelse for den forberedende del",
        "Der gives <i>ikke</i> fritagelse for den forberedende del",
    ],
)
def test_white_space_and_emphasis_do_not_count(words: str, store: Store) -> None:
    found = locate(Quote("2017-02-01_tilsagnsbrev", words), store)
    assert found is not None
    assert found.citation.quote == "Der gives <i>ikke</i> fritagelse for den forberedende del"


@pytest.mark.parametrize("words", ["Der gives fritagelse for den forberedende del", "Der gives ikke Fritagelse"])
def test_every_other_letter_counts(words: str, store: Store) -> None:
    assert locate(Quote("2017-02-01_tilsagnsbrev", words), store) is None


def test_a_corpus_without_modules_has_none(tmp_path: Path) -> None:
    assert read(tmp_path) == ((), ())


@pytest.mark.parametrize(("old", "new", "said"), BAD.values(), ids=BAD)
def test_a_bad_file_is_told_with_its_item_and_stops_no_other(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    loaded = read(corpus_with(tmp_path, GOOD.replace(old, new), GOOD.replace('"et"', '"to"')))
    assert [module.id for module in loaded.modules] == ["to"]
    (fault,) = loaded.faults
    assert fault.startswith(f"{FOLDER}/01.toml: ")
    assert said in fault


def test_two_modules_of_one_name_are_told(tmp_path: Path) -> None:
    loaded = read(corpus_with(tmp_path, GOOD, GOOD))
    assert len(loaded.modules) == 1
    assert "02.toml: et andet modul hedder også «et»" in loaded.faults[0]


def test_a_file_that_is_not_text_is_told(tmp_path: Path) -> None:
    corpus_with(tmp_path, GOOD)
    (tmp_path / FOLDER / "02.toml").write_bytes(b"\xff\xfe\x00")
    loaded = read(tmp_path)
    assert len(loaded.modules) == 1
    assert "UTF-8" in loaded.faults[0]


def test_a_changed_passage_flags_its_module(after: Mapping[str, BoundModule]) -> None:
    flagged = {each.flag: each for each in after["en-handleplan"].flagged}
    assert "fuld fritagelse" in (flagged["changed"].found.new.text if flagged["changed"].found else "")
    assert not after["en-handleplan"].stands(after["en-handleplan"].module.paragraphs[5].quotes)
    assert after["en-handleplan"].stands(after["en-handleplan"].module.paragraphs[0].quotes)


def test_a_passage_under_another_heading_flags_its_module(after: Mapping[str, BoundModule]) -> None:
    (moved,) = (each for each in after["frikommuneforsoeg"].flagged if each.flag == "moved")
    assert moved.citation is not None, "its words still stand"
    assert moved.found is not None
    assert moved.found.new.section.endswith("Ønsker fra kommunerne")


def test_a_removed_document_flags_its_modules(after: Mapping[str, BoundModule]) -> None:
    gone = [each for module in after.values() for each in module.flagged if each.quote.source_id == REMOVED]
    assert gone
    assert {each.flag for each in gone} == {"removed"}
    assert {each.citation for each in gone} == {None}


def test_a_newer_document_on_the_same_provision_is_a_hint_and_no_flag(after: Mapping[str, BoundModule]) -> None:
    (found,) = after["ret-og-pligt"].newer
    assert found.new.source_id == "2019-03-01_tilsagnsbrev"
    assert after["ret-og-pligt"].stands(after["ret-og-pligt"].module.case.quotes)


def test_what_has_not_changed_is_not_flagged(after: Mapping[str, BoundModule]) -> None:
    touched = {REMOVED, "2017-02-01_tilsagnsbrev", "frikommuneloven-faktaark"}
    assert {each.quote.source_id for module in after.values() for each in module.flagged} <= touched
    assert sum(len(module.flagged) for module in after.values()) < sum(len(m.bound) for m in after.values()) / 3


def test_ingest_tells_which_modules_no_longer_hold(changed: Changed) -> None:
    assert "Modulet «Én handleplan», afsnit 6: 2017-02-01_tilsagnsbrev er ændret: »Der gives" in changed.printed
    assert "Modulet «Hvad er et frikommuneforsøg?», afsnit 6: frikommuneloven-faktaark er flyttet" in changed.printed
    assert f"{REMOVED} er fjernet" in changed.printed
    assert "Modulet «Ret og pligt»: 2019-03-01_tilsagnsbrev er nyere" in changed.printed


def test_an_author_who_has_read_them_binds_the_modules_anew(
    tmp_path: Path, changed: Changed, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = shutil.copytree(changed.settings.corpus, tmp_path / "corpus")
    assert ingest(["bind", "--corpus", str(corpus), "--index", str(changed.settings.index)]) == 0
    assert f"står ikke i {REMOVED}." in capsys.readouterr().out
    with Store.open(changed.settings) as store:
        found = bind(load(corpus), store, load_noted(corpus), "En plan")
    flags = {each.flag for module in found for each in module.flagged}
    assert flags == {"changed", "removed"}, "what has only moved is accepted, and lost words are not"
    assert not any(module.newer for module in found)


def test_a_quote_that_never_was_in_its_document_is_told_and_not_noted(
    tmp_path: Path, changed: Changed, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus_with(tmp_path, GOOD)
    assert ingest(["bind", "--corpus", str(tmp_path), "--index", str(changed.settings.index)]) == 0
    assert "står ikke i brev." in capsys.readouterr().out
    with Store.open(changed.settings) as store:
        (found,) = bind(load(tmp_path), store, load_noted(tmp_path), "En plan")
    assert {each.flag for each in found.flagged} == {"missing"}


def test_a_damaged_note_is_told_and_not_trusted(tmp_path: Path) -> None:
    shutil.copytree(CORPUS / FOLDER, tmp_path / FOLDER)
    (tmp_path / FOLDER / NAME).write_text(json.dumps({"hashes": {}}), "utf-8")
    with pytest.raises(LearningError, match=r"noted\.json er beskadiget"):
        load_noted(tmp_path)
