"""What queues, pages and charts are read from; filled from the record when the program next opens it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("user", sa.Text, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("question", sa.Text),
        sa.Column("topic", sa.Text),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("mode", sa.String(20), nullable=False),
        sa.Column("strength", sa.Float),
        sa.Column("latency_ms", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("flagged", sa.Integer, nullable=False),
        sa.Column("served", sa.Integer, nullable=False),
    )
    op.create_index("cases_state", "cases", ["state", "number"])
    op.create_index("cases_flagged", "cases", ["flagged", "number"])
    op.create_index("cases_verdict", "cases", ["verdict", "number"])
    op.create_index("cases_day_verdict", "cases", ["day", "verdict"])
    op.create_index("cases_day_user", "cases", ["day", "user"])
    op.create_index("cases_day_latency", "cases", ["day", "latency_ms"])
    op.create_index("cases_user", "cases", ["user", "number"])
    op.create_index("cases_served", "cases", ["served"])
    op.create_table(
        "case_documents",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("source_id", sa.Text, primary_key=True),
    )
    op.create_index("case_documents_source", "case_documents", ["source_id", "number"])
    op.create_table(
        "case_provisions",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("provision", sa.Text, primary_key=True),
    )
    op.create_index("case_provisions_provision", "case_provisions", ["provision", "number"])
    op.create_table(
        "reports",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("about", sa.Integer, nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("user", sa.Text, nullable=False),
        sa.Column("helpful", sa.Integer, nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
    )
    op.create_index("reports_about", "reports", ["about"])
    op.create_index("reports_user", "reports", ["user", "number"])
    op.create_table(
        "approvals",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("about", sa.Integer, nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.Column("checked", sa.String(12), nullable=False),
    )
    op.create_index("approvals_state", "approvals", ["state"])
    op.create_index("approvals_about", "approvals", ["about"])
    op.create_table(
        "corpora",
        sa.Column("version", sa.String(12), primary_key=True),
        sa.Column("folder", sa.Text, primary_key=True),
        sa.Column("content", sa.Text, nullable=False),
    )
    projected = op.create_table(
        "projected",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.bulk_insert(projected, [{"id": 1, "number": 0}])


def downgrade() -> None:
    for table in ("projected", "corpora", "approvals", "reports", "case_provisions", "case_documents", "cases"):
        op.drop_table(table)
