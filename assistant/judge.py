"""The verdict: which statements count, what each says to the question, and which rule decides between them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from assistant.authority import decides
from assistant.beginning import not_begun
from assistant.conditions import conditions_of, document_of, hangs_on, one_per_document, rest_of
from assistant.effects import GIVING, NORMS
from assistant.evidence import Evidence, Gathering, points_at
from assistant.figures import frequencies
from assistant.library import Library
from assistant.locality import holds_here, narrowed
from assistant.models import Edition, Provision, Verdict
from assistant.norms import deciding, is_the_duty, may_decide, nearest, telling
from assistant.placing import is_a_name
from assistant.question import Question
from assistant.quoting import fits
from assistant.scope import asks_of_each, asks_of_everyone, gives_a_part, holds_for_some, speaks_of_the_group
from assistant.set_aside import STAGES, SetAside, items_of, passed_over, side_of
from assistant.sides import breaks_case, excepting, is_met, limit_in, side
from assistant.silence import NEAR, Support, strength_of
from assistant.timing import day_asked, in_force, missed_deadline, naming, own_period, period
from assistant.versions import current, laws_of

# A plain yes needs the question's most telling term in the norm's own words, not only around them.
_NAMED = 0.6
_NAMES_MORE = 0.08
_MOST = 14
# Terms that weigh less than this together say little of what is asked; then a norm must hold nearly all of them.
_TELLS_LITTLE = 1.0
_ALL_BUT = 0.75
# An unknown thing that weighs so much more than the known ones is what the question is about.
_OUTWEIGHS = 1.5
# A statement that holds so much of the question in its own words says what is asked.
_IN_SO_MANY_WORDS = 0.7
# ... unless all that the question says is everyday here ("planer").
_SAYS_SOMETHING = 0.3


@dataclass(frozen=True)
class Judgement:
    """A verdict with what it stands on. `basis` is cited for it, `against` for the other half of a betinget.

    `near` is what silence can still point at, `held` the rules' period where the question lies outside it,
    `changed` pairs of an older and a newer wording, None on the side where there is none, `absent` the documents that
    were read through without finding what is asked (the provision, None for a topic). `set_aside` is what spoke to the
    matter and did not decide, each with the reason. `support` is how strongly the documents speak to it, where that
    decided whether to answer.
    """

    verdict: Verdict
    rule: str
    basis: tuple[Evidence, ...] = ()
    against: tuple[Evidence, ...] = ()
    conditions: tuple[Evidence, ...] = ()
    notices: tuple[str, ...] = ()
    near: tuple[Evidence, ...] = ()
    held: tuple[date, date] | None = None
    changed: tuple[tuple[Evidence | None, Evidence | None], ...] = ()
    absent: tuple[tuple[Edition, Provision | None], ...] = ()
    weighed: tuple[tuple[Evidence, int], ...] = field(default=(), compare=False)
    set_aside: tuple[SetAside, ...] = field(default=(), compare=False)
    support: Support | None = field(default=None, compare=False)


def judge(question: Question, gathering: Gathering, library: Library, as_of: date | None = None) -> Judgement:
    """The verdict on a question about a rule, from the evidence that a deciding document gives."""
    day = day_asked(question, as_of, library)
    missed = missed_deadline(day, gathering) if day and question.mode != "must" else None
    if missed:
        return Judgement("nej", "frist_udloebet", (missed,))
    speaking = [item for item in gathering.evidence if side(question, item) and may_decide(item, question, library)]
    if question.kinds and question.years:
        speaking = [item for item in speaking if points_at(question, item.passage)]
    if question.asks_duty:
        speaking = [item for item in speaking if is_the_duty(item, gathering, question, library)]
    near = nearest(speaking, gathering)
    if not near:
        unfit = passed_over(gathering.evidence, ((STAGES[0], speaking),))
        return replace(_told(question, gathering, library) or _undecided(gathering), set_aside=unfit)
    if len(laws_of(near, gathering.asked, library)) > 1:
        return Judgement("ikke_besvaret", "hvilken_lov", near=tuple(near[:2]), notices=("needs_context",))
    near = in_force(near, day) if day else near
    held = period(near)
    if day and held and not held[0] <= day <= held[1]:
        return _outside(question, near, day, held, library)
    later = not_begun(near[0], day, library) if day and near else None
    if later:
        return Judgement("nej", "endnu_ikke_i_kraft", (later, near[0]))
    weighed = tuple((item, side(question, item)) for item in near)
    able = deciding(weighed)
    clear = telling(able)
    here = narrowed(clear, question)
    strong, replaced = current(here, _NAMES_MORE)
    for_it = [item for item, sign in strong if sign > 0]
    against = [item for item, sign in strong if sign < 0]
    freed = [item for item in (against if question.asks_duty else for_it) if item.statement.effect in GIVING]
    kept = excepting(question, freed[0], gathering, library) if freed else None
    if kept:
        for_it, against = ([kept], []) if question.asks_duty else ([], [kept])
    resolved = _met(_resolve(question, for_it, against, weighed, gathering), question, gathering, library)
    stood = (speaking, near, *map(items_of, (able, clear, here, strong)))
    stages = zip(STAGES, (*stood, side_of(strong, (*resolved.basis, *resolved.against))), strict=True)
    resolved = replace(resolved, set_aside=passed_over(gathering.evidence, tuple(stages)))
    return replace(resolved, notices=(*resolved.notices, "older_version")) if replaced else resolved


def out_of_time(question: Question, gathering: Gathering, library: Library, as_of: date | None) -> Judgement | None:
    """The no to a freedom on a day when none of the own network's rules held, however little else the question says."""
    day, held = day_asked(question, as_of, library), own_period(library)
    if not question.deontic or question.asks_duty or not (day and held) or held[0] <= day <= held[1]:
        return None
    own = [item for item in gathering.evidence[:_MOST] if library.is_own(item.source)]
    if not own or strength_of(own[0]) < NEAR:
        return None
    return _outside(question, own, day, held, library)


def _outside(
    question: Question,
    near: list[Evidence],
    day: date,
    held: tuple[date, date],
    library: Library,
) -> Judgement:
    """Outside the rules' period the exemptions do not hold, and the ordinary duties do."""
    edge = held[0] if day < held[0] else held[1]
    verdict: Verdict = "ja" if question.asks_duty else "nej"
    basis = naming(edge, library)[:2] or one_per_document(near)[:1]
    return Judgement(verdict, "uden_for_perioden", basis, notices=("expired",), held=held)


def _told(question: Question, gathering: Gathering, library: Library) -> Judgement | None:
    """What a document that decides nothing says in so many words: told as information, never as a permission."""
    for item in gathering.evidence[:_MOST]:
        told = item.statement.effect in NORMS and not decides(item.passage.kind_of_source)
        if told and library.is_own(item.source) and holds_here(item, question) and _said_outright(item):
            return Judgement("info", "kun_fortalt", (item,), notices=("secondary_source",))
    return None


def _said_outright(item: Evidence) -> bool:
    return item.own >= _IN_SO_MANY_WORDS and item.named >= _SAYS_SOMETHING


def _undecided(gathering: Gathering) -> Judgement:
    """No norm speaks clearly: what the documents do say is shown as information, not as a verdict."""
    return Judgement("ikke_besvaret", "ingen_norm", near=gathering.evidence[:1])


def _resolve(
    question: Question,
    for_it: list[Evidence],
    against: list[Evidence],
    weighed: tuple[tuple[Evidence, int], ...],
    gathering: Gathering,
) -> Judgement:
    if for_it and not against:
        return _granted(question, for_it, weighed, gathering)
    if against and not for_it:
        return _withheld(question, against, weighed, gathering)
    return _both(question, for_it, against, weighed, gathering)


def _met(judged: Judgement, question: Question, gathering: Gathering, library: Library) -> Judgement:
    """A yes on one condition that the question itself says is met is a yes."""
    basis = judged.basis[:1]
    alone = judged.rule == "fritaget_paa_vilkaar" and not judged.conditions and basis[0].main >= _NAMED
    met = alone and is_met(question, basis[0], gathering, library)
    return replace(judged, verdict="ja", rule="givet") if met else judged


def _both(
    question: Question,
    for_it: list[Evidence],
    against: list[Evidence],
    weighed: tuple[tuple[Evidence, int], ...],
    gathering: Gathering,
) -> Judgement:
    """Sides that both speak: the one that names clearly more of what was asked decides, else both halves stand."""
    lead = max(item.own for item in for_it) - max(item.own for item in against)
    if lead > _NAMES_MORE:
        return _granted(question, for_it, weighed, gathering)
    if lead < -_NAMES_MORE:
        return _withheld(question, against, weighed, gathering)
    given, withheld = one_per_document(for_it), one_per_document(against)
    hanging = tuple(item for item in conditions_of(given, gathering) if hangs_on(item, given[0]))
    shared = {document_of(item) for item in given} & {document_of(item) for item in withheld}
    notices = () if shared else ("conflict",)
    return Judgement("betinget", "del_og_helhed", given, withheld, hanging, notices, weighed=weighed)


def _granted(
    question: Question,
    for_it: list[Evidence],
    weighed: tuple[tuple[Evidence, int], ...],
    gathering: Gathering,
) -> Judgement:
    """A yes, or a yes on conditions where the documents state any for it."""
    basis = one_per_document(for_it)
    if gathering.asked and all(item.provision == "part" for item in basis):
        # "§ 6" is not given where "§ 6, stk. 1, 1. pkt." is, and of two provisions not the one that is left out.
        return Judgement("betinget", "del_og_helhed", basis, weighed=weighed)
    if question.mode != "must" and breaks_case(question, basis[0]):
        return Judgement("nej", "vilkaar_ikke_opfyldt", basis, weighed=weighed)
    if question.mode == "must":
        return _demanded(question, basis, weighed, gathering)
    if _asks_of_what_is_unknown(gathering) or _names_another(question, basis[0], gathering):
        return _undecided(gathering)
    conditions = conditions_of(basis, gathering)
    some = tuple(item for item in (*basis, *conditions) if holds_for_some(item.statement.said))
    if some and asks_of_everyone(question.text):
        return Judgement("nej", "kun_efter_vurdering", (*some[:1], *basis), weighed=weighed)
    if basis[0].statement.effect == "permitted" and gives_a_part(basis[0].statement.said):
        return Judgement("betinget", "del_og_helhed", basis, rest_of(basis[0], gathering), weighed=weighed)
    limited = conditions or any(limit_in(item) or item.main < _NAMED for item in basis[:1])
    verdict: Verdict = "betinget" if limited else "ja"
    return Judgement(verdict, "fritaget_paa_vilkaar" if limited else "givet", basis, (), conditions, weighed=weighed)


def _demanded(
    question: Question,
    basis: tuple[Evidence, ...],
    weighed: tuple[tuple[Evidence, int], ...],
    gathering: Gathering,
) -> Judgement:
    """A duty, where a statement tells of it and not only of something like it."""
    if basis[0].main < _NAMED:
        return _undecided(gathering)
    # A document that only tells of things teaches a duty in so many words, or none.
    outright = _said_outright(basis[0]) or fits("stands", basis[0].statement.text)
    if not decides(basis[0].passage.kind_of_source) and not outright:
        return _undecided(gathering)
    # Everyday words of the trial alone ("kommunerne", "forsøget") tell no duty from another.
    told = sum(term.weight for term in gathering.terms)
    if not gathering.asked and told < _TELLS_LITTLE and basis[0].own < _ALL_BUT:
        return _undecided(gathering)
    # A duty is not told to be so frequent as the question has it.
    if frequencies(question.text) - frequencies(basis[0].statement.text):
        return _undecided(gathering)
    # What a group must have as a whole, no single one must.
    if asks_of_each(question.text) and speaks_of_the_group(basis[0].statement.said):
        return Judgement("nej", "gaelder_gruppen", basis, weighed=weighed)
    return Judgement("ja", "pligt_bestaar", basis, weighed=weighed)


def _names_another(question: Question, item: Evidence, gathering: Gathering) -> bool:
    """Whether a question names someone of the documents whom neither a statement nor what stands around it names."""
    known = {term.surface for term in gathering.terms if term.known}
    return any(is_a_name(surface, question.text) for surface in item.missing if surface in known)


def _asks_of_what_is_unknown(gathering: Gathering) -> bool:
    """Whether a thing that the documents do not know weighs more in a question than all that they know."""
    unknown = max((term.weight for term in gathering.terms if not term.known), default=0.0)
    known = max((term.weight for term in gathering.terms if term.known), default=0.0)
    return not gathering.asked and unknown > _OUTWEIGHS * known


def _withheld(
    question: Question,
    against: list[Evidence],
    weighed: tuple[tuple[Evidence, int], ...],
    gathering: Gathering,
) -> Judgement:
    """A no; for "must we", a no on conditions where the exemption has any."""
    basis = one_per_document(against)
    if question.asks_duty:
        # That something is possible frees nobody of a duty, unless a document that decides says so.
        if basis[0].statement.effect == "permitted" and not decides(basis[0].passage.kind_of_source):
            return _undecided(gathering)
        conditions = conditions_of(basis, gathering)
        return Judgement("nej", "pligt_fritaget", basis, (), conditions, weighed=weighed)
    if asks_of_each(question.text) and speaks_of_the_group(basis[0].statement.said):
        return Judgement("betinget", "gaelder_gruppen", basis, weighed=weighed)
    return Judgement("nej", "ikke_givet", basis, weighed=weighed)
