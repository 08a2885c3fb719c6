"""Getting started: the modules in order with what is done of each, and one of them at a time (`?modul=…`)."""

from __future__ import annotations

from functools import partial

import streamlit as st

from assistant.errors import RecordError
from assistant.learning.modules.binding import BoundModule
from assistant.learning.quiz.progress import Progress
from assistant.library import Library
from assistant.models import Citation
from assistant.rights import Person, may, require
from assistant.ui import beside, course_state, module_view, opening, own_view, quiz_desk, session, viewer
from assistant.ui.cards import failure_html
from assistant.ui.course_state import Course, Way
from assistant.ui.library import reading
from assistant.ui.quiz_desk import Quizzes
from assistant.ui.reading import escape, markdown_safe
from assistant.ui.session import Opener
from assistant.ui.wording import Wording


def show(person: Person, opener: Opener = opening.open_assistant) -> None:
    """Draw the page for `person`. Raises NotAllowed without the right to it."""
    require(person, "learn")
    words = session.words()
    opening.heading("kom-i-gang", words)
    engine = opening.engine(opener, words)
    if engine is None:
        return
    at = reading(engine)
    if at is None:
        st.html(f'<p class="fa-note" role="status">{escape(words.texts("course")["no_library"])}</p>')
        return
    library = at.library()
    course = course_state.course(library.store, at.settings)
    wanted = course_state.opened()
    chosen = course.find(wanted)
    draw = partial(_one, chosen, course, person, words) if chosen else partial(_all, wanted, course, person, words)
    beside.layout(library, partial(_citation, chosen, library), draw, words)


def _citation(chosen: BoundModule | None, library: Library, name: str) -> Citation | None:
    """The place of the quote with that name."""
    quotes = list(chosen.bound.values()) if chosen else []
    number = int(name) if name.isascii() and name.isdecimal() and len(name) < 5 else 0
    return quotes[number - 1].citation if 0 < number <= len(quotes) else quiz_desk.citation(name, library)


def _one(chosen: BoundModule, course: Course, person: Person, words: Wording) -> None:
    trouble = course_state.be_at(chosen.module.id, person) or course_state.problem()
    if trouble:
        st.html(failure_html(words["not_done"], trouble))
    module_view.show(chosen, course, person, words)
    viewer.scroll_to("modul", chosen.module.id)


def _all(wanted: str, course: Course, person: Person, words: Wording) -> None:
    texts = words.texts("course")
    if wanted:
        st.html(f'<p class="fa-note" role="status">{escape(texts["unknown"].format(name=wanted[:80]))}</p>')
    for fault in course.faults if course.modules or may(person, "follow") else ():
        st.html(failure_html(texts["fault"], fault))
    if not course.modules:
        st.html(f'<p class="fa-nothing" role="status">{escape(texts["none"])}</p>')
        return
    quizzes, trouble = _quizzes()
    way = course_state.way(quizzes.asked if quizzes else {each.module.id: () for each in course.modules}, person)
    way = way._replace(problem=way.problem or trouble)
    _how_far(course, way, words)
    if may(person, "follow"):
        _to_mend(course, words)
    with st.container(key="fa-course", gap="small"):
        for number, each in enumerate(course.modules, 1):
            _row(number, each, way, words)
    if quizzes:
        own_view.show(quizzes, way, person, words)


def _quizzes() -> tuple[Quizzes | None, str]:
    """The questions of the modules; None, and why, where they cannot be made."""
    try:
        return quiz_desk.quizzes(session.shared().engine.opened()), ""
    except RecordError as exc:
        return None, str(exc)


def _how_far(course: Course, way: Way, words: Wording) -> None:
    """How much is done and left, and the button that goes on from where one was."""
    texts = words.texts("course")
    left = [each.module for each in course.modules if not way.progress[each.module.id].read]
    done, total = len(course.modules) - len(left), len(course.modules)
    said = texts["done"].format(done=done, total=total)
    rest = texts["left"].format(minutes=sum(module.minutes for module in left)) if left else texts["all_read"]
    st.html(
        f'<div class="fa-way"><p>{escape(texts["lead"])}</p>'
        f'<p><progress max="{total}" value="{done}" aria-label="{escape(said)}"></progress> '
        f"<strong>{escape(said)}</strong> · {escape(rest)}</p></div>"
    )
    if way.problem:
        st.html(failure_html(texts["not_kept"], way.problem))
    last = course.find(way.last)
    unread_last = last and not way.progress[last.module.id].read
    target = last.module if last and unread_last else left[0] if left else None
    if target:
        label = texts["resume" if way.last or done else "begin"].format(title=target.title.said(words.language))
        st.button(
            markdown_safe(label),
            key="resume",
            on_click=course_state.open_module,
            args=(target.id,),
            type="primary",
            icon=":material/play_arrow:",
        )


def _row(number: int, bound: BoundModule, way: Way, words: Wording) -> None:
    """A module as a step of the way: its title, minutes, aim, and what is done of it."""
    texts, module = words.texts("course"), bound.module
    chips = _chips(way.progress[module.id], here=way.last == module.id, words=words)
    if bound.flagged:
        chips.append(("fa-flag", "⚑", texts["flagged"]))
    signs = "".join(
        f'<span class="fa-chip {style}"><span aria-hidden="true">{sign}</span> {escape(text)}</span>'
        for style, sign, text in chips
    )
    with st.container(key=f"fa-step-{number}", gap="xsmall"):
        st.button(
            f"{number}\\. {markdown_safe(module.title.said(words.language))}",
            key=f"module-{module.id}",
            on_click=course_state.open_module,
            args=(module.id,),
            type="tertiary",
        )
        minutes = texts["minutes"].format(minutes=module.minutes)
        st.html(
            f'<p class="fa-step-aim">{escape(module.aim.said(words.language))}</p>'
            f'<p class="fa-step-facts"><span class="fa-chip">{escape(minutes)}</span> {signs}</p>'
        )


def _chips(done: Progress, *, here: bool, words: Wording) -> list[tuple[str, str, str]]:
    """What is done of a module: style, sign and text of each mark."""
    texts = words.texts("course")
    chips = [("fa-state-approved", "✓", texts["read"])] if done.read else []
    if here and not done.read:
        chips.append(("fa-state-pending", "◔", texts["here"]))
    if done.answered:
        style = "fa-state-approved" if done.passed else "fa-state-pending"
        chips.append(
            (style, "✓" if done.passed else "◔", texts["quiz_done"].format(right=done.right, asked=done.asked))
        )
    if done.due:
        chips.append(("fa-state-pending", "↻", texts["due"].format(count=done.due)))
    return chips


def _to_mend(course: Course, words: Wording) -> None:
    """For who teaches: the modules whose sources have changed, and what has become of each quote."""
    texts = words.texts("course")
    flagged = [each for each in course.modules if each.flagged or each.newer]
    if not flagged:
        return
    with st.expander(texts["to_mend"].format(count=len(flagged)), icon=":material/flag:", key="course-to-mend"):
        st.html(f'<p class="fa-meta fa-alone">{escape(texts["to_mend_hint"])}</p>')
        for each in flagged:
            st.html(f'<h3 class="fa-small">{escape(each.module.title.said(words.language))}</h3>')
            for bound in each.flagged:
                st.html(module_view.flag_html(bound, words))
            for found in each.newer:
                st.html(module_view.newer_html(found, words))
