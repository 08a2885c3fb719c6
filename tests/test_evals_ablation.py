"""What a part is worth, and the curve of silence, on tiny inputs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant import synonyms
from assistant.library import Library
from assistant.models import Verdict
from assistant.store import Store
from evals import ablation, ablation_parts, html_page, markdown
from evals.ablation_parts import PARTS, WHOLE, forget, replaced
from evals.bench_growth import place
from evals.cases import Case, load
from evals.report import as_dict, from_dict
from evals.results import Row, row, row_from_dict, row_to_dict
from evals.runner import Run
from evals.scorers import Observation
from evals.silence_curve import area, curves
from tests.fake_assistant import FakeAssistant, answer


def case(verdict: Verdict, number: int = 1, *also: Verdict) -> Case:
    return Case(
        id=f"c{number}", question=f"Må vi {number}?", lang="da", kind="permission", verdict=verdict, verdict_ok=also
    )


def supported(verdict: Verdict, strength: float, number: int, *also: Verdict) -> Row:
    told: dict[str, Any] = {
        "frame": {"form": "permission"},
        "support": {"strength": strength, "threshold": 0.4},
    }
    given = answer("ja")
    given.explanation.update(told)
    return row(Observation(case(verdict, number, *also), given), {})


class TestTakingAway:
    @pytest.mark.parametrize("part", PARTS, ids=[part.name for part in PARTS])
    def test_what_is_taken_away_comes_back(self, part: ablation_parts.Part) -> None:
        modules = ("engine", "lexicon", "topic", "synonyms", "library", "evidence", "facts", "lists", "subject")

        def names() -> dict[str, dict[str, object]]:
            return {name: dict(vars(__import__(f"assistant.{name}", fromlist=["x"]))) for name in modules}

        before, methods = names(), dict(vars(Store))
        with part.taken():
            pass
        assert names() == before
        assert dict(vars(Store)) == methods

    def test_a_name_is_another_only_within(self) -> None:
        own = vars(Library)["features"]
        with replaced(Library, "features", None):
            assert vars(Library)["features"] is None
        assert vars(Library)["features"] is own

    def test_what_was_remembered_is_forgotten(self) -> None:
        synonyms.synonym_groups()
        forget()
        assert synonyms.synonym_groups.cache_info().currsize == 0

    def test_the_blind_cases_are_left_out(self) -> None:
        assert {"core.jsonl"} <= {file.name for file in ablation.own_files()}
        assert not any("blind" in file.name for file in ablation.own_files())

    def test_each_part_gets_a_line_with_a_wrong_silence_counted(self) -> None:
        said: list[str] = []
        asked = FakeAssistant({"Må vi 1?": answer("ja")})
        cases = [case("ja", 1), case("nej", 2), case("ikke_besvaret", 3)]
        lines = list(ablation.measured(cases, lambda: asked, [WHOLE, PARTS[0]], said.append))
        cells = dict(zip(ablation.HEAD[1:], lines[0].cells, strict=True))
        assert [line.name for line in lines] == [WHOLE.name, PARTS[0].name]
        assert (cells["afgørelse"], cells["tavs forkert"], cells["svar for tavshed"]) == ("0.667", "1", "0")
        assert len(said) == 2

    def test_answers_that_differ_from_the_whole_are_counted(self) -> None:
        assert ablation.changed([supported("ja", 0.9, 1)], [supported("ja", 0.9, 1)]) == 0
        assert ablation.changed([supported("ja", 0.9, 1)], [row(Observation(case("ja"), answer("nej")), {})]) == 1

    def test_the_document_says_how_it_was_made_and_what_was_tried(self) -> None:
        text = ablation.document([ablation.Columns("det hele", ("–",) * 12)], 3, ["core.jsonl"], 2)
        assert "python -m evals ablation --out evals --every 2" in text
        assert "| det hele |" in text
        assert "MaxSim" in text


class TestSilence:
    ROWS = (
        supported("ja", 0.9, 1),
        supported("nej", 0.38, 2),
        supported("ikke_besvaret", 0.42, 3),
        supported("ikke_besvaret", 0.1, 4),
        supported("ja", 0.2, 5, "ikke_besvaret"),
    )

    def test_shares_are_taken_at_each_threshold_and_the_one_in_force_is_marked(self) -> None:
        (curve,) = curves(self.ROWS)
        point = next(point for point in curve.points if point.threshold == curve.in_force == 0.4)
        assert (point.wrong_silence, point.wrong_answer) == (0.5, 0.5)

    def test_a_case_that_accepts_both_takes_no_part(self) -> None:
        (curve,) = curves(self.ROWS)
        assert (curve.answerable, curve.unanswerable) == (2, 2)

    def test_the_area_is_the_share_of_pairs_in_order(self) -> None:
        assert area([0.9, 0.38], [0.42, 0.1]) == 0.75
        assert area([0.5], [0.5]) == 0.5
        assert area([0.5], []) is None

    def test_the_curve_is_in_all_three_reports(self) -> None:
        run = Run("nu", "", "", "", "", "", "3", (), self.ROWS)
        assert as_dict(run)["silence"][0]["auc"] == 0.75
        assert from_dict(as_dict(run)).rows[0].support == self.ROWS[0].support
        assert "| 0.40 | 0.500 | 0.500 | ← gælder |" in markdown.document(run)
        assert "AUC 0.750" in html_page.page(run)

    def test_a_run_where_no_threshold_decided_has_no_curve(self) -> None:
        run = Run("nu", "", "", "", "", "", "3", (), (row(Observation(case("ja"), answer("ja")), {}),))
        assert "Tavshed over" not in markdown.document(run) + html_page.page(run)

    def test_a_report_from_before_there_was_support_is_read(self) -> None:
        value = row_to_dict(self.ROWS[0])
        del value["support"]
        assert row_from_dict(value).support is None


def test_the_bench_gives_its_processes_the_light_model_only_when_asked(tmp_path: Path) -> None:
    assert place(tmp_path, 1, "/light").environment["ASSISTANT_EMBEDDING_MODEL"] == "/light"
    assert "ASSISTANT_EMBEDDING_MODEL" not in place(tmp_path, 1).environment


def test_the_ablation_reads_its_own_cases() -> None:
    assert load(ablation.own_files()).cases
