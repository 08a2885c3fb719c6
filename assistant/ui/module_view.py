"""One module: what it teaches with its quotes, a worked case, questions for the chat, and the way on."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.learning.modules.binding import Bound, BoundModule
from assistant.learning.modules.module import Module, Paragraph, Quote, WorkedCase
from assistant.record.affected import Finding
from assistant.rights import Person
from assistant.ui import beside, course_state, links, quiz_view, session
from assistant.ui.badges import verdict_html
from assistant.ui.cards import meta
from assistant.ui.case_events import compared
from assistant.ui.course_state import Course
from assistant.ui.reading import document_html, escape, markdown_safe
from assistant.ui.wording import Wording


def show(bound: BoundModule, course: Course, person: Person, words: Wording) -> None:
    """Draw the module, which is one of the course's."""
    _head(bound, course, words)
    for number, paragraph in enumerate(bound.module.paragraphs, 1):
        _paragraph(f"a{number}", paragraph, bound, words)
    _case(bound, words)
    _tries(bound.module, words)
    quiz_view.show(bound.module.id, person, words)
    _onward(bound.module, course, words)


def _head(bound: BoundModule, course: Course, words: Wording) -> None:
    texts, module = words.texts("course"), bound.module
    st.button(
        texts["all"], key="all-modules", on_click=course_state.open_module, args=("",), icon=":material/arrow_back:",
        type="tertiary",
    )  # fmt: skip
    place = texts["place"].format(number=_place(module, course) + 1, total=len(course.modules), minutes=module.minutes)
    st.html(
        f'<header class="fa-module" id="modul"><p class="fa-meta fa-alone">{escape(place)}</p>'
        f"<h3>{escape(module.title.said(words.language))}</h3>"
        f'<p class="fa-aim">{escape(module.aim.said(words.language))}</p></header>'
    )
    if bound.flagged:
        st.html(f'<p class="fa-note fa-failure" role="alert">{escape(texts["module_flagged"])}</p>')
    for found in bound.newer:
        st.html(newer_html(found, words))


def _paragraph(key: str, paragraph: Paragraph, bound: BoundModule, words: Wording) -> None:
    """A paragraph above its quotes; one whose source has changed is shown as what it was."""
    text = paragraph.text.said(words.language)
    if bound.stands(paragraph.quotes):
        with st.container(key=f"fa-lesson-{key}", gap="xsmall"):
            st.html(f'<p class="fa-lesson">{escape(text)}</p>')
            _quotes(key, paragraph.quotes, bound, words)
        return
    _outdated(key, text, paragraph.quotes, bound, words)


def _outdated(key: str, text: str, quotes: Sequence[Quote], bound: BoundModule, words: Wording) -> None:
    """Something that its sources no longer carry: why, and folded away what it said."""
    texts = words.texts("course")
    with st.container(key=f"fa-lesson-{key}", gap="xsmall"):
        for each in bound.of(quotes):
            if each.flag:
                st.html(flag_html(each, words))
        with st.expander(texts["outdated"], type="compact"):
            st.html(f'<p class="fa-lesson fa-outdated"><del>{escape(text)}</del></p>')


def _quotes(key: str, quotes: Sequence[Quote], bound: BoundModule, words: Wording) -> None:
    """The quotes, folded; each opens in its document."""
    names = list(bound.bound)
    numbers = [names.index(quote) + 1 for quote in quotes]
    expanded = beside.opened() in map(str, numbers)
    texts = words.texts("course")
    title = texts["source" if len(quotes) == 1 else "sources"].format(count=len(quotes))
    with st.expander(title, expanded=expanded, type="compact"):
        for number, each in zip(numbers, bound.of(quotes), strict=True):
            if each.citation is None:
                continue
            st.html(
                f'<div class="fa-passage"><p class="fa-title">{escape(each.citation.title)}</p>'
                f'<p class="fa-meta">{escape(meta(each.citation, words, with_network=True))}</p>'
                f'<blockquote class="fa-reading" lang="da">{document_html(each.citation.quote)}</blockquote></div>'
            )
            beside.button(str(number), f"{key}-{number}", words, words.texts("case")["in_document"])


def _case(bound: BoundModule, words: Wording) -> None:
    """The worked case: the situation and the question first, the answer on demand."""
    texts, case = words.texts("course"), bound.module.case
    with st.container(border=True, key="fa-worked", gap="xsmall"):
        st.html(
            f'<h4 class="fa-part">{escape(texts["case"])}</h4><p class="fa-lesson">{escape(_said(case, words))}</p>'
            f'<p class="fa-ask">{escape(case.question.said(words.language))}</p>'
        )
        if not bound.stands(case.quotes):
            _outdated("eksempel", case.lesson.said(words.language), case.quotes, bound, words)
            return
        with st.expander(texts["case_answer"], icon=":material/lightbulb:", key="worked-answer"):
            st.html(
                f'<p class="fa-case-verdict">{verdict_html(case.verdict, words)}</p>'
                f'<p class="fa-lesson">{escape(case.lesson.said(words.language))}</p>'
            )
        _quotes("eksempel", case.quotes, bound, words)


def _said(case: WorkedCase, words: Wording) -> str:
    return case.situation.said(words.language)


def _tries(module: Module, words: Wording) -> None:
    """Questions for the chat; a click opens it with the question in its field."""
    texts = words.texts("course")
    hint = f'<p class="fa-meta fa-alone">{escape(texts["tries_hint"])}</p>'
    st.html(f'<h4 class="fa-part">{escape(texts["tries"])}</h4>{hint}')
    query = {} if words.language == "da" else {"sprog": words.language}
    with st.container(key="fa-tries", gap="xsmall"):
        for each in (module.case.question, *module.tries):
            text = each.said(words.language)
            links.link("spoerg", markdown_safe(text), ":material/forum:", **{session.PREFILL: text}, **query)


def _onward(module: Module, course: Course, words: Wording) -> None:
    """The button that notes the module as read and goes on."""
    texts, place = words.texts("course"), _place(module, course)
    following = course.modules[place + 1].module if place + 1 < len(course.modules) else None
    label = texts["next"].format(title=following.title.said(words.language)) if following else texts["finish"]
    with st.container(key="fa-onward"):
        st.button(
            markdown_safe(label),
            key="have-read",
            on_click=course_state.have_read,
            args=(module.id, following.id if following else ""),
            type="primary",
            icon=":material/check:",
        )


def _place(module: Module, course: Course) -> int:
    return next(place for place, each in enumerate(course.modules) if each.module.id == module.id)


def flag_html(bound: Bound, words: Wording) -> str:
    """Why a quote is not current: what stood, and what stands there now."""
    texts, case = words.texts("course"), words.texts("case")
    title = f"{words.label('causes', bound.flag)}: {bound.quote.source_id}"
    found = bound.found
    was, is_now = compared(found.old.text if found else bound.quote.words, found.new.text if found else "")
    before = found.old.section if found else ""
    after = " › ".join(filter(None, (found.new_title, found.new.section))) if found else ""
    right = is_now if found and found.new.text else f"<em>{escape(texts['gone'])}</em>"
    return (
        f'<div class="fa-note fa-failure" role="alert"><strong>{escape(title)}</strong>'
        f"<p>{escape(texts['not_current'])}</p>"
        f'<div class="fa-pair" lang="da"><div><h4>{escape(_joined(case["old"], before))}</h4><p>{was}</p></div>'
        f"<div><h4>{escape(_joined(case['new'], after))}</h4><p>{right}</p></div></div></div>"
    )


def newer_html(found: Finding, words: Wording) -> str:
    """That a document has come which says something of the same."""
    said = words.texts("course")["newer"].format(title=found.new_title, date=words.date(found.new.date))
    text = f'<blockquote class="fa-reading" lang="da">{document_html(found.new.text)}</blockquote>'
    shown = f"<details><summary>{escape(words.texts('course')['newer_text'])}</summary>{text}</details>"
    return f'<div class="fa-note" role="note"><p>{escape(said)}</p>{shown if found.new.text else ""}</div>'


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))
