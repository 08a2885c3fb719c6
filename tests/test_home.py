"""A corpus of one municipality is asked from there; one of several is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import AssistantError
from assistant.settings import load_settings
from evals.documents import Found, asked
from evals.written import Asked, Document, read_file
from tests import core_kit

OWN = (
    "Lindby Kommune kan fravige barnets lov § 32, således at aflastning bevilges uden en særskilt plan.",
    "Lindby Kommune skal fortsat føre tilsyn med plejefamilier to gange om året.",
    "Forsøget løber til den 30. juni 2026.",
)
QUESTION = "Må vi bevilge aflastning uden en særskilt plan?"


TITLE = "Afgørelse til Lindby Kommune"


def ask(folder: Path, question: Asked) -> Found:
    document = Document("prøve", TITLE, "afgoerelse", "2024", OWN, (question,))
    (found,) = asked([document], folder, load_settings(record="off"), core_kit.assistant().embedder)
    return found


def test_where_all_documents_are_of_one_municipality_we_are_that_municipality(tmp_path: Path) -> None:
    found = ask(tmp_path, Asked(QUESTION, "ja", OWN[:1]))
    assert found.answer["verdict"] in ("ja", "betinget")
    assert found.cited


def test_a_duty_of_the_one_municipality_stands_for_us(tmp_path: Path) -> None:
    assert ask(tmp_path, Asked("Skal vi stadig føre tilsyn med plejefamilier?", "ja", OWN[1:2])).right


def test_documents_of_several_municipalities_are_asked_from_none_of_them() -> None:
    assert core_kit.assistant().library().home == ""


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
