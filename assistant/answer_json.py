"""An Answer as JSON (the contract of every door) and as plain text for a journal or a mail."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from assistant.authority import spoken_date
from assistant.models import Answer, Citation, Language, Notice

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


APPROVED = {"da": "Godkendt af jurist {}", "en": "Approved by a lawyer {}"}
APPROVED_FOR = {"da": "Godkendt for spørgsmålet: “{}”", "en": "Approved for the question: “{}”"}


def to_json(answer: Answer) -> dict[str, Any]:
    """The answer as plain values, fields in the contract's order."""
    return asdict(answer)


def answer_from_json(values: Mapping[str, Any]) -> Answer:
    """The answer that `to_json` gave these values of; what later versions left out or added is taken as unsaid."""
    known = {name: values[name] for name in Answer.__dataclass_fields__ if name in values}
    return Answer(
        **known
        | {
            "citations": tuple(_citation(each) for each in values.get("citations", ())),
            "conditions": tuple(values.get("conditions", ())),
            "notices": tuple(Notice(each["code"], each["text"]) for each in values.get("notices", ())),
            "suggestions": tuple(values.get("suggestions", ())),
        }
    )


def _citation(values: Mapping[str, Any]) -> Citation:
    return Citation(**{**values, "provisions": tuple(values["provisions"])})


def plain_text(answer: Answer) -> str:
    """The answer with its conditions, notices and citations, as text to paste elsewhere."""
    words = VERDICTS[answer.language]
    lines = [answer.question, "", f"{words[answer.verdict]}. {answer.answer}" if not _said(answer) else answer.answer]
    lines += [f"- {condition}" for condition in apart(answer)]
    lines += ["", f"✓ {approval(answer)}.", *approved_for(answer)] if answer.approved else []
    lines += ["", *(f"! {notice.text}" for notice in answer.notices)] if answer.notices else []
    lines += ["", *(_cited(citation, answer.language) for citation in answer.citations)] if answer.citations else []
    return "\n".join(lines).strip() + "\n"


def approval(answer: Answer) -> str:
    """That a jurist approved the answer, and when: "Godkendt af jurist 22. november 2026"."""
    return APPROVED[answer.language].format(spoken_date(answer.approved, answer.language))


def approved_for(answer: Answer) -> tuple[str, ...]:
    """For which question it was approved, where that is known; personal data in it is masked."""
    question = str(answer.explanation.get("approved_question", ""))
    return (APPROVED_FOR[answer.language].format(question),) if question else ()


def _said(answer: Answer) -> bool:
    """Whether the prose itself opens with the verdict."""
    return answer.verdict != "info" or not answer.answer


def _cited(citation: Citation, language: str) -> str:
    quote = " ".join(citation.quote.split())
    page = f", s. {citation.page}" if citation.page else ""
    return (
        f"[{citation.n}] »{quote}« – {citation.title}, {spoken_date(citation.date, language)}, {citation.section}{page}"
    )


def apart(answer: Answer) -> tuple[str, ...]:
    """The conditions that the prose has not given already: a reader need not read them twice."""
    said = _bare(answer.answer)
    return tuple(condition for condition in answer.conditions if _bare(condition) not in said)


def _bare(text: str) -> str:
    return re.sub(r"\[\d+\]|[\W_]+", "", text).lower()


EXPLAINED = {
    "da": ("Sådan blev svaret til", "Emne: {}", "Regel: {}", "Vejet:", "Sat til side:"),
    "en": ("How the answer came about", "Topic: {}", "Rule: {}", "Weighed:", "Set aside:"),
}
EFFECTS = {
    "da": {
        "exempt": "fritager",
        "not_exempt": "fritager ikke",
        "refused": "afslag",
        "postponed": "udsat",
        "forbidden": "forbyder",
        "announced": "bebudet",
        "wish": "ønske",
        "required": "kræver",
        "permitted": "tillader",
        "applied": "ansøgt",
        "local": "lokal praksis",
        "condition": "betingelse",
        "fact": "oplysning",
    },
    "en": {
        "exempt": "exempts",
        "not_exempt": "does not exempt",
        "refused": "refused",
        "postponed": "postponed",
        "forbidden": "forbids",
        "announced": "announced",
        "wish": "wish",
        "required": "requires",
        "permitted": "permits",
        "applied": "applied for",
        "local": "local practice",
        "condition": "condition",
        "fact": "information",
    },
}


def explained(answer: Answer) -> str:
    """The explanation as text: how the question was read, the rule, what was weighed, and why not the rest."""
    told = answer.explanation
    title, topic, rule, weighed, aside = EXPLAINED[answer.language]
    frame = told.get("frame", {})
    about = ", ".join([*(term["term"] for term in frame.get("terms", ())), *frame.get("provisions", ())])
    lines = ["", title, *(f"- {line}" for line in (told.get("read"), topic.format(about) if about else "") if line)]
    lines.append(f"- {rule.format(told.get('reason') or told.get('rule', ''))}")
    for heading, rows in ((weighed, told.get("weighed", ())), (aside, told.get("set_aside", ()))):
        lines += [f"- {heading}"] * bool(rows)
        lines += [f"  - {_weighed(row, answer.language)}" for row in rows]
    return "\n".join(lines) + "\n"


def _weighed(row: Mapping[str, Any], language: Language) -> str:
    """A statement that was weighed: what it does and which answer it speaks for, its words, document and reason."""
    does = EFFECTS[language].get(row["effect"], row["effect"])
    speaks = f" → {VERDICTS[language][row['says']]}" if row["says"] else ""
    why = f" ({row['reason'] or row['because']})" if "because" in row else ""
    words = " ".join(row["statement"].split())
    return f"{does}{speaks}: »{words}« – {row['title']}, {spoken_date(row['date'], language)}{why}"
