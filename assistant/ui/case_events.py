"""What happened in a case, as HTML: feedback, comments, decisions, and sources that changed, old beside new."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from assistant.answer_json import VERDICTS
from assistant.record.case import Said
from assistant.ui.reading import escape
from assistant.ui.wording import Wording

_TONES = {"feedback": "", "comment": "fa-quiet", "suspension": "fa-failure"}


def event_name(each: Said, words: Wording) -> str:
    """What an event is called."""
    if each.kind != "decision":
        return words.label("events", each.kind)
    outcome = str(each.facts["outcome"])
    stage = "propose_" if each.facts["state"] == "pending" else "second_" if each.facts["second"] else ""
    return words.label("events", outcome if outcome == "send_back" else f"{stage}{outcome}")


def said_html(each: Said, words: Wording) -> str:
    """An event with who, when and their words."""
    text = str(each.body.get("text") or each.body.get("reason") or "")
    said = f'<p class="fa-said">{escape(text)}</p>' if text else ""
    title = " · ".join(filter(None, (event_name(each, words), _about(each, words))))
    return (
        f'<div class="fa-note fa-event {_TONES.get(each.kind, "fa-quiet")}" role="note">'
        f"<strong>{escape(title)}</strong> <span>{escape(by_whom(each, words))}</span>{said}</div>"
    )


def by_whom(each: Said, words: Wording) -> str:
    """Who did it, and when."""
    return f"{each.user} ({each.role}) · {words.moment(each.at)}"


def _about(each: Said, words: Wording) -> str:
    """What a feedback says, or which answer a decision gives."""
    if each.kind == "feedback":
        code = each.facts["reason"] or ("helpful" if each.facts["helpful"] else "unhelpful")
        return words.label("reasons", code)
    answer = each.body.get("answer") if each.kind == "decision" else None
    return VERDICTS[words.language].get(answer["verdict"], "") if answer else ""


def suspension_html(each: Said, words: Wording) -> str:
    """A source that changed: what stood and what stands, with the differing words marked where it is one text."""
    texts, cause = words.texts("case"), str(each.facts["cause"])
    old, new = str(each.body.get("old", "")), str(each.body.get("new", ""))
    was, is_now = (escape(old), escape(new)) if cause == "newer" else compared(old, new)
    before, after = _place(each, ""), _place(each, "new_")
    where = f" · {escape(after)}" if after and after != before else ""
    right = is_now if new else f"<em>{escape(texts['removed'])}</em>"
    return (
        f'<div class="fa-note fa-failure" role="note"><strong>{escape(event_name(each, words))}: '
        f"{escape(words.label('causes', cause))}</strong> <span>{escape(words.moment(each.at))}</span>"
        f'<div class="fa-pair" lang="da"><div><h4>{escape(texts["old"])} · {escape(before)}</h4><p>{was}</p></div>'
        f"<div><h4>{escape(texts['new'])}{where}</h4><p>{right}</p></div></div></div>"
    )


def _place(each: Said, side: str) -> str:
    """Document and heading, of the old text or ("new_") of the new one."""
    title, section = (str(each.body.get(f"{side}{name}", "")) for name in ("title", "section"))
    source = title or ("" if side else str(each.facts.get("source_id", "")))
    return " › ".join(filter(None, (source, section)))


def compared(old: str, new: str) -> tuple[str, str]:
    """Both texts as HTML, with the words that only one of them has in <del> and <ins>."""
    before, after = re.findall(r"\s+|\S+", old), re.findall(r"\s+|\S+", new)
    was, is_now = [], []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = escape("".join(before[a:b])), escape("".join(after[c:d]))
        was.append(gone if what == "equal" else f"<del>{gone}</del>" * bool(gone))
        is_now.append(come if what == "equal" else f"<ins>{come}</ins>" * bool(come))
    return "".join(was), "".join(is_now)
