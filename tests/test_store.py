"""The index as it is read: searches, look-ups, and every way in which it can be missing, damaged or foreign."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import generations
from assistant.errors import EmbeddingError, IndexMissing, IndexStoreError
from assistant.lexical import create_lexical, open_lexical
from assistant.models import Part, Passage, Provision, Source, Span, Statement
from assistant.records import Indexed, document_from_json, document_to_json
from assistant.settings import Settings
from assistant.store import Store
from tests.index_kit import fake_sync, indexed_settings, small_settings, vector


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return indexed_settings(tmp_path)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with Store.open(settings) as opened:
        yield opened


def test_words_are_found_in_any_inflection(store: Store) -> None:
    hit = store.lexical("rehabiliteringsplaner", 5)[0]
    assert "rehabiliteringsplanen" in store.passages[hit.passage_id].text


def test_a_word_as_it_stands_counts_more_than_its_stem(tmp_path: Path) -> None:
    create_lexical(tmp_path, [("stem", "planens dele"), ("word", "planer dele")])
    first, second = open_lexical(tmp_path).search("planer", 2)
    assert (first.passage_id, second.passage_id) == ("word", "stem")
    assert first.score > second.score


@pytest.mark.parametrize(
    "query", ["kommunen AND (", 'id:"x" kommunen', "kommunen^~*?", "-kommunen", "kommunen\x00", "\ud800 kommunen", "+"]
)
def test_a_query_is_words_and_never_syntax(store: Store, query: str) -> None:
    expected = store.lexical("kommunen", 50) if "kommunen" in query else []
    found = {hit.passage_id for hit in store.lexical(query, 50)}
    assert {hit.passage_id for hit in expected} <= found


@pytest.mark.parametrize("query", ["", "   ", "§", "\x00", "кот"])
def test_a_query_without_known_words_finds_nothing(store: Store, query: str) -> None:
    assert store.lexical(query, 5) == []


def test_a_very_long_query_is_answered(store: Store) -> None:
    assert store.lexical("kommunen " + "ord " * 30_000, 3)


def test_dense_search_gives_passage_and_statement_by_falling_cosine(store: Store) -> None:
    hits = store.dense(vector("Loven gælder i ni kommuner."), 6)
    best = store.passages[hits[0].passage_id]
    assert "ni kommuner" in best.text
    assert {hit.statement_id for hit in hits} & {statement.id for statement in best.statements}
    assert [hit.similarity for hit in hits] == sorted((hit.similarity for hit in hits), reverse=True)
    assert len({(hit.passage_id, hit.statement_id) for hit in hits}) == len(hits)


def test_a_provision_finds_what_names_it_its_whole_or_its_part(store: Store) -> None:
    text = store.passages[store.by_provision(Provision("LAB", "30a"))[0]].text
    assert "§ 30 a, stk. 2" in text
    assert store.by_provision(Provision("LAB", "30a", stk=2)) == store.by_provision(Provision("LAB", "30a"))
    assert store.by_provision(Provision("", "30a", stk=2)) == store.by_provision(Provision("LAB", "30a", stk=2))


@pytest.mark.parametrize("other", [Provision("LAB", "30a", stk=3), Provision("SEL", "30a"), Provision("LAB", "31")])
def test_another_law_paragraph_or_subsection_is_not_the_same_provision(store: Store, other: Provision) -> None:
    assert store.by_provision(other) == []


def test_every_passage_is_what_its_spans_point_at(store: Store) -> None:
    for passage in store.passages.values():
        text = store.source_text(passage.source_id)
        assert passage.raw == "\n\n".join(text[span.start : span.end] for span in passage.spans)


def test_a_document_survives_the_way_to_json_and_back() -> None:
    provision = Provision("LAB", "30a", 2, None)
    statement = Statement("a.0", "a", "exempt", "æøå", (Span(0, 3),), "kolonne", "sammenhæng", (provision,))
    passage = Passage(
        "a", "s", 1, "table_row", ("H1", "H2"), (Span(0, 3), Span(5, 7)), "æøå\n\nxy", "æøå xy", "t æøå xy", "lov",
        "2017", 3, "led", (Span(9, 10),), ("K",), "Furesø", (provision,), (statement,),
    )  # fmt: skip
    source = Source("s", "s.txt", "T", "lov", "2017", supersedes=("r",), parts=(Part("H", "brev", "2018"),))
    document = Indexed(source, "æøå  xy   z", (passage,))
    assert document_from_json(json.loads(json.dumps(document_to_json(document)))) == document


def test_a_missing_index_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="python -m ingest"):
        Store.open(small_settings(tmp_path))


def test_another_model_is_refused(settings: Settings) -> None:
    (Path(settings.embedding_model) / "weights").write_text("andre vægte", encoding="utf-8")
    with pytest.raises(EmbeddingError, match="python -m ingest"):
        Store.open(settings)


@pytest.mark.parametrize("part", [generations.MANIFEST, generations.DOCUMENTS])
@pytest.mark.parametrize("damage", ["cut", "garbled", "removed"])
def test_a_damaged_file_says_how_to_rebuild(settings: Settings, part: str, damage: str) -> None:
    path = generations.current(settings.index) / part
    if damage == "removed":
        path.unlink()
    else:
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2] if damage == "cut" else data.replace(b"a", b"\xff"))
    with pytest.raises(IndexStoreError, match="python -m ingest"):
        Store.open(settings)


def test_a_manifest_of_another_format_says_what_to_run(settings: Settings) -> None:
    path = generations.current(settings.index) / generations.MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"format": 0}), encoding="utf-8")
    with pytest.raises(IndexStoreError, match="anden udgave"):
        Store.open(settings)


@pytest.mark.parametrize("pointer", ["", "../elsewhere", "gen-gone", "\xff\xfe"])
def test_a_damaged_pointer_says_how_to_rebuild(settings: Settings, pointer: str) -> None:
    (settings.index / generations.CURRENT).write_text(pointer, encoding="latin-1")
    with pytest.raises(IndexStoreError, match="python -m ingest"):
        Store.open(settings)


@pytest.mark.parametrize("part", [generations.WORDS, generations.CHROMA])
@pytest.mark.parametrize("damage", ["garbled", "removed"])
def test_damaged_words_or_vectors_say_how_to_rebuild(settings: Settings, part: str, damage: str) -> None:
    for path in (generations.current(settings.index) / part).rglob("*"):
        if path.is_file() and damage == "removed":
            path.unlink()
        elif path.is_file():
            path.write_bytes(b"\xff" * 100)
    with pytest.raises(IndexStoreError, match="python -m ingest"), Store.open(settings) as store:
        store.dense(vector("kommunen"), 3)


def test_an_open_store_answers_on_through_swaps_and_knows_that_it_is_old(settings: Settings) -> None:
    with Store.open(settings) as store:
        before = dict(store.passages)
        for number in range(3):
            (settings.corpus / "fakta.txt").write_text(
                f"Fakta\n\nLoven gælder i {number} kommuner.\n", encoding="utf-8"
            )
            fake_sync(settings)
        assert not store.is_current()
        assert store.passages == before
        assert store.lexical("udløber", 3)
        assert store.dense(vector("Den udløber i 2021."), 3)
    fake_sync(settings)
    assert [folder.name for folder in settings.index.glob("gen-*")] == [generations.current_name(settings.index)]
