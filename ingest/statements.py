"""What each passage says: its sentences and cells as statements with effect, provisions and exact places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from assistant.effects import (
    ASIDE,
    BINDING,
    GIVING,
    LABEL,
    QUESTION,
    WITHHOLDING,
    cut,
    effect_of,
    gives_competence,
    sets_conditions,
    turned,
)
from assistant.hostile import find
from assistant.models import Passage, Provision, Span, Statement
from assistant.provisions import parse
from assistant.replies import asks, effect_of_reply, is_bare_reply, reply_in
from assistant.sentences import sentences
from assistant.spelling import Meaning, as_it_stands
from ingest.clean import Clean
from ingest.statement_thread import Lead, Thread
from ingest.structure import CELL_GAP, Draft

# An application only asks, whatever its verbs say; a letter between politicians only wishes.
_EFFECT_OF_KIND = {"ansoegning": "applied"}
# Columns of a decision's table whose words limit what the row grants, whatever their verbs say.
_LIMITING_COLUMNS = ("forbehold", "bemærkning", "betingelse", "vilkår")
_GRANTING_COLUMNS = ("indhold", "forsøg", "fritagelse")
# The number of a law's § or stk., which the splitting of sentences leaves alone.
_LABEL = re.compile(r"(?:§+\s*\d+(?:\s?[a-zæøå])?|Stk\.\s*\d+|(?:Punkt |Pkt\. |Ad )?\d{1,2}|[a-zæøå])\s*[.):]")


class _Piece(NamedTuple):
    """One statement's words before it is judged: their reading, place and column, and what they hang under.

    `lead` governs them ("Kommunen fritages for:"), `row` is the table row's first cell; `reply` is "ja" or "nej" where
    they are a cell that says so.
    """

    clean: Clean
    span: Span
    role: str = ""
    lead: str = ""
    row: str = ""
    reply: str = ""

    @property
    def text(self) -> str:
        return self.clean.text[self.span.start : self.span.end].strip(" ,").replace(CELL_GAP, ": ")


def statements_of(drafts: Iterable[Draft], meant: Meaning = as_it_stands) -> Iterator[tuple[Statement, ...]]:
    """The statements of a document's passages, passage by passage; every word of a passage belongs to one.

    `meant` reads damaged words; a statement's own words stay as they stand.
    """
    thread = Thread()
    for draft in drafts:
        passage = draft.passage
        thread = thread.under(passage.heading_path, _opens_with_a_reply(draft.clean.text))
        aside = bool(find(draft.clean.text))
        found = []
        for number, piece in enumerate(_pieces(draft)):
            said = meant(piece.text)
            lead = thread.under_lead(meant(piece.lead)) if piece.lead else Lead()
            context = lead.text or thread.context(said, piece.row)
            effect = ASIDE if aside else _effect(passage.kind_of_source, said, lead, piece, thread)
            found.append(_statement(passage, number, piece, effect, context, said))
            thread = thread.after_item(said, effect) if piece.lead else thread.after(said, effect, context)
        yield tuple(statement for statement in found if statement.spans)


def _statement(passage: Passage, number: int, piece: _Piece, effect: str, context: str, said: str) -> Statement:
    return Statement(
        id=f"{passage.id}.{number}",
        passage_id=passage.id,
        effect=effect,
        text=piece.text,
        spans=piece.clean.spans(piece.span.start, piece.span.end),
        role=piece.role,
        context=context,
        provisions=_provisions(piece.text, context),
        meant=said if said != piece.text else "",
    )


def _opens_with_a_reply(text: str) -> bool:
    return bool(reply_in(text)) or text.lower().startswith(("svar", "a:"))


def _pieces(draft: Draft) -> Iterator[_Piece]:
    if draft.cells:
        yield from _cells(draft)
    else:
        yield from _sentences_of(_Piece(draft.clean, Span(0, 0), lead=draft.passage.lead_in))


def _sentences_of(whole: _Piece) -> Iterator[_Piece]:
    """The sentences, cut where they begin to say another thing; a bare "Nej." goes with the reason behind it."""
    start: int | None = None
    text = whole.clean.text
    found = sentences(text)
    for number, sentence in enumerate(found):
        start = sentence.start if start is None else start
        if number + 1 < len(found) and is_bare_reply(text[sentence.start : sentence.end]):
            continue
        for piece in cut(text[start : sentence.end]):
            yield whole._replace(span=Span(start + piece.start, start + piece.end))
        start = None


def _cells(draft: Draft) -> Iterator[_Piece]:
    """The cells of a row; one that answers its column's heading with a word is read with the row's first cell."""
    first = draft.cells[0]
    row = first.clean.text
    joined = _answered_row(draft)
    if joined:
        yield joined
    persons = _is_of_persons(draft)
    for cell in draft.cells[2:] if joined else draft.cells:
        reply = reply_in(cell.clean.text) if persons or is_bare_reply(cell.clean.text) else ""
        hangs = "" if cell.clean.text == row else f"{row}: {cell.column}" if persons else row
        yield from _sentences_of(_Piece(cell.clean, Span(0, 0), cell.column, row=hangs, reply=reply))


def _is_of_persons(draft: Draft) -> bool:
    """Whether a row says of several persons, one a column, whether they may decide on what its first cell names."""
    replies = [cell for cell in draft.cells[1:] if reply_in(cell.clean.text)]
    headings = f"{draft.cells[0].column} {' '.join(draft.passage.heading_path)}"
    return len(replies) > 1 and len(replies) == len(draft.cells) - 1 and gives_competence(headings)


def _answered_row(draft: Draft) -> _Piece | None:
    """The first two cells as one ("CV på Jobnet: Nej"), where the second is a bare reply to its column's heading."""
    if len(draft.cells) < 2 or not is_bare_reply(draft.cells[1].clean.text):
        return None
    first, second = draft.cells[:2]
    together = f"{first.clean.text}{CELL_GAP}{second.clean.text}"
    reply = reply_in(second.clean.text)
    if not effect_of_reply(second.column, reply) or not draft.clean.text.startswith(together):
        return None
    return _Piece(draft.clean, Span(0, len(together)), second.column, reply=reply)


def _effect(kind: str, text: str, lead: Lead, piece: _Piece, thread: Thread) -> str:
    """The effect of the words, then of the lead-in they hang under, then of the column they stand in."""
    if _LABEL.fullmatch(text):
        return LABEL
    if asks(text):
        return QUESTION
    if kind in _EFFECT_OF_KIND:
        return _EFFECT_OF_KIND[kind]
    replied = effect_of_reply(piece.role, piece.reply) or effect_of_reply(thread.question, reply_in(text))
    if piece.row.endswith(f": {piece.role}") and piece.reply and not replied:
        return "permitted" if piece.reply == "ja" else "forbidden"
    if replied:
        return replied
    own = effect_of(text, kind)
    if piece.lead:
        return _under(lead.effect or effect_of(piece.lead, kind), own, sets_conditions(piece.lead))
    if own == "not_exempt" and thread.withholds_from_what_may_be_done(text):
        return "forbidden"
    if thread.effect and (way := turned(text, thread.effect)):
        return way
    return _in_column(piece.role.lower(), own)


def _under(lead: str, own: str, conditions: bool) -> str:
    """An item's effect: its lead-in's ("fritages for følgende:"), unless it withholds in its own words.

    Under "på følgende vilkår:" it may also grant something of its own. `conditions`: it says when the lead-in holds.
    """
    if conditions and lead in GIVING:
        return "condition"
    if conditions and lead not in ("fact", "condition"):
        return lead
    if lead == "fact" or own in WITHHOLDING or (lead == "condition" and own in GIVING):
        return own
    return lead


def _in_column(role: str, own: str) -> str:
    if role.startswith(_LIMITING_COLUMNS) and own in BINDING | {"fact", "permitted"}:
        return "condition"
    if role.startswith(_GRANTING_COLUMNS) and own in {"fact", "required"}:
        return "permitted"
    return own


def _provisions(text: str, context: str) -> tuple[Provision, ...]:
    """Provisions named in the statement, or, when it names none, in what it hangs under."""
    own = tuple(provision for mention in parse(text) for provision in mention.provisions)
    return own or tuple(provision for mention in parse(context) for provision in mention.provisions)
