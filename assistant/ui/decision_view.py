"""The bar under a case: approve, correct, reject, comment, or as the second pair of eyes confirm or send back."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from assistant.record import decisions
from assistant.record.case import CaseFile
from assistant.record.decisions import Seen
from assistant.record.gate import MOST
from assistant.record.known import FILE, known_answer
from assistant.rights import Person
from assistant.ui import case_state, correction_view, viewer
from assistant.ui.case_state import Basis, Mode
from assistant.ui.reading import escape
from assistant.ui.wording import Wording
from assistant.ui.workplace import Workplace, do, tell

# What a decision is opened with; C and R are Streamlit's own.
_SHORTCUTS: dict[Mode, str] = {
    "approve": "G",
    "confirm": "G",
    "correct": "E",
    "reject": "A",
    "send_back": "T",
    "comment": "N",
}
_ICONS: dict[Mode, str] = {
    "approve": ":material/check:",
    "confirm": ":material/check:",
    "correct": ":material/edit:",
    "reject": ":material/close:",
    "send_back": ":material/undo:",
    "comment": ":material/comment:",
}


class Step(NamedTuple):
    """What a strip with a field asks for: its deed, and which text its field is called by."""

    deed: Callable[[Person, Workplace, Seen, str], None]
    field: str


def show(found: CaseFile, basis: Basis | None, person: Person, at: Workplace, words: Wording) -> None:
    """Draw the bar, and over it the field of what is being decided."""
    chosen = case_state.mode(found.number)
    with st.bottom, st.container(key="fa-decide", gap="small"):
        tell(f"case-{found.number}", words)
        if chosen == "correct" and basis:
            _saving(found, words)
            return
        if chosen in _STEPS:
            _strip(found, chosen, at, words)
            return
        _buttons(found, basis, person, words)


def _buttons(found: CaseFile, basis: Basis | None, person: Person, words: Wording) -> None:
    texts = words.texts("decide")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for name in _offered(found, basis, person):
            on_click, args = _opening(name, found, basis)
            st.button(
                texts[name],
                key=f"decide-{name}",
                on_click=on_click,
                args=args,
                shortcut=_SHORTCUTS[name],
                icon=_ICONS[name],
                type="primary" if name in ("approve", "confirm") else "secondary",
            )
        if found.in_force:
            st.button(
                texts["known"],
                key="decide-known",
                on_click=_make_known,
                args=(found.number, words),
                shortcut="S",
                icon=":material/bookmark_add:",
            )
        if found.proposal and found.proposal.user == person.user:
            st.html(f'<p class="fa-meta">{escape(texts["waits"])}</p>')


def _offered(found: CaseFile, basis: Basis | None, person: Person) -> list[Mode]:
    """What can be decided about the case as it is, by the one who is at the page."""
    if found.served_from or basis is None:
        return ["comment"]
    if found.proposal and found.proposal.user != person.user:
        return ["confirm", "send_back", "correct", "reject", "comment"]
    approvable: list[Mode] = [] if found.proposal or (found.decided and found.in_force) else ["approve"]
    return [*approvable, "correct", "reject", "comment"]


def _opening(name: Mode, found: CaseFile, basis: Basis | None) -> tuple[Callable[..., None], tuple[object, ...]]:
    if name == "correct" and basis:
        return case_state.begin_correction, (found.number, basis.answer)
    return case_state.choose, (found.number, name)


def _strip(found: CaseFile, chosen: Mode, at: Workplace, words: Wording) -> None:
    """A field, what it leads to, and the button that does it. Ctrl+Enter in the field does it too."""
    texts, number = words.texts("decide"), found.number
    hint = "approve_two" if chosen == "approve" and at.desk.second_reviewer else chosen
    st.html(
        f'<p class="fa-strip"><strong>{escape(texts[f"{chosen}_title"])}</strong> {escape(texts[f"{hint}_hint"])}</p>'
    )
    with st.form(f"strip-{number}-{chosen}", border=False):
        with st.container(key="fa-field"):
            st.text_area(texts[_STEPS[chosen].field], key=f"said-{number}-{chosen}", height=80, max_chars=MOST)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.form_submit_button(
                f"{texts[f'do_{chosen}']} · {texts['keys']}",
                on_click=_decide,
                args=(chosen, Seen(number, found.seen), words),
                type="primary",
                icon=_ICONS[chosen],
            )
            st.form_submit_button(
                texts["cancel"], on_click=case_state.choose, args=(number, ""), type="tertiary", shortcut="Esc"
            )
    viewer.focus("fa-field", f"{number}-{chosen}")


def _decide(chosen: Mode, seen: Seen, words: Wording) -> None:
    texts = words.texts("decide")
    text = str(st.session_state.get(f"said-{seen.number}-{chosen}") or "")

    def deed(by: Person, at: Workplace) -> str:
        _STEPS[chosen].deed(by, at, seen, text)
        pending = chosen == "approve" and at.desk.second_reviewer
        return texts["done_pending" if pending else f"done_{chosen}"]

    if do(deed, f"case-{seen.number}"):
        case_state.choose(seen.number, "")


def _approve(by: Person, at: Workplace, seen: Seen, text: str) -> None:
    decisions.approve(at.desk, by, seen, text)


def _reject(by: Person, at: Workplace, seen: Seen, text: str) -> None:
    decisions.reject(at.desk, by, seen, text)


def _confirm(by: Person, at: Workplace, seen: Seen, text: str) -> None:
    decisions.confirm(at.desk, by, seen, text)


def _send_back(by: Person, at: Workplace, seen: Seen, text: str) -> None:
    decisions.send_back(at.desk, by, seen, text)


def _comment(by: Person, at: Workplace, seen: Seen, text: str) -> None:
    decisions.comment(at.record, by, seen.number, text)


_STEPS: dict[Mode, Step] = {
    "approve": Step(_approve, "remark"),
    "reject": Step(_reject, "reason"),
    "confirm": Step(_confirm, "remark"),
    "send_back": Step(_send_back, "reason"),
    "comment": Step(_comment, "text"),
}


def _saving(found: CaseFile, words: Wording) -> None:
    texts, number = words.texts("correct"), found.number
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            texts["save"],
            key="fix-save",
            on_click=_save,
            args=(Seen(number, found.seen), words),
            shortcut="Ctrl+Enter",
            type="primary",
            icon=":material/check:",
        )
        st.button(
            texts["cancel"],
            key="fix-cancel",
            on_click=case_state.choose,
            args=(number, ""),
            type="tertiary",
            shortcut="Esc",
        )


def _save(seen: Seen, words: Wording) -> None:
    texts, number = words.texts("decide"), seen.number
    correction = correction_view.written(number)
    reason = str(st.session_state.get(f"fix-reason-{number}") or "")

    def deed(by: Person, at: Workplace) -> str:
        decisions.correct(at.desk, by, seen, correction, reason)
        return texts["done_pending" if at.desk.second_reviewer else "done_correct"]

    if do(deed, f"case-{number}"):
        case_state.choose(number, "")


def _make_known(number: int, words: Wording) -> None:
    def deed(by: Person, at: Workplace) -> str:
        kept = known_answer(at.record, by, number, at.known)
        return words.texts("decide")[f"known_{kept}"].format(file=FILE)

    do(deed, f"case-{number}")
