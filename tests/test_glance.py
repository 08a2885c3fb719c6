"""The rules at a glance, over the real documents and over documents that nobody has seen: rows, search, editions."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from assistant.authority import decides
from assistant.effects import GIVING, SILENT
from assistant.learning.glance.beside import Beside, Line, beside, families, words_of
from assistant.learning.glance.naming import named
from assistant.learning.glance.rows import Row, cited, ended, rows, unlisted, verbatim
from assistant.learning.glance.seeking import Found, Wanted, seek
from assistant.library import Library
from assistant.provisions import parse
from tests import core_kit
from tests.unseen import kit

UNSEEN = ("fritagelsesliste-2019", "ansoegning-nordjylland", "dispensation-ballerup")
PREPARATORY = "forberedende del af rehabiliteringsplanen"


@cache
def library() -> Library:
    return core_kit.assistant().library()


@pytest.fixture(scope="module")
def unseen(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The corpus with a third edition of the list, another network's application, and one municipality's decision."""
    folder = tmp_path_factory.mktemp("unseen")
    return kit.open_corpus(kit.make_corpus(folder / "corpus", UNSEEN), folder / "index").library()


def found(text: str, **wanted: object) -> Found:
    return seek(Wanted(text, **wanted), library())  # type: ignore[arg-type]


def texts(given: Found) -> str:
    return "\n".join(row.statement.text for row in given.rows)


def row_of(words: str, kind: str = "", date: str = "") -> Row:
    return next(
        row
        for row in rows(library())
        if words in row.statement.text
        and row.passage.kind_of_source.startswith(kind)
        and row.passage.date.startswith(date)
    )


class TestRows:
    def test_every_statement_has_a_row_or_says_nothing_alone(self) -> None:
        every = {each.id for passage in library().passages.values() for each in passage.statements}
        left = unlisted(library())
        assert {row.id for row in rows(library())} | {each.statement.id for each in left} == every
        for each in left:
            text = each.statement.text.strip()
            leads = [other.lead_in for other in library().in_section(each.passage)]
            assert each.statement.effect in SILENT or (text.endswith(":") and any(text in lead for lead in leads))

    def test_every_row_quotes_its_document_word_for_word(self) -> None:
        for row in rows(library()):
            citation = cited(row, library())
            assert citation.quote == library().store.source_text(row.source.id)[citation.start : citation.end]
            text = library().store.source_text(row.source.id)
            whole = "\n".join(verbatim(row, library()))
            assert citation.quote in whole
            assert all(text[span.start : span.end] in whole for span in row.statement.spans)

    def test_a_statement_that_a_table_parts_is_marked_at_its_longest_piece(self) -> None:
        order = row_of("fra uddannelsespålæg", "tilsagnsbrev")
        assert verbatim(order, library())[0] == "muli-"
        assert cited(order, library()).quote.startswith("hed for at fritage")

    def test_nothing_is_called_a_freedom_that_its_document_cannot_give(self) -> None:
        given = [row for row in rows(library()) if row.effect in GIVING]
        assert given
        assert all(decides(row.passage.kind_of_source) for row in given)

    def test_an_application_only_wishes_and_is_marked_as_another_network_s(self) -> None:
        asked = [row for row in rows(library()) if row.passage.kind_of_source == "ansoegning"]
        assert asked
        assert {row.effect for row in asked} == {"wish"}
        assert all("other_network" in row.remarks for row in asked)

    def test_what_one_municipality_does_is_its_own_practice(self) -> None:
        local = row_of("Hver ung er tilknyttet én af de 6 socialrådgivere")
        assert (local.effect, local.place, local.remarks) == ("local", "Frederikssund", ("one_place",))

    def test_a_row_of_the_older_list_says_so_and_one_of_the_newest_does_not(self) -> None:
        old, new = (row_of("SEL §§140-141", "fritagelsesliste", year) for year in ("2017", "2018"))
        assert old.newer == new.edition
        assert "older_edition" in old.remarks
        assert new.newer is None
        assert not new.remarks

    def test_the_list_s_line_on_the_child_s_plan_is_never_bare(self) -> None:
        for year in ("2017", "2018"):
            line = row_of("SEL §§140-141", "fritagelsesliste", year)
            assert line.conditional
            excepted = [limit.text for limit in line.limits if limit.how == "exception"]
            assert any("barnet eller den unge" in text for text in excepted)

    def test_what_the_list_excepts_is_told_at_the_letter_that_does_not(self) -> None:
        letter = row_of("Handleplaner (SEL §§140-141)", "tilsagnsbrev")
        told = [limit for limit in letter.limits if limit.how == "elsewhere"]
        assert [("barnet" in limit.text, limit.passage and limit.passage.date) for limit in told] == [(True, "2018")]
        assert letter.limits[0] == told[0]

    def test_the_rehabilitation_plan_s_line_names_the_part_that_is_not_exempted(self) -> None:
        line = row_of("LAB § 30a", "fritagelsesliste", "2018")
        assert [PREPARATORY in limit.text for limit in line.limits if limit.how == "exception"] == [True]

    def test_the_older_list_s_duty_to_plan_stands_at_the_plans_it_is_about(self) -> None:
        words = "fritages IKKE for at udarbejde planer på sygedagpenge- og beskæftigelsesområdet"
        for name, excepted in (("LAB §§27-30", True), ("LSD § 13c", True), ("LAS § 50", False)):
            line = row_of(name, "fritagelsesliste", "2017")
            assert any(words in limit.text for limit in line.limits) is excepted
            newest = row_of(name, "fritagelsesliste", "2018")
            assert not any(words in limit.text for limit in newest.limits)

    def test_a_line_without_exceptions_gets_none_from_its_neighbours(self) -> None:
        line = row_of("SEL §54", "fritagelsesliste", "2018")
        assert not line.excepted
        assert line.limits[0].text == "For de borgere, hvor der udarbejdes én plan"

    def test_a_sentence_is_not_narrowed_by_an_exception_that_only_shares_small_words(self) -> None:
        goals = row_of("De samlede mål i planen udvikles", "fritagelsesliste", "2018")
        assert not goals.limits

    def test_a_trial_s_conditions_stand_at_what_it_gives(self) -> None:
        mentor = row_of("mentorkontrakten skrives ind", "tilsagnsbrev")
        assert sum("forudsætning" in limit.text or "indberettes" in limit.text for limit in mentor.limits) == 2

    def test_the_own_network_comes_first_and_the_letters_before_the_lists(self) -> None:
        every = rows(library())
        foreign = ["other_network" in row.remarks for row in every]
        assert foreign == sorted(foreign)
        kinds = list(dict.fromkeys(row.passage.kind_of_source for row in every))
        assert kinds.index("tilsagnsbrev") < kinds.index("fritagelsesliste") < kinds.index("brev")

    def test_the_end_of_the_trials_is_the_last_of_the_own_documents(self) -> None:
        assert ended(library()) == "2021-12-31"


class TestSearch:
    @pytest.mark.parametrize("asked", ["LAB § 18", "lab par. 18", "§ 18 LAB", "beskæftigelsesindsatslovens § 18"])
    def test_a_provision_is_found_in_the_range_that_holds_it(self, asked: str) -> None:
        given = found(asked)
        assert "§§15-21" in texts(given)
        assert "§§ 17-20 b" in texts(given)
        assert all("LAB" in row.laws for row in given.rows)

    def test_a_paragraph_with_a_letter_lies_in_one_range_and_not_in_the_gap_of_another(self) -> None:
        given = texts(found("lab par 18 a"))
        assert "§§ 17-20 b" in given
        assert "§§ 17-18 og §§ 19-20b" not in given

    def test_a_paragraph_in_a_gap_is_not_found(self) -> None:
        assert not found("LAB § 86").rows
        assert found("LAB § 87").rows

    @pytest.mark.parametrize("asked", ["140-planen", "SEL § 140", "servicelovens paragraf 140"])
    def test_a_plan_called_by_its_number_shows_the_rule_and_its_exception(self, asked: str) -> None:
        assert {row.effect for row in found(asked).rows} >= {"exempt", "not_exempt"}

    def test_a_provision_without_its_law_is_looked_for_in_all(self) -> None:
        assert {row.laws[0] for row in found("§ 13 c").rows} == {"LSD"}

    def test_a_subsection_that_none_names_is_shown_its_paragraph_and_told_so(self) -> None:
        given = found("LSD § 13 b, stk. 3")
        assert given.wider == "part"
        assert all("LSD" in row.laws for row in given.rows)

    def test_words_beside_a_provision_are_let_go_where_no_row_has_both(self) -> None:
        assert found("LAB § 18 kantinemenu").wider == "words"
        assert not found("servicelovens § 140 barnet").wider

    def test_a_law_alone_shows_all_its_provisions(self) -> None:
        assert {law for row in found("serviceloven").rows for law in row.laws} >= {"SEL"}
        assert found("sel").rows == found("SEL").rows == found("serviceloven").rows

    def test_words_are_found_in_any_ending_by_synonym_and_in_english(self) -> None:
        wanted = found("forberedende del").rows
        assert len(wanted) >= 3
        assert found("preparatory part").rows == wanted

    def test_an_abbreviation_is_not_found_within_other_words(self) -> None:
        given = found("STAR", rest=True).rows
        assert given
        assert all("STAR" in row.statement.text for row in given)

    def test_only_rules_are_shown_until_the_rest_is_asked_for(self) -> None:
        rules, every = found("mentor"), found("mentor", rest=True)
        assert rules.left_out == len(every.rows) - len(rules.rows) > 0
        assert "local" in {row.effect for row in every.rows} - {row.effect for row in rules.rows}

    def test_filters_hold_together(self) -> None:
        given = found("", effects=frozenset({"exempt"}), kinds=frozenset({"tilsagnsbrev"}), laws=frozenset({"LSD"}))
        assert [row.provisions for row in given.rows] == [("LSD § 13 b, stk. 2 og 4",)]
        assert not found("", documents=frozenset({"findes-ikke"})).rows

    def test_what_is_given_on_conditions_is_found_as_such(self) -> None:
        given = found("", effects=frozenset({"condition"}), laws=frozenset({"LAS"}))
        assert given.rows
        assert {row.effect for row in given.rows} == {"exempt"}

    @pytest.mark.parametrize(
        "asked", ["", "   ", "§", "§§§ -", "(((", "a" * 5000, "\x00", "§ 99999999999999 LAB", "' OR 1=1"]
    )
    def test_any_text_can_be_looked_for(self, asked: str) -> None:
        found(asked)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("§ 16, stk. 1 og stk. 3-6 og 8, §§ 17-20 b i LAB", ("LAB § 16, stk. 1, 3-6 og 8", "LAB §§ 17-20 b")),
        ("LAB §§ 85, 87-88", ("LAB § 85", "LAB §§ 87-88")),
        ("LAB kap. 12a-12b", ("LAB kap. 12 a-12 b",)),
        ("SEL § 140", ("SEL § 140",)),
        ("LAB § 2, nr. 13", ("LAB § 2, nr. 13",)),
    ],
)
def test_provisions_are_named_as_a_reader_writes_them(written: str, shown: tuple[str, ...]) -> None:
    assert named(parse(written)) == shown


def lists() -> Beside:
    """The two lists of the corpus, found by what they are and not by their names."""
    (family,) = families(library())
    return beside(family[0], family[-1], library())


def said(lines: tuple[Line, ...], state: str) -> str:
    sides = (each for line in lines if line.state == state for each in (line.before, line.after))
    return "\n".join(words_of(each) for each in sides if each)


class TestEditions:
    def test_every_statement_stands_once_on_its_side(self) -> None:
        found = lists()
        for place, edition in ((1, found.old), (2, found.new)):
            side = [line[place].statement.id for line in found.lines if line[place]]  # type: ignore[union-attr]
            told = [row.id for row in rows(library()) if row.edition == edition]
            assert sorted(side) == sorted(told)

    def test_what_was_added_is_in_the_newer_document_only(self) -> None:
        found = lists()
        added = said(found.lines, "added")
        assert "undtage borgere fra ret og pligt" in added
        assert "§§ 85, 87 – 88 og 92 – 96 c" in added
        older = library().store.source_text(found.old.source_id)
        assert "ret og pligt" not in older

    def test_what_was_dropped_is_in_the_older_document_only(self) -> None:
        found = lists()
        dropped = said(found.lines, "dropped")
        for words in ("planer på sygedagpenge- og beskæftigelsesområdet", "minimumsstandarden", "STAR har på"):
            assert words in dropped
        assert "minimumsstandarden" not in library().store.source_text(found.new.source_id)

    def test_what_was_reworded_stands_beside_its_like_even_where_one_word_changed(self) -> None:
        reworded = [line for line in lists().lines if line.state == "reworded"]
        pairs = [(words_of(line.before), words_of(line.after)) for line in reworded if line.before and line.after]
        assert any("samlede paragraf" in old and "samlede paraply" in new for old, new in pairs)
        assert all(old != new for old, new in pairs)
        turned = [(line.before, line.after) for line in reworded if line.turned]
        effects = [(old.statement.effect, new.statement.effect) for old, new in turned if old and new]
        assert effects == [("required", "condition")]

    def test_the_provisions_that_only_one_frees_from_are_told_in_its_own_words(self) -> None:
        found = lists()
        assert [name[:8] for name in found.gained] == ["§§ 85, 8", "§ 134 i "]
        assert found.lost == ()

    def test_backwards_the_same_is_gone(self) -> None:
        found = lists()
        back = beside(found.new, found.old, library())
        assert back.gained == ()
        assert back.lost == found.gained
        assert said(back.lines, "dropped") == said(found.lines, "added")


class TestUnseenDocuments:
    def test_a_third_edition_is_compared_with_any_other(self, unseen: Library) -> None:
        (family,) = families(unseen)
        assert [each.date[:4] for each in family] == ["2017", "2018", "2019"]
        found = beside(family[1], family[2], unseen)
        states = {line.state for line in found.lines}
        assert states >= {"added", "dropped", "same"}
        for line in found.lines:
            for placed, edition in ((line.before, found.old), (line.after, found.new)):
                assert placed is None or placed.passage.source_id == edition.source_id

    def test_the_former_newest_edition_is_an_older_one_now(self, unseen: Library) -> None:
        (family,) = families(unseen)
        newer = {row.edition: row.newer for row in rows(unseen)}
        assert family[2].source_id == kit.source_id(UNSEEN[0])
        assert [newer[each] for each in family] == [family[2], family[2], None]

    def test_another_network_s_application_gives_nothing(self, unseen: Library) -> None:
        asked = [row for row in rows(unseen) if row.source.id == kit.source_id(UNSEEN[1])]
        assert asked
        assert {row.effect for row in asked} == {"wish"}
        assert all("other_network" in row.remarks for row in asked)

    def test_a_decision_for_one_municipality_says_for_whom(self, unseen: Library) -> None:
        own = [row for row in rows(unseen) if row.source.id == kit.source_id(UNSEEN[2])]
        assert own
        assert all("one_place" in row.remarks and "Ballerup" in row.place for row in own)

    def test_every_row_can_be_opened(self, unseen: Library) -> None:
        for row in rows(unseen):
            citation = cited(row, unseen)
            assert citation.quote == unseen.store.source_text(row.source.id)[citation.start : citation.end]


def test_the_code_knows_no_document_by_name() -> None:
    ids = set(library().sources)
    folder = Path(__file__).parent.parent / "assistant" / "learning" / "glance"
    for file in folder.glob("*.py"):
        code = file.read_text("utf-8")
        assert not [name for name in ids if name in code]
        assert "2017" not in code
        assert "2018" not in code
