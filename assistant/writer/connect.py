"""The one module that knows how a language model is reached: LangChain's chat models, chosen by setting."""

from __future__ import annotations

import importlib.util
import os
from typing import Any, NamedTuple

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel

from assistant.errors import ModelError
from assistant.settings import Settings


class Provider(NamedTuple):
    """How one provider is reached. `extra` is its name in pyproject.toml, `package` what that installs.

    `key` is the environment variable of its key, "" where none is needed; `limit` its name for "at most so many
    tokens"; `url` whether it has no address of its own.
    """

    extra: str
    package: str
    key: str
    limit: str = "max_tokens"
    url: bool = False


PROVIDERS = {
    "openai": Provider("openai", "langchain_openai", "OPENAI_API_KEY"),
    "azure_openai": Provider("openai", "langchain_openai", "AZURE_OPENAI_API_KEY", url=True),
    "ollama": Provider("ollama", "langchain_ollama", "", limit="num_predict"),
    "mistralai": Provider("mistral", "langchain_mistralai", "MISTRAL_API_KEY"),
    "anthropic": Provider("anthropic", "langchain_anthropic", "ANTHROPIC_API_KEY"),
}
_URL_NAMES = {"azure_openai": "azure_endpoint"}
_NO_KEY = "no-key"  # a server of one's own asks for none, but its client wants something to send


def connect(settings: Settings) -> BaseChatModel:
    """The chat model that the settings name; nothing is sent yet.

    Raises ModelError with the remedy for a missing or unknown name, a missing extra, key or address.
    """
    provider, name = _named(settings.model)
    known = PROVIDERS[provider]
    if importlib.util.find_spec(known.package) is None:
        raise ModelError(
            f"Sprogmodellen {settings.model} kræver en pakke, der ikke er installeret. "
            f"Kør: .venv/bin/pip install '.[{known.extra}]'"
        )
    if known.url and not settings.model_url:
        raise ModelError(f"{provider} kræver en adresse. Sæt ASSISTANT_MODEL_URL til modellens https-adresse.")
    try:
        model: BaseChatModel = init_chat_model(name, model_provider=provider, **_options(settings, provider, known))
    except (ImportError, ValueError, TypeError) as exc:
        raise ModelError(f"Sprogmodellen {settings.model} kan ikke sættes op: {_line(exc)}") from exc
    return model


def _named(model: str) -> tuple[str, str]:
    provider, _, name = model.partition(":")
    if not model.strip():
        raise ModelError(
            "Der er ikke valgt nogen sprogmodel. Sæt ASSISTANT_MODEL, for eksempel til ollama:llama3.1, "
            "eller ASSISTANT_MODE til extractive."
        )
    if provider not in PROVIDERS or not name.strip():
        raise ModelError(
            f"ASSISTANT_MODEL «{model}» duer ikke. Skriv udbyder:navn, hvor udbyderen er en af {', '.join(PROVIDERS)}."
        )
    return provider, name.strip()


def _options(settings: Settings, provider: str, known: Provider) -> dict[str, Any]:
    """What the provider's client is made with; it neither retries nor waits longer than we do."""
    options: dict[str, Any] = {"temperature": 0, known.limit: settings.model_tokens}
    if settings.model_url:
        options[_URL_NAMES.get(provider, "base_url")] = settings.model_url
    if settings.model_api_version:
        options["api_version"] = settings.model_api_version
    if provider == "ollama":
        return {**options, "client_kwargs": {"timeout": settings.model_seconds}}
    options |= {"timeout": settings.model_seconds, "max_retries": 0}
    if provider == "openai":
        options["stream_usage"] = True
    key = settings.model_key.get_secret_value() or os.environ.get(known.key, "")
    if not key and not settings.model_url:
        raise ModelError(f"Sprogmodellen {settings.model} kræver en nøgle. Sæt ASSISTANT_MODEL_KEY eller {known.key}.")
    return {**options, "api_key": key or _NO_KEY}


def _line(exc: Exception) -> str:
    return " ".join(str(exc).split())[:300]
