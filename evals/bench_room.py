"""A workshop under load: so many phones as real WebSocket clients answer within ten seconds before one big screen."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from statistics import median, quantiles
from time import monotonic
from typing import NamedTuple

from assistant.answer_json import to_json
from assistant.learning.cases.case import Case, Reason
from assistant.learning.workshop import hosting, joining
from assistant.learning.workshop.counting import SHOWN_FROM, tally
from assistant.learning.workshop.hosting import Plan
from assistant.learning.workshop.joining import Vote
from assistant.learning.workshop.rooms import Database, by_id, open_database
from assistant.models import Answer
from assistant.rights import Person
from assistant.settings import load_settings
from evals.bench_growth import ROOT, BenchError
from evals.bench_page import _free_port, _wait_for_health
from evals.bench_room_client import Page, Seen

PHONES = 40
WITHIN_S = 10.0
_AGAIN = 4  # every so many a phone presses twice, and every so many it changes its mind
_TEACHER = Person("bench", "underviser")
_VERDICTS = ("ja", "betinget", "nej")
_SETTLE_S = 3.0


class RoomTimes(NamedTuple):
    """What the room saw: times in milliseconds from a phone's press; `lost` and `doubled` are votes."""

    phones: int
    lost: int
    doubled: int
    taken_p95_ms: float  # until the phone said that its answer was taken
    chart_p50_ms: float  # until the big screen counted it
    chart_p95_ms: float
    revealed_p95_ms: float  # from the facilitator's step until a phone showed the answer
    load: float  # the machine's load average over the last minute, at the end


class _Sent(NamedTuple):
    """A phone's vote: what it chose last, when it pressed first, when it was told so."""

    token: str
    chosen: Vote
    pressed: float
    told: float


def measure_room(say: Callable[[str], None], phones: int = PHONES, within: float = WITHIN_S) -> RoomTimes:
    """Serve both pages, let `phones` clients join and vote within so many seconds, and look at what became of it."""
    with tempfile.TemporaryDirectory(prefix="bench-room-") as folder:
        settings = load_settings(data=Path(folder), database_url="")
        engine = open_database(settings)
        key = hosting.start(engine, _TEACHER, Plan((), 3, 2), [_case()], 1)
        say(f"workshoppen måles med {phones} telefoner …")
        with _served("app.py", folder) as screen, _served("assistant/ui/scripts/phones.py", folder) as door:
            try:
                return asyncio.run(_play(engine, key, screen, door, phones, within))
            except (OSError, TimeoutError) as exc:
                raise BenchError(f"Workshoppen kunne ikke måles. {str(exc) or 'Siden svarede ikke i tide.'}") from exc
            finally:
                engine.dispose()


async def _play(engine: Database, key: str, screen: str, door: str, phones: int, within: float) -> RoomTimes:
    counted: list[tuple[int, float]] = []

    def note(seen: Seen) -> None:
        if 'data-votes="' in seen.html:
            counted.append((int(seen.html.split('data-votes="')[1].split('"')[0]), seen.at))

    chance = random.Random(phones)
    async with AsyncExitStack() as stack:
        wall = await stack.enter_async_context(Page(screen, "workshop", f"workshop={key}", note))
        await wall.has("role")
        wall.set("role", "underviser")
        await wall.apply()
        await wall.until('class="fa-way-in"')
        code = by_id(engine, key).code
        pages = [await stack.enter_async_context(Page(door, query=f"kode={code}")) for _ in range(phones)]
        await asyncio.gather(*(_join(page, number) for number, page in enumerate(pages)))
        hosting.ask(engine, _TEACHER, key, 0)
        await asyncio.gather(*(page.until('class="fa-phone-case"') for page in pages))
        sent = await asyncio.gather(
            *(_vote(page, key, number, chance.uniform(0, within), chance) for number, page in enumerate(pages))
        )
        await asyncio.sleep(_SETTLE_S)
        start = monotonic()
        hosting.reveal(engine, _TEACHER, key, 0)
        shown = await asyncio.gather(*(page.until('class="fa-phone-answer"', start) for page in pages))
    return _times(engine, key, sent, counted, [seen.at - start for seen in shown])


async def _join(page: Page, number: int) -> None:
    await page.has("join-name")
    page.set("join-code", str(page.fields["join-code"].default))
    page.set("join-name", f"Bord {number}")
    await page.press("join-send")
    await page.until('class="fa-me"')


async def _vote(page: Page, key: str, number: int, wait: float, chance: random.Random) -> _Sent:
    """Choose after a while; some press twice, some choose anew."""
    verdicts, reasons = f"vote-verdict-{key}-0", f"vote-reason-{key}-0"
    options, why = list((await page.has(verdicts)).options), list((await page.has(reasons)).options)
    await asyncio.sleep(wait)
    chosen = (0, 0)
    pressed = monotonic()
    for _ in range(2 if number % _AGAIN == 1 else 1):
        chosen = chance.randrange(len(options)), chance.randrange(len(why))
        page.set(verdicts, options[chosen[0]])
        page.set(reasons, why[chosen[1]])
        now = monotonic()
        for _ in range(2 if number % _AGAIN == 2 else 1):
            await page.press(f"vote-send-{key}-0")
        told = await page.until('fa-done" role', now)
    token = dict(part.split("=") for part in page.query.split("&"))["plads"]
    return _Sent(token, Vote(_VERDICTS[chosen[0]], chosen[1]), pressed, told.at)


def _times(
    engine: Database, key: str, sent: Sequence[_Sent], counted: Sequence[tuple[int, float]], shown: Sequence[float]
) -> RoomTimes:
    votes = tally(engine, key, 0)
    kept = [joining.vote_of(engine, joining.resume(engine, each.token), 0) == each.chosen for each in sent]
    late = [
        next((at for count, at in counted if count >= place), float("inf")) - each.pressed
        for place, each in enumerate(sorted(sent, key=lambda each: each.told), start=1)
        if place >= SHOWN_FROM
    ]
    return RoomTimes(
        phones=len(sent),
        lost=kept.count(False),
        doubled=max(votes.votes - len(sent), 0),
        taken_p95_ms=_p95([each.told - each.pressed for each in sent]),
        chart_p50_ms=median(late) * 1000,
        chart_p95_ms=_p95(late),
        revealed_p95_ms=_p95(shown),
        load=os.getloadavg()[0],
    )


def _p95(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=20, method="inclusive")[-1] * 1000


@contextmanager
def _served(script: str, data: str) -> Iterator[str]:
    """The address of one of the two pages, over the data folder."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", script]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    env = os.environ | {"ASSISTANT_DATA": data, "ASSISTANT_DATABASE_URL": "", "ASSISTANT_LOGIN": "local"}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=quiet, stderr=quiet) as server:
        try:
            _wait_for_health(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _case() -> Case:
    question = "Må vi springe den forberedende del af rehabiliteringsplanen over?"
    reasons = tuple(Reason(f"Begrundelse {number}, så lang som en begrundelse er.", number == 1) for number in range(4))
    answer = to_json(Answer(question, question, "da", "nej", "Nej. " * 40))
    return Case(
        "bench", "bench", 2, "En borger med flere planer. " * 8, question, reasons, "nej", answer, ("Hvad så?",)
    )
