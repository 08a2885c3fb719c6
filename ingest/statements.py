"""What each passage says: its sentences and cells as statements with effect, provisions and exact places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assistant.effects import BINDING, WITHHOLDING, cut, effect_of
from assistant.models import Provision, Span, Statement
from assistant.provisions import parse
from assistant.sentences import sentences
from ingest.clean import Clean
from ingest.structure import Draft

# An application only asks, whatever its verbs say; a letter between politicians only wishes.
_EFFECT_OF_KIND = {"ansoegning": "applied"}
# Columns of a decision's table whose words limit what the row grants, whatever their verbs say.
_LIMITING_COLUMNS = ("forbehold", "bemærkning", "betingelse", "vilkår")
_GRANTING_COLUMNS = ("indhold", "forsøg", "fritagelse")


class _Piece(NamedTuple):
    """One statement's words before it is judged: their reading, place, column and what they hang under."""

    clean: Clean
    span: Span
    role: str
    context: str


def statements(draft: Draft) -> tuple[Statement, ...]:
    """The statements of a passage, in reading order; every word of it belongs to one."""
    passage = draft.passage
    found = []
    for number, piece in enumerate(_pieces(draft)):
        text = piece.clean.text[piece.span.start : piece.span.end].strip(" ,")
        found.append(
            Statement(
                id=f"{passage.id}.{number}",
                passage_id=passage.id,
                effect=_effect(passage.kind_of_source, piece, text),
                text=text,
                spans=piece.clean.spans(piece.span.start, piece.span.end),
                role=piece.role,
                context=piece.context,
                provisions=_provisions(text, piece.context),
            )
        )
    return tuple(statement for statement in found if statement.spans)


def _pieces(draft: Draft) -> Iterator[_Piece]:
    if draft.cells:
        row = next((cell.clean.text for cell in draft.cells if cell.clean.text), "")
        for cell in draft.cells:
            yield from _sentences_of(cell.clean, cell.column, "" if cell.clean.text == row else row)
    else:
        yield from _sentences_of(draft.clean, "", draft.passage.lead_in)


def _sentences_of(clean: Clean, role: str, context: str) -> Iterator[_Piece]:
    for sentence in sentences(clean.text):
        for piece in cut(clean.text[sentence.start : sentence.end]):
            yield _Piece(clean, Span(sentence.start + piece.start, sentence.start + piece.end), role, context)


def _effect(kind_of_source: str, piece: _Piece, text: str) -> str:
    """The effect of the words, then of the lead-in they hang under, then of the column they stand in."""
    if kind_of_source in _EFFECT_OF_KIND:
        return _EFFECT_OF_KIND[kind_of_source]
    own = effect_of(text)
    role = piece.role.lower()
    if piece.context and not role:
        lead = effect_of(piece.context)
        # An item under "fritages for følgende:" takes the lead-in's effect unless it withholds in its own words.
        return own if own in WITHHOLDING or lead == "fact" else lead
    if role.startswith(_LIMITING_COLUMNS) and own in BINDING | {"fact", "permitted"}:
        return "condition"
    if role.startswith(_GRANTING_COLUMNS) and own in {"fact", "required"}:
        return "permitted"
    return own


def _provisions(text: str, context: str) -> tuple[Provision, ...]:
    """Provisions named in the statement, or, when it names none, in what it hangs under."""
    own = tuple(provision for mention in parse(text) for provision in mention.provisions)
    return own or tuple(provision for mention in parse(context) for provision in mention.provisions)
