"""Silence in words: what the documents do not say, what they do say nearby, and where one would look."""

from __future__ import annotations

from assistant.compose import Voice, spelt
from assistant.conclusion import asked
from assistant.evidence import Evidence
from assistant.judge import Judgement
from assistant.provisions import label
from assistant.question import Question
from assistant.quoting import marked, points, quote
from assistant.whereto import where_to_look

# Forms of questions whose missing answer has a name of its own ("the figure", "the date").
_NAMED = frozenset({"how_much", "how_many", "when", "who", "where", "why"})


def silent_prose(question: Question, judgement: Judgement, voice: Voice) -> str:
    """That the sources are silent on what was asked, the nearest that they do say, and where the answer would stand."""
    pieces = [_opening(question, judgement, voice)]
    for item in judgement.near:
        if _helps(item, question):
            found = quote(item, voice.library)
            words = marked(found.words, voice.language)
            pieces.append(voice.fill("near", quote=words, marks=voice.marks(found.items)))
    pieces.append(where_to_look(question, judgement.rule, voice.library))
    return " ".join(dict.fromkeys(filter(None, pieces)))


def _opening(question: Question, judgement: Judgement, voice: Voice) -> str:
    named = tuple(dict.fromkeys(label(each) for mention in question.mentions for each in mention.provisions))
    if judgement.rule == "hvilken_lov":
        laws = sorted({each.law for item in judgement.near for each in item.statement.provisions if each.law})
        return voice.fill("silent.law", provision=", ".join(named), laws=", ".join(laws))
    if judgement.rule == "bestemmelse_ukendt" and named:
        return voice.fill("silent.provision", provision=", ".join(named))
    if judgement.rule == "andet_netvaerk":
        return voice.fill("silent.network")
    whether = asked(voice.asked, voice.language, spelt(voice)) if voice.asked else ""
    if whether:
        return voice.fill("silent.whether", asked=whether)
    return voice.fill(f"silent.{question.form}" if question.form in _NAMED else "silent")


def _helps(item: Evidence, question: Question) -> bool:
    """Whether what lies near is no other municipality's figure, taken for the one that was asked about."""
    elsewhere = item.passage.municipality and item.passage.municipality not in question.municipalities
    return not points(item) and not (elsewhere and question.municipalities)
