"""The chat: a question, its answer, and beside it the source."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.errors import AssistantError
from assistant.models import Answer
from assistant.rights import Person, may, require
from assistant.ui import cards, login, note_buttons, opening, session, thumbs, viewer
from assistant.ui.conversation import Failure
from assistant.ui.draft import Live
from assistant.ui.opening import plain
from assistant.ui.reading import escape
from assistant.ui.session import Engine, Opener, Session
from assistant.ui.wording import starters


def show(person: Person, opener: Opener) -> None:
    """Draw the chat of `person`; `opener` makes the assistant. Raises NotAllowed to one who may not ask."""
    require(person, "ask")
    current = session.begin(person)
    _input(current)
    with st.container(key="fa-layout"):
        chat, side = st.columns(2, gap="medium")
    with chat, st.container(key="fa-chat", gap="xsmall"):
        welcome = st.empty()
        _turns(current)
        engine = opening.engine(opener, current.words)
        _welcome(engine, current, welcome)
    if engine is not None:
        if engine.model_problem:
            chat.html(cards.failure_html(current.words["no_model"], engine.model_problem))
        with side:
            _source(engine, current)
        with chat:
            _answer_next(engine, current)
    _scroll(current)


def tools(person: Person) -> None:
    """What the chat adds beside the title."""
    current = session.begin(person)
    if current.conversation.turns:
        st.button(current.words["new"], key="new", on_click=session.start_over, icon=":material/add:", type="tertiary")


def _input(current: Session) -> None:
    brought = session.prefill()
    with st.bottom:
        if brought:
            st.html(f'<p class="fa-note fa-brought" role="status">{escape(current.words["brought"])}</p>')
        question = st.chat_input(current.words["ask"], key="question")
        st.html(f'<p class="fa-disclaimer">{escape(current.words["disclaimer"])}</p>')
    if question is not None:
        session.ask(question)


def _welcome(engine: Engine | None, current: Session, place: DeltaGenerator) -> None:
    """What an empty page offers: questions that the documents at hand answer. Emptied when there is a question."""
    if current.conversation.turns:
        place.empty()
        return
    with place.container(gap="xsmall"):
        if current.forgotten:
            st.html(f'<p class="fa-note" role="status">{escape(current.words["forgotten"])}</p>')
        spoken = current.words.language
        offered = session.answerable(engine, starters(spoken), spoken) if engine else ()
        if offered:
            cards.suggestions(current.words["starters"], offered, "start")


def _source(engine: Engine | None, current: Session) -> None:
    """The opened source, if one is open."""
    opened = current.opened
    given = current.conversation.turns[opened.turn].answer if opened else None
    if engine is None or opened is None or given is None:
        return
    citation = next((found for found in given.citations if found.n == opened.n), None)
    if citation is None:
        return
    source = engine.sources.get(citation.source_id)
    try:
        text = engine.source_text(citation.source_id) if source else None
    except AssistantError as exc:
        st.html(cards.failure_html(citation.title, str(exc)))
    else:
        viewer.show(citation, source, text, current.words)


def _turns(current: Session) -> None:
    """The conversation so far; a question that is still to be answered stands there already."""
    conversation, words = current.conversation, current.words
    last = len(conversation.turns) - 1
    for index, turn in enumerate(conversation.turns):
        cards.question(turn.question, index, words)
        if turn.answer is not None:
            cards.answer(turn.answer, index, current.opened, words)
            note_buttons.show(turn.answer, current.person, words)
            thumbs.show(turn.answer, words, conversation.thanked)
            if index == last and turn.answer.suggestions:
                cards.suggestions(words["followups"], turn.answer.suggestions, f"follow-{index}")
        elif turn.failure is not None:
            cards.failure(turn.failure, index, words)
            if turn.failure.unrecorded and may(current.person, "loosen"):
                st.button(words["let_through"], key=f"let-through-{index}", on_click=_let_through, args=(index,))
                st.caption(words["let_through_hint"])


def _let_through(turn: int) -> None:
    """Answer `turn` though it cannot be recorded, and so until the record can be written again."""
    session.shared().engine.opened().let_through(login.acting())
    session.retry(turn)


def _answer_next(engine: Engine, current: Session) -> None:
    """Answer the first question that waits, and draw the page anew."""
    conversation = current.conversation
    for index, turn in enumerate(conversation.turns):
        if turn.pending:
            conversation.settle(index, _answered(engine, index, current))
            st.rerun()


def _scroll(current: Session) -> None:
    """Show the newest question at the top; a source opened or closed moves nothing."""
    if current.conversation.turns:
        newest = len(current.conversation.turns)
        viewer.scroll_to(f"spoergsmaal-{newest}", f"{current.conversation.id}-{newest}")


def _answered(engine: Engine, index: int, current: Session) -> Answer | Failure:
    """Answer one turn, with its words on the page as they come; a language model's words as a draft."""
    conversation, words = current.conversation, current.words
    turn = conversation.turns[index]
    mode = "extractive" if turn.stopped or engine.model_problem else None
    live = Live(words)
    try:
        with st.spinner(words["searching"]):
            place, button = st.empty(), st.empty()
            for event in engine.ask_stream(turn.question, conversation.history(index), mode=mode, by=current.person):
                if event.answer is not None:
                    return event.answer
                if event.kind == "draft" and not live.drafted:
                    button.button(words["stop"], key=f"stop-{index}", on_click=session.stop, args=(index,))
                if live.take(event):
                    place.html(live.html())
    except Exception as exc:  # noqa: BLE001 - the one place where a fault anywhere below is put in plain words
        return plain(exc)
    return plain(RuntimeError("the stream ended without an answer"))
