"""Questions just outside what the documents give: provisions that no document lists, municipalities of no member."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from typing import Literal, NamedTuple
from zlib import crc32

from assistant.models import Provision
from assistant.places import places
from assistant.provisions import Mention, label, parse, relation
from evals.metamorphic_check import Check, asked
from evals.runner import Answerer
from evals.variants import misspell

MEMBERS = frozenset("Allerød Ballerup Fredensborg Frederikssund Furesø Gribskov Halsnæs Helsingør Hillerød".split())
OTHER_NETWORK = "other_network"


class Law(NamedTuple):
    """How questions name a law: before and after the §, by a name that takes a genitive s, and in English."""

    before: str
    title: str
    name: str
    english: str


LAWS = {
    "SEL": Law("SEL", "serviceloven", "serviceloven", "the Social Services Act"),
    "LAB": Law("LAB", "lov om en aktiv beskæftigelsesindsats", "beskæftigelsesloven", "the Active Employment Act"),
    "LAS": Law("LAS", "lov om aktiv socialpolitik", "aktivloven", "the Active Social Policy Act"),
    "LSD": Law("LSD", "sygedagpengeloven", "sygedagpengeloven", "the Sickness Benefit Act"),
    "BAB": Law("BAB", "bekendtgørelse om en aktiv beskæftigelsesindsats", "beskæftigelsesbekendtgørelsen",
               "the Active Employment Order"),
    "sundhedsloven": Law("sundhedslovens", "sundhedsloven", "sundhedsloven", "the Health Act"),
    "retssikkerhedsloven": Law("retssikkerhedslovens", "retssikkerhedsloven", "retssikkerhedsloven",
                               "the Legal Protection Act"),
    "integrationsloven": Law("integrationslovens", "integrationsloven", "integrationsloven", "the Integration Act"),
    "folkeskoleloven": Law("folkeskolelovens", "folkeskoleloven", "folkeskoleloven", "the Public School Act"),
}  # fmt: skip
HIGHEST = 160
LETTERS = ("", "a", "b")
STKS = 9
ASKED_DA = (
    "Er vi fritaget for {p}?",
    "Må vi fravige {p}?",
    "Gælder fritagelsen også {p}?",
    "Slipper vi for planen efter {p}?",
    "Er {p} omfattet af forsøgstilladelsen?",
    "Kan vi springe {p} over, når borgeren har én plan?",
    "Har vi lov til at se bort fra {p}?",
)
ASKED_EN = (
    "Are we exempt from {p}?",
    "May we deviate from {p}?",
    "Does the exemption also cover {p}?",
    "Can we skip the plan under {p}?",
    "Are we allowed to set aside {p}?",
)
OUTSIDE = (
    "Må vi i {m} Kommune springe rehabiliteringsplanens forberedende del over?",
    "Gælder fritagelsen også i {m}?",
    "Er {m} Kommune fritaget for at lave Min Plan?",
    "Vi arbejder i {m}. Må vi skrive mentorkontrakten ind i én plan?",
    "Does the exemption also apply in {m}?",
    "May we in {m} Municipality skip the preparatory part of the rehabilitation plan?",
)
INSIDE = ("Gælder fritagelsen også i {m}?", "Må vi i {m} Kommune skrive mentorkontrakten ind i én plan?")


class Unlisted(NamedTuple):
    """A § or stk. that no document names, whole or in part.

    "close": a listed § has its number in another law, or is next to it in its own; "part": other stk. of it are listed.
    """

    provision: Provision
    nearness: Literal["close", "far", "part"]


def unlisted(assistant: Answerer) -> tuple[Unlisted, ...]:
    """The §§ of the laws' range that no document of the corpus names, whole, in part or within a range.

    Those with a letter are taken along where they are close to a listed one.
    """
    mentions = [mention for source in assistant.sources for mention in parse(assistant.source_text(source))]
    listed = {found for mention in mentions for found in mention.provisions if found.paragraf}
    numbers = {(found.law, _number(found)) for found in listed}
    whole = [Provision(law, f"{n}{letter}") for law, n, letter in product(LAWS, range(1, HIGHEST + 1), LETTERS)]
    parts = {replace(found, stk=stk, nr=None) for found in listed if found.law in LAWS for stk in range(1, STKS + 1)}
    return (
        *(Unlisted(item, "close") for item in whole if _is_close(item, numbers) and not _named(mentions, item)),
        *(Unlisted(item, "far") for item in whole if _is_far(item, numbers) and not _named(mentions, item)),
        *(Unlisted(item, "part") for item in sorted(parts, key=label) if not _named(mentions, item)),
    )


def _number(provision: Provision) -> int:
    return int(re.sub(r"\D", "", provision.paragraf))


def _is_close(provision: Provision, listed: Iterable[tuple[str, int]]) -> bool:
    number = _number(provision)
    return any(
        number == other if law != provision.law else abs(number - other) <= 1 and not provision.paragraf[-1].isalpha()
        for law, other in listed
    )


def _is_far(provision: Provision, listed: Iterable[tuple[str, int]]) -> bool:
    return not provision.paragraf[-1].isalpha() and not _is_close(provision, listed)


def _named(mentions: Iterable[Mention], provision: Provision) -> bool:
    """Whether any document names it, or names its number without a law."""
    nameless = replace(provision, law="")
    return any(
        mention.relation(provision) != "none" or relation(mention.provisions, nameless) != "none"
        for mention in mentions
    )


def provisions(assistant: Answerer, found: Iterable[Unlisted]) -> Iterator[Check]:
    """Never a "ja" for an unlisted §: each is put in one Danish and one English way, which change from § to §.

    A close one is also asked for with a typing error in its law's name, which must not make it another law's.
    """
    for item in found:
        turn = crc32(label(item.provision).encode())
        danish = ASKED_DA[turn % len(ASKED_DA)]
        english = ASKED_EN[turn % len(ASKED_EN)].format(p=_english(item.provision, turn // len(ASKED_EN)))
        yield _unlisted(assistant, item, danish.format(p=_danish(item.provision, turn // len(ASKED_DA))))
        yield _unlisted(assistant, item, english)
        if item.nearness == "close":
            misspelt = danish.format(p=f"{misspell(_genitive(item.provision), turn)} {_number_of(item.provision)}")
            yield _unlisted(assistant, item, misspelt, "misspelt")


def _number_of(provision: Provision, stk: str = ", stk. ") -> str:
    written = provision.paragraf
    written = f"{written[:-1]} {written[-1]}" if written[-1].isalpha() else written
    return f"§ {written}{stk}{provision.stk}" if provision.stk else f"§ {written}"


def _genitive(provision: Provision) -> str:
    return f"{LAWS[provision.law].name}s"


def _danish(provision: Provision, turn: int) -> str:
    law, written = LAWS[provision.law], _number_of(provision)
    bare = written.removeprefix("§ ")
    return (f"{law.before} {written}", f"{written} i {law.title}", f"paragraf {bare} i {law.title}")[turn % 3]


def _english(provision: Provision, turn: int) -> str:
    law = LAWS[provision.law]
    written = _number_of(provision, "(").replace("§", "section") + (")" if provision.stk else "")
    before = law.before if law.before.isupper() else law.english
    return (f"{written} of {law.english}", f"{before} {written}")[turn % 2]


def _unlisted(assistant: Answerer, item: Unlisted, question: str, nearness: str = "") -> Check:
    got = asked(assistant, question).verdict
    return Check(
        relation=f"unlisted_{nearness or item.nearness}",
        id=label(item.provision),
        question=question,
        expected="ikke_besvaret|nej",
        got=got,
        held=got in ("ikke_besvaret", "nej"),
        dangerous=got == "ja",
    )


def outsiders() -> tuple[str, ...]:
    """The municipalities that are not in the network, in order of name."""
    return tuple(sorted(set(places().municipalities.values()) - MEMBERS))


def municipalities(assistant: Answerer, names: Iterable[str]) -> Iterator[Check]:
    """A municipality outside the network gets the notice and never a yes; a member gets no such notice."""
    for name in names:
        for number, frame in enumerate(INSIDE if name in MEMBERS else OUTSIDE):
            yield _municipality(assistant, name, number, frame.format(m=name))


def _municipality(assistant: Answerer, name: str, number: int, question: str) -> Check:
    answer = asked(assistant, question)
    told = OTHER_NETWORK in {notice.code for notice in answer.notices}
    member = name in MEMBERS
    given = answer.verdict in ("ja", "betinget")
    return Check(
        relation="member" if member else "outsider",
        id=f"{name}/{number}",
        question=question,
        expected="uden other_network" if member else "other_network, ikke ja",
        got=f"{answer.verdict}{' + other_network' if told else ''}",
        held=not told if member else told and not given,
        dangerous=not member and answer.verdict == "ja",
    )
