"""Answer templates: the same keys and variables in both languages, and no variable missing or unused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.templates import PROMPTS, fill, prompt_version, templates

LANGUAGES = ("da", "en")
VERDICTS = ("ja", "nej", "betinget")
FRAMES = ("skip", "may", "must", "refusal")


def test_both_languages_have_the_same_keys() -> None:
    assert list(templates("da")) == list(templates("en"))


@pytest.mark.parametrize("key", templates("da"))
def test_both_languages_have_the_same_variables(key: str) -> None:
    assert set(templates("da")[key].input_variables) == set(templates("en")[key].input_variables)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", templates("da"))
def test_a_template_filled_with_what_it_wants_holds_it(language: str, key: str) -> None:
    values = {name: f"<{name}>" for name in templates(language)[key].input_variables}
    text = fill(language, key, **values)
    assert text.strip()
    assert all(value in text for value in values.values())
    assert not re.search(r"[{}]", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_variable_is_named(language: str) -> None:
    with pytest.raises(SettingsError, match="marks"):
        fill(language, "near", quote="»ord«")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unused_variable_is_named(language: str) -> None:
    with pytest.raises(SettingsError, match="tone"):
        fill(language, "near", quote="»ord«", marks="[1]", tone="venlig")


def test_a_missing_key_is_named() -> None:
    with pytest.raises(SettingsError, match=r"findes\.ikke"):
        fill("da", "findes.ikke")


def test_a_language_without_templates_is_told_in_a_sentence() -> None:
    with pytest.raises(SettingsError, match=r"answer\.de\.md mangler"):
        fill("de", "silent")


def test_an_empty_template_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "answer.da.md").write_text("Ingen overskrifter her.\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="er tom"):
        templates("da", tmp_path)


@pytest.mark.parametrize("verdict", VERDICTS)
@pytest.mark.parametrize("frame", FRAMES)
def test_every_verdict_of_every_frame_has_its_words(verdict: str, frame: str) -> None:
    for language in LANGUAGES:
        assert templates(language)[f"{verdict}.{frame}"].input_variables == []


@pytest.mark.parametrize("frame", FRAMES)
def test_the_words_of_a_verdict_begin_with_it(frame: str) -> None:
    assert fill("da", f"ja.{frame}").startswith("Ja")
    assert fill("da", f"nej.{frame}").startswith("Nej")
    assert fill("en", f"ja.{frame}").startswith("Yes")
    assert fill("en", f"nej.{frame}").startswith("No")


def test_a_value_with_braces_is_left_as_it_is() -> None:
    assert "{marks}" in fill("da", "near", quote="»{marks}«", marks="[1]")


def test_no_template_is_written_twice_under_one_key() -> None:
    for language in LANGUAGES:
        keys = re.findall(r"^## +(\S+)$", (PROMPTS / f"answer.{language}.md").read_text(encoding="utf-8"), re.MULTILINE)
        assert len(keys) == len(set(keys))


def test_the_version_is_short_and_stays() -> None:
    assert re.fullmatch(r"[0-9a-f]{12}", prompt_version())
    assert prompt_version() == prompt_version()
