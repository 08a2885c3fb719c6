"""The workshops' database, which all pages of a server share."""

from __future__ import annotations

import streamlit as st

from assistant.learning.workshop.hosting import purge
from assistant.learning.workshop.rooms import Database, open_database
from assistant.settings import load_settings


def database() -> Database:
    """The opened database of the settings. Raises RecordError, and then tries anew the next time."""
    settings = load_settings()
    return _opened(str(settings.data), settings.database_url)


@st.cache_resource(show_spinner=False, on_release=lambda engine: engine.dispose())
def _opened(_data: str, _url: str) -> Database:
    engine = open_database(load_settings())
    purge(engine)
    return engine
