"""What a room sees on the wall, as HTML in large type: the way in, the case, the time, the votes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from assistant.learning.cases.case import Case
from assistant.learning.workshop.counting import SHOWN_FROM, Tally, visible
from assistant.learning.workshop.rooms import Pulse, Workshop
from assistant.ui.badges import verdict_html
from assistant.ui.cards import VERDICT_SIGNS
from assistant.ui.overview_charts import VERDICT_COLOURS
from assistant.ui.reading import escape
from assistant.ui.wording import Wording

VERDICTS = ("ja", "betinget", "nej")


class Bar(NamedTuple):
    """A bar of a chart: its name, how many, its colour, and whether it is the right one (None: not told yet)."""

    name: str
    times: int
    colour: str
    right: bool | None = None


def code_html(code: str) -> str:
    """The code in two halves, easier to read and to type; to who is read to, sign by sign."""
    half = len(code) // 2
    shown = f"{code[:half]} {code[half:]}"
    return f'<span class="fa-code-signs" aria-label="{escape(" ".join(code))}">{escape(shown)}</span>'


def way_in_html(address: str, code: str, qr: str, words: Wording) -> str:
    """Where to go, the code, and both as a picture."""
    shown = address.removeprefix("http://").removeprefix("https://").rstrip("/")
    return (
        f'<section class="fa-way-in"><div><p>{escape(_t(words, "join_at"))}</p>'
        f'<p class="fa-address">{escape(shown)}</p>'
        f"<p>{escape(_t(words, 'join_code'))}</p><p>{code_html(code)}</p></div>"
        f'<img src="{escape(qr)}" alt="{escape(_t(words, "qr"))}"></section>'
    )


def here_html(nicknames: Sequence[str], words: Wording) -> str:
    """Who is there."""
    named = {0: _t(words, "nobody"), 1: _t(words, "one_here")}
    title = named.get(len(nicknames)) or _t(words, "here").format(count=len(nicknames))
    listed = "".join(f"<li><bdi>{escape(name)}</bdi></li>" for name in nicknames)
    return f'<section class="fa-here-now"><h3 role="status">{escape(title)}</h3><ul>{listed}</ul></section>'


def case_html(case: Case) -> str:
    """The situation and the question."""
    return (
        f'<section class="fa-room-case" lang="da"><p>{escape(case.situation)}</p>'
        f"<h2>{escape(case.question)}</h2></section>"
    )


def live_html(room: Workshop, now: Pulse, votes: Tally, words: Wording) -> str:
    """While a case is asked: the time left, how many have answered, and the votes as far as the room sees them."""
    counted = _t(words, "answered").format(votes=votes.votes, participants=votes.participants)
    if visible(now, votes):
        shown = chart_html(_t(words, "votes"), verdict_bars(votes, words))
    else:
        key = "hidden" if now.hidden else "few"
        shown = f'<p class="fa-wait">{escape(_t(words, key).format(count=SHOWN_FROM))}</p>'
    return (
        f'<section class="fa-live-room" data-votes="{votes.votes}">'
        f'<p class="fa-clock">{escape(_clock(room, words))}</p>'
        f'<p class="fa-answered">{escape(counted)}</p>{shown}</section>'
    )


def verdict_bars(votes: Tally, words: Wording, right: str = "") -> list[Bar]:
    """The votes by verdict; with the right one marked when it is told."""
    return [
        Bar(
            f"{VERDICT_SIGNS[verdict]} {words.label('verdicts', verdict)}",
            votes.verdicts.get(verdict, 0),
            VERDICT_COLOURS[verdict],
            verdict == right if right else None,
        )
        for verdict in VERDICTS
    ]


def reason_bars(case: Case, votes: Tally) -> list[Bar]:
    """The votes by reason, the right one marked."""
    return [
        Bar(reason.text, votes.reasons.get(place, 0), "#7a828a", reason.right)
        for place, reason in enumerate(case.reasons)
    ]


def chart_html(title: str, bars: Iterable[Bar], right: str = "") -> str:
    """A bar for each, with its number in writing; `right` says in words that a bar is the right one."""
    rows = list(bars)
    most = max((bar.times for bar in rows), default=0) or 1
    return (
        f'<div class="fa-bars"><h3>{escape(title)}</h3><ul>'
        + "".join(_bar_html(bar, most, right) for bar in rows)
        + "</ul></div>"
    )


def _bar_html(bar: Bar, most: int, right: str) -> str:
    told = f' <b class="fa-good">✓ {escape(right)}</b>' if bar.right and right else ""
    length = f"width: {100 * bar.times / most:.0f}%; background: {bar.colour}"
    return (
        f'<li class="{"fa-right" if bar.right else "fa-other"}"><p>{escape(bar.name)}{told}</p>'
        f'<div><span style="{length}"></span><b>{bar.times}</b></div></li>'
    )


def revealed_html(case: Case, votes: Tally, words: Wording) -> str:
    """How the room voted, where it differed from the documents, and what to talk about."""
    right = _t(words, "right")
    questions = "".join(f"<li>{escape(each)}</li>" for each in case.discussion)
    return (
        f'<section class="fa-revealed"><p class="fa-differed">{escape(differed(case, votes, words))}</p>'
        f"{chart_html(_t(words, 'votes'), verdict_bars(votes, words, case.verdict), right)}"
        f"{chart_html(_t(words, 'reasons'), reason_bars(case, votes), _t(words, 'holds'))}"
        f'<h3>{escape(_t(words, "discussion"))}</h3><ol class="fa-discussion" lang="da">{questions}</ol></section>'
    )


def differed(case: Case, votes: Tally, words: Wording) -> str:
    """In a sentence or two how the room's votes stand to the documents' answer."""
    if not votes.votes:
        return _t(words, "no_votes")
    right = votes.verdicts.get(case.verdict, 0)
    holds = sum(votes.reasons.get(place, 0) for place, reason in enumerate(case.reasons) if reason.right)
    why = _t(words, "reason_right").format(right=holds, votes=votes.votes)
    if right == votes.votes:
        return f"{_t(words, 'agreed').format(votes=votes.votes)} {why}"
    wrong = {verdict: times for verdict, times in votes.verdicts.items() if verdict != case.verdict}
    other = max(wrong, key=lambda verdict: wrong[verdict])
    said = _t(words, "differed").format(
        right=right, votes=votes.votes, other=words.label("verdicts", other), times=wrong[other]
    )
    return f"{said} {why}"


def results_html(cases: Sequence[Case], votes: Sequence[Tally], words: Wording) -> str:
    """Each case with its verdict and how many of the votes were right."""
    rows = "".join(
        f"<tr><td>{place}</td><td>{escape(case.question)}</td><td>{verdict_html(case.verdict, words)}</td>"
        f"<td>{each.verdicts.get(case.verdict, 0)} / {each.votes}</td></tr>"
        for place, (case, each) in enumerate(zip(cases, votes, strict=True), start=1)
    )
    head = f'<th colspan="3">{escape(_t(words, "case"))}</th><th>{escape(_t(words, "share"))}</th>'
    return (
        f'<section class="fa-results"><h3>{escape(_t(words, "results"))}</h3>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></section>"
    )


def _clock(room: Workshop, words: Wording) -> str:
    left = room.minutes * 60 - int((datetime.now(UTC) - datetime.fromisoformat(room.asked)).total_seconds())
    if left <= 0:
        return _t(words, "time_up")
    return _t(words, "time_left").format(time=f"{left // 60}:{left % 60:02d}")


def _t(words: Wording, key: str) -> str:
    return words.texts("workshop")[key]
