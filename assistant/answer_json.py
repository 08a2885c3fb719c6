"""An Answer as JSON (the contract of every door) and as plain text for a journal or a mail."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from assistant.authority import spoken_date
from assistant.models import Answer, Citation

VERDICTS = {
    "da": {
        "ja": "Ja",
        "nej": "Nej",
        "betinget": "Ja, på betingelser",
        "info": "Oplysning",
        "ikke_besvaret": "Fremgår ikke af kilderne",
    },
    "en": {
        "ja": "Yes",
        "nej": "No",
        "betinget": "Yes, on conditions",
        "info": "Information",
        "ikke_besvaret": "Not stated in the sources",
    },
}


def to_json(answer: Answer) -> dict[str, Any]:
    """The answer as plain values, fields in the contract's order."""
    return asdict(answer)


def plain_text(answer: Answer) -> str:
    """The answer with its conditions, notices and citations, as text to paste elsewhere."""
    words = VERDICTS[answer.language]
    lines = [answer.question, "", f"{words[answer.verdict]}. {answer.answer}" if not _said(answer) else answer.answer]
    lines += [f"- {condition}" for condition in answer.conditions]
    lines += ["", *(f"! {notice.text}" for notice in answer.notices)] if answer.notices else []
    lines += ["", *(_cited(citation, answer.language) for citation in answer.citations)] if answer.citations else []
    return "\n".join(lines).strip() + "\n"


def _said(answer: Answer) -> bool:
    """Whether the prose itself opens with the verdict."""
    return answer.verdict != "info" or not answer.answer


def _cited(citation: Citation, language: str) -> str:
    quote = " ".join(citation.quote.split())
    page = f", s. {citation.page}" if citation.page else ""
    return (
        f"[{citation.n}] »{quote}« – {citation.title}, {spoken_date(citation.date, language)}, {citation.section}{page}"
    )


def explained(answer: Answer) -> str:
    """The explanation as text: the frame, the rule, and each statement weighed with what it says."""
    frame = answer.explanation.get("frame", {})
    lines = [
        "",
        "Sådan blev svaret til",
        f"- spørgsmålet: {frame.get('form')} / {frame.get('mode')} / {frame.get('act')}",
    ]
    lines.append(f"- emne: {', '.join(term['term'] for term in frame.get('terms', ()))}")
    lines.append(f"- regel: {answer.explanation.get('rule')}")
    for row in answer.explanation.get("weighed", ()):
        says = f" → {row['says']}" if row["says"] else ""
        lines.append(f"- {row['date']} {row['source_id']} ({row['effect']}{says}): {row['statement']}")
    return "\n".join(lines) + "\n"
