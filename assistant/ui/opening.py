"""Opening the assistant, which all pages share: its progress, and why it cannot be opened."""

from __future__ import annotations

import logging
import secrets

import streamlit as st

from assistant.errors import AssistantError, RecordError
from assistant.ui import cards, session
from assistant.ui.conversation import Failure
from assistant.ui.reading import escape, markdown_safe
from assistant.ui.session import Engine, Opener
from assistant.ui.wording import Wording

_LOG = logging.getLogger(__name__)


def open_assistant(progress: session.Progress) -> Engine:
    """The real assistant, with the settings of the environment."""
    # Imported here, in the thread that opens it: its libraries take seconds, and the page is shown meanwhile.
    from assistant.engine import Assistant

    return Assistant.open(progress=progress)


def heading(page: str, words: Wording) -> None:
    """The page's name, for who is read to; to the eye the menu tells it."""
    st.html(f'<h2 class="fa-unseen">{escape(words.label("pages", page))}</h2>')


def engine(opener: Opener, words: Wording) -> Engine | None:
    """The assistant, with progress while it opens; None, and the reason on the page, when it cannot."""
    future = session.shared().engine.future(opener)
    place = st.empty()
    if not future.done():
        with place.container(), st.status(words["loading"], expanded=True) as status:
            st.caption(words["loading_hint"])
            line = st.empty()
            session.wait_for(future, lambda text: line.write(markdown_safe(text)))
            status.update(label=words["ready"], state="complete", expanded=False)
        place.empty()
    failed = future.exception()
    if failed is None:
        return future.result()
    with place.container():
        slot = session.shared().engine
        slot.failure = slot.failure or plain(failed)
        st.html(cards.failure_html(words["no_start"], cards.reason(slot.failure, words)))
        st.button(words["retry"], key="reopen", on_click=session.reopen, icon=":material/refresh:")
    return None


def plain(failed: BaseException) -> Failure:
    """A failure fit to show: our own errors say it themselves, any other goes to the log under a code."""
    if isinstance(failed, AssistantError):
        return Failure(text=str(failed), unrecorded=isinstance(failed, RecordError))
    code = secrets.token_hex(3)
    _LOG.error("Uventet fejl %s", code, exc_info=failed)
    return Failure(code=code)
