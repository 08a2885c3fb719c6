"""Follow-ups: a question that lives on an earlier one takes from it what it does not say itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from assistant.documents import Named
from assistant.durations import words_of_lengths
from assistant.frames import fold_text
from assistant.lexicon import CONCEPT, Lexicon
from assistant.models import Language, Span
from assistant.provisions import Mention, parse, with_law
from assistant.question import Question, understand
from assistant.topic import Term
from assistant.words import tokens

# Openings and words that hang on something said before (folded), with an example each.
_OPENING = re.compile(
    r"^\W*(og|men|eller|hvad med|hvad sa|hva med|hvad nu|ogsa|kun|sa|okay|ok|nar|galder det|hvorfor|"
    r"and|but|or|what about|how about|also|only|so|then|why)\b"
)  # "Og kapitel 12 b?"
_POINTING = re.compile(
    r"\b(det|den|de|dem|dette|denne|disse|der|her|sa|han|hun|ham|hende|deres|"
    r"sadant?|sadanne|such|it|that|they|them|this|those|these|there|then|its|their|he|she)\b"
)  # "Gælder det for hver enkelt borger?"
_NEW_TOPIC = re.compile(
    r"^\W*(noget (helt |lidt )?andet|et (helt )?andet sporgsmal|nyt sporgsmal|nyt emne|"
    r"something (quite |completely )?else|another question|(a )?(new|different) topic|on another note)\b"
)  # "Noget andet: hvor mange borgere har kommunerne?"
_PRESSURE = re.compile(
    r"\b(er du (helt )?sikker|sikker\W*$|are you sure|really\W*$|virkelig\W*$|"
    r"min (leder|kollega|chef) (siger|mener|pastar))"
)  # "Er du sikker?"
# Another case put under the same question (folded).
_SUPPOSING = re.compile(
    r"^\W*(og |men |ok |and |but |ok )*(hvad |what )?(hvis|nar|safremt|if|when|suppose)\b"
    r"(?!.*, (ma|kan|skal|er|may|can|must|do|are)\b)"
    r"|(^|[.,!?] *)(og |and )?(sa ogsa|ogsa sa|hvad sa( da| nu)?|gar det( sa)?|stadig|what then|then too)\W*$"
)  # "Og hvis det er om otte måneder?", "hun starter om 8 mdr. så også?"
_APPLIES = re.compile(
    r"^\W*(og |and )?(galder|gor) (det|den|reglen)\b|^\W*(and )?does (that|it|this) (apply|hold|go)\b"
)
_FEW_WORDS = 7
# "Hvad så med 89?", "Og 87 b?"
_BARE_NUMBER = re.compile(
    r"^\W*(?:og|men|eller|hvad|what|and|or|how)?(?: \w+){0,3}? (?P<number>\d{1,3} ?[a-zæøå]?)\W*$", re.IGNORECASE
)
_TOPICAL = 0.5
_EARLIER_WEIGHT = 0.55
_TURNS = 5


def in_context(question: Question, history: Sequence[str], language: Language, lexicon: Lexicon) -> Question:
    """The question with what it takes from the last turns of the history; itself when it stands alone."""
    if not history or not hangs(question):
        return question
    earlier: Question | None = None
    for text in list(history)[-_TURNS:]:
        turn = understand(text, language, lexicon)
        earlier = joined(turn, earlier, lexicon) if earlier and hangs(turn) else turn
    return joined(question, earlier, lexicon) if earlier else question


def hangs(question: Question) -> bool:
    """Whether a question cannot stand alone: it opens like a reply, points back, or says too little of a topic."""
    folded = fold_text(question.text)
    if _NEW_TOPIC.search(folded):
        return False
    if _PRESSURE.search(folded) or _SUPPOSING.search(folded):
        return True
    topics = [term for term in question.terms if term.weight >= _TOPICAL]
    short = len(folded.split()) <= _FEW_WORDS
    if _OPENING.search(folded) and (len(topics) <= 2 or short):
        return True
    if not topics and not question.mentions:
        return True
    return (bool(_POINTING.search(folded)) and len(topics) <= 2) or (
        short and len(topics) <= 1 and not question.municipalities
    )


def joined(question: Question, earlier: Question, lexicon: Lexicon) -> Question:
    """`question` with the topic, place and frame of `earlier` where it has none of its own."""
    pressed = bool(_PRESSURE.search(fold_text(question.text)))
    if pressed:
        return replace(earlier, text=f"{earlier.text} ({question.text})", language=question.language)
    folded = fold_text(question.text)
    bare = question.form in ("fact", "whether") and question.mode == "none"
    same = earlier.deontic and bool(_SUPPOSING.search(folded) or _APPLIES.search(folded))
    if same:
        question = _put_to(question, earlier)
    own_frame = same or question.mode != "none" or question.form not in ("fact", "whether")
    # A year belongs to the rule or the document that was asked about, not to all that is said after.
    dated = earlier.deontic or bool(earlier.kinds)
    mentions = _mentions(question, earlier)
    fresh = frozenset(term.surface for term in question.terms if term.weight >= _TOPICAL)
    return replace(
        question,
        text=f"{earlier.text} {question.text}",
        turn=len(earlier.text) + 1,
        act=question.act if own_frame else earlier.act,
        mode=question.mode if own_frame else earlier.mode,
        form=earlier.form if bare and not same and not _asks_fact(question) else question.form,
        mentions=mentions,
        terms=(*question.terms, *(_fainter(term) for term in earlier.terms if not _replaced(term, question, lexicon))),
        municipalities=question.municipalities or earlier.municipalities,
        fresh=fresh,
        inherits=bool(mentions) and mentions == earlier.mentions,
        years=question.years or (earlier.years if dated else ()),
        months=question.months or (earlier.months if dated else ()),
        kinds=question.kinds or earlier.kinds,
        documents=tuple(map(partial(_moved, by=len(earlier.text) + 1), question.documents)) or earlier.documents,
    )


def _moved(named: Named, by: int) -> Named:
    """A document as named in the joined text, in which the question stands behind the earlier one."""
    return replace(named, span=Span(named.span.start + by, named.span.end + by))


def _put_to(question: Question, earlier: Question) -> Question:
    """Another case with the frame of the question it is put to; how long it takes is no topic there."""
    lengths = words_of_lengths(question.text)
    terms = tuple(term for term in question.terms if not {word.word for word in tokens(term.surface)} <= lengths)
    return replace(question, act=earlier.act, mode=earlier.mode, form="permission", terms=terms)


def _asks_fact(question: Question) -> bool:
    return bool(
        re.search(r"\b(hvad (?!med|sa|nu)|hvilke|hvor|hvem|what (?!about)|which|who|where)", fold_text(question.text))
    )


def _replaced(term: Term, question: Question, lexicon: Lexicon) -> bool:
    """Whether a new term stands in an earlier one's place: another part of the same whole, or a new provision."""
    wider = {whole for name in _concepts(term) for whole in lexicon.broader.get(name, ())}
    return any(
        wider & set(lexicon.broader.get(name, ())) and name not in _concepts(term)
        for other in question.terms
        for name in _concepts(other)
    )


def _concepts(term: Term) -> list[str]:
    return [name.removeprefix(CONCEPT) for name in term.features if name.startswith(CONCEPT)]


def _fainter(term: Term) -> Term:
    return term._replace(weight=term.weight * _EARLIER_WEIGHT)


def _mentions(question: Question, earlier: Question) -> tuple[Mention, ...]:
    """The question's provisions; one that names no law is of the law spoken of before."""
    if not question.mentions:
        named = () if _names_a_part(question) else earlier.mentions
        return _narrowed(question.text, earlier) or _numbered(question, earlier) or named
    laws = [provision.law for mention in earlier.mentions for provision in mention.provisions if provision.law]
    if not laws:
        return question.mentions
    return tuple(
        replace(
            mention,
            provisions=tuple(
                provision if provision.law else with_law(provision, laws[-1]) for provision in mention.provisions
            ),
        )
        for mention in question.mentions
    )


def _names_a_part(question: Question) -> bool:
    """Whether it names a matter by a phrase of the glossary ("Og den forberedende del?"), which no provision before
    it need be about.
    """
    return any(_concepts(term) and len(tokens(term.surface)) > 1 and term.weight >= _TOPICAL for term in question.terms)


def _numbered(question: Question, earlier: Question) -> tuple[Mention, ...]:
    """The provision that a bare number names after one was spoken of ("Hvad med 89?"); () when it names none."""
    found = _BARE_NUMBER.search(question.text)
    laws = [provision.law for mention in earlier.mentions for provision in mention.provisions]
    if not found or not laws:
        return ()
    return parse(f"§ {found['number']}", laws[-1])


def _narrowed(text: str, earlier: Question) -> tuple[Mention, ...]:
    """The earlier provisions with the stk. or nr. that a bare "og stk. 3?" names; () when it names none."""
    bare = [provision for mention in parse(text) for provision in mention.provisions if not provision.paragraf]
    if not bare or bare[0].kapitel or not earlier.mentions:
        return ()
    last = earlier.mentions[-1]
    narrowed = replace(last.provisions[-1], stk=bare[0].stk or last.provisions[-1].stk, nr=bare[0].nr)
    return (replace(last, provisions=(narrowed,), ranges=()),)
