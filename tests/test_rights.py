"""Who may do what: every right against every role, and every page against every role where its work is done."""

from __future__ import annotations

from typing import get_args

import pytest

from assistant.errors import NotAllowed
from assistant.rights import LEAST, RIGHTS, ROLES, Action, Person, Role, may, require
from assistant.ui import pages
from assistant.ui.session import Engine, Progress
from assistant.ui.wording import LANGUAGES, wording

# Written out, so that a right is never given by a slip: s(agsbehandler), u(nderviser), j(urist), a(dministrator).
EXPECTED: dict[Action, str] = {
    "ask": "suja",
    "own": "suja",
    "feedback": "suja",
    "learn": "suja",
    "teach": "u",
    "follow": "u",
    "review": "j",
    "decide": "j",
    "overview": "uja",
    "verify": "ja",
    "export": "ja",
    "purge": "a",
    "loosen": "a",
}
PAGES: dict[str, Action] = {
    "spoerg": "ask",
    "mine": "own",
    "regler": "learn",
    "ordliste": "learn",
    "kom-i-gang": "learn",
    "hold": "follow",
    "gennemgang": "review",
    "overblik": "overview",
}


def no_engine(progress: Progress) -> Engine:
    raise AssertionError("the assistant is opened for one who may not ask")


def test_the_table_knows_every_right_and_every_role() -> None:
    assert set(EXPECTED) == set(get_args(Action)) == set(RIGHTS)
    assert [role[0] for role in ROLES] == list("suja")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", get_args(Action))
def test_a_role_may_what_the_table_says_and_nothing_else(action: Action, role: Role) -> None:
    person = Person("anna", role)
    allowed = role[0] in EXPECTED[action]
    assert may(person, action) is allowed
    if allowed:
        require(person, action)
        return
    with pytest.raises(NotAllowed) as refused:
        require(person, action)
    said = str(refused.value)
    assert said.startswith(f"Rollen {role} giver ikke ret til at ")
    holders = said.partition("Det kan: ")[2].partition(".")[0].split(", ")
    assert [name[0] for name in holders] == list(EXPECTED[action])


def test_one_of_whom_nothing_is_known_has_the_least() -> None:
    assert Person("anna").role == LEAST == "sagsbehandler"
    assert all(LEAST in RIGHTS[action] or action not in ("ask", "own", "feedback") for action in get_args(Action))


def test_every_page_asks_for_the_right_that_it_should() -> None:
    assert {entry.path: entry.action for entry in pages.registered(no_engine)} == PAGES
    for language in LANGUAGES:
        assert set(wording(language).table["pages"]) == set(PAGES)


@pytest.mark.parametrize("role", ROLES)
def test_a_page_refuses_by_itself_whoever_has_not_the_right(role: Role) -> None:
    person = Person("anna", role)
    for entry in pages.registered(no_engine):
        if role[0] not in EXPECTED[entry.action]:
            with pytest.raises(NotAllowed):
                entry.show(person)
