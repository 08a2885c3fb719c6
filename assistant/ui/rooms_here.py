"""The workshops' database, which all pages of a server share, and what many phones at once read of it."""

from __future__ import annotations

import gc

import streamlit as st

from assistant.learning.cases.case import Case
from assistant.learning.workshop.hosting import purge
from assistant.learning.workshop.rooms import Database, Workshop, by_id, case_at, open_database
from assistant.settings import load_settings

_FRESH_SECONDS = 0.5
_KEPT_SECONDS = 600.0


def database() -> Database:
    """The opened database of the settings. Raises RecordError, and then tries anew the next time."""
    settings = load_settings()
    return _opened(str(settings.data), settings.database_url)


@st.cache_resource(show_spinner=False, on_release=lambda engine: engine.dispose())
def _opened(_data: str, _url: str) -> Database:
    engine = open_database(load_settings())
    purge(engine)
    # Streamlit looks for garbage after every run of a page, through all that was ever loaded: forty phones that ask
    # every other second would keep a core busy with that alone. What is there by now is never garbage.
    gc.collect()
    gc.freeze()
    return engine


@st.cache_data(ttl=_FRESH_SECONDS, show_spinner=False)
def recent(key: str) -> Workshop:
    """The session as it was at most half a second ago, read once for all phones. Raises like `by_id`."""
    return by_id(database(), key)


@st.cache_data(ttl=_KEPT_SECONDS, max_entries=100, show_spinner=False)
def case_of(key: str, place: int) -> Case:
    """A session's case, which never changes. Raises like `case_at`."""
    return case_at(database(), key, place)
