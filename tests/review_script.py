"""One of the pages of feedback and review, as AppTest takes it: the one that the session names."""

import streamlit as st

from assistant.errors import NotAllowed
from assistant.ui import chat_page, login, mine_page, review_page
from tests.review_kit import OPENED

PAGES = {"review": review_page, "mine": mine_page, "chat": chat_page}
try:
    PAGES[st.session_state["page"]].show(login.acting(), opener=lambda progress: OPENED[-1])
except NotAllowed as exc:
    st.html(f"<p>{exc}</p>")
