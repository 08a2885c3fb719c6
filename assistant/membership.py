"""Membership: whose rules these are, where a question names a municipality."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.counting import counted_windows
from assistant.evidence import Evidence, Gathering, plain
from assistant.figures import number_of, ordinal_of
from assistant.frames import fold_text
from assistant.judge import Judgement
from assistant.library import Library
from assistant.locality import given_here
from assistant.question import Question
from assistant.silence import NEAR, strength_of
from assistant.words import tokens

# What a question may speak of, beside the municipality, and still only ask who is in the network.
_ABOUT_MEMBERSHIP = "netværk frikommunenetværk frikommune kommune medlem deltager forsøg en plan gruppe omfattet"
_MOST_CITED = 2
# A municipality's own document that speaks so nearly of the matter, beside the best, is what is asked about.
_AS_NEAR = 0.8
_MUNICIPALITIES = re.compile(r"(fri)?kommuner|(free |frikommune )?municipalities")
_OURS = re.compile(
    r"\b(vores|jeres|our|your|the|dette)\b( \w+){0,2} (\w*netvark|network)\b|\b(frikommune)?netvarkets?\b(?! nr)"
)


def on_membership(question: Question, gathering: Gathering, library: Library) -> Judgement | None:
    """The answer where all turns on who is a member: asked outright, or asking what a non-member may do."""
    asked = question.municipalities
    lists = tuple(_listed(passage_id, number, library) for passage_id, number in library.member_lists)[:_MOST_CITED]
    if not asked or not lists:
        return None
    outside = [name for name in asked if name not in library.network.members]
    if question.act == "do" and question.form in ("whether", "permission") and _only_membership(question, library):
        return Judgement("nej" if outside else "ja", "ikke_medlem" if outside else "medlem", lists)
    if question.deontic and len(outside) == len(asked) and not _has_its_own(question, gathering):
        limits = tuple(item for item in gathering.evidence if item.statement.effect in ("forbidden", "condition"))
        own = tuple(item for item in limits if _speaks_of_networks(item, library))
        return Judgement("nej", "andet_netvaerk", (*own[:1], *lists), notices=("other_network",))
    return None


def _has_its_own(question: Question, gathering: Gathering) -> bool:
    """Whether documents given to the municipality asked about speak as nearly of the matter as any."""
    own = next((item for item in gathering.evidence if given_here(item, question)), None)
    return own is not None and strength_of(own) >= NEAR and own.score >= _AS_NEAR * gathering.evidence[0].score


def denied_size(question: Question, library: Library) -> Evidence | None:
    """The list of the network's members, where a question counts them to another number; None where it does not."""
    members = len(library.network.members)
    if not members or not library.member_lists or question.municipalities or question.deontic:
        return None
    folded = fold_text(question.text)
    counted = [count for count in counted_windows(question.text) if _MUNICIPALITIES.match(fold_text(count.window))]
    named = library.network_name.lower() in question.text.lower() or _OURS.search(folded)
    wrong = counted and all(count.number not in (1, members) for count in counted)
    beyond = any(
        (ordinal_of(word) or 0) > members and following.startswith(("kommune", "municipalit"))
        for word, following in pairwise(token.word for token in tokens(question.text))
    )
    return _listed(*library.member_lists[0], library) if (wrong or beyond) and named else None


def only_members(question: Question, library: Library) -> Evidence | None:
    """The list of the network's members, where a question asks of nothing else than who they are; else None."""
    asks = library.member_lists and not question.municipalities and _only_membership(question, library, sized=True)
    return _listed(*library.member_lists[0], library) if asks else None


def _speaks_of_networks(item: Evidence, library: Library) -> bool:
    """Whether a statement's own words, not its headings, are about the networks."""
    return library.features(item.passage, item.statement).get("=frikommunenetværk", 0.0) >= 1.0


def _only_membership(question: Question, library: Library, sized: bool = False) -> bool:
    """Whether a question speaks of nothing but who is in the network; `sized`: it may also count its members."""
    known = set(library.lexicon.features(_ABOUT_MEMBERSHIP))
    if sized and _counts_members(question.text, library):
        return not question.mentions and all(known & set(t.features) or _of_members(t.surface) for t in question.terms)
    if _counts(question.text):
        return False
    return all(known & set(term.features) for term in question.terms)


def _counts_members(text: str, library: Library) -> bool:
    """Whether a question counts municipalities, to as many as the network has ("de ni kommuner")."""
    counted = [count for count in counted_windows(text) if _of_members(count.window)]
    return bool(counted) and all(count.number == len(library.network.members) for count in counted)


def _of_members(words: str) -> bool:
    return any(_MUNICIPALITIES.match(token.word) for token in tokens(words))


def _counts(text: str) -> bool:
    """Whether a question names a number ("to forsøg"): then it asks for more than membership."""
    return any((number_of(token.word) or 0) > 1 for token in tokens(text))


def _listed(passage_id: str, number: int, library: Library) -> Evidence:
    passage = library.passages[passage_id]
    return plain(passage, passage.statements[number], library)
