"""What phones in the room see of a workshop, and nothing else.

Beside the page of this machine, which refuses all other machines, this one may be served on the local network: it knows
no chat, no rights and no other page, and shares only the database.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from assistant.ui import deltag_page, session
from assistant.ui.frame import style

_ICON = Path(__file__).parent / "assets" / "icon.svg"


def show() -> None:
    """Draw the one page, whatever the address names."""
    words = session.words()
    st.set_page_config(layout="centered", page_icon=str(_ICON), page_title=words.label("pages", "deltag"))
    style()
    with st.container(key="fa-phone-head", horizontal=True, vertical_alignment="center"):
        st.html(f'<h1 class="fa-phone-title">{words.label("pages", "workshop")}</h1>')
        session.language_switch(words)
    deltag_page.show()
