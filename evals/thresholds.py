"""The figures that a run must reach."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from assistant.errors import AssistantError
from evals.measures import BY_NAME, Figure, shown

THRESHOLDS = Path(__file__).resolve().parent / "thresholds.toml"
_SIDES: tuple[Literal["at_least", "at_most"], ...] = ("at_least", "at_most")
_SIGN = {"at_least": "≥", "at_most": "≤"}


class ThresholdError(AssistantError):
    """The file of thresholds cannot be used; names the file, the entry and what to do."""


class Threshold(NamedTuple):
    """A bound on one measure."""

    measure: str
    side: Literal["at_least", "at_most"]
    bound: float

    @property
    def text(self) -> str:
        """The bound as "≥ 0.850"."""
        return f"{_SIGN[self.side]} {shown(BY_NAME[self.measure], self.bound)}"


def load_thresholds(path: Path = THRESHOLDS) -> tuple[Threshold, ...]:
    """The thresholds of a TOML file. Raises ThresholdError for an unreadable file, an unknown name or a non-number."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as exc:
        raise ThresholdError(f"Tærskelfilen {path} kan ikke læses ({exc.strerror}). Ret stien.") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise ThresholdError(f"Tærskelfilen {path} er ikke gyldig TOML: {exc}. Ret den linje.") from exc
    if strange := sorted(set(tables) - set(_SIDES)):
        raise ThresholdError(f"Tærskelfilen {path} har en ukendt tabel [{strange[0]}]. Brug [at_least] og [at_most].")
    return tuple(_threshold(path, side, name, bound) for side in _SIDES for name, bound in tables.get(side, {}).items())


def _threshold(path: Path, side: Literal["at_least", "at_most"], name: str, bound: object) -> Threshold:
    if name not in BY_NAME:
        raise ThresholdError(
            f"Tærskelfilen {path} nævner målet {name!r}, som ikke findes. Kendte: {', '.join(BY_NAME)}."
        )
    if not isinstance(bound, int | float) or isinstance(bound, bool):
        raise ThresholdError(f"Tærskelfilen {path}: {name} skal være et tal, ikke {bound!r}.")
    return Threshold(name, side, float(bound))


def met(threshold: Threshold, figure: Figure) -> bool:
    """True if the figure is on the right side; a measure that was not taken is not."""
    if figure.value is None:
        return False
    return figure.value >= threshold.bound if threshold.side == "at_least" else figure.value <= threshold.bound


def missed(thresholds: tuple[Threshold, ...], figures: Mapping[str, Figure]) -> list[str]:
    """A line for each threshold that is not met."""
    lines = []
    for threshold in thresholds:
        figure = figures[threshold.measure]
        if not met(threshold, figure):
            measure = BY_NAME[threshold.measure]
            got = "ikke målt" if figure.value is None else shown(measure, figure.value)
            lines.append(f"Tærskel ikke nået: {measure.name} = {got}, kræver {threshold.text} ({measure.label})")
    return lines
