"""Why an answer is as it is, for the one who audits it: the question as read, what was weighed, rule and versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.models import Answer
from assistant.ui.reading import escape
from assistant.ui.wording import Wording


def explanation_html(given: Answer, words: Wording) -> str:
    """The answer's explanation as HTML. What the page has no words for is shown under its own name."""
    return f'<div class="fa-why">{"".join(_parts(given, words))}</div>'


def _parts(given: Answer, words: Wording) -> Iterator[str]:
    rest = dict(given.explanation)
    frame, weighed, rule = rest.pop("frame", {}), rest.pop("weighed", ()), rest.pop("rule", "")
    read = {words["read_as"]: _quoted(given.standalone_question)} | dict(_named(frame, words))
    yield f"<h3>{escape(words['read_so'])}</h3>{_pairs(read)}"
    decided = {words["rule"]: escape(words.label("values", str(rule)))} if rule else {}
    if decided or rest:
        yield _pairs(decided | dict(_named(rest, words)))
    if weighed:
        titles = {citation.source_id: citation.title for citation in given.citations}
        rows = "".join(_weighed(row, titles, words) for row in weighed)
        yield f"<h3>{escape(words['weighed'])}</h3><ol>{rows}</ol>"
    yield f"<h3>{escape(words['versions'])}</h3>{_pairs(_versions(given, words))}"


def _versions(given: Answer, words: Wording) -> dict[str, str]:
    known = {
        "answer_mode": given.mode,
        "model": given.model or words["none"],
        "prompt_version": given.prompt_version,
        "corpus_version": given.corpus_version,
        "engine_version": given.engine_version,
        "latency": f"{given.latency_ms} ms",
    }
    return {words[name]: escape(value) for name, value in known.items() if value}


def _weighed(row: Any, titles: Mapping[str, str], words: Wording) -> str:
    """A statement that was weighed: its words, what they do, which answer they speak for, where they stand."""
    if not (isinstance(row, Mapping) and "statement" in row):
        return f"<li>{_value(row, words)}</li>"
    rest = dict(row)
    statement, effect, says = rest.pop("statement"), rest.pop("effect", ""), rest.pop("says", "")
    done = words.label("values", str(effect))
    verdict = f" → {words.label('verdicts', str(says))}" if says else ""
    source = str(rest.pop("source_id", ""))
    where = (titles.get(source, source), words.date(str(rest.pop("date", ""))))
    figures = (f"{words.label('explanation', name).lower()} {value}" for name, value in rest.items())
    details = " · ".join(part for part in (*where, *figures) if part)
    return (
        f'<li><span class="fa-effect">{escape(done + verdict)}</span> <span lang="da">{escape(str(statement))}</span>'
        f'<span class="fa-meta">{escape(details)}</span></li>'
    )


def _named(table: Any, words: Wording) -> Iterator[tuple[str, str]]:
    """The entries of a table that say something, by name."""
    if isinstance(table, Mapping):
        for name, value in table.items():
            if value not in ("", None, (), [], {}):
                yield words.label("explanation", str(name)), _value(value, words)


def _value(value: Any, words: Wording) -> str:
    """Any plain value as HTML; a term shows its weight."""
    if isinstance(value, Mapping):
        if "term" in value:
            return f'<span class="fa-term">{escape(str(value["term"]))} {escape(str(value.get("weight", "")))}</span>'
        return _pairs(dict(_named(value, words)))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return " ".join(f'<span class="fa-item">{_value(part, words)}</span>' for part in value)
    return escape(words.label("values", value) if isinstance(value, str) else str(value))


def _pairs(pairs: Mapping[str, str]) -> str:
    """Names, which are text, and values, which are HTML, as a definition list."""
    return f"<dl>{''.join(f'<dt>{escape(name)}</dt><dd>{value}</dd>' for name, value in pairs.items())}</dl>"


def _quoted(text: str) -> str:
    return f"<q>{escape(text)}</q>"
