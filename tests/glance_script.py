"""The pages of the rules and the glossary over the real documents, as AppTest takes them: the one the session names."""

import streamlit as st

from assistant.ui import glossary_page, login, rules_page
from tests import core_kit

PAGES = {"regler": rules_page, "ordliste": glossary_page}
PAGES[st.session_state["page"]].show(login.acting(), opener=lambda progress: core_kit.assistant())
