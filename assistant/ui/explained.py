"""Why an answer is as it is, for the one who audits it: the question as read, what was weighed, rule and versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.models import Answer
from assistant.ui.reading import escape
from assistant.ui.wording import Wording

# What has a place of its own on the page.
_ELSEWHERE = ("writer", "approved_question")


def explanation_html(given: Answer, words: Wording) -> str:
    """The answer's explanation as HTML. What the page has no words for is shown under its own name."""
    return f'<div class="fa-why">{"".join(_parts(given, words))}</div>'


def _parts(given: Answer, words: Wording) -> Iterator[str]:
    rest = {name: value for name, value in given.explanation.items() if name not in _ELSEWHERE}
    frame, weighed, rule = rest.pop("frame", {}), rest.pop("weighed", ()), str(rest.pop("rule", ""))
    aside, read, reason = rest.pop("set_aside", ()), str(rest.pop("read", "")), str(rest.pop("reason", ""))
    yield f"<h3>{escape(words['rule'])}</h3>{_sentence(reason or words.label('values', rule), given)}" if rule else ""
    yield f"<h3>{escape(words['read_so'])}</h3>{_sentence(read, given) if read else ''}"
    yield _pairs(
        {words["read_as"]: _quoted(given.standalone_question)} | dict(_named(_worth_telling(frame, read), words))
    )
    yield _pairs(dict(_named(rest, words))) if rest else ""
    for title, rows in ((words["weighed"], weighed), (words["set_aside"], aside)):
        if rows:
            listed = "".join(_weighed(row, given, words) for row in rows)
            yield f"<h3>{escape(title)}</h3><ol>{listed}</ol>"
    yield f"<h3>{escape(words['versions'])}</h3>{_pairs(_versions(given, words))}"


def _sentence(text: str, given: Answer) -> str:
    return f'<p lang="{given.language}">{escape(text)}</p>'


def _worth_telling(frame: Any, read: str) -> Any:
    """The frame without what the sentence that says how the question was read tells already."""
    told = ("act", "mode", "form") if read else ()
    return {name: value for name, value in frame.items() if name not in told} if isinstance(frame, Mapping) else frame


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


def _weighed(row: Any, given: Answer, words: Wording) -> str:
    """A statement that was weighed: its words, what they do, which answer they speak for, where they stand, and why
    they did not count where they did not."""
    if not (isinstance(row, Mapping) and "statement" in row):
        return f"<li>{_value(row, words)}</li>"
    rest = dict(row)
    statement, effect, says = rest.pop("statement"), rest.pop("effect", ""), rest.pop("says", "")
    done = words.label("values", str(effect))
    verdict = f" → {words.label('verdicts', str(says))}" if says else ""
    because, reason = str(rest.pop("because", "")), str(rest.pop("reason", ""))
    why = f'<span class="fa-because" lang="{given.language}">{escape(reason or because)}</span>' if because else ""
    return (
        f'<li><span class="fa-effect">{escape(done + verdict)}</span> <span lang="da">{escape(str(statement))}</span>'
        f'{why}<span class="fa-meta">{escape(_where(rest, given, words))}</span></li>'
    )


def _where(row: dict[str, Any], given: Answer, words: Wording) -> str:
    """The document of a statement and its date, then the figures that it was weighed by."""
    source = str(row.pop("source_id", ""))
    titles = {citation.source_id: citation.title for citation in given.citations}
    where = (str(row.pop("title", "")) or titles.get(source, source), words.date(str(row.pop("date", ""))))
    figures = (f"{words.label('explanation', name).lower()} {value}" for name, value in row.items())
    return " · ".join(part for part in (*where, *figures) if part)


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
