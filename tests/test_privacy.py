"""Personal data in questions: what is masked, and what is left alone."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.dk import cpr

from assistant.errors import QuestionError
from assistant.privacy import RULES, mask

# text -> the same with its personal data masked
MASKED = {
    "Min borger med cpr 120385-1237 er i ressourceforløb.": "Min borger med cpr [cpr-nummer] er i ressourceforløb.",
    "Cpr-nr. 3112991118 spørger om sin ydelse": "Cpr-nr. [cpr-nummer] spørger om sin ydelse",
    "Skal der laves plan for barnet 1204121236?": "Skal der laves plan for barnet [cpr-nummer]?",
    "For 311299-4321: slipper vi for indberetning?": "For [cpr-nummer]: slipper vi for indberetning?",
    "Behøver vi mentorkontrakt for 05 05 75 1111?": "Behøver vi mentorkontrakt for [cpr-nummer]?",
    "cpr: 010190 1234.": "cpr: [cpr-nummer].",
    "cpr 991399-1234": "cpr [cpr-nummer]",
    "cpr 010190-xxxx": "cpr [cpr-nummer]",
    "010190–1234": "[cpr-nummer]",
    "010190 - 1234": "[cpr-nummer]",
    "01.01.90-1234": "[cpr-nummer]",
    "01-01-90-1234": "[cpr-nummer]",
    "0 1 0 1 9 0 1 2 3 4": "[cpr-nummer]",
    "290296-1234": "[cpr-nummer]",
    "710190-1234": "[cpr-nummer]",
    "0101\u200b90-1234": "[cpr-nummer]",
    "０１０１９０-1234": "[cpr-nummer]",
    "(010190-1234)": "([cpr-nummer])",
    "010190-1234,020291-2345": "[cpr-nummer],[cpr-nummer]",
    "borger 0101901234 og 0202912345": "borger [cpr-nummer] og [cpr-nummer]",
    "Ring til mig på 12 34 56 78 hvis du er i tvivl": "Ring til mig på [telefonnummer] hvis du er i tvivl",
    "mobil 61 23 45 67: hvornår": "mobil [telefonnummer]: hvornår",
    "tlf. 20123456": "tlf. [telefonnummer]",
    "tlf 2012-3456": "tlf [telefonnummer]",
    "Tlf.nr. 2012 3456": "Tlf.nr. [telefonnummer]",
    "20.12.34.56": "[telefonnummer]",
    "20-12-34-56": "[telefonnummer]",
    "201 23 456": "[telefonnummer]",
    "Call her on +45 31 22 33 44 - do we": "Call her on [telefonnummer] - do we",
    "+4531223344": "[telefonnummer]",
    "0045 31223344": "[telefonnummer]",
    "+46 70 123 45 67": "[telefonnummer]",
    "anna.kk@eksempel.dk gets ledighedsydelse": "[e-mail] gets ledighedsydelse",
    "søren.møller+x@kommune.eksempel.dk": "[e-mail]",
    "anna (at) eksempel.dk": "[e-mail]",
    "skriv til a_b@c-d.org.": "skriv til [e-mail].",
    "Kontonr. 1234 0012345678": "Kontonr. [kontonummer]",
    "konto 1234-0012345678": "konto [kontonummer]",
    "IBAN DK50 0040 0440 1162 43": "IBAN [kontonummer]",
    "Hun bor på Nørregade 12, 2. tv., 3400 Hillerød og får": "Hun bor på [adresse] og får",
    "bor nørregade 12 og": "bor [adresse] og",
    "Hun bor H.C. Andersens Boulevard 3": "Hun bor [adresse]",
    "Bor på Gammel Kongevej 12B, 1850 Frederiksberg C": "Bor på [adresse]",
    "Store Torv 1": "[adresse]",
    "adresse: Skovbakken 7": "adresse: [adresse]",
    "Egevænget 4, st. th": "[adresse]",
    "12 Baker Street": "[adresse]",
    "født den 12. marts 1985": "født den [fødselsdato]",
    "barnet er født 12.03.2010": "barnet er født [fødselsdato]",
    "born March 12, 1985": "born [fødselsdato]",
    "born 12 March 1985": "born [fødselsdato]",
    "fødselsdato: 010190": "fødselsdato: [fødselsdato]",
    "Jens Hansen, 010190-1234": "[navn], [cpr-nummer]",
    "010190-1234 Jens Hansen": "[cpr-nummer] [navn]",
    "Min borger Jens Prøvesen, cpr 010180-1235, har én plan.": "Min borger [navn], cpr [cpr-nummer], har én plan.",
    "Peter Testmand (040485-3333) har depression": "[navn] ([cpr-nummer]) har depression",
    "Karen Eksempelsen, karen@example.org, har": "[navn], [e-mail], har",
    "Ring til Hanne på 20 12 34 56. Kan hun undtages?": "Ring til [navn] på [telefonnummer]. Kan hun undtages?",
    "Kontakt jens hansen på 20123456": "Kontakt [navn] på [telefonnummer]",
    "Hans Jørgen Nielsen-Møller, tlf. 20 12 34 56": "[navn], tlf. [telefonnummer]",
    "hun hedder Mette Nielsen og er syg": "hun hedder [navn] og er syg",
    "borgeren hedder mette nielsen og får": "borgeren hedder [navn] og får",
    "Jeg hedder Ole og vil vide": "Jeg hedder [navn] og vil vide",
    "Barnet hedder Emil. Skal vi": "Barnet hedder [navn]. Skal vi",
    "en borger ved navn Ali Hassan": "en borger ved navn [navn]",
    "navn: Ali Hassan": "navn: [navn]",
    "My name is John Smith": "My name is [navn]",
    "the citizen is called Anna": "the citizen is called [navn]",
    "my client John Smith gets sickness benefit": "my client [navn] gets sickness benefit",
    "Min klient Anna-Marie Sørensen må hun?": "Min klient [navn] må hun?",
    "Kan borgeren Maja (32 år) få mentor?": "Kan borgeren [navn] (32 år) få mentor?",
    "Hr. Jensen vil ikke møde op": "Hr. [navn] vil ikke møde op",
    "mvh Pia Hansen, Hillerød Kommune": "mvh [navn], Hillerød Kommune",
    "Hendes nummer er 31223344": "Hendes nummer er [telefonnummer]",
    "CPR: 150 585-1111": "CPR: [cpr-nummer]",
    "Borgerens mor, Ulla, har": "Borgerens mor, [navn], har",
    "Fru Olsen skal have en plan": "Fru [navn] skal have en plan",
    "Hendes personnummer er 1504622468": "Hendes personnummer er [cpr-nummer]",
    "CPR 15 04 62 - 2468 skal visiteres": "CPR [cpr-nummer] skal visiteres",
    "Borger 15.04.2012-1234 og 15042012-1234": "Borger [cpr-nummer] og [cpr-nummer]",
    "sag om 150462/2468": "sag om [cpr-nummer]",
    "150462 2468 er på sygedagpenge": "[cpr-nummer] er på sygedagpenge",
    "Kan 311207-4123 få en mentor?": "Kan [cpr-nummer] få en mentor?",
    "civil registration number 150462-2468": "civil registration number [cpr-nummer]",
    "Både 150462-2468 og 010203-1212 bor der": "Både [cpr-nummer] og [cpr-nummer] bor der",
    "Må 610203-1212 (erstatningsnummer) registreres?": "Må [cpr-nummer] (erstatningsnummer) registreres?",
    "mail: per_t@sub.kommune.eksempel.dk!": "mail: [e-mail]!",
    "Skriv til lene.b [at] eksempel.dk om planen": "Skriv til [e-mail] om planen",
    "hendes telefon er 61234567 efter kl. 12": "hendes telefon er [telefonnummer] efter kl. 12",
    "ring +45 61 23 45 67 i dag": "ring [telefonnummer] i dag",
    "Familien bor Birkevej 22, 3300 Frederiksværk": "Familien bor [adresse]",
    "flyttet til Søndre Allé 4, 1. th.": "flyttet til [adresse]",
}

UNTOUCHED = (
    *("sag 2016-8973 og dok. 443672", "sagsnr. 2017-5254", "dokument 505157", "journalnr. 20178973", "doc. 443672"),
    *("lov nr. 658 af 8. juni 2017", "lta/2017/658", "lovbekendtgørelse nr. 831 af 25. juni 2018", "L 200 i 2016-17"),
    *("fra 1. juli 2017 til 1. oktober 2018", "2017-2018", "01.07.2017", "30.06.2018 14", "2017-02-01", "01072017"),
    *("20170201", "den 31. december 2021", "i perioden 2016 - 2019", "12-03-2018 kl. 10.30", "1.2.17"),
    *("§§ 85, 87-88, 92-96 c og SEL §§140-141", "SEL §§ 10 11 12 13", "LAB §§ 27-30", "§ 140", "§ 13 b, stk. 2 og 4"),
    *(
        "385.000 borgere og 1.234.567 kr.",
        "12.345.678 kr.",
        "16-22 år",
        "2,5 pct.",
        "cvr 12345678",
        "EAN 5790000123456",
    ),
    *(
        "Overvej 3 muligheder for arbejdsplads 2",
        "Praktikplads 12",
        "Skal have 3 samtaler",
        "uddannelsesplads 3",
        "på vej 3",
    ),
    *("Hvad hedder loven?", "Loven hedder Lov om frikommunenetværk", "hvad hedder planen", "Hvad hedder En plan?"),
    *("Borgeren Skal have plan", "Familien En Plan kører", "Er der en mentor Gribskov kan bruge?", "Bilag 2, side 10"),
    *("Må sagsbehandleren Halsnæs give tilladelse?", "Må vi bruge Feedback Informed Treatment?", "kommunen i Hillerød"),
    *(
        "Hvem er borgmester i Ballerup?",
        "Hvad gør Frederikssund Kommune?",
        "3400 Hillerød",
        "netværk nr. 7",
        "kat. 2 og 3",
    ),
    *("Er Min Plan omfattet, når borgeren får LAB § 30 a?", "det gavner borgeren. Hilsen er ikke med", "stk. 1, nr. 3"),
    *("Hvad er ministeriets telefonnummer?", "", "🙂", "tre gange 12 34 uger", "uge 10 11 12 13"),
    *(
        "Er der 26 uger eller 2 x 13 uger?",
        "45.000 kr. i 2017 og 46.500 kr. i 2018",
        "kl. 08.30-16.00 den 3. maj",
        "perioden 01.07.2017-2020",
    ),
    *("Skal planen følge den unge til hun fylder 25?", "LAB § 68 a, stk. 2, nr. 1-3", "bilag 3 af 12, s. 104-106"),
    *(
        "Hvor mange af de 1.250 borgere har én plan?",
        "Hvem er kontaktperson i Styrelsen for Arbejdsmarked?",
        "lov 1234",
    ),
    *(
        "Do the rules apply from 1 July 2017 to 30 June 2021?",
        "in 2018 and 2019 we had 12 000 cases",
        "section 10 to 12",
    ),
)


@pytest.mark.parametrize(("text", "expected"), MASKED.items())
def test_personal_data_is_masked_and_the_rest_stays(text: str, expected: str) -> None:
    assert mask(text).text == expected


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_identifies_no_person_stays(text: str) -> None:
    assert mask(text) == (text, ())


def test_strings_enough_to_judge_by_and_none_with_a_number_gets_through() -> None:
    assert len(MASKED) + len(UNTOUCHED) >= 150
    wrongly = sum(bool(mask(text).findings) for text in UNTOUCHED)
    rightly = sum(bool(mask(text).findings) for text in MASKED)
    assert rightly / (rightly + wrongly) >= 0.98


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 9999), st.sampled_from(["", "-", " "]))
def test_what_the_standard_library_of_numbers_takes_for_a_cpr_number_is_masked(
    born: date, serial: int, separator: str
) -> None:
    number = f"{born:%d%m%y}{separator}{serial:04d}"
    assume(cpr.is_valid(number))
    assert mask(f"Borgeren {number} har en plan").text == "Borgeren [cpr-nummer] har en plan"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.kind}: {rule.example}")
def test_each_rule_has_an_example_that_it_masks(rule: object) -> None:
    assert [finding.kind for finding in mask(rule.example).findings] == [rule.kind]  # type: ignore[attr-defined]


def test_findings_say_what_kind_and_where_the_mask_stands_but_not_the_data() -> None:
    masked = mask("Jens Hansen, 010190-1234, er syg")
    assert [masked.text[f.span.start : f.span.end] for f in masked.findings] == ["[navn]", "[cpr-nummer]"]
    assert [finding.kind for finding in masked.findings] == ["navn", "cpr-nummer"]
    assert "1234" not in repr(masked)


def test_masking_a_masked_text_changes_nothing() -> None:
    for expected in MASKED.values():
        assert mask(expected).text == expected


def test_what_cannot_be_masked_is_refused() -> None:
    with pytest.raises(QuestionError, match="uden navne"):
        mask(None)  # type: ignore[arg-type]


@given(
    st.dates(date(1900, 1, 1), date(2030, 1, 1)),
    st.integers(0, 9999),
    st.sampled_from(["", "-", " ", " - "]),
    st.text(),
)
def test_no_cpr_number_with_a_possible_date_gets_through(born: date, serial: int, separator: str, before: str) -> None:
    number = f"{born:%d%m%y}{separator}{serial:04}"
    masked = mask(f"{before} cpr {number} må vi?").text
    assert re.sub(r"\D", "", number) not in re.sub(r"\W", "", masked)


@given(st.text(max_size=200))
def test_any_text_is_masked_or_refused(text: str) -> None:
    with suppress(QuestionError):
        assert isinstance(mask(text).text, str)
