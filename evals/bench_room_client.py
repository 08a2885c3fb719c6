"""A browser's part of a page, without the browser: Streamlit's messages over a real WebSocket.

It draws nothing. It keeps what a page would show that somebody can fill in or press, answers the page's own wish to be
drawn anew every second, and tells of each piece of HTML as it comes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from time import monotonic
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

_PATIENCE_S = 30.0


class Seen(NamedTuple):
    """A piece of HTML, and when it came (monotonic)."""

    html: str
    at: float


class Page:
    """One open page. Use it as an asynchronous context."""

    def __init__(self, server: str, page: str = "", query: str = "", on_html: Callable[[Seen], None] | None = None):
        self.fields: dict[str, Any] = {}  # by their key: what can be filled in or pressed, as the page described it
        self.query = query
        self._values: dict[str, Any] = {}
        self._server, self._page, self._on_html = server, page, on_html
        self._hash = ""
        self._html: list[Seen] = []
        self._news = asyncio.Condition()
        self._repeats: dict[str, asyncio.Task[None]] = {}
        self._socket: Any = None
        self._reader: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        # Imported here: only this bench opens sockets of its own.
        from websockets.asyncio.client import connect

        where = f"ws://{urlsplit(self._server).netloc}/_stcore/stream"
        self._socket = await connect(where, origin=self._server, subprotocols=["streamlit"], max_size=None)  # type: ignore[arg-type, list-item]
        self._reader = asyncio.create_task(self._read())
        await self._send()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stop_repeats()
        if self._reader:
            self._reader.cancel()
            with suppress(asyncio.CancelledError):
                await self._reader
        await self._socket.close()

    def set(self, key: str, value: str) -> None:
        """Fill in a text, or choose an option by the words that are shown."""
        self._values[key] = value

    async def press(self, key: str) -> None:
        """Press a button once it is there; what was filled in goes with it. Raises TimeoutError."""
        await self.has(key)
        await self._send(pressed=key)

    async def apply(self) -> None:
        """Send what was filled in, as leaving a field does."""
        await self._send()

    async def until(self, text: str, after: float = 0.0) -> Seen:
        """The first HTML with `text` that came after that moment. Raises TimeoutError."""
        async with asyncio.timeout(_PATIENCE_S), self._news:
            while True:
                for seen in self._html:
                    if seen.at >= after and text in seen.html:
                        return seen
                await self._news.wait()

    async def has(self, key: str) -> Any:
        """The field with this key, once it is there. Raises TimeoutError."""
        async with asyncio.timeout(_PATIENCE_S), self._news:
            await self._news.wait_for(lambda: key in self.fields)
        return self.fields[key]

    async def _send(self, pressed: str = "", fragment: str = "") -> None:
        from streamlit.proto.BackMsg_pb2 import BackMsg

        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_name, state.fragment_id = self.query, self._page, fragment
        state.page_script_hash = self._hash
        state.is_auto_rerun = bool(fragment)
        state.context_info.url = f"{self._server}/{self._page}"
        for key, value in self._values.items():
            if key in self.fields:
                state.widget_states.widgets.add(id=self.fields[key].id, string_value=value)
        if pressed:
            state.widget_states.widgets.add(id=self.fields[pressed].id, trigger_value=True)
        await self._socket.send(message.SerializeToString())

    async def _read(self) -> None:
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        async for data in self._socket:
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "new_session" and not message.metadata.run.fragment_ids:
                self._stop_repeats()  # as a browser does when the whole page is drawn anew
            elif kind == "stop_auto_rerun":
                self._stop_repeats(message.stop_auto_rerun.fragment_ids)
            elif kind == "auto_rerun":
                self._repeat(message.auto_rerun.fragment_id, message.auto_rerun.interval)
            elif kind == "navigation":
                self._hash, self._page = message.navigation.page_script_hash, ""  # as a browser names it from now on
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                await self._element(message.delta.new_element)

    async def _element(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        held: Any = getattr(element, kind or "", None)
        async with self._news:
            if kind == "html":
                seen = Seen(held.body, monotonic())
                self._html.append(seen)
                if self._on_html:
                    self._on_html(seen)
            elif getattr(held, "id", ""):
                self.fields[_key(held.id)] = held
            self._news.notify_all()

    def _repeat(self, fragment: str, seconds: float) -> None:
        if fragment not in self._repeats:
            self._repeats[fragment] = asyncio.create_task(self._every(fragment, seconds))

    async def _every(self, fragment: str, seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds)
            await self._send(fragment=fragment)

    def _stop_repeats(self, fragments: Iterable[str] | None = None) -> None:
        """Of these fragments, or of all."""
        for fragment in list(self._repeats if fragments is None else fragments):
            if task := self._repeats.pop(fragment, None):
                task.cancel()


def _key(identity: str) -> str:
    """The key that the page's code gave a field: Streamlit's id is `$$ID-<hash>-<key>`."""
    return identity.split("-", 2)[-1]
