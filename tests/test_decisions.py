"""Minutes: a proposal does what was decided on it, and a decision is about what was proposed."""

from __future__ import annotations

from assistant.models import Statement
from ingest.decisions import decided
from ingest.statements import statements_of
from tests.reading_kit import a_source, read

MINUTES = """Punkt 4. Åbningstid

Indstilling
Direktionen indstiller,
1. at lederen kan forlænge åbningstiden med op til 4 timer,
2. at vagten altid forelægges udvalget,
3. at ordningen også kommer til at gælde vikarer.

Beslutning
Ad 1: Tiltrådt med den ændring, at der højst forlænges med 2 timer.
Ad 2: Tiltrådt.
Ad 3: Ikke tiltrådt.


Punkt 5. Nyt skema

Indstilling
Direktionen indstiller, at skemaet indføres fra maj.

Beslutning
Udsat. Sagen tages op igen i juni.
"""


def found() -> dict[str, Statement]:
    drafts = read(MINUTES, a_source("referat"))
    return {one.text: one for group in decided(drafts, tuple(statements_of(drafts))) for one in group}


def test_a_proposal_has_the_effect_of_its_decision() -> None:
    effects = {text: one.effect for text, one in found().items()}
    assert effects["at ordningen også kommer til at gælde vikarer."] == "refused"
    assert effects["at vagten altid forelægges udvalget"] in ("required", "condition")
    assert effects["Direktionen indstiller, at skemaet indføres fra maj."] == "postponed"


def test_a_proposal_adopted_in_another_form_gives_nothing_itself() -> None:
    assert found()["at lederen kan forlænge åbningstiden med op til 4 timer"].effect == "applied"


def test_a_decision_hangs_under_what_it_decides_on() -> None:
    assert found()["Ad 3: Ikke tiltrådt."].context == "at ordningen også kommer til at gælde vikarer."
    assert found()["Udsat."].effect == "postponed"
