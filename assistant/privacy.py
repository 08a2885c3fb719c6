"""Personal data in a question: found and masked before anything else reads the text.

What identifies a person is masked: civil registration (CPR), telephone and account numbers, e-mail and street
addresses, dates of birth, and names that stand beside such data or are introduced as names. Case, document and law
numbers, dates and provisions stay. If masking fails, the question is refused: it never passes unmasked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from assistant.errors import QuestionError
from assistant.models import Span
from assistant.privacy_names import names

_MONTH = r"(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|o[kc]t|nov|dec)[^\W\d_]*\.?"
_COVERS = re.compile(r"\[[^\]\d]{3,15}\]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_STREET = (
    r"(?:gaden?|all[eé]|vænget?|strædet?|boulevard|vej(?:en)?|torv(?:et)?|plads(?:en)?|park(?:en)?|bakken|vang|toften"
    r"|stien|engen|lunden|krogen|haven|skrænten|kanal|kaj|bro|sti)"
)
_FLOOR = (
    r"(?:,?\s*(?:st|kl|\d{1,2})\.?\s*(?:tv|th|mf|sal)\b\.?(?:\s*(?:tv|th|mf)\b\.?)?)?"
    r"(?:,?\s*\d{4}\s+[A-ZÆØÅ][^\W\d_]+(?:\s[A-ZÆØÅ]{1,2}\b)?)?"
)
_BIRTH = (
    rf"\d{{1,2}}[./ -]\s?\d{{1,2}}[./ -]\s?\d{{2,4}}|\d{{1,2}}\.?\s?(?i:{_MONTH})\s?\d{{4}}"
    rf"|(?i:{_MONTH})\s\d{{1,2}},?\s\d{{4}}|\d{{6}}\b"
)
# Words that end like a street and are none.
_NO_STREETS = re.compile(
    r"(?:over|under|gen|ud|om|ind|hoved|motor)vej|(?:arbejds|praktik|elev|tilbuds|lære|skole|døgn)plads", re.IGNORECASE
)


_WITH_CENTURY = 12


class Finding(NamedTuple):
    """One masked piece: its kind, and where its mask stands in the masked text. The data itself is not kept."""

    kind: str
    span: Span


class Masked(NamedTuple):
    """The text with every piece of personal data replaced by its mask, e.g. "[cpr-nummer]"."""

    text: str
    findings: tuple[Finding, ...]


class _Rule(NamedTuple):
    """A pattern of personal data; `fits` decides on a match where the pattern alone cannot."""

    kind: str
    pattern: re.Pattern[str]
    example: str
    fits: Callable[[re.Match[str]], bool] = bool


def _is_cpr(match: re.Match[str]) -> bool:
    """Whether the first six digits can be a date of birth; the check digit means nothing since 2007."""
    digits = "".join(str(int(letter)) for letter in match.group() if letter.isdigit())
    if len(digits) == _WITH_CENTURY:
        return _is_date(int(digits[4:8]), int(digits[2:4]), (int(digits[:2]) - 1) % 60 + 1)
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    day -= 60 if day > 60 else 0  # a replacement number adds 60 to the day
    return any(_is_date(century + year, month, day) for century in (1900, 2000))


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _is_phone(match: re.Match[str]) -> bool:
    """Whether eight digits are no date, pair of years, or case or company number."""
    before = match.string[max(0, match.start() - 14) : match.start()].lower()
    if re.search(r"(?:cvr|sag|journal|j\.?\s?nr|dok|doc|case|ean|uger?|sider?|§)[^\d]*$", before):
        return False
    digits = "".join(letter for letter in match.group() if letter.isdigit())[-8:]
    if re.search(r"(?:tlf|telefon|mobil|ring|phone|call|sms|nummer)[^\d]*$", before):
        return True
    first, last = int(digits[:4]), int(digits[4:])
    if re.fullmatch(r"\d{4}-\d{4}", match.group()):
        return False  # a case number
    if 1900 <= first <= 2099 and (1900 <= last <= 2099 or _is_date(first, last // 100, last % 100)):
        return False
    return not (1900 <= last <= 2099 and _is_date(last, first % 100, first // 100))


def _is_street(match: re.Match[str]) -> bool:
    return _NO_STREETS.search(match["street"]) is None


RULES: tuple[_Rule, ...] = (
    _Rule(
        "e-mail",
        re.compile(r"(?<![\w.+%'-])[\w.+%'-]{1,80}\s?(?:@|＠|\(at\)|\[at\]|\bsnabel-?a\b)\s?[\w-]+(?:\.[\w-]+)+"),
        "anna@eksempel.dk",
    ),
    _Rule(
        "kontonummer",
        re.compile(
            r"\bDK\d{2}(?:\s?\d{4}){3}\s?\d{2}\b|(?i:konto|reg\.?\s?nr|iban)[^\d\n]{0,12}(?P<n>\d{4}[\s-]?\d{6,10})\b"
        ),
        "kontonr. 1234 0012345678",
    ),
    _Rule(
        "cpr-nummer",
        re.compile(r"(?i:\bcpr[^\d\n]{0,14})(?P<n>\d(?:[ .–-]?\d){9}|\d{6}\s?[-–/]?\s?(?:\d{4}|[xX*]{4}))(?!\d)"),
        "cpr 991399-1234",
    ),
    _Rule(
        "cpr-nummer",
        re.compile(r"(?<![\d/])(?<!\d[-.])\d{2}[ .-]?\d{2}[ .-]?\d{2}(?:\s?[-–—/.]\s?|\s{0,2})\d{4}(?![\d])(?![-.]\d)"),
        "010190-1234",
        _is_cpr,
    ),
    _Rule("cpr-nummer", re.compile(r"(?<!\d)(?<!\d[ .-])(?:\d[ .-]){9}\d(?![ .-]?\d)"), "0 1 0 1 9 0 1 2 3 4", _is_cpr),
    _Rule(  # with the century; what follows is no year that a period ends with
        "cpr-nummer",
        re.compile(r"(?<![\d/])(?<!\d[-.])\d{2}([ .-]?)\d{2}\1(?:19|20)\d{2}\s?-\s?(?!20[0-4]\d)\d{4}(?!\d)(?![-.]\d)"),
        "01-01-1990-1234",
        _is_cpr,
    ),
    _Rule("telefonnummer", re.compile(r"(?<![\w+])(?:\+|00)\d{1,3}(?:[ .-]?\d){6,11}(?!\d)"), "+45 31 22 33 44"),
    _Rule(
        "telefonnummer",
        re.compile(
            r"(?<![\d§/])(?<!\d[-.,/])"
            r"(?:\d{8}|\d{2}(?P<by>[ .-])\d{2}(?:(?P=by)\d{2}){2}|\d{4}[ -]\d{4}|\d{3} \d{2} \d{3})(?!\d)(?![-.,/]\d)"
        ),
        "20 12 34 56",
        _is_phone,
    ),
    _Rule(
        "adresse",
        re.compile(
            r"(?:\b[A-ZÆØÅ][^\W\d_]*\.?\s?){0,2}"
            rf"\b(?P<street>[A-ZÆØÅ][^\W\d_]{{0,40}}{_STREET}|(?:[A-ZÆØÅ]\.)?[A-ZÆØÅ][^\W\d_]+\s(?=[A-ZÆØÅ])(?i:{_STREET})"
            r"|\b[^\W\d_]{2,40}(?:gade|vænge|stræde|allé|boulevard|vej))"
            rf"\s+\d{{1,3}}(?:\s?[A-Za-z]\b(?!\s[a-zæøå]))?(?!\d|\s?%){_FLOOR}"
        ),
        "Nørregade 12, 2. tv., 3400 Hillerød",
        _is_street,
    ),
    _Rule("adresse", re.compile(r"\b\d{1,4}\s(?:[A-Z][a-z]+\s){1,3}(?:Street|Road|Avenue|Lane)\b"), "12 Baker Street"),
    _Rule(
        "fødselsdato",
        re.compile(
            r"(?i:\b(?:født|fødselsda(?:to|g)|born(?: on)?|date of birth|dob|f\.)[\s:]*(?:den\s|d\.\s?|er\s|is\s)*)"
            rf"(?P<n>{_BIRTH})"
        ),
        "født den 12. marts 1985",
    ),
)


def mask(text: str) -> Masked:
    """`text` with personal data masked and invisible characters gone; raises QuestionError where that fails."""
    try:
        clean = _INVISIBLE.sub("", text)
        pieces = _numbers(clean)
        pieces = _merged(pieces + [("navn", span) for span in names(clean, [span for _, span in pieces])])
        masked = _replace(clean, pieces)
        left = _numbers(_COVERS.sub("■" * 20, masked.text))
    except (ValueError, LookupError, TypeError, RecursionError) as exc:
        raise QuestionError(_REFUSAL) from exc
    if left:
        raise QuestionError(_REFUSAL)
    return masked


_REFUSAL = "Personoplysningerne i spørgsmålet kunne ikke skjules. Stil spørgsmålet igen uden navne, numre og adresser."


def _numbers(text: str) -> list[tuple[str, Span]]:
    """All but names, as (kind, span)."""
    found = []
    for rule in RULES:
        for match in rule.pattern.finditer(text):
            group = "n" if match.groupdict().get("n") else 0
            if rule.fits(match):
                found.append((rule.kind, Span(*match.span(group))))
    return _merged(found)


def _merged(pieces: list[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """In order, the earlier (then longer) of two that overlap stretched over both."""
    merged: list[tuple[str, Span]] = []
    for kind, span in sorted(pieces, key=lambda piece: (piece[1].start, -piece[1].end)):
        if merged and span.start < merged[-1][1].end:
            kept, first = merged[-1]
            merged[-1] = (kept, Span(first.start, max(first.end, span.end)))
        else:
            merged.append((kind, span))
    return merged


def _replace(text: str, pieces: list[tuple[str, Span]]) -> Masked:
    parts, findings, length, position = [], [], 0, 0
    for kind, span in pieces:
        cover = f"[{kind}]"
        parts += [text[position : span.start], cover]
        start = length + span.start - position
        findings.append(Finding(kind, Span(start, start + len(cover))))
        length, position = start + len(cover), span.end
    return Masked("".join([*parts, text[position:]]), tuple(findings))
