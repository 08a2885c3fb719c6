"""Documents and answers as HTML: every word kept, nothing executed, the quoted words marked."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant.legible import visible
from assistant.models import Answer
from assistant.ui import viewer
from assistant.ui.conversation import Conversation, Conversations, Failure
from assistant.ui.reading import document_html, escape, markdown_safe, prose_html
from tests.page_assistant import CORPUS, LETTER, REFUSED, citation, unanswered

DOCUMENTS = sorted(path for path in CORPUS.iterdir() if path.suffix in (".txt", ".md"))


class Text(HTMLParser):
    """The text of some HTML, and that part of it which is marked."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = self.marked = ""
        self.tags: set[str] = set()
        self._inside = False
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._inside |= tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._inside &= tag != "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        self.marked += data if self._inside else ""


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_is_shown_with_exactly_its_own_words(path: Path) -> None:
    text = path.read_text("utf-8")
    shown = Text(document_html(text))
    assert shown.text == visible(text)
    assert shown.tags <= {"div", "span"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_the_marked_words_are_exactly_the_span_wherever_it_lies(path: Path) -> None:
    text = path.read_text("utf-8")
    for start in range(0, len(text) - 90, 397):
        shown = Text(document_html(text, start, start + 90))
        assert shown.marked == text[start : start + 90]
        assert shown.text == text


def test_a_table_row_names_the_column_of_each_cell_without_adding_to_the_text() -> None:
    table = 'Forsøg\tIndhold\tForbehold "x"\n\nPlan\tÉn plan\tIngen\n'
    shown = document_html(table)
    assert 'data-column="Forbehold &quot;x&quot;"' in shown
    assert Text(shown).text == table


def test_formatting_signs_are_kept_but_faint() -> None:
    shown = document_html("Der gives <i>ikke</i> **noget**")
    assert '<span class="sign">&lt;i&gt;</span><span class="i">ikke</span>' in shown
    assert '<span class="b">noget</span>' in shown


def test_a_document_with_markup_of_its_own_is_only_text() -> None:
    evil = '<script>alert(1)</script>\n<img src=x onerror="alert(1)">\n</div><a href="javascript:x">x</a>\tb\tc\t"\n'
    shown = Text(document_html(evil, 3, 20))
    assert shown.text == evil
    assert shown.tags == {"div", "mark"}


def test_an_empty_document_is_empty() -> None:
    assert document_html("") == ""


def test_the_quote_is_marked_only_where_the_document_still_has_it() -> None:
    text = (CORPUS / LETTER.file).read_text("utf-8")
    quoted = citation(1, LETTER, REFUSED, "", text)
    assert Text(viewer.prepare(text, quoted).html).marked == REFUSED
    changed = viewer.prepare("Nyt. " + text, quoted)
    assert not changed.found
    assert Text(changed.html).marked == ""


def test_only_labels_with_a_card_become_links() -> None:
    shown = prose_html("Nej [1], jf. [7] & <b>.\n\nOgså [2].", "kilde-1", {1, 2})
    assert shown.count("<a ") == 2
    assert "[7] &amp; &lt;b&gt;." in shown
    assert shown.count("<p>") == 2


def test_control_characters_are_shown_as_symbols() -> None:
    assert visible("a\x00b\x1b\x7f\ud800\u202e\r\nc\td") == "a␀b␛␡\ufffd\ufffd\nc\td"
    assert visible("a\ufffeb\U0010ffff") == "a\ufffdb\ufffd"
    assert escape("<\x00>") == "&lt;␀&gt;"


def test_text_in_markdown_is_shown_sign_for_sign() -> None:
    assert re.sub(r"\\(.)", r"\1", markdown_safe("**a** [b](c) :red[x] $1$ #h")) == "**a** [b](c) :red[x] $1$ #h"
    assert "\\*\\*a" in markdown_safe("**a**")


def test_a_conversation_remembers_only_answered_questions_as_context() -> None:
    conversation = Conversation("a", "anna")
    for text in ("et", "to", "tre"):
        conversation.ask(text)
    conversation.settle(0, unanswered("et"))
    conversation.settle(1, Failure("Nej tak."))
    assert conversation.history(2) == ("et",)
    assert [turn.pending for turn in conversation.turns] == [False, False, True]
    conversation.retry(1)
    assert conversation.turns[1].pending


def test_a_later_answer_replaces_a_failure() -> None:
    conversation = Conversation("a", "anna")
    conversation.ask("et")
    conversation.settle(0, Failure("Nej tak."))
    conversation.settle(0, unanswered("et"))
    assert isinstance(conversation.turns[0].answer, Answer)
    assert conversation.turns[0].failure is None


def test_only_so_many_conversations_are_kept_and_the_longest_unused_goes_first() -> None:
    kept = Conversations(limit=2)
    for name in ("a", "b"):
        kept.keep(Conversation(name, "anna"))
    assert kept.get("a", "anna")
    kept.keep(Conversation("c", "anna"))
    assert kept.get("b", "anna") is None
    assert kept.get("a", "anna")
    assert kept.get("c", "anna")


def test_a_conversation_is_found_only_by_the_one_whose_it_is() -> None:
    kept = Conversations()
    kept.keep(Conversation("a", "anna"))
    assert kept.get("a", "bo") is None
    assert kept.get("a", "") is None
    assert kept.get("a", "anna")
