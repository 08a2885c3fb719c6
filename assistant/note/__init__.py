"""The journal note: one recorded answer as a file for the case, in Word or as PDF.

The same `NoteOf` gives the same bytes, so that a note can be made again and compared. The two libraries are loaded
when first used.
"""

from __future__ import annotations

from assistant.note.content import NoteOf

__all__ = ["NoteOf", "note_docx", "note_pdf"]


def note_docx(of: NoteOf) -> bytes:
    """The note as a Word document (A4)."""
    from assistant.note.content import note
    from assistant.note.docx import written

    return written(note(of))


def note_pdf(of: NoteOf) -> bytes:
    """The note as a PDF (A4) with its fonts in it."""
    from assistant.note.content import note
    from assistant.note.pdf import printed

    return printed(note(of))
