"""The known answers asked in other ways: a variant keeps the verdict and the source of the question that it is of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.errors import AssistantError
from assistant.models import Answer
from evals.cases import Case
from evals.metamorphic_check import Check, asked
from evals.runner import Answerer
from evals.scorers import ABSTAINED, Observation, citation_hit, dangerous
from evals.variants import VARIANTS, variant

_CITES = citation_hit()
_ENDANGERS = dangerous()
_WITHHELD = ("nej", ABSTAINED)


def variants(assistant: Answerer, cases: Iterable[Case], names: Sequence[str] = tuple(VARIANTS)) -> Iterator[Check]:
    """Each case's own answer against those of its variants. A case that the engine refuses is left out."""
    for case in cases:
        made = {name: text for name in names if (text := variant(name, case.id, case.question, case.lang))}
        original = _answer(assistant, case, case.question) if made else None
        if original is not None:
            yield from (
                _check(name, case, original, text, _answer(assistant, case, text)) for name, text in made.items()
            )


def _answer(assistant: Answerer, case: Case, question: str) -> Answer | None:
    try:
        return asked(assistant, question, case.history, case.as_of, case.network)
    except AssistantError:
        return None


def _check(name: str, case: Case, original: Answer, text: str, answer: Answer | None) -> Check:
    got = answer.verdict if answer else "afvist"
    return Check(
        relation=name,
        id=case.id,
        question=text,
        expected=original.verdict,
        got=got,
        held=got == original.verdict,
        cited=_still_cited(case, original, answer),
        lost=original.verdict in case.accepted and got not in case.accepted,
        dangerous=_is_dangerous(case, original, answer),
    )


def _still_cited(case: Case, original: Answer, answer: Answer | None) -> bool | None:
    """Whether the wanted source is still cited; None where the original cited none that was wanted."""
    if not _scored(case, original):
        return None
    return _scored(case, answer) is not False if answer else False


def _scored(case: Case, answer: Answer | None) -> bool | None:
    score = _CITES(Observation(case, answer))
    return None if score is None else score.value == 1


def _is_dangerous(case: Case, original: Answer, answer: Answer | None) -> bool:
    """Another verdict than the question's own that is an unaccepted "ja" after "nej" or silence, or that endangers."""
    if answer is None or answer.verdict == original.verdict:
        return False
    flipped = answer.verdict == "ja" and original.verdict in _WITHHELD and "ja" not in case.accepted
    score = _ENDANGERS(Observation(case, answer))
    return flipped or bool(score and score.value)
