"""What visitors told of a figure, and what editors said to it.

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("observation", sa.String(80), nullable=False),
        sa.Column("document", sa.String(200), nullable=False),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_reports"),
        sa.ForeignKeyConstraint(["edition"], ["editions.number"], name="fk_reports_edition"),
    )
    op.create_index("ix_reports_document", "reports", ["document"])
    op.create_table(
        "report_answers",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("report_key", sa.Integer, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_report_answers"),
        sa.ForeignKeyConstraint(["report_key"], ["reports.key"], name="fk_report_answers_report_key"),
    )
    op.create_index("ix_report_answers_report_key", "report_answers", ["report_key"])


def downgrade() -> None:
    op.drop_table("report_answers")
    op.drop_table("reports")
