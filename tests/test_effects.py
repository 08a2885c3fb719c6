"""What sentences do with a duty: the table's own examples, and sentences that neither table nor corpus holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.effects import (
    BINDING,
    EFFECTS,
    GIVING,
    WITHHOLDING,
    condition_in,
    cut,
    effect_of,
    points_back,
    speaks_of_an_exemption,
    tables,
    turned,
)
from assistant.frames import Cue

# sentence -> effect; none of them stands in the corpus
SENTENCES = {
    # not exempt
    "Ingen kommune fritages for at føre journal.": "not_exempt",
    "Kommunerne er ikke undtaget fra indberetningen.": "not_exempt",
    "Der er ikke givet dispensation fra kravet om samtykke.": "not_exempt",
    "Tilsynet er ikke omfattet af tilladelsen.": "not_exempt",
    "Kommunen fritages dog IKKE for at høre borgeren.": "not_exempt",
    "Forsøget omfatter ikke fritagelse fra tilsynspligten.": "not_exempt",
    "Kontrolbesøgene falder uden for forsøget.": "not_exempt",
    "Der kan hverken fritages for tilsyn eller regnskab.": "not_exempt",
    # refused
    "Ministeriet har givet afslag på ønsket om flere pladser.": "refused",
    "Ansøgningen om kortere frister afslås.": "refused",
    "Ønsket om en fælles kasse kan ikke imødekommes.": "refused",
    "Forslaget blev afvist af forligskredsen.": "refused",
    # postponed
    "I bedes præcisere ansøgningen inden næste runde.": "postponed",
    # condition
    "Det forudsættes, at borgeren har sagt ja.": "condition",
    "En betingelse for tilladelsen er, at byrådet er hørt.": "condition",
    "Ordningen gælder kun for familier med små børn.": "condition",
    "Planen skal godkendes af lederen.": "condition",
    "Kommunen kan kun bruge ordningen i to år.": "condition",
    # forbidden
    "Oplysningerne må ikke deles med andre myndigheder.": "forbidden",
    "Kommunen må aldrig opkræve betaling.": "forbidden",
    "Det er ikke tilladt at forlænge fristen.": "forbidden",
    "Tilladelsen gælder ikke for voksne.": "forbidden",
    "Midlerne kan ikke bruges til drift.": "forbidden",
    # exempt
    "Kommunen fritages for kravet om skriftlig begrundelse.": "exempt",
    "Kommunen kan fravige § 7 i tilsynsloven.": "exempt",
    "Skolen skal ikke længere indsende regnskab.": "exempt",
    "Kommunerne behøver ikke holde møde hver måned.": "exempt",
    "Der gives dispensation fra høringsfristen.": "exempt",
    "Kravet om to underskrifter bortfalder.": "exempt",
    "Det er ikke nødvendigt at udfylde bilaget.": "exempt",
    "Lederen kan undtage enkelte medarbejdere.": "exempt",
    # required
    "Kommunen skal fortsat føre regnskab.": "required",
    "Byrådet er forpligtet til at høre forældrene.": "required",
    "Det er obligatorisk at deltage i kurset.": "required",
    "Regnskabet sendes til ministeriet senest den 1. maj.": "required",
    # permitted
    "Kommunen kan selv vælge møderytmen.": "permitted",
    "Der er mulighed for at samle opgaverne i én enhed.": "permitted",
    "Det står kommunen frit for at vælge skema.": "exempt",
    "Ministeriet vil imødekomme ansøgningen om fælles ledelse.": "permitted",
    "Dispensationen gælder ikke for nye sager.": "not_exempt",
    "Fritagelser, som ikke står på listen, anvendes ikke i kommunen.": "not_exempt",
    "Dispensationen kan ikke forlænges.": "forbidden",
    "Det er ikke et krav, at planen sendes.": "exempt",
    "Der kræves ikke samtykke, når barnet er under 12 år.": "exempt",
    "Kommunen kan undlade at føre et særskilt regnskab.": "exempt",
    "Tilladelsen er givet på følgende betingelser:": "condition",
    "En borger, som ønsker det, kan selv føre regnskabet.": "permitted",
    "Bekendtgørelsen ophæves den 1. januar.": "fact",
    "Reglementet bortfalder den 1. maj 2019.": "fact",
    "Kravet i reglementet bortfalder den 1. maj 2019.": "exempt",
    "Byrådet søgte i maj om dispensation fra reglerne.": "applied",
    # wish, announced, fact
    "Kommunerne ønsker færre skemaer.": "wish",
    "Der bør findes en enklere løsning.": "wish",
    "Lovforslaget forventes fremsat til efteråret.": "announced",
    "Mødet blev holdt i Ribe i juni.": "fact",
    "Projektet har tolv deltagere.": "fact",
}


@pytest.mark.parametrize("cue", [pytest.param(cue, id=cue.example[:50]) for cue in tables().effects])
def test_every_pattern_matches_its_example_and_no_earlier_one_takes_it(cue: Cue) -> None:
    assert cue.pattern.search(cue.example.lower())
    assert effect_of(cue.example) == cue.name


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_has_its_effect(sentence: str) -> None:
    assert effect_of(sentence) == SENTENCES[sentence]


def test_all_effects_of_the_table_are_known_ones() -> None:
    assert {cue.name for cue in tables().effects} <= EFFECTS


def test_giving_withholding_and_binding_share_nothing() -> None:
    assert not GIVING & WITHHOLDING
    assert not GIVING & BINDING
    assert not WITHHOLDING & BINDING


@pytest.mark.parametrize(
    ("given", "withheld"),
    [
        ("Kommunen fritages for tilsyn.", "Kommunen fritages ikke for tilsyn."),
        ("Der gives fritagelse for tilsyn.", "Der gives ingen fritagelse for tilsyn."),
        ("Kommunen kan dele planen.", "Kommunen kan ikke dele planen."),
        ("Oplysningerne må deles.", "Oplysningerne må ikke deles."),
        ("Ansøgningen imødekommes.", "Ansøgningen imødekommes ikke."),
        ("Kommunen er fritaget for tilsyn.", "Kommunen er IKKE fritaget for tilsyn."),
    ],
)
def test_a_negation_turns_what_gives_into_what_withholds(given: str, withheld: str) -> None:
    assert effect_of(given) in GIVING
    assert effect_of(withheld) in WITHHOLDING


@pytest.mark.parametrize(
    ("bound", "freed"),
    [
        ("Skolen skal indsende regnskab.", "Skolen skal ikke indsende regnskab."),
        ("Kommunen er forpligtet til at høre dem.", "Kommunen er ikke forpligtet til at høre dem."),
    ],
)
def test_a_negation_turns_a_duty_into_a_freedom(bound: str, freed: str) -> None:
    assert effect_of(bound) == "required"
    assert effect_of(freed) == "exempt"


@pytest.mark.parametrize("cue", tables().cuts, ids=lambda cue: cue.example[:40])
def test_a_sentence_is_cut_where_it_begins_to_say_another_thing(cue: Cue) -> None:
    assert cue.pattern.search(cue.example.lower())
    assert len(cut(cue.example)) >= 2


def test_the_halves_of_a_cut_sentence_have_effects_of_their_own() -> None:
    text = "Planen skal ikke følge skemaet, men lederen skal godkende den."
    assert [effect_of(text[piece.start : piece.end]) for piece in cut(text)] == ["exempt", "required"]


@pytest.mark.parametrize("cue", tables().conditions, ids=lambda cue: cue.example[:40])
def test_a_condition_is_found_in_its_example(cue: Cue) -> None:
    assert cue.pattern.search(cue.example.lower())
    assert condition_in(cue.example)


def test_a_condition_reaches_to_the_end_of_its_sentence_only() -> None:
    text = "Planerne kan samles, såfremt borgeren ønsker det. Lederen orienteres."
    assert condition_in(text) == "såfremt borgeren ønsker det"
    assert condition_in("Planerne kan samles.") == ""


# A sentence of a rule in force -> what it does; in a letter each is a fact.
IN_THE_PRESENT = {
    "Kommunen registrerer fortsat indsatsen.": "required",
    "Planen udarbejdes i sin helhed.": "required",
    "Der holdes mindst én samtale hver ottende uge.": "required",
    "For unge udarbejder kommunen ikke særskilt handleplan.": "exempt",
    "Barnet høres, og der indhentes ikke udtalelse fra skolen.": "exempt",
    "Bekendtgørelsen træder i kraft den 1. juli.": "fact",
    "Loven gælder for kommuner, der afholder prøver.": "fact",
    "Ved vejning forstås en måling, som foretages på stedet.": "fact",
}


@pytest.mark.parametrize("sentence", IN_THE_PRESENT)
def test_the_present_tense_binds_in_a_rule_in_force_alone(sentence: str) -> None:
    assert effect_of(sentence, "bekendtgoerelse") == IN_THE_PRESENT[sentence]
    assert effect_of(sentence, "tilsagnsbrev") == "fact"


@pytest.mark.parametrize("cue", tables().norms, ids=lambda cue: cue.example[:40])
def test_a_norm_in_force_has_the_effect_of_its_pattern(cue: Cue) -> None:
    assert effect_of(cue.example, "lov") == cue.name


@pytest.mark.parametrize("cue", tables().pointing, ids=lambda cue: cue.example[:40])
def test_a_sentence_points_back(cue: Cue) -> None:
    assert cue.pattern.search(cue.example.lower())
    assert points_back(cue.example)


@pytest.mark.parametrize(
    "sentence", ["Den forberedende del er ikke omfattet.", "De unge kan deltage.", "Det forudsættes."]
)
def test_an_article_or_a_bare_subject_points_at_nothing(sentence: str) -> None:
    assert not points_back(sentence)


@pytest.mark.parametrize("cue", tables().of_the_exemption, ids=lambda cue: cue.example[:40])
def test_a_sentence_speaks_of_an_exemption_given_before(cue: Cue) -> None:
    assert speaks_of_an_exemption(cue.example)
    assert not speaks_of_an_exemption("Kommunen fritages for tilsyn.")


@pytest.mark.parametrize(
    "cue", [*tables().turning, *tables().on_condition, *tables().competence], ids=lambda c: c.example[:40]
)
def test_a_pattern_of_the_thread_matches_its_example(cue: Cue) -> None:
    assert cue.pattern.search(cue.example.lower())


def test_what_does_not_hold_turns_a_permission_and_frees_nobody_of_a_duty() -> None:
    assert turned("Det gælder dog ikke, hvis borgeren er under 15 år.", "permitted") == "forbidden"
    assert turned("Det gælder dog ikke, hvis borgeren er under 15 år.", "required") == "fact"
    assert turned("Det gælder også ved praktiske beskeder.", "forbidden") == "forbidden"
    assert turned("Mødet holdes på skolen.", "permitted") == ""


def test_a_clause_under_the_first_words_says_not_what_the_sentence_does() -> None:
    assert effect_of("Det gebyr, som regionen kan opkræve, har intet at gøre med kommunen.") == "fact"
    assert effect_of("Planen skal ikke sendes, medmindre borgeren skal i forløb.") == "exempt"


@given(st.text(max_size=300))
def test_the_pieces_of_a_cut_are_the_text(text: str) -> None:
    assert "".join(text[piece.start : piece.end] for piece in cut(text)) == text
    assert effect_of(text) in EFFECTS
