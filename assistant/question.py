"""Understanding a question: what it wants to do (act), how it puts it (mode), which answer it wants (form)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.dates import dates_named
from assistant.documents import Named, documents_in
from assistant.frames import Cue, built, fold_text, frames
from assistant.lexicon import Lexicon
from assistant.models import Language
from assistant.places import municipalities_in, places
from assistant.provisions import Mention, laws_named, parse
from assistant.respelling import laws_spelt, spelt_out
from assistant.sentences import sentences
from assistant.topic import Term, terms_of
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
    where it has any, and `inherits` tells that its provisions are those spoken of before.
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
    written, text = text, laws_spelt(spelt_out(_ungreeted(text))) if language == "da" else _ungreeted(text)
    main, rest = _split(text)
    main = _what_is_skipped(main)
    folded = _without_courtesy(fold_text(main))
    act, act_cues = _act(folded)
    folded = _asking(main) or folded
    refused = built("refusal", folded)
    mode, mode_at = _first(folded, frames().modes)
    form = _form(folded, mode_at, act)
    if form == "permission" and not mode:
        mode = "may"
    laws = laws_named(text)
    mentions = tuple(mention for mention in parse(text, laws[0] if len(laws) == 1 else "") if _has_place(mention))
    acted = frozenset(word for cue in (*act_cues, refused.group() if refused else "") for word in _ends_of(cue))
    acted |= _dated_words(text) if form == "permission" else frozenset()
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


def _ungreeted(text: str) -> str:
    """The question without a greeting before it ("Hej, et hurtigt spørgsmål: ...")."""
    return _GREETING.sub("", text, count=1)


def _asking(main: str) -> str:
    """Of several sentences the last that asks, if it says how: "..., hvor vi undlod det. Havde vi lov til det?"."""
    pieces = [main[span.start : span.end] for span in sentences(main)]
    asking = [_without_courtesy(fold_text(piece)) for piece in pieces if "?" in piece]
    return asking[-1] if len(pieces) > 1 and asking and _first(asking[-1], frames().modes)[1] >= 0 else ""


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


def _without_courtesy(folded: str) -> str:
    """The question without what only asks for an answer: "Kan du fortælle mig, om vi må ..." asks what we may do."""
    match = built("courtesy", folded)
    return folded[: match.start()] + folded[match.end() :] if match else folded


def _what_is_skipped(main: str) -> str:
    """The question without what one would "make do with", where it also says what to leave out."""
    folded = fold_text(main)
    match = built("make_do", folded)
    rest = folded[: match.start()] + folded[match.end() :] if match else folded
    return rest if match and any(cue.pattern.search(rest) for cue in frames().acts) else main


def _split(text: str) -> tuple[str, str]:
    """The sentence that asks, and the rest, which only sets the scene. A bare "Passer det?" leaves all as one."""
    pieces = [text[span.start : span.end] for span in sentences(text)]
    asking = [piece for piece in pieces if "?" in piece] or pieces[-1:]
    if not asking:
        return "", ""
    main = max(asking, key=lambda piece: len([word for word in tokens(piece) if word.word not in frames().carriers]))
    if not [word for word in tokens(main) if word.word not in frames().carriers] and len(pieces) > 1:
        return text, ""
    return main, " ".join(piece for piece in pieces if piece is not main)


def _first(folded: str, cues: tuple[Cue, ...]) -> tuple[str, int]:
    """The name and place of the first cue of the first group that matches anywhere; ("", -1) if none does."""
    best = ("", -1)
    for cue in cues:
        match = cue.pattern.search(folded)
        if match and (best[1] < 0 or match.start() < best[1]):
            best = (cue.name, match.start())
    return best


def _act(folded: str) -> tuple[str, tuple[str, ...]]:
    """Skip or do: two ways of not doing cancel out ("lade være med at fritage")."""
    spans: list[tuple[int, int]] = []
    seen: list[str] = []
    for cue in frames().acts:
        for match in cue.pattern.finditer(folded):
            if not any(start < match.end() and match.start() < end for start, end in spans):
                spans.append(match.span())
                seen.append(match.group())
    return _act_of(folded, seen), tuple(seen)


def _act_of(folded: str, seen: list[str]) -> str:
    if built("refusal", folded):
        return "refusal"
    return "skip" if seen else "do"


def _form(folded: str, mode_at: int, act: str) -> str:
    """Which answer is wanted: a yes or no about a rule, a yes or no about a fact, or one of the table's forms."""
    asks_whether = built("asserted", folded)
    wh = built("wh", folded)
    verb_first = built("verb_first", folded)
    tagged = built("tag", folded)
    if built("several", folded):
        return "compare"
    if mode_at >= 0 and (not wh or mode_at < wh.start() or asks_whether):
        return "permission"
    if (asks_whether or tagged) and act != "do":
        return "permission"
    if not wh and tagged:
        return "whether"
    if not wh and act == "skip" and verb_first:
        return "permission"
    asked = _asked_form(folded, bool(wh), bool(verb_first))
    if asked:
        return asked
    if asks_whether or verb_first:
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
