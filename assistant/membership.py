"""Membership: whose rules these are, where a question names a municipality."""

from __future__ import annotations

from assistant.evidence import Evidence, Gathering, plain
from assistant.figures import number_of
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


def _speaks_of_networks(item: Evidence, library: Library) -> bool:
    """Whether a statement's own words, not its headings, are about the networks."""
    return library.features(item.passage, item.statement).get("=frikommunenetværk", 0.0) >= 1.0


def _only_membership(question: Question, library: Library) -> bool:
    known = set(library.lexicon.features(_ABOUT_MEMBERSHIP))
    if _counts(question.text):
        return False
    return all(known & set(term.features) for term in question.terms)


def _counts(text: str) -> bool:
    """Whether a question names a number ("to forsøg"): then it asks for more than membership."""
    return any((number_of(token.word) or 0) > 1 for token in tokens(text))


def _listed(passage_id: str, number: int, library: Library) -> Evidence:
    passage = library.passages[passage_id]
    return plain(passage, passage.statements[number], library)
