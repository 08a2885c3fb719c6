"""The tokens of all texts of an index, in three files of a folder: read where they are asked for, never as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from assistant.records import damaged
from assistant.relevance import Tokens

PLACES, IDS, ROWS = "places.json", "ids.npy", "rows.npy"


class TokenIndex:
    """Tokens by what they are of: a statement's or a passage's id. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Raises IndexStoreError when the files cannot be read or do not fit each other."""
        try:
            places: dict[str, list[int]] = json.loads((folder / PLACES).read_text(encoding="utf-8"))
            self._ids = np.load(folder / IDS, mmap_mode="r", allow_pickle=False)
            self._rows = np.load(folder / ROWS, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError) as exc:
            raise damaged(folder, "tokens kan ikke læses") from exc
        self._places: Mapping[str, list[int]] = places
        if len(self._ids) != len(self._rows) or any(end > len(self._ids) for _, end in places.values()):
            raise damaged(folder, "det mangler tokens")

    def __len__(self) -> int:
        return len(self._places)

    def of(self, *names: str) -> Tokens | None:
        """The tokens of the first of `names` that has any."""
        for name in names:
            if name in self._places:
                start, end = self._places[name]
                return Tokens(self._ids[start:end], self._rows[start:end])
        return None


def write_tokens(folder: Path, texts: Iterable[tuple[str, Sequence[str], Tokens]]) -> None:
    """Write each text's tokens once, under its key and under the ids of all that it is the text of."""
    folder.mkdir()
    given = list(texts)
    ends = np.cumsum([0, *(len(tokens.ids) for _, _, tokens in given)]).tolist()
    places = {
        name: [start, end]
        for (key, ids, _), (start, end) in zip(given, pairwise(ends), strict=True)
        for name in (key, *ids)
    }
    (folder / PLACES).write_text(json.dumps(places), encoding="utf-8")
    np.save(folder / IDS, np.concatenate([tokens.ids for _, _, tokens in given] or [np.empty(0, np.int32)]))
    width = max((tokens.rows.shape[1] for _, _, tokens in given), default=0)
    np.save(folder / ROWS, np.concatenate([np.empty((0, width), np.float16), *(tokens.rows for _, _, tokens in given)]))
