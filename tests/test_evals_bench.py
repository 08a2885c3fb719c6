"""The bench's parts that need no measuring: generated documents, sizes, reports, charts."""

from __future__ import annotations

import argparse
import re
import shutil
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.authority import KINDS
from assistant.errors import SourceError
from assistant.settings import ROOT
from evals.bench import add_arguments, figures, spread, with_embedding
from evals.bench_growth import Cost
from evals.bench_page import PageTimes
from evals.bench_report import Bench, document, growth_rows, limit_rows, page, write
from evals.generate import PHRASES, build_corpus, measured
from evals.generate import document as generated
from evals.svg import Bar, Line, bars, lines
from ingest.sources import load_sources

CORPUS = ROOT / "corpus"
COST = Cost(
    scale=1,
    documents=6,
    characters=60_000,
    ingest_s=12.0,
    ingest_cpu_s=20.0,
    unchanged_s=1.5,
    unchanged_work_s=0.1,
    open_s=2.0,
    ready_s=4.0,
    first_ms=90.0,
    p50_ms=50.0,
    p95_ms=310.0,
    p50_cpu_ms=80.0,
    rss_mib=900.0,
    peak_mib=950.0,
    index_mib=3.0,
    repeats=3,
    answers=57,
    verdicts=("ja",),
)
BENCH = Bench("2026-01-01T00:00:00+00:00", "2 kerner", (COST, replace(COST, scale=10, ingest_s=120.0, same=0.9)), None)


class TestGenerating:
    def test_the_same_number_and_seed_give_the_same_document(self) -> None:
        assert generated(3, 1) == generated(3, 1) != generated(3, 2)

    def test_every_slot_is_filled(self) -> None:
        texts = [generated(number, 1).text for number in range(7)]
        assert not re.search(r"[{}]", "".join(texts))

    def test_every_use_of_a_sentence_has_sentences(self) -> None:
        uses = tomllib.loads(PHRASES.read_text(encoding="utf-8"))["sentences"]
        assert all(uses.values())

    def test_the_tables_are_toml_with_known_kinds(self) -> None:
        kinds = {kind for rank in KINDS for kind in rank}
        for number in range(7):
            (table,) = tomllib.loads(generated(number, 1).table)["source"]
            assert table["kind"] in kinds

    def test_a_corpus_grows_to_the_size_asked_for_and_is_complete(self, tmp_path: Path) -> None:
        real = measured(CORPUS)
        size = build_corpus(tmp_path / "corpus", CORPUS, 3)
        assert 3 * real.characters <= size.characters < 3.3 * real.characters
        sources = load_sources(tmp_path / "corpus")
        assert len(sources) == size.documents == measured(tmp_path / "corpus").documents
        assert all((tmp_path / "corpus" / source.file).is_file() for source in sources)

    def test_once_the_corpus_is_the_corpus_itself(self, tmp_path: Path) -> None:
        assert build_corpus(tmp_path / "corpus", CORPUS, 1).documents == len(load_sources(CORPUS))

    def test_a_folder_that_is_no_corpus_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(SourceError, match=r"sources\.toml"):
            build_corpus(tmp_path / "corpus", tmp_path, 2)


class TestOptions:
    def test_scales_are_sorted_and_each_once(self) -> None:
        parser = argparse.ArgumentParser()
        add_arguments(parser)
        assert parser.parse_args(["--scales", "10,1,10"]).scales == (1, 10)

    @pytest.mark.parametrize("text", ["0", "x", "", "1,,2"])
    def test_a_bad_scale_is_refused(self, text: str) -> None:
        parser = argparse.ArgumentParser(exit_on_error=False)
        add_arguments(parser)
        with pytest.raises(argparse.ArgumentError, match="hele tal"):
            parser.parse_args(["--scales", text])

    def test_questions_are_spread_and_each_asked_once(self) -> None:
        assert spread(["a", "b", "a", "c", "d"], 2) == ["a", "c"]
        assert spread(["a"], 5) == ["a"]


class TestReporting:
    def test_a_limit_is_met_passed_or_not_measured(self) -> None:
        marks = {label: mark for label, _, _, mark in limit_rows(BENCH)}
        assert marks["varmt svar, median"] == "✓"
        assert marks["varmt svar, 95 %"] == "✗ over"
        assert marks["siden svarer efter make run"] == "ikke målt"

    def test_growth_is_shown_as_figure_and_ratio(self) -> None:
        rows = {label: cells for label, *cells in growth_rows(BENCH)}
        assert rows["indeksering s"] == ["12.0", "120.0 (×10.0)"]
        assert rows["samme afgørelse"] == ["1.00", "0.90"]

    def test_the_three_files_are_written_and_the_page_stands_alone(self, tmp_path: Path) -> None:
        html = write(replace(BENCH, page=PageTimes(3.0, None, None, "ingen browser")), tmp_path / "out")
        assert {path.name for path in html.parent.iterdir()} == {"bench.json", "bench.md", "bench.html"}
        assert page(BENCH).count("<svg") == 3
        assert "ingen browser" in html.read_text(encoding="utf-8")
        assert "| indeksering s | 12.0 | 120.0 (×10.0) |" in document(BENCH)

    def test_random_vectors_are_told_of_and_the_embedding_is_added(self) -> None:
        light = replace(BENCH, costs=(with_embedding(COST, 30.0),), embed_ms=30.0)
        assert light.costs[0].p50_ms == 80.0
        for text in (document(light), page(light)):
            assert "tilfældige" in text
            assert "lagt 30 ms" in text
            assert "varmt svar" not in text
        assert "varmt svar" not in figures(light)


class TestCharts:
    def test_words_in_a_chart_are_escaped(self) -> None:
        assert "&lt;b&gt;" in bars("t", ["a", "b"], [Bar("<b>", (0.5, None), ("0.5", "–"))], [0.9, None])

    def test_a_log_chart_leaves_out_what_has_no_logarithm(self) -> None:
        assert lines("t", "x", "y", [Line("a", ((1, 0),))], log=True) == ""
        assert lines("t", "x", "y", [Line("a", ((1, 0), (10, 5)))], log=True).count("<circle") == 1


def test_the_real_corpus_is_never_written_to(tmp_path: Path) -> None:
    shutil.copytree(CORPUS, tmp_path / "real")
    before = sorted(path.name for path in (tmp_path / "real").iterdir())
    build_corpus(tmp_path / "corpus", tmp_path / "real", 2)
    assert sorted(path.name for path in (tmp_path / "real").iterdir()) == before
