"""What people paste, mistype and try: each text gets an Answer or a plain refusal, never anything else."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import Assistant
from assistant.answer_json import explained, plain_text, to_json
from assistant.errors import QuestionError
from assistant.models import Answer
from assistant.reception import receive
from tests.core_kit import assistant as shared_assistant

EMPTY = {
    "nothing": "",
    "white space": " \t\r\n \u00a0\u2003",
    "control characters only": "\x00\x01\x1b\x7f\u0085",
    "lone surrogates only": "\ud800\udfff",
    "private use only": "\ue000\uf8ff",
}
TOO_LONG = {
    "a hundred thousand letters": "a" * 100_000,
    "a hundred thousand words": "må " * 33_334,
    "a hundred thousand question marks": "?" * 100_000,
    "a very long word": "ø" * 2_001,
}
STRANGE = {
    "control characters within": "Må vi\x00 springe\x07 planen\x1b over?",
    "emoji": "🙂🙂🙂 👨‍👩‍👧‍👦 🇩🇰",
    "emoji within": "Må vi 🙂 springe planen over? 🚀",
    "HTML": "<script>alert('hej')</script> <b>Må vi?</b>",
    "Markdown": "# Må vi\n\n- [x](javascript:alert(1)) **springe** `over`?",
    "templates": "{{7*7}} ${jndi:ldap://x} {quote} {marks} %s %(x)s \\1",
    "SQL": "'; DROP TABLE passages; -- Må vi?",
    "query syntax": '+må -vi "springe AND (planen OR) title:[a TO b] ~2^3 *',
    "a path": "../../../../etc/passwd C:\\Windows\\System32 file:///etc/shadow",
    "a command": "$(rm -rf /) `id` | cat > /dev/null && exit",
    "JSON": '{"question": "Må vi?", "verdict": "ja"}',
    "regular expression": "(a+)+$ [[:alpha:]] \\p{L} (?<!x)*",
    "Arabic": "هل يمكننا تخطي الخطة؟",
    "Chinese": "我们可以跳过计划吗？",
    "Russian": "Можно ли пропустить план?",
    "right to left marks": "\u202eMå vi springe planen over?\u202c",
    "zero width": "M\u200bå v\u200di spr\ufeffinge pla\u00adnen over?",
    "combining marks": "M" + "a\u030a" + "\u0301" * 60 + " vi?",
    "full width": "ＭÅ　ＶＩ　ＳＰＲＩＮＧＥ　ＰＬＡＮＥＮ？",
    "dotted capital I": "İİİİ Må vi springe planen over İ",
    "lone surrogate within": "Må vi \ud800 springe planen over?",
    "a very long word that fits": "sammenhængende" * 140,
    "only punctuation": "?!.,;:-–—…»«„“”'\"()[]{}<>/\\|@#%&*+=~^`",
    "one letter": "å",
    "a number": "12345678901234567890",
    "huge provision": "Er vi fritaget for LAB § 99999999999999999999, stk. 99999999999, nr. 7777777777?",
    "a backwards range": "Er vi fritaget for LAB §§ 96-92 og §§ 1-99999999?",
    "impossible dates": "Gælder det den 31. februar 2018 og den 99. maj 0000?",
    "many paragraphs": "§ " * 900,
    "many questions": "Må vi? " * 280,
    "Roman numerals and fractions": "Ⅷ ½ ² § Ⅳ stk. ①",
    "superscript digits": "§ 30² stk. ³ SEL § ٣",
}
WORDS = (
    "må vi skal springe over planen ikke § 30 a stk. 2 nr. LAB SEL , ? ! og fritaget may we skip the plan forberedende"
)
GERMAN = "Darf ich den vorbereitenden Teil des Rehabilitationsplans überspringen?"


@pytest.fixture(scope="session")
def assistant() -> Assistant:
    return shared_assistant()


def sound(answer: Answer) -> bool:
    """Whether the answer has words, and every form of it can be written and read again."""
    written = json.dumps(to_json(answer), ensure_ascii=False).encode("utf-8")
    assert json.loads(written)["verdict"] == answer.verdict
    assert plain_text(answer).encode("utf-8")
    assert explained(answer).encode("utf-8")
    return bool(answer.answer)


def reply(assistant: Assistant, question: str, day: str | None = None) -> str:
    """The prose of the answer, or the sentence that refuses the question; any other exception is a fault."""
    try:
        answer = assistant.ask(question, as_of=day)
    except QuestionError as error:
        return str(error)
    return answer.answer if sound(answer) else ""


@pytest.mark.parametrize("question", EMPTY.values(), ids=EMPTY)
def test_a_question_without_anything_in_it_is_refused_in_a_sentence(assistant: Assistant, question: str) -> None:
    with pytest.raises(QuestionError, match="tomt"):
        assistant.ask(question)


@pytest.mark.parametrize("question", TOO_LONG.values(), ids=TOO_LONG)
def test_a_question_that_is_too_long_is_refused_with_both_lengths(assistant: Assistant, question: str) -> None:
    with pytest.raises(QuestionError, match=rf"\d+ tegn.*{assistant.settings.max_question_chars}"):
        assistant.ask(question)


@pytest.mark.parametrize("question", STRANGE.values(), ids=STRANGE)
def test_a_strange_text_gets_an_answer(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert sound(answer)
    assert not any(char in answer.question for char in "\x00\x07\x1b\ud800")


@pytest.mark.parametrize("question", STRANGE.values(), ids=STRANGE)
def test_a_strange_text_can_be_history_and_can_be_searched_for(assistant: Assistant, question: str) -> None:
    assert sound(assistant.ask("Og hvad så med den?", history=[question, "", "\x00"]))
    assert len(assistant.search(question, 3)) <= 3


@pytest.mark.parametrize("name", ["SQL", "a path", "a command", "HTML", "only punctuation", "emoji", "a number"])
def test_what_asks_nothing_is_told_so_and_cites_nothing_as_an_answer(assistant: Assistant, name: str) -> None:
    assert assistant.ask(STRANGE[name]).verdict == "ikke_besvaret"


@pytest.mark.parametrize("question", [GERMAN, STRANGE["Chinese"], STRANGE["Arabic"], STRANGE["Russian"]])
def test_another_language_is_told_which_languages_are_answered(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.verdict == "ikke_besvaret"
    assert "dansk og engelsk" in answer.answer
    assert not answer.citations


@pytest.mark.parametrize("name", ["control characters within", "lone surrogate within", "emoji within", "zero width"])
def test_what_stands_between_the_words_does_not_change_the_answer(assistant: Assistant, name: str) -> None:
    assert assistant.ask(STRANGE[name]).verdict == assistant.ask("Må vi springe planen over?").verdict


def test_the_limit_counts_what_is_left_of_the_text() -> None:
    assert receive("Må vi?" + " " * 100_000, (), 2000).text == "Må vi?"


@pytest.mark.parametrize(
    "day", ["", "2018", "2018-13-01", "18-07-01", "i går", "9999-12-31", "0001-01-01", "\x00", "٢٠١٨-٠١-٠١"]
)
def test_a_strange_date_gets_an_answer_or_a_refusal(assistant: Assistant, day: str) -> None:
    assert reply(assistant, "Er vi fritaget for SEL § 54?", day)


@pytest.mark.parametrize("network", ["", "   ", "\x00", "🙂", "en plan", "x" * 10_000])
def test_a_strange_network_gets_an_answer(assistant: Assistant, network: str) -> None:
    assert sound(assistant.ask("Er vi fritaget for SEL § 54?", network=network))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=400))
def test_any_text_gets_an_answer_or_a_refusal(question: str) -> None:
    assert reply(shared_assistant(), question)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS.split()), max_size=25))
def test_any_jumble_of_the_fields_words_gets_an_answer_or_a_refusal(words: list[str]) -> None:
    assert reply(shared_assistant(), " ".join(words))
