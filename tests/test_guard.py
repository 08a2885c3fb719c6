"""The guard: what it accepts and refuses, its door, and the figures that it must hold."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.guard import check_claim
from assistant.guard.knowledge import _table, cues
from evals.guard import HALVES, all_claims, judge, report
from evals.guard_cases import TRUE, written

PREPARATORY = "Der gives <i>ikke</i> fritagelse for den forberedende del af rehabiliteringsplanen."
REGISTER = "Kommunerne skal fortsat registrere til det fælles datagrundlag."
STARTED = "Bemærk at forsøg skal iværksættes senest den 1. oktober 2018."
CHILD = (
    "De ordinære afgørelser og planer kan integreres i den sammenhængende familieindsats, i det omfang det er muligt "
    "og hensigtsmæssigt."
)
# What is not yet reached (0 accepted, 5 % rejected) stands here as a floor: the shares that no change may pass.
ACCEPTED_AT_MOST = {"udvikling": 0.016, "tilbageholdt": 0.039}
REJECTED_AT_MOST = {"udvikling": 0.205, "tilbageholdt": 0.62}


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Kommunerne slipper ikke for den forberedende del af rehabiliteringsplanen.", PREPARATORY),
        ("No exemption is given for the preparatory part of the rehabilitation plan.", PREPARATORY),
        ("Kommunerne er fortsat forpligtet til at registrere til det fælles datagrundlag.", REGISTER),
        ("Municipalities must still register to the common data base.", REGISTER),
        ("Senest den 1. oktober 2018 skal forsøgene være sat i gang.", STARTED),
        ("De ordinære planer kan integreres i familieindsatsen, når det er muligt og hensigtsmæssigt.", CHILD),
    ],
)
def test_a_true_paraphrase_is_accepted(claim: str, source: str) -> None:
    assert check_claim(claim, [source]).reasons == ()


@pytest.mark.parametrize(
    ("claim", "source", "code"),
    [
        ("Kommunerne slipper for den forberedende del af rehabiliteringsplanen.", PREPARATORY, "polarity"),
        ("Der gives ikke fritagelse for indsatsdelen af rehabiliteringsplanen.", PREPARATORY, "scope"),
        ("Kommunerne kan fortsat registrere til det fælles datagrundlag.", REGISTER, "modality"),
        ("Municipalities are exempt from registering to the common data base.", REGISTER, "polarity"),
        ("Forsøg skal iværksættes senest den 1. oktober 2019.", STARTED, "date"),
        ("Lejeren skal betale huset til udlejeren.", "Udlejeren skal betale huset til lejeren.", "role"),
        ("Forsøg skal iværksættes tidligst den 1. oktober 2018.", STARTED, "bound"),
        ("De ordinære afgørelser og planer kan integreres i familieindsatsen.", CHILD, "condition"),
        ("Borgerne skal fortsat registrere til det fælles datagrundlag.", REGISTER, "role"),
        ("Rudersdal skal fortsat registrere til det fælles datagrundlag.", REGISTER, "name"),
        ("Kommunerne skal registrere efter SEL § 54.", "Kommunerne skal registrere efter SEL § 45.", "provision"),
    ],
)
def test_a_false_claim_is_refused_with_its_reason(claim: str, source: str, code: str) -> None:
    verdict = check_claim(claim, [source])
    assert not verdict.accepted
    assert code in {reason.code for reason in verdict.reasons}
    assert all(reason.text.endswith((".", ")")) or ":" in reason.text for reason in verdict.reasons)


def test_nothing_rests_on_no_source_and_an_empty_claim_says_nothing() -> None:
    assert not check_claim("Kommunerne skal registrere.", []).accepted
    assert not check_claim("", [REGISTER]).accepted
    assert not check_claim("Kommunerne skal registrere.", ["", "  "]).accepted


@pytest.mark.parametrize("section", ["operator", "quantity", "opener"])
def test_every_operator_and_quantity_has_an_example_that_it_finds(section: str) -> None:
    rows = _table("guard.toml")[section]
    for row, cue in zip(rows, cues(section), strict=True):
        if "example" in row:
            assert cue.pattern.search(row["example"].lower()), row["example"]


def test_no_new_claim_is_wrongly_accepted_or_rejected_beyond_the_floor() -> None:
    judged = judge(all_claims())
    for held_out, half in enumerate(HALVES):
        own = [each for each in judged if each.claim.held_out == bool(held_out)]
        true = [each for each in own if each.claim.kind == TRUE]
        false = [each for each in own if each.claim.kind != TRUE]
        assert sum(each.wrong for each in false) <= ACCEPTED_AT_MOST[half] * len(false), half
        assert sum(each.wrong for each in true) <= REJECTED_AT_MOST[half] * len(true), half
    text = report(judged, 1.0)
    assert all(half in text for half in HALVES)


def test_there_are_enough_written_and_altered_claims_and_a_quarter_is_english() -> None:
    claims = all_claims()
    true = [claim for claim in claims if claim.kind == TRUE]
    assert len(true) >= 220
    assert len(claims) - len(true) >= 600
    assert sum(claim.english for claim in true) >= len(true) / 4


def test_a_claim_is_checked_within_thirty_milliseconds() -> None:
    claims = written()[:60]
    judge(claims)
    started = time.perf_counter()
    judge(claims)
    assert (time.perf_counter() - started) / len(claims) < 0.03


def test_the_door_checks_each_line_and_names_a_bad_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    good = {"id": "a", "claim": "Kommunerne skal registrere til det fælles datagrundlag.", "sources": [REGISTER]}
    bad = {"id": "b", "claim": "Kommunerne skal ikke registrere.", "sources": [REGISTER]}
    lines = [json.dumps(good), "{ikke json", json.dumps({"id": "c", "claim": 7, "sources": []}), "", json.dumps(bad)]
    given.write_text("\n".join(lines), encoding="utf-8")
    assert main(["check", str(given), str(out)]) == 1
    replies = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [reply["id"] for reply in replies] == ["a", 2, "c", "b"]
    assert (replies[0]["accepted"], replies[3]["accepted"]) == (True, False)
    assert {reason["code"] for reason in replies[3]["reasons"]} >= {"polarity"}
    told = capsys.readouterr().err.splitlines()
    assert [re.match(r"Linje \d", line) is not None for line in told] == [True, True]


def test_the_door_says_in_a_sentence_that_a_file_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "none.jsonl"), str(tmp_path / "out.jsonl")]) == 1
    assert "findes ikke" in capsys.readouterr().err
