"""Files in every encoding are read; those that cannot be say which file, why, and what to do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.authority import KINDS, rank
from assistant.errors import SourceError
from assistant.models import Part
from ingest.sources import load_sources
from ingest.text_file import read_document
from tests.reading_kit import sources

WORDS = "Kommunen må ikke springe den forberedende del over. Æ, ø og å – også her.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encoding_it_was_written_in(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(WORDS.encode(encoding))
    assert read_document(path).text == WORDS


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-16-le"])
def test_text_with_a_byte_order_mark_is_read_in_either_order(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"\ufeff{WORDS}".encode(encoding))
    assert read_document(path).text == WORDS


def test_line_ends_of_other_systems_are_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"en\r\nto\rtre\n")
    assert read_document(path).text == "en\nto\ntre\n"


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("tom.txt", b"", "er tom"),
        ("blank.md", b" \n\t\n", "er tom"),
        ("tegn.txt", "--- *** …\n".encode(), "har ingen tekst"),
        ("skjult.txt", b"%PDF-1.7\n%\xe2\xe3", "er ikke tekst, men en PDF-fil"),
        ("skjult.md", b"PK\x03\x04\x14\x00", "er ikke tekst, men en zip-baseret fil"),
        ("skjult2.txt", b"\xd0\xcf\x11\xe0\xa1\xb1", "er ikke tekst, men en ældre Office-fil"),
        ("billede.txt", b"\x89PNG\r\n\x1a\n", "er ikke tekst, men et billede"),
        ("nul.txt", b"tekst\x00tekst", "har binært indhold"),
        ("uden_bom.txt", WORDS.encode("utf-16-le"), "har binært indhold"),
        ("halv.txt", b"\xff\xfea\x00b\x00c", "har en ukendt tegnkodning"),
        ("ukendt.txt", b"s\xe5 \x81\x8d\x8f", "har en ukendt tegnkodning"),
        ("brev.docx", b"PK\x03\x04", "kan ikke læses med endelsen .docx"),
        ("uden", b"tekst", r"kan ikke læses med endelsen \(ingen\)"),
        ("tekst.pdf", WORDS.encode(), "er ikke en PDF"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_cause_and_remedy(
    tmp_path: Path, name: str, content: bytes, cause: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError, match=rf"^Filen {name} .*{cause}.*\. [A-ZÆØÅ].*\.$"):
        read_document(path)


def test_a_missing_file_says_where_it_was_sought(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"Filen væk.txt findes ikke i .*Læg den der"):
        read_document(tmp_path / "væk.txt")


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "mappe.txt").mkdir()
    with pytest.raises(SourceError, match=r"Filen mappe\.txt kan ikke læses"):
        read_document(tmp_path / "mappe.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_rights_says_so(tmp_path: Path) -> None:
    path = tmp_path / "lukket.txt"
    path.write_text("tekst", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(SourceError, match=r"Filen lukket\.txt kan ikke læses"):
        read_document(path)


GOOD = 'id = "a"\nfile = "a.txt"\ntitle = "A"\nkind = "lov"\ndate = "2020"\n'


def load(tmp_path: Path, text: str) -> None:
    (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
    load_sources(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[source]\n", r"sources.toml er ikke gyldig TOML: .*line 1.*Ret linjen\."),
        ("", r"har ingen dokumenter"),
        ("source = 3\n", r"har ingen dokumenter"),
        ("source = [1]\n", r"\[\[source\]\] nr\. 1 er ikke en tabel"),
        (f"[[sources]]\n{GOOD}", r"ukendt felt «sources»\. Mente du «source»\?"),
        (f"[[source]]\n{GOOD}titel = 'x'\n", r"nr\. 1 \(a\): ukendt felt «titel»\. Mente du «title»\?"),
        (f"[[source]]\n{GOOD}[[source]]\n{GOOD}", r"id «a» står i både \[\[source\]\] nr\. 1 og nr\. 2"),
        ("[[source]]\nid = 'a'\n", r"nr\. 1 \(a\): feltet «file» mangler"),
        (f"[[source]]\n{GOOD}".replace('"A"', '""'), r"feltet «title» mangler"),
        (f"[[source]]\n{GOOD}".replace('"A"', "7"), r"«title» skal være tekst"),
        (f"[[source]]\n{GOOD}".replace('"lov"', '"love"'), r"ukendt art «love»\. Vælg en af: lov, "),
        (f"[[source]]\n{GOOD}".replace('"2020"', '"2020-02-30"'), r"«date» er ikke en dato: «2020-02-30»"),
        (f"[[source]]\n{GOOD}".replace('"2020"', '"1. maj"'), r"«date» er ikke en dato"),
        (f"[[source]]\n{GOOD}valid_to = '20'\n", r"«valid_to» er ikke en dato"),
        (f"[[source]]\n{GOOD}".replace('"a.txt"', '"../a.txt"'), r"filen «\.\./a\.txt» ligger uden for mappen"),
        (f"[[source]]\n{GOOD}".replace('"a"', '"a/b"'), r"id «a/b» må kun have bogstaver"),
        (f"[[source]]\n{GOOD}supersedes = 'b'\n", r"«supersedes» skal være en liste"),
        (f"[[source]]\n{GOOD}supersedes = ['b']\n", r"«supersedes» nævner «b», som ikke findes"),
        (f"[[source]]\n{GOOD}part = 1\n", r"«part» skal skrives som \[\[source\.part\]\]"),
        (
            f"[[source]]\n{GOOD}[[source.part]]\nheading = 'B'\n",
            r"nr\. 1 \(a\), \[\[source\.part\]\] nr\. 1: feltet «kind»",
        ),
    ],
)
def test_a_fault_in_sources_toml_names_the_table_and_the_remedy(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        load(tmp_path, text)


def test_a_folder_without_sources_toml_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"sources.toml mangler i .*--corpus"):
        load_sources(tmp_path)


def test_sources_toml_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_bytes(b"# \xe6\n")
    with pytest.raises(SourceError, match="ikke skrevet i UTF-8"):
        load_sources(tmp_path)


def test_dates_may_be_written_as_toml_dates_and_years(tmp_path: Path) -> None:
    text = f"[[source]]\n{GOOD}valid_from = 2020-01-01\n".replace('"2020"', "2020")
    (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
    (source,) = load_sources(tmp_path)
    assert (source.date, source.valid_from) == ("2020", "2020-01-01")


def test_the_corpus_sources_say_what_each_document_is() -> None:
    found = sources()
    assert {source_id: source.kind for source_id, source in found.items()} == {
        "2016-ansoegning-koebenhavn-m-fl": "ansoegning",
        "2017-02-01_tilsagnsbrev": "tilsagnsbrev",
        "2017-12-20_tilsagnsbrev": "tilsagnsbrev",
        "2017-det-maa-vi-nu": "fritagelsesliste",
        "2018-midtvejsstatus": "midtvejsstatus",
        "frikommuneloven-faktaark": "faktaark",
    }
    assert found["2017-02-01_tilsagnsbrev"].case_number == "2016-8973"
    assert found["2017-12-20_tilsagnsbrev"].case_number == "2017-5254"
    assert found["2016-ansoegning-koebenhavn-m-fl"].network not in ("", "En plan")
    assert found["2018-midtvejsstatus"].supersedes == ("2017-det-maa-vi-nu",)
    assert found["2018-midtvejsstatus"].parts[0] == Part("Bilag 1: Det må vi nu ...", "fritagelsesliste", "2018")


def test_authority_falls_from_the_law_to_the_application() -> None:
    assert rank("lov") == len(KINDS)
    assert rank("afgoerelse") == rank("tilsagnsbrev")
    assert rank("tilsagnsbrev") > rank("fritagelsesliste") > rank("midtvejsstatus") > rank("brev")
    assert rank("ansoegning") == 1
    assert rank("digt") == 0
