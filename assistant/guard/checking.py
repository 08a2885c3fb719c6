"""One claim held against its sources by every rule."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from assistant.guard import rules_facts, rules_roles, rules_sense, rules_states
from assistant.guard.alignment import Aligned, align
from assistant.guard.crossing import crossings, exchanges, strangers
from assistant.guard.reading import Reading, cleaned, joined, read_claim, read_source
from assistant.guard.verdict import Reason, Verdict
from assistant.lexicon import Lexicon, load_lexicon
from assistant.sentences import sentences
from assistant.settings import load_settings


def check_claim(claim: str, sources: Sequence[str], lexicon: Lexicon | None = None) -> Verdict:
    """Whether every sentence of `claim`, Danish or English, is said by the Danish `sources`, and if not, why."""
    if _word_for_word(claim, sources):
        return Verdict(True, ())
    words = lexicon or _default_lexicon()
    said = read_claim(claim, words)
    given = [read_source(source) for source in joined(sources) if source.strip()]
    reasons = _fewest(said, given, align(said, given), words)
    if not said.clauses or not given:
        reasons = reasons or (Reason("unsupported", "Der er ingen påstand eller ingen kilde at holde den op mod."),)
    return Verdict(not reasons, reasons)


def warm() -> None:
    """Read the tables of both languages now, so that nobody's first sentence waits for them."""
    for claim in ("Kommunen kan udarbejde én plan.", "The municipality may draw up one plan."):
        check_claim(claim, ("Kommunen kan lave planen.",))


def _word_for_word(claim: str, sources: Sequence[str]) -> bool:
    """Whether a claim is one or more whole sentences of a source, one after another, as they stand there."""
    said = cleaned(claim).rstrip(".")
    for source in sources:
        text = cleaned(source)
        spans = sentences(text)
        starts, ends = {span.start for span in spans}, {span.end for span in spans}
        place = text.find(said) if said else -1
        while place >= 0:
            end = place + len(said)
            if place in starts and (end in ends or (text[end : end + 1] == "." and end + 1 in ends)):
                return True
            place = text.find(said, place + 1)
    return False


def _fewest(
    said: Reading, given: Sequence[Reading], choices: Sequence[tuple[Aligned, ...]], words: Lexicon
) -> tuple[Reason, ...]:
    """The reasons against a claim when each of its clauses rests where the rules find least against it."""
    chosen = [each[0] for each in choices]
    fewest = _reasons(said, given, chosen, words)
    for number, others in enumerate(choices):
        for other in others[1:]:
            if not fewest:
                return fewest
            tried = [*chosen[:number], other, *chosen[number + 1 :]]
            reasons = _reasons(said, given, tried, words)
            if len(reasons) < len(fewest):
                chosen, fewest = tried, reasons
    return fewest


def _reasons(said: Reading, given: Sequence[Reading], aligned: Sequence[Aligned], words: Lexicon) -> tuple[Reason, ...]:
    found = (
        *rules_facts.provisions(said, given, aligned),
        *rules_facts.figures(said, given, aligned),
        *rules_facts.names(said, given, words),
        *rules_facts.exclusives(said, given, aligned),
        *rules_states.states(said, given, aligned),
        *rules_states.parity(said, given, aligned),
        *rules_sense.quantities(said, given, aligned),
        *rules_sense.orders(said, given),
        *rules_sense.conditions(given, aligned),
        *rules_sense.restrictions(given, aligned),
        *rules_sense.merged(said, given, aligned),
        *rules_roles.actors(said, given, aligned),
        *rules_roles.freed(said, given, aligned),
        *rules_roles.owners(said, given, aligned),
        *rules_roles.recipients(said, given, aligned),
        *crossings(said, given, aligned),
        *strangers(said, given, aligned),
        *exchanges(said, given, aligned),
        *rules_sense.coverage(aligned),
    )
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1)
def _default_lexicon() -> Lexicon:
    return load_lexicon(load_settings().corpus / "glossary.toml")
