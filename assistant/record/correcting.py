"""A jurist's own answer: quotes picked from the documents, and the check that what it says stands on them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from assistant.errors import ReviewError
from assistant.models import Answer, Citation, Verdict
from assistant.privacy import mask
from assistant.provisions import label
from assistant.record.gate import readable
from assistant.record.standing import Documents, found_again, passage_at, place_of, placed
from assistant.verify import faults_against

RULE = "rettet_af_jurist"
_MARK = re.compile(r"\[(\d+)\]")
_QUOTING = " Ord i anførselstegn skal stå ordret i det citat, hvis nummer følger lige efter dem: »sådan« [1]."
_BY_MODEL = ("model_failed", "model_struck", "model_disagreed")  # what is said of a language model's part


class Picked(NamedTuple):
    """Words to quote from a document, with the mark `n` that the text gives them; `near` is where they were picked."""

    n: int
    source_id: str
    words: str
    near: int = 0


class Correction(NamedTuple):
    """What a jurist puts in an answer's place. `notices` are the codes of those that still hold."""

    verdict: Verdict
    text: str
    picked: tuple[Picked, ...] = ()
    conditions: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def corrected(given: Answer, correction: Correction, documents: Documents, corpus_version: str) -> Answer:
    """The answer as the jurist wants it, every quote verbatim in its document. Raises ReviewError saying what is not.

    Marks and quotes are numbered anew, in the order in which the text names them.
    """
    text = _clean(correction.text)
    conditions = tuple(filter(None, map(_clean, correction.conditions)))
    named = list(dict.fromkeys(int(mark) for mark in _MARK.findall(" ".join((text, *conditions)))))
    _complete(correction, text, named)
    numbers = {old: new for new, old in enumerate(named, start=1)}
    picked = sorted(correction.picked, key=lambda each: numbers[each.n])
    answer = replace(
        given,
        verdict=correction.verdict,
        answer=_renumbered(text, numbers),
        conditions=tuple(_renumbered(each, numbers) for each in conditions),
        citations=tuple(citation_of(each._replace(n=numbers[each.n]), documents) for each in picked),
        notices=tuple(each for each in given.notices if each.code in correction.notices),
        explanation={"rule": RULE},
        mode="extractive",
        model="",
        corpus_version=corpus_version,
    )
    check(answer, documents)
    return answer


def kept_notices(given: Answer) -> tuple[str, ...]:
    """The codes of the notices that a correction begins with: all but those about a language model's words."""
    return tuple(each.code for each in given.notices if each.code not in _BY_MODEL)


def standing_answer(given: Answer, documents: Documents) -> Answer:
    """The answer as it may be approved now: with each quote where it stands. Raises ReviewError where one does not."""
    missing = [each for each in given.citations if each.source_id not in documents.sources]
    if missing:
        gone = [f"dokumentet bag [{each.n}] ({each.title}) findes ikke længere" for each in missing]
        raise ReviewError(_sentence(gone))
    answer = found_again(given, documents)
    check(answer, documents)
    return answer


def check(answer: Answer, documents: Documents) -> None:
    """Raises ReviewError with everything that does not hold, unless the whole answer stands on its quotes."""
    faults = faults_against(answer, documents.source_text)
    if not faults:
        return
    plain = {
        f"[{each.n}] står ikke i {each.source_id}": f"citat [{each.n}] står ikke længere ordret i «{each.title}»"
        for each in answer.citations
    }
    hint = _QUOTING if any(fault.startswith("»") for fault in faults) else ""
    raise ReviewError(_sentence([plain.get(fault, fault) for fault in faults]) + hint)


def citation_of(picked: Picked, documents: Documents) -> Citation:
    """The picked words as a citation. Raises ReviewError where they do not stand in one passage of the document."""
    source = documents.sources.get(picked.source_id)
    if source is None:
        raise ReviewError(f"Citat [{picked.n}]: dokumentet findes ikke længere i kilderne. Vælg et andet citat.")
    text = documents.source_text(source.id)
    span = place_of(picked.words, text, picked.near)
    if span is None:
        raise ReviewError(
            f"Citat [{picked.n}] står ikke ordret i «{source.title}»: »{_shortened(picked.words)}«. "
            "Kopiér ordene, som de står i dokumentet, uden at rette eller udelade noget."
        )
    passage = passage_at(source.id, span, documents)
    if passage is None:
        raise ReviewError(
            f"Citat [{picked.n}] går over flere afsnit i «{source.title}». Del det i ét citat for hvert afsnit."
        )
    bare = Citation(
        n=picked.n,
        source_id=source.id,
        title=source.title,
        kind=source.kind,
        date=source.date,
        network=source.network,
        section="",
        page=None,
        provisions=tuple(dict.fromkeys(label(each) for each in passage.provisions)),
        quote=text[span.start : span.end],
        start=span.start,
        end=span.end,
        passage="",
    )
    return placed(bare, passage, documents)


def _complete(correction: Correction, text: str, named: Sequence[int]) -> None:
    """Raises ReviewError where text, marks and quotes do not go together."""
    faults = []
    known = {each.n for each in correction.picked}
    silent = correction.verdict == "ikke_besvaret"
    if not text:
        faults.append("der mangler en tekst")
    faults += [f"teksten henviser til [{n}], men der er intet citat [{n}]" for n in named if n not in known]
    faults += [
        f"citat [{n}] er ikke nævnt i teksten: skriv [{n}], hvor det hører til, eller fjern det"
        for n in sorted(known - set(named))
    ]
    if not silent and not correction.picked:
        faults.append("svaret hviler på intet citat: vælg mindst ét, eller vælg «Fremgår ikke af kilderne»")
    if faults:
        raise ReviewError(_sentence(faults))


def _clean(text: str) -> str:
    """The text, if it holds no personal data: an answer is served to others, and nothing in it is altered unseen."""
    plain = readable(text)
    kinds = dict.fromkeys(finding.kind for finding in mask(plain).findings)
    if kinds:
        raise ReviewError(
            f"Teksten indeholder personoplysninger ({', '.join(kinds)}). Fjern dem, før svaret kan bruges."
        )
    return plain


def _renumbered(text: str, numbers: dict[int, int]) -> str:
    return _MARK.sub(lambda mark: f"[{numbers[int(mark[1])]}]", text)


def _sentence(faults: Sequence[str]) -> str:
    return f"Svaret holder ikke: {'; '.join(faults)}. Ret det, og prøv igen."


def _shortened(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= 80 else f"{plain[:79]}…"
