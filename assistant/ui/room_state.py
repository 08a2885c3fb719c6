"""What the facilitator's page keeps: the session in its address, what a deed came to, and the phones' address."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from assistant.learning.workshop.address import guessed
from assistant.settings import load_settings

ROOM = "workshop"  # in the address: the session that is run
_SAID, _ADDRESS = "workshop-said", "workshop-address"


def say(text: str) -> None:
    """Have a text shown by the run that follows."""
    st.session_state[_SAID] = text


def said() -> str:
    """What is to be shown, once."""
    return str(st.session_state.pop(_SAID, ""))


def address() -> str:
    """Where phones open a session: as the facilitator wrote it, else the setting's, else guessed."""
    return str(st.session_state.get(_ADDRESS) or _usual())


def keep_address(field: str) -> None:
    """Take over what stands in the field with this key."""
    st.session_state[_ADDRESS] = st.session_state[field].strip()


def _usual() -> str:
    settings = load_settings()
    if settings.workshop_address:
        return settings.workshop_address
    if settings.login == "local":
        return guessed()  # the page itself is for this machine alone; phones have a server of their own
    here = urlsplit(st.context.url or "")
    return f"{here.scheme}://{here.netloc}/deltag"
