"""Rules on facts: provisions, dates, numbers, names and exclusive words of a claim stand in what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.guard.alignment import Aligned
from assistant.guard.binding import bound_to, counts_others
from assistant.guard.facts import Date, Figure
from assistant.guard.knowledge import CLASS_SEPARATOR, bears, english, has_finite_verb
from assistant.guard.reading import Member, Reading
from assistant.guard.verdict import Reason
from assistant.lexicon import Lexicon
from assistant.models import Provision
from assistant.places import municipalities_in
from assistant.provisions import Mention, label
from assistant.words import commonness, fold, spell, stem

_NAME = re.compile(r"(?<![.!?:]\s)(?<!^)(?<=[\w,;(»\"“-]\s)([A-ZÆØÅ][\w-]+)")
_ACRONYM = re.compile(r"\b[A-ZÆØÅ]{2,}\b")
# Before what a member may be said without being named in the source, and what else must not be named there.
_UNLESS = "! "
_GENITIVE = re.compile(r"\w+(s|['’]s|s['’]) ")
_SAME = 0.8
_LIKE = (
    {"until", "most"},
    {"within", "before"},
    {"within", "latest"},
    {"within", "most"},
    {"latest", "before"},
    {"until", "latest"},
    {"earliest", "from"},
    {"", "from"},
    {"", "after"},
)


def provisions(claim: Reading, sources: Sequence[Reading], aligned: Sequence[Aligned]) -> Iterator[Reason]:
    """Every provision of the claim is taken in by one that the source names for it."""
    for mention in claim.mentions:
        rests = _of_clause(claim, mention.span.start, aligned)
        near = [sources[rests.source]] if rests and rests.source >= 0 else list(sources)
        for said in mention.provisions:
            if not any(_takes_in(given, said) for source in near for given in _mentions_for(source, rests)):
                yield Reason("provision", f"{label(said)} står ikke i kilden.")
    laws = {law for source in sources for law in source.laws}
    for law in (
        {each for each in claim.laws if each.isupper()}
        - laws
        - {p.law for s in sources for m in s.mentions for p in m.provisions}
    ):
        yield Reason("provision", f"Kilden nævner ikke loven {law}.")


def _mentions_for(source: Reading, rests: Aligned | None) -> list[Mention]:
    """The provisions of the sentence that the claim rests on; all of the source where that sentence has none."""
    if rests is None or rests.source < 0:
        return list(source.mentions)
    own = [each for each in source.mentions if source.sentence_at(each.span.start) == rests.sentence]
    return own or list(source.mentions)


def _takes_in(given: Mention, said: Provision) -> bool:
    if given.relation(said) == "all":
        return True
    # A claim may leave the law unsaid, and a source may.
    laws = {provision.law for provision in given.provisions}
    return not said.law and any(given.relation(replace(said, law=law)) == "all" for law in laws)


def figures(claim: Reading, sources: Sequence[Reading], aligned: Sequence[Aligned]) -> Iterator[Reason]:
    """Every date and number of the claim stands in the sentence that it rests on, bounded as there."""
    for figure in claim.figures:
        rests = _of_clause(claim, figure.start, aligned)
        if rests is None or rests.source < 0:
            given: list[Figure] = [each for source in sources for each in source.figures]
        else:
            source = sources[rests.source]
            given = [each for each in source.figures if _near(source, each, rests)]
        said = claim.text[figure.start : figure.end]
        if rests is not None and rests.source >= 0 and counts_others(figure, claim, sources[rests.source], rests):
            yield Reason("number", f"Kilden siger ikke »{said}« om dette.")
        agreeing = [each for each in given if _agrees(each, figure)]
        if rests is not None and rests.source >= 0 and agreeing:
            agreeing = bound_to(figure, agreeing, given, claim, sources[rests.source], rests)
        if _is_counted(figure, claim, sources, rests):
            continue
        if not agreeing and not (said[0].isalpha() and _is_article(figure, sources)):
            code = "date" if isinstance(figure.value, Date) else "number"
            yield Reason(code, f"»{said}« står ikke i det, som påstanden hviler på.")
        elif agreeing and not any(_bounds_agree(each.bound, figure.bound) for each in agreeing):
            yield Reason("bound", f"Kilden afgrænser ikke »{said}« på samme måde.")


def _is_counted(figure: Figure, claim: Reading, sources: Sequence[Reading], rests: Aligned | None) -> bool:
    """Whether a number is that of the municipalities that the source lists."""
    following = claim.text[figure.end : figure.end + 20].lower()
    if rests is None or rests.source < 0 or not re.match(r"\s*(kommuner|municipalities)", following):
        return False
    return figure.value == len(municipalities_in(sources[rests.source].text))


def _near(source: Reading, figure: Figure, rests: Aligned) -> bool:
    """Whether a figure of a source is one for a claim that rests there: of the clause, else of its sentence."""
    if source.sentence_at(figure.start) != rests.sentence:
        return False
    place = source.clause_at(figure.start)
    clause = source.clauses[place]
    if place == rests.base or clause.role not in ("beside", "except"):
        return True
    text = source.of(clause)
    return clause.role == "beside" and not clause.operators and not has_finite_verb(text)


def _agrees(given: Figure, said: Figure) -> bool:
    if isinstance(given.value, Date) and isinstance(said.value, Date):
        return given.value.bears(said.value)
    return given.value == said.value and type(given.value) is type(said.value) and given.ordinal == said.ordinal


def _is_article(figure: Figure, sources: Sequence[Reading]) -> bool:
    """Whether "one" may be the article of the source."""
    return figure.value == 1.0 and any(
        re.search(r"\b(en|et|enkelt|enkelte)\b", source.text.lower()) for source in sources
    )


def _bounds_agree(given: str, said: str) -> bool:
    return given == said or {given, said} in [set(pair) for pair in _LIKE]


def _of_clause(claim: Reading, place: int, aligned: Sequence[Aligned]) -> Aligned | None:
    number = claim.clause_at(place)
    return next((each for each in aligned if each.number == number), None)


def names(claim: Reading, sources: Sequence[Reading], lexicon: Lexicon) -> Iterator[Reason]:
    """Every municipality, proper name and abbreviation of the claim stands in a source."""
    given = " ".join(source.text for source in sources)
    places = set(municipalities_in(given))
    for name in municipalities_in(claim.text):
        if name not in places:
            yield Reason("name", f"Kilden nævner ikke {name}.")
    spelt = spell(given)
    stems = {stem(word) for word in re.findall(r"\w+", spelt)}
    for match in (*_NAME.finditer(claim.text), *_ACRONYM.finditer(claim.text)):
        word = match.group()
        if any(mention.span.start <= match.start() < mention.span.end for mention in claim.mentions):
            continue
        if not _is_known(word, spelt, stems, lexicon, claim.english) and word not in places:
            yield Reason("name", f"Kilden nævner ikke {word}.")


def _is_known(word: str, spelt: str, stems: set[str], lexicon: Lexicon, in_english: bool) -> bool:
    own = spell(word)
    if "-" in own and own.split("-")[0] in spelt:
        return True
    bare = own.removesuffix("'s").removesuffix("s")
    if own in spelt or bare in spelt or stem(own) in stems:
        return True
    danish = (*english().get(fold(word), ()), *lexicon.danish(fold(word))) if in_english else ()
    # An ordinary word in capitals names nobody.
    return bool(danish) or (commonness(fold(word), "en" if in_english else "da") >= 3.6 and not word.isupper())


def exclusives(claim: Reading, sources: Sequence[Reading], aligned: Sequence[Aligned]) -> Iterator[Reason]:
    """A word of a class whose members exclude each other stands in what the claim rests on, or what bears it does."""
    for said in claim.members:
        rests = _of_clause(claim, said.start, aligned)
        if rests is None or rests.source < 0:
            continue
        source = sources[rests.source]
        owning = bool(_GENITIVE.match(claim.text[said.start :]))
        near = {(each.contrast, each.member) for each in source.members if _stands_near(source, each, rests, owning)}
        if _is_translated(said, rests, source):
            continue
        genitive = owning and not claim.english
        if not _is_borne(said, near, genitive):
            word = claim.text[said.start :].split()[0].strip(".,;:()")
            yield Reason("scope", f"Kilden siger ikke »{word}« her.")


def _is_translated(said: Member, rests: Aligned, source: Reading) -> bool:
    """Whether the word is part of one that the sentence has, and that is there no other member of its class."""
    for borne in rests.units:
        if not borne.unit.start <= said.start < borne.unit.end:
            continue
        near = {
            number
            for (at, number), score in borne.clauses.items()
            if at == rests.source and score >= _SAME and source.clauses[number].sentence == rests.sentence
        }
        places = [place for at, place in borne.places if at == rests.source and source.clause_at(place) in near]
        others = {each.start for each in source.members if each.contrast == said.contrast}
        if places and not others & set(places):
            return True
    return False


def _stands_near(source: Reading, member: Member, rests: Aligned, owning: bool) -> bool:
    """In the sentence itself, or in the ones around it for who acts and where, but not for whose a thing is."""
    apart = source.sentence_at(member.start) - rests.sentence
    return apart == 0 or (
        not owning
        and apart in (-1, 1)
        and member.contrast in ("party", "age", "kin", "body", "planpart", "plankind", "document", "sector")
    )


def _is_borne(said: Member, near: set[tuple[str, str]], genitive: bool) -> bool:
    if (said.contrast, said.member) in near:
        return True
    for other in bears().get(f"{said.contrast}{CLASS_SEPARATOR}{said.member}", ()):
        if other.startswith(_UNLESS):
            if genitive and said.contrast == "party":
                return False
            excluded = other.removeprefix(_UNLESS).split()
            if not any(f"{each}{CLASS_SEPARATOR}{member}" in excluded or each in excluded for each, member in near):
                return True
        elif tuple(other.split(CLASS_SEPARATOR)) in near:
            return True
    return False
