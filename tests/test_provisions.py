"""The reading of provisions: examples of every way they are written, and what holds for any text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.models import Provision
from assistant.provision_laws import laws
from assistant.provision_numbers import Numeral
from assistant.provision_tokens import TABLE
from assistant.provisions import Mention, coarse, covers, label, laws_named, parse, relation, with_law

ROOT = Path(__file__).resolve().parent.parent
LEX_DANIA = ROOT.parent / "shared" / "lexdania" / "bek-2025-1384.xml"


def read(text: str, default_law: str = "") -> list[str]:
    """The labels of all provisions of a text, in order."""
    return [label(provision) for mention in parse(text, default_law) for provision in mention.provisions]


def relate(text: str, asked: str) -> str:
    """The best relation of the references in `text` to the one that `asked` names."""
    wanted = parse(asked)[0].provisions[0]
    found = {mention.relation(wanted) for mention in parse(text)}
    return next((name for name in ("all", "part") if name in found), "none")


CORPUS = {
    "Handleplaner (SEL §§140-141), Min plan (LAB §§27-28) og Rehabiliteringsplan (LAB §30a).": [
        *("SEL § 140", "SEL § 141", "LAB § 27", "LAB § 28", "LAB § 30 a"),
    ],
    "individuelt kontaktførelse (LAB §§15-21). Fritagelse": [f"LAB § {n}" for n in range(15, 22)],
    "opfølgning efter lov om sygedagpenge (§13b, stk. 2 og 4). Fritagelse": [
        "LSD § 13 b, stk. 2",
        "LSD § 13 b, stk. 4",
    ],
    "mentorkontrakten, jf. § 31 c i lov om en aktiv beskæftigelsesindsats skrives ind": ["LAB § 31 c"],
    "SEL §§140-141\n\nSEL §54\n\nSEL §70": ["SEL § 140", "SEL § 141", "SEL § 54", "SEL § 70"],
    "LAB §§27-30 (Min Plan)\n\nBAB 52 (Min Plan)": ["LAB § 27", "LAB § 28", "LAB § 29", "LAB § 30", "BAB § 52"],
    "LAB § 30a (Rehabiliteringsplan - indsatsdelen)": ["LAB § 30 a"],
    "LAB kap. 12a-12b\n\nLAS § 50\n\nLSD § 13c": ["LAB kap. 12 a", "LAB kap. 12 b", "LAS § 50", "LSD § 13 c"],
    "overfor barnet eller den unge efter servicelovens § 140. De": ["SEL § 140"],
    "- 1) § 1 a i lov om en aktiv beskæftigelsesindsats, i det omfang": ["LAB § 1 a"],
    "- 2) § 5, stk. 1, og § 6, stk. 1, 1. pkt., og stk. 4, 2. pkt., i lov om organisering og understøttelse af "
    "beskæftigelsesindsatsen m.v., hvorefter": [
        "LOB § 5, stk. 1",
        "LOB § 6, stk. 1, 1. pkt.",
        "LOB § 6, stk. 4, 2. pkt.",
    ],
    "- 3) kapitel 1 i bekendtgørelse om organisering og understøttelse af beskæftigelsesindsatsen m.v., i det omfang": [
        "BOB kap. 1"
    ],
    "- 1) § 16, stk. 1 og stk. 3-6 og 8, §§ 17-20 b, og 73 a, stk. 2-5, i lov om en aktiv beskæftigelsesindsats": [
        *(f"LAB § 16, stk. {n}" for n in (1, 3, 4, 5, 6, 8)),
        *("LAB § 17", "LAB § 18", "LAB § 19", "LAB § 20", "LAB § 20 a", "LAB § 20 b"),
        *(f"LAB § 73 a, stk. {n}" for n in (2, 3, 4, 5)),
    ],
    "§§ 35, 36 og 38, i bekendtgørelse om en aktiv beskæftigelsesindsats": ["BAB § 35", "BAB § 36", "BAB § 38"],
    "§ 13 b, stk. 1, 2 og 4 i lov om sygedagpenge, hvorefter": [f"LSD § 13 b, stk. {n}" for n in (1, 2, 4)],
    "§§ 17-18 og §§ 19-20b, i Lov om Aktiv Beskæftigelsesindsats": [
        *("LAB § 17", "LAB § 18", "LAB § 19", "LAB § 20", "LAB § 20 a", "LAB § 20 b"),
    ],
    "kontaktforløb §§ 35, 36, og 38 i Bekendtgørelse om aktiv beskæftigelsesindsats, hvorefter": [
        *("BAB § 35", "BAB § 36", "BAB § 38"),
    ],
    "§§ 85, 87 – 88 og 92 – 96 c i Lov om Aktiv Beskæftigelsesindsats": [
        *(f"LAB § {n}" for n in ("85", "87", "88", "92", "93", "94", "95", "96", "96 a", "96 b", "96 c")),
    ],
    "- § 134 i Bekendtgørelse om Aktiv Beskæftigelsesindsats, om tidspunktet": ["BAB § 134"],
    "uddannelseshjælp (aktivitetsparate § 2.13 lov om aktiv beskæftigelsesindsats)": ["LAB § 2, nr. 13"],
    "den 31. december 2021 (§ 1, stk. 1).": ["§ 1, stk. 1"],
    "Eksempel: § 10 om servicelovens § 140 og børnefaglige undersøgelser": ["§ 10", "SEL § 140"],
    "En kommune kan efter bekendtgørelsens § 1, stk. 2, kun": ["bekendtgørelsen § 1, stk. 2"],
    "jf. § 30 b i den dagældende lov om en aktiv beskæftigelsesindsats.": ["LAB § 30 b"],
    "bemyndigelse til at visitere til indsatser efter både LAB og SEL lov.": [],
}

WRITTEN = {
    "SEL § 54": ["SEL § 54"],
    "sel 54": ["SEL § 54"],
    "Sel§54": ["SEL § 54"],
    "SEL-loven § 54": ["SEL § 54"],
    "LAB's § 30 a": ["LAB § 30 a"],
    "LAB 18 a": ["LAB § 18 a"],
    "LAB §18a": ["LAB § 18 a"],
    "lab30a": ["LAB § 30 a"],
    "§ 30 A i LAB": ["LAB § 30 a"],
    "§ 30 i LAB": ["LAB § 30"],
    "§ 12 i, stk. 2": ["§ 12 i, stk. 2"],
    "paragraf 140": ["§ 140"],
    "Pargraf 140": ["§ 140"],
    "par. 140": ["§ 140"],
    "pgf 30a": ["§ 30 a"],
    "140-planen": ["§ 140"],
    "Skal vi lave 140 planen?": ["§ 140"],
    "§ 140-planen i SEL": ["SEL § 140"],
    "§ 54-støtteperson efter serviceloven": ["SEL § 54"],
    "serviceloven 140": ["SEL § 140"],
    "Lov om Social Services § 140": ["SEL § 140"],
    "lov om aktiv beskaeftigelsesindsats § 27": ["LAB § 27"],
    "§ 13c i sygedagpengeloven": ["LSD § 13 c"],
    "aktivlovens § 50": ["LAS § 50"],
    "kapitel 12 b": ["kap. 12 b"],
    "LAB kap 12 a": ["LAB kap. 12 a"],
    "kap. 12 a og b i LAB": ["LAB kap. 12 a", "LAB kap. 12 b"],
    "servicelovens kapitel 11": ["SEL kap. 11"],
    "§13b, stk. 2 og 4": ["§ 13 b, stk. 2", "§ 13 b, stk. 4"],
    "§16 stk.1,3-6 og 8": [f"§ 16, stk. {n}" for n in (1, 3, 4, 5, 6, 8)],
    "§ 16, 2. stk.": ["§ 16, stk. 2"],
    "1. pkt. i § 6, stk. 4, i organiseringsloven": ["LOB § 6, stk. 4, 1. pkt."],
    "andet punktum i organiseringslovens § 5": ["LOB § 5, 2. pkt."],
    "§ 6, stk. 1 og 4, 1. og 2. pkt.": ["§ 6, stk. 1", "§ 6, stk. 4, 1. pkt.", "§ 6, stk. 4, 2. pkt."],
    "section 6(4), second sentence": ["§ 6, stk. 4, 2. pkt."],
    "§ 5, 1.-3. pkt.": ["§ 5, 1. pkt.", "§ 5, 2. pkt.", "§ 5, 3. pkt."],
    "LAB § 16, stk. 1, 1. pkt., og § 17": ["LAB § 16, stk. 1, 1. pkt.", "LAB § 17"],
    "stk. 2": ["stk. 2"],
    "subsection 2": ["stk. 2"],
    "stk. 2 i SEL § 140": ["SEL § 140, stk. 2"],
    "subsection 2 of section 140 of the Social Services Act": ["SEL § 140, stk. 2"],
    "§ 4, stk. 1, nr. 1-4, og stk. 2": [*(f"§ 4, stk. 1, nr. {n}" for n in range(1, 5)), "§ 4, stk. 2"],
    "§ 2, nr. 1-3": ["§ 2, nr. 1", "§ 2, nr. 2", "§ 2, nr. 3"],
    "§ 2 nr 13 i lab": ["LAB § 2, nr. 13"],
    "§ 140, stk. 1, nr. 3, litra a-c i serviceloven": ["SEL § 140, stk. 1, nr. 3"],
    "section 140 of the Social Services Act": ["SEL § 140"],
    "section 30 a LAB": ["LAB § 30 a"],
    "Sections 27 to 30 of the Active Employment Act": [f"LAB § {n}" for n in range(27, 31)],
    "section 13 b (2) and (4) of the Sickness Benefits Act": ["LSD § 13 b, stk. 2", "LSD § 13 b, stk. 4"],
    "section 16, paragraph 2": ["§ 16, stk. 2"],
    "chapter 12 b": ["kap. 12 b"],
    "paragrafferne 15 til 17 i LAB": ["LAB § 15", "LAB § 16", "LAB § 17"],
    "LAB §§ 27 til og med 29": ["LAB § 27", "LAB § 28", "LAB § 29"],
    "SEL 54 og 70": ["SEL § 54", "SEL § 70"],
    "SEL §§ 54/70": ["SEL § 54", "SEL § 70"],
    "SEL § 54, LAB § 30a": ["SEL § 54", "LAB § 30 a"],
    "§ 52 SEL og § 52 BAB": ["SEL § 52", "BAB § 52"],
    "LAB § 30 a og § 140 i serviceloven": ["LAB § 30 a", "SEL § 140"],
    "§ 5 i serviceloven og § 3 i retssikkerhedsloven": ["SEL § 5", "retssikkerhedsloven § 3"],
    "§ 7, stk. 2, jf. § 8, i huslejeloven": ["huslejeloven § 7, stk. 2", "huslejeloven § 8"],
    "§ 16 om kontaktforløb i LAB": ["LAB § 16"],
    "§ 140 (barnets plan) i serviceloven": ["SEL § 140"],
    "**SEL** § *54*": ["SEL § 54"],
    "<i>SEL</i> §&nbsp;54": ["SEL § 54"],
    "lovens § 5": ["§ 5"],
    "Lov om social service (SEL) § 140": ["SEL § 140"],
    "LAB (lov om en aktiv beskæftigelsesindsats) § 30 a": ["LAB § 30 a"],
    "§ 140 i lov om social service (SEL)": ["SEL § 140"],
    "section 73a(2)-(5) of LAB": [f"LAB § 73 a, stk. {n}" for n in (2, 3, 4, 5)],
    "§ 54 og 3 kommuner": ["§ 54"],
    "§ 54 og 70 borgere": ["§ 54"],
    "§ 5, 12 måneder": ["§ 5"],
    "VI MÅ IKKE SPRINGE § 140 OVER": ["§ 140"],
}

OTHER_LAWS = {
    "§ 5 i lov om mergelstationer gælder": "lov om mergelstationer § 5",
    "mergellovens § 5": "mergelloven § 5",
    "§ 7 i bekendtgørelse om radioaktive stoffer.": "bekendtgørelse om radioaktive stoffer § 7",
    "udbetalingsbekendtgørelsens § 5": "udbetalingsbekendtgørelsen § 5",
    "§ 5 i IGU-bekendtgørelsen": "igubekendtgørelsen § 5",
    "KSL § 5": "KSL § 5",
    "§ 12 i lov nr. 12 af 3. januar 2001": "lov nr. 12/2001 § 12",
    "§ 1 i bek. nr. 722 af 2017": "bekendtgørelse nr. 722/2017 § 1",
    "§ 2 i lov nr. 658 af 8. juni 2017": "lov om frikommunenetværk § 2",
    "lov om ændring af lov om social service § 1": "lov om ændring af lov om social service § 1",
    "section 5 of the Marl Pits Act": "marl pits act § 5",
}

NO_PROVISION = (
    *("16-22 år", "kat. 3", "2. pkt.", "lov nr. 658 af 8. juni 2017", "den 15. januar 2016", "tlf. 33 92 93 00"),
    *("12345678", "sag 2016-8973, dok. 443672", "385.000 borgere", "2,5 pct. af 140 kr.", "borgere på 18-30 år"),
    *("serviceloven 2018", "et par 3-4 gange", "Bilag 2", "netværk nr. 4", "SEL har 70 borgere", "SEL 70 borgere"),
    *("25 kr. pr. stk. 3 gange", "5 stk.", "uge 30", "1 plan i stedet for 3 planer", "010190-1234", "kl. 14-16"),
    *("§ uden tal", "§§", "paragraffritagelser<sup>1</sup>", "", "  ", "lab 3 gange om ugen", "LAB 18 år", "1.7.2017"),
)


@pytest.mark.parametrize(("text", "expected"), (CORPUS | WRITTEN).items())
def test_every_way_of_writing_a_provision_is_read(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(("text", "expected"), OTHER_LAWS.items())
def test_a_law_that_no_row_names_is_a_law_of_its_own(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize("text", NO_PROVISION)
def test_numbers_of_other_things_are_no_provisions(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("law", laws(), ids=lambda law: str(law["key"]))
def test_each_law_of_the_table_is_read_in_its_example_and_by_all_its_names(law: dict[str, object]) -> None:
    assert {mention.provisions[0].law for mention in parse(str(law["example"]))} == {law["key"]}
    names = [*law["names"], *law.get("short", ())]  # type: ignore[misc]
    for name in names:
        for written in (re.sub(r"\[(.*?)\]", r"\1", name), re.sub(r"\[.*?\] ?", "", name)):
            plain = written.replace("·", "").strip()
            assert read(f"§ 3 i {plain}") == [f"{law['key']} § 3"], plain
            assert read(f"{plain} § 3") == [f"{law['key']} § 3"], plain


@pytest.mark.parametrize(("kind", "pattern", "example"), TABLE)
def test_each_token_pattern_has_an_example_that_it_matches(kind: str, pattern: str, example: str) -> None:
    assert kind == "break" or kind == "stop" or re.search(pattern, example, re.IGNORECASE), (kind, example)


@pytest.mark.parametrize(
    ("granted", "asked", "expected"),
    [
        ("LAB §§ 85, 87-88 og 92-96 c", "LAB § 86", "none"),
        ("LAB §§ 85, 87-88 og 92-96 c", "LAB § 93 a", "all"),
        ("LAB §§ 85, 87-88 og 92-96 c", "LAB § 96 d", "none"),
        ("LAB §§ 85, 87-88 og 92-96 c", "SEL § 85", "none"),
        ("LSD § 13 b, stk. 1, 2 og 4", "LSD § 13 b, stk. 3", "none"),
        ("LSD § 13 b, stk. 1, 2 og 4", "LSD § 13 b", "part"),
        ("LSD § 13 b, stk. 1, 2 og 4", "LSD § 13 b, stk. 2", "all"),
        ("LSD § 13 b", "LSD § 13 c", "none"),
        ("LSD § 13", "LSD § 13 b", "none"),
        ("LAB §§ 17-20 b", "LAB § 18 a", "all"),
        ("LAB §§ 17-20 b", "LAB § 18 a, stk. 3", "all"),
        ("LAB §§ 17-20 b", "LAB § 20 c", "none"),
        ("LAB §§ 17-18 og §§ 19-20b", "LAB § 18 a", "none"),
        ("LAB §§ 17-18 og §§ 19-20b", "LAB § 17 a", "all"),
        ("SEL § 140", "SEL § 140, stk. 5", "all"),
        ("SEL § 140, stk. 5", "SEL § 140", "part"),
        ("LOB § 6, stk. 4, 2. pkt.", "LOB § 6, stk. 4, 1. pkt.", "none"),
        ("LOB § 6, stk. 4, 2. pkt.", "LOB § 6, stk. 4, 2. pkt.", "all"),
        ("LOB § 6, stk. 4, 2. pkt.", "LOB § 6, stk. 4", "part"),
        ("LOB § 6, stk. 4", "LOB § 6, stk. 4, 1. pkt.", "all"),
        ("LAB kap. 12a-12b", "LAB kap. 12", "none"),
        ("LAB kap. 12a-12b", "LAB kap. 12 b", "all"),
        ("LAB §§ 17-20 b, stk. 2", "LAB § 20 b, stk. 3", "none"),
        ("LAB §§ 17-20 b, stk. 2", "LAB § 20 b", "part"),
    ],
)
def test_a_grant_holds_all_part_or_none_of_what_is_asked(granted: str, asked: str, expected: str) -> None:
    assert relate(granted, asked) == expected


def test_the_span_takes_in_the_law_and_nothing_before_it() -> None:
    text = "Efter servicelovens § 140 og § 30 a, stk. 2, i LAB skal kommunen"
    spans = [text[mention.span.start : mention.span.end] for mention in parse(text)]
    assert spans == ["servicelovens § 140", "§ 30 a, stk. 2, i LAB"]


def test_the_default_law_is_given_only_where_none_is_named() -> None:
    assert read("§ 5 og SEL § 6", "LAB") == ["LAB § 5", "SEL § 6"]
    assert read("lovens § 5", "LAB") == ["LAB § 5"]
    assert with_law(Provision("", "5"), "LAB") == Provision("LAB", "5")
    assert with_law(Provision("SEL", "5"), "LAB") == Provision("SEL", "5")


def test_laws_are_named_each_once_in_order() -> None:
    assert laws_named("Skal vi efter serviceloven og LAB lave en § 140-plan, jf. SEL?") == ("SEL", "LAB")
    assert laws_named("lovens krav om samtaler i jobcenteret, sel om det er svært") == ()
    assert laws_named("efter huslejeloven og Lov om Aktiv Beskæftigelsesindsats") == ("huslejeloven", "LAB")


def test_a_whole_paragraph_covers_its_stk_and_not_the_other_way_round() -> None:
    whole, part, item = Provision("LAB", "16"), Provision("LAB", "16", 1), Provision("LAB", "16", 1, 2)
    assert all((covers(whole, part), covers(whole, item), covers(part, item)))
    assert not any((covers(part, whole), covers(item, part)))
    assert not covers(part, Provision("LAB", "16", 2))
    assert not covers(whole, Provision("SEL", "16"))
    assert relation([], whole) == "none"


def test_the_coarse_key_brings_a_lettered_paragraph_to_its_number() -> None:
    assert coarse(Provision("LAB", "18a", 2)) == coarse(Provision("LAB", "18")) == ("LAB", "§18")
    assert coarse(Provision("LAB", kapitel="12a")) == ("LAB", "kap12")


class Part(NamedTuple):
    """A range for the property tests; `first` == `last` is a single number."""

    first: Numeral
    last: Numeral


UNIVERSE = [Numeral(number, letter) for number in range(1, 41) for letter in ("", "a", "b", "c", "d")]


@st.composite
def lists_of_ranges(draw: st.DrawFn) -> list[Part]:
    """Ascending ranges with gaps between them, as a legal list has them."""
    ends = sorted(draw(st.sets(st.integers(0, len(UNIVERSE) - 1), min_size=1, max_size=8)))
    parts = []
    joined: list[bool] = draw(st.lists(st.booleans(), min_size=len(ends), max_size=len(ends)))
    while ends:
        first = ends.pop(0)
        last = ends.pop(0) if ends and joined.pop() else first
        parts.append(Part(UNIVERSE[first], UNIVERSE[last]))
    return parts


def written(parts: list[Part], dash: str, gap: str, joiner: str) -> str:
    """The ranges as a list of paragraphs in one style."""

    def number(numeral: Numeral) -> str:
        return f"{numeral.number}{gap}{numeral.letter}" if numeral.letter else str(numeral.number)

    pieces = [number(p.first) if p.first == p.last else f"{number(p.first)}{dash}{number(p.last)}" for p in parts]
    return ", ".join(pieces[:-1]) + (joiner if len(pieces) > 1 else "") + pieces[-1]


def grants(mentions: tuple[Mention, ...]) -> set[str]:
    """All of the universe that the mentions take in whole."""
    return {
        f"{n.number}{n.letter}"
        for n in UNIVERSE
        if any(mention.relation(Provision("LAB", f"{n.number}{n.letter}")) == "all" for mention in mentions)
    }


DASHES = st.sampled_from(["-", "–", " - ", " – ", " til ", "—"])
GAPS = st.sampled_from(["", " ", "\u00a0"])
JOINERS = st.sampled_from([" og ", ", og ", " samt ", " and ", ", "])
FRAMES = st.sampled_from(
    ["LAB §§ {}", "LAB §§{}", "lab paragrafferne {}", "§§ {} i LAB", "§§ {} i lov om aktiv beskæftigelsesindsats"]
)


@given(lists_of_ranges(), DASHES, GAPS, JOINERS, FRAMES)
def test_a_list_holds_what_lies_in_its_ranges_and_never_fills_a_gap(
    parts: list[Part], dash: str, gap: str, joiner: str, frame: str
) -> None:
    mentions = parse(frame.format(written(parts, dash, gap, joiner)))
    inside = {f"{n.number}{n.letter}" for n in UNIVERSE if any(p.first <= n <= p.last for p in parts)}
    assert grants(mentions) == inside
    assert {provision.paragraf for mention in mentions for provision in mention.provisions} <= inside


@given(lists_of_ranges(), DASHES, GAPS, JOINERS, FRAMES)
def test_spacing_dashes_and_words_between_make_no_difference(
    parts: list[Part], dash: str, gap: str, joiner: str, frame: str
) -> None:
    plain = parse("LAB §§ " + written(parts, "-", " ", " og "))
    other = parse(frame.format(written(parts, dash, gap, joiner)))
    assert [(m.provisions, m.ranges) for m in plain] == [(m.provisions, m.ranges) for m in other]


@given(st.sets(st.integers(1, 12), min_size=1), st.sampled_from([" og ", ", og ", " samt "]))
def test_a_list_of_stk_holds_its_own_and_never_fills_a_gap(numbers: set[int], joiner: str) -> None:
    ordered = [str(number) for number in sorted(numbers)]
    text = ", ".join(ordered[:-1]) + (joiner if len(ordered) > 1 else "") + ordered[-1]
    found = {provision.stk for mention in parse(f"LSD § 13 b, stk. {text}") for provision in mention.provisions}
    assert found == numbers


LAW_KEYS = [*(str(law["key"]) for law in laws()), "", "lov om mergelstationer", "mergelloven", "lov nr. 12/2001"]
PROVISIONS = st.builds(
    lambda law, number, letter, stk, nr, chapter: Provision(
        law, "" if chapter else f"{number}{letter}", None if chapter else stk, None if chapter else nr,
        f"{number}{letter}" if chapter else "",
    ),
    st.sampled_from(LAW_KEYS),
    st.integers(1, 250),
    st.sampled_from(["", *"abcdefghijk"]),
    st.none() | st.integers(1, 20),
    st.none() | st.integers(1, 30),
    st.booleans(),
)  # fmt: skip


@given(PROVISIONS)
def test_what_is_shown_is_read_back_as_the_same(provision: Provision) -> None:
    assert [mention.provisions for mention in parse(label(provision))] == [(provision,)]


ALPHABET = st.sampled_from(
    [
        *"§ -–.,()0123456789aAiæ\n",
        "§§",
        "stk. ",
        "nr. ",
        " og ",
        "LAB ",
        "lov om ",
        "kap. ",
        "i ",
        "140-planen",
        "pkt.",
        "\x00",
    ]
)


@given(st.text(max_size=80) | st.lists(ALPHABET, max_size=40).map("".join))
@settings(max_examples=300)
def test_any_text_is_read_without_error_and_spans_lie_within_it(text: str) -> None:
    for mention in parse(text):
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert mention.provisions


@pytest.mark.skipif(not LEX_DANIA.exists(), reason="the official order is not beside this checkout")
def test_an_official_order_is_read_with_sane_numbers() -> None:
    found = {provision for mention in parse(LEX_DANIA.read_text("utf-8")) for provision in mention.provisions}
    assert Provision("strålebeskyttelsesloven", "3", nr=12) in found
    assert {int(re.sub(r"\D", "", p.paragraf)) for p in found if p.paragraf and not p.law} <= set(range(1, 130))
