"""The queue of answers to be reviewed, and the decision on each."""

from __future__ import annotations

import streamlit as st

from assistant.rights import Person, require
from assistant.ui import session


def show(person: Person) -> None:
    """Draw the page for `person`. Raises NotAllowed without the right to it."""
    require(person, "review")
    st.header(session.words().label("pages", "gennemgang"))
