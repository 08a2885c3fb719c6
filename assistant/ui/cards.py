"""Answers as cards: verdict, prose, conditions, notices, quotes, copying, explanation, questions to go on with."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.answer_json import apart, plain_text
from assistant.authority import spoken_date
from assistant.models import Answer, Citation, Notice
from assistant.ui import session
from assistant.ui.conversation import Failure
from assistant.ui.explained import explanation_html
from assistant.ui.reading import document_html, escape, markdown_safe, prose_html
from assistant.ui.session import Opened
from assistant.ui.wording import Wording

# A sign beside the word, so that the verdict is never told by colour alone.
VERDICT_SIGNS = {"ja": "✓", "nej": "✕", "betinget": "✓", "info": "i", "ikke_besvaret": "?"}
_LONG_QUESTION = 2000


def anchor(turn: int) -> str:
    """The id that the quote cards of a turn begin with."""
    return f"kilde-{turn + 1}"


def question(text: str, turn: int, words: Wording) -> None:
    """The user's own words, as they were written."""
    size = f'<p class="fa-size">{words["characters"].format(count=len(text))}</p>' if len(text) > _LONG_QUESTION else ""
    st.html(
        f'<section class="fa-question" id="spoergsmaal-{turn + 1}" aria-label="{escape(words["you"])}">'
        f'<div class="fa-words">{escape(text)}</div>{size}</section>'
    )


def answer(given: Answer, turn: int, opened: Opened | None, words: Wording) -> None:
    """One whole answer."""
    st.html(verdict_html(given, anchor(turn), words))
    if written := writer_html(given, words):
        st.html(written)
    if given.notices:
        st.html(notices_html(given.notices, given.language, words))
    _quotes(given, turn, opened, words)
    with (
        st.container(horizontal=True, key=f"fa-actions-{turn}"),
        st.popover(words["copy"], icon=":material/content_copy:", type="tertiary"),
    ):
        st.caption(words["copy_hint"])
        st.code(plain_text(given), language=None, wrap_lines=True)
    with st.expander(words["why"], type="compact"):
        st.html(explanation_html(given, words))


def writer_html(given: Answer, words: Wording) -> str:
    """The language model's part: which one, its time and tokens, and on demand what the check struck, with why."""
    told = given.explanation.get("writer")
    if not told:
        return ""
    struck = [row for row in told["sentences"] if not row["accepted"] and not row["repeats"]]
    rows = "".join(f"<li><del>{escape(row['text'])}</del><br>{escape(' '.join(row['reasons']))}</li>" for row in struck)
    title = escape(words["struck"].format(count=len(struck)))
    listed = f'<details class="fa-struck"><summary>{title}</summary><ul>{rows}</ul></details>' if struck else ""
    seconds = f"{told['model_ms'] / 1000:.1f}".replace(".", "," if words.language == "da" else ".")
    tokens = told["tokens_in"] + told["tokens_out"]
    line = words["written_by"].format(model=told["model"], seconds=seconds, tokens=tokens) if told["used"] else ""
    return f'<div class="fa-writer"><p>{escape(line)}</p>{listed}</div>'


def suggestions(title: str, questions: Sequence[str], key: str) -> None:
    """Questions to click."""
    st.html(f'<h2 class="fa-small">{escape(title)}</h2>')
    with st.container(key=f"fa-suggestions-{key}", gap="xsmall"):
        for number, text in enumerate(questions):
            st.button(
                markdown_safe(text), key=f"suggest-{key}-{number}", on_click=session.ask, args=(text,), type="secondary"
            )


def failure(failed: Failure, turn: int, words: Wording) -> None:
    """Why there is no answer, in plain words, and a way on."""
    hint = words["refused_hint"] if failed.text else ""
    st.html(failure_html(words["unrecorded" if failed.unrecorded else "refused"], reason(failed, words), hint))
    if failed.unrecorded or not failed.text:
        st.button(words["retry"], key=f"retry-{turn}", on_click=session.retry, args=(turn,), icon=":material/refresh:")


def reason(failed: Failure, words: Wording) -> str:
    """The failure's own words, or what to do about an unexpected one."""
    return failed.text or words["unexpected"].format(code=failed.code)


def failure_html(title: str, text: str, hint: str = "") -> str:
    """A calm note about something that failed."""
    more = f'<p class="fa-hint">{escape(hint)}</p>' if hint else ""
    said = f"<strong>{escape(title)}</strong><p>{escape(text)}</p>{more}"
    return f'<div class="fa-note fa-failure" role="alert">{said}</div>'


def verdict_html(given: Answer, marks: str, words: Wording) -> str:
    """Verdict, prose and conditions; each [n] leads to the element `{marks}-{n}`."""
    verdict = given.verdict
    conditions = "".join(f"<li>{escape(text)}</li>" for text in apart(given))
    listed = f"<h3>{escape(words['conditions'])}</h3><ul>{conditions}</ul>" if conditions else ""
    labels = {citation.n for citation in given.citations}
    return (
        f'<div class="fa-answer" lang="{given.language}">'
        f'<p class="fa-badge fa-{verdict}"><span aria-hidden="true">{VERDICT_SIGNS[verdict]}</span> '
        f"{escape(words.label('verdicts', verdict))}</p>{_approved_html(given, words)}"
        f'<div class="fa-prose">{prose_html(given.answer, marks, labels)}</div>{listed}</div>'
    )


def _approved_html(given: Answer, words: Wording) -> str:
    """The badge of an answer that a jurist approved, with the day, and the question that it was approved for."""
    if not given.approved:
        return ""
    said = words["approved_by"].format(date=spoken_date(given.approved, words.language))
    question = str(given.explanation.get("approved_question", ""))
    told = (
        f'<p class="fa-approved-for">{escape(words["approved_for"].format(question=question))}</p>' if question else ""
    )
    return f'<p class="fa-approved"><span aria-hidden="true">✓</span> {escape(said)}</p>{told}'


def notices_html(notices: Sequence[Notice], language: str, words: Wording) -> str:
    """What to look out for."""
    return "".join(
        f'<div class="fa-note fa-code-{escape(notice.code)}" role="note">'
        f"<strong>{escape(words.label('notice_titles', notice.code))}</strong>"
        f'<p lang="{language}">{escape(notice.text)}</p></div>'
        for notice in notices
    )


def _quotes(given: Answer, turn: int, opened: Opened | None, words: Wording) -> None:
    """The quotes as cards; they name their network where the answer warns that it is another one's."""
    if not given.citations:
        return
    st.html(f'<h2 class="fa-small">{escape(words["sources"])}</h2>')
    foreign = any(notice.code == "other_network" for notice in given.notices)
    for citation in given.citations:
        here = opened == Opened(turn, citation.n)
        with st.container(border=True, key=f"fa-card-{turn}-{citation.n}", gap="xsmall"):
            st.html(quote_html(citation, anchor(turn), here, meta(citation, words, foreign)))
            st.button(
                words["shown" if here else "show"],
                key=f"show-{turn}-{citation.n}",
                on_click=session.open_source,
                args=(Opened(turn, citation.n),),
                type="tertiary",
                icon=":material/article:",
                disabled=here,
            )


def quote_html(citation: Citation, marks: str, here: bool, facts: str) -> str:
    """A quote with its document; `here`: it is the one that is shown beside it."""
    return (
        f'<article class="fa-quote{" fa-here" if here else ""}" id="{marks}-{citation.n}">'
        f'<header><span class="fa-number">[{citation.n}]</span> <span class="fa-title">{escape(citation.title)}</span>'
        f'<span class="fa-meta">{escape(facts)}</span></header>'
        f'<blockquote lang="da" class="fa-reading">{document_html(citation.quote)}</blockquote>'
        f"{_provisions_html(citation.provisions)}</article>"
    )


def meta(citation: Citation, words: Wording, with_network: bool = False) -> str:
    """Kind, date, section and page of a citation in words, and its network if wanted."""
    parts = [words.label("kinds", citation.kind), words.date(citation.date), citation.section]
    if citation.page is not None:
        parts.append(words["page"].format(page=citation.page))
    if with_network and citation.network:
        parts.append(words["network"].format(network=citation.network))
    return " · ".join(part for part in parts if part)


def _provisions_html(provisions: Sequence[str]) -> str:
    if not provisions:
        return ""
    return f'<p class="fa-provisions">{"".join(f"<span>{escape(label)}</span>" for label in provisions)}</p>'
