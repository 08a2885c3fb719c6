"""The same rule asked from both sides: "must we still?" and "are we exempt?" get opposite verdicts.

A topic is put in each language as a phrase for a verb frame ("lave Min Plan") and a gerund or a noun phrase; the
documents say whether the duty stands, is lifted, or is lifted in part or on conditions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Literal, NamedTuple

from evals.metamorphic_check import Check, asked
from evals.runner import Answerer

Side = Literal["must", "free"]
Status = Literal["stands", "lifted", "partly"]
OPPOSITE = {"ja": "nej", "nej": "ja", "betinget": "betinget"}
# What may be answered on each side. That a lifted duty hangs on one joint plan may be said as a condition.
ACCEPTED: dict[Status, dict[Side, frozenset[str]]] = {
    "stands": {"must": frozenset({"ja"}), "free": frozenset({"nej"})},
    "lifted": {"must": frozenset({"nej", "betinget"}), "free": frozenset({"ja", "betinget"})},
    "partly": {"must": frozenset({"nej", "betinget"}), "free": frozenset({"betinget"})},
}
# The answer of each side that lets a reader drop what is still a duty.
_HARMFUL: dict[Side, str] = {"must": "nej", "free": "ja"}


class Frame(NamedTuple):
    """A way to ask, with a slot for the topic's phrase of that name."""

    side: Side
    text: str


class Topic(NamedTuple):
    """A duty of the ordinary rules: what the documents say of it, and its phrases."""

    id: str
    status: Status
    da: str
    do: str
    doing: str


FRAMES: dict[str, tuple[Frame, ...]] = {
    "da": (
        Frame("must", "Skal vi stadig {da}?"),
        Frame("must", "Er vi fortsat forpligtet til at {da}?"),
        Frame("must", "Har kommunen stadig pligt til at {da}?"),
        Frame("must", "Behøver vi stadig at {da}?"),
        Frame("free", "Er vi fritaget for at {da}?"),
        Frame("free", "Kan vi undlade at {da}?"),
        Frame("free", "Slipper vi for at {da}?"),
        Frame("free", "Må vi lade være med at {da}?"),
    ),
    "en": (
        Frame("must", "Do we still have to {do}?"),
        Frame("must", "Must we still {do}?"),
        Frame("must", "Are we still required to {do}?"),
        Frame("free", "Are we exempt from {doing}?"),
        Frame("free", "May we skip {doing}?"),
        Frame("free", "Can we avoid {doing}?"),
    ),
}
TOPICS = (
    Topic("registration", "stands", "registrere til det fælles datagrundlag", "register to the common data base",
          "registering to the common data base"),
    Topic("warehouse", "stands", "indberette til det statistiske datavarehus",
          "report to the statistical data warehouse", "reporting to the statistical data warehouse"),
    Topic("preparatory", "stands", "udføre den forberedende del af rehabiliteringsplanen",
          "carry out the preparatory part of the rehabilitation plan",
          "carrying out the preparatory part of the rehabilitation plan"),
    Topic("child", "stands", "lave en plan for barnet efter servicelovens § 140",
          "make a plan for the child under section 140 of the Social Services Act",
          "making a plan for the child under section 140 of the Social Services Act"),
    Topic("questionnaires", "stands", "gennemføre spørgeskemaerne med borgerne",
          "carry out the questionnaires with the citizens", "carrying out the questionnaires with the citizens"),
    Topic("job-focus", "stands", "bevare job- eller beskæftigelsesperspektivet i indsatsen",
          "keep the job or employment perspective in the effort",
          "keeping the job or employment perspective in the effort"),
    Topic("kat3", "stands", "lade indsatser fra ressourceforløb fremgå af den samlede plan",
          "let efforts from resource courses appear in the joint plan",
          "letting efforts from resource courses appear in the joint plan"),
    Topic("fund", "stands", "tage stilling til samarbejdet med a-kassen",
          "consider the cooperation with the unemployment fund",
          "considering the cooperation with the unemployment fund"),
    Topic("statute", "stands", "offentliggøre den opdaterede frikommunevedtægt",
          "publish the updated frikommune statute", "publishing the updated frikommune statute"),
    Topic("mentor-report", "stands", "skrive oplysningerne fra mentorkontrakten ind i borgerens plan",
          "write the content of the mentor contract into the citizen's plan",
          "writing the content of the mentor contract into the citizen's plan"),
    Topic("sel54", "lifted", "lave en plan efter SEL § 54", "make a plan under SEL section 54",
          "making a plan under SEL section 54"),
    Topic("sel70", "lifted", "lave en plan efter servicelovens § 70",
          "make a plan under section 70 of the Social Services Act",
          "making a plan under section 70 of the Social Services Act"),
    Topic("sel141", "lifted", "lave en handleplan efter servicelovens § 141",
          "make an action plan under section 141 of the Social Services Act",
          "making an action plan under section 141 of the Social Services Act"),
    Topic("las50", "lifted", "lave en plan efter LAS § 50", "make a plan under LAS section 50",
          "making a plan under LAS section 50"),
    Topic("bab52", "lifted", "lave en plan efter BAB § 52", "make a plan under BAB section 52",
          "making a plan under BAB section 52"),
    Topic("kap12a", "lifted", "lave planer efter LAB kap. 12 a", "make plans under LAB chapter 12 a",
          "making plans under LAB chapter 12 a"),
    Topic("attendance", "lifted", "kræve personligt fremmøde af borgeren", "require personal attendance of the citizen",
          "requiring personal attendance of the citizen"),
    Topic("jobcentre", "lifted", "lægge beskæftigelsesindsatsen i jobcenteret",
          "place the employment effort in the job centre", "placing the employment effort in the job centre"),
    Topic("mentor", "lifted", "udarbejde en særskilt mentorkontrakt", "draw up a separate mentor contract",
          "drawing up a separate mentor contract"),
    Topic("lab16", "lifted", "følge LAB § 16, stk. 4", "follow LAB section 16(4)", "following LAB section 16(4)"),
    Topic("lsd13b", "lifted", "følge sygedagpengelovens § 13 b, stk. 2",
          "follow section 13 b(2) of the Sickness Benefit Act",
          "following section 13 b(2) of the Sickness Benefit Act"),
    Topic("bab36", "lifted", "følge BAB § 36", "follow BAB section 36", "following BAB section 36"),
    Topic("effort-part", "lifted", "lave indsatsdelen af rehabiliteringsplanen",
          "make the effort part of the rehabilitation plan", "making the effort part of the rehabilitation plan"),
    Topic("template", "lifted", "bruge netværkets planskabelon", "use the network's plan template",
          "using the network's plan template"),
    Topic("internal-evaluation", "lifted", "evaluere forsøget internt", "evaluate the trial internally",
          "evaluating the trial internally"),
    Topic("rehabilitation", "partly", "lave rehabiliteringsplanen", "make the rehabilitation plan",
          "making the rehabilitation plan"),
    Topic("sel140-141", "partly", "lave handleplaner efter SEL §§ 140-141",
          "make action plans under SEL sections 140-141",
          "making action plans under SEL sections 140-141"),
    Topic("min-plan", "partly", "lave Min Plan", "make Min Plan", "making Min Plan"),
    Topic("lsd13c", "partly", "lave en plan efter sygedagpengelovens § 13 c",
          "make a plan under section 13 c of the Sickness Benefit Act",
          "making a plan under section 13 c of the Sickness Benefit Act"),
    Topic("right-and-duty", "partly", "give ret og pligt-tilbud til borgeren",
          "give right-and-duty offers to the citizen", "giving right-and-duty offers to the citizen"),
    Topic("education-order", "partly", "give uddannelsespålæg til aktivitetsparate borgere",
          "give the education order to activity-ready citizens",
          "giving the education order to activity-ready citizens"),
)  # fmt: skip


def opposites(assistant: Answerer, topics: Iterable[Topic] = TOPICS) -> Iterator[Check]:
    """Each question against what the documents say ("frame"), and each pair of sides against each other ("opposite").

    The language is part of the relation's name, since a phrase can be read in one and not in the other.
    """
    for topic, language in product(topics, FRAMES):
        got = [_asked(assistant, topic, language, number) for number in range(len(FRAMES[language]))]
        yield from got
        sides = {side: [check for check, frame in _framed(got, language) if frame.side == side] for side in _HARMFUL}
        yield from (_pair(language, topic, must, free) for must, free in product(sides["must"], sides["free"]))


def _framed(checks: list[Check], language: str) -> Iterator[tuple[Check, Frame]]:
    yield from zip(checks, FRAMES[language], strict=True)


def _asked(assistant: Answerer, topic: Topic, language: str, number: int) -> Check:
    frame = FRAMES[language][number]
    question = frame.text.format(**topic._asdict())
    got = asked(assistant, question).verdict
    accepted = ACCEPTED[topic.status][frame.side]
    return Check(
        relation=f"frame_{language}",
        id=f"{topic.id}/{language}{number}",
        question=question,
        expected="|".join(sorted(accepted)),
        got=got,
        held=got in accepted,
        dangerous=got == _HARMFUL[frame.side] and got not in accepted,
    )


def _pair(language: str, topic: Topic, must: Check, free: Check) -> Check:
    """Two questions that ask the opposite. A "nej" beside a "betinget" agrees too: both lift the duty on conditions."""
    accepted = {OPPOSITE.get(must.got, "")} | (
        {"betinget"} if must.got == "nej" and topic.status != "stands" else set()
    )
    return Check(
        relation=f"opposite_{language}",
        id=f"{must.id}-{free.id}",
        question=f"{must.question} / {free.question}",
        expected=f"{must.got} / {OPPOSITE.get(must.got, 'svar')}",
        got=free.got,
        held=free.got in accepted,
    )
