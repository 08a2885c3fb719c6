"""An answer while it is written: what is checked, what was struck, and the draft that nobody has checked yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.ui.reading import escape
from assistant.ui.session import Event
from assistant.ui.wording import Wording


@dataclass(slots=True)
class Live:
    """What the page shows until the answer is finished."""

    words: Wording
    finished: str = ""
    judged: list[tuple[str, str]] = field(default_factory=list)
    draft: str = ""
    drafted: bool = False

    def take(self, event: Event) -> bool:
        """Keep what an event brings; whether it changes what is shown."""
        if event.kind == "text":
            self.finished += event.text
        elif event.kind == "draft":
            self.draft += event.text
            self.drafted = True
        elif event.kind in ("checked", "struck", "dropped"):
            self.judged.append((event.kind, event.text))
            self.draft = after(self.draft, event.text)
        else:
            return False
        return True

    def html(self) -> str:
        """The text so far; a draft is named as one and stands apart."""
        pieces = [f"<p>{escape(self.finished)}</p>" * bool(self.finished)]
        judged = " ".join(_TAGS[kind].format(escape(text)) for kind, text in self.judged if kind in _TAGS)
        pieces.append(f"<p>{judged}</p>" * bool(judged))
        if self.draft.strip():
            label = escape(self.words["draft"])
            pieces.append(f'<p class="fa-draft"><span>{label}</span> {escape(self.draft)}</p>')
        return f'<div class="fa-answer fa-live">{"".join(pieces)}</div>'


_TAGS = {"checked": "<span>{}</span>", "struck": "<del>{}</del>"}


def after(draft: str, sentence: str) -> str:
    """What is left of the draft behind a sentence that has been judged; its ornaments may differ."""
    wanted = sum(not letter.isspace() for letter in sentence)
    kept = 0
    for place, letter in enumerate(draft):
        if kept >= wanted:
            return draft[place:]
        kept += not letter.isspace()
    return ""
