"""What a clause does with its matter: binds, permits, exempts, refuses, expects, wishes or tells, yes or no."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.guard.knowledge import Found

_MODAL_VERBS = frozenset({"skal", "skulle", "must", "shall", "have to", "has to", "had to", "behøver", "need to"})
_FLAGS = {"prerequisite": "P", "expect": "E", "wish": "W", "future": "U", "end": "X", "need": "B"}
_PAST = re.compile(
    r"\b(var|blev|havde|fik|gav|kom|gik|trådte|stod|sagde|vedtog|fandt|\w{3,}ede"
    r"|(har|er) (\w+ ){0,2}?(\w{3,}et|\w{2,}[^e]t|sat|trådt|givet)"
    r"|was|were|had|gave|came|entered|took|(has|have) (\w+ )?\w+(ed|en|ne|de)"
    r"|\w{3,}ied|(?<!is )(?<!are )(?<!be )(?<!not )(?<!and )\w{4,}ed)\b"
)
_ADJECTIVE = re.compile(
    r"\b(den|det|de|en|et|alle|sine?|vores|deres|med|for|til|af|på|i)\s+\w+ede\b|\ber (forud|fast)sat\b"
)
_PRESENT_MODAL = re.compile(r"\b(vil|skal|kan|må|will|must|shall|may|can)\b")
# A word that only demands inside what is exempted ("fritaget for kravet om ...") binds nobody.
_REACH = 90
_LATE = 25
_MODAL_REACH = 30
_WIDE_REACH = 75


class State(NamedTuple):
    """The acts of a clause: "D" duty, "M" permission, "G" grant, "F" fact, each with its sign; and what colours them.

    Colours: "P" a precondition, "E" expected, "W" wished, "U" to come, "X" brought to an end, "N" negated, "B" needed.
    """

    acts: frozenset[str] = frozenset({"F+"})
    colours: frozenset[str] = frozenset()
    derogates: bool = False
    past: bool = False


def state_of(lower: str, operators: list[Found], flips: bool) -> State:
    """The state that operators give their clause; `flips` for a clause that says the opposite of its operators."""
    acting = sorted((each for each in operators if each.kind not in ("neg", "notonly")), key=lambda each: each.start)
    negated = _negated(operators, acting)
    signs = {each: each not in negated for each in acting}
    acts, colours = _acts(lower, acting, signs)
    loose = sum(1 for each in operators if each.kind == "neg") - len(negated)
    if not acts:
        acts = {"F+" if loose % 2 == 0 else "F-"}
    elif loose % 2:
        colours.add("N")
    colours |= {_FLAGS[each.kind] + ("" if signs[each] else "-") for each in acting if each.kind in _FLAGS}
    if "D-x" in acts:
        acts, colours = acts - {"D-x"} | {"D-"}, colours - {"X"}
    if flips:
        acts = {act[:-1] + ("-" if act[-1] == "+" else "+") for act in acts}
    if "P" in colours or "P-" in colours:
        # "Betingelsen er, at planen skal ..." demands what "Betingelsen er, at planen ..." demands.
        acts = {act for act in acts if act not in ("D+", "F+")} or {"F+"}
    if any(act.startswith("G") for act in acts) or "E" in colours:
        colours -= {"U"}
    derogates = any(each.kind == "exempt" and "frav" in lower[each.start : each.end] for each in acting)
    return State(frozenset(acts), frozenset(colours), derogates)


def is_past(lower: str) -> bool:
    """Whether a clause in lower case tells of what has been."""
    return bool(_PAST.search(_ADJECTIVE.sub(" ", lower))) and not _PRESENT_MODAL.search(lower)


def _negated(operators: list[Found], acting: list[Found]) -> list[Found]:
    """The operators that a negation turns: each negation turns the nearest one, and two turn it back."""
    turned: list[Found] = []
    for negation in operators:
        near = [each for each in acting if negation.kind == "neg" and _distance(negation, each) <= _near(each)]
        if not near:
            continue
        nearest = min(near, key=lambda each: _distance(negation, each))
        if nearest in turned:
            turned.remove(nearest)
        else:
            turned.append(nearest)
    return turned


def _distance(negation: Found, operator: Found) -> float:
    """How far a negation stands from an operator; what colours a clause is turned last, a verb just before it first."""
    apart = negation.start - operator.end if operator.end <= negation.start else operator.start - negation.end
    return apart + (_LATE if operator.kind in ("expect", "wish", "end", "prerequisite") else 0)


def _near(operator: Found) -> float:
    """How far from its negation an operator may stand; what is to come is never what a negation turns."""
    if operator.kind == "future":
        return -1
    return _MODAL_REACH if operator.kind in ("may", "duty") else _WIDE_REACH


def _acts(lower: str, acting: list[Found], signs: dict[Found, bool]) -> tuple[set[str], set[str]]:
    kinds = {each.kind for each in acting}
    if "exempt" in kinds:
        return _exempting(lower, acting, signs), set()
    acts: set[str] = set()
    colours: set[str] = set()
    turned = sum(1 for each in acting if each.kind in ("refuse", "unduty") and signs[each]) % 2 == 1
    for each in acting:
        sign = signs[each]
        if each.kind in ("grant", "refuse"):
            acts.add("G+" if sign == (each.kind == "grant") else "G-")
        elif each.kind in ("duty", "unduty"):
            sign = sign == (each.kind == "duty")
            acts.add("D+" if sign else "D-")
        elif each.kind in ("may", "forbid"):
            sign = sign == (each.kind == "may")
            acts.add("M+" if sign else "M-")
    if {"grant", "refuse"} <= kinds:
        acts = acts - {"G+", "G-"} | {"G-" if turned else "G+"}
    if "G-" in acts:
        # "må give afslag" permits nothing.
        acts -= {"M+"}
    omits = [each for each in acting if each.kind == "omit"]
    if omits:
        acts = _omitting(acts, all(signs[each] for each in omits))
    if "end" in kinds and "D+" in acts and not any(each.kind == "end" and not signs[each] for each in acting):
        acts = acts - {"D+"} | {"D-x"}
    return acts, colours


def _exempting(lower: str, acting: list[Found], signs: dict[Found, bool]) -> set[str]:
    """An exemption is the duty taken away; a modal before it says whether it is or only may be."""
    exempts = [each for each in acting if each.kind == "exempt"]
    first = exempts[0]
    sign = all(signs[each] for each in exempts)
    if any(each.kind == "refuse" and signs[each] for each in acting):
        sign = not sign
    if any(each.kind == "grant" and not signs[each] for each in acting):
        sign = not sign
    if any(each.kind == "end" and signs[each] for each in acting):
        sign = not sign
    before = [each for each in acting if each.end <= first.start and first.start - each.end < _REACH]
    modal = ""
    for each in before:
        word = lower[each.start : each.end]
        if each.kind == "may" or (each.kind == "duty" and word in _MODAL_VERBS):
            modal = "M" if each.kind == "may" else "D"
            sign = sign if signs[each] else not sign
    if not sign:
        return {"D+"}
    return {f"{modal}D-"} if modal else {"D-"}


def _omitting(acts: set[str], omitted: bool) -> set[str]:
    """What may be left out is no duty, and what may not be left out is one."""
    if not omitted:
        return acts
    if "M+" in acts:
        return acts - {"M+"} | {"D-"}
    if acts & {"M-", "D-"}:
        return acts - {"M-", "D-"} | {"D+"}
    if "D+" in acts:
        return acts - {"D+"} | {"M-"}
    return acts | {"F-"}
