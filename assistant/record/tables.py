"""The tables. The first three are the record itself; the others follow from it (`projecting`) and serve the pages."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, LargeBinary, MetaData, String, Table, Text

METADATA = MetaData()

# Times and hashes are text, so that every byte that was hashed comes back as it was from either database.
ENTRIES = Table(
    "entries",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(27), nullable=False),
    Column("user", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("about", Integer, nullable=False),
    Column("facts", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("entries_about", "about"),
    Index("entries_kind_at", "kind", "at"),
)
CONTENTS = Table(
    "contents",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("salt", String(32), nullable=False),
    Column("body", Text, nullable=False),
)
HEAD = Table(
    "head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

# One row for each recorded answer: what the queue filters and the overview counts.
CASES = Table(
    "cases",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(27), nullable=False),
    Column("day", String(10), nullable=False),
    Column("user", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("question", Text),  # NULL once its time is up
    Column("topic", Text),  # the words that a question is grouped by; NULL with the question
    Column("language", String(2), nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("kind", String(40), nullable=False),  # the rule that decided
    Column("mode", String(20), nullable=False),
    Column("strength", Float),  # the documents' support over what is required; NULL where another rule decided
    Column("latency_ms", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("flagged", Integer, nullable=False),  # how many unhelpful reports are unanswered
    Column("served", Integer, nullable=False),  # the entry of the approval that it was answered by, or 0
    Index("cases_state", "state", "number"),
    Index("cases_flagged", "flagged", "number"),
    Index("cases_verdict", "verdict", "number"),
    Index("cases_day_verdict", "day", "verdict"),
    Index("cases_day_user", "day", "user"),
    Index("cases_day_latency", "day", "latency_ms"),
    Index("cases_user", "user", "number"),
    Index("cases_served", "served"),
)
CASE_DOCUMENTS = Table(
    "case_documents",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("source_id", Text, primary_key=True),
    Index("case_documents_source", "source_id", "number"),
)
CASE_PROVISIONS = Table(
    "case_provisions",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("provision", Text, primary_key=True),
    Index("case_provisions_provision", "provision", "number"),
)
REPORTS = Table(
    "reports",  # what users said of an answer
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("about", Integer, nullable=False),
    Column("at", String(27), nullable=False),
    Column("user", Text, nullable=False),
    Column("helpful", Integer, nullable=False),
    Column("reason", String(40), nullable=False),
    Column("outcome", String(20), nullable=False),  # "" until somebody decided the case
    Index("reports_about", "about"),
    Index("reports_user", "user", "number"),
)
APPROVALS = Table(
    "approvals",  # number: the entry of the decision that put it in force
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("about", Integer, nullable=False),
    Column("at", String(27), nullable=False),
    Column("state", String(20), nullable=False),  # "active", "suspended" or "replaced"
    Column("signature", Text, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    Column("checked", String(12), nullable=False),  # the corpus version that its citations were last held against
    Index("approvals_state", "state"),
    Index("approvals_about", "about"),
)
PROJECTED = Table(
    "projected",  # the last entry that the derived tables know
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
)
# What was in the index at a corpus version, and which index folder it was read from: what reopening compares with.
CORPORA = Table(
    "corpora",
    METADATA,
    Column("version", String(12), primary_key=True),
    Column("folder", Text, primary_key=True),
    Column("content", Text, nullable=False),
)
RECORD_TABLES = (ENTRIES, CONTENTS, HEAD)
DERIVED_TABLES = (CASES, CASE_DOCUMENTS, CASE_PROVISIONS, REPORTS, APPROVALS, PROJECTED)
