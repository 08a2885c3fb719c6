"""Text as a reader can see it: control characters made visible, and the signs found that only format."""

from __future__ import annotations

import re

# Signs that only format: "**Dato**", "*ikke*", "<i>ikke</i>", "## Tabel". Shown faint, never removed.
SIGNS = re.compile(r"[\f␌]|\*{1,3}|</?(?:i|b|em|strong|u|sup|sub)>|^ {0,3}#{1,6}(?= )", re.IGNORECASE | re.MULTILINE)


def visible(text: str) -> str:
    """`text` with control characters as the symbols for them, so that nothing in it is invisible or unsendable."""
    return "".join(_visible(char) for char in text.replace("\r\n", "\n").replace("\r", "\n"))


def _visible(char: str) -> str:
    code = ord(char)
    if char in "\n\t":
        return char
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0x80 <= code < 0xA0 or 0xD800 <= code < 0xE000 or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069:
        return "\ufffd"
    # U+FFFE and its like are no characters: XML refuses the first two.
    return "\ufffd" if code & 0xFFFE == 0xFFFE else char
