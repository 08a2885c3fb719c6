"""One call of a language model: in a thread of its own, so that a server that hangs costs no more than the deadline.

A call that fails before its first word is tried again, with growing pauses (tenacity). Three failed calls in a row
open a circuit (pybreaker): for a minute nobody waits for a model that is away.
"""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field

import httpx
from langchain_core import exceptions as model_errors
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langsmith import tracing_context
from pybreaker import CircuitBreaker, CircuitBreakerError
from tenacity import RetryError, Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

_ATTEMPTS = 3
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 2.0
_FAILURES, _REST_SECONDS = 3, 60
_MOST_CHARS = 6000
# Where providers say why a reply ended, and what they say when it was cut off at the most tokens.
_ENDINGS = ("finish_reason", "stop_reason", "done_reason")
_CUT_OFF = ("length", "max_tokens")
_AGAIN = ("refused", "overloaded", "server")
_CODES = {400: "request", 401: "key", 403: "key", 404: "model", 408: "timeout", 413: "request", 429: "overloaded"}
_SERVER_ERROR = 500


class Fault(Exception):
    """A call that came to nothing. `code` has its plain words in prompts/ under "fault.<code>"."""

    def __init__(self, code: str, cause: BaseException | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.__cause__ = cause


@dataclass(slots=True)
class Use:
    """What a call took: tokens as the server counts them (0 where it does not say), milliseconds as we do."""

    tokens_in: int = 0
    tokens_out: int = 0
    first_ms: int = 0
    total_ms: int = 0


class Caller:
    """Calls one model. Safe to share between threads; its circuit is shared, too."""

    def __init__(self, model: BaseChatModel, seconds: float) -> None:
        self._model = model
        self._seconds = seconds
        self._circuit = CircuitBreaker(
            fail_max=_FAILURES, reset_timeout=_REST_SECONDS, exclude=[_is_ours], throw_new_error_on_trip=False
        )

    def stream(self, messages: Sequence[BaseMessage], use: Use) -> Generator[str]:
        """The reply in pieces, until it ends, is too long, or the deadline passes. Raises Fault."""
        started = time.monotonic()
        deadline = started + self._seconds
        try:
            with self._circuit.calling():
                written = 0
                for piece in self._retried(messages, deadline, use):
                    use.first_ms = use.first_ms or round((time.monotonic() - started) * 1000)
                    written += len(piece)
                    yield piece
                    if written > _MOST_CHARS:
                        raise Fault("endless")
                if not written:
                    raise Fault("empty")
        except CircuitBreakerError as exc:
            raise Fault("resting", exc) from exc
        finally:
            use.total_ms = round((time.monotonic() - started) * 1000)

    def _retried(self, messages: Sequence[BaseMessage], deadline: float, use: Use) -> Iterator[str]:
        attempts = Retrying(
            stop=stop_after_attempt(_ATTEMPTS),
            wait=wait_exponential_jitter(multiplier=_FIRST_PAUSE, max=_LONGEST_PAUSE),
            retry=retry_if_exception(lambda exc: isinstance(exc, Fault) and exc.code in _AGAIN and _left(deadline) > 1),
            reraise=True,
        )
        try:
            call, first = attempts(lambda: _begun(_Call(self._model, messages, deadline)))
        except RetryError as exc:
            raise Fault("server", exc) from exc
        try:
            if first is not None:
                yield first
                yield from call.pieces()
        finally:
            call.stop()
            use.tokens_in, use.tokens_out = call.tokens


def _begun(call: _Call) -> tuple[_Call, str | None]:
    """The call with its first words, None where it ended without any."""
    return call, next(call.pieces(), None)


def _left(deadline: float) -> float:
    return deadline - time.monotonic()


def _is_ours(exc: BaseException) -> bool:
    """Whether the server is up all the same: a wrong request or key, or a reply that was cut off on our side."""
    return not isinstance(exc, Fault) or exc.code in ("request", "key", "model", "endless", "empty")


@dataclass(slots=True)
class _Call:
    """A reply on its way through a queue; None ends it, an exception breaks it off."""

    model: BaseChatModel
    messages: Sequence[BaseMessage]
    deadline: float
    tokens: tuple[int, int] = (0, 0)
    _queue: queue.Queue[str | BaseException | None] = field(default_factory=queue.Queue)
    _stopped: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        threading.Thread(target=self._run, name="language-model", daemon=True).start()

    def stop(self) -> None:
        """Let the thread end at the next word."""
        self._stopped.set()

    def pieces(self) -> Iterator[str]:
        """The words as they come. Raises Fault."""
        while True:
            try:
                piece = self._queue.get(timeout=max(0.001, _left(self.deadline)))
            except queue.Empty:
                self.stop()
                raise Fault("timeout") from None
            if isinstance(piece, BaseException):
                raise piece if isinstance(piece, Fault) else Fault(code_of(piece), piece)
            if piece is None:
                return
            yield piece

    def _chunks(self) -> Iterator[AIMessageChunk]:
        """The reply as the provider's client gives it. Nothing is traced to anyone, whatever the environment asks."""
        with tracing_context(enabled=False):
            yield from self.model.stream(list(self.messages))

    def _run(self) -> None:
        ended = ""
        try:
            for chunk in self._chunks():
                if usage := getattr(chunk, "usage_metadata", None):
                    self.tokens = (usage.get("input_tokens", 0), usage.get("output_tokens", 0))
                if self._stopped.is_set():
                    return
                if text := chunk.text:
                    self._queue.put(str(text))
                told = chunk.response_metadata
                ended = next((str(told[name]) for name in _ENDINGS if told.get(name)), ended)
        except BaseException as exc:  # noqa: BLE001 - whatever a provider's client throws is told in plain words
            self._queue.put(exc)
        else:
            # A stream that just stops looks like one that is complete, but for the word that says why it ended.
            self._queue.put(Fault("broken") if not ended else Fault("endless") if ended in _CUT_OFF else None)


def code_of(exc: BaseException) -> str:
    """What went wrong, as a code: langchain-core's names for it, else the HTTP status, else its kind."""
    kinds: tuple[tuple[type[BaseException], str], ...] = (
        (model_errors.ModelTimeoutError, "timeout"),
        (httpx.TimeoutException, "timeout"),
        (TimeoutError, "timeout"),
        (model_errors.ModelRateLimitError, "overloaded"),
        (model_errors.ModelAuthenticationError, "key"),
        (model_errors.ModelPermissionDeniedError, "key"),
        (model_errors.ModelNotFoundError, "model"),
        (httpx.ConnectError, "refused"),
        (httpx.RemoteProtocolError, "broken"),
        (httpx.ReadError, "broken"),
        (model_errors.ModelConnectionError, "refused"),
        (ConnectionError, "refused"),
        (json.JSONDecodeError, "malformed"),
    )
    found = next((code for each in _causes(exc) for kind, code in kinds if isinstance(each, kind)), "")
    return found or _by_status(exc) or "malformed"


def _causes(exc: BaseException) -> Iterator[BaseException]:
    """The exception's causes, the innermost first: the transport knows better what happened than its wrappers."""
    chain: list[BaseException] = []
    cause: BaseException | None = exc
    while cause is not None and cause not in chain:
        chain.append(cause)
        cause = cause.__cause__ or cause.__context__
    return reversed(chain)


def _by_status(exc: BaseException) -> str:
    status = getattr(exc, "status_code", None) or getattr(getattr(exc, "response", None), "status_code", None)
    if not isinstance(status, int):
        return ""
    return "server" if status >= _SERVER_ERROR else _CODES.get(status, "request")
