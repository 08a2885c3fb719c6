"""Whether one sentence of the model may stand: its marks, its language, its conclusion, and the guard's word."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.authority import name, spoken_date
from assistant.guard import check_claim
from assistant.hostile import find
from assistant.language import detect
from assistant.models import Answer, Citation, Language
from assistant.privacy import mask
from assistant.templates import fill_from
from assistant.words import tokens
from assistant.writer.drafting import marks, unmarked

# How a sentence that answers yes or no begins, folded, and the verdicts that it may stand beside.
_OPENINGS = {
    "ja": ("ja", "betinget"),
    "jo": ("ja", "betinget"),
    "yes": ("ja", "betinget"),
    "nej": ("nej",),
    "no": ("nej",),
}
_FEWEST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Checked:
    """One sentence and whether it may stand; `codes` name what speaks against it, `reasons` say it in words.

    `repeats`: it only says again what has been said and is left out without being wrong.
    """

    text: str
    accepted: bool
    codes: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    repeats: bool = False


class Checker:
    """Checks the sentences of one answer, one after another."""

    def __init__(self, answer: Answer, conclusion: str) -> None:
        self._answer = answer
        self._sources = {citation.n: _sources(citation, answer.language) for citation in answer.citations}
        self._said = {_bare(conclusion)}

    def check(self, sentence: str) -> Checked:
        """Whether `sentence` may be shown as checked."""
        if _bare(sentence) in self._said:
            return Checked(sentence, accepted=False, repeats=True)
        self._said.add(_bare(sentence))
        code = self._formal_fault(sentence)
        if code:
            return Checked(sentence, accepted=False, codes=(code,), reasons=(self._say(code),))
        cited = [text for number in marks(sentence) for text in self._sources[number]]
        verdict = check_claim(unmarked(sentence), cited)
        codes = tuple(reason.code for reason in verdict.reasons)
        return Checked(sentence, verdict.accepted, codes, tuple(reason.text for reason in verdict.reasons))

    def _formal_fault(self, sentence: str) -> str:
        """The code of what is wrong before its content is looked at, "" when nothing is."""
        if find(sentence):
            return "instruction"
        if mask(sentence).findings:
            return "personal_data"
        if self._contradicts(sentence):
            return "verdict"
        found = marks(sentence)
        if not found:
            return "no_mark"
        if any(number not in self._sources for number in found):
            return "invented_mark"
        return "" if speaks(unmarked(sentence), self._answer.language) else "language"

    def _contradicts(self, sentence: str) -> bool:
        first = next((token.word for token in tokens(sentence)), "")
        return first in _OPENINGS and self._answer.verdict not in _OPENINGS[first]

    def _say(self, code: str) -> str:
        return fill_from("model-notes", self._answer.language, f"struck.{code}", {})


def speaks(sentence: str, language: Language) -> bool:
    """Whether a sentence is in the language; one of few words, or all quotes and provisions, tells nothing."""
    return len(sentence.split()) < _FEWEST_WORDS or detect(sentence) == language


def _sources(citation: Citation, language: Language) -> tuple[str, ...]:
    """What a sentence with this mark may rest on: the quote in its passage, and which document it is."""
    document = (
        f"{citation.title}. {name(citation.kind, citation.date, language)}, {spoken_date(citation.date, language)}."
    )
    return (citation.passage, citation.quote, document)


def _bare(sentence: str) -> str:
    return " ".join(token.word for token in tokens(unmarked(sentence)))
