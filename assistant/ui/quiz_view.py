"""The quiz of a module: one question at a time, and after each the quotes that decide it, opened in their source."""

from __future__ import annotations

import streamlit as st

from assistant.errors import AssistantError
from assistant.learning.quiz import progress
from assistant.learning.quiz.question import Question, Quote
from assistant.rights import Person, require
from assistant.ui import beside, course_state, quiz_desk, quiz_state, session
from assistant.ui.cards import failure_html
from assistant.ui.quiz_desk import Quizzes
from assistant.ui.quiz_state import REPETITION, Sitting
from assistant.ui.reading import document_html, escape, markdown_safe
from assistant.ui.wording import Wording


def show(module_id: str, person: Person, words: Wording) -> None:
    """Draw the quiz of a module for `person`; `REPETITION` in its place draws what is due of all modules.

    Raises NotAllowed without the right to it.
    """
    require(person, "learn")
    with st.container(key="fa-quiz", gap="small"):
        if module_id != REPETITION:
            st.html(f'<h4 class="fa-part">{escape(words.texts("quiz")["title"])}</h4>')
        try:
            quizzes = quiz_desk.quizzes(session.shared().engine.opened())
            if quizzes is None or not (quizzes.questions.get(module_id) or module_id == REPETITION):
                st.html(f'<p class="fa-nothing">{escape(words.texts("quiz")["none"])}</p>')
                return
            _drawn(module_id, quizzes, person, words)
        except AssistantError as exc:
            st.html(failure_html(words["not_done"], str(exc)))
            st.button(words["retry"], key="quiz-retry", icon=":material/refresh:")


def _drawn(module_id: str, quizzes: Quizzes, person: Person, words: Wording) -> None:
    current = quiz_state.sitting(module_id, person)
    if current is None or not current.keys:
        _beginning(module_id, quizzes, person, words)
    elif current.over:
        _result(module_id, quizzes, person, words)
    else:
        _turn(module_id, current, quizzes, words)


def _beginning(module_id: str, quizzes: Quizzes, person: Person, words: Wording) -> None:
    """How many questions there are, how it went so far, and the button that begins."""
    texts = words.texts("quiz")
    if course_state.database() is None:
        st.html(f'<p class="fa-note" role="status">{escape(texts["off"])}</p>')
    again = len(quiz_state.due(person, quizzes))
    if again:
        said = texts["again_one"] if again == 1 else texts["again"].format(count=again)
        st.html(f'<p class="fa-again"><span aria-hidden="true">↻</span> {escape(said)}</p>')
    label = words.texts("own")["due_begin"]
    if module_id != REPETITION:
        done = course_state.way(quizzes.asked, person).progress[module_id]
        st.html(f'<p class="fa-meta fa-alone">{escape(_so_far(done, words))}</p>')
        whole = done.right == done.asked and not again
        label = texts["once_more" if whole else "resume" if done.answered else "begin"]
    st.button(
        label, key="quiz-begin", on_click=quiz_state.start, args=(module_id,), type="primary", icon=":material/quiz:"
    )


def _so_far(done: progress.Progress, words: Wording) -> str:
    said = words.texts("quiz")["how_many"]
    return said.format(count=done.asked, right=done.right, total=done.asked, part=round(100 * progress.PASSED))


def _turn(module_id: str, current: Sitting, quizzes: Quizzes, words: Wording) -> None:
    """The question whose turn it is, to be answered or just answered."""
    texts = words.texts("quiz")
    place = texts["place"].format(number=current.place + 1, total=len(current.keys))
    found = quizzes.find(current.keys[current.place])
    if found is None:
        st.html(f'<p class="fa-note" role="status">{escape(texts["gone"])}</p>')
        _onward(module_id, current, words)
        return
    asked_in, question = found
    again = current.place < current.repeated
    facts = " · ".join([place, texts[f"kind_{question.kind}"], *([texts["again_now"]] if again else [])])
    shown = f'<blockquote class="fa-reading" lang="da">{escape(question.shown)}</blockquote>' if question.shown else ""
    st.html(
        f'<div class="fa-asked"><p class="fa-meta fa-alone">{escape(facts)}</p>'
        f'<p class="fa-ask">{escape(question.asked.said(words.language))}</p>{shown}</div>'
    )
    if current.given is None:
        _choice(module_id, asked_in, question, current, words)
        return
    _feedback(question, current, words)
    _onward(module_id, current, words)


def _choice(module_id: str, asked_in: str, question: Question, current: Sitting, words: Wording) -> None:
    texts = words.texts("quiz")
    field = f"quiz-{module_id}-{current.place}-{question.key}"
    labels = [markdown_safe(option.text.said(words.language)) for option in question.options]
    chosen = st.radio(
        texts["choose"], range(len(labels)), index=None, format_func=lambda place: labels[place], key=field
    )
    st.button(
        texts["answer"],
        key="quiz-answer",
        on_click=quiz_state.answer,
        args=(module_id, field, asked_in, question),
        type="primary",
        disabled=chosen is None,
    )


def _feedback(question: Question, current: Sitting, words: Wording) -> None:
    """Whether it was right, which option is, why, and the quotes that prove it."""
    texts = words.texts("quiz")
    given = current.given or 0
    st.html(_options_html(question, given, words))
    if current.problem:
        st.html(failure_html(texts["not_kept"], current.problem))
    why = question.why.said(words.language)
    right = question.options[given].right
    said = texts["right" if right else "wrong"]
    answer = question.options[question.right].text.said(words.language)
    more = "" if right else f"<p>{escape(texts['right_is'].format(answer=answer))}</p>"
    reason = f"<p>{escape(why)}</p>" if why else ""
    back = "" if right or not current.back else texts["back_at"].format(moment=words.moment(current.back))
    later = f'<p class="fa-meta">{escape(back)}</p>' if back else ""
    st.html(
        f'<div class="fa-note {"fa-done" if right else "fa-failure"}" role="status"><strong>'
        f'<span aria-hidden="true">{"✓" if right else "✕"}</span> {escape(said)}</strong>{more}{reason}{later}</div>'
    )
    st.html(f'<p class="fa-small">{escape(texts["proof" if len(question.proof) == 1 else "proofs"])}</p>')
    for number, quote in enumerate(dict.fromkeys(question.proof)):
        _quote(f"quiz-{number}", quote, words)


def _options_html(question: Question, given: int, words: Wording) -> str:
    rows = []
    for place, option in enumerate(question.options):
        style = "fa-right" if option.right else "fa-wrong" if place == given else ""
        sign = "✓" if option.right else "✕" if place == given else "○"
        rows.append(
            f'<li class="{style}"><span aria-hidden="true">{sign}</span> '
            f"{escape(option.text.said(words.language))}</li>"
        )
    return f'<ul class="fa-options">{"".join(rows)}</ul>'


def _quote(key: str, quote: Quote, words: Wording) -> None:
    """A quote with its document, and the button that opens it there."""
    source = session.shared().engine.opened().sources.get(quote.source_id)
    title = source.title if source else quote.source_id
    with st.container(key=f"fa-{key}", gap="xsmall"):
        st.html(
            f'<div class="fa-passage"><p class="fa-title">{escape(title)}</p>'
            f'<blockquote class="fa-reading" lang="da">{document_html(quote.words)}</blockquote></div>'
        )
        beside.button(quiz_desk.name_of(quote), key, words, words.texts("case")["in_document"])


def _onward(module_id: str, current: Sitting, words: Wording) -> None:
    last = current.place + 1 >= len(current.keys)
    st.button(
        words.texts("quiz")["finish" if last else "next"],
        key="quiz-next",
        on_click=quiz_state.onward,
        args=(module_id,),
        type="primary",
        icon=":material/arrow_forward:",
    )


def _result(module_id: str, quizzes: Quizzes, person: Person, words: Wording) -> None:
    """How it went, and the way to what is not right yet."""
    texts = words.texts("quiz")
    if module_id == REPETITION:
        quiz_state.leave(module_id)
        _beginning(module_id, quizzes, person, words)
        return
    done = course_state.way(quizzes.asked, person).progress[module_id]
    said = texts["passed" if done.passed else "not_yet"]
    counted = texts["result"].format(right=done.right, total=done.asked)
    st.html(
        f'<div class="fa-note {"fa-done" if done.passed else ""}" role="status"><strong>{escape(said)}</strong>'
        f"<p>{escape(counted)}</p></div>"
    )
    st.button(
        texts["once_more" if done.right == done.asked else "resume"],
        key="quiz-begin",
        on_click=quiz_state.start,
        args=(module_id,),
        icon=":material/replay:",
    )
