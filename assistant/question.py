"""Understanding a question: what it wants to do (act), how it puts it (mode), which answer it wants (form)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.asking import Clause, clause_of, parted
from assistant.dates import dates_named
from assistant.documents import Named, documents_in
from assistant.durations import words_of_lengths
from assistant.frames import Cue, built, fold_text, frames
from assistant.lexicon import Lexicon
from assistant.models import Language
from assistant.parts import words_of_parts
from assistant.people import people_named
from assistant.places import municipalities_in, places
from assistant.provisions import Mention, laws_named, parse
from assistant.respelling import asking_words_spelt, laws_spelt, spelt_out
from assistant.topic import Term, terms_of
from assistant.unsigned import signed
from assistant.words import tokens

_YEAR = re.compile(r"\b(20[0-4]\d)\b")
_CONTEXT_WEIGHT = 0.45
_GREETING = re.compile(
    r"^\W*(hej|hejsa|goddag|god (morgen|aften|dag)|kære|hello|hi|dear|good (morning|afternoon))\b"
    r"[^.:!?]{0,40}[.:!,-]+\s+",
    re.IGNORECASE,
)
# Forms whose words decide wherever in the question they stand ("Hvad er forskellen ...").
_ANYWHERE = frozenset({"condition", "compare", "how_much"})


@dataclass(frozen=True)
class Question:
    """A question as understood; `act` is skip or do, `mode` must, may or none, `form` permission or a kind of fact.

    A follow-up joined with what it hangs on keeps apart what it says itself: `fresh` are its own terms (as written)
    where it has any, `inherits` tells that its provisions are those spoken of before, and `turn` is the place in
    `text` where it begins.
    """

    text: str
    language: Language
    act: str
    mode: str
    form: str
    mentions: tuple[Mention, ...] = ()
    terms: tuple[Term, ...] = ()
    municipalities: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    documents: tuple[Named, ...] = ()
    fresh: frozenset[str] = frozenset()
    inherits: bool = False
    turn: int = 0

    @property
    def asks_duty(self) -> bool:
        """Whether it asks if something must be done."""
        return self.mode == "must" and self.act == "do"

    @property
    def deontic(self) -> bool:
        """Whether the answer is a yes or no about a rule."""
        return self.form == "permission"


def understand(text: str, language: Language, lexicon: Lexicon) -> Question:
    """The question's frame and topic; never fails, whatever the text."""
    written, text = text, people_named(in_full(_ungreeted(text), language), language)
    main, rest = parted(text)
    main = _what_is_skipped(main)
    clause = clause_of(main)
    act, acted = _acts(clause, main)
    mode, mode_at = _mode(clause)
    form = _form(clause, mode_at, act)
    if form == "permission":
        bound = _forbids_skipping(clause) or _doubly_denied(clause)
        act, mode = ("do", "must") if bound else (act, mode or "may")
        act, mode = _turned(act, mode) if clause.denied else (act, mode)
    elif act == "refusal":
        acted = frozenset()  # "Hvorfor fik vi afslag?" is about the refusal
    laws = laws_named(text)
    mentions = tuple(mention for mention in parse(text, laws[0] if len(laws) == 1 else "") if _has_place(mention))
    acted |= _dated_words(text) | words_of_lengths(text) if form == "permission" else frozenset()
    acted |= words_of_parts(text) if mentions else frozenset()
    return Question(
        text=written,
        language=language,
        act=act,
        mode=mode or "none",
        form=form,
        mentions=mentions,
        terms=(
            *terms_of(main, 1.0, language, lexicon, acted),
            *terms_of(rest, _CONTEXT_WEIGHT, language, lexicon, acted),
        ),
        municipalities=municipalities_in(text),
        years=tuple(int(year) for year in _YEAR.findall(text)),
        months=_months(text),
        kinds=_kinds(text, lexicon.kinds),
        documents=documents_in(written, lexicon.kinds),
    )


def in_full(text: str, language: Language) -> str:
    """The question with its abbreviations and provisions as documents write them."""
    return signed(laws_spelt(asking_words_spelt(spelt_out(text))) if language == "da" else text, language)


def _ungreeted(text: str) -> str:
    """The question without a greeting before it ("Hej, et hurtigt spørgsmål: ...")."""
    return _GREETING.sub("", text, count=1)


def _dated_words(text: str) -> frozenset[str]:
    """The words of the times that a text names: asked of a rule, they say for when and are no topic."""
    spans = (text[each.span.start : each.span.end] for each in dates_named(text))
    return frozenset(word.word for span in spans for word in tokens(span))


def _has_place(mention: Mention) -> bool:
    """Whether a reference names a § or a chapter; a bare "stk. 3" places nothing by itself."""
    return any(provision.paragraf or provision.kapitel for provision in mention.provisions)


def _ends_of(cue: str) -> tuple[str, ...]:
    """The words of a cue that carry it: the first and the last, since the topic may stand between them."""
    words = [token.word for token in tokens(cue)]
    return (words[0], words[-1]) if words else ()


def _what_is_skipped(main: str) -> str:
    """The question without what one would "make do with", where it also says what to leave out."""
    folded = fold_text(main)
    match = built("make_do", folded)
    rest = folded[: match.start()] + folded[match.end() :] if match else folded
    return rest if match and any(cue.pattern.search(rest) for cue in frames().acts) else main


def _mode(clause: Clause) -> tuple[str, int]:
    """How the clause puts it, and where it says so; a statement by its first modal, a question also by its order."""
    stated = _first(clause.text, frames().stated) if clause.stated else ("", -1)
    return stated if stated[0] else _first(clause.text, frames().modes)


def _turned(act: str, mode: str) -> tuple[str, str]:
    """Act and mode of the question whose yes is this one's no: "Is it wrong that we must ...?"."""
    if act == "do":
        return ("skip", "may") if mode == "must" else ("refusal", "may")
    return ("do", "must") if act == "skip" else ("do", "may")


def _first(folded: str, cues: tuple[Cue, ...]) -> tuple[str, int]:
    """The name and place of the first cue of the first group that matches anywhere; ("", -1) if none does."""
    best = ("", -1)
    for cue in cues:
        match = cue.pattern.search(folded)
        if match and (best[1] < 0 or match.start() < best[1]):
            best = (cue.name, match.start())
    return best


def _acts(clause: Clause, main: str) -> tuple[str, frozenset[str]]:
    """Skip, do or refusal, by the clause that asks, and by all of the sentence where that only points ("Er det ok?").

    With it the words that say so, which are no topic.
    """
    everything = fold_text(main)
    skips = _skips(clause.text, _asks_what(clause))
    if not skips and not _first(clause.text, frames().modes)[0]:
        skips = _skips(everything, _asks_what(clause))
    refused, forbidden = built("refusal", clause.text), built("forbidden", clause.text)
    said = (*_skips(everything, _asks_what(clause)), *(match.group() for match in (refused, forbidden) if match))
    words = frozenset(word for cue in said for word in _ends_of(cue))
    if refused or (forbidden and not skips):
        return "refusal", words
    return "skip" if skips and not forbidden else "do", words


def _asks_what(clause: Clause) -> bool:
    """Whether a question word asks, not the verb: what it calls left out is no freedom asked for."""
    return not clause.polar and bool(built("wh", clause.text))


def _skips(folded: str, narrow: bool) -> tuple[str, ...]:
    """The places of a text that say that something is not done, none within another; `narrow`: in plain words only."""
    spans: list[tuple[int, int]] = []
    for cue in frames().acts:
        for match in () if narrow and cue.name == "leave" else cue.pattern.finditer(folded):
            if not any(start < match.end() and match.start() < end for start, end in spans):
                spans.append(match.span())
    return tuple(folded[start:end] for start, end in spans)


def _doubly_denied(clause: Clause) -> bool:
    """Whether a claim is that one is not free of something, which is to say that one must."""
    return clause.judged and bool(built("not_free", clause.text))


def _forbids_skipping(clause: Clause) -> bool:
    """Whether it asks if leaving undone is forbidden, which is to ask if one must."""
    return bool(built("forbidden", clause.text) and _skips(clause.text, narrow=False))


def _form(clause: Clause, mode_at: int, act: str) -> str:
    """Which answer is wanted: a yes or no about a rule, a yes or no about a fact, or one of the table's forms."""
    folded = clause.text
    wh = None if clause.stated else built("wh", folded)
    if built("several", folded):
        return "compare"
    if _first(folded, tuple(cue for cue in frames().forms if cue.name == "task"))[0]:
        return "task"
    if mode_at >= 0 and (not wh or mode_at < wh.start()):
        return "permission"
    if (act == "skip" or (act == "refusal" and clause.stated)) and (clause.polar or "?" in folded) and not wh:
        return "permission"
    if clause.stated:
        return "whether"
    asked = _asked_form(folded, bool(wh), clause.polar)
    if asked:
        return asked
    if clause.polar:
        return "whether"
    return "permission" if mode_at >= 0 else "fact"


def _asked_form(folded: str, wh: bool, verb_first: bool) -> str:
    """The form that a question word asks for: of several the first said, "hvad" only where there is no other."""
    found: list[tuple[bool, int, int, str]] = []
    for place, cue in enumerate(frames().forms):
        match = cue.pattern.search(folded)
        if match and (wh or cue.name == "compare" or not verb_first):
            if cue.name in _ANYWHERE:
                return cue.name
            found.append((cue.name == "fact", match.start(), place, cue.name))
    return min(found)[3] if found else ""


def _months(text: str) -> tuple[int, ...]:
    """Months that the text names; the English "may" is a month only beside a year or day."""
    found = []
    for word in tokens(text):
        number = places().months.get(word.word)
        if number and not (word.word == "may" and not re.search(r"\d", text[max(0, word.start - 4) : word.end + 6])):
            found.append(number)
    return tuple(found)


def _kinds(text: str, at_hand: frozenset[str]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            kind for word in tokens(text) for kind in places().document(word) if not at_hand or kind in at_hand
        )
    )
