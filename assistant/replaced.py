"""Replaced laws: a question for a provision in the law of today, where the documents cite the law before it."""

from __future__ import annotations

import re

from assistant.effects import told
from assistant.evidence import Evidence, plain
from assistant.frames import fold_text
from assistant.judge import Judgement
from assistant.library import Library
from assistant.provisions import laws_named
from assistant.question import Question

# "Står § 27 i den LAB, der gælder i dag?", "Er § 30 a stadig nummeret i den nye lov?" (folded text).
_TODAY = re.compile(
    r"\b(nugaldende|nuvarende|galdende|nye|current|present|new|todays?) (\w+ )?(\w*lov\w*|lab|act|law)\b|"
    r"\b(\w*lov(en)?|lab|act|law)\b,? (der|som|that|which|now) (galder|is in force|applies|in force)|"
    r"\b(numre|nummer\w*|numbers?|paragrafnum\w*)\b[^?]*\b(i dag|today|now|nu)\b"
)
_REPLACED = re.compile(r"(?i)\b(afløst|erstattet|ophævet|erstattes|afløses)\b[^.]{0,40}\bny(e)? lov|\bden gamle lov\b")
_SEARCH = "lov afløst ny gamle paragrafnumre"
_POOL = 10


def on_replaced_law(question: Question, library: Library) -> Judgement | None:
    """No, with what says so, where a provision of the documents is asked for in a law that has replaced theirs."""
    if question.act != "do" or question.form not in ("whether", "permission") or not question.mentions:
        return None
    if not _TODAY.search(fold_text(question.text)):
        return None
    found = [
        plain(passage, statement, library)
        for passage_id, _ in library.store.lexical(_SEARCH, _POOL)
        for passage in (library.passages[passage_id],)
        for statement in told(passage)
        if _REPLACED.search(statement.text)
    ]
    laws = {each.law for mention in question.mentions for each in mention.provisions if each.law}
    if not found or (laws and not laws & {law for item in found for law in _laws(item)}):
        return None
    return Judgement("nej", "fakta", tuple(found[:2]))


def _laws(item: Evidence) -> tuple[str, ...]:
    return laws_named(item.passage.text)
