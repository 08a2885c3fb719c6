"""When a quote counts as found: white space and emphasis marks do not matter, every other character does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from evals.cases import MustCite

# What stands in the corpus' files as emphasis, with an example each; the words between are kept.
EMPHASIS = (
    (re.compile(r"</?(?:i|b|em|strong|u|sup|sub|mark)\b[^<>]*>", re.IGNORECASE), "gives <i>ikke</i> fritagelse"),
    (re.compile(r"\*+"), "imødekommes *ikke*"),
    (re.compile(r"(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)"), "gives _ikke_ afslag"),
)
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\ufeff"))
_SPACES = re.compile(r"\s+")
_SUFFIX = re.compile(r"\.(?:txt|md|pdf)$", re.IGNORECASE)


def normalise(text: str) -> str:
    """`text` in NFC without emphasis marks and invisible characters, each run of white space one space."""
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    for pattern, _ in EMPHASIS:
        text = pattern.sub("", text)
    return _SPACES.sub(" ", text).strip()


def same_document(doc: str, source_id: str) -> bool:
    """True if a case's `doc` names the source; a file's ending may be given."""
    return _SUFFIX.sub("", doc) == source_id


def supports(must_cite: Iterable[MustCite], source_id: str, *texts: str) -> bool:
    """True if one of `texts`, all from `source_id`, contains one of the quotes of that document."""
    quotes = [normalise(wanted.quote) for wanted in must_cite if same_document(wanted.doc, source_id)]
    if not quotes:
        return False
    return any(quote in text for text in map(normalise, texts) for quote in quotes)


def says(pattern: str, *texts: str) -> bool:
    """True if `pattern`, whatever its case, is found in one of `texts` as it stands or normalised."""
    wanted = re.compile(pattern, re.IGNORECASE)
    return any(wanted.search(text) or wanted.search(normalise(text)) for text in texts)
