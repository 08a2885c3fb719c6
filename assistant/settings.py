"""Settings: one flat class, each field also an environment variable ASSISTANT_<NAME>."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import SettingsError as Unreadable

from assistant.errors import SettingsError
from assistant.rights import ROLES, Role

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "ASSISTANT_"


def _cache_home() -> Path:
    """The user's cache folder, after the XDG base directory specification."""
    base = os.environ.get("XDG_CACHE_HOME")
    return Path(base) if base else Path.home() / ".cache"


class Settings(BaseSettings):
    """Where things are and how the assistant answers. Relative paths are taken from the working folder."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    corpus: Path = Field(default=ROOT / "corpus", description="folder with sources.toml and its files")
    index: Path = Field(default=ROOT / "var" / "index", description="folder that the index lives in")
    data: Path = Field(default=ROOT / "var" / "data", description="folder for records")
    cache: Path = Field(
        default_factory=lambda: _cache_home() / "frikommune-assistent", description="converted model weights"
    )
    mode: Literal["extractive", "llm"] = "extractive"
    network: str = Field(default="En plan", description="the network whose caseworkers ask")
    embedding_model: str = Field(
        default="", description="a sentence-transformers name or folder; empty: the packaged weights, else the hub's"
    )
    chroma_url: str = Field(default="", description="http://host:port of a Chroma server; empty: embedded")
    model: str = Field(default="", description="the language model of mode llm, as provider:name")
    model_url: str = Field(default="", description="where it is served; empty: the provider's own address")
    model_key: SecretStr = Field(
        default=SecretStr(""), description="its key; empty: the provider's own variable, such as OPENAI_API_KEY"
    )
    model_api_version: str = Field(default="", description="Azure's API version, such as 2025-03-01-preview")
    model_seconds: float = Field(default=30, gt=0, le=600, description="how long an answer may wait for the model")
    model_tokens: int = Field(default=700, ge=50, le=4000, description="the most that the model may write")
    database_url: str = Field(default="", description="SQLAlchemy URL of the record; empty: SQLite in the data folder")
    record: Literal["required", "lenient", "off"] = Field(
        default="required", description="whether an answer is shown that cannot be recorded; off: nothing is recorded"
    )
    second_reviewer: bool = Field(
        default=False,
        description="whether an answer waits for another jurist before it is served as approved",
    )
    retention_days: int = Field(default=1826, ge=1, le=36525, description="how long the record keeps texts")
    workshop_days: int = Field(default=30, ge=1, le=365, description="how long a workshop is kept")
    workshop_address: str = Field(
        default="", description="where phones open a workshop, as http://192.168.1.5:8502; empty: guessed and shown"
    )
    max_question_chars: int = Field(default=2000, ge=50, le=20000)
    login: Literal["local", "oidc"] = Field(default="local", description="who is let in: this machine, or who logs in")
    login_claim: str = Field(
        default="roles", min_length=1, description="the claim with roles or groups; dots go inwards"
    )
    login_roles: dict[str, Role] = Field(default_factory=dict, description="JSON: a value of that claim -> a role")
    login_user: str = Field(default="email", min_length=1, description="the claim that names the person; else sub")
    login_hours: float = Field(default=10, gt=0, le=720, description="how long a login lasts")

    @field_validator("login_roles", mode="before")
    @classmethod
    def _known_roles(cls, value: object) -> object:
        """Refuses a role that there is not, in a sentence of our own."""
        for claim, role in value.items() if isinstance(value, dict) else ():
            if role not in ROLES:
                raise ValueError(f"rollen «{role}» (for «{claim}») findes ikke. Brug en af: {', '.join(ROLES)}.")
        return value


def load_settings(**given: object) -> Settings:
    """Settings from the arguments that are not None, then the environment, then the defaults.

    Raises SettingsError naming the field and, for an unknown ASSISTANT_ variable, the nearest known ones.
    """
    values = {name: value for name, value in given.items() if value is not None}
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in os.environ:
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            raise SettingsError(f"Ukendt indstilling {name}. Kendte: {', '.join(sorted(known))}.")
    try:
        return Settings(**values)  # type: ignore[arg-type]
    except ValidationError as exc:
        first = exc.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        reason = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"Indstillingen {field} duer ikke: {reason}") from exc
    except Unreadable as exc:  # only one setting is JSON
        raise SettingsError(
            f"Indstillingen {PREFIX}LOGIN_ROLES duer ikke: den er ikke JSON. "
            'Skriv den med dobbelte anførselstegn, som {"Juridisk afdeling": "jurist"}.'
        ) from exc
