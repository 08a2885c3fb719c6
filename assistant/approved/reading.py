"""A question taken apart: what it asks, what it names, and every other word that could tell it from another one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from assistant.approved.facts import Facts, facts_in
from assistant.approved.forms import inflected
from assistant.approved.kinds_of_words import is_infinitive, is_past, is_person, is_shown
from assistant.approved.typing_slips import as_meant
from assistant.approved.wording import Cue, Wording, wording
from assistant.asking import parted
from assistant.figures import ordinal_of
from assistant.lexicon import Lexicon
from assistant.models import Language
from assistant.question import in_full
from assistant.synonyms import parted_verbs
from assistant.words import commonness, fold, spell, stem, tokens

WH = frozenset(
    {"why", "cond", "when", "how_often", "how_long", "how_many", "how_much", "how_big", "who", "where", "compare"}
)
WH |= {"how", "def", "what"}
_MODAL = {"must": "must", "was_must": "must", "may": "may", "was_may": "may", "free": "may", "was_free": "may"}
_OMIT = {"da": "undlade", "en": "skip"}
_ONE = re.compile(r"\b(?:én|ét|Én|Ét|ÉN|ÉT|een|eet|Een|one)\b(?!')")
_WORD = re.compile(r"#?[^\W_]+(?:[½¼])?|½")
_NUMERALS = (
    "nul zero", "en et one", "to two", "tre three", "fire four", "fem five", "seks six", "syv seven", "otte eight",
    "ni nine", "ti ten", "elleve eleven", "tolv twelve", "tretten thirteen", "fjorten fourteen", "femten fifteen",
    "seksten sixteen", "sytten seventeen", "atten eighteen", "nitten nineteen", "tyve twenty",
)  # fmt: skip
_NUMBERS = {word: str(n) for n, words in enumerate(_NUMERALS) for word in words.split() if n != 1}
_NUMBERS |= {"tredive": "30", "thirty": "30", "halvanden": "1.5", "halvandet": "1.5", "1½": "1.5", "½": "0.5"}
_NEGATIONS = {
    "da": frozenset("ikke ej ingen intet aldrig hverken ikkje".split()),
    "en": frozenset("not no never neither none cannot t nor without".split()),
}
_WE = {"da": frozenset("vi man jeg os".split()), "en": frozenset("we i us one you".split())}
_PREPOSITIONS = {
    "da": frozenset("i paa til fra for om med efter ved hos mod uden under over foer inden mellem end".split()),
    "en": frozenset("in on to from for about with after at into under over before between than without".split()),
}
# A rule, a plan or a law is followed, not waited for: there "efter" tells no time.
_RULES = ("regl", "regel", "lov", "bestemmels", "paragraf", "ordning", "aftale", "krav", "kapitel", "list", "brev")
_INSTEAD = frozenset({"istedet", "erstatte", "instead"})
_REACH = 3
_PASTS = frozenset("blev fik gik kom tog gav traadte skrev sagde fandt holdt stod laa did was were had".split())
_PRESENTS = frozenset("bliver faar gaar kommer tager giver traeder skriver siger finder holder does do".split())
_PERFECT = re.compile(
    r"\b(har|havde|has|have|had) (\w+ ){0,4}?(?!ret\b|lov\b)(\w{3,}(et|rt|lt|nt|gt|st|ed)|been|vaeret)\b"
)
_TURNED = frozenset("maa kan skal er om at may can must do does are is to that".split())
_OF = frozenset({"af", "of", "by"})
_CUT = re.compile(r"[,;:?!–]|(?<!\d)\.|\s-\s|\b(?:naar|hvis|when|if)\b")
_WAS = re.compile(r"\W*(var|havde|blev|fik|was|were|had|did)\b")
_MARK = re.compile(r"[,.;:?!–]")
_GAP = 4
_BARE = 7  # the letters of a modal verb and the space behind it
_NOBODY = frozenset("der det there it".split())
_EITHER = ("kommun", "municipalit")  # the asker's own as well as any
_OURS = ("kommune", "kommunen", "kommuner", "kommunerne")
_SUBJECT = 3
_PARTICLE = 3
_GOT = "modtage"
_GETS = re.compile(r"(faa|faar|fik|faaet)\b")


class Term(NamedTuple):
    """A word of a question that is neither its asking nor what it names.

    `place` orders them; `role` is the preposition that it hangs on; `soft` tells that it may be left out, `scene` that
    it stands beside the sentence that asks, `concept` which phrase of the glossary it belongs to, `after` that it
    follows "i stedet for"; of the soft, `bare` ones only say that something is or is had;
    `denied` tells that its piece of the sentence denies.
    """

    spelt: str
    known: bool
    place: int
    role: str
    soft: bool
    bare: bool
    scene: bool
    concept: str
    after: bool
    denied: bool


class Reading(NamedTuple):
    """One turn of a question, taken apart.

    `ask` is what it asks ("may", "must", "whether" or a question word), `modals` the further verbs of that kind, `more`
    the further question words, `past` whether it asks of the past. `agent` is "we", "other" (someone named does it),
    "body" (a municipality, ours or another), "has" (someone named is to have it) or "" (it is not said who); `doer` who
    is named, `denied` how often it denies. `words` are all words in order, those that say nothing among them, in pieces
    that a mark parts.
    """

    ask: str
    modals: tuple[str, ...]
    more: tuple[str, ...]
    past: bool
    agent: str
    doer: str
    tense: str
    denied: int
    facts: Facts
    terms: tuple[Term, ...]
    words: tuple[tuple[str, ...], ...]


class _Taken(NamedTuple):
    """What a pattern took: its name, where from and to, the word that it says beside, and the words that it kept."""

    name: str
    start: int
    end: int
    beside: str
    kept: str


class _Text:
    """The spelt text, place by place open or taken, and where each place stands in the text as written."""

    def __init__(self, text: str, language: Language) -> None:
        pairs = [(spelt, at) for at, letter in enumerate(text) for spelt in spell(letter)]
        self.spelt = "".join(letter for letter, _ in pairs)
        self.origin = [at for _, at in pairs]
        self.language = language

    def take(self, cues: Iterable[Cue]) -> list[_Taken]:
        """All that the cues match, in the order of the cues; it is blanked but for what they keep."""
        found: list[_Taken] = []
        for cue in cues:
            for match in list(cue.pattern.finditer(self.spelt)):
                if self.spelt[match.start() : match.end()] == match.group():
                    kept = " ".join(each for each in match.groupdict().values() if each)
                    found.append(_Taken(cue.name, match.start(), match.end(), cue.beside, kept))
                    self._blank(match)
        return found

    def _blank(self, match: re.Match[str]) -> None:
        kept = [match.span(name) for name in match.re.groupindex if match.group(name)]
        blanked = "".join(
            letter if any(start <= at < end for start, end in kept) or not letter.isalnum() else " "
            for at, letter in enumerate(match.group(), match.start())
        )
        self.spelt = self.spelt[: match.start()] + blanked + self.spelt[match.end() :]


def read(text: str, language: Language, lexicon: Lexicon, words: frozenset[str]) -> Reading:
    """`text` taken apart. `words` are the stems that the documents know."""
    full = in_full(as_meant(_lower_capitals(text), language, words), language)
    facts, rest = facts_in(full, lexicon.kinds)
    table = wording(language)
    plain = _ONE.sub(lambda match: "#1".ljust(len(match.group())), rest)
    main = _main(plain)
    line = _Text(plain, language)
    line.take(table.wrapping)
    spoken = line.spelt
    asked = line.take(table.asks)
    if not any(each.name in WH or each.name in _MODAL for each in asked):
        asked = line.take(table.last)  # in a telegram what is asked stands last: "... - krav?"
    said = line.take(table.phrases)

    def in_main(at: int) -> bool:
        return main[0] <= line.origin[at] < main[1]

    ask, modals = _asked(asked, in_main)
    extra = [(each.start, each.beside) for each in asked if each.beside]
    extra += [(each.start, _OMIT[language]) for each in asked if each.name.endswith("free")]
    extra += [(each.start, each.name) for each in asked if each.name not in WH and each.name not in _MODAL]
    extra += [(each.start, each.name) for each in said]
    if ask == "who":  # "Hvem fik afslag?" is not "Hvem gav afslag?"
        extra += [(each.start, _GOT) for each in said if _GETS.match(spoken, each.start)]
    terms = tuple(_terms(line, extra, ask, table, _Setting(language, lexicon, words, main, plain)))
    doer = _agent(spoken, asked, in_main, language)
    return Reading(
        ask=ask,
        modals=modals,
        more=tuple(sorted(each.name for each in asked if each.name in WH - {ask, "what", "who"})),
        past=ask in ("may", "must", "whether") and _asks_past(asked, spoken[slice(*_within(line, main))]),
        agent=doer.kind,
        doer=doer.word,
        tense=_tense(spoken),
        denied=sum(word in _NEGATIONS[language] for word in re.findall(r"\w+", line.spelt)),
        facts=facts,
        terms=terms,
        words=_pieces(spoken, language),
    )


def _lower_capitals(text: str) -> str:
    return text.lower() if text.isupper() else text


def _main(text: str) -> tuple[int, int]:
    """Where the sentence that asks begins and ends."""
    main = parted(text).main
    start = text.find(main) if main else 0
    return (start, start + len(main)) if start >= 0 and main else (0, len(text))


def _asks_past(asked: list[_Taken], main: str) -> bool:
    """Whether a yes or no is asked of the past."""
    return any(each.name.startswith("was_") for each in asked) or bool(_WAS.match(main))


def _within(line: _Text, main: tuple[int, int]) -> tuple[int, int]:
    """Where a stretch of the text as written stands in the spelt text."""
    inside = [at for at, origin in enumerate(line.origin) if main[0] <= origin < main[1]]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _asked(asked: list[_Taken], in_main: Callable[[int], bool]) -> tuple[str, tuple[str, ...]]:
    """What is asked, and the modal verbs beside it."""
    inside = sorted((each for each in asked if in_main(each.start)), key=lambda each: each.start)
    inside = inside or sorted(asked, key=lambda each: each.start)
    opening = next((each for each in inside if each.name in WH or each.name in _MODAL), None)
    modals = {_MODAL[each.name] for each in asked if each.name in _MODAL and each is not opening}
    if opening is None:
        return "whether", tuple(sorted(modals))
    return _MODAL.get(opening.name, opening.name), tuple(sorted(modals))


# Where the subject stands before its verb: "at borgeren skal ...".
_STATED = {"da": re.compile(r"\b(at|om|som|der)\b"), "en": re.compile(r"\b(that|if|whether|which|who)\b")}


class _Doer(NamedTuple):
    """Who does what is asked about: the kind of it, and the word for it where it is someone named."""

    kind: str
    word: str = ""


def _agent(spoken: str, asked: list[_Taken], main: Callable[[int], bool], language: Language) -> _Doer:
    """Who is to do it: the asker, or someone named beside or behind the verb that asks, if not passively."""
    if _LETS[language].search(spoken):
        return _Doer("")
    verbs = sorted((each for each in asked if each.name in _MODAL), key=lambda each: (not main(each.start), each.start))
    if any(_before(each, spoken) in _WE[language] for each in verbs if main(each.start)):
        return _Doer("we")
    if verbs:
        found = [_doer(each, spoken, language) for each in verbs if main(each.start) == main(verbs[0].start)]
        return next((each for each in found if each.kind == "we"), found[0])
    return _Doer("we" if any(word in _WE[language] for word in re.findall(r"\w+", spoken)) else "")


def _before(verb: _Taken, spoken: str) -> str:
    """The word before a verb."""
    return next(iter(re.findall(r"\w+", spoken[: verb.start])[-1:]), "")


def _next(verb: _Taken, spoken: str) -> str:
    """The word behind a verb."""
    return next(iter(re.findall(r"\w+", spoken[verb.end :])), "")


def _doer(verb: _Taken, spoken: str, language: Language) -> _Doer:
    """The subject of one verb; of no kind where it has none, or only a word that may be either."""
    bare = not verb.kept and verb.end - verb.start <= _BARE
    if bare and _STATED[language].search(_CUT.split(spoken[: verb.start])[-1]):
        return _Doer("")
    before = _before(verb, spoken)
    if bare and (before.startswith(_EITHER) or is_person(before)) and is_infinitive(_next(verb, spoken)):
        return _Doer("body") if before.startswith(_EITHER) else _Doer("other", before)
    subject = re.findall(r"\w+(?!-)\b", verb.kept) or re.findall(r"\w+\b(?!-)", spoken[verb.end :])[:_SUBJECT]
    impersonal = _IMPERSONAL[language].search(spoken, verb.start)
    if impersonal and not verb.kept and impersonal.start() <= verb.end:
        return _Doer("we" if language == "en" or is_infinitive(impersonal[2]) else "")
    for word in subject:
        if word in _WE[language]:
            return _Doer("we")
        if word in _NOBODY:
            return _Doer("")
        if word.startswith(_EITHER) or word.endswith(_OURS):
            return _Doer("body")
        if word not in wording(language).drop or word == "der":
            if _HAS.search(spoken, verb.start):
                return _Doer("has", word)
            someone = bare or is_person(word)
            return _Doer("other", word) if someone and not _PASSIVE[language].search(spoken, verb.start) else _Doer("")
    return _Doer("")


# "Må vi lade enheden gøre det?" asks what "Må enheden gøre det?" asks; "Er det tilladt at gøre det?" is asked of us.
_LETS = {"da": re.compile(r"\blade\b(?! (vaere|ligge))"), "en": re.compile(r"\blet\b")}
_IMPERSONAL = {
    "da": re.compile(r"\b(tilladt|lovligt|muligt|orden|ok|okay|krav|pligt|noedvendigt|obligatorisk) at (\w+)\b"),
    "en": re.compile(r"\b(ok|okay|permitted|allowed|possible|legal|fine|mandatory|required|necessary) to (\w+)"),
}


_PASSIVE = {
    "da": re.compile(r"\w{3,}[^aeiou]?es\b|\b(blive|vaere|bliver) \w+(et|t|te)\b"),
    "en": re.compile(r"\bbe \w+"),
}


# Who is to have something does nothing: "Skal unge have et pålæg?" asks if one must give it.
_HAS = re.compile(r"\b(have|ha|faa|modtage|receive|get)\b")


class _Setting(NamedTuple):
    """What the terms of a text are read with."""

    language: Language
    lexicon: Lexicon
    words: frozenset[str]
    main: tuple[int, int]
    plain: str


def _terms(line: _Text, extra: list[tuple[int, str]], ask: str, table: Wording, setting: _Setting) -> Iterator[Term]:
    """The words that are left, and those that patterns stand for, in order."""
    concepts = dict(_concepts(setting))
    denied = _denying(line.spelt, setting.language)
    left = list(_left(line.spelt, setting.language))
    role, after, last = "", False, 0
    for at, word in sorted([*left, *extra]):
        origin = line.origin[min(at, len(line.origin) - 1)]
        if word in _PREPOSITIONS[setting.language] and not _tells_time(word, at, line.spelt):
            role, last = word, at
            if word in table.drop or word in ("efter", "after"):
                continue
        if word in _OF:
            role = word
            last = at
            continue
        if _MARK.search(line.spelt[last:at]):
            role, after = "", False
        if word in _INSTEAD:
            after = True
        if word in _NEGATIONS[setting.language] or (word in table.drop and not _is_number(word)):
            continue
        value = _value(word, line.spelt, at)
        known = value.startswith("#") or _known(word, setting)
        scene = not setting.main[0] <= origin < setting.main[1]
        soft = _soft(word, ask, table, setting.language) or _context(word, line.spelt[:at], table)
        bare = any(inflected(word, each, setting.language) for each in table.bare)
        instead = after and word not in _INSTEAD
        yield Term(value, known, at, role, soft, bare, scene, concepts.get(origin, ""), instead, denied(at))
        last = at


def _left(spelt: str, language: Language) -> Iterator[tuple[int, str]]:
    """The words that are left, a verb and its particle ("skrive ... under") as the one word that they mean."""
    words = tokens(spelt)
    parted = {each.verb: each for each in parted_verbs(words, _PARTICLE)} if language == "da" else {}
    parted = {place: each for place, each in parted.items() if words[each.particle].spelt not in _PREPOSITIONS["da"]}
    particles = {words[each.particle].start for each in parted.values()}
    wholes = {words[place].start: each.whole for place, each in parted.items()}
    for match in _WORD.finditer(spelt):
        if match.start() not in particles:
            yield match.start(), wholes.get(match.start(), match.group())


def _context(word: str, before: str, table: Wording) -> bool:
    """Whether a word only tells that it is about the trial or the network, as all is here ("i forsøget")."""
    within = re.search(r"\b(i|under|in|during)( det her| vores| the| our)? +$", before)
    return word.startswith(tuple(table.context)) and bool(within)


def _denying(spelt: str, language: Language) -> Callable[[int], bool]:
    """Tells whether a place lies in a piece, between two marks or words that open a clause, that denies something."""
    cuts = [match.start() for match in _CUT.finditer(spelt)]
    spans = list(zip([0, *cuts], [*cuts, len(spelt)], strict=True))
    denying = [span for span in spans if set(re.findall(r"\w+", spelt[slice(*span)])) & _NEGATIONS[language]]
    return lambda at: any(start <= at < end for start, end in denying)


def _soft(word: str, ask: str, table: Wording, language: Language) -> bool:
    """Whether a word says so little that it may be left out."""
    if ask == "when" and word in ("senest", "latest"):
        return True
    if ask in ("what", "who") and any(inflected(word, each, language) for each in table.telling):
        return False
    return any(inflected(word, each, language) for each in table.soft)


def _tells_time(word: str, at: int, spelt: str) -> bool:
    """Whether "efter" tells when ("efter mødet") and not by which rule ("efter de almindelige regler")."""
    if word not in ("efter", "after"):
        return word in ("foer", "inden", "before", "uden", "without", "under", "over")
    if spelt[at + len(word) :][:_GAP].isspace():  # a provision or a document stood there
        return False
    following = re.findall(r"\w+", spelt[at + len(word) :].split(",")[0].split("?")[0])[:_REACH]
    return bool(following) and not any(each.startswith(_RULES) or _RULES_IN.search(each) for each in following)


_RULES_IN = re.compile(r"(reglerne|loven|lovens|planer?)$")


def _is_number(word: str) -> bool:
    return word.startswith("#") or word in _NUMBERS


def _value(word: str, spelt: str, at: int) -> str:
    """A number as "#2", a place in an order as "#2.", any other word as it is."""
    if word.isdigit():
        ordinal = (
            spelt[at + len(word) : at + len(word) + 1] == "." and spelt[at + len(word) + 1 : at + len(word) + 3].strip()
        )
        return f"#{int(word)}." if ordinal else f"#{int(word)}"
    if word in _NUMBERS:
        return f"#{_NUMBERS[word]}"
    if word not in ("anden", "andet") and (place := ordinal_of(fold(word))):
        return f"#{place}."
    return word


def _known(word: str, setting: _Setting) -> bool:
    return commonness(word, setting.language) > 0 or word in setting.words or stem(word) in setting.words


def _concepts(setting: _Setting) -> Iterator[tuple[int, str]]:
    """Where words of a glossary phrase begin, with the phrase's name and place, so that one is told from the next."""
    words = tokens(setting.plain.replace("#1", "en"))
    for number, match in enumerate(setting.lexicon.concepts(words)):
        for word in words[match.start : match.end]:
            yield word.start, f"{match.concept}/{number}"


def _tense(spoken: str) -> str:
    """ "past" or "present" where all verbs that show their time agree; else ""."""
    found = {
        "past" if word in _PASTS or (word.endswith(("ede", "te")) and is_past(word)) else "present"
        for word in re.findall(r"\w+", spoken)
        if word in _PASTS | _PRESENTS or (word.endswith(("ede", "te", "er")) and is_shown(word))
    }
    found |= {"past"} if _PERFECT.search(spoken) else set()
    return next(iter(found)) if len(found) == 1 else ""


def _pieces(spoken: str, language: Language) -> tuple[tuple[str, ...], ...]:
    """All words in order, parted by marks and by what opens a clause, without those that a question turns round."""
    pieces = _CUT.split(spoken)
    turned = _TURNED | _WE[language]
    found = (tuple(word for word in re.findall(r"\w+", piece) if word not in turned) for piece in pieces)
    return tuple(piece for piece in found if piece)
