"""Where learners are, what they have read and answered, and when a question comes again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "learners",
        sa.Column("user", sa.Text, primary_key=True),
        sa.Column("module", sa.Text, nullable=False),
        sa.Column("shared", sa.Integer, nullable=False),
    )
    op.create_table(
        "read_modules",
        sa.Column("user", sa.Text, primary_key=True),
        sa.Column("module", sa.Text, primary_key=True),
        sa.Column("at", sa.String(27), nullable=False),
    )
    op.create_table(
        "quiz_answers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("user", sa.Text, nullable=False),
        sa.Column("module", sa.Text, nullable=False),
        sa.Column("question", sa.String(16), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("right", sa.Integer, nullable=False),
    )
    op.create_index("quiz_answers_user", "quiz_answers", ["user", "question"])
    op.create_index("quiz_answers_question", "quiz_answers", ["question"])
    op.create_table(
        "quiz_cards",
        sa.Column("user", sa.Text, primary_key=True),
        sa.Column("question", sa.String(16), primary_key=True),
        sa.Column("due", sa.String(27), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
    )
    op.create_index("quiz_cards_due", "quiz_cards", ["user", "due"])


def downgrade() -> None:
    for table in ("quiz_cards", "quiz_answers", "read_modules", "learners"):
        op.drop_table(table)
