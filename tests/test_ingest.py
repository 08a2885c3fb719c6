"""`python -m ingest`: what is read again and what is not, and what happens to files that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import generations
from assistant.errors import IndexStoreError, SourceError
from assistant.locks import exclusive
from assistant.settings import Settings
from assistant.store import Store
from ingest import vector_index
from ingest.check import status, verify
from ingest.embedding_texts import embedding_texts
from ingest.plan import reader_version
from ingest.reading import read
from ingest.sources import load_sources
from ingest.splitting import pieces
from tests.index_kit import (
    TEXTS,
    FakeEmbedder,
    answers,
    fake_sync,
    indexed_settings,
    run_ingest,
    small_settings,
    start_ingest,
    vector,
    write_corpus,
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return indexed_settings(tmp_path)


def generation(settings: Settings) -> str:
    return generations.current_name(settings.index)


def write(settings: Settings, name: str, text: str) -> None:
    (settings.corpus / f"{name}.txt").write_text(text, encoding="utf-8")


def test_a_second_run_changes_nothing_and_asks_the_model_nothing(settings: Settings) -> None:
    before = generation(settings)
    report, embedder, lines = fake_sync(settings)
    assert (report.built, embedder.seen, lines) == (False, [], [])
    assert generation(settings) == before


def test_only_new_texts_of_a_changed_document_are_embedded(settings: Settings) -> None:
    write(settings, "fakta", TEXTS["fakta"] + "\nEn helt ny oplysning står her.\n")
    report, embedder, _ = fake_sync(settings)
    assert report.plan.changed == ("fakta",)
    assert report.plan.same == ("brev", "liste")
    assert len(embedder.seen) == 1
    assert "En helt ny oplysning" in embedder.seen[0]
    assert "En helt ny oplysning" in answers(settings)["fakta"]


def test_a_change_in_sources_toml_alone_reads_the_document_again(settings: Settings) -> None:
    write_corpus(settings.corpus, note="Rettet. ")
    report, embedder, _ = fake_sync(settings)
    assert set(report.plan.changed) == set(TEXTS)
    assert embedder.seen == []
    assert all(text.startswith("Rettet. ") for text in answers(settings).values())


def test_a_document_that_is_no_longer_listed_is_dropped(settings: Settings) -> None:
    write_corpus(settings.corpus, {name: TEXTS[name] for name in ("brev", "liste")})
    report, _, _ = fake_sync(settings)
    assert report.plan.gone == ("fakta",)
    assert set(answers(settings)) == {"brev", "liste"}


def test_a_new_document_is_added(settings: Settings) -> None:
    write_corpus(settings.corpus, {**TEXTS, "ny": "Nyt\n\nEn ny regel om mentorer.\n"})
    report, _, _ = fake_sync(settings)
    assert (report.plan.new, len(report.plan.same)) == (("ny",), 3)
    assert "ny" in answers(settings)


def test_a_file_that_turns_bad_keeps_its_former_text_and_says_so_each_time(settings: Settings) -> None:
    write(settings, "brev", "")
    first = fake_sync(settings)[0]
    second = fake_sync(settings)[0]
    for report in (first, second):
        line = str(report.failures[0])
        assert "brev.txt" in line
        assert "tidligere udgave" in line
    assert (first.built, second.built) == (True, False)
    assert answers(settings)["brev"] == TEXTS["brev"]
    assert status(settings).well is False
    write(settings, "brev", TEXTS["brev"])
    assert fake_sync(settings)[0].failures == ()
    assert status(settings).well is True


def test_a_new_file_that_cannot_be_read_stops_no_other(settings: Settings) -> None:
    write_corpus(settings.corpus, {**TEXTS, "tom": "", "ny": "Nyt\n\nEn ny regel.\n"})
    report, _, _ = fake_sync(settings)
    assert [failure.source_id for failure in report.failures] == ["tom"]
    assert "ikke i indekset" in str(report.failures[0])
    assert set(answers(settings)) == {*TEXTS, "ny"}


def test_a_corpus_of_which_nothing_can_be_read_leaves_the_index_alone(settings: Settings) -> None:
    before = answers(settings)
    write_corpus(settings.corpus, {"tom": ""})
    with pytest.raises(IndexStoreError, match=r"tom\.txt"):
        fake_sync(settings)
    assert answers(settings) == before


def test_a_broken_sources_toml_leaves_the_index_alone(settings: Settings) -> None:
    before = answers(settings)
    (settings.corpus / "sources.toml").write_text("[[source", encoding="utf-8")
    with pytest.raises(SourceError, match="sources"):
        fake_sync(settings)
    assert answers(settings) == before


def test_another_model_builds_everything_anew_and_mixes_nothing(settings: Settings) -> None:
    (Path(settings.embedding_model) / "weights").write_text("andre vægte", encoding="utf-8")
    report, embedder, _ = fake_sync(settings)
    assert report.plan.whole
    with Store.open(settings) as store:
        assert len(embedder.seen) == store.manifest.vectors


@pytest.mark.parametrize("part", [generations.DOCUMENTS, "words/meta.json", "chroma/chroma.sqlite3", "lease"])
def test_a_damaged_index_is_built_anew_by_the_next_run(settings: Settings, part: str) -> None:
    before = answers(settings)
    (generations.current(settings.index) / part).unlink()
    report, _, lines = fake_sync(settings)
    assert report.built
    assert "beskadiget" in lines[0]
    assert answers(settings) == before


def test_damage_that_a_glance_does_not_show_is_mended_by_rebuild(settings: Settings) -> None:
    before = answers(settings)
    for path in (generations.current(settings.index) / generations.CHROMA).rglob("*"):
        if path.is_file():
            path.write_bytes(b"\xff" * 64)
    with pytest.raises(IndexStoreError, match="--rebuild"):
        answers(settings)
    fake_sync(settings, rebuild=True)
    assert answers(settings) == before


def test_damaged_stored_vectors_are_made_again(settings: Settings) -> None:
    (generations.current(settings.index) / generations.CACHED_VECTORS).write_bytes(b"PK")
    write(settings, "fakta", TEXTS["fakta"] + "\nMere.\n")
    _, embedder, _ = fake_sync(settings)
    assert len(embedder.seen) > 1
    assert verify(settings).faults == []


def test_a_large_index_is_copied_and_only_its_differences_are_written(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_index, "COPY_FROM", 1)
    monkeypatch.setattr(vector_index, "COPY_SHARE", 9.0)
    monkeypatch.setattr(vector_index, "create_vectors", None)
    write_corpus(settings.corpus, {"fakta": "Fakta\n\nLoven gælder i ti kommuner. Den er ny.\n", "brev": TEXTS["brev"]})
    fake_sync(settings)
    assert verify(settings).faults == []
    with Store.open(settings) as store:
        found = [store.passages[hit.passage_id].text for hit in store.dense(vector("Loven gælder i ni kommuner."), 20)]
        assert "ti kommuner" in found[0]
        assert not any("SEL" in text for text in found)


def test_what_a_crash_left_behind_is_swept_away(settings: Settings) -> None:
    (settings.index / "gen-halvt" / "chroma").mkdir(parents=True)
    (settings.index / "gen-halvt" / generations.LEASE).touch()
    fake_sync(settings)
    assert [folder.name for folder in settings.index.glob("gen-*")] == [generation(settings)]


def test_the_generation_before_stays_until_the_next_run(settings: Settings) -> None:
    before = generation(settings)
    write(settings, "fakta", "Fakta\n\nAndet.\n")
    fake_sync(settings)
    assert (settings.index / before).is_dir()
    fake_sync(settings)
    assert not (settings.index / before).exists()


def test_a_text_longer_than_the_window_is_embedded_whole_in_pieces(tmp_path: Path) -> None:
    settings = small_settings(tmp_path)
    words = [f"ord{number}" for number in range(300)]
    write(settings, "fakta", "Fakta\n\n" + " ".join(words) + ".\n")
    _, embedder, _ = fake_sync(settings)
    assert max(embedder.token_counts(embedder.seen)) <= embedder.window
    assert set(words) <= {word.strip(".") for text in embedder.seen for word in text.split()}
    with Store.open(settings) as store:
        hit = store.dense(vector("ord298 ord299"), 1)[0]
        assert "ord299" in store.passages[hit.passage_id].text


def test_pieces_carry_the_head_unless_it_is_too_long_itself() -> None:
    counts = FakeEmbedder().token_counts
    short = pieces("under dette", "et to tre fire. " * 10, counts, 20)
    assert len(short) > 1
    assert all(piece.startswith("under dette\n") and counts([piece])[0] <= 20 for piece in short)
    long = pieces("et hoved " * 10, "krop " * 30, counts, 20)
    assert all(counts([piece])[0] <= 20 for piece in long)
    assert pieces("h", "b", counts, 20) == ("h\nb",)


def test_each_statement_is_embedded_once_and_a_passage_of_one_as_a_whole(settings: Settings) -> None:
    documents = [read(source, settings.corpus) for source in load_sources(settings.corpus)]
    texts = {text.statement_id: text for text in embedding_texts(documents)}
    passages = [passage for document in documents for passage in document.passages]
    assert list(texts) == [statement.id for passage in passages for statement in passage.statements]
    for passage in passages:
        for statement in passage.statements:
            text = texts[statement.id]
            assert statement.text in text.body
            assert text.head.startswith("Prøve: ")
            if len(passage.statements) == 1:
                assert f"{text.head}\n{text.body}" == passage.search_text


def test_a_list_item_is_embedded_under_its_lead_in(settings: Settings) -> None:
    documents = [read(source, settings.corpus) for source in load_sources(settings.corpus)]
    item = next(text for text in embedding_texts(documents) if "SEL §§ 140-141" in text.body)
    assert "fritages for at lave planer" in item.head + item.body


def test_status_says_what_a_run_would_do_and_does_nothing(settings: Settings) -> None:
    before = generation(settings)
    write(settings, "fakta", "Fakta\n\nAndet.\n")
    lines, well = status(settings)
    assert not well
    assert "ændret: fakta" in lines
    assert generation(settings) == before


def test_verify_finds_nothing_wrong_with_a_sound_index(settings: Settings) -> None:
    faults, summary = verify(settings)
    assert faults == []
    assert "3 dokumenter" in summary


def test_verify_says_that_the_corpus_has_moved_on(settings: Settings) -> None:
    write(settings, "fakta", "Fakta\n\nAndet.\n")
    assert any(fault.startswith("fakta:") for fault in verify(settings).faults)


def test_the_reader_version_is_the_same_twice() -> None:
    assert reader_version() == reader_version()


def test_an_index_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    settings = small_settings(tmp_path)
    settings.index.write_text("en fil, ikke en mappe", encoding="utf-8")
    with pytest.raises(IndexStoreError, match="--index"):
        fake_sync(settings)


def test_the_command_ends_with_1_and_a_line_for_a_bad_file_and_with_0_when_it_is_mended(settings: Settings) -> None:
    write_corpus(settings.corpus, {**TEXTS, "tom": ""})
    code, out, err = run_ingest(settings)
    assert code == 1
    assert "FEJL  tom.txt" in err
    assert "Traceback" not in err
    write_corpus(settings.corpus)
    assert run_ingest(settings)[0] == 0
    assert run_ingest(settings, "verify")[0] == 0
    assert run_ingest(settings, "status")[0] == 0
    assert out


def test_a_command_with_an_unknown_setting_or_folder_fails_in_plain_words(settings: Settings, tmp_path: Path) -> None:
    code, _, err = run_ingest(settings, "--corpus", str(tmp_path / "findes-ikke"))
    assert code == 1
    assert "sources.toml" in err
    assert "Traceback" not in err


def test_two_runs_at_once_wait_for_each_other(settings: Settings) -> None:
    write(settings, "fakta", "Fakta\n\nLoven gælder i ti kommuner.\n")
    fake_sync(settings)
    write_corpus(settings.corpus, TEXTS | {"fakta": "Fakta\n\nLoven gælder i ti kommuner.\n"}, note="x")
    with exclusive(settings.index / generations.WRITING):
        processes = [start_ingest(settings) for _ in range(2)]
        for process in processes:
            assert process.stderr is not None
            assert "venter" in process.stderr.readline()
    assert [process.wait() for process in processes] == [0, 0]
    outs = sorted(process.communicate()[0] for process in processes)
    assert ["klar" in out for out in outs] == [True, False]
