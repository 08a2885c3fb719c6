"""What holds for every document: quotes are verbatim, nothing is lost, and reading text leads back to its source."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.models import Span
from ingest.clean import clean, concat
from ingest.structure import passages
from ingest.structure_blocks import blocks_of
from ingest.structure_flow import in_flow
from tests.reading_kit import ALL, CORPUS, a_source, document, drafts, read, sources

SHARED = CORPUS.parent.parent / "shared" / "corpus"

HASHES = {
    "2016-ansoegning-koebenhavn-m-fl.txt": "3ac4d313f9ac65feebad51cc3134adef7b742db5f2a7b22949b7e85bef403afd",
    "2017-02-01_tilsagnsbrev.txt": "7c9136ce9ee59ee160a94406c89507f06dd0257ab7c5b17884242ede24bfa7ae",
    "2017-12-20_tilsagnsbrev.txt": "77c133473caefcaa7dc695043f0364ce2f721195cc823daaf01ec37dd3937044",
    "2017-det-maa-vi-nu.txt": "b6304c0d3e3b843d88d775c26b4d03a1985ac68bb52e7a22649e103022449b37",
    "2018-midtvejsstatus.txt": "02c8dc77301708798143b21f5cf3744c41d9649a9b910fd5bcf16fd5a18c65b4",
    "frikommuneloven-faktaark.md": "0d6d6691060d6b45ce877a5d0355cbe70a66379eb44f386c38435902ed9aab7c",
}

# What may stand outside passages and headings: markers of lists, headings, rules and notes, empty cells, and the header
# that the status repeats on its pages.
_OUTSIDE = re.compile(r"(?:[#*\\|-]+|\d+[.)]|<sup>\d</sup>|FRIKOMMUNE|\s)+")


@pytest.mark.parametrize("name", sorted(HASHES))
def test_the_corpus_files_are_byte_for_byte_those_handed_over(name: str) -> None:
    assert hashlib.sha256((CORPUS / name).read_bytes()).hexdigest() == HASHES[name]


@pytest.mark.parametrize("name", sorted(HASHES))
def test_the_corpus_files_equal_the_shared_ones(name: str) -> None:
    if not SHARED.is_dir():
        pytest.skip("the shared corpus folder is not on this machine")
    assert (CORPUS / name).read_bytes() == (SHARED / name).read_bytes()


def test_every_document_of_the_folder_is_in_sources_toml() -> None:
    files = {path.name for path in CORPUS.iterdir() if path.suffix in (".txt", ".md", ".pdf")}
    assert {source.file for source in sources().values()} == files == set(HASHES)
    assert all(source.id == Path(source.file).stem for source in sources().values())


@pytest.mark.parametrize("source_id", ALL)
def test_raw_is_the_source_at_the_spans(source_id: str) -> None:
    text = document(source_id).text
    for draft in drafts(source_id):
        passage = draft.passage
        assert passage.raw == "\n\n".join(text[span.start : span.end] for span in passage.spans)
        assert all(span.start < span.end for span in passage.spans)
        assert not any(text[span.start].isspace() or text[span.end - 1].isspace() for span in passage.spans)


@pytest.mark.parametrize("source_id", ALL)
def test_nothing_of_a_document_is_lost(source_id: str) -> None:
    text = document(source_id).text
    covered = bytearray(len(text))
    spans = [span for draft in drafts(source_id) for span in draft.passage.spans]
    spans += [
        line
        for block in in_flow(text, blocks_of(document(source_id)))
        if block.kind == "heading"
        for line in block.lines
    ]
    for span in spans:
        covered[span.start : span.end] = b"\x01" * (span.end - span.start)
    columns = {column for draft in drafts(source_id) for column in draft.passage.columns}
    for run in re.finditer(rb"\x00+", covered):
        left = text[run.start() : run.end()]
        assert _OUTSIDE.fullmatch(left) or set(left.strip().split("\t")) <= columns, left


@pytest.mark.parametrize("source_id", ALL)
def test_order_counts_and_ids_are_unique_and_stable(source_id: str) -> None:
    found = drafts(source_id)
    assert [draft.passage.order for draft in found] == list(range(len(found)))
    assert len({draft.passage.id for draft in found}) == len(found)
    assert passages(sources()[source_id], document(source_id)) == found


def test_an_id_stays_when_other_text_is_added() -> None:
    before = read("Det første afsnit står her.\n\nDet andet afsnit står her.\n")
    after = read("Et helt nyt afsnit.\n\nDet første afsnit står her.\n\nDet andet afsnit står her.\n")
    assert [draft.passage.id for draft in after[1:]] == [draft.passage.id for draft in before]


def test_passages_with_the_same_words_have_ids_of_their_own() -> None:
    first, second = read("Det samme afsnit.\n\nDet samme afsnit.\n")
    assert first.passage.id != second.passage.id


@pytest.mark.parametrize("source_id", ALL)
def test_every_word_of_the_reading_text_leads_back_to_the_words_behind_it(source_id: str) -> None:
    text = document(source_id).text
    for draft in drafts(source_id):
        for read_text in (draft.clean, *(cell.clean for cell in draft.cells)):
            for word in re.finditer(r"\w+", read_text.text):
                raw = "".join(text[span.start : span.end] for span in read_text.spans(*word.span()))
                assert re.sub(r"[-\W]+", "", raw) == word.group()


@pytest.mark.parametrize("source_id", ALL)
def test_the_spans_of_a_whole_text_hold_all_its_words_in_order(source_id: str) -> None:
    text = document(source_id).text
    for draft in drafts(source_id):
        spans = draft.clean.spans(0, len(draft.clean.text))
        again = concat(text, [clean(text, [span]) for span in spans])
        assert re.findall(r"\w+", again.text) == re.findall(r"\w+", draft.clean.text)


def test_a_quote_keeps_its_marks_in_pairs() -> None:
    source = "ønsket om planen *ikke* imødekommes i første runde, og **det** er sikkert"
    text = clean(source, [Span(0, len(source))])
    for words, raw in (
        ("ikke imødekommes", "*ikke* imødekommes"),
        ("planen ikke", "planen *ikke*"),
        ("ikke", "ikke"),
        ("planen ikke imødekommes", "planen *ikke* imødekommes"),
        ("det er sikkert", "**det** er sikkert"),
    ):
        start = text.text.index(words)
        (span,) = text.spans(start, start + len(words))
        assert source[span.start : span.end] == raw


def test_white_space_alone_has_no_span() -> None:
    text = clean("a  b", [Span(0, 4)])
    assert text.spans(1, 2) == ()
    assert text.spans(0, 0) == ()


BITS = "plan|ikke|§ 140|stk. 2|Å|ø|*|**|_|<i>|</i>|\\*|-\n|- |\n| |\t|1|.|(|)|[|]|\u00ad|e\u0301|&amp;|<sup>1</sup>"
PIECES = st.sampled_from(BITS.split("|"))


@settings(deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_reading_text_of_anything_keeps_its_letters_and_its_way_back(source: str) -> None:
    text = clean(source, [Span(0, len(source))])
    assert len(text.text) == len(text.offsets) == len(text.ends)
    assert text.text == text.text.strip()
    assert "  " not in text.text
    assert list(text.offsets) == sorted(text.offsets)
    for index, char in enumerate(text.text):
        assert text.offsets[index] < text.ends[index] <= len(source)
        if char.isascii() and char.isalnum():
            assert source[text.offsets[index]] == char
    letters = re.sub(r"</?i>|<sup>1</sup>|&amp;", "", source)
    assert re.sub(r"[^a-zøÅ]", "", text.text) == re.sub(r"[^a-zøÅ]", "", letters.replace("e\u0301", ""))


@settings(deadline=None)
@given(st.text(max_size=200))
def test_reading_text_of_any_text_has_spans_inside_it(source: str) -> None:
    text = clean(source, [Span(0, len(source))])
    for span in text.spans(0, len(text.text)):
        assert 0 <= span.start < span.end <= len(source)


A_LINE_OF_EACH_KIND = """Overskrift
## Titel
Kommunen skal lave en plan.
- punkt et
1. et
2) to
følgende:
SEL § 54
a\tb\tc
x\ty
| a | b |
---
<sup>1</sup> note
*kursiv*
**fed**
ord der brydes-
fortsat ind.
FRIKOMMUNE
§ 2. Kommunen kan.
Stk. 2. Det kan den.
Kapitel 3
Bilag 1
Dato
01-02-2017


"""
LINES = st.sampled_from(A_LINE_OF_EACH_KIND.split("\n"))


@settings(deadline=None)
@given(st.lists(LINES, max_size=30).map("\n".join))
def test_any_document_is_read_without_fault_and_verbatim(source: str) -> None:
    for draft in read(source, a_source()):
        pieces = [source[span.start : span.end] for span in draft.passage.spans]
        assert draft.passage.raw == "\n\n".join(pieces)
        assert draft.passage.text
