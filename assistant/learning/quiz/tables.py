"""The tables of the learners' progress. They stand beside the record and are no part of it: a learner may delete."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from assistant.record.tables import METADATA

LEARNERS = Table(
    "learners",
    METADATA,
    Column("user", Text, primary_key=True),
    Column("module", Text, nullable=False),  # where the learner was last, "" for nowhere yet
    Column("shared", Integer, nullable=False),  # whether undervisere see the name
)
READ_MODULES = Table(
    "read_modules",
    METADATA,
    Column("user", Text, primary_key=True),
    Column("module", Text, primary_key=True),
    Column("at", String(27), nullable=False),
)
QUIZ_ANSWERS = Table(
    "quiz_answers",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("user", Text, nullable=False),
    Column("module", Text, nullable=False),
    Column("question", String(16), nullable=False),
    Column("at", String(27), nullable=False),
    Column("right", Integer, nullable=False),
    Index("quiz_answers_user", "user", "question"),
    Index("quiz_answers_question", "question"),
)
QUIZ_CARDS = Table(
    "quiz_cards",
    METADATA,
    Column("user", Text, primary_key=True),
    Column("question", String(16), primary_key=True),
    Column("due", String(27), nullable=False),
    Column("state", Text, nullable=False),  # what `cards` needs to know when to ask again, as JSON
    Index("quiz_cards_due", "user", "due"),
)
LEARNING_TABLES = (LEARNERS, READ_MODULES, QUIZ_ANSWERS, QUIZ_CARDS)
