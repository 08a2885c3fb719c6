"""Small signs that are read at a glance; each tells by a word, never by colour alone."""

from __future__ import annotations

from assistant.ui.cards import VERDICT_SIGNS
from assistant.ui.reading import escape
from assistant.ui.wording import Wording

_STATE_SIGNS = {"new": "•", "pending": "◔", "reopened": "↻", "approved": "✓", "corrected": "✎", "rejected": "✕"}


def verdict_html(verdict: str, words: Wording) -> str:
    """A verdict as a small badge."""
    sign = VERDICT_SIGNS.get(verdict, "?")
    text = escape(words.label("verdicts", verdict))
    return f'<span class="fa-badge fa-little fa-{escape(verdict)}"><span aria-hidden="true">{sign}</span> {text}</span>'


def state_html(state: str, words: Wording) -> str:
    """How far a case has come."""
    sign = _STATE_SIGNS.get(state, "•")
    text = escape(words.label("states", state))
    return f'<span class="fa-chip fa-state-{escape(state)}"><span aria-hidden="true">{sign}</span> {text}</span>'


def flag_html(text: str) -> str:
    """That somebody has said that an answer did not help."""
    return f'<span class="fa-chip fa-flag"><span aria-hidden="true">⚑</span> {escape(text)}</span>'
