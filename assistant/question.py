"""Understanding a question: what it wants to do (act), how it puts it (mode), which answer it wants (form), and of what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.frames import Cue, fold_text, frames
from assistant.lexicon import CONCEPT, SYNONYM_STRENGTH, TRANSLATION_STRENGTH, Lexicon, synonym_groups, word_features
from assistant.models import Language, Span
from assistant.places import municipalities_in, places
from assistant.provisions import Mention, laws_named, parse
from assistant.sentences import sentences
from assistant.words import Token, commonness, parts, stem, stems, tokens

_WH = re.compile(
    r"\b(hv(?:ad|em|or|ornar|orfor|ordan|ilken|ilket|ilke|is)\w*|hva|vad|wh(?:at|o|om|ose|en|ere|y|ich)|how|list|navngiv|opremse?|beskriv|forklar|fortal)\b"
)
_VERB_FIRST = re.compile(
    r"^\W*(og |and |men |but )?(er|var|har|havde|blev|bliver|galder|findes|deltager|indgar|star|navner|omfatter|dakker|gav|fik|giver|is|are|was|were|does|do|did|has|have|had)\b"
)
_YEAR = re.compile(r"\b(20[0-4]\d)\b")
_ASSERTED = re.compile(
    r"\b(er det (rigtigt|korrekt|sandt|rigtig)|passer det|stemmer det|is it (true|correct|right)|er det saledes)\W+(at|that)?\b"
)
_COUNTS = re.compile(r"\b(?:hvor mange|antallet af|how many|number of) (?:af de |of the )?(?P<phrase>\w+(?: \w+)?)")
_QUALITIES = frozenset("young unge voksne adult nye new frikommune different forskellige".split())
_ANYBODY = stems("people mennesker personer folk persons inhabitants indbyggere")
# A question about a no: "Fik vi afslag på IGU?", "Was IGU refused?"
_REFUSAL = re.compile(r"\b(afvist|afslag|afslaet|afslog|afviste|refused?|rejected?|turned down|denied)\b")
# What follows a statement to make a question of it: "..., ikke?", "... vel den 31. december?", "..., right?"
_TAG = re.compile(r",? (ikke|ikke sandt|vel|right|correct|no|didn.?t it|isn.?t it|doesn.?t it|aren.?t we|don.?t we)\W*$|\bvel\b|\bjo\b")
# Several documents held together.
_SEVERAL = re.compile(
    r"\b(begge|bade|hver isaer|hver isar|enige|uenige|forskel\w*|adskil\w*|sammenlign\w*|andret|andringer|both|differ\w*|same|agree|compare\w*|contrast|changed|each)\b"
    r".*\b(list\w*|brev\w*|letters?|lists?|201[678]\W?\w*)|\b(list\w*|brev\w*|letters?|201[678]\W?\w*)\b.*"
    r"\b(begge|bade|hver isar|enige|uenige|forskel\w*|adskil\w*|both|differ\w*|same|agree|changed|gentager)\b"
)
_MAKE_DO = re.compile(r"\bn[øo]jes med\b.*?\b(?:og|uden)\b|\bmake do with\b.*?\b(?:and|without)\b", re.IGNORECASE)
_CONTEXT_WEIGHT = 0.45
# A verb says what is done with the topic, less what the topic is, and is the word most often put otherwise.
_VERB_WEIGHT = 0.45
# Endings of Danish superlatives and adverbs, which qualify a topic without being one ("de svageste", "nødvendigvis").
_QUALIFYING = ("ste", "vis", "ligt", "igvis")
_INFINITIVE_MARKS = frozenset({"at", "to"})
_MODALS = frozenset("ma kan ka skal ska vil tor bor may can could might must should shall do does did will".split())


class Term(NamedTuple):
    """One thing that the question is about: as written, how much it says (0-1), and the features that would match it.

    `wordings` are other ways to say it, each as stems: a text that holds all of one says the same in another order.
    """

    surface: str
    weight: float
    features: Mapping[str, float]
    wordings: tuple[tuple[str, ...], ...] = ()


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
    counted: tuple[str, ...] = ()
    cues: tuple[str, ...] = field(default=(), compare=False)

    @property
    def asks_for_condition(self) -> bool:
        """Whether it asks on what terms, which takes nothing for granted but that there are some."""
        return self.form == "condition"

    @property
    def deontic(self) -> bool:
        """Whether the answer is a yes or no about a rule."""
        return self.form == "permission"


def understand(text: str, language: Language, lexicon: Lexicon) -> Question:
    """The question's frame and topic; never fails, whatever the text."""
    main, rest = _split(text)
    main = _what_is_skipped(main)
    folded = fold_text(main)
    act, act_cues = _act(folded)
    mode, mode_at = _first(folded, frames().modes)
    form = _form(folded, mode_at, act)
    if form == "permission" and not mode:
        mode = "may"
    laws = laws_named(text)
    mentions = tuple(mention for mention in parse(text, laws[0] if len(laws) == 1 else "") if _has_place(mention))
    acted = frozenset(word for cue in act_cues for word in _ends_of(cue))
    return Question(
        text=text,
        language=language,
        act=act,
        mode=mode or "none",
        form=form,
        mentions=mentions,
        terms=(
            *_terms(main, 1.0, language, lexicon, acted),
            *_terms(rest, _CONTEXT_WEIGHT, language, lexicon, acted),
        ),
        municipalities=municipalities_in(text),
        years=tuple(int(year) for year in _YEAR.findall(text)),
        months=_months(text, language),
        kinds=_kinds(text, lexicon.kinds),
        counted=_counted(main, language, lexicon) if form == "how_many" else (),
        cues=act_cues,
    )


def _has_place(mention: Mention) -> bool:
    """Whether a reference names a § or a chapter; a bare "stk. 3" places nothing by itself."""
    return any(provision.paragraf or provision.kapitel for provision in mention.provisions)


def _ends_of(cue: str) -> tuple[str, ...]:
    """The words of a cue that carry it: the first and the last, since the topic may stand between them."""
    words = [token.word for token in tokens(cue)]
    return (words[0], words[-1]) if words else ()


def _what_is_skipped(main: str) -> str:
    """The question without what one would "make do with", where it also says what to leave out."""
    match = _MAKE_DO.search(main)
    rest = main[: match.start()] + main[match.end() :] if match else main
    return rest if match and any(cue.pattern.search(fold_text(rest)) for cue in frames().acts) else main


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
    if _REFUSAL.search(folded):
        return "refusal"
    return "skip" if seen else "do"


def _form(folded: str, mode_at: int, act: str) -> str:
    """Which answer is wanted: a yes or no about a rule, a yes or no about a fact, or one of the table's forms."""
    asks_whether = _ASSERTED.search(folded)
    wh = _WH.search(folded)
    if _SEVERAL.search(folded):
        return "compare"
    if mode_at >= 0 and (not wh or mode_at < wh.start() or asks_whether):
        return "permission"
    if (asks_whether or _TAG.search(folded)) and act != "do":
        return "permission"
    if not wh and _TAG.search(folded):
        return "whether"
    if not wh and act == "skip" and _VERB_FIRST.search(folded):
        return "permission"
    for cue in frames().forms:
        if cue.pattern.search(folded) and (wh or cue.name == "compare" or not _VERB_FIRST.search(folded)):
            return cue.name
    if asks_whether or _VERB_FIRST.search(folded):
        return "whether"
    return "permission" if mode_at >= 0 else "fact"


def _terms(text: str, weight: float, language: Language, lexicon: Lexicon, acted: frozenset[str]) -> tuple[Term, ...]:
    """What the text is about: glossary phrases first, then single words that are neither carriers nor provisions."""
    words = tokens(text)
    taken: set[int] = set()
    found: list[Term] = []
    mentioned = [mention.span for mention in parse(text)]
    silent = frames().carriers | acted
    pointers = _pointers(words, lexicon.kinds)
    for match in lexicon.concepts(words):
        span = words[match.start : match.end]
        carried = all(word.word in silent or place in pointers for place, word in enumerate(span, match.start))
        if (carried and len(span) == 1) or _named_place(text, span) or any(
            _inside(word, mentioned) for word in span
        ):
            continue
        taken.update(range(match.start, match.end))
        found.append(_concept_term(text, span, match.concept, weight, lexicon))
    names = {token.word.removesuffix("s") for name in municipalities_in(text) for token in tokens(name)}
    for position, word in enumerate(words):
        if (
            position in taken
            or position in pointers
            or _inside(word, mentioned)
            or word.word.removesuffix("s") in names
            or _named_place(text, (word,))
        ):
            continue
        if word.word in silent or _YEAR.fullmatch(word.word) or (len(word.word) < 2 and not word.word.isdigit()):
            continue
        aside = _is_verb(words, position, language) or (language == "da" and word.word.endswith(_QUALIFYING))
        factor = weight * (_VERB_WEIGHT if aside else 1.0)
        found.append(_word_term(text, word, factor, language, lexicon))
    return tuple(found)


def _concept_term(text: str, span: tuple[Token, ...], concept: str, weight: float, lexicon: Lexicon) -> Term:
    features: dict[str, float] = {CONCEPT + concept: 1.0}
    if len(span) == 1:
        features[span[0].stem] = 0.9
    wordings = tuple(wording for wording in lexicon.wordings.get(concept, ()) if len(wording) > 1)
    return Term(text[span[0].start : span[-1].end], weight, features, wordings)


def _word_term(text: str, word: Token, weight: float, language: Language, lexicon: Lexicon) -> Term:
    translations = lexicon.danish(word.word) if language == "en" else ()
    features = {word.stem: 1.0} | dict.fromkeys(synonym_groups().get(word.stem, ()), SYNONYM_STRENGTH)
    halves = parts(word.spelt) if not translations else ()
    for translation in translations:
        for token in tokens(translation):
            for name, strength in word_features(token.spelt).items():
                features[name] = max(strength * TRANSLATION_STRENGTH, features.get(name, 0.0))
    common = commonness(word.word, language)
    return Term(text[word.start : word.end], weight * _says(common), features, (halves,) if halves else ())


def _says(common: float) -> float:
    """How much a word says, by how common it is in everyday language (Zipf 4 and rarer: all of it)."""
    return max(0.25, min(1.0, 1.0 - (common - 4.0) * 0.35))


def _inside(word: Token, spans: list[Span]) -> bool:
    return any(span.start <= word.start < span.end for span in spans)


def _is_verb(words: tuple[Token, ...], position: int, language: Language) -> bool:
    """Whether a word stands where a verb does: after "at"/"to", or in the place after a modal and its subject."""
    word = words[position].word
    before = [token.word for token in words[max(0, position - 4) : position]]
    if before and before[-1] in _INFINITIVE_MARKS:
        return True
    if not any(token in _MODALS for token in before):
        return False
    return language == "en" or (word.endswith("e") and not word.endswith(("erne", "ene")))


def _pointers(words: tuple[Token, ...], at_hand: frozenset[str]) -> set[int]:
    """Places of words that point at a document ("2017-listen", "brevet fra december") and so name no topic."""
    documents = {place for place, word in enumerate(words) if at_hand & set(places().document(word))}
    dates = {place for place, word in enumerate(words) if word.word in places().months or word.word.isdigit()}
    near = {place for place in dates if any(abs(place - other) <= 4 for other in documents)}
    return documents | near


def _months(text: str, language: Language) -> tuple[int, ...]:
    """Months that the text names; the English "may" is a month only beside a year or day."""
    found = []
    for word in tokens(text):
        number = places().months.get(word.word)
        if number and not (word.word == "may" and not re.search(r"\d", text[max(0, word.start - 4) : word.end + 6])):
            found.append(number)
    return tuple(found)


def _counted(text: str, language: Language, lexicon: Lexicon) -> tuple[str, ...]:
    """Stems of what "hvor mange ..." counts, in the documents' language; () when nothing is counted."""
    match = _COUNTS.search(fold_text(text))
    if not match:
        return ()
    phrase = match.group("phrase")
    words = [word.word for word in tokens(phrase)]
    nouns = [word for word in words[:2] if word not in frames().carriers][: 2 if words[0] in _QUALITIES else 1]
    nouns = [] if words[0] in frames().carriers else nouns
    translations = [danish for noun in nouns for danish in lexicon.danish(noun)] if language == "en" else []
    concepts = [found.concept for found in lexicon.concepts(tokens(phrase)) if found.start == 0 and nouns]
    found = dict.fromkeys(stem(token.word) for word in (*nouns, *translations, *concepts) for token in tokens(word))
    return () if set(found) & set(_ANYBODY) and len(found) < 2 else tuple(found)


def _named_place(text: str, span: tuple[Token, ...]) -> bool:
    return len(span) <= 2 and bool(municipalities_in(text[span[0].start : span[-1].end]))


def _kinds(text: str, at_hand: frozenset[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kind for word in tokens(text) for kind in places().document(word) if kind in at_hand))
