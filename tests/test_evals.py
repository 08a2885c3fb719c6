"""Known answers: loading, matching, scoring, thresholds, reports and comparisons, on hand-made answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.__main__ import main, out_folder
from evals.cases import Case, CaseError, MustCite, load
from evals.compare import compare, fallen, text
from evals.corpus_text import file_texts, misquoted, unreachable, without_bad_quotes
from evals.markdown import document
from evals.matching import EMPHASIS, normalise, says, supports
from evals.measures import BY_NAME, figure, figures, grouped, quantile
from evals.report import ReportError, as_dict, read, write
from evals.results import row
from evals.runner import Run, run_cases
from evals.scorers import MUST_OPENINGS, Observation, Score, all_scorers, asks_for_duty, rank
from evals.thresholds import THRESHOLDS, ThresholdError, load_thresholds, missed
from tests.fake_assistant import LETTER, SOURCES, FakeAssistant, answer, citation, hit

QUOTE = "Der gives ikke fritagelse for den forberedende del."
RAW = "Der gives <i>ikke</i>  fritagelse\nfor den forberedende del."
BASE = {"id": "a", "question": "Må vi?", "lang": "da", "kind": "permission", "verdict": "nej"}


def make(**fields: Any) -> Case:
    return Case.model_validate(BASE | fields)


def scores(seen: Observation) -> dict[str, Score]:
    scorers = all_scorers(lambda _: LETTER, lambda _: LETTER)
    return {name: score for name, scorer in scorers.items() if (score := scorer(seen)) is not None}


def value(seen: Observation, name: str) -> float | None:
    score = scores(seen).get(name)
    return None if score is None else score.value


def cases_file(folder: Path, *lines: object, name: str = "cases.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def cited(**fields: Any) -> Case:
    return make(must_cite=[{"doc": "brev", "quote": QUOTE}], **fields)


def run_of(answers: dict[str, Any], *cases: Case) -> Run:
    fake = FakeAssistant(answers, [hit("Kære netværk"), hit(RAW)])
    return run_cases(fake, cases, all_scorers(fake.source_text, lambda _: LETTER))


class TestLoading:
    def test_three_cases_are_read_with_their_file_and_line(self, tmp_path: Path) -> None:
        path = cases_file(
            tmp_path, BASE, "", BASE | {"id": "b", "as_of": "2019-01-01", "network": "Andet", "history": None}
        )
        first, second = load([path]).cases
        assert (first.file, first.line, second.line) == ("cases.jsonl", 1, 3)
        assert (second.as_of, second.network, second.history) == ("2019-01-01", "Andet", ())

    @pytest.mark.parametrize(
        ("line", "cause"),
        [
            ("{", "ikke gyldig JSON"),
            ("[1]", "ikke et JSON-objekt"),
            (BASE | {"verdict": "måske"}, "verdict"),
            (BASE | {"kind": "gossip"}, "kind"),
            ({"id": "x"}, "question"),
            (BASE | {"must_say": ["("]}, "regulært udtryk"),
            (BASE | {"must_cit": []}, "menes 'must_cite'"),
            (BASE | {"must_cite": [{"doc": "brev"}]}, "must_cite.0.quote"),
        ],
    )
    def test_a_bad_line_is_an_error_naming_file_and_line(self, tmp_path: Path, line: object, cause: str) -> None:
        path = cases_file(tmp_path, BASE, line)
        with pytest.raises(CaseError, match=r"cases\.jsonl:2: ") as caught:
            load([path])
        assert cause in str(caught.value)

    def test_all_bad_lines_are_named_at_once(self, tmp_path: Path) -> None:
        with pytest.raises(CaseError, match=r"(?s)cases\.jsonl:1: .*cases\.jsonl:2: "):
            load([cases_file(tmp_path, "{", "{")])

    def test_an_id_used_twice_is_named_in_both_places(self, tmp_path: Path) -> None:
        one, two = cases_file(tmp_path, BASE, name="one.jsonl"), cases_file(tmp_path, BASE, name="two.jsonl")
        with pytest.raises(CaseError, match=r"two\.jsonl:1: .*one\.jsonl:1"):
            load([one, two])

    def test_a_line_that_is_not_utf8_is_named(self, tmp_path: Path) -> None:
        path = tmp_path / "latin.jsonl"
        path.write_bytes('{"id": "må"}'.encode("latin-1"))
        with pytest.raises(CaseError, match=r"latin\.jsonl:1: .*UTF-8"):
            load([path])

    def test_a_missing_file_and_no_file_say_what_to_do(self, tmp_path: Path) -> None:
        with pytest.raises(CaseError, match="kan ikke læses"):
            load([tmp_path / "none.jsonl"])
        with pytest.raises(CaseError, match="--cases"):
            load([])

    def test_a_field_that_nobody_knows_is_remarked_on_and_kept_out(self, tmp_path: Path) -> None:
        found = load([cases_file(tmp_path, BASE | {"difficulty": 3})])
        assert found.remarks == ("Feltet 'difficulty' (1 spørgsmål) kendes ikke og bruges ikke.",)

    def test_the_fingerprint_follows_the_contents_and_not_the_place(self) -> None:
        assert make().fingerprint == make(line=7).fingerprint != make(question="Skal vi?").fingerprint


class TestMatching:
    def test_white_space_and_emphasis_do_not_matter(self) -> None:
        assert normalise("  Der\u00a0gives\n<i>ikke</i>  **frit\u00adagelse** ") == "Der gives ikke fritagelse"

    @pytest.mark.parametrize(("pattern", "example"), EMPHASIS)
    def test_each_emphasis_mark_has_its_example(self, pattern: Any, example: str) -> None:
        assert pattern.search(example)
        assert not any(mark in normalise(example) for mark in "<>*_")

    def test_underscores_and_signs_inside_words_stay(self) -> None:
        assert normalise("fil_navn < 3") == "fil_navn < 3"

    def test_a_missing_negation_does_not_match(self) -> None:
        wanted = [MustCite(doc="brev", quote=QUOTE)]
        assert supports(wanted, "brev", RAW)
        assert not supports(wanted, "brev", RAW.replace("<i>ikke</i>", ""))

    def test_the_document_must_match_too(self) -> None:
        assert supports([MustCite(doc="brev.txt", quote=QUOTE)], "brev", RAW)
        assert not supports([MustCite(doc="brev", quote=QUOTE)], "andet", RAW)

    def test_a_pattern_is_found_across_emphasis_whatever_the_case(self) -> None:
        assert says("GIVES ikke fritagelse for", RAW)

    @given(st.text(alphabet="ab *_\n<i>/", max_size=40))
    def test_normalising_leaves_no_double_space(self, given_text: str) -> None:
        assert "  " not in normalise(given_text)


class TestScoring:
    def test_an_accepted_verdict_is_right_but_not_strictly(self) -> None:
        seen = Observation(make(verdict_ok=["betinget"]), answer("betinget"))
        assert (value(seen, "verdict"), value(seen, "verdict_strict")) == (1.0, 0.0)

    def test_no_answer_leaves_everything_unscored_but_that_it_failed(self) -> None:
        assert scores(Observation(cited(), None, error="i stykker")) == {"failed": Score(1.0)}

    def test_a_citation_hits_by_its_quote_or_by_its_passage(self) -> None:
        by_quote = Observation(cited(), answer("nej", "Nej [1].", citation(RAW)))
        by_passage = Observation(cited(), answer("nej", "Nej [1].", citation("forberedende del", passage=RAW)))
        neither = Observation(cited(), answer("nej", "Nej [1].", citation("Kære netværk")))
        assert [value(seen, "citation_hit") for seen in (by_quote, by_passage, neither)] == [1.0, 1.0, 0.0]

    def test_a_citation_hit_is_unscored_where_nothing_must_be_cited(self) -> None:
        assert value(Observation(make(), answer("nej")), "citation_hit") is None

    def test_fidelity_weighs_each_citation_and_finds_a_changed_quote(self) -> None:
        altered = citation("Der gives fritagelse")
        seen = Observation(make(), answer("nej", "Nej [1][2].", citation(RAW), altered))
        assert scores(seen)["citation_fidelity"] == Score(0.5, 2)

    def test_fidelity_needs_the_right_place_and_not_just_the_right_words(self) -> None:
        moved = Observation(make(), answer("nej", "Nej [1].", citation("netværk")))
        scorer = all_scorers(lambda _: " " + LETTER, lambda _: LETTER)["citation_fidelity"]
        assert scorer(moved) == Score(0.0, 1)

    def test_fidelity_needs_the_words_in_the_file_itself(self) -> None:
        seen = Observation(make(), answer("nej", "Nej [1].", citation("netværk")))
        assert all_scorers(lambda _: LETTER, lambda _: "en anden fil")["citation_fidelity"](seen) == Score(0.0, 1)

    def test_an_answer_is_grounded_when_its_labels_are_citations(self) -> None:
        good = Observation(make(), answer("nej", "Nej [1].", citation(RAW)))
        loose = Observation(make(), answer("nej", "Nej [1][2].", citation(RAW)))
        bare = Observation(make(), answer("ja", "Ja."))
        silent = Observation(make(), answer("ikke_besvaret", "Det fremgår ikke."))
        assert [value(seen, "grounded") for seen in (good, loose, bare, silent)] == [1.0, 0.0, 0.0, None]

    def test_what_must_be_said_may_stand_in_a_quote_but_not_for_prose_only(self) -> None:
        seen = Observation(make(must_say=["forberedende"]), answer("nej", "Nej [1].", citation(RAW)))
        assert (value(seen, "must_say"), value(seen, "must_say_prose")) == (1.0, 0.0)

    def test_what_must_not_be_said_counts_in_quotes_too(self) -> None:
        seen = Observation(make(must_not_say=["forberedende"]), answer("nej", "Nej [1].", citation(RAW)))
        assert (value(seen, "must_not_say"), value(seen, "must_not_say_prose")) == (0.0, 1.0)

    def test_abstaining_is_precise_when_accepted_and_recalled_when_expected(self) -> None:
        silent = answer("ikke_besvaret", "Det fremgår ikke af kilderne.")
        wanted, unwanted = make(verdict="ikke_besvaret"), make(verdict="nej")
        assert value(Observation(wanted, silent), "abstention_precision") == 1.0
        assert value(Observation(unwanted, silent), "abstention_precision") == 0.0
        assert value(Observation(wanted, answer("info")), "abstention_recall") == 0.0
        assert value(Observation(unwanted, silent), "abstention_recall") is None
        assert (
            value(Observation(make(verdict="ikke_besvaret", verdict_ok=["info"]), answer("info")), "abstention_recall")
            is None
        )

    @pytest.mark.parametrize(
        ("question", "expected", "given_verdict", "danger"),
        [
            ("Må vi springe planen over?", "nej", "ja", 1.0),
            ("Må vi springe planen over?", "ikke_besvaret", "ja", 1.0),
            ("Må vi springe planen over?", "betinget", "ja", 0.0),
            ("Må vi springe planen over?", "ja", "nej", 0.0),
            ("Skal vi stadig registrere?", "ja", "nej", 1.0),
            ("Skal vi stadig registrere?", "ja", "betinget", 0.0),
        ],
    )
    def test_dangerous_is_a_false_leave(self, question: str, expected: str, given_verdict: str, danger: float) -> None:
        assert (
            value(Observation(make(question=question, verdict=expected), answer(given_verdict)), "dangerous") == danger
        )

    def test_an_accepted_verdict_is_never_dangerous(self) -> None:
        assert value(Observation(make(verdict_ok=["ja"]), answer("ja")), "dangerous") == 0.0

    @pytest.mark.parametrize(("pattern", "example"), MUST_OPENINGS)
    def test_each_opening_of_a_duty_question_has_its_example(self, pattern: Any, example: str) -> None:
        assert pattern.search(example)

    def test_the_field_frame_decides_over_the_words(self) -> None:
        assert asks_for_duty(make(frame="must"))
        assert not asks_for_duty(make(question="Skal vi?", frame="may"))

    def test_the_language_is_judged_for_danish_and_english_only(self) -> None:
        assert value(Observation(make(lang="en"), answer("nej")), "language") == 0.0
        assert value(Observation(make(lang="de"), answer("nej")), "language") is None

    def test_retrieval_counts_the_place_of_the_first_right_passage(self) -> None:
        seen = Observation(cited(), answer("nej"), (hit("Kære netværk"), hit(RAW)))
        assert rank(seen) == 2
        assert [value(seen, name) for name in ("recall_at_1", "recall_at_3", "mrr")] == [0.0, 1.0, 0.5]

    def test_retrieval_that_finds_nothing_is_zero_and_retrieval_not_asked_unscored(self) -> None:
        assert value(Observation(cited(), answer("nej"), ()), "mrr") == 0.0
        assert value(Observation(cited(), answer("nej"), None), "mrr") is None


class TestFigures:
    def test_unscored_cases_are_left_out_and_counted(self) -> None:
        run = run_of({"Må vi?": answer("nej", "Nej [1].", citation(RAW))}, cited(), make(id="b"))
        assert figure(BY_NAME["citation_hit"], run.rows) == (1.0, 1, 1)

    def test_fidelity_is_a_mean_over_citations(self) -> None:
        good, bad = citation(RAW), citation("Der gives fritagelse")
        run = run_of(
            {"A": answer("nej", "[1]", good, good, good), "B": answer("nej", "[1]", bad)},
            make(question="A"),
            make(id="b", question="B"),
        )
        assert figures(run.rows)["citation_fidelity"].value == 0.75

    def test_a_measure_of_no_case_has_no_value(self) -> None:
        assert figures([])["verdict"] == (None, 0, 0)

    @given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1))
    def test_a_quantile_is_a_value_that_enough_do_not_exceed(self, values: list[float], share: float) -> None:
        found = quantile(values, share)
        assert found in values
        assert sum(item <= found for item in values) >= share * len(values) - 1e-9

    def test_groups_split_the_rows(self) -> None:
        run = run_of({}, make(), make(id="b", lang="en"), make(id="c", lang="en"))
        assert {name: found["verdict"].scored for name, found in grouped(run.rows, lambda r: r.lang).items()} == {
            "da": 1,
            "en": 2,
        }


class TestRunning:
    def test_each_case_is_asked_with_its_history_date_and_network_after_a_warm_up(self) -> None:
        fake = FakeAssistant({})
        run_cases(fake, [make(history=["Før"], as_of="2019-01-01", network="Andet")], {})
        assert fake.asked[1:] == [("Må vi?", ("Før",), "2019-01-01", "Andet")]

    def test_a_refused_question_is_a_row_with_its_error(self) -> None:
        (only,) = run_of({}, make(question="")).rows
        assert (only.passed, only.got, only.error) == (None, "", "Skriv et spørgsmål.")

    def test_versions_come_from_the_answers(self) -> None:
        run = run_of({}, make(question="", id="refused"), make())
        assert (run.corpus_version, run.engine_version, run.mode) == ("c1", "e1", "extractive")


class TestQuotes:
    def test_a_quote_that_no_document_has_is_named_with_its_case(self) -> None:
        wrong = make(id="w", file="f.jsonl", line=4, must_cite=[{"doc": "brev", "quote": "opdigtet"}])
        lost = make(id="l", must_cite=[{"doc": "borte", "quote": QUOTE}])
        faults = misquoted([cited(), wrong, lost], SOURCES, lambda _: LETTER)
        assert list(faults) == ["w", "l"]
        assert faults["w"] == ["f.jsonl:4: w: citatet står ikke i brev: 'opdigtet'"]

    def test_a_case_is_judged_by_its_true_quotes_only(self) -> None:
        case = make(must_cite=[{"doc": "brev", "quote": "opdigtet"}, {"doc": "brev", "quote": QUOTE}])
        assert [w.quote for w in without_bad_quotes(case, SOURCES, lambda _: LETTER).must_cite] == [QUOTE]

    def test_the_file_itself_is_read_and_not_the_index(self, tmp_path: Path) -> None:
        (tmp_path / "brev.txt").write_bytes(LETTER.replace("\n", "\r\n").encode("utf-8-sig"))
        texts = file_texts(tmp_path, SOURCES)
        assert texts("brev") == LETTER
        assert texts("ukendt") == ""

    def test_a_quote_across_two_passages_is_named_and_one_within_is_not(self, tmp_path: Path) -> None:
        (tmp_path / "brev.txt").write_text(LETTER, encoding="utf-8")
        across = make(id="x", must_cite=[{"doc": "brev", "quote": "forberedende del. Kommunen kan"}])
        (line,) = unreachable([cited(), across], tmp_path, SOURCES)
        assert "x: citatet (eneste) står i ingen enkelt passage" in line


class TestThresholds:
    def test_the_projects_own_file_is_valid(self) -> None:
        assert {threshold.measure for threshold in load_thresholds(THRESHOLDS)} >= {
            "verdict",
            "citation_fidelity",
            "dangerous",
        }

    def test_each_missed_threshold_gives_a_line(self, tmp_path: Path) -> None:
        path = tmp_path / "t.toml"
        path.write_text("[at_least]\nverdict = 0.5\ncitation_hit = 0.9\n[at_most]\ndangerous = 0\n", encoding="utf-8")
        found = figures(run_of({"Må vi?": answer("ja", "Ja.")}, make()).rows)
        lines = missed(load_thresholds(path), found)
        assert [line.split(":")[1].split("=")[0].strip() for line in lines] == ["verdict", "citation_hit", "dangerous"]
        assert "ikke målt" in lines[1]

    @pytest.mark.parametrize(
        ("content", "cause"),
        [
            ("[at_least]\nverdikt = 1", "ikke findes"),
            ("[at_least]\nverdict = 'x'", "et tal"),
            ("[x]\n", "ukendt tabel"),
            ("=", "TOML"),
        ],
    )
    def test_a_bad_file_says_what_is_wrong(self, tmp_path: Path, content: str, cause: str) -> None:
        path = tmp_path / "t.toml"
        path.write_text(content, encoding="utf-8")
        with pytest.raises(ThresholdError, match=cause):
            load_thresholds(path)


class TestReports:
    def test_a_report_is_read_back_as_it_was_written(self, tmp_path: Path) -> None:
        run = run_of(
            {"Må vi?": answer("ja", "Ja [1].", citation(RAW))}, cited(history=["Før"]), make(id="b", question="")
        )
        written = write(run, tmp_path / "out", load_thresholds())
        assert as_dict(read(tmp_path / "out")) == as_dict(run) == as_dict(read(written.json))

    def test_the_page_stands_alone_and_shows_the_wrong_cases_escaped(self, tmp_path: Path) -> None:
        run = run_of({"Må <b>vi</b>?": answer("ja", "Ja [1].", citation(RAW))}, cited(question="Må <b>vi</b>?"))
        html = write(run, tmp_path, load_thresholds()).html.read_text(encoding="utf-8")
        assert all(part in html for part in ("<svg", "Må &lt;b&gt;vi&lt;/b&gt;?", "&lt;i&gt;ikke&lt;/i&gt;"))
        assert not any(part in html for part in ("<script", "src=", "<link"))

    def test_markdown_names_what_was_expected_and_what_came(self) -> None:
        found = document(
            run_of({"Må vi?": answer("ja", "Ja [1].", citation("Kære netværk"))}, cited()), load_thresholds()
        )
        assert "Ventet: nej – fik: ja – mangler: afgørelse (accepteret), rigtig kilde citeret" in found
        assert "✗ ikke nået" in found

    def test_a_file_that_is_no_report_says_what_to_do(self, tmp_path: Path) -> None:
        (tmp_path / "report.json").write_text("{}", encoding="utf-8")
        with pytest.raises(ReportError, match="Kør"):
            read(tmp_path)
        with pytest.raises(ReportError, match="kan ikke læses"):
            read(tmp_path / "none")


class TestComparing:
    def test_a_case_that_broke_and_one_that_was_mended_are_named(self) -> None:
        a, b = make(id="a", question="A"), make(id="b", question="B")
        before = run_of({"A": answer("nej"), "B": answer("ja")}, a, b)
        after = run_of({"A": answer("ja"), "B": answer("nej")}, a, b)
        found = compare(before, after)
        assert [[new.id for _, new in pairs] for pairs in (found.worse, found.better)] == [["a"], ["b"]]
        assert "a: nej -> ja (ventet nej); mangler verdict" in text(found, ["verdict"])

    def test_a_guarded_figure_that_fell_is_found_and_an_unguarded_not(self) -> None:
        found = compare(run_of({"Må vi?": answer("nej")}, make()), run_of({"Må vi?": answer("info")}, make()))
        assert [change.measure.name for change in fallen(found, ["verdict", "dangerous"])] == ["verdict"]
        assert fallen(found, ["citation_hit"]) == []

    def test_more_dangerous_errors_are_a_fall_although_the_number_rises(self) -> None:
        found = compare(run_of({"Må vi?": answer("info")}, make()), run_of({"Må vi?": answer("ja")}, make()))
        assert [change.measure.name for change in fallen(found, ["dangerous"])] == ["dangerous"]

    def test_a_measure_that_is_no_longer_taken_is_a_fall(self) -> None:
        before = run_of({"Må vi?": answer("nej", "Nej [1].", citation(RAW))}, make())
        found = compare(before, run_of({"Må vi?": answer("nej", "Nej.")}, make()))
        assert [change.measure.name for change in fallen(found, ["citation_fidelity"])] == ["citation_fidelity"]

    def test_rewritten_and_unshared_cases_are_named_and_not_compared(self) -> None:
        before = run_of({}, make(), make(id="old"))
        after = run_of({}, make(question="Skal vi?"), make(id="new"))
        found = compare(before, after)
        assert (found.altered, found.only_before, found.only_after) == (("a",), ("old",), ("new",))


def test_a_row_says_which_needed_measures_it_missed() -> None:
    seen = Observation(cited(must_say=["x"]), answer("nej", "Nej."))
    found = row(seen, scores(seen))
    assert (found.passed, found.missed) == (False, ("citation_hit", "must_say"))


class TestCommands:
    @pytest.fixture
    def corpus(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        folder = tmp_path / "corpus"
        folder.mkdir()
        (folder / "brev.txt").write_text(LETTER, encoding="utf-8")
        table = (
            '[[source]]\nid = "brev"\nfile = "brev.txt"\ntitle = "Brevet"\nkind = "tilsagnsbrev"\ndate = "2017-02-01"\n'
        )
        (folder / "sources.toml").write_text(table, encoding="utf-8")
        monkeypatch.setenv("ASSISTANT_CORPUS", str(folder))
        return folder

    @staticmethod
    def run(folder: Path, given: Any, *cases: Case) -> int:
        path = cases_file(folder, *(case.model_dump() for case in cases))
        fake = FakeAssistant({"Må vi?": given}, [hit(RAW)])
        return main(["run", "--cases", str(path), "--out", str(folder / "out")], opener=lambda: fake)

    @pytest.mark.usefixtures("corpus")
    def test_a_run_that_reaches_every_threshold_exits_0_and_writes_its_report(self, tmp_path: Path) -> None:
        assert self.run(tmp_path, answer("nej", "Nej [1].", citation(RAW)), cited()) == 0
        assert read(tmp_path / "out").rows[0].passed

    @pytest.mark.usefixtures("corpus")
    def test_a_missed_threshold_exits_1_with_a_line(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.run(tmp_path, answer("ja", "Ja [1].", citation(RAW)), cited()) == 1
        assert "Tærskel ikke nået: dangerous = 1, kræver ≤ 0" in capsys.readouterr().err

    @pytest.mark.usefixtures("corpus")
    def test_a_wrong_quote_in_a_case_exits_1_and_names_it(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        wrong = make(must_cite=[{"doc": "brev", "quote": QUOTE}, {"doc": "brev", "quote": "opdigtet"}])
        assert self.run(tmp_path, answer("nej", "Nej [1].", citation(RAW)), wrong) == 1
        assert "Forkert citat: cases.jsonl:1: a: citatet står ikke i brev: 'opdigtet'" in capsys.readouterr().err
        assert main(["check", "--cases", str(tmp_path / "cases.jsonl")]) == 1

    def test_a_bad_case_file_exits_2_in_plain_words(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", "--cases", str(cases_file(tmp_path, "{"))]) == 2
        assert "cases.jsonl:1: ikke gyldig JSON" in capsys.readouterr().err

    @pytest.mark.usefixtures("corpus")
    def test_comparing_exits_1_when_a_guarded_figure_fell_and_0_the_other_way(self, tmp_path: Path) -> None:
        good, bad = tmp_path / "good", tmp_path / "bad"
        for folder, reply in ((good, answer("nej", "Nej [1].", citation(RAW))), (bad, answer("info", "Svar."))):
            folder.mkdir()
            self.run(folder, reply, cited())
        assert main(["compare", str(good / "out"), str(bad / "out")]) == 1
        assert main(["compare", str(bad / "out"), str(good / "out" / "report.json")]) == 0

    def test_the_previous_report_is_kept_for_comparing(self, tmp_path: Path) -> None:
        (tmp_path / "latest").mkdir()
        (tmp_path / "latest" / "old").touch()
        assert out_folder(None, tmp_path) == tmp_path / "latest"
        assert (tmp_path / "previous" / "old").exists()
        assert out_folder(tmp_path / "own", tmp_path) == tmp_path / "own"
