"""Municipalities held together: what the documents say of each that a question names."""

from __future__ import annotations

import re

from assistant.comparison import asked_for, carriers
from assistant.effects import told
from assistant.evidence import Evidence, Gathering, Scorer, plain
from assistant.frames import fold_text
from assistant.judge import Judgement
from assistant.library import Library
from assistant.question import Question
from assistant.words import fold

_MOST_PLACES = 4
# Comparing by age asks for years, comparing by size for a number of something (folded text).
_AGED = re.compile(r"\b(hvor (gam\w*|unge)|aldst\w*|yngst\w*|alder\w*|how (old|young)|oldest|youngest|ages?)\b")
_SIZED = re.compile(
    r"\b(hvor (mange|stor\w*|lang\w*|meget)|flest|farrest|mest|mindst|storst\w*|antal\w*|"
    r"how (many|large|long|much)|most|fewest|largest|smallest|number)\b"
)  # "Hvem har flest borgere med - Allerød eller Furesø?"
_YEARS = re.compile(r"\d+ ?(?:[-–]|til) ?\d+ ?år|\bover \d+ år|\bunder \d+ år", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![.\d-])\d{1,3}(?:\.\d{3})*(?![.\d]*\d| ?år)")
_FIGURED = 0.25
_NEAR = 0.3


def on_places(question: Question, gathering: Gathering, library: Library) -> Judgement | None:
    """One statement for each of the municipalities that a comparison names; None where it is none, or one is silent."""
    asked = question.municipalities
    folded = fold_text(question.text)
    measured = _YEARS if _AGED.search(folded) else _NUMBER if _SIZED.search(folded) else None
    if not 0 < len(asked) <= _MOST_PLACES or question.deontic:
        return None
    if len(asked) == 1:
        return _projects(asked[0], question, library)
    if not (measured or question.form in ("compare", "list") or asked_for(question) & {"differ", "same"}):
        return None
    terms = tuple(term for term in gathering.terms if fold(term.surface) not in carriers())
    scorer = Scorer(question, library, terms, (), {})
    dense = {item.statement.id: item.dense for item in gathering.evidence}
    found = [_best(name, scorer, dense, library, measured) for name in asked]
    chosen = [item for item in found if item]
    if len(chosen) < len(asked):
        return None
    return Judgement("info", "kommuner", tuple(chosen))


def _projects(name: str, question: Question, library: Library) -> Judgement | None:
    """The first statement of each of a municipality's projects, where a question sets these side by side; else None."""
    passages = library.local.get(name, [])
    headings = dict.fromkeys(passage.heading_path for passage in passages)
    projects = [path for path in headings if any(path != other and path[:-1] == other[:-1] for other in headings)]
    if question.form != "compare" or not 1 < len(projects) <= _MOST_PLACES:
        return None
    first = [next(each for each in passages if each.heading_path == path and told(each)) for path in projects]
    return Judgement("info", "fakta", tuple(plain(each, told(each)[0], library) for each in first))


def _best(
    name: str, scorer: Scorer, dense: dict[str, float], library: Library, measured: re.Pattern[str] | None
) -> Evidence | None:
    """The statement that says most of the topic in the passages of one municipality; None where it has none."""
    passages = library.local.get(name, [])
    items = [scorer.score(passage, statement) for passage in passages for statement in told(passage)]
    return max(items, key=lambda item: _fitness(item, dense, measured), default=None)


def _fitness(item: Evidence, dense: dict[str, float], measured: re.Pattern[str] | None) -> float:
    figured = bool(measured and measured.search(item.statement.text))
    return item.coverage + _NEAR * dense.get(item.statement.id, 0.0) + _FIGURED * figured
