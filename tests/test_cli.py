"""The command line over a real index: one process' doors, their exit codes, and never a traceback."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from assistant import __main__ as door
from assistant.engine import Assistant
from tests.core_kit import assistant, indexed

MISSION = "Må jeg springe den forberedende del af rehabiliteringsplanen over?"


class Ran(NamedTuple):
    """What a command gave back."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process, over the shared index; the model is loaded once for all of them."""
    monkeypatch.setenv("ASSISTANT_INDEX", str(indexed().index))
    opened = assistant()
    monkeypatch.setattr(Assistant, "open", lambda *_: opened)

    def command(*arguments: str) -> Ran:
        code = door.main(arguments)
        captured = capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        return Ran(code, captured.out, captured.err)

    return command


def batch(run: Run, folder: Path, *lines: str | bytes | dict[str, Any]) -> tuple[Ran, list[dict[str, Any]]]:
    """A batch run over these lines, and the lines that it wrote."""
    source, target = folder / "in.jsonl", folder / "out.jsonl"
    source.write_bytes(b"\n".join(written(line) for line in lines) + b"\n")
    ran = run("batch", str(source), str(target))
    return ran, [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


def written(line: str | bytes | dict[str, Any]) -> bytes:
    if isinstance(line, bytes):
        return line
    return line.encode() if isinstance(line, str) else json.dumps(line, ensure_ascii=False).encode()


def test_ask_opens_the_index_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_INDEX", str(indexed().index))
    assert door.main(["ask", MISSION]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith(MISSION)
    assert "Nej" in captured.out
    assert "Traceback" not in captured.err


def test_ask_writes_the_answer_as_json(run: Run) -> None:
    ran = run("ask", MISSION, "--json")
    value = json.loads(ran.out)
    assert ran.code == 0
    assert (value["question"], value["verdict"]) == (MISSION, "nej")
    assert value["citations"]


def test_ask_takes_history_date_and_network(run: Run) -> None:
    followed = json.loads(run("ask", "Og indsatsdelen?", "--history", MISSION, "--json").out)
    assert followed["verdict"] in {"ja", "betinget"}
    later = json.loads(run("ask", "Er vi fritaget for SEL § 54?", "--as-of", "2023-01-01", "--json").out)
    assert later["verdict"] == "nej"
    other = json.loads(run("ask", "Er vi fritaget for SEL § 54?", "--network", "Et andet", "--json").out)
    assert other["verdict"] in {"nej", "ikke_besvaret"}


def test_ask_explains_on_request(run: Run) -> None:
    assert "Sådan blev svaret til" in run("ask", MISSION, "--explain").out
    assert "Sådan blev svaret til" not in run("ask", MISSION).out


@pytest.mark.parametrize(
    "arguments", [("",), ("   ",), ("x" * 100_000,), (MISSION, "--as-of", "i morgen"), (MISSION, "--mode", "llm")]
)
def test_a_refused_question_is_one_line_on_stderr_and_exit_code_1(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run("ask", *arguments)
    assert (ran.code, ran.out) == (1, "")
    assert len(ran.err.splitlines()) == 1
    assert ran.err.strip().endswith(".")


def test_an_unknown_setting_is_one_line_and_exit_code_1(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_INDXE", "/tmp")
    ran = run("ask", MISSION)
    assert ran.code == 1
    assert "ASSISTANT_INDXE" in ran.err


@pytest.mark.parametrize("arguments", [(), ("spørg", MISSION), ("ask",), ("search", "plan", "-k", "mange")])
def test_a_wrong_command_is_told_how_to_write_it(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        door.main(arguments)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_search_lists_passages_with_scores_and_positions(run: Run) -> None:
    hits = json.loads(run("search", "forberedende del", "-k", "3", "--json").out)
    assert len(hits) == 3
    for hit in hits:
        assert {"passage_id", "source_id", "score", "spans", "raw"} <= set(hit)
        text = assistant().source_text(hit["source_id"])
        assert "\n\n".join(text[start:end] for start, end in hit["spans"]) == hit["raw"]
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)


def test_search_without_json_is_for_reading(run: Run) -> None:
    ran = run("search", "forberedende del", "-k", "2")
    assert ran.code == 0
    assert ran.out.startswith("1. ")
    assert "\n2. " in ran.out


def test_batch_answers_each_line_in_order_with_its_id(run: Run, tmp_path: Path) -> None:
    ran, rows = batch(
        run,
        tmp_path,
        {"id": "b", "question": MISSION},
        {"id": 7, "question": "Og indsatsdelen?", "history": [MISSION]},
        {"id": "a", "question": "Er vi fritaget for SEL § 54?", "as_of": "2023-01-01", "network": "En plan"},
    )
    assert ran.code == 0
    assert [row["id"] for row in rows] == ["b", 7, "a"]
    assert [row["verdict"] for row in rows] == ["nej", "betinget", "nej"]
    assert all("error" not in row for row in rows)


BAD_LINES: list[str | bytes | dict[str, Any]] = [
    "ikke json",
    "[1, 2]",
    "null",
    '"tekst"',
    b"\xff\xfe\x00",
    '{"id": "afbrudt", "question": "M',
    {"id": "uden spørgsmål"},
    {"id": "tal", "question": 7},
    {"id": "tom", "question": "  "},
    {"id": "lang", "question": "x" * 100_000},
    {"id": "historik", "question": MISSION, "history": "tekst"},
    {"id": "historik af tal", "question": MISSION, "history": [1]},
    {"id": "dato", "question": MISSION, "as_of": "i morgen"},
    {"id": "dato som tal", "question": MISSION, "as_of": 2018},
    {"id": "netværk", "question": MISSION, "network": []},
]


def test_a_bad_line_is_an_error_line_and_stops_no_other(run: Run, tmp_path: Path) -> None:
    ran, rows = batch(run, tmp_path, *BAD_LINES, {"id": "god", "question": MISSION})
    assert ran.code == 1
    assert len(rows) == len(BAD_LINES) + 1
    assert all(set(row) == {"id", "error"} for row in rows[:-1])
    assert (rows[-1]["id"], rows[-1]["verdict"]) == ("god", "nej")
    assert [row["id"] for row in rows[6:-1]] == [line["id"] for line in BAD_LINES[6:] if isinstance(line, dict)]


def test_strange_but_valid_lines_are_answered(run: Run, tmp_path: Path) -> None:
    ran, rows = batch(
        run,
        tmp_path,
        '{"id": null, "question": "Må vi \\ud800 springe planen over?"}',
        {"id": {"a": [1]}, "question": MISSION, "history": None, "as_of": None, "andet": True},
    )
    assert ran.code == 0
    assert [row["id"] for row in rows] == [None, {"a": [1]}]


def test_an_empty_file_gives_an_empty_file(run: Run, tmp_path: Path) -> None:
    ran, rows = batch(run, tmp_path, "", "  ")
    assert (ran.code, rows) == (0, [])


def test_a_file_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    ran = run("batch", str(tmp_path / "findes-ikke.jsonl"), str(tmp_path / "ud.jsonl"))
    assert ran.code == 1
    assert "findes-ikke.jsonl" in ran.err


def test_an_output_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("", encoding="utf-8")
    ran = run("batch", str(tmp_path / "in.jsonl"), str(tmp_path / "mangler" / "ud.jsonl"))
    assert ran.code == 1
    assert "ud.jsonl" in ran.err
