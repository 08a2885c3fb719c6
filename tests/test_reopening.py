"""An approved answer falls when what it rests on changes, and only then."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import delete, select

from assistant.citing import whole
from assistant.engine import Assistant
from assistant.errors import RecordError
from assistant.models import Citation
from assistant.provisions import label
from assistant.record import reopening
from assistant.record.corpora import Corpus
from assistant.record.database import reading, writing
from assistant.record.journal import Record
from assistant.record.projecting import rebuild
from assistant.record.recorder import Recorder
from assistant.record.reopening import Suspended, is_due, reopen
from assistant.record.tables import APPROVALS, CASES, CORPORA
from assistant.record.verifying import verify
from assistant.settings import Settings, load_settings
from assistant.store import Store
from ingest.__main__ import main as ingest
from ingest.approvals import hold_approvals
from tests.index_kit import fake_sync
from tests.record_kit import JURIST, answered

LETTER = """# Tilsagn

Kommunerne fritages for kravet i § 15 i lov om en aktiv beskæftigelsesindsats. Det sker på forsøg.

Borgeren skal samtykke skriftligt, før planen lægges.

# Videre proces

Ministeriet takker for ansøgningen og ønsker held og lykke.
"""
LIST = """# Det må vi nu

Kommunerne fritages for at lave planer efter følgende:

- SEL § 140 om handleplaner for børn

- LAB § 27 om jobplaner
"""
EXEMPT, CONSENT, PLANS = "fritages for kravet", "skal samtykke", "handleplaner for børn"
NEW_LETTER = "# Tilsagn\n\nKommunerne fritages ikke længere for kravet i LAB § 15, stk. 2.\n"


@dataclass(frozen=True)
class Document:
    """A document of the corpus, and its table in sources.toml."""

    text: str
    kind: str = "tilsagnsbrev"
    date: str = "2017-02-01"
    network: str = "En plan"
    supersedes: tuple[str, ...] = ()


CORPUS: Mapping[str, Document] = {"brev": Document(LETTER), "liste": Document(LIST, "fritagelsesliste", "2017")}


def write(folder: Path, documents: Mapping[str, Document]) -> None:
    """Make the corpus folder hold these documents and no others."""
    folder.mkdir(exist_ok=True)
    for path in folder.glob("*.txt"):
        path.unlink()
    tables = []
    for name, each in documents.items():
        (folder / f"{name}.txt").write_text(each.text, encoding="utf-8")
        tables.append(
            f'[[source]]\nid = "{name}"\nfile = "{name}.txt"\ntitle = "Dokumentet {name}"\nkind = "{each.kind}"\n'
            f'date = "{each.date}"\nnetwork = "{each.network}"\nsupersedes = {list(each.supersedes)}\n'
        )
    (folder / "sources.toml").write_text("\n".join(tables), encoding="utf-8")


class Circle(NamedTuple):
    """A corpus with its index, and the record of what was answered from it."""

    settings: Settings
    record: Record

    def change(self, **documents: Document | None) -> tuple[Suspended, ...]:
        """Put in other documents (None: take it out), read them in, and hold the approvals against them."""
        now = {**CORPUS, **documents}
        write(self.settings.corpus, {name: each for name, each in now.items() if each is not None})
        fake_sync(self.settings)
        return self.held()

    def held(self) -> tuple[Suspended, ...]:
        with Store.open(self.settings) as store:
            return reopen(self.record, self.settings, store)

    def approve(self, *words: str, about: int = 0, question: str = "Er vi fri?", **facts: Any) -> int:
        """Approve an answer that cites the statements with these words; gives the number of the decision."""
        about = about or answered(self.record, question)
        with Store.open(self.settings) as store:
            citations = [citation(store, each) for each in words]
            version = store.manifest.corpus_version
        return self.decide(about, citations, version, question, **facts)

    def decide(
        self, about: int, citations: list[Citation], version: str, question: str = "Er vi fri?", **facts: Any
    ) -> int:
        answer = {"question": question, "citations": [asdict(each) for each in citations], "corpus_version": version}
        body = {"question": question, "network": "En plan", "answer": answer, "signature": {}, "vector": VECTOR}
        state = {"outcome": "approve", "state": "approved", "in_force": True, "second": False}
        return self.record.append(JURIST, "decision", state | facts, body, about).number

    def state(self, approval: int) -> str:
        return self._one(select(APPROVALS.c.state).where(APPROVALS.c.number == approval))

    def case(self, approval: int) -> str:
        return self._one(select(CASES.c.state).where(CASES.c.number == self.record.filed(approval).entry.about))

    def reasons(self, approval: int) -> list[tuple[str, str, str]]:
        """Cause, old and new text of each entry that suspended it."""
        entries = self.record.about(self.record.filed(approval).entry.about)
        return [
            (each.facts["cause"], each.body["old"], each.body["new"])
            for each in entries
            if each.entry.kind == "suspension" and each.facts["approval"] == approval
        ]

    def causes(self, approval: int) -> list[str]:
        return [cause for cause, _, _ in self.reasons(approval)]

    def _one(self, query: Any) -> str:
        with reading(self.record.engine) as connection:
            return str(connection.scalar(query))


VECTOR = base64.b64encode(b"\0" * 8).decode()


def citation(store: Store, words: str) -> Citation:
    """The statement with these words, as an answer cites it."""
    passage, said = next(
        (passage, each) for passage in store.passages.values() for each in passage.statements if words in each.text
    )
    text, source, span = store.source_text(passage.source_id), store.sources[passage.source_id], said.spans[0]
    return Citation(
        n=1,
        source_id=source.id,
        title=source.title,
        kind=passage.kind_of_source,
        date=passage.date,
        network=source.network,
        section=" › ".join(passage.heading_path),
        page=None,
        provisions=tuple(label(each) for each in said.provisions),
        quote=text[span.start : span.end],
        start=span.start,
        end=span.end,
        passage=whole(passage, text),
    )


@pytest.fixture
def circle(record: Record, record_settings: Settings, tmp_path: Path) -> Circle:
    """The small corpus, indexed, and answered from."""
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "weights").write_text("vægte", encoding="utf-8")
    settings = record_settings.model_copy(
        update={
            "corpus": tmp_path / "corpus",
            "index": tmp_path / "index",
            "cache": tmp_path / "cache",
            "embedding_model": str(tmp_path / "model"),
        }
    )
    made = Circle(settings, record)
    assert made.change() == ()
    return made


def edited(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_a_changed_quote_suspends_and_tells_the_old_and_the_new_text(circle: Circle) -> None:
    approval = circle.approve(EXEMPT)
    new = edited(LETTER, "fritages for kravet", "fritages ikke for kravet")
    found = circle.change(brev=Document(new))
    assert [(each.approval, each.causes) for each in found] == [(approval, (("changed", "brev"),))]
    assert (circle.state(approval), circle.case(approval)) == ("suspended", "reopened")
    ((cause, old, now),) = circle.reasons(approval)
    assert (cause, old) == ("changed", citation_text(LETTER, 0))
    assert now == citation_text(new, 0)
    assert verify(circle.record.engine).broken is None


def citation_text(document: str, paragraph: int) -> str:
    return document.split("\n\n")[1 + paragraph].strip()


def test_the_entry_says_where_the_passage_stood_who_suspended_it_and_for_which_sources(circle: Circle) -> None:
    approval = circle.approve(EXEMPT)
    circle.change(brev=Document(edited(LETTER, "på forsøg", "i to år")))
    entry = next(each for each in circle.record.about(1) if each.entry.kind == "suspension")
    assert (entry.entry.user, entry.entry.role) == ("ingest", "administrator")
    with Store.open(circle.settings) as store:
        version = store.manifest.corpus_version
    assert entry.facts == {
        "approval": approval,
        "cause": "changed",
        "source_id": "brev",
        "new_source_id": "brev",
        "corpus_version": version,
    }
    assert (entry.body["section"], entry.body["new_section"]) == ("Tilsagn", "Tilsagn")
    assert (entry.body["title"], entry.body["new_title"]) == ("Dokumentet brev", "Dokumentet brev")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Det sker på forsøg.", "Det sker i to år."),
        ("på forsøg.", "på forsøg. Unge er dog undtaget."),
        (" Det sker på forsøg.", ""),
    ],
    ids=["a word beside it", "a sentence more", "a sentence less"],
)
def test_a_passage_that_changes_beside_the_quote_suspends(circle: Circle, old: str, new: str) -> None:
    approval = circle.approve(EXEMPT)
    circle.change(brev=Document(edited(LETTER, old, new)))
    assert circle.causes(approval) == ["changed"]


def test_a_list_item_falls_with_its_lead_in(circle: Circle) -> None:
    approval = circle.approve(PLANS)
    changed = edited(LIST, "Kommunerne fritages for", "Kommunerne fritages ikke for")
    circle.change(liste=Document(changed, "fritagelsesliste", "2017"))
    ((cause, old, now),) = circle.reasons(approval)
    assert cause == "changed"
    assert "fritages for at lave planer" in old
    assert "fritages ikke for at lave planer" in now
    assert "SEL § 140" in now


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Ministeriet takker for ansøgningen", "Ministeriet takker mange gange for ansøgningen"),
        ("# Tilsagn\n", "# Indledning\n\nEn helt ny indledning om ingenting.\n\n# Tilsagn\n"),
        ("# Videre proces", "# Hvad der så sker"),
        ("held og lykke.\n", "held og lykke.\n\n# Bilag\n\nEt bilag til.\n"),
        ("skriftligt, før", "mundtligt, før"),
    ],
    ids=["another paragraph", "text before it", "another heading", "text after it", "the neighbour passage"],
)
def test_an_edit_elsewhere_in_the_document_suspends_nothing(circle: Circle, old: str, new: str) -> None:
    approval = circle.approve(EXEMPT)
    assert circle.change(brev=Document(edited(LETTER, old, new))) == ()
    assert (circle.state(approval), circle.case(approval)) == ("active", "approved")


@pytest.mark.parametrize(
    "document",
    [
        Document(edited(LETTER, "# Tilsagn", "# Afslag")),
        Document(LETTER, kind="ansoegning"),
        Document(LETTER, date="2016-01-01"),
        Document(LETTER, network="Et andet netværk"),
    ],
    ids=["heading", "kind", "date", "network"],
)
def test_a_passage_under_another_heading_kind_date_or_network_is_moved(circle: Circle, document: Document) -> None:
    approval = circle.approve(CONSENT)
    circle.change(brev=document)
    ((cause, old, now),) = circle.reasons(approval)
    assert (cause, old) == ("moved", now)
    assert circle.state(approval) == "suspended"


def test_a_passage_that_goes_to_another_section_is_moved(circle: Circle) -> None:
    approval = circle.approve(CONSENT)
    sentence = citation_text(LETTER, 1)
    circle.change(brev=Document(edited(LETTER, f"{sentence}\n\n", "") + f"\n{sentence}\n"))
    assert circle.causes(approval) == ["moved"]
    entry = next(each for each in circle.record.about(1) if each.entry.kind == "suspension")
    assert (entry.body["section"], entry.body["new_section"]) == ("Tilsagn", "Videre proces")


def test_a_removed_passage_suspends(circle: Circle) -> None:
    approval = circle.approve(CONSENT)
    circle.change(brev=Document(edited(LETTER, citation_text(LETTER, 1) + "\n\n", "")))
    assert circle.reasons(approval) == [("removed", citation_text(LETTER, 1), "")]


def test_one_of_two_equal_passages_that_goes_is_missed(circle: Circle) -> None:
    sentence = citation_text(LETTER, 1)
    twice = Document(f"{LETTER}\n{sentence}\n")
    circle.change(brev=twice)
    approval = circle.approve(CONSENT)
    circle.change(brev=Document(edited(twice.text, f"{sentence}\n\n", "")))
    assert circle.causes(approval) == ["moved"]


def test_a_removed_document_suspends_and_shows_where_its_words_have_gone(circle: Circle) -> None:
    approval, other = circle.approve(CONSENT), circle.approve(PLANS)
    found = circle.change(brev=None, nyt=Document(LETTER, kind="pjece"))
    assert [each.approval for each in found] == [approval]
    assert circle.reasons(approval) == [("removed", citation_text(LETTER, 1), citation_text(LETTER, 1))]
    assert circle.state(other) == "active"


def test_a_document_that_goes_without_trace_leaves_no_new_text(circle: Circle) -> None:
    approval = circle.approve(CONSENT)
    circle.change(brev=None)
    assert circle.reasons(approval) == [("removed", citation_text(LETTER, 1), "")]


@pytest.mark.parametrize(
    ("kind", "date", "text"),
    [
        ("tilsagnsbrev", "2018-06-01", NEW_LETTER),
        ("lov", "2019", "# Lov\n\nDer skal holdes samtaler efter § 15 i denne lov.\n"),
        ("afgoerelse", "2017-02-02", "# Svar\n\nKravet i lov om en aktiv beskæftigelsesindsats § 15 gælder.\n"),
        ("tilsagnsbrev", "2017", NEW_LETTER),
    ],
    ids=["equal rank", "higher rank, no law named", "a day later", "some time that year"],
)
def test_a_newer_document_on_the_same_provision_suspends(circle: Circle, kind: str, date: str, text: str) -> None:
    approval, other = circle.approve(EXEMPT), circle.approve(PLANS)
    found = circle.change(nyt=Document(text, kind, date))
    assert [(each.approval, each.causes) for each in found] == [(approval, (("newer", "nyt"),))]
    assert circle.reasons(approval) == [("newer", citation_text(LETTER, 0), citation_text(text, 0))]
    assert circle.state(other) == "active"


@pytest.mark.parametrize(
    "document",
    [
        Document(NEW_LETTER, "fritagelsesliste", "2018-06-01"),
        Document(NEW_LETTER, "pjece", "2020"),
        Document(NEW_LETTER, "tilsagnsbrev", "2016-12-31"),
        Document(NEW_LETTER, "tilsagnsbrev", "2017-02-01"),
        Document(edited(NEW_LETTER, "§ 15", "§ 16"), "tilsagnsbrev", "2018-06-01"),
        Document(edited(NEW_LETTER, "§ 15", "§ 15 a"), "tilsagnsbrev", "2018-06-01"),
        Document(edited(NEW_LETTER, "LAB", "SEL"), "tilsagnsbrev", "2018-06-01"),
        Document(NEW_LETTER, "tilsagnsbrev", "2018-06-01", network="Et andet netværk"),
    ],
    ids=["lower rank", "lowest rank", "older", "same day", "another §", "§ with a letter", "another law", "not ours"],
)
def test_a_document_that_does_not_bear_on_the_answer_suspends_nothing(circle: Circle, document: Document) -> None:
    approval = circle.approve(EXEMPT)
    assert circle.change(nyt=document) == ()
    assert circle.state(approval) == "active"


def test_a_provision_that_only_the_question_names_counts(circle: Circle) -> None:
    approval = circle.approve(CONSENT, question="Gælder LAB § 15 for os?")
    other = circle.approve(CONSENT, question="Skal borgeren samtykke?")
    circle.change(nyt=Document(NEW_LETTER, date="2018-06-01"))
    assert (circle.state(approval), circle.state(other)) == ("suspended", "active")


def test_a_newer_document_that_was_there_when_it_was_approved_suspends_nothing(circle: Circle) -> None:
    newer = Document(NEW_LETTER, date="2018-06-01")
    circle.change(nyt=newer)
    approval = circle.approve(EXEMPT)
    assert circle.change(nyt=replace(newer, text=f"{NEW_LETTER}\nMed venlig hilsen.\n")) == ()
    assert circle.change(andet_navn=replace(newer, text=f"{NEW_LETTER}\nMed venlig hilsen.\n")) == ()
    assert circle.state(approval) == "active"
    circle.change(nyt=replace(newer, text=f"{NEW_LETTER}\nLAB § 15 gælder igen.\n"))
    assert circle.causes(approval) == ["newer"]


def test_a_document_that_replaces_the_cited_one_suspends_whatever_it_says(circle: Circle) -> None:
    approval = circle.approve(CONSENT)
    new = Document("# Nyt\n\nDer er ingen krav.\n", "pjece", "2020", supersedes=("brev",))
    circle.change(nyt=new)
    assert circle.reasons(approval) == [("newer", citation_text(LETTER, 1), "")]
    again = circle.approve(CONSENT)
    circle.change(nyt=replace(new, text="# Nyt\n\nDer er stadig ingen krav.\n"))
    assert circle.state(again) == "active"


def test_every_cited_passage_is_looked_at_and_told_of(circle: Circle) -> None:
    approval = circle.approve(EXEMPT, CONSENT, PLANS)
    text = edited(edited(LETTER, "på forsøg", "i to år"), "skriftligt", "mundtligt")
    circle.change(brev=Document(text), nyt=Document(NEW_LETTER, date="2018-06-01"))
    assert circle.causes(approval) == ["changed", "changed", "newer"]


def test_a_second_run_finds_nothing_more(circle: Circle) -> None:
    approval = circle.approve(EXEMPT)
    document = Document(edited(LETTER, "på forsøg", "i to år"))
    assert len(circle.change(brev=document)) == 1
    assert circle.held() == ()
    assert circle.change(brev=document) == ()
    assert circle.causes(approval) == ["changed"]


def test_runs_at_once_suspend_once(circle: Circle) -> None:
    approvals = [circle.approve(EXEMPT) for _ in range(5)]
    write(circle.settings.corpus, {"liste": CORPUS["liste"]})
    fake_sync(circle.settings)
    with ThreadPoolExecutor(4) as pool:
        found = [each for run in pool.map(lambda _: circle.held(), range(4)) for each in run]
    assert sorted(each.approval for each in found) == approvals
    assert [circle.causes(each) for each in approvals] == [["removed"]] * 5
    assert verify(circle.record.engine).broken is None


def test_an_approval_that_is_replaced_while_it_is_looked_at_is_left_alone(circle: Circle) -> None:
    first = circle.approve(EXEMPT)
    write(circle.settings.corpus, {"liste": CORPUS["liste"]})
    fake_sync(circle.settings)
    with Store.open(circle.settings) as store:
        corpus = Corpus(store)
    with reading(circle.record.engine) as connection:
        looked_at = list(reopening._checked(connection, corpus))
    assert [each.decision.entry.number for each in looked_at] == [first]
    circle.approve(PLANS, about=1)
    with writing(circle.record.engine) as connection:
        assert list(reopening._settled(connection, looked_at, corpus.version)) == []
    assert (circle.state(first), circle.case(first)) == ("replaced", "approved")


def test_what_a_jurist_has_seen_and_approved_again_is_not_found_again(circle: Circle) -> None:
    with Store.open(circle.settings) as store:
        cited, version = [citation(store, EXEMPT)], store.manifest.corpus_version
    first = circle.approve(EXEMPT)
    text = edited(LETTER, "på forsøg", "i to år")
    circle.change(brev=Document(text), nyt=Document(NEW_LETTER, date="2018-06-01"))
    assert circle.causes(first) == ["changed", "newer"]
    # The answer as it was, with its old passage: what it says still holds.
    again = circle.decide(1, cited, version)
    assert circle.held() == ()
    more = edited(text, "held og lykke", "alt godt")
    assert circle.change(brev=Document(more), nyt=Document(NEW_LETTER, date="2018-06-01")) == ()
    assert circle.state(again) == "active"
    circle.change(brev=Document(edited(more, "i to år", "i fire år")), nyt=Document(NEW_LETTER, date="2018-06-01"))
    assert circle.causes(again) == ["changed"]


def test_an_answer_approved_after_its_passage_had_changed_rests_on_what_stood_there_then(circle: Circle) -> None:
    with Store.open(circle.settings) as store:
        cited, version = [citation(store, EXEMPT)], store.manifest.corpus_version
    text = edited(LETTER, "på forsøg", "i to år")
    circle.change(brev=Document(text))
    with Store.open(circle.settings) as store:
        seen = store.manifest.corpus_version
    approval = circle.decide(answered(circle.record), cited, version, corpus_version=seen)
    assert circle.change(brev=Document(edited(text, "held og lykke", "alt godt"))) == ()
    assert circle.state(approval) == "active"


def test_an_approval_given_on_an_index_that_had_been_replaced_is_found_by_the_next_check(circle: Circle) -> None:
    with Store.open(circle.settings) as store:
        cited, version = [citation(store, EXEMPT)], store.manifest.corpus_version
    document = Document(edited(LETTER, "fritages for", "fritages ikke for"))
    assert circle.change(brev=document) == ()
    approval = circle.decide(answered(circle.record), cited, version)
    assert [each.approval for each in circle.held()] == [approval]


def test_without_knowledge_of_the_index_of_then_a_newer_document_counts_as_new(circle: Circle) -> None:
    circle.change(nyt=Document(NEW_LETTER, date="2018-06-01"))
    approval = circle.approve(EXEMPT)
    with writing(circle.record.engine) as connection:
        connection.execute(delete(CORPORA))
    circle.change(
        brev=Document(edited(LETTER, "held og lykke", "alt godt")), nyt=Document(NEW_LETTER, date="2018-06-01")
    )
    assert circle.causes(approval) == ["newer"]


def test_derived_tables_made_anew_leave_it_suspended(circle: Circle) -> None:
    approval, other = circle.approve(EXEMPT), circle.approve(PLANS)
    circle.change(brev=None)
    rebuild(circle.record.engine)
    assert (circle.state(approval), circle.case(approval), circle.state(other)) == ("suspended", "reopened", "active")
    assert circle.held() == ()


def test_a_replaced_approval_is_left_alone(circle: Circle) -> None:
    first = circle.approve(EXEMPT)
    second = circle.approve(CONSENT, about=1)
    circle.change(brev=Document(edited(LETTER, "på forsøg", "i to år")))
    assert (circle.state(first), circle.state(second)) == ("replaced", "active")
    assert circle.causes(first) == []


def test_an_unchanged_corpus_needs_no_look(circle: Circle) -> None:
    circle.approve(EXEMPT)
    with Store.open(circle.settings) as store:
        assert not is_due(circle.record, circle.settings, store.manifest.corpus_version)


# The doors: an assistant that opens the record, and the command that reads documents in.


@pytest.fixture
def opened_store(circle: Circle) -> Iterator[Store]:
    with Store.open(circle.settings) as store:
        yield store


def test_whoever_opens_the_record_over_another_index_suspends_first(circle: Circle) -> None:
    approval = circle.approve(EXEMPT)
    write(circle.settings.corpus, {"liste": CORPUS["liste"]})
    fake_sync(circle.settings)
    assert circle.state(approval) == "active"
    with Store.open(circle.settings) as store:
        Recorder(circle.settings, store).record().close()
    assert circle.state(approval) == "suspended"


def test_an_index_that_has_been_replaced_has_no_say(circle: Circle, opened_store: Store) -> None:
    circle.change(brev=None, nyt=Document(LETTER))
    approval = circle.approve(EXEMPT)
    Recorder(circle.settings, opened_store).record().close()
    assert circle.state(approval) == "active"


def test_reading_in_says_what_it_took_out_of_force(circle: Circle) -> None:
    approval = circle.approve(EXEMPT)
    write(circle.settings.corpus, {"liste": CORPUS["liste"]})
    fake_sync(circle.settings)
    assert hold_approvals(circle.settings) == [
        "Sag 1: det godkendte svar er sat ud af kraft og skal gennemgås igen: brev (fjernet)."
    ]
    assert circle.state(approval) == "suspended"
    assert hold_approvals(circle.settings) == []


def test_an_index_that_no_answer_came_from_touches_no_approval(circle: Circle, tmp_path: Path) -> None:
    approval = circle.approve(EXEMPT)
    other = circle.settings.model_copy(update={"corpus": tmp_path / "andet", "index": tmp_path / "andet-indeks"})
    write(other.corpus, {"liste": CORPUS["liste"]})
    fake_sync(other)
    assert hold_approvals(other) == []
    assert circle.state(approval) == "active"


def test_without_a_record_there_is_nothing_to_do(tmp_path: Path) -> None:
    settings = load_settings(record="required", data=tmp_path / "data", index=tmp_path / "intet")
    assert hold_approvals(settings) == []
    assert hold_approvals(load_settings(record="off")) == []
    assert not (tmp_path / "data").exists()


def test_a_record_that_cannot_be_reached_is_told_and_the_index_stays(circle: Circle) -> None:
    circle.approve(EXEMPT)
    lost = circle.settings.model_copy(update={"database_url": "postgresql://ingen@127.0.0.1:1/intet"})
    with pytest.raises(RecordError, match=r"Indekset er taget i brug.*Serveren svarer ikke.*python -m ingest"):
        hold_approvals(lost)


def test_the_whole_circle(
    record_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Read in, asked, approved, the source changed, read in again: out of force before anybody asks anew.

    The assistant that was asked first goes on running, and answers from the documents as they are by then.
    """
    settings = record_settings.model_copy(update={"corpus": tmp_path / "corpus", "index": tmp_path / "index"})
    for name in ("corpus", "index", "data", "database_url", "record"):
        monkeypatch.setenv(f"ASSISTANT_{name.upper()}", str(getattr(settings, name)))
    write(settings.corpus, CORPUS)
    assert ingest([]) == 0
    question = "Er kommunen fritaget for kravet i LAB § 15?"
    assistant = Assistant.open(settings)
    answer = assistant.ask(question)
    assert [each.source_id for each in answer.citations] == ["brev"]
    with opened(settings) as record:
        circle = Circle(settings, record)
        approval = circle.decide(answer.record, list(answer.citations), answer.corpus_version, question)
    assert ingest([]) == 0
    assert "uændret" in capsys.readouterr().out
    edit = {**CORPUS, "brev": Document(edited(LETTER, "held og lykke", "alt godt"))}
    write(settings.corpus, edit)
    assert ingest([]) == 0
    assert "sat ud af kraft" not in capsys.readouterr().out
    write(settings.corpus, {**CORPUS, "brev": Document(edited(LETTER, "på forsøg", "i to år"))})
    assert ingest([]) == 0
    assert f"Sag {answer.record}: det godkendte svar er sat ud af kraft" in capsys.readouterr().out
    with opened(settings) as record:
        circle = Circle(settings, record)
        assert (circle.state(approval), circle.case(approval)) == ("suspended", "reopened")
        assert [old for _, old, _ in circle.reasons(approval)] == [answer.citations[0].passage]
        assert verify(record.engine).broken is None
    later = assistant.ask(question)
    assert "i to år" in later.citations[0].passage
    assert later.corpus_version != answer.corpus_version
    assert assistant.recorder is not None
    assistant.recorder.close()
    assistant.store.close()


def test_a_run_that_cannot_reach_the_record_fails_and_the_next_one_makes_up_for_it(
    circle: Circle, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    approval = circle.approve(EXEMPT)
    write(circle.settings.corpus, {"liste": CORPUS["liste"]})
    fake_sync(circle.settings)
    for name in ("corpus", "index", "cache", "data", "record", "embedding_model"):
        monkeypatch.setenv(f"ASSISTANT_{name.upper()}", str(getattr(circle.settings, name)))
    monkeypatch.setenv("ASSISTANT_DATABASE_URL", "postgresql://ingen@127.0.0.1:1/intet")
    assert ingest([]) == 1
    assert "Indekset er taget i brug" in capsys.readouterr().err
    assert circle.state(approval) == "active"
    monkeypatch.setenv("ASSISTANT_DATABASE_URL", circle.settings.database_url)
    assert ingest([]) == 0
    assert circle.state(approval) == "suspended"


@contextmanager
def opened(settings: Settings) -> Iterator[Record]:
    record = Record.open(settings)
    yield record
    record.close()
