"""Where a jurist writes an answer of their own: verdict, text, conditions, and the quotes that it stands on."""

from __future__ import annotations

import streamlit as st

from assistant.models import Answer
from assistant.record.correcting import Correction
from assistant.ui import case_state
from assistant.ui.case_state import words_key
from assistant.ui.reading import escape
from assistant.ui.wording import Wording
from assistant.ui.workplace import Workplace

_VERDICTS = ("ja", "nej", "betinget", "info", "ikke_besvaret")


def show(number: int, answer: Answer, at: Workplace, words: Wording) -> None:
    """Draw the fields; what is in them is `written`."""
    texts = words.texts("correct")
    st.html(
        f'<h3 class="fa-small">{escape(texts["title"])}</h3><p class="fa-meta fa-alone">{escape(texts["hint"])}</p>'
    )
    st.selectbox(
        texts["verdict"],
        _VERDICTS,
        key=f"fix-verdict-{number}",
        format_func=lambda code: words.label("verdicts", code),
        width=280,
    )
    st.text_area(texts["text"], key=f"fix-text-{number}", height=_height(answer.answer) + 48)
    _quotes(number, at, words)
    st.text_area(texts["conditions"], key=f"fix-conditions-{number}", height=90)
    if answer.notices:
        st.multiselect(
            texts["notices"],
            [each.code for each in answer.notices],
            key=f"fix-notices-{number}",
            format_func=lambda code: words.label("notice_titles", code),
        )
    st.text_input(texts["reason"], key=f"fix-reason-{number}")


def written(number: int) -> Correction:
    """What the fields hold."""
    kept = st.session_state
    return Correction(
        verdict=kept[f"fix-verdict-{number}"],
        text=kept[f"fix-text-{number}"],
        picked=tuple(each._replace(words=kept[words_key(number, each.n)]) for each in case_state.quotes(number)),
        conditions=tuple(kept[f"fix-conditions-{number}"].split("\n")),
        notices=tuple(kept.get(f"fix-notices-{number}") or ()),
    )


def _quotes(number: int, at: Workplace, words: Wording) -> None:
    texts = words.texts("correct")
    st.html(f'<h3 class="fa-small">{escape(texts["quotes"])}</h3>')
    for each in case_state.quotes(number):
        source = at.desk.documents.sources.get(each.source_id)
        title = source.title if source else each.source_id
        with st.container(key=f"fa-fix-{number}-{each.n}", border=True, gap="xsmall"):
            st.text_area(
                texts["words"].format(n=each.n, title=title), key=words_key(number, each.n), height=_height(each.words)
            )
            st.button(
                texts["remove"],
                key=f"drop-{number}-{each.n}",
                on_click=case_state.drop_quote,
                args=(number, each.n),
                type="tertiary",
                icon=":material/delete:",
            )
    st.caption(texts["add"])


def _height(text: str) -> int:
    """As high as the words need in the column, within reason."""
    return min(260, 72 + 24 * (len(text) // 70 + text.count("\n")))
