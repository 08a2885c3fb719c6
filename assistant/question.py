"""Understanding a question: what it wants to do (act), how it puts it (mode), which answer it wants (form), and of what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.frames import Cue, fold_text, frames
from assistant.lexicon import CONCEPT, TRANSLATION_STRENGTH, Lexicon, word_features
from assistant.models import Language, Span
from assistant.places import municipalities_in, places
from assistant.provisions import Mention, parse
from assistant.words import Token, commonness, tokens

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=\S)")
_WH = re.compile(r"\b(hv(?:ad|em|or|ornar|orfor|ordan|ilken|ilket|ilke|is)\w*|hva|vad|wh(?:at|o|om|ose|en|ere|y|ich)|how|list|navngiv|opremse?|beskriv|forklar|fortal)\b")
_VERB_FIRST = re.compile(r"^\W*(og |and |men |but )?(er|var|har|havde|blev|bliver|galder|findes|deltager|indgar|star|navner|omfatter|dakker|gav|fik|giver|is|are|was|were|does|do|did|has|have|had)\b")
_YEAR = re.compile(r"\b(20[0-4]\d)\b")
_ASSERTED = re.compile(r"\b(er det (rigtigt|korrekt|sandt|rigtig)|passer det|stemmer det|is it (true|correct|right)|er det saledes)\W+(at|that)?\b")
_CONTEXT_WEIGHT = 0.45


class Term(NamedTuple):
    """One thing that the question is about: as written, how much it says (0-1), and the features that would match it."""

    surface: str
    weight: float
    features: Mapping[str, float]
    known: bool = True


@dataclass(frozen=True)
class Question:
    """A question as understood; `act` is skip or do, `mode` must, may or none, `form` permission or a kind of fact."""

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
    cues: tuple[str, ...] = field(default=(), compare=False)

    @property
    def deontic(self) -> bool:
        """Whether the answer is a yes or no about a rule."""
        return self.form == "permission"


def understand(text: str, language: Language, lexicon: Lexicon) -> Question:
    """The question's frame and topic; never fails, whatever the text."""
    main, rest = _split(text)
    folded = fold_text(main)
    act, act_cues = _act(folded)
    mode, mode_at = _first(folded, frames().modes)
    form = _form(folded, mode_at, act)
    if form == "permission" and not mode:
        mode = "may"
    mentions = parse(text)
    return Question(
        text=text,
        language=language,
        act=act,
        mode=mode or "none",
        form=form,
        mentions=mentions,
        terms=_terms(main, 1.0, language, lexicon) + _terms(rest, _CONTEXT_WEIGHT, language, lexicon),
        municipalities=municipalities_in(text),
        years=tuple(int(year) for year in _YEAR.findall(text)),
        months=_months(text, language),
        kinds=_kinds(text),
        cues=act_cues,
    )


def _split(text: str) -> tuple[str, str]:
    """The sentence that asks, and the rest, which only sets the scene. A bare "Passer det?" leaves all as one."""
    sentences = [piece for piece in _SENTENCE_END.split(text.strip()) if piece]
    asking = [piece for piece in sentences if "?" in piece] or sentences[-1:]
    if not asking:
        return "", ""
    main = max(asking, key=lambda piece: len([word for word in tokens(piece) if word.word not in frames().carriers]))
    if not [word for word in tokens(main) if word.word not in frames().carriers] and len(sentences) > 1:
        return text, ""
    return main, " ".join(piece for piece in sentences if piece is not main)


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
    return ("skip" if seen else "do"), tuple(seen)


def _form(folded: str, mode_at: int, act: str) -> str:
    """Which answer is wanted: a yes or no about a rule, a yes or no about a fact, or one of the table's forms."""
    asks_whether = _ASSERTED.search(folded)
    wh = _WH.search(folded)
    if mode_at >= 0 and (not wh or mode_at < wh.start() or asks_whether):
        return "permission"
    if asks_whether and act == "skip":
        return "permission"
    if not wh and act == "skip" and _VERB_FIRST.search(folded):
        return "permission"
    for cue in frames().forms:
        if cue.pattern.search(folded) and (wh or cue.name == "compare" or not _VERB_FIRST.search(folded)):
            return cue.name
    if asks_whether or _VERB_FIRST.search(folded):
        return "whether"
    return "permission" if mode_at >= 0 else "fact"


def _terms(text: str, weight: float, language: Language, lexicon: Lexicon) -> tuple[Term, ...]:
    """What the text is about: glossary phrases first, then single words that are neither carriers nor provisions."""
    words = tokens(text)
    taken: set[int] = set()
    found: list[Term] = []
    for match in lexicon.concepts(words):
        span = words[match.start : match.end]
        if len(span) == 1 and span[0].word in frames().carriers:
            continue
        taken.update(range(match.start, match.end))
        found.append(_concept_term(text, span, match.concept, weight, lexicon))
    mentioned = [mention.span for mention in parse(text)]
    names = {token.word.removesuffix("s") for name in municipalities_in(text) for token in tokens(name)}
    for position, word in enumerate(words):
        if position in taken or _says_nothing(word, mentioned) or word.word.removesuffix("s") in names:
            continue
        found.append(_word_term(text, word, weight, language, lexicon))
    return tuple(found)


def _concept_term(text: str, span: tuple[Token, ...], concept: str, weight: float, lexicon: Lexicon) -> Term:
    features: dict[str, float] = {CONCEPT + concept: 1.0}
    if len(span) == 1:
        features |= {name: strength * 0.9 for name, strength in word_features(span[0].word).items()}
    return Term(text[span[0].start : span[-1].end], weight, features)


def _word_term(text: str, word: Token, weight: float, language: Language, lexicon: Lexicon) -> Term:
    features = dict(word_features(word.word))
    translations = lexicon.danish(word.word) if language == "en" else ()
    for translation in translations:
        for token in tokens(translation):
            for name, strength in word_features(token.word).items():
                features[name] = max(strength * TRANSLATION_STRENGTH, features.get(name, 0.0))
    common = commonness(word.word, language)
    return Term(text[word.start : word.end], weight * _says(common), features)


def _says(common: float) -> float:
    """How much a word says, by how common it is in everyday language (Zipf 4 and rarer: all of it)."""
    return max(0.25, min(1.0, 1.0 - (common - 4.0) * 0.35))


def _says_nothing(word: Token, mentioned: list[Span]) -> bool:
    inside = any(span.start <= word.start < span.end for span in mentioned)
    return inside or word.word in frames().carriers or (len(word.word) < 2 and not word.word.isdigit())


def _months(text: str, language: Language) -> tuple[int, ...]:
    """Months that the text names; the English "may" is a month only beside a year or day."""
    found = []
    for word in tokens(text):
        number = places().months.get(word.word)
        if number and not (word.word == "may" and not re.search(r"\d", text[max(0, word.start - 4) : word.end + 6])):
            found.append(number)
    return tuple(found)


def _kinds(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kind for word in tokens(text) for kind in places().documents.get(word.word, ())))
