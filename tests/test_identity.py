"""Who somebody is: claims in every shape that a provider may give them, and the settings that read them."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest

from assistant.errors import NotAllowed, SettingsError
from assistant.identity import Identity, expired, identify, local_identity
from assistant.rights import LEAST, ROLES, Person
from assistant.settings import Settings, load_settings
from assistant.ui.loopback import is_loopback, stranger

MAPPING = {"jura": "jurist", "drift": "administrator", "skole": "underviser", "gulvet": "sagsbehandler"}
ANNA = {"sub": "7", "email": "anna@kommune.dk"}


def settings(**given: object) -> Settings:
    return load_settings(login_roles=MAPPING, **given)


def roles(value: object, claim: str = "roles") -> tuple[str, ...]:
    return identify(ANNA | {"roles": value}, settings(login_claim=claim)).roles


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("jura", ("jurist",)),
        (["jura"], ("jurist",)),
        (("jura", "ukendt"), ("jurist",)),
        (["drift", "jura", "jura"], ("jurist", "administrator")),
        (["drift", "gulvet", "skole", "jura"], ROLES),
        ([["jura"], {"jura": True}, None, 7, "skole"], ("underviser",)),
    ],
)
def test_a_role_is_read_from_a_text_or_a_list_in_the_order_of_roles(value: object, expected: tuple[str, ...]) -> None:
    assert roles(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        [],
        "Jura",
        " jura",
        "jura,drift",
        "jura drift",
        "jurist",
        "administrator",
        7,
        True,
        {"jura": True},
        [1],
    ],
)
def test_what_the_settings_do_not_name_gives_the_least(value: object) -> None:
    assert roles(value) == (LEAST,)


def test_a_missing_claim_and_settings_without_roles_give_the_least() -> None:
    assert identify(ANNA, settings()).roles == (LEAST,)
    assert identify(ANNA | {"roles": ["jurist"]}, load_settings()).roles == (LEAST,)


def test_dots_lead_into_claims_unless_a_claim_has_that_very_name() -> None:
    assert roles({"inner": ["jura"]}, "roles.inner") == ("jurist",)
    assert roles({"inner": {"inmost": "jura"}}, "roles.inner.inmost") == ("jurist",)
    assert roles(["jura"], "roles.inner") == (LEAST,)
    assert roles("jura", "roles.inner") == (LEAST,)
    claims = ANNA | {"https://kommune.dk/roles": ["jura"], "https://kommune": {"dk/roles": ["drift"]}}
    assert identify(claims, settings(login_claim="https://kommune.dk/roles")).roles == ("jurist",)


def named(claims: Mapping[str, object], **given: object) -> str:
    return identify(claims, settings(**given)).user


def test_a_person_is_named_by_the_claim_of_the_settings() -> None:
    assert named(ANNA) == "anna@kommune.dk"
    assert named(ANNA | {"upn": "anna"}, login_user="upn") == "anna"
    assert named(ANNA | {"profile": {"name": "Anna"}}, login_user="profile.name") == "Anna"
    assert named(ANNA | {"name": " Anna\n\u202eB.\x00 "}, login_user="name") == "Anna B."


@pytest.mark.parametrize("email", [None, "", "  ", "\u200b", 7, ["anna@kommune.dk"]])
def test_without_that_claim_the_subject_is_the_name(email: object) -> None:
    assert named({"sub": "7", "email": email}) == "7"
    assert named({"sub": "7"}) == "7"


def test_an_address_that_was_never_confirmed_names_nobody() -> None:
    assert named(ANNA | {"email_verified": False}) == "7"
    assert named(ANNA | {"email_verified": True}) == "anna@kommune.dk"


@pytest.mark.parametrize("sub", [None, "", " ", 7])
def test_one_without_any_name_is_refused(sub: object) -> None:
    with pytest.raises(NotAllowed, match="hverken «email» eller «sub»"):
        identify({"sub": sub}, settings())


def test_a_person_acts_in_one_of_their_own_roles_and_first_in_the_first() -> None:
    identity = Identity("anna", ("jurist", "administrator"))
    assert identity.acting() == Person("anna", "jurist")
    assert identity.acting("administrator") == Person("anna", "administrator")
    assert identity.acting("underviser") == Person("anna", "jurist")
    assert identity.acting(["administrator"]) == Person("anna", "jurist")


def test_on_this_machine_its_user_may_act_in_any_role(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "bodil")
    assert local_identity() == Identity("bodil", ROLES)
    assert local_identity().acting() == Person("bodil", LEAST)


def test_a_login_lasts_as_long_as_the_settings_say() -> None:
    assert not expired({"iat": 1000}, settings(login_hours=1), 1000 + 3599)
    assert expired({"iat": 1000}, settings(login_hours=1), 1000 + 3600)


@pytest.mark.parametrize("issued", [None, "1000", True, math.nan, math.inf, -math.inf, [1000]])
def test_a_login_that_does_not_tell_its_age_is_over(issued: object) -> None:
    assert expired({"iat": issued}, settings(), 1000)
    assert expired({}, settings(), 1000)


def test_roles_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_LOGIN_ROLES", '{"Jura": "jurist"}')
    assert load_settings().login_roles == {"Jura": "jurist"}


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ('{"Jura": "chef"}', r"login_roles duer ikke: rollen «chef» \(for «Jura»\) findes ikke. Brug en af: sagsb"),
        ('{"Jura": ["jurist"]}', r"rollen «\['jurist'\]»"),
        ("{'Jura': 'jurist'}", "ASSISTANT_LOGIN_ROLES duer ikke: den er ikke JSON"),
        ("Jura=jurist", "ASSISTANT_LOGIN_ROLES duer ikke: den er ikke JSON"),
    ],
)
def test_roles_that_cannot_be_read_are_refused_plainly(monkeypatch: pytest.MonkeyPatch, value: str, says: str) -> None:
    monkeypatch.setenv("ASSISTANT_LOGIN_ROLES", value)
    with pytest.raises(SettingsError, match=says):
        load_settings()


@pytest.mark.parametrize("name", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost", "LOCALHOST", "localhost."])
def test_a_machine_knows_its_own_names(name: str) -> None:
    assert is_loopback(name)


@pytest.mark.parametrize(
    "name",
    [
        None,
        "",
        "0.0.0.0",
        "::",
        "10.0.0.5",
        "192.168.1.7",
        "kommune.dk",
        "localhost.kommune.dk",
        "127.0.0.1.kommune.dk",
    ],
)
def test_all_other_names_are_others(name: str | None) -> None:
    assert not is_loopback(name)


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:8501", "[::1]:8501", "localhost"])
def test_a_browser_on_this_machine_is_no_stranger(host: str) -> None:
    assert stranger({"Host": host}) == ""
    assert stranger({"Host": host, "Origin": f"http://{host}"}) == ""


@pytest.mark.parametrize(
    ("headers", "sign"),
    [
        ({}, "Host: "),
        ({"Host": ""}, "Host: "),
        ({"Host": "assistent.kommune.dk"}, "Host: assistent.kommune.dk"),
        ({"Host": "10.0.0.5:8501"}, "Host: 10.0.0.5:8501"),
        ({"Host": "127.0.0.1@kommune.dk"}, "Host: 127.0.0.1@kommune.dk"),
        ({"Host": "[::1"}, "Host: [::1"),
        ({"Host": "localhost", "Origin": "http://kommune.dk"}, "Origin: http://kommune.dk"),
        ({"Host": "localhost", "Origin": "null"}, "Origin: null"),
        ({"Host": "localhost", "X-Forwarded-For": "10.0.0.5"}, "X-Forwarded-For: 10.0.0.5"),
        ({"Host": "localhost", "Forwarded": "for=10.0.0.5"}, "Forwarded: for=10.0.0.5"),
    ],
)
def test_a_request_from_elsewhere_is_told_by_its_headers(headers: Mapping[str, str], sign: str) -> None:
    assert stranger(headers) == sign
