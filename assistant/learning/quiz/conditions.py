"""Questions which condition belongs to a permission."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.authority import decides, name
from assistant.effects import GIVING
from assistant.learning.modules.module import Both
from assistant.learning.quiz.pool import Pool, Said, leans, overlap, provisions
from assistant.learning.quiz.question import Option, Question, question, same_in_both

_OPTIONS = 4
_SHORTEST, _LONGEST = 25, 260
_ALIKE = 0.5
_A_PERMISSION = 3  # questions about one condition


def of_statements(pool: Pool) -> Iterator[Question]:
    """For each permission with a condition beside it, which of several conditions it is."""
    conditions = [said for said in pool.ruling if said.statement.effect == "condition" and _readable(said.text)]
    for condition in conditions:
        asked = 0
        for permission in pool.around(condition):
            if asked < _A_PERMISSION and permission.statement.effect in GIVING and _names_something(permission):
                made = _asked(permission, condition, conditions, pool)
                asked += made is not None
                if made:
                    yield made


def _asked(permission: Said, condition: Said, conditions: Sequence[Said], pool: Pool) -> Question | None:
    others = _others(permission, condition, conditions, pool)
    if len(others) < _OPTIONS - 1:
        return None
    kind, date = permission.passage.kind_of_source, permission.passage.date
    asked = Both(
        f"Hvilken betingelse sætter {name(kind, date, 'da')} for denne mulighed?",
        f"Which condition does {name(kind, date, 'en')} set for this permission?",
    )
    options = [Option(same_in_both(_sentence(condition.text)), right=True)]
    options += [Option(same_in_both(_sentence(text)), right=False) for text in others]
    proof = (*pool.quotes(permission), *pool.quotes(condition))
    return question("condition", asked, options, proof, shown=_sentence(_whole(permission)))


def _others(permission: Said, condition: Said, conditions: Sequence[Said], pool: Pool) -> list[str]:
    """Conditions of other permissions that nobody can hold for this one's: neither of its place nor about its
    provisions or its words, and no two of them alike."""
    here = [permission, *pool.around(permission)]
    about = provisions(here)
    found: list[str] = []
    for other in sorted(conditions, key=lambda each: overlap(each.text, permission.text)):
        beside = [other, *pool.around(other)]
        apart = not about & provisions(beside) and not _same_heading(permission, other)
        firm = decides(other.passage.kind_of_source)  # what a report says of every trial may hold for this one too
        new = all(overlap(other.text, known) < _ALIKE for known in (condition.text, permission.text, *found))
        beside_it = any(overlap(other.text, each.text) >= _ALIKE for each in here)
        if other not in here and firm and apart and new and not beside_it:
            found.append(other.text)
    return found[: _OPTIONS - 1]


def _same_heading(one: Said, other: Said) -> bool:
    """Whether both stand under a heading of the same words: editions of one document keep them."""
    return bool(one.passage.heading_path and other.passage.heading_path) and (
        not one.in_row and one.passage.heading_path[-1] == other.passage.heading_path[-1]
    )


def _readable(text: str) -> bool:
    return _SHORTEST <= len(text) <= _LONGEST and text[:1].isupper() and not leans(text)


def _names_something(said: Said) -> bool:
    """Whether a permission says what it gives; a bare title or "a deviation from:" does not."""
    return _SHORTEST <= len(said.text) <= _LONGEST and not said.text.endswith(":") and not leans(said.text)


def _whole(permission: Said) -> str:
    """The permission's words, behind those that it hangs under where it says nothing without them."""
    context = permission.statement.context.strip()
    return f"{context} {permission.text}" if context.endswith(":") else permission.text


def _sentence(text: str) -> str:
    """The words as a sentence of their own: a capital first, a full stop last."""
    text = text.strip().rstrip(".;,")
    return f"{text[:1].upper()}{text[1:]}."
