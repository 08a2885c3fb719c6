"""For an underviser: how far groups of learners are, and which questions most of them miss."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.errors import RecordError
from assistant.learning.quiz.group import LEAST, Figure, Group, Missed, Named, group
from assistant.rights import Person, require
from assistant.ui import beside, course_state, opening, quiz_desk, session
from assistant.ui.cards import failure_html
from assistant.ui.library import reading
from assistant.ui.quiz_desk import Quizzes
from assistant.ui.reading import document_html, escape
from assistant.ui.session import Opener
from assistant.ui.wording import Wording


def show(person: Person, opener: Opener = opening.open_assistant) -> None:
    """Draw the page for `person`. Raises NotAllowed without the right to it."""
    require(person, "follow")
    words = session.words()
    opening.heading("hold", words)
    engine = opening.engine(opener, words)
    at = reading(engine)
    if engine is None or at is None:
        return
    try:
        quizzes, database = quiz_desk.quizzes(engine), course_state.database()
        found = group(database, person, quizzes.asked) if database is not None and quizzes is not None else None
    except RecordError as exc:
        st.html(failure_html(words["no_record"], str(exc)))
        st.button(words["retry"], icon=":material/refresh:")
        return
    library = at.library()
    beside.layout(library, lambda name: quiz_desk.citation(name, library), lambda: _drawn(found, quizzes, words), words)


def _drawn(found: Group | None, quizzes: Quizzes | None, words: Wording) -> None:
    texts = words.texts("group")
    st.html(f'<p class="fa-meta fa-alone">{escape(texts["lead"])}</p>')
    if found is None or quizzes is None:
        st.html(f'<p class="fa-note" role="status">{escape(texts["off"])}</p>')
        return
    if found.size == 0 and not found.named:
        st.html(f'<p class="fa-nothing" role="status">{escape(texts["nobody"])}</p>')
        return
    with st.container(key="fa-group", gap="small"):
        _figures(found, quizzes, words)
        _missed(found.missed, quizzes, words)
        _named(found.named, quizzes, words)


def _figures(found: Group, quizzes: Quizzes, words: Wording) -> None:
    texts = words.texts("group")
    st.html(f'<h3 class="fa-part">{escape(texts["group"])}</h3>')
    if not found.size:
        if found.size is None:
            st.html(f'<p class="fa-note" role="status">{escape(texts["group_hidden"].format(least=LEAST))}</p>')
        return
    st.html(f'<p class="fa-meta fa-alone">{escape(texts["group_lead"].format(count=found.size, least=LEAST))}</p>')
    rows = [[texts["module"], texts["begun"], texts["read"], texts["passed"]]]
    for number, each in enumerate(quizzes.course.modules, 1):
        counted = found.modules[each.module.id]
        title = f"{number}. {each.module.title.said(words.language)}"
        rows.append([title, *(_figure(each_figure) for each_figure in counted)])
    st.html(_table(rows))


def _figure(figure: Figure) -> str:
    return str(figure.low) if figure.low == figure.high else f"{figure.low}–{figure.high}"


def _named(named: Sequence[Named], quizzes: Quizzes, words: Wording) -> None:
    texts = words.texts("group")
    st.html(f'<h3 class="fa-part">{escape(texts["names"])}</h3>')
    rows = [[texts["name"], texts["last"], texts["read"], texts["passed"], texts["right"]]]
    for each in named:
        at = quizzes.course.find(each.module)
        far = each.progress.values()
        rows.append([
            each.user,
            at.module.title.said(words.language) if at else "–",
            str(sum(one.read for one in far)),
            str(sum(one.answered > 0 and one.passed for one in far)),
            f"{sum(one.right for one in far)} / {sum(one.answered for one in far)}",
        ])  # fmt: skip
    if len(rows) == 1:
        st.html(f'<p class="fa-nothing">{escape(texts["names_none"])}</p>')
        return
    st.html(_table(rows))


def _missed(missed: Sequence[Missed], quizzes: Quizzes, words: Wording) -> None:
    texts = words.texts("group")
    st.html(f'<h3 class="fa-part">{escape(texts["missed"])}</h3>')
    if not missed:
        st.html(f'<p class="fa-nothing">{escape(texts["missed_none"])}</p>')
        return
    st.html(f'<p class="fa-meta fa-alone">{escape(texts["missed_lead"].format(least=LEAST))}</p>')
    for number, each in enumerate(missed):
        _question(number, each, quizzes, words)


def _question(number: int, missed: Missed, quizzes: Quizzes, words: Wording) -> None:
    """A question that many miss, with its right answer and the quote that decides it."""
    texts, place = words.texts("group"), quizzes.find(missed.question)
    if place is None:
        return
    question = place[1]
    asked = " ".join(filter(None, (question.asked.said(words.language), question.shown)))
    part = texts["wrong"].format(part=round(100 * missed.wrong))
    right = question.options[question.right].text.said(words.language)
    st.html(
        f'<div class="fa-missed"><p><b>{escape(part)}</b> {escape(texts["of"].format(count=missed.learners))}</p>'
        f"<p>{escape(asked)}</p>"
        f"<p>{escape(words.texts('quiz')['right_is'].format(answer=right))}</p></div>"
    )
    with st.expander(words.texts("quiz")["proof"], type="compact"):
        for place_of, quote in enumerate(dict.fromkeys(question.proof)):
            st.html(f'<blockquote class="fa-reading" lang="da">{document_html(quote.words)}</blockquote>')
            key = f"missed-{number}-{place_of}"
            beside.button(quiz_desk.name_of(quote), key, words, words.texts("case")["in_document"])


def _table(rows: list[list[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in rows[0])
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows[1:])
    return f'<table class="fa-group"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
