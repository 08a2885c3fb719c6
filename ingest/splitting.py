"""Texts too long for the embedding model's window, in pieces that fit it: the one use of LangChain's splitters."""

from __future__ import annotations

from collections.abc import Callable, Sequence

BOUNDARIES = ["\n\n", "\n", ". ", "; ", ", ", " ", ""]
OVERLAP = 0.1  # of the window: what stands at a cut is seen with what is before it and after it


def pieces(head: str, body: str, counts: Callable[[Sequence[str]], list[int]], window: int) -> tuple[str, ...]:
    """The text `head` + newline + `body`, as one piece if it fits the window, else in pieces that each have the head.

    `counts` gives the tokens of each text, `window` the most that fit. A head longer than a quarter of the window is
    split with the rest. Every word of the body stands in a piece.
    """
    whole = f"{head}\n{body}" if head else body
    if counts([whole])[0] <= window:
        return (whole,)
    taken = counts([head])[0] if head else 0
    if taken > window // 4:
        return _split(whole, counts, window)
    return tuple(f"{head}\n{piece}" if head else piece for piece in _split(body, counts, window - taken))


def _split(text: str, counts: Callable[[Sequence[str]], list[int]], limit: int) -> tuple[str, ...]:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        separators=BOUNDARIES,
        chunk_size=limit,
        chunk_overlap=int(limit * OVERLAP),
        length_function=lambda piece: counts([piece])[0],
        keep_separator="end",
    )
    return tuple(splitter.split_text(text))
