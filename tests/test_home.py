"""A corpus of one municipality is asked from there; one of several is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import AssistantError
from assistant.settings import load_settings
from evals.documents import Asked, Document, asked, read_file
from tests import core_kit

OWN = (
    "Lindby Kommune kan fravige barnets lov § 32, således at aflastning bevilges uden en særskilt plan.",
    "Lindby Kommune skal fortsat føre tilsyn med plejefamilier to gange om året.",
    "Forsøget løber til den 30. juni 2026.",
)
OTHER = "Havby Kommune kan fravige kravet om tilsyn med plejefamilier."
QUESTION = "Må vi bevilge aflastning uden en særskilt plan?"


def verdict(folder: Path, passages: tuple[str, ...], question: str) -> str:
    document = Document("prøve", "Afgørelse om forsøg", "afgoerelse", "2024", passages, (Asked(question, "", ()),))
    (found,) = asked([document], folder, load_settings(record="off"), core_kit.assistant().embedder)
    return str(found.answer["verdict"])


def test_where_all_documents_are_of_one_municipality_we_are_that_municipality(tmp_path: Path) -> None:
    titled = "Afgørelse til Lindby Kommune"
    document = Document("prøve", titled, "afgoerelse", "2024", OWN, (Asked(QUESTION, "ja", OWN[:1]),))
    (found,) = asked([document], tmp_path, load_settings(record="off"), core_kit.assistant().embedder)
    assert found.answer["verdict"] in ("ja", "betinget")
    assert found.cited


def test_a_duty_of_the_one_municipality_stands_for_us(tmp_path: Path) -> None:
    assert verdict(tmp_path, OWN, "Skal vi stadig føre tilsyn med plejefamilier?") == "ja"


def test_a_line_of_an_unknown_form_is_named_with_its_file_and_number(tmp_path: Path) -> None:
    file = tmp_path / "f.txt"
    file.write_text("## Brev (brev, 2024)\n[1] Tekst.\nhvad er det her\n", encoding="utf-8")
    with pytest.raises(AssistantError, match=r"f\.txt, linje 3"):
        read_file(file)


def test_a_question_names_the_passages_that_answer_it_by_number(tmp_path: Path) -> None:
    file = tmp_path / "f.txt"
    file.write_text("## Brev (brev, 2024)\n[1] A.\n[2] B.\n? Hvad? | info | 2\n? Og? | none |\n", encoding="utf-8")
    (document,) = read_file(file)
    assert [one.answering for one in document.questions] == [("B.",), ()]
