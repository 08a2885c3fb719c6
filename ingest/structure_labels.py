"""Labels that head a part of an agenda item in a committee's minutes: what was proposed, and what was decided."""

from __future__ import annotations

import re

# Words of a label, with an example each; a body's name may stand before ("Direktionens indstilling").
PROPOSES = {"indstilling": "Direktionens indstilling", "indstillinger": "Indstillinger", "forslag": "Forslag"}
DECIDES = {"beslutning": "Udvalgets beslutning", "beslutninger": "Beslutninger", "konklusion": "Konklusion"}
TELLS = {
    "sagsfremstilling": "Sagsfremstilling",
    "resumé": "Resumé",
    "resume": "Resume",
    "baggrund": "Baggrund",
    "indledning": "Indledning",
    "økonomi": "Økonomi",
    "lovgrundlag": "Lovgrundlag",
    "høring": "Høring",
    "vurdering": "Forvaltningens vurdering",
    "drøftelse": "Drøftelse",
    "referat": "Referat",
}
_LABEL = re.compile(
    rf"(?:[A-ZÆØÅ]\w+s )?(?P<word>{'|'.join((*PROPOSES, *DECIDES, *TELLS))})(?P<of> \w+(?: den [\d. \w]+)?)?:?",
    re.IGNORECASE,
)
_BODIES = re.compile(r" (?:fra|i|af|den)\b", re.IGNORECASE)
_INLINE = re.compile(rf"\s*(?P<label>(?:[A-ZÆØÅ]\w+s )?(?:{'|'.join((*PROPOSES, *DECIDES))}):)\s+(?=\S)", re.IGNORECASE)


def inline_label(line: str) -> tuple[int, int, int]:
    """Where in a line such a label stands and what follows it begins ("Beslutning: Godkendt."); (0, 0, 0) without."""
    match = _INLINE.match(line)
    return (*match.span("label"), match.end()) if match else (0, 0, 0)


def label_of(text: str) -> str:
    """The word of a line that is such a label ("beslutning"), in small letters; "" for any other line."""
    match = _LABEL.fullmatch(text.strip(" *_"))
    if match is None or (match["of"] and not _BODIES.match(match["of"])):
        return ""
    return match["word"].lower()
