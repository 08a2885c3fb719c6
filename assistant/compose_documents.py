"""Prose about documents: what they changed, what each of them says, and what they do not say."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.authority import name
from assistant.compose import Voice, joined, says
from assistant.evidence import Evidence
from assistant.judge import Judgement
from assistant.provisions import label
from assistant.quoting import marked, quote


def change_prose(judgement: Judgement, voice: Voice) -> str:
    """What is new, what is gone and what is worded otherwise, each with its quotes."""
    old, new = (name(edition.kind, edition.date, voice.language) for edition, _ in judgement.absent)
    pieces = []
    for key, chosen in (
        ("changes.new", [after for before, after in judgement.changed if after and not before]),
        ("changes.gone", [before for before, after in judgement.changed if before and not after]),
    ):
        if chosen:
            quotes = "; ".join(f"{_alone(item, voice)} {voice.marks([item])}" for item in chosen)
            pieces.append(voice.fill(key, old=old, new=new, quotes=quotes))
    reworded = [pair for pair in judgement.changed if pair[0] and pair[1]]
    if reworded:
        pieces.append(voice.fill("changes.reworded"))
    for pair in reworded:
        pieces += [says(item, voice) for item in pair if item]
    return " ".join(dict.fromkeys(pieces))


def _alone(item: Evidence, voice: Voice) -> str:
    """A statement's words in quotation marks, a list item's under its lead-in."""
    lead = f"{item.passage.lead_in} " if item.passage.kind == "list_item" and item.passage.lead_in else ""
    return marked(f"{lead}{item.statement.text.strip()}", voice.language)


def beside_prose(judgement: Judgement, voice: Voice) -> str:
    """What each document says, oldest first, after whether they agree; and which of them do not speak of it."""
    opening = [voice.fill(f"{judgement.verdict}.same")] if judgement.verdict in ("ja", "nej") else []
    absent = [voice.fill("silent.document", sources=sources) for _, sources in _absent(judgement, voice)]
    return " ".join([*opening, *_each_says(judgement.basis, voice), *absent])


def places_prose(judgement: Judgement, voice: Voice) -> str:
    """What is said of each municipality, under its name."""
    return " ".join(
        voice.fill("of_place", place=item.passage.municipality, quote=_alone(item, voice), marks=voice.marks([item]))
        for item in judgement.basis
    )


def _each_says(items: Sequence[Evidence], voice: Voice) -> list[str]:
    """One sentence per wording: which documents say it, each with its mark."""
    by_wording: dict[str, list[Evidence]] = {}
    for item in items:
        by_wording.setdefault(_alone(item, voice).lower(), []).append(item)
    pieces = []
    for same in by_wording.values():
        names = list(dict.fromkeys(voice.source(each) for each in same))
        if len(names) == 1:
            pieces.append(says(same[0], voice))
            continue
        said = quote(same[0], voice.library)
        marks = voice.marks([*said.items, *same[1:]])
        pieces.append(
            voice.fill("names", sources=joined(names, voice), quote=marked(said.words, voice.language), marks=marks)
        )
    return pieces


def presence_prose(judgement: Judgement, voice: Voice) -> str:
    """Whether the documents say it: where it stands, and which of them were read through without finding it."""
    pieces = []
    if judgement.verdict in ("ja", "betinget"):
        pieces.append(voice.fill(f"{judgement.verdict}.presence"))
    absent = _absent(judgement, voice)
    if judgement.verdict == "nej" and absent:
        pieces.append(voice.fill("nej.presence", what=absent[0][0], sources=absent[0][1]))
        absent = absent[1:]
    elif judgement.verdict == "nej":
        pieces.append(voice.fill("nej.skip" if judgement.against else "nej.elsewhere"))
    pieces += _each_says(judgement.basis, voice)
    against = _each_says(judgement.against, voice)
    pieces += [voice.fill("but", said=each[0].lower() + each[1:]) for each in against] if judgement.basis else against
    pieces += [voice.fill("absent", what=what[0].upper() + what[1:], sources=sources) for what, sources in absent]
    pieces += [voice.fill("nearest", said=each) for each in _each_says(judgement.near, voice)]
    return " ".join(dict.fromkeys(pieces))


def _absent(judgement: Judgement, voice: Voice) -> list[tuple[str, str]]:
    """What is missing and in which documents, things that are missing in the same ones together."""
    by_thing: dict[str, list[str]] = {}
    for edition, thing in judgement.absent:
        what = label(thing) if thing else voice.fill("it")
        by_thing.setdefault(what, []).append(name(edition.kind, edition.date, voice.language))
    together: dict[str, list[str]] = {}
    for what, sources in by_thing.items():
        together.setdefault(joined(sources, voice), []).append(what)
    return [(joined(whats, voice), sources) for sources, whats in together.items()]
