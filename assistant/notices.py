"""Notices: what a reader must know beside the answer."""

from __future__ import annotations

from datetime import date

from assistant.authority import decides
from assistant.hostile import named_as_order
from assistant.judge import Judgement
from assistant.library import Library
from assistant.models import Notice
from assistant.question import Question
from assistant.reception import Received
from assistant.templates import fill
from assistant.timing import period, spoken_period


def notices(
    question: Question,
    judgement: Judgement,
    received: Received,
    library: Library,
    as_of: date | None,
    ordered: bool = False,
) -> tuple[Notice, ...]:
    """The notices of an answer, the gravest first, each code once; `ordered`: a document gave machines an order."""
    language = received.language
    cited = (*judgement.basis, *judgement.against, *judgement.conditions)
    codes = list(judgement.notices)
    if cited and all(not decides(item.passage.kind_of_source) for item in cited) and question.deontic:
        codes.append("secondary_source")
    if any(item.passage.kind_of_source == "ansoegning" for item in cited):
        codes.append("application_only")
    if any(not library.is_own(item.source) for item in (*cited, *judgement.near)):
        codes.append("other_network")
    found = [Notice(code, fill(language, f"notice.{code}")) for code in dict.fromkeys(codes) if code != "expired"]
    held = judgement.held or period(cited)
    past = held is not None and (as_of or date.today()) > held[1]
    on_rule = question.deontic and judgement.rule != "naevnt"
    if on_rule and held and judgement.verdict != "ikke_besvaret" and (past or "expired" in judgement.notices):
        found.append(Notice("expired", fill(language, "notice.expired", period=spoken_period(held, language))))
    if received.masked:
        found.append(Notice("personal_data", fill(language, "notice.personal_data", what=", ".join(received.masked))))
    if received.instructed or ordered or any(named_as_order(item.source.title, item.source.file) for item in cited):
        found.append(Notice("instruction_ignored", fill(language, "notice.instruction_ignored")))
    return tuple(found)
