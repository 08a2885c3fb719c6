"""Cases for a session: composed from parts, kept only where the engine decides them whichever way they are told."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from itertools import zip_longest
from typing import Any, NamedTuple

from assistant.answer_json import to_json
from assistant.effects import GIVING
from assistant.engine import Assistant
from assistant.learning.cases.case import Case
from assistant.learning.cases.citizen import Citizen, citizens, fitting, situation, unlike
from assistant.learning.cases.deciding import Decided, Found, alike, ask, decided, superseded
from assistant.learning.cases.deed import Deed, deeds, table
from assistant.learning.cases.grading import Topic, difficulty, documents, topic_of, topics
from assistant.learning.cases.kept import Kept
from assistant.learning.cases.parts import Line, Parts, load
from assistant.learning.cases.reasons import reasons
from assistant.models import Answer

Progress = Callable[[int, int], None]
_MOST_DISCUSSED = 3
_SPARE = 2  # cases of a verdict that has had its half are looked at for each one asked for, before they are taken


class Candidate(NamedTuple):
    """A case that may be: a deed, a way of asking about it, and a citizen. `draw` decides what is left to choose."""

    key: str
    deed: Deed
    frame: str
    asks: tuple[str, ...]
    citizen: Citizen
    draw: int


def compose(
    assistant: Assistant,
    topics: Iterable[str],
    count: int,
    difficulty: int,
    seed: int,
    *,
    progress: Progress | None = None,
) -> tuple[Case, ...]:
    """`count` cases on the topics (module ids; none: all), at most as hard as `difficulty`.

    There are fewer where the documents give no more. The same seed and documents give the same cases;
    they vary in deeds, ways of asking and verdicts as far as they can. `progress` is told how many of how many
    are ready. Raises CaseError where the parts cannot be read.
    """
    wanted, chosen, spare = frozenset(topics), list[Case](), list[Case]()
    bench = Bench(assistant)
    for case in _spread(bench, seed, wanted, difficulty):
        if len(chosen) >= count or len(spare) >= _SPARE * count:
            break
        same = sum(each.verdict == case.verdict for each in chosen)
        (chosen if same < (count + 1) // 2 else spare).append(case)
        if progress:
            progress(len(chosen), count)
    bench.kept.save()
    return tuple([*chosen, *spare][:count])


def every(assistant: Assistant, *, progress: Progress | None = None) -> tuple[Case, ...]:
    """All cases that the documents and parts give, in the order of the documents."""
    bench = Bench(assistant)
    found = []
    for number, candidate in enumerate(bench.candidates, start=1):
        case = bench.case(candidate)
        found += [case] if case else []
        if progress:
            progress(number, len(bench.candidates))
    bench.kept.save()
    return tuple(found)


def _spread(bench: Bench, seed: int, wanted: Collection[str], most: int) -> Iterator[Case]:
    """The cases that fit, those that resemble an earlier one last: first by section and frame, then by deed."""
    shuffled = list(bench.candidates)
    random.Random(seed).shuffle(shuffled)
    shuffled = _in_turn(shuffled)
    seen: set[object] = set()
    for alike_in in (_section, _deed, _itself):
        for candidate in shuffled:
            if candidate.key in seen or alike_in(candidate) in seen:
                continue
            if wanted and not bench.topics_of(candidate.deed) & frozenset(wanted):
                continue
            case = bench.case(candidate)
            if case and case.difficulty <= most and (not wanted or case.topic in wanted):
                seen |= {candidate.key, _section(candidate), _deed(candidate)}
                yield case


def _in_turn(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates, one of each kind in turn: kinds that are asked otherwise mostly come to other verdicts."""
    kinds: dict[tuple[str, bool], list[Candidate]] = {}
    for candidate in candidates:
        kinds.setdefault((candidate.frame, candidate.deed.effect in GIVING), []).append(candidate)
    return [each for row in zip_longest(*kinds.values()) for each in row if each]


def _section(candidate: Candidate) -> object:
    return candidate.deed.passages[0].rsplit(":", 1)[0], candidate.deed.kind, candidate.frame, candidate.deed.effect


def _deed(candidate: Candidate) -> object:
    return candidate.deed.text


def _itself(candidate: Candidate) -> object:
    return candidate.key


class Bench:
    """What cases of one corpus are made with; what was decided before is not asked again."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.library = assistant.library()
        self.parts: Parts = unlike(load(assistant.settings.corpus), self.library)
        self.kept = Kept.open(assistant, repr(self.parts))
        self._answers: dict[tuple[str, ...], Decided | str] = {}
        self.refused: dict[str, str] = {}

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """Every deed in each way of asking, with some citizens that it fits."""
        return tuple(_candidates(self.deeds, self))

    @cached_property
    def deeds(self) -> tuple[Deed, ...]:
        """The deeds of the documents."""
        return deeds(self.library)

    @cached_property
    def _pool(self) -> tuple[Found, ...]:
        """The statements that deeds were found in: what a wrong reason is taken from."""
        ids = {statement for deed in self.deeds for statement in deed.statements}
        places = dict.fromkeys(passage for deed in self.deeds for passage in deed.passages)
        old = superseded(self.library)
        passages = [self.library.passages[each] for each in places if self.library.passages[each].source_id not in old]
        return tuple(Found(passage, each) for passage in passages for each in passage.statements if each.id in ids)

    @cached_property
    def _topics(self) -> tuple[Topic, ...]:
        return topics(self._assistant.settings.corpus, self.library)

    def topics_of(self, deed: Deed) -> frozenset[str]:
        """The topics that a case of the deed can have, known before anything is asked."""
        passages = [self.library.passages[each] for each in deed.passages]
        found = [Found(passage, each) for passage in passages for each in passage.statements]
        return frozenset(topic_of(each, self._topics) for each in found if each.statement.id in deed.statements)

    def case(self, candidate: Candidate) -> Case | None:
        """The case, None where the engine does not decide it; asked once for each version of the documents."""
        if candidate.key not in self.kept:
            self.kept[candidate.key] = self._decide(candidate)
        return self.kept[candidate.key]

    def _decide(self, candidate: Candidate) -> Case | None:
        """The case whose question, bare, with the citizen and with the whole situation, has one and the same answer."""
        told = self._situation(candidate)
        for deed in (candidate.deed, *(candidate.deed._replace(text=longer) for longer in candidate.deed.longer)):
            for asked in candidate.asks:
                found = self._tried(candidate, deed, asked, told)
                if isinstance(found, Case):
                    return found
                self.refused[candidate.key] = found
        return None

    def _tried(self, candidate: Candidate, deed: Deed, asked: str, told: str) -> Case | str:
        """The case in these words, or why it is none."""
        plain = _question(asked, deed, None)
        bare = self._asked(deed, candidate.frame, plain)
        if isinstance(bare, str):
            return bare
        for question in dict.fromkeys((_question(asked, deed, candidate.citizen), plain)):
            key = self._asked(deed, candidate.frame, question)
            if isinstance(key, str) or not alike(key.answer, bare.answer):
                continue
            if alike(ask(self._assistant, f"{told} {question}"), bare.answer):
                return self._composed(candidate, told, question, key)
        return "situationen ændrer svaret"

    def _asked(self, deed: Deed, frame: str, question: str) -> Decided | str:
        """What the engine decides of a question about a deed."""
        place = (*deed.statements, frame, question)
        if place not in self._answers:
            self._answers[place] = decided(deed, frame, ask(self._assistant, question), self.library)
        return self._answers[place]

    def _situation(self, candidate: Candidate) -> str:
        draw, citizen = candidate.draw, candidate.citizen
        wishes = [line for line in self.parts.wishes if line.frame == candidate.frame]
        holds = candidate.deed.holds_for if candidate.frame == "must" else ""
        return situation(
            citizen,
            [citizen.person.text, *_one(self.parts.circumstances, draw), holds, *_one(wishes, draw // 5)],
        )

    def _composed(self, candidate: Candidate, told: str, question: str, key: Decided) -> Case:
        return Case(
            key=candidate.key,
            topic=topic_of(key.first, self._topics),
            difficulty=difficulty(key, candidate.frame, self.library),
            situation=told,
            question=question,
            reasons=reasons(key, candidate.deed, candidate.frame, self._pool, self._assistant, candidate.draw),
            verdict=key.answer.verdict,
            answer=json.loads(json.dumps(to_json(key.answer))),
            discussion=self._discussion(candidate, key.answer),
        )

    def _discussion(self, candidate: Candidate, answer: Answer) -> tuple[str, ...]:
        cited = documents(answer)
        named = " og ".join([", ".join(cited[:-1]), cited[-1]] if cited[1:] else cited)
        found = [
            candidate.citizen.fill(line.text, dokumenter=named)
            for line in self.parts.discussions
            if line.frame in ("", candidate.frame)
            and line.verdict in ("", answer.verdict)
            and len(cited) >= line.documents
        ]
        return tuple(found[:_MOST_DISCUSSED])


def _one(lines: Iterable[Line], draw: int) -> list[Line]:
    found = list(lines)
    return [found[draw % len(found)]] if found else []


def _candidates(found: Iterable[Deed], bench: Bench) -> Iterator[Candidate]:
    for deed in found:
        for frame in table()["frame"]:
            if not _goes(deed, frame):
                continue
            draw = _draw(deed.text, frame["name"])
            people = fitting(deed, bench.parts, bench.library)
            for citizen in citizens(people, bench.parts, bench.library, draw):
                key = _hash(deed.text, frame["name"], repr(citizen))
                yield Candidate(
                    key, _swapped(deed, frame), frame["name"], tuple(frame["asks"]), citizen, int(key[:8], 16)
                )


def _swapped(deed: Deed, frame: dict[str, Any]) -> Deed:
    """The deed in the words of a frame that changes some."""
    if "swap" not in frame:
        return deed
    one, other = frame["swap"]
    wordings = [re.sub(rf"\b{one}\b", other, text, count=1) for text in (deed.text, *deed.longer)]
    return deed._replace(text=wordings[0], longer=tuple(wordings[1:]))


def _goes(deed: Deed, frame: dict[str, Any]) -> bool:
    """Whether a deed can be asked about so."""
    if frame["kind"] != deed.kind or (frame["name"] in ("may", "all")) != deed.may:
        return False
    return "swap" not in frame or bool(re.search(rf"\b{frame['swap'][0]}\b", deed.text))


def _question(asked: str, deed: Deed, citizen: Citizen | None) -> str:
    """The question about a deed; with a citizen, where the deed itself names nobody."""
    words = table()["case"]
    named = re.search(words["named"], deed.text, re.IGNORECASE)
    case = citizen.fill(words["of"]) if citizen and not named else ""
    return asked.format(deed=deed.text.replace(" | ", " "), case=case)


def _draw(*parts: str) -> int:
    return int(_hash(*parts)[:8], 16)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
