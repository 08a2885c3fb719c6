"""A row of the rules as HTML: a line of a table where there is room, a card where there is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.effects import GIVING
from assistant.learning.glance.limits import Limit
from assistant.learning.glance.rows import Row, edition_of
from assistant.models import Edition
from assistant.provision_laws import full_name
from assistant.ui.reading import escape
from assistant.ui.wording import Wording

# A sign beside the word, so that the effect is never told by colour alone; and the tone that it is shown in.
SIGNS = {
    "exempt": ("✓", "ja"),
    "permitted": ("✓", "ja"),
    "not_exempt": ("✕", "nej"),
    "condition": ("!", "betinget"),
    "required": ("!", "betinget"),
    "forbidden": ("✕", "nej"),
    "refused": ("✕", "nej"),
    "postponed": ("…", "ikke_besvaret"),
    "announced": ("…", "ikke_besvaret"),
    "wish": ("?", "ikke_besvaret"),
    "local": ("i", "info"),
    "fact": ("i", "info"),
}
COLUMNS = ("what", "effect", "provisions", "limits", "where")
_SHOWN_LIMITS = 3
_SHOWN_PROVISIONS = 6


def head_html(words: Wording) -> str:
    """The columns' headings; each cell has its own for who is read to, and where the columns stand under each other."""
    texts = words.texts("rules")
    cells = "".join(f"<span>{escape(texts[name])}</span>" for name in COLUMNS)
    return f'<div class="fa-rule fa-rule-head" aria-hidden="true">{cells}</div>'


def row_html(row: Row, here: bool, words: Wording) -> str:
    """A row; `here`: its quote is the one that is shown in its document."""
    lead = f'<p class="fa-rule-lead">{escape(row.lead)}</p>' if row.lead else ""
    said = f'{lead}<p class="fa-rule-text">{escape(row.statement.text)}</p>'
    cells = (
        f'<div lang="da">{said}</div>',
        f"<div>{_effect_html(row, words)}{_remarks_html(row, words)}</div>",
        provisions_html(row.provisions),
        _limits_html(row.limits, words),
        f"<div>{_where_html(row, words)}</div>",
    )
    labelled = (_cell(name, cell, words) for name, cell in zip(COLUMNS, cells, strict=True))
    return f'<article class="fa-rule{" fa-here" if here else ""}">{"".join(labelled)}</article>'


def badge_html(effect: str, words: Wording) -> str:
    """What a statement does, as a badge."""
    sign, tone = SIGNS.get(effect, ("i", "info"))
    return _badge_html(sign, tone, words.label("rule_effects", effect))


def effect_name(row: Row, words: Wording) -> str:
    """What a row does, with whether that is on conditions or with exceptions: never a bare yes where it is neither."""
    name, texts = words.label("rule_effects", row.effect), words.texts("rule_degrees")
    if row.effect not in GIVING or not (row.conditional or row.excepted):
        return name
    degree = "both" if row.conditional and row.excepted else "conditional" if row.conditional else "excepted"
    return texts[degree].format(effect=name)


def provisions_html(provisions: Sequence[str]) -> str:
    """Provisions as chips, each with its law's full name to be seen under a pointer."""
    if not provisions:
        return ""
    shown = "".join(_provision_html(name) for name in provisions[:_SHOWN_PROVISIONS])
    more = provisions[_SHOWN_PROVISIONS:]
    rest = "".join(_provision_html(name) for name in more)
    folded = f"<details><summary>+{len(more)}</summary>{rest}</details>" if more else ""
    return f'<div class="fa-provisions">{shown}{folded}</div>'


def remarks(row: Row, words: Wording) -> list[str]:
    """What must be known of a row beside its words."""
    texts = words.texts("rule_remarks")
    newer = edition_name(row.newer, words) if row.newer else ""
    found = []
    for code in row.remarks:
        key = "told_of_place" if code == "one_place" and row.effect == "local" else code
        found.append(texts[key].format(network=row.source.network, place=row.place, newer=newer))
    if row.passage.kind_of_source == "ansoegning":
        found.append(texts["application"])
    return found


def limit_text(limit: Limit, words: Wording) -> str:
    """A limit with how it belongs to its norm: "Undtagelse: Kommunerne fritages IKKE ..."."""
    return f"{_how(limit, words)}: {limit.text}"


def edition_name(edition: Edition, words: Wording) -> str:
    """An edition as it is called beside another: "Fritagelsesliste 2018"."""
    return f"{words.label('kinds', edition.kind)} {words.date(edition.date)}"


def _effect_html(row: Row, words: Wording) -> str:
    """The badge of a row: a quiet one for what does not hold here, a careful one for what is not given freely."""
    sign, tone = SIGNS[row.effect]
    if row.effect in GIVING and (row.conditional or row.excepted):
        sign, tone = "!", "betinget"
    if {"other_network", "only_told"} & set(row.remarks):
        tone = "quiet"
    return _badge_html(sign, tone, effect_name(row, words))


def _badge_html(sign: str, tone: str, text: str) -> str:
    return f'<span class="fa-badge fa-little fa-{tone}"><span aria-hidden="true">{sign}</span> {escape(text)}</span>'


def _how(limit: Limit, words: Wording) -> str:
    """How a limit belongs to its norm; one of another document names that."""
    passage = limit.passage
    document = edition_name(edition_of(passage), words) if passage else ""
    return words.texts("rule_limits")[limit.how].format(document=document)


def _cell(name: str, content: str, words: Wording) -> str:
    if not content:
        return f'<div class="fa-rule-{name} fa-empty"></div>'
    title = escape(words.texts("rules")[name])
    return f'<div class="fa-rule-{name}"><span class="fa-rule-label">{title}</span>{content}</div>'


def _remarks_html(row: Row, words: Wording) -> str:
    return "".join(f'<p class="fa-rule-remark">{escape(text)}</p>' for text in remarks(row, words))


def _provision_html(name: str) -> str:
    law = name.split(" ")[0]
    full = full_name(law)
    title = f' title="{escape(full)}"' if full != law else ""
    return f"<span{title}>{escape(name)}</span>"


def _limits_html(limits: Iterable[Limit], words: Wording) -> str:
    items = [
        f'<li><b>{escape(_how(limit, words))}:</b> <span lang="da">{escape(limit.text)}</span></li>' for limit in limits
    ]
    if not items:
        return ""
    more = items[_SHOWN_LIMITS:]
    title = escape(words.texts("rules")["more_limits"].format(count=len(more)))
    folded = f"<details><summary>{title}</summary><ul>{''.join(more)}</ul></details>" if more else ""
    return f"<div><ul>{''.join(items[:_SHOWN_LIMITS])}</ul>{folded}</div>"


def _where_html(row: Row, words: Wording) -> str:
    facts = [words.label("kinds", row.passage.kind_of_source), words.date(row.passage.date)]
    facts = [fact for fact in facts if fact.lower() not in row.source.title.lower()]
    facts += row.passage.heading_path[-1:]
    facts += [words["page"].format(page=row.passage.page)] if row.passage.page is not None else []
    shown = " · ".join(dict.fromkeys(facts))
    return f'<p class="fa-rule-title">{escape(row.source.title)}</p><p class="fa-rule-facts">{escape(shown)}</p>'
