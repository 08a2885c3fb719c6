"""Parts of a provision as a question calls them: "Hvilket punktum i § 6, stk. 4?", "Which subsections of § 73 a?"."""

from __future__ import annotations

import re

from assistant.frames import fold_text

# Beside a provision these words say which part of it is meant, and are no topic (folded).
_PARTS = re.compile(
    r"\b(stykke(t|r|rne)?|stk|punktum(mer|merne|met)?|pkt|litra\w*|nummer|numre|led|paragraf(fen|fer|ferne)?|"
    r"(sub)?(section|paragraph)s?|sentences?|items?|points?)\b"
)

_WHICH = re.compile(r"\b(?:hvilke[nt]?|which|what) (?:af )?(?:de )?(\w+)")


def words_of_parts(text: str) -> frozenset[str]:
    """The folded words with which a text names parts of a provision."""
    return frozenset(match.group() for match in _PARTS.finditer(fold_text(text)))


def asks_part(text: str) -> bool:
    """Whether a question asks which part of a provision it is ("Hvilket punktum ...", "Which subsections ...")."""
    return any(_PARTS.match(match[1]) for match in _WHICH.finditer(fold_text(text)))
