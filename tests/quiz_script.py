"""The course or the page of groups, as AppTest takes it: the one that the session names."""

import streamlit as st

from assistant.errors import NotAllowed
from assistant.ui import course_page, group_page, login
from tests.review_kit import OPENED

PAGES = {"course": course_page, "group": group_page}
try:
    PAGES[st.session_state["page"]].show(login.acting(), opener=lambda progress: OPENED[-1])
except NotAllowed as exc:
    st.html(f"<p>{exc}</p>")
