"""From a finished extractive answer to one whose prose a language model wrote, checked sentence by sentence.

The model changes neither the verdict nor the quotes. What it leaves out is put back from the extractive answer, what
it gets wrong is struck, and where too little is left the extractive answer stands, with the reason.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.events import Event
from assistant.guard import warm
from assistant.language import detect
from assistant.models import Answer, Notice
from assistant.reception import Received
from assistant.settings import Settings
from assistant.templates import fill_from
from assistant.verify import faults_in_prose
from assistant.writer.calling import Caller, Fault, Use
from assistant.writer.checking import Checked, Checker
from assistant.writer.connect import connect
from assistant.writer.drafting import cut, marks
from assistant.writer.prompting import answer_messages
from assistant.writer.rewriting import standalone

_MOST_SENTENCES = 12
_DISAGREES = "verdict"
_OTHER_LANGUAGE = "Die Gemeinden sind davon befreit."


@dataclass(slots=True)
class _Draft:
    """What the model has written so far, and what became of it."""

    text: str = ""
    sentences: list[Checked] = field(default_factory=list)
    fault: str = ""
    guard_ms: float = 0.0

    @property
    def standing(self) -> list[Checked]:
        return [sentence for sentence in self.sentences if sentence.accepted]


class Writer:
    """One connected language model. Safe to share between threads."""

    def __init__(self, caller: Caller, model: str) -> None:
        self._caller = caller
        self._model = model

    @classmethod
    def connect(cls, settings: Settings) -> Writer:
        """The model of the settings; nothing is sent yet. Raises ModelError with the remedy."""
        detect(_OTHER_LANGUAGE)  # loads the words of other languages now, not while somebody waits
        warm()
        return cls(Caller(connect(settings), settings.model_seconds), settings.model)

    def write(self, answer: Answer, received: Received, again: Callable[[str], Answer]) -> Iterator[Event]:
        """The events of `answer` written by the model, and last the Answer.

        A follow-up that got no answer is first made to stand alone; `again` answers it in its new wording.
        """
        if answer.verdict == "ikke_besvaret" and received.history and received.text:
            wording = standalone(received.text, received.history, received.language, self._caller)
            answer = _placed(answer, again(wording)) if wording else answer
        yield from write(answer, self._caller, self._model)


def _placed(answer: Answer, other: Answer) -> Answer:
    """The answer to the new wording, where there is one, with what the first one had to tell about the question."""
    if other.verdict == "ikke_besvaret":
        return answer
    notice = Notice("read_as", fill_from("model-notes", answer.language, "read_as", {"question": other.question}))
    return replace(
        other, question=answer.question, standalone_question=other.question, notices=(*other.notices, notice)
    )


def write(answer: Answer, caller: Caller, model: str) -> Iterator[Event]:
    """The draft as it comes ("draft"), each sentence as it is judged ("checked", "struck"), then the Answer."""
    pieces = cut(answer.answer, ended=True).whole
    if answer.verdict == "ikke_besvaret" or not answer.citations or not pieces:
        # What the sources do not say, no model is asked about.
        yield Event("answer", answer=replace(answer, mode="llm", model=model))
        return
    conclusion = "" if marks(pieces[0]) else pieces[0]
    draft, use = _Draft(), Use()
    if conclusion:
        yield Event("checked", conclusion)
    try:
        yield from _drafted(answer, conclusion, caller, draft, use)
    except Fault as exc:
        draft.fault = exc.code
    yield Event("answer", answer=_finished(answer, pieces, draft, use, model))


def _drafted(answer: Answer, conclusion: str, caller: Caller, draft: _Draft, use: Use) -> Iterator[Event]:
    checker = Checker(answer, conclusion)
    done = 0
    with closing(caller.stream(answer_messages(answer, conclusion), use)) as stream:
        for piece in stream:
            draft.text += piece
            yield Event("draft", piece)
            whole = cut(draft.text).whole
            for sentence in whole[done:]:
                yield _judged(sentence, checker, draft)
            done = len(whole)
            if done >= _MOST_SENTENCES:
                raise Fault("endless")
    for sentence in cut(draft.text, ended=True).whole[done:]:
        yield _judged(sentence, checker, draft)


def _judged(sentence: str, checker: Checker, draft: _Draft) -> Event:
    started = time.perf_counter()
    checked = checker.check(sentence)
    draft.guard_ms += (time.perf_counter() - started) * 1000
    draft.sentences.append(checked)
    if checked.repeats:
        return Event("dropped", sentence)
    return Event("checked" if checked.accepted else "struck", sentence, reasons=checked.reasons)


def _finished(answer: Answer, pieces: tuple[str, ...], draft: _Draft, use: Use, model: str) -> Answer:
    """The answer with the model's standing sentences, or the extractive one with the reason."""
    prose = _assembled(pieces, draft)
    if prose and faults_in_prose(replace(answer, answer=prose)):
        prose = ""
    told = {**answer.explanation, "writer": _told(draft, use, model, used=bool(prose))}
    notices = (*answer.notices, *_notices(answer, draft, used=bool(prose)))
    changed = replace(answer, notices=notices, explanation=told)
    return replace(changed, answer=prose, mode="llm", model=model) if prose else replace(changed, model=model)


def _assembled(pieces: tuple[str, ...], draft: _Draft) -> str:
    """The conclusion, what stands of the draft, and each extractive sentence whose quotes nobody has given yet.

    "" when nothing of the draft stands.
    """
    standing = [sentence.text for sentence in draft.standing]
    if not standing:
        return ""
    opening = [] if marks(pieces[0]) else [pieces[0]]
    given = {number for sentence in standing for number in marks(sentence)}
    missing = [piece for piece in pieces[len(opening) :] if set(marks(piece)) - given or not marks(piece)]
    return " ".join([*opening, *standing, *missing])


def _notices(answer: Answer, draft: _Draft, used: bool) -> Iterator[Notice]:
    """What the reader must know about the model's part."""
    struck = [sentence for sentence in draft.sentences if not sentence.accepted and not sentence.repeats]
    if draft.fault:
        yield _notice(answer, f"fault.{draft.fault}", "model_failed")
    elif not used:
        yield _notice(answer, "rejected", "model_failed")
    if any(_DISAGREES in sentence.codes for sentence in struck):
        yield _notice(answer, "disagreed", "model_disagreed")
    if used and struck:
        yield _notice(answer, "struck", "model_struck")
    if any("instruction" in sentence.codes for sentence in struck):
        yield _notice(answer, "instructed", "instruction_ignored")


def _notice(answer: Answer, key: str, code: str) -> Notice:
    return Notice(code, fill_from("model-notes", answer.language, key, {}))


def _told(draft: _Draft, use: Use, model: str, used: bool) -> dict[str, Any]:
    """The model's part for the explanation and the record."""
    return {
        "model": model,
        "used": used,
        "fault": draft.fault,
        "tokens_in": use.tokens_in,
        "tokens_out": use.tokens_out,
        "first_token_ms": use.first_ms,
        "model_ms": use.total_ms,
        "guard_ms": round(draft.guard_ms),
        "sentences": [
            {"text": each.text, "accepted": each.accepted, "repeats": each.repeats, "reasons": list(each.reasons)}
            for each in draft.sentences
        ],
    }
