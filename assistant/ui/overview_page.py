"""What is asked and answered, in figures."""

from __future__ import annotations

import streamlit as st

from assistant.rights import Person, require
from assistant.ui import session


def show(person: Person) -> None:
    """Draw the page for `person`. Raises NotAllowed without the right to it."""
    require(person, "overview")
    st.header(session.words().label("pages", "overblik"))
