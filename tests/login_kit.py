"""A real OpenID Connect provider on this machine, and the settings by which the page trusts it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.rights import Role
from tests.browser_kit import START_SECONDS, free_port

# By their subject: who they are to the provider. One with the group of each role, and some others.
PERSONS: Mapping[str, Mapping[str, object]] = {
    "sofie": {"email": "sofie@kommune.dk", "groups": ["Sagsbehandlere"]},
    "ulla": {"email": "ulla@kommune.dk", "groups": ["Undervisere", "Kantinen"]},
    "jens": {"email": "jens@kommune.dk", "groups": ["Jura"]},
    "asta": {"email": "asta@kommune.dk", "groups": "Drift"},
    "begge": {"email": "begge@kommune.dk", "groups": ["Drift", "Jura"]},
    "ukendt": {"groups": ["administrator", "jurist", {"Jura": True}]},
}
ROLES: Mapping[str, Role] = {
    "Sagsbehandlere": "sagsbehandler",
    "Undervisere": "underviser",
    "Jura": "jurist",
    "Drift": "administrator",
}
TRUSTING = {
    "ASSISTANT_LOGIN": "oidc",
    "ASSISTANT_LOGIN_CLAIM": "groups",
    "ASSISTANT_LOGIN_ROLES": json.dumps(ROLES),
    "AUTHLIB_INSECURE_TRANSPORT": "1",  # the provider of the tests speaks no TLS
    "NO_PROXY": "127.0.0.1",
}
SECRET = "kun til prøver, og alligevel mere end toogtredive tegn"


def secrets(folder: Path, provider: str, **changed: str) -> Path:
    """A secrets file that trusts `provider`; an empty value of `changed` leaves that line out."""
    lines = {
        "redirect_uri": "http://127.0.0.1:{port}/oauth2callback",
        "cookie_secret": SECRET,
        "client_id": "assistenten",
        "client_secret": "hemmelig",
        "server_metadata_url": f"{provider}/.well-known/openid-configuration",
    } | changed
    file = folder / "secrets.toml"
    file.write_text("[auth]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in lines.items() if value))
    return file


@contextmanager
def provider(log: Path) -> Iterator[str]:
    """The address of a provider that knows PERSONS; its output goes to `log`."""
    port = free_port()
    known = [f"--user-claims={json.dumps({'sub': sub, **claims})}" for sub, claims in PERSONS.items()]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *known]
    with (
        log.open("w") as output,
        subprocess.Popen(
            command, env=os.environ | {"PYTHONWARNINGS": "ignore"}, stdout=output, stderr=output
        ) as server,
    ):
        try:
            _wait_for(port, server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(START_SECONDS * 5):
        if server.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    pytest.fail(f"OpenID-udbyderen kom ikke op:\n{log.read_text('utf-8')}")
