"""Ages, numbers of things and names that tell a rule from one for others, and whom a document is given to."""

from __future__ import annotations

from dataclasses import replace

from assistant.addressees import addressees
from assistant.durations import breaks_age
from assistant.figures import ordinals, other_number
from assistant.placing import is_a_name
from tests.reading_kit import a_source, read


def test_an_age_outside_those_of_a_rule_breaks_it() -> None:
    assert breaks_age("Kan vi bruge skærm til en pige på 10?", "Det kan bruges, hvis barnet er fyldt 12 år.")
    assert not breaks_age("Kan vi bruge skærm til en pige på 13?", "Det kan bruges, hvis barnet er fyldt 12 år.")
    assert not breaks_age("Kan vi bruge skærm?", "Det kan bruges, hvis barnet er fyldt 12 år.")


def test_a_rule_for_other_classes_is_of_other_classes() -> None:
    assert ordinals("på 7.-9. klassetrin") == {"klass": frozenset({7, 8, 9})}
    assert other_number("i 5. klasse", "på 7.-9. klassetrin")
    assert not other_number("i 8. klasse", "på 7.-9. klassetrin")
    assert not other_number("i 8. klasse", "den 1. juli")


def test_a_name_is_written_with_a_capital_where_no_sentence_begins() -> None:
    assert is_a_name("Dyrehaveskolen", "Må Dyrehaveskolen gøre ugen kortere?")
    assert not is_a_name("Skolen", "Vi er i tvivl. Skolen spørger.")
    assert not is_a_name("July", "May we hold it in July?")


def test_a_rule_is_given_to_those_whom_its_opening_addresses() -> None:
    order = replace(a_source("bekendtgoerelse"), network="", municipality="")
    text = "(Til kommunalbestyrelserne i Lemvig og Odder)\n\nKapitel 1\n\n§ 1. Loven gælder.\n"
    opening = [draft.passage for draft in read(text, order)]
    assert addressees(order, opening) == ("Lemvig", "Odder")
    assert addressees(replace(order, kind="referat"), opening) == ()
    assert addressees(replace(order, municipality="Varde"), opening) == ("Varde",)
