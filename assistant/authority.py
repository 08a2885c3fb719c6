"""What a document can prove: the ranks of its kinds, and which of them can give or take a freedom."""

from __future__ import annotations

# Kinds in falling authority: the first is worth most as ground for an answer. Kinds on one line weigh the same.
KINDS: tuple[tuple[str, ...], ...] = (
    ("lov",),
    ("bekendtgoerelse",),
    ("afgoerelse", "tilsagnsbrev"),
    ("vedtaegt",),
    ("orientering",),
    ("fritagelsesliste",),
    ("midtvejsstatus",),
    ("faktaark",),
    ("referat",),
    ("brev",),
    ("pjece",),
    ("ansoegning",),
)
_RANK = {kind: len(KINDS) - place for place, kinds in enumerate(KINDS) for kind in kinds}
_LEAST_DECIDING = _RANK["fritagelsesliste"]

# Names of kinds in running text: Danish and English, definite form.
NAMES = {
    "lov": ("loven", "the Act"),
    "bekendtgoerelse": ("bekendtgørelsen", "the order"),
    "afgoerelse": ("afgørelsen", "the decision"),
    "tilsagnsbrev": ("tilsagnsbrevet", "the approval letter"),
    "vedtaegt": ("vedtægten", "the local statute"),
    "orientering": ("orienteringen", "the briefing"),
    "fritagelsesliste": ("fritagelseslisten", "the exemption list"),
    "midtvejsstatus": ("midtvejsstatus", "the midterm status"),
    "faktaark": ("faktaarket", "the fact sheet"),
    "referat": ("referatet", "the minutes"),
    "brev": ("brevet", "the letter"),
    "pjece": ("pjecen", "the leaflet"),
    "ansoegning": ("ansøgningen", "the application"),
}
_MONTHS = {
    "da": [
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}


def rank(kind: str) -> int:
    """Higher proves more; 0 for a kind that is not known."""
    return _RANK.get(kind, 0)


def decides(kind: str) -> bool:
    """Whether a document of this kind can say what a municipality may do; the others tell, wish or ask."""
    return rank(kind) >= _LEAST_DECIDING


def tells(kind: str) -> bool:
    """Whether a document of this kind reports the rules, without deciding them: cited with a remark."""
    return kind in ("midtvejsstatus", "faktaark", "orientering")


def reports(kind: str) -> bool:
    """Whether what a document of this kind says of duties and refusals counts where none decides."""
    return rank(kind) >= _RANK["brev"]


def name(kind: str, date: str, language: str) -> str:
    """The document in running text: "tilsagnsbrevet af 1. februar 2017", "the exemption list of 2018"."""
    danish, english = NAMES.get(kind, ("kilden", "the source"))
    if language == "en":
        return f"{english} of {spoken_date(date, 'en')}"
    return f"{danish} {'af' if len(date) > 4 else 'fra'} {spoken_date(date, 'da')}"


def spoken_date(date: str, language: str) -> str:
    """An ISO date or a year as it is said: "1. februar 2017", "1 February 2017"."""
    pieces = date.split("-")
    if len(pieces) != 3:
        return date
    month = _MONTHS[language][int(pieces[1]) - 1]
    return f"{int(pieces[2])}. {month} {pieces[0]}" if language == "da" else f"{int(pieces[2])} {month} {pieces[0]}"
