"""Workshops: sessions, their cases, participants and votes."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "workshops",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("code", sa.String(6), nullable=False, unique=True),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("difficulty", sa.Integer, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("length", sa.Integer, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("hidden", sa.Integer, nullable=False),
        sa.Column("asked", sa.String(27), nullable=False),
        sa.Column("created", sa.String(27), nullable=False),
        sa.Column("expires", sa.String(27), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("workshops_expires", "workshops", ["expires"])
    op.create_table(
        "workshop_cases",
        sa.Column("workshop", sa.String(32), sa.ForeignKey("workshops.id"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "workshop_participants",
        sa.Column("workshop", sa.String(32), sa.ForeignKey("workshops.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("token", sa.String(64), nullable=False, unique=True),
        sa.Column("nickname", sa.Text, nullable=False),
        sa.UniqueConstraint("workshop", "nickname"),
    )
    op.create_table(
        "workshop_votes",
        sa.Column("workshop", sa.String(32), sa.ForeignKey("workshops.id"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("reason", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    for table in ("workshop_votes", "workshop_participants", "workshop_cases", "workshops"):
        op.drop_table(table)
